"""Where Spark or Java is missing, and where the options do not go together, one line says what to do."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.cli.app import run
from kg.cluster.session import _Stops, find_java
from kg.errors import ClusterError


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "기사.txt"
    path.write_text("새울전자가 행사를 열었다.\n", encoding="utf-8")
    return path


def write_java(folder: Path, said: str) -> None:
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
    java.chmod(0o755)


def test_without_pyspark_the_extra_is_named(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("py4j", "py4j.protocol", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)
    assert run(["build", str(article), "--engine", "spark", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "pip install 'korean-news-kg[spark]'" in said


def test_without_java_the_build_says_so(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert run(["build", str(article), "--engine", "spark", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Java 17" in said and str(tmp_path) in said


def test_java_is_looked_for_on_the_path_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(ClusterError, match="no java on the PATH"):
        find_java()
    write_java(tmp_path, 'openjdk version "21.0.1" 2023-10-17')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert find_java() == str(tmp_path / "bin" / "java")


def test_a_stop_ends_the_job_before_it_ends_the_program() -> None:
    """The bridge to Java must have its answer first; a stop between two jobs, or a second one, is not put off."""
    cancelled = threading.Event()
    spark = SimpleNamespace(sparkContext=SimpleNamespace(cancelAllJobs=cancelled.set))
    waiting = {"__name__": "py4j.clientserver", "signal": signal, "cancelled": cancelled}
    ended = []

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    stops = _Stops()
    try:
        stops.take(spark)
        exec("signal.raise_signal(signal.SIGTERM); answered = cancelled.wait(10)", waiting)
        ended.append(waiting["answered"])
        with pytest.raises(KeyboardInterrupt):
            stops.pass_on()
        with pytest.raises(KeyboardInterrupt):
            exec("signal.raise_signal(signal.SIGTERM)", waiting)
    finally:
        stops.give_back()
        assert signal.signal(signal.SIGTERM, before) is stop
    assert ended == [True]
    with pytest.raises(KeyboardInterrupt):
        fresh = _Stops()
        fresh._before[signal.SIGTERM] = stop
        fresh._stop(signal.SIGTERM, None)


@pytest.mark.parametrize(("said", "named"), [('java version "1.8.0_292"', "is Java 8"), ('openjdk version "11.0.2"', "is Java 11"), ("?", "is none")])
def test_a_java_that_is_too_old_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, named: str) -> None:
    write_java(tmp_path, said)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ClusterError, match=named):
        find_java()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--engine", "hadoop"), "--engine"),
        (("--master", "local[2]"), "--master"),
        (("--engine", "spark", "--jobs", "2"), "--jobs"),
        (("--engine", "spark", "--infer"), "--infer"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_wrong_usage(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], named: str
) -> None:
    assert run(["build", str(article), "--out", str(tmp_path / "out"), *words]) == 2
    assert named in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
