"""Training of the dependency parser from KLUE-DP trees, with lemma vectors from unlabelled sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analyze.parser import Weights, find_heads, reachable_keys
from kg.analyze.parser_attributes import Hashes, Integers, Table
from kg.analyze.parser_features import (
    ARCS,
    BITS,
    FEATURES,
    LABEL_BITS,
    SIBLINGS,
    find_between,
    group_between,
    hash_arcs,
    hash_labels,
    hash_network,
)
from kg.analyze.parser_network import Example, choice_error, train_network
from kg.analyze.parser_vectors import build_vectors
from kg.errors import InputError
from kg.model import Eojeol
from kg.weights import write_arrays

Analyse = Callable[[str], tuple[Eojeol, ...]]
Floats = npt.NDArray[np.float32]

_NETWORK_SHARE = 1.7  # how far the network's scores outweigh the linear model's; from cross-validation
_NOTHING = 1 << BITS  # the number of a feature that is not there


@dataclass(frozen=True, slots=True)
class Tree:
    """One gold sentence: heads counted from 0, -1 for the root."""

    genre: str
    text: str
    heads: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParserFigures:
    """Scores on every fifth sentence, which the measured model did not see: UAS and LAS over all eojeols, and by genre."""

    sentences: int
    eojeols: int
    uas: float
    las: float
    by_genre: tuple[tuple[str, float, float], ...]


def read_trees(path: Path) -> Iterator[Tree]:
    """The trees of a KLUE-DP file; raises InputError with the line that is not as it should be."""
    genre, words = "", list[tuple[str, int, str]]()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.startswith("## klue-"):
                if words:
                    yield _tree(genre, words)
                genre, words = line.split("\t")[0].rsplit("_", 1)[-1], []
            elif line and not line.startswith("##"):
                cells = line.split("\t")
                if len(cells) < 6 or not cells[4].isdigit():
                    raise InputError("a KLUE-DP row has six columns, the fifth a number", path=path, line=number)
                words.append((cells[1], int(cells[4]), cells[5]))
    if words:
        yield _tree(genre, words)


def _tree(genre: str, words: Sequence[tuple[str, int, str]]) -> Tree:
    return Tree(genre, " ".join(w for w, _, _ in words), tuple(h - 1 for _, h, _ in words), tuple(label for _, _, label in words))


def read_unlabelled(folder: Path) -> Iterator[str]:
    """Sentences without trees: those of the NER and relation files, where they are there."""
    tagged, related = folder / "ner_unlabelled.tsv", folder / "re.train.jsonl"
    if tagged.is_file():
        with tagged.open(encoding="utf-8") as lines:
            for line in lines:
                yield " ".join(line.rstrip("\n").partition("\t")[2].split())
    if related.is_file():
        with related.open(encoding="utf-8") as lines:
            for line in lines:
                yield " ".join(str(json.loads(line)["sentence"]).split())


def train_parser(data_folder: Path, out: Path, analyse: Analyse, report: Callable[[str], None]) -> ParserFigures:
    """Measure on every fifth sentence, then train on all and write ``parser.npz`` into ``out``."""
    klue = data_folder / "klue" if (data_folder / "klue").is_dir() else data_folder
    trees = list(read_trees(klue / "dp.train.tsv"))
    report(f"{len(trees)} trees")
    sentences = [analyse(tree.text) for tree in trees]
    kept = [(t, s) for t, s in zip(trees, sentences, strict=True) if len(s) == len(t.heads)]
    held = [pair for index, pair in enumerate(kept) if index % 5 == 4]
    rest = [pair for index, pair in enumerate(kept) if index % 5 != 4]
    unlabelled = [s for s in (analyse(text) for text in read_unlabelled(klue)) if 3 <= len(s) <= 40]
    vectors = build_vectors([*unlabelled, *(s for _, s in rest)])
    report(f"{len(vectors)} lemma vectors from {len(unlabelled)} unlabelled sentences")
    figures = measure(Weights(fit(rest, vectors, report)), held)
    report(f"every fifth sentence held back: UAS {figures.uas:.4f} LAS {figures.las:.4f}")
    out.mkdir(parents=True, exist_ok=True)
    write_arrays(out / "parser.npz", fit(kept, build_vectors([*unlabelled, *(s for _, s in kept)]), report))
    return figures


def fit(pairs: Sequence[tuple[Tree, tuple[Eojeol, ...]]], vectors: dict[str, Floats], report: Callable[[str], None]) -> dict[str, Any]:
    """The arrays of a parser trained on these trees."""
    tables = [Table([sentence]) for _, sentence in pairs]
    lemmas = Counter[int]()
    for table in tables:
        lemmas.update(hash_network(table).ravel().tolist())
    linear = np.mean([_fit_arcs([_arc_rows(t, p[0].heads) for t, p in zip(tables, pairs, strict=True)], seed) for seed in range(3)], axis=0)
    report("linear model of arcs trained")
    examples = [example for t, p in zip(tables, pairs, strict=True) if t.size > 1 for example in [_example(t, p[0].heads)]]
    keys = reachable_keys([key for key, count in sorted(lemmas.items(), key=lambda item: (item[1], item[0])) if count >= 2])
    network = train_network(examples, keys, vectors)
    report("network of arcs trained")
    names = sorted({label for tree, _ in pairs for label in tree.labels})
    labels = _fit_labels(
        [(hash_labels(t, p[0].heads), [names.index(label) for label in p[0].labels]) for t, p in zip(tables, pairs, strict=True)],
        len(names),
    )
    report("labels trained")
    linear_scale = float(np.abs(linear).max()) / 127
    input_scale = float(np.abs(network["inputs"]).max()) / 127
    label_scale = float(np.abs(labels).max()) / 127
    return {
        "linear": np.rint(linear / linear_scale).astype(np.int8),
        "keys": network["keys"],
        "inputs": np.rint(network["inputs"] / input_scale).astype(np.int8),
        "groups": network["groups"],
        "bias": network["bias"],
        "output": network["output"] * np.float32(_NETWORK_SHARE),
        "labels": np.rint(labels / label_scale).astype(np.int8),
        "scales": np.array([linear_scale, input_scale, label_scale], np.float32),
        "names": np.frombuffer(" ".join(names).encode(), np.uint8),
    }


def measure(weights: Weights, pairs: Sequence[tuple[Tree, tuple[Eojeol, ...]]]) -> ParserFigures:
    """Attachment scores of a model on trees."""
    seen, heads_right, both_right = Counter[str](), Counter[str](), Counter[str]()
    for tree, sentence in pairs:
        table = Table([sentence])
        heads, _ = find_heads(table, weights)
        labels = weights.find_labels(table, heads)
        for head, label, gold_head, gold_label in zip(heads, labels, tree.heads, tree.labels, strict=True):
            for key in ("all", tree.genre):
                seen[key] += 1
                heads_right[key] += head == gold_head
                both_right[key] += head == gold_head and label == gold_label
    scores = {key: (heads_right[key] / seen[key], both_right[key] / seen[key]) for key in seen}
    overall = scores.get("all", (0.0, 0.0))
    genres = tuple((key, *scores[key]) for key in sorted(scores) if key != "all")
    return ParserFigures(len(pairs), seen["all"], overall[0], overall[1], genres)


def _choices(heads: Sequence[int]) -> tuple[Integers, Integers, Integers]:
    """The chains of all dependents as rows (dependent, candidate, nearest sibling, grandparent), their lengths and gold places."""
    rows: list[tuple[int, int, int, int]] = []
    lengths: list[int] = []
    gold: list[int] = []
    for index in range(len(heads) - 1):
        chain = [index + 1]
        while heads[chain[-1]] >= 0:
            chain.append(heads[chain[-1]])
        for place, candidate in enumerate(chain):
            rows.append((index, candidate, chain[place - 1] if place else -1, heads[candidate]))
        lengths.append(len(chain))
        gold.append(chain.index(heads[index]))
    return np.array(rows, np.int64).reshape(-1, 4), np.array(lengths, np.int64), np.array(gold, np.int64)


def _arc_rows(table: Table, heads: Sequence[int]) -> tuple[npt.NDArray[np.int32], Integers, Integers]:
    rows, lengths, gold = _choices(heads)
    if not len(rows):
        return np.zeros((0, FEATURES), np.int32), lengths, gold
    left, right = np.triu_indices(table.size, 1)
    hashes = hash_arcs(table, left, right, find_between(table, left, right)).astype(np.int32)
    hashes = np.concatenate([hashes, np.full((FEATURES, 1), _NOTHING, np.int32)], axis=1)
    starts = np.concatenate([[0], np.cumsum(np.arange(table.size - 1, 0, -1))])
    place = starts[rows[:, :1]] + rows[:, 1:] - rows[:, :1] - 1
    place[rows[:, 1:] < 0] = hashes.shape[1] - 1
    joined = np.concatenate([hashes[:ARCS, place[:, 0]], hashes[ARCS:SIBLINGS, place[:, 1]], hashes[SIBLINGS:, place[:, 2]]])
    return np.ascontiguousarray(joined.T), lengths, gold


def _example(table: Table, heads: Sequence[int]) -> Example:
    rows, lengths, gold = _choices(heads)
    between = find_between(table, rows[:, 0], rows[:, 1])
    return Example(hash_network(table), rows[:, 0], rows[:, 1], np.stack(group_between(between), axis=1), lengths, gold)


def _fit_arcs(
    data: Sequence[tuple[npt.NDArray[np.int32], Integers, Integers]], seed: int, epochs: int = 10, rate: float = 0.1, drop: float = 0.7
) -> Floats:
    """A log-linear model of the choice of head by AdaGrad, with features dropped at random so that each learns to stand alone."""
    generator = np.random.default_rng(seed)
    data = [entry for entry in data if len(entry[1])]
    weights = np.zeros(_NOTHING + 1, np.float32)
    squares = np.full(_NOTHING + 1, 1e-2, np.float32)
    total = np.zeros_like(weights)
    order = np.arange(len(data))
    for epoch in range(epochs):
        generator.shuffle(order)
        for begin in range(0, len(order), 32):
            batch = [data[index] for index in order[begin : begin + 32]]
            rows = np.concatenate([entry[0] for entry in batch])
            lengths = np.concatenate([entry[1] for entry in batch])
            gold = np.concatenate([entry[2] for entry in batch])
            kept = generator.random(rows.shape, dtype=np.float32) > drop
            scores = (weights[rows] * kept).sum(1) / (1 - drop)
            error = choice_error(scores, lengths, gold) / len(batch)
            gradient = np.bincount(rows[kept], np.repeat(error / (1 - drop), kept.sum(1)), minlength=_NOTHING + 1)
            gradient[_NOTHING] = 0
            touched = np.flatnonzero(gradient)
            step = gradient[touched].astype(np.float32)
            squares[touched] += step * step
            weights[touched] -= rate * step / np.sqrt(squares[touched])
        if epoch >= epochs // 2:
            total += weights
    return (total[:_NOTHING] / (epochs - epochs // 2)).astype(np.float32)


def _fit_labels(data: Sequence[tuple[Hashes, list[int]]], labels: int, epochs: int = 12, rate: float = 0.1, drop: float = 0.5) -> Floats:
    """A log-linear model of the label by AdaGrad, trained as the arcs are."""
    generator = np.random.default_rng(0)
    size = 1 << LABEL_BITS
    weights = np.zeros((size, labels), np.float32)
    squares = np.full((size, labels), 1e-2, np.float32)
    total = np.zeros_like(weights)
    order = np.arange(len(data))
    for epoch in range(epochs):
        generator.shuffle(order)
        for begin in range(0, len(order), 32):
            batch = [data[index] for index in order[begin : begin + 32]]
            rows = np.concatenate([hashes.T for hashes, _ in batch]).astype(np.int64)
            gold = np.concatenate([labels_ for _, labels_ in batch])
            kept = generator.random(rows.shape, dtype=np.float32) > drop
            scores = (weights[rows] * kept[:, :, None]).sum(1) / (1 - drop)
            error = np.exp(scores - scores.max(1, keepdims=True))
            error /= error.sum(1, keepdims=True)
            error[np.arange(len(gold)), gold] -= 1
            error /= len(batch) * (1 - drop)
            places, inverse = np.unique(rows[kept], return_inverse=True)
            gradient = np.zeros((len(places), labels), np.float32)
            np.add.at(gradient, inverse, np.repeat(error, kept.sum(1), axis=0))
            squares[places] += gradient * gradient
            weights[places] -= rate * gradient / np.sqrt(squares[places])
        if epoch >= epochs // 2:
            total += weights
    return (total / (epochs - epochs // 2)).astype(np.float32)
