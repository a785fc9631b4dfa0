"""RDF terms as the strings that N-Quads writes: fast to build, to sort and to compare."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from kg.vocab import KGO, KGR, PREFIXES

XSD = PREFIXES["xsd"]

# PN_CHARS of Turtle without "." and ":", so that a name is legal behind a prefix wherever it is written.
_LETTERS = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
)
# Letters, digits, _ and -: the dashes, zero-width joiners and ideographic marks inside PN_CHARS do not name anything.
_UNSAFE_LOCAL = re.compile(rf"[^0-9{_LETTERS}-]|[\u200c\u200d\u3001-\u3004\u3008-\u3020\u3030]")
_LEADING = re.compile(r"^-+")

# What RFC 3987 lets stand in a path, query or fragment, with "%" only before two hexadecimal digits.
_ILLEGAL_IRI = re.compile(
    "%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\\-._~:/?#@!$&'()*+,;=%"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
    # oxigraph and rdflib do not agree on blanks beyond ASCII, bidirectional marks and specials, so these are encoded too
    "|[\u00a0\u1680\u2000-\u200a\u200e\u200f\u2028-\u202f\u205f\u3000]"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F)}
_ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_PLAIN = re.compile(r'[^\x00-\x1f\x7f"\\\ud800-\udfff]*')
_SURROGATES = re.compile("[\ud800-\udfff]")


class Quad(NamedTuple):
    """One statement in one named graph; each term is encoded as in N-Quads: ``<https://…>`` or ``"케이티"@ko``."""

    subject: str
    predicate: str
    object: str
    graph: str


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


def escape(text: str) -> str:
    """The text between the quotes of a canonical N-Quads literal; a lone surrogate becomes U+FFFD."""
    if _PLAIN.fullmatch(text):
        return text
    return _SURROGATES.sub("\ufffd", text).translate(_ESCAPES)


def iri(text: str) -> str:
    """The IRI as a term, every character that RFC 3987 forbids percent-encoded: a space is ``%20``."""
    head, mark, fragment = text.partition("#")
    encoded = _ILLEGAL_IRI.sub(_percent, head) + mark + _ILLEGAL_IRI.sub(_percent, fragment).replace("#", "%23")
    return f"<{encoded}>"


@lru_cache(maxsize=65536)
def resource(curie: str) -> str:
    """The term of a CURIE (``kgr:KT``) or an IRI; an unknown prefix is part of a name of ours."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in PREFIXES:
        if prefix in ("kgr", "kgo"):
            return iri((KGR if prefix == "kgr" else KGO) + local.replace("#", "%23"))
        return iri(PREFIXES[prefix] + local)
    if _SCHEME.match(curie) and "//" in curie:
        return iri(curie)
    return iri(KGR + safe_name(curie))


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """A literal as a term: ``literal("케이티", language="ko")`` is ``"케이티"@ko``; ``datatype`` is a name of XSD."""
    if language:
        return f'"{escape(text)}"@{language}'
    return f'"{escape(text)}"^^<{XSD}{datatype}>' if datatype else f'"{escape(text)}"'


def _percent(match: re.Match[str]) -> str:
    encoded = match.group().encode("utf-8", "replace")
    return "".join(f"%{byte:02X}" for byte in encoded)
