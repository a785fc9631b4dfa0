"""Other names for the individuals of readings, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.model import Entity, Fact, Qualifier, Quantity, Reading, Text, Time, Value


def read_entities(reading: Reading) -> Iterator[Entity]:
    """Every entity of a reading as often as it stands there: in the list and in the facts."""
    yield from reading.entities
    for fact in reading.facts:
        for value in (fact.subject, fact.object, fact.speaker, *(qualifier.value for qualifier in fact.qualifiers)):
            if isinstance(value, Entity):
                yield value


def rename_reading(
    reading: Reading,
    individuals: Mapping[str, Entity],
    reword: Callable[[str], str] = str,
    predicate: Callable[[str], str] = str,
) -> Reading:
    """The reading with id, name, aliases and codes of its entities as ``individuals`` has them under the old id.

    ``reword`` changes the wording of values, ``predicate`` the names of predicates.
    """

    def entity(old: Entity) -> Entity:
        new = individuals.get(old.id, old)
        members = tuple(individuals[member].id if member in individuals else member for member in old.members)
        return replace(old, id=new.id, name=new.name, aliases=new.aliases, codes=new.codes, members=members)

    def value(old: Value) -> Value:
        match old:
            case Entity():
                return entity(old)
            case Quantity() if old.converted is not None:
                return replace(old, text=reword(old.text), converted=replace(old.converted, text=reword(old.converted.text)))
            case Quantity() | Time() | Text():
                return replace(old, text=reword(old.text))

    def fact(old: Fact) -> Fact:
        return replace(
            old,
            subject=entity(old.subject),
            predicate=predicate(old.predicate),
            object=None if old.object is None else value(old.object),
            qualifiers=tuple(Qualifier(qualifier.role, value(qualifier.value)) for qualifier in old.qualifiers),
            speaker=None if old.speaker is None else entity(old.speaker),
        )

    return replace(reading, entities=tuple(map(entity, reading.entities)), facts=tuple(map(fact, reading.facts)))


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The wanted name, with a number where it is taken: ``인물_1`` beside another of that name is ``인물_1_2``."""
    used = taken if isinstance(taken, (set, frozenset, dict)) else set(taken)
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}_{number}"
    return name
