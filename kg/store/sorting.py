"""Sorting more lines than memory holds: sorted runs on disk, merged, and merged again where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import count, groupby, islice
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory

RUN = 200_000  # lines in memory at a time: some 70 MB
FAN = 64  # runs merged at a time: far fewer than a process may open files

_BARE = methodcaller("removesuffix", b"\n")


def read_sorted(lines: Iterable[str], beside: Path, run: int = RUN, fan: int = FAN) -> Iterator[str]:
    """The lines (without line ends, none inside) sorted by code point, each once; long inputs go through ``beside``.

    Of ``["나", "가", "나"]`` come 가 and 나. What is in memory depends on ``run`` and ``fan`` alone.
    """
    batches = _sorted_batches(lines, run)
    waiting = list(islice(batches, 2))
    if len(waiting) < 2:
        yield from (_decoded(line) for batch in waiting for line in batch)
        return
    with TemporaryDirectory(prefix="sorting-", dir=beside) as name:
        folder, numbers = Path(name), count()
        runs: list[Path] = []
        while waiting := waiting or list(islice(batches, 1)):
            runs.append(_write(waiting.pop(0), folder / f"{next(numbers)}.run"))
            if len(runs) >= fan:
                runs = [_write(_merged(runs), folder / f"{next(numbers)}.run")]
        yield from map(_decoded, _merged(runs))


def _sorted_batches(lines: Iterable[str], run: int) -> Iterator[list[bytes]]:
    # UTF-8 sorts as its code points do, and takes a half of the room.
    source = (line.encode("utf-8", "surrogatepass") for line in lines)
    while batch := sorted(set(islice(source, run))):
        yield batch


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "surrogatepass")


def _write(lines: Iterable[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)
    return path


def _merged(runs: list[Path]) -> Iterator[bytes]:
    """The lines of sorted files, each once; the files are gone afterwards."""
    with ExitStack() as stack:
        opened = [stack.enter_context(path.open("rb")) for path in runs]
        for line, _ in groupby(merge(*(map(_BARE, file) for file in opened))):
            yield line
    for path in runs:
        path.unlink()
