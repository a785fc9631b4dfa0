"""How far the reading of some inputs has come, for whoever waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kg.readers.inputs import Source
from kg.readers.options import Draft


class Meter:
    """Bytes of files: ``done`` of ``total``; the total is None where an address or standard input is among the inputs."""

    def __init__(self) -> None:
        self.total: int | None = None
        self._sizes: dict[str, int] = {}
        self._before = 0
        self._place: Callable[[], int] | None = None
        self._share: float | None = None
        self._size = 0

    @property
    def done(self) -> int:
        """The bytes behind us; in a file that is read whole, the share of its articles that are."""
        if self._share is not None:
            return self._before + int(self._size * self._share)
        try:
            return self._before + (0 if self._place is None else min(self._place(), self._size))
        except ValueError:  # closed by what unpacked it
            return self._before + self._size

    def expect(self, sources: Iterable[Source]) -> None:
        """Take the sizes of what is to be read."""
        listed = list(sources)
        self._sizes = {source.name: _size(source.name) for source in listed if source.kind == "file"}
        self.total = sum(self._sizes.values()) if all(source.kind == "file" for source in listed) else None

    @contextmanager
    def reading(self, source: Source, stream: BinaryIO) -> Iterator[None]:
        """Follow the stream of a source until it is read."""
        self._size, self._place, self._share = self._sizes.get(source.name, 0), stream.tell, None
        try:
            yield
        finally:
            self._before += self._size
            self._size, self._place, self._share = 0, None, None

    def pass_draft(self, draft: Draft) -> None:
        """Note an article as it goes by."""
        if draft.number is not None and draft.of:
            self._share = draft.number / draft.of


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
