"""Unions and their firms: 노조 is the union named before, 사측 the firm that it is of, 노사 the two."""

from __future__ import annotations

import re

from kg.coref.individuals import Individuals, squeeze
from kg.model import Span

_UNION = re.compile(r"(?P<owner>\S.*?)\s?(?:노동조합|노조)")
_EVERYWHERE = re.compile(r"전국|한국|민주|국제|세계|공무원|교직원|교사|\d")  # unions of a trade, and of no firm
UNION_ENDS = ("노조", "노동조합")
FIRMS = frozenset(("회사", "기업", "업체", "사측", "법인"))


def name_unions(people: Individuals) -> None:
    """Let a union be found by either of its names: 가람전자 노조 is 가람전자 노동조합."""
    for number, item in enumerate(people.items):
        if people.resolve(number) != number:
            continue
        for name in (item.name, *item.aliases):
            for one, other in (UNION_ENDS, UNION_ENDS[::-1]):
                if name.endswith(one) and name != one:
                    people.by_name.setdefault(squeeze(name.removesuffix(one) + other), number)


def is_union(people: Individuals, number: int) -> bool:
    """Whether an individual is a union."""
    return people.get(number).name.endswith(UNION_ENDS)


def find_employer(people: Individuals, union: int) -> int | None:
    """The firm of a union: 가람전자 of 가람전자 노동조합, whether the article names it alone or not."""
    item = people.get(union)
    for name in (item.name, *item.aliases):
        match = _UNION.fullmatch(name)
        if match is None or _EVERYWHERE.match(match["owner"]):
            continue
        known = people.find(match["owner"])
        if known is not None:
            return None if known == people.resolve(union) else known
        if " " in name and " " not in match["owner"]:
            return people.add("Company", match["owner"])
    return None


def find_both_sides(people: Individuals, place: int) -> tuple[int, int] | None:
    """The firm and the union that 노사 means: those of the union named last before a place."""
    for span in reversed(people.spans_in(Span(0, place))):
        number = people.resolve(people.at[span])
        if is_union(people, number):
            firm = find_employer(people, number)
            return None if firm is None else (firm, number)
    return None
