"""Building: from inputs to the readings store, and from all readings to the five outputs."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from traceback import extract_tb
from typing import Protocol

from kg.errors import KgError, OntologyError, RuleError, StoreError
from kg.graph import find_fact_rows
from kg.link import build_identities
from kg.model import Article, Reading
from kg.pipeline.documents import ReadingOptions, link_alone, read_article
from kg.pipeline.identity import keep_decisions
from kg.pipeline.outputs import STORE, WHOLE, Report, write_outputs, write_report
from kg.pipeline.versions import reader_hash
from kg.pipeline.workers import read_in_order
from kg.readers import Meter, ReadOptions, Skipped, read_articles
from kg.store import ReadingStore
from kg.tables.ontology import load_ontology


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
    anew: bool = False,
    whole: int = WHOLE,
) -> Report:
    """Read the inputs into the store under ``out`` and write all outputs anew over the whole store.

    ``jobs`` processes read; the articles are kept in the order of the inputs, and the outputs are the same for any number.
    An article that the store holds with the same content is not read again, unless ``anew``. Of more than ``whole`` facts
    :func:`write_outputs` writes N-Quads and a page of the weightiest.
    With ``infer`` what follows from the direct triples is written too, in a graph and a file of its own. The decisions of the
    file ``identity`` say who is one and who is not; they hold for later builds too, until another file is given.
    """
    began = time.monotonic()
    report = Report()
    folder = out / STORE
    prepare_folder(out)
    with ReadingStore(folder) as store:
        if identity is not None:
            keep_decisions(identity, folder)
        gazetteer = None if reading is None else reading.gazetteer
        taken = take_inputs(inputs, source, store, gazetteer, anew)
        with closing(taken), closing(read_in_order(taken, partial(read_timed, options=reading), jobs)) as results:
            for item, result in results:
                _keep(store, item, result, report)
                if progress is not None:
                    progress(item.name, item.done, item.total)
        if len(store):
            write_outputs(store, out, report, check=check, infer=infer, whole=whole)
        report.seconds = round(time.monotonic() - began, 3)
        # Under the lock as well, or the report of one build could stand beside the graph of another.
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
    inputs: Sequence[str], source: ReadOptions | None, store: Known, gazetteer: Path | None, anew: bool = False
) -> Generator[tuple[Taken, Article | None], None, None]:
    """The inputs with the articles among them that are to be read: those that the store does not hold as they are."""
    meter = Meter()
    for item in read_articles(inputs, source or ReadOptions(), meter):
        content = "" if isinstance(item, Skipped) else content_hash(item, gazetteer)
        taken = Taken(item, content, meter.done, meter.total or 0)
        known = isinstance(item, Skipped) or (not anew and store.content_hash(item.id) == content)
        yield taken, item if isinstance(item, Article) and not known else None


def prepare_folder(out: Path) -> None:
    """Make the output folder, or say with a :class:`StoreError` why nothing can be written there."""
    try:
        (out / STORE).mkdir(parents=True, exist_ok=True)
        # No lock is held yet, so the file must be this process's own: a name that two builds share is deleted under one of them.
        with TemporaryFile(dir=out):
            pass
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


def link_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings linked among themselves, in the order of their articles' ids."""
    kept = sorted(readings, key=lambda r: r.article.id)
    identities = build_identities(kept)
    return tuple(identities.link(reading) for reading in kept)


__all__ = ["Report", "build_graph", "content_hash", "extract_lines", "link_readings", "read_safely"]
