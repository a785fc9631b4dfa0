"""Durations: their ISO 8601 form, and what anchors them at the publication time (사흘 전, 향후 5년간)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kg.times import periods
from kg.times.periods import Period
from kg.times.phrases import Phrase

AGO = re.compile(
    r"\s?(?:전(?=[에부까의]|이[다었]|보다|과|만|\s|[^가-힣]|$)|앞서)(?!\s(?:세계|국민|직원|종목|부처"
    r"|지역|구간|과정|회원국))"
)
LATER = re.compile(r"\s?(?:뒤(?=[에부까의엔면쯤인]|\s|[^가-힣]|$)|이후|후(?=[에부까의엔면쯤인]|\s|[^가-힣]|$))")
WITHIN = re.compile(r"\s?(?:이내(?:에|로)?|내(?=에|로|\s|[^가-힣]|$)(?:에|로)?|안에|안(?![가-힣]))")
SPELL = re.compile(
    r"\s?(?:간(?=[의에은이을도만]?(?:[^가-힣]|$))|동안|내내|만(?=[에의이]?(?:[^가-힣]|$))"
    r"|째(?![가-힣])|연속|더(?![가-힣]))"
)
EVERY = re.compile(r"\s?마다")
# What may stand before "3년 전" when it counts from today; after a bare noun ("대선 3일 전") it counts from that.
FREE = re.compile(
    r"(?:^|[은는이가을를에의와과도로서며고다지면라터,.'\"“”‘’(\n·…]|이미|벌써|불과|바로|약|나|저|내|또)\s*$"
)
FROM_NOW = re.compile(r"(?:지금|오늘|현재)(?:으?로)?부터\s?$")
UNIT_GRAIN = {"Y": "year", "M": "month", "W": "day", "D": "day", "h": "hour", "m": "minute", "s": "second"}
PIECE = re.compile(r"([\d.]+)([YMWDhms])")


@dataclass(frozen=True, slots=True)
class Length:
    """A duration with what anchors it: ``period`` for days, ``first`` and ``last`` for moments of the clock."""

    iso: str
    end: int  # of the wording
    grain: str = "duration"
    period: Period | None = None
    first: datetime | None = None
    last: datetime | None = None
    deadline: bool = False
    repeated: bool = False


def pieces_of(phrase: Phrase) -> list[tuple[Decimal, str]]:
    return [(Decimal(number), unit) for part in phrase.lengths for number, unit in PIECE.findall(part)]


def iso_length(pieces: list[tuple[Decimal, str]]) -> str:
    """ISO 8601: 3Y and 6M are "P3Y6M", 90m is "PT90M"."""
    days = "".join(f"{number:f}{unit}" for number, unit in pieces if unit.isupper())
    clock = "".join(f"{number:f}{unit.upper()}" for number, unit in pieces if unit.islower())
    return "P" + days + ("T" + clock if clock else "")


def move(at: datetime, pieces: list[tuple[Decimal, str]], sign: int) -> datetime | None:
    """The moment that many units away; None beyond the calendar."""
    try:
        for number, unit in pieces:
            if unit.islower():
                at += timedelta(seconds=sign * float(number) * {"h": 3600, "m": 60, "s": 1}[unit])
            else:
                whole = int(number) if number == int(number) else None
                if whole is None:
                    at += timedelta(days=sign * float(number) * {"Y": 365, "M": 30, "W": 7, "D": 1}[unit])
                else:
                    at = datetime.combine(periods.shift(at.date(), sign * whole, unit), at.time())
    except (ValueError, OverflowError):
        return None
    return at


def read_length(phrase: Phrase, text: str, published: datetime | None, tense: Callable[[], int]) -> Length:
    """The duration of a phrase with the words after it: "3년 전" in 2025 is the year 2022."""
    pieces = pieces_of(phrase)
    iso, clock = iso_length(pieces), any(unit.islower() for _, unit in pieces)
    pre, end = phrase.slots.get("pre"), phrase.end
    if match := EVERY.match(text, end):
        return Length(iso, match.end(), grain="set", repeated=True)
    if match := AGO.match(text, end):
        return _moment(iso, match.end(), pieces, published if _free(text, phrase.start) else None, -1)
    if match := WITHIN.match(text, end):
        if pre in (1, 2, 3) and published is not None and not clock:
            return _stretch(iso, match.end(), pieces, published, 1, clock)
        if published is None or not _free(text, phrase.start) or tense() < 0:
            return Length(iso, match.end())
        return _within(iso, match.end(), pieces, published, clock)
    if match := LATER.match(text, end):
        anchored = _free(text, phrase.start) and tense() >= 0
        return _moment(iso, match.end(), pieces, published if anchored else None, 1)
    match = SPELL.match(text, end)
    end = match.end() if match else end
    if pre in (None, 0, 4) or published is None:
        return Length(iso, end)
    return _stretch(iso, end, pieces, published, -1 if pre in (-1, -2) else 1, clock)


def _free(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    return FREE.search(before) is not None or FROM_NOW.search(before) is not None


def _moment(iso: str, end: int, pieces: list[tuple[Decimal, str]], published: datetime | None, sign: int) -> Length:
    at = None if published is None else move(published, pieces, sign)
    if at is None:
        return Length(iso, end)
    grain = UNIT_GRAIN[pieces[-1][1]]
    if grain in ("hour", "minute", "second"):
        return Length(iso, end, grain, first=at, last=at)
    day = at.date()
    period = {"year": periods.year(day.year), "month": periods.month(day.year, day.month)}.get(grain, periods.day(day))
    return Length(iso, end, grain, period=period)


def _within(iso: str, end: int, pieces: list[tuple[Decimal, str]], published: datetime, clock: bool) -> Length:
    at = move(published, pieces, 1)
    if at is None:
        return Length(iso, end)
    if clock:
        return Length(iso, end, "minute", first=published, last=at, deadline=True)
    span = Period(published.date(), at.date(), "day", at.date().isoformat())
    return Length(iso, end, "day", period=span, deadline=True)


def _stretch(
    iso: str, end: int, pieces: list[tuple[Decimal, str]], published: datetime, sign: int, clock: bool
) -> Length:
    at = move(published, pieces, sign)
    if at is None:
        return Length(iso, end)
    first, last = (at, published) if sign < 0 else (published, at)
    if clock:
        return Length(iso, end, first=first, last=last)
    a, b = first.date(), last.date()
    if sign > 0 and pieces[0][1] == "Y":
        b = before(b)
    elif sign > 0:
        a = a + timedelta(days=1)
    return Length(iso, end, period=Period(a, max(a, b), "duration", iso))


def before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def stretch_from(span: Period, pieces: list[tuple[Decimal, str]]) -> Period | None:
    """The period that lasts so long from the beginning of another: 2021년부터 4년간 is 2021/2024."""
    at = move(datetime.combine(span.start, datetime.min.time()), pieces, 1)
    if at is None or any(unit.islower() for _, unit in pieces):
        return None
    last = max(span.start, before(at.date()))
    width = {"year": 4, "month": 7}.get(span.grain, 10)
    return Period(span.start, last, span.grain, f"{span.start.isoformat()[:width]}/{last.isoformat()[:width]}")
