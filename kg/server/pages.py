"""The pages that the server makes: what there is, the articles, an article with its facts, and where to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.query import find_questions
from kg.server.workers import Refusal, Workers
from kg.tables.folders import resource_folder
from kg.vocab import PREFIXES

PER_PAGE: Final = 100

_ARTICLES = """SELECT ?id ?headline ?published ?publisher WHERE {
  ?article a schema:NewsArticle ; schema:identifier ?id .
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher ?publisher }
} ORDER BY DESC(?published) ?id LIMIT %d OFFSET %d"""
_COUNT = "SELECT (COUNT(*) AS ?articles) WHERE { ?article a schema:NewsArticle }"

Page = tuple[str, int]
Row = Mapping[str, str]


class RefusedError(Exception):
    """A question of a page that got no answer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article and the facts that it says."""

    text: str
    facts: tuple[Row, ...]


class Pages:
    """Pages as HTML with their status; all that comes from articles is escaped by the templates."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._templates = Environment(
            loader=FileSystemLoader(resource_folder() / "served"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["path"] = lambda text: quote(text, safe="")

    def index(self, has_graph: bool) -> Page:
        """The first page."""
        return self._made("index.html", has_graph=has_graph)

    def editor(self, query: str) -> Page:
        """The page to ask in, with a query to start from."""
        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
        return self._made("query.html", query=query or _first_query(), prefixes=prefixes, questions=find_questions())

    def articles(self, page: int) -> Page:
        """A page of the list of articles, the latest first."""
        try:
            (count,) = self._rows(_COUNT)
            last = max(1, -(-int(count["articles"]) // PER_PAGE))
            page = min(max(page, 1), last)
            rows = tuple(self._rows(_ARTICLES % (PER_PAGE, (page - 1) * PER_PAGE)))
        except RefusedError as error:
            return self.refusal(error.refusal)
        return self._made("articles.html", rows=rows, count=count["articles"], page=page, last=last)

    def article(self, id: str) -> Page:
        """An article: what is known of it, and its sentences with their facts."""
        try:
            found = tuple(self._asked("article", id))
            facts = tuple(self._asked("facts", id)) if found else ()
        except RefusedError as error:
            status = 404 if error.refusal.status == 400 else error.refusal.status
            return self.refusal(Refusal(status, error.refusal.message))
        if not found:
            return self.refusal(Refusal(404, f"there is no article {id[:80]!r}"))
        about = {**found[0], "authors": sorted({row["author"] for row in found if "author" in row})}
        url = found[0].get("url", "")
        # Only what is plainly an address of the web is made a link.
        about["link"] = url if urlsplit(url).scheme in ("http", "https") else ""
        sentences = [Sentence(text, tuple(said)) for (_, text), said in groupby(facts, key=lambda row: (row["begin"], row["sentence"]))]
        return self._made("article.html", about=about, sentences=sentences)

    def refusal(self, refusal: Refusal) -> Page:
        """The page that says why there is no other."""
        return self._made("refusal.html", message=refusal.message)[0], refusal.status

    def _made(self, name: str, **values: object) -> Page:
        return self._templates.get_template(name).render(values), 200

    def _rows(self, sparql: str) -> Iterator[Row]:
        return self._answered({"sparql": sparql, "rows": "json", "triples": None, "default": [], "named": []})

    def _asked(self, name: str, id: str) -> Iterator[Row]:
        query = resource_folder() / "served" / f"{name}.rq"
        return self._answered({"question": str(query), "parameters": {"article": id}, "form": "json"})

    def _answered(self, asked: Mapping[str, Any]) -> Iterator[Row]:
        answer = self._workers.ask(asked)
        if isinstance(answer, Refusal):
            raise RefusedError(answer)
        for row in json.loads(answer.text())["results"]["bindings"]:
            yield {name: term["value"] for name, term in row.items()}


def _first_query() -> str:
    needed = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("kg", "kgr", "rdf", "rdfs", "prov", "nif"))
    return f"""{needed}
SELECT ?person ?company WHERE {{
  ?p kg:isCEOOf ?c .
  ?p rdfs:label ?person .
  ?c rdfs:label ?company .
}} ORDER BY ?person
"""
