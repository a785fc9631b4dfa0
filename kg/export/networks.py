"""GraphML and GEXF, as Gephi, yEd and Cytoscape open them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import ElementTree, indent

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.rows import Cell, Row, joined, read_edges, read_nodes

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACES = frozenset(("id", "source", "target"))  # said by the node or the edge itself
_NUMBERS = frozenset(("value", "minimum", "maximum"))


def write_graphml(network: nx.MultiDiGraph, path: Path) -> None:
    """Write the network as GraphML; lists are joined by " | ", and what XML cannot hold becomes U+FFFD."""
    nx.write_graphml(_flat(network), path, encoding="utf-8", named_key_ids=True)


def write_gexf(network: nx.MultiDiGraph, path: Path) -> None:
    """Write the network as GEXF 1.2; the same values as in GraphML."""
    flat = _flat(network)
    for _, _, key, edge in flat.edges(keys=True, data=True):
        edge["id"] = key
    writer = GEXFWriter(flat, encoding="utf-8", prettyprint=False, version="1.2draft")
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)  # the day of writing
    indent(writer.xml)
    ElementTree(writer.xml).write(path, encoding="utf-8", xml_declaration=True)


def _flat(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    flat: nx.MultiDiGraph = nx.MultiDiGraph()
    for row in read_nodes(network):
        flat.add_node(row["id"], **_values(row))
    for row in read_edges(network):
        flat.add_edge(row["source"], row["target"], key=row["id"], **_values(row))
    return flat


def _values(row: Row) -> Row:
    # A value that is not there has no attribute, for an empty one would read as a value of its own.
    return {name: _value(name, cell) for name, cell in row.items() if name not in _PLACES and cell not in ("", ())}


def _value(name: str, cell: Cell) -> Cell:
    value = joined(cell)
    return value if not isinstance(value, str) else float(value) if name in _NUMBERS else _ILLEGAL.sub("\ufffd", value)
