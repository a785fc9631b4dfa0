"""Building: from inputs to the readings store, and from all readings to the five outputs."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb
from typing import Protocol

from kg.errors import ConformanceError, KgError, OntologyError, RuleError, StoreError
from kg.graph import (
    article_iri,
    build_inferred,
    build_quads,
    fact_name,
    find_conflicts,
    find_fact_rows,
    is_direct,
    node_name,
    read_premises,
    rule_name,
    write_fact_lines,
)
from kg.link import Identities, build_identities, find_stories
from kg.model import Article, Reading
from kg.pipeline.documents import ReadingOptions, link_alone, read_article
from kg.pipeline.identity import decisions_hash, identify, keep_decisions
from kg.pipeline.versions import reader_hash, writer_hash
from kg.pipeline.workers import read_in_order
from kg.readers import Meter, ReadOptions, Skipped, read_articles
from kg.store import ReadingStore, find_inferred, graph_contents, open_graph, write_graph, write_turtle
from kg.tables.ontology import load_ontology
from kg.vocab import PREFIXES

STORE = "store"
TURTLE, PAGE, LINES, REPORT, INFERENCES = "graph.ttl", "graph.html", "facts.jsonl", "report.json", "inferred.ttl"


class Progress(Protocol):
    """Told the name of each input as it is done, and of how many bytes of files how many are behind it; 0 of 0 is unknown."""

    def __call__(self, name: str, done: int = 0, total: int = 0) -> None: ...


class Known(Protocol):
    """What has been read before: the content hash that an article's reading was kept with, None for one that is new."""

    def content_hash(self, article: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """An input taken up, and how far the reading of the inputs had come by then."""

    input: Article | Skipped
    content: str
    done: int
    total: int

    @property
    def name(self) -> str:
        return self.input.input if isinstance(self.input, Skipped) else self.input.id


@dataclass(slots=True)
class Report:
    """What a build did: inputs read, unchanged and skipped, articles removed, and the size of what came out."""

    read: list[dict[str, object]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 all read or removed, 1 nothing usable, 3 some inputs skipped."""
        if not self.read and not self.removed:
            return 1
        return 3 if self.skipped else 0


def build_graph(
    inputs: Sequence[str],
    out: Path,
    *,
    reading: ReadingOptions | None = None,
    source: ReadOptions | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    check: bool = True,
    infer: bool = False,
    identity: Path | None = None,
) -> Report:
    """Read the inputs into the store under ``out`` and write all outputs anew over the whole store.

    ``jobs`` processes read; the articles are kept in the order of the inputs, and the outputs are the same for any number.
    An article that the store holds with the same content is not read again.
    With ``infer`` what follows from the direct triples is written too, in a graph and a file of its own. The decisions of the
    file ``identity`` say who is one and who is not; they hold for later builds too, until another file is given.
    """
    began = time.monotonic()
    report = Report()
    folder = out / STORE
    prepare_folder(out)
    with ReadingStore(folder) as store:
        before = find_names(identify(store, folder)) if len(store) else {}
        if identity is not None:
            keep_decisions(identity, folder)
        gazetteer = None if reading is None else reading.gazetteer
        taken = take_inputs(inputs, source, store, gazetteer)
        with closing(taken), closing(read_in_order(taken, partial(read_timed, options=reading), jobs)) as results:
            for item, result in results:
                _keep(store, item, result, report)
                if progress is not None:
                    progress(item.name, item.done, item.total)
        if len(store):
            report.renamed = find_renamed(before, find_names(write_outputs(store, out, report, check=check, infer=infer)))
    report.seconds = round(time.monotonic() - began, 3)
    write_report(report, out)
    return report


def extract_lines(
    inputs: Sequence[str],
    *,
    reading: ReadingOptions | None = None,
    source: ReadOptions | None = None,
    jobs: int = 1,
) -> Generator[tuple[str, ...] | Skipped, None, None]:
    """The facts of each article by itself as JSON lines, in the order of the inputs, or why there are none."""

    def articles() -> Iterator[tuple[Article | Skipped, Article | None]]:
        for item in read_articles(inputs, source or ReadOptions()):
            yield item, None if isinstance(item, Skipped) else item

    with closing(read_in_order(articles(), partial(_lines_safely, options=reading), jobs)) as results:
        for item, result in results:
            if isinstance(item, Skipped):
                yield item
            elif isinstance(result, str) or result is None:
                yield Skipped(item.id, result or "not read")
            else:
                yield result


def take_inputs(
    inputs: Sequence[str], source: ReadOptions | None, store: Known, gazetteer: Path | None
) -> Generator[tuple[Taken, Article | None], None, None]:
    """The inputs with the articles among them that are to be read: those that the store does not hold as they are."""
    meter = Meter()
    for item in read_articles(inputs, source or ReadOptions(), meter):
        content = "" if isinstance(item, Skipped) else content_hash(item, gazetteer)
        taken = Taken(item, content, meter.done, meter.total or 0)
        yield taken, None if isinstance(item, Skipped) or store.content_hash(item.id) == content else item


def prepare_folder(out: Path) -> None:
    """Make the output folder, or say with a :class:`StoreError` why nothing can be written there."""
    try:
        (out / STORE).mkdir(parents=True, exist_ok=True)
        probe = out / ".kg-probe"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise StoreError(f"{out}: cannot write there ({error.strerror}); choose another folder with --out.") from error


def _keep(store: ReadingStore, taken: Taken, result: tuple[Reading, float] | str | None, report: Report) -> None:
    if isinstance(taken.input, Skipped):
        report.skipped.append({"input": taken.input.input, "reason": taken.input.reason})
    elif result is None:
        report.read.append({"article": taken.input.id, "unchanged": True, "seconds": 0.0})
    elif isinstance(result, str):
        report.skipped.append({"input": taken.input.id, "reason": result})
    else:
        reading, seconds = result
        store.put(reading, taken.content)
        sizes = {"sentences": len(reading.sentences), "entities": len(reading.entities), "facts": len(reading.facts)}
        report.read.append({"article": taken.input.id} | sizes | {"seconds": round(seconds, 3)})


def read_timed(article: Article, options: ReadingOptions | None) -> tuple[Reading, float] | str:
    """The reading of an article with the seconds that it took, or why there is none."""
    began = time.monotonic()
    result = read_safely(article, options)
    return result if isinstance(result, str) else (result, time.monotonic() - began)


def _lines_safely(article: Article, options: ReadingOptions | None) -> tuple[str, ...] | str:
    result = read_safely(article, options)
    if isinstance(result, str):
        return result
    return tuple(json.dumps(row, ensure_ascii=False) for row in find_fact_rows(link_alone(result), load_ontology()))


def read_safely(article: Article, reading: ReadingOptions | None = None) -> Reading | str:
    """The reading of an article, or why there is none: one article that breaks a pass must not end the run."""
    try:
        return read_article(article, reading)
    except (RuleError, OntologyError):
        raise  # nothing can be read with these
    except KgError as error:
        return str(error)
    except MemoryError:
        return "too large for the memory of this machine; split it"
    except Exception as error:
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return f"cannot be analysed: an unforeseen {type(error).__name__} in {where}; report it with the text"


def content_hash(article: Article, gazetteer: Path | None = None) -> str:
    """A hash of all that the reading depends on: the article, and the rules, names, weights and passes that read it."""
    known = (
        reader_hash(gazetteer),
        article.text,
        article.title,
        None if article.published is None else article.published.isoformat(),
        article.url,
        article.outlet,
        list(article.authors),
    )
    return sha256(json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def write_outputs(store: ReadingStore, out: Path, report: Report, *, check: bool = True, infer: bool = False) -> Identities:
    """Link all readings of a store and write graph, facts and page."""
    ontology = load_ontology()
    identities = identify(store, out / STORE)

    def linked() -> Iterator[Reading]:
        return (identities.link(reading) for reading in store)

    stories = find_stories(store)
    inferred = find_inferred(read_premises(linked(), ontology)) if infer else ()
    apart = tuple(build_inferred(inferred, linked(), ontology)) if infer else ()
    contents = f"{store.contents()} {writer_hash()}{decisions_hash(out / STORE)}" + ("+inferred" if infer else "")
    if graph_contents(out / STORE) != contents:
        write_graph(build_quads(linked(), ontology, stories), out / STORE, contents, apart)
    if infer:
        report.counts["inferred"] = len(inferred)
        write_turtle(apart, out / INFERENCES, PREFIXES)
    else:
        (out / INFERENCES).unlink(missing_ok=True)
    report.counts["triples"] = write_turtle(build_quads(linked(), ontology, stories), out / TURTLE, PREFIXES)
    report.counts["facts"] = write_fact_lines(linked(), ontology, out / LINES)
    report.counts["articles"] = len(store)
    report.counts["stories"] = len(store) - len(stories)
    report.counts["entities"] = len(set(find_names(identities).values()))
    if check:
        from kg.validate import find_violations

        violations = find_violations(out / TURTLE)
        if violations:
            first = violations[0]
            raise ConformanceError(
                f"{out / TURTLE}: the graph breaks its shapes in {len(violations)} places, first at {first.focus}: {first.message} "
                f"Run `kg validate {out / TURTLE}` for all of them."
            )
    from kg.render import build_page, write_page

    conflicts = find_conflicts(linked())
    page = build_page(
        linked(), ontology, conflicts=conflicts,
        name_fact=fact_name, name_article=article_iri, name_value=node_name, name_rule=rule_name,
        is_direct=partial(is_direct, ontology=ontology),
    )
    write_page(page, out / PAGE)
    return identities


def find_names(identities: Identities) -> dict[tuple[str, str], str]:
    """The CURIE of each entity of each article: ``("a1", "e3")`` is ``kgr:KT``."""
    return {place: entity.id for place, entity in identities.of.items()}


def find_renamed(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> list[dict[str, str]]:
    """The entities that are there still under another CURIE."""
    return [{"article": a, "from": old, "to": after[a, e]} for (a, e), old in sorted(before.items()) if after.get((a, e), old) != old]


def write_report(report: Report, out: Path) -> None:
    """Write ``report.json``."""
    rows = {
        "articles": report.read,
        "removed": report.removed,
        "skipped": report.skipped,
        "renamed": report.renamed,
        "counts": report.counts,
        "seconds": report.seconds,
    }
    (out / REPORT).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def read_linked(folder: Path) -> tuple[Reading, ...]:
    """The linked readings of an output folder."""
    check_graph(folder)
    with ReadingStore(folder / STORE, writable=False) as store:
        identities = identify(store, folder / STORE)
        return tuple(identities.link(reading) for reading in store)


def check_graph(folder: Path) -> None:
    """Nothing where a build has written here, else a :class:`StoreError`."""
    if not (folder / STORE / "readings.sqlite").is_file():
        raise StoreError(f"{folder}: there is no graph here; run `kg build` first or point --graph at an output folder.")


def link_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings linked among themselves, in the order of their articles' ids."""
    kept = sorted(readings, key=lambda r: r.article.id)
    identities = build_identities(kept)
    return tuple(identities.link(reading) for reading in kept)


__all__ = ["Report", "build_graph", "content_hash", "extract_lines", "link_readings", "open_graph", "read_linked", "read_safely", "write_outputs"]
