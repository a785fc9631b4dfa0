"""Which entities of different articles are one individual.

Two are joined by a name, a body or a code, never across a contradiction: of kind, of code, of age, of walk of life where no
body joins them, or of what the user has said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.link.agreements import NEAR
from kg.link.decisions import Decisions
from kg.link.instances import Instance, is_scoped, strong_names
from kg.tables.ontology import load_ontology

# kinds of bodies that are never one: a team is no firm, a court no party; an Organization may be any of them
_APART = ("SportsTeam", "PoliticalParty", "EducationalOrganization", "Hospital", "GovernmentAgency", "Company")
_MUCH = 3  # times as often written of: whom a bare name means
_YEARS = 1  # by which two ages of one person may differ

Parties = Mapping[tuple[str, str], frozenset[object]]  # by article and local id of an agreement


@dataclass(slots=True)
class Cluster:
    """The instances that are one individual, with what they may not contradict."""

    instances: list[Instance] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    born: set[int] = field(default_factory=set)
    sides: dict[int, int] = field(default_factory=dict)


class _Joiner:
    """Clusters that grow by joining, a union-find whose sets remember what they may not meet."""

    def __init__(self, instances: Sequence[Instance], decisions: Decisions) -> None:
        self.instances = instances
        self._parent = list(range(len(instances)))
        self._sets: list[Cluster | None] = [
            Cluster(
                [instance],
                {kind} if (kind := _kind_apart(instance.kind)) else set(),
                dict(instance.codes),
                set() if instance.born is None else {instance.born},
                decisions.sides(instance),
            )
            for instance in instances
        ]

    def root(self, number: int) -> int:
        """The number that stands for a set."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def at(self, number: int) -> Cluster:
        """The set in which an instance is."""
        found = self._sets[self.root(number)]
        assert found is not None
        return found

    def join(self, a: int, b: int, *, by_user: bool = False) -> bool:
        """Make two sets one unless they contradict each other; whether they are one now."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return True
        one, other = self.at(a), self.at(b)
        if _differ(one.sides, other.sides) or (not by_user and _contradict(one, other)):
            return False
        if len(one.instances) < len(other.instances):  # the larger takes in the smaller
            one.instances, other.instances = other.instances, one.instances
        one.instances += other.instances
        one.kinds |= other.kinds
        one.codes.update(other.codes)
        one.born |= other.born
        one.sides.update(other.sides)
        self._parent[b] = a
        self._sets[b] = None
        return True

    def clusters(self) -> list[Cluster]:
        """The sets, by their first instance."""
        found = [cluster for cluster in self._sets if cluster is not None]
        for cluster in found:
            cluster.instances.sort(key=lambda i: (i.article, i.local))
        return found


def _kind_apart(kind: str) -> str | None:
    ontology = load_ontology()
    return next((top for top in _APART if ontology.is_kind(kind, top)), None) if kind != "MediaOutlet" else None


def _differ(one: dict[int, int], other: dict[int, int]) -> bool:
    return any(one[entry] != side for entry, side in other.items() if entry in one) if one and other else False


def _contradict(one: Cluster, other: Cluster) -> bool:
    if one.kinds and other.kinds and one.kinds.isdisjoint(other.kinds):
        return True
    if one.codes and any(one.codes[system] != code for system, code in other.codes.items() if system in one.codes):
        return True
    return any(abs(a - b) > _YEARS and (a < 0) == (b < 0) for a in one.born for b in other.born)


def find_keys(instance: Instance, decisions: Decisions) -> tuple[tuple[str, str], ...]:
    """What an instance has in common with all that may be one with it; without a key it is an individual of its own.

    Instances that no chain of keys connects never meet, so that each such group is clustered by itself as it is among all; but an
    agreement that is known by its parties has those in common with others.
    """
    decided = (("=", str(entry)) for entry, places in enumerate(decisions.together((instance,))) if places)
    return (*((instance.family, name) for name in _shared_names(instance)), *decided)


def _shared_names(instance: Instance) -> tuple[str, ...]:
    """The names by which an instance may be one with those of other articles."""
    return () if is_scoped(instance) else strong_names(instance)


def find_clusters(instances: Sequence[Instance], decisions: Decisions, parties: Parties | None = None) -> list[Cluster]:
    """The instances grouped into individuals; they must come sorted, and their order decides nothing else.

    Agreements that are known by their parties are joined last, by who those turned out to be: ``parties`` says it where these are
    not among the instances.
    """
    joiner = _Joiner(instances, decisions)
    for numbers in decisions.together(instances):
        for number in numbers[1:]:
            joiner.join(numbers[0], number, by_user=True)
    by_name: dict[tuple[str, str], list[int]] = {}
    for number, instance in enumerate(instances):
        for name in _shared_names(instance):
            by_name.setdefault((instance.family, name), []).append(number)
    for (family, _), numbers in sorted(by_name.items()):
        if family == "PER":
            _join_people(joiner, numbers)
        else:
            _join_namesakes(joiner, numbers)
    _join_pacts(joiner, _find_parties(joiner) if parties is None else parties)
    return joiner.clusters()


def _join_namesakes(joiner: _Joiner, numbers: Sequence[int]) -> None:
    """Things of one name are one; where some contradict each other, each joins the first that it does not contradict."""
    homes: list[int] = []
    for number in numbers:
        if not any(joiner.join(home, number) for home in homes):
            homes.append(number)


def _find_parties(joiner: _Joiner) -> Parties:
    """The individuals that are the parties of each agreement that is known by them, as far as names have joined them."""
    place = {(instance.article, instance.local): number for number, instance in enumerate(joiner.instances)}
    return {
        (one.article, one.local): frozenset(joiner.root(place[one.article, party]) for party in one.pact.parties)
        for one in joiner.instances
        if one.pact is not None
    }


def _join_pacts(joiner: _Joiner, parties: Parties) -> None:
    """Agreements without a name of their own are one where their class and parties are, told within a month of each other."""
    known: dict[tuple[str, frozenset[object]], list[int]] = {}
    for number, instance in enumerate(joiner.instances):
        if instance.pact is not None and len(of := parties.get((instance.article, instance.local), frozenset())) > 1:
            known.setdefault((instance.pact.kind, of), []).append(number)
    for numbers in known.values():
        told = sorted((day, number) for number in numbers if (day := joiner.instances[number].day) is not None)
        for (earlier, one), (later, other) in pairwise(told):
            if (later - earlier).days <= NEAR:
                joiner.join(one, other)


def _join_people(joiner: _Joiner, numbers: Sequence[int]) -> None:
    """People of one name are one where their bodies meet, or where one article says nothing that sets him apart."""
    instances = joiner.instances
    by_body: dict[str, int] = {}
    for number in numbers:
        for body in sorted(instances[number].bodies):
            if body not in by_body or not joiner.join(by_body[body], number):
                by_body[body] = number
    groups: dict[int, int] = {}
    for number in numbers:
        if instances[number].bodies:
            groups.setdefault(joiner.root(number), number)
    weight: Counter[int] = Counter()
    for number in numbers:
        if instances[number].bodies:
            weight[joiner.root(number)] += max(1, instances[number].mentions)
    homes = sorted(groups, key=lambda root: (-weight[root], root))
    fields = {home: frozenset(f for i in joiner.at(home).instances for f in i.fields) for home in homes}
    posts = {home: frozenset(p for i in joiner.at(home).instances for p in i.posts) for home in homes}
    apart: dict[frozenset[str], int] = {}
    for number in sorted((n for n in numbers if not instances[n].bodies), key=lambda n: (not instances[n].fields, n)):
        one = instances[number]
        fitting = [home for home in homes if not one.fields or not fields[home] or one.fields & fields[home]]
        fitting.sort(key=lambda home: not one.posts & posts[home])
        if len(fitting) > 1 and not one.posts & posts[fitting[0]] and weight[fitting[0]] < _MUCH * weight[fitting[1]]:
            fitting = []  # of several namesakes none is meant more likely
        if any(joiner.join(home, number) for home in fitting):
            continue
        known = next((n for key, n in sorted(apart.items(), key=lambda item: item[1]) if not key or not one.fields or key & one.fields), None)
        if known is None or not joiner.join(known, number):
            apart.setdefault(one.fields, number)
