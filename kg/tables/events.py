"""Families of verbs by which articles tell one event in other words, and what changes over time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import RuleError
from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists
from kg.tables.ontology import load_ontology

By = Literal["parties", "object", "both", "subject"]
_BY: Final = ("parties", "object", "both", "subject")
_KEYS: Final = frozenset(("id", "ko", "en", "by", "once", "kinds", "predicates", "passive", "agreement", "examples", "counterexamples"))


@dataclass(frozen=True, slots=True)
class Family:
    """One ``[[family]]`` of ``events.toml``: relations that tell one event of the same participants.

    ``by`` says which participants those are, ``once`` that the event happens to them once, ``passive`` lists the relations whose
    subject is the object of the others, ``agreement`` those that are of the family where their object is an agreement.
    """

    id: str
    ko: str
    en: str
    by: By
    predicates: frozenset[str]
    examples: tuple[tuple[str, str], ...]
    counterexamples: tuple[tuple[str, str], ...]
    once: bool = False
    kinds: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    agreement: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Families:
    """All families, and the one to which a relation belongs."""

    all: tuple[Family, ...]
    by_predicate: Mapping[str, Family]
    by_agreement: Mapping[str, Family]

    def find(self, predicate: str, *, agreement: bool) -> Family | None:
        """The family of a relation; ``agreement`` says that its object is one: 협약에 투자하다 is entering into it."""
        found = self.by_agreement.get(predicate) if agreement else None
        return found or self.by_predicate.get(predicate)


@dataclass(frozen=True, slots=True)
class HistoryLexicon:
    """The lists of ``histories.toml``."""

    posts: frozenset[str]
    taking: frozenset[str]
    appointing: frozenset[str]
    leaving: frozenset[str]
    dismissing: frozenset[str]
    bare: frozenset[str]
    figures: frozenset[str]
    cancelling: frozenset[str]
    cancelled: frozenset[str]
    postponing: frozenset[str]
    postponed: frozenset[str]


@lru_cache(maxsize=1)
def load_families() -> Families:
    """The families of ``events.toml``, read once; what is wrong with one is a :class:`RuleError` that names it."""
    return read_families(resource_folder() / "rules" / "events.toml")


def read_families(path: Path) -> Families:
    """The families of a file: ``find("kg:signs", agreement=True).id`` is ``deal``."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("family", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: {error}: mend the file or reinstall the package.") from error
    families = tuple(_family(path, row) for row in rows)
    by_predicate: dict[str, Family] = {}
    by_agreement: dict[str, Family] = {}
    for family in families:
        for table, relations in ((by_predicate, family.predicates | family.passive), (by_agreement, family.agreement)):
            for relation in sorted(relations):
                _check(path, relation)
                if table.setdefault(relation, family) is not family:
                    raise RuleError(f"{path}: {relation} is in {table[relation].id} and in {family.id}; leave it in one of them.")
    return Families(families, by_predicate, by_agreement)


def _family(path: Path, row: Mapping[str, Any]) -> Family:
    name = row.get("id", "a family without id")
    if unknown := sorted(row.keys() - _KEYS):
        raise RuleError(f"{path}: {name} has {unknown[0]!r}, which means nothing here; the keys are {', '.join(sorted(_KEYS))}.")
    if missing := [key for key in ("id", "ko", "en", "by", "predicates", "examples", "counterexamples") if not row.get(key)]:
        raise RuleError(f"{path}: {name} has no {missing[0]}; add it.")
    if row["by"] not in _BY:
        raise RuleError(f"{path}: {name} is by {row['by']!r}; choose one of {', '.join(_BY)}.")
    if foreign := [kind for kind in row.get("kinds", ()) if f"kg:{kind}" not in load_ontology().classes]:
        raise RuleError(f"{path}: {name} wants the kind {foreign[0]}, which the ontology lacks; mend its name.")
    def names(key: str) -> frozenset[str]:
        return frozenset(row.get(key, ()))

    def pairs(key: str) -> tuple[tuple[str, str], ...]:
        return tuple((one, other) for one, other in row[key])

    return Family(
        row["id"], row["ko"], row["en"], row["by"], names("predicates"), pairs("examples"), pairs("counterexamples"),
        once=bool(row.get("once", False)), kinds=names("kinds"), passive=names("passive"), agreement=names("agreement"),
    )  # fmt: skip


@lru_cache(maxsize=1)
def load_histories() -> HistoryLexicon:
    """The lists of ``histories.toml``, read once."""
    path = resource_folder() / "rules" / "histories.toml"
    lists = read_lists(path)
    try:
        lexicon = HistoryLexicon(**lists)
    except TypeError as error:
        raise RuleError(f"{path}: {error}: the lists must be those of HistoryLexicon.") from error
    for name, words in sorted(lists.items()):
        for relation in sorted(words if name != "bare" else ()):
            _check(path, relation)
    return lexicon


def _check(path: Path, relation: str) -> None:
    prefix, _, name = relation.partition(":")
    if relation not in load_ontology().properties and (prefix != "kgo" or not name.endswith("다")):
        raise RuleError(f"{path}: {relation} is no relation of the ontology and no kgo: with a lemma; mend its name or add it to kg.ttl.")
