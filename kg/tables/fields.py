"""Walks of life: what a job title says of the world that its bearer moves in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists


@lru_cache(maxsize=1)
def load_fields() -> Mapping[str, frozenset[str]]:
    """The walks of life of each title, from ``fields.toml``: 감독 is of sport and of arts."""
    fields: dict[str, set[str]] = {}
    for field, titles in read_lists(resource_folder() / "rules" / "fields.toml").items():
        for title in titles:
            fields.setdefault(title, set()).add(field)
    return {title: frozenset(names) for title, names in fields.items()}


def find_fields(title: str) -> frozenset[str]:
    """The walks of life of a title by its longest known end: 수석부회장 is of business as 부회장 is; none of 관계자."""
    fields = load_fields()
    for start in range(len(title) - 1):
        if title[start:] in fields:
            return fields[title[start:]]
    return frozenset()
