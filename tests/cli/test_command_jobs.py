"""``--jobs``: more processes give the same outputs, and a stop, a kill or a bad input ends as it does with one."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAME = ("graph.ttl", "graph.html", "facts.jsonl")
SENTENCE = "한빛전자 김철수 대표가 서울에 공장을 세웠다. "
SHOWS_PROCESSES = sys.platform == "linux"


def write_rows(path: Path, count: int, sentences: int = 1) -> None:
    rows = ({"id": f"{number:04}", "text": f"{number}번째 소식. {SENTENCE * sentences}"} for number in range(count))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def started(*words: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "kg", *map(str, words)], env=variables, **pipes | more)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not ready() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert process.poll() is None, "the build ended before it could be stopped"


def kept(out: Path) -> int:
    import sqlite3

    try:
        with sqlite3.connect(f"{(out / 'store' / 'readings.sqlite').as_uri()}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def of_group(group: int) -> list[int]:
    """The processes of a process group that are not over yet."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, member = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(member) == group and state not in "ZX":
            found.append(int(place.parent.name))
    return found


def is_gone(group: int) -> bool:
    """Whether a process group comes to its end: the one that tracks what workers share goes a moment after us."""
    end = time.monotonic() + 30
    while of_group(group) and time.monotonic() < end:
        time.sleep(0.05)
    return not of_group(group)


def articles(out: Path) -> list[str]:
    return [row["article"] for row in json.loads((out / "report.json").read_text(encoding="utf-8"))["articles"]]


def test_any_number_of_jobs_gives_the_same_graph(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    ended = kg("build", ROOT / "seeds", "--out", tmp_path / "out", "--jobs", "3")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    for name in SAME:
        assert (tmp_path / "out" / name).read_bytes() == (seeds_graph / name).read_bytes()
    assert articles(tmp_path / "out") == articles(seeds_graph)


def test_facts_are_extracted_in_the_order_of_the_inputs(kg: Any, tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 12)
    (tmp_path / "rows.jsonl").open("a", encoding="utf-8").write("{broken\n")
    one, two = (kg("extract", ROOT / "seeds", tmp_path / "rows.jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two
    assert one.code == 3
    assert f"skipped {tmp_path / 'rows.jsonl'}:13: " in one.err


def test_an_article_of_the_store_is_not_read_again(kg: Any, tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 4)
    for jobs in ("1", "2"):
        assert kg("build", tmp_path / "rows.jsonl", "--out", tmp_path / "out", "--jobs", jobs).code == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [row.get("unchanged") for row in report["articles"]] == [True] * 4


def test_a_killed_worker_costs_one_article_and_the_next_build_reads_it(kg: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.pipeline.building as building

    whole, killed = building._keep, []

    def killing(*given: Any) -> None:
        whole(*given)
        if not killed:
            killed.extend(child for child in multiprocessing.active_children() if child.name == "kg-reader")
            for child in killed:
                child.kill()

    write_rows(tmp_path / "rows.jsonl", 5, sentences=200)
    with monkeypatch.context() as patch:
        patch.setattr(building, "_keep", killing)
        ended = kg("build", tmp_path / "rows.jsonl", "--out", tmp_path / "out", "--jobs", "2")
    lines = ended.err.splitlines()
    assert killed and 1 <= len(lines) <= 2 and ended.code == 3
    assert all(re.fullmatch(r"kg: skipped 000\d: the process that read it was ended by signal 9, .*", line) for line in lines)
    assert len(articles(tmp_path / "out")) == 5 - len(lines)
    assert kg("build", tmp_path / "rows.jsonl", "--out", tmp_path / "out").code == 0
    assert len(articles(tmp_path / "out")) == 5


@pytest.mark.skipif(not SHOWS_PROCESSES, reason="looks for processes in /proc")
@pytest.mark.parametrize("whole_group", [True, False], ids=["all-processes", "the-first"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_stopped_build_leaves_no_process_and_keeps_what_it_read(tmp_path: Path, number: signal.Signals, whole_group: bool) -> None:
    write_rows(tmp_path / "rows.jsonl", 40, sentences=10)
    out = tmp_path / "out"
    process = started("build", tmp_path / "rows.jsonl", "--out", out, "--jobs", "2", start_new_session=True)
    wait_until(lambda: kept(out) >= 2, process)
    os.killpg(process.pid, number) if whole_group else process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert errors.decode() == f"kg: what was read so far is kept in {out}; the same command goes on from there.\nkg: stopped.\n"
    assert is_gone(process.pid)
    assert kept(out) >= 2


@pytest.mark.skipif(not SHOWS_PROCESSES, reason="looks for processes in /proc")
def test_workers_do_not_outlive_a_killed_build(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 40, sentences=10)
    out = tmp_path / "out"
    process = started("build", tmp_path / "rows.jsonl", "--out", out, "--jobs", "2", start_new_session=True)
    wait_until(lambda: kept(out) >= 1, process)
    process.kill()
    process.communicate(timeout=60)
    assert is_gone(process.pid)


def test_a_reader_that_goes_away_ends_the_workers(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 200)
    process = started("extract", tmp_path / "rows.jsonl", "--jobs", "2")
    assert process.stdout is not None and process.stderr is not None
    assert json.loads(process.stdout.readline())["article"] == "0000"
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "100000"])
def test_a_number_of_jobs_that_is_none_is_a_usage_error(kg: Any, tmp_path: Path, jobs: str) -> None:
    ended = kg("extract", tmp_path, "--jobs", jobs)
    assert (ended.code, ended.out) == (2, "")
    assert "--jobs" in ended.err
