"""A knowledge graph in memory: the typed way to what the command line writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import networkx as nx
from rdflib import Dataset

from kg.errors import InputError
from kg.graph import (
    Quad,
    article_iri,
    build_network,
    build_quads,
    build_rdf,
    fact_name,
    find_fusion,
    is_direct,
    node_name,
    rule_name,
    told_links,
    write_fact_lines,
)
from kg.link import find_stories
from kg.model import Article, Document, Reading
from kg.pipeline.building import link_readings
from kg.pipeline.documents import ReadingOptions, read_article, read_document
from kg.pipeline.outputs import LINES, PAGE, TURTLE
from kg.query import Result, run_query
from kg.readers import ReadOptions, Skipped, read_articles
from kg.render import build_page, write_page
from kg.store import GraphStore, open_memory, write_turtle
from kg.tables.ontology import load_ontology
from kg.vocab import PREFIXES


@dataclass(frozen=True)
class KnowledgeGraph:
    """The graph of a set of articles; ``readings`` are linked, ``skipped`` what could not be read."""

    readings: tuple[Reading, ...]
    skipped: tuple[Skipped, ...] = ()

    @cached_property
    def _quads(self) -> tuple[Quad, ...]:
        return tuple(build_quads(self.readings, load_ontology(), find_stories(self.readings)))

    @cached_property
    def _store(self) -> GraphStore:
        return open_memory(self._quads)

    @property
    def rdf(self) -> Dataset:
        """The graph for rdflib: each article a named graph, the default graph their union."""
        return build_rdf(self._quads)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Entities as nodes, facts as edges."""
        return build_network(self.readings, load_ontology())

    def query(self, query: str, parameters: Mapping[str, str] | None = None) -> Result:
        """The answer to a named query (``"ceos"``) or SPARQL."""
        return run_query(self._store, query, parameters)

    def write(self, folder: Path | str) -> None:
        """Write ``graph.ttl``, ``facts.jsonl`` and ``graph.html`` into a folder."""
        out = Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        ontology = load_ontology()
        write_turtle(self._quads, out / TURTLE, PREFIXES)
        write_fact_lines(self.readings, ontology, out / LINES)
        fusion = find_fusion(self.readings)
        page = build_page(
            self.readings, ontology, conflicts=fusion.conflicts, links=told_links(fusion),
            name_fact=fact_name, name_article=article_iri, name_value=node_name, name_rule=rule_name,
            is_direct=partial(is_direct, ontology=ontology),
        )
        write_page(page, out / PAGE)


def read(source: str | Path | Article, options: ReadingOptions | None = None) -> Document:
    """One article as the passes see it: a path, or an :class:`~kg.model.Article`; InputError where nothing can be read."""
    if isinstance(source, Article):
        return read_document(source, options)
    for item in read_articles([str(source)]):
        if isinstance(item, Skipped):
            raise InputError(item.reason, item.input)
        return read_document(item, options)
    raise InputError("there is no article here; name a text, HTML, JSON or feed file.", source)


def build(sources: Sequence[str | Path | Article], options: ReadingOptions | None = None) -> KnowledgeGraph:
    """The knowledge graph of articles: ``kg.build(["seeds/"]).query("ceos")``."""
    skipped: list[Skipped] = []

    def articles() -> Iterable[Article]:
        yield from (s for s in sources if isinstance(s, Article))
        named = [str(s) for s in sources if not isinstance(s, Article)]
        if named:
            for item in read_articles(named, ReadOptions()):
                if isinstance(item, Skipped):
                    skipped.append(item)
                else:
                    yield item

    readings = link_readings(read_article(article, options) for article in articles())
    return KnowledgeGraph(readings, tuple(skipped))
