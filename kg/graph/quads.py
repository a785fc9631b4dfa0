"""Readings as RDF: one named graph per article, with its entities, facts, values, sentences and direct triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.graph.conflicts import find_conflicts
from kg.graph.facts import fact_triples, surest_confidences
from kg.graph.individuals import article_triples, entity_triples, predicate_triples, sentence_triples
from kg.graph.names import article_iri, fact_name
from kg.graph.terms import Quad, iri, resource
from kg.graph.values import Triple
from kg.model import Entity, Fact, Reading
from kg.tables.ontology import Ontology

_CONFLICTS = resource("kg:conflictsWith")
_SAME_STORY = resource("kg:sameStoryAs")
_MENTIONS = resource("schema:mentions")


def build_quads(readings: Iterable[Reading], ontology: Ontology, stories: Mapping[str, str] | None = None) -> Iterator[Quad]:
    """The statements of linked readings, article by article in the order of ids, sorted within each, each once.

    A fact that several articles report has one node; its confidence is the highest of them all, so that the union of the
    graphs says one thing. ``stories`` has the first article of the story for each that is a copy or an update of it.
    """
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    surest = surest_confidences(fact for reading in ordered for fact in reading.facts)
    conflicts = find_conflicts(ordered)
    for reading in ordered:
        yield from build_article_quads(reading, ontology, surest, conflicts, (stories or {}).get(reading.article.id))


def build_article_quads(
    reading: Reading, ontology: Ontology, surest: Mapping[str, float], conflicts: Mapping[str, tuple[str, ...]], story: str | None = None
) -> Iterator[Quad]:
    """The statements of one linked reading, sorted, by what all articles make of its facts.

    ``surest`` has the confidence of each of its facts, ``conflicts`` those that others contradict, ``story`` is the article of which
    this one is a copy or an update.
    """
    graph = iri(article_iri(reading.article.id))
    triples = _article_graph(reading, graph, ontology, surest, conflicts)
    if story is not None:
        triples.add((graph, _SAME_STORY, iri(article_iri(story))))
    for triple in sorted(triples):
        yield Quad(*triple, graph)


def _article_graph(
    reading: Reading, node: str, ontology: Ontology, surest: Mapping[str, float], conflicts: Mapping[str, tuple[str, ...]]
) -> set[Triple]:
    article = reading.article
    graph: set[Triple] = set(article_triples(article))
    entities: dict[str, Entity] = {entity.id: entity for entity in reading.entities}
    for fact in reading.facts:
        for entity in _entities(fact):
            entities.setdefault(entity.id, entity)
        name = fact_name(fact)
        graph.update(fact_triples(fact, name, article, ontology, surest[name]))
        graph.update((resource(name), _CONFLICTS, resource(other)) for other in conflicts.get(name, ()))
    for predicate in {fact.predicate for fact in reading.facts}:
        graph.update(predicate_triples(predicate, ontology))
    for span in {fact.evidence.sentence for fact in reading.facts}:
        graph.update(sentence_triples(article, span))
    for entity in entities.values():
        graph.update(entity_triples(entity, entities, ontology))
        graph.add((node, _MENTIONS, resource(entity.id)))
    return graph


def _entities(fact: Fact) -> Iterator[Entity]:
    for value in (fact.subject, fact.object, fact.speaker, *(qualifier.value for qualifier in fact.qualifiers)):
        if isinstance(value, Entity):
            yield value
