"""Stories: copies and updates are found, and reports that only share their subject are left apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from random import Random

import pytest

from kg.graph import build_quads, build_rdf
from kg.link import find_stories
from kg.link.stories import is_same_story
from kg.model import Article, Reading
from kg.store import open_memory
from kg.tables.ontology import load_ontology
from kg.validate import find_violations
from kg.vocab import KG

MORNING = datetime.fromisoformat("2024-10-10T09:00:00+09:00")

LEAD = "가람전자가 세종에 배터리 공장을 짓는다고 10일 밝혔다. 투자 금액은 1조2000억원이며 2026년 상반기 가동이 목표다."
DETAIL = (
    "이가람 대표는 기자 간담회에서 “주문이 생산 능력을 넘어섰다”며 “새 공장은 한 해 전기차 12만대에 들어갈 양을 만든다”고 말했다. "
    "회사는 현지에서 600명을 새로 뽑고 협력사 14곳과 부지 조성을 함께하기로 했다."
)
MORE = (
    "세종시는 취득세를 깎아 주고 진입 도로를 내는 지원안을 다음 달 시의회에 낸다. 인근 주민들은 화물차 통행이 늘어날 것을 걱정한다. "
    "새빛소재와 늘봄화학도 같은 단지에 들어가는 방안을 검토하고 있다고 업계는 전했다."
)
OWN_WORDS = (
    "세종에 또 하나의 배터리 생산 기지가 선다. 가람전자는 이날 이사회를 열어 1조2000억원 규모의 신축 계획을 의결했다. "
    "이가람 대표는 밀려드는 주문 때문에 결정을 앞당겼다고 설명했다. 완공은 2026년으로 잡혔고 일자리 600개가 생긴다. "
    "시장에서는 공급 과잉을 우려하는 목소리도 나온다."
)
ELSEWHERE = (
    "늘봄미술관은 다음 달 3일부터 도예가 박서린의 회고전을 연다. 초기 백자부터 최근의 설치 작품까지 120점이 나온다. "
    "관람료는 8000원이고 월요일에는 쉰다. 개막일에는 작가와의 대화가 마련된다."
)
FORM = (
    "{day}일 코스피는 전날보다 {points}포인트 {way} {close}에 거래를 마쳤다. 개인이 {own}억원, 외국인이 {foreign}억원을 순매수했고 "
    "기관은 {funds}억원을 팔았다. 거래대금은 {volume}억원으로 집계됐다."
)


def article(id_: str, text: str, title: str | None = None, hours: float | None = 0) -> Reading:
    moment = None if hours is None else MORNING + timedelta(hours=hours)
    return Reading(Article(id_, text if title is None else f"{title}\n\n{text}", title, moment), (), (), ())


WIRE = article("wire", f"(세종=늘벗통신) 박서린 기자 = {LEAD} {DETAIL}", "가람전자, 세종에 1조2000억원 배터리 공장")
COPY = article("copy", f"[한길경제 최은수 기자] {LEAD} {DETAIL} 무단 전재 및 재배포 금지", "가람전자 1.2조 투자해 세종 공장 건설", 2)
UPDATE = article("update", f"(세종=늘벗통신) 박서린 기자 = {LEAD} {DETAIL} {MORE}", "가람전자, 세종에 1조2000억원 배터리 공장(종합)", 5)
OTHER = article("other", OWN_WORDS, "가람전자, 세종에 1조2000억원 배터리 공장", 3)
SHOW = article("show", ELSEWHERE, "늘봄미술관, 박서린 회고전", 1)


def test_a_copy_and_an_update_point_at_the_first_report() -> None:
    assert find_stories([WIRE, COPY, UPDATE, OTHER, SHOW]) == {"copy": "wire", "update": "wire"}


def test_the_order_of_the_articles_does_not_matter() -> None:
    found = {tuple(sorted(find_stories(order).items())) for order in permutations([WIRE, COPY, UPDATE, OTHER, SHOW])}
    assert len(found) == 1


def test_an_article_added_later_may_become_the_first() -> None:
    earlier = article("zero", f"{LEAD} {DETAIL}", "가람전자, 세종에 공장", -4)
    assert find_stories([WIRE, COPY, earlier]) == {"wire": "zero", "copy": "zero"}


def test_of_articles_without_a_time_the_first_id_leads_and_a_known_time_comes_first() -> None:
    untimed = [replace(r, article=replace(r.article, published=None)) for r in (WIRE, COPY)]
    assert find_stories(untimed) == {"wire": "copy"}
    assert find_stories([untimed[1], WIRE]) == {"copy": "wire"}


def test_a_digest_does_not_make_its_reports_one_story() -> None:
    digest = article("digest", f"{LEAD} {DETAIL} {ELSEWHERE}", "오늘의 주요 소식", 6)
    found = find_stories([WIRE, SHOW, digest])
    assert found.get("wire") is None and found.get("show") is None


def test_a_form_filled_in_anew_is_another_report() -> None:
    days = [
        FORM.format(day=day, points=points, way=way, close=close, own=own, foreign=foreign, funds=funds, volume=volume)
        for day, points, way, close, own, foreign, funds, volume in (
            (10, "12.37", "오른", "2,610.38", 1203, 845, 2010, 98132), (11, "4.02", "내린", "2,606.36", 777, 1320, 1988, 87440),
        )
    ]
    readings = [article(f"close-{n}", text, "코스피 마감", 24 * n) for n, text in enumerate(days)]
    assert find_stories(readings) == {}


SENTENCES = [f"{LEAD} {DETAIL}", OWN_WORDS, ELSEWHERE, MORE]


@pytest.mark.parametrize("edits", range(0, 6))
def test_small_edits_leave_a_copy_a_copy(edits: int) -> None:
    words = f"{LEAD} {DETAIL}".split(" ")
    for place in Random(edits).sample(range(len(words)), edits):
        words[place] = words[place][::-1]
    assert is_same_story(f"{LEAD} {DETAIL}", " ".join(words))


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in SENTENCES for b in SENTENCES if a < b])
def test_different_texts_are_different_stories_even_under_one_headline(one: str, other: str) -> None:
    assert not is_same_story(one, other, "같은 제목의 기사", "같은 제목의 기사")


def test_an_update_needs_its_headline_and_its_day() -> None:
    longer = f"{LEAD} {DETAIL} {MORE} {OWN_WORDS}"
    shorter = f"{LEAD} {DETAIL}"
    assert is_same_story(shorter, longer, "가람전자세종에공장", "가람전자세종에공장")
    assert not is_same_story(shorter, longer, "가람전자세종에공장", "다음달의일정")
    assert not is_same_story(shorter, longer, "가람전자세종에공장", "가람전자세종에공장", near=False)


@pytest.mark.parametrize("texts", [("", ""), ("…", "—"), ("속보", "속보 2"), ("가람전자 착공", "가람전자 준공")])
def test_too_little_text_is_no_copy(texts: tuple[str, str]) -> None:
    assert find_stories([article(f"{n}", text) for n, text in enumerate(texts)]) == {}


def test_short_texts_are_copies_where_they_are_equal() -> None:
    flashes = [article("a", "가람전자 세종 공장 착공"), article("b", "가람전자, 세종 공장 착공!", hours=1)]
    assert find_stories(flashes) == {"b": "a"}


def test_the_graph_says_so_and_conforms() -> None:
    readings = [WIRE, COPY, SHOW]
    quads = list(build_quads(readings, load_ontology(), find_stories(readings)))
    (said,) = [quad for quad in quads if quad.predicate == f"<{KG}sameStoryAs>"]
    assert (said.subject, said.graph) == (said.graph, said.subject)
    assert said.subject.endswith("article_copy>") and said.object.endswith("article_wire>")
    assert len(open_memory(quads)) == len({quad[:3] for quad in quads})
    assert quads == sorted(quads, key=lambda quad: (quad.graph, *quad[:3]))
    assert find_violations(build_rdf(quads)) == ()
