"""Readings to N-Quads in partitions: what one machine does with all articles at once, done for each group that must meet.

Every step is a function of a group under a key, so that the outcome is that of one process, byte for byte: entities meet under their
names, articles under the bands of their sketches, facts under their names, and under their subject and relation. Two small graphs are
resolved by the driver: which names stand for one thing, and which articles are one story.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sized
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zlib import crc32

from kg.graph import build_article_quads, fact_name, find_conflicts, find_fact_rows, surest_confidences
from kg.link import (
    Decisions,
    Identities,
    Individual,
    Instance,
    Outline,
    are_one_story,
    build_outline,
    find_firsts,
    find_individuals,
    find_instances,
    find_keys,
    find_meetings,
)
from kg.model import Article, Entity, Fact, Reading
from kg.tables.ontology import load_ontology

if TYPE_CHECKING:
    from pyspark import RDD

Key = tuple[str, str]
Node = TypeVar("Node", bound=Hashable)
Linked = tuple[Reading, str | None]  # with the first article of its story, where that is another
Topic = tuple[Article, tuple[Fact, ...]]


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
    named = _name(_find_all(readings, decisions, parts), parts)
    firsts = _find_firsts(readings, parts)
    stories = context.parallelize(sorted(firsts.items()), parts)
    places = named.flatMap(_places)
    linked = _meet(parts, readings.map(_by_id), places, stories).map(_link)
    surest = _group(linked.flatMap(_confidences), parts).flatMap(_surest)
    conflicts = _group(linked.flatMap(_topics), parts).flatMap(_conflicts)
    lines = _meet(parts, linked, surest, conflicts).flatMap(_lines)
    return Graph(named.map(_curie), linked, lines, len(firsts))


def find_roots(edges: Iterable[tuple[Node, Node]]) -> dict[Node, Node]:
    """One node for all that a chain of edges connects, by node; the least of them, and so the same for any order of the edges."""
    above: dict[Any, Any] = {}

    def root(node: Node) -> Node:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for one, other in edges:
        least, more = sorted((root(one), root(other)))  # type: ignore[type-var]
        above[more] = least
    return {node: root(node) for node in above}


def place_of(key: object) -> int:
    """A number for a key that is the same in every process: the seed of Python's own differs."""
    return crc32(repr(key).encode("utf-8", "surrogatepass"))


# Grouping


def _group(pairs: RDD[Any], parts: int) -> RDD[Any]:
    return pairs.groupByKey(parts, place_of)


def _meet(parts: int, *sources: RDD[Any]) -> RDD[Any]:
    """For each key the lists of what the sources have under it."""
    tagged = [source.map(partial(_tag, number=number)) for number, source in enumerate(sources)]
    return _group(sources[0].context.union(tagged), parts).mapValues(partial(_untag, count=len(sources)))


def _tag(pair: tuple[object, object], number: int) -> tuple[object, tuple[int, object]]:
    return pair[0], (number, pair[1])


def _untag(values: Iterable[tuple[int, object]], count: int) -> tuple[list[object], ...]:
    lists: tuple[list[object], ...] = tuple([] for _ in range(count))
    for number, value in values:
        lists[number].append(value)
    return lists


# Individuals


def _find_all(readings: RDD[Reading], decisions: Decisions, parts: int) -> RDD[Individual]:
    """The individuals of all articles: each group that names or decisions connect is clustered by itself."""
    keyed = readings.flatMap(partial(_keyed, decisions=decisions))
    edges = keyed.flatMap(_edges).map(_with_nothing).reduceByKey(_first, parts, place_of).keys()
    roots = readings.context.parallelize(sorted(find_roots(edges.collect()).items()), parts)
    rooted = _meet(parts, keyed.filter(_has_key).map(_by_key), roots).flatMap(_rooted)
    met = _group(rooted, parts).flatMap(partial(_cluster, decisions=decisions))
    alone = keyed.filter(_has_no_key).flatMap(partial(_cluster_alone, decisions=decisions))
    return readings.context.union([met, alone])


def _keyed(reading: Reading, decisions: Decisions) -> Iterator[tuple[tuple[Key, ...], Instance]]:
    return ((find_keys(instance, decisions), instance) for instance in find_instances(reading))


def _edges(keyed: tuple[tuple[Key, ...], Instance]) -> Iterator[tuple[Key, Key]]:
    keys = keyed[0]
    return ((keys[0], other) for other in keys[1:])


def _with_nothing(edge: tuple[Key, Key]) -> tuple[tuple[Key, Key], None]:
    return edge, None


def _first(one: None, other: None) -> None:
    return one


def _has_key(keyed: tuple[tuple[Key, ...], Instance]) -> bool:
    return bool(keyed[0])


def _has_no_key(keyed: tuple[tuple[Key, ...], Instance]) -> bool:
    return not keyed[0]


def _by_key(keyed: tuple[tuple[Key, ...], Instance]) -> tuple[Key, Instance]:
    return keyed[0][0], keyed[1]


def _rooted(met: tuple[Key, tuple[list[Instance], list[Key]]]) -> Iterator[tuple[Key, Instance]]:
    key, (instances, roots) = met
    return ((roots[0] if roots else key, instance) for instance in instances)


def _cluster(group: tuple[Key, Iterable[Instance]], decisions: Decisions) -> list[Individual]:
    return find_individuals(sorted(group[1], key=lambda i: (i.article, i.local)), decisions)


def _cluster_alone(keyed: tuple[tuple[Key, ...], Instance], decisions: Decisions) -> list[Individual]:
    return find_individuals((keyed[1],), decisions)


def _name(individuals: RDD[Individual], parts: int) -> RDD[tuple[Entity, tuple[tuple[str, str], ...]]]:
    """The individuals under their names, with their places: who wants a name is counted, then who takes it."""
    wanting = _group(individuals.map(lambda i: (i.wanted, i)), parts)
    taking = _group(wanting.flatMap(_locals), parts)
    return taking.flatMap(_named)


def _locals(group: tuple[str, Iterable[Individual]]) -> Iterator[tuple[str, Individual]]:
    shared = len(cast(Sized, group[1])) > 1
    return ((individual.local(shared), individual) for individual in group[1])


def _named(group: tuple[str, Iterable[Individual]]) -> Iterator[tuple[Entity, tuple[tuple[str, str], ...]]]:
    shared = len(cast(Sized, group[1])) > 1
    return ((individual.named(group[0], shared), individual.places) for individual in group[1])


def _curie(named: tuple[Entity, tuple[tuple[str, str], ...]]) -> str:
    return named[0].id


def _places(named: tuple[Entity, tuple[tuple[str, str], ...]]) -> Iterator[tuple[str, tuple[str, Entity]]]:
    return ((article, (local, named[0])) for article, local in named[1])


# Stories


def _find_firsts(readings: RDD[Reading], parts: int) -> dict[str, str]:
    """The first article of the story for each article that is a copy or an update of it."""
    pairs = _group(readings.flatMap(_meetings), parts).flatMap(_pairs).reduceByKey(or_, parts, place_of)
    outlines = readings.map(_outlined)
    halves = _meet(parts, pairs.map(_by_one), outlines).flatMap(_halves)
    return find_firsts(_meet(parts, halves, outlines).flatMap(_same).collect())


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


def _confidences(linked: tuple[str, Linked]) -> Iterator[tuple[str, tuple[str, float]]]:
    article, (reading, _) = linked
    return ((name, (article, confidence)) for name, confidence in surest_confidences(reading.facts).items())


def _surest(group: tuple[str, Iterable[tuple[str, float]]]) -> Iterator[tuple[str, tuple[str, float]]]:
    """The highest confidence of a fact for each article that tells it with a lower one."""
    told = list(group[1])
    highest = max(confidence for _, confidence in told)
    return ((article, (group[0], highest)) for article, confidence in told if confidence < highest)


def _topics(linked: tuple[str, Linked]) -> Iterator[tuple[tuple[str, str], Topic]]:
    """The facts of an article by what they could contradict: only those of one subject and relation can."""
    reading = linked[1][0]
    article = replace(reading.article, text="")
    topics: dict[tuple[str, str], list[Fact]] = {}
    for fact in reading.facts:
        topics.setdefault((fact.subject.id, fact.predicate), []).append(fact)
    return ((topic, (article, tuple(facts))) for topic, facts in topics.items())


def _conflicts(group: tuple[tuple[str, str], Iterable[Topic]]) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    told = sorted(group[1], key=lambda topic: topic[0].id)
    found = find_conflicts(Reading(article, (), (), facts) for article, facts in told)
    if found:
        for article, facts in told:
            for name in dict.fromkeys(fact_name(fact) for fact in facts):
                if name in found:
                    yield article.id, (name, found[name])


def _lines(met: tuple[str, tuple[list[Linked], list[tuple[str, float]], list[tuple[str, tuple[str, ...]]]]]) -> Iterator[str]:
    (reading, story), higher, conflicts = met[1][0][0], met[1][1], met[1][2]
    surest = surest_confidences(reading.facts) | dict(higher)
    for quad in build_article_quads(reading, load_ontology(), surest, dict(conflicts), story):
        yield f"{' '.join(quad)} ."
