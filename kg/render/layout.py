"""Where the nodes stand: stress layout on networkx's distances, communities apart, names never over one another.

The weightiest nodes are laid out exactly; the many light ones of a large graph are then set around their neighbours on
a grid. Nothing is random: the same graph gives the same places.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

CORE = 150
_LEADING = 30
_ROOM = 2.8  # a drawing's area over that of its names, and what is added to it, shared by the nodes, for a small one
_ROOM_FEW = 60.0
_STEP = 150.0
_ROUNDS = 60
_STRETCH = 1.25  # screens are wider than high
_WORD = 70.0  # the room that a relation's name wants on its edge
_LINE = 26.0  # the height of a name under its node


def build_layout(count: int, edges: Iterable[tuple[int, int, float]], names: Sequence[str],
                 radii: Sequence[int]) -> list[tuple[int, int]]:
    """The place of each node; nodes are numbered by falling weight, edges are (from, to, weight)."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for source, target, weight in edges:
        if source != target:
            known = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
            graph.add_edge(source, target, weight=known + weight)
    boxes = np.array([_box(names[node], radii[node], node < _LEADING) for node in range(count)], dtype=np.float64).reshape(count, 2)
    core = graph.subgraph(range(min(count, CORE)))
    places = np.zeros((count, 2))
    blocks = []
    for component in sorted(nx.connected_components(core), key=lambda nodes: (-len(nodes), min(nodes))):
        members = sorted(component)
        points = _component(graph.subgraph(members), members, boxes[members])
        blocks.append((members, points))
    _pack(blocks, boxes, places)
    if count > CORE:
        _attach(graph, places, boxes)
    return [(round(float(x)), round(float(y))) for x, y in places]


def name_width(name: str) -> float:
    """The width of a name in ems: a Hangul syllable is one, a Latin letter about half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in name[:40])


def _box(name: str, size: int, is_leading: bool) -> tuple[float, float]:
    """The room of a node and its name; leading names want more, for they are read when all of it is small."""
    em, line = (24.0, 1.7 * _LINE) if is_leading else (17.0, _LINE)
    return max(2.0 * size, em * name_width(name)) + 14.0, 2.0 * size + line + 10.0


def _component(graph: nx.Graph[int], members: Sequence[int], boxes: Points) -> Points:
    if len(members) == 1:
        return np.zeros((1, 2))
    distances = _distances(graph, members)
    points = _majorise(_start(distances), distances)
    points = _pressed(_upright(points) * np.array([_STRETCH, 1.0]), boxes)
    place = {node: number for number, node in enumerate(members)}
    ties = np.array([(place[source], place[target]) for source, target in graph.edges()], dtype=np.intp)
    return _separate(points, boxes, ties)


def _distances(graph: nx.Graph[int], members: Sequence[int]) -> Points:
    """How far apart nodes want to stand: the length of the way between them, longer at hubs and between communities."""
    home: dict[int, int] = {}
    if len(members) > 8:
        groups = nx.community.louvain_communities(graph, weight="weight", resolution=0.9, seed=7)
        home = {node: place for place, group in enumerate(sorted(groups, key=min)) for node in group}
    lengths: nx.Graph[int] = nx.Graph()
    lengths.add_nodes_from(members)
    for source, target in graph.edges():
        near, far = set(graph[source]), set(graph[target])
        crowd = len(near ^ far)
        length = _STEP * min(2.6, 0.62 + 0.13 * math.sqrt(2.0 * crowd))
        if home.get(source) != home.get(target):
            length *= 1.45
        lengths.add_edge(source, target, length=length)
    place = {node: number for number, node in enumerate(members)}
    distances = np.zeros((len(members), len(members)))
    for source, ways in nx.all_pairs_dijkstra_path_length(lengths, weight="length"):
        for target, length in ways.items():
            distances[place[source], place[target]] = length
    return distances


def _start(distances: Points) -> Points:
    """A first guess by pivots: two far ends span the first axis, the two that tell the rest apart best the second."""
    first = int(np.argmax(distances[0]))
    second = int(np.argmax(distances[first]))
    x = distances[first] - distances[second]
    balance = np.abs(x) - (distances[first] + distances[second]) * 0.5
    third = int(np.argmax(balance * 0 + np.minimum(distances[first], distances[second]) - np.abs(x) * 0.5))
    fourth = int(np.argmax(distances[third] - np.abs(x - x[third]) * 0.5))
    y = distances[third] - distances[fourth]
    # A golden-angle swirl parts nodes that the four pivots cannot tell apart.
    turn = np.arange(len(distances)) * 2.399963
    return np.stack([x + 20.0 * np.cos(turn), y + 20.0 * np.sin(turn)], axis=1)


def _majorise(points: Points, distances: Points) -> Points:
    """Stress majorisation, node by node: each moves to where its distances to all others fit best."""
    weights = np.zeros_like(distances)
    np.divide(1.0, distances**2, out=weights, where=distances > 0)
    totals = weights.sum(axis=1)
    for _ in range(_ROUNDS):
        for node in range(len(points)):
            offset = points[node] - points
            reach = np.sqrt((offset**2).sum(axis=1))
            reach[reach < 1e-9] = 1e-9
            pull = points + offset * (distances[node] / reach)[:, None]
            points[node] = (weights[node][:, None] * pull).sum(axis=0) / totals[node]
    return points


def _upright(points: Points) -> Points:
    """Turn the drawing so that it is wider than high."""
    x, y = (points - points.mean(axis=0)).T
    angle = 0.5 * math.atan2(2.0 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    return np.stack([x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)], axis=1)


def _pressed(points: Points, boxes: Points) -> Points:
    """Draw the points together until their boxes fill a good part of the drawing: what is small is not read."""
    low, high = (points - boxes / 2.0).min(axis=0), (points + boxes / 2.0).max(axis=0)
    room = _ROOM + _ROOM_FEW / len(points)
    needed = room * float((boxes[:, 0] * boxes[:, 1]).sum())
    return points * min(1.0, math.sqrt(needed / float((high - low).prod())))


def _separate(points: Points, boxes: Points, ties: npt.NDArray[np.intp]) -> Points:
    """Push nodes apart until no box lies over another and every edge is long enough for its relation's name."""
    half = (boxes[:, None, :] + boxes[None, :, :]) / 2.0
    least = (boxes[ties[:, 0], 1] + boxes[ties[:, 1], 1]) / 2.0 + _WORD
    for turn in range(260):
        if turn < 130:
            _lengthen(points, ties, least)
        offset = points[:, None, :] - points[None, :, :]
        overlap = half - np.abs(offset)
        hit = (overlap > 0.01).all(axis=2) & ~np.eye(len(points), dtype=np.bool_)
        if turn >= 130 and not hit.any():
            break
        sideways = overlap[:, :, 0] < overlap[:, :, 1]
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        for axis, chosen in ((0, hit & sideways), (1, hit & ~sideways)):
            direction = np.where(np.abs(offset[:, :, axis]) > 1e-9, np.sign(offset[:, :, axis]), order)
            points[:, axis] += (np.where(chosen, overlap[:, :, axis], 0.0) * direction * 0.36).sum(axis=1)
    return points


def _lengthen(points: Points, ties: npt.NDArray[np.intp], least: npt.NDArray[np.float64]) -> None:
    """Push the two ends of each edge that is too short a little apart along it."""
    offset = points[ties[:, 0]] - points[ties[:, 1]]
    reach = np.maximum(np.sqrt((offset**2).sum(axis=1)), 1e-6)
    push = offset * (np.clip(least - reach, 0.0, None) / reach * 0.25)[:, None]
    np.add.at(points, ties[:, 0], push)
    np.add.at(points, ties[:, 1], -push)


def _pack(blocks: Sequence[tuple[Sequence[int], Points]], boxes: Points, places: Points) -> None:
    """Set components side by side on shelves, the largest first, lone nodes last."""
    sized = []
    for members, points in blocks:
        low = (points - boxes[members] / 2.0).min(axis=0)
        high = (points + boxes[members] / 2.0).max(axis=0)
        sized.append((members, points - low, high - low))
    area = sum(float(size[0] * size[1]) for _, _, size in sized)
    width = max([math.sqrt(area * 1.5), *(float(size[0]) for _, _, size in sized[:1])])
    x = y = shelf = 0.0
    for members, points, size in sized:
        if x > 0.0 and x + float(size[0]) > width:
            x, y, shelf = 0.0, y + shelf + 34.0, 0.0
        places[members] = points + np.array([x, y])
        x += float(size[0]) + 44.0
        shelf = max(shelf, float(size[1]))
    used = [node for members, _ in blocks for node in members]
    if used:
        places[used] -= (places[used].min(axis=0) + places[used].max(axis=0)) / 2.0


def _attach(graph: nx.Graph[int], places: Points, boxes: Points) -> None:
    """Set the light nodes on free cells of a grid, each as near to its weightiest placed neighbour as there is room."""
    cell = np.array([110.0, 74.0])
    taken: set[tuple[int, int]] = set()

    def spot(node: int) -> tuple[int, int]:
        return round(float(places[node, 0] / cell[0])), round(float(places[node, 1] / cell[1]))

    placed = min(len(places), CORE)
    for node in range(placed):
        column, row = spot(node)
        reach = int(boxes[node, 0] // (2.0 * cell[0]))
        taken.update((column + step, row) for step in range(-reach, reach + 1))
    done = set(range(placed))
    spirals: dict[tuple[int, int], Iterator[tuple[int, int]]] = {}
    for node in _outwards(graph, placed):
        near = min((other for other in graph[node] if other in done), default=None)
        centre = spot(near) if near is not None else (0, 0)
        spiral = spirals.setdefault(centre, _spiral(centre))
        found = next(each for each in spiral if each not in taken)
        taken.add(found)
        places[node] = np.array(found) * cell + np.array([0.0, 22.0 * (found[0] % 2)])
        done.add(node)


def _outwards(graph: nx.Graph[int], placed: int) -> list[int]:
    """The nodes beyond the core, nearest to it first; those that no way leads to come last."""
    seen = set(range(placed))
    line = list(range(placed))
    for node in line:
        for other in sorted(graph[node]):
            if other not in seen:
                seen.add(other)
                line.append(other)
    return line[placed:] + [node for node in range(placed, len(graph)) if node not in seen]


def _spiral(centre: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cells around a cell, ring by ring."""
    ring = 0
    while True:
        ring += 1
        for step in range(-ring, ring):
            yield centre[0] + step, centre[1] - ring
            yield centre[0] + ring, centre[1] + step
            yield centre[0] - step, centre[1] + ring
            yield centre[0] - ring, centre[1] - step


def bundle_weights(bundles: Mapping[tuple[int, int, str, bool], Sequence[int]]) -> Iterator[tuple[int, int, float]]:
    """The layout's edges: one for each bundle, heavier with each fact in it."""
    for (source, target, _, _), facts in bundles.items():
        yield source, target, 1.0 + 0.5 * (len(facts) - 1)
