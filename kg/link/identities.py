"""Identity across articles: which entities of different articles are one individual, and what it is called.

The naming is a function of the set of articles alone. A named thing is one with its namesakes of the same coarse kind; a
person only where the bodies to which the articles attach him meet or one article says nothing of them. A described thing
("회의") is its article's own unless its description is as good as a name ("AX 전문기업").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.link.traits import find_bodies, find_posts, squeeze
from kg.model import Entity, Fact, Qualifier, Reading, Value
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon
from kg.vocab import article_name, digest, local_name

ARTICLE = "article"  # the local id of the article as an individual of its own
_SCOPED = frozenset(("Agent", "Event", "Agreement", "Work", "Law", "Fund", "Project", "Product", "Facility", "Place", "Technology"))
_HANGUL_NAME = re.compile(r"[가-힣]{2,5}")
_LONGEST = 80


@dataclass(slots=True)
class _Instance:
    """One entity of one article, as far as identity needs it."""

    article: str
    local: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    created: bool
    bodies: frozenset[str]
    posts: frozenset[str]
    codes: tuple[tuple[str, str], ...]
    mentions: int


@dataclass(slots=True)
class _Cluster:
    """The instances that are one individual."""

    instances: list[_Instance] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Identities:
    """The individual of each entity of each article: ``of[("a1", "e3")]`` has the id ``kgr:KT``."""

    of: dict[tuple[str, str], Entity]

    def link(self, reading: Reading) -> Reading:
        """The reading with every entity replaced by its individual."""
        article = reading.article.id

        def entity(local: Entity) -> Entity:
            known = self.of.get((article, local.id))
            if known is None:
                return local
            members = tuple(dict.fromkeys(self.of[(article, m)].id for m in local.members if (article, m) in self.of))
            return replace(known, members=members, mentions=local.mentions, created=local.created)

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


def build_identities(readings: Iterable[Reading]) -> Identities:
    """The identities of a set of readings; the order in which they come does not matter."""
    instances = sorted((i for r in readings for i in _instances(r)), key=lambda i: (i.article, i.local))
    clusters = _cluster(instances)
    names = _name(clusters)
    of: dict[tuple[str, str], Entity] = {}
    for cluster, (curie, name) in zip(clusters, names, strict=True):
        individual = _individual(cluster, curie, name)
        for instance in cluster.instances:
            of[(instance.article, instance.local)] = individual
    return Identities(of)


def all_entities(reading: Reading) -> tuple[Entity, ...]:
    """Every entity of a reading: those of its list and those that stand only in its facts."""
    found: dict[str, Entity] = {e.id: e for e in reading.entities}
    for fact in reading.facts:
        for item in (fact.subject, fact.object, fact.speaker, *(q.value for q in fact.qualifiers)):
            if isinstance(item, Entity):
                found.setdefault(item.id, item)
    return tuple(found.values())


def _instances(reading: Reading) -> Iterable[_Instance]:
    bodies, posts = find_bodies(reading), find_posts(reading)
    for entity in all_entities(reading):
        yield _Instance(
            reading.article.id,
            entity.id,
            entity.kind,
            entity.name,
            entity.aliases,
            entity.created,
            bodies.get(entity.id, frozenset()),
            posts.get(entity.id, frozenset()),
            entity.codes,
            len(entity.mentions),
        )


def _family(kind: str) -> str:
    """The coarse kind within which a name means one thing; what is none of them keeps its own kind."""
    coarse = load_ontology().coarse(kind)
    return kind if coarse == "OTHER" else coarse


def _is_scoped(instance: _Instance) -> bool:
    """Whether a description means another thing in another article: 회의, 경찰 관계자; AX 전문기업 does not."""
    if instance.local == ARTICLE:
        return True
    if not instance.created:
        return False
    ontology = load_ontology()
    if not any(ontology.is_kind(instance.kind, kind) for kind in _SCOPED):
        return False
    return not re.search(r"[A-Za-z0-9·]", instance.name) or ontology.is_kind(instance.kind, "Person")


def _strong_names(instance: _Instance) -> tuple[str, ...]:
    """The names by which an entity may be known in another article; 김 대표 and 이 회사 are not among them."""
    lexicon = load_reference_lexicon()
    names = [instance.name]
    if instance.kind == "Position":
        return (squeeze(instance.name),)  # 대표 alone is every firm's
    person = load_ontology().is_kind(instance.kind, "Person")
    for alias in instance.aliases:
        words = alias.split()
        if not words or words[0] in lexicon.determiners or alias in lexicon.group_words or alias in lexicon.firms or len(squeeze(alias)) < 2:
            continue
        if person and ((len(words) > 1 and not alias.isascii()) or alias.endswith("씨") or not alias.isascii()):
            continue
        names.append(alias)
    return tuple(dict.fromkeys(squeeze(n) for n in names))


def _cluster(instances: list[_Instance]) -> list[_Cluster]:
    parent = list(range(len(instances)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(a: int, b: int) -> None:
        a, b = root(a), root(b)
        if a != b:
            parent[max(a, b)] = min(a, b)

    by_name: dict[tuple[str, str], list[int]] = {}
    for number, instance in enumerate(instances):
        if _is_scoped(instance):
            continue
        for name in _strong_names(instance):
            by_name.setdefault((_family(instance.kind), name), []).append(number)
    for (family, _), numbers in sorted(by_name.items()):
        if family == "PER":
            _join_people(instances, numbers, join)
        else:
            for number in numbers[1:]:
                join(numbers[0], number)
    clusters: dict[int, _Cluster] = {}
    for number, instance in enumerate(instances):
        clusters.setdefault(root(number), _Cluster()).instances.append(instance)
    return list(clusters.values())


def _join_people(instances: list[_Instance], numbers: list[int], join) -> None:  # type: ignore[no-untyped-def]
    """People of one name are one where their bodies meet; who has none joins the one most written of."""
    by_body: dict[str, int] = {}
    groups: Counter[int] = Counter()
    for number in numbers:
        for body in sorted(instances[number].bodies):
            if body in by_body:
                join(by_body[body], number)
            else:
                by_body[body] = number
    attached = [n for n in numbers if instances[n].bodies]
    for number in attached:
        groups[number] += instances[number].mentions
    loose = [n for n in numbers if not instances[n].bodies]
    home = min(attached, key=lambda n: (-groups[n], n), default=loose[0] if loose else None)
    for number in loose:
        if home is not None:
            join(home, number)


def _name(clusters: list[_Cluster]) -> list[tuple[str, str]]:
    """A CURIE and a name for each cluster; where two would share a CURIE, what separates them is added."""
    chosen = [_best_name(c) for c in clusters]
    wanted = Counter(local_name(name)[:_LONGEST] for name in chosen)
    named: list[tuple[str, str]] = []
    taken: Counter[str] = Counter()
    for cluster, name in zip(clusters, chosen, strict=True):
        if cluster.instances[0].local == ARTICLE:
            named.append((article_name(cluster.instances[0].article), name))
            continue
        local = local_name(name)[:_LONGEST]
        if wanted[local] > 1:
            local = f"{local}_{local_name(_separator(cluster))}"[: _LONGEST + 40]
        elif len(local_name(name)) > _LONGEST:
            local = f"{local}_{digest(name, 8)}"
        taken[local] += 1
        named.append((local, name))
    return [
        (local if local.startswith("kgr:") else f"kgr:{local}" if taken[local] == 1 else f"kgr:{local}_{digest(_signature(cluster), 6)}", name)
        for cluster, (local, name) in zip(clusters, named, strict=True)
    ]


def _best_name(cluster: _Cluster) -> str:
    """The name most articles use; of equals the longest, then the first in the alphabet."""
    counts = Counter(i.name for i in cluster.instances)
    return min(counts, key=lambda n: (-counts[n], -len(n), n))


def _separator(cluster: _Cluster) -> str:
    """What sets an individual apart from its namesakes: its body, its post, its kind or its article."""
    instances = cluster.instances
    bodies = Counter(b for i in instances for b in i.bodies)
    if bodies:
        return min(bodies, key=lambda b: (-bodies[b], -len(b), b))
    posts = Counter(p for i in instances for p in i.posts)
    if posts:
        return min(posts, key=lambda p: (-posts[p], p))
    if all(_is_scoped(i) for i in instances):
        return digest(instances[0].article, 6)
    return _majority(instances)


def _signature(cluster: _Cluster) -> str:
    return "|".join(f"{i.article}/{i.local}" for i in cluster.instances)


def _majority(instances: list[_Instance]) -> str:
    kinds = Counter[str]()
    for instance in instances:
        kinds[instance.kind] += max(1, instance.mentions)
    return min(kinds, key=lambda k: (-kinds[k], k))


def _individual(cluster: _Cluster, curie: str, name: str) -> Entity:
    instances = cluster.instances
    aliases = sorted({a for i in instances for a in (*i.aliases, i.name) if a != name})
    codes = tuple(sorted({c for i in instances for c in i.codes}))
    return Entity(curie, _majority(instances), name, tuple(aliases), (), (), (), codes, all(i.created for i in instances))
