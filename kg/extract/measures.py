"""Measures: nouns that numbers tell of, and the verbs by which they grow, shrink and are reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.scene import Scene
from kg.model import Clause, Quantity
from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists

_VERBS = ("increasing", "decreasing", "achieving")
_ACHIEVED = re.compile(r"의\s((?:[가-힣]+\s){0,2}?[가-힣]+?)(?=(?:과|와|,)\s|$)")


@lru_cache(maxsize=1)
def load_measures() -> dict[str, str]:
    """The relation of each measure noun: ``load_measures()["매출"] == "kg:revenue"``; open ones keep their noun."""
    measures: dict[str, str] = {}
    for relation, words in read_lists(resource_folder() / "rules" / "figures.toml").items():
        if relation in _VERBS:
            continue
        for word in sorted(words):
            measures.setdefault(word, f"kgo:{word}" if relation == "open" else f"kg:{relation}")
    return measures


@lru_cache(maxsize=1)
def load_measure_verbs() -> dict[str, frozenset[str]]:
    """The verbs by which measures grow, shrink and are reached."""
    lists = read_lists(resource_folder() / "rules" / "figures.toml")
    return {name: lists[name] for name in _VERBS}


def find_measure(words: str) -> str | None:
    """The longest measure noun with which words end: 부지 면적 is area, 연구비 none; an open one is told as it is said: 가시거리."""
    pieces = words.split()
    measures = load_measures()
    for start in range(len(pieces)):
        relation = measures.get(" ".join(pieces[start:]))
        if relation is not None:
            return relation
    last = pieces[-1] if pieces else ""
    for start in range(1, len(last) - 1):
        if last[start:] in measures and len(last) - start >= 2:
            relation = measures[last[start:]]
            return f"kgo:{last}" if relation.startswith("kgo:") and last.isalnum() else relation
    return None


def find_achieved(scene: Scene, clause: Clause) -> Iterator[tuple[Quantity, str, str]]:
    """Each number with the measure that it stands before, and its noun: of "5조원의 매출과 4천억원의 영업이익을 올렸다" both."""
    thing = next((a for a in clause.arguments if a.role == "object" and not a.shared), None)
    if thing is None or clause.predicate.lemma not in load_measure_verbs()["achieving"]:
        return
    for quantity in scene.quantities_in(clause.sentence, thing.span):
        match = _ACHIEVED.match(scene.text, quantity.span.end, thing.span.end)
        relation = find_measure(match.group(1)) if match else None
        if match is not None and relation is not None:
            yield quantity, relation, match.group(1)
