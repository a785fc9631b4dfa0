"""``kg export``: the graph for other programs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kg.cli.querying import Graph
from kg.cli.terminal import is_terminal, print_notice, print_result

PIECE = 1 << 16


def export(
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORM",
            help="turtle, trig, nquads, jsonld, rdfxml, graphml, gexf, csv or neo4j; without it the ending of --out decides, else turtle.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The file to write, or the folder for csv and neo4j; else standard output.", show_default=False),
    ] = None,
    graph: Graph = Path("output"),
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave the newspapers' sentences out.")] = False,
    redact_persons: Annotated[bool, typer.Option("--redact-persons", help="Number private persons instead of naming them.")] = False,
) -> int:
    """Write the graph for other programs.

    \b
    turtle, rdfxml   all triples, as graph.ttl has them
    jsonld           the same as JSON, with its context in the file
    trig, nquads     the same by article, each a named graph
    graphml, gexf    the network, for Gephi, yEd and Cytoscape
    csv              nodes.csv, edges.csv and states.csv (facts without an
                     object), for Excel; a cell that would run as a formula
                     is led by an apostrophe
    neo4j            nodes.csv and relationships.csv with the headers of
                     neo4j-admin database import

    The same graph gives the same bytes. What is there already is replaced once the new files are whole.

    For a graph that is shared, --without-text leaves out sentences, headlines and all words longer than a name; offsets,
    articles' ids and links stay. --redact-persons puts 인물 1, 인물 2 in the place of every named person whom no
    article gives a public post or title, in labels, ids, values and sentences. Links to the articles stay, and a person
    whom kg did not recognise keeps the name: look before you publish.

    \b
    Examples:
      kg export --format gexf --out graph.gexf
      kg export --format csv --out tables/
      kg export --format nquads | gzip > graph.nq.gz
      kg export --out shared.jsonld --without-text --redact-persons
      kg export --format neo4j --out import/

    Exit status: 0 written, 1 no graph or nowhere to write, 2 usage.
    """
    from kg.pipeline.exporting import ENDINGS, FORMS, ExportOptions, export_graph

    chosen = form or _form_of(out, ENDINGS)
    if chosen not in FORMS:
        raise typer.BadParameter(f"{chosen!r}: choose one of {', '.join(FORMS)}.", param_hint="--format")
    options = ExportOptions(without_text, redact_persons)
    if out is not None:
        written = export_graph(graph, chosen, out, options)
        if is_terminal():
            print_notice(f"wrote {', '.join(map(str, written))}.")
        return 0
    if not ENDINGS[chosen]:
        raise typer.BadParameter(f"{chosen} has several files; name a folder for them.", param_hint="--out")
    with TemporaryDirectory(prefix="kg-export-") as folder:
        (path,) = export_graph(graph, chosen, Path(folder) / f"graph{ENDINGS[chosen]}", options)
        with path.open(encoding="utf-8", newline="") as file:
            while piece := file.read(PIECE):
                print_result(piece)
    return 0


def _form_of(out: Path | None, endings: dict[str, str]) -> str:
    ending = out.suffix.lower() if out is not None else ""
    return next((form for form, own in endings.items() if own and own == ending), "turtle")
