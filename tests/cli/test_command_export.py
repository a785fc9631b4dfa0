"""``kg export``: every form whole, the same as the store, the same bytes each time, and nothing half-written."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib

from kg.pipeline.exporting import ENDINGS, FORMS
from kg.store import open_graph

ROOT = Path(__file__).resolve().parents[2]
RDF = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
ONE_FILE = [form for form, ending in ENDINGS.items() if ending]
NEWS = (
    '주민 노태경(34) 씨는 지난 3일 서울 강남구에서 한빛전자 노트북을 구입했다. 노씨는 "환불을 요구했지만 거절당했다"고 말했다.\n'
    "한빛전자 김철수 대표는 노태경 씨에게 사과했다. 태경 씨는 노태경 장학회를 만들었다.\n"
)


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with a private person in it."""
    from kg.cli.app import run

    folder = tmp_path_factory.mktemp("private")
    (folder / "노태경.txt").write_text(NEWS, encoding="utf-8")
    (folder / "b.txt").write_text("한빛전자는 노태경씨가 낸 소송에서 졌다. 변호사 강다솜은 노태경을 대리했다.\n", encoding="utf-8")
    assert run(["build", str(folder / "노태경.txt"), str(folder / "b.txt"), "--published", "2024-10-05", "--out", str(folder / "out")]) == 0
    return folder / "out"


def exported(kg: Any, graph: Path, form: str, folder: Path, *options: str) -> dict[str, bytes]:
    """The files of an export by name."""
    place = folder / (f"g{ENDINGS[form]}" if ENDINGS[form] else form)
    ended = kg("export", "--format", form, "--graph", graph, "--out", place, *options)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    return {path.name: path.read_bytes() for path in ([place] if place.is_file() else sorted(place.iterdir()))}


@pytest.mark.parametrize("form", RDF)
def test_rdf_is_what_the_store_holds(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (content,) = exported(kg, seeds_graph, form, tmp_path).values()
    kinds = {"turtle": "TURTLE", "trig": "TRIG", "nquads": "N_QUADS", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
    read = list(pyoxigraph.parse(content, format=getattr(pyoxigraph.RdfFormat, kinds[form])))
    stored = set(open_graph(seeds_graph / "store").quads())
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in read} == {quad[:3] for quad in stored}
    if form in ("trig", "nquads"):
        assert {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in read} == stored
    parsed = rdflib.Dataset(default_union=True)
    (parsed if form in ("trig", "nquads") else parsed.default_graph).parse(data=content, format=RDF[form])
    assert len(parsed) == len({quad[:3] for quad in stored})


def test_turtle_is_the_graph_of_the_build(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    assert exported(kg, seeds_graph, "turtle", tmp_path) == {"g.ttl": (seeds_graph / "graph.ttl").read_bytes()}


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv", "neo4j"])
def test_every_fact_is_in_the_network(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    files = exported(kg, seeds_graph, form, tmp_path)
    lines = [json.loads(line) for line in (seeds_graph / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    facts = {line["fact"]: (line["subject"]["id"], line["status"]) for line in lines if line["object"] not in (None, {"text": ""})}
    found: dict[str, tuple[str, str]]
    if form in ("graphml", "gexf"):
        read: Any = nx.read_graphml if form == "graphml" else nx.read_gexf
        network = read(tmp_path / f"g.{form}")
        found = {edge.get("networkx_key", key): (source, edge["status"]) for source, _, key, edge in network.edges(keys=True, data=True)}
    else:
        name, start, key = ("edges.csv", "source", "id") if form == "csv" else ("relationships.csv", ":START_ID", "fact")
        rows = list(csv.DictReader(files[name].decode("utf-8-sig").splitlines(keepends=True)))
        found = {row[key]: (row[start], row["status"]) for row in rows}
    assert found == facts


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    here = exported(kg, seeds_graph, form, tmp_path)
    place = tmp_path / f"again{ENDINGS[form]}"
    command = [sys.executable, "-m", "kg", "export", "--format", form, "--graph", str(seeds_graph), "--out", str(place)]
    chosen = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"}
    assert subprocess.run(command, env=chosen, capture_output=True, check=False).returncode == 0
    again = {path.name: path.read_bytes() for path in ([place] if place.is_file() else sorted(place.iterdir()))}
    assert list(again.values()) == list(here.values())
    assert not [content for content in here.values() if str(ROOT).encode() in content]


@pytest.mark.parametrize("form", ONE_FILE)
def test_one_file_goes_to_standard_output(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (content,) = exported(kg, seeds_graph, form, tmp_path).values()
    ended = kg("export", "--format", form, "--graph", seeds_graph)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == content.decode()


@pytest.mark.parametrize("form", ONE_FILE)
def test_the_ending_says_the_form(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (content,) = exported(kg, seeds_graph, form, tmp_path).values()
    assert kg("export", "--graph", seeds_graph, "--out", tmp_path / f"other{ENDINGS[form]}").code == 0
    assert (tmp_path / f"other{ENDINGS[form]}").read_bytes() == content


@pytest.mark.parametrize("form", FORMS)
def test_without_text_no_sentence_is_left(form: str, kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    words = b"\n".join(exported(kg, seeds_graph, form, tmp_path, "--without-text").values()).decode()
    lines = [json.loads(line) for line in (seeds_graph / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    sentences = {line["sentence"] for line in lines}
    assert len(sentences) > 50
    assert [sentence for sentence in sentences if sentence in words or sentence.replace('"', "&quot;") in words] == []
    assert "김영섭" in words and "#char=131,219" in words


@pytest.mark.parametrize("form", FORMS)
def test_private_persons_lose_their_names(form: str, kg: Any, private: Path, tmp_path: Path) -> None:
    plain = b"\n".join(exported(kg, private, form, tmp_path).values()).decode()
    (tmp_path / "shared").mkdir()
    words = b"\n".join(exported(kg, private, form, tmp_path / "shared", "--redact-persons").values()).decode()
    assert "노태경" in plain and "태경 씨" in plain and "노씨" in plain
    assert [name for name in ("노태경", "태경", "노씨") if name in words] == []
    assert "인물 1" in words and "인물_1" in words
    assert "김철수" in words and "강다솜" in words


def test_a_redacted_graph_conforms(kg: Any, private: Path, tmp_path: Path) -> None:
    exported(kg, private, "turtle", tmp_path, "--redact-persons", "--without-text")
    assert kg("validate", tmp_path / "g.ttl").code == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--format", "pdf"), "choose one of turtle, trig"),
        (("--format", "csv"), "--out"),
        (("--format", "neo4j"), "--out"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_wrong_usage_is_said(words: tuple[str, ...], named: str, kg: Any, seeds_graph: Path) -> None:
    ended = kg("export", "--graph", seeds_graph, *words)
    assert (ended.code, ended.out) == (2, "")
    assert named in ended.err


def test_without_a_graph_there_is_nothing_to_export(kg: Any, tmp_path: Path) -> None:
    ended = kg("export", "--graph", tmp_path / "none", "--out", tmp_path / "g.ttl")
    assert (ended.code, ended.out) == (1, "")
    assert "kg build" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written_are_said(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for form, place, said in (
        ("turtle", "folder", "is a folder"),
        ("csv", "file", "is a file"),
        ("gexf", "file/below.gexf", "cannot be written"),
        ("csv", "file/below", "cannot be written"),
    ):
        ended = kg("export", "--format", form, "--graph", seeds_graph, "--out", tmp_path / place)
        assert ended.code == 1
        assert f"{tmp_path / place}: {said}" in ended.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.mark.parametrize(
    ("form", "broken"), [("csv", "kg.export.tables.read_states"), ("gexf", "kg.export.networks.read_edges"), ("jsonld", "kg.store.jsonld._node")]
)
def test_what_breaks_leaves_what_was_there(
    form: str, broken: str, kg: Any, seeds_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exported(kg, seeds_graph, form, tmp_path, "--without-text")

    def full(*_: object) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(broken, full)
    place = tmp_path / (f"g{ENDINGS[form]}" if ENDINGS[form] else form)
    for out in (place, tmp_path / "new"):
        ended = kg("export", "--format", form, "--graph", seeds_graph, "--out", out)
        assert ended.code == 1
        assert f"{out}: cannot be written (No space left on device)" in ended.err
    assert {path.name: path.read_bytes() for path in ([place] if place.is_file() else sorted(place.iterdir()))} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [place.name]


def test_other_files_of_a_folder_stay(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "csv" / "edges.csv").write_text("old", encoding="utf-8")
    files = exported(kg, seeds_graph, "csv", tmp_path)
    assert sorted(files) == ["edges.csv", "nodes.csv", "notes.txt", "states.csv"]
    assert files["edges.csv"] != b"old"


def test_a_terminal_is_told_what_was_written(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    ended = kg("export", "--format", "neo4j", "--graph", seeds_graph, "--out", tmp_path / "import", terminal=True)
    assert ended.out == ""
    assert str(tmp_path / "import" / "relationships.csv") in ended.err
