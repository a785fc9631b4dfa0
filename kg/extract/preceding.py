"""What the same was done to before: 동점골 of "동점골에 이어 결승골까지 터뜨렸다"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.roles import find_filled
from kg.extract.scene import Scene
from kg.model import Entity, Fact, Qualifier

_FOLLOWING = ("이어", "이어서")


def find_preceding(scene: Scene, index: int, fact: Fact) -> Iterator[Fact]:
    """The fact with what its object follows on for its object, where both are of one sort, and not the subject's."""
    if not isinstance(fact.object, Entity):
        return
    for other in scene.clauses_of[scene.doc.clauses[index].sentence]:
        clause = scene.doc.clauses[other]
        if clause.parent != index or clause.predicate.lemma != "잇다" or not clause.predicate.span.of(scene.text).endswith(_FOLLOWING):
            continue
        item = next((f for f in find_filled(scene, clause) if f.argument.josa == "에" and not f.argument.shared), None)
        if item is None or not isinstance(item.value, Entity) or not _are_alike(item.value, fact.object) or item.value == fact.subject:
            continue
        inside = scene.quantities_in(clause.sentence, item.argument.span)
        minute = next((Qualifier("matchTime", q) for q in inside if q.text[:2] in ("전반", "후반", "연장")), None)
        kept = tuple(q for q in fact.qualifiers if q.role == "wording")
        yield replace(fact, object=item.value, qualifiers=(*kept, *((minute,) if minute is not None else ())))


def _are_alike(first: Entity, second: Entity) -> bool:
    """Whether two things are of one sort: of one kind that says something, or named by one head."""
    if first.kind != second.kind or first.id == second.id:
        return False
    return first.kind not in ("Concept", "Organization", "Company") or (first.name[-1:] == second.name[-1:] and first.created)
