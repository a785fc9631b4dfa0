"""Facts with the surety of their rules, before that is turned into a confidence: what ``kg train confidence`` looks at."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kg.extract import find_facts
from kg.graph import fact_name
from kg.model import Article, Fact
from kg.pipeline.documents import build_reading, link_alone, read_document
from kg.readers import ReadOptions, read_articles

_NEWSWIRE = datetime(2018, 5, 3, 9, tzinfo=timezone(timedelta(hours=9)))  # when the judged sentences are taken to have appeared


def read_raw_facts(data: Path, wanted: Container[str]) -> Iterator[tuple[str, str, Fact, int]]:
    """The facts of the wanted articles of Wikinews and sentences of newswire in a folder of training data, each as (article id,
    fact id, fact, length of its sentence), with ids as ``kg extract`` prints them.
    """
    for article in _read_articles(data, wanted):
        doc = read_document(article)
        raw = replace(doc, facts=find_facts(doc, calibrated=False))
        for fact in link_alone(build_reading(raw)).facts:
            yield article.id, fact_name(fact), fact, fact.evidence.sentence.end - fact.evidence.sentence.start


def _read_articles(data: Path, wanted: Container[str]) -> Iterator[Article]:
    for item in read_articles([str(data / "wikinews" / "wikinews.jsonl")], ReadOptions()):
        if isinstance(item, Article) and item.id in wanted:
            yield item
    path = data / "klue" / "ner_unlabelled.tsv"
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                key, _, text = line.rstrip("\n").partition("\t")
                if key in wanted:
                    yield Article(key, text.strip(), published=_NEWSWIRE)
