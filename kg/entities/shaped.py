"""Names by their shape alone: FC and a name, a city and a team, a party before its members, a government, a venue, a model's number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import PLACES, is_plain, kind_of_ending
from kg.entities.people_patterns import Found, PeopleFinder
from kg.entities.words import Word
from kg.model import Sentence
from kg.tables.gazetteers import Gazetteers

JOSA = (
    r"(?=(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|부터|까지|보다|라고|라며|이라며|이라고|이다|이며|이자|인|에는|에서는|에도|와의|과의|로부터|으로부터|측|씨|이나|나|처럼|엔|랑)?"
    r"(?:[^가-힣A-Za-z0-9]|$))"
)
_MODEL = re.compile(
    r"(?<![A-Za-z0-9가-힣\-])[A-Z][A-Za-z]+(?:-| )?\d+(?:\.\d+)?[A-Za-z]{0,2}(?![A-Za-z0-9%~∼])(?!\s?(?:년|월|일|시|분|위|%|명|개|억|만|조|원))"
)
_NO_MODEL = re.compile(
    r"(?:COVID|Post|TNT|News|Top|TOP|Vol|No|Part|Season|Chapter|Article|Track|IPv|Level|Lv|Step|Phase|Case|Class|Type)\b|(?:TNT|News|IPv)"
)
_CLUB = re.compile(r"(?<![가-힣A-Za-z])(?:(?:FC|SC|AC|AS|CF|RC|US) ?[가-힣]{2,8}?|[가-힣]{2,8} ?(?:FC|SC))" + JOSA)
_CITY_TEAM = re.compile(r"(?<![가-힣])([가-힣]{2,4}) ([가-힣]{1,4}?[스즈츠])" + JOSA)
_PARTY = re.compile(r"(?<![가-힣])[가-힣]{1,8}당(?= (?:소속|간사|의원|대표|원내대표|최고위원|대변인|후보|지도부|사무총장|정책위의장|위원))")
_GOVERNMENT = re.compile(r"(?<![가-힣一-龥])(?:행정부|정부|정권)" + JOSA)
_CHAMBER = re.compile(r"(?<![가-힣])[가-힣]{2,8}(?:지법|고법|법원) [가-힣]{2,6}\d{0,3}(?:-\d)?부(?![가-힣]*[가-힣]{3})")
_DIVISION = re.compile(
    r"(?<![가-힣])[가-힣]{2,8}(?:시|군|구|도|청|부|처) [가-힣]{0,8}(?:개발|정책|관리|지원|복지|총무|교육|환경|건설|행정|기획|문화|관광|산림|농업|경제"
    r"|안전|재난|교통|도시|주택|세무|민원|위생|보건|체육|예산|감사|녹지|수산|축산|산업|일자리|청소년)과"
    r"(?=는|에서|가 |장|에 |\s?☎|\s?\(|\s(?:관계자|담당|직원|공무원)|$)",
    re.MULTILINE,
)
_HELD = re.compile(r"(?:에서|서) (?:열|개최|진행|치러|막을|개막)")
TEAM_CUES = re.compile(r"프로축구|프로야구|프로농구|프로배구|K리그|KBO|감독|구단|홈경기|원정|승점|선발|결승골|득점")


def _names_head_of_state(word: Word, people: PeopleFinder) -> bool:
    """Whether a government is called by its head: 문재인 정부, 바이든 행정부."""
    return not word.josa and word.tags == ("NNP",) and (people.is_name(word.text, 0.0) or people.names.is_person(word.text))


def find_shaped(text: str, sentence: Sentence, words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder) -> Iterator[Found]:
    """Names by their shape: FC and a name, a city and a team, a party before its members, a state's government, a venue."""
    start, end = sentence.span.start, sentence.span.end
    for match in _PARTY.finditer(text, start, end):
        if not is_plain(match[0]) and match[0] not in ("여당", "야당", "제1야당"):
            yield match.start(), match.end(), "PoliticalParty", "party-shape", 71
    for match in _CHAMBER.finditer(text, start, end):
        yield match.start(), match.end(), "Court", "chamber", 76
    for match in _DIVISION.finditer(text, start, end):
        yield match.start(), match.end(), "GovernmentAgency", "division", 67
    for match in _GOVERNMENT.finditer(text, start, end):
        begin = match.start()
        if begin and text[begin - 1] == " ":
            before = next((word for word in words if word.end == begin - 1), None)
            if before is not None and (gazetteers.kind(before.text) == "Country" or _names_head_of_state(before, people)):
                begin = before.start
        if begin < match.start() or match[0] == "정부":
            yield begin, match.end(), "GovernmentAgency", "government", 73
    if TEAM_CUES.search(text):
        for match in _CLUB.finditer(text, start, end):
            yield match.start(), match.end(), "SportsTeam", "club-shape", 72
        for match in _CITY_TEAM.finditer(text, start, end):
            if gazetteers.kind(match[1]) in ("City", "Region") and gazetteers.entry(match[2]) is None and kind_of_ending(match[2]) != "Event":
                yield match.start(), match.end(), "SportsTeam", "city-team", 74
    for index, word in enumerate(words):
        if word.josa in ("에서", "서") and _HELD.match(text, word.end) and word.tags[0] in ("NNP", "SL"):
            begin = index
            while (
                begin
                and index - begin < 2
                and words[begin].gap == " "
                and not words[begin - 1].josa
                and words[begin - 1].tags[0] == "NNP"
                and (gazetteers.kind(words[begin - 1].text) not in PLACES)
            ):
                begin -= 1
            kind = gazetteers.kind(word.text)
            if begin < index or kind is None:
                site = kind_of_ending(word.text) == "Facility" or not people.names.is_place(word.text)
                yield words[begin].start, word.end, "Facility" if site else "Place", "venue", 73


def find_models(text: str, sentence: Sentence) -> Iterator[Found]:
    for match in _MODEL.finditer(text, sentence.span.start, sentence.span.end):
        if _NO_MODEL.match(match[0]) is None:
            yield match.start(), match.end(), "Product", "model-number", 63
