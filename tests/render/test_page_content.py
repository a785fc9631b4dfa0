"""What goes into the page, without a browser: one file, nothing from outside, the same bytes for the same facts."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import fact_name, find_conflicts, find_fusion, node_name, rule_name, told_links
from kg.model import Article, Entity, Evidence, Fact, Reading, Span
from kg.render import build_page, select_readings, write_page
from kg.render.layout import build_layout, name_width
from kg.render.page import escape_json
from kg.tables.folders import resource_folder


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', html, re.DOTALL)
    assert found
    return dict(json.loads(found.group(1)))


def test_every_fact_is_in_the_page_once(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    keys = {
        (
            fact.subject.id,
            fact.predicate,
            fact.status,
            fact.negated,
            fact.object.id if isinstance(fact.object, Entity) else repr(fact.object),
        )
        for reading in readings
        for fact in reading.facts
    }
    assert len(data["facts"]) == len(keys)
    assert sum(len(fact["ev"]) for fact in data["facts"]) == sum(len(reading.facts) for reading in readings)


def test_evidence_stands_in_its_sentence(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    texts = {reading.article.id: reading.article.text for reading in readings}
    for article in data["articles"]:
        for sentence in article["s"]:
            assert texts[article["id"]][sentence["b"] : sentence["e"]] == sentence["t"]
            for start, end, individual in sentence["m"]:
                entity = data["entities"][individual]
                assert sentence["t"][start:end] in (entity["n"], *entity.get("a", ()))


def write_dispute(newsroom: Any) -> tuple[Reading, ...]:
    """Two articles: one says that a firm bought another, the other that it did not; a third fact is undisputed."""
    newsroom.name("가람전자", "Company")
    newsroom.name("새빛소재", "Company")
    newsroom.article("하나", "인수", "2024-10-10T09:00:00+09:00", "늘벗통신", ["가람전자가 새빛소재를 인수했다."])
    newsroom.fact(0, "가람전자", "kg:acquires", "새빛소재")
    newsroom.fact(0, "새빛소재", "kg:partnersWith", "가람전자")
    newsroom.article("둘", "인수설", "2024-10-11T09:00:00+09:00", "한길경제", ["가람전자는 새빛소재를 인수하지 않았다."])
    newsroom.fact(0, "가람전자", "kg:acquires", "새빛소재", negated=True)
    return tuple(newsroom.readings())


def test_facts_that_contradict_each_other_are_marked_and_point_at_each_other(newsroom: Any, ontology: Any) -> None:
    readings = write_dispute(newsroom)
    data = data_of(build_page(readings, ontology, name_fact=fact_name, conflicts=find_conflicts(readings)))
    assert [[data["facts"][i]["neg"] for i in fact["x"] if "neg" in data["facts"][i]] for fact in data["facts"] if "x" in fact] in (
        [[1], []], [[], [1]]
    )
    assert all(i in data["facts"][j]["x"] for i, fact in enumerate(data["facts"]) for j in fact.get("x", ()))
    assert not any("x" in fact for fact in data_of(build_page(readings, ontology))["facts"])
    hidden = build_page(readings[:1], ontology, name_fact=fact_name, conflicts=find_conflicts(readings))
    assert not any("x" in fact for fact in data_of(hidden)["facts"])


def test_facts_that_tell_one_event_point_at_each_other_with_the_reason(newsroom: Any, ontology: Any) -> None:
    newsroom.name("가람전자", "Company")
    newsroom.name("새빛소재", "Company")
    for name, day, predicate in (("하나", "10", "kg:acquires"), ("둘", "11", "kgo:사들이다")):
        newsroom.article(name, "인수", f"2024-10-{day}T09:00:00+09:00", "늘벗통신", ["가람전자가 새빛소재를 인수했다."])
        newsroom.fact(0, "가람전자", predicate, "새빛소재")
    readings = tuple(newsroom.readings())
    links = told_links(find_fusion(readings))
    facts = data_of(build_page(readings, ontology, name_fact=fact_name, links=links))["facts"]
    assert [[(way, i) for way, i, _, _ in fact["j"]] for fact in facts] == [[("kg:sameEventAs", 1)], [("kg:sameEventAs", 0)]]
    assert {tuple(reasons) for fact in facts for _, _, *reasons in fact["j"]} == {
        ("같은 기업을 인수했다; 두 기사가 가까운 때에 전했다", "the same firm is acquired; the articles report it within days of each other")
    }
    assert "j" not in data_of(build_page(readings[:1], ontology, name_fact=fact_name, links=links))["facts"][0]
    turtle = data_of(build_page(readings, ontology, name_fact=fact_name))["facts"]
    assert not any("j" in fact for fact in turtle)


def test_values_are_no_nodes(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    assert {node["id"] for node in data["network"]["nodes"]} == set(range(len(data["entities"])))
    for edge in data["network"]["edges"]:
        assert all("e" in data["facts"][fact]["o"] for fact in edge["facts"])


def test_edges_keep_their_status_apart(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    for edge in data["network"]["edges"]:
        assert {data["facts"][fact]["st"] for fact in edge["facts"]} == {edge["status"]}
    bundled = [edge for edge in data["network"]["edges"] if len(edge["facts"]) == 2]
    assert [edge["label"] for edge in bundled] == ["투자하다 +1"]
    styles = {edge["status"]: edge.get("dashes", False) for edge in data["network"]["edges"]}
    assert styles["asserted"] is False and styles["planned"] != styles["expected"]


def test_same_facts_same_bytes(readings: tuple[Reading, ...], ontology: Any, tmp_path: Path) -> None:
    shuffled = list(readings)
    random.Random(5).shuffle(shuffled)
    first, second = build_page(readings, ontology), build_page(shuffled, ontology)
    assert first == second
    write_page(first, tmp_path / "graph.html")
    written = (tmp_path / "graph.html").read_bytes()
    assert b"\r" not in written
    assert written.decode("utf-8") == first


def test_nothing_comes_from_outside(readings: tuple[Reading, ...], ontology: Any) -> None:
    html = build_page(readings, ontology)
    assert not re.findall(r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)=\"(?!data:)[^\"]*\"", html)
    assert "sourceMappingURL" not in html
    assert "bootstrap" not in html
    assert "default-src 'none'" in html and "unsafe" not in html.split("</head>")[0].split("<style>")[0]


def test_empty_graph_makes_a_page(ontology: Any) -> None:
    assert data_of(build_page((), ontology))["facts"] == []


def test_ontology_without_the_term(readings: tuple[Reading, ...]) -> None:
    class Silent:
        def term(self, curie: str) -> Any:
            raise KeyError(curie)

        def coarse(self, kind: str) -> str:
            raise KeyError(kind)

    names = {row[0]: row[1:] for row in data_of(build_page(readings, Silent()))["predicates"]}
    assert names["kgo:줄이다"] == ["줄이다", "줄이다"]
    assert names["kg:investsIn"] == ["investsIn", "invests-In"]


@given(st.text())
def test_json_never_leaves_its_element(text: str) -> None:
    escaped = escape_json([text])
    assert not set("<>&\u2028\u2029") & set(escaped)
    assert json.loads(escaped) == [text]


def test_lone_surrogates_do_not_stop_the_page(ontology: Any, tmp_path: Path) -> None:
    article = Article("odd", "\ud800가 나를 만났다.", "\udfff")
    entity = Entity("kgr:odd", "Person", "\ud800가", mentions=(Span(0, 2),))
    fact = Fact(entity, "kg:meets", entity, (), "asserted", False, None, Evidence("odd", Span(0, 10), "hand"), 0.5)
    write_page(build_page([Reading(article, (Span(0, 10),), (entity,), (fact,))], ontology), tmp_path / "odd.html")
    assert (tmp_path / "odd.html").stat().st_size > 0


def test_layout_keeps_names_apart(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    nodes = data["network"]["nodes"]
    boxes = [
        (
            node["x"] - name_width(node["label"]) * 7,
            node["y"] - node["size"],
            node["x"] + name_width(node["label"]) * 7,
            node["y"] + node["size"] + 20,
        )
        for node in nodes
    ]
    over = [
        (nodes[i]["label"], nodes[j]["label"])
        for i in range(len(boxes))
        for j in range(i)
        if boxes[i][0] < boxes[j][2]
        and boxes[j][0] < boxes[i][2]
        and boxes[i][1] < boxes[j][3]
        and boxes[j][1] < boxes[i][3]
    ]
    assert over == []


@pytest.mark.parametrize("count", [0, 1, 2, 40, 400])
def test_layout_of_any_size(count: int) -> None:
    dice = random.Random(count)
    edges = [(dice.randrange(count), dice.randrange(count), 1.0) for _ in range(count * 2)]
    places = build_layout(count, edges, ["이름"] * count, [10] * count)
    assert places == build_layout(count, edges, ["이름"] * count, [10] * count)
    assert len(set(places)) == count


def test_nodes_that_are_shown_first_are_joined_to_one_another(ontology: Any, make_readings: Any) -> None:
    data = data_of(build_page(make_readings(600, 900), ontology, first=50))
    ends = {(edge["from"], edge["to"]) for edge in data["network"]["edges"] if edge["from"] != edge["to"]}
    shown = range(data["opening"])
    assert data["opening"] == 50
    assert all(any({one, other} == {node, each} for one, other in ends for each in shown if each != node) for node in shown)


def test_money_is_told_before_time_and_stands_first(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    assert data["predicates"][data["facts"][0]["p"]][0] == "kg:investsIn"
    assert [role for role, _ in data["facts"][0]["q"]] == ["amount", "duration"]


def test_values_bear_the_graphs_names(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology, name_value=node_name, name_rule=rule_name))
    names = {value["i"].split("_")[0] for fact in data["facts"] for _, value in fact.get("q", ()) if "e" not in value}
    assert names == {"kgr:value", "kgr:period"}
    assert data["rules"] == {"hand": "kgr:rule_hand"}


def test_focus_is_found_by_name_alias_and_id(readings: tuple[Reading, ...], ontology: Any) -> None:
    for wanted in ("김영섭", "김 대표", "kgr:김영섭"):
        data = data_of(build_page(readings, ontology, focus=wanted))
        assert data["entities"][data["focus"]]["n"] == "김영섭"
    assert data_of(build_page(readings, ontology, focus="없는 이름"))["focus"] is None


def names_in(chosen: tuple[Reading, ...]) -> set[str]:
    return {
        each.name
        for reading in chosen
        for fact in reading.facts
        for each in (fact.subject, fact.object)
        if isinstance(each, Entity)
    }


def test_selection_by_focus_and_depth(readings: tuple[Reading, ...]) -> None:
    near = names_in(select_readings(readings, focus="오세담", depth=1))
    assert near == {"오세담", "한결데이터"}
    assert "나래텔레콤" in names_in(select_readings(readings, focus="오세담", depth=2))


def test_selection_by_article_relation_day_and_weight(readings: tuple[Reading, ...]) -> None:
    assert {each.article.id for each in select_readings(readings, articles=["hand-2"])} == {"hand-2"}
    relations = {fact.predicate for each in select_readings(readings, relations=["isCEOOf"]) for fact in each.facts}
    assert relations == {"kg:isCEOOf"}
    late = select_readings(readings, since="2025-01-01")
    assert "AICT 전략 간담회" not in names_in(late) and "AX 전문기업" in names_in(late)
    assert len(names_in(select_readings(readings, top=3))) <= 3
    assert select_readings(readings, focus="없는 이름") == ()


def test_published_times_are_kept(ontology: Any) -> None:
    entity = Entity("kgr:A", "Person", "가나", mentions=(Span(0, 2),))
    article = Article(
        "one",
        "가나가 말했다.",
        published=datetime.fromisoformat("2024-10-10T14:00:00+09:00"),
        url="javascript:alert(1)",
    )
    fact = Fact(entity, "kg:says", None, (), "asserted", False, None, Evidence("one", Span(0, 8), "hand"), 0.5)
    data = data_of(build_page([Reading(article, (Span(0, 8),), (entity,), (fact,))], ontology))
    assert data["articles"][0]["published"] == "2024-10-10T14:00:00+09:00"
    assert data["articles"][0]["url"] == ""


def test_names_of_the_graph_are_taken_over(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(
        build_page(readings, ontology, name_fact=lambda fact: f"kgr:fact_{fact.subject.name}", name_article=str.upper)
    )
    assert len(data["facts"]) == len({fact.subject.name for reading in readings for fact in reading.facts})
    assert "fact_KT" in {fact["id"] for fact in data["facts"]}
    assert [article["iri"] for article in data["articles"]] == ["HAND-1", "HAND-2", "HAND-3", "HAND-4"]


def test_parallel_edges_of_one_pair_bend_apart(readings: tuple[Reading, ...], ontology: Any) -> None:
    data = data_of(build_page(readings, ontology))
    ends: dict[tuple[int, ...], list[Any]] = {}
    for edge in data["network"]["edges"]:
        ends.setdefault(tuple(sorted((edge["from"], edge["to"]))), []).append(edge.get("smooth"))
    several = [bends for bends in ends.values() if len(bends) > 1]
    assert several
    assert all(len({repr(bend) for bend in bends}) == len(bends) for bends in several)


def test_words_stand_in_both_languages() -> None:
    words = json.loads((resource_folder() / "page" / "words.json").read_text(encoding="utf-8"))
    assert words["ko"].keys() == words["en"].keys()
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (resource_folder() / "page").glob("*.js"))
    page = (resource_folder() / "page" / "page.html").read_text(encoding="utf-8")
    asked = set(re.findall(r'word\("([^"]+)"\)', scripts)) | set(re.findall(r'data-word="([^"]+)"', page))
    assert asked <= words["ko"].keys()
