"""What Kiwi's language model knows of its morphemes: each as a vector, near to those that are used alike.

Only training asks for this; reading does with the tables that training makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.analyze.morphemes import load_kiwi
from kg.errors import AnalysisError
from kg.weights import Array

_ALL = 1_000_000  # more than the model has
_LEAST = 0.02  # directions weaker than this among the landmarks are noise


def build_morpheme_vectors(landmarks: Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], Array]:
    """The morphemes of the model, form and tag, with a unit vector each, made of their likeness to the landmarks.

    ``[("서울", "NNP"), ("먹", "VV"), …]`` gives 70,000 rows in which 부산/NNP lies by 서울/NNP. A landmark that the model does
    not know, or knows in several senses, is left out.
    """
    kiwi = load_kiwi()
    columns, rows, names = [], [], {}
    for landmark in landmarks:
        try:
            similar = kiwi.most_similar_morphemes(landmark, top_n=_ALL)
        except ValueError:
            continue
        scores = np.zeros(max(item.id for item in similar) + 1)
        own = -1
        for item in similar:
            names[item.id] = (item.form, item.tag.partition("-")[0])
            scores[item.id] = item.score
            if item.score < -1:  # the landmark itself stands last, far below all others
                own = item.id
        scores[own] = 1.0
        columns.append(scores)
        rows.append(own)
    if not columns:
        raise AnalysisError("Kiwi's language model knows none of the landmarks: reinstall kiwipiepy_model.")
    table = np.stack(columns, axis=1)
    among = table[rows]
    strength, directions = np.linalg.eigh((among + among.T) / 2)
    kept = strength > _LEAST
    ids = sorted(names)
    vectors = (table @ (directions[:, kept] / np.sqrt(strength[kept])))[ids]
    return [names[place] for place in ids], vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
