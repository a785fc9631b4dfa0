"""Entities, articles, sentences and predicates as RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.graph.names import article_iri, sentence_iri
from kg.graph.terms import iri, literal, resource
from kg.graph.values import TYPE, Triple
from kg.model import Article, Entity, Span
from kg.tables.ontology import Ontology

LABEL = resource("rdfs:label")

_CODES = {
    "krx": ("kg:krxCode", "Entity", re.compile(r"[0-9][0-9A-Z]{5}")),
    "iso": ("kg:isoCode", "Entity", re.compile(r"[A-Z]{2,3}")),
    "district": ("kg:districtCode", "Place", re.compile(r"[0-9]{2,10}")),
}


def article_triples(article: Article) -> Iterator[Triple]:
    """The article's node: schema:NewsArticle with what is known of it."""
    node = iri(article_iri(article.id))
    yield node, TYPE, resource("schema:NewsArticle")
    yield node, resource("schema:identifier"), literal(article.id)
    if article.title:
        yield node, resource("schema:headline"), literal(article.title, language="ko")
    if article.published is not None:
        yield node, resource("schema:datePublished"), literal(article.published.isoformat(), "dateTime")
    for author in article.authors:
        yield node, resource("schema:author"), literal(author)
    if article.outlet:
        yield node, resource("schema:publisher"), literal(article.outlet)
    if article.url:
        yield node, resource("schema:url"), literal(iri(article.url)[1:-1], "anyURI")


def sentence_triples(article: Article, span: Span) -> Iterator[Triple]:
    """A sentence's node: its offsets, its words and its article."""
    node = iri(sentence_iri(article.id, span))
    yield node, TYPE, resource("kg:Sentence")
    yield node, resource("nif:beginIndex"), literal(str(span.start), "nonNegativeInteger")
    yield node, resource("nif:endIndex"), literal(str(span.end), "nonNegativeInteger")
    yield node, resource("nif:anchorOf"), literal(span.of(article.text))
    yield node, resource("nif:referenceContext"), iri(article_iri(article.id))


def entity_triples(entity: Entity, entities: Mapping[str, Entity], ontology: Ontology) -> Iterator[Triple]:
    """An entity's node: kind, names, members and codes; a code that is not of its system's form is left out."""
    node = resource(entity.id)
    kind = known_kind(entity, ontology)
    yield node, TYPE, resource(f"kg:{kind}")
    yield node, LABEL, literal(entity.name or _local(entity.id), language="ko")
    for alias in entity.aliases:
        if alias and alias != entity.name:
            yield node, resource("skos:altLabel"), literal(alias, language="ko")
    for member in entity.members:
        yield node, resource("kg:member"), resource(member)
        if member not in entities:
            # A member that no reading describes still has a kind and a name.
            yield resource(member), TYPE, resource("kg:Entity")
            yield resource(member), LABEL, literal(_local(member), language="ko")
    for system, code in entity.codes:
        name, needed, form = _CODES.get(system, ("kg:code", "Entity", None))
        if code and (form is None or form.fullmatch(code)) and ontology.is_kind(kind, needed):
            yield node, resource(name), literal(code)


def predicate_triples(predicate: str, ontology: Ontology) -> Iterator[Triple]:
    """A predicate's names, so that an answer can show them; an open one is declared where it is used."""
    node = resource(predicate)
    term = ontology.term(predicate)
    yield node, LABEL, literal(term.ko, language="ko")
    if predicate.startswith("kgo:"):
        yield node, TYPE, resource("rdf:Property")
        yield node, resource("rdfs:subPropertyOf"), resource("kg:openRelation")
    else:
        yield node, LABEL, literal(term.en, language="en")


def known_kind(entity: Entity, ontology: Ontology) -> str:
    """The entity's kind, or Thing where the ontology has no such class of entities."""
    return entity.kind if ontology.is_kind(entity.kind, "Entity") else "Thing"


def _local(curie: str) -> str:
    return curie.partition(":")[2] or curie or "?"
