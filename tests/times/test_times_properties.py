"""What holds of times in any text."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Span, Token
from kg.times import find_times

PIECES = st.sampled_from(
    [
        "2024년",
        " ",
        "10월",
        "31일",
        "2월",
        "30일",
        "내년",
        "지난해",
        "2분기",
        "상반기",
        "말",
        "초",
        "부터 ",
        "까지",
        "~",
        "1~",
        "오후 ",
        "3시",
        "30분",
        "24시",
        "밤 12시",
        "매주 ",
        "월요일",
        "5년",
        "간",
        " 전",
        " 후",
        "사흘",
        "향후 ",
        "최근 ",
        "지난 ",
        "오는 ",
        "추석",
        " 연휴",
        "이날",
        "같은 기간",
        "에서 ",
        " 사이",
        "첫째 주",
        "이달",
        "다음 달 ",
        "9999년",
        "1000년",
        "0001년",
        "세기",
        "99",
        "년대",
        "의 ",
        "과 ",
        ", ",
        "2024.10.10",
        "정오",
        "이후",
        "이전",
        "들어",
        "\n",
        "999년",
        " 뒤",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))
DAYS = st.one_of(st.none(), st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))
GRAINS = {
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "duration",
    "set",
}


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
@example("0~0년1000년", None)
def test_spans_lie_inside_in_order_without_overlap(text: str, published: datetime | None) -> None:
    end = 0
    for found in find_times(text, published):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.text == found.span.of(text)
        assert found.grain in GRAINS
        end = found.span.end


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
def test_ends_are_iso_and_in_order(text: str, published: datetime | None) -> None:
    for found in find_times(text, published):
        ends = [datetime.fromisoformat(at) for at in (found.start, found.end) if at is not None]
        assert ends == sorted(ends)
        assert all("T" in at or date.fromisoformat(at) for at in (found.start, found.end) if at)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_full_date_is_itself(day: date) -> None:
    (found,) = find_times(f"{day.year}년 {day.month}월 {day.day}일에 열렸다", None)
    assert (found.value, found.start, found.end) == (day.isoformat(),) * 3


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_relative_days_move_with_publication(day: date) -> None:
    (found,) = find_times("어제 열렸다", datetime.combine(day, datetime.min.time()))
    assert found.value is not None
    assert (day - date.fromisoformat(found.value)).days == 1


def test_a_time_inside_a_proper_name_is_no_time() -> None:
    text = "오늘의집 대표가 말했다"
    name = Token("오늘의집", "오늘의집", "NNP", Span(0, 4))
    assert find_times(text, datetime(2024, 10, 10), (name,)) == ()


def test_the_longest_wording_wins() -> None:
    (found,) = find_times("2024년 10월 10일 오후 2시 6분 18초에 등록됐다", None)
    assert found.value == "2024-10-10T14:06:18"


def test_a_hint_of_tense_decides() -> None:
    text = "28일 행사"
    before = find_times(text, datetime(2025, 3, 2), tense_hint=lambda at: -1)
    after = find_times(text, datetime(2025, 3, 2), tense_hint=lambda at: 1)
    assert [before[0].value, after[0].value] == ["2025-02-28", "2025-03-28"]
