"""What neighbouring names say without a verb, as data: patterns over sentences whose names are drawn together.

A name is written as two signs: one for its class (person, team, country …) and one for its number in the sentence. A pattern
of ``biographies.toml`` names the classes ("{PER:subject}의 {child} {PER:object}") and is compiled to a regular expression
over such sentences.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from kg.errors import RuleError
from kg.tables.folders import resource_folder
from kg.tables.ontology import load_ontology
from kg.tables.relations import Example

# the signs of the classes; where a text holds one of them, the drawing has a space in its place
SIGNS: Final[Mapping[str, str]] = {
    name: chr(0xE000 + number)
    for number, name in enumerate(
        (
            "PER", "TEAM", "SCHOOL", "PARTY", "AGENCY", "FIRM", "GROUP", "LEAGUE",
            "COUNTRY", "REGION", "SITE", "WORK", "EVENT", "TIME", "POST", "OTHER",
        )
    )
}
FIRST_NUMBER: Final = 0xE100
LAST_NUMBER: Final = 0xF8FF
_UNIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "BODY": ("TEAM", "SCHOOL", "PARTY", "AGENCY", "FIRM", "GROUP"),
    "ORG": ("TEAM", "SCHOOL", "PARTY", "AGENCY", "FIRM", "GROUP", "LEAGUE"),
    "CLUB": ("TEAM", "FIRM", "GROUP"),
    "PLACE": ("COUNTRY", "REGION"),
    "any": tuple(SIGNS),
}
_NUMBERS: Final = f"{chr(FIRST_NUMBER)}-{chr(LAST_NUMBER)}"
_CLASS = re.compile(r"\[[^\[\]]*\]")
_NAMED = re.compile(r"\{([A-Za-z_]+)(?::(subject|object))?\}")


@dataclass(frozen=True, slots=True)
class BiographyRule:
    """One rule; ``object_kind`` is the kind of an object that is no name, ``parts`` whether that object is a list.

    ``needs`` are the signs of which a sentence must hold one each: those of the subject, and of an object that is a name.
    """

    id: str
    predicate: str
    source: str
    needs: tuple[frozenset[str], ...]
    object_kind: str
    parts: bool
    confidence: float
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class BiographyTable:
    """The rules and word lists of ``biographies.toml``."""

    rules: tuple[BiographyRule, ...]
    words: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_biographies() -> BiographyTable:
    """The table, loaded once; RuleError names the rule that is wrong."""
    path = resource_folder() / "rules" / "biographies.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: {error}: mend the file or reinstall the package.") from error
    words: dict[str, frozenset[str]] = {}
    for name, row in table.get("words", {}).items():
        if not row.get("examples"):
            raise RuleError(f"{path}: [words.{name}] has no examples: add a sentence that shows the list at work.")
        words[name] = frozenset(row["words"])
    macros: dict[str, str] = table.get("macros", {})
    return BiographyTable(tuple(_build_rule(row, words, macros) for row in table.get("rule", ())), words)


def _build_rule(row: Mapping[str, Any], words: Mapping[str, frozenset[str]], macros: Mapping[str, str]) -> BiographyRule:
    name = f"biographies.toml: rule {row.get('id', '(no id)')}"
    for key in ("id", "predicate", "pattern", "examples", "counterexamples"):
        if not row.get(key):
            raise RuleError(f"{name} lacks {key}.")
    ontology = load_ontology()
    kind = row.get("object_kind", "")
    if row["predicate"] not in ontology.properties:
        raise RuleError(f"{name}: {row['predicate']} is no property of the ontology; add it to ontology/kg.ttl first.")
    if kind and f"kg:{kind}" not in ontology.classes:
        raise RuleError(f"{name}: {kind} is no class of the ontology.")
    written: str = row["pattern"]
    for macro, meaning in macros.items():
        written = written.replace(f"{{{macro}}}", meaning)
    try:
        source = _expand(written, words)
    except KeyError as error:
        raise RuleError(f"{name}: the pattern cannot be read: {error}.") from error
    if "(?P<subject>" not in source or "(?P<object>" not in source:
        raise RuleError(f"{name}: the pattern must name subject and object.")
    needs = tuple(frozenset(SIGNS[part] for part in _UNIONS.get(m[1], (m[1],))) for m in _NAMED.finditer(written) if m[2] and m[1] not in words)
    return BiographyRule(
        row["id"], row["predicate"], source, needs, kind, bool(row.get("parts")), float(row.get("confidence", 0.8)),
        tuple(Example(e["text"], e["subject"], e["object"]) for e in row["examples"]),
        tuple(Example(text) for text in row["counterexamples"]),
    )


@cache
def compile_biography(source: str) -> re.Pattern[str]:
    """A rule's pattern, compiled when a sentence first holds what it needs: all together they take a tenth of a second."""
    try:
        return re.compile(source)
    except re.error as error:
        raise RuleError(f"biographies.toml: the pattern {source!r} cannot be read: {error}.") from error


def _name_pattern(name: str, words: Mapping[str, frozenset[str]]) -> str:
    """A regular expression for one name of a class, or for any word of a list."""
    if name in words:
        return "(?:" + "|".join(re.escape(w) for w in sorted(words[name], key=lambda w: (-len(w), w))) + ")"
    signs = "".join(SIGNS[part] for part in _UNIONS.get(name, (name,)))
    return f"(?:[{signs}][{_NUMBERS}])"


def _expand(pattern: str, words: Mapping[str, frozenset[str]]) -> str:
    """A pattern with its names and lists written out; inside brackets a name is its signs."""

    def in_class(match: re.Match[str]) -> str:
        numbers = "" if match.group().startswith("[^") else _NUMBERS
        return _NAMED.sub(lambda m: "".join(SIGNS[p] for p in _UNIONS.get(m[1], (m[1],))) + numbers, match.group())

    def outside(match: re.Match[str]) -> str:
        found = _name_pattern(match[1], words)
        return f"(?P<{match[2]}>{found})" if match[2] else found

    return _NAMED.sub(outside, _CLASS.sub(in_class, pattern))
