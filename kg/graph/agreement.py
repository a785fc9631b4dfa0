"""Whether two values may be the same one: rounded, hedged and precise figures agree as far as their wording allows.

The tolerances are stated here once. Exact figures of a hundred or more agree within 2 in 100, or where the coarser, of two figures
or more, is what the finer rounds or is cut to (1200억 and 1234억). "About" leaves 10 in 100 or half of its last figure, whichever is
more (약 2조 and 2조4000억). "Over" and "under" are open on one side. Percentages agree only by rounding, counts below a hundred only
when equal. Units are never converted.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kg.model import Quantity, Time

CLOSE: Final = Decimal("0.02")
ABOUT: Final = Decimal("0.1")
MANY: Final = 100
_HALF = Decimal("0.5")
_SHARES = frozenset(("%", "%p"))

Bounds = tuple[Decimal | None, Decimal | None]


def may_be_equal(one: Quantity, other: Quantity) -> bool:
    """Whether one number can lie behind both: 2조원이 넘는다 and 2조4000억원 yes, 2조원 and 2조4000억원 no; 수조원 goes with any."""
    if one.unit != other.unit or not _is_figure(one) or not _is_figure(other):
        return True
    if _is_exact(one) and _is_exact(other):
        assert one.value is not None and other.value is not None
        return _may_round(one.value, other.value, one.unit)
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return (low is None or most is None or low <= most) and (least is None or high is None or least <= high)


def may_coincide(one: Time, other: Time) -> bool:
    """Whether two periods share a day: 2024년 and 2024년 10월 do; of a period without bounds nothing is held."""
    if not (one.start and one.end and other.start and other.end):
        return True
    return one.start[:10] <= other.end[:10] and other.start[:10] <= one.end[:10]


def _is_figure(quantity: Quantity) -> bool:
    numbers = [n for n in (quantity.value, quantity.minimum, quantity.maximum) if n is not None]
    return quantity.score is None and bool(numbers) and all(n.is_finite() for n in numbers)


def _is_exact(quantity: Quantity) -> bool:
    return quantity.value is not None and quantity.minimum is None and quantity.maximum is None and quantity.approximate is None


def _step(number: Decimal) -> Decimal:
    """The place of the last figure that is not an idle zero: 1200 is told to the hundred, 3.2 to the tenth."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _may_round(one: Decimal, other: Decimal, unit: str) -> bool:
    if one == other:
        return True
    coarse, fine = sorted((one, other), key=_step, reverse=True)
    if _step(coarse) > _step(fine) and (unit in _SHARES or len(coarse.normalize().as_tuple().digits) > 1):
        step = _step(coarse)
        if coarse - step * _HALF <= fine < coarse + step:
            return True
    return unit not in _SHARES and min(one, other) >= MANY and abs(one - other) <= CLOSE * max(one, other)


def _bounds(quantity: Quantity) -> Bounds:
    """The numbers that the words allow, None where they allow any."""
    if quantity.value is None:
        low, high = quantity.minimum, quantity.maximum
        if low is not None and high is not None and low > high:
            low, high = high, low
        return _less(low), _more(high)
    number = quantity.value
    match quantity.approximate:
        case "over" | "at-least":
            return _less(number), None
        case "under" | "at-most":
            return None, _more(number)
        case "about":
            play = max(abs(number) * ABOUT, _step(number) * _HALF)
            return number - play, number + play
        case _:
            return _less(number), _more(number)


def _less(number: Decimal | None) -> Decimal | None:
    return number if number is None or abs(number) < MANY else number - abs(number) * CLOSE


def _more(number: Decimal | None) -> Decimal | None:
    return number if number is None or abs(number) < MANY else number + abs(number) * CLOSE
