"""A graph that is shared without the newspapers' sentences."""

from __future__ import annotations

from dataclasses import replace

from kg.export import leave_out_names, leave_out_network, leave_out_texts
from kg.export.rows import read_edges, read_nodes, read_states
from kg.graph import Quad, build_network, build_quads
from kg.graph.terms import resource
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Reading, Span, Text
from kg.tables.ontology import Ontology
from kg.vocab import article_name, expand


def shared(readings: tuple[Reading, ...], ontology: Ontology) -> list[Quad]:
    return [Quad(*quad) for quad in leave_out_texts(build_quads(leave_out_names(readings), ontology))]


def sentences(readings: tuple[Reading, ...]) -> set[str]:
    return {fact.evidence.sentence.of(reading.article.text) for reading in readings for fact in reading.facts}


def test_no_sentence_is_left_and_nothing_else_is_lost(readings: tuple[Reading, ...], ontology: Ontology, quads: tuple[Quad, ...]) -> None:
    left = shared(readings, ontology)
    words = "\n".join(quad.object for quad in left)
    assert len(sentences(readings)) > 10
    assert [sentence for sentence in sentences(readings) if sentence in words] == []
    gone = {quad.predicate for quad in set(quads) - set(left)}
    assert gone == {f"<{expand(name)}>" for name in ("nif:anchorOf", "schema:headline")}
    assert set(left) <= set(quads)


def test_offsets_and_links_stay(readings: tuple[Reading, ...], ontology: Ontology, quads: tuple[Quad, ...]) -> None:
    left = shared(readings, ontology)
    for name in ("nif:beginIndex", "nif:endIndex", "prov:wasDerivedFrom", "nif:referenceContext", "schema:url", "kg:value", "kg:start"):
        assert [q for q in left if q.predicate == f"<{expand(name)}>"] == [q for q in quads if q.predicate == f"<{expand(name)}>"] != []


def test_long_words_names_and_headlines_are_left_out(ontology: Ontology) -> None:
    quote, phrase = "시장이 너무 작아서 아무도 투자하지 않는다", "세계에서 가장 큰 " * 6 + "공장"
    article = Article("a", f"회사는 {phrase}에서 {quote}고 했다.", "제목에 든 긴 말")
    span = Span(0, len(article.text))
    firm, plant = Entity("kgr:회사", "Company", "회사", (phrase,)), Entity("kgr:" + phrase.replace(" ", "_"), "Facility", phrase)
    report = Entity(article_name("a"), "Report", "제목에 든 긴 말", ("기사",))
    facts = (
        Fact(firm, "kg:says", Text(quote), (Qualifier("reason", Text(quote + " ")),), "claimed", False, None, Evidence("a", span, "r"), 0.9),
        Fact(firm, "kg:says", Text(quote + "고"), (), "claimed", False, None, Evidence("a", span, "r"), 0.9),
        Fact(firm, "kg:establishes", plant, (), "asserted", False, None, Evidence("a", span, "r"), 0.9),
        Fact(report, "kg:author", Text("기자"), (), "asserted", False, None, Evidence("a", span, "r"), 0.9),
    )
    readings = (Reading(article, (span,), (firm, plant, report), facts),)
    left = shared(readings, ontology)
    words = "\n".join("\t".join(quad) for quad in left)
    for gone in (quote, phrase, phrase.replace(" ", "_"), "제목에 든"):
        assert gone not in words
    assert sum(quad.predicate == resource("kg:content") and quad.object == '"…"' for quad in left) == 2
    assert (resource(report.id), resource("rdfs:label"), '"a"@ko') in {quad[:3] for quad in left}
    labels = [quad.object for quad in left if quad.predicate == resource("rdfs:label") and quad.object.startswith('"세계')]
    assert [len(label) for label in labels] == [len('""@ko') + 40]
    network = leave_out_network(build_network(leave_out_names(readings), ontology))
    rows = [*read_nodes(network), *read_edges(network), *read_states(network)]
    assert not [row for row in rows if any(gone in str(row) for gone in (quote, phrase, "제목에 든"))]


def test_facts_that_differ_in_what_is_left_out_stay_two(ontology: Ontology, readings: tuple[Reading, ...]) -> None:
    before, after = (build_network(each, ontology) for each in (readings, leave_out_names(readings)))
    shown = leave_out_network(after)
    assert shown.number_of_edges() == before.number_of_edges()
    assert all(row["sentences"] == () and row["evidence"] for row in read_edges(shown))


def test_short_names_are_as_they_were(readings: tuple[Reading, ...]) -> None:
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    assert [replace(reading, article=replace(reading.article, title=None)) for reading in ordered] == list(leave_out_names(readings))
