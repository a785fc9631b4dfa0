"""``kg analyze``: what the language passes saw."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.building import SOME_SKIPPED, Published, build_options, read_moment
from kg.cli.terminal import print_notice, print_result
from kg.errors import InputError, OntologyError, RuleError

_FIELDS = ("ner", "eojeols", "entities", "times", "quantities", "facts")


def analyze(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="One article, or - for standard input.", show_default=False)] = None,
    lines: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A UTF-8 file whose every line is a text; one JSON object a line.", show_default=False),
    ] = None,
    published: Published = None,
    tree: Annotated[bool, typer.Option("--tree", help="Show sentences, clauses and facts to be read by people, not JSON.")] = False,
) -> int:
    """Show what the language passes saw in one article or in many lines, as JSON.

    Of an article: sentences, clauses, quotations, names, times, quantities and facts. With --lines, names by KLUE's types,
    eojeols with their heads, entities, times, quantities and facts of each line; lines end at a line feed and nowhere else,
    and spans count code points of the line as it is.

    \b
    Examples:
      kg analyze 기사.txt
      kg analyze 기사.txt --tree
      kg analyze --lines sentences.txt > analyses.jsonl
      echo '내년 2분기에 공장을 세운다.' | kg analyze --lines - --published 2024-10-10
    """
    if (file is None) == (lines is None):
        raise typer.BadParameter("name one article, or --lines FILE.")
    if lines is None:
        return _analyze_article(str(file), published, tree)
    if tree:
        raise typer.BadParameter("a tree is of an article; leave out --lines.", param_hint="--tree")
    return _analyze_lines(lines, read_moment(published))


def _analyze_article(name: str, published: str | None, tree: bool) -> int:
    options = build_options(published)
    from kg.pipeline.analysis import analysis_of_article, analysis_tree
    from kg.readers import Skipped, read_articles

    articles = list(read_articles([name], options))
    if len(articles) > 1:
        raise InputError("holds more than one article; analyze takes one, kg extract takes many.", name)
    for item in articles:
        if isinstance(item, Skipped):
            raise InputError(item.reason, item.input)
        print_result(analysis_tree(item) if tree else json.dumps(analysis_of_article(item), ensure_ascii=False, indent=1) + "\n")
        return 0
    raise InputError("there is no article here; name a text, HTML, JSON or feed file.", name)


def _analyze_lines(path: Path, published: datetime | None) -> int:
    failed = 0
    for number, line in enumerate(_read_lines(path), 1):
        analysis = _analysis(line, published, f"{path}:{number}")
        failed += "error" in analysis
        print_result(json.dumps(analysis, ensure_ascii=False) + "\n")
    return SOME_SKIPPED if failed else 0


def _analysis(line: str, published: datetime | None, place: str) -> dict[str, Any]:
    """The analysis of a line, an empty one with an "error" where a pass breaks: the next line must stay in step."""
    from kg.pipeline.analysis import analysis_of_line

    try:
        return analysis_of_line(line, published)
    except (RuleError, OntologyError):
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        print_notice(f"{place}: cannot be analysed ({what}); report it with the line.")
        return {"text": line} | {name: [] for name in _FIELDS} | {"error": what}


def _read_lines(path: Path) -> Iterator[str]:
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb") as stream:
            # bytes end their lines at a line feed only
            for number, raw in enumerate(stream, 1):
                try:
                    yield raw.removesuffix(b"\n").decode("utf-8")
                except UnicodeDecodeError as error:
                    raise InputError(f"not UTF-8 at byte {error.start} of the line; save the file as UTF-8.", path, number) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); check the path.", path) from error
