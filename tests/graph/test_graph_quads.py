"""Statements: shape, determinism, direct triples, and names that survive anything an article may hold."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import build_network, build_quads, build_rdf, fact_name, is_direct, sentence_iri, value_name
from kg.graph.names import article_iri, plain
from kg.graph.terms import iri, literal, resource
from kg.graph.values import moment
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time
from kg.store import open_memory, write_turtle
from kg.tables.ontology import load_ontology
from kg.vocab import PREFIXES, expand

KT = Entity("kgr:한빛전자", "Company", "한빛전자")
DEAL = Entity("kgr:누리_협약", "Agreement", "누리 협약")
ARTICLE = Article("a", "한빛전자가 투자한다.", published=datetime(2024, 10, 10, 9, 0, tzinfo=UTC))
FACT = Fact(KT, "kg:investsIn", DEAL, (), "asserted", False, None, Evidence("a", Span(0, 11), "rule"), 0.9)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


def time_of(start: str) -> tuple[Qualifier, ...]:
    return (Qualifier("time", Time(Span(0, 1), start, start, "day", "그날", "rule", start)),)


def test_order_of_readings_and_facts_does_not_matter(readings, ontology):
    expected = list(build_quads(readings, ontology))
    rng = random.Random(7)
    for _ in range(5):
        shuffled = []
        for reading in readings:
            facts, entities = list(reading.facts), list(reading.entities)
            rng.shuffle(facts)
            rng.shuffle(entities)
            shuffled.append(replace(reading, facts=tuple(facts), entities=tuple(entities)))
        rng.shuffle(shuffled)
        assert list(build_quads(shuffled, ontology)) == expected


def test_quads_are_sorted_within_an_article_and_never_repeat(quads):
    assert len(set(quads)) == len(quads)
    for graph in {quad.graph for quad in quads}:
        own = [quad for quad in quads if quad.graph == graph]
        assert own == sorted(own)


def test_one_fact_of_two_articles_has_one_node_and_one_confidence(quads):
    fact = {q.subject for q in quads if q.object == resource("kg:investsIn") and q.predicate == resource("rdf:predicate")}
    assert len(fact) == 1
    (node,) = fact
    assert len({q.graph for q in quads if q.subject == node}) == 2
    confidences = {q.object for q in quads if q.subject == node and q.predicate == resource("kg:confidence")}
    assert confidences == {literal("0.9", "decimal")}
    sources = {q.object for q in quads if q.subject == node and q.predicate == resource("prov:wasDerivedFrom")}
    assert len(sources) == 2


@pytest.mark.parametrize(
    ("change", "direct"),
    [
        ({}, True),
        ({"status": "planned"}, False),
        ({"status": "claimed"}, False),
        ({"negated": True}, False),
        ({"object": Text("너무 짧다")}, False),
        ({"object": None}, False),
        ({"qualifiers": time_of("2024-10-11")}, False),
        ({"qualifiers": time_of("2024-10-10")}, True),
        ({"qualifiers": time_of("2024-10-10T18:00:00")}, False),
        ({"qualifiers": time_of("2024-10-10T08:00:00")}, True),
        ({"qualifiers": time_of("T17:00")}, True),
        ({"predicate": "kgo:투자하다"}, True),
        ({"predicate": "kg:isCEOOf"}, False),
    ],
)
def test_direct_triples(change, direct, ontology):
    fact = replace(FACT, **change)
    assert is_direct(fact, ARTICLE, ontology) is direct
    triple = (resource(KT.id), resource(fact.predicate), resource(DEAL.id))
    quads = build_quads([Reading(ARTICLE, (Span(0, 11),), (KT, DEAL), (fact,))], ontology)
    assert (triple in {quad[:3] for quad in quads}) is direct


def test_a_time_ahead_of_an_undated_article_is_direct(ontology):
    assert is_direct(replace(FACT, qualifiers=time_of("2999-01-01")), replace(ARTICLE, published=None), ontology)


def test_names_are_of_content_not_of_place_or_wording():
    elsewhere = replace(FACT, evidence=Evidence("b", Span(5, 9), "other"), confidence=0.1)
    assert fact_name(elsewhere) == fact_name(FACT)
    assert fact_name(replace(FACT, negated=True)) != fact_name(FACT)
    assert fact_name(replace(FACT, speaker=KT)) != fact_name(FACT)
    assert len(fact_name(FACT)) == len("kgr:fact_") + 16
    one = Quantity(Span(0, 1), Decimal("2.4E+12"), "KRW", None, "2조4000억원", "r")
    other = replace(one, text="2조4천억원", value=Decimal(2400000000000))
    assert value_name(one) == value_name(other)
    assert plain(one.value) == "2400000000000"


def test_sentence_and_article_names():
    assert article_iri("seed") == expand("kgr:article_seed")
    assert sentence_iri("seed", Span(120, 188)) == expand("kgr:article_seed") + "#char=120,188"
    assert article_iri("a/b") != article_iri("a b") != article_iri("a_b")


def test_moments():
    assert moment("2024-10-10") == literal("2024-10-10", "date")
    assert moment("2024-10-10T14:06") == literal("2024-10-10T14:06:00", "dateTime")
    assert moment("T17:00") is None
    assert moment(None) is None


def test_a_quantity_without_a_number_is_words(ontology):
    vague = Quantity(Span(0, 2), None, "명", None, "수십 명", "r")
    quads = list(build_quads([Reading(ARTICLE, (), (KT,), (replace(FACT, object=vague),))], ontology))
    assert any(q.predicate == resource("kg:content") and q.object == literal("수십 명") for q in quads)
    assert not any(q.object == resource("kg:Quantity") for q in quads)


def test_rdf_and_network(readings, quads, ontology):
    dataset = build_rdf(quads)
    assert len(dataset) == len({quad[:3] for quad in quads})
    assert (rdflib.URIRef(expand("kgr:김하늘")), rdflib.URIRef(expand("kg:isCEOOf")),
            rdflib.URIRef(expand("kgr:한빛전자"))) in dataset
    network = build_network(readings, ontology)
    edges = network.get_edge_data("kgr:한빛전자", "kgr:누리_협약")
    invest = [edge for edge in edges.values() if edge["predicate"] == "kg:investsIn"]
    assert len(invest) == 1
    assert len(invest[0]["evidence"]) == 2
    assert ("amount", "2조4000억원") in invest[0]["qualifiers"] or ("amount", "2조4천억원") in invest[0]["qualifiers"]
    assert network.nodes["kgr:한빛전자"]["states"][0]["ko"] == "성장하다"
    again = build_network(tuple(reversed(readings)), ontology)
    assert list(again.edges(keys=True, data=True)) == list(network.edges(keys=True, data=True))
    assert list(again.nodes(data=True)) == list(network.nodes(data=True))


@settings(max_examples=60, deadline=None)
@given(title=ANY_TEXT, name=ANY_TEXT.filter(bool), sentence=ANY_TEXT, id_=ANY_TEXT.filter(bool), url=ANY_TEXT, lemma=ANY_TEXT)
def test_any_text_round_trips(tmp_path_factory, title, name, sentence, id_, url, lemma):
    folder = tmp_path_factory.mktemp("any")
    entity = Entity(f"kgr:{name}", "Company", name)
    article = Article(id_, sentence + "끝", title, None, url, name, (title,))
    span = Span(0, len(article.text))
    fact = Fact(entity, f"kgo:{lemma or '하다'}", Text(sentence), (Qualifier("amount", Text(title)),), "asserted", False,
                None, Evidence(id_, span, name), 0.5)
    quads = list(build_quads([Reading(article, (span,), (entity,), (fact,))], load_ontology()))
    store = open_memory(quads)
    assert len(store) == len(quads)
    assert {quad[:3] for quad in store.quads()} == {quad[:3] for quad in quads}
    write_turtle(quads, folder / "any.ttl", PREFIXES)
    parsed = rdflib.Graph().parse(folder / "any.ttl", format="turtle")
    texts = {str(o) for o in parsed.objects(None, rdflib.URIRef(expand("nif:anchorOf")))}
    assert texts == {_clean(article.text)}
    assert {str(o) for o in parsed.objects(None, rdflib.URIRef(expand("schema:identifier")))} == {_clean(id_)}
    built = build_rdf(quads)
    assert {str(o) for o in built.objects(None, rdflib.URIRef(expand("nif:anchorOf")))} == {_clean(article.text)}


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_every_iri_is_legal_for_both_engines(text):
    term = iri("https://w3id.org/x/" + text)
    assert not set(' "{}|\\^`\n\r\t') & set(term)
    assert term.count("<") == term.count(">") == 1
    assert len(open_memory([(term, term, literal(text), "<https://g>")])) == 1


def _clean(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
