"""The command ``kg`` and how it ends: its errors are one line each, its exit codes those of the contract."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from kg.cli import analyzing, building, evaluating, exporting, querying, serving, training
from kg.cli.terminal import OutputClosedError, Stopped, prepare_streams, print_notice, print_result
from kg.errors import KgError

FAILED, USAGE_ERROR = 1, 2
SIGNALLED = 128  # a shell's convention: 130 after SIGINT, 143 after SIGTERM
# The last of these comes when a terminal is closed.
STOPPING = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))
DEBUG = "KG_DEBUG"
_UsageError: type[typer.BadParameter] = typer.BadParameter.__bases__[0]  # its base is not exported by typer

app = typer.Typer(
    name="kg",
    help="""Korean news articles as a knowledge graph: facts with their sentences, SPARQL, and a page to open in a browser.

\b
Start with the sample articles, then ask:
  kg build seeds/ --out output/     then open output/graph.html
  kg query ceos                     who leads which company
  kg query --list                   what else can be asked

\b
Exit status: 0 all read, 1 nothing usable or it failed, 2 wrong usage,
3 some inputs skipped.
""",
    epilog="kg COMMAND --help tells more, with examples.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(value: bool) -> None:
    if value:
        print_result(f"kg {_version()}\n")
        raise typer.Exit()


def _version() -> str:
    try:
        return version("korean-news-kg")
    except PackageNotFoundError:
        project = Path(__file__).resolve().parents[2] / "pyproject.toml"
        named = re.search(r'^version = "(.+)"$', project.read_text(encoding="utf-8"), re.MULTILINE) if project.is_file() else None
        return f"{named.group(1)} (not installed)" if named else "(not installed)"


@app.callback()
def _root(
    show: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")] = False,
) -> None:
    """Nothing to do before a command."""


for _command, _line in (
    (building.build, "Read articles and build their graph."),
    (building.remove, "Withdraw articles from the graph."),
    (building.extract, "Read articles and print their facts as JSON lines."),
    (querying.query, "Ask the graph, by a query's name or in SPARQL."),
    (querying.view, "Make a page of a part of the graph."),
    (serving.serve, "Serve the graph to browsers and programs of this machine."),
    (exporting.export, "Write the graph for Gephi, Excel, Neo4j and others."),
    (analyzing.analyze, "Show what the language passes saw, as JSON."),
    (querying.validate, "Check a graph against the ontology's shapes."),
):
    app.command(short_help=_line)(_command)
app.add_typer(evaluating.app, name="eval", short_help="Score a graph against gold files.")
app.add_typer(training.app, name="train", short_help="Train the weights of the language passes.")


def _stop(number: int, frame: FrameType | None) -> None:
    for name in STOPPING:
        signal.signal(name, _stop_now)
    raise Stopped(number)


def _stop_now(number: int, frame: FrameType | None) -> None:
    # Asked twice: what is committed is safe without another word.
    os._exit(SIGNALLED + number)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Reading makes many small values, none of which points back: looking for cycles seldom saves a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    prepare_streams()
    for number in STOPPING:
        # What a parent told us to ignore (nohup, a script's background job) stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.exit(run())


def run(words: list[str] | None = None) -> int:
    """Run one command and return its exit code: ``run(["query", "ceos"])``; by default the words of this process."""
    return _run(lambda: app(words, standalone_mode=False, prog_name="kg"))


def _run(command: Callable[[], object]) -> int:
    try:
        result = command()
        print_result("", flush=True)
    except KgError as error:
        print_notice(str(error))
        return error.exit_code
    except _UsageError as error:
        error.show()
        if getattr(error, "ctx", None) is None:
            print_notice("`kg COMMAND --help` shows how it is used.")
        return USAGE_ERROR
    except (Stopped, KeyboardInterrupt, typer.Abort) as error:
        print_notice("stopped.")
        return SIGNALLED + (error.number if isinstance(error, Stopped) else signal.SIGINT)
    except (OutputClosedError, BrokenPipeError):
        # what is still in the buffer has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print_notice(f"{place}{error.strerror or error}; check the path, the permissions and the space on the disk.")
        return FAILED
    except Exception as error:
        return _say_unforeseen(error)
    return result if isinstance(result, int) else 0


def _say_unforeseen(error: Exception) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exc()
    place = traceback.extract_tb(error.__traceback__)[-1]
    print_notice(
        f"an error that kg did not foresee: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno}). "
        f"Set {DEBUG}=1 to see where it comes from, and report it with the input that shows it."
    )
    return FAILED
