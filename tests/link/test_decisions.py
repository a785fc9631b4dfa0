"""identity.toml: what the user says of identity is read, heeded, kept in the store and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.link import Decisions, read_decisions
from kg.link.decisions import Named
from kg.pipeline import build_graph, read_linked
from kg.pipeline.removing import remove_articles

ROWS = [
    {"id": "a1", "text": "한도윤 가람전자 대표가 사임했다."},
    {"id": "a2", "text": "한도윤 가람전자 대표가 취임했다."},
    {"id": "a3", "text": "새울전자가 공장을 세웠다."},
]
APART = '[[different]]\nof = [{name = "한도윤", article = "a1"}, {name = "한도윤", article = "a2"}]\n'
ONE = '[[same]]\nof = ["새울전자", "가람전자"]\n'


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return str(path)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "identity.toml"
    path.write_text(text, encoding="utf-8")
    return path


def ids(out: Path, name: str) -> set[str]:
    return {entity.id for reading in read_linked(out) for entity in reading.entities if name in (entity.name, *entity.aliases)}


def test_names_and_places_are_read(tmp_path: Path) -> None:
    decisions = read_decisions(written(tmp_path, APART + ONE))
    assert decisions == Decisions(((Named("새울전자"), Named("가람전자")),), ((Named("한도윤", "a1"), Named("한도윤", "a2")),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]\n", "identity.toml"),
        ("[same]\nof = ['가', '나']\n", "one pair of brackets"),
        ("[[same]]\nof = ['가람전자']\n", "fewer than two"),
        ("[[same]]\nof = ['가람전자', 3]\n", "3 in [[same]] is no name"),
        ("[[same]]\nof = ['가람전자', ' ']\n", "is no name"),
        ("[[different]]\nof = ['가람전자', {nam = '가람'}]\n", "is no name"),
        ("[[equal]]\nof = ['가', '나']\n", "'equal' is no table"),
        ("[[same]]\nof = ['가', '나']\nwhy = '같다'\n", "fewer than two"),
    ],
)
def test_what_is_no_decision_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as told:
        read_decisions(written(tmp_path, text))
    assert said in str(told.value) and "[[same]]" in str(told.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml"):
        read_decisions(tmp_path / "none.toml")


def test_decisions_hold_until_they_are_taken_back(rows: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_graph([rows], out, check=False)
    plain = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".ttl", ".jsonl", ".html")}
    assert len(ids(out, "한도윤")) == 1 and ids(out, "새울전자") != ids(out, "가람전자")
    report = build_graph([rows], out, check=False, identity=written(tmp_path, APART + ONE))
    assert len(ids(out, "한도윤")) == 2 and ids(out, "새울전자") == ids(out, "가람전자")
    assert {row["article"] for row in report.renamed} >= {"a1", "a2"}
    assert '"새울전자"@ko' in (out / "graph.ttl").read_text(encoding="utf-8")
    build_graph([rows], out, check=False)
    assert len(ids(out, "한도윤")) == 2
    remove_articles(out, ["a3"], check=False)
    assert len(ids(out, "한도윤")) == 2
    build_graph([rows], out, check=False, identity=written(tmp_path, ""))
    assert {name: (out / name).read_bytes() for name in plain} == plain


def test_a_build_with_decisions_conforms(rows: str, tmp_path: Path) -> None:
    build_graph([rows], tmp_path / "out", identity=written(tmp_path, APART + ONE))


def test_bad_decisions_change_nothing(rows: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_graph([rows], out, check=False, identity=written(tmp_path, APART))
    with pytest.raises(InputError):
        build_graph([rows], out, check=False, identity=written(tmp_path, "[[same]]\nof = 3\n"))
    assert len(ids(out, "한도윤")) == 2
