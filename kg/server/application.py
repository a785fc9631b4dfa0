"""The addresses of the server and what each answers, as a WSGI application."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter, Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import wrap_file

from kg.errors import QueryError
from kg.query import find_question, find_questions
from kg.server.guard import PAGE_POLICY, add_protection, find_objection
from kg.server.pages import Pages
from kg.server.protocol import TRIPLES, TYPES, ProtocolError, choose_format, read_operation
from kg.server.workers import Refusal, Workers, never
from kg.tables.folders import resource_folder

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

ASSETS: Final = {"page.css": "text/css", "query.js": "text/javascript", "icon.svg": "image/svg+xml"}
# What a named query can be had as: the forms of `kg query`.
FORMS: Final = {
    "json": ("application/sparql-results+json", "application/json"),
    "csv": ("text/csv",),
    "ttl": TRIPLES["ttl"],
    "table": ("text/plain",),
}

_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')


class _Anything(BaseConverter):
    # An article's id may hold slashes, at its ends too.
    regex = ".+"
    part_isolating = False


def _address(path: str, endpoint: str, *more: str) -> Rule:
    return Rule(path, endpoint=endpoint, methods=["GET", *more])


_ADDRESSES = Map(
    [
        _address("/", "index"),
        _address("/graph", "graph"),
        _address("/query", "editor"),
        _address("/articles", "articles"),
        _address("/article/<anything:id>", "article"),
        _address("/queries", "questions"),
        _address("/queries/<name>", "question"),
        _address("/sparql", "sparql", "POST"),
        _address("/served/<name>", "asset"),
    ],
    converters={"anything": _Anything},
    merge_slashes=False,
    strict_slashes=False,
)


class Application:
    """Answers requests of this machine over the snapshot that its workers read."""

    def __init__(self, workers: Workers, graph: bytes | None, notice: Callable[[str], None]) -> None:
        self._workers = workers
        self._graph = graph
        self._notice = notice
        self._pages = Pages(workers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request of WSGI."""
        request = Request(environ)
        response = self._respond(request)
        add_protection(response.headers)
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        objection = find_objection(request)
        if objection is not None:
            return _text(objection, 403)
        try:
            return self._dispatch(request)
        except ProtocolError as error:
            return _text(error.message, error.status)
        except HTTPException as error:
            response = _text("there is nothing at this address" if error.code == 404 else error.name, error.code or 500)
            response.headers.update({name: value for name, value in error.get_headers() if name == "Allow"})
            return response
        except Exception as error:
            self._notice(f"{request.path}: an error that kg did not foresee: {type(error).__name__}: {error}")
            return _text("the server failed on this request", 500)

    def _dispatch(self, request: Request) -> Response:
        endpoint, values = _ADDRESSES.bind_to_environ(request.environ).match()
        match endpoint:
            case "index":
                return _page(self._pages.index(self._graph is not None))
            case "graph":
                return self._graph_page()
            case "editor":
                return _page(self._pages.editor(request.args.get("query", "")))
            case "articles":
                return _page(self._pages.articles(request.args.get("page", 1, type=int)))
            case "article":
                return _page(self._pages.article(values["id"]))
            case "questions":
                return Response(_questions(), content_type="application/json")
            case "question":
                return self._question(request, values["name"])
            case "sparql":
                return self._sparql(request)
            case _:
                return _asset(values["name"])

    def _graph_page(self) -> Response:
        if self._graph is None:
            return _page(self._pages.refusal(Refusal(404, "there was no graph.html beside the store when the server started")))
        response = Response(self._graph, content_type="text/html; charset=utf-8")
        # The page says itself what it may load and run; here it is said once more, with what no page can say of itself.
        named = _POLICY.search(self._graph[:4096])
        policy = named.group(1).decode("ascii", "replace") if named else "default-src 'none'; sandbox"
        response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
        return response

    def _sparql(self, request: Request) -> Response:
        operation = read_operation(request)
        if operation is not None:
            return self._answer(request, operation, TYPES)
        if request.accept_mimetypes.best_match(["text/turtle", "text/html"]) == "text/html":
            return redirect("/query", code=303)
        return Response(_served("service.ttl"), content_type="text/turtle; charset=utf-8")

    def _question(self, request: Request, name: str) -> Response:
        try:
            find_question(name)
        except QueryError as error:
            return _text(str(error), 404)
        form = choose_format(request, FORMS)
        if form is None or request.args.get("format", form) != form:
            return _text(f"choose one of the formats {', '.join(FORMS)}", 406)
        # A field that was left empty in a form is a parameter that was not given.
        parameters = {key: value for key, value in request.args.items() if value and key != "format"}
        asked = {"question": name, "parameters": parameters, "form": form}
        return self._answer(request, asked, {form: types[0] for form, types in FORMS.items()})

    def _answer(self, request: Request, asked: Mapping[str, Any], types: Mapping[str, str]) -> Response:
        answer = self._workers.ask(asked, request.environ.get("waitress.client_disconnected", never))
        if isinstance(answer, Refusal):
            return _text(answer.message, answer.status)
        kind = types[answer.form]
        response = Response(
            wrap_file(request.environ, answer.file),
            content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            direct_passthrough=True,
        )
        response.content_length = os.fstat(answer.file.fileno()).st_size
        response.headers["Vary"] = "Accept"
        return response


def _questions() -> str:
    listed = [
        {
            "name": question.name,
            "question": question.question_ko,
            "title": {"ko": question.title_ko, "en": question.title_en},
            "parameters": [
                {"name": each.name, "type": each.type, "required": each.required, "default": each.default, "note": each.note}
                for each in question.parameters
            ],
        }
        for question in find_questions()
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _asset(name: str) -> Response:
    if name not in ASSETS:
        raise NotFound
    return Response(_served(name), content_type=f"{ASSETS[name]}; charset=utf-8")


def _served(name: str) -> bytes:
    return (resource_folder() / "served" / name).read_bytes()


def _page(page: tuple[str, int]) -> Response:
    html, status = page
    return Response(html, status, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": PAGE_POLICY})


def _text(message: str, status: int) -> Response:
    return Response(f"{message}\n", status, content_type="text/plain; charset=utf-8")
