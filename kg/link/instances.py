"""What identity needs of the entities of articles: names, kinds, posts, bodies, ages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.link.agreements import Pact, find_pacts
from kg.link.traits import find_bodies, find_posts, find_walks, squeeze
from kg.model import Entity, Reading
from kg.tables.fields import find_fields
from kg.tables.gazetteers import load_gazetteers
from kg.tables.lexicons import load_kind_nouns
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon
from kg.tables.titles import load_title_lexicon

ARTICLE = "article"  # the local id of the article as an individual of its own
_SCOPED = frozenset(("Agent", "Event", "Agreement", "Work", "Law", "Fund", "Project", "Product", "Facility", "Place", "Technology"))
_UNNAMED = re.compile(r"(?:[가-힣]모|[가-힣A-Z])\s?(?:\([^()]*\))?\s?(?:씨|군|양)?(?:\([^()]*\))?")  # 김모(43)씨, A씨
_AGE = re.compile(r"(\d{1,3})세")


@dataclass(frozen=True, slots=True)
class Instance:
    """One entity of one article, as far as identity needs it."""

    article: str
    local: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    created: bool
    bodies: frozenset[str]
    posts: frozenset[str]
    fields: frozenset[str]
    born: int | None  # the year, within one; without the article's date the age itself, negative
    private: bool
    codes: tuple[tuple[str, str], ...]
    mentions: int
    pact: Pact | None = None  # of an agreement that is known by its parties alone
    day: date | None = None

    @property
    def family(self) -> str:
        """The coarse kind within which a name means one thing; what is none of them keeps its own kind."""
        coarse = load_ontology().coarse(self.kind)
        return self.kind if coarse == "OTHER" else coarse

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.family == "PER"


def all_entities(reading: Reading) -> tuple[Entity, ...]:
    """Every entity of a reading: those of its list and those that stand only in its facts."""
    found: dict[str, Entity] = {e.id: e for e in reading.entities}
    for fact in reading.facts:
        for item in (fact.subject, fact.object, fact.speaker, *(q.value for q in fact.qualifiers)):
            if isinstance(item, Entity):
                found.setdefault(item.id, item)
    return tuple(found.values())


def find_instances(reading: Reading) -> Iterable[Instance]:
    """The entities of a reading as identity sees them."""
    bodies, posts, walks = find_bodies(reading), find_posts(reading), find_walks(reading)
    day = reading.article.published.date() if reading.article.published is not None else None
    year = day.year if day is not None else None
    entities = all_entities(reading)
    pacts = find_pacts(reading, entities)
    for entity in entities:
        titles = posts.get(entity.id, frozenset()) | {t for t in entity.traits if _AGE.fullmatch(t) is None}
        ages = [int(match[1]) for match in map(_AGE.fullmatch, entity.traits) if match is not None]
        yield Instance(
            reading.article.id,
            entity.id,
            entity.kind,
            entity.name,
            entity.aliases,
            entity.created,
            bodies.get(entity.id, frozenset()),
            titles,
            frozenset(field for title in titles for field in find_fields(title)) | walks.get(entity.id, frozenset()),
            None if not ages else -ages[0] if year is None else year - ages[0],
            any(title.endswith(tuple(load_title_lexicon().private)) for title in titles),
            entity.codes,
            len(entity.mentions),
            pacts.get(entity.id),
            day,
        )


def is_scoped(instance: Instance) -> bool:
    """Whether a name means another thing in another article: 회의, 경찰 관계자, 김모(43)씨; AX 전문기업 does not."""
    if instance.local == ARTICLE or instance.pact is not None:
        return True
    if instance.is_person and (_UNNAMED.fullmatch(instance.name) is not None or instance.private):
        return True
    above = load_ontology().kinds_above(instance.kind)
    if above.isdisjoint(_SCOPED):
        return False
    if not instance.created:
        return instance.name in load_kind_nouns()  # 기자간담회, 계약
    return not re.search(r"[A-Za-z0-9·]", instance.name) or "Person" in above


def strong_names(instance: Instance) -> tuple[str, ...]:
    """The names by which an entity may be known in another article; 김 대표, 이 회사 and 경찰 are not among them."""
    if instance.kind == "Position":
        return (squeeze(instance.name),)  # 대표 alone is every firm's
    names = [instance.name, *(alias for alias in instance.aliases if _is_strong(alias, instance))]
    entry = load_gazetteers().entry(instance.name)
    if entry is not None and load_ontology().coarse(entry.kind) == instance.family:
        names.append(entry.name)  # 美 is 미국
    return tuple(dict.fromkeys(filter(None, map(squeeze, names))))


def _is_strong(alias: str, instance: Instance) -> bool:
    lexicon = load_reference_lexicon()
    words = alias.split()
    if not words or words[0] in lexicon.determiners or alias in lexicon.group_words or alias in lexicon.firms or len(squeeze(alias)) < 2:
        return False
    if alias in load_kind_nouns() or alias in _SHARED or words[-1] in ("측", "구단"):
        return False  # 협정, 경찰
    if instance.kind == "SportsTeam" and load_gazetteers().kind(alias) in ("City", "Region"):
        return False  # 여수 for its team
    return alias.isascii() or not instance.is_person


_SHARED = frozenset(("경찰", "검찰", "재판부", "법원", "정부", "군", "당국", "국회"))
