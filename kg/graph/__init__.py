"""Linked readings as JSON lines, RDF statements, an rdflib dataset and a networkx graph."""

from kg.graph.conflicts import find_conflicts
from kg.graph.facts import is_direct, surest_confidences
from kg.graph.inferred import build_inferred, read_premises
from kg.graph.lines import fact_row, find_fact_rows, write_fact_lines
from kg.graph.names import (
    article_iri,
    article_name,
    fact_name,
    node_name,
    period_name,
    rule_name,
    sentence_iri,
    value_name,
)
from kg.graph.network import build_network
from kg.graph.quads import build_article_quads, build_quads
from kg.graph.rdf import build_rdf
from kg.graph.terms import Quad

__all__ = [
    "Quad",
    "article_iri",
    "article_name",
    "build_article_quads",
    "build_inferred",
    "build_network",
    "build_quads",
    "build_rdf",
    "fact_name",
    "fact_row",
    "find_conflicts",
    "find_fact_rows",
    "is_direct",
    "node_name",
    "period_name",
    "read_premises",
    "rule_name",
    "sentence_iri",
    "surest_confidences",
    "value_name",
    "write_fact_lines",
]
