"""Who is one individual, in partitions: entities meet under their names, agreements under their parties; names are counted last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from kg.cluster.grouping import edges_of, gather, group, meet, root_all
from kg.link import Decisions, Individual, Instance, find_individuals, find_instances, find_keys
from kg.model import Entity, Reading

if TYPE_CHECKING:
    from pyspark import RDD

Place = tuple[str, str]  # an article and a local id in it
Key = tuple[str, ...]
Keyed = tuple[tuple[Key, ...], Instance, bool]  # with whether it is a party of an agreement of its article
Named = tuple[Entity, tuple[Place, ...]]
Pact = tuple[Instance, frozenset[object]]  # an agreement, or what is decided to be one with it, and its parties


def find_named(readings: RDD[Reading], decisions: Decisions, parts: int) -> RDD[Named]:
    """The individuals of all articles under their names, with their places."""
    return _name(_find_all(readings, decisions, parts), parts)


def _find_all(readings: RDD[Reading], decisions: Decisions, parts: int) -> RDD[Individual]:
    """Each group that names or decisions connect is clustered by itself; agreements that are known by their parties wait for these."""
    keyed = readings.flatMap(partial(_keyed, decisions=decisions))
    met = gather(keyed.map(_by_key), root_all(keyed.flatMap(_edges), parts), parts)
    settled = met.flatMap(partial(_cluster, decisions=decisions))
    return readings.context.union([settled, _find_pacts(met, decisions, parts)])


def _find_pacts(met: RDD[tuple[Key, Iterable[Keyed]]], decisions: Decisions, parts: int) -> RDD[Individual]:
    """The individuals of the groups with an agreement that is known by its parties: those of the same parties meet."""
    waiting = met.flatMap(_waiting)
    parties = met.flatMap(partial(_parties, decisions=decisions))
    wanted = waiting.flatMap(_wanted)
    told = group(meet(parts, wanted, parties).flatMap(_told), parts).mapValues(frozenset)
    resolved = meet(parts, waiting.map(_by_its_place), told).map(_resolved)
    roots = root_all(resolved.flatMap(_pact_edges), parts)
    groups = gather(resolved.map(_by_group), roots, parts)
    return groups.flatMap(partial(_cluster_pacts, decisions=decisions))


def _keyed(reading: Reading, decisions: Decisions) -> Iterator[Keyed]:
    instances = tuple(find_instances(reading))
    parties = {party for instance in instances if instance.pact is not None for party in instance.pact.parties}
    return ((find_keys(instance, decisions), instance, instance.local in parties) for instance in instances)


def _edges(keyed: Keyed) -> list[tuple[Key, Key]]:
    return edges_of(keyed[0]) if keyed[0] else []


def _by_key(keyed: Keyed) -> tuple[Key, Keyed]:
    """Under its first key; what has none is alone in its place."""
    return keyed[0][0] if keyed[0] else ("", *_place(keyed[1])), keyed


def _place(instance: Instance) -> Place:
    return instance.article, instance.local


def _is_pact(instance: Instance) -> bool:
    return instance.pact is not None and len(instance.pact.parties) > 1


def _sorted(group: Iterable[Keyed]) -> list[Instance]:
    return sorted((instance for _, instance, _ in group), key=_place)


def _cluster(group: tuple[Key, Iterable[Keyed]], decisions: Decisions) -> list[Individual]:
    instances = _sorted(group[1])
    return [] if any(map(_is_pact, instances)) else find_individuals(instances, decisions, {})


# Agreements known by their parties


def _waiting(group: tuple[Key, Iterable[Keyed]]) -> Iterator[tuple[Key, Instance]]:
    instances = _sorted(group[1])
    if any(map(_is_pact, instances)):
        yield from ((group[0], instance) for instance in instances)


def _parties(group: tuple[Key, Iterable[Keyed]], decisions: Decisions) -> Iterator[tuple[Place, Place]]:
    """For each place of a party the first place of the individual that names make of it."""
    parties = {_place(instance) for _, instance, is_party in group[1] if is_party}
    if parties:
        for individual in find_individuals(_sorted(group[1]), decisions, {}):
            yield from ((place, min(individual.places)) for place in individual.places if place in parties)


def _wanted(waiting: tuple[Key, Instance]) -> Iterator[tuple[Place, Place]]:
    instance = waiting[1]
    if instance.pact is not None and _is_pact(instance):
        yield from (((instance.article, party), _place(instance)) for party in instance.pact.parties)


def _told(met: tuple[Place, tuple[list[Place], list[Place]]]) -> Iterator[tuple[Place, Place]]:
    agreements, individuals = met[1]
    return ((agreement, individual) for agreement in agreements for individual in individuals)


def _by_its_place(waiting: tuple[Key, Instance]) -> tuple[Place, tuple[Key, Instance]]:
    return _place(waiting[1]), waiting


def _resolved(met: tuple[Place, tuple[list[tuple[Key, Instance]], list[frozenset[object]]]]) -> tuple[Key, Pact]:
    ((key, instance),), parties = met[1]
    return key, (instance, parties[0] if parties else frozenset())


def _pact_key(pact: Pact) -> Key | None:
    """What an agreement has in common with all of its class and parties."""
    instance, parties = pact
    if instance.pact is None or len(parties) < 2:
        return None
    return "pact", instance.pact.kind, repr(sorted(cast(Iterable[Any], parties)))


def _pact_edges(resolved: tuple[Key, Pact]) -> list[tuple[Key, Key]]:
    """The group of an agreement that the user has decided on, joined to all of its class and parties."""
    key, pact = resolved
    other = _pact_key(pact)
    return [(key, other)] if key[0] and other is not None else []


def _by_group(resolved: tuple[Key, Pact]) -> tuple[Key, Pact]:
    key, pact = resolved
    return key if key[0] else _pact_key(pact) or key, pact


def _cluster_pacts(group: tuple[Key, Iterable[Pact]], decisions: Decisions) -> list[Individual]:
    several = sorted(group[1], key=lambda pact: _place(pact[0]))
    return find_individuals([instance for instance, _ in several], decisions, {_place(instance): parties for instance, parties in several})


# Names


def _name(individuals: RDD[Individual], parts: int) -> RDD[Named]:
    """The individuals under their names, with their places: who wants a name is counted, then who takes it."""
    wanting = group(individuals.map(lambda i: (i.wanted, i)), parts)
    taking = group(wanting.flatMap(_locals), parts)
    return taking.flatMap(_named)


def _locals(group: tuple[str, Iterable[Individual]]) -> Iterator[tuple[str, Individual]]:
    shared = len(cast(Sized, group[1])) > 1
    return ((individual.local(shared), individual) for individual in group[1])


def _named(group: tuple[str, Iterable[Individual]]) -> Iterator[Named]:
    shared = len(cast(Sized, group[1])) > 1
    return ((individual.named(group[0], shared), individual.places) for individual in group[1])
