"""Who and what stands at the ends of facts: names whole, of the right kind, and no bare noun taken for something named before."""

from __future__ import annotations

from functools import cache

import pytest

from kg.model import Article, Entity, Fact
from kg.pipeline import read_document


@cache
def _read(text: str) -> tuple[Fact, ...]:
    return read_document(Article("example", text)).facts


def _told(text: str) -> set[tuple[str, str, str]]:
    """Who, what relation, and what, the last by its name or words."""
    told: set[tuple[str, str, str]] = set()
    for fact in _read(text):
        thing = fact.object
        told.add((fact.subject.name, fact.predicate, "" if thing is None else thing.name if isinstance(thing, Entity) else thing.text))
    return told


def _named(text: str) -> set[str]:
    """Every name at either end of a fact."""
    return {end for who, _, what in _told(text) for end in (who, what)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("가람전자는 부품을 빠르게 나르는 로봇을 만들었다.", "부품을 빠르게 나르는 로봇"),
        ("가람전자는 전해액을 만드는 회사다.", "전해액을 만드는 회사"),
        ("가람전자는 파업에 참여한 직원 12명을 해고했다.", "파업에 참여한 직원"),
        ("연구진은 한빛대와의 공동연구로 세포를 길렀다. 매머드를 복원하는 연구가 진행 중이다.", "매머드를 복원하는 연구"),
        ("연구진은 한빛대와의 공동연구로 세포를 길렀다. 새 단백질에 관한 연구도 이루어지고 있다.", "새 단백질에 관한 연구"),
        ("감연수 교수 연구팀이 막을 개발했다. 연구팀은 특허를 냈다.", "감연수 교수 연구팀"),
        ("농업계와 의료계가 반발했다. 의료계는 파업을 예고했다.", "의료계"),
        ("한도윤 (49세)와 아내 서해린(37세), 딸 한가람(20세)이 숨졌다.", "한도윤"),
        ("한도윤 씨의 아들 한가람 군은 병원으로 옮겨졌다.", "한가람"),
        ("이 모 씨는 경찰에 신고했다.", "이 모 씨"),
        ("18세 미만 청소년이 가게를 찾았다.", "18세 미만 청소년"),
        ("한빛시는 문제점을 관리하기 위한‘낚시 관리법’을 시행했다.", "낚시 관리법"),
        ("한빛시에서는 “마스크를 써야 한다”고 강조했다.", "한빛시"),
        ("지난해 남부에서 나사병이 발생했다.", "나사병"),
        ("연구진은 크리스퍼-Cas9을 개발했다.", "크리스퍼-Cas9"),
        ("한빛부는 해당 국가의 판단을 존중했다.", "해당 국가의 판단"),
        ("이란의 압바스 모하마디 감독이 상을 받았다.", "압바스 모하마디"),
        ("알레한드로 곤잘레스 로드리게스 감독이 상을 받았다.", "알레한드로 곤잘레스 로드리게스"),
        ("한서림 한빛시 보행자전거과장은 조례를 발표했다.", "한서림"),
        ("윤하람 가람전자 배터리연구소장은 논문을 발표했다.", "윤하람"),
    ],
)
def test_names_are_whole(text: str, name: str) -> None:
    assert name in _named(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("연구진은 한빛대와의 공동연구로 세포를 길렀다. 매머드를 복원하는 연구가 진행 중이다.", ("한빛대와의 공동연구", "kgo:진행하다")),
        ("연구진은 한빛대와의 공동연구로 세포를 길렀다. 새 단백질에 관한 연구도 이루어지고 있다.", ("한빛대와의 공동연구", "kgo:이루어지다")),
        ("농업계와 의료계가 반발했다. 의료계는 파업을 예고했다.", ("농업계와 의료계", "kgo:예고하다")),
        ("태국의 나타퐁 감독이 상을 받았다.", ("나타퐁", "kg:leads")),
        ("태국의 한도윤 감독이 상을 받았다.", ("한도윤", "kg:leads")),
        ("실종자 1명의 시신(고 한도윤 상사)이 발견됐다.", ("한도윤", "kgo:발견되다")),
        ("한도윤 의사는 독립운동을 이끌었다.", ("한도윤", "kg:holdsPosition")),
        ("가람전자는 한서림 경기장을 지었다.", ("한서림", "kg:holdsPosition")),
    ],
)
def test_subjects_are_nobody_else(text: str, wrong: tuple[str, str]) -> None:
    assert wrong not in {(who, predicate) for who, predicate, _ in _told(text)}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("시민들이 범죄자의 강력한 처벌을 요구했다.", "범죄자의 강력한"),
        ("한빛군은 새벽 2시 35분과 2시 42분에 로켓을 발사했다.", "2시 35분과"),
        ("솔내군은 이 모양을 바꿨다.", "이 모양"),
    ],
)
def test_half_phrases_are_no_names(text: str, wrong: str) -> None:
    assert wrong not in _named(text)
