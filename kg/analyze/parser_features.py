"""What the parser sees of pairs of eojeols: features hashed from attributes, many at a time.

A feature of an arc joins attributes of the dependent, of the head and of what lies between; the features of all arcs
of a block come out of a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

import numpy as np

from kg.analyze.parser_attributes import ATTRIBUTES, NOTHING, SHIFTS, Hashes, Integers, Table

WINDOW: Final = 48  # a head further to the right is not looked for
BITS: Final = 20  # the linear table has 2**BITS weights
LABEL_BITS: Final = 14


def _number(text: str) -> int:
    return crc32(text.encode("utf-8"))


_BETWEEN = ("dist", "pred", "comma", "subject", "relative", "last", "same", "quote")
_RADIX = (10, 5, 3, 3, 3, 2, 3, 5)
_DISTANCE = np.minimum(np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 8, 8, 8, 8, 8] + [9] * (WINDOW + 2)), 9)

# dependent > head | what lies between; a number shifts the attribute to a neighbour
_ARC = """
> | dist pred comma last; > | dist; func > | dist; func tail > | dist; func > | dist pred; kind > | dist;
full > | dist; func > | pred comma; func tail > | pred comma subject last; lemma func > | dist; lemma func > | pred;
func > case; func > case | dist; func > kind; func > pred | dist; func > pred | pred; func tail > case tail;
func tail > case tail | dist; type > pred | dist pred; type tail > pred tail | dist; kind > kind; full > full;
kind > func | dist; func > verb; case > verb; lemma > verb; lemma func > verb; lemma func > kind; func > lemma;
lemma > lemma; lemma func > lemma; char func > char; char func > verb; char func > kind; lemma func > pred | dist;
func > first; lemma > first; func > prefix shape; shape > shape; shape > prefix case | dist;
shape func tail > | dist; unit func > unit; unit > lemma; unit func > case | dist; char > first; char > char;
char > case | dist; func > shape func; > kind | dist; > verb; > lemma | dist; > full | dist; > kind tail | last;
func func+1 > | dist; func kind+1 > case | dist; func func-1 > | dist; func case+1 > pred | dist;
case tail > pred case-1 | dist; case > pred case-1 type+1 | dist; func > kind case-1; func lemma+1 > | dist;
func type+1 > pred type+1 | dist; type type+1 type+2 > type | dist; type type-1 > type type-1 | dist;
lemma+1 func > verb | dist; func > pred | same; func > case | same pred; func > pred | quote;
func tail > case | subject pred; func > case | comma pred last; func lead > tail | quote dist; > tail | quote last;
func > case | relative pred; case > case | last pred; func > verb | pred;
func > func | subject
"""
# dependent > the nearest dependent of the same head
_SIBLING = """
func > case; func > kind; func tail > case tail; kind > kind; case > case | dist; type > type | dist;
func > pred | pred; func > verb; lemma func > func; shape > shape; char func > char func; func > func type+1 | dist;
func > func | subject
"""
# dependent > the head of its head
_GRAND = "func > case; func > func | subject; func > pred | dist; func > kind; func tail > case tail; func > verb; lemma func > verb"
_LABEL = """
func > | place; full > | place; kind > | place; func tail > | place; lemma > | place; lemma func > | place;
char func > | place; shape > | place; shape func > | place; first > | place; verb func > | place; pred > | place;
type > | place; unit func > | place; func func+1 > | place; func lemma+1 > | place; func func-1 > | place;
lemma func+1 > | place; func > case | place; func > kind | place; func > verb | place; func > type | place;
kind > pred | place; lemma > pred | place; lemma > kind | place; lemma > lemma | place; lemma func > verb | place;
char > verb | place; shape > case | place; full > kind | place; tail func > case | place; func > | siblings;
func > case | siblings; func > pred | siblings; kind > verb | siblings; type > verb | siblings; lemma > verb;
lemma func > lemma; func type+1 > pred | place; first func >; lemma lemma+1 >; tail func+1 func > | place;
func > func-1; shape func > pred
"""
_NETWORK_NEAR = ("func", "kind", "case", "tail", "pred", "verb", "type", "char")


class _Templates:
    """Templates as index tables: which rows of the shifted attributes each joins, and with which multipliers."""

    def __init__(self, text: str, family: str, between_names: Sequence[str] = _BETWEEN, sizes: Sequence[int] = _RADIX) -> None:
        parsed = [template.strip() for template in text.split(";")]
        halves = [(left.split(">")[0], left.split(">")[1], right) for left, _, right in (p.partition("|") for p in parsed)]
        self.size = len(parsed)
        self.names = [f"{family}{index}" for index in range(self.size)]
        self.dependent = self._sides([half[0] for half in halves], "d")
        self.head = self._sides([half[1] for half in halves], "h")
        radix = np.zeros((self.size, len(between_names)), np.float64)
        for index, (_, _, between) in enumerate(halves):
            scale = 1
            for name in between.split():
                radix[index, between_names.index(name)] = scale
                scale *= sizes[between_names.index(name)]
        self.radix, inverse = np.unique(radix, axis=0, return_inverse=True)
        self.between = inverse.reshape(-1)
        self.salt = np.array([_number("salt" + name) for name in self.names], np.uint32)[:, None]

    def _sides(self, sides: list[str], mark: str) -> tuple[Integers, Hashes]:
        rows = np.full((len(sides), 3), NOTHING, np.int64)
        factors = np.zeros((len(sides), 3), np.uint32)
        for index, side in enumerate(sides):
            for slot, name in enumerate(side.split()):
                rows[index, slot] = _column(name)
                factors[index, slot] = _number(f"{mark}{slot}{self.names[index]}") | 1
        return np.ascontiguousarray(rows.T), np.ascontiguousarray(factors.T)[:, :, None]

    def join(self, other: _Templates) -> None:
        """Append the templates of ``other``."""
        self.names += other.names
        self.size += other.size
        self.salt = np.concatenate([self.salt, other.salt])
        self.dependent = _side(self.dependent, other.dependent)
        self.head = _side(self.head, other.head)
        both = np.concatenate([self.radix[self.between], other.radix[other.between]])
        self.radix, inverse = np.unique(both, axis=0, return_inverse=True)
        self.between = inverse.reshape(-1)


def _side(one: tuple[Integers, Hashes], other: tuple[Integers, Hashes]) -> tuple[Integers, Hashes]:
    return np.concatenate([one[0], other[0]], axis=1), np.concatenate([one[1], other[1]], axis=1)


def _column(name: str) -> int:
    for shift in ("+1", "+2", "-1"):
        if name.endswith(shift):
            return ATTRIBUTES.index(name[:-2]) + len(ATTRIBUTES) * SHIFTS.index(int(shift))
    return ATTRIBUTES.index(name)


def _mixed(columns: Hashes, side: tuple[Integers, Hashes]) -> Hashes:
    rows, factors = side
    slots: Hashes = columns.take(rows, axis=0)
    slots *= factors
    joined: Hashes = slots[0]
    joined += slots[1]
    joined += slots[2]
    return joined


_ARCS = _Templates(_ARC, "arc")
ARCS: Final = _ARCS.size
_ARCS.join(_Templates(_SIBLING, "sibling"))
SIBLINGS: Final = _ARCS.size
_ARCS.join(_Templates(_GRAND, "grand"))
FEATURES: Final = _ARCS.size
_LABELS = _Templates(_LABEL, "label", ("place", "siblings"), (3, 8))
LABEL_FEATURES: Final = _LABELS.size

_NETWORK_ROWS = np.array(
    [ATTRIBUTES.index(name) for name in ATTRIBUTES] + [_column(name + shift) for shift in ("-1", "+1") for name in _NETWORK_NEAR]
)
_NETWORK_FACTORS = np.array([[[_number(f"n{role}{row}") | 1] for row in _NETWORK_ROWS] for role in (0, 1)], np.uint32)
NETWORK_GROUPS: Final = (50, 18, 45)  # distance by predicates; commas, subjects, last; relatives, same josa, quotes


@lru_cache(maxsize=2 * WINDOW)
def find_arcs(size: int) -> tuple[Integers, Integers]:
    """Dependents and heads of the arcs to the right among ``size`` eojeols, by dependent, none longer than the window."""
    if size <= WINDOW:
        left, right = np.triu_indices(size, 1)
        return left.astype(np.int64), right.astype(np.int64)
    left = np.repeat(np.arange(size), WINDOW)
    right = left + np.tile(np.arange(1, WINDOW + 1), size)
    inside = right < size
    return left[inside], right[inside]


def find_between(table: Table, left: Integers, right: Integers) -> Integers:
    """What lies between the two ends of each arc: one row for each of distance, predicates, commas …"""
    low, high = int(left[0]), int(left[-1]) + 1
    far = int(right.max()) + 1
    equal = table.case[low:high, None] == table.case[None, low:far]
    running = np.zeros((high - low, far - low + 1), np.int64)
    np.cumsum(equal, axis=1, out=running[:, 1:])
    result = np.empty((len(_BETWEEN), len(left)), np.int64)
    result[0] = _DISTANCE[right - left]
    counted = table.sums[:, right] - table.sums[:, left + 1]
    np.minimum(counted[0], 4, out=result[1])
    np.minimum(counted[1:4], 2, out=result[2:5])
    result[5] = table.final[right]
    result[6] = np.minimum(running[left - low, right - low] - running[left - low, left - low + 1], 2)
    result[7] = np.clip(counted[4], -2, 2) + 2
    return result


def hash_arcs(table: Table, left: Integers, right: Integers, between: Integers) -> Hashes:
    """Numbers below 2**BITS of every feature (rows) of every arc (columns): arc, sibling and grandparent templates."""
    low, far = int(left[0]), int(right.max()) + 1
    columns = table.columns[:, low:far]
    dependent = _mixed(columns, _ARCS.dependent) + _ARCS.salt
    head = _mixed(columns, _ARCS.head)
    joined = (_ARCS.radix @ between.astype(np.float64)).astype(np.uint32)
    joined *= np.uint32(0x9E3779B1)
    hashes: Hashes = dependent.take(left - low, axis=1)
    hashes += head.take(right - low, axis=1)
    hashes += joined.take(_ARCS.between, axis=0)
    return _scatter(hashes, BITS)


def _scatter(hashes: Hashes, bits: int) -> Hashes:
    hashes ^= hashes >> np.uint32(15)
    hashes *= np.uint32(0x2C1B3C6D)
    hashes >>= np.uint32(32 - bits)
    return hashes


_OBJECT, _SUBJECT, _TOPIC = (crc32(name.encode(), ATTRIBUTES.index("case")) for name in ("를/JKO", "가/JKS", "는/JX"))


def hash_labels(table: Table, heads: Sequence[int]) -> Hashes:
    """Numbers below 2**LABEL_BITS of every feature (rows) of every eojeol's label; ``heads`` 0-based, -1 for a root."""
    at = np.array(heads, np.int64)
    under = np.where(at < 0, table.size, at)
    context = np.empty((2, table.size), np.float64)
    context[0] = np.where(at < 0, 2, at == np.arange(1, table.size + 1))
    context[1] = 0
    for bit, case in ((1, _OBJECT), (2, _SUBJECT), (4, _TOPIC)):
        own = table.case == case
        context[1] += bit * ((np.bincount(under[own], minlength=table.size + 1)[under] > own) & (at >= 0))
    joined = (_LABELS.radix @ context).astype(np.uint32)
    joined *= np.uint32(0x9E3779B1)
    columns = np.concatenate([table.columns, np.zeros((NOTHING + 1, 1), np.uint32)], axis=1)
    hashes = _mixed(table.columns, _LABELS.dependent) + _LABELS.salt
    hashes += _mixed(columns, _LABELS.head).take(at, axis=1)
    hashes += joined.take(_LABELS.between, axis=0)
    return _scatter(hashes, LABEL_BITS)


def hash_network(table: Table) -> Hashes:
    """Keys of the network's inputs: role (dependent, head) by attribute by eojeol."""
    keys: Hashes = table.columns.take(_NETWORK_ROWS, axis=0) * _NETWORK_FACTORS
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x2C1B3C6D)
    return keys


def lemma_keys(lemma: str) -> tuple[int, int]:
    """The keys under which the network meets a lemma as dependent's and as head's."""
    column = np.zeros((NOTHING + 1, 1), np.uint32)
    column[3] = crc32(lemma.encode("utf-8", "surrogatepass"), 3)
    keys = (column[_NETWORK_ROWS] * _NETWORK_FACTORS)[:, 3, 0]
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x2C1B3C6D)
    return int(keys[0]), int(keys[1])


def group_between(between: Integers) -> Any:
    """The network's three input rows for what lies between."""
    dist, pred, comma, subject, relative, last, same, quote = between
    return dist * 5 + pred, 50 + (comma * 3 + subject) * 2 + last, 68 + (relative * 3 + same) * 5 + quote
