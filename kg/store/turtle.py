"""Sorted Turtle, TriG and N-Quads: the same statements give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from kg.store.files import replacing
from kg.store.sorting import read_sorted

Statement = tuple[str, str, str, str]  # subject, predicate, object, graph, each encoded as in N-Quads

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# A part of Turtle's PN_LOCAL that needs no backslash: what it leaves out is written as a full IRI.
_LOCAL = re.compile(
    "[A-Za-z_0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf]"
    "[A-Za-z_0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf-]*"
)
_BARE = {
    "integer": re.compile(r'"([+-]?[0-9]+)"'),
    "decimal": re.compile(r'"([+-]?[0-9]*\.[0-9]+)"'),
    "boolean": re.compile(r'"(true|false)"'),
}


def write_nquads(quads: Iterable[Statement], path: Path) -> int:
    """Write the statements as sorted N-Quads, each once; how many."""
    count = 0
    with replacing(path) as file:
        for line in read_sorted((f"{' '.join(quad)} ." for quad in quads), path.parent):
            file.write(line + "\n")
            count += 1
    return count


def write_turtle(quads: Iterable[Statement], path: Path, prefixes: Mapping[str, str]) -> int:
    """Write the union of the graphs as Turtle grouped by subject, sorted, each triple once; how many triples."""
    count = 0
    shorten = _Shortener(prefixes)
    with replacing(path) as file:
        file.writelines(_heading(prefixes))
        for subject, said in read_descriptions(quads, path.parent):
            count += len(said)
            file.write("\n" + "".join(_block(subject, said, shorten)))
    return count


def write_trig(quads: Iterable[Statement], path: Path, prefixes: Mapping[str, str]) -> int:
    """Write the statements as TriG, each graph grouped by subject, sorted, each once; how many."""
    count = 0
    shorten = _Shortener(prefixes)
    with replacing(path) as file:
        file.writelines(_heading(prefixes))
        lines = read_sorted(("\t".join((quad[3], *quad[:3])) for quad in quads), path.parent)
        statements = (line.split("\t") for line in lines)
        for graph, stated in groupby(statements, key=lambda statement: statement[0]):
            file.write(f"\n{shorten(graph)} {{\n")
            for subject, about in groupby(stated, key=lambda statement: statement[1]):
                said = [(predicate, object_) for _, _, predicate, object_ in about]
                count += len(said)
                file.write("\n" + "".join(_block(subject, said, shorten)))
            file.write("}\n")
    return count


def read_descriptions(quads: Iterable[Statement], beside: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each subject with its predicates and objects, all sorted, each triple of the union once; long inputs go through ``beside``."""
    # A tab sorts below everything that a term may hold, so that lines sort as their terms do.
    lines = read_sorted(("\t".join(quad[:3]) for quad in quads), beside)
    triples = (line.split("\t") for line in lines)
    for subject, about in groupby(triples, key=lambda triple: triple[0]):
        yield subject, [(predicate, object_) for _, predicate, object_ in about]


def _heading(prefixes: Mapping[str, str]) -> Iterator[str]:
    return (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def _block(subject: str, said: list[tuple[str, str]], shorten: _Shortener) -> Iterator[str]:
    # Types first, as people write them.
    said.sort(key=lambda pair: (pair[0] != _TYPE, pair))
    yield shorten(subject)
    mark = " "
    for predicate, pairs in groupby(said, key=lambda pair: pair[0]):
        objects = ", ".join(shorten(object_) for _, object_ in pairs)
        yield f"{mark}{'a' if predicate == _TYPE else shorten(predicate)} {objects}"
        mark = " ;\n    "
    yield " .\n"


class _Shortener:
    """Terms in Turtle's short forms, remembered by the term."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._seen: dict[str, str] = {}

    def __call__(self, term: str) -> str:
        short = self._seen.get(term)
        if short is None:
            short = self._iri(term) if term.startswith("<") else self._literal(term)
            if len(self._seen) < 100_000:
                self._seen[term] = short
        return short

    def _iri(self, term: str) -> str:
        for prefix, namespace in self._prefixes:
            if term.startswith(namespace, 1) and _LOCAL.fullmatch(term, len(namespace) + 1, len(term) - 1):
                return f"{prefix}:{term[len(namespace) + 1 : -1]}"
        return term

    def _literal(self, term: str) -> str:
        if not term.endswith(">"):
            return term
        text, _, datatype = term.rpartition("^^")
        name = datatype[len(_XSD) + 1 : -1] if datatype.startswith(_XSD, 1) else ""
        bare = _BARE[name].fullmatch(text) if name in _BARE else None
        return bare.group(1) if bare else f"{text}^^{self._iri(datatype)}"

