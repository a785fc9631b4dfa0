"""A Spark cluster of two cores makes the same bytes as one process, as four, and as a build that was stopped and went on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import cluster
from kg.cluster import building
from kg.cluster.grouping import find_roots
from kg.cluster.readings import Kept
from kg.cluster.session import find_java, open_spark
from kg.errors import ClusterError, InputError
from kg.link import find_keys, find_meetings, find_stories
from kg.link.decisions import Decisions
from kg.link.instances import find_instances
from kg.link.stories import _plausible, build_outline
from kg.model import Article, Reading
from kg.pipeline.building import read_linked

ROOT = Path(__file__).resolve().parents[2]
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
    for number in range(22):
        firm, leader = FIRMS[number % 6], LEADERS[number * 5 % 6]
        text = (
            f"{leader} {firm} 대표는 {number + 1}일 서울에서 “내년 {number % 4 + 1}분기에 {number + 2}00억원을 투자하겠다”고 말했다. "
            f"{leader} 대표는 {FIRMS[(number + 1) % 6]}와 협약을 맺었다. 회의에는 직원 {number + 10}명이 참석했다."
        )
        row = {"id": f"기사/{number}", "published": f"2024-11-{number + 1:02}", "text": text, "outlet": "늘벗통신", "authors": ["최은수"]}
        yield row


ROWS = tuple(_rows())


@dataclass(frozen=True)
class Ended:
    """How a command of its own process ended and what it said."""

    code: int
    out: str
    err: str


def run_kg(*words: str | Path, **variables: str) -> Ended:
    """Run ``kg WORD...`` as a process of its own."""
    known = {"PYTHONPATH": str(ROOT), "PYSPARK_SUBMIT_ARGS": QUICK}
    command = [sys.executable, "-m", "kg", *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **known, **variables}, check=False, stdin=subprocess.DEVNULL)
    assert "Traceback" not in ended.stderr
    assert "did not foresee" not in ended.stderr
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def write_rows(path: Path, rows: tuple[dict[str, Any], ...]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def nquads_of(out: Path) -> bytes:
    """The graph of an output folder of one machine."""
    target = out / "graph.nq"
    assert run_kg("export", "--format", "nquads", "--graph", out, "--out", target).code == 0
    return target.read_bytes()


def parts_of(out: Path) -> bytes:
    """The graph of an output folder of a cluster."""
    return b"".join(path.read_bytes() for path in sorted((out / "nquads").iterdir()))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as JSON lines."""
    return write_rows(tmp_path_factory.mktemp("corpus") / "articles.jsonl", ROWS)


@pytest.fixture(scope="session")
def alone(corpus: Path) -> bytes:
    """The N-Quads of the articles as one process makes them."""
    assert run_kg("build", corpus, "--out", corpus.parent / "alone").code == 0
    return nquads_of(corpus.parent / "alone")


@pytest.fixture(scope="session")
def java() -> str:
    """The Java that Spark runs on; what needs it is reported as not run where there is none."""
    pytest.importorskip("pyspark", reason="NOT RUN: Spark is not installed (pip install 'korean-news-kg[spark]')")
    try:
        return find_java()
    except ClusterError as error:
        pytest.skip(f"NOT RUN: {error}")


@pytest.fixture(scope="module")
def spark(java: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session of two cores in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", QUICK)
        with open_spark("local[2]", tmp_path_factory.mktemp("spark") / "spark.log") as session:
            yield session


@pytest.fixture(scope="module")
def clustered(java: str, corpus: Path) -> Path:
    """The output folder of the articles as the command line makes it on a cluster."""
    out = corpus.parent / "clustered"
    ended = run_kg("build", corpus, "--out", out, "--engine", "spark", "--master", "local[2]")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    return out


def report_of(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "report.json").read_text(encoding="utf-8")))


def test_the_articles_try_every_step(alone: bytes, corpus: Path) -> None:
    """Without copies, conflicts, namesakes and chains of names the comparisons below would show little."""
    text = alone.decode()
    assert "sameStoryAs" in text and "conflictsWith" in text
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
    assert run_kg("build", corpus, "--out", tmp_path / "four", "--jobs", "4").code == 0
    assert nquads_of(tmp_path / "four") == alone


def test_a_build_that_was_stopped_and_went_on_makes_the_same_bytes(alone: bytes, corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "kg", "build", str(corpus), "--out", str(out)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while kept_by(out) < 3 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert 3 <= kept_by(out) < len(ROWS)
    assert run_kg("build", corpus, "--out", out).code == 0
    assert any(row.get("unchanged") for row in report_of(out)["articles"])
    assert nquads_of(out) == alone


def kept_by(out: Path) -> int:
    try:
        with sqlite3.connect(f"{(out / 'store' / 'readings.sqlite').as_uri()}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_cluster_makes_the_same_bytes(alone: bytes, clustered: Path) -> None:
    assert len(list((clustered / "nquads").iterdir())) == 2
    assert parts_of(clustered) == alone


def test_a_cluster_reports_what_it_did(alone: bytes, clustered: Path, corpus: Path) -> None:
    here, there = report_of(clustered), report_of(corpus.parent / "alone")
    for counted in ("articles", "stories", "entities", "facts"):
        assert here["counts"][counted] == there["counts"][counted]
    assert here["counts"]["quads"] == alone.count(b"\n")
    rows = [{key: value for key, value in row.items() if key != "seconds"} for row in here["articles"]]
    assert rows == [{key: value for key, value in row.items() if key != "seconds"} for row in there["articles"]]


def test_the_parts_load_into_a_store(clustered: Path) -> None:
    store = ox.Store()
    for path in sorted((clustered / "nquads").iterdir()):
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    assert len(store) == report_of(clustered)["counts"]["quads"]


def stop(name: str, done: int = 0, total: int = 0) -> None:
    """The progress of a build that is stopped after its first round."""
    raise KeyboardInterrupt


def test_a_cluster_that_was_stopped_goes_on_replaces_and_heeds_decisions(
    spark: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = tmp_path / "identity.toml"
    decisions.write_text(
        '[[same]]\nof = ["다온전자", "마루통신"]\n[[different]]\n'
        'of = [{name = "새울전자", article = "기사/0"}, {name = "새울전자", article = "기사/5"}]\n',
        encoding="utf-8",
    )
    old = write_rows(tmp_path / "old.jsonl", ({**ROWS[0], "text": "다온전자는 새빛소재를 인수했다."}, *ROWS[1:]))
    out = tmp_path / "cluster"
    monkeypatch.setattr(building, "SHARE", 5)
    with pytest.raises(KeyboardInterrupt):
        cluster.build_partitions([str(old)], out, progress=stop)
    assert not (out / "nquads").exists()
    bad = write_rows(tmp_path / "bad.jsonl", ({"id": "empty", "text": " "},))
    report = cluster.build_partitions([str(corpus), str(bad)], out, identity=decisions)
    assert [bool(row.get("unchanged")) for row in report.read] == [False] + [True] * 19 + [False] * 10
    assert [row["input"] for row in report.skipped] == [f"{bad}:1"]
    assert report.exit_code == 3
    assert run_kg("build", corpus, "--out", tmp_path / "one", "--identity", decisions).code == 0
    assert parts_of(out) == nquads_of(tmp_path / "one")


def test_of_two_readings_of_an_article_the_later_counts() -> None:
    kept = Kept()
    for content, file in (("one", "000001-00000.jsonl.gz"), ("two", "000002-00000.jsonl.gz"), ("one", "000003-00000.jsonl.gz")):
        assert kept.content_hash("a") != content
        kept.add("a", content, file)
    assert kept.of == {"a": ("one", "000003-00000.jsonl.gz")}
    assert kept.outdated == {("000001-00000.jsonl.gz", "a"), ("000002-00000.jsonl.gz", "a")}


def test_a_column_of_articles_becomes_the_same_lines(spark: Any, alone: bytes) -> None:
    frame = spark.read.json(spark.sparkContext.parallelize([json.dumps(row) for row in (*ROWS, ROWS[3])], 3))
    lines = [row[0] for row in cluster.extract(frame.withColumnRenamed("text", "body"), columns={"text": "body"}).collect()]
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


def test_a_folder_of_one_machine_is_left_alone(spark: Any, alone: bytes, corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus.parent / "alone", tmp_path / "out")
    ended = run_kg("build", corpus, "--out", tmp_path / "out", "--engine", "spark", "--master", "local[2]")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "choose another --out" in ended.err


def test_a_master_that_is_none_is_one_line(java: str, corpus: Path, tmp_path: Path) -> None:
    ended = run_kg("build", corpus, "--out", tmp_path / "out", "--engine", "spark", "--master", "nonsense")
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert ended.err.startswith("kg: Spark on nonsense failed: Master must ")


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


def test_a_chain_of_edges_has_one_root_in_any_order() -> None:
    edges = [("d", "c"), ("b", "a"), ("c", "b"), ("y", "x")]
    expected = {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}
    assert find_roots(edges) == find_roots(edges[::-1]) == find_roots((b, a) for a, b in edges) == expected
