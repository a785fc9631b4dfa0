"""Whether the subject that a clause was lent may be another's: a nearer one was not told, or it stands outside the clause's modifier."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Span, Value

# what is no second thing: what came to light of it, how many of it, and when
_MATTERS = frozenset("사실 것 점 혐의 의혹 정황 적 바 수 종류 전부 전체 여럿 모두 한번 이제 지금".split())
_LONGEST_HEAD = 40
_REFLEXIVE = frozenset(("자신", "자기", "스스로", "본인"))


def is_anothers(scene: Scene, clause: Clause, subject: Entity, values: Sequence[Value | None]) -> bool:
    """Whether an open fact would tell of a clause's subject what the sentence tells of another noun.

    미국은 한파로 20여 명이 숨졌다: not the country. 가온은 윤 씨의 슛이 골대를 맞고 나오는 불운에 울었다: not 가온.
    """
    told = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    if told is None or told.span.start >= clause.predicate.span.end:
        return False  # the noun behind a relative clause, and who is understood
    if _is_heads(scene, clause, told):
        return True
    return _is_nearer_untold(scene, clause, told, (subject, *values)) or (told.shared and _is_lent_inward(scene, clause, told))


def _is_heads(scene: Scene, clause: Clause, told: Argument) -> bool:
    """Whether the people behind a modifier do what it tells, and nobody before it: 군인들 of "부는 클럽을 방문한 군인들은 신고하라고 했다"."""
    if clause.relation != "relative" or told.shared or any(a.shared for a in clause.arguments):
        return False
    if not any(a.role in ("object", "locative", "goal") and not a.shared for a in clause.arguments):
        return False
    behind = clause.predicate.span.end + 1
    head = next(iter(scene.mention_spans_in(Span(behind, behind + _LONGEST_HEAD))), None)
    if head is None or head.start != behind or scene.text.startswith("의 ", head.end):
        return False
    return scene.is_kind(scene.entity_at[head], ("Person",))


def _is_nearer_untold(scene: Scene, clause: Clause, told: Argument, values: Sequence[Value | None]) -> bool:
    """Whether a subject of the clause's own between this one and the verb is lost: 규모는 of "지진은 … 규모는 가장 컸다"."""
    own = (a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared and a.span.start > told.span.start)
    return any(
        ((entity := scene.entity_of(a)) is None or entity not in values)
        and a.span.end - a.span.start > 1
        and a.head.of(scene.text) not in _MATTERS | _REFLEXIVE
        and not any(quantity in values for quantity in scene.quantities_in(clause.sentence, a.span))
        and a.josa != "도"  # 직원은 물론 임원도, 단 한 번도
        and not scene.times_in(clause.sentence, a.span)
        for a in own
    )


def _is_lent_inward(scene: Scene, clause: Clause, told: Argument) -> bool:
    """Whether a clause inside a modifier was lent a subject from outside it: that modifier's own subject stands in it, or behind it."""
    clauses, above, steps = scene.doc.clauses, clause, 0
    if clause.relation not in ("coordinate", "adverbial"):
        return False
    while above.relation != "relative" and above.parent is not None and steps < 10:
        above, steps = clauses[above.parent], steps + 1
    if above.relation != "relative":
        return False
    lender = next((c for c in _clauses_of(scene, clause) if any(_is_own(a, told) for a in c.arguments)), None)
    steps = 0
    while lender is not None and lender is not above and steps < 10:
        lender, steps = clauses[lender.parent] if lender.parent is not None else None, steps + 1
    return lender is None


def _is_own(argument: Argument, told: Argument) -> bool:
    """Whether a clause has a subject as its own; a topic over another subject is that of the sentence."""
    return argument.role == "subject" and not argument.shared and argument.span == told.span


def _clauses_of(scene: Scene, clause: Clause) -> tuple[Clause, ...]:
    return tuple(scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
