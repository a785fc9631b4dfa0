"""The pipeline: the passes in their order, for one article and for many."""

from typing import TYPE_CHECKING

from kg.pipeline.building import build_graph, extract_lines, link_readings, read_safely
from kg.pipeline.documents import ReadingOptions, build_reading, link_alone, read_article, read_document
from kg.pipeline.outputs import Report, read_linked

if TYPE_CHECKING:
    from kg.pipeline.knowledge import KnowledgeGraph, build, read

__all__ = [
    "KnowledgeGraph",
    "ReadingOptions",
    "Report",
    "build",
    "build_graph",
    "build_reading",
    "extract_lines",
    "link_alone",
    "link_readings",
    "read",
    "read_article",
    "read_document",
    "read_linked",
    "read_safely",
]


def __getattr__(name: str) -> object:
    """The graph in memory draws and asks; what only reads need not load all that."""
    if name in ("KnowledgeGraph", "build", "read"):
        from kg.pipeline import knowledge

        return getattr(knowledge, name)
    raise AttributeError(f"module 'kg.pipeline' has no attribute {name!r}")
