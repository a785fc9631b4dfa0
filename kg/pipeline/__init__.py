"""The pipeline: the passes in their order, for one article and for many."""

from kg.pipeline.building import Report, build_graph, link_readings, read_linked
from kg.pipeline.documents import ReadingOptions, build_reading, link_alone, read_article, read_document
from kg.pipeline.knowledge import KnowledgeGraph, build, read

__all__ = [
    "KnowledgeGraph",
    "ReadingOptions",
    "Report",
    "build",
    "build_graph",
    "build_reading",
    "link_alone",
    "link_readings",
    "read",
    "read_article",
    "read_document",
    "read_linked",
]
