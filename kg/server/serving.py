"""From a folder to a running server, and back to nothing: snapshot, processes, socket, in this order."""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from waitress import wasyncore
from waitress.server import create_server

from kg.errors import ServerError
from kg.server.application import Application
from kg.server.workers import Workers
from kg.store import open_snapshot

HOST: Final = "127.0.0.1"
SECONDS: Final = 60.0
STORE, PAGE = "store", "graph.html"
THREADS: Final = 32
CONNECTIONS: Final = 400
BODY: Final = 1 << 20  # bytes of a request


class Server:
    """A server that answers at ``url`` until the block of :func:`open_server` ends."""

    def __init__(self, url: str, thread: threading.Thread) -> None:
        self.url = url
        self._thread = thread

    def wait(self) -> None:
        """Wait as long as the server runs; a signal ends it by an exception here."""
        while self._thread.is_alive():
            self._thread.join(1.0)
        raise ServerError("the server has ended by itself; start it again")


@contextmanager
def open_server(graph: Path, port: int = 0, *, seconds: float = SECONDS, notice: Callable[[str], None] = lambda line: None) -> Iterator[Server]:
    """Serve the output folder of a build on 127.0.0.1; port 0 takes a free one.

    What is served is a snapshot: a build beside it may replace the store. A query that runs longer than ``seconds`` is
    ended. ``notice`` is told of errors that nobody foresaw. A missing graph is a :class:`StoreError`, a port that is taken a
    :class:`ServerError`.
    """
    with open_snapshot(graph / STORE) as snapshot, Workers(snapshot, seconds, _processes()) as workers:
        application = Application(workers, _read_page(graph / PAGE), notice)
        with _listening(application, port) as server:
            yield server


def _processes() -> int:
    return max(2, min(4, os.cpu_count() or 2))


def _read_page(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextmanager
def _listening(application: Application, port: int) -> Iterator[Server]:
    # What goes wrong on a connection is the client's affair, and waitress goes on; it need not say so.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    sockets: dict[int, Any] = {}
    try:
        # Looking ahead is how a client that has gone is noticed while its query runs.
        listener = create_server(
            application, map=sockets, listen=f"{HOST}:{port}", threads=THREADS, connection_limit=CONNECTIONS, ident="kg",
            max_request_body_size=BODY, channel_request_lookahead=1, asyncore_use_poll=True,
        )
    except OSError as error:
        raise ServerError(_no_port(port, error)) from error
    thread = threading.Thread(target=listener.run, name="kg-serve", daemon=True)
    thread.start()
    try:
        yield Server(f"http://{HOST}:{listener.effective_port}/", thread)
    finally:
        # Sockets belong to the thread that waits on them, so that it is the one to close them.
        listener.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
        thread.join(5.0)
        listener.task_dispatcher.shutdown(timeout=0)


def _no_port(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; choose another --port, or 0 for a free one"
    return f"port {port} cannot be used ({error.strerror}); choose another --port, or 0 for a free one"
