"""How many gold entities a graph knows, with the right kind and all their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.comparison import normalise
from kg.evaluate.gold import TYPES, Gold, GoldEntity, read_gold
from kg.evaluate.reports import share, shown, table
from kg.model import Reading, Span
from kg.pipeline import read_linked
from kg.tables.ontology import Ontology, load_ontology

ANY_KIND: Final = "OTHER"


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An individual of a read article: all that it is called there, normalised, its coarse kinds and its places."""

    id: str
    names: frozenset[str]
    kinds: frozenset[str]
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityOutcome:
    """What became of a gold entity; ``attached`` are those of its aliases that its individual bears."""

    entity: GoldEntity
    found: KnownEntity | None
    right_kind: bool
    attached: tuple[str, ...]


def score_entities(graph: Path, gold: Sequence[Path], *, verbose: bool) -> str:
    """The score of a graph's entities, per article, per type and all; ``verbose`` lists what is missed or mixed up.

    An entity is found where an individual of its article bears its name, or an alias that no other entity has. An alias
    is attached where the individual is called so, or is named inside it (김영섭 대표). "merged" counts the gold entities
    that share their individual with another one.
    """
    files = read_gold(gold)
    ontology = load_ontology()
    readings = {reading.article.id: reading for reading in read_linked(graph)}
    known = {file.id: find_known(readings[file.id], ontology) for file in files if file.id in readings}
    outcomes = [
        find_entity_outcomes(file, known[file.id], readings[file.id].article.text)
        if file.id in readings
        else find_entity_outcomes(file, (), "")
        for file in files
    ]
    every = [outcome for found in outcomes for outcome in found]
    merged = [find_merged(found) for found in outcomes]
    heading = ("entities", "found", "", "right kind", "", "aliases", "")
    rows = [
        (file.id, *_counts(found), str(len(apart)), str(len(known.get(file.id, ()))))
        for file, found, apart in zip(files, outcomes, merged, strict=True)
    ]
    total = sum(map(len, merged)), sum(len(known.get(file.id, ())) for file in files)
    rows.append(("all", *_counts(every), *map(str, total)))
    report = table(("article", *heading, "merged", "extracted"), rows)
    report += [f"{shown(file.id)}: {graph} has no such article; the two ids must be the same." for file in files if file.id not in known]
    types = [kind for kind in TYPES if any(outcome.entity.type == kind for outcome in every)]
    by_type = [(kind, *_counts([o for o in every if o.entity.type == kind])) for kind in types]
    report += ["", *table(("type", *heading), by_type)]
    if verbose:
        report += [""]
        for file, found, apart in zip(files, outcomes, merged, strict=True):
            report += [f"{word}  {shown(file.id)}: {shown(what)}" for word, what in _misses(found, apart)]
    return "\n".join(report)


def find_known(reading: Reading, ontology: Ontology) -> tuple[KnownEntity, ...]:
    """The individuals of a linked reading, in order of appearance."""
    names: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    places: dict[str, set[Span]] = {}
    for entity in reading.entities:
        mentions = (span.of(reading.article.text) for span in entity.mentions)
        called = {normalise(name) for name in (entity.name, *entity.aliases, *mentions)} - {""}
        names.setdefault(entity.id, set()).update(called)
        kinds.setdefault(entity.id, set()).add(ontology.coarse(entity.kind))
        places.setdefault(entity.id, set()).update(entity.mentions)
    return tuple(
        KnownEntity(curie, frozenset(names[curie]), frozenset(kinds[curie]), tuple(sorted(places[curie])))
        for curie in names
    )


def find_entity_outcomes(gold: Gold, known: Sequence[KnownEntity], text: str) -> tuple[EntityOutcome, ...]:
    """What became of each gold entity of an article, whose text tells where the aliases stand."""
    bearers: dict[str, int] = {}
    for entity in gold.entities:
        for name in _names(entity):
            bearers[name] = bearers.get(name, 0) + 1
    shared = frozenset(name for name, count in bearers.items() if count > 1)
    return tuple(_outcome(entity, known, shared, text) for entity in gold.entities)


def find_merged(outcomes: Iterable[EntityOutcome]) -> tuple[tuple[EntityOutcome, EntityOutcome], ...]:
    """Gold entities found in the same individual as an earlier one, each with that one."""
    first: dict[str, EntityOutcome] = {}
    merged = []
    for outcome in outcomes:
        if outcome.found is not None:
            other = first.setdefault(outcome.found.id, outcome)
            if other is not outcome:
                merged.append((other, outcome))
    return tuple(merged)


def _outcome(
    entity: GoldEntity, known: Sequence[KnownEntity], shared: frozenset[str], text: str
) -> EntityOutcome:
    name, names = normalise(entity.name), _names(entity)
    own = names - shared
    candidates = [one for one in known if name in one.names] or [one for one in known if own & one.names]
    # Of several individuals of that name, the one of the right kind, then the one with most of its names.
    best = max(candidates, key=lambda one: (_is_kind(entity, one), len(names & one.names)), default=None)
    if best is None:
        return EntityOutcome(entity, None, False, ())
    attached = tuple(alias for alias in entity.aliases if _is_attached(alias, name, best, text))
    return EntityOutcome(entity, best, _is_kind(entity, best), attached)


def _is_attached(alias: str, name: str, known: KnownEntity, text: str) -> bool:
    if normalise(alias) in known.names:
        return True
    # A name with a title or a place around it is no other name; it is attached where the name in it is.
    if not name or name not in normalise(alias):
        return False
    places = [Span(at.start(), at.end()) for at in re.finditer(re.escape(alias), text)]
    return any(place.covers(mention) for place in places for mention in known.mentions)


def _is_kind(entity: GoldEntity, known: KnownEntity) -> bool:
    return entity.type == ANY_KIND or entity.type in known.kinds


def _names(entity: GoldEntity) -> frozenset[str]:
    return frozenset(map(normalise, (entity.name, *entity.aliases))) - {""}


def _counts(outcomes: Sequence[EntityOutcome]) -> tuple[str, ...]:
    whole = len(outcomes)
    found = sum(outcome.found is not None for outcome in outcomes)
    right = sum(outcome.right_kind for outcome in outcomes)
    aliases = sum(len(outcome.entity.aliases) for outcome in outcomes)
    attached = sum(len(outcome.attached) for outcome in outcomes)
    return (
        str(whole), str(found), share(found, whole), str(right), share(right, whole),
        f"{attached}/{aliases}", share(attached, aliases),
    )


def _misses(
    outcomes: Iterable[EntityOutcome], merged: Iterable[tuple[EntityOutcome, EntityOutcome]]
) -> Iterable[tuple[str, str]]:
    for outcome in outcomes:
        entity, found = outcome.entity, outcome.found
        if found is None:
            yield "MISS  ", f"{entity.name} ({entity.type})"
            continue
        if not outcome.right_kind:
            yield "kind  ", f"{entity.name} ({entity.type}) is {', '.join(sorted(found.kinds))} in {found.id}"
        if loose := [alias for alias in entity.aliases if alias not in outcome.attached]:
            yield "alias ", f"{entity.name} ({found.id}) is not called {', '.join(loose)}"
    for first, second in merged:
        if first.found is not None:
            yield "merged", f"{first.entity.name} and {second.entity.name} are one in {first.found.id}"
