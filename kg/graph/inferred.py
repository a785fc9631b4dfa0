"""What may be inferred from, and the named graph that holds what was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.facts import is_direct
from kg.graph.individuals import LABEL, known_kind
from kg.graph.names import article_iri
from kg.graph.terms import Quad, iri, literal, resource
from kg.graph.values import TYPE, Triple
from kg.model import Entity, Reading
from kg.tables.ontology import Ontology
from kg.vocab import INFERRED, KG

_GRAPH = resource(INFERRED)
_RUN = resource("kgr:inference")


def read_premises(readings: Iterable[Reading], ontology: Ontology) -> Iterator[Triple]:
    """The direct triples of linked readings and the kinds of what they join; what is planned, claimed or denied is not there."""
    for reading in readings:
        for fact in reading.facts:
            if is_direct(fact, reading.article, ontology) and isinstance(fact.object, Entity):
                yield resource(fact.subject.id), resource(fact.predicate), resource(fact.object.id)
                for entity in (fact.subject, fact.object):
                    yield resource(entity.id), TYPE, resource(f"kg:{known_kind(entity, ontology)}")


def build_inferred(triples: Iterable[Triple], readings: Iterable[Reading], ontology: Ontology) -> Iterator[Quad]:
    """The inferred triples in the graph ``kgr:inferred``, which says of itself what it is and which articles it rests on."""
    about: set[Triple] = {
        (_GRAPH, TYPE, resource("kg:InferredGraph")),
        (_GRAPH, LABEL, literal(ontology.term("kg:InferredGraph").ko, language="ko")),
        (_GRAPH, LABEL, literal(ontology.term("kg:InferredGraph").en, language="en")),
        (_GRAPH, resource("prov:wasGeneratedBy"), _RUN),
        (_RUN, TYPE, resource("prov:Activity")),
        (_RUN, resource("prov:used"), iri(KG.rstrip("#"))),
    }
    for reading in readings:
        if any(is_direct(fact, reading.article, ontology) for fact in reading.facts):
            about.add((_GRAPH, resource("prov:wasDerivedFrom"), iri(article_iri(reading.article.id))))
    for triple in sorted({*about, *triples}):
        yield Quad(*triple, _GRAPH)
