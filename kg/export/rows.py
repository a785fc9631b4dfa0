"""A network as rows of plain values, the same columns for every program that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import networkx as nx

Cell = str | int | float | bool | tuple[str, ...]
Row = dict[str, Cell]

NODE_COLUMNS: Final = (
    "id", "label", "kind", "aliases", "members", "articles", "value", "minimum", "maximum", "unit", "tally", "time", "begins", "ends", "states",
)  # fmt: skip
FACT_COLUMNS: Final = (
    "predicate", "label", "english", "status", "negated", "direct", "speaker", "speaker_name", "qualifiers", "confidence", "weight",
    "evidence", "sentences", "rules",
)  # fmt: skip
EDGE_COLUMNS: Final = ("id", "source", "source_name", "target", "target_name", *FACT_COLUMNS)
STATE_COLUMNS: Final = ("id", "source", "source_name", *FACT_COLUMNS)


def read_nodes(network: nx.MultiDiGraph) -> Iterator[Row]:
    """A row for each individual and value: a quantity has value, minimum, maximum, unit and tally, a period time, begins and ends."""
    for name, node in network.nodes(data=True):
        said = [_state(state) for state in node["states"]]
        row = {"id": name, "label": node["name"], "kind": node["kind"], "states": tuple(said)}
        yield {column: row.get(column, node.get(column, "")) for column in NODE_COLUMNS}


def read_edges(network: nx.MultiDiGraph) -> Iterator[Row]:
    """A row for each fact with an object; ``weight`` is the number of sentences that say it, ``evidence`` where they stand."""
    for source, target, key, edge in network.edges(keys=True, data=True):
        ends = {"id": key} | _end(network, "source", source) | _end(network, "target", target)
        yield ends | _fact(network, edge)


def read_states(network: nx.MultiDiGraph) -> Iterator[Row]:
    """A row for each fact without an object: 한빛전자가 성장했다."""
    for name, node in network.nodes(data=True):
        for state in node["states"]:
            yield {"id": state["fact"]} | _end(network, "source", name) | _fact(network, state)


def joined(cell: Cell, mark: str = " | ") -> str | int | float | bool:
    """A cell as one value, its parts set apart by a mark: aliases are ``케이티 | KT Corp``."""
    return mark.join(cell) if isinstance(cell, tuple) else cell


def _end(network: nx.MultiDiGraph, side: str, name: str) -> Row:
    return {side: name, f"{side}_name": network.nodes[name]["name"]}


def _fact(network: nx.MultiDiGraph, said: Mapping[str, Any]) -> Row:
    evidence, speaker = said["evidence"], said["speaker"]
    return {
        "predicate": said["predicate"],
        "label": said["ko"],
        "english": said["en"],
        "status": said["status"],
        "negated": said["negated"],
        "direct": said["direct"],
        "speaker": speaker or "",
        "speaker_name": network.nodes[speaker]["name"] if speaker else "",
        "qualifiers": tuple(f"{role}: {words}" for role, words in said["qualifiers"]),
        "confidence": said["confidence"],
        "weight": len(evidence),
        "evidence": _once(f"{article}#char={start},{end}" for article, start, end, _, _ in evidence),
        "sentences": _once(sentence for _, _, _, sentence, _ in evidence if sentence),
        "rules": _once(rule for *_, rule in evidence),
    }


def _state(state: Mapping[str, Any]) -> str:
    marks = [state["status"]] if state["status"] != "asserted" else []
    marks += ["negated"] if state["negated"] else []
    return f"{state['ko']} [{', '.join(marks)}]" if marks else str(state["ko"])


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
