"""Answers as the engine writes them: the result formats of SPARQL 1.1, and triples in the syntaxes of RDF."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.oxigraph import GraphStore
from kg.vocab import PREFIXES

ROWS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def write_answer(store: GraphStore, text: str, path: Path, *, rows: str | None = "json", triples: str | None = "ttl",
                 default: Sequence[str] = (), named: Sequence[str] = ()) -> str | None:
    """Write the answer of a query into a file and return its format; None, and no file, where none is wanted for its form.

    ``rows`` is the format of a SELECT or an ASK, one of ``ROWS``; ``triples`` that of a CONSTRUCT or a DESCRIBE, one of
    ``TRIPLES``. The default graph is the union of all articles' unless ``default`` or ``named`` give the IRIs of others.
    """
    results = store.results(text, default=default, named=named)
    form = triples if isinstance(results, ox.QueryTriples) else rows
    if form is None:
        return None
    try:
        if isinstance(results, ox.QueryTriples):
            ox.serialize(results, str(path), format=TRIPLES[form], prefixes=dict(PREFIXES))
        else:
            results.serialize(str(path), format=ROWS[form])
    except RuntimeError as error:
        raise QueryError(f"the query cannot be run: {error}") from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and (error.errno == errno.EFBIG or f"os error {errno.EFBIG}" in str(error)):
            raise QueryError("the answer is too large; add a LIMIT or ask for less") from error
        raise StoreError(f"the answer cannot be written ({error})") from error
    return form
