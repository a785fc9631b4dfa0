"""The graph as an Oxigraph store on disk: written beside, swapped in whole, opened for reading only."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.files import replacing
from kg.store.sorting import read_sorted
from kg.store.turtle import Statement
from kg.vocab import INFERRED, PREFIXES, expand

FORMAT = 1
GRAPH = "graph"
_NEW, _OLD, _NOTE = "graph.new", "graph.old", "kg.json"
_OFFSETS = frozenset({PREFIXES["nif"] + "beginIndex", PREFIXES["nif"] + "endIndex"})
_APART = ox.NamedNode(expand(INFERRED))
_PLACE = re.compile(r"error at (\d+):(\d+)")

Answer = tuple[str, tuple[str, ...], Iterator[tuple[str | None, ...]]]


class GraphStore:
    """A graph to ask: answers are terms encoded as in N-Triples, and the default graph is the union of all articles'."""

    def __init__(self, store: ox.Store, place: str) -> None:
        self._store = store
        self.place = place

    def __len__(self) -> int:
        """The number of triples, one that several articles state counted once."""
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def ask(self, text: str, bindings: Mapping[str, str] | None = None) -> Answer:
        """The form of the query (select, ask or construct), its columns, and its rows one at a time.

        ``bindings`` gives variables a term each (``{"entity": "<https://…/KT>"}``); they are bound in the parsed query and
        never become part of its text. Bad syntax is a :class:`QueryError` that names the line.
        """
        results = self.results(text, bindings=bindings)
        if isinstance(results, ox.QueryBoolean):
            answer = "true" if results else "false"
            return "ask", ("answer",), iter([(f'"{answer}"^^<{PREFIXES["xsd"]}boolean>',)])
        if isinstance(results, ox.QueryTriples):
            return "construct", ("subject", "predicate", "object"), self._triples(results)
        return "select", tuple(variable.value for variable in results.variables), self._solutions(results)

    def results(self, text: str, *, bindings: Mapping[str, str] | None = None, default: Sequence[str] = (),
                named: Sequence[str] = ()) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What the engine answers, in its own types; ``default`` and ``named`` are the IRIs of a dataset of one's own."""
        substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): _term(term) for name, term in (bindings or {}).items()
        }
        chosen: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
        among: list[ox.NamedNode | ox.BlankNode] | None = None
        if default or named:
            # A dataset that is given by either has nothing beside what is named: SPARQL 1.1 Protocol, 2.1.4.
            chosen, among = [*map(_graph, default)], [*map(_graph, named)]
        try:
            return self._store.query(text, prefixes=dict(PREFIXES), substitutions=substitutions,
                                     default_graph=chosen, named_graphs=among)
        except SyntaxError as error:
            raise _syntax_error(str(error), text) from error
        except RuntimeError as error:
            raise QueryError(f"the query cannot be run: {error}") from error
        except (OSError, ValueError) as error:
            raise _trouble(self.place, error) from error

    def quads(self) -> Iterator[Statement]:
        """Every statement of the articles' graphs, in no fixed order."""
        for quad in self._store:
            if isinstance(quad.graph_name, ox.DefaultGraph) or quad.graph_name == _APART:
                continue
            object_ = str(quad.object)
            if quad.predicate.value in _OFFSETS:
                # Oxigraph keeps every kind of whole number as xsd:integer; offsets get their type back.
                object_ = object_.replace("XMLSchema#integer>", "XMLSchema#nonNegativeInteger>")
            yield str(quad.subject), str(quad.predicate), object_, str(quad.graph_name)

    def _solutions(self, results: ox.QuerySolutions) -> Iterator[tuple[str | None, ...]]:
        try:
            for row in results:
                yield tuple(None if value is None else str(value) for value in row)
        except (OSError, RuntimeError, ValueError) as error:
            raise _trouble(self.place, error) from error

    def _triples(self, results: ox.QueryTriples) -> Iterator[tuple[str | None, ...]]:
        try:
            for triple in results:
                yield str(triple.subject), str(triple.predicate), str(triple.object)
        except (OSError, RuntimeError, ValueError) as error:
            raise _trouble(self.place, error) from error


def write_graph(
    quads: Iterable[Statement], folder: Path, contents: str = "", apart: Iterable[Statement] = (), nquads: Path | None = None
) -> int:
    """Make the quads the whole graph of the store folder; how many were written.

    What is written ``apart`` stands in its own graphs alone, and no query sees it that does not ask for them. The quads are
    gone through once: sorted, they are written to ``nquads`` too where a file is named.

    Everything is loaded beside the graph that is there and then takes its place by renaming, so that a reader or a killed
    build sees the one or the other. ``contents`` is kept for :func:`graph_contents`. Hold the store's lock.
    """
    recover_graph(folder)
    beside, named, union = folder / _NEW, folder / "graph.nq.part", folder / "graph.nt.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        count = 0
        with named.open("w", encoding="utf-8", newline="\n") as lines, union.open("w", encoding="utf-8", newline="\n") as triples:
            for quad in quads:
                triple = " ".join(quad[:3])
                lines.write(f"{triple} {quad[3]} .\n")
                # The default graph holds the union itself: asked for a union, Oxigraph repeats what several graphs state, and
                # the repetitions of a join multiply.
                triples.write(f"{triple} .\n")
                count += 1
            reported = lines.tell()
            for quad in apart:
                lines.write(f"{' '.join(quad)} .\n")
                count += 1
        store = ox.Store(str(beside))
        if count:
            store.bulk_load(path=str(named), format=ox.RdfFormat.N_QUADS)
            store.bulk_load(path=str(union), format=ox.RdfFormat.N_TRIPLES)
        store.flush()
        del store
        union.unlink()
        if nquads is not None:
            _sort_lines(named, reported, nquads)
        (beside / _NOTE).write_text(json.dumps({"format": FORMAT, "contents": contents}), encoding="utf-8")
        _swap(folder)
    except (OSError, SyntaxError, ValueError) as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise StoreError(f"{folder}: the graph cannot be written ({error}); check the disk and the folder") from error
    finally:
        named.unlink(missing_ok=True)
        union.unlink(missing_ok=True)
    return count


def recover_graph(folder: Path) -> None:
    """Put right what a build killed between two renames left behind; hold the store's lock."""
    if (folder / _OLD).is_dir():
        if (folder / GRAPH).is_dir():
            shutil.rmtree(folder / _OLD, ignore_errors=True)
        else:
            (folder / _OLD).rename(folder / GRAPH)
    shutil.rmtree(folder / _NEW, ignore_errors=True)


def graph_contents(folder: Path) -> str | None:
    """What :func:`write_graph` was told that the graph holds, or None where there is no graph of this format."""
    try:
        note = json.loads((folder / GRAPH / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(note.get("contents", "")) if isinstance(note, dict) and note.get("format") == FORMAT else None


def open_graph(folder: Path) -> GraphStore:
    """The graph of a store folder, for reading: any number of processes may read it while a build replaces it."""
    place = graph_place(folder)
    try:
        note = json.loads((place / _NOTE).read_text(encoding="utf-8"))
        version = note["format"]
        if version > FORMAT:
            raise StoreError(
                f"{place}: written by a newer kg (format {version}, this one knows {FORMAT}); "
                "upgrade kg or build into another folder"
            )
        return GraphStore(ox.Store.read_only(str(place)), str(place))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _trouble(str(place), error) from error


def graph_place(folder: Path) -> Path:
    """The folder of the engine's files in a store folder; :class:`StoreError` where there is none."""
    place = next((folder / name for name in (GRAPH, _OLD) if (folder / name).is_dir()), None)
    if place is None:
        raise StoreError(f"{folder}: there is no graph here; run `kg build` first or point --graph at an output folder")
    return place


def open_memory(quads: Iterable[Statement]) -> GraphStore:
    """A graph in memory, for asking what was just built without a folder."""
    store = ox.Store()
    try:
        store.bulk_load("".join(map(_lines, quads)).encode(), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"a statement is not N-Quads ({error})") from error
    return GraphStore(store, "memory")


def _sort_lines(lines: Path, end: int, path: Path) -> None:
    """Sort the lines of a file up to an offset into another file, each once."""

    def before() -> Iterator[str]:
        at = 0
        with lines.open("rb") as file:
            while at < end:
                line = file.readline()
                at += len(line)
                yield line[:-1].decode()

    with replacing(path) as file:
        file.writelines(f"{line}\n" for line in read_sorted(before(), path.parent))


def _lines(quad: Statement) -> str:
    # As in write_graph.
    triple = " ".join(quad[:3])
    return f"{triple} {quad[3]} .\n{triple} .\n"


def _swap(folder: Path) -> None:
    current, old = folder / GRAPH, folder / _OLD
    if current.is_dir():
        current.rename(old)
    (folder / _NEW).rename(current)
    shutil.rmtree(old, ignore_errors=True)


def _term(encoded: str) -> ox.NamedNode | ox.Literal:
    try:
        (quad,) = ox.parse(f"<a:s> <a:p> {encoded} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{encoded}: not a term ({error})") from error
    if not isinstance(quad.object, ox.NamedNode | ox.Literal):
        raise QueryError(f"{encoded}: a parameter is an IRI or a literal")
    return quad.object


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise QueryError(f"{name[:80]!r} names no graph: it is not an IRI") from error


def _syntax_error(message: str, text: str) -> QueryError:
    place = _PLACE.search(message)
    if place is None:
        return QueryError(f"the query does not parse: {message}")
    line = int(place.group(1))
    lines = text.splitlines()
    shown = f"\n    {lines[line - 1].strip()}" if 0 < line <= len(lines) else ""
    what = message[place.end() :].lstrip(": ")
    return QueryError(f"the query does not parse: line {line}, column {place.group(2)}: {what}{shown}")


def _trouble(place: str, error: Exception) -> StoreError:
    if "lock" in str(error).lower():
        return StoreError(f"{place}: another process is writing this graph; wait until it ends")
    return StoreError(f"{place}: the graph is damaged or cannot be read ({error}); delete the store folder and build again")
