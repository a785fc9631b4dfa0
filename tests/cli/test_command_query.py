"""``kg query``, ``kg view``, ``kg validate`` and ``kg eval`` over the graph of the sample articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.query import Question, find_questions, width

FIRST, LATER = "gaon-20241011", "maru-20241014-1105"
WORDS = {"entity": "KT", "relation": "kg:investsIn", "kind": "Company", "text": "KRW", "decimal": "1", "integer": "2", "date": "2024-01-01"}


def given(question: Question, every: bool) -> list[str]:
    articles = iter((FIRST, LATER))
    wanted = [parameter for parameter in question.parameters if every or parameter.required]
    return [f"{p.name}={next(articles) if p.type == 'article' else WORDS[p.type]}" for p in wanted]


@pytest.mark.parametrize("every", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("question", find_questions(), ids=lambda question: question.name)
def test_every_named_query_answers(kg: Any, seeds_graph: Path, question: Question, every: bool) -> None:
    ended = kg("query", question.name, *given(question, every), "--graph", seeds_graph)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("\n")


@pytest.mark.parametrize(
    "words", [("ceos",), ("investments",), ("statements-by", "KT"), ("timeline",), ("evidence", "KT")], ids=lambda words: words[0]
)
def test_the_main_queries_find_something(kg: Any, seeds_graph: Path, words: tuple[str, ...]) -> None:
    ended = kg("query", *words, "--graph", seeds_graph)
    assert not ended.out.endswith("(0 rows)\n")


def test_tables_line_up_under_hangul(kg: Any, seeds_graph: Path) -> None:
    heading, rule, *rows, count = kg("query", "ceos", "--graph", seeds_graph).out.splitlines()
    second = width(rule.split("  ")[0]) + 2
    assert count == f"({len(rows)} rows)"
    assert rows
    for line in (heading, *rows):
        start = next(place for place in range(len(line)) if width(line[:place]) == second)
        assert line[start - 2 : start] == "  "
        assert line[start] != " "


def test_every_format_is_what_it_says(kg: Any, seeds_graph: Path) -> None:
    table = list(csv.reader(io.StringIO(kg("query", "ceos", "--graph", seeds_graph, "--format", "csv").out)))
    found = json.loads(kg("query", "ceos", "--graph", seeds_graph, "--format", "json").out)
    assert found["head"]["vars"] == table[0]
    assert len(found["results"]["bindings"]) == len(table) - 1 > 0
    turtle = kg("query", "about", "KT", "--graph", seeds_graph, "--format", "ttl")
    assert turtle.code == 0
    assert "@prefix kg:" in turtle.out


def test_sparql_and_files_are_answered(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    direct = kg("query", "SELECT ?p ?c WHERE { ?p kg:isCEOOf ?c }", "--graph", seeds_graph)
    assert "kgr:" in direct.out
    (tmp_path / "mine.rq").write_text(kg("query", "ceos", "--show").out, encoding="utf-8")
    assert kg("query", tmp_path / "mine.rq", "--graph", seeds_graph).out == kg("query", "ceos", "--graph", seeds_graph).out


def test_the_list_names_every_query_and_needs_no_graph(kg: Any) -> None:
    ended = kg("query", "--list", "--graph", "nowhere")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.split("\n\n")[0].splitlines()] == [question.name for question in find_questions()]
    assert "statements-by  " in ended.out
    assert "kg query NAME" in ended.out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        ((), 2, "kg query --list"),
        (("ceo",), 2, "did you mean ceos"),
        (("nothing-like-it",), 2, "kg query --list"),
        (("missing.rq",), 2, "missing.rq"),
        (("SELECT * WHERE { ?s ?p",), 2, "does not parse"),
        (("INSERT DATA { kgr:A kg:leads kgr:B }",), 2, "read-only"),
        (("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",), 2, "SERVICE"),
        (("ceos", "--format", "xml"), 2, "table, csv, json, ttl"),
        (("ceos", "--format", "ttl"), 2, "CONSTRUCT"),
        (("statements-by",), 2, "needs speaker"),
        (("statements-by", "없는사람이름"), 2, "no entity named"),
        (("ceos", "a", "b", "c"), 2, "too many"),
        (("investments", "많이"), 2, "plain number"),
        (("timeline", "from=어제"), 2, "2024-10-10"),
        (("facts-in", "gaon"), 2, "no article"),
        (("ceos", "--seconds", "-1"), 2, "--seconds"),
        (("ceos", "--nonsense"), 2, "--nonsense"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(kg: Any, seeds_graph: Path, words: tuple[str, ...], code: int, named: str) -> None:
    ended = kg("query", *words, "--graph", seeds_graph)
    assert (ended.code, ended.out) == (code, "")
    assert named in ended.err


@pytest.mark.parametrize("words", [("query", "ceos"), ("view",), ("view", "--focus", "KT")])
def test_a_missing_graph_is_named_with_what_to_do(kg: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = kg(*words, "--graph", tmp_path / "없음")
    assert (ended.code, ended.out) == (1, "")
    assert str(tmp_path / "없음") in ended.err
    assert "kg build" in ended.err
    assert not (tmp_path / "없음").exists()


def test_a_view_is_a_page_of_a_part(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    pages = {}
    for depth in ("0", "2"):
        ended = kg("view", "--focus", "김영섭", "--depth", depth, "--graph", seeds_graph, "--out", tmp_path / "new" / f"{depth}.html")
        assert (ended.code, ended.out) == (0, f"{tmp_path / 'new' / depth}.html\n")
        pages[depth] = (tmp_path / "new" / f"{depth}.html").read_text(encoding="utf-8")
    assert "김영섭" in pages["2"]
    assert len(pages["0"]) < len(pages["2"]) <= (seeds_graph / "graph.html").stat().st_size


def test_a_view_of_articles_reads_no_graph(kg: Any, tmp_path: Path) -> None:
    article, empty = tmp_path / "기사.txt", tmp_path / "빈.txt"
    article.write_text("문하늘 가온전자 대표는 10일 서울에서 새 공장을 열었다.", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    ended = kg("view", article, "--out", tmp_path / "page.html", "--graph", tmp_path / "없음")
    assert (ended.code, ended.out) == (0, f"{tmp_path / 'page.html'}\n")
    assert "문하늘" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert kg("view", article, empty, "--out", tmp_path / "page.html").code == 3
    assert kg("view", empty, "--out", tmp_path / "page.html").code == 1
    assert not (tmp_path / "없음").exists()


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--focus", "없는사람이름"), 1, "없는사람이름"),
        (("--since", "어제"), 2, "--since"),
        (("--since", "2999-01-01"), 1, "nothing in the graph fits"),
        (("--depth", "-1"), 2, "--depth"),
        (("--top", "0"), 2, "--top"),
        (("--article", "없는기사"), 1, "nothing in the graph fits"),
    ],
)
def test_a_view_of_nothing_says_so(kg: Any, seeds_graph: Path, tmp_path: Path, words: tuple[str, ...], code: int, named: str) -> None:
    ended = kg("view", *words, "--graph", seeds_graph, "--out", tmp_path / "page.html")
    assert ended.code == code
    assert named in ended.err
    assert not (tmp_path / "page.html").exists()


def test_a_view_that_cannot_be_written_says_so(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path, tmp_path / "file" / "page.html"):
        ended = kg("view", "--top", "5", "--graph", seeds_graph, "--out", place)
        assert ended.code == 1
        assert "choose another --out" in ended.err


def test_what_was_built_conforms(kg: Any, seeds_graph: Path) -> None:
    for path in (seeds_graph, seeds_graph / "graph.ttl"):
        ended = kg("validate", path)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == "The graph conforms to its shapes.\n"


def test_what_does_not_conform_is_reported(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    prefixes = "@prefix kg: <https://w3id.org/korean-news-kg/ontology#> .\n@prefix kgr: <https://w3id.org/korean-news-kg/resource/> .\n"
    broken.write_text(prefixes + 'kgr:fact_1 a kg:Fact ; kg:status "perhaps" .\n', encoding="utf-8")
    ended = kg("validate", broken)
    assert ended.code == 1
    assert "kgr:fact_1" in ended.out


@pytest.mark.parametrize(
    ("name", "content"), [("missing.ttl", None), ("noise.ttl", b"\xff\x00 not turtle"), ("text.txt", b"a"), ("folder", None)]
)
def test_what_is_no_graph_is_named(kg: Any, tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    elif name == "folder":
        (tmp_path / name).mkdir()
    ended = kg("validate", tmp_path / name)
    assert (ended.code, ended.out) == (1, "")
    assert str(tmp_path / name) in ended.err


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    entities = [{"name": "KT", "type": "ORG", "aliases": ["케이티"]}, {"name": "김영섭", "type": "PER", "aliases": []}]
    facts = [{"s": "김영섭", "p": "대표", "o": "KT", "qual": {}, "sent": "김영섭 KT 대표"}]
    path = tmp_path / "gold.json"
    path.write_text(json.dumps({"id": FIRST, "entities": entities, "facts": facts}), encoding="utf-8")
    return path


@pytest.mark.parametrize("what", ["facts", "entities"])
def test_gold_comes_first_and_the_graph_is_an_option(kg: Any, seeds_graph: Path, gold: Path, what: str) -> None:
    ended = kg("eval", what, gold, "--graph", seeds_graph)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[1].startswith(FIRST)
    assert kg("eval", what, gold, gold, "--graph", seeds_graph, "-v").code in (0, 1)


@pytest.mark.parametrize("what", ["facts", "entities"])
def test_bad_gold_and_missing_graphs_are_named(kg: Any, seeds_graph: Path, gold: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "noise.json").write_text("{broken", encoding="utf-8")
    for path in (tmp_path / "missing.json", tmp_path / "noise.json"):
        ended = kg("eval", what, path, "--graph", seeds_graph)
        assert (ended.code, ended.out) == (1, "")
        assert str(path) in ended.err
    ended = kg("eval", what, gold, "--graph", tmp_path / "없음")
    assert (ended.code, ended.out) == (1, "")
    assert "kg build" in ended.err
    assert kg("eval", what).code == 2


def test_a_query_that_takes_too_long_ends_with_the_command(seeds_graph: Path) -> None:
    import subprocess
    import sys

    # Sorted, counted and listed: the engine works on in three different places when the limit comes.
    product = "WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    for query in (f"SELECT (COUNT(*) AS ?n) {product}", f"SELECT * {product} ORDER BY ?l", f"CONSTRUCT {{ ?a ?e ?i }} {product}"):
        words = [sys.executable, "-m", "kg", "query", query, "--graph", str(seeds_graph), "--seconds", "0.5"]
        root = Path(__file__).resolve().parents[2]
        ended = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=60, check=False)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.startswith("kg: the query ran longer than 0.5 seconds")
