"""The relation rules: which verb with which roles says which relation of the ontology.

A rule is data (``rules/relations*.toml``): lemmas, the roles of subject and object with josa and kinds, the predicate, and
the sentences that show it right and wrong. Passive and verbal-noun variants come from the mechanism, not from the rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.tables.folders import resource_folder
from kg.tables.ontology import load_ontology

_ROLES = frozenset(
    (
        "subject",
        "object",
        "topic",
        "dative",
        "locative",
        "source",
        "goal",
        "comitative",
        "instrument",
        "complement",
        "quote",
        "time",
        "adverbial",
        "joined",
    )
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument comes from: roles in order of preference, josa if it matters, kinds that it must have."""

    roles: tuple[str, ...]
    josa: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()  # nouns with which the verb means something else: 심장마비를 일으키다
    barred_kinds: tuple[str, ...] = ()  # and of whom it means something else: a court that admits a claim
    of: tuple[str, ...] = ()  # the entity named before one of these nouns inside the phrase: KT of "KT 지분 12%"
    values: frozenset[str] = frozenset()  # "quantity", "time", "text": what the object may be beside an entity


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the fact that the rule reads from it; a counterexample has no subject and object."""

    text: str
    subject: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One rule; ``roles`` renames qualifiers: {"dative": "recipient"}."""

    id: str
    predicate: str
    lemmas: frozenset[str]
    subject: Slot
    object: Slot | None
    roles: Mapping[str, str]
    voice: str
    beside: Slot | None  # ``with`` in the file: what must stand by the verb and belongs to its meaning (문을 열다)
    without: frozenset[str]  # roles that change the meaning: 도시를 관광지로 만들다 creates no town
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]


@lru_cache(maxsize=1)
def load_relation_rules() -> Mapping[str, tuple[RelationRule, ...]]:
    """The rules by lemma, loaded once; RuleError names the file and rule that is wrong."""
    rules: dict[str, list[RelationRule]] = {}
    seen: set[str] = set()
    for rule in read_relation_rules():
        if rule.id in seen:
            raise RuleError(f"rule {rule.id}: the id is used twice; ids must be unique.")
        seen.add(rule.id)
        for lemma in sorted(rule.lemmas):
            rules.setdefault(lemma, []).append(rule)
    return {lemma: tuple(found) for lemma, found in rules.items()}


@lru_cache(maxsize=1)
def load_objectless_rules() -> frozenset[str]:
    """The ids of the rules that say all without an object: 항소하다, 사퇴하다."""
    return frozenset(rule.id for rule in read_relation_rules() if rule.object is None)


@cache
def read_relation_rules() -> tuple[RelationRule, ...]:
    """Every rule of the files ``relations*.toml``, in order."""
    found: list[RelationRule] = []
    for path in sorted((resource_folder() / "rules").glob("relations*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise RuleError(f"{path}: {error}: mend the file or reinstall the package.") from error
        found.extend(_build_rule(path, row) for row in table.get("rule", ()))
    return tuple(found)


def _build_rule(path: Path, row: Mapping[str, Any]) -> RelationRule:
    name = f"{path.name}: rule {row.get('id', '(no id)')}"
    for key in ("id", "predicate", "lemmas", "subject", "examples"):
        if not row.get(key):
            raise RuleError(f"{name} lacks {key}.")
    ontology = load_ontology()
    if row["predicate"] not in ontology.properties:
        raise RuleError(f"{name}: {row['predicate']} is no property of the ontology; add it to ontology/kg.ttl first.")
    return RelationRule(
        row["id"],
        row["predicate"],
        frozenset(row["lemmas"]),
        _build_slot(name, row["subject"]),
        _build_slot(name, row["object"]) if "object" in row else None,
        dict(row.get("roles", {})),
        row.get("voice", ""),
        _build_slot(name, row["with"]) if "with" in row else None,
        frozenset(row.get("without", ())),
        tuple(_build_example(name, e) for e in row["examples"]),
        tuple(Example(text) for text in row.get("counterexamples", ())),
    )


def _build_slot(name: str, row: Mapping[str, Any]) -> Slot:
    roles = tuple(row.get("roles", ()))
    if not roles or not set(roles) <= _ROLES:
        raise RuleError(f"{name}: roles must be among {', '.join(sorted(_ROLES))}.")
    kinds, barred_kinds = tuple(row.get("kinds", ())), tuple(row.get("barred_kinds", ()))
    for kind in (*kinds, *barred_kinds):
        if f"kg:{kind}" not in load_ontology().classes:
            raise RuleError(f"{name}: {kind} is no class of the ontology.")
    return Slot(
        roles,
        frozenset(row.get("josa", ())),
        kinds,
        frozenset(row.get("nouns", ())),
        frozenset(row.get("barred", ())),
        barred_kinds,
        tuple(row.get("of", ())),
        frozenset(row.get("values", ())),
    )


def _build_example(name: str, row: Any) -> Example:
    try:
        return Example(row["text"], row["subject"], row.get("object", ""))
    except (TypeError, KeyError) as error:
        raise RuleError(f"{name}: an example has text, subject and object; {error} is missing.") from error
