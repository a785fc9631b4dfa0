"""When two names, two predicates or two values count as the same for a score."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

Measure = tuple[str, str]  # unit (or "time") and value, both in lower case: ("krw", "2400000000000"), ("time", "2025-q2")

TIME: Final = "time"
LONGEST_NAME: Final = 40
SMALLEST_PART: Final = 0.4

_QUOTES = "\"'`“”‘’"
_BRACKETS = "()[]{}<>〈〉《》『』「」〔〕"
_DOTS_AND_DASHES = ".,:;!?/…·•・ㆍ∙-–—~∼〜"
_SIGNS = "△▲◆■"
_UNSEEN: Final = str.maketrans("", "", _QUOTES + _BRACKETS + _DOTS_AND_DASHES + _SIGNS)

# What turns a noun into a verb, or a verb into its dictionary form: the longest that fits is taken off.
_ENDINGS: Final = ("시키다", "하다", "되다", "받다", "이다", "하기", "다", "함", "됨")
_NEGATIVE: Final = re.compile(r"지 ?[않못]|없|아니|[안못] ")
_CURRENCIES: Final = frozenset({"krw", "usd", "eur", "jpy", "cny"})


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """A name without spaces, marks and case: "M.S. 파트너십" is ``ms파트너십``."""
    return "".join(text.translate(_UNSEEN).split()).lower()


def stem(predicate: str) -> str:
    """A predicate without its ending: 체결하다 and 체결되다 are both 체결."""
    plain = normalise(predicate)
    return next((plain.removesuffix(ending) for ending in _ENDINGS if plain.endswith(ending)), plain)


def is_negative(predicate: str) -> bool:
    """Whether a predicate's wording denies: 고발하지 않다, 없다."""
    return _NEGATIVE.search(predicate) is not None


@lru_cache(maxsize=65536)
def similarity(one: str, other: str) -> float:
    """How like two normalised names are, 0 to 1: equal 1, a part of at least two fifths of the whole 0.9, else by
    shared pairs of letters (Dice); names over 40 characters are like nothing."""
    short, long = sorted((one, other), key=len)
    if not short or len(long) > LONGEST_NAME:
        return 0.0
    if short == long:
        return 1.0
    if len(short) >= 2 and short in long and len(short) / len(long) >= SMALLEST_PART:
        return 0.9
    if len(short) < 2:
        return 0.0
    common = (_pairs(short) & _pairs(long)).total()
    return 2 * common / (len(short) + len(long) - 2)


def is_like(wanted: Iterable[str], names: Iterable[str], floor: float) -> bool:
    """Whether any wanted name is as like one of the names as ``floor`` asks."""
    return any(similarity(want, name) >= floor for name in names for want in wanted)


def is_same_relation(wanted: Iterable[str], labels: Iterable[str]) -> bool:
    """Whether a stem equals a label, or one of two letters and more stands in the other: 계약을체결 has 체결."""
    return any(
        want == label or (len(want) >= 2 and (want in label or (len(label) >= 2 and label in want)))
        for label in labels
        for want in wanted
    )


def is_value_among(norm: str, measures: Iterable[Measure]) -> bool:
    """Whether one of a gold fact's normalised values ("0.614; 2025-03-11") is among the measures of a fact.

    A share is a fraction in gold and per cent in a fact; signs do not count; a day is found by its month and the other
    way round; money of another currency is another value.
    """
    have = tuple(measures)
    return any(_is_same_value(value, measure) for value in norm.lower().split("; ") for measure in have)


def _is_same_value(wanted: str, measure: Measure) -> bool:
    unit, value = measure
    if not wanted:
        return False
    head, _, wanted_unit = wanted.partition(" ")
    number, other = _number(head), _number(value)
    if unit == TIME:
        narrower = number is None and len(wanted) >= 4 and value.startswith(wanted)
        wider = len(value) >= len("2025-q2") and wanted.startswith(value)
        return wanted == value or narrower or wider
    if number is None or other is None:
        return wanted == value
    if wanted_unit in _CURRENCIES and unit and unit != wanted_unit:
        return False
    if unit == "%" and not wanted_unit:
        other /= 100
    return abs(abs(number) - abs(other)) <= 1e-6 * max(abs(number), 1e-9)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def _pairs(name: str) -> Counter[str]:
    return Counter(map("".join, pairwise(name)))
