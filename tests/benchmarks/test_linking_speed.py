"""How long linking 100,000 mentions takes, and what it keeps in memory; run by `make bench`, the time never asserted."""

from __future__ import annotations

import tracemalloc

import pytest

from kg.link import build_identities
from kg.model import Article, Entity, Reading, Span

MENTIONS, PER_ARTICLE = 100_000, 50
TITLES = ("대표", "의원", "교수", "선수", "배우", "변호사")
KINDS = ("Person", "Company", "GovernmentAgency", "City", "Product")


def readings_of(mentions: int, distinct: int) -> list[Reading]:
    """Articles of invented names, each as often as the others; people have titles and so namesakes."""
    articles = []
    for start in range(0, mentions, PER_ARTICLE):
        entities = tuple(
            Entity(f"e{n}", KINDS[n % len(KINDS)], f"이름{n % distinct}", traits=(TITLES[n // distinct % len(TITLES)],), mentions=(Span(0, 3),))
            for n in range(start, start + PER_ARTICLE)
        )
        articles.append(Reading(Article(f"a{start}", "이름 하나"), (Span(0, 5),), entities, ()))
    return articles


@pytest.mark.parametrize("distinct", [1_000, 20_000])
def test_linking(benchmark, distinct: int) -> None:
    readings = readings_of(MENTIONS, distinct)
    identities = benchmark.pedantic(lambda: build_identities(readings), rounds=2)
    assert len(identities.of) == MENTIONS


def test_individuals_are_kept_once() -> None:
    """The individuals grow with the distinct names, not with the mentions: twice the articles are no more of them."""

    def kept(mentions: int) -> tuple[int, int]:
        readings = readings_of(mentions, 600)
        tracemalloc.start()
        identities = build_identities(readings)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return len({id(entity) for entity in identities.of.values()}), size

    (few, small), (many, large) = kept(12_000), kept(24_000)
    assert few == many
    assert (large - small) / 12_000 < 400  # bytes for a mention of what is known: its key and a reference
