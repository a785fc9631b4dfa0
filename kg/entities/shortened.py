"""Short forms of names that the article spells out elsewhere: 현대차 for 현대자동차, 안전처 for 국가데이터안전처, 여수 for 여수 오션스."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import ORGANIZATIONS, PLACES, ending_of, is_plain
from kg.entities.people_patterns import Found
from kg.tables.gazetteers import Gazetteers
from kg.tables.lexicons import is_verbal_noun

# how the last part of a name shrinks
_SHRUNK = (("자동차", "차"), ("중공업", "중"), ("건설", "건"), ("대학교", "대"), ("고등학교", "고"), ("고등법원", "고법"), ("지방법원", "지법"),
           ("지방검찰청", "지검"), ("노동조합", "노조"), ("협동조합", "협"), ("위원회", "위"), ("연구원", "연"), ("연구소", "연"))
_JOSA = (
    r"(?=(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|에는|에도|측|이나|나|처럼|보다|까지|부터|이라며|이라고|이다|이었다|였다|이며|이자|인)?"
    r"(?:[^가-힣A-Za-z0-9]|$))"
)
_BRANCHES = frozenset(("코리아", "아메리카", "재팬", "차이나", "인터내셔널", "글로벌"))  # of another firm
_STEM = 3  # a stem of two syllables is too often a word: 우리은행, 국민은행
_PLACE_BEFORE = re.compile(r"[가-힣]+(?:도|시|남|북|원|기|주) $|[\[(]$")
_PLACE_AFTER = re.compile(r"(?:에서|에는|시민|시장|시의|지역|일대|까지|부터)")
_HANGUL = re.compile(r"[가-힣]+")


def find_short_forms(text: str, kept: Sequence[Found], gazetteers: Gazetteers) -> Iterator[Found]:
    """The short forms that stand alone, each with the kind of its long name.

    In "여수 오션스가 … 여수는 5일 전남 여수에서 이겼다" the second 여수 is the team, the third the city.
    """
    forms: dict[str, str] = {}
    teams: dict[str, str] = {}
    for start, end, kind, _, _ in kept:
        name = text[start:end]
        if kind == "SportsTeam" and " " in name and gazetteers.kind(name.split()[0]) in PLACES:
            teams.setdefault(name.split()[0], kind)
        elif kind in ORGANIZATIONS:
            for form in _short_forms(name, kind):
                if gazetteers.entry(form) is None and not is_plain(form):
                    forms.setdefault(form, kind)
    named = {text[start:end] for start, end, _, rule, _ in kept if rule not in ("tagger", "repeated")}
    for form, kind in forms.items():
        if form not in named:
            for match in re.finditer(rf"(?<![가-힣A-Za-z0-9]){re.escape(form)}{_JOSA}", text):
                yield match.start(), match.end(), kind, "short-form", 53
    covered = {start for start, _, kind, rule, _ in kept if rule == "city-team"}
    for form, kind in teams.items():
        for match in re.finditer(rf"(?<![가-힣A-Za-z0-9]){re.escape(form)}{_JOSA}", text):
            placed = _PLACE_BEFORE.search(text, max(0, match.start() - 8), match.start()) or _PLACE_AFTER.match(text, match.end())
            if match.start() not in covered and not placed:
                yield match.start(), match.end(), kind, "city-for-team", 91


def _short_forms(name: str, kind: str) -> Iterator[str]:
    if not _HANGUL.fullmatch(name):
        return
    for long, short in _SHRUNK:
        stem = name.removesuffix(long)
        if stem != name and len(stem) >= 2:
            yield stem + short
            if long == "위원회" and len(stem) > 3:
                yield stem[-2:] + short
    ending = ending_of(name)
    stem = name.removesuffix(ending)
    if kind == "Company" and len(ending) > 1 and len(stem) >= _STEM and ending not in _BRANCHES and not is_verbal_noun(stem):
        yield stem
    if kind == "GovernmentAgency" and len(name) > 4 and name[-1] in "처청부":
        yield name[-3:]
