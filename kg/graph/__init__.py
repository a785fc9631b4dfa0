"""Linked readings as JSON lines, RDF statements, an rdflib dataset and a networkx graph."""

from kg.graph.conflicts import find_conflicts
from kg.graph.facts import is_direct, surest_confidences
from kg.graph.fusion import Fusion, event_links, find_fusion, gather_fusion, told_links
from kg.graph.histories import (
    Changes,
    Validity,
    find_figures,
    find_validity,
    line_links,
    succession_links,
    take_in_line,
)
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
from kg.graph.plans import Turn, find_turns, names_of
from kg.graph.quads import Shared, build_apart, build_article_quads, build_quads
from kg.graph.rdf import build_rdf
from kg.graph.tellings import Telling, climb_places, find_sites, find_tellings
from kg.graph.terms import Quad

__all__ = [
    "Changes",
    "Fusion",
    "Link",
    "Quad",
    "Shared",
    "Telling",
    "Turn",
    "Validity",
    "article_iri",
    "article_name",
    "build_apart",
    "build_article_quads",
    "build_inferred",
    "build_network",
    "build_quads",
    "build_rdf",
    "climb_places",
    "event_links",
    "fact_name",
    "fact_row",
    "find_conflicts",
    "find_fact_rows",
    "find_figures",
    "find_fusion",
    "find_reason",
    "find_sites",
    "find_tellings",
    "find_turns",
    "find_validity",
    "gather_fusion",
    "is_direct",
    "line_links",
    "names_of",
    "node_name",
    "period_name",
    "read_premises",
    "rule_name",
    "sentence_iri",
    "succession_links",
    "surest_confidences",
    "take_in_line",
    "told_links",
    "value_name",
    "write_fact_lines",
]
