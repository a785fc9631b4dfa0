"""Blending: features left out by lot, means of weights, and models that are made of weights."""

from __future__ import annotations

import random

import pycrfsuite
import pytest

from kg.entities.blending import Weights, blend_weights, build_model, drop_features, fit, raise_moves, read_weights

ROWS = [([["w=김영섭", "t=N"], ["w=대표", "t=N"]], ["B-PS", "O"]), ([["w=서울", "t=N"], ["w=시", "t=N"], ["w=가", "t=J"]], ["B-LC", "I-LC", "O"])]
OPTIONS = {"c1": 0.0, "c2": 0.1, "max_iterations": 20}


def tag(model: bytes, rows: list[list[str]]) -> list[str]:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return list(tagger.tag(rows))


def test_the_same_seed_leaves_out_the_same_features() -> None:
    rows = [[f"f{number}" for number in range(1000)]]
    first, again, other = (drop_features(rows, 0.4, random.Random(seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert 500 < len(first[0]) < 700
    assert drop_features(rows, 0.0, random.Random(1)) == rows


def test_a_model_made_of_the_weights_of_another_is_like_it() -> None:
    model = fit(ROWS, OPTIONS)
    again = build_model(blend_weights([read_weights(model)]))
    before, after = read_weights(model), read_weights(again)
    assert after.states == {pair: pytest.approx(weight, abs=0.003) for pair, weight in before.states.items() if abs(weight) > 0.003}
    assert after.moves == {pair: pytest.approx(weight, abs=0.003) for pair, weight in before.moves.items() if abs(weight) > 0.003}
    assert [tag(again, rows) for rows, _ in ROWS] == [labels for _, labels in ROWS]


def test_the_same_weights_give_the_same_bytes() -> None:
    weights = read_weights(fit(ROWS, OPTIONS))
    turned = Weights(dict(reversed(weights.states.items())), dict(reversed(weights.moves.items())))
    assert build_model(blend_weights([weights])) == build_model(blend_weights([turned]))


def test_a_blend_is_the_mean_of_the_weights() -> None:
    first = Weights({("w=서울", "B-LC"): 1.0, ("w=대표", "O"): 0.001}, {("O", "O"): 2.0})
    second = Weights({("w=서울", "B-LC"): 2.0, ("w=배", "O"): -1.0}, {("O", "O"): 1.0})
    assert blend_weights([first, second]) == Weights({("w=배", "O"): -0.5, ("w=서울", "B-LC"): 1.5}, {("O", "O"): 1.5})


def test_a_weight_that_every_label_has_is_kept() -> None:
    labels = [f"B-{name}" for name in "가나다라마바사"]
    weights = Weights({("same", label): place - 2.5 for place, label in enumerate(labels)}, {("O", "O"): 0.25, (labels[0], "O"): -0.5})
    assert read_weights(build_model(weights)) == weights


def test_the_order_of_labels_is_raised_where_features_were_missed() -> None:
    raised = raise_moves(Weights({("w=서울", "B-LC"): 1.0}, {("O", "O"): 3.0}), 0.75)
    assert raised == Weights({("w=서울", "B-LC"): 1.0}, {("O", "O"): 6.0})
