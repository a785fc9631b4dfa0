"""Facts in the making: built from a clause's roles, checked, multiplied for groups, and merged within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.scene import Scene
from kg.model import Entity, Fact, Qualifier, Quantity, Status, Text, Time, Value
from kg.tables.relations import load_objectless_rules

# nouns whose last syllable is no josa
_ENDING_IN_UI = frozenset(
    (
        "회의 합의 협의 혐의 주의 결의 건의 논의 심의 문의 정의 항의 동의 강의 의의 발의 질의 상의 편의 모의 신의 호의 예의 하의 "
        "경의 승의 격의 명의 유의 고의 임의 본의 선의 악의 적의 열의 민의 숙의 제의 사의 탈의 공의 련의 보의"
    ).split()
)
_BROKEN = re.compile(r"[▲△▼■◆●○▶]|^지 \d|^지 (?:하루|이틀|사흘|한)|\d,\d{3}[가-힣]*,|^[^〈]*〉|^[^《]*》|^[^“]*”")
_PER = re.compile(r"(?:\d인|^건|^개|한 장)당$|\d(?:개|명|건|가지)?\s?[가-힣]*중$")  # 1인당, 7개 혐의중
# a length of time is nobody and nothing: 네 시간, 3개월
_LENGTH = re.compile(
    r"(?:약\s?)?(?:\d+|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇|수)\s?(?:여\s?)?"
    r"(?:시간|분|초|일|주일?|달|개월|년|해)(?:\s?(?:반|간|여))?"
)
_EACH = re.compile(r"각각|씩|각자|저마다|나란히|모두\s?\d")
_SUMMED = re.compile(r"[A-Z]{3}|(?!배$|위$|세$|점$|도$|년$|회$)[가-힣 ]+")
# what two do with each other
_MUTUAL = frozenset(
    "결혼하다 이혼하다 약혼하다 교제하다 열애하다 결별하다 동거하다 사귀다 헤어지다 만나다 회동하다 회담하다 통화하다 대화하다 협의하다 협상하다 "
    "합의하다 화해하다 수교하다 대치하다 충돌하다 격돌하다 맞붙다 싸우다 다투다 경쟁하다 제휴하다 손잡다".split()
)
LEAST_CONFIDENCE = 0.5
_OTHERS = re.compile(r"\s등\s(?:총 |모두 |약 )?$")
_JOSA_ONLY = frozenset(
    "은 는 이 가 을 를 의 에 와 과 도 등 및 것 수 그 이들 그것 이것 여기 거기 "
    "이번 이외 그외 그 이유 이상 이하 미만 초과 위 본인 자신 "
    "같은 이런 그런 저런 그건 이건 저건 그게 이게 저게 뭐 누구 무엇 어디 아무 모두 누군가 무언가".split()
)


def build_fact(
    scene: Scene,
    sentence: int,
    rule: str,
    predicate: str,
    subject: Entity,
    thing: Value | None,
    qualifiers: Iterable[Qualifier] = (),
    *,
    status: Status = "asserted",
    negated: bool = False,
    speaker: Entity | None = None,
    confidence: float = 0.8,
) -> Fact:
    """One fact with its evidence; a qualifier that repeats the object or another qualifier is dropped."""
    kept: list[Qualifier] = []
    qualifiers = tuple(qualifiers)
    row = [q for q in qualifiers if q.role == "amount" and _is_in_row(scene, q.value, thing)]
    thing = next((q.value for q in row if _is_beside(subject, q.value)), thing)
    for qualifier in qualifiers:
        if qualifier in row or qualifier.value == thing or qualifier.value == subject or qualifier in kept:
            continue
        kept.append(qualifier)
    return Fact(subject, predicate, thing, tuple(kept), status, negated, speaker, scene.evidence(sentence, rule), confidence)


def _is_in_row(scene: Scene, value: Value, thing: Value | None) -> bool:
    """Whether a number is of a row whose verb stands with the last: 44명 of "한국인이 44명, 독일인이 9명에 이른다"."""
    if not isinstance(value, Quantity) or not isinstance(thing, Quantity) or value.unit != thing.unit:
        return False
    return value.span.end < thing.span.start and scene.text.startswith(", ", value.span.end)


def _is_beside(subject: Entity, value: Value) -> bool:
    """Whether a number stands right behind its thing, but for a josa."""
    return isinstance(value, Quantity) and any(0 < value.span.start - m.end < 5 for m in subject.mentions)


def is_sound(fact: Fact) -> bool:
    """Whether a fact's ends are things: no bare pronoun, josa, bracket or half a word, and not one thing at both ends."""
    if fact.confidence < LEAST_CONFIDENCE or not _is_name(fact.subject.name):
        return False
    if isinstance(fact.object, Entity):
        return _is_name(fact.object.name) and fact.object.id != fact.subject.id
    if isinstance(fact.object, Text):
        return _is_words(fact.object.text)
    whole = fact.predicate.startswith("kgo:") or fact.evidence.rule in load_objectless_rules()
    return fact.object is not None or bool(fact.qualifiers) or whole


def _is_name(name: str) -> bool:
    if (
        name.startswith(("것 ", "듯 ", "듯한 ", "중 ", "급 ", "수의 ", "의 ", "을 ", "를 ", "은 ", "는 "))
        or (name.endswith("의") and name[-2:] not in _ENDING_IN_UI)
        or name.endswith((" 모든", " 각", " 여러", " 중", " 때문", " 등", " 가운데", " 및", " 당", " 각각"))
        or _PER.search(name)
        or _LENGTH.fullmatch(name)
        or _BROKEN.search(name)
    ):
        return False
    if name.count("(") != name.count(")") or name.count("<") != name.count(">"):
        return False
    return bool(name) and name not in _JOSA_ONLY and any(c.isalnum() for c in name) and name[0] not in ")]}’”"


def _is_words(text: str) -> bool:
    return bool(text) and text not in _JOSA_ONLY and any(c.isalnum() for c in text) and not text.startswith("지 ")


def expand_groups(scene: Scene, fact: Fact) -> Iterator[Fact]:
    """A fact about a group, and the same fact about each of its members but for what they did together: 두 사람이 1억원을 냈다."""
    subjects = scene.members(fact.subject)
    yield _without_others(scene, fact, len(subjects))
    one = _for_each(scene, fact)
    if one is None:
        return
    mutual = len(subjects) > 1 and _is_mutual(scene, fact)
    if mutual and len(subjects) > 2:
        return  # 세 당이 협의했다: each with the others
    if len(subjects) > 1:
        for member in subjects:
            if not (isinstance(fact.object, Entity) and fact.object.id == member.id):
                others = tuple(Qualifier("with", e) for e in subjects if mutual and e.id != member.id)
                yield replace(one, subject=member, qualifiers=(*one.qualifiers, *others), confidence=round(fact.confidence * 0.97, 3))
    if isinstance(fact.object, Entity) and fact.object.members and len(subjects) == 1:
        for member in scene.members(fact.object):
            if member.id != fact.subject.id:
                yield replace(one, object=member, confidence=round(fact.confidence * 0.97, 3))


def _is_mutual(scene: Scene, fact: Fact) -> bool:
    """Whether those named did something to each other: 결혼했다 of "한도윤과 서해린은 결혼했다", which neither does alone."""
    if fact.object is not None or fact.predicate.removeprefix("kgo:") not in _MUTUAL or any(q.role == "with" for q in fact.qualifiers):
        return False
    return _EACH.search(fact.evidence.sentence.of(scene.text)) is None


def _without_others(scene: Scene, fact: Fact, named: int) -> Fact:
    """A fact about those named without how many they were with all the others: "한도윤 시장과 서해린 의장 등 300여 명"."""

    def counts_others(value: Value | None) -> bool:
        if not isinstance(value, Quantity) or value.unit != "명" or value.value == named:
            return False
        return _OTHERS.search(scene.text, max(0, value.span.start - 6), value.span.start) is not None

    return replace(fact, qualifiers=tuple(q for q in fact.qualifiers if q.role != "amount" or not counts_others(q.value)))


def _for_each(scene: Scene, fact: Fact) -> Fact | None:
    """A fact as it holds of each member: without the sum of all, and none at all where the sum is what is told."""
    if not any(isinstance(v, Quantity) for v in (fact.object, *(q.value for q in fact.qualifiers))) or _EACH.search(
        fact.evidence.sentence.of(scene.text)
    ):
        return fact
    if _is_sum(fact.object):
        return None
    return replace(fact, qualifiers=tuple(q for q in fact.qualifiers if q.role != "amount" or not _is_sum(q.value)))


def _is_sum(value: Value | None) -> bool:
    """Whether a value counts people, things or money: 8명, 1억원, but not 15% or 150mm."""
    return isinstance(value, Quantity) and _SUMMED.fullmatch(value.unit) is not None


def merge_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of a document without doubles: of two with one content in one sentence the fuller stays."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.evidence.sentence, fact.subject.id, fact.predicate, _key(fact.object), fact.negated)
        known = kept.get(key)
        if known is None:
            kept[key] = fact
            continue
        kept[key] = _merge(known, fact)
    return tuple(_drop_subsumed(kept.values()))


def _merge(known: Fact, fact: Fact) -> Fact:
    qualifiers = list(known.qualifiers)
    if known.status == "asserted" and fact.status == "planned":
        known = replace(known, status="planned")  # 회사를 세워 내년에 출범시킨다: neither has been done
    for qualifier in fact.qualifiers:
        if qualifier not in qualifiers and (fact.status == known.status):
            qualifiers.append(qualifier)
    return replace(known, qualifiers=tuple(qualifiers), confidence=max(known.confidence, fact.confidence))


def _drop_subsumed(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Leave out a fact without object where another of the same clause says the same with one."""
    listed = list(facts)
    full = {(f.evidence.sentence, f.subject.id, f.predicate, f.status) for f in listed if f.object is not None}
    for fact in listed:
        if fact.object is None and (fact.evidence.sentence, fact.subject.id, fact.predicate, fact.status) in full:
            continue
        yield fact


def _key(value: Value | None) -> object:
    if isinstance(value, Entity):
        return ("entity", value.id)
    if isinstance(value, Quantity):
        return ("quantity", value.span)
    if isinstance(value, Time):
        return ("time", value.span)
    return ("text", value.text) if isinstance(value, Text) else None
