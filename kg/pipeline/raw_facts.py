"""Facts with the surety of their rules, before that is turned into a confidence: what ``kg train confidence`` looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.extract import find_facts
from kg.graph import fact_name
from kg.model import Article, Fact
from kg.pipeline.documents import build_reading, link_alone, read_document
from kg.readers import ReadOptions, read_articles


def read_raw_facts(path: Path) -> Iterator[tuple[str, str, Fact, int]]:
    """The facts of a file of articles as (article id, fact id, fact, length of its sentence), ids as ``kg extract`` prints them."""
    for item in read_articles([str(path)], ReadOptions()):
        if not isinstance(item, Article):
            continue
        doc = read_document(item)
        raw = replace(doc, facts=find_facts(doc, calibrated=False))
        for fact in link_alone(build_reading(raw)).facts:
            yield item.id, fact_name(fact), fact, fact.evidence.sentence.end - fact.evidence.sentence.start
