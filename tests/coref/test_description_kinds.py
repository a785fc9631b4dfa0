"""The kinds of what the text describes rather than names: by its last words, not by how they happen to end."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import read_document


def _kinds(text: str) -> dict[str, str]:
    return {entity.name: entity.kind for entity in read_document(Article("example", text)).entities}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("한빛시의 버스 기사는 승객을 태웠다.", "한빛시의 버스 기사", "Person"),
        ("한빛일보 기사는 의혹을 제기했다.", "한빛일보 기사", "Work"),
        ("가람철도 민영화를 추진했다.", "가람철도 민영화", "Concept"),
        ("한도윤 감독은 다큐멘터리 영화를 만들었다.", "다큐멘터리 영화", "Work"),
        ("한빛시는 유치 의사를 밝혔다.", "유치 의사", "Concept"),
        ("한도윤은 물러날 의사가 있다.", "의사", "Concept"),
        ("병원의 담당 의사가 환자를 살폈다.", "병원의 담당 의사", "Person"),
        ("대통령실은 거부권 행사를 검토했다.", "거부권 행사", "Concept"),
        ("한빛시는 기부 행사를 열었다.", "기부 행사", "Event"),
        ("공단은 책임 소재를 밝혔다.", "책임 소재", "Concept"),
        ("학생들은 전단지를 나눠줬다.", "전단지", "Concept"),
        ("가람전자는 수익모델을 바꿨다.", "수익모델", "Concept"),
        ("조사 대상을 늘렸다.", "조사 대상", "Concept"),
        ("한도윤은 희귀 폐렴을 앓았다.", "희귀 폐렴", "Disease"),
        ("솔내군은 온라인 유통 시장을 조사했다.", "온라인 유통 시장", "Concept"),
        ("한빛시는 전통시장을 살폈다.", "전통시장", "Facility"),
        ("가람 트라이애슬론 연합은 기준을 바꿨다.", "가람 트라이애슬론 연합", "Organization"),
        ("한빛시는 사회복지법인을 감독한다.", "사회복지법인", "Organization"),
        ("솔내군은 산업단지를 조성했다.", "산업단지", "Facility"),
        ("가람전자는 시험설비를 들여왔다.", "시험설비", "Product"),
        ("관람객이 행사장을 찾았다.", "행사장", "Facility"),
        ("시장은 감사장을 전달했다.", "감사장", "Concept"),
        ("한도윤은 고소장을 접수했다.", "고소장", "Concept"),
        ("동물경제연구원은 보고서를 냈다.", "동물경제연구원", "Organization"),
        ("책임연구원은 보고서를 냈다.", "책임연구원", "Person"),
        ("가람전자는 스페인 지사를 세웠다.", "스페인 지사", "Organization"),
        ("솔내군의회의장은 예산을 설명했다.", "솔내군의회의장", "Person"),
        ("A군은 학교를 떠났다.", "A군", "Person"),
        ("윤양은 학교를 떠났다.", "윤양", "Person"),
        ("경찰은 B(12)양을 찾았다.", "B양", "Person"),
        ("국군은 훈련을 마쳤다.", "국군", "Concept"),
        ("부산은 통신부를 없앴다.", "통신부", "GovernmentAgency"),
    ],
)
def test_kind_of_a_description(text: str, name: str, kind: str) -> None:
    assert _kinds(text).get(name) == kind


def test_a_town_is_known_by_its_province_too() -> None:
    entities = read_document(Article("example", "축제는 전남 여수에서 열렸다. 여수는 붐볐다.")).entities
    assert any("전남 여수" in (entity.name, *entity.aliases) and "여수" in (entity.name, *entity.aliases) for entity in entities)


def test_a_division_is_not_its_county() -> None:
    text = "솔내군은 부지를 샀다. 솔내군 산림정책과는 나무를 심었다. 솔내군은 공원을 연다."
    names = [entity.name for entity in read_document(Article("example", text)).entities]
    assert {"솔내군", "솔내군 산림정책과"} <= set(names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("한빛시는 '하구 복원 사업(둑을 트는 일)'의 첫 시범 지역으로 솔내호를 골랐다.", "솔내호"),
        ("연구팀은 전자회로'신경 모방소자'를 개발했다.", "전자회로 신경 모방소자"),
        ("두 나라는 세균에[1]지도력을 잃었다.", "지도력"),
        ("정치권은 일명 ‘새바람’을 불러왔다.", "새바람"),
        ("소방대는 신고를 접수, 불길을 잡았다.", "불길"),
        ("솔내면 둑이 무너지기 전, 주민들이 보수를 요청했다.", "주민"),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(text: str, name: str) -> None:
    assert name in _kinds(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("집회에는 주최 측 추산 2만 명이 참가했다.", "추산"),
        ("설문에서 10명 중 6명 이상이 가람마트를 꼽았다.", "중 6명 이상"),
        ("태풍은 24일(금)부터 세력을 유지했다.", "24일(금"),
        ("회의는 5시(KST)에 끝났다.", "5시(KST"),
    ],
)
def test_what_numbers_leave_behind_is_no_name(text: str, absent: str) -> None:
    assert absent not in _kinds(text)
