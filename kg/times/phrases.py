"""Neighbouring pieces put together: "내년 3월 12일 오후 3시" is one phrase, "2년 1개월 21일 전" another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.times.atoms import Atom, Value, read_atoms

# The order in which the slots of a date follow one another; a slot that would step back begins a new phrase.
RANK: dict[str, float] = {
    "set": 0,
    "pre": 1,
    **dict.fromkeys(("date", "dmy", "ymd", "md", "isomonth", "yearspan"), 2),
    **dict.fromkeys(("year", "ryear", "cyear", "decade", "century"), 2),
    **dict.fromkeys(("holiday", "quarter", "half", "season", "month", "rmonth", "cmonth", "yearedge", "cperiod"), 3),
    **dict.fromkeys(("monthedge", "rweek"), 4),
    "nweek": 4.5,
    **dict.fromkeys(("weekend", "part", "day", "rday", "cday", "rnight"), 5),
    "nday": 5.5,
    "weekday": 6,
    "daypart": 7,
    "noon": 8,
    "clock": 9,
}
GAP = re.compile(
    r"[ \u00a0]{0,2}(?:,? ?)(?:\((?:(?:현지|한국|미국|중국|일본|미\s?동부"
    r"|그리니치)?\s?(?:현지)?\s?시[간각]|[월화수목금토일])\)\s?)?"
    r"(?:(?:현지\s?시[간각]|한국\s?시[간각]|[가-힣]{2,4}\s?표준시(?:\s?기준)?|늦게)\s{1,2})?"
)
WRITTEN = frozenset({"date", "dmy", "ymd", "md", "isomonth", "yearspan"})
ALONE = frozenset({"pre", "first", "part", "nday"})
PART_OF = frozenset(
    {"year", "ryear", "cyear", "month", "rmonth", "cmonth", "rweek", "decade", "century", "quarter", "half"}
)
# A month's genitive joins what follows it ("7월의 첫 번째 금요일"); with anything else it is a title.
GENITIVE = re.compile(r"의\s?|\s의\s")
BEFORE_HOUR = re.compile(r"\s?(\d{1,2})\s?분\s?전(?![가-힣])|\s?(\d{1,2})\s?분\s?전(?=에|이|입|부)")
BEFORE_IS = re.compile(r"\s전(?=입니다|이다|이었|이에)")
AT_TIME = re.compile(r"에(?:는|도)?(?![가-힣])|까지|부터|마다")
BREAK = re.compile(r"\s?연휴")
CIRCA = re.compile(r"쯤|께|경(?![가-힣])|무렵")


@dataclass(slots=True)
class Phrase:
    """One expression by its slots; ``lengths`` are the pieces of a duration, ``first`` the lower end of "1~3분기"."""

    start: int
    end: int
    rule: str
    slots: dict[str, Value] = field(default_factory=dict)
    lengths: list[str] = field(default_factory=list)
    first: int | None = None
    last_slot: str = ""

    @property
    def is_length(self) -> bool:
        return bool(self.lengths)


def read_phrases(text: str) -> Iterator[Phrase]:
    """The phrases of the text in order: "11일 이사회를 열고 오는 28일" gives two."""
    current: Phrase | None = None
    pending: Atom | None = None  # the "1~" of "1~3분기"
    for atom in read_atoms(text):
        if atom.slot == "first":
            pending = atom
            continue
        joined = current is not None and pending is None and _join(current, atom, text)
        if not joined:
            keep = None
            if (
                current is not None
                and pending is not None
                and atom.start == _end(text, pending)
                and _follows(current, pending, atom, text)
            ):
                _add(current, atom, text)
                current.first = _number(pending)
                pending = None
                continue
            if current is not None:
                keep = _whole(current, text)
            if keep is not None:
                yield keep
            start = atom.start
            current = Phrase(start, atom.end, atom.rule)
            if pending is not None and atom.start == _end(text, pending):
                current.start, current.first = pending.start, _number(pending)
            _add(current, atom, text)
        pending = None
    if current is not None:
        keep = _whole(current, text)
        if keep is not None:
            yield keep


def _number(atom: Atom) -> int:
    return atom.value if isinstance(atom.value, int) else 0


def _end(text: str, atom: Atom) -> int:
    """Where the number after a "1~" begins."""
    end = atom.end
    while end < len(text) and text[end] == " ":
        end += 1
    return end


def _follows(phrase: Phrase, pending: Atom, atom: Atom, text: str) -> bool:
    gap = text[phrase.end : pending.start]
    return not phrase.is_length and not gap.strip() and RANK.get(atom.slot, 0) > RANK.get(phrase.last_slot, 99)


def _join(phrase: Phrase, atom: Atom, text: str) -> bool:
    """Add the piece to the phrase where it belongs to it; False where it begins another."""
    gap = text[phrase.end : atom.start]
    if len(gap) > 20:
        return False
    if phrase.is_length or atom.slot == "dur":
        return _join_length(phrase, atom, gap, text)
    if atom.slot not in RANK or phrase.last_slot not in RANK:
        return False
    genitive = GENITIVE.fullmatch(gap)
    if not genitive and not GAP.fullmatch(gap):
        return False
    if "," in gap and atom.slot in ("year", "ryear", "month", "date", "rday", "cday"):
        return False
    last = phrase.last_slot
    if last in WRITTEN and atom.slot not in ("weekday", "daypart", "noon", "clock"):
        return False
    if atom.slot == "part" and last not in PART_OF:
        return False
    if last == "part" and atom.slot not in ("weekday", "daypart"):
        return False
    if last in ("set",) and atom.slot in ("year", "ryear", "rmonth", "rweek", "rday", "cday"):
        return False
    if last == "weekday" and atom.slot == "weekday" and "set" in phrase.slots:
        return False
    if RANK[atom.slot] <= RANK[last] or (atom.slot == "rweek" and last != "pre"):
        return False
    if genitive and last in ("day", "weekday", "clock", "daypart", "rday", "cday"):
        return False
    _add(phrase, atom, text)
    return True


def _join_length(phrase: Phrase, atom: Atom, gap: str, text: str) -> bool:
    if atom.slot == "dur" and (phrase.is_length or phrase.last_slot == "pre"):
        if not re.fullmatch(r"\s?|,\s?|\s그리고\s", gap):
            return False
        if phrase.is_length and not _shorter(str(atom.value), phrase.lengths[-1]):
            return False
        _add(phrase, atom, text)
        return True
    if atom.slot == "day" and phrase.is_length and re.fullmatch(r"\s?|,\s?", gap) and phrase.lengths[-1][-1] in "YMW":
        _add(phrase, Atom("dur", f"{atom.value}D", atom.start, atom.end, atom.rule), text)
        return True
    return False


def _shorter(piece: str, before: str) -> bool:
    order = "YMWDhms"
    return order.index(piece[-1]) > order.index(before[-1])


def _add(phrase: Phrase, atom: Atom, text: str) -> None:
    if atom.slot == "dur":
        phrase.lengths.append(str(atom.value))
        phrase.rule = atom.rule
    else:
        phrase.slots[atom.slot] = atom.value
    phrase.end, phrase.last_slot = atom.end, atom.slot
    if phrase.rule == "direction":
        phrase.rule = atom.rule
    if atom.slot == "holiday" and (more := BREAK.match(text, phrase.end)):
        phrase.slots["break"] = 1
        phrase.end = more.end()
    if atom.slot == "clock":
        before = BEFORE_HOUR.match(text, phrase.end)
        value = atom.value
        if before and isinstance(value, tuple) and value[3] == 1:
            minutes = value[0] * 60 - int(before.group(1) or before.group(2))
            phrase.slots["clock"] = (minutes // 60 % 24, minutes % 60, 0, 2)
            phrase.end = before.end()
        elif isinstance(value, tuple) and value[3] == 2 and value[1] and (before := BEFORE_IS.match(text, phrase.end)):
            minutes = value[0] * 60 - value[1]
            phrase.slots["clock"] = (minutes // 60 % 24, minutes % 60, 0, 2)
            phrase.end = before.end()
        circa = CIRCA.match(text, phrase.end)
        if circa:
            phrase.end = circa.end()


def _whole(phrase: Phrase, text: str) -> Phrase | None:
    """The phrase where it stands on its own, else None: a bare "지난", a month in a title, a lone "저녁"."""
    slots = phrase.slots
    if phrase.is_length or "vague" in slots:
        return phrase
    if set(slots) <= ALONE:
        return None
    if "pre" in slots and len(slots) == 1:
        return None
    if set(slots) == {"month"} and GENITIVE.match(text, phrase.end):
        return None
    if set(slots) <= {"season"}:
        return None
    if set(slots) == {"daypart"} and not AT_TIME.match(text, phrase.end):
        return None
    return phrase


GRAINS = {
    **dict.fromkeys(("clock", "noon"), "minute"),
    **dict.fromkeys(("day", "rday", "cday", "weekday", "rnight", "holiday"), "day"),
    **dict.fromkeys(("rweek", "weekend", "nweek"), "week"),
    **dict.fromkeys(("month", "rmonth", "cmonth", "monthedge"), "month"),
    "quarter": "quarter",
    "half": "half",
}


def grain_of(phrase: Phrase) -> str:
    """The grain of a phrase that could not be resolved."""
    return next((grain for slot, grain in GRAINS.items() if slot in phrase.slots), "year")
