"""A graph kept as it is at one moment, whatever builds do to the store in the meantime."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError
from kg.store.locks import Lock
from kg.store.oxigraph import GRAPH, graph_place

_PREFIX, _LOCK, _TABLE = "kg-snapshot-", "lock", ".sst"
_ATTEMPTS = 20


@contextmanager
def open_snapshot(folder: Path) -> Iterator[Path]:
    """A store folder of its own with the graph of ``folder`` in it, for :func:`open_graph`; it goes when the block ends.

    It stands in the store, where the engine's tables are linked and not copied, or among the system's temporary files
    where the store cannot be written. What a killed process left behind is removed by the next snapshot.
    """
    graph_place(folder)
    place = _make_folder(folder)
    lock = Lock(place / _LOCK)
    try:
        _copy_graph(folder, place / GRAPH)
        yield place
    finally:
        lock.release()
        shutil.rmtree(place, ignore_errors=True)


def _make_folder(folder: Path) -> Path:
    for parent in (folder, Path(tempfile.gettempdir())):
        _remove_abandoned(parent)
        try:
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        except OSError as error:
            failed = error
    raise StoreError(f"{folder}: no room for a snapshot of the graph ({failed.strerror}); set TMPDIR to a folder with room")


def _remove_abandoned(parent: Path) -> None:
    for left in sorted(parent.glob(f"{_PREFIX}*")):
        if left.is_symlink():
            continue
        # A lock that can be taken belonged to a process that is no more.
        with suppress(StoreError):
            Lock(left / _LOCK).release()
            shutil.rmtree(left, ignore_errors=True)


def _copy_graph(folder: Path, target: Path) -> None:
    for _ in range(_ATTEMPTS):
        shutil.rmtree(target, ignore_errors=True)
        try:
            source = graph_place(folder)
            before = _identity(source)
            target.mkdir()
            for path in sorted(source.iterdir()):
                _copy_file(path, target / path.name)
            if _identity(source) == before:
                return
        except FileNotFoundError:
            continue  # a build has just put another graph in its place
        except OSError as error:
            raise StoreError(f"{folder}: the graph cannot be copied ({error.strerror}); check the disk") from error
    raise StoreError(f"{folder}: the graph is replaced again and again; wait until the builds end")


def _identity(source: Path) -> tuple[int, int, int]:
    status = source.stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns


def _copy_file(path: Path, target: Path) -> None:
    if path.suffix == _TABLE:
        # A table is never changed once it is written, so that a second name for it is as good as a copy.
        with suppress(OSError):
            os.link(path, target)
            return
    shutil.copyfile(path, target)
