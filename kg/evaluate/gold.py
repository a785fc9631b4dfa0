"""Gold files: what a reader of an article found in it, to score a graph by.

A gold file is a JSON object with ``id``, ``entities`` (name, type, aliases) and ``facts`` (s, p, o, accept_p, qual with
modality, norm, statement, sent, n); whatever else it holds is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import InputError

TYPES: Final = ("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK", "LAW", "TECH", "OTHER")
MODALITIES: Final = ("asserted", "planned", "expected", "claimed", "denied")
FORM: Final = "a gold file is a JSON object with id, entities and facts"


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A name of the article with its type (PER, ORG …) and its other names."""

    name: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact of the article; ``norm`` holds its values joined by "; ", ``sentence`` the first words of its sentence."""

    label: str
    subject: str
    predicates: tuple[str, ...]  # its own first, then those that are accepted beside it
    object: str
    modalities: tuple[str, ...]
    norm: str
    statement: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file; ``id`` is the article's."""

    id: str
    entities: tuple[GoldEntity, ...]
    facts: tuple[GoldFact, ...]


def read_gold(paths: Iterable[Path]) -> tuple[Gold, ...]:
    """Gold files in the order given; InputError names the file and the place in it that is not as it should be."""
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Gold:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read the gold file ({error.strerror}); name a file that is there.", path) from error
    except UnicodeDecodeError as error:
        raise InputError("the gold file is not UTF-8; save it as UTF-8.", path) from error
    except json.JSONDecodeError as error:
        raise InputError(f"this is no JSON ({error.msg}); {FORM}.", path, error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON that can be read; {FORM}.", path) from error
    if not isinstance(content, dict):
        raise InputError(f"{FORM}; this one holds something else.", path)
    top = _Row(content, path, "")
    return Gold(
        top.text("id"),
        tuple(_entity(row) for row in top.rows("entities")),
        tuple(_fact(row, top.text("id"), number) for number, row in enumerate(top.rows("facts"), 1)),
    )


def _entity(row: _Row) -> GoldEntity:
    kind = row.text("type", "OTHER")
    if kind not in TYPES:
        raise row.trouble("type", f"is one of {', '.join(TYPES)}, not {kind}")
    return GoldEntity(row.text("name"), kind, row.texts("aliases"))


def _fact(row: _Row, article: str, number: int) -> GoldFact:
    qualifiers = row.row("qual")
    modalities = tuple(qualifiers.text("modality", "asserted").split("|"))
    for modality in modalities:
        if modality not in MODALITIES:
            raise qualifiers.trouble("modality", f"is one of {', '.join(MODALITIES)}, or several joined by |")
    label = f"{article}#{row.content.get('n', number)}"
    return GoldFact(
        label, row.text("s"), (row.text("p"), *row.texts("accept_p")), row.text("o", ""), modalities,
        row.text("norm", ""), row.text("statement", ""), row.text("sent"),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A JSON object of the file and where it stands ("facts[3]."), so that an error can name the place."""

    content: dict[str, object]
    path: Path
    place: str

    def trouble(self, key: str, should: str) -> InputError:
        return InputError(f"{self.place}{key} {should}; mend it there.", self.path)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.content.get(key)
        if value is None or value == "":
            if default is None:
                raise self.trouble(key, "is missing; it is a text")
            return default
        if not isinstance(value, str):
            raise self.trouble(key, "is a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.content.get(key)
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.trouble(key, "is a list of texts")
        return tuple(values)

    def row(self, key: str) -> _Row:
        value = self.content.get(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.trouble(key, "is an object")
        return _Row(value, self.path, f"{self.place}{key}.")

    def rows(self, key: str) -> tuple[_Row, ...]:
        values = self.content.get(key)
        if not isinstance(values, list):
            raise self.trouble(key, "is a list of objects")
        for number, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.trouble(f"{key}[{number}]", "is an object")
        return tuple(_Row(value, self.path, f"{self.place}{key}[{number}].") for number, value in enumerate(values))
