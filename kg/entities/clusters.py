"""Clusters of morphemes that are used alike: 서울, 부산 and 경기도 are in one; a name that the tagger never saw borrows from its like.

Derived from the language model of Kiwi (kiwipiepy_model, Apache-2.0) at training time and kept as a table.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.weights import Array

_NOUNS = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "XR", "XSN", "XPN", "SL"})
_VERBS = frozenset({"VV", "VA", "VX", "XSV", "XSA"})
_SIZES = ((_NOUNS, (64, 256, 1024)), (_VERBS, (32, 128)))
_ROUNDS = 12
_SEEDS_FROM = 6  # the first centres are taken evenly from so many times as many frequent morphemes

Ids = tuple[int, ...]


class Clusters:
    """The clusters of each morpheme, from coarse to fine."""

    def __init__(self, ids: Mapping[tuple[str, str], Ids]) -> None:
        self._rows = {f"{form}\t{tag}": " ".join(map(str, places)) for (form, tag), places in ids.items()}

    @classmethod
    def read(cls, lines: Iterable[str]) -> Clusters:
        """The clusters of written lines: form, tag and the clusters, coarse to fine."""
        clusters = cls({})
        clusters._rows = {key: places for key, _, places in (line.rstrip("\n").rpartition("\t") for line in lines)}
        return clusters

    def find_names(self, form: str, tag: str) -> tuple[str, ...]:
        """The names of a morpheme's clusters, coarse to fine: ``("12", "87", "951")``; for an unknown noun ``("?", "?")``."""
        row = self._rows.get(f"{form}\t{tag}")
        if row is None:
            return ("?", "?") if tag[0] == "N" or tag in ("SL", "XR") else ()
        return tuple(f"v{place}" for place in row.split(" ")) if tag in _VERBS else tuple(row.split(" "))

    def is_known(self, form: str) -> bool:
        """Whether the analyser's dictionary has a noun: 서울 is known, 황비홍의 is not."""
        return f"{form}\tNNG" in self._rows or f"{form}\tNNP" in self._rows


def build_clusters(morphemes: Sequence[tuple[str, str]], vectors: Array, counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], Ids]:
    """The clusters of nouns and of verbs by their vectors, those that are frequent in ``counts`` weighing more."""
    clusters: dict[tuple[str, str], Ids] = {}
    for tags, sizes in _SIZES:
        rows = [row for row, (form, tag) in enumerate(morphemes) if tag in tags and form]
        weights = np.log1p(np.array([counts.get(morphemes[row], 0) for row in rows], dtype=float)) + 0.2
        points = vectors[rows]
        points = points - weights @ points / weights.sum()
        points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-6)
        levels = [_group(points.astype(np.float32), weights, size) for size in sizes if size <= len(rows)]
        for place, row in enumerate(rows):
            clusters.setdefault(morphemes[row], tuple(int(level[place]) for level in levels))  # the first sense stands for all
    return clusters


def _group(points: Array, weights: Array, size: int) -> Array:
    """The group of each point by spherical k-means."""
    order = np.argsort(-weights, kind="stable")[: size * _SEEDS_FROM]
    centres = points[order[np.linspace(0, len(order) - 1, size).astype(int)]]
    for _ in range(_ROUNDS):
        nearest = np.argmax(points @ centres.T, axis=1)
        sums = np.zeros((size, points.shape[1]))
        np.add.at(sums, nearest, points * weights[:, None])
        norms = np.linalg.norm(sums, axis=1)
        filled = norms > 0
        centres[filled] = (sums[filled] / norms[filled, None]).astype(np.float32)
    groups: Array = np.argmax(points @ centres.T, axis=1)
    return groups


def write_clusters(clusters: Mapping[tuple[str, str], Ids], path: Path) -> None:
    """Writes the clusters so that the same clusters give the same bytes."""
    lines = [f"{form}\t{tag}\t{' '.join(map(str, ids))}\n" for (form, tag), ids in sorted(clusters.items())]
    path.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


@lru_cache(maxsize=2)
def load_clusters(path: Path) -> Clusters:
    """The clusters of a file, read once."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        return Clusters.read(lines)
