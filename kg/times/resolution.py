"""From a phrase to a period: the year, month and day that the words leave out are taken from the publication time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kg.times import periods
from kg.times.atoms import Value
from kg.times.periods import Period
from kg.times.phrases import Phrase


@dataclass(slots=True)
class Context:
    """What the text has said so far: the last day, year and period named, and the day named last in this sentence."""

    published: datetime | None
    day: date | None = None
    year: int | None = None
    month: Period | None = None
    period: Period | None = None
    sentence_day: date | None = None
    sentence_year: int | None = None  # said outright in this sentence, with the quarter or half that it went with
    sentence_part: int = 0
    before_day: date | None = None  # the day that this one is listed with: "6월 18일과 19일"

    @property
    def today(self) -> date | None:
        return None if self.published is None else self.published.date()

    def note(self, period: Period) -> None:
        """Remember a period that the text has named."""
        self.year = period.start.year
        if period.grain == "day" and period.start == period.end:
            self.day = self.sentence_day = period.start
            self.month = periods.month(period.start.year, period.start.month)
        elif period.grain == "month" and period.start.month == period.end.month:
            self.month = period
        if period.grain in ("month", "quarter", "half", "year"):
            self.period = period


def resolve_date(phrase: Phrase, context: Context, tense: Callable[[], int]) -> Period | None:
    """The period of a phrase's date slots; None where there is no anchor: "오는 28일" in an article of 2025-03-11."""
    slots = phrase.slots
    for slot, read in WRITTEN.items():
        if slot in slots:
            return read(_tuple(slots[slot]), context)
    if "cperiod" in slots:
        return _same_period(slots, context)
    number = _year(slots, context)
    direction = _direction(slots, tense)
    if number is None and ({"ryear", "cyear"} & set(slots)):
        return None
    span = _span(phrase, slots, number, context, direction)
    if span is None:
        return None
    if "nweek" in slots:
        span = periods.nth_week(span, _int(slots["nweek"]))
    if "part" in slots:
        span = periods.part(span, str(slots["part"]))
    if "weekday" in slots and "nday" in slots and span.grain != "day":
        found = periods.nth_weekday(span, _int(slots["nday"]), _int(slots["weekday"]))
        return None if found is None else periods.day(found)
    if "weekday" in slots and span.grain == "week" and "part" not in slots:
        return periods.day(periods.shift(span.start, _int(slots["weekday"]) - 1, "D"))
    return span


def _same_period(slots: dict[str, Value], context: Context) -> Period | None:
    """The period named last; with a year ("지난해 같은 기간"), its like in that year."""
    span, number = context.period, _year(slots, context)
    if span is None or number is None or "/" in span.value:
        return span if number is None else None
    first = span.start.month
    if span.grain == "month":
        return periods.month(number, first)
    if span.grain == "quarter":
        return periods.quarter(number, (first + 2) // 3)
    if span.grain == "half":
        return periods.half(number, (first + 5) // 6)
    return periods.year(number) if span.grain == "year" else None


def _year(slots: dict[str, Value], context: Context) -> int | None:
    if "year" in slots:
        return _int(slots["year"])
    if "ryear" in slots:
        return None if context.today is None else context.today.year + _int(slots["ryear"])
    if "cyear" in slots:
        offset = _int(slots["cyear"])
        return None if context.year is None else context.year + offset
    return None


def _direction(slots: dict[str, Value], tense: Callable[[], int]) -> Callable[[], int]:
    pre = slots.get("pre")
    if pre is None or pre == 4:
        return tense
    fixed = {-1: -1, -2: -1, 0: 0, 1: 1, 2: 1, 3: 1}[_int(pre)]
    return lambda: fixed * 2


def _span(
    phrase: Phrase, slots: dict[str, Value], number: int | None, context: Context, direction: Callable[[], int]
) -> Period | None:
    """The period before any weekday, ordinal or part narrows it."""
    today = context.today
    if "holiday" in slots:
        found = _holiday(str(slots["holiday"]), number, today, direction)
        if found is None or "break" not in slots or slots["holiday"] not in ("L01-01", "L08-15"):
            return found
        return periods.days(periods.shift(found.start, -1, "D"), periods.shift(found.end, 1, "D"))
    if "quarter" in slots or "half" in slots or "season" in slots:
        return _stretch(phrase, slots, number, context, direction)
    if "month" in slots:
        return _month(phrase, slots, number, context, direction)
    if "rmonth" in slots or "cmonth" in slots or "monthedge" in slots:
        return _relative_month(phrase, slots, context)
    if "yearedge" in slots:
        number = number if number is not None else None if today is None else today.year
        return None if number is None else periods.part(periods.year(number), str(slots["yearedge"]))
    if "rweek" in slots or "weekend" in slots:
        return _relative_week(slots, today)
    if "rday" in slots or "rnight" in slots:
        offset = _int(slots.get("rday", slots.get("rnight", 0)))
        return None if today is None else periods.day(periods.shift(today, offset, "D"))
    if "cday" in slots:
        base = context.day or today
        return None if base is None else periods.day(periods.shift(base, _int(slots["cday"]), "D"))
    if "day" in slots:
        return _day(phrase, _int(slots["day"]), context, direction)
    if "decade" in slots:
        first = _int(slots["decade"])
        return periods.decade(first if first >= 100 else 1900 + first if first >= 30 else 2000 + first)
    if "century" in slots:
        first = (_int(slots["century"]) - 1) * 100
        return periods.years(max(first, 1), first + 99, "century")
    if number is not None:
        return periods.year(number)
    if "nday" in slots and context.today is not None:
        return periods.month(context.today.year, context.today.month)
    if "nweek" in slots and context.today is not None and phrase.rule == "week-ordinal":
        return None
    if "weekday" in slots:
        return _weekday(slots, context, direction)
    return None


def _holiday(code: str, number: int | None, today: date | None, direction: Callable[[], int]) -> Period | None:
    if number is not None:
        found = periods.holiday(code, number)
        return None if found is None else periods.day(found)
    if today is None:
        return None
    near = (periods.holiday(code, today.year + offset) for offset in (-1, 0, 1))
    return choose((periods.day(at) for at in near if at), today, direction())


def _stretch(
    phrase: Phrase, slots: dict[str, Value], number: int | None, context: Context, direction: Callable[[], int]
) -> Period | None:
    today = context.today

    def build(of: int) -> Period:
        if "quarter" in slots:
            last = _int(slots["quarter"])
            span = periods.quarter(of, last)
            if phrase.first is not None and 1 <= phrase.first < last:
                start = periods.quarter(of, phrase.first)
                return Period(start.start, span.end, "quarter", f"{start.value}/{span.value}")
            return span
        if "half" in slots:
            return periods.half(of, _int(slots["half"]))
        first = _int(slots["season"])
        return periods.months(of, first, first + 2, "quarter")

    if number is not None:
        return build(number)
    if today is None:
        return None
    mine = _int(slots.get("quarter", slots.get("half", 0)))
    if "pre" not in slots and context.sentence_year is not None and mine > context.sentence_part:
        return build(context.sentence_year)
    return choose((build(today.year + offset) for offset in (-1, 0, 1)), today, direction(), own=1)


def _month(
    phrase: Phrase, slots: dict[str, Value], number: int | None, context: Context, direction: Callable[[], int]
) -> Period | None:
    of, today = _int(slots["month"]), context.today
    on = _int(slots["day"]) if "day" in slots else None

    def build(at: int) -> Period | None:
        try:
            if on is not None:
                last = date(at, of, on)
                if phrase.first is not None and 1 <= phrase.first < on:
                    return periods.days(date(at, of, phrase.first), last)
                return periods.day(last)
            if phrase.first is not None and 1 <= phrase.first <= 12 and phrase.first != of:
                return (
                    periods.months(at, phrase.first, of)
                    if phrase.first < of
                    else periods.months(at - 1, phrase.first, of + 12)
                )
            return periods.month(at, of)
        except ValueError:
            return None

    if number is not None:
        return build(number)
    if today is None:
        return None
    built = (build(today.year + offset) for offset in (-1, 0, 1))
    return choose((span for span in built if span), today, direction(), own=1)


def _relative_month(phrase: Phrase, slots: dict[str, Value], context: Context) -> Period | None:
    today = context.today
    if "cmonth" in slots:
        span = context.month
    elif today is None:
        return None
    else:
        at = periods.shift(today.replace(day=1), _int(slots.get("rmonth", 0)), "M")
        span = periods.month(at.year, at.month)
    if span is None:
        return None
    if "monthedge" in slots:
        return periods.part(span, str(slots["monthedge"]))
    if "day" in slots:
        on = _int(slots["day"])
        if on > span.end.day:
            return None
        if phrase.first is not None and 1 <= phrase.first < on:
            return periods.days(span.start.replace(day=phrase.first), span.start.replace(day=on))
        return periods.day(span.start.replace(day=on))
    return span


def _relative_week(slots: dict[str, Value], today: date | None) -> Period | None:
    if today is None:
        return None
    if "weekend" in slots:
        found = periods.week(today, _int(slots["weekend"]))
        return periods.days(periods.shift(found.start, 5, "D"), found.end, "week")
    return periods.week(today, _int(slots["rweek"]))


def _day(phrase: Phrase, on: int, context: Context, direction: Callable[[], int]) -> Period | None:
    """A bare day of the month: this month's, the last month's or the next one's."""
    today = context.today
    if today is None:
        return None
    if context.before_day is not None and on > context.before_day.day and phrase.first is None:
        try:
            return periods.day(context.before_day.replace(day=on))
        except ValueError:
            return None
    near = []
    for offset in range(-6, 7) if "weekday" in phrase.slots else range(-2, 3):  # 31일 in early May is of March
        month = periods.shift(today.replace(day=1), offset, "M")
        try:
            last = month.replace(day=on)
        except ValueError:
            continue
        if phrase.first is not None and 1 <= phrase.first < on:
            near.append(periods.days(month.replace(day=phrase.first), last))
        else:
            near.append(periods.day(last))
    if "weekday" in phrase.slots:
        exact = [span for span in near if span.start.isoweekday() == phrase.slots["weekday"]]
        near = exact or near
        return min(near, key=lambda span: abs((span.start - today).days))
    return choose(near, today, direction())


def _weekday(slots: dict[str, Value], context: Context, direction: Callable[[], int]) -> Period | None:
    today = context.today
    if today is None:
        return None
    on = _int(slots["weekday"])
    this = periods.shift(periods.week(today).start, on - 1, "D")
    if slots.get("pre") == 2:  # "다음 금요일" is next week's
        return periods.day(periods.shift(this, 7, "D"))
    if slots.get("pre") == 0:
        return periods.day(this)
    if slots.get("pre") == -1:
        return periods.day(this if this < today else periods.shift(this, -7, "D"))
    return choose((periods.day(periods.shift(this, 7 * offset, "D")) for offset in (-1, 0, 1)), today, direction())


def choose(spans: Iterable[Period], today: date, direction: int, own: int | None = None) -> Period | None:
    """The one of a cycle's periods that is meant: the last begun, the next, or where nothing tells, the nearest.

    ``direction`` is -1 or 1 from the tense, -2 or 2 from a word (지난, 오는), which never means the period of today.
    ``own`` says that a month or quarter unmarked is this year's, but for the far end of the year just gone.
    """
    near = list(spans)
    if not near:
        return None
    if abs(direction) == 1:
        # A tense does not carry a bare date most of a year away when the other reading lies close by.
        ahead_by = min((abs((span.start - today).days), span.start) for span in near)
        kept = [span for span in near if abs((span.start - today).days) < 240 or ahead_by[0] > 60]
        near = kept or near
    if direction < 0:
        whole = near[0].start != near[0].end
        past = [span for span in near if (span.end < today if direction == -2 and whole else span.start <= today)]
        return past[-1] if past else near[0]
    if direction > 0:
        ahead = [
            span
            for span in near
            if (span.start > today if direction == 2 and span.start != span.end else span.end >= today)
        ]
        return ahead[0] if ahead else near[-1]
    if own is not None:
        this = next((span for span in near if span.start.year == today.year), near[0])
        return this if (this.start - today).days < 240 else near[0]
    return min(near, key=lambda span: (abs((span.start - today).days), span.start))


def _written(numbers: tuple[int, ...], at: int, of: int, on: int) -> Period | None:
    try:
        return periods.day(date(numbers[at], numbers[of], numbers[on]))
    except (ValueError, IndexError):
        return None


def _isomonth(numbers: tuple[int, ...], context: Context) -> Period | None:
    return periods.month(numbers[0], numbers[1])


def _ymd(numbers: tuple[int, ...], context: Context) -> Period | None:
    return _written((1900 + numbers[0] if numbers[0] >= 50 else 2000 + numbers[0], *numbers[1:]), 0, 1, 2)


def _md(numbers: tuple[int, ...], context: Context) -> Period | None:
    return None if context.today is None else _written((context.today.year, *numbers), 0, 1, 2)


def _yearspan(numbers: tuple[int, ...], context: Context) -> Period | None:
    first, last = numbers[0], numbers[1]
    if last < 100:
        last += first // 100 * 100
    return periods.years(first, last) if first < last <= first + 200 else None


WRITTEN: dict[str, Callable[[tuple[int, ...], Context], Period | None]] = {
    "date": lambda numbers, context: _written(numbers, 0, 1, 2),
    "dmy": lambda numbers, context: _written(numbers, 2, 1, 0),
    "ymd": _ymd,
    "md": _md,
    "isomonth": _isomonth,
    "yearspan": _yearspan,
}


def _int(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _tuple(value: Value) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else ()
