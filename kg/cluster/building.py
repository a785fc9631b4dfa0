"""``kg build --engine spark``: the inputs read in rounds by a cluster, and the graph of all readings as files of N-Quads."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.cluster.frames import sort_lines
from kg.cluster.linking import build_lines
from kg.cluster.readings import Kept, Outcome, list_files, read_bodies, read_index, round_of, write_readings
from kg.cluster.session import open_spark
from kg.errors import StoreError
from kg.model import Article
from kg.pipeline import ReadingOptions, Report
from kg.pipeline.building import Progress, Taken, prepare_folder, take_inputs
from kg.pipeline.identity import keep_decisions, kept_decisions
from kg.pipeline.outputs import STORE, write_report
from kg.readers import ReadOptions, Skipped
from kg.store import Lock

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

LINES: Final = "nquads"
READINGS: Final = "readings"
LOG: Final = "spark.log"
SHARE: Final = 256  # articles that a task reads at most: what a stop may lose of each core's work
PART: Final = 2_000  # articles whose statements make up a file
LISTED: Final = 100_000  # articles that report.json lists one by one; what is skipped is always named


def build_partitions(
    inputs: Sequence[str],
    out: Path,
    *,
    master: str = "local[*]",
    reading: ReadingOptions | None = None,
    source: ReadOptions | None = None,
    progress: Progress | None = None,
    identity: Path | None = None,
    anew: bool = False,
) -> Report:
    """Read the inputs with a Spark cluster and write the graph of all that was ever read into ``out`` as sorted N-Quads.

    ``out/nquads/part-00000.nq`` and its followers, one after the other, are what ``kg export --format nquads`` writes of the same
    articles. What a stopped build has read is kept in ``out/store/readings/`` file by file, and an article that is there with the same
    content is not read again, unless ``anew``. ``out`` must lie where every process of the cluster sees it.
    """
    began = time.monotonic()
    report = Report()
    prepare_folder(out)
    place = (out / STORE / READINGS).resolve()
    with _locked(out / STORE), open_spark(master, out / STORE / LOG) as spark:
        files = list_files(place)
        kept = _load(spark.sparkContext, files, place)
        if identity is not None:
            keep_decisions(identity, out / STORE)
        taken = take_inputs(inputs, source, kept, None if reading is None else reading.gazetteer, anew)
        with closing(taken):
            _read(spark.sparkContext, taken, kept, place, 1 + max(map(round_of, files), default=0), reading, report, progress)
        if kept.of:
            _write(spark, kept, place, out, report)
        report.seconds = round(time.monotonic() - began, 3)
        write_report(report, out)
    return report


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if (folder / "readings.sqlite").exists():
        raise StoreError(f"{folder}: a build of one machine has its readings here; choose another --out for --engine spark")
    lock = Lock(folder / "lock")
    try:
        yield
    finally:
        lock.release()


def _load(context: SparkContext, files: Sequence[str], place: Path) -> Kept:
    kept = Kept()
    if files:
        index = context.parallelize(files, len(files)).flatMap(partial(read_index, folder=place))
        for file, article, content in index.collect():
            kept.add(article, content, file)
    return kept


def _read(
    context: SparkContext,
    taken: Iterator[tuple[Taken, Article | None]],
    kept: Kept,
    place: Path,
    turn: int,
    options: ReadingOptions | None,
    report: Report,
    progress: Progress | None,
) -> None:
    """Read in rounds: in each, every core has two shares, and the driver holds no more articles than that."""
    tasks = 2 * context.defaultParallelism
    while items := list(islice(taken, tasks * SHARE)):
        new = [(article, item.content) for item, article in items if article is not None]
        outcomes: dict[str, Outcome] = {}
        if new:
            shares = context.parallelize(new, min(tasks, len(new)))
            write = partial(write_readings, folder=place, turn=turn, options=options)
            outcomes = {outcome.article: outcome for outcome in shares.mapPartitionsWithIndex(write).collect()}
            turn += 1
        for item, _ in items:
            _note(item, outcomes.get(item.name), kept, report)
            if progress is not None:
                progress(item.name, item.done, item.total)


def _note(taken: Taken, outcome: Outcome | None, kept: Kept, report: Report) -> None:
    if isinstance(taken.input, Skipped):
        report.skipped.append({"input": taken.input.input, "reason": taken.input.reason})
        return
    article = taken.input.id
    row: dict[str, object] = {"article": article, "unchanged": True, "seconds": 0.0}
    if outcome is not None:
        if outcome.reason:
            report.skipped.append({"input": article, "reason": outcome.reason})
            return
        kept.add(article, taken.content, outcome.file)
        sizes = {"sentences": outcome.sentences, "entities": outcome.entities, "facts": outcome.facts}
        row = {"article": article} | sizes | {"seconds": outcome.seconds}
    if len(report.read) < LISTED:
        report.read.append(row)


def _write(spark: SparkSession, kept: Kept, place: Path, out: Path, report: Report) -> None:
    """Link all readings and write the parts beside those that are there, then in their place."""
    context = spark.sparkContext
    files = sorted({file for _, file in kept.of.values()})
    outdated = context.broadcast(kept.outdated)
    readings = context.parallelize(files, len(files)).flatMap(lambda file: read_bodies(file, place, outdated.value))
    parts = max(context.defaultParallelism, ceil(len(kept.of) / PART))
    graph = build_lines(readings, kept_decisions(out / STORE), parts)
    beside, target = out.resolve() / f"{LINES}.new", out / LINES
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    written = sort_lines(spark, graph.lines, parts).rdd.mapPartitionsWithIndex(partial(_write_part, folder=beside)).collect()
    report.counts["facts"] = graph.count_facts()
    report.counts["quads"] = sum(written)
    report.counts["articles"] = len(kept.of)
    report.counts["stories"] = len(kept.of) - graph.copies
    report.counts["entities"] = graph.individuals.count()
    try:
        if target.is_dir():
            shutil.rmtree(target)
        beside.rename(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be replaced ({error.strerror}); the new files are in {beside}") from error


def _write_part(number: int, rows: Iterable[Any], folder: Path) -> Iterator[int]:
    path = folder / f"part-{number:05}.nq"
    beside = folder / f".{path.name}.{os.getpid()}"
    count = 0
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(f"{row[0]}\n")
            count += 1
    beside.replace(path)
    yield count
