"""CSV opens in a spreadsheet with its Hangul and without formulas, and in Neo4j with types."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import networkx as nx

from kg.export import write_neo4j, write_tables
from kg.export.rows import FACT_COLUMNS, joined, read_edges, read_nodes, read_states
from kg.tables.ontology import Ontology

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def plain(cell: str) -> str:
    """What a cell says without the mark that keeps it from running."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r＝＋－＠]", cell) else cell


def said(row: dict[str, object]) -> list[str]:
    return [str(value).lower() if isinstance(value, bool) else str(joined(value)) for value in row.values()]  # type: ignore[arg-type]


def test_tables_hold_the_network(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_tables(network, tmp_path)
    for name, rows in (("nodes", read_nodes), ("edges", read_edges), ("states", read_states)):
        heading, *found = cells(tmp_path / f"{name}.csv")
        wanted = list(rows(network))
        assert wanted
        assert heading == list(wanted[0])
        assert [[plain(cell) for cell in row] for row in found] == [said(row) for row in wanted]
    assert len(cells(tmp_path / "nodes.csv")) == len(network) + 1
    assert len(cells(tmp_path / "edges.csv")) == network.number_of_edges() + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edges.csv", "nodes.csv", "states.csv"]


def test_no_cell_runs_as_a_formula(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_tables(network, tmp_path)
    starts = [cell for path in tmp_path.iterdir() for row in cells(path) for cell in row if FORMULA.match(cell)]
    assert [cell for cell in starts if not re.fullmatch(r"-?[0-9.]+", cell)] == []
    quoted = [cell for row in cells(tmp_path / "nodes.csv") for cell in row if cell.startswith("'")]
    assert {'\'=HYPERLINK("http://x.example","눌러")', "'+82-2-000", "'-1+1", "'@SUM(A1)", "''=이미", "'＝전각"} <= set(quoted)


def test_excel_knows_the_encoding(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_tables(network, tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
    assert "한빛전자" in (tmp_path / "nodes.csv").read_text(encoding="utf-8-sig")


def test_values_stand_in_columns(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_tables(network, tmp_path)
    heading, *rows = cells(tmp_path / "nodes.csv")
    nodes = {row[1]: dict(zip(heading, row, strict=True)) for row in rows}
    assert nodes["1990년대"] | {"time": "1990s", "begins": "1990-01-01", "ends": "1999-12-31", "kind": "Period"} == nodes["1990년대"]
    assert nodes["5억달러"] | {"value": "500000000", "unit": "USD"} == nodes["5억달러"]
    assert (nodes["3대 2"]["tally"], nodes["3대 2"]["value"]) == ("3-2", "")


def test_neo4j_gets_headers_types_and_one_line_each(network: nx.MultiDiGraph, ontology: Ontology, tmp_path: Path) -> None:
    write_neo4j(network, tmp_path, ontology.kinds_above)
    for name in ("nodes", "relationships"):
        content = (tmp_path / f"{name}.csv").read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == len(cells(tmp_path / f"{name}.csv"))
    heading, *nodes = cells(tmp_path / "nodes.csv")
    assert (heading[0], heading[1], heading[-1]) == ("id:ID", "name", ":LABEL")
    assert {"aliases:string[]", "value:double", "states:string[]"} <= set(heading)
    labels = {row[0]: row[-1] for row in nodes}
    assert labels["kgr:한빛전자"] == "Company;Agent;Collective;Entity;Organization"
    assert {label for name, label in labels.items() if name.startswith("kgr:period_")} == {"Period;Value"}
    heading, *edges = cells(tmp_path / "relationships.csv")
    assert heading[:4] == [":START_ID", ":END_ID", ":TYPE", "fact"]
    assert len(heading) == len(FACT_COLUMNS) + 4
    assert {"negated:boolean", "confidence:double", "weight:int", "sentences:string[]"} <= set(heading)
    assert {row[0] for row in edges} | {row[1] for row in edges} <= labels.keys()
    assert ("kgr:김하늘", "kgr:한빛전자", "IS_CEO_OF") in {tuple(row[:3]) for row in edges}
    assert "이기다" in {row[2] for row in edges}


def test_neo4j_arrays_keep_their_parts_apart(network: nx.MultiDiGraph, ontology: Ontology, tmp_path: Path) -> None:
    write_neo4j(network, tmp_path, ontology.kinds_above)
    heading, *nodes = cells(tmp_path / "nodes.csv")
    place = heading.index("aliases:string[]")
    wanted = {row["id"]: len(row["aliases"]) for row in read_nodes(network)}  # type: ignore[arg-type]
    found = {row[0]: len(row[place].split(";")) if row[place] else 0 for row in nodes}
    assert found == wanted


def test_neo4j_numbers_are_numbers(ontology: Ontology, tmp_path: Path) -> None:
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    plain_node = {"kind": "Quantity", "aliases": (), "members": (), "articles": (), "states": ()}
    network.add_node("a", name="10~20명", minimum="10", maximum="20", unit="명", **plain_node)
    network.add_node("b", name="-1.5%", value="-1.5", unit="%", **plain_node)
    write_neo4j(network, tmp_path, ontology.kinds_above)
    heading, *nodes = cells(tmp_path / "nodes.csv")
    columns = ("value:double", "minimum:double", "maximum:double")
    assert [[row[heading.index(column)] for column in columns] for row in nodes] == [["", "10", "20"], ["-1.5", "", ""]]
