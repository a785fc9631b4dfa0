"""The part of the readings that a page is made for: around an individual, from some articles, of some relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest

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


def select_weightiest(readings: Iterable[Reading], name_fact: Callable[[Fact], str], *, facts: int = 20_000,
                      individuals: int = 5_000, reports: int = 3) -> tuple[Reading, ...]:
    """The readings with only the weightiest facts, for a page of a graph too large for one.

    A fact weighs what its ends do, and these what is said of them; a named relation weighs double. At most so many
    ``facts`` and ``individuals`` stay, each fact with its first ``reports`` and their sentences. The readings are gone
    through three times (no iterator, then), and only what is kept is held.
    """
    weight: Counter[str] = Counter()
    for reading in readings:
        for fact in reading.facts:
            weight.update({each.id for each in (fact.subject, fact.object) if isinstance(each, Entity)})
    kept = _weightiest(readings, weight, name_fact, facts, individuals)
    told: Counter[str] = Counter()
    chosen = []
    for reading in readings:
        named = [(name_fact(fact), fact) for fact in reading.facts]
        shown = tuple(fact for name, fact in named if name in kept and told[name] < reports)
        told.update({name for name, _ in named if name in kept})
        if shown:
            spans = sorted({fact.evidence.sentence for fact in shown})
            chosen.append(replace(reading, sentences=tuple(spans), facts=shown))
    return tuple(chosen)


def _weightiest(readings: Iterable[Reading], weight: Mapping[str, int], name_fact: Callable[[Fact], str], facts: int,
                individuals: int) -> frozenset[str]:
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    least = 0.0
    for reading in readings:
        for fact in reading.facts:
            pull = _pull(fact, weight)
            if pull >= least:
                best[name_fact(fact)] = pull, tuple(each.id for each in fact_entities(fact))
        if len(best) > 2 * facts:
            best = dict(nsmallest(facts, best.items(), key=_rank))
            least = min(pull for pull, _ in best.values())
    shown: set[str] = set()
    kept: list[str] = []
    for name, (_, named) in sorted(best.items(), key=_rank)[:facts]:
        new = set(named) - shown
        if len(shown) + len(new) <= individuals:
            shown |= new
            kept.append(name)
    return frozenset(kept)


def _rank(item: tuple[str, tuple[float, tuple[str, ...]]]) -> tuple[float, str]:
    return -item[1][0], item[0]


def _pull(fact: Fact, weight: Mapping[str, int]) -> float:
    one = weight[fact.subject.id]
    other = weight[fact.object.id] if isinstance(fact.object, Entity) else 1
    notions = sum(isinstance(each, Entity) and each.kind == "Concept" for each in (fact.subject, fact.object))
    return one * other / (one + other) * (2.0 if fact.predicate.startswith("kg:") else 1.0) / (1 + notions)
