"""The shapes: what the graph room writes conforms, and what breaks them is told in two languages."""

from __future__ import annotations

import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef

from kg.errors import ConformanceError, StoreError
from kg.graph import build_rdf
from kg.store import write_nquads, write_turtle
from kg.validate import Violation, find_violations, report_text
from kg.vocab import PREFIXES, expand


def node(curie: str) -> URIRef:
    return URIRef(expand(curie))


def test_what_is_written_conforms(quads, tmp_path):
    assert find_violations(build_rdf(quads)) == ()
    write_turtle(quads, tmp_path / "graph.ttl", PREFIXES)
    write_nquads(quads, tmp_path / "graph.nq")
    assert find_violations(tmp_path / "graph.ttl") == ()
    assert find_violations(tmp_path / "graph.nq") == ()
    assert report_text(()) == "The graph conforms to its shapes.\n"


def test_a_breach_is_told_with_its_place_and_its_cure(quads):
    graph = build_rdf(quads)
    fact = next(graph.subjects(RDF.type, node("kg:Fact")))
    graph.add((fact, node("kg:status"), Literal("certain")))
    graph.add((node("kgr:누리_협약"), node("kg:isCEOOf"), node("kgr:한빛전자")))
    found = find_violations(graph)
    assert list(found) == sorted(found)
    assert {violation.path for violation in found if violation.focus.startswith("kgr:fact_")} == {"kg:status"}
    assert any(violation.focus == "kgr:누리_협약" for violation in found)
    assert all(violation.severity == "violation" and violation.message and violation.message_ko for violation in found)
    text = report_text(found)
    assert "kg:status (found certain)" in text
    assert text.endswith(f"{len(found)} violations\n")


def test_the_graph_that_is_given_stays_as_it_was(quads):
    graph = Graph()
    for quad in build_rdf(quads).quads():
        graph.add(quad[:3])
    before = set(graph)
    find_violations(graph)
    assert set(graph) == before


def test_an_empty_graph_conforms():
    assert find_violations(Dataset()) == ()


def test_long_reports_are_cut():
    many = tuple(Violation(f"kgr:{i:03d}", "kg:status", "mend it", "violation", "") for i in range(60))
    assert "… and 10 more" in report_text(many)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        find_violations(tmp_path / "none.ttl")
    with pytest.raises(StoreError, match="not a graph file"):
        find_violations(tmp_path / "graph.html")
    (tmp_path / "bad.ttl").write_text("this is { not Turtle", encoding="utf-8")
    with pytest.raises(StoreError, match="not turtle"):
        find_violations(tmp_path / "bad.ttl")
    with pytest.raises(ConformanceError, match="shapes"):
        find_violations(Graph(), tmp_path / "none.ttl")
