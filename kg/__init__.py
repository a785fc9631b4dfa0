"""Korean news articles as a knowledge graph: every fact tied to the sentence that says it.

    import kg

    graph = kg.build(["seeds/"])
    graph.query("ceos")
"""

from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.model import Article, Document, Entity, Evidence, Fact, Quantity, Reading, Span, Time

if TYPE_CHECKING:
    from kg.pipeline import KnowledgeGraph, build, read

__all__ = [
    "Article",
    "Document",
    "Entity",
    "Evidence",
    "Fact",
    "KgError",
    "KnowledgeGraph",
    "Quantity",
    "Reading",
    "Span",
    "Time",
    "build",
    "read",
]


def __getattr__(name: str) -> object:
    """The heavy half of the interface is loaded when it is asked for, so that ``import kg`` stays light."""
    if name in ("KnowledgeGraph", "build", "read"):
        from kg import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
