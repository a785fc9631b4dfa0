"""What holds of quantities in any text."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.quantities import find_quantities
from kg.tables.numerals import count_of, exact, number_of

PIECES = st.sampled_from(
    [
        "2조",
        "4000억",
        "원",
        "달러",
        "약 ",
        "(",
        ")",
        "명",
        "12.3",
        "%",
        "포인트",
        " ",
        "3",
        "대",
        "2",
        "~",
        "-",
        "10",
        "세",
        "두 ",
        "천",
        "만",
        "백",
        "섭씨 ",
        "도",
        "㎡",
        "여",
        " 이상",
        "을 넘는",
        "분의 ",
        "승점 ",
        "$",
        "1,200",
        ".",
        "·",
        "제",
        "김모(43)씨",
        "경기",
        "0",
        "9" * 30,
        "\n",
        "전반 ",
        "분",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_in_order_without_overlap(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.text == found.span.of(text)
        assert found.unit
        assert found.value is not None or found.score or (found.minimum is not None and found.maximum is not None)
        end = found.span.end


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_values_are_plain_decimals(text: str) -> None:
    for found in find_quantities(text):
        for value in (found.value, found.minimum, found.maximum):
            assert value is None or ("E" not in str(value) and Decimal(str(value)) == value)


@given(st.integers(0, 10**15))
def test_numbers_round_trip_through_large_units(number: int) -> None:
    trillions, rest = divmod(number, 10**12)
    millions, ones = divmod(rest, 10**8)
    spelt = (
        (f"{trillions}조" if trillions else "")
        + (f"{millions}억" if millions else "")
        + (str(ones) if ones or not number else "")
    )
    assert number_of(spelt) == number


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_exact_keeps_the_value(number: Decimal) -> None:
    assert exact(number) == number
    assert "E" not in str(exact(number))


def test_the_longest_wording_wins() -> None:
    assert [found.text for found in find_quantities("1200만 캐나다 달러")] == ["1200만 캐나다 달러"]
    assert [found.unit for found in find_quantities("1.5%포인트")] == ["%p"]
    assert count_of("스물네") == 24
