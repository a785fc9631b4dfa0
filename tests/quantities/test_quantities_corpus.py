"""The written forms of quantities: the project's own corpus and the examples of the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Quantity
from kg.quantities import find_quantities
from kg.tables.patterns import Pattern, read_patterns

CORPUS = Path(__file__).with_name("corpus.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple([*line.split("\t"), ""][:2]) for line in CORPUS if line and not line.startswith("#")]
RULES = read_patterns("quantities")


def told(found: Quantity) -> str:
    value = found.score or (str(found.value) if found.value is not None else f"{found.minimum}..{found.maximum}")
    parts = [value, found.unit]
    if found.approximate:
        parts.append(found.approximate)
    if found.converted:
        parts.append(f"[{found.converted.value} {found.converted.unit}]")
    return " ".join(parts)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_corpus(text: str, expected: str) -> None:
    assert [told(found) for found in find_quantities(text)] == [row for row in expected.split("; ") if row]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_rules(rule: Pattern) -> None:
    for text, value, unit in rule.examples:
        found = find_quantities(text)
        assert any(one.unit == unit and value in ("", str(one.value)) for one in found), text
    for text in rule.counterexamples:
        assert not [found for found in find_quantities(text) if found.rule == rule.id], text


def test_the_corpus_has_traps() -> None:
    assert len(ROWS) >= 110
    assert sum(not expected for _, expected in ROWS) >= 35
