"""Asking a graph by a query's name or by SPARQL, with a limit of time."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from kg.errors import KgError, QueryError
from kg.query.guard import check_query
from kg.query.parameters import Answering, bind_parameters
from kg.query.questions import Question, find_question, find_questions, parse_question, read_question, suggestion
from kg.query.results import Form, Result, Row, read_term

SECONDS = 60.0
ROWS = 1_000_000

_NAME = re.compile(r"[\w-]+")
_WHERE = re.compile(r"(?:\bSELECT\b(?P<selected>[^{}]*?))?^ *WHERE\s*\{", re.MULTILINE)
_VARIABLE = re.compile(r"[?$](\w+)")


def run_query(
    store: Answering,
    query: str,
    parameters: Mapping[str, str] | None = None,
    *,
    seconds: float | None = SECONDS,
) -> Result:
    """The answer to a named query (``ceos``), a file (``mine.rq``) or SPARQL text.

    ``parameters`` are as typed: ``run_query(graph, "statements-by", {"speaker": "김영섭"})``. A query that runs longer than
    ``seconds``, or has more than a million rows, is a :class:`QueryError`.
    """
    question = resolve_query(query)
    check_query(question.text)
    bindings = bind_parameters(store, question, parameters or {})
    text = _hinted(question.text, bindings)
    stop = threading.Event()
    result = _ask(store, text, bindings, stop) if seconds is None else _ask_within(store, text, bindings, seconds, stop)
    return _without(result, {parameter.name for parameter in question.parameters})


def resolve_query(query: str) -> Question:
    """The query that a name, a path ending in ``.rq`` or SPARQL text means."""
    name = query.strip()
    if name.endswith(".rq") and "\n" not in name:
        if not Path(name).is_file():
            raise QueryError(f"{name}: there is no such file{suggestion(Path(name).stem, _names())}")
        return read_question(Path(name))
    if _NAME.fullmatch(name):
        return find_question(name)
    return parse_question("query", query, "query")


def _names() -> tuple[str, ...]:
    return tuple(question.name for question in find_questions())


def _ask(store: Answering, text: str, bindings: Mapping[str, str], stop: threading.Event) -> Result:
    form, columns, encoded = store.ask(text, bindings)
    rows: list[Row] = []
    for row in encoded:
        if stop.is_set():
            break
        if len(rows) >= ROWS:
            raise QueryError(f"the answer has more than {ROWS:,} rows; add a LIMIT or ask for less")
        rows.append(tuple(None if term is None else read_term(term) for term in row))
    return Result(cast(Form, form), columns, tuple(rows))


def _hinted(text: str, bindings: Mapping[str, str]) -> str:
    # Bindings are made after the engine has planned its joins. Naming the resources at the head of the query, and of each
    # part that selects them again, turns a scan of all facts into a look-up, for there the planner sees them. Only IRIs
    # that the graph holds are named here; words and numbers that a user typed are bound and nothing else.
    known = {name: term for name, term in bindings.items() if term.startswith("<")}

    def hint(match: re.Match[str]) -> str:
        chosen = known if match["selected"] is None else {name: known[name] for name in _VARIABLE.findall(match["selected"]) if name in known}
        names, terms = " ".join(f"?{name}" for name in chosen), " ".join(chosen.values())
        return f"{match.group()} VALUES ({names}) {{ ({terms}) }}" if chosen else match.group()

    return _WHERE.sub(hint, text)


def _without(result: Result, parameters: set[str]) -> Result:
    # A parameter must stand in the projection to be bound; what the user gave is not part of the answer.
    kept = [i for i, name in enumerate(result.columns) if name not in parameters]
    if result.form != "select" or len(kept) == len(result.columns):
        return result
    rows = dict.fromkeys(tuple(row[i] for i in kept) for row in result.rows)
    return Result(result.form, tuple(result.columns[i] for i in kept), tuple(rows))


def _ask_within(
    store: Answering, text: str, bindings: Mapping[str, str], seconds: float, stop: threading.Event
) -> Result:
    # The engine cannot be interrupted, so it works in a thread that does not keep the process alive: at the limit the
    # caller goes on, and the work ends with the process or at its next row.
    outcome: list[Result | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_ask(store, text, bindings, stop))
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=work, name="kg-query", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        stop.set()
        raise QueryError(f"the query ran longer than {seconds:g} seconds; make it more selective or raise the limit")
    answer = outcome[0]
    if isinstance(answer, KgError):
        raise answer
    if isinstance(answer, BaseException):
        raise QueryError(f"the query failed: {answer}") from answer
    return answer
