"""Links between facts: which, by what rule, and how they stand in the graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.graph.individuals import LABEL
from kg.graph.names import rule_name
from kg.graph.terms import digest, literal, resource
from kg.graph.values import TYPE, Triple
from kg.tables.events import load_families

RELATIONS: Final = ("kg:sameEventAs", "kg:fulfils", "kg:reschedules", "kg:callsOff", "kg:supersedes", "kg:follows")
_COMMENT: Final = resource("rdfs:comment")

# What each reason says, in Korean and in English.
_REASONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "same-time": ("두 기사가 말한 때가 겹친다", "the times that the articles give coincide"),
    "reports-near": ("두 기사가 가까운 때에 전했다", "the articles report it within days of each other"),
    "happens-once": ("이 일은 한 번만 일어난다", "it happens once"),
    "figures-equal": ("수치가 같다", "the figures are equal"),
    "figures-rounded": ("수치가 어림의 차이 안에서 맞는다", "the figures differ no more than their rounding allows"),
    "kept-in-time": ("계획한 때에 이루어졌다", "it came about at the time planned"),
    "kept-at-another-time": ("계획과 다른 때에 이루어졌다", "it came about at another time than planned"),
    "kept-by-report": ("계획 뒤의 기사가 이루어졌다고 전했다", "a later article reports it as done"),
    "plan-later": ("뒤에 나온 계획의 때가 더 늦다", "the later plan names a later time"),
    "plan-earlier": ("뒤에 나온 계획의 때가 더 이르다", "the later plan names an earlier time"),
    "plan-put-off": ("계획을 미룬다고 했다", "an article says that the plan is put off"),
    "plan-given-up": ("계획을 거둔다고 했다", "an article says that the plan is given up"),
    "plan-refused": ("하지 않기로 했다고 했다", "an article says that it will not be done"),
    "said-succession": ("기사가 후임이라고 했다", "an article says that one succeeds the other"),
    "said-appointment": ("기사가 그 자리에 올랐다고 했고, 그 뒤로 전임을 그 자리에 둔 기사가 없다",
                         "an article says that one took the post, and none names the other in it from then on"),
    "said-departure": ("기사가 전임이 물러났다고 했고, 그 뒤로 전임을 그 자리에 둔 기사가 없다",
                       "an article says that the other left the post, and none names them in it from then on"),
    "next-period": ("같은 수치의 다음 기간 값이다", "it is the same figure for the next period"),
})  # fmt: skip
_BY_FAMILY: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "same-event": ("{}", "{}"),
    "plan-kept": ("계획한 대로 되었다: {}", "what was planned came about: {}"),
    "plan-moved": ("계획의 때가 바뀌었다: {}", "the plan was moved: {}"),
    "plan-dropped": ("계획이 거두어졌다: {}", "the plan was dropped: {}"),
})  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One fact joined to another, by names, and the rules that joined them; a later fact points at the earlier one."""

    source: str
    relation: str
    target: str
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """The CURIE of the link's own node; a link that holds both ways has one."""
        ends = sorted((self.source, self.target)) if self.relation == "kg:sameEventAs" else (self.source, self.target)
        return f"kgr:link_{digest(json.dumps([self.relation, *ends]))}"


def index_links(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """The links that go out from each fact, sorted."""
    found: defaultdict[str, set[Link]] = defaultdict(set)
    for link in links:
        found[link.source].add(link)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def link_triples(link: Link) -> Iterator[Triple]:
    """The triple between the two facts, and the node that keeps the reason."""
    source, relation, target = resource(link.source), resource(link.relation), resource(link.target)
    yield source, relation, target
    if link.relation == "kg:sameEventAs":
        source, target = sorted((source, target))
    node = resource(link.name)
    yield node, TYPE, resource("kg:Link")
    yield node, resource("rdf:subject"), source
    yield node, resource("rdf:predicate"), relation
    yield node, resource("rdf:object"), target
    for rule in link.rules:
        plan = resource(rule_name(rule))
        yield node, resource("kg:rule"), plan
        yield plan, TYPE, resource("prov:Plan")
        yield plan, LABEL, literal(rule)
        korean, english = find_reason(rule)
        yield plan, _COMMENT, literal(korean, language="ko")
        yield plan, _COMMENT, literal(english, language="en")


def find_reason(rule: str) -> tuple[str, str]:
    """What a rule says, in Korean and in English: ``find_reason("figures-equal")[0]`` is 수치가 같다."""
    if rule in _REASONS:
        return _REASONS[rule]
    for prefix, forms in _BY_FAMILY.items():
        if rule.startswith(f"{prefix}-"):
            family = rule.removeprefix(f"{prefix}-")
            known = next(each for each in load_families().all if each.id == family)
            return forms[0].format(known.ko), forms[1].format(known.en)
    raise KeyError(rule)
