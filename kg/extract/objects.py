"""What an open fact is told of: which of a clause's arguments can stand as its object."""

from __future__ import annotations

import re

from kg.extract.circumstances import is_moment
from kg.extract.endings import is_left_empty, lacks_object
from kg.extract.roles import Filled
from kg.extract.scene import Scene
from kg.model import ArgumentRole, Clause, Entity, Quantity
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import is_transitive, load_clause_lexicon, load_valency
from kg.tables.ontology import load_ontology

OBJECT_ROLES: tuple[ArgumentRole, ...] = ("object", "complement", "dative", "goal", "locative", "comitative")
_SEEN = 4  # uses of a verb that tell whether it takes an object
_TOGETHER = re.compile(r"[와과](?:는|도)?\s(?:함께|더불어|같이|나란히|동시에)")
_WHEN = re.compile(r"^(?:과거|그간|그동안|한때|현재|최근|당시|종전|예전|이전|나중|기존)$|\d일부$|(?:요일|오전|오후|새벽|\d일)\s\d+시(?:경|쯤|께)?$")
_HOW = re.compile(r"(?:씩|별|내내|최대한)$")
_TOLD_HOW = frozenset(("제목", "이름", "형태", "규모", "상태", "시간", "속도"))  # nouns in -로 that say how
_AIMING = frozenset("방문하다 의뢰하다 기부하다 제보하다 투자하다 신고하다 제소하다".split())  # whom or where is all that need be said
_PASSING_ON = frozenset(("전하다", "말하다", "알리다", "지급하다", "주다"))  # often with words or a clause as their object
_AMID = frozenset(("속", "나이", "와중", "틈"))
_TIMES = frozenset(("차례", "번", "회", "회째"))


def stands_for_doer(scene: Scene, item: Filled) -> bool:
    """Whether a topic that would be the object is one who acts, so that it is told of what he does: 심판은 … 판정했다."""
    return isinstance(item.value, Entity) and not item.argument.shared and scene.is_kind(item.value, ("Person", "Organization"))


def is_beside_lost(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether whom or where a verb names stands in for the object that it takes, and was not found: 알파고에게 of "알파고에게 전달한다"."""
    if item.argument.role in ("object", "topic", "complement") or clause.predicate.lemma in _AIMING:
        return False
    if any(a.role == "object" and a.josa in ("을", "를") and not a.shared and scene.value_of(clause.sentence, a) is None for a in clause.arguments):
        return True  # 안타까움을 주민에게 주었다
    if item.argument.role == "locative" and item.argument.head.of(scene.text) in load_fact_lexicon().spots:
        return False  # 언덕 위에 지었다
    return clause.relation != "quotative" and is_left_empty(scene, clause)  # what one speaks of may stand before one's words


def is_object_lost(scene: Scene, clause: Clause, filled: tuple[Filled, ...]) -> bool:
    """Whether a verb has an object that stands for nothing here, or only a clause for one: 안타까움을 of "안타까움을 주었다"."""
    objects = [a for a in clause.arguments if a.role == "object" and a.josa in ("을", "를") and not a.shared]
    if objects and not any(f.argument in objects for f in filled):
        return True
    here = next((n for n in scene.clauses_of[clause.sentence] if scene.doc.clauses[n] is clause), None)
    below = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    held = any(c.parent == here and c.relation == "nominal" and c.predicate.span.of(scene.text)[-1:] in ("을", "를") for c in below)
    return held and clause.predicate.kind == "verb" and clause.predicate.voice == "active" and is_transitive(clause.predicate.lemma)


def is_thing(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether an argument can stand as the object of an open fact: 에서-phrases and bare nouns say where and how, not what."""
    text, words = scene.text, item.argument.span.of(scene.text)
    head = item.argument.head.of(text)
    lexicon = load_fact_lexicon()
    if _WHEN.search(words) and item.argument.josa not in ("을", "를"):
        return False  # 과거 받은 기록, 1일부로, 화요일 25시에
    if item.argument.role == "object" and not item.argument.josa and isinstance(item.value, Quantity) and item.value.unit in _TIMES:
        return False  # 두 차례 방문했다
    if item.argument.role in ("object", "goal", "locative") and item.argument.josa not in ("을", "를") and _HOW.search(words):
        return False  # 하나씩 맡아서, 지역별로 나왔다
    if item.argument.role == "goal" and (head in lexicon.ways | load_clause_lexicon().manner_nouns | _TOLD_HOW or head.endswith("속도")):
        return False  # 그 제목으로 확산되다
    if item.argument.role == "goal" and item.argument.josa in ("로", "으로") and _goes_to(clause):
        return False  # 추천으로 결승에 올랐다
    if item.argument.role == "locative" and head in _AMID:
        return False  # 관심 속에 거론되다, 이른 나이에 결혼하다
    if item.argument.role != "object" and head in lexicon.relative_places and item.argument.span == item.argument.head:
        return False
    if item.argument.role == "comitative" and _TOGETHER.match(text, item.argument.span.end):
        return False  # 추돌과 함께 일어났다
    if item.argument.role == "object" and not item.argument.josa and (is_moment(head) or (item.argument.shared and _needs_none(clause))):
        return False
    if item.argument.role == "locative":
        return item.argument.josa == "에" and head not in lexicon.moments and clause.predicate.lemma not in lexicon.existing_verbs
    if item.argument.role == "goal" and item.argument.josa == "까지":
        return isinstance(item.value, Entity) and load_ontology().is_kind(item.value.kind, "Place")
    return item.argument.role == "object" or bool(item.argument.josa) or item.argument.role == "complement"


def _goes_to(clause: Clause) -> bool:
    """Whether a verb has a goal of its own in 에, so that 로 says how."""
    return any(a.role == "locative" and a.josa == "에" and not a.shared for a in clause.arguments)


def _needs_none(clause: Clause) -> bool:
    """Whether a verb was seen with a subject alone, so that the noun it modifies is no object: 자회사가 경쟁하는 구조."""
    known = load_valency().get(clause.predicate.lemma)
    return clause.relation == "relative" and known is not None and known.uses >= _SEEN and known.objects == 0


def is_founded(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether what a verb's object should be is the noun behind it, and the place only where: 워싱턴에 세운 재단."""
    place = item.argument.role == "locative" and isinstance(item.value, Entity) and load_ontology().is_kind(item.value.kind, "Place")
    return clause.relation == "relative" and place and lacks_object(scene, clause)


def gives_nothing(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether a verb that hands something to somebody has lost what: 기자들에게 전했다."""
    known = load_valency().get(clause.predicate.lemma)
    if clause.predicate.voice != "active" or item.argument.josa not in ("에게", "에게는", "한테", "께") or known is None:
        return False
    if any(clause.span.covers(t.span) for t in scene.times_of.get(clause.sentence, ())):
        return False  # 이달 말까지 위원들에게 제출한다
    return clause.predicate.lemma in _PASSING_ON or (known.uses >= _SEEN and known.objects >= 0.5 * known.uses)
