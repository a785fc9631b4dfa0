"""``kg eval``: the graph against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.querying import Graph
from kg.cli.terminal import print_result

app = typer.Typer(
    help="""Score a graph against gold files.

\b
Build the gold articles first, then name the gold files:
  kg build articles/ --out output/
  kg eval facts gold/*.json --graph output/
""",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files: JSON with id, entities and facts.", show_default=False)]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="List what was missed, and all relations.")]


@app.command(short_help="Score the facts.")
def facts(gold: Gold, graph: Graph = Path("output"), verbose: Verbose = False) -> int:
    """How many gold facts are found: lenient, strict, and by value; and per relation.

    \b
    Examples:
      kg eval facts gold/seed.json
      kg eval facts gold/*.json --graph output/ -v
    """
    from kg.evaluate import score_facts

    print_result(score_facts(graph / "facts.jsonl", gold, verbose=verbose).rstrip("\n") + "\n")
    return 0


@app.command(short_help="Score the entities.")
def entities(gold: Gold, graph: Graph = Path("output"), verbose: Verbose = False) -> int:
    """How many gold entities are found with the right kind, and how many of their aliases are attached.

    \b
    Examples:
      kg eval entities gold/seed.json
      kg eval entities gold/*.json --graph output/ -v
    """
    from kg.evaluate import score_entities

    print_result(score_entities(graph, gold, verbose=verbose).rstrip("\n") + "\n")
    return 0
