"""What the facts of many articles are to each other: tellings of one event, plans and what became of them, histories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.conflicts import Disputes
from kg.graph.events import Conflicts, find_happenings, same_event_links
from kg.graph.histories import Changes, Figures, Validity, find_validity, succession_links
from kg.graph.links import Link, find_reason, index_links
from kg.graph.names import value_key
from kg.graph.plans import Heads, Turn, Turns, plan_links, turn_links
from kg.graph.tellings import Places, Telling, Tellings
from kg.model import Reading


@dataclass(frozen=True, slots=True)
class Fusion:
    """By the name of a fact: the facts that cannot hold beside it, its links to others, and from and until when it holds."""

    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    validity: Mapping[str, tuple[Validity, ...]] = field(default_factory=dict)


def find_fusion(readings: Iterable[Reading]) -> Fusion:
    """What joins the facts of linked readings, which are gone through once; a function of their set, whatever their order."""
    disputes, told, turns, said, figures = Disputes(), Tellings(), Turns(), Changes(), Figures()
    for reading in readings:
        disputes.add(reading)
        told.add(reading)
        turns.add(reading)
        said.add(reading)
        figures.add(reading)
    conflicts, changes = disputes.find(), said.find()
    links = (
        *event_links(told.find(), turns.find(), told.find_places(), conflicts, changes.heads()),
        *succession_links(changes),
        *figures.find(),
    )
    return gather_fusion(conflicts, links, find_validity(changes))


def event_links(tellings: Iterable[Telling], turns: Iterable[Turn], places: Places, conflicts: Conflicts, heads: Heads) -> Iterator[Link]:
    """What joins tellings of events and plans, and what puts plans off or gives them up.

    Only what no chain of common participants, things and names connects may be left out, for it changes nothing of the rest.
    """
    known = tuple(tellings)
    happenings = find_happenings(known, places, conflicts)
    yield from same_event_links(happenings)
    yield from plan_links(happenings, places)
    yield from turn_links(turns, known, happenings, places, heads)


def gather_fusion(conflicts: Mapping[str, tuple[str, ...]], links: Iterable[Link], validity: Iterable[Validity]) -> Fusion:
    """Conflicts, links and validity by the facts that they are of."""
    return Fusion(conflicts, index_links(links), _by_fact(validity))


def _by_fact(validity: Iterable[Validity]) -> dict[str, tuple[Validity, ...]]:
    found: dict[str, dict[tuple[str, str], Validity]] = {}
    for each in validity:
        found.setdefault(each.fact, {})[each.relation, f"{value_key(each.time)} {each.time.text}"] = each
    return {name: tuple(found[name][key] for key in sorted(found[name])) for name in sorted(found)}


def told_links(fusion: Fusion) -> dict[str, tuple[tuple[str, str, str, str], ...]]:
    """For each fact how it is joined to which other, and why in Korean and in English: ``("kg:fulfils", "kgr:fact_9f…", …)``."""
    return {name: tuple(map(_told, several)) for name, several in fusion.links.items()}


def _told(link: Link) -> tuple[str, str, str, str]:
    korean, english = zip(*map(find_reason, link.rules), strict=True)
    return link.relation, link.target, "; ".join(korean), "; ".join(english)
