"""Clauses whose arguments cannot be read: a proposition cut to its noun, two phrases run together, a critic for who is criticised."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon

_CASES = frozenset(("JKS", "JKO", "JX"))
_TOPICS = frozenset(("은", "는", "이", "가", "을", "를"))
_ACTING = ("Agent", "Place", "Group", "Meeting")
_USING = frozenset(("이용하다", "활용하다", "사용하다", "응용하다"))
_DOERS = re.compile(r"(?:자|인|팀|단|사|회|부|원|진|층|민|객|가|생|족|들|업체|기관|학교|집단|고객|사람|해커|국가)$")
_CORE = ("subject", "topic", "object", "complement")


def is_unreadable(scene: Scene, clause: Clause, subject: Entity, speaker: Entity | None) -> bool:
    """Whether no fact can be made of a clause: "거짓된 고소임이 밝혀졌다" says nothing of a 고소 that would have been found."""
    own = [a for a in clause.arguments if not a.shared and a.role in _CORE]
    if any(_is_proposition(scene, a) or _runs_together(scene, clause, a) for a in own):
        return True
    if clause.relation != "main" and any(a.josa in ("란", "이란") for a in own):
        return True  # 제어기란 방향을 바꾸기 위한 장치다: what a definition holds is no deed
    if _is_done_with(scene, clause, subject) or _is_lent_thing(scene, clause, subject) or _is_notion_acting(scene, clause, subject):
        return True
    return speaker is not None and subject == speaker and _is_judged(scene, clause, subject)


def _is_proposition(scene: Scene, argument: Argument) -> bool:
    """Whether a noun is only the end of what is told: 고소 of "거짓된 고소임이", 요원 of "요원인지조차"."""
    if argument.role == "complement":
        return False
    token = scene.token_at.get(argument.span.end)
    return token is not None and token.tag == "VCP"


def _runs_together(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase holds a second one with its own josa: "주민들이 새 역", and no clause between."""
    if argument.clause is not None:
        return False
    text, start = scene.text, argument.span.start
    for place in range(start + 1, argument.head.start):
        token = scene.token_at.get(place)
        if token is not None and token.tag in _CASES and token.form in _TOPICS and text[token.span.end : token.span.end + 1] == " ":
            return not any(argument.span.covers(scene.doc.clauses[n].predicate.span) for n in scene.clauses_of[clause.sentence])
    return False


def _is_done_with(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a noun is what is done by a means, and nobody who uses it: 대응력 of "헬기를 활용한 대응력"."""
    if clause.predicate.lemma not in _USING or clause.relation != "relative" or subject.kind not in ("Concept", "Event"):
        return False
    if not subject.created or subject.members or _DOERS.search(subject.name):
        return False
    return any(a.shared and a.role in ("subject", "topic") and scene.entity_of(a) == subject for a in clause.arguments)


def _is_lent_thing(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a thing is lent to a verb of acting that has its own object: 거리 of "거리는 줄어들고, 열차를 타고 간다"."""
    if clause.predicate.voice != "active" or clause.predicate.kind != "verb" or clause.predicate.lemma in load_fact_lexicon().thing_verbs:
        return False
    if not subject.created or subject.members or scene.is_kind(subject, _ACTING):
        return False
    if not any(a.role == "object" and a.josa in ("을", "를") and not a.shared for a in clause.arguments):
        return False
    lent = next((a for a in clause.arguments if a.shared and a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    if lent is None or lent.span.start > clause.predicate.span.start or clause.relation in ("relative", "main"):
        return False
    first, last = scene.token_at.get(lent.span.start), scene.token_ending.get(lent.head.end)
    named = lent.span == lent.head and first is not None and first.tag == "NNP"  # 한국철도: a name of its own
    return last is not None and last.tag in ("NNG", "XSN") and not named


def _is_notion_acting(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a notion is said to do what only somebody does, so that its subject was lost: 확률은 99%였고 징역 10년을 구형했다."""
    if clause.predicate.lemma not in load_fact_lexicon().acting_verbs or subject.members or clause.predicate.voice == "passive":
        return False
    if subject.kind == "Disease":
        return True
    if not subject.created or scene.is_kind(subject, ("Agent", "Place")):
        return False
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    return argument is not None and argument.head.of(scene.text) in load_fact_lexicon().notions


def _is_judged(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a speaker is lent to what he criticises: 시민들은 시가 민원만 받아들여 바꿨다며 비판했다."""
    cue = scene.doc.quotations[clause.quotation].cue if clause.quotation is not None else None
    if cue is None or clause.status == "planned":
        return False
    lent = any(a.shared and a.role in ("subject", "topic") and scene.entity_of(a) == subject for a in clause.arguments)
    return lent and scene.doc.clauses[cue].predicate.lemma in load_clause_lexicon().judging_verbs
