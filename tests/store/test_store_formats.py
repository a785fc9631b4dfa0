"""Every RDF form says the same triples, the same bytes for the same graph, whatever a name holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph import Quad, build_quads, build_rdf
from kg.graph.terms import iri, literal, resource
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Reading, Span, Text
from kg.store import write_jsonld, write_nquads, write_rdfxml, write_trig, write_turtle
from kg.tables.folders import ontology_folder
from kg.tables.ontology import load_ontology
from kg.tables.ontology_context import build_context, context_text, load_context
from kg.vocab import PREFIXES, expand

HOSTILE = (
    "\"큰따옴표\" '작은' \\n",
    "줄\n바꿈\r\n탭\t",
    "=cmd|' /C calc'!A0",
    "\u202e뒤집힘\u202c",
    "<b>&amp;]]>",
    "가" * 300,
    "1위",
    "//host",
    "-3",
    "",
)
CONTROLS = "종\x07\x00\x1b\ufffe이"


def written(quads: Any, folder: Path) -> dict[str, Path]:
    paths = {form: folder / f"g.{form}" for form in ("turtle", "trig", "nquads", "json-ld", "xml")}
    write_turtle(quads, paths["turtle"], PREFIXES)
    write_trig(quads, paths["trig"], PREFIXES)
    write_nquads(quads, paths["nquads"])
    write_jsonld(quads, paths["json-ld"], load_context())
    write_rdfxml(quads, paths["xml"], PREFIXES)
    return paths


def triples(path: Path, form: str) -> set[Any]:
    dataset = rdflib.Dataset(default_union=True)
    (dataset if form in ("trig", "nquads") else dataset.default_graph).parse(path, format=form)
    return set(dataset.triples((None, None, None)))


def about(name: str, sentence: str = "가나다", lemma: str = "하다") -> tuple[Quad, ...]:
    entity = Entity(f"kgr:{name}", "Company", name, (f"{name}!",))
    article = Article(name or "a", sentence, name, None, f"https://news.example/{name}", name, (name,))
    span = Span(0, len(sentence))
    fact = Fact(
        entity, f"kgo:{lemma}", Text(sentence), (Qualifier("reason", Text(name)),), "claimed", False, entity, Evidence(article.id, span, name), 0.5
    )
    return tuple(build_quads([Reading(article, (span,), (entity,), (fact,))], load_ontology()))


def test_every_form_says_the_same(quads: Any, tmp_path: Path) -> None:
    wanted = set(build_rdf(quads).triples((None, None, None)))
    assert len(wanted) > 400
    for form, path in written(quads, tmp_path).items():
        assert triples(path, form) == wanted, form


def test_graphs_are_kept_where_the_form_has_them(quads: Any, tmp_path: Path) -> None:
    paths = written(quads, tmp_path)
    for form in ("trig", "nquads"):
        read = rdflib.Dataset()
        read.parse(paths[form], format=form)
        named = {(s, p, o, g) for s, p, o, g in read.quads() if g is not None}
        assert named == {(s, p, o, g) for s, p, o, g in build_rdf(quads).quads() if g is not None}
        assert len({g for *_, g in named}) == 2


def test_another_engine_reads_the_same(quads: Any, tmp_path: Path) -> None:
    forms = {"turtle": "TURTLE", "trig": "TRIG", "nquads": "N_QUADS", "json-ld": "JSON_LD", "xml": "RDF_XML"}
    read = {
        form: {
            (str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(path=path, format=getattr(pyoxigraph.RdfFormat, forms[form]))
        }
        for form, path in written(quads, tmp_path).items()
    }
    assert all(found == read["nquads"] for found in read.values())
    assert read["nquads"] == {quad[:3] for quad in quads}


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_hostile_name_survives_every_form(name: str, tmp_path: Path) -> None:
    quads = about(name, sentence=f"{name}가 밝혔다.")
    wanted = set(build_rdf(quads).triples((None, None, None)))
    for form, path in written(quads, tmp_path).items():
        assert triples(path, form) == wanted, form


def test_what_xml_cannot_hold_is_replaced_in_xml_alone(tmp_path: Path) -> None:
    quads = about("회사", sentence=CONTROLS)
    paths = written(quads, tmp_path)
    anchor = rdflib.URIRef(expand("nif:anchorOf"))
    texts = {form: {str(o) for _, p, o in triples(path, form) if p == anchor} for form, path in paths.items()}
    assert texts.pop("xml") == {"종\ufffd\ufffd\ufffd\ufffd이"}
    assert all(found == {CONTROLS} for found in texts.values())


@settings(max_examples=60, deadline=None)
@given(
    name=st.text(max_size=20),
    sentence=st.text(min_size=1, max_size=40),
    lemma=st.text(st.characters(categories=["Lo", "Nd", "Zs", "Po"]), max_size=8),
)
def test_any_text_survives_every_form(name: str, sentence: str, lemma: str, tmp_path_factory: Any) -> None:
    quads = about(name, sentence, lemma + "하다")
    wanted = set(build_rdf(quads).triples((None, None, None)))
    for form, path in written(quads, tmp_path_factory.mktemp("any")).items():
        if form != "xml":
            assert triples(path, form) == wanted, form
        else:
            assert len(triples(path, form)) == len(wanted)


def test_the_same_graph_gives_the_same_bytes(quads: Any, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = written(quads, tmp_path / "a"), written((*reversed(quads), *quads), tmp_path / "b")
    assert {form: path.read_bytes() for form, path in one.items()} == {form: path.read_bytes() for form, path in other.items()}
    assert not list(tmp_path.rglob("*.part"))


def test_jsonld_reads_as_people_write_it(quads: Any, tmp_path: Path) -> None:
    path = written(quads, tmp_path)["json-ld"]
    document = json.loads(path.read_text(encoding="utf-8"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert nodes["kgr:김하늘"] | {"@type": "kg:Person", "kg:isCEOOf": "kgr:한빛전자", "rdfs:label": {"ko": "김하늘"}} == nodes["kgr:김하늘"]
    amounts = [node for node in nodes.values() if "2조4000억원" in node.get("kg:text", ())]
    assert [(node["kg:value"], node["kg:unit"]) for node in amounts] == [("2400000000000", "KRW")]
    assert {node["kg:negated"] for node in nodes.values() if node.get("@type") == "kg:Fact"} == {True, False}


def test_the_context_is_what_the_ontology_says() -> None:
    text = (ontology_folder() / "context.jsonld").read_text(encoding="utf-8")
    assert text == context_text(build_context(load_ontology()))
    assert load_context() == json.loads(text)["@context"]


@pytest.mark.parametrize("predicate", ["kgo:12", "kgo:가%20", "kgo:가 "])
def test_a_predicate_that_xml_cannot_name_is_said(predicate: str, tmp_path: Path) -> None:
    quad = (resource("kgr:a"), resource(predicate), literal("b"), iri("https://g.example/"))
    with pytest.raises(StoreError, match="export as turtle"):
        write_rdfxml([quad], tmp_path / "g.xml", PREFIXES)
    assert list(tmp_path.iterdir()) == []


def test_a_predicate_that_begins_with_a_digit_is_split_behind_it(tmp_path: Path) -> None:
    quad = (resource("kgr:a"), resource("kgo:1위하다"), literal("b"), iri("https://g.example/"))
    write_rdfxml([quad], tmp_path / "g.xml", PREFIXES)
    assert triples(tmp_path / "g.xml", "xml") == set(build_rdf([Quad(*quad)]).triples((None, None, None)))
