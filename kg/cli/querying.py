"""``kg query``, ``kg view`` and ``kg validate``: what is asked of a graph that is there."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.building import SOME_SKIPPED
from kg.cli.terminal import print_notice, print_result
from kg.errors import InputError, QueryError

if TYPE_CHECKING:
    from kg.query import Parameter

STORE = "store"  # named here too, so that a query need not load what builds

Graph = Annotated[Path, typer.Option(metavar="DIR", help="The output folder of a build.")]


def _complete(incomplete: str) -> list[str]:
    from kg.query import find_questions

    return [q.name for q in find_questions() if q.name.startswith(incomplete)]


def query(
    question: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE.rq|SPARQL", help="A named query, a file, or SPARQL in quotes.", autocompletion=_complete),
    ] = None,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="PARAMETER", help="Its parameters, in their order or as name=value.", show_default=False)
    ] = None,
    graph: Graph = Path("output"),
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="table, csv, json (SPARQL results), or ttl for triples.")] = "table",
    listing: Annotated[bool, typer.Option("--list", help="List the named queries and their parameters.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show the query's SPARQL and stop: a start for your own.")] = False,
    seconds: Annotated[float, typer.Option(min=0.001, metavar="N", help="Give up after so many seconds.")] = 60.0,
) -> int:
    """Ask the graph: by a query's name, from a file, or in SPARQL.

    In SPARQL the prefixes kg, kgo, kgr, rdf, rdfs, xsd, skos, schema, prov and nif are known. The graph is only read, and
    nothing is fetched.

    \b
    Examples:
      kg query --list
      kg query ceos
      kg query investments 1000000000 --format csv
      kg query statements-by 김영섭
      kg query timeline from=2024-10-01
      kg query evidence KT kg:investsIn
      kg query 'SELECT ?p ?c WHERE { ?p kg:isCEOOf ?c }' --format json
      kg query ceos --show > mine.rq; kg query mine.rq

    Exit status: 0 answered, also where nothing was found; 1 no graph; 2 a query that cannot be run.
    """
    from kg.query import FORMATS, read_parameters, resolve_query, run_query

    if listing:
        print_result(_listing())
        return 0
    if question is None:
        raise QueryError("which query? `kg query --list` shows the named ones; SPARQL in quotes works too.")
    if form not in FORMATS:
        raise QueryError(f"--format {form}: choose one of {', '.join(FORMATS)}.")
    resolved = resolve_query(question)
    if show:
        print_result(resolved.text.rstrip() + "\n")
        return 0
    parameters = read_parameters(resolved, words or [])
    from kg.store import open_graph

    result = run_query(open_graph(graph / STORE), question, parameters, seconds=seconds)
    print_result(result.written(form))
    return 0


def _listing() -> str:
    from kg.query import find_questions, width

    rows = [(q.name, " ".join(map(_usage, q.parameters)), q.title_en, q.question_ko) for q in find_questions()]
    widths = [max(width(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, (*widths, 0), strict=True)) for row in rows]
    lines += ["", "Ask one with: kg query NAME [PARAMETER...]; parameters in [ ] may be left out."]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _usage(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


def view(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT]...", help="Articles to read in place of a graph: files, folders, URLs.", show_default=False)
    ] = None,
    focus: Annotated[str | None, typer.Option(metavar="NAME", help="Whom or what the page is about: a name or a CURIE.")] = None,
    depth: Annotated[int, typer.Option(help="How many steps around it.", min=0, metavar="N")] = 1,
    articles: Annotated[
        list[str] | None, typer.Option("--article", "--articles", metavar="ID", help="Only facts of this article (repeat it for more).")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only facts of this day or later: 2024-10-10.")] = None,
    relations: Annotated[
        list[str] | None, typer.Option("--relation", "--relations", metavar="CURIE", help="Only this relation, like kg:investsIn (repeat).")
    ] = None,
    top: Annotated[int | None, typer.Option(help="Only the N weightiest nodes.", min=1, metavar="N")] = None,
    graph: Graph = Path("output"),
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The page to write; by default view.html in the graph's folder, or here.", show_default=False)
    ] = None,
) -> int:
    """Make a page of a part of the graph, and print its name.

    With INPUTs the page is made of these articles, and no graph is read or written.

    \b
    Examples:
      kg view --focus 김영섭 --depth 2
      kg view --since 2024-10-14 --out week.html
      kg view --relation kg:investsIn --relation kg:acquires --top 50
      kg view 기사.txt news.jsonl --out today.html

    Exit status: 0 done, 1 nothing fits or cannot be written, 2 usage, 3 some inputs skipped.
    """
    day = _read_day(since)
    from kg.graph import article_iri, fact_name, find_fusion, is_direct, node_name, rule_name, told_links
    from kg.pipeline import build, read_linked
    from kg.render import build_page, select_readings, write_page
    from kg.tables.ontology import load_ontology

    made = build(inputs) if inputs else None
    for each in made.skipped if made else ():
        print_notice(f"skipped {each.input}: {each.reason}")
    linked = made.readings if made else read_linked(graph)
    chosen = select_readings(
        linked, focus=focus, depth=depth, articles=tuple(articles or ()), since=day, relations=tuple(relations or ()), top=top
    )
    if not any(reading.facts for reading in chosen):
        raise InputError("nothing in the graph fits; `kg query names`, `articles` and `relations` show what is there.", focus)
    target = out or (Path() if made else graph) / "view.html"
    fusion = find_fusion(chosen)
    ontology = load_ontology()
    page = build_page(
        chosen, ontology, focus=focus, conflicts=fusion.conflicts, links=told_links(fusion),
        name_fact=fact_name, name_article=article_iri, name_value=node_name, name_rule=rule_name,
        is_direct=partial(is_direct, ontology=ontology),
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_page(page, target)
    except OSError as error:
        raise InputError(f"cannot write the page ({error.strerror}); choose another --out.", target) from error
    print_result(f"{target}\n")
    return SOME_SKIPPED if made and made.skipped else 0


def _read_day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day: write 2024-10-10.", param_hint="--since") from error


def validate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A Turtle file, or the output folder of a build.")] = Path("output"),
) -> int:
    """Check a graph against the shapes of the ontology (SHACL).

    \b
    Examples:
      kg validate output/
      kg validate merged.ttl

    Exit status: 0 the graph conforms, 1 it does not or cannot be read.
    """
    target = path / "graph.ttl" if path.is_dir() else path
    if not target.is_file():
        raise InputError("there is no graph here; name a Turtle file or the output folder of a build.", path)
    from kg.validate import find_violations, report_text

    violations = find_violations(target)
    print_result(report_text(violations))
    return 1 if violations else 0
