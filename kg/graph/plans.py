"""Plans and what became of them: kept, moved to another time, put off or given up, as later articles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Final

from kg.graph.agreement import may_coincide
from kg.graph.events import LOOKED_AT, Happening
from kg.graph.links import Link
from kg.graph.names import fact_name
from kg.graph.tellings import Places, Telling, begin, end, is_contradicted
from kg.model import Entity, Fact, Reading
from kg.tables.events import Family, load_histories
from kg.tables.lexicons import is_verbal_noun
from kg.tables.ontology import load_ontology

LATE: Final = 30  # days after the time planned within which an undated report tells that it came about
OPEN: Final = 365  # days within which a plan without a time is kept, put off or given up
Heads = Mapping[str, frozenset[str]]

_PLAN_NOUNS: Final = frozenset(("계획", "방침", "안", "사업", "일정", "시기", "구상", "추진"))


def plan_links(happenings: Iterable[Happening], places: Places) -> Iterator[Link]:
    """What became of plans: a later event that fulfils one, a later plan that sets another time."""
    known = list(happenings)
    plans: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, happening in enumerate(known):
        if happening.tellings[0].ahead:
            for key in happening.keys:
                plans[key].append(number)
    for number, happening in enumerate(known):
        first = happening.tellings[0]
        keys = [(True, *key[1:]) for key in happening.keys]
        before = sorted({n for key in keys for n in plans[key][-LOOKED_AT:] if n != number})
        if first.ahead:
            yield from _rescheduled(happening, [known[n] for n in before], places)
        else:
            yield from _fulfilled(happening, [known[n] for n in before], places)


def _fulfilled(event: Happening, plans: list[Happening], places: Places) -> Iterator[Link]:
    for done in (telling for telling in event.tellings if telling.done and telling.days):
        kept = [
            plan for plan in plans
            if (first := plan.tellings[0]).days and first.first <= done.first and not plan.articles & done.articles
            and not is_contradicted(first, done, places, but_time=True) and _is_in_time(first, done)
        ]  # fmt: skip
        if kept:
            plan = max(kept, key=lambda each: (each.tellings[0].first, each.tellings[0].name))
            yield Link(done.name, "kg:fulfils", plan.tellings[0].name, (f"plan-kept-{done.family.id}", _kept_rule(plan.tellings[0], done)))
            return


def _is_in_time(plan: Telling, done: Telling) -> bool:
    if plan.times and done.times:
        return plan.once or _coincide(plan, done)
    if plan.times:
        within = any(begin(time) <= day <= end(time) + timedelta(LATE) for time, day in product(plan.times, done.days))
        return within or (plan.once and all((done.first - end(time)).days <= OPEN for time in plan.times))
    return (done.first - max(plan.days)).days <= OPEN


def _kept_rule(plan: Telling, done: Telling) -> str:
    if plan.times and done.times:
        return "kept-in-time" if _coincide(plan, done) else "kept-at-another-time"
    return "kept-by-report"


def _coincide(one: Telling, other: Telling) -> bool:
    return any(may_coincide(a, b) for a, b in product(one.times, other.times))


def _rescheduled(later: Happening, plans: list[Happening], places: Places) -> Iterator[Link]:
    new = later.tellings[0]
    moved = [
        plan for plan in plans
        if (old := plan.tellings[0]).once and new.once and old.first < new.first < date.max and old.times and new.times
        and (new.first - old.first).days <= OPEN and not plan.articles & later.articles
        and not _coincide(old, new) and not is_contradicted(old, new, places, but_time=True)
    ]  # fmt: skip
    if moved:
        old = max(moved, key=lambda each: (each.tellings[0].first, each.tellings[0].name)).tellings[0]
        rule = "plan-later" if min(map(begin, new.times)) > min(map(begin, old.times)) else "plan-earlier"
        yield Link(new.name, "kg:reschedules", old.name, (f"plan-moved-{new.family.id}", rule))


@dataclass(slots=True)
class Turn:
    """A fact that puts a plan off or gives it up: who does so, what is named, and when it is reported."""

    name: str
    relation: str
    rule: str
    agents: frozenset[str]
    names: frozenset[tuple[str, str]]  # the name of what is put off, and the verbal noun that follows it or ""
    ids: frozenset[str]
    source: str  # the article whose wording stands for all: the least of their ids
    days: set[date] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    def take_in(self, other: Turn) -> Turn:
        """The turn with what other articles say of the same fact, in any order; one of the two becomes it."""
        first, later = (self, other) if self.source <= other.source else (other, self)
        first.days |= later.days
        first.articles |= later.articles
        return first

    @property
    def first(self) -> date:
        return min(self.days, default=date.max)


def turn_links(turns: Iterable[Turn], tellings: Iterable[Telling], happenings: Iterable[Happening], places: Places, heads: Heads) -> Iterator[Link]:
    """Plans that a later article says are put off or given up: 공장 설립을 철회했다, 공장을 세우지 않기로 했다.

    ``heads`` has the bodies that each person heads: who heads a firm may give up its plan.
    """
    plans: defaultdict[str, list[Telling]] = defaultdict(list)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for happening in happenings:
        first = happening.tellings[0]
        if first.ahead and first.patient is not None and first.days:
            plans[first.patient].append(first)
            for name in names_of(first):
                names[name].add(first.patient)
    for turn in turns:
        for plan in _turned(turn, plans, names, heads):
            became = "plan-moved" if turn.relation == "kg:reschedules" else "plan-dropped"
            yield Link(turn.name, turn.relation, plan.name, (f"{became}-{plan.family.id}", turn.rule))
    for refusal in (telling for telling in tellings if telling.negated and telling.ahead and telling.patient):
        before = [
            plan for plan in plans.get(refusal.patient or "", ())
            if plan.family.id == refusal.family.id and plan.first < refusal.first and not plan.articles & refusal.articles
            and (refusal.first - plan.first).days <= OPEN and not is_contradicted(plan, refusal, places)
        ]  # fmt: skip
        if before:
            plan = max(before, key=lambda each: (each.first, each.name))
            yield Link(refusal.name, "kg:callsOff", plan.name, (f"plan-dropped-{plan.family.id}", "plan-refused"))


def _turned(turn: Turn, plans: Mapping[str, list[Telling]], names: Mapping[str, set[str]], heads: Heads) -> list[Telling]:
    """The last plan before the turn for what it names: by the thing itself, or by its name and what is done to it."""
    found: list[Telling] = [plan for id_ in sorted(turn.ids) for plan in plans.get(id_, ())]
    for name, act in sorted(turn.names):
        for patient in sorted(names.get(name, ())):
            found += [plan for plan in plans[patient] if not act or act in _acts(plan.family)]
    agents = turn.agents.union(*(heads.get(each, frozenset()) for each in turn.agents))
    fitting = [
        plan for plan in found
        if plan.first < turn.first < date.max and not plan.articles & turn.articles and (turn.first - plan.first).days <= OPEN
        and (not turn.agents or not plan.agents or agents & plan.agents)
    ]  # fmt: skip
    return [max(fitting, key=lambda each: (each.first, each.name))] if fitting else []


class Turns:
    """Collects the facts that put plans off or give them up, one article at a time."""

    def __init__(self) -> None:
        self._found: dict[str, Turn] = {}

    def add(self, reading: Reading) -> None:
        """Take in what a linked reading says."""
        for name, turn in find_turns(reading).items():
            known = self._found.get(name)
            self._found[name] = turn if known is None else known.take_in(turn)

    def find(self) -> list[Turn]:
        """The turns, by name."""
        return [self._found[name] for name in sorted(self._found)]


def find_turns(reading: Reading) -> dict[str, Turn]:
    """The facts of one linked reading that put plans off or give them up, by name."""
    lexicon = load_histories()
    found: dict[str, Turn] = {}
    for fact in reading.facts:
        moved = fact.predicate in lexicon.postponing or fact.predicate in lexicon.postponed
        passive = fact.predicate in lexicon.cancelled or fact.predicate in lexicon.postponed
        if not moved and not passive and fact.predicate not in lexicon.cancelling:
            continue
        thing = fact.subject if passive else fact.object
        if fact.negated or fact.status in ("denied", "expected") or not isinstance(thing, Entity):
            continue
        turn = found.setdefault(fact_name(fact), _turn(fact, thing, reading.article.id, moved=moved, passive=passive))
        turn.articles.add(reading.article.id)
        if reading.article.published is not None:
            turn.days.add(reading.article.published.date())
    return found


def names_of(plan: Telling) -> frozenset[str]:
    """The names by which a turn may mean a plan, without spaces: those of what is to be acted on."""
    thing = plan.thing
    return frozenset() if thing is None else frozenset(_squeeze(name) for name in (thing.name, *thing.aliases))


def _turn(fact: Fact, thing: Entity, source: str, *, moved: bool, passive: bool) -> Turn:
    agents = frozenset() if passive else frozenset(fact.subject.members or (fact.subject.id,))
    relation, rule = ("kg:reschedules", "plan-put-off") if moved else ("kg:callsOff", "plan-given-up")
    return Turn(fact_name(fact), relation, rule, agents, frozenset(_acted_on(thing.name)), frozenset((thing.id,)), source)


def _acted_on(name: str) -> Iterator[tuple[str, str]]:
    """What a phrase says is done to what: 세종 공장 설립 계획 is 설립 of 세종 공장."""
    words = name.split()
    while len(words) > 1 and words[-1] in _PLAN_NOUNS:
        words.pop()
    if len(words) > 1 and is_verbal_noun(words[-1]):
        yield _squeeze(" ".join(words[:-1])), words[-1]
    elif len(words) < len(name.split()):
        yield _squeeze(" ".join(words)), ""


def _acts(family: Family) -> frozenset[str]:
    """The verbal nouns of a family: 설립 and 신설 of the one by which things are founded."""
    lemmas = (load_ontology().term(predicate).ko for predicate in family.predicates)
    return frozenset(lemma.removesuffix("하다") for lemma in lemmas if lemma.endswith("하다"))


def _squeeze(name: str) -> str:
    return name.replace(" ", "")
