"""The clause corpus: what is read of each construction is at least as good as its floor in ``floors.toml``."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.model import Clause, Predicate, Span

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
CASES = [(group, name, floor) for group, fields in FLOORS.items() for name, floor in fields.items()]
ROLES = {"subject", "object", "topic", "dative", "locative", "source", "goal", "comitative", "instrument", "complement",
         "actor"}
STATUSES = {"asserted", "planned", "expected", "claimed", "denied"}


def load_report() -> ModuleType:
    spec = importlib.util.spec_from_file_location("clause_report", HERE / "report.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


report = load_report()


@pytest.fixture(scope="module")
def scores() -> dict[str, Any]:
    measured: dict[str, Any] = report.measure_corpus()
    print("\n" + report.table(measured))
    return measured


@pytest.mark.parametrize(("group", "name", "floor"), CASES, ids=lambda value: str(value))
def test_accuracy_is_at_least_its_floor(scores: dict[str, Any], group: str, name: str, floor: float) -> None:
    reached = scores[group].accuracy(name)
    assert reached >= floor, f"{group} {name}: {reached:.3f} is below {floor}; python -m tests.clauses.report {group}"


def test_every_field_of_every_group_has_a_floor(scores: dict[str, Any]) -> None:
    measured = {(group, name) for group, score in scores.items() for name in score.cases}
    assert measured == {(group, name) for group, name, _ in CASES}


def test_corpus_is_large_and_well_formed() -> None:
    corpus = report.read_corpus()
    sentences = [sentence for group in corpus.values() for sentence in group]
    assert len(sentences) >= 200
    assert len({sentence["text"] for sentence in sentences}) == len(sentences)
    assert len(corpus["quotations"]) >= 45 and len(corpus["status"]) >= 45
    for sentence in sentences:
        assert set(sentence) <= {"text", "clause", "absent"} and sentence["clause"]
        for clause in sentence["clause"]:
            assert set(clause) <= {"predicate", "arguments", "status", "negated", "speaker"}
            assert set(report.listed(clause.get("status", []))) <= STATUSES
            assert clause.get("speaker", "") in sentence["text"]
            for argument in clause.get("arguments", []):
                assert set(report.listed(argument["role"])) <= ROLES
                assert argument["text"] in sentence["text"]


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("후보", "최종 후보", True),
        ("이도현 교수", "청람대 이도현 교수", True),
        ("강태오 의원", "의원", False),
        ("공장", "계약", False),
    ],
)
def test_phrases_are_compared_by_containment(expected: str, found: str, same: bool) -> None:
    assert report.is_phrase(expected, found) is same


def test_voice_and_light_verbs_may_be_noted_in_more_than_one_way() -> None:
    text = "양국이 협력을 맺었다."

    def clause(lemma: str, voice: str = "active", kind: str = "verb") -> Clause:
        predicate = Predicate(lemma, Span(4, 11), (1, 2), voice, kind)  # type: ignore[arg-type]
        return Clause(predicate, (), False, "asserted", Span(0, 11), 0)

    assert report.is_predicate("협력을 맺다", clause("협력을 맺다"), text)
    assert report.is_predicate("협력을 맺다", clause("맺다", kind="light"), text)
    assert report.is_predicate("협력을 맺다", clause("협력하다", kind="light"), text)
    assert not report.is_predicate("협력을 맺다", clause("맺다"), text)
    assert report.is_predicate("체포되다", clause("체포하다", voice="passive"), text)
    assert not report.is_predicate("체포되다", clause("체포하다"), text)
    assert report.is_predicate("교체시키다", clause("교체하다", voice="causative"), text)
