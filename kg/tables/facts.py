"""Words by which the extractors tell what is a fact from what is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists


@dataclass(frozen=True, slots=True)
class FactLexicon:
    """The lists of ``facts.toml``."""

    empty_verbs: frozenset[str]
    framing_verbs: frozenset[str]
    containing_verbs: frozenset[str]
    holding_verbs: frozenset[str]
    seizing_nouns: frozenset[str]
    vague_classes: frozenset[str]
    bland_classes: frozenset[str]
    relational_classes: frozenset[str]
    apt_adjectives: frozenset[str]
    moments: frozenset[str]
    leaving_verbs: frozenset[str]
    getting_verbs: frozenset[str]
    becoming_verbs: frozenset[str]
    ending_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    thing_verbs: frozenset[str]
    acting_verbs: frozenset[str]
    notions: frozenset[str]
    existing_verbs: frozenset[str]
    relative_places: frozenset[str]
    circles: frozenset[str]
    giving_nouns: frozenset[str]
    causes: frozenset[str]
    ways: frozenset[str]
    hours: frozenset[str]
    spots: frozenset[str]
    moving_verbs: frozenset[str]
    taking_verbs: frozenset[str]
    happening_verbs: frozenset[str]
    shell_nouns: frozenset[str]
    joining_verbs: frozenset[str]
    leaning_verbs: frozenset[str]


@lru_cache(maxsize=1)
def load_fact_lexicon() -> FactLexicon:
    """The lists of ``facts.toml``, loaded once."""
    return FactLexicon(**read_lists(resource_folder() / "rules" / "facts.toml"))
