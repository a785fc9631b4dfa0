"""Facts that names tell without a verb: every pattern in its sentences, and brackets with life dates and other names."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kg.extract.biographies import Biographies
from kg.model import Article, Entity, Fact, Time, Value
from kg.pipeline import ReadingOptions, read_document
from kg.tables.biographies import BiographyRule, load_biographies
from kg.tables.ontology import load_ontology
from kg.tables.relations import Example

RULES = load_biographies().rules
EXAMPLES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.examples)]
COUNTEREXAMPLES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.counterexamples)]


@cache
def _read(text: str) -> tuple[Fact, ...]:
    return read_document(Article("example", text), ReadingOptions(extractors=(Biographies(),))).facts


def _name(value: Value | None) -> str:
    return "" if value is None else value.name if isinstance(value, Entity) else value.text


def _told(text: str) -> set[tuple[str, str, str]]:
    return {(fact.subject.name, fact.predicate, _name(fact.object)) for fact in _read(text)}


def test_ids_are_unique_and_terms_exist() -> None:
    assert [name for name, times in Counter(rule.id for rule in RULES).items() if times > 1] == []
    assert all(rule.predicate in load_ontology().properties for rule in RULES)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_is_read(rule: BiographyRule, example: Example) -> None:
    told = _told(example.text)
    assert any(p == rule.predicate and example.subject in s and example.object in o for s, p, o in told), told


@pytest.mark.parametrize(("rule", "example"), COUNTEREXAMPLES)
def test_counterexample_is_left_alone(rule: BiographyRule, example: Example) -> None:
    assert [fact for fact in _read(example.text) if fact.evidence.rule == rule.id] == []


def test_life_dates_in_brackets() -> None:
    text = "한도윤(韓道允, 1937년 4월 29일 ~ 2009년 11월 4일)은 서울에서 태어난 대한민국의 기업인이다."
    told = _told(text)
    assert {("한도윤", "kg:bornOn", "1937년 4월 29일"), ("한도윤", "kg:diedOn", "2009년 11월 4일")} <= told
    assert ("한도윤", "kg:personAlias", "韓道允") in told
    assert {("한도윤", "kg:nationality", "대한민국"), ("한도윤", "kg:occupation", "기업인")} <= told
    born = next(fact.object for fact in _read(text) if fact.predicate == "kg:bornOn")
    assert isinstance(born, Time) and (born.value, born.start, born.end, born.grain) == ("1937-04-29", "1937-04-29", "1937-04-29", "day")


def test_birthplace_in_bracket() -> None:
    told = _told("한도윤(1950년 3월 2일, 서울 ~ )은 대한민국의 배우이다.")
    assert {("한도윤", "kg:bornOn", "1950년 3월 2일"), ("한도윤", "kg:bornIn", "서울")} <= told
    assert not any(predicate == "kg:diedOn" for _, predicate, _ in told)


@pytest.mark.parametrize(("text", "name"), [
    ("한도윤(본명: 한가람, 1953년 4월 26일 ~ )은 대한민국의 가수이다.", "한가람"),
    ("한도윤(Han Doyun, 1953년 4월 26일 ~ )은 대한민국의 가수이다.", "Han Doyun"),
    ("배우 한도윤(한가람·39) 씨가 나왔다.", "한가람"),
])
def test_other_names_in_brackets(text: str, name: str) -> None:
    assert ("한도윤", "kg:personAlias", name) in _told(text)


def test_latin_name_of_a_body() -> None:
    told = _told("새울대학교(University of Saeul, 총장 한도윤)가 행사를 열었다.")
    assert ("새울대학교", "kg:organizationAlias", "University of Saeul") in told
    assert not any("총장" in name for _, predicate, name in told if predicate == "kg:organizationAlias")


@pytest.mark.parametrize("text", [
    "한도윤 대통령(2003년 ~ 2008년 재임)은 퇴임했다.",
    "한도윤(39) 씨가 나왔다.",
    "한도윤(1852년 또는 1855년 ~ 1923년)은 관료이다.",
    "새울 혁명(1953년 7월 26일 ~ 1959년 1월 1일)은 무장 투쟁이다.",
])
def test_brackets_that_tell_no_life(text: str) -> None:
    assert not {predicate for _, predicate, _ in _told(text)} & {"kg:bornOn", "kg:diedOn"}


@pytest.mark.parametrize(("text", "value"), [
    ("한도윤(1937년 2월 30일 ~ )은 대한민국의 배우이다.", None),
    ("한도윤(1937년 ~ )은 대한민국의 배우이다.", "1937"),
    ("한도윤(1937년 2월 ~ )은 대한민국의 배우이다.", "1937-02"),
])
def test_dates_of_every_grain(text: str, value: str | None) -> None:
    born = next(fact.object for fact in _read(text) if fact.predicate == "kg:bornOn")
    assert isinstance(born, Time) and born.value == value


def test_no_fact_joins_a_thing_with_itself() -> None:
    for rule in RULES:
        for example in rule.examples:
            assert all(fact.subject != fact.object for fact in _read(example.text))
