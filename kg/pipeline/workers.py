"""Many articles, read in this process or by worker processes that are handed one article at a time."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pickle import PicklingError
from typing import Final, Generic, TypeVar

from kg.errors import AnalysisError, KgError
from kg.model import Article

Item = TypeVar("Item")
Result = TypeVar("Result")
Task = Callable[[Article], Result]

AHEAD: Final = 4  # articles taken up per worker: enough to keep every worker busy, few enough to keep memory flat
_STOPS: Final = (signal.SIGINT, signal.SIGTERM)
_READY: Final = "ready"


def read_in_order(
    items: Iterable[tuple[Item, Article | None]], task: Task[Result], jobs: int = 1
) -> Generator[tuple[Item, Result | str | None], None, None]:
    """Each item with what the task makes of its article, in the order of the items whatever the number of jobs.

    An item without an article comes back with None. An article whose worker dies comes back with a line that says so, and
    another worker takes over. The task is pickled once for each worker; at most four articles per worker are in memory.
    Close the iterator to end the workers early. A worker that cannot begin is an :class:`AnalysisError`.
    """
    if jobs <= 1:
        for item, article in items:
            yield item, None if article is None else task(article)
        return
    crew: _Crew[Item, Result] = _Crew(task, jobs)
    try:
        yield from crew.read(iter(items))
    finally:
        crew.close()


@dataclass(slots=True)
class _Slot(Generic[Item, Result]):
    """One item in its turn, with the result once there is one."""

    item: Item
    done: bool
    result: Result | str | None = None


@dataclass(slots=True)
class _Worker(Generic[Item, Result]):
    """One process, our end of the pipe to it, and the item that it is at."""

    process: SpawnProcess
    connection: Connection
    begun: bool = False
    slot: _Slot[Item, Result] | None = None


class _Crew(Generic[Item, Result]):
    """The workers, each idle or at one article. Only a worker holds the other end of its pipe, so its death is seen at once."""

    def __init__(self, task: Task[Result], jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._idle: list[_Worker[Item, Result]] = []
        self._busy: dict[Connection, _Worker[Item, Result]] = {}

    def read(self, items: Iterator[tuple[Item, Article | None]]) -> Iterator[tuple[Item, Result | str | None]]:
        """The items in their order with their results."""
        turns: deque[_Slot[Item, Result]] = deque()
        more = True
        while more or turns:
            while more and len(self._busy) < self._jobs and len(turns) < self._jobs * AHEAD:
                taken = next(items, None)
                if taken is None:
                    more = False
                    break
                turns.append(_Slot(taken[0], done=taken[1] is None))
                if taken[1] is not None:
                    self._give(turns[-1], taken[1])
            if turns and turns[0].done:
                slot = turns.popleft()
                yield slot.item, slot.result
            elif turns:
                self._collect()

    def close(self) -> None:
        """End every worker, busy or not, and wait until none is left."""
        workers = [*self._idle, *self._busy.values()]
        self._idle.clear()
        self._busy.clear()
        for worker in workers:
            worker.process.kill()
            worker.connection.close()
        for worker in workers:
            worker.process.join()

    def _give(self, slot: _Slot[Item, Result], article: Article) -> None:
        while True:
            worker = self._idle.pop() if self._idle else self._start()
            try:
                worker.connection.send(article)
            except OSError:
                line = self._bury(worker)
                if worker.begun:
                    continue  # it died between two articles: another takes this one
                slot.result, slot.done = line, True
                return
            worker.slot = slot
            self._busy[worker.connection] = worker
            return

    def _collect(self) -> None:
        """Wait for the workers, and take what those that are done have to say."""
        for connection in wait(list(self._busy)):
            assert isinstance(connection, Connection)
            worker = self._busy[connection]
            try:
                answer = connection.recv()
            except (EOFError, OSError):
                del self._busy[connection]
                self._settle(worker, self._bury(worker))
                continue
            if not worker.begun:
                worker.begun = answer == _READY
            elif isinstance(answer, KgError):
                raise answer
            else:
                del self._busy[connection]
                self._settle(worker, answer)
                self._idle.append(worker)

    def _settle(self, worker: _Worker[Item, Result], result: Result | str) -> None:
        if worker.slot is not None:
            worker.slot.result, worker.slot.done, worker.slot = result, True, None

    def _bury(self, worker: _Worker[Item, Result]) -> str:
        """Clear away a dead worker and say how it died; one that ended before it began would do so for every article."""
        worker.process.join()
        worker.connection.close()
        code = worker.process.exitcode or 0
        if code >= 0 and not worker.begun:
            raise AnalysisError(f"a worker process ended with code {code} before it could begin; run without --jobs to see why")
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return f"the process that read it {how}, perhaps for want of memory; read it again, or with fewer --jobs"

    def _start(self) -> _Worker[Item, Result]:
        # Spawned, not forked: no thread and no open file of ours is copied half-way, and every system starts them alike.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._task, gc.get_threshold()), name="kg-reader", daemon=True)
        try:
            with _signals_held():
                process.start()
        except (PicklingError, AttributeError, TypeError) as error:
            raise AnalysisError(f"what is to be done cannot be handed to worker processes ({error}); use one job") from error
        finally:
            theirs.close()
        return _Worker(process, ours)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let a stop wait until the process has begun, which inherits the wait: who asks us to stop means all, and we end the workers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # its own start would lift the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, task: Task[object], threshold: tuple[int, int, int]) -> None:
    """The life of a worker: articles in, results out, until the other end is gone."""
    gc.set_threshold(*threshold)  # as its parent collects
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN)
    try:
        connection.send(_READY)
        while True:
            connection.send(_answer(task, connection.recv()))
    except (EOFError, OSError):
        return


def _answer(task: Task[object], article: Article) -> object:
    try:
        return task(article)
    except KgError as error:
        return error
    except Exception as error:
        return AnalysisError(f"{article.id}: an unforeseen {type(error).__name__} ({error}); report it with the text")
