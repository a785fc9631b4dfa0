"""Mentions of a document: every way of finding a name proposes spans, and the weightiest that do not overlap are kept."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.entities.clusters import load_clusters
from kg.entities.evidence import Evidence
from kg.entities.kinds import CLASS_NOUNS, ORGANIZATIONS, PLACES, ending_of, is_plain, kind_of_ending
from kg.entities.people import NameTable, load_names
from kg.entities.people_patterns import Found, PeopleFinder
from kg.entities.people_shapes import find_numbered, find_unnamed
from kg.entities.quoting import class_of, find_aliases, find_quoted
from kg.entities.shortened import find_short_forms
from kg.entities.tagged import find_tagged
from kg.entities.tagging import CLUSTERS
from kg.entities.words import Word, find_words, is_part_of_noun
from kg.model import Document, Mention, Sentence, Span, Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import Gazetteers

_JOSA = (
    r"(?=(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|부터|까지|보다|라고|라며|이라며|이라고|이다|이며|이자|인|에는|에서는|에도|와의|과의|로부터|으로부터|측|씨|이나|나|처럼|엔|랑)?"
    r"(?:[^가-힣A-Za-z0-9]|$))"
)
_BEFORE_JOSA, _WORDY = re.compile(_JOSA), re.compile(r"[가-힣A-Za-z0-9]")
_MODEL = re.compile(
    r"(?<![A-Za-z0-9가-힣\-])[A-Z][A-Za-z]+(?:-| )?\d+(?:\.\d+)?[A-Za-z]{0,2}(?![A-Za-z0-9%])(?!\s?(?:년|월|일|시|분|위|%|명|개|억|만|조|원))"
)
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_CLUB = re.compile(r"(?<![가-힣A-Za-z])(?:(?:FC|SC|AC|AS|CF|RC|US) ?[가-힣]{2,8}?|[가-힣]{2,8} ?(?:FC|SC))" + _JOSA)
_CITY_TEAM = re.compile(r"(?<![가-힣])([가-힣]{2,4}) ([가-힣]{1,4}?[스즈츠])" + _JOSA)
_PARTY = re.compile(r"(?<![가-힣])[가-힣]{1,8}당(?= (?:소속|간사|의원|대표|원내대표|최고위원|대변인|후보|지도부|사무총장|정책위의장|위원))")
_GOVERNMENT = re.compile(r"(?<![가-힣一-龥])(?:행정부|정부|정권)" + _JOSA)
_CHAMBER = re.compile(r"(?<![가-힣])[가-힣]{2,8}(?:지법|고법|법원) [가-힣]{2,6}\d{0,3}(?:-\d)?부(?![가-힣]*[가-힣]{3})")
_HELD = re.compile(r"(?:에서|서) (?:열|개최|진행|치러|막을|개막)")
_COMMON_TAGS = frozenset({"NNG", "XSN", "SL"})
_SITES = frozenset(
    "본사 사옥 공장 복지회관 문화회관 실험실 데이터센터 매장 대회의실 발전소 청사 경기장 체육관 사업장 캠퍼스 물류센터".split()
)
_UNITS = frozenset("산학협력단 부문 사업부 사업부문 사업본부 의회 총학생회 노조 노동조합 연구소 부속병원".split())
_BARE = frozenset(
    "개정안 제정안 법률안 법안 시행령 시행규칙 조례 조례안 예산안 계획안 보고서 논문 백서 회고록 자서전 다큐멘터리 "
    "학술지 온라인판 기금 신탁 특별법 기본법 국제학술지".split()
)
_ARTICLES = ("Law", "Work", "Fund")
_PRODUCT_HEADS = frozenset("모델 AI모델 클라우드 플랫폼".split())
_NO_PLACES = frozenset("들 팀 인의".split())
_TAILS = frozenset("상 측 내 발 행 산 계 권 인 형 판 식 전 들 등 팀 군 인의".split())
_SEATS = {
    "군": "군수|군청|군의회|군민",
    "시": "시청|시의회|시민",
    "구": "구청|구의회|구민",
    "면": "면장|면사무소|면민",
    "읍": "읍장|읍사무소|읍민",
    "동": "동장|주민센터|동사무소",
    "리": "이장|마을",
}
_HEAD_KINDS = frozenset({"Event", "Agreement", "Fund", "Law", "Work"})
_STORMS = frozenset("태풍 허리케인 사이클론 열대폭풍".split())
_STOP_MODIFIERS = frozenset(
    "두 세 네 한 여러 첫 새 양 기반 전날 등의 이번 지난 오는 같은 다음 올해 내년 지난해 작년 이날 당시 "
    "최근 현재 오전 오후 그 이 등 및 또 각각 "
    "양측 양사 후 뒤 전 중 때 신규 기존 관련 추가".split()
)
_MODIFIER_TAGS = frozenset({"NNG", "NNP", "SL", "XR", "XSN", "SH", "XPN", "MM"})
_PLAIN_WEIGHT = {"Company": 30, "Product": 30, "SportsTeam": 30, "MediaOutlet": 40}
_TEAM_CUES = re.compile(r"프로축구|프로야구|프로농구|프로배구|K리그|KBO|감독|구단|홈경기|원정|승점|선발|결승골|득점")


def find_mentions(doc: Document, gazetteers: Gazetteers) -> tuple[Mention, ...]:
    """The names of an article with their kinds: "MS(마이크로소프트)" has two Company mentions, the second a bracket-alias."""
    text = doc.article.text
    weights = resource_folder() / "weights"
    names = load_names(weights)
    people = PeopleFinder(gazetteers, names)
    evidence = Evidence(text, names, load_clusters(weights / CLUSTERS), gazetteers)
    found: list[Found] = list(_datelines(doc))
    for sentence in doc.sentences:
        found += _find_in(text, sentence, gazetteers, people, evidence)
    found = [item for item in found if item[2] in ("Position", "Event") or not _is_class_noun(text[item[0] : item[1]])]
    found = list(_agreed(text, found))
    kept = _choose(found)
    kept = _choose([*found, *_repeats(text, kept, gazetteers)])
    surnames = {text[start] for start, end, kind, rule, _ in kept if kind == "Person" and end - start > 1 and rule != "unnamed"}
    kept = [item for item in kept if item[3] != "surname-title-doubtful" or text[item[0]] in surnames]
    kept = _choose([*kept, *find_aliases(text, kept)])
    kept = _choose([*kept, *find_short_forms(text, kept, gazetteers)])
    kept = _choose([*kept, *_repeats(text, [item for item in kept if item[3] == "bracket-alias"], gazetteers)])
    return tuple(Mention(Span(start, end), kind, rule) for start, end, kind, rule, _ in kept)


def _agreed(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """What is found, but for names of which the tagger alone speaks and cannot tell what they are: a person here, a body there."""
    kinds: dict[str, set[str]] = {}
    sure: set[str] = set()
    for start, end, kind, rule, weight in found:
        name = text[start:end]
        if rule != "tagger":
            sure.add(name)
        else:
            kinds.setdefault(name, set()).add("Person" if kind == "Person" else "doubt" if not weight else "body")
    doubtful = {name for name, several in kinds.items() if len(several) > 1 and name not in sure}
    for item in found:
        if item[4] and (item[3] != "tagger" or text[item[0] : item[1]] not in doubtful):
            yield item


def _is_class_noun(name: str) -> bool:
    return name in CLASS_NOUNS or name.endswith(("업체", "기업들", "회사", "여당", "야당", "빅테크", "자회사", "합작사", "계열사"))


def _datelines(doc: Document) -> Iterator[Found]:
    for dateline in doc.datelines:
        if dateline.place is not None:
            yield dateline.place.start, dateline.place.end, "City", "dateline", 90
        if dateline.outlet is not None:
            yield dateline.outlet.start, dateline.outlet.end, "MediaOutlet", "dateline", 90
        for reporter in dateline.reporters:
            yield reporter.start, reporter.end, "Person", "dateline", 90


def _find_in(text: str, sentence: Sentence, gazetteers: Gazetteers, people: PeopleFinder, evidence: Evidence) -> list[Found]:
    tokens = sentence.tokens
    if not tokens:
        return []
    words = find_words(text, tokens)
    found: list[Found] = list(people.find(text, words))
    found += find_unnamed(text, sentence.span.start, sentence.span.end, people.names)
    found += find_numbered(text, sentence.span.start, sentence.span.end, words, people.names)
    found += find_quoted(text, sentence.span.start, sentence.span.end, words, tokens)
    found += _listed(text, words, tokens, gazetteers)
    found += _announced(words, gazetteers, people, evidence)
    found += _endings(text, words, gazetteers, people, evidence)
    found += _models(text, sentence)
    found += _shaped(text, sentence, words, gazetteers, people)
    found += find_tagged(text, tokens, words, people, evidence)
    return found


def _names_head_of_state(word: Word, people: PeopleFinder) -> bool:
    """Whether a government is called by its head: 문재인 정부, 바이든 행정부."""
    return not word.josa and word.tags == ("NNP",) and (people.is_name(word.text, 0.0) or people.names.is_person(word.text))


def _shaped(
    text: str, sentence: Sentence, words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder
) -> Iterator[Found]:
    """Names by their shape: FC and a name, a city and a team, a party before its members, a state's government, a venue."""
    start, end = sentence.span.start, sentence.span.end
    for match in _PARTY.finditer(text, start, end):
        if not is_plain(match[0]) and match[0] not in ("여당", "야당", "제1야당"):
            yield match.start(), match.end(), "PoliticalParty", "party-shape", 71
    for match in _CHAMBER.finditer(text, start, end):
        yield match.start(), match.end(), "Court", "chamber", 76
    for match in _GOVERNMENT.finditer(text, start, end):
        begin = match.start()
        if begin and text[begin - 1] == " ":
            before = next((word for word in words if word.end == begin - 1), None)
            if before is not None and (gazetteers.kind(before.text) == "Country" or _names_head_of_state(before, people)):
                begin = before.start
        if begin < match.start() or match[0] == "정부":
            yield begin, match.end(), "GovernmentAgency", "government", 73
    if _TEAM_CUES.search(text):
        for match in _CLUB.finditer(text, start, end):
            yield match.start(), match.end(), "SportsTeam", "club-shape", 72
        for match in _CITY_TEAM.finditer(text, start, end):
            if (
                gazetteers.kind(match[1]) in ("City", "Region")
                and gazetteers.entry(match[2]) is None
                and kind_of_ending(match[2]) != "Event"
            ):
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
                yield words[begin].start, word.end, "Facility", "venue", 73


def _listed(text: str, words: Sequence[Word], tokens: Sequence[Token], gazetteers: Gazetteers) -> Iterator[Found]:
    """Names of the gazetteers that begin with a word and end with one, or where an ending such as -측 or -산 begins."""
    stops = sorted({token.span.end for token in tokens})
    for index, word in enumerate(words):
        first = bisect_right(stops, word.start)
        match = gazetteers.longest(text, word.start, stops[first : first + 14])
        if match is None:
            continue
        end, entry = match
        last = next((item for item in words[index : index + 8] if item.start < end <= item.end), None)
        if entry.kind == "Position" or last is None or (end != last.end and text[end : last.end] not in _TAILS):
            continue
        if entry.kind in PLACES and text[end : last.end] in _NO_PLACES:
            continue  # 장성들: generals, no county
        size = end - word.start
        if size == 1 and not "一" <= word.text <= "龥":
            continue
        weight = 57 + min(size, 12)
        if end == word.end and len(word.tags) == 1 and word.tags[0] == "NNG":
            if entry.kind in _PLAIN_WEIGHT:
                weight = _PLAIN_WEIGHT[entry.kind]
                if (size <= 3 and text[word.start : end] != entry.name) or size <= 2:
                    continue
            elif entry.kind in ("City", "Region") and (size <= 2 or text[word.start : end] != entry.name):
                if not (index and gazetteers.kind(words[index - 1].text) in PLACES and word.gap == " "):
                    continue
                if is_plain(word.text) and gazetteers.kind(words[index - 1].text) != "Region":
                    continue  # 서울시 예산: the city's budget
        yield word.start, end, entry.kind, "gazetteer", weight


def _announced(words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder, evidence: Evidence) -> Iterator[Found]:
    """A name after a class noun: 배터리 업체 한별소재, 물류 자회사인 한별로지스."""
    for before, word in itertools.pairwise(words):
        if word.gap != " " or before.josa not in ("", "인", "이던", "였던", "이었던"):
            continue
        kind = class_of(before.text)
        if (
            kind is None
            or len(word.text) < 2
            or people.title_of(word) is not None
            or is_plain(word.text)
            or gazetteers.entry(word.text) is not None
        ):
            continue
        ending = kind_of_ending(word.text)
        latin = bool(_LATIN_NAME.fullmatch(word.text))
        sure = (
            before.josa != ""
            or latin
            or word.tags[0] == "NNP"
            or (len(word.tags) > 1 and word.tags[0] != "SN" and kind == "Company" and len(word.text) > 3)
        )
        unheard = len(word.tags) == 1 and word.tags[0] != "NNB" and evidence.is_unheard(word.text)
        if unheard and evidence.kind_of(word.text) == kind and not people.is_name(word.text, 1.0):
            yield word.start, word.end, kind, "class-noun", 56
            continue
        if (
            (word.tags == ("NNG",) and not before.josa)
            or not sure
            or ending in ("Event", "Agreement", "Law")
            or class_of(word.text) is not None
        ):
            continue
        if any(tag in ("SN", "NR", "NNB") for tag in word.tags[:1]):
            continue
        if before.text in _STORMS:
            yield word.start, word.end, "Event", "class-noun", 56  # 허리케인 아이린
        elif kind in ORGANIZATIONS or (kind in ("Product", "Work") and latin):
            yield word.start, word.end, ending if ending in ORGANIZATIONS and kind == "Organization" else kind, "class-noun", 56


def _endings(
    text: str, words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder, evidence: Evidence
) -> Iterator[Found]:
    """Words that end like names; events, agreements, laws and works take the nouns before them along."""
    for index, word in enumerate(words):
        kind = kind_of_ending(word.text)
        if index and word.gap == " " and word.text in _UNITS and not words[index - 1].josa and words[index - 1].text not in _STOP_MODIFIERS:
            begin = _modified_from(words, index, gazetteers, people, through=ORGANIZATIONS)
            if begin < index:
                yield words[begin].start, word.end, "Organization", "unit-of", 73
        if index and word.gap == " " and word.text in _SITES and _owns_site(words[index - 1], word, gazetteers):
            yield words[index - 1].start, word.end, "Facility", "facility-of", 75
        if index and word.text in _PRODUCT_HEADS and word.gap == " ":
            begin = _modified_from(words, index, gazetteers, people)
            if begin < index:
                yield words[begin].start, word.end, "Product", "head-noun", 66
        if kind is None or people.title_of(word) is not None or any(tag == "SN" for tag in word.tags[:1]):
            continue
        if kind in _HEAD_KINDS:
            begin = _modified_from(words, index, gazetteers, people)
            if begin < index or kind not in _ARTICLES or (len(word.tags) > 1 and word.text not in _BARE):
                yield words[begin].start, word.end, kind, "head-noun", 62 if begin < index else 46
            continue
        if is_part_of_noun(word, ending_of(word.text)) and kind not in _HEAD_KINDS:
            continue  # 금연구역, 카카오택시: the last noun is longer than the ending
        if kind in ("City", "Region") and (len(word.text) < 3 or not _is_seat(text, words, index, gazetteers, people.names)):
            continue
        if kind == "Facility":
            told = len(word.tags) > 1 or len(ending_of(word.text)) > 1 or evidence.is_placed(word.text)  # not 전기저항
            if len(word.text) > 3 and told and (len(word.tags) > 1 or word.tags[0] == "NNP"):
                yield word.start, word.end, kind, "ending", 48
            continue
        if (
            kind == "Company"
            and len(word.tags) > 1
            and set(word.tags) <= _COMMON_TAGS
            and any(is_plain(word.text[cut:]) for cut in range(1, len(word.text) - 1))
        ):
            continue  # 연구개발, AI클라우드
        if (
            len(word.tags) > 1
            or word.tags[0] == "NNP"
            or len(word.text) > 4
            or (len(word.tags) == 1 and evidence.is_unheard(word.text))
            or (kind in ("GovernmentAgency", "Court", "PoliticalParty") and len(word.text) > 3)
        ):
            yield word.start, word.end, kind, "ending", 49 if kind in ("City", "Region") else 53


def _is_seat(text: str, words: Sequence[Word], index: int, gazetteers: Gazetteers, names: NameTable) -> bool:
    """Whether a word that ends like a town is one: 솔내군 has a 군수, 전남 한올면 stands in a province; 레오나르도 is and has neither."""
    name, tags = words[index].text, words[index].tags
    if len(tags) > 1 and tags[0] != "NNP":
        return False  # 의료제도
    if name[-1] in _SEATS and re.search(_SEATS[name[-1]], text):
        return True
    before = words[index - 1] if index and words[index].gap == " " else None
    return (before is not None and gazetteers.kind(before.text) in PLACES) or (names.is_place(name) and not names.is_person(name))


def _owns_site(owner: Word, site: Word, gazetteers: Gazetteers) -> bool:
    if (
        owner.josa
        or owner.text in _STOP_MODIFIERS
        or owner.tags[0] in ("SN", "NR")
        or not (owner.proper or gazetteers.entry(owner.text) is not None or kind_of_ending(owner.text))
    ):
        return False
    return site.text not in ("본사", "사옥") or gazetteers.kind(owner.text) not in PLACES


def _modified_from(
    words: Sequence[Word], index: int, gazetteers: Gazetteers, people: PeopleFinder, through: frozenset[str] = frozenset()
) -> int:
    begin = index
    while begin and index - begin < 3 and words[begin].gap == " ":
        before = words[begin - 1]
        if before.josa or before.text in _STOP_MODIFIERS or not set(before.tags) <= _MODIFIER_TAGS or people.title_of(before) is not None:
            break
        if (
            (gazetteers.kind(before.text) in PLACES and not through)
            or (through and begin < index and gazetteers.kind(before.text) is None and not before.proper)
            or (kind_of_ending(before.text) in _HEAD_KINDS and begin == index and len(words[index].text) > 3)
        ):
            break
        begin -= 1
    return begin


def _models(text: str, sentence: Sentence) -> Iterator[Found]:
    for match in _MODEL.finditer(text, sentence.span.start, sentence.span.end):
        yield match.start(), match.end(), "Product", "model-number", 63


def _choose(found: Iterable[Found]) -> list[Found]:
    """The weightiest spans that do not overlap, longer before shorter, in order of place."""
    taken: list[Found] = []
    free: set[int] = set()
    for item in sorted(set(found), key=lambda one: (-one[4], one[0] - one[1], one[0], one[2], one[3])):
        places = range(item[0], item[1])
        if item[1] > item[0] and free.isdisjoint(places):
            free.update(places)
            taken.append(item)
    return sorted(taken)


def _repeats(text: str, kept: Sequence[Found], gazetteers: Gazetteers) -> Iterator[Found]:
    """Names that were recognised once, wherever else they stand."""
    kinds: dict[str, tuple[int, str]] = {}
    for start, end, kind, rule, weight in kept:
        name = text[start:end]
        if kind == "Position" or (kind in _HEAD_KINDS and rule == "head-noun") or len(name) < 2 or rule == "unnamed" or weight < 50:
            continue
        if kind == "Person" and " " in name:
            last = name.rsplit(" ", 1)[1]
            if len(last) > 1 and gazetteers.entry(last) is None:
                kinds.setdefault(last, (weight, kind))
        if weight > kinds.get(name, (0, ""))[0]:
            kinds[name] = (weight, kind)
    if not kinds:
        return
    longest: dict[int, str] = {}
    for name in kinds:
        place = text.find(name)
        while place >= 0:
            free = place == 0 or _WORDY.match(text, place - 1) is None
            if free and len(name) > len(longest.get(place, "")) and _BEFORE_JOSA.match(text, place + len(name)):
                longest[place] = name
            place = text.find(name, place + 1)
    done = 0
    for place in sorted(longest):
        if place >= done:
            done = place + len(longest[place])
            weight, kind = kinds[longest[place]]
            yield place, done, kind, "repeated", max(49, weight - 1)
