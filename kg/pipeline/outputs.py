"""The outputs of a store: graph, facts and page of all its readings, and the report of what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from kg.errors import ConformanceError, StoreError
from kg.graph import (
    Shared,
    article_iri,
    build_apart,
    build_article_quads,
    build_inferred,
    build_rdf,
    fact_name,
    is_direct,
    node_name,
    read_premises,
    rule_name,
    told_links,
    write_fact_lines,
)
from kg.link import Identities
from kg.model import Reading
from kg.pipeline.identity import decisions_hash, identify
from kg.pipeline.linked import LinkedReadings, find_shared
from kg.pipeline.versions import writer_hash
from kg.store import ReadingStore, find_inferred, graph_contents, write_graph, write_turtle
from kg.store.files import replacing
from kg.tables.ontology import Ontology, load_ontology
from kg.vocab import PREFIXES

STORE = "store"
TURTLE, NQUADS, PAGE, LINES, REPORT, INFERENCES = "graph.ttl", "graph.nq", "graph.html", "facts.jsonl", "report.json", "inferred.ttl"
WHOLE: Final = 100_000  # facts: of more there are N-Quads in the place of Turtle, and a page of the weightiest
PART: Final = 2_000  # facts that are checked at a time where there are more
NAMES: Final = "names.jsonl"


@dataclass(slots=True)
class Report:
    """What a build did: inputs read, unchanged and skipped, articles removed, and the size of what came out.

    ``shown`` is how many facts the page shows where they are not all.
    """

    read: list[dict[str, object]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    shown: int | None = None

    @property
    def exit_code(self) -> int:
        """0 all read or removed, 1 nothing usable, 3 some inputs skipped."""
        if not self.read and not self.removed:
            return 1
        return 3 if self.skipped else 0


def write_outputs(
    store: ReadingStore, out: Path, report: Report, *, check: bool = True, infer: bool = False, whole: int = WHOLE
) -> None:
    """Link all readings of a store and write graph, facts and page.

    Of more than ``whole`` facts none of the outputs is made in memory: N-Quads take the place of Turtle, the page shows the
    weightiest facts, and the shapes are checked part by part.
    """
    ontology = load_ontology()
    readings = LinkedReadings(store, identify(store, out / STORE))
    report.counts["facts"] = write_fact_lines(iter(readings), ontology, out / LINES)
    large = report.counts["facts"] > whole
    shared = find_shared(readings, out / STORE)
    inferred = find_inferred(read_premises(readings, ontology)) if infer else ()
    apart = tuple(build_inferred(inferred, readings, ontology)) if infer else ()
    quads = (quad for reading in readings for quad in build_article_quads(reading, ontology, shared))
    contents = f"{store.contents()} {writer_hash()}{decisions_hash(out / STORE)}" + ("+inferred" if infer else "")
    if graph_contents(out / STORE) != contents or (large and not (out / NQUADS).is_file()):
        (out / NQUADS).unlink(missing_ok=True)
        write_graph(quads, out / STORE, contents, apart, out / NQUADS if large else None)
    if infer:
        report.counts["inferred"] = len(inferred)
        write_turtle(apart, out / INFERENCES, PREFIXES)
    else:
        (out / INFERENCES).unlink(missing_ok=True)
    if large:
        (out / TURTLE).unlink(missing_ok=True)
        report.counts["triples"] = _count_triples(out / NQUADS)
    else:
        (out / NQUADS).unlink(missing_ok=True)
        again = (quad for reading in readings for quad in build_article_quads(reading, ontology, shared))
        report.counts["triples"] = write_turtle(again, out / TURTLE, PREFIXES)
    report.counts["articles"] = len(store)
    report.counts["stories"] = len(store) - len(shared.stories)
    report.counts["entities"] = len({entity.id for entity in readings.identities.of.values()})
    if check and large:
        _check_parts(readings, ontology, shared, out / NQUADS)
    elif check:
        _check_whole(out / TURTLE)
    _write_page(readings, ontology, shared, out / PAGE, report, large)
    _keep_names(readings.identities, out / STORE, report)


def _count_triples(path: Path) -> int:
    """The triples of sorted N-Quads, one that several graphs hold counted once."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return sum(1 for _ in groupby(line.rpartition(" <")[0] for line in file))


def _check_whole(path: Path) -> None:
    from kg.validate import find_violations

    violations = find_violations(path)
    if violations:
        first = violations[0]
        raise ConformanceError(
            f"{path}: the graph breaks its shapes in {len(violations)} places, first at {first.focus}: {first.message} "
            f"Run `kg validate {path}` for all of them."
        )


def _check_parts(readings: LinkedReadings, ontology: Ontology, shared: Shared, path: Path) -> None:
    """Check the articles some at a time; each article's graph describes all that it speaks of, so that nothing is missed."""
    from kg.validate import find_violations

    for part in _parts(readings):
        violations = find_violations(build_rdf(build_apart(part, ontology, shared)))
        if violations:
            first = violations[0]
            raise ConformanceError(
                f"{path}: the graph breaks its shapes, first at {first.focus} of the articles {part[0].article.id} to "
                f"{part[-1].article.id}: {first.message} Build these articles alone to see more."
            )


def _parts(readings: LinkedReadings) -> Iterator[list[Reading]]:
    part: list[Reading] = []
    for reading in readings:
        part.append(reading)
        if sum(len(each.facts) for each in part) >= PART:
            yield part
            part = []
    if part:
        yield part


def _write_page(readings: LinkedReadings, ontology: Ontology, shared: Shared, path: Path, report: Report, large: bool) -> None:
    from kg.render import build_page, select_weightiest, write_page

    title = None
    shown = select_weightiest(readings, fact_name) if large else tuple(readings)
    if large:
        report.shown = len({fact_name(fact) for reading in shown for fact in reading.facts})
        title = f"사실 {report.counts['facts']:,}건 가운데 비중이 큰 {report.shown:,}건"
    page = build_page(
        shown, ontology, title=title, conflicts=shared.fusion.conflicts, links=told_links(shared.fusion),
        name_fact=fact_name, name_article=article_iri, name_value=node_name, name_rule=rule_name,
        is_direct=partial(is_direct, ontology=ontology),
    )
    write_page(page, path)


def _keep_names(identities: Identities, folder: Path, report: Report) -> None:
    """Report who is still there under another CURIE than the outputs before, and keep the names for the outputs to come."""
    path = folder / NAMES
    after = {place: entity.id for place, entity in identities.of.items()}
    report.renamed = [
        {"article": article, "from": old, "to": after[article, local]}
        for article, local, old in _read_names(path)
        if after.get((article, local), old) != old
    ]
    with replacing(path) as file:
        file.writelines(json.dumps([*place, after[place]]) + "\n" for place in sorted(after))


def _read_names(path: Path) -> Iterator[tuple[str, str, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                article, local, curie = json.loads(line)
                yield article, local, curie
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); delete this file and build again") from error


def write_report(report: Report, out: Path) -> None:
    """Write ``report.json``."""
    rows = {
        "articles": report.read,
        "removed": report.removed,
        "skipped": report.skipped,
        "renamed": report.renamed,
        "counts": report.counts | ({} if report.shown is None else {"shown": report.shown}),
        "seconds": report.seconds,
    }
    (out / REPORT).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def read_linked(folder: Path) -> tuple[Reading, ...]:
    """The linked readings of an output folder."""
    with open_linked(folder) as readings:
        return tuple(readings)


@contextmanager
def open_linked(folder: Path) -> Iterator[LinkedReadings]:
    """The linked readings of an output folder, one at a time, while the block lasts."""
    check_graph(folder)
    with ReadingStore(folder / STORE, writable=False) as store:
        yield LinkedReadings(store, identify(store, folder / STORE))


def check_graph(folder: Path) -> None:
    """Nothing where a build has written here, else a :class:`StoreError`."""
    if not (folder / STORE / "readings.sqlite").is_file():
        raise StoreError(f"{folder}: there is no graph here; run `kg build` first or point --graph at an output folder.")
