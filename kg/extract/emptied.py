"""Facts that tell nothing: what would fill them, or who does it, was lost on the way."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Fact, Text
from kg.tables.facts import load_fact_lexicon

_SEASON = re.compile(
    r"(?:명절|설|설날|추석|한가위|주년|[년의 ]해|새해|기념일|[가-힣]날|"
    r"[가-힣]절|휴가철|[가-힣]철|봄|여름|가을|겨울|연말|연시|연말연시|생일|연휴|방학|시즌|주간|크리스마스|\d일)$"
)
_SHOWING = frozenset("보이다 나타내다 드러내다 띠다 발언하다".split())


def is_emptied(scene: Scene, clause: Clause, fact: Fact) -> bool:
    """Whether a fact says nothing: 서로 다른 반응을 보였다 without the difference, 참석했다 without at what, 설 명절을 맞아."""
    if clause.predicate.lemma == "맞다" and clause.relation == "adverbial" and any(_is_season(scene, a) for a in clause.arguments):
        return True
    if fact.predicate.startswith("kgo:") and any(_is_lost(scene, clause, a) for a in clause.arguments):
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
