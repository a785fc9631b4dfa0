"""The closed namespaces of the graph: prefixes, CURIEs and their IRIs, and literals as N-Quads writes them."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

KG: Final = "https://w3id.org/korean-news-kg/ontology#"
KGO: Final = "https://w3id.org/korean-news-kg/open#"
KGR: Final = "https://w3id.org/korean-news-kg/resource/"

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "kgo": KGO,
    "kgr": KGR,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
}

INFERRED: Final = "kgr:inferred"  # the graph of what follows from the reported facts


def expand(curie: str) -> str:
    """The IRI of a CURIE: ``expand("kg:isCEOOf")`` is ``https://w3id.org/korean-news-kg/ontology#isCEOOf``."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """The CURIE of an IRI in one of the namespaces, else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def read_literal(term: str) -> tuple[str, str, str]:
    """Text, language and datatype of a literal as N-Quads writes it: ``"케이티"@ko`` is ``("케이티", "ko", "")``."""
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"not a term of N-Quads: {term[:80]}")
    text, language, datatype = match.groups()
    return _ESCAPE.sub(_character, text) if "\\" in text else text, language or "", datatype or ""


def _character(match: re.Match[str]) -> str:
    short, long, single = match.groups()
    if single is not None:
        return _CHARACTERS.get(single, single)
    return chr(int(short or long, 16))


# PN_CHARS of Turtle without "." and ":", so that a name is legal behind a prefix wherever it is written.
_LETTERS: Final = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
)
# Letters, digits, _ and -: the dashes, zero-width joiners and ideographic marks inside PN_CHARS do not name anything.
_UNSAFE_LOCAL: Final = re.compile(rf"[^0-9{_LETTERS}-]|[\u200c\u200d\u3001-\u3004\u3008-\u3020\u3030]")
_LEADING: Final = re.compile(r"^-+")


def local_name(name: str) -> str:
    """A legal local name: ``local_name("AX 전문기업")`` is ``AX_전문기업``; a name changed beyond that gets no hash here."""
    return _LEADING.sub("_", _UNSAFE_LOCAL.sub("_", name)) or "_"


def safe_name(name: str) -> str:
    """A legal local name that no other name has: ``a/b`` is ``a_b_`` and eight digits of its hash."""
    local = local_name(name)
    return local if local == name else f"{local[:80]}_{digest(name, 8)}"


def digest(text: str, length: int = 16) -> str:
    """The first ``length`` hexadecimal digits of the text's SHA-256."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_name(article: str) -> str:
    """The CURIE of an article's id: ``seed`` is ``kgr:article_seed``."""
    return f"kgr:article_{safe_name(article)}"
