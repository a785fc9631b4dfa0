"""The real ``kg serve`` as a process of its own, over a small graph with an article that means harm."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from kg.graph import article_iri, build_quads, fact_name
from kg.model import Article, Entity, Evidence, Fact, Reading, Span, Text
from kg.render import build_page, write_page
from kg.store import write_graph
from kg.tables.ontology import load_ontology

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def samples_of(folder: str) -> ModuleType:
    """The hand-made readings of another folder's tests."""
    spec = spec_from_file_location(f"{folder}_samples", ROOT / "tests" / folder / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


readings = samples_of("graph").readings

HARM = "<script>alert('해')</script>\"><img src=x onerror=alert(1)>"


def hostile_reading() -> Reading:
    """An article whose every word tries to become markup."""
    text = f"{HARM} 대표가 말했다."
    article = Article(f"나쁜/글 {HARM}?#%2F", text, HARM, datetime.fromisoformat("2024-10-20T09:00:00+09:00"), "javascript:alert(1)", HARM, (HARM,))
    person = Entity("kgr:나쁜_이름", "Person", HARM)
    evidence = Evidence(article.id, Span(0, len(text)), "rule")
    fact = Fact(person, "kg:says", Text(HARM), (), "claimed", False, person, evidence, 0.9)
    return Reading(article, (Span(0, len(text)),), (person,), (fact,))


def write_output(folder: Path, found: tuple[Reading, ...]) -> None:
    """The store and the page that a build leaves."""
    ontology = load_ontology()
    write_graph(build_quads(found, ontology), folder / "store")
    write_page(build_page(found, ontology, name_fact=fact_name, name_article=article_iri), folder / "graph.html")


@dataclass(frozen=True)
class Served:
    """A server that runs, and a client of it."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rstrip("/").rpartition(":")[2])

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The response to GET, with headers written ``Accept="text/csv"``."""
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: Any) -> httpx.Response:
        """The response to a query."""
        return self.client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code after a signal, and what was said after the first line."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


def command(*words: str | Path) -> subprocess.Popen[str]:
    """``kg serve`` with these words."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", *map(str, words)], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )


@contextmanager
def serving(graph: Path, *words: str) -> Iterator[Served]:
    """A server of a graph on a free port, which is gone when the block ends."""
    process = command("--graph", graph, "--port", "0", *words)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        said = re.fullmatch(r"kg: serving (.+) at (http://127\.0\.0\.1:\d+/) — Ctrl-C stops\n", line)
        assert said is not None, line + process.stderr.read()
        assert said[1] == str(graph)
        with httpx.Client(base_url=said[2], timeout=60, trust_env=False) as client:
            yield Served(said[2], process, client)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@pytest.fixture
def serve() -> Callable[..., Any]:
    """Start a server for one test: ``with serve(graph, "--seconds", "1") as server``."""
    return serving


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory, readings: tuple[Reading, ...]) -> Path:
    """The output folder of a small graph, for reading only."""
    folder = tmp_path_factory.mktemp("served") / "output"
    write_output(folder, (*readings, hostile_reading()))
    return folder


@pytest.fixture
def own_output(tmp_path: Path, readings: tuple[Reading, ...]) -> Path:
    """An output folder that a test may change."""
    write_output(tmp_path / "output", readings)
    return tmp_path / "output"


@pytest.fixture(scope="session")
def server(output: Path) -> Iterator[Served]:
    """One server for all tests that only ask."""
    with serving(output) as running:
        yield running
        code, errors = running.stop()
    assert (code, errors) == (128 + signal.SIGTERM, "kg: stopped.\n")
