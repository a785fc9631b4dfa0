"""Training the parser: reading trees, and the same weights from the same data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.analyze import find_eojeols, find_tokens
from kg.analyze.parser_attributes import describe_morphemes
from kg.analyze.parser_training import read_trees, train_parser
from kg.analyze.parser_vectors import build_vectors
from kg.errors import AnalysisError, InputError
from kg.model import Eojeol, Span
from kg.weights import Array, load_array, load_arrays, write_arrays

SENTENCES = [
    [("시장은", 3, "NP_SBJ"), ("학교를", 3, "NP_OBJ"), ("지었다.", 0, "VP")],
    [("새", 2, "DP"), ("학교가", 3, "NP_SBJ"), ("문을", 4, "NP_OBJ"), ("열었다.", 0, "VP")],
    [("시장이", 2, "NP_SBJ"), ("지은", 3, "VP_MOD"), ("학교는", 4, "NP_SBJ"), ("크다.", 0, "VP")],
]


def analyse(text: str) -> tuple[Eojeol, ...]:
    return find_eojeols(text, find_tokens(text), Span(0, len(text)))


def write_trees(folder: Path) -> Path:
    lines: list[str] = []
    for index, words in enumerate(SENTENCES * 4):
        lines.append(f"## klue-dp-v1_own_{index:05}_news\t" + " ".join(word for word, _, _ in words))
        lines += [f"{number}\t{word}\t_\t_\t{head}\t{label}" for number, (word, head, label) in enumerate(words, 1)]
        lines.append("")
    (folder / "dp.train.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_trees_are_read(tmp_path: Path) -> None:
    trees = list(read_trees(write_trees(tmp_path) / "dp.train.tsv"))
    assert len(trees) == 12
    assert trees[0].text == "시장은 학교를 지었다."
    assert (trees[0].genre, trees[0].heads, trees[0].labels) == ("news", (2, 2, -1), ("NP_SBJ", "NP_OBJ", "VP"))


def test_a_damaged_tree_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dp.train.tsv"
    path.write_text("## klue-dp-v1_own_1_news\t가\n1\t가\t_\t_\tx\tNP\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"dp\.train\.tsv:2"):
        list(read_trees(path))


def test_training_is_repeatable_and_learns(tmp_path: Path) -> None:
    data = write_trees(tmp_path)
    said: list[str] = []
    figures = train_parser(data, tmp_path / "one", analyse, said.append)
    again = train_parser(data, tmp_path / "two", analyse, said.append)
    assert figures == again
    assert figures.uas == figures.las == 1.0
    assert (tmp_path / "one/parser.npz").read_bytes() == (tmp_path / "two/parser.npz").read_bytes()
    assert said


def test_vectors_need_enough_company() -> None:
    assert build_vectors([analyse("시장은 학교를 지었다.")] * 5) == {}


def test_variants_of_a_josa_are_one() -> None:
    subject, _ = describe_morphemes([("책", "책", "NNG"), ("이", "이", "JKS")])
    other, _ = describe_morphemes([("차", "차", "NNG"), ("가", "가", "JKS")])
    assert subject[0] == other[0] == "가/JKS"


def test_shipped_weights_load_once() -> None:
    assert load_arrays("parser") is load_arrays("parser")
    assert load_array("parser", "linear").dtype == np.int8
    with pytest.raises(AnalysisError, match="lack"):
        load_array("parser", "absent")
    with pytest.raises(AnalysisError, match="do not load"):
        load_arrays("no_such_weights")


def test_arrays_are_written_the_same_twice(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {"b": np.arange(5), "a": np.ones((2, 2), np.float32)}
    write_arrays(tmp_path / "x.npz", arrays)
    write_arrays(tmp_path / "y.npz", {"a": arrays["a"], "b": arrays["b"]})
    assert (tmp_path / "x.npz").read_bytes() == (tmp_path / "y.npz").read_bytes()
    with np.load(tmp_path / "x.npz") as stored:
        assert stored["b"].tolist() == [0, 1, 2, 3, 4]
