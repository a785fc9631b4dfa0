"""Periods of the calendar with their value in the contract's form, and the days of lunar and moving holidays."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from korean_lunar_calendar import KoreanLunarCalendar


@dataclass(frozen=True, slots=True)
class Period:
    """An inclusive stretch of days; ``value`` is its contract form, ``grain`` the unit it was named by."""

    start: date
    end: date
    grain: str
    value: str


def day(at: date) -> Period:
    return Period(at, at, "day", at.isoformat())


def days(start: date, end: date, grain: str = "day") -> Period:
    return Period(start, end, grain, f"{start.isoformat()}/{end.isoformat()}")


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04d}")


def month(number: int, of: int) -> Period:
    return Period(date(number, of, 1), date(number, of, monthrange(number, of)[1]), "month", f"{number:04d}-{of:02d}")


def months(number: int, first: int, last: int, grain: str = "month") -> Period:
    """Months of a year by their numbers; ``last`` may run into the next year (14 is next February)."""
    a = month(number, first)
    b = month(number + (last - 1) // 12, (last - 1) % 12 + 1)
    return Period(a.start, b.end, grain, a.value if a == b else f"{a.value}/{b.value}")


def quarter(number: int, of: int) -> Period:
    span = months(number, of * 3 - 2, of * 3)
    return Period(span.start, span.end, "quarter", f"{number:04d}-Q{of}")


def half(number: int, of: int) -> Period:
    span = months(number, of * 6 - 5, of * 6)
    return Period(span.start, span.end, "half", f"{number:04d}-H{of}")


def decade(first: int) -> Period:
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first}s")


def years(first: int, last: int, grain: str = "year") -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), grain, f"{first:04d}/{last:04d}")


def week(at: date, offset: int = 0) -> Period:
    """The week from Monday to Sunday that holds ``at``, moved by ``offset`` weeks."""
    monday = at - timedelta(days=at.weekday()) + timedelta(weeks=offset)
    sunday = monday + timedelta(days=6)
    return Period(monday, sunday, "week", f"{monday.isoformat()}/{sunday.isoformat()}")


def nth_week(span: Period, number: int) -> Period:
    """The numbered week of a month or year: the first holds its first Thursday; -1 is the last."""
    if number < 0:
        found = week(span.end)
        return found if found.start + timedelta(days=3) <= span.end else week(span.end, -1)
    first = week(span.start)
    if first.start + timedelta(days=3) < span.start:
        first = week(span.start, 1)
    return week(first.start, number - 1)


def nth_weekday(span: Period, number: int, weekday: int) -> date | None:
    """The numbered Monday (1) … Sunday (7) of a period, -1 the last; None where there is none."""
    if number < 0:
        return span.end - timedelta(days=(span.end.isoweekday() - weekday) % 7)
    found = span.start + timedelta(days=(weekday - span.start.isoweekday()) % 7, weeks=number - 1)
    return found if found <= span.end else None


def part(span: Period, name: str) -> Period:
    """The named part of a period: the end (말) of a year is December, of a month the days from the 21st."""
    first = span.start.year
    if span.grain == "decade":
        a, b = {"early": (0, 3), "start": (0, 3), "first": (0, 3), "middle": (4, 6), "mid": (4, 6)}.get(name, (7, 9))
        return years(first + a, first + b, "decade")
    if span.grain == "century":
        a, b = {"early": (0, 32), "start": (0, 32), "first": (0, 49), "middle": (33, 66), "mid": (33, 66)}.get(
            name, (67, 99)
        )
        return years(first + (50 if name == "last" else a), first + b, "century")
    if span.grain == "year":
        if name in ("start", "early"):
            return months(first, 1, 3, "year")
        if name == "end":
            return month(first, 12)
        return {"first": half(first, 1), "last": half(first, 2)}.get(name, months(first, 5, 8, "year"))
    if span.grain == "month":
        a, b = {"start": (1, 10), "early": (1, 10), "first": (1, 10), "middle": (11, 20), "mid": (11, 20)}.get(
            name, (21, 31)
        )
        return days(span.start.replace(day=a), span.start.replace(day=min(b, span.end.day)), "month")
    if span.grain == "week":
        a, b = {"start": (0, 2), "early": (0, 2), "first": (0, 2), "middle": (2, 4), "mid": (2, 4)}.get(name, (3, 6))
        return days(span.start + timedelta(days=a), span.start + timedelta(days=b), "week")
    if span.grain in ("quarter", "half"):
        last = span.end.month
        return month(first, last if name in ("end", "late", "last") else span.start.month)
    return span


def shift(at: date, count: int, unit: str) -> date:
    """The day ``count`` years (Y), months (M), weeks (W) or days (D) away; a missing 31st becomes the month's last."""
    if unit in "WD":
        return at + timedelta(days=count * (7 if unit == "W" else 1))
    total = at.year * 12 + at.month - 1 + count * (12 if unit == "Y" else 1)
    number, of = divmod(total, 12)
    return at.replace(year=number, month=of + 1, day=min(at.day, monthrange(number, of + 1)[1]))


@lru_cache(maxsize=1024)  # the lunar calendar counts its years one by one
def holiday(code: str, number: int) -> date | None:
    """The day of a holiday in a year: "08-15", lunar "L08-15", Easter "E0", fourth Thursday of November "N11-4-4"."""
    try:
        if code[0] == "L":
            calendar = KoreanLunarCalendar()
            calendar.setLunarDate(number, int(code[1:3]), int(code[4:6]), False)
            return date.fromisoformat(calendar.SolarIsoFormat())
        if code[0] == "E":
            return _easter(number)
        if code[0] == "N":
            of, count, weekday = map(int, code[1:].split("-"))
            return nth_weekday(month(number, of), count, weekday)
        return date(number, int(code[:2]), int(code[3:]))
    except ValueError:
        return None


def _easter(number: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Meeus."""
    a, b, c = number % 19, number // 100, number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    of, on = divmod(h + k - 7 * m + 114, 31)
    return date(number, of, on + 1)


def stamp(at: datetime) -> str:
    return at.replace(tzinfo=None, microsecond=0).isoformat()
