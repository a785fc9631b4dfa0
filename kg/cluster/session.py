"""A Spark session of our own: Java and pyspark looked for first, its words kept in a log, its errors told in one line."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA: Final = 17  # the oldest that the pinned Spark runs on
LOOPBACK: Final = "127.0.0.1"
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
        # Nothing of a run on one machine is to be reached from another, nor need that machine's name resolve to an address.
        os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
        for key in ("spark.driver.host", "spark.driver.bindAddress"):
            builder = builder.config(key, LOOPBACK)
        builder = builder.config("spark.ui.enabled", "false")
        if hasattr(socket, "AF_UNIX"):  # half the cost of a small task
            builder = builder.config("spark.python.unix.domain.socket.enabled", "true")
    if "spark.python.worker.memory" not in os.environ.get("PYSPARK_SUBMIT_ARGS", ""):
        # Beyond it a process writes what it groups to disk; Spark's own half gigabyte is less than the language models take.
        builder = builder.config("spark.python.worker.memory", "2g")
    stops = _Stops()
    spark = None
    try:
        if active is None:
            log.unlink(missing_ok=True)
            with _words_to(log):
                spark = builder.getOrCreate()
            stops.take(spark)
        yield active or spark
    except (Py4JError, PySparkException) as error:
        stops.pass_on()
        raise ClusterError(f"Spark on {master} failed: {_cause(str(error), log)}; {log} tells more.") from error
    finally:
        stops.give_back()
        if spark is not None:
            with _words_to(log), suppress(Py4JError, PySparkException, OSError):  # its Java may be gone
                spark.stop()


class _Stops:
    """What SIGINT and SIGTERM do while a session runs: jobs are cancelled, and then it is as if there were no session.

    Spark's bridge to Java waits for one answer at a time: who leaves it half-way finds the next call waiting for the last one's.
    """

    def __init__(self) -> None:
        self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        self._asked: signal.Signals | None = None
        self._over = threading.Event()
        self._spark: SparkSession | None = None

    def take(self, spark: SparkSession) -> None:
        """Answer the signals that have a handler in the place of Spark, which takes Ctrl-C for itself."""
        self._spark = spark
        for number, handler in self._before.items():
            self._set(number, self._stop if callable(handler) else handler)

    def give_back(self) -> None:
        """Let the signals do what they did."""
        self._over.set()
        for number, handler in self._before.items():
            self._set(number, handler)

    def pass_on(self) -> None:
        """Do what was put off until the job had ended, if anything was."""
        if self._asked is not None:
            handler = self._before[self._asked]
            if callable(handler):
                handler(self._asked, None)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        again, self._asked = self._asked is not None, signal.Signals(number)
        if again or not _is_waiting(frame):
            self.pass_on()
        else:
            threading.Thread(target=self._cancel, daemon=True).start()

    def _cancel(self) -> None:
        while self._spark is not None and not self._over.wait(0.2):
            try:
                self._spark.sparkContext.cancelAllJobs()
            except Exception:  # the session is over
                return

    def _set(self, number: signal.Signals, handler: Any) -> None:
        with suppress(ValueError, TypeError):  # not the main thread, or a handler that is not Python's
            signal.signal(number, handler)


def _is_waiting(frame: FrameType | None) -> bool:
    """Whether the program is at a call of Java."""
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith("py4j."):
            return True
        frame = frame.f_back
    return False


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
