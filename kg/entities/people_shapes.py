"""People by the shape of their name alone: 김모(43)씨, 아자황 아마추어 6단, 엘리자베스 2세."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import kind_of_ending
from kg.entities.people import SURNAMES, NameTable, is_full_name
from kg.entities.people_patterns import Found
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

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
_ADDRESSED = re.compile(r"(?<![가-힣·])([가-힣]{2,4}) 씨(?=[는가를의와도]|에게|,|\s)")
_RANKED = re.compile(r"(?<![가-힣])([가-힣]{2,4}) (?:아마추어 |아마 |프로 )?[1-9]단(?=[은는이가을를의과와]|에게|\s|$)(?!이 넘)")
_RULER = re.compile(
    r"(?<![가-힣])((?:여왕|국왕|교황|황제) )?([가-힣]{2,6}) (\d{1,2}세)(?=( (?:여왕|국왕|교황|황제))|[은는이가의를와과]|에게)(?!가 넘)"
)

_REAL_NAME = re.compile(r"\s?\(([가-힣]{3})(?:[·,] ?\d\d)?\)")
_PERFORMERS = frozenset("가수 래퍼 배우 멤버 개그맨 개그우먼 방송인 모델 유튜버 BJ 아이돌 보컬 리더 가명 예명".split())
_PARTICLED = re.compile(r"([가-힣]{2,})[은는] ([가-힣]+)")


def find_stage_names(text: str, words: Sequence[Word], names: NameTable, gazetteers: Gazetteers) -> Iterator[Found]:
    """Performers with the real name behind theirs: 누리봄 of "래퍼 누리봄(한도윤·27)", "멤버 누리봄(한도윤), 새별(서해린)"."""
    ended = 0
    for index, word in enumerate(words):
        real = _REAL_NAME.match(text, word.end)
        if real is None or word.josa or kind_of_ending(word.text) is not None or not is_full_name(real[1], names):
            continue
        told = index > 0 and word.gap == " " and words[index - 1].text in _PERFORMERS
        listed = 0 < ended == word.start - len(", ")
        if (told or listed or "·" in real[0]) and word.tags == ("NNP",) and gazetteers.entry(word.text) is None:
            yield word.start, word.end, "Person", "stage-name", 78
            yield real.start(1), real.end(1), "Person", "stage-name", 78
            ended = real.end()


def without_particle(text: str, found: Found, names: NameTable) -> Found:
    """A person without a particle that was read as part of a longer name: 엄도윤 of "엄도윤은 성금"."""
    start, _, kind, rule, weight = found
    match = _PARTICLED.fullmatch(text, start, found[1]) if kind == "Person" else None
    if match is None:
        return found
    for group in (1, 2):
        if is_full_name(match[group], names):
            return match.start(group), match.end(group), kind, rule, weight
    return found


def find_numbered(
    text: str, start: int, end: int, words: Sequence[Word], names: NameTable, gazetteers: Gazetteers
) -> Iterator[Found]:
    """Players with their rank, rulers with their number, people of the name of a place: 아자황 아마추어 6단, 엘리자베스 2세, 강남 씨."""
    bare = {word.end: word for word in words if not word.josa}
    for match in _RANKED.finditer(text, start, end):
        word = bare.get(match.end(1))
        if word is not None and word.start == match.start(1) and (word.tags == ("NNP",) or names.is_person(word.text)):
            yield match.start(1), match.end(1), "Person", "name-rank", 79
    for match in _ADDRESSED.finditer(text, start, end):
        word = bare.get(match.end(1))
        if word is not None and word.start == match.start(1) and gazetteers.entry(word.text) is not None:
            yield match.start(1), match.end(1), "Person", "name-addressed", 79
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
