"""Fits the confidence of facts to how readers judged them.

Each row of the tables of judgements names a fact by its id and its article's, with five verdicts; a fact is right when all
are 1. Facts that the present rules still read are matched by their ids, the others are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import InputError
from kg.extract.confidence import find_features
from kg.model import Fact

_VERDICTS = ("subject", "predicate", "object", "status", "speaker")
_PRIOR = 1.0  # the ridge that keeps the weights of rare features small
_STEPS = 30
_FOLDS = 5
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def read_judgements(folder: Path, tables: Sequence[str] = ()) -> dict[tuple[str, str], list[bool]]:
    """Whether each judged fact was wholly right, by article and fact id; a fact that was judged twice has two verdicts.

    ``tables`` names those to read (``wikinews-15``), without it all: of the facts that an old table has, the wrong ones have
    often been mended since, so that those left are right more often than fresh ones.
    """
    verdicts: dict[tuple[str, str], list[bool]] = {}
    paths = [folder / f"{name}.tsv" for name in tables] or [*sorted(folder.glob("wikinews-*.tsv")), *sorted(folder.glob("newswire-*.tsv"))]
    if not paths:
        raise InputError("there are no tables of judgements (wikinews-*.tsv, newswire-*.tsv) in it.", folder)
    for path in paths:
        if not path.is_file():
            raise InputError("there is no such table of judgements.", path)
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                right = all(row[name] == "1" for name in _VERDICTS)
                verdicts.setdefault((row["article"], row["fact"]), []).append(right)
    return verdicts


def train_confidence(
    facts: Iterable[tuple[str, str, Fact, int]], verdicts: dict[tuple[str, str], list[bool]], out: Path, report: Callable[[str], None]
) -> int:
    """Write the weights and return how many judgements they were fitted to.

    ``facts`` are (article id, fact id, the fact with its surety, length of its sentence), ``verdicts`` what
    :func:`read_judgements` reads. The report has the share of right facts against the confidence that they got from a model
    fitted on other articles.
    """
    verdicts = dict(verdicts)
    samples = list(_match(facts, verdicts))
    names = sorted({name for _, features, _ in samples for name in features})
    table = np.array([[features.get(name, 0.0) for name in names] for _, features, _ in samples])
    right = np.array([float(ok) for _, _, ok in samples])
    folds = np.array([sum(map(ord, article)) % _FOLDS for article, _, _ in samples])
    predicted = np.zeros(len(right))
    for fold in range(_FOLDS):
        rest = folds != fold
        predicted[~rest] = _predict(table[~rest], _fit(table[rest], right[rest]))
    for low, high in pairwise(_BINS):
        inside = (predicted >= low) & (predicted < high)
        if inside.any():
            report(f"confidence {low:.1f} to {min(high, 1.0):.1f}: {int(right[inside].sum())} of {int(inside.sum())} right")
    weights = _fit(table, right)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write("feature\tweight\n")
        file.writelines(f"{name}\t{weight:.4f}\n" for name, weight in zip(names, weights, strict=True))
    return len(samples)


def _match(
    facts: Iterable[tuple[str, str, Fact, int]], verdicts: dict[tuple[str, str], list[bool]]
) -> Iterator[tuple[str, dict[str, float], bool]]:
    for article, name, fact, length in facts:
        for right in verdicts.pop((article, name), ()):
            yield article, find_features(fact, length), right


def _fit(table: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The weights by Newton's method, with a ridge."""
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        predicted = _predict(table, weights)
        slope = table.T @ (right - predicted) - _PRIOR * weights
        bend = (table * (predicted * (1 - predicted))[:, None]).T @ table + _PRIOR * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _predict(table: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(table @ weights))))


