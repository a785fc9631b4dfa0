"""The graph in vis-network's terms, built with pyvis: nodes, bundled edges, options, and the library's own source."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyvis
from pyvis.network import Network

from kg.model import Entity
from kg.render.content import Content, Json

Bundle = tuple[int, int, str, bool]

_DASHES: dict[str, bool | list[int]] = {"planned": [12, 8], "expected": [3, 7]}
_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind looks: vis-network's shape, and its colour on light and dark paper."""

    shape: str
    light: str
    dark: str


def bundle_edges(content: Content) -> dict[Bundle, list[int]]:
    """Facts between two individuals, bundled by ends, status and negation; the values are facts' places."""
    bundles: dict[Bundle, list[int]] = {}
    for place, said in enumerate(content.facts):
        fact = said.fact
        if isinstance(fact.object, Entity):
            key = (content.index[fact.subject.id], content.index[fact.object.id], fact.status, fact.negated)
            bundles.setdefault(key, []).append(place)
    return bundles


def radius(weight: float, heaviest: float) -> int:
    """A node's radius: 8 and more by the square root of the weight, 34 at most for the heaviest of a large graph."""
    return 8 + round(min(6.2, 26.0 / math.sqrt(max(heaviest, 0.01))) * math.sqrt(weight))


def build_network(content: Content, bundles: Mapping[Bundle, Sequence[int]], places: Sequence[tuple[int, int]],
                  names: Mapping[str, str], styles: Mapping[str, Style]) -> Json:
    """Nodes, edges and options as vis-network takes them; ids are places in the content's tables, not outside words."""
    network = Network(directed=True, cdn_resources="in_line")
    # pyvis looks a node up in a list for each edge; the dictionary it also keeps answers the same question at once.
    network.get_nodes = lambda: network.node_map
    heaviest = max(content.weights, default=0.0)
    for place, entity in enumerate(content.entities):
        x, y = places[place]
        network.add_node(place, label=clip(entity.name) or entity.id, shape=styles[entity.kind].shape,
                         group=entity.kind, size=radius(content.weights[place], heaviest), x=x, y=y)
    fans: dict[tuple[int, int], int] = {}
    for number, (key, facts) in enumerate(bundles.items()):
        source, target, status, negated = key
        ends = (min(source, target), max(source, target))
        nth = fans.get(ends, 0)
        fans[ends] = nth + 1
        predicates = sorted({content.facts[fact].fact.predicate for fact in facts},
                            key=lambda predicate: (predicate.startswith("kgo:"), predicate))
        extra = f" +{len(facts) - 1}" if len(facts) > 1 else ""
        options: Json = {"id": number, "label": clip(names[predicates[0]]) + extra, "status": status,
                         "width": round(2.2 + min(2.8, 0.7 * (len(facts) - 1)), 1), "facts": list(facts)}
        if negated:
            options["negated"] = True
        if status in _DASHES:
            options["dashes"] = _DASHES[status]
        if nth:
            # The second edge between two nodes bends to one side, the third to the other, and so on outwards.
            turn = nth if source < target else nth + 1
            options["smooth"] = {"enabled": True, "type": "curvedCW" if turn % 2 else "curvedCCW",
                                 "roundness": round(0.16 * ((nth + 1) // 2) + 0.04, 2)}
        network.add_edge(source, target, **options)
    network.set_options(_OPTIONS)
    nodes, edges, _, _, _, _ = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": network.options}


def clip(name: str) -> str:
    """A label of bearable length: a name of 50,000 characters ends in "…" after forty."""
    line = " ".join(name[: 4 * _NAME_LIMIT].split())
    return line if len(line) <= _NAME_LIMIT else line[: _NAME_LIMIT - 1] + "…"


@lru_cache(maxsize=1)
def library_source() -> str:
    """The source of vis-network as pyvis carries it, without the reference to a map file that is not there."""
    found = sorted(Path(pyvis.__file__).parent.glob("lib/vis-*/vis-network.min.js"),
                   key=lambda path: [int(part) for part in re.findall(r"\d+", path.parent.name)])
    source = found[-1].read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*", "\n", source).replace("</script", "<\\/script")


_OPTIONS = """{
  "autoResize": true,
  "physics": {"enabled": false, "solver": "forceAtlas2Based",
              "forceAtlas2Based": {"gravitationalConstant": -90, "springLength": 150, "avoidOverlap": 0.6},
              "stabilization": {"enabled": false}, "minVelocity": 1.2},
  "interaction": {"hover": true, "hideEdgesOnDrag": false, "keyboard": {"enabled": false}, "tooltipDelay": 100000,
                  "multiselect": false, "selectConnectedEdges": false, "navigationButtons": false},
  "layout": {"improvedLayout": false},
  "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
  "edges": {"smooth": {"enabled": false, "type": "curvedCW", "roundness": 0}, "selectionWidth": 1.4, "hoverWidth": 0.6,
            "arrows": {"to": {"enabled": true, "scaleFactor": 0.45}}, "arrowStrikethrough": false}
}"""
