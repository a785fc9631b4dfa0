"""What follows from triples by the ontology, and nothing that does not."""

from __future__ import annotations

import pytest

from kg.graph import build_inferred, read_premises
from kg.graph.terms import resource
from kg.model import Reading
from kg.store import find_inferred, open_memory
from kg.store.oxigraph import open_graph, write_graph
from kg.tables.ontology import Ontology, load_ontology
from kg.vocab import KG, expand, shorten


def inferred(*triples: str) -> set[str]:
    """The relations that follow, as words: ``"kgr:KT kg:ledBy kgr:김영섭"``."""
    given = [tuple(resource(term) for term in triple.split()) for triple in triples]
    return {" ".join(shorten(term[1:-1]) for term in triple) for triple in find_inferred(given)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "follows"),
    [
        (["kgr:a kg:isCEOOf kgr:b"], {"kgr:a kg:leads kgr:b", "kgr:a kg:worksFor kgr:b", "kgr:b kg:employs kgr:a", "kgr:b kg:ledBy kgr:a"}),
        (["kgr:a kg:partnersWith kgr:b"], {"kgr:b kg:partnersWith kgr:a"}),
        (["kgr:a kg:partOf kgr:b", "kgr:b kg:partOf kgr:c"], {"kgr:a kg:partOf kgr:c", "kgr:c kg:hasPart kgr:a"}),
        (["kgr:a kg:unitOf kgr:b", "kgr:b kg:partOf kgr:c"], {"kgr:a kg:partOf kgr:c"}),
        (["kgr:a kg:employs kgr:b"], {"kgr:b kg:worksFor kgr:a"}),
        (["kgr:a rdf:type kg:Company"], {f"kgr:a rdf:type kg:{kind}" for kind in ("Organization", "Collective", "Agent", "Entity")}),
    ],
    ids=["sub-property", "symmetric", "transitive", "both", "inverse", "class"],
)
def test_what_follows(given: list[str], follows: set[str]) -> None:
    assert follows <= inferred(*given)


@pytest.mark.parametrize(
    "given",
    [
        ["kgr:a kg:leads kgr:b"],
        ["kgr:a kg:locatedIn kgr:b", "kgr:b kg:locatedIn kgr:a"],
        ["kgr:a kgo:추진하다 kgr:b"],
        ["kgr:a kg:investsIn kgr:b", "kgr:b kg:investsIn kgr:c"],
    ],
)
def test_what_does_not_follow(given: list[str]) -> None:
    found = inferred(*given)
    assert not {"kgr:a kg:isCEOOf kgr:b", "kgr:a kg:locatedIn kgr:a", "kgr:a kg:investsIn kgr:c", *given} & found
    assert not [triple for triple in found if triple.split()[1:] in (["kg:relation", "kgr:b"], ["rdf:type", "kg:Describable"])]
    assert not [triple for triple in found if " kg:openRelation " in triple or " kg:relation " in triple]


def test_every_declared_rule_is_kept() -> None:
    properties = [term for term in load_ontology().properties.values() if term.form == "object"]
    assert [term.curie for term in properties if term.symmetric and f"kgr:b {term.curie} kgr:a" not in inferred(f"kgr:a {term.curie} kgr:b")] == []
    assert [term.curie for term in properties if term.inverse and f"kgr:b {term.inverse} kgr:a" not in inferred(f"kgr:a {term.curie} kgr:b")] == []


def test_nothing_follows_from_nothing() -> None:
    assert find_inferred([]) == ()


def test_only_direct_triples_are_premises(readings: tuple[Reading, ...], ontology: Ontology) -> None:
    relations = {tuple(shorten(term[1:-1]) for term in triple) for triple in read_premises(readings, ontology)}
    assert ("kgr:김하늘", "kg:isCEOOf", "kgr:한빛전자") in relations
    # launches is planned, the merger lies ahead, and NURI denies that it is bought
    assert not {relation for _, relation, _ in relations} & {"kg:launches", "kg:mergesWith", "kg:speaker", "kg:amount"}
    assert ("kgr:한빛전자", "kg:acquires", "kgr:누리소프트") not in relations


def test_the_graph_says_what_it_is(readings: tuple[Reading, ...], ontology: Ontology) -> None:
    quads = list(build_inferred(find_inferred(read_premises(readings, ontology)), readings, ontology))
    about = {(shorten(q.predicate[1:-1]), q.object) for q in quads if q.subject == resource("kgr:inferred")}
    assert ("rdf:type", resource("kg:InferredGraph")) in about
    assert ("prov:wasGeneratedBy", resource("kgr:inference")) in about
    assert len([1 for predicate, _ in about if predicate == "prov:wasDerivedFrom"]) == 2
    assert ("prov:used", f"<{KG[:-1]}>") in {(shorten(q.predicate[1:-1]), q.object) for q in quads}
    assert {q.graph for q in quads} == {resource("kgr:inferred")}
    assert quads == sorted(set(quads))


def test_a_store_keeps_it_apart(quads, readings, ontology, tmp_path):  # type: ignore[no-untyped-def]
    apart = list(build_inferred(find_inferred(read_premises(readings, ontology)), readings, ontology))
    write_graph(quads, tmp_path, "x", apart)
    store = open_graph(tmp_path)
    assert set(store.quads()) == {tuple(quad) for quad in quads}
    assert len(store) == len(open_memory(quads))
    led = "?s kg:ledBy kgr:김하늘"
    assert list(store.ask(f"SELECT ?s WHERE {{ {led} }}")[2]) == []
    assert list(store.ask(f"SELECT ?s WHERE {{ GRAPH kgr:inferred {{ {led} }} }}")[2]) == [(f"<{expand('kgr:한빛전자')}>",)]
