"""How the process ends: broken pipes, signals, a second build, full disks, and how soon it starts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli.terminal import OutputClosedError, Stopped, print_result

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = "한빛전자 김철수 대표가 서울에 공장을 세웠다. "


def kg_process(*words: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    plain = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-m", "kg", *map(str, words)], **{"env": environment()} | plain | more)


def environment(**more: str) -> dict[str, str]:
    """The variables of a child process that finds this checkout's package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def write_rows(path: Path, count: int, sentences: int = 1) -> None:
    rows = ({"id": f"{number:04}", "text": f"{number}번째 소식. {SENTENCE * sentences}"} for number in range(count))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not ready() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert process.poll() is None, "the build ended before it could be stopped"


def kept(out: Path) -> int:
    """How many articles a store holds, asked while a build may be writing it."""
    import sqlite3

    path = out / "store" / "readings.sqlite"
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 400)
    process = kg_process("extract", tmp_path / "rows.jsonl")
    assert process.stdout is not None and process.stderr is not None
    assert json.loads(process.stdout.readline())["article"] == "0000"
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_stopped_build_keeps_what_it_read_and_the_next_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    write_rows(tmp_path / "rows.jsonl", 30, sentences=10)
    out = tmp_path / "out"
    process = kg_process("build", tmp_path / "rows.jsonl", "--out", out)
    wait_until(lambda: kept(out) >= 2, process)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert errors.decode() == f"kg: what was read so far is kept in {out}; the same command goes on from there.\nkg: stopped.\n"
    before = kept(out)
    assert before >= 2
    again = kg_process("build", tmp_path / "rows.jsonl", "--out", out)
    assert (again.communicate(timeout=120)[1], again.returncode) == (b"", 0)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert len(report["articles"]) == 30
    assert sum(row.get("unchanged", False) for row in report["articles"]) == before


def test_a_second_build_on_one_folder_is_refused(kg: Any, article: Path, tmp_path: Path) -> None:
    from kg.store import ReadingStore

    with ReadingStore(tmp_path / "out" / "store"):
        ended = kg("build", article, "--out", tmp_path / "out")
        assert ended.code == 1
        assert f"another build (process {os.getpid()}) is writing this store" in ended.err
    assert kg("build", article, "--out", tmp_path / "out").code == 0


def test_two_builds_at_once_leave_one_whole_graph(kg: Any, tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 10)
    out = tmp_path / "out"
    processes = [kg_process("build", tmp_path / "rows.jsonl", "--out", out) for _ in range(2)]
    ends = [(process.communicate(timeout=120)[1].decode(), process.returncode) for process in processes]
    assert {code for _, code in ends} <= {0, 1}
    assert any(code == 0 for _, code in ends)
    assert all("is writing this store" in errors for errors, code in ends if code)
    assert kg("validate", out).code == 0
    assert "(1 row)" in kg("query", "ceos", "--graph", out).out


def test_a_full_disk_is_said(seeds_graph: Path) -> None:
    # Where there is no such device, a closed descriptor fails as surely.
    place = Path("/dev/full")
    with place.open("wb") if place.exists() else Path(os.devnull).open("rb") as full:
        process = kg_process("query", "names", "--graph", seeds_graph, stdout=full)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.decode().startswith(("kg: No space left on device", "kg: Bad file descriptor"))


@pytest.mark.parametrize("words", [("query", "names"), ("query", "--list")], ids=["query", "list"])
def test_output_is_utf8_whatever_the_locale(seeds_graph: Path, words: tuple[str, ...]) -> None:
    poor = environment(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    process = kg_process(*words, "--graph", seeds_graph, env=poor)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert "김영섭" in out.decode("utf-8") or "누가" in out.decode("utf-8")


def test_an_error_nobody_foresaw_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.app import run

    def broken() -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("kg.query.find_questions", broken)
    assert run(["query", "--list"]) == 1
    errors = capsys.readouterr().err
    assert "did not foresee: ZeroDivisionError: a bug" in errors
    assert "Traceback" not in errors
    monkeypatch.setenv("KG_DEBUG", "1")
    assert run(["query", "--list"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (Stopped(15), 143), (OSError(28, "No space left on device"), 1), (MemoryError(), 1)],
)
def test_each_end_has_its_exit_code(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    from kg.cli.app import run

    def ending() -> None:
        raise error

    monkeypatch.setattr("kg.query.find_questions", ending)
    assert run(["query", "--list"]) == code


def test_a_closed_output_is_told_from_other_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(OutputClosedError):
        print_result("line\n")


def test_help_and_queries_load_nothing_heavy() -> None:
    heavy = ("kiwipiepy", "numpy", "rdflib", "networkx", "pyshacl", "pyvis", "pycrfsuite", "trafilatura", "holidays", "httpx", "rich")
    listing = (
        "import sys\n"
        "from kg.cli.app import run\n"
        "run(sys.argv[1:])\n"
        f"sys.exit(' '.join(name for name in {heavy} if name in sys.modules) or 0)\n"
    )
    for words in (["--help"], ["build", "--help"], ["query", "--list"], ["query", "ceos", "--graph", "nowhere"]):
        ended = subprocess.run(
            [sys.executable, "-c", listing, *words], capture_output=True, text=True, env=environment(), check=False
        )
        assert ended.returncode == 0, f"kg {' '.join(words)} loads {ended.stderr}"
