"""Values keep their shape: what a quantity or a period says is read back from the Turtle that holds it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.graph import build_quads, period_name, value_name
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Time
from kg.store import write_turtle
from kg.tables.ontology import load_ontology
from kg.vocab import PREFIXES, expand

SUBJECT = Entity("kgr:한빛전자", "Company", "한빛전자")
ARTICLE = Article("a", "한빛전자가 밝혔다.")
SPAN = Span(0, 10)

# A lone surrogate is no text, and becomes U+FFFD.
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20) | st.sampled_from(["2조4000억원", '"약"\\\n', "\u202e원"])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30")) | st.sampled_from(
    [Decimal("2.4E+12"), Decimal("1E-9"), Decimal("-0.0"), Decimal("1.50"), Decimal("1E+30")]
)
UNITS = st.sampled_from(["KRW", "USD", "%", "%p", "명", "MW", "km", "", "배\"\\"]) | WORDS
HEDGES = st.sampled_from([None, "about", "over", "under", "at-least", "at-most"])
GRAINS = st.sampled_from(
    ["second", "minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century", "duration", "set"]
)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=3, minutes=30))])


def single(draw: Any) -> dict[str, Any]:
    return {"value": draw(NUMBERS)}


def ranged(draw: Any) -> dict[str, Any]:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    bounds = {"minimum": low, "maximum": high}
    return {"value": None} | {name: bounds[name] for name in draw(st.sampled_from([("minimum",), ("maximum",), ("minimum", "maximum")]))}


def tallied(draw: Any) -> dict[str, Any]:
    return {"value": None, "score": "-".join(str(points) for points in draw(st.lists(st.integers(0, 999), min_size=2, max_size=3)))}


@st.composite
def quantities(draw: Any, depth: int = 1) -> Quantity:
    """A quantity with a number, a range or a score, hedged or not, with or without the amount it comes to."""
    form = draw(st.sampled_from([single, ranged, tallied]))(draw)
    converted = draw(st.none() | quantities(depth=0)) if depth else None
    return Quantity(Span(0, 1), unit=draw(UNITS), approximate=draw(HEDGES), text=draw(WORDS), rule="r", converted=converted, **form)


@st.composite
def times(draw: Any) -> Time:
    """A period between two days or two moments of one form, open at either end or at both."""
    if draw(st.booleans()):
        first, last = sorted((draw(st.dates(min_value=date(1, 1, 1))), draw(st.dates())))
    else:
        zone = draw(ZONES)
        first, last = sorted((draw(st.datetimes(timezones=st.just(zone))), draw(st.datetimes(timezones=st.just(zone)))))
    ends = draw(st.sampled_from([(first.isoformat(), last.isoformat()), (first.isoformat(), None), (None, last.isoformat()), (None, None)]))
    value = draw(st.none() | st.sampled_from(["2025-Q2", "P5Y", "T17:00", "2022-02/2023-10"]) | WORDS)
    return Time(Span(0, 1), *ends, draw(GRAINS), draw(WORDS), "r", value)


def reread(value: Quantity | Time, folder: Any) -> tuple[rdflib.Graph, rdflib.URIRef]:
    """The graph as rdflib reads it from Turtle, and the node that the fact points at as object and as qualifier."""
    fact = Fact(SUBJECT, "kgo:밝히다", value, (Qualifier("condition", value),), "asserted", False, None, Evidence("a", SPAN, "r"), 0.9)
    path = folder / "value.ttl"
    write_turtle(build_quads([Reading(ARTICLE, (SPAN,), (SUBJECT,), (fact,))], load_ontology()), path, PREFIXES)
    graph = rdflib.Graph().parse(path, format="turtle")
    (node,) = set(graph.objects(None, rdflib.RDF.object))
    assert set(graph.objects(None, rdflib.URIRef(expand("kg:condition")))) == {node}
    return graph, node


def said(graph: rdflib.Graph, node: rdflib.term.Node, name: str) -> rdflib.term.Node | None:
    found = list(graph.objects(node, rdflib.URIRef(expand(name))))
    assert len(found) <= 1
    return found[0] if found else None


def texted(graph: rdflib.Graph, node: rdflib.term.Node, name: str) -> str | None:
    literal = said(graph, node, name)
    return None if literal is None else str(literal)


def number(graph: rdflib.Graph, node: rdflib.term.Node, name: str) -> Decimal | None:
    literal = said(graph, node, name)
    assert literal is None or (isinstance(literal, rdflib.Literal) and literal.datatype == rdflib.XSD.decimal)
    return None if literal is None else Decimal(str(literal))


def check_quantity(quantity: Quantity, graph: rdflib.Graph, node: rdflib.term.Node) -> None:
    assert node == rdflib.URIRef(expand(value_name(quantity)))
    assert said(graph, node, "rdf:type") == rdflib.URIRef(expand("kg:Quantity"))
    assert [number(graph, node, f"kg:{name}") for name in ("value", "minimum", "maximum")] == [
        quantity.value, quantity.minimum, quantity.maximum
    ]
    assert texted(graph, node, "kg:unit") == ("score" if quantity.score else quantity.unit)
    assert texted(graph, node, "kg:text") == quantity.text
    assert texted(graph, node, "kg:tally") == quantity.score
    assert texted(graph, node, "kg:approximate") == quantity.approximate
    converted = said(graph, node, "kg:converted")
    assert (converted is None) == (quantity.converted is None)
    if converted is not None and quantity.converted is not None:
        check_quantity(quantity.converted, graph, converted)


@settings(max_examples=150, deadline=None)
@example(quantity=Quantity(Span(0, 1), Decimal("2.4E+12"), "KRW", "about", "약 2조4000억원", "r"))
@given(quantity=quantities())
def test_a_quantity_survives_turtle(quantity: Quantity, tmp_path_factory: Any) -> None:
    graph, node = reread(quantity, tmp_path_factory.mktemp("quantity"))
    check_quantity(quantity, graph, node)


@settings(max_examples=150, deadline=None)
@example(time=Time(Span(0, 1), "2025-04-01", "2025-06-30", "quarter", "내년 2분기", "r", "2025-Q2"))
@example(time=Time(Span(0, 1), "2024-10-10T14:06", "2024-10-10T14:06", "minute", "10일 오후 2시 6분", "r", "2024-10-10T14:06"))
@given(time=times())
def test_a_period_survives_turtle(time: Time, tmp_path_factory: Any) -> None:
    graph, node = reread(time, tmp_path_factory.mktemp("period"))
    assert node == rdflib.URIRef(expand(period_name(time)))
    assert said(graph, node, "rdf:type") == rdflib.URIRef(expand("kg:Period"))
    for name, moment in (("kg:start", time.start), ("kg:end", time.end)):
        literal = said(graph, node, name)
        assert (literal is None) == (moment is None), name
        if literal is not None and moment is not None:
            assert isinstance(literal, rdflib.Literal)
            assert literal.datatype == (rdflib.XSD.dateTime if "T" in moment else rdflib.XSD.date)
            # xsd:dateTime has seconds always.
            assert datetime.fromisoformat(str(literal)) == datetime.fromisoformat(moment)
    assert texted(graph, node, "kg:grain") == time.grain
    assert texted(graph, node, "kg:timeValue") == time.value
    assert texted(graph, node, "kg:text") == time.text
