"""``kg build`` and ``kg extract``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Protocol

import typer

from kg.errors import InputError
from kg.readers import ReadOptions, Skipped, read_articles

SEOUL = timezone(timedelta(hours=9))
NOTHING_USABLE, SOME_SKIPPED = 1, 3

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, URLs, or - for standard input.")]
Published = Annotated[
    str | None, typer.Option(help="When the articles appeared, where they do not say it: 2024-10-10 or 2024-10-10T14:06:18 (Korean time).")
]
FieldMap = Annotated[str | None, typer.Option("--map", help="Your names of our fields: title=headline,text=body.")]
Gazetteer = Annotated[Path | None, typer.Option(help="Your own names: a TSV of name, kind, aliases, codes, source.")]
Follow = Annotated[bool, typer.Option("--follow", help="Read the pages that feeds link to.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Let URLs lead to private addresses.")]


class Advance(Protocol):
    """Told the name of each input as it is done."""

    def __call__(self, name: str) -> None: ...


def read_moment(text: str | None) -> datetime | None:
    """The moment that an option means, in Korean time unless it says otherwise."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date: write 2024-10-10 or 2024-10-10T14:06:18.") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=SEOUL)


def read_field_map(text: str | None) -> dict[str, str]:
    """The field map that an option means."""
    pairs: dict[str, str] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        ours, sign, theirs = part.partition("=")
        if not sign or not theirs.strip():
            raise typer.BadParameter(f"{part!r}: write our field, =, and yours: title=headline,text=body.")
        pairs[ours.strip()] = theirs.strip()
    return pairs


def build_options(published: str | None, fields: str | None, follow: bool, allow_private: bool) -> ReadOptions:
    """The readers' options of a command line."""
    return ReadOptions(published=read_moment(published), field_map=read_field_map(fields), follow=follow, allow_private=allow_private)


def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Where the graph goes.")] = Path("output"),
    published: Published = None,
    fields: FieldMap = None,
    gazetteer: Gazetteer = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
) -> int:
    """Read articles and build their graph: graph.ttl, graph.html, facts.jsonl, report.json and store/.

    A later build adds to the store, and all outputs cover the whole of it. Exit status: 0 all read, 1 nothing usable,
    2 usage, 3 some inputs skipped.
    """
    from kg.pipeline import ReadingOptions, build_graph

    options = build_options(published, fields, follow, allow_private)
    with _progress() as advance:
        report = build_graph(inputs, out, reading=ReadingOptions(gazetteer=gazetteer), source=options, progress=advance)
    for row in report.skipped:
        print(f"kg: skipped {row['input']}: {row['reason']}", file=sys.stderr)
    if not report.read:
        print("kg: nothing usable among the inputs; see report.json.", file=sys.stderr)
    elif sys.stderr.isatty():
        counts = report.counts
        print(f"{counts['articles']} articles, {counts['entities']} entities, {counts['facts']} facts in {report.seconds:.1f} s. Open {out / 'graph.html'}", file=sys.stderr)
    return report.exit_code


def extract(
    inputs: Inputs,
    published: Published = None,
    fields: FieldMap = None,
    gazetteer: Gazetteer = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
) -> int:
    """Read articles and print their facts as JSON lines, as they come: no graph, nothing written."""
    from kg.graph import find_fact_rows
    from kg.pipeline import ReadingOptions, link_alone, read_article
    from kg.tables.ontology import load_ontology

    options = build_options(published, fields, follow, allow_private)
    ontology = load_ontology()
    usable, skipped = 0, 0
    for item in read_articles(inputs, options):
        if isinstance(item, Skipped):
            skipped += 1
            print(f"kg: skipped {item.input}: {item.reason}", file=sys.stderr)
            continue
        usable += 1
        reading = link_alone(read_article(item, ReadingOptions(gazetteer=gazetteer)))
        for row in find_fact_rows(reading, ontology):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if not usable:
        raise InputError("nothing usable among the inputs.")
    return SOME_SKIPPED if skipped else 0


@contextmanager
def _progress() -> Iterator[Advance | None]:
    """A bar on a terminal, nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} read"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=name[-60:].replace("[", "\\["))

        yield advance
