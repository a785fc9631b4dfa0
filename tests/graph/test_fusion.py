"""Facts of several articles: one event in other words, plans and what became of them, histories; and nothing beyond that."""

from __future__ import annotations

import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.errors import RuleError
from kg.graph import Link, build_quads, build_rdf, fact_name, find_fusion, find_reason
from kg.graph.links import RELATIONS
from kg.graph.tenses import is_told_as_past
from kg.model import Reading
from kg.query import run_query
from kg.store import open_memory
from kg.tables.events import load_families, read_families
from kg.tables.ontology import load_ontology
from kg.validate import find_violations
from kg.vocab import KG, expand

HERE = Path(__file__).parent
_spec = spec_from_file_location("fusion_facts", HERE / "fusion_facts.py")
assert _spec is not None and _spec.loader is not None
facts = module_from_spec(_spec)
_spec.loader.exec_module(facts)

TABLE = tomllib.loads((HERE / "fusion.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]


def links_of(readings: list[Reading]) -> set[Link]:
    return {link for links in find_fusion(readings).links.values() for link in links}


def readings_of(case: dict[str, Any]) -> tuple[Reading, Reading]:
    one, other = case["one"], case["other"]
    day = one.get("published", "2024-10-10")
    return (
        facts.reading(one.get("article", "a"), day or None, one),
        facts.reading(other.get("article", "b"), other.get("published", day) or None, other),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_facts_are_joined_as_they_should_be(case: dict[str, Any]) -> None:
    one, other = readings_of(case)
    if one.article.id == other.article.id:
        one = Reading(one.article, one.sentences, (*one.entities, *other.entities), (*one.facts, *other.facts))
    found = links_of([one] if one.article.id == other.article.id else [one, other])
    names = fact_name(one.facts[0]), fact_name(other.facts[0])
    joined = {link for link in found if {link.source, link.target} == set(names)}
    if "link" not in case:
        assert joined == set()
        return
    assert {(link.relation, link.rules) for link in joined} == {(case["link"], tuple(case["rules"]))}
    if case["link"] == "kg:sameEventAs":
        assert {(link.source, link.target) for link in joined} == {names, names[::-1]}
    else:
        assert [(link.source, link.target) for link in joined] == [names[::-1]]
    assert links_of([other, one]) == found


def test_the_cases_are_many_and_a_third_of_them_join_nothing() -> None:
    assert len(CASES) >= 50
    assert len({case["says"] for case in CASES}) == len(CASES)
    assert 3 * sum("link" not in case for case in CASES) >= len(CASES)
    assert {case["link"] for case in CASES if "link" in case} == set(RELATIONS) - {"kg:supersedes"}


PAIRS = [(family.id, pair, wanted) for family in load_families().all
         for pairs, wanted in ((family.examples, True), (family.counterexamples, False)) for pair in pairs]


@pytest.mark.parametrize(("family", "pair", "wanted"), PAIRS, ids=[f"{family}-{'one' if wanted else 'two'}" for family, _, wanted in PAIRS])
def test_a_family_joins_its_examples_and_not_its_counterexamples(family: str, pair: tuple[str, str], wanted: bool) -> None:
    found = links_of([facts.reading("a", "2024-10-10", pair[0]), facts.reading("b", "2024-10-11", pair[1])])
    assert {link.rules[0] for link in found} == ({f"same-event-{family}"} if wanted else set())


FAMILY = 'id = "x"\nko = "가"\nen = "a"\nby = "both"\npredicates = ["kg:signs"]\nexamples = [["a", "b"]]\ncounterexamples = [["a", "b"]]'


@pytest.mark.parametrize(("row", "message"), [
    ('id = "x"', "has no ko"),
    (FAMILY.replace('"both"', '"all"'), "by 'all'"),
    (FAMILY.replace("kg:signs", "kg:nope"), "kg:nope"),
    (FAMILY + '\nkinds = ["Nope"]', "Nope"),
    ('id = "x"\ncolour = "red"', "colour"),
    (FAMILY + "\n\n[[family]]\n" + FAMILY.replace('"x"', '"y"'), "kg:signs is in x and in y"),
    ("id = ", "mend the file"),
])  # fmt: skip
def test_a_bad_family_is_told_with_its_cure(row: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(f"[[family]]\n{row}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        read_families(path)


@pytest.mark.parametrize(("sentence", "lemma", "past"), [
    ("가람전자는 세종에 공장을 세웠다.", "세우다", True), ("가람전자는 세종에 공장을 세운다고 밝혔다.", "세우다", False),
    ("10일 체결한 계약이다.", "체결하다", True), ("계약을 체결한다.", "체결하다", False), ("계약을 체결할 계획이다.", "체결하다", False),
    ("협약을 맺었다.", "맺다", True), ("협약을 맺은 두 회사", "맺다", True), ("협약을 맺는다.", "맺다", False),
    ("공장을 지었다.", "짓다", True), ("상대를 눌렀다.", "누르다", True), ("연구소가 설립됐다.", "설립되다", True),
    ("배터리를 실었다.", "싣다", True), ("이웃을 도왔다.", "돕다", True), ("ABC", "CEO다", False), ("", "하다", False), ("무엇", "다", False),
])  # fmt: skip
def test_what_happened_is_told_in_the_past(sentence: str, lemma: str, past: bool) -> None:
    assert is_told_as_past(sentence, lemma) is past


@pytest.fixture(scope="module")
def story() -> list[Reading]:
    """Five articles of a year: a partnership, a chip that slips and comes, and a new chief."""
    return [facts.reading(article["id"], article["published"], *article["said"]) for article in TABLE["article"]]


def test_the_first_telling_is_joined_with_all_others_and_no_other_pair_is(story: list[Reading]) -> None:
    pairs = {(link.source, link.target) for link in links_of(story) if link.relation == "kg:sameEventAs"}
    assert pairs == {(other, one) for one, other in pairs}
    centres = {one for one, _ in pairs if sum(source == one for source, _ in pairs) > 1}
    assert len(centres) == 1 and all(centres & set(pair) for pair in pairs)
    assert len(pairs) == 4


def test_any_order_of_articles_gives_the_same_graph(story: list[Reading]) -> None:
    quads = list(build_quads(story, load_ontology()))
    assert all(list(build_quads(order, load_ontology())) == quads for order in list(permutations(story))[::17])


def test_the_graph_of_joined_facts_conforms_and_says_why(story: list[Reading]) -> None:
    graph = build_rdf(build_quads(story, load_ontology()))
    assert find_violations(graph) == ()
    answer = graph.query("""SELECT ?way ?ko ?en WHERE { ?link a kg:Link ; rdf:predicate ?way ; rdf:subject/^rdf:subject ?link ; kg:rule ?rule .
        ?rule a prov:Plan ; rdfs:comment ?ko, ?en . FILTER(LANG(?ko) = "ko" && LANG(?en) = "en") }""")
    assert {str(row[0]).removeprefix(KG) for row in answer} == {"sameEventAs", "fulfils", "reschedules", "supersedes", "follows"}
    untold = graph.query("SELECT ?link WHERE { ?link a kg:Link . FILTER NOT EXISTS { ?link kg:rule ?rule } }")
    assert not list(untold)


def test_every_rule_has_its_reason_in_both_languages(story: list[Reading]) -> None:
    rules = {rule for case in CASES for rule in case.get("rules", ())} | {rule for link in links_of(story) for rule in link.rules}
    reasons = {rule: find_reason(rule) for rule in rules}
    assert len(set(reasons.values())) == len(rules)
    assert all(any("가" <= letter <= "힣" for letter in korean) and english.isascii() for korean, english in reasons.values())


def test_what_is_withdrawn_leaves_no_link(story: list[Reading]) -> None:
    rest = [reading for reading in story if reading.article.id not in ("a2", "a5")]
    assert {link.relation for link in links_of(rest)} == {"kg:fulfils", "kg:reschedules", "kg:follows"}
    names = {fact_name(fact) for reading in rest for fact in reading.facts}
    assert all({link.source, link.target} <= names for link in links_of(rest))
    assert find_fusion(rest).validity == {}


def test_a_post_changes_hands_by_word_of_an_article_alone(story: list[Reading]) -> None:
    old, new = fact_name(story[0].facts[1]), fact_name(story[3].facts[1])
    assert {link for link in links_of(story) if link.relation == "kg:supersedes"} >= {Link(new, "kg:supersedes", old, ("said-appointment",))}
    validity = find_fusion(story).validity
    assert {name: [(each.relation, each.time.value) for each in several] for name, several in validity.items()} == {
        new: [("kg:validFrom", "2025-03-02")], old: [("kg:validUntil", "2025-02-28")],
    }  # fmt: skip
    silent = [reading for reading in story if reading.article.id != "a5"]
    assert not [link for link in links_of(silent) if link.relation == "kg:supersedes"]


def test_a_chief_who_is_named_later_still_is_not_followed(story: list[Reading]) -> None:
    still = facts.reading("a6", "2025-09-09", "이가람:Person kg:isCEOOf 가람전자")
    assert not [link for link in links_of([*story, still]) if link.relation == "kg:supersedes"]


def test_a_successor_follows(story: list[Reading]) -> None:
    named = facts.reading("a6", None, "박서린:Person kg:succeeds 이가람:Person")
    rules = {link.rules for link in links_of([*story[:1], story[3], named]) if link.relation == "kg:supersedes"}
    assert rules == {("said-succession",)}


def cells(answer: Any, *columns: str) -> list[tuple[str, ...]]:
    places = [answer.columns.index(column) for column in columns]
    return [tuple("" if row[place] is None else row[place].value for place in places) for row in answer.rows]


def test_the_query_of_tellings_shows_each_article_with_its_words(story: list[Reading]) -> None:
    store = open_memory(build_quads(story, load_ontology()))
    answer = run_query(store, "tellings")
    assert cells(answer, "subject", "relation", "object", "when", "amount", "article") == [
        ("가람전자·누리소프트", "체결하다", "누리 파트너십", "2024-10-10", "", "a1"),
        ("가람전자", "협력하다", "누리소프트", "", "", "a2"),
        ("가람전자", "투자하다", "누리 파트너십", "", "2400000000000 KRW", "a2"),
    ]
    assert len({row[0].value for row in answer.rows if row[0]}) == 1
    assert set(cells(answer, "because")) == {("같은 당사자들이 같은 협약을 맺었다",)}
    assert len(run_query(store, "tellings", {"entity": "누리소프트"}).rows) == 1
    assert run_query(store, "tellings", {"entity": "박서린"}).rows == ()


def test_the_query_of_outcomes_follows_a_plan(story: list[Reading]) -> None:
    store = open_memory(build_quads(story, load_ontology()))
    columns = ("subject", "relation", "object", "plannedFor", "became", "when", "because", "plannedIn", "toldIn")
    assert cells(run_query(store, "outcomes"), *columns) == [
        ("가람전자", "출시하다", "가온칩", "2025-Q1", "계획의 때를 바꿈", "2025-Q3", "뒤에 나온 계획의 때가 더 늦다", "a1", "a3"),
        ("가람전자", "출시하다", "가온칩", "2025-Q3", "계획을 이룸", "2025-08-05", "계획한 때에 이루어졌다", "a3", "a4"),
    ]
    assert len(run_query(store, "outcomes", {"entity": "가온칩"}).rows) == 2
    assert run_query(store, "outcomes", {"entity": "누리소프트"}).rows == ()


def test_the_query_of_histories_tells_who_followed_whom_and_figure_by_figure(story: list[Reading]) -> None:
    store = open_memory(build_quads(story, load_ontology()))
    columns = ("called", "subject", "object", "period", "since", "until", "firstReported", "after")
    assert cells(run_query(store, "history"), *columns) == [
        ("대표이다", "이가람", "가람전자", "", "", "2025-02-28", "2024-10-10", ""),
        ("대표이다", "박서린", "가람전자", "", "2025-03-02", "", "2025-08-05", "이가람"),
        ("매출", "가람전자", "120000000000 KRW", "2025-Q1", "", "", "2025-08-05", ""),
        ("매출", "가람전자", "150000000000 KRW", "2025-Q2", "", "", "2025-08-05", "2025-Q1"),
    ]
    assert len(run_query(store, "history", {"relation": "대표이다"}).rows) == 2
    assert len(run_query(store, "history", {"entity": "박서린"}).rows) == 1


def test_links_are_found_in_time_that_grows_with_the_facts() -> None:
    """Every firm opens one plant: what shares no participant is never compared, so a count of the comparisons stays small."""
    compared = 0
    import kg.graph.events as events

    before = events.is_contradicted

    def counting(*given: Any, **more: Any) -> bool:
        nonlocal compared
        compared += 1
        return before(*given, **more)

    verbs = ("kg:builds", "kg:establishes")
    readings = [facts.reading(f"a{n}", "2024-10-10", f"가람{n // 2}전자 {verbs[n % 2]} 공장{n // 2}:Facility") for n in range(400)]
    events.is_contradicted = counting  # type: ignore[assignment]
    try:
        found = links_of(readings)
    finally:
        events.is_contradicted = before
    assert len(found) == 400
    assert compared <= 2 * len(readings)


def test_a_much_told_event_costs_a_star_and_not_all_pairs() -> None:
    readings = [facts.reading(f"a{n:02}", "2024-10-10", f"가람전자 kg:acquires 별빛반도체 manner=방식{n}") for n in range(30)]
    assert len(links_of(readings)) == 2 * 29


def test_the_terms_of_links_are_those_of_the_ontology() -> None:
    assert all(load_ontology().term(relation).range == ("kg:Fact",) for relation in RELATIONS)
    assert expand("kg:Link") == f"{KG}Link"
