"""What stands right before a verb and is told by it: a fact without it says less than the sentence, or something else."""

from __future__ import annotations

import re

from kg.extract.circumstances import HOW
from kg.extract.endings import is_beside
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Qualifier, Quantity, Span, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import is_transitive, load_clause_lexicon
from kg.tables.references import load_reference_lexicon

_LONGEST = 40  # code points of a place's name
_BINDING = ("에", "에서", "로", "으로", "에게")
_WHEN = re.compile(r"(?:만|이번|최근|이내|이전|이후|직전|직후|동안|시간|도중|당시|기존|동시|전|후|뒤|때|해|날|기간|시점|무렵|초|말)$")
_EVENT = re.compile(r"\s(?:사고|사건|사태|참사|장면|모습|일|현상|이변|재난|비극|촌극|해프닝)(?:[이가은는을를도로에과의,]|\s|$)")
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


def find_behind(scene: Scene, clause: Clause) -> Qualifier | None:
    """Where or when it is, told by the noun that a clause modifies: 가온동 of "산불이 난 가온동에서는", 13일 of "회의가 끝나는 13일에"."""
    if not has_own_subject(scene, clause) or is_transitive(clause.predicate.lemma):
        return None
    text, start = scene.text, clause.predicate.span.end
    start += text[start : start + 1] == " "
    time = next((t for t in scene.times_of.get(clause.sentence, ()) if t.span.start == start and t.grain != "duration"), None)
    if time is not None:
        return Qualifier("time", time)
    spans = [s for s in scene.mention_spans_in(Span(start, start + _LONGEST)) if s.start == start]
    if not spans:
        return None
    place, behind = scene.entity_at[spans[-1]], scene.token_at.get(spans[-1].end)
    marked = behind is not None and behind.tag.startswith(("J", "SP")) and behind.tag not in ("JKG", "JC")
    return Qualifier("place", place) if marked and scene.is_kind(place, ("Place", "Facility")) and not scene.is_bare(place) else None


def has_own_subject(scene: Scene, clause: Clause) -> bool:
    """Whether a relative clause has a subject and no object of its own, and modifies what it is told of, not an event that it tells whole."""
    own = any(a.role == "subject" and not a.shared for a in clause.arguments)
    if clause.relation != "relative" or not own or _EVENT.match(scene.text, clause.predicate.span.end):
        return False  # 다리가 무너지는 사고
    filled = (a for a in clause.arguments if a.role in ("object", "locative", "quote") and not a.shared)
    return not any(a.josa or a.role == "quote" for a in filled)
