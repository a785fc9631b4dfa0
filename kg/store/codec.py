"""Readings as JSON and back, with nothing lost: decimals, date-times and the forms of a value."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from kg.errors import StoreError
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time, Value

Json = Any


def encode_reading(reading: Reading) -> str:
    """The reading as one line of JSON; entities are written once and facts refer to them by position."""
    table: dict[Entity, int] = {}
    facts = [_fact(fact, table) for fact in reading.facts]
    listed = [_entity_position(entity, table) for entity in reading.entities]
    article = reading.article
    body = {
        "article": [article.id, article.text, article.title, _moment(article.published), article.url, article.outlet,
                    list(article.authors)],
        "sentences": [_span(span) for span in reading.sentences],
        "table": [_entity(entity) for entity in table],
        "entities": listed,
        "facts": facts,
    }
    return json.dumps(body, separators=(",", ":"))


def decode_reading(body: str) -> Reading:
    """The reading that :func:`encode_reading` wrote; a body of another shape is a :class:`StoreError`."""
    try:
        raw = json.loads(body)
        table = [_read_entity(entity) for entity in raw["table"]]
        article_id, text, title, published, url, outlet, authors = raw["article"]
        moment = None if published is None else datetime.fromisoformat(published)
        return Reading(
            article=Article(article_id, text, title, moment, url, outlet, tuple(authors)),
            sentences=tuple(Span(*span) for span in raw["sentences"]),
            entities=tuple(table[position] for position in raw["entities"]),
            facts=tuple(_read_fact(fact, table) for fact in raw["facts"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, ArithmeticError) as error:
        raise StoreError(f"a stored reading is damaged ({error}); delete the store folder and build again") from error


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _entity_position(entity: Entity, table: dict[Entity, int]) -> int:
    return table.setdefault(entity, len(table))


def _entity(entity: Entity) -> Json:
    return [entity.id, entity.kind, entity.name, list(entity.aliases), list(entity.members),
            [_span(span) for span in entity.mentions], list(entity.traits), [list(code) for code in entity.codes],
            entity.created]


def _read_entity(raw: Json) -> Entity:
    id_, kind, name, aliases, members, mentions, traits, codes, created = raw
    return Entity(id_, kind, name, tuple(aliases), tuple(members), tuple(Span(*span) for span in mentions),
                  tuple(traits), tuple((system, code) for system, code in codes), created)


def _fact(fact: Fact, table: dict[Entity, int]) -> Json:
    return [
        _entity_position(fact.subject, table),
        fact.predicate,
        None if fact.object is None else _value(fact.object, table),
        [[qualifier.role, _value(qualifier.value, table)] for qualifier in fact.qualifiers],
        fact.status,
        fact.negated,
        None if fact.speaker is None else _entity_position(fact.speaker, table),
        [fact.evidence.article, _span(fact.evidence.sentence), fact.evidence.rule],
        fact.confidence,
    ]


def _read_fact(raw: Json, table: list[Entity]) -> Fact:
    subject, predicate, object_, qualifiers, status, negated, speaker, evidence, confidence = raw
    return Fact(
        subject=table[subject],
        predicate=predicate,
        object=None if object_ is None else _read_value(object_, table),
        qualifiers=tuple(Qualifier(role, _read_value(value, table)) for role, value in qualifiers),
        status=status,
        negated=negated,
        speaker=None if speaker is None else table[speaker],
        evidence=Evidence(evidence[0], Span(*evidence[1]), evidence[2]),
        confidence=confidence,
    )


def _value(value: Value, table: dict[Entity, int]) -> Json:
    match value:
        case Entity():
            return ["e", _entity_position(value, table)]
        case Quantity():
            return ["q", *_quantity(value)]
        case Time():
            return ["t", _span(value.span), value.start, value.end, value.grain, value.text, value.rule, value.value]
        case Text():
            return ["x", value.text]


def _quantity(quantity: Quantity) -> list[Json]:
    converted = None if quantity.converted is None else _quantity(quantity.converted)
    return [_span(quantity.span), _decimal(quantity.value), quantity.unit, quantity.approximate, quantity.text,
            quantity.rule, _decimal(quantity.minimum), _decimal(quantity.maximum), quantity.score, converted]


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _read_value(raw: Json, table: list[Entity]) -> Value:
    form, *fields = raw
    if form == "e":
        entity: Entity = table[fields[0]]
        return entity
    if form == "q":
        return _read_quantity(fields)
    if form == "t":
        span, start, end, grain, text, rule, value = fields
        return Time(Span(*span), start, end, grain, text, rule, value)
    if form == "x":
        return Text(fields[0])
    raise ValueError(f"unknown form of value: {form}")


def _read_quantity(fields: list[Json]) -> Quantity:
    span, value, unit, approximate, text, rule, minimum, maximum, score, converted = fields
    return Quantity(Span(*span), _read_decimal(value), unit, approximate, text, rule, _read_decimal(minimum),
                    _read_decimal(maximum), score, None if converted is None else _read_quantity(converted))


def _read_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
