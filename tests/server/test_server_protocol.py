"""SPARQL 1.1 Protocol as programs speak it: operations, types, refusals, and what other people's clients see."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.vocab import PREFIXES

LEADERS = "SELECT ?p ?c WHERE { ?p kg:isCEOOf ?c }"
LEADER = PREFIXES["kgr"] + "김하늘"
ABOUT = "CONSTRUCT { ?p kg:isCEOOf ?c } WHERE { ?p kg:isCEOOf ?c }"


def leaders(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["p"]["value"] for row in response.json()["results"]["bindings"]]


def test_a_query_is_asked_in_three_ways(server: Any) -> None:
    accept = {"Accept": "application/sparql-results+json"}
    posted = server.client.post("/sparql", content=LEADERS, headers={"Content-Type": "application/sparql-query", **accept})
    assert leaders(server.ask(LEADERS)) == leaders(posted) == leaders(server.client.post("/sparql", data={"query": LEADERS})) == [LEADER]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, application/sparql-results+json;q=0.5", "text/tab-separated-values; charset=utf-8"),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/sparql-results+json"),
        ("text/turtle, text/csv;q=0.2", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_in_the_type_that_is_liked_best(server: Any, accept: str, kind: str) -> None:
    response = server.ask(LEADERS, accept)
    assert response.headers["content-type"] == kind
    assert LEADER in response.text
    if "xml" in kind:
        assert ElementTree.fromstring(response.content).tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    if "csv" in kind:
        assert list(csv.reader(io.StringIO(response.text))) == [["p", "c"], [LEADER, PREFIXES["kgr"] + "한빛전자"]]


@pytest.mark.parametrize(
    ("accept", "kind", "form"),
    [
        ("*/*", "text/turtle; charset=utf-8", "turtle"),
        ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
    ],
)
@pytest.mark.parametrize("query", [ABOUT, "DESCRIBE kgr:김하늘"])
def test_triples_come_in_the_type_that_is_liked_best(server: Any, accept: str, kind: str, form: str, query: str) -> None:
    response = server.ask(query, accept)
    assert response.headers["content-type"] == kind
    graph = rdflib.Graph().parse(data=response.text, format=form)
    assert (rdflib.URIRef(LEADER), rdflib.URIRef(PREFIXES["kg"] + "isCEOOf"), rdflib.URIRef(PREFIXES["kgr"] + "한빛전자")) in graph


@pytest.mark.parametrize(("query", "accept"), [(LEADERS, "text/turtle"), (ABOUT, "text/csv"), ("ASK {}", "image/png")])
def test_what_cannot_be_had_in_any_accepted_type_is_said(server: Any, query: str, accept: str) -> None:
    assert server.ask(query, accept).status_code == 406


def test_a_yes_or_no_is_one(server: Any) -> None:
    assert server.ask("ASK { ?p kg:isCEOOf ?c }").json()["boolean"] is True
    assert server.ask("ASK { ?p kg:isCEOOf ?p }").json()["boolean"] is False
    assert b"<boolean>true</boolean>" in server.ask("ASK {}", "application/sparql-results+xml").content


def test_the_default_graph_is_the_union_of_the_articles(server: Any) -> None:
    said = "SELECT ?name WHERE { kgr:한빛전자 rdfs:label ?name }"
    assert len(server.ask(said).json()["results"]["bindings"]) == 1
    graphs = server.ask("SELECT ?g WHERE { GRAPH ?g { kgr:한빛전자 rdfs:label ?name } }").json()["results"]["bindings"]
    assert len(graphs) == 2
    names = sorted(row["g"]["value"] for row in graphs)
    of_one = [server.ask(LEADERS, **{"default-graph-uri": name}) for name in names]
    assert sorted(len(leaders(response)) for response in of_one) == [0, 1]
    among = server.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": names[0]})
    assert [row["g"]["value"] for row in among.json()["results"]["bindings"]] == names[:1]
    assert server.ask("ASK { ?s ?p ?o }", **{"named-graph-uri": names[0]}).json()["boolean"] is False
    assert server.ask(LEADERS, **{"default-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "line 2"),
        ("", "does not parse"),
        ("ceos", "does not parse"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * WHERE { \\u0053ERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { kgr:a kg:leads kgr:b }", "read-only"),
        ("PREFIX x: <a:b>\nDELETE WHERE { ?s ?p ?o }", "read-only"),
    ],
)
def test_what_is_no_query_of_this_graph_is_refused_with_a_reason(server: Any, query: str, named: str) -> None:
    for response in (server.ask(query), server.client.post("/sparql", data={"query": query})):
        assert (response.status_code, response.headers["content-type"]) == (400, "text/plain; charset=utf-8")
        assert named in response.text


@pytest.mark.parametrize("deep", ["{ " * 40_000, "{ " * 40_000 + "SERVICE", "FILTER(" + "(" * 40_000], ids=["braces", "service", "brackets"])
def test_a_query_nested_without_end_hurts_nobody_else(server: Any, deep: str) -> None:
    response = server.client.post("/sparql", data={"query": f"SELECT * WHERE {{ {deep}"})
    assert response.status_code in (400, 500)
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert leaders(server.ask(LEADERS)) == [LEADER]


def test_the_graph_cannot_be_changed(server: Any) -> None:
    update = "INSERT DATA { kgr:a kg:leads kgr:b }"
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before = server.ask(count).text
    refused = [
        server.client.post("/sparql", data={"update": update}),
        server.client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}),
        server.client.get("/sparql", params={"update": update}),
    ]
    assert [(response.status_code, "read-only" in response.text) for response in refused] == [(400, True)] * 3
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        response = server.client.request(method, "/sparql", content=b"<a:a> <a:b> <a:c> .")
        assert response.status_code == 405
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert server.client.post("/articles").status_code == 405
    assert server.ask(count).text == before


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"content": LEADERS, "headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"data": {"query": [LEADERS, LEADERS]}}, 400),
        ({"data": {"quary": LEADERS}}, 400),
        ({"data": {"query": "#" * 100_001}}, 413),
        ({"data": {"query": "#" * 2_000_000}}, 413),
    ],
    ids=["type", "encoding", "two", "none", "long", "huge"],
)
def test_a_request_that_breaks_the_protocol_is_refused(server: Any, request_: dict[str, Any], status: int) -> None:
    assert server.client.post("/sparql", **request_).status_code == status


def test_the_service_describes_itself(server: Any) -> None:
    graph = rdflib.Graph().parse(data=server.get("/sparql").text, format="turtle", publicID=f"{server.url}sparql")
    described = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(graph.objects(None, described.endpoint)) == [rdflib.URIRef(f"{server.url}sparql")]
    to_people = server.get("/sparql", Accept="text/html")
    assert (to_people.status_code, to_people.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_understands_the_answers(server: Any, method: str) -> None:
    client = SPARQLWrapper(f"{server.url}sparql")
    client.setMethod(method)

    def asked(query: str, form: str) -> Any:
        client.setQuery(query)
        client.setReturnFormat(form)
        return client.queryAndConvert()

    prefix = f"PREFIX kg: <{PREFIXES['kg']}>\nPREFIX kgr: <{PREFIXES['kgr']}>\n"
    assert [row["p"]["value"] for row in asked(prefix + LEADERS, JSON)["results"]["bindings"]] == [LEADER]
    assert LEADER in asked(prefix + LEADERS, XML).toxml()
    assert LEADER in asked(prefix + LEADERS, CSV).decode()
    assert asked("ASK {}", JSON)["boolean"] is True
    for form in (TURTLE, N3):
        described = rdflib.Graph().parse(data=asked(prefix + "DESCRIBE kgr:김하늘", form), format="turtle")
        assert rdflib.URIRef(LEADER) in set(described.subjects())
    assert len(asked(prefix + "DESCRIBE kgr:김하늘", XML)) > 3
    with pytest.raises(QueryBadFormed):
        asked("SELECT * WHERE { ?s ?p }", JSON)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_graph_through_its_sparql_store(server: Any, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql", method=method, returnFormat="json"))
    company = rdflib.URIRef(PREFIXES["kgr"] + "한빛전자")
    assert list(graph.subjects(rdflib.URIRef(PREFIXES["kg"] + "isCEOOf"), company)) == [rdflib.URIRef(LEADER)]
    assert [str(row.name) for row in graph.query("SELECT ?name WHERE { ?s rdfs:label ?name }", initBindings={"s": company})] == ["한빛전자"]
    assert len(graph) > 100


def test_named_queries_are_listed_and_answered(server: Any) -> None:
    listed = {question["name"]: question for question in server.get("/queries").json()}
    assert listed["ceos"]["question"] == "누가 어느 회사나 기관의 대표인가?"
    assert [each["name"] for each in listed["timeline"]["parameters"]] == ["entity", "from"]
    assert server.get("/queries/ceos?format=csv").text == "person,company\r\n김하늘,한빛전자\r\n"
    assert server.get("/queries/ceos?entity=&format=csv").text == server.get("/queries/ceos", Accept="text/csv").text
    assert server.get("/queries/ceos").json()["head"]["vars"] == ["person", "company"]
    assert server.get("/queries/statements-by", Accept="text/plain").status_code == 400
    assert "한빛전자" in server.get("/queries/statements-by?speaker=김하늘&format=table").text
    assert "@prefix kg:" in server.get("/queries/about?entity=김하늘&format=ttl").text
    assert server.get("/queries/ceos?format=ttl").status_code == 400
    assert server.get("/queries/ceos?format=xlsx").status_code == 406
    wrong = server.get("/queries/ceo")
    assert (wrong.status_code, wrong.text) == (404, "there is no query named 'ceo'; did you mean ceos?\n")
    for name in ("..%2Fkg", "kg.rq", "%2Fetc%2Fpasswd"):
        assert server.get(f"/queries/{name}").status_code == 404


def test_every_named_query_with_nothing_required_answers(server: Any) -> None:
    for question in server.get("/queries").json():
        if not any(each["required"] for each in question["parameters"]):
            response = server.get(f"/queries/{question['name']}")
            assert response.status_code == 200, question["name"]
            json.loads(response.text)
