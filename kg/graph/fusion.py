"""What the facts of many articles are to each other: tellings of one event, plans and what became of them, histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.conflicts import find_conflicts
from kg.graph.events import find_happenings, same_event_links
from kg.graph.histories import Validity, figure_links, find_validity, read_changes, succession_links
from kg.graph.links import Link, index_links
from kg.graph.plans import plan_links, turn_links
from kg.graph.tellings import find_places, find_tellings
from kg.model import Reading


@dataclass(frozen=True, slots=True)
class Fusion:
    """By the name of a fact: the facts that cannot hold beside it, its links to others, and from and until when it holds."""

    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    validity: Mapping[str, tuple[Validity, ...]] = field(default_factory=dict)


def find_fusion(readings: Iterable[Reading]) -> Fusion:
    """What joins the facts of linked readings; a function of their set, whatever their order."""
    known = sorted(readings, key=lambda reading: reading.article.id)
    conflicts = find_conflicts(known)
    tellings, places = find_tellings(known), find_places(known)
    happenings = find_happenings(tellings, places, conflicts)
    changes = read_changes(known)
    links = (
        *same_event_links(happenings),
        *plan_links(happenings, places),
        *turn_links(known, tellings, happenings, places),
        *succession_links(changes),
        *figure_links(known),
    )
    valid: dict[str, dict[tuple[str, str], Validity]] = {}
    for each in find_validity(changes):
        valid.setdefault(each.fact, {}).setdefault((each.relation, str(each.time.value or each.time.start)), each)
    ordered = {name: tuple(valid[name][key] for key in sorted(valid[name])) for name in sorted(valid)}
    return Fusion(conflicts, index_links(links), ordered)
