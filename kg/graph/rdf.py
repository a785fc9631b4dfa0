"""The statements as an rdflib dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.graph.terms import Quad
from kg.vocab import PREFIXES, read_literal

if TYPE_CHECKING:  # rdflib takes a fifth of a second, of no use to those who only read
    from rdflib import Dataset, Graph, Literal, URIRef
    from rdflib.term import Node


def build_rdf(quads: Iterable[Quad]) -> Dataset:
    """A dataset with one named graph per article; its default graph is the union of them all."""
    from rdflib import Dataset, URIRef

    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    terms: dict[str, Node] = {}
    graphs: dict[str, Graph] = {}

    def read(term: str) -> Node:
        node = terms.get(term)
        if node is None:
            node = terms[term] = read_term(term)
        return node

    for quad in quads:
        graph = graphs.get(quad.graph)
        if graph is None:
            graph = graphs[quad.graph] = dataset.graph(URIRef(quad.graph[1:-1]))
        graph.add((read(quad.subject), read(quad.predicate), read(quad.object)))
    return dataset


def read_term(term: str) -> URIRef | Literal:
    """The rdflib term of one encoded as in N-Quads: ``"케이티"@ko``."""
    from rdflib import Literal, URIRef

    if term.startswith("<"):
        return URIRef(term[1:-1])
    text, language, datatype = read_literal(term)
    # The wording stands as written: rdflib would turn "1.50" into "1.5".
    return Literal(
        text,
        lang=language or None,
        datatype=URIRef(datatype) if datatype else None,
        normalize=False,
    )
