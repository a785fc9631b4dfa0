"""``kg train``: the weights that ship with the package, made again from the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.tables.folders import resource_folder

app = typer.Typer(help="Train the weights of the language passes.", no_args_is_help=True, rich_markup_mode=None)

Data = Annotated[Path, typer.Option(help="The folder of training data (klue/, konne/, krx/, wikinews/).")]
Out = Annotated[Path | None, typer.Option(help="Where the weights go; by default into the package.")]


def _out(out: Path | None) -> Path:
    return out or resource_folder() / "weights"


@app.command()
def ner(data: Data, out: Out = None) -> int:
    """Train the recogniser of names on KLUE-NER and KONNE."""
    from kg.analyze import find_tokens
    from kg.entities.train import train_ner

    typer.echo(str(train_ner(data, _out(out), find_tokens, typer.echo)))
    return 0


@app.command()
def parser(data: Data, out: Out = None) -> int:
    """Train the dependency parser on KLUE-DP."""
    from kg.analyze import find_eojeols, find_tokens
    from kg.analyze.parser_training import train_parser
    from kg.model import Eojeol, Span

    def analyse(text: str) -> tuple[Eojeol, ...]:
        return find_eojeols(text, find_tokens(text), Span(0, len(text)))

    typer.echo(str(train_parser(data, _out(out), analyse, typer.echo)))
    return 0


@app.command()
def valency(data: Data, out: Out = None) -> int:
    """Count which verbs take objects, in unlabelled news."""
    from kg.analyze import find_tokens
    from kg.clauses.valency_training import train_valency

    typer.echo(f"{train_valency(data, _out(out) / 'valency.tsv', find_tokens)} verbs")
    return 0
