"""The processes that answer: kept while they behave, killed at a limit, replaced when next one is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from kg.errors import ServerError
from kg.server.worker import OK

START: Final = 60.0  # seconds within which a process is up
STEP: Final = 0.1  # seconds between two looks at the client and the clock
TIMED_OUT, BUSY, FAILED = 503, 503, 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process wrote: the format's short name and the open file, which has no name any more."""

    form: str
    file: IO[bytes]

    def text(self) -> str:
        """The whole answer."""
        with self.file:
            return self.file.read().decode("utf-8")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, with the HTTP status that says so."""

    status: int
    message: str


def never() -> bool:
    """A client that stays."""
    return False


class Workers:
    """At most ``most`` processes over one snapshot; a query that runs longer than ``seconds`` ends with its process."""

    def __init__(self, snapshot: Path, seconds: float, most: int) -> None:
        self._snapshot = snapshot
        self._seconds = seconds
        self._lock = threading.Lock()
        self._free = threading.Semaphore(most)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False
        self._asked = 0

    def __enter__(self) -> Workers:
        # The first one tells whether the graph can be opened at all.
        with self._borrowed():
            return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.end()

    def ask(self, request: Mapping[str, Any], is_gone: Callable[[], bool] = never) -> Answer | Refusal:
        """The answer to a request as :func:`kg.server.worker.answer` takes it; it is given up when the client is gone."""
        if not self._free.acquire(timeout=self._seconds):
            return Refusal(BUSY, f"the server was busy with other queries for {self._seconds:g} seconds; ask again later")
        try:
            with self._borrowed() as worker:
                used = worker.is_used
                answer = self._asked_of(worker, request, is_gone)
            if answer is None and used:
                # It may have been gone before it was asked: killed by the system, say, while it had nothing to do.
                with self._borrowed(new=True) as worker:
                    answer = self._asked_of(worker, request, is_gone)
            return answer or Refusal(FAILED, "the query ended its process: it needs too much memory or is nested too deeply; ask for less")
        except ServerError as error:
            return Refusal(FAILED, str(error))
        finally:
            self._free.release()

    def _asked_of(self, worker: _Worker, request: Mapping[str, Any], is_gone: Callable[[], bool]) -> Answer | Refusal | None:
        with self._lock:
            self._asked += 1
            path = self._snapshot / f"answer-{self._asked}"
        try:
            with worker.watched(self._seconds, is_gone):
                reply = worker.exchange({**request, "path": str(path)})
            if worker.timed_out:
                advice = "make it more selective, or start the server with more --seconds"
                return Refusal(TIMED_OUT, f"the query ran longer than {self._seconds:g} seconds; {advice}")
            if worker.is_left:
                return Refusal(FAILED, "the client has gone")
            if reply is None:
                return None
            if reply["status"] != OK:
                return Refusal(reply["status"], reply["message"])
            return Answer(reply["form"], path.open("rb"))
        finally:
            with suppress(OSError):
                path.unlink()

    @contextmanager
    def _borrowed(self, new: bool = False) -> Iterator[_Worker]:
        worker = self._take(new)
        try:
            yield worker
        finally:
            with self._lock:
                keep = worker.is_alive() and not self._closed
                if keep:
                    self._idle.append(worker)
                else:
                    self._all.discard(worker)
            if not keep:
                worker.end()

    def _take(self, new: bool) -> _Worker:
        with self._lock:
            if self._closed:
                raise ServerError("the server is stopping")
            while self._idle and not new:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                self._all.discard(worker)
            worker = _Worker(self._snapshot, self._seconds)
            self._all.add(worker)
        try:
            with worker.watched(START, never):
                ready = worker.read()
            if ready is None:
                raise ServerError("the process that answers queries does not start; is there enough memory?")
            if ready["status"] != OK:
                raise ServerError(ready["message"])
        except BaseException:
            with self._lock:
                self._all.discard(worker)
            worker.end()
            raise
        return worker


class _Worker:
    def __init__(self, snapshot: Path, seconds: float) -> None:
        self.timed_out = False
        self.is_left = False
        self.is_used = False
        self._ended = False
        # In a session of its own, so that Ctrl-C reaches the server alone, which then ends its processes.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.server.worker", str(snapshot), str(seconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        """Whether the process can be asked again."""
        return not self._ended and self._process.poll() is None

    def exchange(self, request: Mapping[str, Any]) -> dict[str, Any] | None:
        """The reply to a request; None where the process ended instead."""
        assert self._process.stdin is not None
        self.is_used = True
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:
            self._ended = True
            return None
        return self.read()

    def read(self) -> dict[str, Any] | None:
        """The next line of the process; None where it ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            self._ended = True
            return None
        reply: dict[str, Any] = json.loads(line)
        return reply

    @contextmanager
    def watched(self, seconds: float, is_gone: Callable[[], bool]) -> Iterator[None]:
        """Kill the process when the block takes too long or nobody waits for it any more."""
        done = threading.Event()
        end = time.monotonic() + seconds

        def watch() -> None:
            while not done.wait(max(0.0, min(STEP, end - time.monotonic()))):
                self.timed_out = time.monotonic() >= end
                self.is_left = not self.timed_out and is_gone()
                if self.timed_out or self.is_left:
                    self._kill()
                    return

        watcher = threading.Thread(target=watch, name="kg-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _kill(self) -> None:
        self._ended = True
        with suppress(OSError):
            self._process.kill()
