"""A Spark cluster of two cores makes the same bytes as one process, as four, and as a build that was stopped and went on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import cluster
from kg.cli.app import run
from kg.cluster import building
from kg.cluster.readings import Kept
from kg.cluster.session import find_java, open_spark
from kg.errors import ClusterError, InputError, StoreError
from kg.link import find_keys, find_meetings, find_stories
from kg.link.decisions import Decisions
from kg.link.instances import find_instances
from kg.link.stories import _plausible, build_outline
from kg.model import Article, Reading
from kg.pipeline.building import build_graph
from kg.pipeline.outputs import read_linked

PLANT = (
    "가람전자가 세종에 배터리 공장을 짓는다고 {day}일 밝혔다. 투자 금액은 {sum}이며 2026년 상반기 가동이 목표다. "
    "이가람 가람전자 대표는 기자 간담회에서 “주문이 생산 능력을 넘어섰다”며 “새 공장은 한 해 전기차 12만대에 들어갈 양을 만든다”고 말했다. "
    "회사는 현지에서 600명을 새로 뽑고 협력사 14곳과 부지 조성을 함께하기로 했다."
)
MORE = " 세종시는 취득세를 깎아 주고 진입 도로를 내는 지원안을 다음 달 시의회에 낸다. 새빛소재도 같은 단지에 들어가는 방안을 검토하고 있다."
# The first tier of Java's compiler alone: these runs are over before the second is of use.
QUICK = "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell"
FIRMS = ("새울전자(Saewool Electronics)", "늘봄화학", "다온전자", "한빛모빌리티", "마루통신", "새울전자")
LEADERS = ("한도윤", "박서린", "이서준", "한도윤", "김철수", "최은수")
# A partnership under several names, a plan that is kept and one that is given up, a new chief, a figure by quarters.
TOLD = (
    "다온전자와 마루통신은 1일 파트너십 계약을 체결했다. 다온전자는 내년 6월 부산에 누리연구소를 세울 계획이다.",
    "다온전자는 지난 1일 마루통신과 파트너십을 맺었다. 다온전자의 2024년 1분기 매출은 1200억원이다.",
    "다온전자는 부산에 솔빛연구소를 세울 계획이다. 다온전자의 2024년 2분기 매출은 1500억원이다.",
    "다온전자는 솔빛연구소 설립을 철회했다. 이서준 다온전자 대표가 물러났다.",
    "최은수 다온전자 대표가 10일 취임했다. 최은수 대표는 이서준 대표의 후임이다. 다온전자는 부산에 누리연구소를 세웠다.",
)


def _rows() -> Iterator[dict[str, Any]]:
    """Short articles of invented people and firms: namesakes, other names, a copy, an update, figures that differ, a denial."""
    headline = "가람전자, 세종에 1조2000억원 배터리 공장"
    yield {"id": "wire", "title": headline, "published": "2024-10-10T09:00:00+09:00", "text": PLANT.format(day=10, sum="1조2000억원")}
    yield {"id": "copy", "title": "가람전자 세종 공장", "published": "2024-10-10T11:00:00+09:00", "text": PLANT.format(day=10, sum="1조2000억원")}
    text = PLANT.format(day=10, sum="1조2000억원") + MORE
    yield {"id": "update", "title": f"{headline}(종합)", "published": "2024-10-10T15:00:00+09:00", "text": text}
    for number, amount in enumerate(("1조2000억원", "2조4000억원")):
        text = f"가람전자는 새빛소재에 {amount}을 투자했다. 가람전자의 2023년 매출은 {number + 3}조원이다."
        yield {"id": f"sum-{number}", "published": f"2024-10-1{number}T08:00:00+09:00", "text": text}
    yield {"id": "deal", "published": "2024-10-12T08:00:00+09:00", "text": "늘봄화학을 인수한 새울전자는 행사를 열었다."}
    yield {"id": "again", "published": "2024-10-12T09:00:00+09:00", "text": "새울전자는 12일 늘봄화학을 인수했다. 새울전자가 늘봄화학을 인수했다."}
    yield {"id": "denial", "published": "2024-10-13T08:00:00+09:00", "text": "새울전자는 늘봄화학을 인수하지 않았다고 한도윤 새울전자 대표가 밝혔다."}
    for number, told in enumerate(TOLD):
        yield {"id": f"told-{number}", "published": f"2024-12-{number * 3 + 1:02}", "text": told}
    for number in range(7):
        firm, leader = FIRMS[number % 6], LEADERS[number * 5 % 6]
        text = (
            f"{leader} {firm} 대표는 {number + 1}일 서울에서 “내년 {number % 4 + 1}분기에 {number + 2}00억원을 투자하겠다”고 말했다. "
            f"{leader} 대표는 {FIRMS[(number + 1) % 6]}와 협약을 맺었다. 회의에는 직원 {number + 10}명이 참석했다."
        )
        row = {"id": f"기사/{number}", "published": f"2024-11-{number + 1:02}", "text": text, "outlet": "늘벗통신", "authors": ["최은수"]}
        yield row


ROWS = tuple(_rows())


def write_rows(path: Path, rows: tuple[dict[str, Any], ...]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def run_kg(*words: str | Path) -> int:
    """Run ``kg WORD...`` in this process, where models that are loaded stay so."""
    return run([str(word) for word in words])


def nquads_of(out: Path) -> bytes:
    """The graph of an output folder of one machine."""
    target = out / "exported.nq"
    assert run_kg("export", "--format", "nquads", "--graph", out, "--out", target) == 0
    return target.read_bytes()


def parts_of(out: Path) -> bytes:
    """The graph of an output folder of a cluster."""
    return b"".join(path.read_bytes() for path in sorted((out / "nquads").iterdir()))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as JSON lines."""
    return write_rows(tmp_path_factory.mktemp("corpus") / "articles.jsonl", ROWS)


@pytest.fixture(scope="module")
def alone(corpus: Path) -> bytes:
    """The N-Quads of the articles as one process makes them."""
    assert run_kg("build", corpus, "--out", corpus.parent / "alone") == 0
    return nquads_of(corpus.parent / "alone")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The one session of these tests, two cores in this process; what needs it is reported as not run where it cannot be had."""
    pytest.importorskip("pyspark", reason="NOT RUN: Spark is not installed (pip install 'korean-news-kg[spark]')")
    try:
        find_java()
    except ClusterError as error:
        pytest.skip(f"NOT RUN: {error}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", QUICK)
        with open_spark("local[2]", tmp_path_factory.mktemp("spark") / "spark.log") as session:
            yield session


@pytest.fixture(scope="module")
def decisions(corpus: Path) -> Path:
    """What a user has decided on those of whom the articles speak."""
    path = corpus.parent / "identity.toml"
    path.write_text(
        '[[same]]\nof = ["다온전자", "마루통신"]\n[[different]]\n'
        'of = [{name = "새울전자", article = "기사/0"}, {name = "새울전자", article = "기사/5"}]\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def decided(alone: bytes, corpus: Path, decisions: Path) -> bytes:
    """The N-Quads of the articles as one process makes them with the user's decisions."""
    out = corpus.parent / "decided"
    shutil.copytree(corpus.parent / "alone", out)
    assert run_kg("build", corpus, "--out", out, "--identity", decisions) == 0
    return nquads_of(out)


def stop(name: str, done: int = 0, total: int = 0) -> None:
    """The progress of a build that is stopped after its first round."""
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def clustered(spark: Any, corpus: Path, decisions: Path) -> Path:
    """The output folder of the articles as a cluster makes it: stopped after ten, of which one was older, and gone on with by the command."""
    old = write_rows(corpus.parent / "old.jsonl", ({**ROWS[0], "text": "다온전자는 새빛소재를 인수했다."}, *ROWS[1:]))
    out = corpus.parent / "clustered"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "SHARE", 3)
        with pytest.raises(KeyboardInterrupt):
            cluster.build_partitions([str(old)], out, progress=stop)
    assert not (out / "nquads").exists()
    bad = write_rows(corpus.parent / "bad.jsonl", ({"id": "empty", "text": " "},))
    words = ("--engine", "spark", "--master", "local[2]", "--identity", decisions)
    assert run_kg("build", corpus, bad, "--out", out, *words) == 3
    return out


def report_of(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "report.json").read_text(encoding="utf-8")))


def test_the_articles_try_every_step(alone: bytes, corpus: Path) -> None:
    """Without copies, conflicts, namesakes and chains of names the comparisons below would show little."""
    text = alone.decode()
    joined = ("sameStoryAs", "conflictsWith", "sameEventAs", "fulfils", "callsOff", "supersedes", "follows", "validFrom")
    assert [word for word in joined if f"#{word}> <" not in text] == []
    assert "한도윤_새울전자>" in text and "한도윤_한빛모빌리티>" in text
    readings = read_linked(corpus.parent / "alone")
    assert any(len(find_keys(instance, Decisions())) > 1 for reading in readings for instance in find_instances(reading))
    told: dict[tuple[str, str, str], set[float]] = {}
    for reading in readings:
        for fact in reading.facts:
            if not fact.qualifiers and not isinstance(fact.object, str | None) and hasattr(fact.object, "id"):
                told.setdefault((fact.subject.id, fact.predicate, fact.object.id), set()).add(fact.confidence)
    assert any(len(confidences) > 1 for confidences in told.values())


def test_four_processes_make_the_same_bytes(alone: bytes, corpus: Path, tmp_path: Path) -> None:
    assert run_kg("build", corpus, "--out", tmp_path / "four", "--jobs", "4") == 0
    assert nquads_of(tmp_path / "four") == alone


def test_a_build_that_was_stopped_and_went_on_makes_the_same_bytes(alone: bytes, corpus: Path, tmp_path: Path) -> None:
    done: list[str] = []

    def stop_at_the_fifth(name: str, done_bytes: int = 0, total: int = 0) -> None:
        done.append(name)
        if len(done) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_graph([str(corpus)], tmp_path, progress=stop_at_the_fifth)
    assert not (tmp_path / "report.json").exists()
    assert run_kg("build", corpus, "--out", tmp_path) == 0
    assert [bool(row.get("unchanged")) for row in report_of(tmp_path)["articles"]] == [True] * 5 + [False] * (len(ROWS) - 5)
    assert nquads_of(tmp_path) == alone


def test_a_cluster_makes_the_same_bytes_and_heeds_decisions(alone: bytes, decided: bytes, clustered: Path) -> None:
    assert len(list((clustered / "nquads").iterdir())) == 2
    assert decided != alone
    assert parts_of(clustered) == decided


def test_a_cluster_goes_on_where_it_was_stopped(clustered: Path) -> None:
    report = report_of(clustered)
    assert [bool(row.get("unchanged")) for row in report["articles"]] == [False] + [True] * 11 + [False] * (len(ROWS) - 12)
    assert [row["input"] for row in report["skipped"]] == [f"{clustered.parent / 'bad.jsonl'}:1"]


def test_a_cluster_reports_what_it_did(decided: bytes, clustered: Path) -> None:
    here, there = report_of(clustered), report_of(clustered.parent / "decided")
    for counted in ("articles", "stories", "entities", "facts"):
        assert here["counts"][counted] == there["counts"][counted]
    assert here["counts"]["quads"] == decided.count(b"\n")
    rows, wanted = (
        {row["article"]: {key: value for key, value in row.items() if key != "seconds"} for row in report["articles"] if "unchanged" not in row}
        for report in (here, report_of(clustered.parent / "alone"))
    )
    assert rows and rows.items() <= wanted.items()


def test_the_parts_load_into_a_store(clustered: Path) -> None:
    store = ox.Store()
    for path in sorted((clustered / "nquads").iterdir()):
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    assert len(store) == report_of(clustered)["counts"]["quads"]


def test_of_two_readings_of_an_article_the_later_counts() -> None:
    kept = Kept()
    for content, file in (("one", "000001-00000.jsonl.gz"), ("two", "000002-00000.jsonl.gz"), ("one", "000003-00000.jsonl.gz")):
        assert kept.content_hash("a") != content
        kept.add("a", content, file)
    assert kept.of == {"a": ("one", "000003-00000.jsonl.gz")}
    assert kept.outdated == {("000001-00000.jsonl.gz", "a"), ("000002-00000.jsonl.gz", "a")}


def test_a_column_of_articles_becomes_the_same_lines(spark: Any, alone: bytes) -> None:
    frame = spark.read.json(spark.sparkContext.parallelize([json.dumps(row) for row in ROWS], 2))
    lines = [row[0] for row in cluster.extract(frame.withColumnRenamed("text", "body"), columns={"text": "body"}, parts=1).collect()]
    assert "".join(f"{line}\n" for line in lines).encode() == alone


def test_rows_are_named_and_told_apart_by_their_content(spark: Any) -> None:
    rows = [("a", "새울전자가 행사를 열었다."), ("a", "다온전자가 행사를 열었다."), ("b", " "), (None, "마루통신이 행사를 열었다.")]
    read = cluster.read(spark.createDataFrame([*rows, rows[3]], "id string, text string")).collect()
    named = sorted(row.article for row in read if row.body is not None)
    assert [name.partition("-")[0] for name in named] == ["a", "a", "row"]
    assert len(set(named)) == 3
    assert [(row.skipped[:5], row.content) for row in read if row.body is None] == [("empty", None)]


def test_a_moment_of_a_column_is_korean_time(spark: Any) -> None:
    moments = [(datetime.fromisoformat("2024-10-10T00:30:00+00:00"), "새울전자가 10일 행사를 열었다.")]
    (row,) = cluster.read(spark.createDataFrame(moments, "published timestamp, text string")).collect()
    assert json.loads(row.body)["article"][3] == "2024-10-10T09:30:00+09:00"


def test_a_column_that_is_not_there_is_named(spark: Any) -> None:
    frame = spark.createDataFrame([("a",)], "body string")
    with pytest.raises(InputError, match="no column 'text'"):
        cluster.extract(frame)
    with pytest.raises(InputError, match="no field of ours"):
        cluster.extract(frame, columns={"body": "text"})


def test_a_folder_of_one_machine_is_left_alone(
    spark: Any, alone: bytes, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(corpus.parent / "alone", tmp_path / "out")
    assert run_kg("build", corpus, "--out", tmp_path / "out", "--engine", "spark", "--master", "local[2]") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "choose another --out" in said


def test_what_a_task_says_of_its_end_is_one_line(spark: Any, tmp_path: Path) -> None:
    def fail(number: int) -> int:
        raise StoreError(f"{number}: cannot be read; remove it")

    with pytest.raises(ClusterError) as told, open_spark("local[2]", tmp_path / "spark.log"):
        spark.sparkContext.parallelize([7], 1).map(fail).collect()
    assert str(told.value) == f"Spark on local[2] failed: 7: cannot be read; remove it; {tmp_path / 'spark.log'} tells more."


def test_a_cluster_is_reached_from_this_machine_alone(spark: Any) -> None:
    settings = spark.sparkContext.getConf()
    assert {settings.get(key) for key in ("spark.driver.host", "spark.driver.bindAddress")} == {"127.0.0.1"}
    assert settings.get("spark.ui.enabled") == "false"


def test_articles_meet_where_the_index_of_sketches_lets_them(corpus: Path) -> None:
    articles = [Article(row["id"], row["text"], row.get("title"), datetime.fromisoformat("2024-10-10T00:00:00+09:00")) for row in ROWS]
    outlines = [build_outline(article) for article in articles]
    met: dict[tuple[bool, str], list[str]] = {}
    for outline in outlines:
        for key in find_meetings(outline):
            met.setdefault(key, []).append(outline.id)
    pairs = {frozenset((one, other)) for ids in met.values() for one in ids for other in ids if one != other}
    plausible = {frozenset(pair) for pair in _plausible(outlines)}
    assert plausible and plausible <= pairs
    assert find_stories([Reading(article, (), (), ()) for article in articles])
