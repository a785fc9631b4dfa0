"""SHACL: a graph against ``ontology/shapes.ttl``, with the classes of ``ontology/kg.ttl`` known."""

from __future__ import annotations

import contextlib
import io
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal as Choice

from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, Dataset, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.errors import ConformanceError, StoreError
from kg.tables.folders import ontology_folder
from kg.vocab import shorten

Severity = Choice["violation", "warning", "info"]

_SEVERITIES: dict[Node | None, Severity] = {SH.Warning: "warning", SH.Info: "info"}
_FORMATS = {".ttl": "turtle", ".nq": "nquads", ".trig": "trig", ".nt": "nt", ".jsonld": "json-ld", ".rdf": "xml"}
_OF_GRAPHS = frozenset(("nquads", "trig", "json-ld"))
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach: the node, the property, what to do in English and Korean, how grave, and the value at fault."""

    focus: str
    path: str
    message: str
    severity: Severity
    value: str
    message_ko: str = ""


def find_violations(graph: Graph | Path, shapes: Path | None = None) -> tuple[Violation, ...]:
    """What breaks the shapes, sorted; an empty tuple where the graph conforms.

    ``graph`` is an rdflib graph, a dataset (its graphs are read as one) or a file. A file that cannot be read is a
    :class:`StoreError`, shapes that do not load a :class:`ConformanceError`.
    """
    data = _load(graph) if isinstance(graph, Path) else _union(graph)
    place = ontology_folder() / "shapes.ttl" if shapes is None else shapes
    closed, needed = _shapes(place), _classes()
    for class_, ancestors in needed.items():
        # Only the class tree of the ontology matters to the shapes: adding it is faster than reasoning.
        for ancestor in ancestors:
            data.add((class_, RDFS.subClassOf, ancestor))
    for statement in _terms():
        data.add(statement)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            conforms, report, text = validate(data, shacl_graph=closed, inplace=True, inference="none", advanced=False)
    except ReportableRuntimeError as error:
        raise ConformanceError(f"{place}: the shapes cannot be used ({error}); mend the file") from error
    if not isinstance(report, Graph):
        raise ConformanceError(f"{place}: the validation failed ({text}); mend the shapes or the graph")
    return () if conforms else tuple(sorted(_read_report(report)))


def report_text(violations: tuple[Violation, ...], limit: int = 50) -> str:
    """The report as people read it, a block per node, with a line end at its end."""
    if not violations:
        return "The graph conforms to its shapes.\n"
    lines: list[str] = []
    focus = None
    for violation in violations[:limit]:
        if violation.focus != focus:
            focus = violation.focus
            lines.append(focus)
        where = f" {violation.path}" if violation.path else ""
        value = f" (found {violation.value})" if violation.value else ""
        lines.append(f"  {violation.severity}:{where}{value}")
        lines += [f"    {message}" for message in (violation.message, violation.message_ko) if message]
    if len(violations) > limit:
        lines.append(f"… and {len(violations) - limit} more")
    count = len(violations)
    lines.append(f"{count} violation{'' if count == 1 else 's'}")
    return "\n".join(lines) + "\n"


def _load(path: Path) -> Graph:
    form = _FORMATS.get(path.suffix)
    if form is None:
        raise StoreError(f"{path}: not a graph file; give one of {', '.join(_FORMATS)}")
    data = Dataset(default_union=True) if form in _OF_GRAPHS else Graph()
    try:
        # rdflib prints every literal that is ill-formed for its type; the shapes will say it better.
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        data.parse(path, format=form)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); run `kg build` first") from error
    except Exception as error:  # each of rdflib's parsers raises errors of its own
        raise StoreError(f"{path}: not {form} ({str(error).strip().splitlines()[0]}); build the graph again") from error
    return _union(data) if isinstance(data, Dataset) else data


def _union(graph: Graph) -> Graph:
    union = Graph()
    for statement in graph.quads() if isinstance(graph, Dataset) else graph:
        union.add(statement[:3])
    return union


@lru_cache(maxsize=2)
def _shapes(place: Path) -> Graph:
    try:
        return _spread(Graph().parse(place, format="turtle"))
    except OSError as error:
        raise ConformanceError(f"{place}: the shapes cannot be read ({error.strerror}); reinstall kg") from error
    except Exception as error:
        raise ConformanceError(f"{place}: the shapes are not Turtle ({error}); mend the file") from error


def _spread(shapes: Graph) -> Graph:
    """The same shapes with the targets of a node's shape at each of its properties' shapes.

    The validator takes a property's shape through each node by itself, and one with targets through all of them at once,
    which halves its time. A shape that others refer to, and one that needs to know its parts, stays as it is.
    """
    for shape, part in list(shapes.subject_objects(SH.property)):
        targets = [(kind, target) for kind in _TARGETS for target in shapes.objects(shape, kind)]
        alone = not any(shapes.subjects(object=shape)) and not any((shape, term, None) in shapes for term in (SH.closed, SH.deactivated))
        if targets and alone:
            shapes.remove((shape, SH.property, part))
            for kind, target in targets:
                shapes.add((part, kind, target))
    return shapes


@lru_cache(maxsize=1)
def _ontology() -> Graph:
    place = ontology_folder() / "kg.ttl"
    try:
        return Graph().parse(place, format="turtle")
    except Exception as error:
        raise ConformanceError(f"{place}: the ontology cannot be read ({error}); reinstall kg") from error


@lru_cache(maxsize=1)
def _classes() -> dict[Node, frozenset[Node]]:
    graph = _ontology()
    return {
        class_: frozenset(c for c in graph.transitive_objects(class_, RDFS.subClassOf) if c is not None and c != class_)
        for class_ in set(graph.subjects(RDFS.subClassOf))
    }


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[Node, Node, Node], ...]:
    graph = _ontology()
    return tuple(
        (term, predicate, value)
        for term in sorted(set(graph.subjects(RDF.type)), key=str)
        for predicate in (RDF.type, RDFS.label)
        for value in graph.objects(term, predicate)
    )


def _read_report(report: Graph) -> list[Violation]:
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = sorted(report.objects(result, SH.resultMessage), key=str)
        korean = [str(message) for message in messages if isinstance(message, Literal) and message.language == "ko"]
        other = [str(message) for message in messages if not (isinstance(message, Literal) and message.language == "ko")]
        found.append(
            Violation(
                focus=_shown(report.value(result, SH.focusNode)),
                path=_shown(report.value(result, SH.resultPath)),
                message=" ".join(other) or "the node does not have the form that its shape asks for",
                severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), "violation"),
                value=_shown(report.value(result, SH.value))[:200],
                message_ko=" ".join(korean),
            )
        )
    return found


def _shown(node: Node | None) -> str:
    return "" if node is None else shorten(str(node)) if isinstance(node, URIRef) else str(node)
