"""Tellings: what each fact says of an event, made comparable across articles: who took part, when, and what may not differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Final

from kg.graph.agreement import may_be_equal, may_coincide
from kg.graph.names import fact_name, value_key
from kg.graph.tenses import is_told_as_past
from kg.model import Entity, Fact, Qualifier, Quantity, Reading, Span, Time
from kg.tables.events import Family, load_families
from kg.tables.ontology import load_ontology

WHEN: Final = frozenset(("time", "start", "since", "from", "end"))
_SETTING: Final = frozenset(("recipient", "target", "charge", "organization", "destination", "position", "condition", "topic"))
_VAGUE: Final = frozenset(("Concept", "Thing", "Group"))  # kinds whose names mean this here and that there
_PHRASE: Final = 5  # code points of a notion that says enough to be one in two articles: 차세대 통신 기술
_NAME: Final = 3  # of one that stands beside its agent

_LAST: Final = date(9990, 1, 1)

_WITHIN: Final = frozenset(("kg:locatedIn", "kg:partOf"))

Places = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Telling:
    """A fact that tells an event or a plan, with all who report it.

    ``agents`` are those who act, ``patient`` what it is done to, ``pact`` the agreement that is entered into, ``matter`` what more
    stands as object. ``negated`` has what is said not to be. ``done`` is whether some article tells it as past. ``source`` is the
    article whose wording of the fact stands for all: the least of their ids.
    """

    name: str
    fact: Fact
    family: Family
    agents: frozenset[str]
    patient: str | None
    pact: str | None
    matter: str | None
    vague: bool
    ahead: bool
    negated: bool
    source: str
    acting: frozenset[str] = frozenset()  # those who act as members of a group that an article names
    done: bool = False
    own: bool = False  # said of its subject, not only of a group that the subject is of
    days: set[date] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    def take_in(self, other: Telling) -> Telling:
        """The telling with what other articles say of the same fact, in any order; one of the two becomes it."""
        first, later = (self, other) if self.source <= other.source else (other, self)
        first.acting |= later.acting
        first.own |= later.own
        first.done |= later.done
        first.days |= later.days
        first.articles |= later.articles
        return first

    def finish(self) -> Telling:
        """The telling when all articles have been taken in."""
        self.agents |= self.acting
        self.ahead |= bool(self.times and self.days) and min(map(begin, self.times)) > max(self.days)
        return self

    @property
    def first(self) -> date:
        """The day of the first article that tells it; where none has a day, the last of all days."""
        return min(self.days, default=date.max)

    @property
    def times(self) -> tuple[Time, ...]:
        """The periods in which it is said to be, as far as they have bounds."""
        values = (self.fact.object, *(q.value for q in self.fact.qualifiers if q.role in WHEN))
        return tuple(value for value in values if isinstance(value, Time) and value.start and value.end)

    @property
    def keys(self) -> tuple[tuple[object, ...], ...]:
        """What another telling must share to be of the same participants."""
        match self.family.by:
            case "parties":
                pair = ((self.family.id, "parties", *sorted(self.agents)),) if len(self.agents) > 1 else ()
                return ((self.family.id, "pact", self.pact), *pair) if self.pact else pair
            case "both":
                return ((self.family.id, *sorted(self.agents), "->", self.patient),) if self.agents and self.patient and not self.vague else ()
            case "subject":
                return ((self.family.id, *sorted(self.agents)),)
            case "object":
                return ((self.family.id, "->", self.patient),) if self.patient and not self.vague else ()

    @property
    def thing(self) -> Entity | None:
        """What stands for the patient in the fact."""
        thing = self.fact.subject if self.fact.predicate in self.family.passive else self.fact.object
        return thing if self.patient is not None and isinstance(thing, Entity) else None

    @property
    def once(self) -> bool:
        """Whether it happens to its participants once."""
        return self.family.once and not self.vague


class Tellings:
    """Collects what articles tell of events and where places lie, one article at a time."""

    def __init__(self) -> None:
        self._told: dict[str, Telling] = {}
        self._within: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, reading: Reading) -> None:
        """Take in what a linked reading tells."""
        for place, wider in find_sites(reading):
            self._within[place].add(wider)
        for name, telling in find_tellings(reading).items():
            known = self._told.get(name)
            self._told[name] = telling if known is None else known.take_in(telling)

    def find(self) -> tuple[Telling, ...]:
        """The tellings by name; what is said of a group alone is not told again of each of its members."""
        return tuple(self._told[name].finish() for name in sorted(self._told) if self._told[name].own)

    def find_places(self) -> dict[str, frozenset[str]]:
        """Each place with all places that it is said to lie in."""
        return climb_places(self._within)


def find_sites(reading: Reading) -> Iterator[tuple[str, str]]:
    """What a linked reading says to lie in what, by ids."""
    for fact in reading.facts:
        if fact.predicate in _WITHIN and isinstance(fact.object, Entity) and fact.status == "asserted" and not fact.negated:
            yield fact.subject.id, fact.object.id


def climb_places(within: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Each place with all places in which it lies, by those that articles say it to lie in."""
    return {place: frozenset(_climb(place, within)) for place in sorted(within)}


def find_tellings(reading: Reading) -> dict[str, Telling]:
    """What one linked reading tells, by the names of the facts; states (이다, 있다) and values tell of no event."""
    published = reading.article.published
    joint = _joint_subjects(reading)
    found: dict[str, Telling] = {}
    for fact in reading.facts:
        agreement = isinstance(fact.object, Entity) and fact.object.kind == "Agreement"
        family = load_families().find(fact.predicate, agreement=agreement)
        if family is None or (fact.subject.kind == "Concept" and fact.predicate not in family.passive):
            continue
        name = fact_name(fact)
        told = found.get(name) or _telling(name, fact, family, reading.article.id)
        if told is None:
            continue
        found[name] = told
        acting = joint.get(_said(fact), frozenset()) if not fact.subject.members else frozenset()
        if fact.predicate not in family.passive:
            told.acting |= acting
        told.own |= fact.subject.id not in acting
        told.articles.add(reading.article.id)
        if published is not None:
            told.days.add(published.date())
        told.done |= _is_done(fact, reading)
    return found


def _climb(place: str, within: Mapping[str, set[str]]) -> set[str]:
    known, waiting = {place}, [place]
    while waiting:
        for wider in sorted(within.get(waiting.pop(), ())):
            if wider not in known:
                known.add(wider)
                waiting.append(wider)
    return known


def _said(fact: Fact) -> tuple[Span, str, str]:
    return fact.evidence.sentence, fact.predicate, str(value_key(fact.object))


def _joint_subjects(reading: Reading) -> dict[tuple[Span, str, str], frozenset[str]]:
    """The members of the group that is the subject of what a sentence says: 양사 설립하다 is said of each of the two as well."""
    found: dict[tuple[Span, str, str], frozenset[str]] = {}
    for fact in reading.facts:
        if fact.subject.members:
            found[_said(fact)] = found.get(_said(fact), frozenset()) | frozenset(fact.subject.members)
    return found


def _telling(name: str, fact: Fact, family: Family, source: str) -> Telling | None:
    ontology = load_ontology()
    thing = fact.object if isinstance(fact.object, Entity) else None
    if fact.object is not None and thing is None and not (isinstance(fact.object, Time) and fact.predicate in family.passive):
        return None
    passive = fact.predicate in family.passive
    target = fact.subject if passive else thing
    agents = frozenset() if passive else _members(fact.subject)
    pact = matter = patient = None
    if family.by == "parties":
        named = [thing, *(q.value for q in fact.qualifiers if q.role == "with")]
        others = [each for each in named if isinstance(each, Entity) and ontology.is_kind(each.kind, "Agent")]
        agents |= frozenset(id_ for each in others for id_ in _members(each))
        targets = (thing, *(q.value for q in fact.qualifiers if q.role == "target"))
        pact = next((each.id for each in targets if isinstance(each, Entity) and each.kind == "Agreement"), None)
        matter = thing.id if thing is not None and thing not in others and thing.id != pact else None
        if not all(_is_of(each, family) for each in (fact.subject, *others)):
            return None
    elif family.by == "subject":
        matter = thing.id if thing is not None else None
        if thing is not None and not _is_of(thing, family):
            return None
    else:
        if target is None or not _is_of(target, family):
            return None
        patient = ",".join(sorted(_members(target)))
    vague = target is not None and family.by in ("object", "both") and _is_vague(target, passive=passive, alone=family.by == "object")
    ahead, negated = fact.status in ("planned", "expected"), fact.negated or fact.status == "denied"
    return Telling(name, fact, family, agents, patient, pact, matter, vague, ahead, negated, source)


def _is_vague(target: Entity, *, passive: bool, alone: bool) -> bool:
    """Whether what is acted on is a notion that may be another in every article: 돈, 대책; 새벽시티 may be a name not known."""
    if target.kind not in _VAGUE or target.members:
        return False
    return passive or len(target.name) < (_PHRASE if alone else _NAME)


def _members(entity: Entity) -> frozenset[str]:
    return frozenset(entity.members or (entity.id,))


def _is_of(entity: Entity, family: Family) -> bool:
    return not family.kinds or any(load_ontology().is_kind(entity.kind, kind) for kind in family.kinds)


def _is_done(fact: Fact, reading: Reading) -> bool:
    """Whether the article tells the fact as past: by a time before it appeared, or by the verb's form in the sentence."""
    if fact.status not in ("asserted", "claimed") or fact.negated:
        return False
    day = None if reading.article.published is None else reading.article.published.date().isoformat()
    times = [q.value for q in fact.qualifiers if q.role == "time" and isinstance(q.value, Time) and q.value.start and q.value.end]
    if day is not None and any(time.start[:10] > day for time in times if time.start):
        return False
    wordings = [q.value.text for q in fact.qualifiers if q.role == "wording" and not isinstance(q.value, Entity)]
    lemma = wordings[0] if wordings else load_ontology().term(fact.predicate).ko
    return is_told_as_past(fact.evidence.sentence.of(reading.article.text), lemma)


def is_contradicted(one: Telling, other: Telling, places: Places, *, but_time: bool = False) -> bool:
    """Whether something that both say differs, so that they cannot tell one event: the sum, the day, the place, who acts."""
    if one.agents and other.agents and not (one.agents <= other.agents or other.agents <= one.agents):
        return True
    if (one.pact and other.pact and one.pact != other.pact) or (one.matter and other.matter and one.matter != other.matter):
        return True
    if not but_time and one.times and other.times and not any(may_coincide(a, b) for a, b in product(one.times, other.times)):
        return True
    mine, theirs = _by_role(one.fact), _by_role(other.fact)
    return any(_differ(role, mine[role], theirs[role], places) for role in mine.keys() & theirs.keys())


def _by_role(fact: Fact) -> dict[str, list[Qualifier]]:
    found: defaultdict[str, list[Qualifier]] = defaultdict(list)
    for qualifier in fact.qualifiers:
        if qualifier.role not in WHEN:
            found[qualifier.role].append(qualifier)
    return found


def _differ(role: str, one: list[Qualifier], other: list[Qualifier], places: Places) -> bool:
    pairs = [(a.value, b.value) for a, b in product(one, other)]
    figures = [(a, b) for a, b in pairs if isinstance(a, Quantity) and isinstance(b, Quantity) and a.unit == b.unit]
    if figures and not any(may_be_equal(a, b) and a.score == b.score for a, b in figures):
        return True
    lengths = [(a.value, b.value) for a, b in pairs if isinstance(a, Time) and isinstance(b, Time) and a.grain == b.grain == "duration"]
    if lengths and all(a and b and a != b for a, b in lengths):
        return True
    named = [(a, b) for a, b in pairs if isinstance(a, Entity) and isinstance(b, Entity)]
    if role == "place":
        return bool(named) and not any(a.id == b.id or a.id in places.get(b.id, ()) or b.id in places.get(a.id, ()) for a, b in named)
    return role in _SETTING and bool(named) and not any(_members(a) & _members(b) for a, b in named)


def amounts(fact: Fact) -> Iterator[Quantity]:
    """The figures that stand beside the object."""
    return (q.value for q in fact.qualifiers if isinstance(q.value, Quantity))


def begin(time: Time) -> date:
    """The first day of a period."""
    return _day(time.start) or date.min


def end(time: Time) -> date:
    """The last day of a period; a text may name any year, and days are added to it."""
    return min(_day(time.end) or _LAST, _LAST)


def length(time: Time) -> int:
    """How many days lie between the first and the last day of a period."""
    return (end(time) - begin(time)).days


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
