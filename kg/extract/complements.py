"""What stands right before a verb and is told by it: a fact without it says less than the sentence, or something else."""

from __future__ import annotations

import re

from kg.extract.circumstances import HOW
from kg.extract.endings import is_beside
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Quantity, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.references import load_reference_lexicon

_BINDING = ("에", "에서", "로", "으로", "에게")
_WHEN = re.compile(r"(?:만|이번|최근|이내|이전|이후|직전|직후|동안|시간|도중|당시|기존|동시|전|후|뒤|때|해|날|기간|시점|무렵|초|말)$")
# verbs beside those of being and happening that tell little without where
_FOUND = frozenset("발견되다 목격되다 포착되다 확인되다 이루어지다 이뤄지다 일어나다 그치다 부활하다 나오다 느껴지다 사용되다 쓰이다".split())


def is_complement_lost(scene: Scene, clause: Clause, told: tuple[Value, ...]) -> bool:
    """Whether what a verb without an object tells stands right before it and was lost: 구간에 of "어린이가 많은 구간에 지정된다"."""
    if clause.predicate.kind != "verb":
        return False
    facts = load_fact_lexicon()
    needing = facts.becoming_verbs | facts.ending_verbs | facts.leaning_verbs | facts.leaving_verbs | facts.taking_verbs
    if told and clause.predicate.lemma not in needing | load_clause_lexicon().goal_verbs:
        return False  # 지난 5월 지인의 소개로 만났다: when they met, is told
    return any(_binds(scene, clause, a) and not _is_told(scene, clause, a, told) for a in clause.arguments)


def _binds(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase right before the verb says what, where or into what, and not how, why or when."""
    if argument.shared or argument.josa not in _BINDING or not (clause.negated or is_beside(scene, clause, argument)):
        return False  # what is not so, is not so there: 수돗물에서도 농약은 발견되지 않았다
    head, words = argument.head.of(scene.text), argument.span.of(scene.text)
    lexicon = load_fact_lexicon()
    if words in load_reference_lexicon().moments | lexicon.hours or head in lexicon.causes | lexicon.ways:
        return False
    if scene.times_in(clause.sentence, argument.span):
        return False
    if argument.josa in ("로", "으로"):
        how = head in load_clause_lexicon().manner_nouns or HOW.search(head) is not None
        return not how and clause.predicate.lemma not in lexicon.happening_verbs
    if argument.josa == "에서" and clause.predicate.lemma not in _FOUND | lexicon.existing_verbs | lexicon.leaving_verbs | lexicon.leaning_verbs:
        return False  # 새벽넷에서 확산되었다
    return head not in lexicon.moments and _WHEN.search(head) is None


def _is_told(scene: Scene, clause: Clause, argument: Argument, told: tuple[Value, ...]) -> bool:
    """Whether a fact has what an argument stands for, or the number or time in it."""
    value = scene.value_of(clause.sentence, argument)
    return any(v == value or (isinstance(v, Time | Quantity) and v.span.overlaps(argument.span)) for v in told)
