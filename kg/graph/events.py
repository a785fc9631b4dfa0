"""Events told more than once: tellings of the same participants, within reach of each other.

Candidates share their participants, so that the work grows with the tellings of one event and not with the square of all facts.
A telling joins an event only where it contradicts none of the tellings there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Final

from kg.graph.links import Link
from kg.graph.tellings import Places, Telling, amounts, begin, end, is_contradicted, length
from kg.model import Quantity

REPORTED: Final = 7  # days between two reports of one event where neither or only one of them names its time
ONCE: Final = 365  # the same of what happens once to its participants
PLANNED: Final = 30  # the same of a plan, which lies longer in the air
BROAD: Final = 31  # a longer period ties two reports together only where these lie near each other
LOOKED_AT: Final = 64  # events of the same participants, the latest first, with which a telling is compared
FULL: Final = 256  # tellings of one event; a further one begins another, for each is compared with all

Key = tuple[object, ...]
Conflicts = Mapping[str, Iterable[str]]


@dataclass(slots=True)
class Happening:
    """The tellings of one event or one plan, the first of them first."""

    tellings: list[Telling]
    keys: set[Key] = field(default_factory=set)

    @property
    def articles(self) -> Set[str]:
        return set().union(*(telling.articles for telling in self.tellings))


def find_happenings(tellings: Iterable[Telling], places: Places, conflicts: Conflicts) -> list[Happening]:
    """The tellings gathered into events and plans; what lies ahead and what is told as it is are never one, nor is what is not."""
    found: list[Happening] = []
    by_key: defaultdict[Key, list[int]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda t: (t.first, t.name)):
        keys = [(telling.ahead, *key) for key in telling.keys]
        if telling.negated or not keys:
            continue
        near = sorted({number for key in keys for number in by_key[key][-LOOKED_AT:]}, reverse=True)
        open_ = [number for number in near if len(found[number].tellings) < FULL]
        homes = [number for number in open_ if all(_is_one(telling, other, places, conflicts) for other in found[number].tellings)]
        if not homes:
            homes = [len(found)]
            found.append(Happening([]))
        home = homes[0]
        # One report knows the agreement, another the parties: who knows both shows that the two speak of one event.
        for other in homes[1:]:
            pairs = product(found[home].tellings, found[other].tellings)
            small = len(found[home].tellings) + len(found[other].tellings) < FULL
            if small and all(_is_one(one, further, places, conflicts) for one, further in pairs):
                _move(found, by_key, other, home)
        found[home].tellings.append(telling)
        _index(found, by_key, home, keys)
    for happening in found:
        happening.tellings.sort(key=lambda t: (t.first, t.name))
    return [happening for happening in found if happening.tellings]


def _index(found: list[Happening], by_key: dict[Key, list[int]], home: int, keys: Iterable[Key]) -> None:
    for key in keys:
        if key not in found[home].keys:
            found[home].keys.add(key)
            by_key[key].append(home)


def _move(found: list[Happening], by_key: dict[Key, list[int]], other: int, home: int) -> None:
    """Put the tellings of one happening to another's."""
    moved = found[other]
    found[other] = Happening([])
    for key in moved.keys:
        by_key[key].remove(other)
    found[home].tellings += moved.tellings
    _index(found, by_key, home, sorted(moved.keys, key=str))


def _is_one(one: Telling, other: Telling, places: Places, conflicts: Conflicts) -> bool:
    return (
        other.name not in conflicts.get(one.name, ())
        and _is_within_reach(one, other)
        and not is_contradicted(one, other, places)
    )


def _is_within_reach(one: Telling, other: Telling) -> bool:
    """Whether two reports may be of one time: an event is named by its day or reported within a week of it."""
    once = one.once or other.once
    if once and (not one.days or not other.days or _are_near(one, other, ONCE)):
        return True
    limit = ONCE if once else PLANNED if one.ahead else REPORTED
    if one.times and other.times:
        return any(length(time) <= BROAD for time in (*one.times, *other.times)) or _are_near(one, other, limit)
    if one.ahead or not (one.times or other.times):
        return _are_near(one, other, limit)
    dated, undated = (one, other) if one.times else (other, one)
    return any(begin(time) <= day <= end(time) + timedelta(REPORTED) for time, day in product(dated.times, undated.days))


def _are_near(one: Telling, other: Telling, limit: int) -> bool:
    return any(abs((a - b).days) <= limit for a, b in product(one.days, other.days))


def same_event_links(happenings: Iterable[Happening]) -> Iterator[Link]:
    """The first telling of each event joined with every other, both ways, where more than one article tells it."""
    for happening in happenings:
        first, *others = happening.tellings
        if len(happening.articles) < 2:
            continue
        for other in others:
            rules = (f"same-event-{first.family.id}", _time_rule(first, other), *_figure_rule(first, other))
            yield Link(other.name, "kg:sameEventAs", first.name, rules)
            yield Link(first.name, "kg:sameEventAs", other.name, rules)


def _time_rule(one: Telling, other: Telling) -> str:
    if one.times and other.times:
        return "same-time"
    return "reports-near" if not one.once or _are_near(one, other, REPORTED) else "happens-once"


def _figure_rule(one: Telling, other: Telling) -> tuple[str, ...]:
    pairs = [(a, b) for a, b in product(amounts(one.fact), amounts(other.fact)) if a.unit == b.unit]
    if not pairs:
        return ()
    return ("figures-equal",) if any(_number(a) == _number(b) for a, b in pairs) else ("figures-rounded",)


def _number(quantity: Quantity) -> tuple[object, ...]:
    return quantity.value, quantity.minimum, quantity.maximum, quantity.approximate
