"""Facts set against each other: what cannot both hold is joined, and nothing else is."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import build_quads, build_rdf, fact_name, find_conflicts
from kg.graph.agreement import may_be_equal, may_coincide
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Time, Value
from kg.query import run_query
from kg.store import open_memory
from kg.tables.ontology import load_ontology
from kg.validate import find_violations
from kg.vocab import KG

TABLE = tomllib.loads((Path(__file__).parent / "conflicts.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]
SEOUL = timezone(timedelta(hours=9))
NOWHERE = Span(0, 0)
SENTENCES = (Span(0, 8), Span(9, 17))
TEXT = "첫째 문장이다.\n둘째 문장이다."
KINDS = {"이가람": "Person", "박서린": "Person", "경찰": "PublicOrganization", "세종": "City", "구미": "City", "공장": "Facility",
         "세종 공장": "Facility", "구미 공장": "Facility", "임금 협약": "Agreement", "새벽시장 화재": "Disaster", "집회": "Event",
         "매출": "Thing", "수출": "Thing"}  # fmt: skip
ROLES = ("place", "topic")


def entity(name: str) -> Entity:
    kind = KINDS.get(name, "Company")
    return Entity(f"kgr:{name.replace(' ', '_')}", kind if load_ontology().is_kind(kind, "Entity") else "Thing", name)


def quantity(words: str) -> Quantity:
    row = TABLE["figures"][words]
    numbers = {key: Decimal(row[key]) for key in ("minimum", "maximum") if key in row}
    value = Decimal(row["value"]) if "value" in row else None
    return Quantity(NOWHERE, value, row["unit"], row.get("hedge"), words, "figures", **numbers)


def period(words: str) -> Time:
    value, start, end, grain = TABLE["times"][words]
    return Time(NOWHERE, start, end, grain, words, "times", value)


def reading(row: dict[str, Any]) -> Reading:
    """The reading of an article that says one fact."""
    name = row.get("article", "a")
    day = datetime.fromisoformat(row.get("published", "2024-10-10")).replace(tzinfo=SEOUL)
    value: Value | None = None
    if "object" in row:
        value = entity(row["object"])
    elif "figure" in row:
        value = quantity(row["figure"])
    elif "day" in row:
        value = period(row["day"])
    qualifiers = [Qualifier(role, entity(row[role])) for role in ROLES if role in row]
    if "amount" in row:
        qualifiers.append(Qualifier("amount", quantity(row["amount"])))
    if "time" in row:
        qualifiers.append(Qualifier("time", period(row["time"])))
    speaker = entity(row["speaker"]) if "speaker" in row else None
    place = SENTENCES[row.get("sentence", 0)]
    fact = Fact(entity(row.get("subject", "가람전자")), row["predicate"], value, tuple(qualifiers), row.get("status", "asserted"),
                row.get("negated", False), speaker, Evidence(name, place, "rule"), 0.9)  # fmt: skip
    found = [fact.subject, value, speaker, *(q.value for q in qualifiers)]
    return Reading(Article(name, TEXT, published=day), SENTENCES, tuple(e for e in found if isinstance(e, Entity)), (fact,))


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_only_what_cannot_both_hold_is_joined(case: dict[str, Any]) -> None:
    one, other = reading(case["one"]), reading(case["other"])
    names = fact_name(one.facts[0]), fact_name(other.facts[0])
    wanted = {names[0]: (names[1],), names[1]: (names[0],)} if case["conflict"] else {}
    assert find_conflicts([one, other]) == wanted
    assert find_conflicts([other, one]) == wanted


def test_the_cases_are_many_and_half_of_them_are_no_conflicts() -> None:
    assert len(CASES) >= 25
    assert sum(not case["conflict"] for case in CASES) * 2 >= len(CASES)
    assert len({case["says"] for case in CASES}) == len(CASES)


def test_what_both_articles_say_is_no_dispute_between_them() -> None:
    """An article that gives both figures explains them."""
    whole = {"predicate": "kg:investsIn", "object": "세종 공장", "amount": "2조4000억원"}
    part = whole | {"amount": "2조원", "sentence": 1}
    assert find_conflicts([reading(whole), reading(whole | {"article": "b"}), reading(part | {"article": "b"})]) == {}


@pytest.fixture(scope="module")
def disputed() -> list[Reading]:
    """Every pair that conflicts, each fact in an article of its own."""
    pairs = enumerate(case for case in CASES if case["conflict"])
    return [reading(case[end] | {"article": f"{number}-{end}"}) for number, case in pairs for end in ("one", "other")]


def test_the_graph_holds_both_facts_joined_both_ways_and_conforms(disputed: list[Reading]) -> None:
    quads = list(build_quads(disputed, load_ontology()))
    joined = {(quad.subject, quad.object) for quad in quads if quad.predicate == f"<{KG}conflictsWith>"}
    assert joined == {(other, one) for one, other in joined}
    assert len(joined) >= 2 * sum(case["conflict"] for case in CASES)
    assert find_violations(build_rdf(quads)) == ()
    assert list(build_quads(disputed[::-1], load_ontology())) == quads


def test_the_query_shows_each_dispute_once_with_both_sentences(disputed: list[Reading]) -> None:
    case = next(case for case in CASES if case["says"] == "one investment of 2 and of 2.4 trillion")
    store = open_memory(build_quads([reading(case["one"]), reading(case["other"])], load_ontology()))
    answer = run_query(store, "conflicts")
    (row,) = [{name: cell.value for name, cell in zip(answer.columns, cells, strict=True) if cell} for cells in answer.rows]
    assert (row["subject"], row["relation"]) == ("가람전자", "투자하다")
    assert {row["one"], row["other"]} == {"세종 공장, 2000000000000 KRW", "세종 공장, 2400000000000 KRW"}
    assert {row["oneIn"], row["otherIn"]} == {"a", "b"}
    assert row["oneStatus"] == row["otherStatus"] == "asserted"
    rows = run_query(open_memory(build_quads(disputed, load_ontology())), "conflicts").rows
    assert len(rows) == len({frozenset((row[2:4], row[4:6], row[6:8], row[8:])) for row in rows})


NUMBERS = st.decimals(min_value=1, max_value=10**13, places=1)
HEDGES = st.sampled_from([None, "about", "over", "under", "at-least", "at-most"])
QUANTITIES = st.builds(lambda v, unit, hedge: Quantity(NOWHERE, v, unit, hedge, str(v), "r"), NUMBERS, st.sampled_from(["KRW", "%", "명"]), HEDGES)


@given(QUANTITIES, QUANTITIES)
def test_agreement_goes_both_ways_and_a_figure_agrees_with_itself(one: Quantity, other: Quantity) -> None:
    assert may_be_equal(one, other) == may_be_equal(other, one)
    assert may_be_equal(one, one)


@given(NUMBERS, HEDGES)
def test_every_hedge_allows_the_figure_that_it_hedges(number: Decimal, hedge: str | None) -> None:
    plain, hedged = (Quantity(NOWHERE, number, "KRW", each, "", "r") for each in (None, hedge))
    assert may_be_equal(plain, hedged)


def test_periods_coincide_where_they_share_a_day() -> None:
    assert may_coincide(period("1990년"), period("1990년 5월"))
    assert not may_coincide(period("1990년 5월"), period("1992년"))
    assert may_coincide(period("1990년"), Time(NOWHERE, None, None, "duration", "5년간", "times", "P5Y"))
