"""One process that answers queries over a snapshot, one at a time, and may be killed at any moment."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError, QueryError
from kg.query import check_query, run_query
from kg.store import GraphStore, open_graph, write_answer

MEMORY: Final = 2 << 30  # bytes; a query that needs more ends its process
ANSWER: Final = 256 << 20  # bytes of one answer's file
GRACE: Final = 5.0  # seconds beyond a query's limit after which a process ends itself, if nobody is left to end it

OK, BAD_REQUEST, NOT_ACCEPTABLE, FAILED = 200, 400, 406, 500

Json = Any


def main() -> None:
    """Read one request a line from standard input, as JSON, and write one reply a line to standard output.

    The arguments are the snapshot's folder and the limit of a query in seconds. The first line written says whether the
    graph could be opened.
    """
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        _limit_resources()
        try:
            store = open_graph(folder)
        except KgError as error:
            _reply({"status": FAILED, "message": str(error)})
            return
        _reply({"status": OK})
        for line in sys.stdin:
            with _alarm(seconds + GRACE):
                reply = answer(store, json.loads(line))
            _reply(reply)


def answer(store: GraphStore, request: Mapping[str, Json]) -> dict[str, Json]:
    """The reply to one request: what was written into the file it names, or why there is no answer.

    A request has either ``sparql``, with the formats of ``rows`` and ``triples`` and the graphs ``default`` and ``named``, or
    ``question``, the name of a query or the path of its file, with ``parameters`` and a ``form``.
    """
    path = Path(request["path"])
    try:
        if "question" in request:
            result = run_query(store, request["question"], request["parameters"], seconds=None)
            path.write_text(result.written(request["form"]), encoding="utf-8", newline="")
            return {"status": OK, "form": request["form"]}
        check_query(request["sparql"])
        form = write_answer(store, request["sparql"], path, rows=request["rows"], triples=request["triples"],
                            default=request["default"], named=request["named"])
        if form is None:
            return {"status": NOT_ACCEPTABLE, "message": "the answer of this query has none of the accepted types"}
        return {"status": OK, "form": form}
    except (RecursionError, MemoryError):
        return {"status": BAD_REQUEST, "message": "the query is nested too deeply or needs too much memory"}
    except QueryError as error:
        return {"status": BAD_REQUEST, "message": str(error)}
    except (KgError, OSError) as error:
        return {"status": FAILED, "message": str(error)}


def _reply(reply: Mapping[str, Json]) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the limit of time holds there too
    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_FSIZE, ANSWER), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    # The engine answers no Python signal handler, but nothing withstands an alarm that has no handler at all.
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
