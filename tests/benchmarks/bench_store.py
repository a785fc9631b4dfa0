"""A store of a million facts, built by the real graph code from invented readings, and how fast it answers.

    python tests/benchmarks/bench_store.py --out FOLDER                 40,000 articles of 25 facts each
    python tests/benchmarks/bench_store.py --out FOLDER --articles 400  a trial of the same
    python tests/benchmarks/bench_store.py --out FOLDER --ask           only the queries, of a folder that is there

The language passes are left out, and so is the check against the shapes unless --check asks for it.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from invented import FACTS, read_press

import kg.pipeline.outputs as outputs
from kg.query import find_questions, run_query
from kg.query.questions import Question
from kg.store import ReadingStore, open_graph

ROOT = Path(__file__).parents[2]
SAMPLES = 25
STAGES = ("identify", "write_fact_lines", "find_shared", "write_graph", "write_turtle", "_check_whole", "_check_parts", "_write_page", "_keep_names")


@contextmanager
def timed(what: str, facts: int = 0) -> Iterator[None]:
    clock, work = time.perf_counter(), time.process_time()
    yield
    took, worked = time.perf_counter() - clock, time.process_time() - work
    rate = f", {facts / took:,.0f} facts/s" if facts else ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:20} {took:8.1f} s (CPU {worked:8.1f} s{rate}), peak so far {peak:6,.0f} MB", flush=True)


def build(out: Path, articles: int, check: bool) -> None:
    facts = articles * FACTS
    if out.exists():
        raise SystemExit(f"{out} is there already; name a new folder, or ask it with --ask")
    (out / outputs.STORE).mkdir(parents=True)
    for name in STAGES:
        setattr(outputs, name, measured(name, getattr(outputs, name)))
    report = outputs.Report()
    with ReadingStore(out / outputs.STORE) as store:
        with timed("readings kept", facts):
            for reading in read_press(articles):
                store.put(reading, "invented")
        with timed("outputs written", facts):
            outputs.write_outputs(store, out, report, check=check)
    print(", ".join(f"{count:,} {name}" for name, count in report.counts.items()), f"{report.shown or report.counts['facts']:,} on the page")
    for path in sorted(out.iterdir()):
        files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
        print(f"{path.name:20} {sum(each.stat().st_size for each in files) / 1e6:10,.1f} MB")
    print(f"{'  of it the graph':20} {sum(each.stat().st_size for each in (out / 'store' / 'graph').iterdir()) / 1e6:10,.1f} MB")


def measured(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any, **more: Any) -> Any:
        with timed(f"  {name.strip('_')}"):
            return stage(*given, **more)

    return run


def ask(out: Path, seconds: float, names: list[str]) -> None:
    """The 95th percentile of each named query, for one entity (or what its parameters are) and for all.

    Each is asked in a process of its own: a query that ran out of time goes on in its thread.
    """
    if not names:
        for question in find_questions():
            words = [sys.executable, __file__, "--out", str(out), "--seconds", str(seconds), "--ask", question.name]
            subprocess.run(words, check=True)
        name = next(samples(out))["Company"]
        for words in (["is-known", name], ["ceos", name], ["--list"]):
            print(f"kg query {words[0]:11} as a process {percentiles([started(words, out) for _ in range(5)])}")
        return
    store = open_graph(out / outputs.STORE)
    for question in (each for each in find_questions() if each.name in names):
        if question.parameters:
            took: list[tuple[float, int]] = []
            for sample in samples(out):
                took.append(answered(store, question, given(question, sample), seconds))
                if took[-1][1] < 0:
                    break
            print(f"{question.name:20} for one  {percentiles(took)}", flush=True)
        if not any(parameter.required for parameter in question.parameters):
            print(f"{question.name:20} for all  {percentiles([answered(store, question, {}, seconds)])}", flush=True)


def samples(out: Path) -> Iterator[dict[str, str]]:
    """What articles chosen by chance speak of: those much spoken of come oftener, as users ask for them."""
    with ReadingStore(out / outputs.STORE, writable=False) as readings:
        ids = readings.ids()
        for article in random.Random(1).sample(ids, min(SAMPLES, len(ids))):
            reading = readings.get(article)
            assert reading is not None
            found = {entity.kind: entity.name for entity in reversed(reading.entities)}
            yield found | {"article": article, "later": ids[(ids.index(article) + 1) % len(ids)], "outlet": reading.article.outlet or ""}


def given(question: Question, sample: dict[str, str]) -> dict[str, str]:
    """A value for each required parameter, or else for the first entity, or the first of all; the other optional ones stay open."""
    known = {
        "person": sample["Person"], "organization": sample["Company"], "speaker": sample["Person"], "place": sample["City"],
        "event": sample["Event"], "from": sample["Company"], "investor": sample["Company"], "to": sample["Person"],
        "earlier": sample["article"], "later": sample["later"],
        "outlet": sample["outlet"],
    }  # fmt: skip
    by_type = {
        "entity": sample["Company"], "article": sample["article"], "relation": "kg:investsIn", "kind": "Company", "date": "2022-01-01",
        "decimal": "450000000000", "integer": "3", "text": sample["outlet"],
    }  # fmt: skip
    wanted = [parameter for parameter in question.parameters if parameter.required]
    if not wanted:
        wanted = [parameter for parameter in question.parameters if parameter.type == "entity"][:1] or [question.parameters[0]]
    return {each.name: known.get(each.name, by_type[each.type]) if each.type != "date" else by_type["date"] for each in wanted}


def answered(store: Any, question: Question, parameters: dict[str, str], seconds: float) -> tuple[float, int]:
    begun = time.perf_counter()
    try:
        rows = len(run_query(store, question.name, parameters, seconds=seconds).rows)
    except Exception as error:
        print(f"    {question.name} {parameters}: {error}")
        rows = -1
    return time.perf_counter() - begun, rows


def started(words: list[str], out: Path) -> tuple[float, int]:
    begun = time.perf_counter()
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-m", "kg", "query", *words, "--graph", str(out)], env=variables, capture_output=True, check=True)
    return time.perf_counter() - begun, ended.stdout.count(b"\n")


def percentiles(took: list[tuple[float, int]]) -> str:
    times, rows = sorted(time for time, _ in took), sorted(count for _, count in took)
    middle, high = times[len(times) // 2], times[min(len(times) - 1, int(0.95 * len(times)))]
    return f"median {middle * 1000:9,.1f} ms, 95th {high * 1000:9,.1f} ms, rows {rows[len(rows) // 2]:,} to {rows[-1]:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1_000_000 // FACTS)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--ask", nargs="*", metavar="QUERY")
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    if chosen.ask is None:
        build(chosen.out, chosen.articles, chosen.check)
    ask(chosen.out, chosen.seconds, chosen.ask or [])


if __name__ == "__main__":
    main()
