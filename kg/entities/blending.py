"""One model out of several: the mean of the weights of CRFs that were trained on the same sentences, each with other features left out.

A CRF leans on the few features that explain the training sentences, and the others stay weak. Where each model misses a random part of
the features, all of them learn to speak; the mean of the models (a logarithmic pool) then tags as a vote would, at the price of one.
"""

from __future__ import annotations

import math
import random
import struct
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from kg.errors import AnalysisError

_STEP = 256  # weights are multiples of 1/256: the file is half as large, the labels are the same
_OFFSET, _FEATURE = struct.Struct("<I"), struct.Struct("<IIId")  # of CRFsuite's file: kind, from, to, weight
_OFFSET_AT, _HEAD = 28, 12

Pair = tuple[str, str]


class Weights(NamedTuple):
    """The weights of a model: of a feature with a label, and of a label after a label."""

    states: Mapping[Pair, float]
    moves: Mapping[Pair, float]


def drop_features(rows: Iterable[list[str]], share: float, random_: random.Random) -> list[list[str]]:
    """The rows of a sentence without a random ``share`` of their features; the same seed drops the same."""
    draw = random_.random
    return [[name for name in row if draw() >= share] for row in rows]


def read_weights(model: bytes) -> Weights:
    """The weights of a trained model."""
    info = _info(model)
    return Weights(info.state_features, info.transitions)


def raise_moves(model: Weights, share: float) -> Weights:
    """The weights of a model that has missed a ``share`` of the features, made fit for hearing all of them.

    More features speak at work than in training, and the order of labels would be drowned; by how much it is raised was tried out.
    """
    factor = (1 - share) ** -0.5
    return Weights(model.states, {pair: weight * factor for pair, weight in model.moves.items()})


def blend_weights(models: Sequence[Weights]) -> Weights:
    """The mean of the weights of several models."""
    return Weights(_mean([model.states for model in models]), _mean([model.moves for model in models]))


def _mean(tables: Sequence[Mapping[Pair, float]]) -> dict[Pair, float]:
    sums: dict[Pair, float] = {}
    for table in tables:
        for pair, weight in table.items():
            sums[pair] = sums.get(pair, 0.0) + weight / len(tables)
    rounded = {pair: round(weight * _STEP) / _STEP for pair, weight in sums.items()}
    return {pair: rounded[pair] for pair in sorted(rounded) if rounded[pair]}


def build_model(weights: Weights) -> bytes:
    """A CRFsuite model with these weights.

    CRFsuite writes only what it has trained: a model of one step has every pair of the weights, and then gets theirs.
    """
    features: dict[str, dict[str, float]] = {label: {} for pair in sorted(weights.moves) for label in pair}
    for name, label in sorted(weights.states):
        features.setdefault(label, {})[name] = 0.0
    trainer = pycrfsuite.Trainer("lbfgs", {"c1": 0.0, "c2": 1.0, "max_iterations": 1}, verbose=False)
    for place, label in enumerate(sorted(features)):
        value = math.sqrt(place + 2.5)  # unlike for each label, lest the step of a feature that all have be nought
        trainer.append([dict.fromkeys(features[label], value)], [label])
    for pair in sorted(weights.moves):
        trainer.append([{}, {}], list(pair))
    model = bytearray(_train(trainer))
    info = _info(bytes(model))
    names = {int(place): name for name, place in info.attributes.items()}
    labels = {int(place): label for label, place in info.labels.items()}
    begin = _OFFSET.unpack_from(model, _OFFSET_AT)[0]
    number = _OFFSET.unpack_from(model, begin + 8)[0]
    if number != len(weights.states) + len(weights.moves):
        raise AnalysisError(f"CRFsuite kept {number} of {len(weights.states) + len(weights.moves)} weights: train the models again.")
    for place in range(begin + _HEAD, begin + _HEAD + number * _FEATURE.size, _FEATURE.size):
        kind, source, target, _ = _FEATURE.unpack_from(model, place)
        label = labels[target]
        weight = weights.moves[labels[source], label] if kind else weights.states[names[source], label]
        _FEATURE.pack_into(model, place, kind, source, target, weight)
    return bytes(model)


def _train(trainer: pycrfsuite.Trainer) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def fit(rows: Iterable[tuple[list[list[str]], list[str]]], options: Mapping[str, float]) -> bytes:
    """The model that fits the rows, as bytes."""
    trainer = pycrfsuite.Trainer("lbfgs", dict(options), verbose=False)
    for features, labels in rows:
        trainer.append(features, labels)
    return _train(trainer)


def _info(model: bytes) -> pycrfsuite.ParsedDump:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger.info()
