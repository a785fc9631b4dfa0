"""The lines of ``facts.jsonl`` as a score looks at them: names normalised, values as measures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.comparison import TIME, Measure, is_negative, normalise, stem


@dataclass(frozen=True, slots=True)
class ExtractedFact:
    """One line: ``others`` are the names in its object, qualifiers and speaker, ``measures`` their values."""

    relation: str
    name: str
    labels: frozenset[str]
    subjects: frozenset[str]
    others: frozenset[str]
    measures: frozenset[Measure]
    status: str
    negative: bool
    sentence: str


def read_extracted(path: Path) -> dict[str, tuple[ExtractedFact, ...]]:
    """The facts by article id; InputError names the line that is no fact."""
    facts: dict[str, list[ExtractedFact]] = {}
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    article, fact = _read_line(line, path, number)
                    facts.setdefault(article, []).append(fact)
    except OSError as error:
        raise InputError(
            f"cannot read the facts ({error.strerror}); run `kg build` first or point --graph at an output folder.", path
        ) from error
    return {article: tuple(rows) for article, rows in facts.items()}


def _read_line(line: bytes, path: Path, number: int) -> tuple[str, ExtractedFact]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is no JSON; run `kg build` again to write the facts anew.", path, number) from error
    try:
        return _article(row), _fact(row)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"this line is no fact ({error}); run `kg build` again to write the facts anew.", path, number
        ) from error


def _article(row: Any) -> str:
    if not isinstance(row, dict):
        raise TypeError("it is not an object")
    article = row.get("article")
    if not isinstance(article, str):
        raise TypeError("it has no article")
    return article


def _fact(row: dict[str, Any]) -> ExtractedFact:
    predicate = row.get("predicate") or {}
    if not isinstance(predicate, dict):
        raise TypeError("its predicate is not an object")
    relation, korean, english = (str(predicate.get(key) or "") for key in ("id", "ko", "en"))
    local = relation.rpartition("#")[2].rpartition(":")[2]
    others = (row.get("object"), row.get("speaker"), *_list(row, "qualifiers"))
    return ExtractedFact(
        relation=relation or korean,
        name=korean,
        labels=frozenset(map(stem, (korean, english, local))) - {""},
        subjects=frozenset(_names(row.get("subject"))) - {""},
        others=frozenset(name for thing in others for name in _names(thing)) - {""},
        measures=frozenset(measure for thing in others for measure in _measures(thing)),
        status=str(row.get("status") or ""),
        negative=bool(row.get("negated")) or is_negative(korean),
        sentence=normalise(str(row.get("sentence") or "")),
    )


def _names(thing: object) -> Iterator[str]:
    if not isinstance(thing, dict):
        yield normalise(str(thing or ""))
        return
    for name in (thing.get("name"), thing.get("text"), *_list(thing, "aliases")):
        yield normalise(str(name or ""))
    for member in _list(thing, "members"):
        yield from _names(member)


def _measures(thing: object) -> Iterator[Measure]:
    if not isinstance(thing, dict):
        return
    value, time = thing.get("value"), thing.get("time")
    if value is not None and value != "":
        yield str(thing.get("unit") or "").lower(), str(value).lower()
    if isinstance(time, dict):
        yield from ((TIME, str(time[key]).lower()) for key in ("value", "start", "end") if time.get(key))


def _list(row: dict[str, Any], key: str) -> list[Any]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise TypeError(f"its {key} are not a list")
    return values
