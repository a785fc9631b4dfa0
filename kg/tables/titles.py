"""What job titles say of those who bear them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists


@dataclass(frozen=True, slots=True)
class TitleLexicon:
    """The lists of ``titles.toml``."""

    chief_executives: frozenset[str]
    heads: frozenset[str]
    state: frozenset[str]
    members: frozenset[str]
    reporters: frozenset[str]
    former: frozenset[str]
    coming: frozenset[str]
    plain: frozenset[str]
    private: frozenset[str]
    players: frozenset[str]
    callings: frozenset[str]


@lru_cache(maxsize=1)
def load_title_lexicon() -> TitleLexicon:
    """The lists of ``titles.toml``, loaded once."""
    return TitleLexicon(**read_lists(resource_folder() / "rules" / "titles.toml"))
