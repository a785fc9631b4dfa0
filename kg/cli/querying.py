"""``kg query``, ``kg view`` and ``kg validate``: what is asked of a graph that is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import InputError, QueryError

Graph = Annotated[Path, typer.Option(help="The output folder of a build.")]


def _complete(incomplete: str) -> list[str]:
    from kg.query import find_questions

    return [q.name for q in find_questions() if q.name.startswith(incomplete)]


def query(
    question: Annotated[str | None, typer.Argument(metavar="NAME|FILE.rq|SPARQL", help="A named query, a file, or SPARQL.", autocompletion=_complete)] = None,
    words: Annotated[list[str] | None, typer.Argument(metavar="[PARAMETER...]", help="Its parameters, in order or as name=value.")] = None,
    graph: Graph = Path("output"),
    form: Annotated[str, typer.Option("--format", help="table, csv, json or ttl.")] = "table",
    listing: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show the query's SPARQL and stop.")] = False,
    seconds: Annotated[float, typer.Option(help="Give up after so many seconds.")] = 60.0,
) -> int:
    """Ask the graph: kg query ceos, kg query statements-by 김영섭, kg query 'SELECT …'."""
    from kg.pipeline.building import STORE
    from kg.query import FORMATS, find_questions, read_parameters, resolve_query, run_query
    from kg.store import open_graph

    if listing:
        _list_questions(find_questions())
        return 0
    if question is None:
        raise QueryError("which query? `kg query --list` shows the named ones; SPARQL in quotes works too.")
    if form not in FORMATS:
        raise QueryError(f"--format {form}: choose one of {', '.join(FORMATS)}.")
    resolved = resolve_query(question)
    if show:
        typer.echo(resolved.text.rstrip())
        return 0
    parameters = read_parameters(resolved, words or [])
    result = run_query(open_graph(graph / STORE), question, parameters, seconds=seconds)
    sys.stdout.write(result.written(form))
    return 0


def _list_questions(questions: tuple[object, ...]) -> None:
    from kg.query import Question, width

    rows = [(q.name, " ".join(p.name for p in q.parameters), q.question_ko) for q in questions if isinstance(q, Question)]
    first, second = max(width(r[0]) for r in rows), max(width(r[1]) for r in rows)
    for name, parameters, text in rows:
        typer.echo(f"{name:<{first}}  {parameters:<{second}}  {text}")


def view(
    focus: Annotated[str | None, typer.Option(help="The name of whom or what the page is about.")] = None,
    depth: Annotated[int, typer.Option(help="How many steps around it.", min=0)] = 1,
    articles: Annotated[list[str] | None, typer.Option(help="Only facts of these articles (repeat).")] = None,
    since: Annotated[str | None, typer.Option(help="Only facts of this day or later: 2024-10-10.")] = None,
    relations: Annotated[list[str] | None, typer.Option(help="Only these relations, as kg:investsIn (repeat).")] = None,
    top: Annotated[int | None, typer.Option(help="Only the weightiest nodes.", min=1)] = None,
    graph: Graph = Path("output"),
    out: Annotated[Path | None, typer.Option(help="The page to write; by default view.html in the graph's folder.")] = None,
) -> int:
    """Make a page of a part of a graph: kg view --focus 김영섭 --depth 2."""
    from kg.graph import article_iri, fact_name
    from kg.pipeline import read_linked
    from kg.render import build_page, select_readings, write_page
    from kg.tables.ontology import load_ontology

    chosen = select_readings(
        read_linked(graph), focus=focus, depth=depth, articles=tuple(articles or ()), since=since, relations=tuple(relations or ()), top=top
    )
    if not any(reading.facts for reading in chosen):
        raise InputError("nothing in the graph fits; `kg query kinds` and `kg query relations` show what is there.", focus)
    target = out or graph / "view.html"
    try:
        write_page(build_page(chosen, load_ontology(), focus=focus, name_fact=fact_name, name_article=article_iri), target)
    except OSError as error:
        raise InputError(f"cannot write the page ({error.strerror}); choose another --out.", target) from error
    typer.echo(str(target))
    return 0


def validate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A Turtle file, or the output folder of a build.")] = Path("output"),
) -> int:
    """Check a graph against the shapes of the ontology; 1 where it breaks them."""
    from kg.validate import find_violations, report_text

    target = path / "graph.ttl" if path.is_dir() else path
    if not target.is_file():
        raise InputError("there is no graph here; name a Turtle file or the output folder of a build.", target)
    violations = find_violations(target)
    typer.echo(report_text(violations))
    return 1 if violations else 0
