"""Histories of a relation: who held a post after whom, and a figure period after period. Nothing is concluded from silence alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
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

    def tell(self, name: str, day: date) -> None:
        self.names[name] = min(day, self.names.get(name, day))


def _holders() -> defaultdict[str, _Tenure]:
    return defaultdict(_Tenure)


@dataclass(frozen=True, slots=True)
class _Change:
    """A person takes or leaves a post of a body, as an article of ``day`` says; ``time`` is what it says of when.

    ``body`` is None where the article names no body: then it is the one that the person heads, if there is one.
    """

    person: str
    body: str | None
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

    tenures: defaultdict[Post, defaultdict[str, _Tenure]] = field(default_factory=lambda: defaultdict(_holders))
    taken: set[_Change] = field(default_factory=set)
    left: set[_Change] = field(default_factory=set)
    succeeded: set[tuple[str, str]] = field(default_factory=set)

    def add(self, reading: Reading) -> None:
        """Take in what a linked reading says of posts."""
        _take_in(self, reading)

    def take_in(self, other: Changes) -> Changes:
        """The changes with those that further articles tell."""
        for post, holders in other.tenures.items():
            for person, tenure in holders.items():
                mine = self.tenures[post][person]
                mine.days |= tenure.days
                for name, day in tenure.names.items():
                    mine.tell(name, day)
        self.taken |= other.taken
        self.left |= other.left
        self.succeeded |= other.succeeded
        return self

    def by_person(self) -> dict[str, Changes]:
        """The changes apart, by the person who holds, takes or leaves a post or succeeds another."""
        found: defaultdict[str, Changes] = defaultdict(Changes)
        for post, holders in self.tenures.items():
            for person, tenure in holders.items():
                found[person].tenures[post][person] = tenure
        for change in self.taken:
            found[change.person].taken.add(change)
        for change in self.left:
            found[change.person].left.add(change)
        for new, old in self.succeeded:
            found[new].succeeded.add((new, old))
        return found

    def by_body(self) -> dict[str, Changes]:
        """The changes apart, by the body that each is of; a succession goes to the bodies of which the successor holds a post."""
        found: defaultdict[str, Changes] = defaultdict(Changes)
        bodies: defaultdict[str, set[str]] = defaultdict(set)
        for (predicate, body), holders in self.tenures.items():
            found[body].tenures[predicate, body] = holders
            for person in holders:
                bodies[person].add(body)
        for change in self.taken:
            found[change.body or ""].taken.add(change)
        for change in self.left:
            found[change.body or ""].left.add(change)
        for new, old in self.succeeded:
            for body in bodies[new]:
                found[body].succeeded.add((new, old))
        return found

    def find(self) -> Changes:
        """The changes with the body that each is of."""
        return replace(self, taken=_resolved(self.taken, self.heads()), left=_resolved(self.left, self.heads()))

    def heads(self) -> dict[str, frozenset[str]]:
        """The bodies of which each person is said to be the head."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for (predicate, body), holders in self.tenures.items():
            for person in holders if predicate != "kg:holdsPosition" else ():
                found[person].add(body)
        return {person: frozenset(bodies) for person, bodies in found.items()}


def _take_in(found: Changes, reading: Reading) -> None:
    """What a linked reading says of posts; denials, plans and forecasts say nothing of who holds one."""
    lexicon = load_histories()
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
        elif fact.predicate in lexicon.appointing and thing is not None:
            found.taken.add(_Change(thing.id, fact.subject.id, day, _when(fact)))
        elif fact.predicate in lexicon.dismissing and thing is not None:
            found.left.add(_Change(thing.id, fact.subject.id, day, _when(fact)))
        elif fact.predicate == "kg:succeeds" and thing is not None:
            found.succeeded.add((fact.subject.id, thing.id))


def _resolved(changes: set[_Change], heads: Mapping[str, frozenset[str]]) -> set[_Change]:
    """The changes with the body that each is of; what may be of two bodies, or of none, is of none."""
    return {
        replace(change, body=body) for change in changes
        if (body := change.body if change.body is not None else _only(heads.get(change.person, frozenset()))) is not None
    }  # fmt: skip


def _only(several: frozenset[str]) -> str | None:
    return next(iter(several)) if len(several) == 1 else None


def _add_tenure(found: Changes, fact: Fact, thing: Entity, day: date) -> None:
    tenure = found.tenures[fact.predicate, thing.id][fact.subject.id]
    tenure.tell(fact_name(fact), day)
    if day < date.max:
        tenure.days.add(day)


def _when(fact: Fact) -> Time | None:
    return next((q.value for q in fact.qualifiers if q.role == "time" and isinstance(q.value, Time) and q.value.start), None)


def _bodies(fact: Fact) -> set[str | None]:
    """The bodies or posts that a fact names; None where it names none, or a post without its body."""
    values = [value for value in (fact.object, *(q.value for q in fact.qualifiers if q.role == "organization")) if isinstance(value, Entity)]
    return {None if value.name in load_histories().bare else value.id for value in values} or {None}


def succession_links(changes: Changes) -> Iterator[Link]:
    """Each holder of a post joined to the one before, where an article says so."""
    posts: defaultdict[str, set[Post]] = defaultdict(set)
    for post, holders in changes.tenures.items():
        for person in holders:
            posts[person].add(post)
    for new, old in sorted(changes.succeeded):
        for post in sorted(posts[new] & posts[old]):
            yield Link(changes.tenures[post][new].first, "kg:supersedes", changes.tenures[post][old].first, ("said-succession",))
    taken, left = _first_days(changes.taken), _first_days(changes.left)
    for (predicate, body), holders in sorted(changes.tenures.items()):
        if predicate == "kg:holdsPosition" or len(holders) < 2:
            continue  # of many posts there are several holders at a time
        dated = sorted(person for person in holders if holders[person].days)
        by_last = sorted((max(holders[person].days), person) for person in dated)
        by_first = sorted((min(holders[person].days), person) for person in dated)
        for person in sorted(holders):
            if (day := taken.get((person, body))) is not None and (last := _last_before(day, person, by_last, holders)) is not None:
                if (person, last) not in changes.succeeded:
                    yield Link(holders[person].first, "kg:supersedes", holders[last].first, ("said-appointment",))
            if (day := left.get((person, body))) is not None and holders[person].days and not holders[person].is_told_after(day):
                if (following := _next_after(day, by_first)) is not None:
                    yield Link(holders[following].first, "kg:supersedes", holders[person].first, ("said-departure",))


def _first_days(changes: Iterable[_Change]) -> dict[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for change in changes:
        place = change.person, change.body or ""
        found[place] = min(change.day, found.get(place, date.max))
    return found


def _last_before(day: date, new: str, by_last: list[tuple[date, str]], holders: Mapping[str, _Tenure]) -> str | None:
    """Of those named in the post before a day and never after it, the one named last."""
    for place in range(bisect_right(by_last, (day, "\U0010ffff")) - 1, -1, -1):
        old = by_last[place][1]
        if old != new and min(holders[old].days) < day:
            return old
    return None


def _next_after(day: date, by_first: list[tuple[date, str]]) -> str | None:
    """The one who is first named in the post after a day."""
    place = bisect_right(by_first, (day, "\U0010ffff"))
    return by_first[place][1] if place < len(by_first) else None


def find_validity(changes: Changes) -> Iterator[Validity]:
    """From and until when facts of a post hold, where an article names the time at which it was taken or left."""
    holdings: defaultdict[tuple[str, str], list[_Tenure]] = defaultdict(list)
    for (_, body), holders in changes.tenures.items():
        for person, tenure in holders.items():
            holdings[person, body].append(tenure)
    for relation, several in (("kg:validFrom", changes.taken), ("kg:validUntil", changes.left)):
        for change in several:
            for tenure in holdings.get((change.person, change.body or ""), ()):
                for name in tenure.names:
                    if change.time is not None:
                        yield Validity(name, relation, change.time)


Line = dict[tuple[date, str], tuple[date, str]]


class Figures:
    """Collects the figures of periods, one article at a time: each thing's figure by its period, as the first article tells it."""

    def __init__(self) -> None:
        self._lines: defaultdict[tuple[str, ...], Line] = defaultdict(dict)

    def add(self, reading: Reading) -> None:
        """Take in the figures of a linked reading."""
        for key, line in find_figures(reading).items():
            take_in_line(self._lines[key], line)

    def find(self) -> Iterator[Link]:
        """Each figure of a period joined to the same figure of the period before."""
        return (link for line in self._lines.values() for link in line_links(line))


def find_figures(reading: Reading) -> dict[tuple[str, ...], Line]:
    """The figures of one linked reading: for each thing that is measured, by period, the day and the fact that tells it."""
    day = date.max if reading.article.published is None else reading.article.published.date()
    found: defaultdict[tuple[str, ...], Line] = defaultdict(dict)
    for fact in reading.facts:
        period = _period(fact)
        if period is None or not isinstance(fact.object, Quantity):
            continue
        scope = sorted(str((q.role, value_key(q.value))) for q in fact.qualifiers if q.role not in WHEN | _ASIDE)
        key = fact.subject.id, fact.predicate, fact.object.unit, period.grain, *scope
        take_in_line(found[key], {(begin(period), period.end or ""): (day, fact_name(fact))})
    return found


def take_in_line(line: Line, other: Line) -> Line:
    """The line with the figures of another one of the same thing; of two of one period the one that was told first."""
    for place, told in other.items():
        line[place] = min(line.get(place, told), told)
    return line


def line_links(line: Line) -> Iterator[Link]:
    """Each figure of a line joined to the one of the period before."""
    for earlier, later in pairwise(sorted(line)):
        yield Link(line[later][1], "kg:follows", line[earlier][1], ("next-period",))


def _period(fact: Fact) -> Time | None:
    """The one period of a figure that an article gives for sure; None where there is none or are several."""
    if fact.predicate not in load_histories().figures or fact.negated or fact.status not in SURE:
        return None
    times = [q.value for q in fact.qualifiers if q.role in WHEN and isinstance(q.value, Time)]
    return times[0] if len(times) == 1 and times[0].grain in _GRAINS and times[0].start and times[0].end else None
