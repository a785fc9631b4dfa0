"""Words that point back: 그, 양사, 이 회사."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists


@dataclass(frozen=True, slots=True)
class ReferenceLexicon:
    """The lists of ``reference.toml``."""

    person_pronouns: frozenset[str]
    group_words: frozenset[str]
    determiners: frozenset[str]
    firms: frozenset[str]
    first_person: frozenset[str]
    moments: frozenset[str]
    days: frozenset[str]
    whole_words: frozenset[str]


@lru_cache(maxsize=1)
def load_reference_lexicon() -> ReferenceLexicon:
    """The lists of ``reference.toml``, loaded once."""
    return ReferenceLexicon(**read_lists(resource_folder() / "rules" / "reference.toml"))
