"""The part of the readings that a page is made for: around an individual, from some articles, of some relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.model import Entity, Fact, Reading
from kg.render.content import fact_entities


def select_readings(readings: Iterable[Reading], *, focus: str | None = None, depth: int = 1,
                    articles: Sequence[str] = (), since: str | None = None, relations: Sequence[str] = (),
                    top: int | None = None) -> tuple[Reading, ...]:
    """The readings with only the facts asked for: ``focus`` "김영섭", ``depth`` 2 keeps what lies two steps from him.

    ``articles`` are ids, ``since`` an ISO date (facts that begin, or articles that appeared, on or after it),
    ``relations`` CURIEs or their local names, ``top`` how many of the weightiest individuals stay. Empty means all.
    """
    kept = tuple(reading for reading in readings if not articles or reading.article.id in articles)
    if since:
        kept = _filtered(kept, lambda reading, fact: _day(reading, fact) >= since)
    if relations:
        wanted = set(relations)
        kept = _filtered(kept, lambda _, fact: fact.predicate in wanted or fact.predicate.partition(":")[2] in wanted)
    if focus:
        near = _neighbourhood(kept, focus, depth)
        kept = _filtered(kept, lambda _, fact: fact.subject.id in near and (
            not isinstance(fact.object, Entity) or fact.object.id in near))
    if top is not None:
        heavy = _heaviest(kept, top)
        kept = _filtered(kept, lambda _, fact: fact.subject.id in heavy and (
            not isinstance(fact.object, Entity) or fact.object.id in heavy))
    return tuple(reading for reading in kept if reading.facts)


def _filtered(readings: tuple[Reading, ...], keep: Callable[[Reading, Fact], bool]) -> tuple[Reading, ...]:
    return tuple(replace(reading, facts=tuple(fact for fact in reading.facts if keep(reading, fact)))
                 for reading in readings)


def _day(reading: Reading, fact: Fact) -> str:
    """The day a fact belongs to: its own start, else the article's; "" where neither is known."""
    values = (fact.object, *(each.value for each in fact.qualifiers))
    starts = [start for value in values if (start := getattr(value, "start", None)) is not None]
    published = reading.article.published
    return str(starts[0]) if starts else published.date().isoformat() if published else ""


def _neighbourhood(readings: tuple[Reading, ...], focus: str, depth: int) -> frozenset[str]:
    near: set[str] = set()
    links: dict[str, set[str]] = {}
    for reading in readings:
        for fact in reading.facts:
            named = fact_entities(fact)
            near.update(each.id for each in named if focus in (each.id, each.name) or focus in each.aliases)
            if isinstance(fact.object, Entity):
                links.setdefault(fact.subject.id, set()).add(fact.object.id)
                links.setdefault(fact.object.id, set()).add(fact.subject.id)
    edge = set(near)
    for _ in range(max(0, depth)):
        edge = {other for each in edge for other in links.get(each, ())} - near
        near |= edge
    return frozenset(near)


def _heaviest(readings: tuple[Reading, ...], top: int) -> frozenset[str]:
    weight: dict[str, int] = {}
    for reading in readings:
        for fact in reading.facts:
            weight[fact.subject.id] = weight.get(fact.subject.id, 0) + 1
            if isinstance(fact.object, Entity):
                weight[fact.object.id] = weight.get(fact.object.id, 0) + 1
    return frozenset(sorted(weight, key=lambda each: (-weight[each], each))[:max(0, top)])
