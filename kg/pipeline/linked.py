"""The linked readings of a store, one at a time and as often as they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.graph import Shared, fact_name, find_fusion
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

    What joins and parts facts is found in one pass that keeps the facts which can be joined at all.
    """
    surest: dict[str, float] = {}
    lines = read_sorted((_line(fact) for reading in readings for fact in reading.facts), beside)
    for name, of_name in groupby((line.split("\t") for line in lines), key=lambda row: row[2]):
        reported = [float(row[3]) for row in of_name]
        if len(reported) > 1:
            surest[name] = max(reported)
    return Shared(surest, find_fusion(readings), find_stories(readings.store))


def _topic(fact: Fact) -> str:
    return "\t".join(part.replace("\t", " ").replace("\n", " ") for part in (fact.subject.id, fact.predicate))


def _line(fact: Fact) -> str:
    return f"{_topic(fact)}\t{fact_name(fact)}\t{fact.confidence!r}"
