"""JSON-LD: one object a line for each subject, named and typed by a context that stands in the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.store.files import replacing
from kg.store.turtle import Statement, read_descriptions
from kg.vocab import PREFIXES, read_literal

Json = dict[str, Any]

_TYPE = PREFIXES["rdf"] + "type"
_BOOLEAN = PREFIXES["xsd"] + "boolean"


def write_jsonld(quads: Iterable[Statement], path: Path, context: Mapping[str, Any]) -> int:
    """Write the union of the graphs as JSON-LD, sorted, each triple once; how many triples.

    ``context`` has prefixes (``"kg": "https://…"``) and terms under their CURIE
    (``"kg:isCEOOf": {"@id": "kg:isCEOOf", "@type": "@id"}``); what it says of a term decides how its values are written.
    """
    count = 0
    names = _Names(context)
    with replacing(path) as file:
        file.write(f'{{"@context": {_dumps(context)},\n"@graph": [')
        mark = "\n"
        for subject, said in read_descriptions(quads, path.parent):
            count += len(said)
            file.write(mark + _dumps(_node(subject, said, names)))
            mark = ",\n"
        file.write("\n]}\n")
    return count


class _Names:
    """How a context shortens IRIs and what it says of a term."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        prefixes = {prefix: namespace for prefix, namespace in context.items() if isinstance(namespace, str)}
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._terms = {term: said for term, said in context.items() if isinstance(said, Mapping)}

    def short(self, iri: str) -> str:
        """The CURIE of an IRI, or the IRI where no prefix fits."""
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def kind(self, term: str) -> str:
        """What the context says that a term's values are: ``@id``, a datatype's IRI, ``@language``, or nothing."""
        said = self._terms.get(term, {})
        kind = str(said.get("@type", said.get("@container", "")))
        prefix, colon, local = kind.partition(":")
        return PREFIXES[prefix] + local if colon else kind


def _node(subject: str, said: Iterable[tuple[str, str]], names: _Names) -> Json:
    node: Json = {"@id": names.short(subject[1:-1])}
    for term, pairs in groupby(said, key=lambda pair: pair[0]):
        predicate, objects = term[1:-1], [object_ for _, object_ in pairs]
        if predicate == _TYPE:
            node["@type"] = _one([names.short(object_[1:-1]) for object_ in objects])
            continue
        key = names.short(predicate)
        kind = names.kind(key)
        if kind == "@language":
            node |= _texts(key, predicate, objects)
        else:
            node[key] = _one([_value(object_, kind, names) for object_ in objects])
    return node


def _texts(key: str, predicate: str, objects: Iterable[str]) -> Json:
    """Texts by language; what has none cannot stand in such a map, and goes under the property's whole IRI."""
    by_language: dict[str, list[str]] = {}
    plain: list[Any] = []
    for object_ in objects:
        text, language, datatype = read_literal(object_)
        if language:
            by_language.setdefault(language, []).append(text)
        else:
            plain.append({"@value": text, "@type": datatype} if datatype else text)
    found: Json = {key: {language: _one(texts) for language, texts in sorted(by_language.items())}} if by_language else {}
    return found | ({predicate: _one(plain)} if plain else {})


def _value(object_: str, kind: str, names: _Names) -> Any:
    if object_.startswith("<"):
        name = names.short(object_[1:-1])
        return name if kind == "@id" else {"@id": name}
    text, language, datatype = read_literal(object_)
    if language:
        return {"@value": text, "@language": language}
    if datatype == _BOOLEAN and text in ("true", "false") and not kind:
        return text == "true"
    if datatype == kind:
        return text
    return {"@value": text, "@type": names.short(datatype)} if datatype else {"@value": text}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
