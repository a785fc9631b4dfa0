"""Vectors of lemmas from the company they keep in unlabelled sentences: what lets 호텔 stand for 회관."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analyze.parser_attributes import describe_morphemes
from kg.model import Eojeol

Floats = npt.NDArray[np.float32]

DIMENSIONS = 64
_WORDS, _CONTEXTS = 12000, 10000
_FUNC, _LEMMA, _PRED = 0, 3, 11


def build_vectors(sentences: Iterable[tuple[Eojeol, ...]]) -> dict[str, Floats]:
    """Unit vectors of the lemmas seen three times or more: a truncated SVD of positive pointwise mutual information."""
    words: Counter[str] = Counter()
    contexts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        described = [describe_morphemes([(t.form, t.lemma, t.tag) for t in e.tokens])[0] for e in sentence]
        rows = [(names[_LEMMA], names[_FUNC], names[_PRED]) for names in described]
        for index, (lemma, _, _) in enumerate(rows):
            words[lemma] += 1
            for context in _contexts(rows, index):
                contexts[context] += 1
                pairs[lemma, context] += 1
    order = sorted((word for word, count in words.items() if count >= 3), key=lambda word: (-words[word], word))[:_WORDS]
    kept = sorted((name for name, count in contexts.items() if count >= 8), key=lambda name: (-contexts[name], name))[:_CONTEXTS]
    if not order or len(kept) < 2 * DIMENSIONS:
        return {}
    word_number = {word: index for index, word in enumerate(order)}
    context_number = {name: index for index, name in enumerate(kept)}
    total = float(sum(contexts.values()))
    matrix = np.zeros((len(order), len(kept)), np.float32)
    for (word, name), count in pairs.items():
        row, column = word_number.get(word), context_number.get(name)
        if row is not None and column is not None:
            information = np.log(count * total / (words[word] * 8.5 * contexts[name] ** 0.75 * total**0.25))
            matrix[row, column] = max(0.0, information)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-6
    vectors = _reduce(matrix)
    return {word: vectors[index] for index, word in enumerate(order)}


def _contexts(rows: list[tuple[str, str, str]], index: int) -> list[str]:
    _, func, _ = rows[index]
    found = [f"own {func}"]
    if index + 1 < len(rows):
        lemma, after, predicate = rows[index + 1]
        found += [f"right {lemma}", f"right {func} {lemma}", f"func {after}", f"predicate {func} {predicate}"]
    else:
        found.append("right end")
    if index:
        lemma, before, _ = rows[index - 1]
        found += [f"left {lemma}", f"func left {before}", f"left {lemma} {before}"]
    else:
        found.append("left end")
    governor = next((row[0] for row in rows[index + 1 :] if row[2] != "-"), None)
    if governor is not None:
        found.append(f"verb {func} {governor}")
    return found


def _reduce(matrix: Floats) -> Floats:
    generator = np.random.default_rng(0)
    basis: Any = generator.standard_normal((matrix.shape[1], DIMENSIONS + 16)).astype(np.float32)
    for _ in range(4):
        basis = np.linalg.qr(matrix @ basis)[0]
        basis = np.linalg.qr(matrix.T @ basis)[0]
    left, values, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = left[:, :DIMENSIONS] * np.sqrt(values[:DIMENSIONS])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    reduced: Floats = vectors.astype(np.float32)
    return reduced
