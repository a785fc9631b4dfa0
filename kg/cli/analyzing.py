"""``kg analyze``: what the language passes saw."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.building import Published, read_moment
from kg.errors import InputError
from kg.readers import ReadOptions, Skipped, read_articles


def analyze(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="One article.")] = None,
    lines: Annotated[Path | None, typer.Option(help="A file whose every line is a text of its own; one JSON object a line.")] = None,
    published: Published = None,
    tree: Annotated[bool, typer.Option("--tree", help="Show sentences and clauses to be read, not JSON.")] = False,
) -> int:
    """Show what the language passes saw, as JSON: sentences, clauses, names, times, quantities, facts."""
    from kg.pipeline.analysis import analysis_of_article, analysis_of_line, analysis_tree

    if (file is None) == (lines is None):
        raise typer.BadParameter("name one article, or --lines FILE.")
    if lines is not None:
        moment = read_moment(published)
        try:
            content = sys.stdin.buffer.read() if str(lines) == "-" else lines.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror}).", lines) from error
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"not UTF-8 at byte {error.start}; --lines takes UTF-8 text.", lines) from error
        for line in text.removesuffix("\n").split("\n") if text else ():
            sys.stdout.write(json.dumps(analysis_of_line(line, moment), ensure_ascii=False) + "\n")
        return 0
    for item in read_articles([str(file)], ReadOptions(published=read_moment(published))):
        if isinstance(item, Skipped):
            raise InputError(item.reason, item.input)
        sys.stdout.write(analysis_tree(item) if tree else json.dumps(analysis_of_article(item), ensure_ascii=False, indent=1) + "\n")
        return 0
    raise InputError("there is no article here.", file)
