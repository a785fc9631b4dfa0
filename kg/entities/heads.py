"""Bodies that tell their heads in brackets: 솔내시(시장 한도윤), 가온발전(사장 한도윤), 솔내군(한도윤 군수)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import CLASS_NOUNS, ORGANIZATIONS, is_plain, kind_of_ending
from kg.entities.people import SURNAMES
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

# which body a head has, where its name does not tell
_HEADS = {
    "시장": "City",
    "군수": "Region",
    "구청장": "Region",
    "행장": "Company",
    "은행장": "Company",
    "사장": "Company",
    "대표": "Company",
    "대표이사": "Company",
    "대표이사 사장": "Company",
    "각자대표": "Company",
    "공동대표": "Company",
    "회장": "Organization",
    "이사장": "Organization",
    "위원장": "Organization",
    "원장": "Organization",
    "소장": "Organization",
    "센터장": "Organization",
    "본부장": "Organization",
    "단장": "Organization",
    "관장": "Organization",
    "청장": "GovernmentAgency",
    "총장": "University",
    "교장": "School",
}
_SEATS = {"시장": "시", "군수": "군", "구청장": "구"}
_TITLE = "|".join(sorted(_HEADS, key=lambda title: (-len(title), title)))
_BRACKET = re.compile(
    rf"(?:㈜|\(주\)|\(유\))?\s?\((?:(?P<title>{_TITLE})\s(?P<name>[가-힣]{{3}})|(?P<first>[가-힣]{{3}})\s(?P<last>{_TITLE}))(?=[),·/])"
)
_SHORTEST = 3

Found = tuple[int, int, str, str, int]


def find_bracketed_heads(text: str, words: Sequence[Word], gazetteers: Gazetteers) -> Iterator[Found]:
    """Bodies before brackets that name their heads, with head and post; a body of several words keeps what else tells it."""
    for index, word in enumerate(words):
        match = _BRACKET.match(text, word.end) if word.end < len(text) and text[word.end] in " (㈜" else None
        if match is None:
            continue
        title, name = ("title", "name") if match["title"] is not None else ("last", "first")
        if match[name][0] not in SURNAMES:
            continue
        yield match.start(name), match.end(name), "Person", "head-in-bracket", 78
        yield match.start(title), match.end(title), "Position", "title", 59
        kind = _kind_of_body(word, match[title], gazetteers)
        if kind == "Company" and index and words[index - 1].text.endswith(("사단법인", "재단법인")):
            kind = "Organization"
        if kind is not None and _stands_alone(words, index, gazetteers):
            yield word.start, word.end, kind, "body-with-head", 58


def _kind_of_body(word: Word, title: str, gazetteers: Gazetteers) -> str | None:
    """The kind of a body that no table lists, by its head: 가온발전 is a firm where a 사장 heads it."""
    if len(word.text) < _SHORTEST or gazetteers.entry(word.text) is not None or is_plain(word.text) or word.text in CLASS_NOUNS:
        return None
    if title in _SEATS:
        return _HEADS[title] if word.text.endswith(_SEATS[title]) else None
    kind = kind_of_ending(word.text)
    return kind if kind in ORGANIZATIONS else _HEADS[title] if kind is None or kind == "Facility" else None


def _stands_alone(words: Sequence[Word], index: int, gazetteers: Gazetteers) -> bool:
    """Whether a word is a whole name: nothing before it but a class, a place or a word with a particle."""
    word, before = words[index], words[index - 1] if index else None
    if before is None or before.josa or word.gap != " ":
        return before is None or word.gap != ""
    return before.text in CLASS_NOUNS or kind_of_ending(before.text) is not None or gazetteers.entry(before.text) is not None
