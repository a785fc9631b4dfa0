"""Numbers told one each of several things: "민감도와 특이도는 각각 94.2%, 96.1%다" gives 민감도 94.2 % and 특이도 96.1 %."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Quantity, Span

_JOINT = re.compile(r"(?<=[가-힣A-Za-z0-9)])(?:와|(?<!학)과)\s|,\s|·")
_EACH = re.compile(r"각각|각기")


def find_each(scene: Scene, clause: Clause) -> tuple[Argument, list[Span], list[Quantity]] | None:
    """The subject of a clause with 각각, its parts, and as many numbers behind it in their order."""
    for argument in clause.arguments:
        if argument.role not in ("subject", "topic") or argument.shared:
            continue
        parts = _split(scene.text, argument.span)
        behind = Span(argument.span.end, max(clause.span.end, argument.span.end))
        numbers = list(scene.quantities_in(clause.sentence, behind))
        if len(parts) < 2 or len(parts) != len(numbers) or not _EACH.search(scene.text, behind.start, numbers[0].span.start):
            continue
        if not any(set(scene.text[a.span.end : b.span.start]) & set(",와과·") for a, b in itertools.pairwise(numbers)):
            continue
        if all(n.unit == numbers[0].unit for n in numbers) or len({n.unit for n in numbers}) == len(numbers):
            return argument, parts, numbers
    return None


def _split(text: str, span: Span) -> list[Span]:
    parts: list[Span] = []
    start = span.start
    for joint in _JOINT.finditer(text, span.start, span.end):
        parts.append(Span(start, joint.start()))
        start = joint.end()
    return [*parts, Span(start, span.end)]


def pair_each(scene: Scene, clause: Clause) -> Iterator[tuple[Entity | None, Span, Quantity]]:
    """Each number with its noun and whose it is: 다온핀의 of "다온핀의 민감도와 특이도는", 서울 and 부산 of "서울과 부산의 인구는".

    Without an owner the noun is itself what is told of.
    """
    found = find_each(scene, clause)
    if found is None:
        return
    _, parts, numbers = found
    first, last = _cut(scene.text, parts[0]), _cut(scene.text, parts[-1])
    for number, (part, quantity) in enumerate(zip(parts, numbers, strict=True)):
        if first is not None:
            yield name_entity(scene, first[0]), first[1] if number == 0 else part, quantity
        elif last is not None:
            yield name_entity(scene, last[0] if number == len(parts) - 1 else part), last[1], quantity
        else:
            yield None, part, quantity


def _cut(text: str, span: Span) -> tuple[Span, Span] | None:
    """A phrase cut behind its owner: 다온핀 and 민감도 of "다온핀의 민감도"."""
    cut = span.of(text).rfind("의 ")
    return (Span(span.start, span.start + cut), Span(span.start + cut + 2, span.end)) if cut > 0 else None


def name_entity(scene: Scene, span: Span) -> Entity:
    """The individual that words name: the one known there, the one known by that name, else a notion of its own."""
    known = scene.entity_at.get(span)
    if known is not None:
        return known
    words = " ".join(span.of(scene.text).split()).strip("'\"‘’“”")
    named = next((e for e in scene.doc.entities if words in (e.name, *e.aliases)), None)
    return named or Entity(f"part:{span.start}", "Concept", words, (), (), (span,), (), (), True)
