"""People by the shape of their name alone: 김모(43)씨, 아자황 아마추어 6단, 엘리자베스 2세."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.people import SURNAMES, NameTable
from kg.entities.people_patterns import Found
from kg.entities.words import Word

_UNNAMED = re.compile(
    r"(?<![가-힣])([가-힣])(?:모\s?(?:\((?:\d{1,3}|가명)[^()]{0,12}\))?\s?(?:씨|군|양)| 모 ?씨| 모 (?:군|양)(?![가-힣]{2})"
    r"| 모\s?\([^()]{1,20}\)\s?씨| 모(?=[가는의를와도](?:\s|$)|에게|씨|\s스스로))|"
    r"(?<![가-힣A-Za-z])([A-Z]|(?![섭화솜날글맵홀불말접])[가-힣])씨(?=[가-힣]{0,3}(?![가-힣]))"
)
# 이모 병장, 최 모 안전과장, 방모 등 20대 두 명
_UNNAMED_TITLED = re.compile(
    r"(?<![가-힣])[김이박최정강조윤장임한오서신권황안송홍전문손양배백허남심노하곽성차주구민류나진엄채천방현변염여석설마길] ?모"
    r"(?= [가-힣]{0,8}(?:병장|상병|일병|이병|하사|중사|상사|대위|중위|소위|소령|중령|대령|변호사|대표|과장|국장|팀장|부장|교수|의원|교사|목사"
    r"|회장|사장|이사|원장|경위|경사|경감|순경|주무관|사무관)(?![가-힣]{3})| 등 (?:\d+대|\d+명|[두세네] 명))"
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
        told = match[0].endswith(("씨", "군", "양"))
        if letter.isascii() or (names.is_surname(letter) if told else letter in SURNAMES):
            yield match.start(), match.end(), "Person", "unnamed", 80
    for match in _UNNAMED_TITLED.finditer(text, start, end):
        yield match.start(), match.end(), "Person", "unnamed", 80
