"""Partitions in this process that look to `kg.cluster` like Spark's: what a shuffle carries is pickled, and comes in another order."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

PARTS = 3


class Here:
    """The context: makes partitions, and hands a value to every one of them."""

    def parallelize(self, items: Iterable[Any], parts: int = PARTS) -> Partitions:
        rows = list(items)
        return Partitions(self, [rows[number::parts] for number in range(parts)])

    def union(self, several: Iterable[Partitions]) -> Partitions:
        return Partitions(self, [part for each in several for part in each.parts])

    def broadcast(self, value: Any) -> SimpleNamespace:
        return SimpleNamespace(value=carried(value))


def carried(value: Any) -> Any:
    """The value as another process has it."""
    return pickle.loads(pickle.dumps(value))


class Partitions:
    """Rows in parts; a pair's place is that which its key is given."""

    def __init__(self, context: Here, parts: list[list[Any]]) -> None:
        self.context = context
        self.parts = parts

    def map(self, do: Callable[[Any], Any]) -> Partitions:
        return self._each(lambda rows: [do(row) for row in rows])

    def flatMap(self, do: Callable[[Any], Iterable[Any]]) -> Partitions:  # noqa: N802
        return self._each(lambda rows: [item for row in rows for item in do(row)])

    def filter(self, do: Callable[[Any], bool]) -> Partitions:
        return self._each(lambda rows: [row for row in rows if do(row)])

    def mapValues(self, do: Callable[[Any], Any]) -> Partitions:  # noqa: N802
        return self.map(lambda row: (row[0], do(row[1])))

    def keys(self) -> Partitions:
        return self.map(lambda row: row[0])

    def groupByKey(self, parts: int, place: Callable[[Any], int]) -> Partitions:  # noqa: N802
        shuffled: list[dict[Any, list[Any]]] = [{} for _ in range(parts)]
        for rows in reversed(carried(self.parts)):
            for key, value in reversed(rows):
                shuffled[place(key) % parts].setdefault(key, []).append(value)
        return Partitions(self.context, [list(part.items()) for part in shuffled])

    def reduceByKey(self, join: Callable[[Any, Any], Any], parts: int, place: Callable[[Any], int]) -> Partitions:  # noqa: N802
        def joined(values: list[Any]) -> Any:
            first, *others = values
            for other in others:
                first = join(first, other)
            return first

        return self.groupByKey(parts, place).mapValues(joined)

    def distinct(self) -> Partitions:
        return self.context.parallelize(dict.fromkeys(self.collect()))

    def collect(self) -> list[Any]:
        return carried([row for part in self.parts for row in part])

    def collectAsMap(self) -> dict[Any, Any]:  # noqa: N802
        return dict(self.collect())

    def _each(self, do: Callable[[list[Any]], list[Any]]) -> Partitions:
        return Partitions(self.context, [do(carried(part)) for part in self.parts])
