"""GraphML and GEXF hold the network: read back by networkx, every node, edge and value is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.export import write_gexf, write_graphml
from kg.export.rows import joined, read_edges, read_nodes
from kg.graph import build_network
from kg.model import Reading
from kg.tables.ontology import Ontology

ROOT = Path(__file__).resolve().parents[2]
OWN = {"id", "source", "target"}
FORMS = [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)]


def values(row: Any) -> dict[str, Any]:
    said = {name: joined(cell) for name, cell in row.items() if name not in OWN and cell not in ("", ())}
    return {name: float(value) if name in ("value", "minimum", "maximum") else value for name, value in said.items()}


@pytest.mark.parametrize(("write", "read"), FORMS, ids=["graphml", "gexf"])
def test_a_network_is_read_back(write: Callable[..., None], read: Callable[..., Any], network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write(network, tmp_path / "g.xml")
    found = read(tmp_path / "g.xml")
    assert isinstance(found, nx.MultiDiGraph)
    assert {name: {key: node[key] for key in node} for name, node in found.nodes(data=True)} == {
        row["id"]: values(row) for row in read_nodes(network)
    }
    edges = {
        (source, target, edge.pop("networkx_key", key)): {name: value for name, value in edge.items() if name != "id"}
        for source, target, key, edge in found.edges(keys=True, data=True)
    }
    assert edges == {(row["source"], row["target"], row["id"]): values(row) for row in read_edges(network)}
    assert len(edges) == network.number_of_edges() > 20


@pytest.mark.parametrize(("write", "read"), FORMS, ids=["graphml", "gexf"])
def test_what_xml_cannot_hold_is_replaced(write: Callable[..., None], read: Callable[..., Any], tmp_path: Path) -> None:
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    plain = {"kind": "Company", "aliases": (), "members": (), "articles": (), "states": ()}
    network.add_node("kgr:a", name="종\x07\x00\x1b\ufffe이", **plain)
    write(network, tmp_path / "g.xml")
    assert read(tmp_path / "g.xml").nodes["kgr:a"]["label"] == "종\ufffd\ufffd\ufffd\ufffd이"


@pytest.mark.parametrize(("write", "_"), FORMS, ids=["graphml", "gexf"])
def test_the_bytes_do_not_depend_on_the_order(
    write: Callable[..., None], _: object, readings: tuple[Reading, ...], ontology: Ontology, tmp_path: Path
) -> None:
    write(build_network(readings, ontology), tmp_path / "a.xml")
    write(build_network(tuple(reversed(readings)), ontology), tmp_path / "b.xml")
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()


def test_gephi_finds_names_weights_and_no_day_of_writing(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_gexf(network, tmp_path / "g.gexf")
    text = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert "lastmodified" not in text
    space = {"g": "http://www.gexf.net/1.2draft"}
    root = ElementTree.fromstring(text)
    nodes = {node.get("id"): node.get("label") for node in root.iterfind(".//g:node", space)}
    assert nodes["kgr:김하늘"] == "김하늘"
    edges = [edge for edge in root.iterfind(".//g:edge", space) if edge.get("source") == "kgr:김하늘" and edge.get("label") == "대표이다"]
    assert {edge.get("weight") for edge in edges} == {"1"}
    assert re.search(r'title="value" type="double"', text)
    assert root.find("g:graph", space).get("mode") == "static"  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_seed_of_hashes_does_not_matter(form: str) -> None:
    program = (
        "import sys; from pathlib import Path; import networkx as nx\n"
        "from kg.export import write_gexf, write_graphml\n"
        "g = nx.MultiDiGraph()\n"
        "for n in 'abc': g.add_node(n, name=n, kind='Person', aliases=('x', 'y'), members=(), articles=('1',), states=(), unit=n, value='3')\n"
        "e = dict(predicate='kg:leads', ko='이끌다', en='leads', status='asserted', negated=False, speaker=None, qualifiers=())\n"
        "g.add_edge('a', 'b', key='f', evidence=(('1', 0, 2, '가나', 'r'),), confidence=0.5, direct=True, **e)\n"
        f"write_{form}(g, Path('/dev/stdout'))\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(seen) == 1 and b"<edge" in seen.pop()
