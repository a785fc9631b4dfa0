"""Records that meet under a key, in any process the same way, and the chains of what meets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from pyspark import RDD

Node = TypeVar("Node", bound=Hashable)


def place_of(key: object) -> int:
    """A number for a key that is the same in every process: the seed of Python's own differs."""
    return crc32(repr(key).encode("utf-8", "surrogatepass"))


def group(pairs: RDD[Any], parts: int) -> RDD[Any]:
    """For each key all that the pairs have under it."""
    return pairs.groupByKey(parts, place_of)


def reduce(pairs: RDD[Any], join: Callable[[Any, Any], Any], parts: int) -> RDD[Any]:
    """For each key what the values under it come to, joined two by two in any order."""
    return pairs.reduceByKey(join, parts, place_of)


def meet(parts: int, *sources: RDD[Any]) -> RDD[Any]:
    """For each key the lists of what the sources have under it."""
    tagged = [source.map(partial(_tag, number=number)) for number, source in enumerate(sources)]
    return group(sources[0].context.union(tagged), parts).mapValues(partial(_untag, count=len(sources)))


def root_all(edges: RDD[tuple[Any, Any]], parts: int) -> RDD[tuple[Any, Any]]:
    """For each node of the edges the one that stands for its chain; the driver resolves them."""
    once = reduce(edges.map(_with_nothing), _first, parts).keys()
    return edges.context.parallelize(sorted(find_roots(once.collect()).items()), parts)


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


def gather(rooted: RDD[tuple[Any, Any]], roots: RDD[tuple[Any, Any]], parts: int) -> RDD[Any]:
    """Groups of the values whose keys are of one chain; a key without an edge is a chain of its own."""
    return group(meet(parts, rooted, roots).flatMap(_rooted), parts)


def edges_of(keys: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The edges that make a chain of several keys: from the first to each other."""
    first, *others = keys
    return [(first, other) for other in others]


def _tag(pair: tuple[object, object], number: int) -> tuple[object, tuple[int, object]]:
    return pair[0], (number, pair[1])


def _untag(values: Iterable[tuple[int, object]], count: int) -> tuple[list[object], ...]:
    lists: tuple[list[object], ...] = tuple([] for _ in range(count))
    for number, value in values:
        lists[number].append(value)
    return lists


def _with_nothing(edge: tuple[Any, Any]) -> tuple[tuple[Any, Any], None]:
    return edge, None


def _first(one: Any, other: Any) -> Any:
    return one


def _rooted(met: tuple[Any, tuple[list[Any], list[Any]]]) -> list[tuple[Any, Any]]:
    key, (values, roots) = met
    return [(roots[0] if roots else key, value) for value in values]
