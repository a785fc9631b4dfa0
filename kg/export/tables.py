"""CSV for Excel and for Neo4j's import."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import networkx as nx

from kg.export.rows import EDGE_COLUMNS, FACT_COLUMNS, NODE_COLUMNS, STATE_COLUMNS, Cell, Row, joined, read_edges, read_nodes, read_states

NODES, EDGES, STATES, RELATIONSHIPS = "nodes.csv", "edges.csv", "states.csv", "relationships.csv"

# What a spreadsheet takes for the start of a formula, full-width forms included; a quote before one is quoted again.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LINE_END = re.compile(r"[\r\n]+")
_ARRAYS: Final = frozenset(("aliases", "members", "articles", "states", "qualifiers", "evidence", "sentences", "rules"))
_NUMBERS: Final = frozenset(("value", "minimum", "maximum", "confidence"))
_KINDS: Final = {"weight": "int", "negated": "boolean", "direct": "boolean"} | dict.fromkeys(_NUMBERS, "double")


def write_tables(network: nx.MultiDiGraph, folder: Path) -> None:
    """Write nodes, edges and facts without an object, for Excel: UTF-8 with its mark, no cell that runs as a formula.

    A cell that would is led by an apostrophe; lists are joined by " | ".
    """
    for name, columns, rows in (
        (NODES, NODE_COLUMNS, read_nodes(network)),
        (EDGES, EDGE_COLUMNS, read_edges(network)),
        (STATES, STATE_COLUMNS, read_states(network)),
    ):
        cells = ([_harmless(_written(joined(row[column]))) for column in columns] for row in rows)
        _write(folder / name, columns, cells, encoding="utf-8-sig")


def write_neo4j(network: nx.MultiDiGraph, folder: Path, kinds_above: Callable[[str], Iterable[str]]) -> None:
    """Write nodes and relationships with the headers of ``neo4j-admin database import``.

    A relationship's type is the English name in capitals, ``IS_CEO_OF``, or the lemma. Lists are arrays with Neo4j's own
    mark ";", so that one inside a part becomes a comma; a line end becomes a blank, so that no option is needed.
    """
    labels: dict[str, str] = {}

    def label(kind: str) -> str:
        if kind not in labels:
            labels[kind] = ";".join((kind, *sorted(set(kinds_above(kind)) - {kind, "Describable"})))
        return labels[kind]

    columns = ["id:ID", "name", *(_typed(column) for column in NODE_COLUMNS[2:]), ":LABEL"]
    nodes = ([*_fields(row, NODE_COLUMNS), label(str(row["kind"]))] for row in read_nodes(network))
    _write(folder / NODES, columns, nodes)
    own = ("id", *FACT_COLUMNS)
    heading = [":START_ID", ":END_ID", ":TYPE", *("fact" if column == "id" else _typed(column) for column in own)]
    relationships = ([str(row["source"]), str(row["target"]), _relationship(row), *_fields(row, own)] for row in read_edges(network))
    _write(folder / RELATIONSHIPS, heading, relationships)


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _written(cell: str | int | float | bool) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _typed(column: str) -> str:
    kind = "string[]" if column in _ARRAYS else _KINDS.get(column)
    return f"{column}:{kind}" if kind else column


def _fields(row: Mapping[str, Cell], columns: Iterable[str]) -> list[str]:
    return [_field(row[column]) for column in columns]


def _field(cell: Cell) -> str:
    parts = tuple(part.replace(";", ",") for part in cell) if isinstance(cell, tuple) else cell
    return _LINE_END.sub(" ", _written(joined(parts, ";")))


def _relationship(row: Row) -> str:
    name = re.sub(r"\W+", "_", str(row["english"])).strip("_")
    return name.upper() or "RELATED"


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
