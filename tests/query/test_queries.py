"""The named queries: their headers, their answers, and the agreement of two engines on them."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import rdflib

from kg.errors import QueryError
from kg.graph import build_quads, build_rdf
from kg.graph.rdf import read_term
from kg.query import FORMATS, find_question, find_questions, read_parameters, run_query, width
from kg.query.guard import check_query
from kg.query.parameters import bind_parameters
from kg.query.questions import parse_question
from kg.store import open_memory
from kg.vocab import PREFIXES

KG_TEXT, KG_RULE, LABEL = (f"<{PREFIXES[prefix]}{name}>" for prefix, name in (("kg", "text"), ("kg", "rule"), ("rdfs", "label")))
REQUIRED = {
    "statements-by": {"speaker": "김하늘"}, "neighbours": {"entity": "한빛전자"}, "co-mentions": {"entity": "hanbit"},
    "quotes-about": {"entity": "kgr:누리소프트"}, "paths": {"from": "김하늘", "to": "누리소프트"},
    "changes": {"earlier": "가나-1", "later": "b 2"}, "facts-in": {"article": "b 2"}, "about": {"entity": "김 대표"},
    "is-known": {"entity": "김하늘"},
}
CHOSEN = [
    ("ceos", {"entity": "한빛전자"}), ("ceos", {"entity": "김하늘"}), ("ceos", {"entity": "누리소프트"}),
    ("investments", {"min": "1000"}), ("investments", {"min": "9000000000000000"}),
    ("investments", {"investor": "누리소프트"}), ("timeline", {"from": "2024-12-01"}), ("timeline", {"entity": "한빛전자"}),
    ("evidence", {"subject": "한빛전자", "relation": "투자하다"}), ("evidence", {"object": "별빛반도체"}),
    ("plans", {"entity": "김하늘"}), ("denials", {"entity": "누리소프트"}), ("positions", {"organization": "한빛전자"}),
    ("partners", {"entity": "누리소프트"}), ("figures", {"unit": "KRW"}), ("reporters", {"outlet": "다른신문"}),
    ("two-sources", {"sources": "1"}), ("co-mentions", {"entity": "한빛전자", "kind": "Person"}),
    ("articles", {"outlet": "다른신문"}), ("places", {"place": "대전"}), ("names", {"entity": "김하늘"}),
    ("tellings", {"entity": "누리소프트"}), ("history", {"relation": "대표이다"}), ("history", {"entity": "누리소프트"}),
    ("outcomes", {"entity": "한빛전자"}), ("paths", {"from": "한빛전자", "to": "누리소프트"}), ("paths", {"from": "누리소프트", "to": "김하늘"}),
]
# The first cells of the rows that each query has over the hand-made graph, in order.
EXPECTED = {
    "ceos": [("김하늘", "한빛전자")],
    "plans": [("2025-Q2", "한빛전자", "출시하다", "가온", "", "김하늘", "false")],
    "negated": [("한빛전자", "인수하다", "별빛반도체", "", "asserted")],
    "conflicts": [("한빛전자", "인수하다", "별빛반도체")],
    "groups": [("양사", "누리소프트"), ("양사", "한빛전자")],
    "reporters": [("오솔길", "다른신문"), ("오솔길", "다른신문")],
    "events": [], "namesakes": [], "subsidiaries": [], "claims-and-denials": [],
    "articles": [("가나-1",), ("b 2",)],
    "two-sources": [("한빛전자", "투자하다", "누리 협약"), ("한빛전자", "협력하다", "누리소프트")],
    "is-known": [("true",)],
    "denials": [("누리소프트", "누리소프트", "부인하다", "인수설"), ("누리소프트", "한빛전자", "인수하다", "누리소프트")],
    "timeline": [("1990-01-01", "1999-12-31", "한빛전자", "설립일", "1990s"), ("2024-10-02", "2024-10-02", "한빛전자", "체결하다"),
                 ("2024-12-01", "2024-12-01", "한빛전자", "합병하다"), ("2025-04-01", "2025-06-30", "한빛전자", "출시하다")],
    "statements-by": [("한빛전자", "출시하다", "가온", "", "2025-Q2", "planned")],
    "claims": [("오솔길", "김하늘", "대표이다", "한빛전자"), ("한빛전자", "한빛전자", "말하다", "시장이 너무 작다")],
    "expectations": [("", "한빛전자", "매출", "500000000 USD"), ("", "한빛전자", "증가하다", "12.3 %")],
    "paths": [("2", "대표이다", "한빛전자", "인수하다"), ("2", "대표이다", "한빛전자", "합병하다"),
              ("2", "대표이다", "한빛전자", "협력하다"), ("3", "대표이다", "한빛전자", "운영하다", "공동 연구소", "운영하다")],
    "partners": [("한빛전자", "체결하다", "누리소프트", "2024-10-02"), ("한빛전자", "협력하다", "누리소프트"),
                 ("한빛전자", "협력하다", "누리소프트")],
    "speakers": [("누리소프트", "https://w3id.org/korean-news-kg/ontology#Company", "2"), ("김하늘",), ("오솔길",), ("한빛전자",)],
    "investments": [("한빛전자", "누리 협약", "2400000000000", "KRW", "2조4000억원", "P5Y")] * 2,
    "quotes-about": [],
    "outcomes": [], "history": [("대표이다", "김하늘", "한빛전자")],
}
COUNTS = {"acquisitions": 4, "neighbours": 12, "places": 4, "positions": 3, "figures": 6, "rules": 4,
          "kinds": 11, "relations": 18, "co-mentions": 14, "names": 16, "evidence": 25, "facts-in": 5, "changes": 21,
          "about": 34, "tellings": 5}


@pytest.fixture(scope="module")
def graph(quads):
    return open_memory(quads)


@pytest.fixture(scope="module")
def dataset(quads):
    return build_rdf(quads)


def names():
    return [question.name for question in find_questions()]


def test_there_are_enough_and_the_headers_are_whole():
    assert len(names()) >= 25
    for question in find_questions():
        lines = question.text.splitlines()
        assert lines[0] == f"# title-en: {question.title_en}"
        assert lines[1] == f"# title-ko: {question.title_ko}"
        assert lines[2] == f"# question-ko: {question.question_ko}"
        assert question.question_ko.endswith("?")
        assert re.search("[가-힣]", question.title_ko)
        for parameter in question.parameters:
            assert parameter.note
            if "SELECT" in question.text:
                assert f"?{parameter.name}" in re.search(r"^SELECT .*?^WHERE", question.text, re.MULTILINE | re.DOTALL).group()


@pytest.mark.parametrize("name", names())
def test_expected_rows(name, graph):
    result = run_query(graph, name, REQUIRED.get(name, {}))
    if name in EXPECTED:
        rows = [tuple("" if cell is None else cell.value for cell in row) for row in result.rows]
        assert [row[: len(want)] for row, want in zip(rows, EXPECTED[name], strict=True)] == EXPECTED[name]
    else:
        assert len(result.rows) == COUNTS[name]


def by_rdflib(dataset, question, bindings):
    answer = dataset.query(question.text, initBindings={name: read_term(term) for name, term in bindings.items()})
    if answer.type == "ASK":
        return {("true" if answer.askAnswer else "false",)}
    if answer.type == "CONSTRUCT":
        return {tuple(str(term) for term in triple) for triple in answer.graph}
    hidden = {parameter.name for parameter in question.parameters}
    kept = [i for i, variable in enumerate(answer.vars) if str(variable) not in hidden]
    return {tuple("" if row[i] is None else str(row[i]) for i in kept) for row in answer}


@pytest.mark.parametrize(("name", "given"), [*((name, REQUIRED.get(name, {})) for name in names()), *CHOSEN])
def test_rdflib_and_oxigraph_agree(name, given, graph, dataset):
    question = find_question(name)
    result = run_query(graph, name, given)
    mine = {tuple("" if cell is None else cell.value for cell in row) for row in result.rows}
    assert mine == by_rdflib(dataset, question, bind_parameters(graph, question, given))


def test_copies_do_not_confirm_each_other(readings, ontology, graph):
    assert len(run_query(graph, "two-sources").rows) == 2
    copied = open_memory(build_quads(readings, ontology, {"b 2": "가나-1"}))
    assert run_query(copied, "two-sources").rows == ()
    asked = run_query(copied, "two-sources", {"sources": "1"})
    counts = {tuple(row[asked.columns.index(name)].value for name in ("reports", "articles")) for row in asked.rows}
    assert counts == {("1", "1"), ("1", "2")}


@pytest.fixture(scope="module")
def wordy(quads):
    """The same graph after other articles have said its values in other words, and other rules have read its facts."""
    node = {suffix: quads[0].graph.replace(">", f"{suffix}>") for suffix in ("1", "2")}
    more = [quad._replace(object=f'"{words}"') for quad in quads if quad.predicate == KG_TEXT for words in ("10일", "이날", "하나 둘")]
    rules = [quad._replace(object=rule) for quad in quads if quad.predicate == KG_RULE for rule in node.values()]
    labels = [quads[0]._replace(subject=rule, predicate=LABEL, object=f'"rule {suffix}"') for suffix, rule in node.items()]
    return (*quads, *more, *rules, *labels)


@pytest.mark.parametrize("name", names())
def test_other_wordings_add_no_rows(name, graph, wordy):
    before, after = (run_query(store, name, REQUIRED.get(name, {})) for store in (graph, open_memory(wordy)))
    if name in ("about", "rules"):
        assert len(after.rows) > len(before.rows)
        return
    hidden = {"words", "rule"}
    shown = [i for i, column in enumerate(before.columns) if column not in hidden]
    # Where a value has no normal form, one wording of it stands for all.
    loose = {cell.value for row in (*before.rows, *after.rows) for cell in row if cell and cell.value in {"10~20명", "10일"}}
    rows = [[[None if row[i] is None or row[i].value in loose else row[i].value for i in shown] for row in result.rows]
            for result in (before, after)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("name", [name for name in names() if name not in ("about", "rules")])
def test_engines_agree_on_many_wordings(name, wordy):
    store, question = open_memory(wordy), find_question(name)
    given = REQUIRED.get(name, {})
    mine = {tuple("" if cell is None else cell.value for cell in row) for row in run_query(store, name, given).rows}
    assert mine == by_rdflib(build_rdf(wordy), question, bind_parameters(store, question, given))


def test_formats(graph):
    result = run_query(graph, "ceos")
    lines = result.written("table").splitlines()
    assert lines == ["person  company", "──────  ────────", "김하늘  한빛전자", "(1 row)"]
    assert list(csv.reader(io.StringIO(result.written("csv")))) == [["person", "company"], ["김하늘", "한빛전자"]]
    body = json.loads(result.written("json"))
    assert body["results"]["bindings"][0]["person"] == {"type": "literal", "value": "김하늘", "xml:lang": "ko"}
    with pytest.raises(QueryError, match="CONSTRUCT"):
        result.written("ttl")
    with pytest.raises(QueryError, match="choose one of"):
        result.written("xml")
    triples = run_query(graph, "about", {"entity": "김하늘"}).written("ttl")
    assert len(rdflib.Graph().parse(data=triples, format="turtle")) == 34
    asked = run_query(graph, "ASK { ?s kg:isCEOOf ?o }")
    assert [asked.written(form) for form in ("table", "csv")] == ["yes\n", "answer\r\ntrue\r\n"]
    assert json.loads(asked.written("json")) == {"head": {}, "boolean": True}
    assert set(FORMATS) == {"table", "csv", "json", "ttl"}


def test_a_cell_cannot_move_the_cursor_or_run_in_a_spreadsheet(graph):
    hostile = run_query(graph, 'SELECT ?x WHERE { BIND("=1+1\\n\\u001B[2J" AS ?x) }')
    assert "\x1b" not in hostile.written("table")
    assert len(hostile.written("table").splitlines()) == 4
    assert next(iter(list(csv.reader(io.StringIO(hostile.written("csv"))))[1])).startswith("'=")


def test_width():
    assert [width(text) for text in ("a", "가", "가a", "\u1100\u1161\u11a8", "e\u0301", "ＡＢ")] == [1, 2, 3, 2, 1, 4]


@pytest.mark.parametrize("text", [
    'x" . } ; DROP ALL #', "'; SELECT", "{?s ?p ?o}", "한빛전자> <a:b>", "a b>c", "\\", "\n", "", "\x00", "\ud800", "가" * 100_000,
])
def test_hostile_parameters_are_only_unknown_names(text, graph):
    with pytest.raises(QueryError, match="no entity"):
        run_query(graph, "neighbours", {"entity": text})


def test_unknown_and_missing(graph, quads):
    with pytest.raises(QueryError, match="did you mean ceos"):
        run_query(graph, "ceo")
    with pytest.raises(QueryError, match="no such file"):
        run_query(graph, "nothing.rq")
    with pytest.raises(QueryError, match="needs entity"):
        run_query(graph, "neighbours")
    with pytest.raises(QueryError, match="no parameter"):
        run_query(graph, "ceos", {"firm": "x"})
    with pytest.raises(QueryError, match="한빛전자"):
        run_query(graph, "neighbours", {"entity": "한빛전"})
    with pytest.raises(QueryError, match="did you mean 누리소프트"):
        run_query(graph, "neighbours", {"entity": "누리소프투"})
    with pytest.raises(QueryError, match="plain number"):
        run_query(graph, "investments", {"min": "many"})
    with pytest.raises(QueryError, match="day like"):
        run_query(graph, "timeline", {"from": "soon"})
    with pytest.raises(QueryError, match="no article"):
        run_query(graph, "facts-in", {"article": "zzz"})
    with pytest.raises(QueryError, match="param"):
        parse_question("x", "# param: min money", "x.rq")
    twin = [quad._replace(subject=quad.subject.replace("김하늘", "김하늘_2")) for quad in quads]
    with pytest.raises(QueryError, match="2 entities"):
        run_query(open_memory([*quads, *twin]), "neighbours", {"entity": "김하늘"})


def test_words_of_the_command_line():
    question = find_question("investments")
    assert read_parameters(question, ["1000", "investor=KT"]) == {"min": "1000", "investor": "KT"}
    with pytest.raises(QueryError, match="too many"):
        read_parameters(find_question("kinds"), ["x"])


@pytest.mark.parametrize("text", [
    "INSERT DATA { <a:a> <a:b> <a:c> }", "# hello\nPREFIX a: <a:>\n delete where { ?s ?p ?o }", "DROP ALL", "clear all",
    "SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT ?s { S\\u0045RVICE <http://x/> { ?s ?p ?o } } } }", "SELECT * { SERVICE broken",
    "SELECT * { FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
])
def test_updates_and_federation_are_refused(text, graph):
    with pytest.raises(QueryError, match=r"refused|does not parse"):
        run_query(graph, text)


@pytest.mark.parametrize("text", [
    'SELECT ?s WHERE { ?s ?p "the SERVICE sector" }', "SELECT ?service WHERE { ?service ?p ?o } # SERVICE <x>",
    "PREFIX s: <http://x/service/> SELECT * { ?s s:service ?o }",
])
def test_the_word_service_is_no_crime(text):
    assert check_query(text) is None


def test_a_query_that_runs_for_ever_is_stopped(graph):
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match="longer than"):
        run_query(graph, endless, seconds=0.3)
