"""Histories of a relation: who held a post after whom, and a figure period after period. Nothing is concluded from silence alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, permutations
from typing import Final

from kg.graph.links import Link
from kg.graph.names import fact_name, value_key
from kg.graph.tellings import WHEN, begin
from kg.model import Entity, Fact, Quantity, Reading, Time
from kg.tables.events import load_histories

SURE: Final = frozenset(("asserted", "claimed"))
_GRAINS: Final = frozenset(("day", "week", "month", "quarter", "half", "year"))
_ASIDE: Final = frozenset(("wording", "manner", "reason", "source", "basis"))

Post = tuple[str, str]


@dataclass(slots=True)
class _Tenure:
    """What is said of one holder of one post: the facts by name, with the days of the articles."""

    names: dict[str, date] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)

    @property
    def first(self) -> str:
        """The name of the fact that was told first."""
        return min(self.names, key=lambda name: (self.names[name], name))

    def is_told_after(self, day: date) -> bool:
        return any(each > day for each in self.days)


@dataclass(frozen=True, slots=True)
class _Change:
    """A person takes or leaves a post of a body, as an article of ``day`` says; ``time`` is what it says of when."""

    person: str
    body: str
    day: date
    time: Time | None


@dataclass(frozen=True, slots=True)
class Validity:
    """A fact holds from or until a period that an article names."""

    fact: str
    relation: str
    time: Time


@dataclass(slots=True)
class Changes:
    """What the articles say of posts: who holds, takes and leaves them, and who succeeds whom."""

    tenures: defaultdict[Post, defaultdict[str, _Tenure]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Tenure)))
    taken: set[_Change] = field(default_factory=set)
    left: set[_Change] = field(default_factory=set)
    succeeded: set[tuple[str, str]] = field(default_factory=set)


def read_changes(readings: Iterable[Reading]) -> Changes:
    """What linked readings say of posts; denials, plans and forecasts say nothing of who holds one."""
    lexicon, found = load_histories(), Changes()
    for reading in readings:
        day = date.max if reading.article.published is None else reading.article.published.date()
        for fact in reading.facts:
            if fact.negated or fact.status not in SURE or fact.subject.members:
                continue
            thing = fact.object if isinstance(fact.object, Entity) else None
            if thing is not None and (fact.predicate in lexicon.posts or fact.predicate == "kg:holdsPosition"):
                _add_tenure(found, fact, thing, day)
            elif fact.predicate in lexicon.taking:
                found.taken.update(_Change(fact.subject.id, body, day, _when(fact)) for body in _bodies(fact))
            elif fact.predicate in lexicon.leaving:
                found.left.update(_Change(fact.subject.id, body, day, _when(fact)) for body in _bodies(fact))
            elif fact.predicate in lexicon.dismissing and thing is not None:
                found.left.add(_Change(thing.id, fact.subject.id, day, _when(fact)))
            elif fact.predicate == "kg:succeeds" and thing is not None:
                found.succeeded.add((fact.subject.id, thing.id))
    return found


def _add_tenure(found: Changes, fact: Fact, thing: Entity, day: date) -> None:
    tenure = found.tenures[fact.predicate, thing.id][fact.subject.id]
    name = fact_name(fact)
    tenure.names[name] = min(day, tenure.names.get(name, day))
    if day < date.max:
        tenure.days.add(day)


def _when(fact: Fact) -> Time | None:
    return next((q.value for q in fact.qualifiers if q.role == "time" and isinstance(q.value, Time) and q.value.start), None)


def _bodies(fact: Fact) -> set[str]:
    """The body or the post that a fact names."""
    values = (fact.object, *(q.value for q in fact.qualifiers if q.role == "organization"))
    return {value.id for value in values if isinstance(value, Entity)}


def succession_links(changes: Changes) -> Iterator[Link]:
    """Each holder of a post joined to the one before, where an article says so."""
    for (predicate, body), holders in sorted(changes.tenures.items()):
        by_word_alone = predicate == "kg:holdsPosition"  # of many posts there are several at a time
        for new, old in permutations(sorted(holders), 2):
            if (new, old) in changes.succeeded:
                yield Link(holders[new].first, "kg:supersedes", holders[old].first, ("said-succession",))
        if by_word_alone or len(holders) < 2:
            continue
        for new in sorted(holders):
            told = [change.day for change in changes.taken if change.person == new and change.body == body]
            before = [old for old in sorted(holders) if old != new and (new, old) not in changes.succeeded]
            if told and (last := _last_before(min(told), before, holders)) is not None:
                yield Link(holders[new].first, "kg:supersedes", holders[last].first, ("said-appointment",))
        for change in sorted((c for c in changes.left if c.body == body and c.person in holders), key=lambda c: (c.day, c.person)):
            after = [new for new in sorted(holders) if new != change.person and holders[new].days and min(holders[new].days) > change.day]
            if after and holders[change.person].days and not holders[change.person].is_told_after(change.day):
                next_one = min(after, key=lambda each: (min(holders[each].days), each))
                yield Link(holders[next_one].first, "kg:supersedes", holders[change.person].first, ("said-departure",))


def _last_before(day: date, holders: list[str], tenures: Mapping[str, _Tenure]) -> str | None:
    """Of those named in the post before a day and never after it, the one named last."""
    gone = [old for old in holders if tenures[old].days and min(tenures[old].days) < day and not tenures[old].is_told_after(day)]
    return max(gone, key=lambda old: (max(tenures[old].days), old)) if gone else None


def find_validity(changes: Changes) -> Iterator[Validity]:
    """From and until when facts of a post hold, where an article names the time at which it was taken or left."""
    holdings: defaultdict[tuple[str, str], list[_Tenure]] = defaultdict(list)
    for (_, body), holders in changes.tenures.items():
        for person, tenure in holders.items():
            holdings[person, body].append(tenure)
    for relation, several in (("kg:validFrom", changes.taken), ("kg:validUntil", changes.left)):
        for change in several:
            for tenure in holdings.get((change.person, change.body), ()):
                for name in tenure.names:
                    if change.time is not None:
                        yield Validity(name, relation, change.time)


def figure_links(readings: Iterable[Reading]) -> Iterator[Link]:
    """Each figure of a period joined to the same figure of the period before."""
    told: defaultdict[tuple[object, ...], dict[tuple[str, str], tuple[date, str]]] = defaultdict(dict)
    starts: dict[tuple[str, str], date] = {}
    for reading in readings:
        day = date.max if reading.article.published is None else reading.article.published.date()
        for fact in reading.facts:
            period = _period(fact)
            if period is None or not isinstance(fact.object, Quantity):
                continue
            scope = sorted(str((q.role, value_key(q.value))) for q in fact.qualifiers if q.role not in WHEN | _ASIDE)
            line = told[fact.subject.id, fact.predicate, fact.object.unit, period.grain, *scope]
            place = (period.start or "", period.end or "")
            starts[place] = begin(period)
            line[place] = min(line.get(place, (date.max, "~")), (day, fact_name(fact)))
    for _, line in sorted(told.items(), key=str):
        for earlier, later in pairwise(sorted(line, key=lambda place: (starts[place], place))):
            yield Link(line[later][1], "kg:follows", line[earlier][1], ("next-period",))


def _period(fact: Fact) -> Time | None:
    """The one period of a figure that an article gives for sure; None where there is none or are several."""
    if fact.predicate not in load_histories().figures or fact.negated or fact.status not in SURE:
        return None
    times = [q.value for q in fact.qualifiers if q.role in WHEN and isinstance(q.value, Time)]
    return times[0] if len(times) == 1 and times[0].grain in _GRAINS and times[0].start and times[0].end else None
