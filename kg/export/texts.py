"""A graph without the newspapers' sentences: offsets and links stay, words that are longer than a name do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import networkx as nx

from kg.export.renaming import free_name, read_entities, rename_reading
from kg.model import Entity, Reading
from kg.vocab import article_name, digest, expand, local_name, read_literal

LONGEST_WORDS, LONGEST_NAME = 15, 40  # in code points; what a text says in more is its own sentence
LEFT_OUT = "…"

_ANCHOR = f"<{expand('nif:anchorOf')}>"
_WORDS = frozenset(f"<{expand(name)}>" for name in ("kg:content", "kg:text"))
_VALUES = frozenset(("Quantity", "Period", "Text"))

Statement = tuple[str, str, str, str]


def leave_out_names(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings without headlines, and with names that are whole phrases cut after 40 letters."""
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    known = {entity.id: entity for reading in ordered for entity in read_entities(reading)}
    reports = {article_name(reading.article.id): reading.article.id for reading in ordered}
    changed: dict[str, Entity] = {}
    for id_, entity in sorted(known.items()):
        if id_ in reports:
            changed[id_] = replace(entity, name=reports[id_], aliases=_short(entity.aliases))
        elif _is_long(id_.removeprefix("kgr:"), entity.name, *entity.aliases):
            name = _cut(entity.name)
            changed[id_] = replace(entity, id=_short_id(entity), name=name, aliases=_short(entity.aliases))
    taken = known.keys() - changed.keys()
    for id_, entity in changed.items():
        changed[id_] = replace(entity, id=free_name(entity.id, taken))
        taken.add(changed[id_].id)
    return tuple(replace(rename_reading(reading, changed), article=replace(reading.article, title=None)) for reading in ordered)


def leave_out_texts(quads: Iterable[Statement]) -> Iterator[Statement]:
    """The statements without sentences, and with … in place of words longer than a name."""
    for subject, predicate, object_, graph in quads:
        if predicate == _ANCHOR:
            continue
        if predicate in _WORDS and len(object_) > LONGEST_WORDS and len(read_literal(object_)[0]) > LONGEST_WORDS:
            object_ = f'"{LEFT_OUT}"'
        yield subject, predicate, object_, graph


def leave_out_network(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The network of :func:`kg.graph.build_network` without sentences and long words."""
    return reword_network(network, lambda _, __: "", _worded)


def reword_network(network: nx.MultiDiGraph, sentence: Callable[[str, str], str], words: Callable[[str], str] = str) -> nx.MultiDiGraph:
    """The network with its sentences, told with their article's id, and the wording of its values changed."""

    def said(attributes: dict[str, Any]) -> dict[str, Any]:
        evidence = tuple((article, start, end, sentence(article, text), rule) for article, start, end, text, rule in attributes["evidence"])
        return attributes | {"evidence": evidence, "qualifiers": tuple((role, words(value)) for role, value in attributes["qualifiers"])}

    changed: nx.MultiDiGraph = nx.MultiDiGraph()
    for name, node in network.nodes(data=True):
        wording = words(node["name"]) if node["kind"] in _VALUES else node["name"]
        changed.add_node(name, **(node | {"name": wording, "states": tuple(map(said, node["states"]))}))
    for source, target, key, edge in network.edges(keys=True, data=True):
        changed.add_edge(source, target, key=key, **said(edge))
    return changed


def _worded(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else LEFT_OUT


def _is_long(*names: str) -> bool:
    return any(len(name) > LONGEST_NAME for name in names)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + LEFT_OUT


def _short(aliases: Iterable[str]) -> tuple[str, ...]:
    return tuple(alias for alias in aliases if len(alias) <= LONGEST_NAME)


def _short_id(entity: Entity) -> str:
    local = entity.id.removeprefix("kgr:")
    return entity.id if len(local) <= LONGEST_NAME else f"kgr:{local_name(local[:LONGEST_NAME])}_{digest(local, 8)}"
