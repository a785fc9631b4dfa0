"""From a clause to the roles of a fact: who, what, and the qualifiers that say when, where, how much and with whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.circumstances import HOW, find_circumstance, is_of_noun, is_site
from kg.extract.qualifiers import (
    ends_elsewhere,
    is_bounded,
    is_left,
    is_listed_with,
    is_no_amount,
    is_of_member,
    is_of_range,
    is_term,
    is_way,
    keep_certain,
)
from kg.extract.scene import LONGEST_TEXT, Scene, is_tally
from kg.model import Argument, ArgumentRole, Clause, Entity, Qualifier, Quantity, Span, Text, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import find_kind, is_verbal_noun, load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon

_ROLE_NAMES: dict[ArgumentRole, str] = {
    "dative": "recipient", "comitative": "with", "source": "source", "complement": "complement", "object": "target", "topic": "topic",
    "quote": "topic", "time": "time",
}
# verbs that take or choose somebody as something, and those that turn one thing into another
_TAKING = frozenset(
    "여기다 삼다 간주하다 추천하다 선정하다 지정하다 임명하다 선임하다 위촉하다 발탁하다 내정하다 지명하다 선출하다 뽑다 꼽다 인정하다 "
    "규정하다 분류하다 영입하다 초빙하다 임용하다 기용하다 공천하다 추대하다".split()
)
_TURNING = frozenset(
    "만들다 전환하다 바꾸다 변경하다 개편하다 재편하다 승격하다 격상하다 대치하다 대체하다 교체하다 나누다 구분하다 통합하다".split()
)
_SUMMONING = frozenset(("부르다", "소환하다"))
_UNIT_ROLES = {"세": "age", "위": "rank", "score": "score"}
# phrasal postpositions: ~을 위해, ~에 대해
_PHRASAL = {"대해": "topic", "관해": "topic", "위해": "purpose", "통해": "instrument", "비해": "comparedTo", "인해": "reason", "의해": "source",
            "대상으로": "target", "상대로": "target", "중심으로": "place", "바탕으로": "basis", "기반으로": "basis", "토대로": "basis",
            "근거로": "basis", "기준으로": "basis", "계기로": "reason", "이유로": "reason", "명분으로": "reason", "빌미로": "reason",
            "주제로": "topic", "전제로": "condition", "조건으로": "condition", "무대로": "place"}
_AGO = re.compile(r"\s?(?:전|뒤|후)(?![가-힣]{2})")
_DATED = re.compile(r"\d{2,4}\s?년(?!\s?\d)")
_SINCE = frozenset(("이후", "직후", "후", "뒤", "이전", "직전", "이래"))
_HOLIDAY = re.compile(r"설날?|추석|봄|여름|가을|겨울|성탄절|크리스마스|연말|연초|주말|아침|저녁|새벽|밤|낮|어린이날|한글날")
_AFTER = re.compile(r"\s(?:후|뒤|이후|직후|전|이전)(?:\s|$)")
_POINTERS = frozenset("여기 거기 저기 지금 나중 이제 요즘 오늘날 예정 전망 계획 방침".split())
_MEANWHILE = re.compile(r"\s(?:중|도중|와중|당시)$")
_MATCH_MINUTE = re.compile(r"전반|후반|연장")
_OF_VALUE = re.compile(r"(?:권|\s?짜리|급|형)(?=[가-힣\s]|$)")  # 오만원권, 100만원짜리: what sort of thing
_REPORTED = re.compile(r"(?:다|라|냐|자)는\s")
_LISTED = re.compile(r",\s|[와과]\s|\s및\s|·")
_UNLIKE = re.compile(r"[와과]?[는은]?\s(?:달리|다르게|마찬가지|반대로|비슷하게|별도로|별개로|무관하게|상관)")
_POSTPOSED = frozenset("대상 상대 중심 바탕 기반 토대 계기 이유 명분 근거 시작 필두 끝 기준 전제 조건 배경 무대 기점 빌미".split())
_DOERS = ("Agent", "Place", "Group", "Work", "Law")
_APART = re.compile(r"에서\s(?:약\s|불과\s)?\d[\d,.]*\s?(?:km|m|킬로|미터|㎞|마일|해리)")
_BARE_VERB = re.compile(r"[을를]\s([가-힣]{2,4}),\s")
_NOTED = re.compile(r"\)(?:보다|\s?대비)")  # 2020년(318명)보다
_AND_OTHERS = re.compile(r"\s등\s(?:전국\s|모두\s|총\s)?$")
_FRAMED = ("통해", "위해", "인해", "의해", "비해")  # 13개 출입구를 통해: how many of these, and not of what is done
_COMPARING = frozenset(("보다", "대비"))
_SUMS = frozenset("KRW USD EUR JPY CNY GBP % %p".split())


@dataclass(frozen=True, slots=True)
class Filled:
    """An argument with the value that it stands for."""

    argument: Argument
    value: Value


def find_filled(scene: Scene, clause: Clause) -> tuple[Filled, ...]:
    """The clause's arguments that stand for something, in order."""
    found: list[Filled] = []
    for argument in clause.arguments:
        value = scene.value_of(clause.sentence, argument)
        if value is None or _is_adverb(scene, argument, value) or _is_rest_of_day(scene, clause, argument, value):
            continue
        if _is_of_bare_noun(scene, clause, argument):
            continue
        if argument.role == "adverbial" and not argument.josa and isinstance(value, Entity) and load_ontology().is_kind(value.kind, "Place"):
            argument = replace(argument, role="locative", josa="에서")  # 서울 노보텔 개최된: the josa is left out
        found.append(Filled(argument, value))
    return tuple(found)


def _is_of_bare_noun(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether an object belongs to a verb of which only the noun is said: 영수증을 of "영수증을 발견, 한도윤을 추궁했다"."""
    bare = _BARE_VERB.match(scene.text, argument.span.end) if argument.role == "object" and not argument.shared else None
    return bare is not None and bare.end() <= clause.predicate.span.start and is_verbal_noun(bare[1])


def _is_rest_of_day(scene: Scene, clause: Clause, argument: Argument, value: Value) -> bool:
    """Whether a time of day belongs to a day that another clause has: 오전 of "23일 오전 이 사진을 활용한 작품을 소개했다"."""
    if not isinstance(value, Time) or argument.span.start <= value.span.start:
        return False
    day = Span(value.span.start, argument.span.start)
    others = (scene.doc.clauses[index] for index in scene.clauses_of[clause.sentence])
    return any(a.span.overlaps(day) and a is not argument and not a.shared for other in others if other is not clause for a in other.arguments)


def _is_adverb(scene: Scene, argument: Argument, value: Value) -> bool:
    """Whether a phrase of one noun only says when or how: 지금까지, 사전에, 무엇보다, 성황리에."""
    if argument.role in ("subject", "topic") or argument.josa in ("을", "를") or isinstance(value, Time | Quantity):
        return False
    words = argument.span.of(scene.text)
    if (words in ("처음", "공동") and argument.josa.endswith("로")) or (words == "평소" and argument.josa in _COMPARING):
        return False
    return words in load_reference_lexicon().moments or words in load_fact_lexicon().hours


def find_qualifiers(scene: Scene, clause: Clause, filled: tuple[Filled, ...], used: tuple[Argument, ...]) -> tuple[Qualifier, ...]:
    """What the unused arguments add, and the times and amounts that stand inside the used ones."""
    found: list[Qualifier] = []
    for item in filled:
        argument, value = item.argument, item.value
        if argument in used or argument.role == "subject" or (argument.shared and not argument.josa) or _is_doubtful(scene, clause, item):
            continue
        if is_way(scene, clause, argument) or is_of_noun(scene, clause, argument) or is_listed_with(scene, clause, argument, value):
            continue
        if isinstance(value, Quantity) and is_no_amount(scene, clause, argument, value):
            continue
        if argument.role == "adverbial" and not argument.josa and not isinstance(value, Time | Quantity):
            continue  # a bare noun beside the verb may say anything
        if isinstance(value, Quantity) and argument.span.start < value.span.start and _is_listed_before(scene, clause, argument):
            continue  # 사망자 7명, 실종자 3명이: the number of another
        role = _role_of(scene, clause, argument, value)
        if role in ("role", "result") and isinstance(value, Entity) and value.kind == "Person" and not value.created:
            found.extend(Qualifier(role, words) for words in [scene.text_of(argument)] if words is not None)  # 노벨상 수상자로: nobody's name
        elif role is not None:
            found.append(Qualifier(role, value))
    for argument in clause.arguments:
        for time in scene.times_in(clause.sentence, argument.span):
            if time.grain == "duration" and _is_ago(scene, time):
                continue  # 100년 전: not how long
            if argument.role == "comitative" and _UNLIKE.match(scene.text, argument.span.end):
                continue  # 두 번의 공연과 마찬가지로
            if time.span != argument.span and _HOLIDAY.fullmatch(time.text):
                continue  # 설 선물, 여름 방학
            if _AFTER.search(scene.text[time.span.end : argument.span.end]):
                continue  # 20일 합의 후 6일 만에: the day of the agreement
            dated = time.text.endswith("일자") and argument.josa == "에"  # 14일자 온라인판에 실렸다: on that day
            if not dated and (_is_of_noun(scene, clause, argument, time) or _is_named(filled, argument, time.text)):
                continue
            if not any(q.value == time for q in found) and not any(f.value == time for f in filled):
                found.append(Qualifier(_time_role(time), time))
        other = argument.josa.endswith(_FRAMED) or (argument.role == "adverbial" and _is_listed_before(scene, clause, argument))
        other = other or (argument.role == "comitative" and _UNLIKE.match(scene.text, argument.span.end) is not None)
        inside = () if other or argument.josa in (*_COMPARING, "에서") else scene.quantities_in(clause.sentence, argument.span)
        told = scene.quantities_in(clause.sentence, argument.span) if argument.josa in _COMPARING else ()
        found.extend(Qualifier("comparedTo", q) for q in told if len(told) == 1 and _NOTED.match(scene.text, q.span.end))
        listed = len(inside) > 1 and _LISTED.search(argument.span.of(scene.text)) is not None
        for quantity in () if listed else inside:  # of a list each count has its own thing
            if (
                not any(q.value == quantity for q in found)
                and not any(f.value == quantity for f in filled)
                and not _is_named(filled, argument, quantity.text)
                and not _counts_others(scene, argument, quantity)
                and not is_of_member(scene, argument, quantity)
                and not (quantity.unit == "세" and argument.role != "subject" and (argument not in used or argument.clause is not None))  # of another
                and _OF_VALUE.match(scene.text, quantity.span.end) is None
                and not _is_in_words(scene, argument, quantity)
                and not is_no_amount(scene, clause, argument, quantity)
                and not (_counts_or_charges(scene, argument, quantity) and _is_told_within(scene, clause, argument, quantity.span))
            ):
                found.append(Qualifier(_unit_role(quantity), quantity))
    found.extend(_loose(scene, clause, found, filled))
    found = [q for q in found if not (isinstance(q.value, Time) and is_term(scene, q.value))]
    found = [q for q in found if not (q.role == "duration" and isinstance(q.value, Time) and is_bounded(scene, q.value))]
    return tuple(keep_certain(scene, clause, _tidy(found)))


def _counts_others(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a count stands with one of those counted, of a list that was cut: 김공수 of "한서림 시장, 김공수 교수 등 160여 명"."""
    if argument.role in ("subject", "topic") and _AND_OTHERS.search(scene.text, argument.span.start, quantity.span.start) is not None:
        named = scene.entity_of(argument)
        return named is not None and (bool(named.members) or not named.created)
    one = scene.entity_of(argument) if argument.role in ("subject", "topic") and quantity.unit in ("명", "인") else None
    return one is not None and one.kind == "Person" and not one.members and not one.created


def _is_listed_before(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether an argument stands in a list before the clause's subject."""
    listed = scene.text.startswith(", ", argument.span.end)
    return listed and any(a.role == "subject" and a.span.start == argument.span.end + 2 for a in clause.arguments)


def _is_doubtful(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether what an argument adds is better left unsaid: 일반적으로, 남성으로, 기술 면에서, 의도와는 달리."""
    argument, value = item.argument, item.value
    head = argument.head.of(scene.text)
    behind = scene.text[argument.span.end : argument.span.end + 8]
    if argument.role == "comitative" and _UNLIKE.match(behind):
        return True
    if not isinstance(value, Time) and (head in _POINTERS or _MEANWHILE.search(argument.span.of(scene.text))):
        return True  # 여기, 지금; 투병 중에도: where and when, and nothing more
    classed = argument.role == "instrument" and argument.josa in ("로", "으로") and not isinstance(value, Time)
    if classed and scene.text.startswith(argument.josa + ",", argument.span.end):
        return True  # 영향을 준 태풍으로, …: what it is, and a clause of its own
    if isinstance(value, Time) and (_dates_event(scene, value) or ends_elsewhere(scene, clause, argument, value)):
        return True
    if isinstance(value, Time):  # 16분에: a time of the clock; 100년 전: not how long
        return value.grain == "duration" and (argument.josa == "에" or _is_ago(scene, value))
    if isinstance(value, Quantity):
        return False
    if head in _POSTPOSED and argument.span == argument.head and argument.role in ("instrument", "goal"):
        return True  # 그리스를 시작으로, 박씨를 상대로: half of a postposition
    if argument.role == "locative" and _APART.match(scene.text, argument.span.end):
        return True  # 동창리에서 45km 떨어진: from where
    if any(t.span.covers(argument.head) and t.span.end > argument.head.end for t in scene.times_in(clause.sentence, clause.span)):
        return True  # 한국표준시 of 한국표준시 오전 9시
    if argument.role == "adverbial" and argument.josa.endswith(("시작으로", "필두로", "끝으로", "기점으로", "배경으로")):
        return True
    if argument.role == "topic":
        return True  # what the sentence is about, and perhaps not this clause
    if argument.role == "goal" and argument.josa == "까지":
        kind = value.kind if isinstance(value, Entity) else find_kind(head)
        return not load_ontology().is_kind(kind or "", "Place")
    return argument.role == "source" and argument.josa == "부터" and not (isinstance(value, Entity) and scene.is_kind(value, _DOERS))  # 전쟁 초기부터


def is_measured(value: Value) -> bool:
    """Whether a value is a number or a length of time."""
    return isinstance(value, Quantity) or (isinstance(value, Time) and value.grain == "duration")


def may_change(clause: Clause) -> bool:
    """Whether a clause's predicate tells of a change, with a value from which and one to which: 늘다, 길어지다."""
    return clause.predicate.lemma.endswith("지다") or clause.predicate.lemma in load_clause_lexicon().goal_verbs


def _is_of_noun(scene: Scene, clause: Clause, argument: Argument, time: Time) -> bool:
    """Whether a time inside a phrase is the noun's and not the clause's: 2018년 of "2018년 월드컵 신청서를 받았다", 오늘 of "오늘 끝낼 일"."""
    if argument.span.start < time.span.start and argument.role != "adverbial" and argument.span.end > time.span.end:
        return True
    if time.span.end < argument.span.end and (time.text.endswith("학년도") or (argument.role == "object" and _DATED.match(time.text))):
        return True
    return _is_told_within(scene, clause, argument, time.span)


def _counts_or_charges(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a number counts things, or stands in the charge by which something is done; a sum that is estimated is told by both clauses."""
    charged = argument.role != "object" and argument.head.of(scene.text) in load_clause_lexicon().charge_nouns
    return charged or quantity.unit not in _SUMS


def _is_told_within(scene: Scene, clause: Clause, argument: Argument, value: Span) -> bool:
    """Whether a time or number stands in a clause inside a phrase: 두 명 of "두 명을 때린 혐의로 기소됐다"."""
    for index in scene.clauses_of[clause.sentence]:
        other = scene.doc.clauses[index]
        inside = argument.span.covers(other.span) and other.span != argument.span
        held = argument.clause is not None and value.end <= other.predicate.span.start and argument.span.covers(other.predicate.span)
        if other is not clause and other.span.covers(value) and (inside or held):
            return True
    return False


def _is_in_words(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a number stands in words that a phrase reports: 56% of "56%만 가동된다는 수치"."""
    words = _REPORTED.search(scene.text, quantity.span.end, argument.head.start)
    return words is not None and argument.span.end > words.end()


def _dates_event(scene: Scene, time: Time) -> bool:
    """Whether a time dates an event from which the clause counts: 9일 of "9일 파업 시작 이후"."""
    place, seen = time.span.end, 0
    while seen < 7:
        begun = place + len(scene.text[place : place + 2]) - len(scene.text[place : place + 2].lstrip(" "))
        token = scene.token_at.get(begun)
        if token is None or not token.tag.startswith(("NN", "XSN")):
            return False
        if token.form in _SINCE and seen:
            return True
        place, seen = token.span.end, seen + 1
    return False


def _is_ago(scene: Scene, time: Time) -> bool:
    """Whether a length of time only points back or ahead, and from where nobody knows: 100년 전."""
    return _AGO.match(scene.text, time.span.end) is not None or time.text.endswith((" 전", " 뒤", " 후"))


def _is_named(filled: tuple[Filled, ...], argument: Argument, words: str) -> bool:
    """Whether a time or number is part of the argument's name or count: 2022년 월드컵, 2승 3패."""
    return any(f.argument == argument and words in (f.value.name if isinstance(f.value, Entity) else _count(f.value)) for f in filled)


def _count(value: Value) -> str:
    return value.text if isinstance(value, Text) and is_tally(value.text) else ""


def _tidy(found: list[Qualifier]) -> list[Qualifier]:
    bound = load_clause_lexicon().bound_nouns
    longest = {"manner": 60, "place": 60}
    return [
        q
        for q in found
        if not isinstance(q.value, Text) or (q.value.text not in bound and 2 <= len(q.value.text) <= longest.get(q.role, LONGEST_TEXT))
    ]


def _loose(scene: Scene, clause: Clause, found: list[Qualifier], filled: tuple[Filled, ...]) -> list[Qualifier]:
    """Times of the clause's own words that belong to no argument of any clause of the sentence; what such a number counts, nobody knows."""
    held = [a.span for index in scene.clauses_of[clause.sentence] for a in scene.doc.clauses[index].arguments]
    loose: list[Qualifier] = []
    for time in scene.times_in(clause.sentence, clause.span):
        if time.grain == "duration" and _is_ago(scene, time):
            continue
        if any(span.overlaps(time.span) for span in held) or any(q.value == time for q in found) or any(f.value == time for f in filled):
            continue
        if not _narrower(scene, clause, time):
            loose.append(Qualifier(_time_role(time), time))
    return loose


def _narrower(scene: Scene, clause: Clause, value: Time) -> bool:
    size = clause.span.end - clause.span.start
    for index in scene.clauses_of[clause.sentence]:
        other = scene.doc.clauses[index]
        if other is not clause and other.span.covers(value.span) and other.span.end - other.span.start < size:
            return True
    return False


def _time_role(time: Time) -> str:
    """How long, or when: 5년간 is a duration, 내년 a time."""
    return "duration" if time.grain == "duration" else "time"


def _unit_role(quantity: Quantity) -> str:
    if _MATCH_MINUTE.match(quantity.text):
        return "matchTime"  # 전반 11분: when, though of no calendar
    return _UNIT_ROLES.get(quantity.unit, "amount")


def _is_taken_for(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase names what a verb makes of its object or takes it for: 위원으로 of "강도윤을 위원으로 위촉했다"."""
    if clause.predicate.lemma not in _TAKING | _TURNING | load_fact_lexicon().taking_verbs or argument.josa not in ("로", "으로") or argument.shared:
        return False
    if not any(a.role == "object" and a.josa in ("을", "를") and a.span.end < argument.span.start for a in clause.arguments):
        return False
    head = argument.head.of(scene.text)
    if clause.predicate.lemma in _SUMMONING and find_kind(head) != "Person" and head not in ("신분", "자격"):
        called = (scene.entity_of(a) for a in clause.arguments if a.role == "object")
        if any(e is not None and e.kind == "Person" for e in called):
            return False  # 한도윤을 경찰서로 불렀다: where to
    how = head in load_clause_lexicon().manner_nouns | load_fact_lexicon().ways | load_fact_lexicon().causes or HOW.search(head) is not None
    return not how and len(scene.text[argument.span.end : clause.predicate.span.start].split()) < 3


def _role_of(scene: Scene, clause: Clause, argument: Argument, value: Value) -> str | None:
    """The role of what an argument adds; none where it cannot be told."""
    risen = argument.role == "locative" and argument.josa == "에서" and is_measured(value) and not is_of_range(scene, clause, argument, value)
    if risen and (may_change(clause) or is_left(scene, clause, value)):
        return "comparedTo"  # 30초에서 37초로 길어졌다
    if isinstance(value, Time) and argument.josa in _COMPARING:
        return "comparedTo"  # 2020년보다 줄었다
    if isinstance(value, Time):
        return _time_role(value)
    if isinstance(value, Quantity):
        return None if is_of_range(scene, clause, argument, value) else _unit_role(value)
    phrasal = next((role for ending, role in _PHRASAL.items() if argument.josa.endswith(ending)), None)
    if phrasal == "place":  # but not 총리실을 중심으로 조사단을 꾸렸다
        return phrasal if is_site(value, argument.head.of(scene.text)) else None
    if phrasal == "source" and not (isinstance(value, Entity) and scene.is_kind(value, _DOERS)):
        return "reason"  # 탈선사고에 의해: by no one's doing
    if phrasal is not None:
        return phrasal
    if argument.josa in _COMPARING:
        return "comparedTo"
    if argument.role == "locative" and argument.josa == "에서" and clause.predicate.lemma in load_fact_lexicon().leaving_verbs:
        return "source"
    if argument.role == "locative" and argument.josa == "에서" and clause.predicate.lemma in load_fact_lexicon().getting_verbs:
        if isinstance(value, Entity) and scene.is_kind(value, ("Organization", "Person")):
            return "source"
    if argument.role == "instrument" and argument.josa in ("로서", "으로서"):
        return "role"
    if _is_taken_for(scene, clause, argument):
        return "result" if clause.predicate.lemma in _TURNING else "role"  # 강도윤을 위원으로 위촉했다
    if argument.role in ("locative", "instrument", "goal", "adverbial"):
        return find_circumstance(scene, clause, argument, value)
    return _ROLE_NAMES.get(argument.role)
