"""Readings to N-Quads in partitions: what one machine does with all articles at once, done for each group that must meet.

Every step is a function of a group under a key, so that the outcome is that of one process, byte for byte: entities meet under their
names, articles under the bands of their sketches, facts under what they are of. Small graphs are resolved by the driver: which
names stand for one thing, which articles are one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Any

from kg.cluster.grouping import group, meet, reduce
from kg.cluster.individuals import Named, find_named
from kg.cluster.joining import find_owed, gather_owed
from kg.graph import Shared, build_article_quads, find_fact_rows, surest_confidences
from kg.link import Decisions, Identities, Outline, are_one_story, build_outline, find_firsts, find_meetings
from kg.model import Entity, Reading
from kg.tables.ontology import load_ontology

if TYPE_CHECKING:
    from pyspark import RDD

Linked = tuple[Reading, str | None]  # with the first article of its story, where that is another


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph of all articles as partitions that are computed when they are asked for."""

    individuals: RDD[str]
    articles: RDD[tuple[str, Linked]]
    lines: RDD[str]
    copies: int

    def count_facts(self) -> int:
        """How many facts there are, one told by two sentences counted twice, as in ``facts.jsonl``."""
        return int(self.articles.map(_count_facts).sum())


def build_lines(readings: RDD[Reading], decisions: Decisions, parts: int) -> Graph:
    """The graph of readings, each article once among them, in ``parts`` partitions; its lines are N-Quads, not yet sorted."""
    context = readings.context
    named = find_named(readings, decisions, parts)
    firsts = _find_firsts(readings, parts)
    stories = context.parallelize(sorted(firsts.items()), parts)
    places = named.flatMap(_places)
    linked = meet(parts, readings.map(_by_id), places, stories).map(_link)
    lines = meet(parts, linked, find_owed(linked.map(_reading), parts)).flatMap(_lines)
    return Graph(named.map(_curie), linked, lines, len(firsts))


def _curie(named: Named) -> str:
    return named[0].id


def _places(named: Named) -> Iterator[tuple[str, tuple[str, Entity]]]:
    return ((article, (local, named[0])) for article, local in named[1])


# Stories


def _find_firsts(readings: RDD[Reading], parts: int) -> dict[str, str]:
    """The first article of the story for each article that is a copy or an update of it."""
    pairs = reduce(group(readings.flatMap(_meetings), parts).flatMap(_pairs), or_, parts)
    outlines = readings.map(_outlined)
    halves = meet(parts, pairs.map(_by_one), outlines).flatMap(_halves)
    return find_firsts(meet(parts, halves, outlines).flatMap(_same).collect())


def _meetings(reading: Reading) -> Iterator[tuple[tuple[bool, str], str]]:
    return ((key, reading.article.id) for key in find_meetings(build_outline(reading.article)))


def _pairs(group: tuple[tuple[bool, str], Iterable[str]]) -> Iterator[tuple[tuple[str, str], bool]]:
    banded = group[0][0]
    return ((pair, banded) for pair in combinations(sorted(group[1]), 2))


def _by_one(pair: tuple[tuple[str, str], bool]) -> tuple[str, tuple[str, bool]]:
    (one, other), banded = pair
    return one, (other, banded)


def _outlined(reading: Reading) -> tuple[str, tuple[Outline, str]]:
    return reading.article.id, (build_outline(reading.article), reading.article.text)


def _halves(met: tuple[str, tuple[list[tuple[str, bool]], list[tuple[Outline, str]]]]) -> Iterator[tuple[str, tuple[Outline, str, bool]]]:
    others, outlined = met[1]
    return ((other, (*outlined[0], banded)) for other, banded in others)


def _same(met: tuple[str, tuple[list[tuple[Outline, str, bool]], list[tuple[Outline, str]]]]) -> Iterator[tuple[Any, Any]]:
    halves, outlined = met[1]
    for outline, text, banded in halves:
        other, other_text = outlined[0]
        if are_one_story(outline, other, text, other_text, banded):
            yield outline.age, other.age


# Statements


def _by_id(reading: Reading) -> tuple[str, Reading]:
    return reading.article.id, reading


def _link(met: tuple[str, tuple[list[Reading], list[tuple[str, Entity]], list[str]]]) -> tuple[str, Linked]:
    article, (readings, places, firsts) = met
    identities = Identities({(article, local): entity for local, entity in places})
    return article, (identities.link(readings[0]), firsts[0] if firsts else None)


def _count_facts(linked: tuple[str, Linked]) -> int:
    return len(find_fact_rows(linked[1][0], load_ontology()))


def _reading(linked: tuple[str, Linked]) -> Reading:
    return linked[1][0]


def _lines(met: tuple[str, tuple[list[Linked], list[Any]]]) -> Iterator[str]:
    article, (((reading, story),), facts) = met
    owed = gather_owed(facts)
    surest = surest_confidences(reading.facts) | dict(owed.surest)
    shared = Shared(surest, owed.fusion, {} if story is None else {article: story})
    return (f"{' '.join(quad)} ." for quad in build_article_quads(reading, load_ontology(), shared))
