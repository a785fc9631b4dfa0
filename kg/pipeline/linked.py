"""The linked readings of a store, one at a time and as often as they are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from kg.graph import Shared, fact_name, find_conflicts
from kg.link import Identities, find_stories
from kg.model import Fact, Reading
from kg.store import ReadingStore, read_sorted


@dataclass(frozen=True, slots=True)
class LinkedReadings:
    """The readings of a store in the order of their ids, each linked when its turn comes; it can be gone through again."""

    store: ReadingStore
    identities: Identities

    def __iter__(self) -> Iterator[Reading]:
        return (self.identities.link(reading) for reading in self.store)

    def __len__(self) -> int:
        return len(self.store)


def find_shared(readings: LinkedReadings, beside: Path) -> Shared:
    """What the readings' statements owe to each other; lists of all facts are sorted on disk, ``beside``.

    Only facts of one subject and one relation can contradict each other: only where there are two of these are they all
    compared, and in memory.
    """
    surest: dict[str, float] = {}
    disputable: set[str] = set()
    lines = read_sorted((_line(fact) for reading in readings for fact in reading.facts), beside)
    for topic, of_topic in groupby((line.split("\t") for line in lines), key=lambda row: "\t".join(row[:2])):
        names = 0
        for name, of_name in groupby(of_topic, key=lambda row: row[2]):
            names += 1
            reported = [float(row[3]) for row in of_name]
            if len(reported) > 1:
                surest[name] = max(reported)
        if names > 1:
            disputable.add(topic)
    conflicts = find_conflicts(_only(reading, disputable) for reading in readings)
    return Shared(surest, conflicts, find_stories(readings.store))


def _only(reading: Reading, topics: Set[str]) -> Reading:
    return replace(reading, facts=tuple(fact for fact in reading.facts if _topic(fact) in topics))


def _topic(fact: Fact) -> str:
    return "\t".join(part.replace("\t", " ").replace("\n", " ") for part in (fact.subject.id, fact.predicate))


def _line(fact: Fact) -> str:
    return f"{_topic(fact)}\t{fact_name(fact)}\t{fact.confidence!r}"
