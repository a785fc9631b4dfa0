"""The graph for other programs: networks for Gephi, tables for Excel and Neo4j, and what is left out of a graph that is shared."""

from kg.export.networks import write_gexf, write_graphml
from kg.export.redaction import Redaction, redact_people
from kg.export.tables import write_neo4j, write_tables
from kg.export.texts import leave_out_names, leave_out_network, leave_out_texts, reword_network

__all__ = [
    "Redaction",
    "leave_out_names",
    "leave_out_network",
    "leave_out_texts",
    "redact_people",
    "reword_network",
    "write_gexf",
    "write_graphml",
    "write_neo4j",
    "write_tables",
]
