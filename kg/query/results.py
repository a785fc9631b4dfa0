"""Answers of a query and the forms they are shown in: table, CSV, SPARQL results JSON, Turtle."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from kg.errors import QueryError
from kg.vocab import PREFIXES, shorten

Form = Literal["select", "ask", "construct"]
FORMATS = ("table", "csv", "json", "ttl")

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an answer; ``value`` is the IRI, the blank node's name or the literal's wording."""

    kind: Literal["iri", "literal", "blank", "triple"]
    value: str
    datatype: str | None = None
    language: str | None = None

    def shown(self) -> str:
        """As a person reads it: a CURIE where there is one, a literal without its type."""
        return shorten(self.value) if self.kind == "iri" else self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole answer: of a SELECT its columns, of an ASK one cell, of a CONSTRUCT or DESCRIBE its triples."""

    form: Form
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __bool__(self) -> bool:
        """The answer of an ASK; of others, whether there are rows."""
        if self.form == "ask":
            cell = self.rows[0][0]
            return cell is not None and cell.value == "true"
        return bool(self.rows)

    def written(self, form: str) -> str:
        """The answer in one of ``FORMATS``, with a line end at its end."""
        if form == "table":
            return _table(self)
        if form == "csv":
            return _csv(self)
        if form == "json":
            return json.dumps(_json(self), ensure_ascii=False, indent=1) + "\n"
        if form == "ttl":
            return _turtle(self)
        raise QueryError(f"there is no format {form!r}; choose one of {', '.join(FORMATS)}")


@lru_cache(maxsize=1 << 16)  # the rows of one answer say the same names over and over
def read_term(encoded: str) -> Term:
    """A term as N-Triples writes it: ``"케이티"@ko``."""
    if encoded.startswith("<<"):
        return Term("triple", encoded)
    if encoded.startswith("<"):
        return Term("iri", encoded[1:-1])
    match = _LITERAL.fullmatch(encoded)
    if match is None:
        return Term("blank", encoded)
    text, language, datatype = match.groups()
    return Term("literal", _ESCAPE.sub(_character, text) if "\\" in text else text, datatype, language)


def width(text: str) -> int:
    """The columns that a text takes on a terminal: Hangul syllables take two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    # Vowels and finals of decomposed Hangul stand in the cell of their initial.
    if "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _table(result: Result) -> str:
    if result.form == "ask":
        return f"{'yes' if result else 'no'}\n"
    if not result.columns:
        return f"({len(result.rows)} rows)\n"
    grid = [[_cell(term) for term in row] for row in result.rows]
    widths = [max([width(name), *(width(row[i]) for row in grid)]) for i, name in enumerate(result.columns)]
    lines = [_line(result.columns, widths), "  ".join("─" * size for size in widths)]
    lines += [_line(row, widths) for row in grid]
    count = len(result.rows)
    return "\n".join(lines) + f"\n({count} row{'' if count == 1 else 's'})\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _cell(term: Term | None) -> str:
    # One row is one line, and no article can move the cursor of a terminal.
    return "" if term is None else _LINE_ENDS.sub(" ", term.shown())


def _csv(result: Result) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow("" if term is None else _csv_cell(term) for term in row)
    return out.getvalue()


def _csv_cell(term: Term) -> str:
    # A spreadsheet would run a cell that starts like a formula; numbers may keep their sign.
    risky = term.kind == "literal" and term.value.startswith(_FORMULA) and term.datatype is None
    return f"'{term.value}" if risky else term.value


def _json(result: Result) -> dict[str, Any]:
    if result.form == "ask":
        return {"head": {}, "boolean": bool(result)}
    bindings = [
        {name: _binding(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    return {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}


def _binding(term: Term) -> dict[str, str]:
    kinds = {"iri": "uri", "literal": "literal", "blank": "bnode", "triple": "literal"}
    binding = {"type": kinds[term.kind], "value": term.value.removeprefix("_:") if term.kind == "blank" else term.value}
    if term.language:
        binding["xml:lang"] = term.language
    if term.datatype:
        binding["datatype"] = term.datatype
    return binding


def _turtle(result: Result) -> str:
    if result.form != "construct":
        raise QueryError("ttl shows triples: write a CONSTRUCT or DESCRIBE query, or choose table, csv or json")
    from rdflib import BNode, Graph, Literal, URIRef

    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)

    def node(term: Term | None) -> Any:
        if term is None or term.kind == "triple":
            raise QueryError("Turtle cannot hold quoted triples; choose json")
        if term.kind == "iri":
            return URIRef(term.value)
        if term.kind == "blank":
            return BNode(term.value.removeprefix("_:"))
        datatype = URIRef(term.datatype) if term.datatype else None
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)

    for subject, predicate, object_ in result.rows:
        graph.add((node(subject), node(predicate), node(object_)))
    return graph.serialize(format="turtle")


def _character(match: re.Match[str]) -> str:
    short, long, single = match.groups()
    return _CHARACTERS.get(single, single) if single is not None else chr(int(short or long, 16))
