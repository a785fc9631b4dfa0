"""Exporting: the graph of an output folder in the forms of other programs, whole or with something left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import networkx as nx

from kg.errors import StoreError
from kg.export import (
    Redaction,
    leave_out_names,
    leave_out_network,
    leave_out_texts,
    redact_people,
    reword_network,
    write_gexf,
    write_graphml,
    write_neo4j,
    write_tables,
)
from kg.graph import article_iri, build_article_quads, build_network, build_quads
from kg.graph.terms import iri, literal, resource
from kg.link import find_stories
from kg.pipeline.linked import find_shared
from kg.pipeline.outputs import check_graph, open_linked, read_linked
from kg.store import write_jsonld, write_nquads, write_rdfxml, write_trig, write_turtle
from kg.store.turtle import Statement
from kg.tables.ontology import load_ontology
from kg.tables.ontology_context import load_context
from kg.vocab import PREFIXES, read_literal

# The ending of a form's file; a form of several files has none.
ENDINGS: Final = {
    "turtle": ".ttl",
    "trig": ".trig",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
    "graphml": ".graphml",
    "gexf": ".gexf",
    "csv": "",
    "neo4j": "",
}
FORMS: Final = tuple(ENDINGS)

_ANCHOR = resource("nif:anchorOf")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is left out: the newspapers' sentences, and the names of private persons."""

    without_text: bool = False
    redact_persons: bool = False


def export_graph(folder: Path, form: str, out: Path, options: ExportOptions | None = None) -> tuple[Path, ...]:
    """Write the graph of an output folder to the file ``out``, or into the folder ``out`` where the form has several files.

    The files that were written: they appear when all of them are whole. What goes wrong is a :class:`StoreError`.
    """
    check_graph(folder)
    if ENDINGS[form] and out.is_dir():
        raise StoreError(f"{out}: is a folder, and {form} goes to one file; name it, such as --out {out / f'export{ENDINGS[form]}'}")
    if not ENDINGS[form] and out.exists() and not out.is_dir():
        raise StoreError(f"{out}: is a file, and {form} has several; name a folder with --out")
    home = out if out.is_dir() else out.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        # A hidden folder beside the place, so that a move is one step.
        with TemporaryDirectory(prefix=".kg-export-", dir=home) as beside:
            place = Path(beside) / out.name
            if not ENDINGS[form]:
                place.mkdir()
            try:
                _write(folder, form, place, options or ExportOptions())
            except StoreError as error:
                raise StoreError(str(error).replace(str(place), str(out))) from error
            return _move(place, out)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written ({error.strerror or error}); check the disk or choose another --out") from error


def _move(place: Path, out: Path) -> tuple[Path, ...]:
    if place.is_file():
        place.replace(out)
        return (out,)
    out.mkdir(exist_ok=True)
    return tuple(path.replace(out / path.name) for path in sorted(place.iterdir()))


def _write(folder: Path, form: str, place: Path, options: ExportOptions) -> None:
    ontology = load_ontology()
    if form in _STATEMENTS and options == ExportOptions():
        with open_linked(folder) as linked:  # one reading at a time, so that no graph is too large
            shared = find_shared(linked, place.parent)
            _STATEMENTS[form]((quad for reading in linked for quad in build_article_quads(reading, ontology, shared)), place)
        return
    readings = read_linked(folder)
    redaction = redact_people(readings, ontology) if options.redact_persons else None
    told = readings if redaction is None else redaction.readings
    if options.without_text:
        told = leave_out_names(told)
    if form in _NETWORKS:
        network = build_network(told, ontology)
        if options.without_text:
            network = leave_out_network(network)
        elif redaction is not None:
            network = reword_network(network, redaction.sentence)
        _NETWORKS[form](network, place)
        return
    quads: Iterator[Statement] = build_quads(told, ontology, find_stories(readings))
    if options.without_text:
        quads = leave_out_texts(quads)
    elif redaction is not None:
        quads = _without_names(quads, redaction)
    _STATEMENTS[form](quads, place)


def _without_names(quads: Iterable[Statement], redaction: Redaction) -> Iterator[Statement]:
    articles = {iri(article_iri(reading.article.id)): reading.article.id for reading in redaction.readings}
    for subject, predicate, object_, graph in quads:
        if predicate == _ANCHOR:
            object_ = literal(redaction.sentence(articles[graph], read_literal(object_)[0]))
        yield subject, predicate, object_, graph


def _write_neo4j(network: nx.MultiDiGraph, folder: Path) -> None:
    write_neo4j(network, folder, load_ontology().kinds_above)


def _write_jsonld(quads: Iterable[Statement], path: Path) -> int:
    return write_jsonld(quads, path, load_context())


_NETWORKS: Final[Mapping[str, Callable[[nx.MultiDiGraph, Path], None]]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": write_tables,
    "neo4j": _write_neo4j,
}
_STATEMENTS: Final[Mapping[str, Callable[[Iterable[Statement], Path], int]]] = {
    "turtle": partial(write_turtle, prefixes=PREFIXES),
    "trig": partial(write_trig, prefixes=PREFIXES),
    "nquads": write_nquads,
    "jsonld": _write_jsonld,
    "rdfxml": partial(write_rdfxml, prefixes=PREFIXES),
}
