"""The server as a process: how it starts and ends, what it survives, and what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import httpx
import pytest

_spec = spec_from_file_location("served_samples", Path(__file__).with_name("conftest.py"))
assert _spec is not None and _spec.loader is not None
_samples = sys.modules[_spec.name] = module_from_spec(_spec)
_spec.loader.exec_module(_samples)

ENDLESS, ROOT, command, serving = _samples.ENDLESS, _samples.ROOT, _samples.command, _samples.serving
LEADERS = "SELECT ?p ?c WHERE { ?p kg:isCEOOf ?c }"


def workers_of(output: Path) -> list[int]:
    """The processes that read a snapshot of this graph."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"kg.server.worker" in words and any(word.startswith(os.fsencode(output)) for word in words):
            found.append(int(path.parent.name))
    return found


def wait_until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def left_in(output: Path) -> list[str]:
    return sorted(path.name for path in (output / "store").iterdir() if path.name.startswith("kg-snapshot"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_everything_and_leaves_nothing(own_output: Path, number: signal.Signals) -> None:
    before = sorted(path.name for path in (own_output / "store").iterdir())
    with serving(own_output) as server:
        assert server.ask(LEADERS).status_code == 200
        assert len(workers_of(own_output)) == 1
        assert server.stop(number) == (128 + number, "kg: stopped.\n")
    assert workers_of(own_output) == []
    assert sorted(path.name for path in (own_output / "store").iterdir()) == before


def test_a_signal_ends_a_query_that_runs(own_output: Path) -> None:
    with serving(own_output) as server, ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(server.ask, ENDLESS) for _ in range(2)]
        wait_until(lambda: len(workers_of(own_output)) == 2)
        assert server.stop() == (128 + signal.SIGTERM, "kg: stopped.\n")
        assert all(isinstance(each.exception(60), httpx.TransportError) or each.result().status_code >= 500 for each in asked)
    assert (workers_of(own_output), left_in(own_output)) == ([], [])


def test_what_a_killed_server_left_is_removed_by_the_next(own_output: Path) -> None:
    with serving(own_output) as server:
        server.process.kill()
        server.process.communicate(timeout=60)
        wait_until(lambda: workers_of(own_output) == [])
        (left,) = left_in(own_output)
    with serving(own_output) as first, serving(own_output) as second:
        assert left not in left_in(own_output)
        assert len(left_in(own_output)) == 2
        assert first.ask(LEADERS).json() == second.ask(LEADERS).json()
    assert left_in(own_output) == []


def test_a_store_that_cannot_be_written_is_served_from_elsewhere(own_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import open_graph, open_snapshot

    refuse = __import__("tempfile").mkdtemp

    def mkdtemp(prefix: str, dir: Path) -> str:
        if dir == own_output / "store":
            raise PermissionError(13, "Permission denied")
        return str(refuse(prefix=prefix, dir=dir))

    monkeypatch.setattr("tempfile.mkdtemp", mkdtemp)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    with open_snapshot(own_output / "store") as place:
        assert place.parent == tmp_path
        assert len(open_graph(place)) > 100
    assert not place.exists()


def test_an_endless_query_is_ended_and_the_server_goes_on(own_output: Path) -> None:
    with serving(own_output, "--seconds", "1") as server:
        for query in (ENDLESS, ENDLESS.replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?a ?d ?g ?j"):
            ended = server.ask(query)
            assert ended.status_code in (500, 503)
            assert "longer than 1 seconds" in ended.text or "too much memory" in ended.text
            # Nobody is left computing, and the next is answered.
            assert workers_of(own_output) == []
            assert server.ask(LEADERS).status_code == 200


def test_more_endless_queries_than_processes_keep_nobody_out_for_ever(own_output: Path) -> None:
    with serving(own_output, "--seconds", "1") as server, ThreadPoolExecutor(12) as pool:
        ended = list(pool.map(server.ask, [ENDLESS] * 12))
        assert {response.status_code for response in ended} == {503}
        assert server.ask(LEADERS).status_code == 200
        assert len(workers_of(own_output)) <= 4


def test_an_answer_without_end_is_refused(own_output: Path) -> None:
    with serving(own_output, "--seconds", "60") as server:
        refused = server.ask("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        assert (refused.status_code, refused.text) == (400, "the answer is too large; add a LIMIT or ask for less\n")


def test_a_client_that_leaves_takes_its_query_along(own_output: Path) -> None:
    with serving(own_output, "--seconds", "600") as server:
        for _ in range(5):
            with pytest.raises(httpx.ReadTimeout):
                server.client.get("/sparql", params={"query": ENDLESS}, timeout=0.3)
        wait_until(lambda: workers_of(own_output) == [])
        assert server.ask(LEADERS).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff" * 4000,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: abc\r\n\r\n",
        b"GET /" + b"a" * 400_000,
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\nASK",
        b"GET /article/%FF%00%2e%2e/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    ],
    ids=["noise", "length", "endless", "cut", "path", "smuggled", "absolute"],
)
def test_garbage_does_no_harm(server: Any, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        try:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            answered = client.recv(65_536)
        except OSError:  # the server hung up first: a reset, or a socket no longer connected
            answered = b""
    assert not answered.startswith(b"HTTP/1.1 200")
    assert b"Traceback" not in answered
    assert server.ask(LEADERS).status_code == 200


def test_many_ask_at_once(server: Any) -> None:
    def ask(number: int) -> str:
        found = server.ask(f"SELECT (STR({number}) AS ?n) ?p WHERE {{ ?p kg:isCEOOf ?c }}").json()
        return str(found["results"]["bindings"][0]["n"]["value"])

    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(ask, range(300))) == [str(number) for number in range(300)]


def test_builds_beside_it_do_no_harm(own_output: Path, tmp_path: Path) -> None:
    article = tmp_path / "새글.txt"
    article.write_text("한빛전자 김철수 대표가 서울에 공장을 세웠다.\n", encoding="utf-8")
    build = [sys.executable, "-m", "kg", "build", str(article), "--out", str(own_output)]
    everything = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    with serving(own_output) as server:
        before, page = server.ask(everything).text, server.get("/graph").text
        beside = subprocess.Popen(build, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while beside.poll() is None:
            assert server.ask(everything).text == before
        assert (beside.communicate()[1], beside.returncode) == (b"", 0)
        # A process that starts only now reads the graph of the start too.
        for worker in workers_of(own_output):
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: workers_of(own_output) == [])
        assert (server.ask(everything).text, server.get("/graph").text) == (before, page)
        with serving(own_output) as later:
            assert [row["p"]["value"][-3:] for row in later.ask(LEADERS).json()["results"]["bindings"]] == ["김철수"]
    report = json.loads((own_output / "report.json").read_text(encoding="utf-8"))
    assert len(report["articles"]) == 1


def test_a_port_that_is_taken_is_named(server: Any, own_output: Path) -> None:
    process = command("--graph", own_output, "--port", str(server.port))
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert errors == f"kg: port {server.port} is taken; choose another --port, or 0 for a free one\n"
    assert (workers_of(own_output), left_in(own_output)) == ([], [])


@pytest.mark.parametrize("port", ["-1", "65536", "eighty"])
def test_a_port_that_is_none_is_wrong_usage(own_output: Path, port: str) -> None:
    process = command("--graph", own_output, "--port", port)
    assert (process.communicate(timeout=60)[1].count("--port") > 0, process.returncode) == (True, 2)


def test_a_graph_that_is_missing_or_damaged_is_named(own_output: Path, tmp_path: Path) -> None:
    for folder, named in ((tmp_path / "없음", "run `kg build` first"), (own_output, "is damaged or cannot be read")):
        for path in (folder / "store" / "graph").glob("MANIFEST*"):
            path.unlink()
        process = command("--graph", folder, "--port", "0")
        out, errors = process.communicate(timeout=60)
        assert (process.returncode, out) == (1, "")
        assert named in errors
        assert errors.startswith(f"kg: {folder}") and errors.count("\n") == 1
    assert not (tmp_path / "없음").exists()
    assert left_in(own_output) == []
