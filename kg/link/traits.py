"""What tells namesakes apart: the bodies and posts that an article's facts give a person."""

from __future__ import annotations

import re

from kg.model import Entity, Reading, Text

_SPACES = re.compile(r"[\s·\-‐–'\"“”‘’.,]+")
_FIRM = re.compile(r"^(?:㈜|\(주\)|주식회사\s|\(유\))|(?:㈜|\(주\)|\s주식회사)$")
_BODY_RELATIONS = frozenset(
    ("kg:isCEOOf", "kg:worksFor", "kg:leads", "kg:memberOf", "kg:reporterFor", "kg:playsFor", "kg:coaches", "kg:belongsToParty", "kg:affiliatedWith")
)
_POST_RELATIONS = frozenset(("kg:holdsPosition", "kgo:역임하다", "kg:appointedTo", "kg:occupation"))


def squeeze(name: str) -> str:
    """A name without spaces, marks and the form of the firm, in lower case: ㈜새울 전자 is 새울전자."""
    return _SPACES.sub("", _FIRM.sub("", name) or name).lower()


def find_bodies(reading: Reading) -> dict[str, frozenset[str]]:
    """The names of the bodies to which each person of a reading belongs, by the person's local id."""
    found: dict[str, set[str]] = {}
    for fact in reading.facts:
        if fact.negated:
            continue
        bodies: set[str] = set()
        if fact.predicate in _BODY_RELATIONS and isinstance(fact.object, Entity):
            bodies.add(squeeze(fact.object.name))
            bodies.update(squeeze(a) for a in fact.object.aliases)
        elif fact.predicate in _POST_RELATIONS:
            for qualifier in fact.qualifiers:
                if qualifier.role == "organization" and isinstance(qualifier.value, Entity):
                    bodies.add(squeeze(qualifier.value.name))
                    bodies.update(squeeze(a) for a in qualifier.value.aliases)
        if bodies:
            found.setdefault(fact.subject.id, set()).update(bodies)
    return {person: frozenset(bodies) for person, bodies in found.items()}


def find_posts(reading: Reading) -> dict[str, frozenset[str]]:
    """The bare titles that each person of a reading bears, by local id: 대표이사, 의원."""
    found: dict[str, set[str]] = {}
    for fact in reading.facts:
        if fact.predicate in _POST_RELATIONS and isinstance(fact.object, Entity):
            found.setdefault(fact.subject.id, set()).update((*fact.object.aliases, fact.object.name)[:1])
        for qualifier in fact.qualifiers:
            if qualifier.role == "position" and isinstance(qualifier.value, Text):
                found.setdefault(fact.subject.id, set()).add(qualifier.value.text)
    return {person: frozenset(posts) for person, posts in found.items()}


_FIELDS = {"kg:reporterFor": "media", "kg:playsFor": "sport", "kg:coaches": "sport", "kg:isCEOOf": "business", "kg:belongsToParty": "politics"}


def find_walks(reading: Reading) -> dict[str, frozenset[str]]:
    """The walks of life that the facts show of each person of a reading, by local id: of a reporter media."""
    found: dict[str, set[str]] = {}
    for fact in reading.facts:
        if fact.predicate in _FIELDS and not fact.negated:
            found.setdefault(fact.subject.id, set()).add(_FIELDS[fact.predicate])
    return {person: frozenset(fields) for person, fields in found.items()}
