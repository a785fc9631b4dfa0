"""Units by their wording, and what may stand before and after a quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from kg.tables.patterns import Pattern, read_patterns


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's wording: "달러" has code USD and rule money."""

    wording: str
    code: str
    rule: str

    @property
    def is_hangul(self) -> bool:
        return "가" <= self.wording[-1] <= "힣"


def _josa() -> str:
    one = "야|은|는|이|가|을|를|의|에|도|만|과|와|로|나|당|씩|며|다|고|인|였|엔|면"
    two = (
        "이야|밖에|으로|까지|부터|보다|에서|이나|이라|라는|라고|이며|이고|이다|입니|이었|였다|이던|던"
        "|에게|한테|처럼|마다|조차|밖에|만큼|이란|에만|에는|에도|로는|로도|에서는"
    )
    return f"(?:(?:{two}|{one})(?:{two}|{one}|들)?)"


SUFFIX = (
    "권(?=[을이은\\s]|$)|여(?![가-힣])|이상|이하|이내|미만|초과|가량|안팎|정도|내외|남짓|쯤|씩|짜리"
    "|어치|규모|상당|수준|꼴|급|대(?=에|의|로|를|까지|[^가-힣]|$)|선(?=에|을|까지|[^가-힣])"
    "|중(?![가-힣])|넘게|들(?=[이을은의에도]|[^가-힣])"
)
# the copula joined on: 680억원이었으나, 170만원이지만, 3만명인데
COPULA = (
    "(?:이?었|였)(?:지만|으나|는데|고|으며|던|으므로|을|음)|이(?:지만|므로|어서|니까?|던|거나|면서|자|란)|여서|인(?:데|지|가)"
    "|일(?=\\s)|임(?:에도|을|이|은)?|뿐(?:만|인|이[다고며지]|이었다)?"
)
AFTER_HANGUL = re.compile(
    rf"(?![가-힣])|(?={_josa()}(?![가-힣]))|(?={SUFFIX})|(?=(?:{COPULA})(?:은|는|도)?(?![가-힣]))|(?=입니다|입니까|였습니다|이었습니다|이었다"
    rf"|이라며|이라고|이라는|라면서)"
)
GROWN = re.compile(r"\s?(?:이상|밖에|이나|가|이)?\s?(?:이|가)?\s?(?:되지|된|됐|되었|됩|될)|에\s진단")
AFTER_LATIN = re.compile(r"(?![A-Za-z\d])")


@cache
def units() -> Mapping[str, tuple[Unit, ...]]:
    """The units by their first character, the longest wording first."""
    table: dict[str, list[Unit]] = {}
    for rule in read_patterns("quantities"):
        codes = rule.options.get("units", {})
        if not isinstance(codes, dict):
            continue
        for code, wordings in codes.items():
            for wording in wordings:
                for form in _spacings(wording):
                    table.setdefault(form[0], []).append(Unit(form, code, rule.id))
    return {key: tuple(sorted(row, key=lambda unit: -len(unit.wording))) for key, row in table.items()}


def _spacings(wording: str) -> list[str]:
    pieces = wording.split("_")
    if len(pieces) == 1:
        return [wording]
    return [
        "".join(part for pair in zip(pieces, (*gaps, ""), strict=True) for part in pair)
        for gaps in product(("", " "), repeat=len(pieces) - 1)
    ]


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at an offset and ends as a word may end, with where it ends."""
    for unit in units().get(text[at : at + 1], ()):
        if text.startswith(unit.wording, at):
            end = at + len(unit.wording)
            if unit.rule == "age-of-a-thing" and not GROWN.match(text, end):
                continue
            if (AFTER_HANGUL if unit.is_hangul else AFTER_LATIN).match(text, end):
                return unit, end
    return None


@cache
def rule_of(slot: str) -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The rules of a slot with their patterns compiled."""
    return tuple((rule, re.compile(rule.pattern)) for rule in read_patterns("quantities") if rule.slot == slot)


@cache
def approximations() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    """The words before and behind a quantity that make it approximate, each with what they mean."""
    rule = next(rule for rule in read_patterns("quantities") if rule.slot == "approximation")
    tables: list[dict[str, str]] = []
    for side in ("before", "behind"):
        words = rule.options.get(side, {})
        tables.append({word: name for name, row in words.items() for word in row} if isinstance(words, dict) else {})
    before, behind = tables
    ahead = re.compile(rf"(?:^|[^가-힣])({_either(before)})\s?$")
    after = re.compile(rf"\s?({_either(behind)})")
    return ahead, before, after, behind


def _either(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def approximate_by(text: str, start: int, end: int) -> str | None:
    """about, over, under, at-least or at-most, by the words around a quantity: "약 60억원" is about."""
    ahead, before, after, behind = approximations()
    match = after.match(text, end)
    if match:
        word, tail = match.group(1), text[match.end() : match.end() + 1]
        attached = text[end : end + 1] != " "
        closed = not ("가" <= tail <= "힣")
        if word in ("여", "대", "선", "꼴"):
            if attached and (closed or tail in "의에로를을까이"):
                return behind[word]
        elif word == "까지":
            pass
        else:
            return behind[word]
    match = ahead.search(text, max(0, start - 6), start)
    return before[match.group(1)] if match else None
