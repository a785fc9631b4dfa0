"""The graph on disk: swapped in whole, opened read-only, clear when damaged."""

from __future__ import annotations

import shutil

import pytest
import rdflib

from kg.errors import QueryError, StoreError
from kg.store import graph_contents, open_graph, open_memory, recover_graph, write_graph, write_nquads, write_turtle
from kg.store.sorting import read_sorted
from kg.vocab import PREFIXES


def test_write_open_replace(quads, tmp_path):
    assert write_graph(quads, tmp_path, "first") == len(quads)
    assert graph_contents(tmp_path) == "first"
    reader = open_graph(tmp_path)
    assert set(reader.quads()) == {tuple(quad) for quad in quads}
    write_graph(quads[:10], tmp_path, "second")
    assert graph_contents(tmp_path) == "second"
    assert len(open_graph(tmp_path)) == len({quad[:3] for quad in quads[:10]})
    assert len(list(reader.quads())) == len(quads)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph"]


def test_what_two_articles_state_is_answered_once(quads):
    rows = list(open_memory(quads).ask("SELECT ?name WHERE { kgr:한빛전자 rdfs:label ?name }")[2])
    assert rows == [('"한빛전자"@ko',)]
    graphs = list(open_memory(quads).ask("SELECT ?g WHERE { GRAPH ?g { kgr:한빛전자 rdfs:label ?name } }")[2])
    assert len(graphs) == 2


def test_empty_graph(tmp_path):
    assert write_graph([], tmp_path) == 0
    assert len(open_graph(tmp_path)) == 0


def test_a_build_killed_between_the_renames(quads, tmp_path):
    write_graph(quads, tmp_path, "kept")
    (tmp_path / "graph").rename(tmp_path / "graph.old")
    (tmp_path / "graph.new").mkdir()
    assert set(open_graph(tmp_path).quads()) == {tuple(quad) for quad in quads}
    recover_graph(tmp_path)
    assert graph_contents(tmp_path) == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph"]


def test_a_bad_statement_leaves_the_old_graph(quads, tmp_path):
    write_graph(quads, tmp_path, "kept")
    with pytest.raises(StoreError, match="cannot be written"):
        write_graph([("<not an iri>", "<a:p>", "<a:o>", "<a:g>")], tmp_path, "lost")
    assert graph_contents(tmp_path) == "kept"
    assert len(open_graph(tmp_path)) == len({quad[:3] for quad in quads})


def test_missing_damaged_newer(quads, tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        open_graph(tmp_path / "none")
    write_graph(quads, tmp_path)
    (tmp_path / "graph" / "kg.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="newer"):
        open_graph(tmp_path)
    shutil.rmtree(tmp_path / "graph")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "kg.json").write_text('{"format": 1}')
    with pytest.raises(StoreError, match="damaged"):
        open_graph(tmp_path)


def test_ask_forms_and_errors(quads):
    graph = open_memory(quads)
    assert next(graph.ask("ASK { ?s ?p ?o }")[2]) == ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',)
    form, columns, rows = graph.ask("SELECT ?who WHERE { ?who kg:isCEOOf ?what }")
    assert (form, columns, len(list(rows))) == ("select", ("who",), 1)
    with pytest.raises(QueryError, match="line 3, column 2"):
        graph.ask("SELECT ?s WHERE {\n ?s ?p \n}")
    with pytest.raises(QueryError):
        graph.ask("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="not a term"):
        graph.ask("SELECT ?s WHERE { ?s ?p ?o }", {"s": "<a:b> . <a:c> <a:d> <a:e>"})


def test_exports_are_sorted_and_parse_back(quads, tmp_path):
    back = tuple(reversed(quads))
    for write, name, format_ in ((write_nquads, "g.nq", "nquads"), (None, "g.ttl", "turtle")):
        one, other = tmp_path / name, tmp_path / f"other-{name}"
        if write is None:
            count = write_turtle(quads, one, PREFIXES)
            write_turtle(back, other, PREFIXES)
        else:
            count = write(quads, one)
            write(back, other)
        assert one.read_bytes() == other.read_bytes()
        parsed = rdflib.Dataset(default_union=True).parse(one, format=format_)
        assert len(parsed) == len({quad[:3] for quad in quads})
        assert count == len(set(quads) if name == "g.nq" else {quad[:3] for quad in quads})
    assert b"kgr:\xea\xb9\x80\xed\x95\x98\xeb\x8a\x98 a kg:Person ;" in (tmp_path / "g.ttl").read_bytes()


def test_unwritable_places(quads, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write_turtle(quads, tmp_path / "none" / "g.ttl", PREFIXES)


@pytest.mark.parametrize("run", [1, 2, 3, 100])
def test_sorting_in_runs(run, tmp_path):
    lines = ["나", "가", "나", "\U0001f600", "b", "a", "", "a\u2028b"]
    assert list(read_sorted(lines, tmp_path, run)) == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []


def test_runs_are_merged_on_the_way(tmp_path):
    lines = [f"{number * 37 % 101} \u2028{'ab'[number % 2]}\t" for number in range(300)]
    assert list(read_sorted(lines, tmp_path, run=4, fan=3)) == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []


def test_sorted_quads_are_written_beside_the_graph(quads, tmp_path):
    (tmp_path / "store").mkdir()
    apart = [("<a:s>", "<a:p>", "<a:o>", "<https://w3id.org/korean-news-kg/resource/inferred>")]
    write_graph(reversed(quads), tmp_path / "store", nquads=tmp_path / "graph.nq", apart=apart)
    write_nquads(quads, tmp_path / "exported.nq")
    assert (tmp_path / "graph.nq").read_bytes() == (tmp_path / "exported.nq").read_bytes()
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == ["graph"]
