"""The written forms of times: the project's own corpus and the examples of the rules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kg.model import Span, Token
from kg.tables.patterns import Pattern, read_patterns
from kg.times import find_times

CORPUS = Path(__file__).with_name("corpus.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple([*line.split("\t"), "", ""][:3]) for line in CORPUS if line and not line.startswith("#")]
RULES = read_patterns("times")


def values(text: str, published: str) -> list[str]:
    at = datetime.fromisoformat(published) if published else None
    return [found.value or "-" for found in find_times(text, at)]


@pytest.mark.parametrize(("text", "published", "expected"), ROWS)
def test_corpus(text: str, published: str, expected: str) -> None:
    assert values(text, published) == [value for value in expected.split("; ") if value]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_rules(rule: Pattern) -> None:
    for text, published, expected in rule.examples:
        found = [value for value in values(text, published) if value != "-"]
        assert found == [value for value in expected.split("; ") if value], text
    for text in rule.counterexamples:
        assert not [found for found in find_times(text, datetime(2025, 3, 11)) if found.rule == rule.id], text


def test_the_corpus_has_traps() -> None:
    assert len(ROWS) >= 150
    assert sum(not expected for _, _, expected in ROWS) >= 30


def test_a_noun_that_ends_like_a_verb_tells_no_tense() -> None:
    text = "노조는 19일부터 무기한 파업에 들어간다"
    noun = Token("무기한", "무기한", "NNG", Span(text.index("무기한"), text.index("무기한") + 3))
    (found,) = find_times(text, datetime(2024, 7, 12), (noun,))
    assert found.value == "2024-07-19/"


@pytest.mark.parametrize(("verb", "lemma", "tag", "expected"), [("치러진", "치르다", "VV", "2024-09-14"), ("앞둔", "앞두다", "VV", "2024-10-14")])
def test_a_verb_that_modifies_a_noun_by_what_was_done_points_back(verb: str, lemma: str, tag: str, expected: str) -> None:
    text = f"14일 {verb} 선거에 관심이 모인다"
    at = text.index(verb)
    tokens = (Token(verb, lemma, tag, Span(at, at + len(verb))), Token("ᆫ", "ᆫ", "ETM", Span(at + len(verb) - 1, at + len(verb))))
    (found,) = find_times(text, datetime(2024, 10, 3), tokens)
    assert found.value == expected


def test_the_first_modifier_behind_a_day_decides() -> None:
    text = "10일 열리는 잔치에서 이름이 새겨진 옷을 입는다"
    held, carved = text.index("열리는"), text.index("새겨진")
    tokens = (
        Token("열리", "열리다", "VV", Span(held, held + 2)), Token("는", "는", "ETM", Span(held + 2, held + 3)),
        Token("새겨지", "새겨지다", "VV", Span(carved, carved + 3)), Token("ᆫ", "ᆫ", "ETM", Span(carved + 2, carved + 3)),
    )
    (found,) = find_times(text, datetime(2024, 10, 3), tokens)
    assert found.value == "2024-10-10"
