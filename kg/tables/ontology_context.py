"""The ontology as a JSON-LD context: every property under its CURIE, with what its values are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from kg.errors import OntologyError
from kg.tables.folders import ontology_folder
from kg.tables.ontology import Ontology, Term
from kg.vocab import PREFIXES

CONTEXT: Final = "context.jsonld"

# What the graph uses of other vocabularies; texts stand by language.
_BORROWED: Final[Mapping[str, Mapping[str, str]]] = {
    "nif:beginIndex": {"@type": "xsd:nonNegativeInteger"},
    "nif:endIndex": {"@type": "xsd:nonNegativeInteger"},
    "nif:referenceContext": {"@type": "@id"},
    "prov:wasDerivedFrom": {"@type": "@id"},
    "rdf:object": {"@type": "@id"},
    "rdf:predicate": {"@type": "@id"},
    "rdf:subject": {"@type": "@id"},
    "rdfs:comment": {"@container": "@language"},
    "rdfs:label": {"@container": "@language"},
    "rdfs:subPropertyOf": {"@type": "@id"},
    "schema:datePublished": {"@type": "xsd:dateTime"},
    "schema:headline": {"@container": "@language"},
    "schema:mentions": {"@type": "@id"},
    "schema:url": {"@type": "xsd:anyURI"},
    "skos:altLabel": {"@container": "@language"},
}


def build_context(ontology: Ontology) -> dict[str, Any]:
    """The context: ``"kg:isCEOOf": {"@id": "kg:isCEOOf", "@type": "@id"}`` says that its values are names of nodes."""
    ours = {curie: said for curie, term in ontology.properties.items() if (said := _said(term))}
    terms: dict[str, Mapping[str, str]] = {**ours, **_BORROWED}
    return dict(sorted(PREFIXES.items())) | {curie: {"@id": curie, **terms[curie]} for curie in sorted(terms)}


def context_text(context: Mapping[str, Any]) -> str:
    """The file of a context: one line for each prefix and term."""
    lines = (f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in context.items())
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


@lru_cache(maxsize=1)
def load_context() -> Mapping[str, Any]:
    """The context that ships with the package, read once."""
    path = ontology_folder() / CONTEXT
    try:
        context: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError) as error:
        raise OntologyError(f"{path}: cannot read the context ({error}); reinstall the package.") from error
    return context


def _said(term: Term) -> Mapping[str, str]:
    if term.form == "object" or term.theme == "qualifiers":
        return {"@type": "@id"}
    kind = term.range[0] if term.form == "data" and len(term.range) == 1 else ""
    # Booleans are JSON's own, and a moment may be a day or a time of day, which its datatype says.
    return {"@type": kind} if kind in ("xsd:decimal", "xsd:date", "xsd:anyURI") else {}
