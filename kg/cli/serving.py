"""``kg serve``: the graph for browsers and programs of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.querying import Graph
from kg.cli.terminal import print_notice

PORT = 8765


def serve(
    graph: Graph = Path("output"),
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port on 127.0.0.1; 0 takes a free one.")] = PORT,
    seconds: Annotated[float, typer.Option(min=0.1, max=86_400, metavar="N", help="End a query after so many seconds.")] = 60.0,
) -> None:
    """Serve the graph on this machine, to browsers and to programs.

    The page has the graph, the articles with their facts, and a place to ask in. Programs ask at /sparql (SPARQL 1.1
    Protocol, read-only) or take a named query as JSON or CSV. Only this machine can reach it, and nothing is fetched.

    \b
    Examples:
      kg serve
      kg serve --graph output/ --port 0
      curl 'http://127.0.0.1:8765/queries/ceos?format=csv'
      curl -H 'Accept: text/csv' http://127.0.0.1:8765/sparql \\
           --data-urlencode 'query=SELECT ?p { ?p kg:isCEOOf ?c }'

    What is served is the graph as it was at the start; a build beside it does no harm. Ctrl-C stops the server.

    Exit status: 1 no graph, or the port is taken.
    """
    from kg.server import open_server

    with open_server(graph, port, seconds=seconds, notice=print_notice) as server:
        print_notice(f"serving {graph} at {server.url} — Ctrl-C stops")
        server.wait()
