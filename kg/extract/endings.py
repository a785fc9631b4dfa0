"""What a verb needs to be said whole: where to or into what it leads (위헌 기관으로 전락하다), and what it is done to."""

from __future__ import annotations

import re

from kg.extract.circumstances import is_mishap
from kg.extract.roles import Filled
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Span, Text
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import is_transitive, is_verbal_noun, load_clause_lexicon, load_valency

_COUNTED = frozenset("하나 둘 셋 순 순서 차례 번째 뒤 앞 쪽 편 식 대로 것 곳 데 점 이유 목적 일환 결과".split())
_HOW = frozenset("다량 대량 소량 다수 소수 단독 공동 집단 처음 마지막 최종 개별 각각 참고 현재 일제 함께 직접".split())
_ITEM_BEHIND = re.compile(r"(?:\([^()]*\))?[\s,]*[△▲▷▶◇◆○●□■①-⑩]")
_VERDICTS = frozenset(("승소", "패소", "무죄", "유죄", "승리", "패배"))  # 원고 일부 승소로 판결했다
_LIGHT = re.compile(r"(?:하|되|받|당하|시키)다$")
_NEARLY = 0.5
_PROBING = frozenset(("조사하다", "수사하다", "재판하다", "공부하다"))  # that it is done tells something
_USES, _MOSTLY = 8, 0.4  # how often a verb must have been seen, and in what share of its uses with an object


# what ends in an illness or an accident, and does not come of it
_WORSENING = frozenset("진단되다 판명되다 악화되다 발전되다 진행되다 번지다 이어지다 확대되다 의심되다 추정되다 분류되다 변하다 바뀌다".split())


def find_end(scene: Scene, clause: Clause, filled: tuple[Filled, ...], used: tuple[Argument, ...]) -> Filled | None:
    """The noun in 로 right before a verb that takes no object: 위헌 기관 of "국회는 위헌 기관으로 전락한다"; a cause or a manner is none."""
    lemma = clause.predicate.lemma
    if clause.predicate.kind != "verb" or any(a.role == "object" for a in clause.arguments):
        return None
    if lemma in load_fact_lexicon().happening_verbs:
        return None  # 노후화로 벌어졌다: why
    verdict = next((f for f in filled if f.argument.head.of(scene.text) in _VERDICTS and f.argument not in used), None)
    if verdict is not None and lemma in ("판결하다", "판정하다"):
        return verdict
    moving = lemma in load_clause_lexicon().goal_verbs and not is_transitive(lemma)
    if not (moving or lemma in load_fact_lexicon().ending_verbs or lemma.endswith(("되다", "지다"))):
        return None
    free = (f for f in filled if f.argument.role in ("instrument", "goal") and f.argument.josa in ("로", "으로") and f.argument not in used)
    item = next((f for f in free if not f.argument.shared and is_beside(scene, clause, f.argument)), None)
    if item is None or not isinstance(item.value, Entity | Text) or scene.quantities_in(clause.sentence, item.argument.span):
        return None
    head = item.argument.head.of(scene.text)
    how = head in load_clause_lexicon().manner_nouns | _HOW or head.endswith(("적", "간")) or is_verbal_noun(head)
    why = is_mishap(item.value, head) and lemma not in _WORSENING  # 감염병으로 침체되다
    return None if how or why else item


def ends_well(scene: Scene, item: Filled) -> bool:
    """Whether the noun says by itself into what or where to: not 뒤, 차례, 중 하나."""
    head = item.argument.head.of(scene.text)
    return head not in _COUNTED and not (head in load_fact_lexicon().relative_places and item.argument.span == item.argument.head)


def lacks_object(scene: Scene, clause: Clause) -> bool:
    """Whether a verb that takes an object has none, though something else was said of it: 새 이름으로 통합했다."""
    known = load_valency().get(clause.predicate.lemma)
    if clause.predicate.kind != "verb" or clause.predicate.voice != "active" or known is None:
        return False
    if known.uses < _USES or known.objects < _MOSTLY * known.uses or any(a.role in ("object", "quote") for a in clause.arguments):
        return False
    beside = scene.clauses_of[clause.sentence]
    here = next((n for n in beside if scene.doc.clauses[n] is clause), None)
    if any(scene.doc.clauses[n].parent == here and scene.doc.clauses[n].relation in ("quotative", "nominal") for n in beside):
        return False
    return any(a.josa and not a.shared and a.role not in ("subject", "topic") for a in clause.arguments)


def is_left_empty(scene: Scene, clause: Clause) -> bool:
    """Whether a verb that seldom stands without an object has none: 의논 끝에 의결했다 says nothing of what."""
    known = load_valency().get(clause.predicate.lemma)
    if clause.predicate.kind != "verb" or clause.predicate.voice != "active" or known is None or clause.predicate.lemma in _PROBING:
        return False
    return known.uses >= _USES and known.objects >= _NEARLY * known.uses and not any(a.role == "object" for a in clause.arguments)


def is_noun_filled(scene: Scene, clause: Clause) -> bool:
    """Whether a verb fills the noun of a light verb, and is lost with it: 제시하는 of "방향을 제시하는 역할을 한다"."""
    if clause.predicate.kind != "light":
        return False
    stem, reach = _LIGHT.sub("", clause.predicate.lemma), clause.span.start
    start = scene.text.rfind(stem, reach, clause.predicate.span.start)
    before = scene.token_ending.get(start - 1) if start > reach else None
    if before is None or before.tag != "ETM":
        return False
    inner = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    return any(c.relation == "relative" and c.predicate.kind != "adjective" and c.predicate.span.end == start - 1 for c in inner)


def is_beside(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase stands right before the predicate, but for one adverb, or is an item of a list that does."""
    if _ITEM_BEHIND.match(scene.text, argument.span.end):
        return True
    between = Span(argument.span.end + len(argument.josa), clause.predicate.span.start)
    words = between.of(scene.text).split()
    others = any(between.covers(a.span) for a in clause.arguments if a is not argument and a.josa)
    return between.start <= between.end and len(words) < 2 and not others
