"""Mentions of a document: every way of finding a name proposes spans, and the weightiest that do not overlap are kept."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.entities.clusters import load_clusters
from kg.entities.evidence import Evidence
from kg.entities.firms import find_firms, find_marked_firms
from kg.entities.foreign_names import find_whole_names
from kg.entities.heads import find_bracketed_heads
from kg.entities.kinds import CLASS_NOUNS, ORGANIZATIONS, PLACES, ending_of, is_plain, kind_of_ending
from kg.entities.modifiers import HEAD_KINDS, STOP_MODIFIERS, find_parts, modified_from
from kg.entities.people import NameTable, load_names
from kg.entities.people_patterns import Found, PeopleFinder
from kg.entities.people_shapes import find_numbered, find_stage_names, find_unnamed, without_particle
from kg.entities.posts import FIRM_ENDINGS, find_full_posts, find_wards
from kg.entities.quoting import class_of, find_aliases, find_quoted
from kg.entities.shaped import JOSA, TEAM_CUES, find_models, find_shaped
from kg.entities.shortened import find_short_forms
from kg.entities.tagged import find_tagged
from kg.entities.tagging import CLUSTERS
from kg.entities.words import Word, find_words, is_part_of_noun
from kg.model import Document, Mention, Sentence, Span, Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import GazetteerEntry, Gazetteers
from kg.tables.lexicons import is_verbal_noun

_BEFORE_JOSA, _WORDY = re.compile(JOSA), re.compile(r"[가-힣A-Za-z0-9]")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_COMMON_TAGS = frozenset({"NNG", "XSN", "SL", "XPN"})
_SITES = frozenset("본사 사옥 공장 복지회관 문화회관 실험실 데이터센터 매장 대회의실 발전소 청사 경기장 체육관 사업장 캠퍼스 물류센터".split())
_TOWN_SITES = frozenset("공장 발전소 데이터센터 사업장 캠퍼스 물류센터".split())  # those that a town's name tells apart: 세종 공장
_UNITS = frozenset("산학협력단 부문 사업부 사업부문 사업본부 의회 총학생회 노조 노동조합 연구소 부속병원".split())
_BARE = frozenset(
    "개정안 제정안 법률안 법안 시행령 시행규칙 조례 조례안 예산안 계획안 보고서 논문 백서 회고록 자서전 다큐멘터리 "
    "학술지 온라인판 기금 신탁 특별법 기본법 국제학술지".split()
)
_ARTICLES = ("Law", "Work", "Fund")
_PRODUCT_HEADS = frozenset("모델 AI모델 클라우드 플랫폼".split())
_HOME = frozenset(("대한민국", "한국", "남한"))
_NO_PLACES = frozenset("들 팀 인의".split())
_TAILS = frozenset("상 측 내 발 행 산 계 권 인 형 판 식 전 들 등 팀 군 인의".split())
_SEATS = {
    "군": "군수|군청|군의회|군민|군보건소",
    "시": "시청|시의회|시민|시보건소",
    "구": "구청|구의회|구민|구보건소",
    "면": "면장|면사무소|면민",
    "읍": "읍장|읍사무소|읍민",
    "동": "동장|주민센터|동사무소",
    "리": "이장|마을",
}
_PUBLIC_SITE = re.compile(r" (?:복지회관|주민센터|주민|일대|체육관|보건소|번영회|마을회관)")
_STORMS = frozenset("태풍 허리케인 사이클론 열대폭풍".split())
# models that are no products: somebody in front of a camera, a way of earning money
_OTHER_MODELS = frozenset("커버 패션 광고 전속 홍보 누드 레이싱 피팅 비즈니스 수익 사업 경제 성장 발전 운영 롤 복지".split())
_QUAKE = re.compile(r"규모 ?\d+(?:\.\d+)?(?:의|짜리)? $")  # 규모 5.8의 강진
_MARKETS = ("시장", "역")  # they are places where they have a name: 유통시장 and 전시근로역 are none
_PLAIN_WEIGHT = {"Company": 30, "Product": 30, "SportsTeam": 30, "MediaOutlet": 40}


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
    found = [without_particle(text, item, names) for item in _agreed(text, found)]
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
    found += find_full_posts(text, words, tokens, people.names, gazetteers, lambda word: people.title_of(word) is not None, evidence.is_unheard)
    found += find_firms(text, words, gazetteers, lambda name: people.is_name(name, 1.0) or people.names.is_person(name), evidence.is_unheard)
    found += find_marked_firms(text, words)
    found += find_wards(text, words, gazetteers)
    found += find_bracketed_heads(text, words, gazetteers)
    found += find_unnamed(text, sentence.span.start, sentence.span.end, people.names)
    found += find_stage_names(text, words, people.names, gazetteers)
    found += find_numbered(text, sentence.span.start, sentence.span.end, words, people.names, gazetteers)
    found += find_quoted(text, sentence.span.start, sentence.span.end, words, tokens)
    found += _listed(text, words, tokens, gazetteers, people.names)
    found += _announced(words, gazetteers, people, evidence)
    found += find_parts(words, gazetteers, people)
    found += _endings(text, words, gazetteers, people, evidence)
    found += find_models(text, sentence)
    found += find_shaped(text, sentence, words, gazetteers, people)
    found += find_tagged(text, tokens, words, people, evidence)
    found += find_whole_names(text, words, found, people.names, gazetteers)
    return found


def _listed(text: str, words: Sequence[Word], tokens: Sequence[Token], gazetteers: Gazetteers, names: NameTable) -> Iterator[Found]:
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
        if end == word.end and _is_homonym(text, words, index, entry, gazetteers):
            continue
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
        kind = entry.kind
        if kind == "SportsTeam" and text[word.start : end] != entry.name and names.is_place(text[word.start : end]) and not TEAM_CUES.search(text):
            kind = "City"  # 뮌헨 bids for the games
        yield word.start, end, kind, "gazetteer", weight
        firm = words[index + 1] if index + 1 < len(words) and end == word.end and not word.josa else None
        if kind == "Company" and firm is not None and firm.gap == " " and firm.text in FIRM_ENDINGS:
            yield word.start, firm.end, kind, "firm-of", weight + 1  # YG 엔터테인먼트


def _is_homonym(text: str, words: Sequence[Word], index: int, entry: GazetteerEntry, gazetteers: Gazetteers) -> bool:
    """Whether a word of the gazetteers is an ordinary one here: 배럴 of oil, KTX 민영화 저지, 정치의 수단, 규모 5.8의 강진, 선전 활동."""
    word = words[index]
    if word.tags == ("NNB",) or (entry.kind in PLACES and _QUAKE.search(text, max(0, word.start - 12), word.start)):
        return True
    if index and word.text == "경기" and (words[index - 1].josa.endswith("의") or _is_abroad(words[index - 1], gazetteers)):
        return True  # 스페인과의 경기, 스페인 경기: a match
    if len(word.text) > 2 or (word.tags == ("NNG",) and entry.kind == "Country"):
        return len(word.text) == 2
    if entry.kind not in (*PLACES, "Organization") or not is_verbal_noun(word.text) or (entry.name != word.text and entry.name in text):
        return False
    near = index and word.gap == " " and gazetteers.kind(words[index - 1].text) in PLACES
    after = words[index + 1] if index + 1 < len(words) and not word.josa and words[index + 1].gap == " " else None
    return not near and not word.josa.startswith("에서") and not (word.tags == ("NNP",) and after is not None and "NNP" in after.tags)


def _is_abroad(before: Word, gazetteers: Gazetteers) -> bool:
    """Whether a word beside another names another country: 스페인 경기, 스페인과 경기."""
    return before.josa in ("", "와", "과") and gazetteers.kind(before.text) == "Country" and before.text not in _HOME


def _announced(words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder, evidence: Evidence) -> Iterator[Found]:
    """A name after a class noun: 배터리 업체 한별소재, 물류 자회사인 한별로지스."""
    for index, (before, word) in enumerate(itertools.pairwise(words), 1):
        if word.gap != " " or before.josa not in ("", "인", "이던", "였던", "이었던"):
            continue
        kind = class_of(before.text)
        if kind is None or len(word.text) < 2 or people.title_of(word) is not None or is_plain(word.text) or gazetteers.entry(word.text) is not None:
            continue
        ending = kind_of_ending(word.text)
        latin = bool(_LATIN_NAME.fullmatch(word.text))
        sure = (
            before.josa != ""
            or latin
            or word.tags[0] == "NNP"
            or (len(word.tags) > 1 and word.tags[0] != "SN" and kind == "Company" and len(word.text) > 3 and word.josa != "")
        )
        unheard = len(word.tags) == 1 and word.tags[0] != "NNB" and evidence.is_unheard(word.text)
        if unheard and evidence.kind_of(word.text) == kind and not people.is_name(word.text, 1.0):
            yield word.start, word.start + len(_without_josa(before, word, evidence)), kind, "class-noun", 56
            continue
        if (word.tags == ("NNG",) and not before.josa) or not sure or ending in ("Event", "Agreement", "Law") or class_of(word.text) is not None:
            continue
        if any(tag in ("SN", "NR", "NNB") for tag in word.tags[:1]):
            continue
        after = words[index + 1] if index + 1 < len(words) else None
        if latin and not word.josa and after is not None and after.gap == " " and after.tags == ("NNP",):
            continue  # 축구팀 RCD 에스파뇰: the name goes on
        if before.text in _STORMS:
            yield word.start, word.start + len(_without_josa(before, word, evidence)), "Event", "class-noun", 56  # 허리케인 아이린
        elif kind in ORGANIZATIONS or (kind in ("Product", "Work") and latin):
            yield word.start, word.end, ending if ending in ORGANIZATIONS and kind == "Organization" else kind, "class-noun", 56


def _without_josa(before: Word, word: Word, evidence: Evidence) -> str:
    """An announced name without the 이 that was read as part of it: 볼라벤 of "태풍 볼라벤이"."""
    if before.text in _STORMS and not word.josa and len(word.text) > 3:
        return word.text.removesuffix("이")
    return evidence.without_josa(word.text)


def _endings(text: str, words: Sequence[Word], gazetteers: Gazetteers, people: PeopleFinder, evidence: Evidence) -> Iterator[Found]:
    """Words that end like names; events, agreements, laws and works take the nouns before them along."""
    for index, word in enumerate(words):
        kind = kind_of_ending(word.text)
        if index and word.gap == " " and word.text in _UNITS and not words[index - 1].josa and words[index - 1].text not in STOP_MODIFIERS:
            begin = modified_from(words, index, gazetteers, people, through=ORGANIZATIONS)
            if begin < index and (words[begin].proper or gazetteers.entry(words[begin].text) is not None):  # not 물리 연구소
                yield words[begin].start, word.end, "Organization", "unit-of", 73
        if index and word.gap == " " and word.text in _SITES and _owns_site(words[index - 1], word, gazetteers):
            yield words[index - 1].start, word.end, "Facility", "facility-of", 75
        if index and word.text in _PRODUCT_HEADS and word.gap == " " and words[index - 1].text not in _OTHER_MODELS:
            begin = modified_from(words, index, gazetteers, people)
            if begin < index:
                yield words[begin].start, word.end, "Product", "head-noun", 66
        if kind is None or people.title_of(word) is not None or _is_building(word) or any(tag == "SN" for tag in word.tags[:1]):
            continue
        if kind in HEAD_KINDS:
            begin = modified_from(words, index, gazetteers, people)
            if begin < index or kind not in _ARTICLES or (len(word.tags) > 1 and word.text not in _BARE):
                yield words[begin].start, word.end, kind, "head-noun", 62 if begin < index else 46
                if begin < index and len(word.tags) > 1 and gazetteers.entry(words[begin].text) is not None:
                    yield word.start, word.end, kind, "head-noun", 46  # 한국연구재단 중견연구사업: the foundation has a name of its own
            continue
        if is_part_of_noun(word, ending_of(word.text)) and kind not in HEAD_KINDS:
            continue  # 금연구역, 카카오택시: the last noun is longer than the ending
        if kind in ("City", "Region") and (len(word.text) < 3 or not _is_seat(text, words, index, gazetteers, people.names)):
            continue
        if kind == "Facility":
            told = len(word.tags) > 1 or len(ending_of(word.text)) > 1 or evidence.is_placed(word.text)  # not 전기저항
            if set(word.tags) <= _COMMON_TAGS and ending_of(word.text) in _MARKETS and not people.names.is_place(word.text[: -word.last]):
                continue  # 유통시장
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
            if index and word.gap == "·" and kind == "Organization" and _names_two_places(words[index - 1], word, gazetteers):
                yield words[index - 1].start, word.end, kind, "ending", 75


def _names_two_places(before: Word, word: Word, gazetteers: Gazetteers) -> bool:
    """Whether the name of a body begins with two places: 광주·전남대학교총장협의회."""
    first = gazetteers.longest(word.text, 0, range(2, min(6, len(word.text))))
    return first is not None and first[1].kind in PLACES and gazetteers.kind(before.text) in PLACES


def _is_building(word: Word) -> bool:
    """Whether a word that ends like a corporation is construction: 복구공사 rebuilds."""
    return word.text.endswith("공사") and len(word.tags) > 1 and is_verbal_noun(word.text[:-2])


def _is_seat(text: str, words: Sequence[Word], index: int, gazetteers: Gazetteers, names: NameTable) -> bool:
    """Whether a word that ends like a town is one: 솔내군 has a 군수, 전남 한올면 stands in a province; 레오나르도 is and has neither."""
    name, tags = words[index].text, words[index].tags
    if len(tags) > 1 and tags[0] != "NNP":
        return False  # 의료제도
    if name[-1] in _SEATS and re.search(_SEATS[name[-1]], text):
        return True
    if _PUBLIC_SITE.match(text, words[index].end):
        return True
    before = words[index - 1] if index and words[index].gap == " " else None
    return (before is not None and gazetteers.kind(before.text) in PLACES) or (names.is_place(name) and not names.is_person(name))


def _owns_site(owner: Word, site: Word, gazetteers: Gazetteers) -> bool:
    if (
        owner.josa
        or owner.text in STOP_MODIFIERS
        or owner.tags[0] in ("SN", "NR")
        or not (owner.proper or gazetteers.entry(owner.text) is not None or kind_of_ending(owner.text))
    ):
        return False
    return site.text in _TOWN_SITES or gazetteers.kind(owner.text) not in PLACES


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
        if kind == "Position" or (kind in HEAD_KINDS and rule == "head-noun") or len(name) < 2 or rule == "unnamed" or weight < 50:
            continue
        if kind in PLACES and len(name) == 2 and is_verbal_noun(name):
            continue  # 양산: a town once, and then what is done in factories
        if kind == "Person" and " " in name:
            last = name.rsplit(" ", 1)[1]
            if len(last) > 1 and gazetteers.entry(last) is None:
                kinds.setdefault(last, (weight, kind))
        owner = name.split(" ", 1)[0]
        if rule == "facility-of" and (seat := kind_of_ending(owner)) in PLACES:
            kinds.setdefault(owner, (49, seat or ""))  # 검바위면 of 검바위면 복지회관
        if weight > kinds.get(name, (0, ""))[0]:
            kinds[name] = (weight, kind)
    if not kinds:
        return
    longest: dict[int, str] = {}
    for name in kinds:
        found = text.find(name)
        while found >= 0:
            free = found == 0 or _WORDY.match(text, found - 1) is None
            if free and len(name) > len(longest.get(found, "")) and _BEFORE_JOSA.match(text, found + len(name)):
                longest[found] = name
            found = text.find(name, found + 1)
    done = 0
    for found in sorted(longest):
        if found >= done:
            done = found + len(longest[found])
            weight, kind = kinds[longest[found]]
            yield found, done, kind, "repeated", max(49, weight - 1)
