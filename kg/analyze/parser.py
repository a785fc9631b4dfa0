"""The dependency parser: heads to the right, no crossing arcs, one root, the last eojeol.

In a head-final projective tree the head of an eojeol is the next eojeol or one of that eojeol's ancestors. The parser
goes from right to left and takes the best of that chain; arcs are scored by a linear model over hashed features and a
small network, all arcs of a sentence at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analyze.parser_attributes import Hashes, Integers, Table
from kg.analyze.parser_features import (
    ARCS,
    SIBLINGS,
    WINDOW,
    find_arcs,
    find_between,
    group_between,
    hash_arcs,
    hash_labels,
    hash_network,
)
from kg.model import Eojeol
from kg.weights import load_arrays

Floats = npt.NDArray[np.float32]

_GROUP = 64  # eojeols of short sentences that are parsed together: the arrays' overhead is shared, and they stay in the cache
_BLOCK = 1024  # arcs that are scored together
_SURE = 20.0  # the margin where there was no choice
_SLOTS = 20  # bits of the slot table that finds a key of the network


@dataclass(frozen=True, slots=True)
class Parse:
    """Parsed eojeols and, for each, how far its head's score lies above the second best (20.0: there was no other)."""

    eojeols: tuple[Eojeol, ...]
    margins: tuple[float, ...]


class Weights:
    """The trained parameters, unpacked: a linear table, a network of one hidden layer, and the labels' table."""

    __slots__ = ("bias", "groups", "input_scale", "inputs", "keys", "labels", "linear", "names", "output", "scale", "slots")

    def __init__(self, arrays: Any) -> None:
        scales = arrays["scales"]
        self.linear: npt.NDArray[np.int8] = arrays["linear"]
        self.scale = float(scales[0])
        keys = arrays["keys"].astype(np.uint32)
        self.keys: Hashes = np.concatenate([np.zeros(1, np.uint32), keys])
        nothing = np.zeros((1, arrays["inputs"].shape[1]), np.int8)
        self.inputs: npt.NDArray[np.int8] = np.concatenate([nothing, arrays["inputs"]])
        self.input_scale = np.float32(scales[1])
        self.slots = np.zeros(1 << _SLOTS, np.uint16 if len(keys) < 1 << 16 else np.uint32)
        self.slots[keys >> np.uint32(32 - _SLOTS)] = np.arange(1, len(keys) + 1)
        self.groups: Floats = arrays["groups"]
        self.bias: Floats = arrays["bias"]
        self.output: Floats = arrays["output"]
        self.labels: npt.NDArray[np.int8] = arrays["labels"]
        self.names: list[str] = bytes(arrays["names"]).decode("utf-8").split()

    def find_labels(self, table: Table, heads: list[int]) -> list[str]:
        """The labels of eojeols whose heads are known."""
        best = self.labels.take(hash_labels(table, heads), axis=0).sum(0, dtype=np.int16).argmax(1)
        return [self.names[label] for label in best.tolist()]


def reachable_keys(keys: list[int]) -> list[int]:
    """The keys that the network's slot table finds: of two keys with one slot, the later."""
    return list({key >> (32 - _SLOTS): key for key in keys}.values())


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return Weights(load_arrays("parser"))


def parse_eojeols(eojeols: tuple[Eojeol, ...]) -> tuple[Eojeol, ...]:
    """The eojeols of one sentence with head and label: in "KT가 | 크게 | 투자한다" KT가 has head 3, NP_SBJ."""
    return find_parses((eojeols,))[0].eojeols


def find_parses(sentences: Sequence[tuple[Eojeol, ...]]) -> list[Parse]:
    """The tree of each sentence with the margin of each arc."""
    parses: list[Parse] = []
    group: list[tuple[Eojeol, ...]] = []
    size = 0
    for sentence in sentences:
        group.append(sentence)
        size += len(sentence)
        if size >= _GROUP:
            parses += _parse_group(group)
            group, size = [], 0
    return [*parses, *_parse_group(group)]


def _parse_group(sentences: Sequence[tuple[Eojeol, ...]]) -> Iterator[Parse]:
    filled = [sentence for sentence in sentences if sentence]
    if not filled:
        yield from (Parse((), ()) for _ in sentences)
        return
    weights = _weights()
    table = Table(filled)
    heads, margins = find_heads(table, weights)
    labels = weights.find_labels(table, heads)
    start = 0
    for sentence in sentences:
        stop = start + len(sentence)
        above = [head - start + 1 if head >= 0 else 0 for head in heads[start:stop]]
        parsed = [Eojeol(e.span, e.tokens, head, label) for e, head, label in zip(sentence, above, labels[start:stop], strict=True)]
        yield Parse(tuple(parsed), tuple(margins[start:stop]))
        start = stop


def find_heads(table: Table, weights: Weights) -> tuple[list[int], list[float]]:
    """The heads of a table's eojeols, counted from 0 over all sentences (a root, each sentence's last, has -1), and their margins."""
    heads = [-1] * table.size
    margins = [_SURE] * table.size
    left, right = _arcs(table)
    arcs, siblings, grands = _score(table, weights, left, right)
    base = len(arcs)
    for start, stop in reversed([*pairwise(table.starts)]):
        for index in range(stop - 2, start - 1, -1):
            limit = min(stop, index + WINDOW + 1)
            base -= limit - index - 1
            heads[index], margins[index] = _attach(index, heads, arcs, siblings, grands, base - index - 1, limit)
    return heads, margins


def _arcs(table: Table) -> tuple[Integers, Integers]:
    """The arcs of all sentences of a table."""
    parts = [(start, find_arcs(stop - start)) for start, stop in pairwise(table.starts)]
    return np.concatenate([left + start for start, (left, _) in parts]), np.concatenate([right + start for start, (_, right) in parts])


def _attach(
    index: int, heads: list[int], arcs: list[float], siblings: list[float], grands: list[float], base: int, limit: int
) -> tuple[int, float]:
    """The best of the chain of heads from the next eojeol on, and its lead over the second."""
    best, second, chosen = -1e9, -1e9, index + 1
    candidate, nearest = index + 1, -1
    while 0 <= candidate < limit:
        score = arcs[base + candidate]
        if nearest >= 0:
            score += siblings[base + nearest]
        above = heads[candidate]
        if 0 <= above < limit:
            score += grands[base + above]
        if score > best:
            best, second, chosen = score, best, candidate
        elif score > second:
            second = score
        nearest, candidate = candidate, above
    return chosen, min(best - second, _SURE)


def _hidden(table: Table, weights: Weights) -> tuple[Floats, Floats]:
    keys = hash_network(table)
    found: Any = weights.slots.take(keys >> np.uint32(32 - _SLOTS))
    found *= weights.keys.take(found) == keys
    sums = weights.inputs.take(found, axis=0).sum(1, dtype=np.int16) * weights.input_scale  # 31 bytes fit in 16 bits
    return sums[0] + weights.bias, sums[1]


def _score(table: Table, weights: Weights, left: Integers, right: Integers) -> tuple[list[float], list[float], list[float]]:
    """The scores of all arcs of a table: as arcs, as those of a nearest sibling, as those of a head's head."""
    arcs: list[float] = []
    siblings: list[float] = []
    grands: list[float] = []
    hidden = _hidden(table, weights) if len(left) else None
    for begin in range(0, len(left), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        for scores, found in zip((arcs, siblings, grands), _score_block(table, weights, hidden, left[block], right[block]), strict=True):
            scores += found.tolist()
    return arcs, siblings, grands


def _score_block(table: Table, weights: Weights, hidden: Any, left: Integers, right: Integers) -> tuple[Any, Any, Any]:
    between = find_between(table, left, right)
    parts = weights.linear.take(hash_arcs(table, left, right, between))
    scale = weights.scale
    dependent, head = hidden
    layer = dependent.take(left, axis=0)
    layer += head.take(right, axis=0)
    for group in group_between(between):
        layer += weights.groups.take(group, axis=0)
    np.maximum(layer, 0, out=layer)
    arcs = parts[:ARCS].sum(0, dtype=np.int32) * scale + layer @ weights.output
    siblings = parts[ARCS:SIBLINGS].sum(0, dtype=np.int32) * scale
    grands = parts[SIBLINGS:].sum(0, dtype=np.int32) * scale
    return arcs, siblings, grands
