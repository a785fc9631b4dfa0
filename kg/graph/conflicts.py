"""Facts that cannot both hold: one affirmed and one denied, or one figure in two sizes. Both stay, each with its sentences.

Only what speaks of one thing is set against each other: the same subject, relation, object and qualifiers. News moves on, so reports
are compared within a week unless both name one time, and a later report does not contradict that something had not yet happened.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from typing import Final

from kg.graph.agreement import may_be_equal, may_coincide
from kg.graph.names import fact_name, value_key
from kg.model import Entity, Fact, Quantity, Reading, Span, Text, Time

DAYS: Final = 7  # within which two reports without a time of their own speak of one state of things
_SURE: Final = frozenset(("asserted", "claimed"))
_WHEN: Final = frozenset(("time", "start", "since", "from", "end"))
_ASIDE: Final = frozenset(("reason", "purpose", "manner", "source", "wording", "basis"))  # say why or how, not of what
# What a subject has once; of other days ("시작일") there may be several.
_ONCE: Final = frozenset(("kg:bornOn", "kg:diedOn", "kg:foundedOn", "kg:dissolvedOn"))
# Figures that are of something further, and those that are of a period: without it two of them are not of one thing.
_OF_SOMETHING: Final = frozenset(
    ("kg:count", "kg:rate", "kg:reaches", "kg:size", "kg:increasesBy", "kg:decreasesBy", "kg:increasesTo", "kg:decreasesTo")
)
_OF_A_PERIOD: Final = frozenset(
    ("kg:revenue", "kg:operatingProfit", "kg:operatingLoss", "kg:netProfit", "kg:netLoss", "kg:sharePrice", "kg:marketCap", "kg:price",
     "kg:marketShare", "kg:ranks", "kg:points", "kg:budget", "kg:numberOfEmployees", "kg:numberOfMembers", "kg:hasAge")
)  # fmt: skip


@dataclass(slots=True)
class _Told:
    """A fact with the sentences that say it and the days of their articles."""

    name: str
    fact: Fact
    places: set[tuple[str, Span]] = field(default_factory=set)
    days: set[date | None] = field(default_factory=set)

    @property
    def articles(self) -> set[str]:
        return {article for article, _ in self.places}

    @property
    def scope(self) -> frozenset[str]:
        """What the fact is limited to: its qualifiers but for those that say why or how."""
        return frozenset(_key(q.role, value_key(q.value)) for q in self.fact.qualifiers if q.role not in _ASIDE)

    @property
    def times(self) -> frozenset[str]:
        return frozenset(
            _key(q.role, q.value.value, q.value.start) for q in self.fact.qualifiers if q.role in _WHEN and isinstance(q.value, Time)
        )


class Disputes:
    """Collects what articles say, one article at a time, and then sets it against each other."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def add(self, reading: Reading) -> None:
        """Take in what a linked reading says."""
        published = reading.article.published
        for fact in reading.facts:
            name = fact_name(fact)
            each = self._told.setdefault(name, _Told(name, fact))
            each.places.add((reading.article.id, fact.evidence.sentence))
            each.days.add(None if published is None else published.date())

    def find(self) -> dict[str, tuple[str, ...]]:
        """For each fact that another contradicts, the names of those others, sorted; the relation is symmetric."""
        told = self._told.values()
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in (*_denials(told), *_figures(told), *_dates(told)):
            found[one.name].add(other.name)
            found[other.name].add(one.name)
        return {name: tuple(sorted(found[name])) for name in sorted(found)}


def find_conflicts(readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """For each fact of linked readings that another contradicts, the names of those others, sorted; the relation is symmetric."""
    disputes = Disputes()
    for reading in readings:
        disputes.add(reading)
    return disputes.find()


def _denials(told: Iterable[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of one content, affirmed and denied."""
    contents: defaultdict[str, tuple[list[_Told], list[_Told]]] = defaultdict(lambda: ([], []))
    for each in told:
        fact = each.fact
        if isinstance(fact.object, Text) or (fact.object is None and not fact.predicate.startswith("kg:")):
            continue  # words are never said twice alike, and 성장하다 alone may be of anything
        yes, no = contents[_key(fact.subject.id, fact.predicate, value_key(fact.object))]
        if fact.status in _SURE and not fact.negated:
            yes.append(each)
        elif (fact.status in _SURE and fact.negated) or (fact.status == "denied" and not fact.negated):
            no.append(each)
    for yes, no in contents.values():
        yield from (pair for pair in product(yes, no) if _is_denied(*pair))


def _is_denied(yes: _Told, no: _Told) -> bool:
    if not no.scope <= yes.scope:
        return False  # 부산에는 공장을 세우지 않았다 leaves the one in 서울 standing
    speakers = yes.fact.speaker, no.fact.speaker
    if speakers[0] is not None and speakers[1] is not None and speakers[0].id == speakers[1].id:
        return False
    if not any(one != other for one, other in product(yes.places, no.places)):
        return False
    if yes.articles == no.articles and len(no.articles) == 1 and no.fact.status != "denied" and speakers == (None, None):
        return False  # an article does not contradict itself: one of the two is misread or of another time
    if no.times:
        return True  # the affirmation names the same time, for the scope holds it
    return any(
        one is None or other is None or (abs((other - one).days) if no.fact.status == "denied" else (other - one).days) in range(DAYS + 1)
        for one, other in product(yes.days, no.days)
    )


def _figures(told: Iterable[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of one thing's figure in two sizes."""
    things: defaultdict[str, list[tuple[_Told, Quantity]]] = defaultdict(list)
    for each in told:
        fact, measured = each.fact, _figure(each.fact)
        if measured is None or fact.negated or fact.status not in (*_SURE, "planned") or not fact.predicate.startswith("kg:"):
            continue
        figure, role = measured
        scope = sorted(each.scope - {_key("amount", value_key(figure))}) if role else sorted(each.scope)
        if not role and not _is_definite(fact.predicate, each):
            continue
        thing = None if not role else value_key(fact.object)
        things[_key(fact.subject.id, fact.predicate, thing, figure.unit, fact.status in _SURE, scope)].append((each, figure))
    for measures in things.values():
        for (one, figure), (other, further) in combinations(measures, 2):
            if not may_be_equal(figure, further) and _are_two_reports(one, other):
                yield one, other


def _figure(fact: Fact) -> tuple[Quantity, bool] | None:
    """The figure that a fact gives, and whether as an amount beside its object; None where there is none or are several."""
    if isinstance(fact.object, Quantity):
        return fact.object, False
    amounts = [q.value for q in fact.qualifiers if q.role == "amount" and isinstance(q.value, Quantity)]
    return (amounts[0], True) if len(amounts) == 1 and isinstance(fact.object, Entity) else None


def _is_definite(predicate: str, told: _Told) -> bool:
    if predicate in _OF_A_PERIOD | _OF_SOMETHING and not told.times:
        return False
    return predicate not in _OF_SOMETHING or len(told.scope) > len(told.times)


def _dates(told: Iterable[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of two days of what happens once."""
    lives: defaultdict[str, list[_Told]] = defaultdict(list)
    for each in told:
        if each.fact.predicate in _ONCE and each.fact.status in _SURE and not each.fact.negated and isinstance(each.fact.object, Time):
            lives[_key(each.fact.subject.id, each.fact.predicate)].append(each)
    for days in lives.values():
        for one, other in combinations(days, 2):
            assert isinstance(one.fact.object, Time) and isinstance(other.fact.object, Time)
            if not may_coincide(one.fact.object, other.fact.object) and not one.articles & other.articles:
                yield one, other


def _are_two_reports(one: _Told, other: _Told) -> bool:
    """Whether two figures come from articles apart, or from two speakers, within a week or of one time."""
    speakers = one.fact.speaker, other.fact.speaker
    apart = speakers[0] is not None and speakers[1] is not None and speakers[0].id != speakers[1].id
    if one.articles & other.articles and not apart:
        return False
    if one.times:
        return True
    return any(a is None or b is None or abs((a - b).days) <= DAYS for a, b in product(one.days, other.days))


def _key(*parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False)
