"""Words that point back: pronouns, class nouns, pairs and short names find the body or person they mean."""

from __future__ import annotations

from functools import cache

import pytest

from kg.model import Article, Entity, Fact
from kg.pipeline import read_document


@cache
def _read(text: str) -> tuple[Fact, ...]:
    return read_document(Article("example", text)).facts


def _told(text: str) -> set[tuple[str, str]]:
    """Who does what, the second by its label or words."""
    pairs: set[tuple[str, str]] = set()
    for fact in _read(text):
        thing = fact.object
        pairs.add((fact.subject.name, "" if thing is None else thing.name if isinstance(thing, Entity) else thing.text))
    return pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가람전자가 공장을 세웠다. 이 회사는 배터리를 생산한다.", ("가람전자", "배터리")),
        ("가람전자가 공장을 세웠다. 회사는 배터리를 생산한다.", ("가람전자", "배터리")),
        ("가람전자 노조가 파업을 시작했다. 노조는 임금 인상을 요구했다.", ("가람전자 노조", "임금 인상")),
        ("가람전자 노조가 파업을 시작했다. 노조는 임금 인상을 요구했다. 가람전자는 맞섰다. 회사는 협상을 제안했다.", ("가람전자", "협상")),
        ("한빛의사협회가 성명을 냈다. 협회는 파업을 예고했다.", ("한빛의사협회", "파업")),
        ("가람전자는 한빛은행과 계약을 체결했다. 양사는 공장을 세운다.", ("가람전자·한빛은행", "공장")),
        ("육군이 훈련을 마쳤다. 군은 대책을 발표했다.", ("군", "대책")),
        ("솔내군수가 취임했다. 솔내군은 부지를 샀다. 군은 대책을 발표했다.", ("솔내군", "대책")),
        ("기차가 들어가기 직전 가람문학관이 보고서를 발표했다.", ("가람문학관", "보고서")),
        ("가람문학관은 당장 보고서를 발표했다.", ("가람문학관", "보고서")),
        ("부산시의회가 조례를 의결했다. 부산시는 조례를 공포했다.", ("부산시", "조례")),
        ("윤하람 장관이 방한했다. 그는 협정에 서명했다.", ("윤하람", "협정")),
        ("윤하람 대표가 취임했다. 윤 대표는 가람전자를 인수했다.", ("윤하람", "가람전자")),
        ("전기차배터리연합(EBA)이 출범했다. EBA는 보고서를 발표했다.", ("전기차배터리연합", "보고서")),
        ("가람전자는 새벽전자를 인수했다. 계약금은 10일 지급했다.", ("가람전자", "계약금")),
        ("가람전자는 새벽전자를 인수했다. 이어 공장을 세웠다.", ("가람전자", "공장")),
    ],
)
def test_words_that_point_back(text: str, expected: tuple[str, str]) -> None:
    assert expected in _told(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("금융위는 대책을 발표했다. 노조는 대책을 환영했다.", ("금융위", "환영")),
        ("금융위는 대책을 발표했다. 노조는 파업을 예고했다.", ("금융위", "파업")),
        ("가람전자 노조가 파업을 시작했다. 회사는 협상을 제안했다.", ("가람전자 노조", "협상")),
        ("가람전자가 공장을 닫는다. 협회는 성명을 냈다.", ("가람전자", "성명")),
        ("윤하람 대표가 취임했다. 서지안 대표는 협정에 서명했다.", ("윤하람", "협정")),
        ("육군이 훈련을 마쳤다. 군은 대책을 발표했다.", ("육군", "대책")),
        ("국방부는 훈련을 마쳤다. 회사는 배터리를 생산한다.", ("국방부", "배터리")),
        ("경찰이 농성장을 치웠다. 한빛시 야권에서는 애도의 뜻을 표했다.", ("경찰", "애도의 뜻")),
        ("가람전자는 공장을 세웠다. 수익성은 뒷걸음질했다.", ("가람전자", "수익성")),
        ("한빛일보는 의혹을 보도했다. 독자의 신뢰를 얻고 있기 때문이다.", ("한빛일보", "독자의 신뢰")),
        ("국방부는 훈련을 마쳤다. 노조는 자회사 지분 매각을 막았다. 정부는 지분을 매각한다.", ("정부", "국방부 지분")),
    ],
)
def test_words_that_mean_another(text: str, wrong: tuple[str, str]) -> None:
    assert wrong not in _told(text)
