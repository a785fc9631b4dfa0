"""The passes over one article, in their order: the only place that knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.analyze import analyze_article, analyze_line
from kg.clauses import find_clauses
from kg.coref import find_entities
from kg.entities import find_mentions
from kg.extract import Extractor, find_facts
from kg.link import all_entities, build_identities
from kg.model import Article, Document, Reading, Token
from kg.pipeline.parts import join_readings, split_article
from kg.quantities import find_quantities
from kg.tables.gazetteers import Gazetteers, load_gazetteers
from kg.times import find_times


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How articles are read: the user's own gazetteer, other extractors, and whether the text is a bare line."""

    gazetteer: Path | None = None
    extractors: tuple[Extractor, ...] | None = None
    layout: bool = True  # datelines, headings and captions are recognised


@lru_cache(maxsize=4)
def _gazetteers(extra: Path | None) -> Gazetteers:
    return load_gazetteers(extra)


def read_document(article: Article, options: ReadingOptions | None = None) -> Document:
    """An article with everything that the language passes see in it, facts included."""
    options = options or ReadingOptions()
    sentences, datelines = analyze_article(article) if options.layout else analyze_line(article)
    doc = Document(article, sentences, datelines)
    clauses, quotations = find_clauses(doc)
    doc = replace(doc, clauses=clauses, quotations=quotations)
    tokens: tuple[Token, ...] = tuple(t for s in sentences for t in s.tokens)
    doc = replace(
        doc,
        mentions=find_mentions(doc, _gazetteers(options.gazetteer)),
        times=find_times(article.text, article.published, tokens),
        quantities=find_quantities(article.text, tokens),
    )
    doc = replace(doc, entities=find_entities(doc))
    return replace(doc, facts=find_facts(doc, options.extractors))


def build_reading(doc: Document) -> Reading:
    """What is kept of a document: sentences, entities and facts, still under local names."""
    bare = Reading(doc.article, tuple(s.span for s in doc.sentences), doc.entities, doc.facts)
    return replace(bare, entities=all_entities(bare))


def read_article(article: Article, options: ReadingOptions | None = None) -> Reading:
    """The reading of one article, still under local names."""
    parts = [(start, build_reading(read_document(part, options))) for start, part in split_article(article)]
    return parts[0][1] if len(parts) == 1 else join_readings(article, parts)


def link_alone(reading: Reading) -> Reading:
    """A reading linked as if there were no other article."""
    return build_identities((reading,)).link(reading)
