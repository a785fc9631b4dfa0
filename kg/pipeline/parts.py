"""Very long texts, read in parts: a reading costs as its text grows, not as its square."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.link import ARTICLE
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time, Value

LONGEST = 60_000  # code points read as one; a long newspaper article has some 5,000


def split_article(article: Article) -> Iterator[tuple[int, Article]]:
    """The parts of an article with where they begin: one for an ordinary article, more at line ends for a book."""
    text, start = article.text, 0
    while start < len(text) or start == 0:
        end = len(text)
        if end - start > LONGEST:
            end = start + LONGEST
            cut = max(text.rfind("\n", start, end), text.rfind(". ", start, end))
            if cut > start + LONGEST // 2:
                end = cut + 1
        yield start, replace(article, text=text[start:end], title=article.title if start == 0 else None)
        start = end
        if start >= len(text):
            return


def join_readings(article: Article, parts: list[tuple[int, Reading]]) -> Reading:
    """One reading of the parts' readings: places moved to where they stand in the whole, local names kept apart."""
    sentences: list[Span] = []
    entities: dict[str, Entity] = {}
    facts: list[Fact] = []
    for number, (by, reading) in enumerate(parts):
        known: dict[str, Entity] = {}
        for entity in reading.entities:
            moved = _entity(entity, by, number)
            known[entity.id] = moved
            entities.setdefault(moved.id, moved)
        sentences.extend(_span(s, by) for s in reading.sentences)
        facts.extend(_fact(fact, by, number, known) for fact in reading.facts)
    return Reading(article, tuple(sentences), tuple(entities.values()), tuple(facts))


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _name(local: str, number: int) -> str:
    return local if local == ARTICLE or ":" in local else f"{local}.{number}"


def _entity(entity: Entity, by: int, number: int) -> Entity:
    return replace(
        entity,
        id=_name(entity.id, number),
        members=tuple(_name(m, number) for m in entity.members),
        mentions=tuple(_span(m, by) for m in entity.mentions),
    )


def _fact(fact: Fact, by: int, number: int, known: dict[str, Entity]) -> Fact:
    def value(item: Value) -> Value:
        if isinstance(item, Entity):
            return known.get(item.id) or _entity(item, by, number)
        if isinstance(item, Text):
            return item
        if isinstance(item, Time):
            return replace(item, span=_span(item.span, by))
        return _quantity(item, by)

    def entity(item: Entity) -> Entity:
        return known.get(item.id) or _entity(item, by, number)

    return replace(
        fact,
        subject=entity(fact.subject),
        object=None if fact.object is None else value(fact.object),
        qualifiers=tuple(Qualifier(q.role, value(q.value)) for q in fact.qualifiers),
        speaker=None if fact.speaker is None else entity(fact.speaker),
        evidence=Evidence(fact.evidence.article, _span(fact.evidence.sentence, by), fact.evidence.rule),
    )


def _quantity(quantity: Quantity, by: int) -> Quantity:
    converted = None if quantity.converted is None else _quantity(quantity.converted, by)
    return replace(quantity, span=_span(quantity.span, by), converted=converted)
