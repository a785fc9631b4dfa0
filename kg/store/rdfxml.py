"""RDF/XML: the form that older tools read, sorted as the Turtle is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kg.errors import StoreError
from kg.store.files import replacing
from kg.store.turtle import Statement, read_descriptions
from kg.vocab import read_literal

# What every edition of XML takes for a name; a predicate is split before the longest such end.
_NAME = re.compile("[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u4e00-\u9fa5\uac00-\ud7a3][\\w.-]*\\Z")
_WORD = re.compile("[A-Za-z0-9_.\u00c0-\u00d6\u00d8-\u00f6\u4e00-\u9fa5\uac00-\ud7a3-]+\\Z")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdfxml(quads: Iterable[Statement], path: Path, prefixes: Mapping[str, str]) -> int:
    """Write the union of the graphs as RDF/XML grouped by subject, sorted, each triple once; how many triples.

    A character that XML cannot hold becomes U+FFFD. A predicate that does not end in an XML name is a :class:`StoreError`.
    """
    count = 0
    known = {namespace: prefix for prefix, namespace in prefixes.items()}
    with replacing(path) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
        file.writelines(f"\n    xmlns:{prefix}={quoteattr(namespace)}" for prefix, namespace in sorted(prefixes.items()))
        file.write(">\n")
        for subject, said in read_descriptions(quads, path.parent):
            count += len(said)
            file.write(f"  <rdf:Description rdf:about={_quoted(subject)}>\n")
            file.writelines(_elements(said, known))
            file.write("  </rdf:Description>\n")
        file.write("</rdf:RDF>\n")
    return count


def _elements(said: Iterable[tuple[str, str]], known: Mapping[str, str]) -> Iterator[str]:
    for predicate, object_ in said:
        name, declared = _element(predicate[1:-1], known)
        if object_.startswith("<"):
            yield f"    <{name}{declared} rdf:resource={_quoted(object_)}/>\n"
            continue
        text, language, datatype = read_literal(object_)
        kind = f' xml:lang="{language}"' if language else f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
        # A bare carriage return would be read back as a line feed.
        yield f"    <{name}{declared}{kind}>{escape(_ILLEGAL.sub(chr(0xFFFD), text), {chr(13): '&#13;'})}</{name}>\n"


def _element(predicate: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The element's name and, where it is of no known namespace, the declaration of its own."""
    end = _WORD.search(predicate)
    start = end.start() if end is not None else len(predicate)
    while start < len(predicate) and not _NAME.match(predicate, start):
        start += 1
    namespace, local = predicate[:start], predicate[start:]
    if not local or not namespace:
        raise StoreError(f"{predicate}: RDF/XML has no way to write this predicate; export as turtle, trig, nquads or jsonld")
    if namespace in known:
        return f"{known[namespace]}:{local}", ""
    return f"own:{local}", f" xmlns:own={quoteattr(namespace)}"


def _quoted(term: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", term[1:-1]))
