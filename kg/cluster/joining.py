"""What joins and parts facts, in partitions: facts meet under their names, tellings under what they are of, posts under persons and bodies.

Each article yields its part, parts of one key are joined in any order, and the functions of ``kg.graph`` see a group that no chain
of keys connects with another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.cluster.grouping import edges_of, gather, group, meet, reduce, root_all
from kg.graph import (
    Changes,
    Fusion,
    Link,
    Telling,
    Turn,
    Validity,
    climb_places,
    event_links,
    find_conflicts,
    find_figures,
    find_sites,
    find_tellings,
    find_turns,
    find_validity,
    gather_fusion,
    line_links,
    names_of,
    succession_links,
    surest_confidences,
    take_in_line,
)
from kg.model import Article, Fact, Reading

if TYPE_CHECKING:
    from pyspark import RDD

Topic = tuple[Article, tuple[Fact, ...]]
Names = tuple[str, ...]
Told = tuple[Telling, Names]  # with the facts that contradict it
Join = Names | Link | Validity  # of a fact: those that it contradicts, a link to another, from or until when it holds


@dataclass(frozen=True, slots=True)
class Owed:
    """What the statements of one article owe to others: its facts' confidences where another's is higher, and what joins them."""

    surest: Mapping[str, float]
    fusion: Fusion


def find_owed(readings: RDD[Reading], parts: int) -> RDD[tuple[str, tuple[str, float, tuple[Join, ...]]]]:
    """For each article the facts that others have a say in, with the highest confidence of each and what it is to other facts."""
    said = reduce(readings.flatMap(_say), _join, parts)
    conflicts = group(readings.flatMap(_topics), parts).flatMap(_conflicts)
    changes = _of(said, "changes").mapValues(Changes.find)
    joins = readings.context.union([
        conflicts,
        _find_events(said, conflicts, changes, parts),
        reduce(changes.flatMap(_by_body), Changes.take_in, parts).flatMap(_post_joins),
        _of(said, "figures").flatMap(_line_joins),
    ])  # fmt: skip
    return meet(parts, readings.flatMap(_confidences), joins).flatMap(_owed)


def gather_owed(facts: Iterable[tuple[str, float, tuple[Join, ...]]]) -> Owed:
    """What is owed of the facts of one article."""
    surest: dict[str, float] = {}
    conflicts: dict[str, Names] = {}
    links: list[Link] = []
    validity: list[Validity] = []
    for name, confidence, joins in facts:
        surest[name] = confidence
        for join in joins:
            if isinstance(join, Link):
                links.append(join)
            elif isinstance(join, Validity):
                validity.append(join)
            else:
                conflicts[name] = join
    return Owed(surest, gather_fusion(conflicts, links, validity))


def _confidences(reading: Reading) -> Iterator[tuple[str, tuple[str, float]]]:
    return ((name, (reading.article.id, confidence)) for name, confidence in surest_confidences(reading.facts).items())


def _owed(met: tuple[str, tuple[list[tuple[str, float]], list[Join]]]) -> Iterator[tuple[str, tuple[str, float, tuple[Join, ...]]]]:
    name, (told, joins) = met
    highest = max(confidence for _, confidence in told)
    return ((article, (name, highest, tuple(joins))) for article, confidence in told if joins or confidence < highest)


# What each article says, by what it is joined under


def _say(reading: Reading) -> Iterator[tuple[tuple[str, Any], Any]]:
    changes = Changes()
    changes.add(reading)
    yield from ((("changes", person), of) for person, of in changes.by_person().items())
    yield from ((("figures", thing), line) for thing, line in find_figures(reading).items())
    yield from ((("turns", name), turn) for name, turn in find_turns(reading).items())
    yield from ((("tellings", name), telling) for name, telling in find_tellings(reading).items())
    yield from ((("sites", site), None) for site in find_sites(reading))


def _join(one: Any, other: Any) -> Any:
    if one is None:
        return None
    return take_in_line(one, other) if isinstance(one, dict) else one.take_in(other)


def _of(said: RDD[tuple[tuple[str, Any], Any]], kind: str) -> RDD[tuple[Any, Any]]:
    return said.filter(partial(_is_of, kind=kind)).map(_without_kind)


def _is_of(said: tuple[tuple[str, Any], Any], kind: str) -> bool:
    return said[0][0] == kind


def _without_kind(said: tuple[tuple[str, Any], Any]) -> tuple[Any, Any]:
    return said[0][1], said[1]


# Facts that cannot both hold


def _topics(reading: Reading) -> Iterator[tuple[tuple[str, str], Topic]]:
    """The facts of an article by what they could contradict: only those of one subject and relation can."""
    article = replace(reading.article, text="")
    topics: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in reading.facts:
        topics[fact.subject.id, fact.predicate].append(fact)
    return ((topic, (article, tuple(facts))) for topic, facts in topics.items())


def _conflicts(group: tuple[tuple[str, str], Iterable[Topic]]) -> Iterable[tuple[str, Names]]:
    told = sorted(group[1], key=lambda topic: topic[0].id)
    return find_conflicts(Reading(article, (), (), facts) for article, facts in told).items()


# Events and plans


def _find_events(said: RDD[Any], conflicts: RDD[tuple[str, Names]], changes: RDD[tuple[str, Changes]], parts: int) -> RDD[Any]:
    """The links of tellings and turns: they meet under what they are of, or under their participants.

    To the driver come what lies in what, the names of what is put off or given up, the bodies of those who do so, and the chains
    of these names.
    """
    context = said.context
    known: defaultdict[str, set[Any]] = defaultdict(set)
    for kind, value in said.flatMap(_known).distinct().collect():
        known[kind].add(value)
    within: defaultdict[str, set[str]] = defaultdict(set)
    for place, wider in known["site"]:
        within[place].add(wider)
    places, named, acting = context.broadcast(climb_places(within)), context.broadcast(known["name"]), context.broadcast(known["agent"])
    heads = context.broadcast(changes.flatMap(lambda of: _heads(of, acting.value)).collectAsMap())
    told = meet(parts, _of(said, "tellings"), conflicts).flatMap(_finished)
    keyed = context.union([told.map(lambda one: _told_keys(one, named.value)).filter(_has_keys), _of(said, "turns").map(_turn_keys)])
    groups = gather(keyed.map(_by_first), root_all(keyed.flatMap(_edges), parts), parts)
    return groups.flatMap(lambda several: _event_joins(several, places.value, heads.value))


def _known(said: tuple[tuple[str, Any], Any]) -> Iterator[tuple[str, Any]]:
    """What is to be known in every process: places, what turns name, and who takes them."""
    (kind, key), value = said
    if kind == "sites":
        yield "site", key
    elif kind == "turns":
        yield from (("name", name) for name, _ in value.names)
        yield from (("agent", agent) for agent in value.agents)


def _heads(changes: tuple[str, Changes], acting: Set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    return ((person, bodies) for person, bodies in changes[1].heads().items() if person in acting)


def _finished(met: tuple[str, tuple[list[Telling], list[Names]]]) -> Iterator[Told]:
    tellings, conflicts = met[1]
    return ((telling.finish(), conflicts[0] if conflicts else ()) for telling in tellings if telling.own)


def _told_keys(told: Told, named: Set[str]) -> tuple[list[object], Told]:
    """What a telling is of: the thing and those of its names that a turn may mean, or its participants."""
    telling = told[0]
    if telling.patient is None:
        return [("parties", repr(key)) for key in telling.keys], told
    return [("thing", telling.patient), *(("name", name) for name in sorted(names_of(telling) & named) if telling.ahead)], told


def _turn_keys(turn: tuple[str, Turn]) -> tuple[list[object], Turn]:
    return [*(("thing", thing) for thing in sorted(turn[1].ids)), *(("name", name) for name, _ in sorted(turn[1].names))], turn[1]


def _has_keys(keyed: tuple[list[object], Any]) -> bool:
    return bool(keyed[0])


def _edges(keyed: tuple[list[object], Any]) -> list[tuple[object, object]]:
    return edges_of(keyed[0])


def _by_first(keyed: tuple[list[object], Any]) -> tuple[object, Any]:
    return keyed[0][0], keyed[1]


def _event_joins(
    group: tuple[object, Iterable[Told | Turn]], places: Mapping[str, frozenset[str]], heads: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Link]]:
    several = tuple(group[1])
    told = sorted((one for one in several if not isinstance(one, Turn)), key=lambda one: one[0].name)
    turns = sorted((one for one in several if isinstance(one, Turn)), key=lambda turn: turn.name)
    conflicts = {telling.name: others for telling, others in told if others}
    return _by_source(event_links((telling for telling, _ in told), turns, places, conflicts, heads))


def _by_source(links: Iterable[Link]) -> Iterator[tuple[str, Link]]:
    return ((link.source, link) for link in links)


# Histories


def _by_body(changes: tuple[str, Changes]) -> Iterable[tuple[str, Changes]]:
    return changes[1].by_body().items()


def _post_joins(changes: tuple[str, Changes]) -> Iterator[tuple[str, Link | Validity]]:
    yield from _by_source(succession_links(changes[1]))
    yield from ((each.fact, each) for each in find_validity(changes[1]))


def _line_joins(line: tuple[tuple[str, ...], Any]) -> Iterator[tuple[str, Link]]:
    return _by_source(line_links(line[1]))
