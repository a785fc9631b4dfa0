"""Rules of written patterns: ``[[rule]]`` tables with an id, a lexicon or an expression, and their own examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.errors import RuleError
from kg.tables.folders import resource_folder


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: ``words`` maps a wording to its value ("_": a space or none), ``pattern`` is a regular expression.

    ``examples`` pair a text with what it must give, ``counterexamples`` are texts of which the rule must take nothing.
    """

    id: str
    slot: str
    pattern: str
    words: Mapping[str, str | int]
    options: Mapping[str, object]
    examples: tuple[tuple[str, ...], ...]
    counterexamples: tuple[str, ...]
    flat: Mapping[str, str | int] = field(default_factory=dict)  # words without their spaces


def word_pattern(words: Mapping[str, str | int]) -> str:
    """A regular expression for a lexicon, longest word first: "지난_달" matches 지난달 and 지난 달."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("_", r"\s?") for word in ordered) + ")"


@cache
def read_patterns(name: str) -> tuple[Pattern, ...]:
    """The rules of ``resources/rules/<name>.toml``; :class:`RuleError` for a rule without id, matter or example."""
    path = resource_folder() / "rules" / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    return tuple(_pattern(path.name, number, row) for number, row in enumerate(table.get("rule", ()), 1))


def _pattern(file: str, number: int, row: dict[str, object]) -> Pattern:
    known = {"id", "slot", "pattern", "words", "examples", "counterexamples"}
    if not row.get("id") or not row.get("slot"):
        raise RuleError(f"{file}: rule {number} has no id or no slot; give it both")
    if not row.get("examples"):
        raise RuleError(f"{file}: rule {row['id']} has no example; give it one")
    words = row.get("words", {})
    examples, counter = row["examples"], row.get("counterexamples", [])
    if not isinstance(words, dict) or not isinstance(examples, list) or not isinstance(counter, list):
        raise RuleError(f"{file}: rule {row['id']}: words is a table, examples and counterexamples are lists")
    pattern = str(row.get("pattern", ""))
    return Pattern(
        id=str(row["id"]),
        slot=str(row["slot"]),
        pattern=pattern,
        words=words,
        options={key: value for key, value in row.items() if key not in known},
        examples=tuple(tuple(map(str, example)) for example in examples),
        counterexamples=tuple(map(str, counter)),
        flat={word.replace("_", "").replace(" ", ""): value for word, value in words.items()},
    )


def compile_rules(source: str, rules: Iterable[Pattern]) -> re.Pattern[str]:
    """The expression made of several rules; :class:`RuleError` names the one that cannot be read."""
    try:
        return re.compile(source)
    except re.error as error:
        for rule in rules:
            try:
                re.compile(rule.pattern)
            except re.error as own:
                raise RuleError(f"rule {rule.id}: {own}") from own
        raise RuleError(f"the rules do not go together: {error}") from error
