"""Facts of copulas: what somebody or something is, and values told by 이다."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.drafts import build_fact
from kg.extract.measures import find_measure
from kg.extract.respective import name_entity
from kg.extract.roles import Filled, find_qualifiers
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Fact, Qualifier, Quantity, Span, Text, Time
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import find_kind, is_verbal_noun

_LONGEST_CLASS = 60
_MEASURED = re.compile(r"(?:^|\s)\d[\d.,~∼만천백억조]*\s?[^\d\s]{0,5}(?:가량|정도|안팎|\d+)?(?<!째)$")
_WHO = re.compile(r"(?:누구|누군|누가|무엇|무언|뭐|뭔|어디|언제|얼마|몇.*)")
_HEREAFTER = re.compile(r"\s*(?:다음|아래|이하)[은는]\s")
_LISTED = re.compile(r",\s|[와과]\s")
_NO_CLASS = re.compile(
    r"^(?:자신|본인)의\s|(?:이틀|[사나열]흘|닷새|엿새|일)째$|\d$|(?:자루|[개명건톤곳회장권병주])당$"  # whose; 이틀째, 한 자루당
    r"|^(?:성격|수준|형태|종류|내용|의미|목적|취지|규모|차원)의\s|\s(?:후|뒤|이후|직후|당시)\s|이나(?:\s|$)"  # of which nature; when
)
_CALLED = frozenset("이름 명칭 제목 별명 본명 직업 주제 별칭 학명".split())
_WHICH = frozenset("원래 공식 정식 이전 옛 현재 새 새로운 원".split())
_SHOWN = frozenset("영상 동영상 모습 장면 메시지 편지 글 그림 소식 현장 무대 발언 촬영지 명소".split())


def build_copula(scene: Scene, clause: Clause, subject: Entity, trust: float, filled: tuple[Filled, ...], speaker: Entity | None) -> Fact | None:
    """What a subject is: 다온전자는 반도체 업체다 gives 다온전자 is-a 반도체 업체; None where the class says nothing (…한 상황이다)."""
    item = next((f for f in filled if f.argument.role == "complement"), None)
    if item is None or item.value == subject or trust < 0.8:
        return None
    if isinstance(item.value, (Quantity, Time)):
        return _build_measured(scene, clause, subject, trust, item, filled, speaker)
    if not _is_told_of(scene, clause, subject) or _is_no_class(scene, clause, item) or _is_of_object(scene, clause, item):
        return None
    if clause.status == "claimed" and speaker is None:
        return None  # 위헌이라며 낸 소송: whose word a class is, is half of it
    item = _with_whole_class(scene, item)
    head = item.argument.head.of(scene.text)
    if clause.relation == "quotative" and subject == speaker and find_kind(head) is None:
        return None  # 시장은 사실무근이라며 반발했다: not the mayor
    lexicon = load_fact_lexicon()
    bare = item.argument.span == item.argument.head
    if head in lexicon.vague_classes or (bare and head in lexicon.bland_classes | lexicon.relational_classes):
        return None
    if _says_same(scene, subject, item) or _is_nobodys(scene, subject):
        return None
    if (clause.relation == "relative" and _is_misfit(scene, subject, head)) or _is_other(scene, subject, head):
        return None  # 감독이 시상식에서 포착된 사진이다: the subject of what the photo shows
    if _NO_CLASS.search(item.argument.span.of(scene.text)):
        return None
    if isinstance(item.value, Entity) and item.value.members:
        return None  # 본부장은 대구, 광주 등이다: a list of what there is
    if isinstance(item.value, Text) and (len(item.value.text) > _LONGEST_CLASS or '"' in item.value.text):
        return None
    if head.endswith("적") and len(head) > 2:
        # 부분적이다 says how something is, not what
        beside = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
        if any(c.relation == "relative" and 0 < c.predicate.span.start - clause.predicate.span.end < 3 for c in beside):
            return None  # 역사적이고 친밀한 관계: said of the noun behind
        return build_fact(
            scene, clause.sentence, "open-clause", f"kgo:{head}이다", subject, None, (), status=clause.status, negated=clause.negated,
            speaker=speaker, confidence=round(0.6 * trust, 3),
        )
    used = (*(f.argument for f in filled if f.value == subject), item.argument)
    return build_fact(
        scene,
        clause.sentence,
        "copula",
        "kg:isA",
        subject,
        item.value,
        () if clause.relation == "relative" else (q for q in find_qualifiers(scene, clause, filled, used) if _belongs(scene, clause, q)),
        status=clause.status,
        negated=clause.negated,
        speaker=speaker,
        confidence=round(0.7 * trust, 3),
    )


def _with_whole_class(scene: Scene, item: Filled) -> Filled:
    """The class without a modifier that lost its own words: 항공사고 of "국내에서 두번째로 큰 항공사고", 매체 of "정권에 적대적인 매체"."""
    span = item.argument.span
    before = scene.token_ending.get(span.start - 1)
    first = next((e for e in _ends_of_words(scene.text, span)), span.end)
    last = scene.token_ending.get(first)
    if before is None or before.tag not in ("JKB", "JKO") or last is None or last.tag != "ETM" or first >= item.argument.head.start:
        return item
    rest = Span(first + 1, span.end)
    return Filled(replace(item.argument, span=rest), name_entity(scene, rest))


def _ends_of_words(text: str, span: Span) -> Iterator[int]:
    """Where the words of a phrase end, but the last."""
    place = text.find(" ", span.start, span.end)
    while place > 0:
        yield place
        place = text.find(" ", place + 1, span.end)


def _says_same(scene: Scene, subject: Entity, item: Filled) -> bool:
    """Whether a class only says the subject's own noun again, with or without how it is: "공사는 급히 서두른 공사다"."""
    head = item.argument.head.of(scene.text)
    words = item.value.name if isinstance(item.value, Entity) else item.argument.span.of(scene.text)
    if not subject.name.endswith(head) or words.count(" ") > 1:
        return False
    first = scene.token_ending.get(item.argument.span.start + words.find(" "))
    return words == head or (first is not None and first.tag == "ETM")


def _is_nobodys(scene: Scene, subject: Entity) -> bool:
    """Whether a subject is only what something is called, and of what nobody says: 원래 명칭."""
    words = subject.name.split()
    if not subject.created or words[-1] not in _CALLED or len(words) > 2 or "의 " in subject.name:
        return False
    return len(words) == 1 or words[0] in _WHICH


def _is_no_class(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether what stands before 이다 is a measure, a question, or cut before its number: 450베크렐이던, 누군지, "서열 2위인"."""
    words = item.argument.span.of(scene.text)
    if _MEASURED.search(words) or _WHO.fullmatch(words):
        return True
    if any(q.span.end == item.argument.span.end for q in scene.quantities_in(clause.sentence, item.argument.span)):
        return True
    begun = scene.sentence(clause.sentence).span.start
    return clause.relation == "main" and _HEREAFTER.match(scene.text, begun) is not None  # 다음은 회사가 알린 개선사항이다


def _is_of_object(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether a class is said of an object right before it, and not of who takes it so: "시민들은 택시를 대중교통이라고 생각한다"."""
    last = scene.token_ending.get(item.argument.span.start - 1)
    return clause.relation == "quotative" and last is not None and last.tag == "JKO"


def _is_misfit(scene: Scene, subject: Entity, head: str) -> bool:
    """Whether a class before a noun is of a part of it: 소속사 of "소속사인 한빛기획 관계자", 교회 of "교회인 언덕교회 앞"."""
    if subject.name.rpartition(" ")[2] in load_fact_lexicon().relative_places:
        return True
    kind = find_kind(head)
    person, body = ("Person",), ("Organization", "Place")
    told = Entity("", kind or "Thing", head)
    return kind is not None and (
        (scene.is_kind(subject, person) and scene.is_kind(told, body)) or (scene.is_kind(subject, body) and scene.is_kind(told, person))
    )


def _is_other(scene: Scene, subject: Entity, head: str) -> bool:
    """Whether a class is one of things and the subject a person, or the other way round: 가수가 가사를 잊은 영상이다."""
    kind = find_kind(head)
    if subject.kind == "Person" and (head in _SHOWN or (kind is not None and not scene.is_kind(Entity("", kind, head), ("Person",)))):
        return True
    return kind == "Person" and scene.is_kind(subject, ("Place", "Work", "Product", "Event", "Law"))


def _belongs(scene: Scene, clause: Clause, qualifier: Qualifier) -> bool:
    """Whether a class is said with a qualifier: when, compared to what, and of which share of the subject (간부의 53%가 당원이다)."""
    value = qualifier.value
    if qualifier.role == "time":
        return not isinstance(value, Time) or _is_when(scene, clause, value)
    if qualifier.role == "comparedTo":
        return True
    shared = isinstance(value, Quantity) and value.unit == "%"
    return shared and any(a.role in ("subject", "topic") and value in scene.quantities_in(clause.sentence, a.span) for a in clause.arguments)


def _stands_before_name(scene: Scene, clause: Clause) -> bool:
    """Whether a class stands right before a name, which is then what it is said of."""
    behind = clause.predicate.span.end + 1
    named = scene.mention_spans_in(Span(behind, behind + _LONGEST_CLASS))
    return bool(named) and named[0].start == behind and not scene.entity_at[named[0]].created


def _is_when(scene: Scene, clause: Clause, time: Time) -> bool:
    """Whether a time says when a class holds, and not when something else was done: 2006년 of "2006년에 등단한 작가다"."""
    told = next((a for a in clause.arguments if a.role == "complement"), None)
    own = next((a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared), None)
    if told is None or (own is not None and own.span.covers(time.span)):
        return True
    between = Span(time.span.end, max(time.span.end, told.span.start))
    others = (scene.doc.clauses[n].predicate.span for n in scene.clauses_of[clause.sentence])
    if any(between.covers(p) for p in others):
        return False
    return (clause.relation in ("main", "coordinate") and clause.quotation is None) or own is None or time.span.start > own.span.start


def _is_told_of(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a copula says what this very subject is: its own, or the noun right behind it and not that noun's owner."""
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    if argument is None or clause.relation == "adverbial":
        return argument is not None and not argument.shared
    if clause.relation == "relative" and not argument.shared and _stands_before_name(scene, clause):
        return False  # 왕자가 영웅인 한도윤의 손을 잡는다: the name behind is the hero
    if clause.relation != "relative" or not argument.shared:
        return not argument.shared and not scene.is_common(subject) and not _is_within_topic(scene, clause, argument)
    # 주연배우인 스페인의 하린, 고액권이던 오만원권의 위조: whose class it is, only the meaning tells
    between = scene.text[clause.predicate.span.end : argument.span.start]
    whole = argument.span.of(scene.text)
    told = next((a.span.of(scene.text) for a in clause.arguments if a.role == "complement"), "")
    inside = scene.mention_spans_in(argument.span)
    last = scene.token_ending.get(argument.head.end)
    owned = any(m.start == argument.span.start and m.end < argument.head.start and scene.entity_at[m].kind != "Person" for m in inside)
    told_kind = next((find_kind(a.head.of(scene.text)) for a in clause.arguments if a.role == "complement"), None)
    alike = argument.span in inside or (told_kind is not None and told_kind == find_kind(argument.head.of(scene.text)))
    if owned and not alike and (last is None or last.tag in ("NNG", "XSN")):
        return False  # 주무 부처인 환경부 공무원, but 경쟁팀인 한빛 유나이티드
    if _LISTED.search(told):
        return False  # 공장장 김하린, 부사장인 윤서: the list around it
    if not subject.members and ", " in whole:
        return False  # 성수기인 겨울철, 연탄 수급이
    told_head = next((a.head.of(scene.text) for a in clause.arguments if a.role == "complement"), "")
    created = (scene.entity_of(argument) or Entity("", "", "")).created
    if created and " " in whole and is_verbal_noun(argument.head.of(scene.text)) and not is_verbal_noun(told_head):
        return False  # 하위법령인 임용령 개정: what is done to it
    return not between.strip() and "의 " not in whole and not scene.text.startswith("의 ", argument.span.end)


def _is_within_topic(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a class holds only within what the sentence is about: 여당 of "그 도는 여당이 우위다"."""
    if argument.josa not in ("이", "가"):
        return False
    topics = (a for a in clause.arguments if a.josa in ("은", "는") and not a.shared and a is not argument)
    return any(isinstance(scene.value_of(clause.sentence, a), Entity) for a in topics)


def _build_measured(
    scene: Scene, clause: Clause, subject: Entity, trust: float, item: Filled, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """A copula with a value: 구멍 지름이 0.7나노미터다, 가동 시점은 2026년 말이다; what a bare measure noun names is read with the figures."""
    own = any(a.role in ("subject", "topic") and not a.shared for a in clause.arguments)
    if not own or (clause.relation == "relative" and item.argument.shared) or not subject.created:
        return None
    if isinstance(item.value, Quantity) and item.value.unit in ("명", "인", "개", "곳", "건", "대") and _is_restricted(scene, clause, subject):
        return None
    if scene.is_common(subject) and scene.is_told_apart(next(a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared)):
        return None  # 낮다고 생각하는 응답은 3.4%다: not every 응답
    if find_measure(subject.name) is not None and not subject.id.startswith("restricted:"):
        return None
    used = (*(f.argument for f in filled if f.argument.role in ("subject", "topic")), item.argument)
    times = (q for q in find_qualifiers(scene, clause, filled, used) if isinstance(q.value, Time))
    return build_fact(
        scene, clause.sentence, "copula-value", "kgo:이다", subject, item.value, times, status=clause.status, negated=clause.negated, speaker=speaker,
        confidence=round(0.75 * trust, 3),
    )


def _is_restricted(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a relative clause says which ones are counted, and the name does not: 참여한 of "발의에 참여한 의원은 83인이다"."""
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    beside = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    said = (c for c in beside if c.relation == "relative" and argument is not None and any(a.shared and a.span == argument.span for a in c.arguments))
    return any(c.predicate.span.of(scene.text) not in subject.name for c in said)
