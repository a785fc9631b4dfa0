"""Sorting more lines than memory holds: sorted runs on disk, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

RUN = 500_000  # lines in memory at a time: some 150 MB


def read_sorted(lines: Iterable[str], beside: Path, run: int = RUN) -> Iterator[str]:
    """The lines (without line ends, none inside) sorted by code point, each once; long inputs go through ``beside``."""
    source = iter(lines)
    first = sorted(set(islice(source, run)))
    more = sorted(set(islice(source, run)))
    if not more:
        yield from first
        return
    with TemporaryDirectory(prefix="sorting-", dir=beside) as folder, ExitStack() as stack:
        runs: list[Iterator[str]] = []
        batch: list[str] = first
        while batch:
            path = Path(folder) / f"{len(runs)}.txt"
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(line + "\n" for line in batch)
            opened = stack.enter_context(path.open(encoding="utf-8", newline="\n"))
            runs.append(line.removesuffix("\n") for line in opened)
            batch, more = more, sorted(set(islice(source, run)))
        last = None
        for line in merge(*runs):
            if line != last:
                yield line
                last = line
