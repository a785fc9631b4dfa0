"""Confidence: how often facts that were read in the same way were judged right by readers.

A logistic model over how a fact was read, with what surety its subject was found, how long its sentence is, in what status
it stands and how many qualifiers it has; fitted by ``kg train confidence`` on the judgements in ``tests/judgements``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from kg.errors import RuleError
from kg.model import Fact
from kg.tables.folders import resource_folder

WEIGHTS = "confidence.tsv"
_PHRASES = ("post", "place", "bracket", "kin", "own", "class", "dateline", "occupation", "agency", "item", "author", "caption")
_LONGEST = 300
_MOST = 4


def find_features(fact: Fact, length: int) -> dict[str, float]:
    """What the model looks at; ``length`` is the sentence's in code points: {"open-object": 1.0, "surety": -0.1, …}."""
    rule = fact.evidence.rule
    if rule.startswith("open"):
        family = "open" if fact.object is None else "open-object"
    elif rule.startswith(_PHRASES):
        family = "phrase"
    else:
        family = next((name for name in ("quotation", "copula", "figure") if rule.startswith(name)), "rule")
    features = {family: 1.0, "surety": fact.confidence - 0.75, "length": min(length, _LONGEST) / 100 - 1.0}
    if fact.status != "asserted":
        features[fact.status] = 1.0
    if fact.negated:
        features["negated"] = 1.0
    if fact.speaker is not None:
        features["told"] = 1.0
    features["qualifiers"] = min(sum(q.role != "wording" for q in fact.qualifiers), _MOST)  # each is one more thing to go wrong
    if fact.subject.created:
        features["described"] = 1.0  # the subject is named by a phrase, and no name
    return features


@lru_cache(maxsize=1)
def load_confidence_weights() -> Mapping[str, float]:
    """The weight of each feature, read once: ``load_confidence_weights()["phrase"]`` is above that of "open"."""
    path = resource_folder() / "weights" / WEIGHTS
    try:
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
        return {name: float(weight) for name, weight in rows}
    except (OSError, ValueError) as error:
        raise RuleError(f"{path}: {error}: make it again with `kg train confidence`.") from error


def calibrate(fact: Fact, length: int) -> Fact:
    """The fact with the share of such facts that are right for its confidence: 0.93 for a post, 0.6 for an open fact."""
    weights = load_confidence_weights()
    score = sum(weights.get(name, 0.0) * value for name, value in find_features(fact, length).items())
    return replace(fact, confidence=round(1 / (1 + math.exp(-score)), 2))
