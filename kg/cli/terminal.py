"""What the commands say: results on standard output, words for people on standard error."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from time import monotonic
from typing import Final, Protocol

RECENT: Final = 100  # articles over which the rate is taken


class OutputClosedError(Exception):
    """The reader of our output has gone: ``kg extract … | head -1``."""


class Stopped(BaseException):
    """A signal asked us to end; no pass and no library takes it for an error of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Advance(Protocol):
    """Told the name of each input as it is done, and of how many bytes of files how many are behind it; 0 of 0 is unknown."""

    def __call__(self, name: str, done: int = 0, total: int = 0) -> None: ...


def prepare_streams() -> None:
    """Write UTF-8 with bare line feeds wherever we run; a lone surrogate of a file's name becomes its JSON escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def print_result(text: str, *, flush: bool = False) -> None:
    """Write to standard output as it is; :class:`OutputClosedError` where nobody reads on."""
    try:
        sys.stdout.write(text)
        if flush:
            sys.stdout.flush()
    except BrokenPipeError as error:
        raise OutputClosedError from error


def print_notice(text: str) -> None:
    """One line on standard error: ``kg: skipped 빈글.txt: empty``."""
    print(f"kg: {_shown(text)}", file=sys.stderr)


def is_terminal() -> bool:
    """Whether a person looks on: only then are there a progress bar and advice on what to do next."""
    return sys.stderr.isatty()


@contextmanager
def show_progress(then: str) -> Iterator[Advance | None]:
    """A bar with rate and time left on a terminal, ``then`` being what follows the last input; nothing where the output is piped."""
    if not is_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        BarColumn(20),
        TextColumn("{task.fields[count]} read{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("loading the language models", total=None, count=0, rate="")
        ends: deque[float] = deque(maxlen=RECENT)

        def advance(name: str, done: int = 0, total: int = 0) -> None:
            ends.append(monotonic())
            shown = then if total and done >= total else _shown(name)[-60:]
            bar.update(task, description=shown, completed=done, total=total or None, count=bar.tasks[0].fields["count"] + 1, rate=_rate(ends))

        yield advance


def _rate(ends: deque[float]) -> str:
    """How fast articles come, by the moments at which the last of them did: ``, 6.3/s``."""
    passed = ends[-1] - ends[0]
    return f", {(len(ends) - 1) / passed:.1f}/s" if passed > 0 else ""


def _shown(text: str) -> str:
    # An article's id or a file's name can hold what moves a terminal's cursor; line ends of our own messages stay.
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
