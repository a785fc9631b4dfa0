"""Who is a private person: named, and without a public post or title in any article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kg.export.renaming import read_entities
from kg.model import Entity, Fact, Reading, Text, Value
from kg.tables.ontology import Ontology
from kg.tables.titles import load_title_lexicon

# A fact of one of these, or of a relation below it, gives its person a post; who leads does so where it is a body that is led.
_POSTS = frozenset(("kg:holdsPosition", "kg:appointedTo", "kg:resignsFrom", "kg:reporterFor", "kg:playsFor", "kg:leads"))
_HOLDERS = frozenset(("kg:heldBy", "kg:ledBy"))


def find_private_people(readings: Iterable[Reading], ontology: Ontology) -> tuple[Entity, ...]:
    """The private persons of linked readings, in the order in which the articles, sorted by id, first speak of them.

    이서준 of "주민 이서준 씨가 신고했다" is one; 김영섭 of "김영섭 KT 대표" is none, nor is who signs an article.
    """
    found: dict[str, Entity] = {}
    public: set[str] = set()
    for reading in sorted(readings, key=lambda reading: reading.article.id):
        people = [entity for entity in read_entities(reading) if is_named_person(entity, ontology)]
        for entity in sorted(people, key=_first_place):
            found.setdefault(entity.id, entity)
        public.update(entity.id for entity in people if entity.name in reading.article.authors)
        public.update(person.id for fact in reading.facts for person in _office_holders(fact, ontology))
    return tuple(entity for id_, entity in found.items() if id_ not in public)


def is_named_person(entity: Entity, ontology: Ontology) -> bool:
    """Whether an entity is a person with a name: 경찰 관계자, whom the text describes, is none."""
    return not entity.created and ontology.is_kind(entity.kind, "Person")


def is_public_title(title: str) -> bool:
    """Whether a title sets its bearer before the public: 컨설팅그룹장 does, 씨, 주민 and 신입 사원 do not."""
    words = title.split()
    if not words:
        return False
    lexicon = load_title_lexicon()
    last = words[-1]
    return not (last in lexicon.plain | lexicon.private or any(last.endswith(word) for word in lexicon.private if len(word) > 1))


def _first_place(entity: Entity) -> tuple[int, str]:
    return min((span.start for span in entity.mentions), default=1 << 60), entity.id


def _office_holders(fact: Fact, ontology: Ontology) -> Iterator[Entity]:
    if fact.negated or fact.status == "denied":
        return
    above = _above(fact.predicate, ontology)
    if above & _POSTS and _is_post(fact.object, "kg:leads" in above, ontology):
        yield fact.subject
    if above & _HOLDERS and isinstance(fact.object, Entity):
        yield fact.object
    if any(q.role == "position" and is_public_title(_wording(q.value)) for q in fact.qualifiers):
        yield fact.subject


def _is_post(value: Value | None, leading: bool, ontology: Ontology) -> bool:
    if isinstance(value, Entity) and not ontology.is_kind(value.kind, "Position"):
        return not leading or ontology.is_kind(value.kind, "Collective")
    return value is not None and is_public_title(_wording(value))


def _wording(value: Value) -> str:
    return value.name if isinstance(value, Entity) else value.text if isinstance(value, Text) else ""


@cache
def _above(predicate: str, ontology: Ontology) -> frozenset[str]:
    """The predicate and all above it."""
    term = ontology.properties.get(predicate)
    parents = () if term is None else term.parents
    return frozenset({predicate}).union(*(_above(parent, ontology) for parent in parents))
