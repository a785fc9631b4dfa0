"""Names of facts, values, periods, sentences and rules: functions of what they stand for, never of where."""

from __future__ import annotations

import json
from decimal import Decimal

from kg.graph.terms import digest, safe_name
from kg.model import Entity, Fact, Quantity, Span, Text, Time, Value
from kg.vocab import KGR

Key = list[object]


def plain(number: Decimal | None) -> str | None:
    """The number without exponent or idle zeros: ``Decimal("2.40E+12")`` is ``2400000000000``; None where not finite."""
    if number is None or not number.is_finite():
        return None
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def value_key(value: Value | None) -> Key:
    """What makes two values the same: the normalised value, and the wording only where there is none."""
    match value:
        case None:
            return []
        case Entity():
            return ["entity", value.id]
        case Quantity():
            low, number, high = plain(value.minimum), plain(value.value), plain(value.maximum)
            known = (low, number, high, value.score) != (None, None, None, None)
            return ["quantity", number, value.unit, low, high, value.approximate, value.score,
                    value_key(value.converted), None if known else value.text]
        case Time():
            known = (value.value, value.start, value.end) != (None, None, None)
            return ["time", value.value, value.start, value.end, value.grain, None if known else value.text]
        case Text():
            return ["text", value.text]


def fact_name(fact: Fact) -> str:
    """The fact's CURIE, a hash of its content: the same thing said by two articles has one name, ``kgr:fact_9f…``."""
    qualifiers = sorted({_dumps([q.role, value_key(q.value)]) for q in fact.qualifiers})
    speaker = fact.speaker.id if fact.speaker is not None else None
    content = [fact.subject.id, fact.predicate, value_key(fact.object), qualifiers, fact.status, fact.negated, speaker]
    return f"kgr:fact_{digest(_dumps(content))}"


def value_name(value: Quantity | Text) -> str:
    """The CURIE of a quantity or of words: 2조4000억원 and 2조4천억원 are one ``kgr:value_…``."""
    return f"kgr:value_{digest(_dumps(value_key(value)))}"


def period_name(time: Time) -> str:
    """The CURIE of a period: 내년 2분기 and 2025년 2분기 are one ``kgr:period_…`` when they mean the same."""
    return f"kgr:period_{digest(_dumps(value_key(time)))}"


def node_name(value: Value) -> str:
    """The CURIE of the node that stands for a value: an entity's own, a period's, a quantity's or that of words."""
    match value:
        case Entity():
            return value.id
        case Time():
            return period_name(value)
        case Quantity() | Text():
            return value_name(value)


def article_name(article: str) -> str:
    """The CURIE of an article's id: ``seed`` is ``kgr:article_seed``."""
    return f"kgr:article_{safe_name(article)}"


def article_iri(article: str) -> str:
    """The IRI of an article's id, which is also its named graph."""
    return f"{KGR}article_{safe_name(article)}"


def sentence_iri(article: str, span: Span) -> str:
    """The IRI of a sentence, an RFC 5147 fragment of its article: ``…article_seed#char=120,188``."""
    return f"{article_iri(article)}#char={span.start},{span.end}"


def rule_name(rule: str) -> str:
    """The CURIE of a rule's id: ``kgr:rule_invest-accusative``."""
    return f"kgr:rule_{safe_name(rule)}"


def _dumps(key: object) -> str:
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))
