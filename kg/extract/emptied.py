"""Facts that tell nothing: what would fill them, or who does it, was lost on the way."""

from __future__ import annotations

import re

from kg.extract.measures import find_measure
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Fact, Quantity, Text
from kg.tables.facts import load_fact_lexicon

_SEASON = re.compile(
    r"(?:명절|설|설날|추석|한가위|주년|[년의 ]해|새해|기념일|[가-힣]날|"
    r"[가-힣]절|휴가철|[가-힣]철|봄|여름|가을|겨울|연말|연시|연말연시|생일|연휴|방학|시즌|주간|크리스마스|\d일)$"
)
_SHOWING = frozenset("보이다 나타내다 드러내다 띠다 발언하다".split())
_MEETINGS = ("Event", "Meeting", "Match")
_FIGURES = frozenset(("kg:increasesBy", "kg:decreasesBy", "kg:increasesTo", "kg:decreasesTo", "kg:exceeds", "kg:reaches"))
_AIMS = frozenset(("recipient", "target", "topic", "purpose", "amount", "source", "place"))  # who got it and what for tell which it was
# heads that a clause fills and is whole without: 철골이 무너진 사고
_FILLED_HEADS = re.compile(
    r"\s(?:[^\s,]+\s)?(?:사고|사건|사태|참사|재난|상황|경위|원인|이유|배경|과정|현상|양상|시점|사실|점[을은이에]|일[이은을]|날|때|순간|시기|사이|이래|장면|분위기|경력|문제|현실|위험|사례|가운데|상태|와중|직후|뒤|이후|후|전|채|만큼|것|데)"
)
_TELLING = frozenset(("kg:operates", "kg:discovers"))  # 김씨가 운영하는 식당: whose it is tells which it is
_NOTIONS = ("Concept", "Policy", "Project")  # a plant or a bill that somebody has is one; measures and money are any
# who needs a name: a state, a firm, a session; a crowd is told by what it does
_TO_BE_NAMED = ("Place", "Work", "Law", "Agreement", "Project", "Company", "School", "MediaOutlet", *_MEETINGS)


def is_emptied(scene: Scene, clause: Clause, fact: Fact) -> bool:
    """Whether a fact says nothing: 서로 다른 반응을 보였다 without the difference, 참석했다 without at what, 설 명절을 맞아."""
    if clause.predicate.lemma == "맞다" and clause.relation == "adverbial" and any(_is_season(scene, a) for a in clause.arguments):
        return True
    if clause.relation == "relative" and _is_left_to_head(scene, clause, fact):
        return True
    if fact.predicate.startswith("kgo:"):
        if any(_is_lost(scene, clause, a) for a in clause.arguments):
            return True
    elif _is_unnamed(scene, clause, fact):
        return True
    if fact.object is None:
        little = ("time", "amount") if fact.subject.members else ("time",)  # a list of people is with others: how many is not of them
        lexicon = load_fact_lexicon()
        if clause.predicate.lemma == "보이다" and scene.is_kind(fact.subject, ("Agent",)):
            return True  # 껴안는 모습도 보였다: what they showed was lost
        return clause.predicate.lemma in lexicon.joining_verbs | lexicon.leaning_verbs and all(q.role in little for q in fact.qualifiers)
    if not isinstance(fact.object, Entity | Text) or any(q.role in ("topic", "with") for q in fact.qualifiers):
        return False
    name = fact.object.name if isinstance(fact.object, Entity) else fact.object.text
    if _is_same(scene, clause, fact.subject, name):
        return True
    if name not in load_fact_lexicon().shell_nouns:
        return False
    filled = any(_is_filled_before(scene, a.head.start) for a in clause.arguments if a.head.of(scene.text) == name)
    return filled or clause.predicate.lemma in _SHOWING


def _is_left_to_head(scene: Scene, clause: Clause, fact: Fact) -> bool:
    """Whether a modifier only helps to say which its noun is: 군이 내놓은 대책, or has lost the noun as its own: 여성미가 느껴지는 드레스."""
    roles = frozenset(q.role for q in fact.qualifiers if q.role != "wording")
    if isinstance(fact.object, Entity):
        gap = any(a.shared and a.role == "object" and scene.entity_of(a) == fact.object for a in clause.arguments)
        return gap and fact.predicate not in _TELLING and scene.is_bare(fact.object) and scene.is_kind(fact.object, _NOTIONS) and not roles & _AIMS
    if fact.object is not None or roles or not fact.predicate.startswith("kgo:") or any(a.shared for a in clause.arguments):
        return False
    own = any(a.role in ("subject", "topic") and scene.entity_of(a) == fact.subject for a in clause.arguments)
    return own and _FILLED_HEADS.match(scene.text, clause.predicate.span.end) is None


def _is_unnamed(scene: Scene, clause: Clause, fact: Fact) -> bool:
    """Whether who a relation is of is told by a class alone, and nothing says which one: 브리핑 held-on 12일, 국가 owns 인구."""
    told, roles = fact.subject, frozenset(q.role for q in fact.qualifiers)
    if fact.predicate in ("kg:heldOn", "kg:heldAt") and scene.is_kind(told, ("Person", "Company", "Country")):
        return True  # 국회에서 열린 회의 직후 그를 만났다: not who met him
    if fact.predicate == "kg:heldOn":
        return "place" not in roles and scene.is_kind(told, _MEETINGS) and _is_common(scene, told)
    if fact.predicate in ("kg:heldAt", "kg:occursIn"):
        return scene.is_bare(told) and scene.is_kind(told, _MEETINGS) and not roles & {"time", "amount"}
    if isinstance(fact.object, Quantity):
        owner = scene.is_bare(told) and scene.is_kind(told, ("Concept", "Place", "Product")) and find_measure(told.name) is None
        return owner and fact.predicate in _FIGURES  # 가정도 두 배 올랐다
    if clause.relation != "relative":
        return False
    behind = any(a.shared and a.span.start > clause.predicate.span.start and scene.entity_of(a) == told for a in clause.arguments)
    return behind and scene.is_bare(told) and scene.is_kind(told, _TO_BE_NAMED) and "amount" not in roles


def _is_common(scene: Scene, entity: Entity) -> bool:
    """Whether a common noun or two are all that names an individual: 공판, 결심공판, but not 세계로봇대회."""
    place, end = next(((m.start, m.end) for m in entity.mentions if m.of(scene.text) == entity.name), (0, 0))
    nouns = 0
    while place < end:
        token = scene.token_at.get(place)
        if token is None or token.tag not in ("NNG", "XPN", "XSN"):
            return False
        place, nouns = token.span.end, nouns + 1
    return 0 < nouns < 3


def _is_same(scene: Scene, clause: Clause, subject: Entity, thing: str) -> bool:
    """Whether a thing is told to do something to what it is itself, since its subject was lost: "출력은 50%였으며 이후 출력을 높였다"."""
    if clause.predicate.kind not in ("verb", "light") or not subject.created or subject.members or scene.is_kind(subject, ("Agent", "Fund", "Work")):
        return False
    words = subject.name.split()
    if not any(a.role == "object" and a.josa in ("을", "를") for a in clause.arguments):
        return False
    return words[-1] == thing or (len(words) == 1 and thing.endswith(" " + words[0]))


def _is_lost(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a verb's own object stands for nothing: 모습 of "불안해하는 모습을 보였다"."""
    own = argument.role == "object" and argument.josa in ("을", "를", "도", "까지") and not argument.shared
    return own and scene.value_of(clause.sentence, argument) is None


def _is_season(scene: Scene, argument: Argument) -> bool:
    """Whether an object is a day or a season that comes round by itself: 설 명절을 맞아."""
    return argument.role == "object" and _SEASON.search(argument.span.of(scene.text)) is not None


def _is_filled_before(scene: Scene, start: int) -> bool:
    """Whether a modifier before a noun fills it: 이 자리, 양분되는 경향, “…”라는 문구."""
    token = scene.token_ending.get(start - 1)
    return token is not None and (token.tag in ("ETM", "MM") or token.form.endswith("는"))
