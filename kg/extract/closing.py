"""Closing prices: "한빛소재는 전날보다 6.3% 오른 4만2천원에 거래를 마쳤다" is a share price and its change."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.measures import load_measure_verbs
from kg.extract.respective import name_entity
from kg.extract.roles import find_filled, find_qualifiers
from kg.extract.scene import Scene
from kg.model import Clause, Document, Entity, Fact, Qualifier, Quantity, Span, Time

_CLOSING = frozenset(("마치다", "끝내다", "마감하다", "거래되다", "마무리하다", "마감되다"))
_SESSIONS = frozenset(("장", "거래", "정규장", "정규 거래", "장중 거래"))
_PRICES = ("주가", "종가")
_MONEY = frozenset(("KRW", "USD", "JPY", "EUR", "HKD", "CNY"))


class Closing:
    """A price and its change for each clause that tells how trading ended."""

    name = "closing"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        for clause in doc.clauses:
            price = find_closing(scene, clause)
            owner = None if price is None else _owner(scene, clause)
            if price is None or owner is None:
                continue
            filled = find_filled(scene, clause)
            times = [q for q in find_qualifiers(scene, clause, filled, ()) if isinstance(q.value, Time)]
            yield build_fact(scene, clause.sentence, "closing-price", "kg:sharePrice", owner, price, times, status=clause.status, confidence=0.9)
            change = _find_change(scene, clause, price)
            if change is not None:
                yield build_fact(
                    scene, clause.sentence, "closing-change", change[0], owner, change[1], [*times, Qualifier("amount", price)], status=clause.status,
                    confidence=0.85,
                )


def find_closing(scene: Scene, clause: Clause) -> Quantity | None:
    """The price with which a clause says that trading ended; 장을 마쳤다 without one tells of no share."""
    if clause.predicate.lemma not in _CLOSING or clause.negated:
        return None
    session = next((a for a in clause.arguments if a.role == "object" and not a.shared), None)
    if clause.predicate.lemma in ("마치다", "끝내다", "마무리하다") and (session is None or session.span.of(scene.text) not in _SESSIONS):
        return None
    if session is not None and session.span.of(scene.text) not in _SESSIONS:
        return None
    for argument in clause.arguments:
        if argument.josa in ("에", "으로", "로") and not argument.shared:
            found = [q for q in scene.quantities_in(clause.sentence, argument.span) if q.unit in _MONEY]
            if found and found[-1].span.end >= argument.head.end:
                return found[-1]
    return None


def _owner(scene: Scene, clause: Clause) -> Entity | None:
    """Whose share it is: 한빛소재 of 한빛소재 주가."""
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic")), None)
    if argument is None:
        return None
    words = argument.span.of(scene.text)
    for price in _PRICES:
        if words.endswith(" " + price) or words.endswith("의 " + price):
            cut = len(words) - len(price) - 1
            return name_entity(scene, Span(argument.span.start, argument.span.start + len(words[:cut].removesuffix("의"))))
    return scene.entity_of(argument)


def _find_change(scene: Scene, clause: Clause, price: Quantity) -> tuple[str, Quantity] | None:
    """The change by which a price was reached: 11.8% of "11.8% 내린 1만8천450원에"."""
    verbs = load_measure_verbs()
    for index in scene.clauses_of.get(clause.sentence, ()):
        other = scene.doc.clauses[index]
        lemma, beside = other.predicate.lemma, scene.text[other.predicate.span.end : price.span.start]
        if other.relation != "relative" or not 0 <= len(beside) <= 2 or beside.strip():
            continue
        ratio = next((q for a in other.arguments if not a.shared for q in scene.quantities_in(other.sentence, a.span) if q.unit == "%"), None)
        if ratio is not None and lemma in verbs["increasing"] | verbs["decreasing"]:
            return ("kg:increasesBy" if lemma in verbs["increasing"] else "kg:decreasesBy"), ratio
    return None
