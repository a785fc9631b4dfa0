"""Quantities, periods and words as RDF nodes that keep their shape whatever the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.names import node_name, period_name, plain, value_name
from kg.graph.terms import literal, resource
from kg.model import Quantity, Text, Time, Value

Triple = tuple[str, str, str]

TYPE = resource("rdf:type")

_MOMENT = re.compile(r"(-?\d{4,}-\d\d-\d\d)(?:(T\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
_TALLY = re.compile(r"[0-9]+(-[0-9]+)+")
_HEDGES = frozenset({"about", "over", "under", "at-least", "at-most"})
_GRAINS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century",
                     "duration", "set"})


def value_node(value: Value) -> str:
    """The term that stands for a value."""
    return resource(node_name(value))


def value_triples(value: Value) -> Iterator[Triple]:
    """The triples of a value's own node; of an entity none, for it is described once."""
    match value:
        case Quantity() if is_number(value):
            yield from _quantity(value)
        case Time():
            yield from _period(value)
        case Text() | Quantity():
            node = resource(value_name(value))
            yield node, TYPE, resource("kg:Text")
            yield node, resource("kg:text"), literal(value.text)


def is_number(quantity: Quantity) -> bool:
    """Whether the quantity has a number, a bound or a score; without one it is words ("수십 명")."""
    numbers = (quantity.value, quantity.minimum, quantity.maximum)
    return any(plain(number) is not None for number in numbers) or _tally(quantity) is not None


def moment(text: str | None) -> str | None:
    """An ISO date or date-time as a typed literal, or None where it is neither: ``T17:00`` has no day."""
    match = _MOMENT.fullmatch(text or "")
    if match is None:
        return None
    day, time, seconds, zone = match.groups()
    if time is None:
        return literal(day, "date")
    return literal(f"{day}{time}{seconds or ':00'}{zone or ''}", "dateTime")


def is_moment(text: str | None) -> bool:
    """Whether a text is an ISO date or date-time."""
    return _MOMENT.fullmatch(text or "") is not None


def _quantity(quantity: Quantity) -> Iterator[Triple]:
    node = resource(value_name(quantity))
    tally = _tally(quantity)
    low, high = quantity.minimum, quantity.maximum
    if low is not None and high is not None and low.is_finite() and high.is_finite() and low > high:
        low, high = high, low
    yield node, TYPE, resource("kg:Quantity")
    yield node, resource("kg:unit"), literal("score" if tally else quantity.unit)
    yield node, resource("kg:text"), literal(quantity.text or value_name(quantity))
    for name, number in (("kg:value", quantity.value), ("kg:minimum", low), ("kg:maximum", high)):
        if (digits := plain(number)) is not None:
            yield node, resource(name), literal(digits, "decimal")
    if tally is not None:
        yield node, resource("kg:tally"), literal(tally)
    if quantity.approximate in _HEDGES:
        yield node, resource("kg:approximate"), literal(quantity.approximate)
    if quantity.converted is not None and is_number(quantity.converted):
        yield node, resource("kg:converted"), resource(value_name(quantity.converted))
        yield from _quantity(quantity.converted)


def _tally(quantity: Quantity) -> str | None:
    return quantity.score if quantity.score is not None and _TALLY.fullmatch(quantity.score) else None


def _period(time: Time) -> Iterator[Triple]:
    node = resource(period_name(time))
    yield node, TYPE, resource("kg:Period")
    yield node, resource("kg:grain"), literal(time.grain if time.grain in _GRAINS else "duration")
    yield node, resource("kg:text"), literal(time.text or period_name(time))
    if time.value is not None:
        yield node, resource("kg:timeValue"), literal(time.value)
    start, end = moment(time.start), moment(time.end)
    # A day cannot be compared with a moment, nor may an end lie before its start: the start is what the text anchors.
    if start is not None and end is not None and (_form(start) != _form(end) or time.start > time.end):  # type: ignore[operator]
        end = None
    if start is not None:
        yield node, resource("kg:start"), start
    if end is not None:
        yield node, resource("kg:end"), end


def _form(moment_term: str) -> tuple[str, bool]:
    wording, _, datatype = moment_term.rpartition("^^")
    return datatype, wording.endswith('Z"') or (wording[-7:-6] in ("+", "-") and "T" in wording)
