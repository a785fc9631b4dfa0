"""Linked readings as JSON lines, RDF statements, an rdflib dataset and a networkx graph."""

from kg.graph.conflicts import find_conflicts
from kg.graph.facts import is_direct
from kg.graph.fusion import Fusion, find_fusion, told_links
from kg.graph.inferred import build_inferred, read_premises
from kg.graph.lines import fact_row, find_fact_rows, write_fact_lines
from kg.graph.links import Link, find_reason
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
from kg.graph.quads import Shared, build_apart, build_article_quads, build_quads
from kg.graph.rdf import build_rdf
from kg.graph.terms import Quad

__all__ = [
    "Fusion",
    "Link",
    "Quad",
    "Shared",
    "article_iri",
    "article_name",
    "build_apart",
    "build_article_quads",
    "build_inferred",
    "build_network",
    "build_quads",
    "build_rdf",
    "fact_name",
    "fact_row",
    "find_conflicts",
    "find_fact_rows",
    "find_fusion",
    "find_reason",
    "is_direct",
    "node_name",
    "period_name",
    "read_premises",
    "rule_name",
    "sentence_iri",
    "told_links",
    "value_name",
    "write_fact_lines",
]
