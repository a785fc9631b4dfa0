"""``kg remove``: an article that is withdrawn has never been there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kg.pipeline.removing import find_near_ids
from kg.store import ReadingStore, open_graph

ROOT = Path(__file__).resolve().parents[2]
SAME = ("graph.ttl", "graph.html", "facts.jsonl")
NEWS = {
    "가나-1": "한빛전자 김철수 대표가 서울에 공장을 세웠다. 한빛전자는 새봄은행과 협약을 맺었다.",
    "가나-2": "한빛전자 김철수 대표가 서울에 공장을 세웠다. 누리소프트 김철수 대표는 부산에 연구소를 세웠다.",
    "b": "새봄은행은 10일 한빛전자와 업무협약을 맺었다. 양사는 공동 연구소를 설립할 계획이다.",
    "d": "한빛전자 김철수 대표가 서울에 공장을 세웠다. 눈이 왔다.",
    "b/c d": "누리소프트(Nuri)는 누리 협약에 2조4000억원을 투자한다.",
}


def build(kg: Any, folder: Path, *ids: str) -> Path:
    """The output folder of the articles of these ids, built in one run."""
    folder.mkdir()
    rows = (json.dumps({"id": id_, "text": NEWS[id_], "published": "2024-10-10"}, ensure_ascii=False) + "\n" for id_ in ids)
    (folder / "rows.jsonl").write_text("".join(rows), encoding="utf-8")
    assert kg("build", folder / "rows.jsonl", "--out", folder / "out").code == 0
    return folder / "out"


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SAME}


def lines_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()]


def same(one: Path, other: Path) -> bool:
    """Whether two output folders hold the same graph: the files byte by byte, both stores by what is in them."""
    graphs = [set(open_graph(out / "store").quads()) for out in (one, other)]
    contents = []
    for out in (one, other):
        with ReadingStore(out / "store", writable=False) as store:
            contents.append((store.ids(), store.contents()))
    return outputs(one) == outputs(other) and graphs[0] == graphs[1] and contents[0] == contents[1]


@pytest.mark.parametrize("gone", [("가나-1",), ("가나-2",), ("b/c d",), ("b", "가나-2")], ids="+".join)
def test_what_is_removed_has_never_been_there(gone: tuple[str, ...], kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", *NEWS)
    ended = kg("remove", *gone, "--graph", out)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert same(out, build(kg, tmp_path / "rest", *(id_ for id_ in NEWS if id_ not in gone)))
    assert sorted(path.name for path in out.iterdir()) == ["facts.jsonl", "graph.html", "graph.ttl", "report.json", "store"]
    assert kg("validate", out).code == 0


def test_a_sample_article_is_removed(kg: Any, tmp_path: Path) -> None:
    rest = [path for path in sorted((ROOT / "seeds").iterdir()) if path.suffix in {".html", ".jsonl", ".xml"}]
    assert kg("build", ROOT / "seeds", "--out", tmp_path / "all").code == 0
    assert kg("build", *rest, "--out", tmp_path / "rest").code == 0
    assert kg("remove", "gaon-20241011", "--graph", tmp_path / "all").code == 0
    assert same(tmp_path / "all", tmp_path / "rest")


def test_what_another_article_tells_stays(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "d")
    told = [{line["fact"] for line in lines_of(out) if line["article"] == id_} for id_ in ("가나-1", "d")]
    both = told[0] & told[1]
    assert both and told[0] - both
    assert kg("remove", "가나-1", "--graph", out).code == 0
    assert both <= {line["fact"] for line in lines_of(out)}
    assert {line["article"] for line in lines_of(out)} == {"d"}
    node = f"{sorted(both)[0]} a kg:Fact"
    (block,) = [block for block in (out / "graph.ttl").read_text(encoding="utf-8").split("\n\n") if block.startswith(node)]
    assert "article_d#char=" in block and "가나" not in block


def test_no_byte_of_it_is_left(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", *NEWS)
    kept, gone = "새봄은행", "누리 협약"
    written = [(word.encode(), json.dumps(word)[1:-1].encode()) for word in (kept, gone)]
    files = [path for path in out.rglob("*") if path.is_file()]
    assert any(form in path.read_bytes() for path in files for form in written[1])
    assert kg("remove", "b/c d", "--graph", out).code == 0
    found = [[path.name for path in out.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)] for forms in written]
    assert "readings.sqlite" in found[0]
    assert found[1] == []


def test_the_report_says_what_was_removed(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", *NEWS)
    ended = kg("remove", "b", "b", "nonsense", "--graph", out, terminal=True)
    assert f"kg: 1 removed; 4 articles and {len(lines_of(out))} facts are left.\n" in ended.err
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert (report["removed"], report["articles"]) == (["b"], [])
    assert [row["input"] for row in report["skipped"]] == ["nonsense"]
    assert report["counts"]["articles"] == 4


def test_known_ids_are_removed_beside_unknown_ones(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "가나-2", "b")
    ended = kg("remove", "가나-2", "없음", "--graph", out)
    assert ended.code == 3
    assert "kg: 없음: there is no article of this id" in ended.err
    assert same(out, build(kg, tmp_path / "rest", "가나-1", "b"))


def test_an_unknown_id_changes_nothing_and_near_ones_are_named(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "가나-2", "b")
    before = outputs(out), (out / "report.json").read_bytes()
    ended = kg("remove", "가나-3", "--graph", out)
    assert (ended.code, ended.out) == (1, "")
    assert "가나-3: there is no article of this id; near it: 가나-" in ended.err
    assert "kg query articles" in ended.err
    assert (outputs(out), (out / "report.json").read_bytes()) == before
    with ReadingStore(out / "store", writable=False) as store:
        assert store.ids() == ("b", "가나-1", "가나-2")


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("gaon", ("gaon-20241011",)),
        ("GAON-20241011.txt", ("gaon-20241011",)),
        ("maru-20241010", ("maru-20241010-0815",)),
        ("gaom-20241011", ("gaon-20241011", "maru-20241014-1105", "maru-20241010-0815")),
        ("", ()),
        ("전혀", ()),
    ],
)
def test_near_ids(wanted: str, near: tuple[str, ...]) -> None:
    assert find_near_ids(wanted, ["maru-20241014-1105", "gaon-20241011", "maru-20241010-0815"]) == near


def test_where_nothing_was_built_nothing_is_made(kg: Any, tmp_path: Path) -> None:
    ended = kg("remove", "a", "--graph", tmp_path / "none")
    assert ended.code == 1
    assert "kg build" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_written_is_left_alone(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "b")
    before = outputs(out)
    with ReadingStore(out / "store"):
        ended = kg("remove", "b", "--graph", out)
    assert ended.code == 1
    assert f"another build (process {os.getpid()}) is writing this store" in ended.err
    assert outputs(out) == before


def test_a_removal_that_fails_is_done_by_doing_it_again(kg: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "b")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kg.render.write_page", full)
        assert kg("remove", "b", "--graph", out).code == 1
    with ReadingStore(out / "store", writable=False) as store:
        assert store.ids() == ("b", "가나-1")
    assert kg("remove", "b", "--graph", out).code == 0
    assert same(out, build(kg, tmp_path / "rest", "가나-1"))


def test_when_all_are_removed_an_empty_graph_is_left(kg: Any, tmp_path: Path) -> None:
    out = build(kg, tmp_path / "all", "가나-1", "b")
    assert kg("remove", "가나-1", "b", "--graph", out).code == 0
    assert (out / "facts.jsonl").read_bytes() == b""
    assert "한빛" not in (out / "graph.html").read_text(encoding="utf-8") + (out / "graph.ttl").read_text(encoding="utf-8")
    assert "(0 rows)" in kg("query", "names", "--graph", out).out
    assert kg("build", tmp_path / "all" / "rows.jsonl", "--out", out).code == 0
    assert same(out, build(kg, tmp_path / "again", "가나-1", "b"))
