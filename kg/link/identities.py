"""Identity across articles: which entities of different articles are one individual, and what it is called.

The naming is a function of the set of articles alone. A named thing is one with its namesakes of the same coarse kind; a
person only where the bodies to which the articles attach him meet or one article says nothing of them. A described thing
("회의") is its article's own unless its description is as good as a name ("AX 전문기업").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.link.clusters import Cluster, Parties, find_clusters
from kg.link.decisions import Decisions
from kg.link.instances import ARTICLE, Instance, find_instances, is_scoped
from kg.model import Entity, Fact, Qualifier, Reading, Value
from kg.vocab import article_name, digest, local_name

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Identities:
    """The individual of each entity of each article: ``of[("a1", "e3")]`` has the id ``kgr:KT``."""

    of: dict[tuple[str, str], Entity]

    def link(self, reading: Reading) -> Reading:
        """The reading with every entity replaced by its individual."""
        article = reading.article.id

        made: dict[int, Entity] = {}  # by the object: a reading says an entity in many facts

        def entity(local: Entity) -> Entity:
            done = made.get(id(local))
            if done is not None:
                return done
            known = self.of.get((article, local.id))
            if known is None:
                return local
            members = tuple(dict.fromkeys(self.of[(article, m)].id for m in local.members if (article, m) in self.of))
            made[id(local)] = replace(known, members=members, mentions=local.mentions, created=local.created)
            return made[id(local)]

        def value(item: Value) -> Value:
            return entity(item) if isinstance(item, Entity) else item

        facts: list[Fact] = []
        for fact in reading.facts:
            thing = None if fact.object is None else value(fact.object)
            subject = entity(fact.subject)
            if isinstance(thing, Entity) and thing.id == subject.id:
                continue  # two names of one individual
            facts.append(
                replace(
                    fact,
                    subject=subject,
                    object=thing,
                    qualifiers=tuple(Qualifier(q.role, value(q.value)) for q in fact.qualifiers),
                    speaker=None if fact.speaker is None else entity(fact.speaker),
                )
            )
        entities = tuple({e.id: e for e in (entity(local) for local in reading.entities)}.values())
        return replace(reading, entities=entities, facts=tuple(facts))


def build_identities(readings: Iterable[Reading], decisions: Decisions | None = None) -> Identities:
    """The identities of a set of readings, by what the user has decided; the order in which they come does not matter."""
    instances = sorted((i for r in readings for i in find_instances(r)), key=lambda i: (i.article, i.local))
    individuals = find_individuals(instances, decisions or Decisions())
    wanted = Counter(individual.wanted for individual in individuals)
    locals_ = [individual.local(shared=wanted[individual.wanted] > 1) for individual in individuals]
    taken = Counter(local for individual, local in zip(individuals, locals_, strict=True) if not individual.is_article)
    of: dict[tuple[str, str], Entity] = {}
    for individual, local in zip(individuals, locals_, strict=True):
        entity = individual.named(local, shared=taken[local] > 1)
        for place in individual.places:
            of[place] = entity
    return Identities(of)


@dataclass(frozen=True, slots=True)
class Individual:
    """One individual before it is named: its places are its articles and local ids, its entity has no id as yet.

    The naming looks at others only to count: ``wanted`` is the name that it would like, ``local`` the one that it takes where
    others want the same, and ``named`` the entity under that name, made its own where others took it too.
    """

    entity: Entity
    separator: str
    places: tuple[tuple[str, str], ...]

    @property
    def is_article(self) -> bool:
        """Whether it is an article, which has a name of its own."""
        return self.places[0][1] == ARTICLE

    @property
    def wanted(self) -> str:
        """The local name that its name comes to."""
        return local_name(self.entity.name)[:_LONGEST]

    def local(self, shared: bool) -> str:
        """Its local name; where others want it too, what separates it from them is added."""
        if self.is_article:
            return article_name(self.places[0][0])
        if shared:
            return f"{self.wanted}_{local_name(self.separator)}"[: _LONGEST + 40]
        name = self.entity.name
        return f"{self.wanted}_{digest(name, 8)}" if len(local_name(name)) > _LONGEST else self.wanted

    def named(self, local: str, shared: bool) -> Entity:
        """The entity under a local name; where others took it too, a hash of its places is added."""
        if local.startswith("kgr:"):
            return replace(self.entity, id=local)
        return replace(self.entity, id=f"kgr:{local}_{self._signature()}" if shared else f"kgr:{local}")

    def _signature(self) -> str:
        return digest("|".join(f"{article}/{local}" for article, local in self.places), 6)


def find_individuals(instances: Sequence[Instance], decisions: Decisions, parties: Parties | None = None) -> list[Individual]:
    """The individuals among instances, which must come sorted by article and local id.

    ``parties`` has the parties of the agreements that are known by them, where these are not among the instances.
    """
    return [_individual(cluster) for cluster in find_clusters(instances, decisions, parties)]


def _best_name(cluster: Cluster) -> str:
    """The name most articles use; of equals the longest, then the first in the alphabet."""
    if len(cluster.instances) == 1:
        return cluster.instances[0].name
    counts = Counter(i.name for i in cluster.instances)
    return min(counts, key=lambda n: (-counts[n], -len(n), n))


def _separator(cluster: Cluster) -> str:
    """What sets an individual apart from its namesakes: its body, its post, its kind or its article."""
    instances = cluster.instances
    bodies = Counter(b for i in instances for b in i.bodies)
    if bodies:
        return min(bodies, key=lambda b: (-bodies[b], -len(b), b))
    posts = Counter(p for i in instances for p in i.posts)
    if posts:
        return min(posts, key=lambda p: (-posts[p], p))
    if all(is_scoped(i) for i in instances):
        return digest(instances[0].article, 6)
    return _majority(instances)


def _majority(instances: list[Instance]) -> str:
    if len(instances) == 1:
        return instances[0].kind
    kinds = Counter[str]()
    for instance in instances:
        kinds[instance.kind] += max(1, instance.mentions)
    return min(kinds, key=lambda k: (-kinds[k], k))


def _individual(cluster: Cluster) -> Individual:
    instances = cluster.instances
    name = _best_name(cluster)
    aliases = sorted({a for i in instances for a in (*i.aliases, i.name) if a != name})
    codes = tuple(sorted({c for i in instances for c in i.codes}))
    entity = Entity("", _majority(instances), name, tuple(aliases), (), (), (), codes, all(i.created for i in instances))
    places = tuple((i.article, i.local) for i in instances)
    return Individual(entity, _separator(cluster), places)
