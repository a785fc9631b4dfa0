"""The pieces of time expressions: one combined regular expression over the text, a slot and a value for each piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.tables.numerals import count_of, number_of
from kg.tables.patterns import Pattern, compile_rules, read_patterns, word_pattern

BEFORE = r"(?<![가-힣A-Za-z\d])"
AFTER = (
    r"(?:(?![가-힣])|(?=(?:은|는|이|가|을|를|의|에|도|만|과|와|로|부터|까지|보다|처럼|라|라며|라고"
    r"|라는|며|였다|였|입니다|이었다|이었|이며|이다|이라|인|이나|나"
    r"|이면|마다|하고|조차|께서|에서|로서|으로|으로부터|로부터|자로|자)(?:는|도|만|의|서|나|요|지|고"
    r"|던|다|면|써)?(?![가-힣])"
    r"|쯤|께|경|무렵|이후|이전|대비|내내|들어|동안|간(?![가-힣])|중(?![가-힣])|안(?![가-힣])|안에"
    r"|내(?![가-힣])|치(?![가-힣])|당시|전반|후반|초(?![가-힣])|초[에순반]"
    r"|말(?![가-힣])|말[에까]|중순|하반기|상반기|봄|여름|가을|겨울|오전|오후|새벽|밤(?![가-힣])|아침"
    r"|저녁|정오|자정|연말|연초))"
)
HANGUL_HOUR = re.compile(r"[가-힣]+?(?=\s?시)")
DIGITS = re.compile(r"\d+")
Value = int | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece: "내년" is slot ryear, value 1; a clock's value is (hour, minute, second, its parts named)."""

    slot: str
    value: Value
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Where a piece may begin, and for each first character the patterns of the rules that begin with it, in their order."""

    candidate: re.Pattern[str]
    patterns: dict[str, tuple[str, ...]]
    rules: dict[str, Pattern]


@cache
def lexicon() -> Lexicon:
    """The rules compiled by first character: few of them are tried at any place of the text."""
    rules = read_patterns("times")
    table: dict[str, list[str]] = {}
    inside: set[str] = set()
    outside: set[str] = set()
    for rule in sorted(rules, key=lambda rule: ORDER.get(rule.slot, 5)):
        before = str(rule.options.get("before", "{B}"))
        body = f"{before}{word_pattern(rule.words)}(?:{rule.pattern})" if rule.words else rule.pattern
        body = f"(?P<{group(rule.id)}>{body.replace('{B}', BEFORE).replace('{J}', AFTER)})"
        firsts = {word[0] for word in rule.words} or set(str(rule.options.get("first", "0123456789")))
        (inside if "before" in rule.options or rule.id == "day-spelt" else outside).update(firsts)
        for first in sorted(firsts):
            table.setdefault(first, []).append(body)
    outside -= set("0123456789")
    candidate = (
        rf"(?<!\d)\d|(?<![가-힣A-Za-z\d])[{''.join(sorted(outside | inside))}]"
        rf"|(?<=[년월달해기주대세일올늘 ])[{''.join(sorted(inside))}]|(?<=약)[{''.join(sorted(outside))}]"
    )
    return Lexicon(
        re.compile(candidate),
        {first: tuple(row) for first, row in table.items()},
        {group(rule.id): rule for rule in rules},
    )


# Where two rules could begin at one place, the one that reads more of the text goes first.
ORDER = {
    **dict.fromkeys(("yearspan", "date", "isomonth", "dmy", "ymd", "md"), 0),
    **dict.fromkeys(("vague", "first", "weekend", "set", "year"), 1),
    **dict.fromkeys(("dur", "nweek"), 2),
    **dict.fromkeys(("cday", "rnight", "rmonth", "cmonth", "cperiod", "ryear", "cyear", "nday"), 3),
    "pre": 9,
}


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """One rule, compiled when its first character is first met: together they take a fifth of a second."""
    return compile_rules(source, read_patterns("times"))


def _match(text: str, start: int, first: str) -> re.Match[str] | None:
    """What the first rule that reads anything reads at a place."""
    for source in lexicon().patterns.get(first, ()):
        match = _pattern(source).match(text, start)
        if match is not None:
            return match
    return None


def group(rule: str) -> str:
    return rule.replace("-", "_")


def read_atoms(text: str) -> Iterator[Atom]:
    """The pieces in the order of the text, never overlapping: "내년 2분기" gives ryear 1 and quarter 2."""
    table = lexicon()
    at, search = 0, table.candidate.search
    while candidate := search(text, at):
        start = candidate.start()
        match = _match(text, start, candidate.group())
        at = start + 1
        if match is None or match.lastgroup is None or match.end() == start:
            continue
        rule = table.rules[match.lastgroup]
        wording = match.group()
        value = _word_value(rule, wording) if rule.words else _value(rule.slot, wording)
        if value is not None:
            at = match.end()
            yield Atom(rule.slot, value, start, start + len(wording.rstrip()), rule.id)


def _word_value(rule: Pattern, wording: str) -> Value | None:
    flat = re.sub(r"\s", "", wording)
    if rule.slot == "noon":
        return 12 if flat.startswith("정오") else 0
    found = rule.flat.get(flat)
    while found is None and flat:
        flat = flat[:-1]
        found = rule.flat.get(flat)
    return found


def _value(slot: str, wording: str) -> Value | None:
    numbers = tuple(map(int, DIGITS.findall(wording.replace(",", ""))))
    if slot == "clock":
        return _clock(wording, numbers)
    if slot == "dur":
        return _duration(wording)
    if slot == "vague":
        return wording
    if slot == "quarter" and not numbers:
        return "일이삼사".index(wording[0]) + 1
    if slot in ("day", "year") and not numbers:
        spelt = number_of(
            re.sub(r"[\s년일]*(?:년|일)$", "", wording) if slot == "year" else wording.rstrip()[:-1].replace(" ", "")
        )
        return None if spelt is None else int(spelt)
    if slot == "year" and numbers[0] < 100:
        return numbers[0] + (1900 if numbers[0] >= 50 else 2000)
    if slot in ("date", "dmy", "ymd", "md", "isomonth", "yearspan"):
        return numbers
    return numbers[0] if numbers else None


def _clock(wording: str, numbers: tuple[int, ...]) -> Value | None:
    if not numbers or wording[0] not in "0123456789":
        hour = HANGUL_HOUR.match(wording)
        spelt = None if hour is None else count_of(hour.group())
        if spelt is None:
            return None
        minute = re.search(r"시\s?([일이삼사오육칠팔구십]+|\d+)\s?분", wording)
        minutes = 30 if "반" in wording else 0 if minute is None else int(number_of(minute.group(1)) or 0)
        return (int(spelt), minutes, 0, 1 if minutes == 0 and minute is None else 2)
    if "반" in wording:
        return (numbers[0], 30, 0, 2)
    if "초" in wording and "분" not in wording and ":" not in wording:
        return (numbers[0], 0, numbers[1], 3)
    padded = (*numbers, 0, 0)
    return (padded[0], padded[1], padded[2], len(numbers))


UNITS = {
    "년": "Y",
    "개월": "M",
    "달": "M",
    "주일": "W",
    "주": "W",
    "일": "D",
    "시간": "h",
    "분": "m",
    "초": "s",
    "해": "Y",
}
UNIT = re.compile(r"(.+?)\s?(년|개월|달|주일|주|일|시간|분|초|해)(\s?반)?$")


def _duration(wording: str) -> Value | None:
    """A length as its ISO piece: "3년 반" is "3.5Y", "90분" is "90m" (small letters: of the clock)."""
    match = UNIT.match(wording.strip())
    if match is None:
        return None
    number = count_of(match.group(1).replace(",", ""))
    if number is None:
        return None
    unit = UNITS[match.group(2)]
    return f"{number + Decimal('0.5') if match.group(3) else number}{unit}"
