"""``kg train``: the weights that ship with the package, made again from the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import print_notice, print_result
from kg.errors import InputError
from kg.tables.folders import resource_folder

app = typer.Typer(
    help="""Train the weights of the language passes.

The weights ship with the package; this makes them again from the data, the same from the same data.

\b
  kg train ner --data DIR --out weights/
""",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Data = Annotated[Path, typer.Option(metavar="DIR", help="The folder of training data, with klue/, konne/ and wikinews/ in it.")]
Judgements = Annotated[Path, typer.Option(metavar="DIR", help="The folder of the tables of judged facts.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Where the weights go; by default into the package.", show_default=False)]

Tables = Annotated[
    list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table (wikinews-15), once for each; without it, all.")
]


def _folders(data: Path, out: Path | None) -> tuple[Path, Path]:
    if not data.is_dir():
        raise InputError("there is no such folder; give the folder of training data.", data)
    target = out or resource_folder() / "weights"
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another --out.", target) from error
    return data, target


@app.command(short_help="The recogniser of names.")
def ner(data: Data, out: Out = None) -> int:
    """Train the recogniser of names on KLUE-NER and KONNE.

    \b
    Example:
      kg train ner --data data/ --out weights/
    """
    source, target = _folders(data, out)
    from kg.analyze import build_morpheme_vectors, find_tokens
    from kg.entities.train import train_ner

    scores = train_ner(source, target, report=print_notice, analyse=find_tokens, vectors=build_morpheme_vectors)
    print_result("".join(f"{name} {score:.4f}\n" for name, score in scores.items()))
    return 0


@app.command(short_help="The dependency parser.")
def parser(data: Data, out: Out = None) -> int:
    """Train the dependency parser on KLUE-DP.

    \b
    Example:
      kg train parser --data data/ --out weights/
    """
    source, target = _folders(data, out)
    from kg.analyze import find_eojeols, find_tokens
    from kg.analyze.parser_training import train_parser
    from kg.model import Eojeol, Span

    def analyse(text: str) -> tuple[Eojeol, ...]:
        return find_eojeols(text, find_tokens(text), Span(0, len(text)))

    print_result(f"{train_parser(source, target, analyse=analyse, report=print_notice)}\n")
    return 0


@app.command(short_help="The confidence of facts.")
def confidence(data: Data, judgements: Judgements, table: Tables = None, out: Out = None) -> int:
    """Fit the confidence of facts to readers' judgements of facts of Wikinews and of sentences of newswire.

    \b
    Example:
      kg train confidence --data data/ --judgements tests/judgements --out weights/
    """
    source, target = _folders(data, out)
    from kg.extract.confidence import WEIGHTS
    from kg.extract.confidence_training import read_judgements, train_confidence
    from kg.pipeline.raw_facts import read_raw_facts

    verdicts = read_judgements(judgements, table or ())
    facts = read_raw_facts(source, {article for article, _ in verdicts})
    print_result(f"{train_confidence(facts, verdicts, target / WEIGHTS, print_notice)} judgements\n")
    return 0


@app.command(short_help="The verbs that take objects.")
def valency(data: Data, out: Out = None) -> int:
    """Count which verbs take objects, in unlabelled news.

    \b
    Example:
      kg train valency --data data/ --out weights/
    """
    source, target = _folders(data, out)
    from kg.analyze import find_tokens
    from kg.clauses.valency_training import train_valency

    print_result(f"{train_valency(source, target / 'valency.tsv', find_tokens)} verbs\n")
    return 0
