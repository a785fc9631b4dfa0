"""How long reading takes beside Kiwi's tokenisation of the same text; run by `make bench`, never asserted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analyze import load_kiwi
from kg.pipeline import read_document
from kg.readers import Skipped, read_articles

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def articles():
    found = [item for item in read_articles([str(SEEDS)]) if not isinstance(item, Skipped)]
    assert found, "seeds/ holds no article"
    read_document(found[0])  # models and tables are loaded before the clock runs
    return found


def test_tokenising(benchmark, articles) -> None:
    kiwi = load_kiwi()
    tokens = benchmark(lambda: [kiwi.tokenize(article.text) for article in articles])
    assert all(tokens)


def test_reading(benchmark, articles) -> None:
    documents = benchmark(lambda: [read_document(article) for article in articles])
    assert any(document.facts for document in documents)
