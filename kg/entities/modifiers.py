"""Nouns before a noun that belong to its name: 중견연구사업 with its foundation, 남부경찰서 with its town, 강원지역본부 with its corporation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import ORGANIZATIONS, PLACES, kind_of_ending
from kg.entities.people_patterns import Found, PeopleFinder
from kg.entities.words import DOTS, Word
from kg.tables.gazetteers import Gazetteers

HEAD_KINDS = frozenset({"Event", "Agreement", "Fund", "Law", "Work"})
STOP_MODIFIERS = frozenset(
    "두 세 네 한 여러 첫 새 양 기반 전날 등의 이번 지난 오는 같은 다음 올해 내년 지난해 작년 이날 당시 "
    "최근 현재 오전 오후 그 이 등 및 또 각각 "
    "양측 양사 후 뒤 전 중 때 신규 기존 관련 추가 오늘 어제 내일 해당 일부 모든 각종 이후 이전 직후 직전 도중 주최 주관 "
    "다른 어떤 여타 역대".split()
)
_MODIFIER_TAGS = frozenset({"NNG", "NNP", "SL", "XR", "XSN", "SH", "XPN", "MM"})
# what is one of many, each told by its town
_STATION = re.compile(r"[가-힣]{2,}(?:경찰서|소방서|세무서|교도소|구치소|지검|지법|보건소|우체국|교육지원청)")
# what is part of a body, or tells only what it is for
_PART = re.compile(r"[가-힣·ㆍ]{2,}(?:본부|지부|지회|지청|위원회|특위|대책위|추진위|조사위|(?<!주민)(?<!데이터)(?<!물류)(?<!문화)센터|사업단)")
# games that are now here, now there
_GAMES = re.compile(r"(?:동계|하계)?(?:올림픽|아시안게임|패럴림픽|유니버시아드)|월드컵|아시안컵|장애인아시안게임")
_SELECTED = frozenset("축구 야구 국가대표 대표 출전 예선 최종예선 위원회 조직위원회 조직위".split())  # whose they are, and not where
_COURTS = ("지법", "지방법원")
_SEATED = ("City", "Region")
_WEIGHT = 73


def find_parts(words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder) -> Iterator[Found]:
    """Stations, branches and committees with what tells which: "울산 남부경찰서", "한별공단 강원지역본부", "노벨 물리학상 선정위원회"."""
    for index, word in enumerate(words):
        if not index or word.gap != " " or words[index - 1].josa:
            continue
        if _GAMES.fullmatch(word.text) and (begin := _games_from(words, index, gazetteers)) < index:
            yield words[begin].start, word.end, "Event", "games", _WEIGHT
            continue
        if gazetteers.entry(word.text) is not None:
            continue
        station = _STATION.fullmatch(word.text) is not None
        if station or _PART.fullmatch(word.text) is not None:
            begin = _part_from(words, index, station, gazetteers, people)
            if begin < index:
                yield words[begin].start, word.end, kind_of_ending(word.text) or "Organization", "unit-of", _WEIGHT
        elif word.text.endswith("지원") and words[index - 1].text.endswith(_COURTS):
            yield words[index - 1].start, word.end, "Court", "unit-of", _WEIGHT  # 솔내지법 가람지원: a branch, no support


def _games_from(words: Sequence[Word], index: int, gazetteers: Gazetteers) -> int:
    """Where the name of games begins that their place tells: 2014 of "2014 브라질 월드컵"; not in 한국 월드컵 대표팀."""
    after = words[index + 1] if index + 1 < len(words) and not words[index].josa and words[index + 1].gap == " " else None
    if after is not None and (after.text in _SELECTED or after.text.endswith(("팀", "단"))):
        return index
    place = index - 1
    if words[place].text in ("동계", "하계", "여름", "겨울") and place and words[place].gap == " " and not words[place - 1].josa:
        place -= 1
    if gazetteers.kind(words[place].text) not in ("Country", *_SEATED):
        return index
    year = words[place - 1] if place and words[place].gap == " " else None
    return place - 1 if year is not None and year.tags == ("SN",) and not year.josa and len(year.text) == len("2014") else place


def _part_from(words: Sequence[Word], index: int, station: bool, gazetteers: Gazetteers, people: PeopleFinder) -> int:
    word, before = words[index], words[index - 1]
    known = gazetteers.kind(before.text)
    if station or known in PLACES:
        address = index > 1 and before.gap == " " and gazetteers.kind(words[index - 2].text) in _SEATED  # 인천 서구 한별센터
        return index - 1 if known in _SEATED and (station or not ("NNP" in word.tags or address)) else index
    if (known or kind_of_ending(before.text)) in ORGANIZATIONS:
        return index - 1
    if "NNP" in word.tags:
        return index
    begin = modified_from(words, index, gazetteers, people, through=ORGANIZATIONS)
    return begin if words[begin].proper or gazetteers.entry(words[begin].text) is not None else index


def modified_from(words: Sequence[Word], index: int, gazetteers: Gazetteers, people: PeopleFinder, through: frozenset[str] = frozenset()) -> int:
    """The index of the first noun that stands before a head as part of its name; of a head alone its own."""
    begin = index
    while begin and index - begin < 4 and (words[begin].gap == " " or (words[begin].gap in DOTS and begin < index)):
        before = words[begin - 1]
        if before.josa or before.text in STOP_MODIFIERS or not set(before.tags) <= _MODIFIER_TAGS or people.title_of(before) is not None:
            break
        if (
            (gazetteers.kind(before.text) in PLACES and not through)
            or (through and begin < index and gazetteers.kind(before.text) is None and not before.proper)
            or (kind_of_ending(before.text) in HEAD_KINDS and begin == index and len(words[index].text) > 3)
        ):
            break
        begin -= 1
    return begin
