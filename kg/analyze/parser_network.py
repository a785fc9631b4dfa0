"""Training of the parser's network: one hidden layer over embedded attributes of dependent and head.

The first layer is a sum of one row per attribute, so that a sentence costs two sums per eojeol and one addition per arc.
A lemma's row is its own plus a projection of its vector, which reaches lemmas that the trees lack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analyze.parser import reachable_keys
from kg.analyze.parser_attributes import Hashes, Integers
from kg.analyze.parser_features import NETWORK_GROUPS, lemma_keys
from kg.analyze.parser_vectors import DIMENSIONS

Floats = npt.NDArray[np.float32]

_HIDDEN = 64
_LEMMA = 3  # the lemma's place among the inputs


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence's input keys, and its choices: dependents, candidates, what lies between, chain lengths, gold places."""

    keys: Hashes
    left: Integers
    right: Integers
    groups: Integers
    lengths: Integers
    gold: Integers


def train_network(
    examples: Sequence[Example],
    keys: list[int],
    vectors: dict[str, Floats],
    epochs: int = 24,
    rate: float = 2e-3,
    drop: float = 0.4,
) -> dict[str, Any]:
    """The network's arrays, trained by Adam with inputs and hidden units dropped at random."""
    generator = np.random.default_rng(0)
    rows = {key: index + 1 for index, key in enumerate(keys)}
    known = {key: vector for lemma, vector in vectors.items() for key in lemma_keys(lemma)}
    data = [(example, *_inputs(example, rows, known)) for example in examples]
    shapes = {
        "inputs": (len(keys) + 1, _HIDDEN),
        "groups": (sum(NETWORK_GROUPS), _HIDDEN),
        "project": (2, DIMENSIONS + 1, _HIDDEN),
        "bias": (_HIDDEN,),
        "output": (_HIDDEN,),
    }
    spread = {"inputs": 0.08, "groups": 0.1, "project": 0.1, "bias": 0.0, "output": 0.15}
    values: dict[str, Any] = {name: generator.normal(0, spread[name], shape).astype(np.float32) for name, shape in shapes.items()}
    values["inputs"][0] = 0
    first = {name: np.zeros_like(value) for name, value in values.items()}
    second = {name: np.zeros_like(value) for name, value in values.items()}
    order = np.arange(len(data))
    steps, step = epochs * ((len(order) + 31) // 32), 0
    for _ in range(epochs):
        generator.shuffle(order)
        for begin in range(0, len(order), 32):
            touched, gradients = _gradients([data[index] for index in order[begin : begin + 32]], values, generator, drop)
            step += 1
            now = rate * (1 - step / (steps + 1))
            for name, gradient in gradients.items():
                at: Any = touched if name == "inputs" else slice(None)
                first[name][at] = 0.9 * first[name][at] + 0.1 * gradient
                second[name][at] = 0.999 * second[name][at] + 0.001 * gradient * gradient
                moved = (first[name][at] / (1 - 0.9**step)) / (np.sqrt(second[name][at] / (1 - 0.999**step)) + 1e-7)
                values[name][at] -= now * moved
    return _folded(values, keys, vectors)


def _inputs(example: Example, rows: dict[int, int], known: dict[int, Floats]) -> tuple[Integers, Floats]:
    """Row numbers (role by attribute by eojeol) and lemma vectors (role by eojeol); the last of a vector marks an unknown lemma."""
    numbers = np.array([rows.get(key, 0) for key in example.keys.ravel().tolist()], np.int64).reshape(example.keys.shape)
    vectors = np.zeros((2, example.keys.shape[2], DIMENSIONS + 1), np.float32)
    for role in (0, 1):
        for index, key in enumerate(example.keys[role, _LEMMA].tolist()):
            vector = known.get(key)
            if vector is None:
                vectors[role, index, DIMENSIONS] = 1
            else:
                vectors[role, index, :DIMENSIONS] = vector
    return numbers, vectors


def _gradients(
    batch: Sequence[tuple[Example, Integers, Floats]], values: dict[str, Any], generator: np.random.Generator, drop: float
) -> Any:
    sizes = [numbers.shape[2] for _, numbers, _ in batch]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    numbers = np.concatenate([numbers for _, numbers, _ in batch], axis=2)
    vectors = np.concatenate([vectors for _, _, vectors in batch], axis=1)
    left = np.concatenate([example.left + offset for (example, _, _), offset in zip(batch, offsets, strict=False)])
    right = np.concatenate([example.right + offset for (example, _, _), offset in zip(batch, offsets, strict=False)])
    groups = np.concatenate([example.groups for example, _, _ in batch])
    lengths = np.concatenate([example.lengths for example, _, _ in batch])
    gold = np.concatenate([example.gold for example, _, _ in batch])
    count = int(offsets[-1])
    numbers = np.where(generator.random(numbers.shape) < 0.2, 0, numbers)
    vectors = vectors * (generator.random((1, count, 1)) > 0.2).astype(np.float32)
    sums = values["inputs"][numbers].sum(1) + vectors @ values["project"]
    before = sums[0][left] + sums[1][right] + values["groups"][groups].sum(1) + values["bias"]
    mask = (generator.random(before.shape, dtype=np.float32) > drop) / np.float32(1 - drop)
    hidden = np.maximum(before, 0) * mask
    error = (choice_error(hidden @ values["output"], lengths, gold) / len(batch)).astype(np.float32)
    back = error[:, None] * values["output"] * mask * (before > 0)
    roles = np.stack([_sum_rows(back, left, count), _sum_rows(back, right, count)])
    eojeols = np.broadcast_to(np.arange(2)[:, None, None] * count + np.arange(count), numbers.shape)
    touched, gradient = _sum_sparse(roles.reshape(2 * count, -1), numbers.ravel(), eojeols.ravel())
    gradient[touched == 0] = 0  # a dropped or unseen input has no row to learn
    return touched, {
        "inputs": gradient,
        "groups": sum(_sum_rows(back, groups[:, index], sum(NETWORK_GROUPS)) for index in range(groups.shape[1])),
        "project": np.swapaxes(vectors, 1, 2) @ roles,
        "bias": back.sum(0),
        "output": hidden.T @ error,
    }


def choice_error(scores: Any, lengths: Integers, gold: Integers) -> Any:
    """The gradient of the log loss of a softmax over each run of ``lengths`` scores."""
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
    likely /= np.repeat(np.add.reduceat(likely, starts), lengths)
    likely[starts + gold] -= 1
    return likely


def _sum_rows(rows: Floats, index: Integers, size: int) -> Floats:
    places, sums = _sum_sparse(rows, index, np.arange(len(index)))
    result = np.zeros((size, rows.shape[1]), np.float32)
    result[places] = sums
    return result


def _sum_sparse(rows: Floats, index: Integers, source: Integers) -> tuple[Integers, Floats]:
    order = np.argsort(index, kind="stable")
    ordered = index[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[starts], np.add.reduceat(rows[source[order]], starts, axis=0)


def _folded(values: dict[str, Any], keys: list[int], vectors: dict[str, Floats]) -> dict[str, Any]:
    """The arrays as the parser uses them: vectors folded into the rows of their lemmas, unknown lemmas into the bias."""
    table = {key: values["inputs"][index + 1].copy() for index, key in enumerate(keys)}
    for lemma, vector in vectors.items():
        for role, key in enumerate(lemma_keys(lemma)):
            shift = vector @ values["project"][role, :DIMENSIONS] - values["project"][role, DIMENSIONS]
            table[key] = table[key] + shift if key in table else shift
    trained = set(keys)
    order = sorted(reachable_keys([*sorted(key for key in table if key not in trained), *sorted(trained)]))
    return {
        "keys": np.array(order, np.uint32),
        "inputs": np.array([table[key] for key in order], np.float32),
        "groups": values["groups"],
        "bias": values["bias"] + values["project"][:, DIMENSIONS].sum(0),
        "output": values["output"],
    }
