"""Times of the day: 오후 3시, 밤 11시, 정오, 늦은 아침."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from kg.times.phrases import Phrase

# The customary hours of a part of the day; 1 is its first half (이른), 2 its second (늦은).
PARTS = {
    "AM": (8, 12), "MO": (8, 12), "MO1": (8, 10), "MO2": (10, 12),
    "PM": (12, 16), "PM1": (12, 14), "PM2": (14, 16),
    "EV": (16, 20), "EV1": (16, 18), "EV2": (18, 20),
    "NI": (20, 24), "NI1": (20, 22), "NI2": (22, 24), "DAWN": (0, 6), "NOON": (11, 13),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day or, with ``until``, a stretch of it; ``named`` says how many of its parts the text gives."""

    at: time
    until: time | None = None
    named: int = 1
    part: str | None = None  # the part of the day said with it: "PM"
    tomorrow: bool = False  # 24시, 밤 12시: midnight at the day's end

    def text(self) -> str:
        """In the contract's form: "17:00", "14:06:18"."""
        return self.at.isoformat("seconds" if self.named >= 3 else "minutes")


def clock_of(phrase: Phrase, part: str | None = None) -> Clock | None:
    """The clock of a phrase; ``part`` is the part of the day carried over from the range's beginning."""
    slots = phrase.slots
    said = slots.get("daypart")
    if "rnight" in slots and said is None:
        said = "NI"
    part = str(said) if said is not None else part
    if "noon" in slots:
        return Clock(time(12 if slots["noon"] == 12 else 0), named=1)
    value = slots.get("clock")
    if isinstance(value, tuple):
        hour, minute, second, named = value
        tomorrow = hour == 24 or (hour == 12 and part is not None and part.startswith("NI"))
        hour = _hour(hour, part)
        if hour > 23 or minute > 59 or second > 59:
            return None
        return Clock(time(hour, minute, second), named=named, part=part, tomorrow=tomorrow)
    if part is not None and said is not None:
        first, last = PARTS[part]
        return Clock(time(first), time(23, 59, 59) if last == 24 else time(last), part=part)
    return None


def _hour(hour: int, part: str | None) -> int:
    if hour == 24:
        return 0
    if part is None or hour > 12:
        return hour
    if part in ("AM", "DAWN") or part.startswith("MO"):
        return 0 if hour == 12 and part != "MO" else hour
    if part.startswith("NI"):
        return 0 if hour == 12 else hour if hour < 5 else hour + 12
    if part == "NOON":
        return hour + 12 if hour < 6 else hour
    return hour if hour == 12 else hour + 12


def pair(first: Clock, second: Clock) -> tuple[Clock, Clock]:
    """The ends of a range, each in the half of the day that the other implies: "5시부터 오후 6시" begins at 17."""
    a, b = first, second
    if a.part is None and b.part is not None and a.at.hour < 12:
        later = time(a.at.hour + 12, a.at.minute, a.at.second)
        if (b.part.startswith(("PM", "EV", "NI")) and later < b.at) or b.at <= a.at:
            a = Clock(later, named=a.named, part=b.part)
    elif b.part is None and b.at.hour < 12:
        later = time(b.at.hour + 12, b.at.minute, b.at.second)
        if (a.part is not None and a.at.hour >= 12) or b.at <= a.at:
            b = Clock(later, named=b.named, part=a.part) if later > a.at else b
    return a, b
