"""SPARQL 1.1 Protocol: what a request asks, and the types in which it may be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from werkzeug.wrappers import Request

LONGEST: Final = 100_000  # characters of a query

SPARQL_QUERY, SPARQL_UPDATE, FORM = "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"

# The first of a format's types is the one it is served as; formats stand in the order in which they are preferred.
ROWS: Final = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml",),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Final = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": ("application/rdf+xml",),
}
TYPES: Final = {form: types[0] for form, types in (*ROWS.items(), *TRIPLES.items())}


class ProtocolError(Exception):
    """A request that cannot be answered, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def read_operation(request: Request) -> dict[str, object] | None:
    """What is to be asked, for :func:`kg.server.worker.answer`; None where nothing is, and the service shall be described.

    ``GET /sparql?query=ASK{}`` is the query ``ASK{}``; an update, or a type that no query has, is a :class:`ProtocolError`.
    """
    fields = request.args
    if request.method == "POST":
        if request.mimetype == SPARQL_UPDATE:
            raise _update()
        if request.mimetype == SPARQL_QUERY:
            query: str | None = _decode(request.get_data())
        elif request.mimetype == FORM:
            fields = request.form
            query = _only(fields.getlist("query"))
        else:
            raise ProtocolError(415, f"a query is posted as {SPARQL_QUERY} or {FORM}")
    else:
        query = _only(fields.getlist("query"))
    if "update" in fields:
        raise _update()
    if query is None:
        if request.method == "POST":
            raise ProtocolError(400, "there is no query in the request")
        return None
    if len(query) > LONGEST:
        raise ProtocolError(413, f"the query is longer than {LONGEST:,} characters")
    return {
        "sparql": query,
        "rows": choose_format(request, ROWS),
        "triples": choose_format(request, TRIPLES),
        "default": fields.getlist("default-graph-uri"),
        "named": fields.getlist("named-graph-uri"),
    }


def choose_format(request: Request, formats: Mapping[str, tuple[str, ...]]) -> str | None:
    """The format that a client likes best: ``Accept: text/csv`` is ``csv``; None where it takes none of them.

    A field ``format=csv`` goes before the header, so that a link can say it; a format that is not known says nothing.
    """
    asked = request.values.get("format")
    if asked in formats:
        return asked
    if not request.accept_mimetypes:
        return next(iter(formats))
    by_type = {kind: form for form, kinds in formats.items() for kind in kinds}
    best = request.accept_mimetypes.best_match([kind for kinds in formats.values() for kind in kinds])
    return None if best is None else by_type[best]


def _only(queries: list[str]) -> str | None:
    if len(queries) > 1:
        raise ProtocolError(400, "there is more than one query in the request")
    return queries[0] if queries else None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the query is not UTF-8") from error


def _update() -> ProtocolError:
    return ProtocolError(400, "updates are refused: the graph is read-only; change the articles and build again")
