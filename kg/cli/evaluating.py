"""``kg eval``: the graph against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.querying import Graph

app = typer.Typer(help="Score a graph against gold files.", no_args_is_help=True, rich_markup_mode=None)

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files (JSON).")]


@app.command()
def facts(gold: Gold, graph: Graph = Path("output"), verbose: Annotated[bool, typer.Option("-v", help="List what was missed.")] = False) -> int:
    """How many gold facts are found: lenient, strict, and by value; and per relation."""
    from kg.evaluate import score_facts

    typer.echo(score_facts(graph / "facts.jsonl", gold, verbose=verbose))
    return 0


@app.command()
def entities(gold: Gold, graph: Graph = Path("output"), verbose: Annotated[bool, typer.Option("-v", help="List what was missed.")] = False) -> int:
    """How many gold entities are found with the right kind, and how many of their aliases are attached."""
    from kg.evaluate import score_entities

    typer.echo(score_entities(graph, gold, verbose=verbose))
    return 0
