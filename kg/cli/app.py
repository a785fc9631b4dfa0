"""The command ``kg`` and how it ends: its errors are one line each, its exit codes those of the contract."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from types import FrameType
from typing import Annotated

import typer

from kg.cli import analyzing, building, evaluating, querying, training
from kg.errors import KgError

USAGE_ERROR = 2
_UsageError: type[typer.BadParameter] = typer.BadParameter.__bases__[0]  # its base is not exported by typer
STOPPED = 130

app = typer.Typer(
    name="kg",
    help="Korean news articles as a knowledge graph: facts with their sentences, SPARQL, and a page to open in a browser.\n\n"
    "Start with: kg build seeds/ --out output/   then open output/graph.html, or ask: kg query ceos",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(value: bool) -> None:
    if not value:
        return
    try:
        typer.echo(f"kg {version('korean-news-kg')}")
    except PackageNotFoundError:
        typer.echo("kg (not installed)")
    raise typer.Exit()


@app.callback()
def _root(
    show: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")] = False,
) -> None:
    """Nothing to do before a command."""


for _command in (building.build, building.extract, querying.query, querying.view, analyzing.analyze, querying.validate):
    app.command()(_command)
app.add_typer(evaluating.app, name="eval")
app.add_typer(training.app, name="train")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(_run(lambda: app(standalone_mode=False)))


def _run(command: Callable[[], object]) -> int:
    try:
        result = command()
        sys.stdout.flush()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return error.exit_code
    except _UsageError as error:
        error.show()
        return USAGE_ERROR
    except (typer.Abort, KeyboardInterrupt):
        print("kg: stopped; what was read so far is kept, and the same command goes on from there.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # the reader of our output has gone (kg extract … | head): that is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
