"""The facts as a networkx graph: entities and values are nodes, every fact between two of them an edge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.graph.facts import is_direct
from kg.graph.lines import predicate_form
from kg.graph.names import fact_name, period_name, plain, value_name
from kg.model import Entity, Fact, Quantity, Reading, Time, Value
from kg.tables.ontology import Ontology

if TYPE_CHECKING:
    import networkx as nx

Attributes = dict[str, Any]


def build_network(readings: Iterable[Reading], ontology: Ontology) -> nx.MultiDiGraph:
    """A graph whose nodes are CURIEs and whose edge keys are facts, in one order whatever the order of the readings.

    A node has ``name``, ``kind``, ``aliases``, ``members``, ``articles`` and, for what is said of it without an object,
    ``states``; a quantity also ``value``, ``minimum``, ``maximum``, ``unit`` and ``tally``, a period ``time``, ``begins`` and
    ``ends``, each where it is known. An edge has ``predicate``, ``ko``, ``en``, ``status``, ``negated``, ``speaker``,
    ``qualifiers`` (role and wording), ``confidence``, ``direct`` and ``evidence`` (article, start, end, sentence, rule).
    """
    nodes: dict[str, Attributes] = {}
    edges: dict[str, tuple[str, str | None, Attributes]] = {}
    for reading in sorted(readings, key=lambda r: r.article.id):
        for entity in reading.entities:
            _add_node(nodes, entity, reading.article.id)
        for fact in reading.facts:
            _add_fact(nodes, edges, reading, fact, ontology)
    import networkx as nx  # a third of a second, of no use to those who only read

    network: nx.MultiDiGraph = nx.MultiDiGraph()
    for name in sorted(nodes):
        network.add_node(name, **nodes[name])
    for name in sorted(edges):
        source, target, attributes = edges[name]
        attributes["evidence"] = tuple(sorted(set(attributes["evidence"])))
        if target is None:
            network.nodes[source]["states"] += ({"fact": name} | attributes,)
        else:
            network.add_edge(source, target, key=name, **attributes)
    return network


def _add_fact(
    nodes: dict[str, Attributes],
    edges: dict[str, tuple[str, str | None, Attributes]],
    reading: Reading,
    fact: Fact,
    ontology: Ontology,
) -> None:
    source = _add_node(nodes, fact.subject, reading.article.id)
    target = None if fact.object is None else _add_node(nodes, fact.object, reading.article.id)
    if fact.speaker is not None:
        _add_node(nodes, fact.speaker, reading.article.id)
    span = fact.evidence.sentence
    evidence = (reading.article.id, span.start, span.end, span.of(reading.article.text), fact.evidence.rule)
    direct = is_direct(fact, reading.article, ontology)
    name = fact_name(fact)
    if name in edges:
        attributes = edges[name][2]
        attributes["evidence"] += (evidence,)
        attributes["confidence"] = max(attributes["confidence"], fact.confidence)
        attributes["direct"] = attributes["direct"] or direct
        return
    predicate = predicate_form(fact.predicate, ontology)
    edges[name] = source, target, {
        "predicate": fact.predicate,
        "ko": predicate["ko"],
        "en": predicate["en"],
        "status": fact.status,
        "negated": fact.negated,
        "speaker": None if fact.speaker is None else fact.speaker.id,
        "qualifiers": tuple(sorted({(q.role, _wording(q.value)) for q in fact.qualifiers})),
        "confidence": fact.confidence,
        "direct": direct,
        "evidence": (evidence,),
    }


def _add_node(nodes: dict[str, Attributes], value: Value, article: str) -> str:
    if isinstance(value, Entity):
        name, kind, aliases, members = value.id, value.kind, value.aliases, value.members
    else:
        kind = "Quantity" if isinstance(value, Quantity) else "Period" if isinstance(value, Time) else "Text"
        name = period_name(value) if isinstance(value, Time) else value_name(value)
        aliases, members = (), ()
    node = nodes.get(name)
    if node is None:
        nodes[name] = {"name": _wording(value), "kind": kind, "aliases": aliases, "members": members,
                       "articles": (article,), "states": ()} | _measure(value)
    elif article not in node["articles"]:
        node["articles"] += (article,)
    return name


def _measure(value: Value) -> Attributes:
    match value:
        case Quantity():
            said = {"value": plain(value.value), "minimum": plain(value.minimum), "maximum": plain(value.maximum),
                    "unit": "score" if value.score else value.unit, "tally": value.score}
        case Time():
            said = {"time": value.value, "begins": value.start, "ends": value.end}
        case _:
            said = {}
    return {name: words for name, words in said.items() if words}


def _wording(value: Value) -> str:
    return value.name if isinstance(value, Entity) else value.text
