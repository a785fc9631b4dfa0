"""Facts of sentences: what ``sentences.toml`` and ``reported.toml`` say a sentence tells, and what it must not be read to tell."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, Entity, Fact, Quantity, Text, Time
from kg.pipeline.documents import read_document

TABLES = [tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")) for name in ("sentences", "reported")]
CASES: list[dict[str, Any]] = [case for table in TABLES for case in table["case"]]
PUBLISHED = datetime(2024, 10, 10, 14, tzinfo=timezone(timedelta(hours=9)))


def name(value: object) -> str:
    if isinstance(value, Entity):
        return value.name
    return value.text if isinstance(value, Text | Time | Quantity) else ""


def matches(fact: Fact, wanted: dict[str, Any]) -> bool:
    """Whether a fact has all that is wanted: roles that are wanted as "" must be empty or absent."""
    shown: dict[str, Any] = {
        "subject": fact.subject.name,
        "predicate": fact.predicate,
        "object": name(fact.object),
        "status": fact.status,
        "negated": fact.negated,
        "speaker": fact.speaker.name if fact.speaker else "",
    }
    told = [(q.role, name(q.value)) for q in fact.qualifiers]
    for key, value in wanted.items():
        if key in shown:
            if shown[key] != value:
                return False
        elif value == "":
            if any(role == key for role, _ in told):
                return False
        elif (key, value) not in told:
            return False
    return True


def show(fact: Fact) -> str:
    roles = ", ".join(f"{q.role}={name(q.value)}" for q in fact.qualifiers)
    said = "not " * fact.negated + fact.status + (f" by {fact.speaker.name}" if fact.speaker else "")
    return f"{fact.subject.name} | {fact.predicate} | {name(fact.object)} | {roles} | {said}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:30])
def test_sentence_tells_what_it_tells(case: dict[str, Any]) -> None:
    facts = read_document(Article("a", case["text"], published=PUBLISHED)).facts
    shown = "\n".join(show(fact) for fact in facts)
    for wanted in case.get("told", []):
        assert any(matches(f, wanted) for f in facts), f"not told: {wanted}\n{shown}"
    for unwanted in case.get("untold", []):
        assert not any(matches(f, unwanted) for f in facts), f"told: {unwanted}\n{shown}"


def test_every_case_wants_something() -> None:
    assert all(case.get("told") or case.get("untold") for case in CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("다온전자는 지난 7일까지 공장 두 곳을 옮겼다.", "/2024-10-07"),
        ("다온전자는 오는 30일까지 공장 두 곳을 옮길 계획이다.", "2024-10-30"),  # a deadline is a day
        ("다온전자는 지난 7일 공장 두 곳을 옮겼다.", "2024-10-07"),
    ],
)
def test_what_was_done_until_a_day_has_only_an_end(text: str, value: str) -> None:
    facts = read_document(Article("a", text, published=PUBLISHED)).facts
    times = {q.value.value for f in facts for q in f.qualifiers if isinstance(q.value, Time)}
    assert times == {value}
