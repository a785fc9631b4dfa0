"""Parameters of a query: what a user types becomes a term, and is bound, never written into the query."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Protocol

from kg.errors import QueryError
from kg.query.questions import Parameter, Question, suggestion
from kg.query.results import read_term
from kg.vocab import PREFIXES, shorten

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IRI = re.compile(r"<?([A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+)>?")
_WANTED = 5
_LONGEST = 50

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("kg", "rdf", "rdfs", "skos", "schema"))
_EXACT = "SELECT DISTINCT ?found ?label WHERE { ?found rdfs:label ?label . ?found a ?kind . FILTER(?kind != rdf:Property) }"
_ALIAS = "SELECT DISTINCT ?found ?label WHERE { ?found skos:altLabel ?label }"
_FOLDED = """SELECT DISTINCT ?found ?folded WHERE { ?found rdfs:label|skos:altLabel ?label . ?found a ?kind .
FILTER(LCASE(REPLACE(STR(?label), "[ ·]", "")) = ?folded && ?kind != rdf:Property) }"""
_NEAR = """SELECT DISTINCT ?label ?folded WHERE { ?found rdfs:label ?label . ?found a ?kind .
FILTER(CONTAINS(LCASE(STR(?label)), ?folded) && ?kind != rdf:Property) } ORDER BY ?label LIMIT 5"""
_LABELS = "SELECT DISTINCT ?label WHERE { ?article schema:mentions ?found . ?found rdfs:label ?label } ORDER BY ?label LIMIT 20000"
_KNOWN = "ASK { { ?found ?p ?o } UNION { ?s ?found ?o } UNION { ?s ?p ?found } }"
# Names are bound as whole terms, which the engine looks up; a filter would make it read all of them.
_RELATION = "SELECT DISTINCT ?found ?name WHERE { ?found rdfs:label ?name . FILTER EXISTS { ?fact rdf:predicate ?found } }"
_ARTICLE = "SELECT DISTINCT ?found ?name WHERE { ?found schema:identifier ?name }"
_LINKED = _ARTICLE.replace("identifier", "url")


class Answering(Protocol):
    """A graph that answers: the store's, or any other with the same method."""

    def ask(
        self, text: str, bindings: Mapping[str, str] | None = None
    ) -> tuple[str, tuple[str, ...], Iterator[tuple[str | None, ...]]]:
        """The form, the columns and the rows; terms are encoded as in N-Triples."""
        ...


def read_parameters(question: Question, words: Sequence[str]) -> dict[str, str]:
    """Command-line words by parameter: ``name=value``, or values in the order of the header."""
    names = [parameter.name for parameter in question.parameters]
    given: dict[str, str] = {}
    plain: list[str] = []
    for word in words:
        name, mark, value = word.partition("=")
        if mark and name in names:
            given[name] = value
        else:
            plain.append(word)
    free = [name for name in names if name not in given]
    if len(plain) > len(free):
        raise QueryError(f"{question.name} takes {_usage(question)}; {plain[len(free)]!r} is one word too many")
    return given | dict(zip(free, plain, strict=False))


def bind_parameters(store: Answering, question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """A term for each parameter that is given or has a default; a missing or unknown one is a :class:`QueryError`."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise QueryError(f"{question.name} has no parameter {name!r}; it takes {_usage(question)}")
    bindings: dict[str, str] = {}
    for name, parameter in known.items():
        text = given.get(name, parameter.default)
        if text is not None:
            bindings[name] = _term(store, parameter, text)
        elif parameter.required:
            raise QueryError(f"{question.name} needs {name} ({parameter.note or parameter.type}): it takes {_usage(question)}")
    return bindings


def find_entity(store: Answering, text: str) -> str:
    """The entity's term by CURIE or IRI, name, other name, or name without regard to case and spaces, in that order.

    A name of two individuals is a :class:`QueryError` that lists both.
    """
    named = _by_identifier(store, text)
    if named is not None:
        return named
    folded = re.sub("[ ·]", "", text).lower()
    label = {"label": _literal(text, "@ko")}
    for query, bindings in ((_EXACT, label), (_ALIAS, label), (_FOLDED, {"folded": _literal(folded)})):
        found = _found(store, query, bindings)
        if len(found) > 1:
            choices = ", ".join(sorted(shorten(term[1:-1]) for term in found)[:_WANTED])
            raise QueryError(f"{text!r} is the name of {len(found)} entities; give one of {choices}")
        if found:
            return found[0]
    near = _near(store, text, folded) if folded else []
    hint = f"; did you mean {', '.join(near)}?" if near else "; `kg query kinds` shows what there is"
    raise QueryError(f"there is no entity named {text[:80]!r}{hint}")


def _near(store: Answering, text: str, folded: str) -> list[str]:
    holding = [read_term(term).value for term in _found(store, _NEAR, {"folded": _literal(folded)})]
    if holding or len(text) > _LONGEST:
        return holding
    # Of a mistyped syllable two letters in three are right, so syllables are compared by their letters.
    spelled = {unicodedata.normalize("NFD", read_term(term).value): None for term in _found(store, _LABELS, {})}
    close = get_close_matches(unicodedata.normalize("NFD", text), spelled, n=3, cutoff=0.7)
    return [unicodedata.normalize("NFC", name) for name in close]


def _term(store: Answering, parameter: Parameter, text: str) -> str:
    return _READERS[parameter.type](store, parameter, text)


def _entity(store: Answering, parameter: Parameter, text: str) -> str:
    return find_entity(store, text)


def _text(store: Answering, parameter: Parameter, text: str) -> str:
    return _literal(text)


def _number(store: Answering, parameter: Parameter, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 100:
        raise QueryError(f"{parameter.name} is a plain number like 1000000000, not {text[:80]!r}")
    if parameter.type == "integer" and number != number.to_integral_value():
        raise QueryError(f"{parameter.name} is a whole number, not {text[:80]!r}")
    digits = format(number.to_integral_value() if parameter.type == "integer" else number, "f")
    return _literal(digits, f"^^<{PREFIXES['xsd']}{parameter.type}>")


def _day(store: Answering, parameter: Parameter, text: str) -> str:
    if _DAY.fullmatch(text) is None:
        raise QueryError(f"{parameter.name} is a day like 2024-10-10, not {text[:80]!r}")
    return _literal(text, f"^^<{PREFIXES['xsd']}date>")


def _relation(store: Answering, parameter: Parameter, text: str) -> str:
    found = sorted({term for language in ("@ko", "@en") for term in _found(store, _RELATION, {"name": _literal(text, language)})})
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise QueryError(f"{text!r} names {', '.join(sorted(shorten(term[1:-1]) for term in found))}; give one of these")
    named = _by_identifier(store, text)
    if named is None:
        raise QueryError(f"no fact has the relation {text[:80]!r}; `kg query relations` lists them")
    return named


def _kind(store: Answering, parameter: Parameter, text: str) -> str:
    if re.fullmatch(r"(kg:)?[A-Za-z]\w*", text):
        return f"<{PREFIXES['kg']}{text.removeprefix('kg:')}>"
    raise QueryError(f"{parameter.name} is a kind like Company; `kg query kinds` lists them")


def _article(store: Answering, parameter: Parameter, text: str) -> str:
    found = _found(store, _ARTICLE, {"name": _literal(text)})
    found += _found(store, _LINKED, {"name": _literal(text, f"^^<{PREFIXES['xsd']}anyURI>")})
    named = found[0] if found else _by_identifier(store, text)
    if named is None:
        ids = "SELECT DISTINCT ?id WHERE { ?found a schema:NewsArticle ; schema:identifier ?id } ORDER BY ?id LIMIT 1000"
        known = [read_term(term).value for term in _found(store, ids, {})]
        hint = suggestion(text, known) if suggestion(text, known).startswith("; did") else "; `kg query articles` lists them"
        raise QueryError(f"there is no article {text[:80]!r}{hint}")
    return named


def _by_identifier(store: Answering, text: str) -> str | None:
    prefix, colon, local = text.partition(":")
    candidate = PREFIXES[prefix] + local if colon and prefix in PREFIXES else text
    match = _IRI.fullmatch(candidate)
    if match is None:
        return None
    term = f"<{match.group(1)}>"
    try:
        _, _, rows = store.ask(_HEAD + _KNOWN, {"found": term})
    except QueryError:
        return None
    return term if next(rows)[0] == f'"true"^^<{PREFIXES["xsd"]}boolean>' else None


def _found(store: Answering, query: str, bindings: Mapping[str, str]) -> list[str]:
    return [row[0] for row in store.ask(_HEAD + query, bindings)[2] if row[0] is not None]


def _literal(text: str, suffix: str = "") -> str:
    # JSON's escapes are N-Triples' ones, once lone surrogates are gone.
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007F") + suffix


def _usage(question: Question) -> str:
    words = [
        parameter.name if parameter.required else f"[{parameter.name}]" for parameter in question.parameters
    ]
    return " ".join(words) if words else "no parameters"


_READERS: dict[str, Callable[[Answering, Parameter, str], str]] = {
    "entity": _entity,
    "text": _text,
    "decimal": _number,
    "integer": _number,
    "date": _day,
    "relation": _relation,
    "kind": _kind,
    "article": _article,
}
