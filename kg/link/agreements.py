"""Agreements that are known by their parties: KT·MS 파트너십, MS 파트너십 and 파트너십 계약 of KT and 마이크로소프트 are one.

Such a name means another agreement in every other article, until the parties are told: those whom the name names, who enter into
the agreement by the facts, and 두 회사 where its sentence says so and only two can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.link.traits import squeeze
from kg.model import Entity, Reading
from kg.tables.agreements import load_agreement_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon

NEAR: Final = 30  # days between two reports of one agreement that has no name of its own
_PARTS = re.compile(r"[\s·・/,-]+")
_PLAIN = re.compile(r"\d+년|\d+년간|\d+개년|\d+년짜리")


@dataclass(frozen=True, slots=True)
class Pact:
    """What an agreement without a name of its own is known by: its class and its parties, by local ids."""

    kind: str
    parties: frozenset[str]


@dataclass(slots=True)
class _Found:
    """An agreement of an article, with its class and the parties found so far."""

    kind: str
    parties: set[str] = field(default_factory=set)


def find_pacts(reading: Reading, entities: Iterable[Entity]) -> dict[str, Pact]:
    """The agreements of a reading that are known by their parties alone, by local id; ``entities`` are all of the reading's."""
    known = {entity.id: entity for entity in entities}
    found = {id_: pact for id_, entity in known.items() if entity.kind == "Agreement" and (pact := _by_name(entity, known)) is not None}
    if not found:
        return {}
    _add_by_facts(reading, found, known)
    for id_, pact in found.items():
        if not pact.parties:
            pact.parties.update(_only_group(reading, known[id_], known))
    return {id_: Pact(pact.kind, frozenset(pact.parties) if len(pact.parties) > 1 else frozenset()) for id_, pact in found.items()}


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in _PARTS.split(name) if part and not _PLAIN.fullmatch(part))


def _by_name(agreement: Entity, known: Mapping[str, Entity]) -> _Found | None:
    """The class and the parties that the name tells; None where any other word makes it a name."""
    lexicon = load_agreement_lexicon()
    parts = _parts(agreement.name)
    kind = lexicon.find_class(frozenset(parts))
    if kind is None:
        return None
    parties: set[str] = set()
    for part in parts:
        if part in lexicon.classes or part in lexicon.fillers:
            continue
        party = next((id_ for id_, entity in known.items() if _is_party(entity) and squeeze(part) in _names(entity)), None)
        if party is None:
            return None
        parties.add(party)
    return _Found(kind, parties)


def _names(entity: Entity) -> set[str]:
    return {squeeze(name) for name in (entity.name, *entity.aliases)}


def _is_party(entity: Entity) -> bool:
    ontology = load_ontology()
    return not entity.members and (ontology.coarse(entity.kind) == "ORG" or ontology.is_kind(entity.kind, "Country"))


def _parties(entity: Entity, known: Mapping[str, Entity]) -> list[str]:
    """The ids of those who are one party each: the members of a group, or the firm itself."""
    return [id_ for id_ in entity.members or (entity.id,) if id_ in known and _is_party(known[id_])]


def _add_by_facts(reading: Reading, found: Mapping[str, _Found], known: Mapping[str, Entity]) -> None:
    lexicon = load_agreement_lexicon()
    for fact in reading.facts:
        named = (fact.object, *(qualifier.value for qualifier in fact.qualifiers if qualifier.role == "target"))
        pacts = [found[value.id] for value in named if isinstance(value, Entity) and value.id in found]
        entered = fact.predicate in lexicon.entering or (fact.predicate in lexicon.together and fact.subject.members)
        if not pacts or not entered or fact.status == "denied":
            continue
        others = [fact.object, *(qualifier.value for qualifier in fact.qualifiers if qualifier.role == "with")]
        parties = [id_ for entity in (fact.subject, *others) if isinstance(entity, Entity) for id_ in _parties(entity, known)]
        for pact in pacts:
            pact.parties.update(parties)


def _only_group(reading: Reading, agreement: Entity, known: Mapping[str, Entity]) -> frozenset[str]:
    """The two companies where the agreement's sentence says 두 회사 or 양사, and only two were spoken of together until then."""
    words = load_reference_lexicon().group_words
    for span in sorted({s for s in reading.sentences if any(s.covers(mention) for mention in agreement.mentions)}):
        if not any(word in span.of(reading.article.text) for word in words):
            continue
        together = (e for e in known.values() if e.members and any(mention.start < span.end for mention in e.mentions))
        groups = {frozenset(parties) for e in together if len(parties := _parties(e, known)) > 1}
        alone = {e.id for e in known.values() if _is_party(e) and any(span.covers(mention) for mention in e.mentions)}
        if len(groups) == 1 and alone <= (group := next(iter(groups))):
            return group
    return frozenset()
