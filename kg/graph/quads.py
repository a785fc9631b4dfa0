"""Readings as RDF: one named graph per article, with its entities, facts, values, sentences and direct triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.graph.facts import fact_triples, surest_confidences
from kg.graph.fusion import Fusion, find_fusion
from kg.graph.individuals import article_triples, entity_triples, predicate_triples, sentence_triples
from kg.graph.links import link_triples
from kg.graph.names import article_iri, fact_name
from kg.graph.terms import Quad, iri, resource
from kg.graph.values import Triple, value_node, value_triples
from kg.model import Entity, Fact, Reading
from kg.tables.ontology import Ontology

_CONFLICTS = resource("kg:conflictsWith")
_SAME_STORY = resource("kg:sameStoryAs")
_MENTIONS = resource("schema:mentions")


@dataclass(frozen=True, slots=True)
class Shared:
    """What an article's statements owe to the other articles.

    ``surest`` has the highest confidence of the facts that are reported with several, ``fusion`` what joins and parts the
    facts of several articles, ``stories`` the first article of the story for each that is a copy or an update of it.
    """

    surest: Mapping[str, float]
    fusion: Fusion
    stories: Mapping[str, str]


def build_quads(readings: Iterable[Reading], ontology: Ontology, stories: Mapping[str, str] | None = None) -> Iterator[Quad]:
    """The statements of linked readings, article by article in the order of ids, sorted within each, each once.

    A fact that several articles report has one node; its confidence is the highest of them all, so that the union of the
    graphs says one thing. ``stories`` has the first article of the story for each that is a copy or an update of it.
    """
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    surest = surest_confidences(fact for reading in ordered for fact in reading.facts)
    shared = Shared(surest, find_fusion(ordered), stories or {})
    for reading in ordered:
        yield from build_article_quads(reading, ontology, shared)


def build_article_quads(reading: Reading, ontology: Ontology, shared: Shared) -> tuple[Quad, ...]:
    """The statements of one linked reading, sorted, each once: no other reading need be in memory."""
    graph = iri(article_iri(reading.article.id))
    triples = _article_graph(reading, graph, ontology, shared)
    if reading.article.id in shared.stories:
        triples.add((graph, _SAME_STORY, iri(article_iri(shared.stories[reading.article.id]))))
    return tuple(Quad(*triple, graph) for triple in sorted(triples))


def build_apart(readings: Iterable[Reading], ontology: Ontology, shared: Shared) -> Iterator[Quad]:
    """The statements of some of the readings, without those that join them to an article or a fact of the others."""
    alone = replace(shared, fusion=Fusion(), stories={})
    return (quad for reading in readings for quad in build_article_quads(reading, ontology, alone))


def _article_graph(reading: Reading, node: str, ontology: Ontology, shared: Shared) -> set[Triple]:
    article = reading.article
    graph: set[Triple] = set(article_triples(article))
    entities: dict[str, Entity] = {entity.id: entity for entity in reading.entities}
    for fact in reading.facts:
        for entity in _entities(fact):
            entities.setdefault(entity.id, entity)
        name = fact_name(fact)
        graph.update(fact_triples(fact, name, article, ontology, shared.surest.get(name, fact.confidence)))
        graph.update(_joined(name, shared.fusion))
    joining = {link.relation for fact in reading.facts for link in shared.fusion.links.get(fact_name(fact), ())}
    for predicate in joining.union(fact.predicate for fact in reading.facts):
        graph.update(predicate_triples(predicate, ontology))
    for span in {fact.evidence.sentence for fact in reading.facts}:
        graph.update(sentence_triples(article, span))
    for entity in entities.values():
        graph.update(entity_triples(entity, entities, ontology))
        graph.add((node, _MENTIONS, resource(entity.id)))
    return graph


def _joined(name: str, fusion: Fusion) -> Iterator[Triple]:
    """What a fact is to others; it stands in the graphs of the articles that tell the fact."""
    node = resource(name)
    for other in fusion.conflicts.get(name, ()):
        yield node, _CONFLICTS, resource(other)
    for link in fusion.links.get(name, ()):
        yield from link_triples(link)
    for each in fusion.validity.get(name, ()):
        yield node, resource(each.relation), value_node(each.time)
        yield from value_triples(each.time)


def _entities(fact: Fact) -> Iterator[Entity]:
    for value in (fact.subject, fact.object, fact.speaker, *(qualifier.value for qualifier in fact.qualifiers)):
        if isinstance(value, Entity):
            yield value
