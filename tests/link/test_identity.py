"""Identity: who is one and who is not, within an article and across articles; the cases are data, in identity.toml beside this file."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.link import Decisions, build_identities
from kg.link.decisions import Named
from kg.model import Article, Entity, Reading
from kg.pipeline.documents import build_reading, read_document

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("identity.toml").read_text(encoding="utf-8"))["case"]


@cache
def read(number: int, text: str, published: str | None) -> Reading:
    day = datetime.fromisoformat(published).replace(tzinfo=timezone(timedelta(hours=9))) if published else None
    return build_reading(read_document(Article(f"a{number}", text, published=day)))


def readings_of(case: dict[str, Any]) -> list[Reading]:
    days = case.get("published", [None] * len(case["articles"]))
    return [read(number, text, day) for number, (text, day) in enumerate(zip(case["articles"], days, strict=True), 1)]


def decisions_of(case: dict[str, Any]) -> Decisions:
    return Decisions(*(
        tuple(tuple(Named(name, place or None) for place, _, name in (who.rpartition(":") for who in entry)) for entry in case.get(key, []))
        for key in ("user_same", "user_different")
    ))


def find(readings: list[Reading], place: str) -> tuple[str, Entity]:
    """The entity that stands at "2:한 대표": in the second article, where it says 한 대표; "2:그#2" where it says 그 for the second time."""
    number, _, wanted = place.partition(":")
    surface, _, which = wanted.partition("#")
    reading = readings[int(number) - 1]
    spans = sorted({(span, entity.id) for entity in reading.entities for span in entity.mentions if span.of(reading.article.text) == surface})
    if spans:
        chosen = spans[int(which or 1) - 1][1]
        return reading.article.id, next(entity for entity in reading.entities if entity.id == chosen)
    named = [entity for entity in reading.entities if surface in (entity.name, *entity.aliases)]
    assert named, f"nothing is called {surface} in {reading.article.text!r}; there are {[e.name for e in reading.entities]}"
    return reading.article.id, named[0]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_is_one_and_who_is_not(case: dict[str, Any]) -> None:
    readings = readings_of(case)
    identities = build_identities(readings, decisions_of(case))

    def id_of(place: str) -> str:
        article, entity = find(readings, place)
        return identities.of[article, entity.id].id

    for places in case.get("same", []):
        assert len({id_of(place) for place in places}) == 1, {place: id_of(place) for place in places}
    for places in case.get("different", []):
        assert len({id_of(place) for place in places}) == len(places), {place: id_of(place) for place in places}
    for place, members in case.get("members", {}).items():
        reading = readings[int(place.partition(":")[0]) - 1]
        names = {entity.id: entity.name for entity in reading.entities}
        assert sorted(names[member] for member in find(readings, place)[1].members) == sorted(members)
    for place, called in case.get("called", {}).items():
        article, entity = find(readings, place)
        individual = identities.of[article, entity.id]
        assert set(called) <= {individual.name, *individual.aliases}
    for place, kind in case.get("kinds", {}).items():
        article, entity = find(readings, place)
        assert identities.of[article, entity.id].kind == kind


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", [case for case in CASES if 2 < len(case["articles"]) < 6], ids=lambda case: case["name"])
def test_the_order_of_the_articles_does_not_matter(case: dict[str, Any]) -> None:
    readings, decisions = readings_of(case), decisions_of(case)
    found = {
        frozenset((place, entity.id) for place, entity in build_identities(order, decisions).of.items())
        for order in list(permutations(readings))[:12]
    }
    assert len(found) == 1
