"""Common nouns with the clause that says which ones are meant: 계층 of "소득이 낮은 계층에 타격을 준다"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.roles import Filled
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Span

_LONGEST = 30
_STEP = re.compile(r"제?\d+(?:단계|차|회|호|등급)")
_ROLES = ("subject", "topic", "object", "complement", "locative", "goal", "dative")


def restrict(scene: Scene, clause: Clause, filled: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """The filled roles with common nouns named by their clause too: 소득이 낮은 계층, not every 계층."""
    return tuple(_restrict(scene, clause, item) for item in filled)


def restrict_subject(scene: Scene, clause: Clause, subject: Entity | None) -> Entity | None:
    """The subject with the clause that says which is meant."""
    if subject is None:
        return None
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    return subject if argument is None else _named(scene, clause, argument, subject)


def _restrict(scene: Scene, clause: Clause, item: Filled) -> Filled:
    if not isinstance(item.value, Entity) or item.argument.role not in _ROLES:
        return item
    return replace(item, value=_named(scene, clause, item.argument, item.value))


def _named(scene: Scene, clause: Clause, argument: Argument, entity: Entity) -> Entity:
    """The entity under a name that holds the clause, where the noun alone names no class that could stand for it."""
    if not scene.is_bare(entity) or (entity.kind == "Concept" and len(entity.mentions) > 1):
        return entity
    words = argument.span.of(scene.text)
    noun = Span(argument.span.start, argument.span.start + len(entity.name)) if words.startswith(entity.name) else argument.span
    span = find_whole(scene, clause, noun)
    if span is None:
        return entity
    name = " ".join(span.of(scene.text).split())
    return Entity(f"restricted:{span.start}", entity.kind, name, (), (), (span,), entity.traits, (), True)


def find_whole(scene: Scene, clause: Clause, noun: Span) -> Span | None:
    """The words of a noun with the relative clause before it, if there is a short one that is not the clause itself."""
    for index in scene.clauses_of.get(clause.sentence, ()):
        other = scene.doc.clauses[index]
        if other is clause or other.relation not in ("relative", "nominal") or other.predicate.kind in ("noun", "copula"):
            continue
        own = [a for a in other.arguments if not a.shared]
        said = own and all(a.josa not in ("은", "는", "도") and len(a.span.of(scene.text)) > 1 for a in own)
        if not said:
            continue
        end = scene.token_ending.get(other.predicate.span.end)
        if end is not None and end.tag[0] == "J":
            continue  # 등록됨으로써 국민: no clause of the noun
        if other.predicate.span.end > noun.start or scene.text[other.predicate.span.end : noun.start].strip():
            continue
        span = Span(_with_numbered(scene, _before(scene, clause, _begin(other, own))), noun.end)
        if span.start < noun.start and span.end - span.start <= _LONGEST and "," not in span.of(scene.text):
            return span
    return None


def _begin(clause: Clause, own: list[Argument]) -> int:
    """Where a relative clause begins; what stands before the subject of a quality is not its own: 내성이 없는 of "접시에 내성이 없는 균"."""
    of_quality = clause.predicate.kind == "adjective" or clause.predicate.lemma in ("있다", "없다")
    subject = next((a for a in reversed(own) if a.role == "subject"), None)
    return subject.span.start if of_quality and subject is not None else clause.span.start


def _before(scene: Scene, own: Clause, start: int) -> int:
    """Where what modifies the first word of a phrase begins: 브라질과 같은 before "나라들에 대한 멸시"."""
    for index in scene.clauses_of.get(own.sentence, ()):
        clause = scene.doc.clauses[index]
        end = clause.predicate.span.end
        if clause is not own and clause.relation == "relative" and end < start and not scene.text[end:start].strip():
            return clause.span.start
    return start


def _with_numbered(scene: Scene, start: int) -> int:
    """Where the noun begins that a number behind it counts: 거리두기 of "거리두기 3단계와 관련된 논의"."""
    if _STEP.match(scene.text, start) is None:
        return start
    while (token := scene.token_ending.get(start - 1)) is not None and token.tag in ("NNG", "NNP", "XSN", "ETN"):
        start = scene.text.rfind(" ", 0, start - 1) + 1
    return start
