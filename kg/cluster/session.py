"""A Spark session of our own: Java and pyspark looked for first, its words kept in a log, its errors told in one line."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA: Final = 17  # the oldest that the pinned Spark runs on
_INSTALL: Final = "pip install 'korean-news-kg[spark]'"
_OURS = re.compile(r"^kg\.errors\.\w+: (.+)$", re.MULTILINE)
_CAUSE = re.compile(r"^(?:Exception in thread \"main\" |Caused by: |: )?[\w.$]*(?:Exception|Error): (.+)$", re.MULTILINE)


def find_java() -> str:
    """The path of the Java that Spark will run on; a :class:`ClusterError` says what is wrong with it or that there is none."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    what = f"Spark needs Java {JAVA} or newer"
    advice = f"install one (Debian: apt-get install openjdk-{JAVA}-jre-headless) and let JAVA_HOME or PATH lead to it"
    if found is None:
        raise ClusterError(f"{what}: {f'there is none in JAVA_HOME={home}' if home else 'there is no java on the PATH'}; {advice}.")
    try:
        said = subprocess.run([found, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClusterError(f"{what}: {found} does not start ({error}); {advice}.") from error
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version is None or int(version.group(1)) < JAVA:
        raise ClusterError(f"{what}: {found} is {f'Java {version.group(1)}' if version else 'none'}; {advice}.")
    return found


@contextmanager
def open_spark(master: str, log: Path) -> Iterator[SparkSession]:
    """A session on a master such as ``local[4]`` or ``spark://host:7077``, stopped at the end; Spark's own words go to ``log``.

    A session that this process has already is taken as it is and left running. What fails in one is a :class:`ClusterError` of one
    line. Settings come from Spark's own places: ``spark-defaults.conf``, ``PYSPARK_SUBMIT_ARGS``, ``PYSPARK_PYTHON``.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ClusterError(f"Spark is not installed here: {_INSTALL} ({error.name or error} is missing).") from error
    active = SparkSession.getActiveSession()
    if active is None:
        find_java()
    builder = SparkSession.builder.master(master).appName("kg").config("spark.ui.showConsoleProgress", "false")
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # Nothing of a run on one machine is to be reached from another.
        for key in ("spark.driver.host", "spark.driver.bindAddress"):
            builder = builder.config(key, "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    if "spark.python.worker.memory" not in os.environ.get("PYSPARK_SUBMIT_ARGS", ""):
        # Beyond it a process writes what it groups to disk; Spark's own half gigabyte is less than the language models take.
        builder = builder.config("spark.python.worker.memory", "2g")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    spark = None
    try:
        if active is None:
            log.unlink(missing_ok=True)
            with _words_to(log):
                spark = builder.getOrCreate()
            _restore(handlers)
        yield active or spark
    except (Py4JError, PySparkException) as error:
        raise ClusterError(f"Spark on {master} failed: {_cause(str(error), log)}; {log} tells more.") from error
    finally:
        _restore(handlers)
        if spark is not None:
            with _words_to(log), suppress(Py4JError, PySparkException, OSError):  # its Java may be gone
                spark.stop()


def _restore(handlers: Mapping[signal.Signals, object]) -> None:
    # Spark takes Ctrl-C for itself; who started us decides what a stop means.
    for number, handler in handlers.items():
        try:
            signal.signal(number, handler)  # type: ignore[arg-type]
        except (ValueError, TypeError):  # not the main thread, or a handler that is not Python's
            return


@contextmanager
def _words_to(log: Path) -> Iterator[None]:
    """Let what this process and those that it starts write on standard error go to a file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def _cause(text: str, log: Path) -> str:
    """The one line of a stack trace that tells what happened: of our own errors if there is one."""
    if "JAVA_GATEWAY_EXITED" in text and log.is_file():  # what ended it stands there alone
        text = log.read_text(encoding="utf-8", errors="replace")
    for pattern in (_OURS, _CAUSE):
        found = pattern.findall(text)
        if found:
            return str(found[-1]).strip().rstrip(".;")
    return text.strip().splitlines()[0].rstrip(".;") if text.strip() else "without a word"
