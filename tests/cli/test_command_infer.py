"""``kg build --infer``: what follows stands beside what is reported, and goes as it came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.store import open_graph

ROOT = Path(__file__).resolve().parents[2]
SAME = ("graph.ttl", "graph.html", "facts.jsonl")
INFERRED = "GRAPH kgr:inferred { ?s kg:leads ?o }"


@pytest.fixture(scope="module")
def inferred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample articles with what follows from them, for reading only."""
    from kg.cli.app import run

    out = tmp_path_factory.mktemp("inferred") / "out"
    assert run(["build", str(ROOT / "seeds"), "--out", str(out), "--infer"]) == 0
    return out


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SAME}


def triples(path: Path) -> set[Any]:
    return set(rdflib.Graph().parse(path, format="turtle"))


def test_the_reported_graph_is_as_without(kg: Any, inferred: Path, seeds_graph: Path) -> None:
    assert outputs(inferred) == outputs(seeds_graph)
    for words in (("ceos",), ("relations",), ("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",)):
        assert kg("query", *words, "--graph", inferred).out == kg("query", *words, "--graph", seeds_graph).out
    assert set(open_graph(inferred / "store").quads()) == set(open_graph(seeds_graph / "store").quads())


def test_what_follows_is_asked_by_name(kg: Any, inferred: Path) -> None:
    assert "(0 rows)" in kg("query", "SELECT ?s WHERE { ?s kg:employs ?o }", "--graph", inferred).out
    found = kg("query", f"SELECT ?s ?o WHERE {{ {INFERRED} }}", "--graph", inferred).out
    assert "kgr:김영섭" in found and "kgr:KT" in found


def test_the_file_holds_what_the_graph_holds_and_nothing_reported(kg: Any, inferred: Path) -> None:
    written = triples(inferred / "inferred.ttl")
    assert written & triples(inferred / "graph.ttl") == set()
    asked = kg("query", "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH kgr:inferred { ?s ?p ?o } }", "--graph", inferred, "--format", "ttl")
    assert set(rdflib.Graph().parse(data=asked.out, format="turtle")) == written
    counts = json.loads((inferred / "report.json").read_text(encoding="utf-8"))["counts"]
    assert 0 < counts["inferred"] < len(written)


def test_both_together_conform(kg: Any, inferred: Path, tmp_path: Path) -> None:
    both = (inferred / "graph.ttl").read_bytes() + (inferred / "inferred.ttl").read_bytes()
    (tmp_path / "both.ttl").write_bytes(both)
    ended = kg("validate", tmp_path / "both.ttl")
    assert (ended.code, ended.out) == (0, "The graph conforms to its shapes.\n")


def test_the_bytes_do_not_depend_on_the_runs(kg: Any, inferred: Path, tmp_path: Path) -> None:
    paths = [path for path in sorted((ROOT / "seeds").iterdir()) if path.is_file()]
    for path in reversed(paths):
        assert kg("build", path, "--out", tmp_path / "out", "--infer").code == 0
    assert (tmp_path / "out" / "inferred.ttl").read_bytes() == (inferred / "inferred.ttl").read_bytes()


def test_a_build_without_it_drops_it(kg: Any, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for words in ((), ("--infer",), ()):
        assert kg("build", article, "--out", out, *words).code == 0
        found = kg("query", f"ASK {{ {INFERRED} }}", "--graph", out).out
        assert found == ("yes\n" if words else "no\n")
        assert (out / "inferred.ttl").is_file() is bool(words)


def test_plans_and_denials_lead_to_nothing(kg: Any, tmp_path: Path) -> None:
    text = "한빛전자 김철수 대표는 새봄은행과 협력하지 않았다. 누리소프트는 별빛반도체와 협력할 계획이다.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--infer").code == 0
    written = (tmp_path / "out" / "inferred.ttl").read_text(encoding="utf-8")
    assert "kg:employs" in written
    assert "kg:partnersWith" not in written
    assert "협력" in (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")


def test_removing_an_article_removes_what_followed_from_it(kg: Any, tmp_path: Path) -> None:
    rows = {"a": "한빛전자 김철수 대표가 서울에 공장을 세웠다.", "b": "누리소프트 박영희 대표가 웃었다."}
    for folder, ids in (("all", "ab"), ("rest", "b")):
        lines = (json.dumps({"id": id_, "text": rows[id_]}) + "\n" for id_ in ids)
        (tmp_path / f"{folder}.jsonl").write_text("".join(lines), encoding="utf-8")
        assert kg("build", tmp_path / f"{folder}.jsonl", "--out", tmp_path / folder, "--infer").code == 0
    assert "김철수" in (tmp_path / "all" / "inferred.ttl").read_text(encoding="utf-8")
    assert kg("remove", "a", "--graph", tmp_path / "all").code == 0
    for name in (*SAME, "inferred.ttl"):
        assert (tmp_path / "all" / name).read_bytes() == (tmp_path / "rest" / name).read_bytes()
