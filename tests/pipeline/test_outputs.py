"""The outputs of a store: the same statements whether all readings are in memory or one, and what becomes of a large graph."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ConformanceError
from kg.graph import build_quads, fact_name
from kg.link import build_identities, find_stories
from kg.model import Reading
from kg.pipeline import link_readings
from kg.pipeline import outputs as room
from kg.pipeline.exporting import export_graph
from kg.pipeline.linked import LinkedReadings, find_shared
from kg.pipeline.outputs import Report, write_outputs, write_report
from kg.render import select_weightiest
from kg.store import ReadingStore
from kg.tables.ontology import load_ontology

PRESS = Path(__file__).parents[1] / "benchmarks" / "invented.py"
ARTICLES = 12


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    """Invented articles; two of them report one fact, the one more surely than the other."""
    spec = importlib.util.spec_from_file_location("invented_press", PRESS)
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = list(module.read_press(ARTICLES))
    first = found[0]
    surer = tuple(replace(fact, confidence=0.9, evidence=replace(fact.evidence, article="later")) for fact in first.facts)
    return (*found, replace(first, article=replace(first.article, id="later"), facts=surer))


@pytest.fixture
def store(readings: tuple[Reading, ...], tmp_path: Path) -> Iterator[ReadingStore]:
    (tmp_path / "out" / "store").mkdir(parents=True)
    with ReadingStore(tmp_path / "out" / "store") as store:
        for reading in reversed(readings):
            store.put(reading, "as invented")
        yield store


def test_one_reading_at_a_time_gives_the_statements_of_all_at_once(store: ReadingStore, readings: tuple[Reading, ...], tmp_path: Path) -> None:
    write_outputs(store, tmp_path / "out", Report(), check=False, whole=0)
    expected = sorted(set(build_quads(link_readings(readings), load_ontology(), find_stories(readings))))
    lines = (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(f"{' '.join(quad)} ." for quad in expected)
    assert any('ontology#confidence> "0.9"' in line and "article_invented-0000000>" in line for line in lines)
    assert any("conflictsWith" in line for line in lines) and any("sameStoryAs" in line for line in lines)


def test_a_large_graph_is_written_without_turtle_and_says_so(store: ReadingStore, tmp_path: Path) -> None:
    out, report = tmp_path / "out", Report()
    write_outputs(store, out, report, whole=100)
    assert not (out / "graph.ttl").exists()
    assert report.shown is not None and 0 < report.shown <= report.counts["facts"]
    assert f"사실 {report.counts['facts']:,}건 가운데" in (out / "graph.html").read_text(encoding="utf-8")
    write_report(report, out)
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["counts"]["shown"] == report.shown
    small = Report()
    write_outputs(store, out, small, whole=report.counts["facts"])
    assert (small.shown, small.counts) == (None, report.counts)
    assert (out / "graph.ttl").exists() and not (out / "graph.nq").exists()
    store.close()
    export_graph(out, "nquads", tmp_path / "exported.nq")
    with ReadingStore(out / "store") as again:
        write_outputs(again, out, Report(), whole=0)
    assert (out / "graph.nq").read_bytes() == (tmp_path / "exported.nq").read_bytes()


def test_a_part_that_breaks_the_shapes_is_named(store: ReadingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = room.build_apart

    def without_labels(*given: Any) -> Iterator[Any]:
        return (quad for quad in whole(*given) if not quad.predicate.endswith("#label>"))

    monkeypatch.setattr(room, "build_apart", without_labels)
    with pytest.raises(ConformanceError, match=r"graph\.nq: .* of the articles invented-0000000 to later: "):
        write_outputs(store, tmp_path / "out", Report(), whole=0)


def test_what_the_readings_share_does_not_depend_on_the_size_of_runs(store: ReadingStore, tmp_path: Path) -> None:
    linked = LinkedReadings(store, build_identities(store))
    shared = find_shared(linked, tmp_path)
    names = {fact_name(fact) for reading in linked for fact in reading.facts}
    assert set(shared.surest) <= names and set(shared.surest.values()) == {0.9}
    assert shared.stories == {"later": "invented-0000000"}
    assert all(name in shared.fusion.conflicts[other] for name, others in shared.fusion.conflicts.items() for other in others)


def test_the_weightiest_facts_are_chosen_whatever_their_order(store: ReadingStore) -> None:
    linked = tuple(LinkedReadings(store, build_identities(store)))
    chosen = select_weightiest(linked, fact_name, facts=20, individuals=15, reports=1)
    facts = [fact for reading in chosen for fact in reading.facts]
    assert 0 < len({fact_name(fact) for fact in facts}) <= 20 and len(facts) == len({fact_name(fact) for fact in facts})
    again = select_weightiest(linked[::-1], fact_name, facts=20, individuals=15, reports=1)
    assert {fact_name(fact) for fact in facts} == {fact_name(fact) for reading in again for fact in reading.facts}
    assert all(set(reading.sentences) == {fact.evidence.sentence for fact in reading.facts} for reading in chosen)
