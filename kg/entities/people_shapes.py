"""People by the shape of their name alone: 김모(43)씨, 아자황 아마추어 6단, 엘리자베스 2세."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.people import NameTable
from kg.entities.people_patterns import Found
from kg.entities.words import Word

_UNNAMED = re.compile(
    r"(?<![가-힣])([가-힣])(?:모\s?(?:\((?:\d{1,3}|가명)[^()]{0,12}\))?\s?(?:씨|군|양)| 모 ?씨| 모 (?:군|양)(?![가-힣]{2}))|"
    r"(?<![가-힣A-Za-z])([A-Z]|(?![섭화솜날글맵홀불말접])[가-힣])씨(?=[가-힣]{0,3}(?![가-힣]))"
)
_RANKED = re.compile(r"(?<![가-힣])([가-힣]{2,4}) (?:아마추어 |아마 |프로 )?[1-9]단(?=[은는이가을를의과와]|에게|\s|$)(?!이 넘)")
_RULER = re.compile(
    r"(?<![가-힣])((?:여왕|국왕|교황|황제) )?([가-힣]{2,6}) (\d{1,2}세)(?=( (?:여왕|국왕|교황|황제))|[은는이가의를와과]|에게)(?!가 넘)"
)


def find_numbered(text: str, start: int, end: int, words: Sequence[Word], names: NameTable) -> Iterator[Found]:
    """Players with their rank and rulers with their number: 아자황 of "아자황 아마추어 6단", 엘리자베스 2세."""
    bare = {word.end: word for word in words if not word.josa}
    for match in _RANKED.finditer(text, start, end):
        word = bare.get(match.end(1))
        if word is not None and word.start == match.start(1) and (word.tags == ("NNP",) or names.is_person(word.text)):
            yield match.start(1), match.end(1), "Person", "name-rank", 79
    for match in _RULER.finditer(text, start, end):
        korean = len(match[2]) == 3 and names.is_surname(match[2][0])
        if match[1] or match[4] or (names.is_person(match[2]) and not korean):
            yield match.start(2), match.end(3), "Person", "ruler", 79


def find_unnamed(text: str, start: int, end: int, names: NameTable) -> Iterator[Found]:
    """People who are told by a surname or a letter alone: 김모(43)씨, 김씨, A씨."""
    for match in _UNNAMED.finditer(text, start, end):
        letter = match[1] or match[2]
        if letter.isascii() or names.is_surname(letter):
            yield match.start(), match.end(), "Person", "unnamed", 80
