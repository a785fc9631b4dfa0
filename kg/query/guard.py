"""What a query may not do: change the graph, or reach out to another server."""

from __future__ import annotations

import re

from kg.errors import QueryError

_CODEPOINT = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SKIP = re.compile(r"(?:\s+|#[^\r\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*", re.IGNORECASE)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)


def check_query(text: str) -> None:
    """Refuse an update or a federated query with a :class:`QueryError`; the graph is read-only and offline."""
    plain = _decode(text)
    head = _SKIP.match(plain)
    if _UPDATE.match(plain, head.end() if head else 0):
        raise QueryError("updates are refused: the graph is read-only; change the articles and build again")
    # Without the word there is no SERVICE; with it, a parser says whether it is a keyword, a name or words in a string.
    if "service" in plain.lower() and _calls_service(plain):
        raise QueryError("SERVICE is refused: queries never leave this graph; remove the SERVICE block")


def _decode(text: str) -> str:
    try:
        return _CODEPOINT.sub(lambda match: chr(int(match.group(1) or match.group(2), 16)), text)
    except (ValueError, OverflowError) as error:
        raise QueryError("the query does not parse: an escape names no character") from error


def _calls_service(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseQuery

    from kg.vocab import PREFIXES

    try:
        tree = parseQuery(text)
    except Exception as error:  # pyparsing and rdflib raise many kinds; what cannot be read cannot be cleared
        raise QueryError(
            f"the query mentions SERVICE and does not parse ({str(error).splitlines()[0]}); "
            f"declare its prefixes ({', '.join(PREFIXES)}) or remove the word"
        ) from error
    return _mentions(tree)


def _mentions(tree: object) -> bool:
    stack = [tree]
    while stack:
        part = stack.pop()
        if getattr(part, "name", None) == "ServiceGraphPattern":
            return True
        if isinstance(part, dict):
            stack.extend(part.values())
        elif isinstance(part, str | bytes):
            continue
        elif hasattr(part, "__iter__"):
            stack.extend(part)
    return False
