"""Facts as JSON lines: one line per fact and evidence sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.names import fact_name, plain
from kg.model import Entity, Fact, Quantity, Reading, Text, Time, Value
from kg.tables.ontology import Ontology

Row = dict[str, Any]

_SURROGATES = re.compile("[\ud800-\udfff]")


def fact_row(reading: Reading, fact: Fact, ontology: Ontology, known: Mapping[str, Entity] | None = None) -> Row:
    """One line of ``facts.jsonl``; ``known`` saves the look-up of a group's members over many facts."""
    entities = entities_of(reading) if known is None else known
    span = fact.evidence.sentence
    return {
        "article": reading.article.id,
        "fact": fact_name(fact),
        "subject": entity_form(fact.subject, entities),
        "predicate": predicate_form(fact.predicate, ontology),
        "object": None if fact.object is None else value_form(fact.object, entities),
        "qualifiers": [{"role": q.role} | value_form(q.value, entities) for q in fact.qualifiers],
        "status": fact.status,
        "negated": fact.negated,
        "speaker": None if fact.speaker is None else entity_form(fact.speaker, entities),
        "sentence": span.of(reading.article.text),
        "start": span.start,
        "end": span.end,
        "confidence": fact.confidence,
        "rule": fact.evidence.rule,
    }


def find_fact_rows(reading: Reading, ontology: Ontology) -> tuple[Row, ...]:
    """The lines of one article, sorted by place, fact and rule, each once."""
    entities = entities_of(reading)
    rows = {_order(row := fact_row(reading, fact, ontology, entities)): row for fact in reading.facts}
    return tuple(rows[order] for order in sorted(rows))


def write_fact_lines(readings: Iterable[Reading], ontology: Ontology, path: Path) -> int:
    """Write ``facts.jsonl``, articles in the order of their ids; the number of lines.

    A collection is put in order; an iterator has to come so, and one reading of it at a time is in memory.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for reading in readings_in_order(readings):
                for line in read_lines(reading, ontology):
                    file.write(line + "\n")
                    count += 1
    except OSError as error:
        raise StoreError(f"{path}: cannot write the facts ({error.strerror}); choose another --out folder") from error
    return count


def readings_in_order(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings by the ids of their articles: a collection is sorted, an iterator that is out of order a ValueError."""
    last = ""
    for reading in sorted(readings, key=lambda r: r.article.id) if isinstance(readings, Sequence) else readings:
        if reading.article.id < last:
            raise ValueError(f"{reading.article.id} comes after {last}")
        last = reading.article.id
        yield reading


def read_lines(reading: Reading, ontology: Ontology) -> Iterator[str]:
    """The lines of one article as JSON text, without line ends."""
    for row in find_fact_rows(reading, ontology):
        yield _SURROGATES.sub("\ufffd", json.dumps(row, ensure_ascii=False))


def entities_of(reading: Reading) -> dict[str, Entity]:
    """The reading's entities by id."""
    return {entity.id: entity for entity in reading.entities}


def entity_form(entity: Entity, entities: Mapping[str, Entity]) -> Row:
    """An entity with its group members, themselves without members."""
    members = [entities.get(member) or _stand_in(member) for member in entity.members]
    return _head(entity) | {"members": [_head(member) for member in members]}


def predicate_form(predicate: str, ontology: Ontology) -> Row:
    """A predicate with its names; an open one is named by its Korean lemma."""
    term = ontology.term(predicate)
    return {"id": predicate, "ko": term.ko, "en": term.en}


def value_form(value: Value, entities: Mapping[str, Entity]) -> Row:
    """The object form of a value: 2조4000억원 is ``{"value": "2400000000000", "unit": "KRW", "text": "2조4000억원"}``."""
    match value:
        case Entity():
            return entity_form(value, entities)
        case Quantity():
            return _quantity_form(value)
        case Time():
            return {"time": {"value": value.value, "start": value.start, "end": value.end}, "text": value.text}
        case Text():
            return {"text": value.text}


def _quantity_form(quantity: Quantity) -> Row:
    form: Row = {}
    number = quantity.score or plain(quantity.value)
    low, high = plain(quantity.minimum), plain(quantity.maximum)
    if number is not None:
        form["value"] = number
    form |= {"unit": "score" if quantity.score else quantity.unit, "text": quantity.text}
    if low is not None:
        form["min"] = low
    if high is not None:
        form["max"] = high
    if quantity.approximate is not None:
        form["approximate"] = quantity.approximate
    if quantity.converted is not None:
        form["converted"] = _quantity_form(quantity.converted)
    return form


def _head(entity: Entity) -> Row:
    return {"id": entity.id, "name": entity.name, "kind": entity.kind, "aliases": list(entity.aliases)}


def _stand_in(member: str) -> Entity:
    return Entity(id=member, kind="Entity", name=member.partition(":")[2] or member)


def _order(row: Row) -> tuple[str, int, int, str, str, str]:
    # The last key keeps two wordings of one value in one sentence apart and in one order.
    wording = json.dumps([row["object"], row["qualifiers"], row["confidence"]], ensure_ascii=False)
    return row["article"], row["start"], row["end"], row["fact"], row["rule"], wording
