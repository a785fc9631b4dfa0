"""Facts as RDF: a node with its qualifiers and evidence, and a direct triple where the fact is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from kg.graph.individuals import LABEL, known_kind
from kg.graph.names import fact_name, rule_name, sentence_iri
from kg.graph.terms import iri, literal, resource
from kg.graph.values import TYPE, Triple, is_moment, is_number, value_node, value_triples
from kg.model import Article, Entity, Fact, Quantity, Text, Time, Value
from kg.tables.ontology import Ontology

_TRUE, _FALSE = literal("true", "boolean"), literal("false", "boolean")
_BEGINNING = frozenset({"time", "start", "since", "from"})


def fact_triples(fact: Fact, name: str, article: Article, ontology: Ontology, confidence: float) -> Iterator[Triple]:
    """The fact's node and its values' nodes; ``confidence`` is the highest of all who report the fact."""
    node, subject, predicate = resource(name), resource(fact.subject.id), resource(fact.predicate)
    yield node, TYPE, resource("kg:Fact")
    yield node, resource("rdf:subject"), subject
    yield node, resource("rdf:predicate"), predicate
    if isinstance(fact.object, Text) or (isinstance(fact.object, Quantity) and not is_number(fact.object)):
        if fact.object.text:
            yield node, resource("kg:content"), literal(fact.object.text)
    elif fact.object is not None:
        yield node, resource("rdf:object"), value_node(fact.object)
        yield from value_triples(fact.object)
    for qualifier in fact.qualifiers:
        if isinstance(qualifier.value, Text) and not qualifier.value.text:
            continue
        yield node, _qualifier(qualifier.role, qualifier.value, ontology), value_node(qualifier.value)
        yield from value_triples(qualifier.value)
    yield node, resource("kg:status"), literal(fact.status)
    yield node, resource("kg:negated"), _TRUE if fact.negated else _FALSE
    if fact.speaker is not None and not ontology.is_kind(known_kind(fact.speaker, ontology), "Position"):
        yield node, resource("kg:speaker"), resource(fact.speaker.id)
    yield node, resource("kg:confidence"), literal(_decimal(confidence), "decimal")
    yield node, resource("prov:wasDerivedFrom"), iri(sentence_iri(article.id, fact.evidence.sentence))
    rule = resource(rule_name(fact.evidence.rule))
    yield node, resource("kg:rule"), rule
    yield rule, TYPE, resource("prov:Plan")
    yield rule, LABEL, literal(fact.evidence.rule or "unnamed")
    if is_direct(fact, article, ontology):
        yield subject, predicate, value_node(fact.object)  # type: ignore[arg-type]


def is_direct(fact: Fact, article: Article, ontology: Ontology) -> bool:
    """Whether the fact is an edge of its own: asserted, not negated, between entities of the kinds that the relation
    joins, and not yet to begin when the article appeared."""
    if fact.status != "asserted" or fact.negated or not isinstance(fact.object, Entity):
        return False
    kinds = known_kind(fact.subject, ontology), known_kind(fact.object, ontology)
    return ontology.is_fitting(fact.predicate, *kinds) and not any(
        qualifier.role in _BEGINNING
        and isinstance(qualifier.value, Time)
        and _is_after(qualifier.value.start, article.published)
        for qualifier in fact.qualifiers
    )


def surest_confidences(facts: Iterable[Fact]) -> dict[str, float]:
    """The highest confidence that each fact is reported with, by name."""
    surest: dict[str, float] = {}
    for fact in facts:
        name = fact_name(fact)
        surest[name] = max(fact.confidence, surest.get(name, 0.0))
    return surest


def _qualifier(role: str, value: Value, ontology: Ontology) -> str:
    # A role that the ontology lacks, or a value that its role cannot hold, is still kept as a qualifier.
    term = ontology.properties.get(f"kg:{role}")
    if term is None or "kg:qualifier" not in term.parents:
        return resource("kg:qualifier")
    if isinstance(value, Quantity) and is_number(value) and "kg:Period" in term.range:
        return resource("kg:qualifier")
    if isinstance(value, Time) and "kg:Quantity" in term.range:
        return resource("kg:qualifier")
    return resource(f"kg:{role}")


def _is_after(start: str | None, published: datetime | None) -> bool:
    if start is None or published is None or not is_moment(start) or start.startswith("-"):
        return False
    day = published.date().isoformat()
    # An article dated to the day, not the minute, says nothing of what was still ahead on that day.
    if "T" not in start or (published.hour, published.minute, published.second) == (0, 0, 0):
        return start[:10] > day
    try:
        begin = datetime.fromisoformat(start)
    except ValueError:
        return start[:10] > day
    if begin.tzinfo is None or published.tzinfo is None:
        return begin.replace(tzinfo=None) > published.replace(tzinfo=None)
    return begin > published


def _decimal(number: float) -> str:
    # The canonical form, which is how a store gives it back.
    return f"{min(max(number, 0.0), 1.0):.6f}".rstrip("0").rstrip(".")
