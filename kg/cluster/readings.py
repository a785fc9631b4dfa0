"""The readings of a build on a cluster: files that the tasks write, each whole or not there, so that a stopped build goes on.

A file holds one line for each article: its id and content hash, and its reading. Its name begins with the number of its round; where an
article was read in several rounds the last holds. The folder must be one that every process of the cluster sees.
"""

from __future__ import annotations

import gc
import gzip
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.model import Article, Reading
from kg.pipeline import ReadingOptions
from kg.pipeline.building import read_timed
from kg.store import decode_reading, encode_reading

ENDING: Final = ".jsonl.gz"
_LEVEL: Final = 3  # of gzip: a third of the size at little cost


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article: the file that holds its reading and its sizes, or the reason why there is none."""

    article: str
    file: str = ""
    reason: str = ""
    sentences: int = 0
    entities: int = 0
    facts: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Kept:
    """What the files hold: for each article its content hash and its file, and which lines of older files no longer count."""

    of: dict[str, tuple[str, str]] = field(default_factory=dict)
    outdated: set[tuple[str, str]] = field(default_factory=set)

    def content_hash(self, article: str) -> str | None:
        """The content hash that the article's reading was kept with, or None."""
        known = self.of.get(article)
        return None if known is None else known[0]

    def add(self, article: str, content: str, file: str) -> None:
        """Take note of a reading that is newer than all before it."""
        if article in self.of:
            self.outdated.add((self.of[article][1], article))
        self.of[article] = (content, file)


def list_files(folder: Path) -> tuple[str, ...]:
    """The names of the whole files in the order of their rounds; what a killed task left half is removed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f".*{ENDING}.*"):
            path.unlink(missing_ok=True)
        return tuple(sorted(path.name for path in folder.glob(f"*{ENDING}")))
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}); choose another --out folder") from error


def round_of(file: str) -> int:
    """The round in which a file was written: 12 for ``000012-00003.jsonl.gz``."""
    return int(file.partition("-")[0])


def write_readings(
    number: int, articles: Iterable[tuple[Article, str]], folder: Path, turn: int, options: ReadingOptions | None
) -> Iterator[Outcome]:
    """Read a task's share of the articles, each with its content hash, into a file of its own; an outcome for each."""
    gc.set_threshold(100_000, 50, 50)  # as the command line reads
    name = f"{turn:06}-{number:05}{ENDING}"
    beside = folder / f".{name}.{os.getpid()}"
    outcomes: list[Outcome] = []
    try:
        with open(beside, "wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as file:
            for article, content in articles:
                result = read_timed(article, options)
                if isinstance(result, str):
                    outcomes.append(Outcome(article.id, reason=result))
                    continue
                reading, seconds = result
                file.write(f"{json.dumps([article.id, content])}\t{encode_reading(reading)}\n".encode("ascii"))
                sizes = len(reading.sentences), len(reading.entities), len(reading.facts)
                outcomes.append(Outcome(article.id, name, "", *sizes, round(seconds, 3)))
        if any(not outcome.reason for outcome in outcomes):
            beside.replace(folder / name)  # the same bytes, should two tasks have had the same share
    finally:
        beside.unlink(missing_ok=True)
    yield from outcomes


def read_index(file: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """The file, id and content hash of each reading in a file."""
    for line in _lines(folder / file):
        article, content = json.loads(line.partition("\t")[0])
        yield file, article, content


def read_bodies(file: str, folder: Path, outdated: Iterable[tuple[str, str]]) -> Iterator[Reading]:
    """The readings of a file that still count."""
    old = {article for of, article in outdated if of == file}
    for line in _lines(folder / file):
        head, _, body = line.partition("\t")
        if json.loads(head)[0] not in old:
            yield decode_reading(body)


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="ascii", newline="\n") as file:
            yield from file
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: a file of readings is damaged or gone ({error}); remove it and build again") from error
