"""What the page holds: readings of many articles become one table each of individuals, facts and articles."""

from __future__ import annotations

import bisect
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from kg.model import Article, Entity, Fact, Quantity, Reading, Span, Text, Time, Value
from kg.render.labels import Labels, coarse_kind, term_labels
from kg.vocab import KGR

Json = dict[str, object]
NameValue = Callable[[Value], str]
# By the name of a fact: (relation, name of the other fact, reason in Korean, reason in English).
Links = Mapping[str, Collection[tuple[str, str, str, str]]]

_STATUS_RANK = {"asserted": 3.0, "planned": 2.5, "expected": 2.0, "claimed": 1.5, "denied": 1.5}
# The order in which a fact's qualifiers are read out: how much and how long before when, where and the rest.
_ROLES = ("position", "amount", "share", "count", "score", "rank", "age", "duration", "time", "place", "recipient", "with", "wording")
# What readers know or may look up stands behind what happened.
_BACKGROUND = frozenset(("kg:alias", "kg:isA", "kg:locatedIn", "kg:nationality", "kg:organizationAlias", "kg:partOf", "kg:worksFor"))
_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Said:
    """One fact of the page with everything that says it: ``evidence`` are (article index, sentence index, rule).

    ``against`` are the places of the facts that cannot hold beside it; ``direct`` says that it is an edge of its own.
    ``joined`` are (relation, place of the other fact, reason in Korean, reason in English); where the other fact is the later
    one, and points here, the relation has "^" before it.
    """

    id: str
    fact: Fact
    evidence: tuple[tuple[int, int, str], ...]
    score: float
    against: tuple[int, ...] = ()
    direct: bool = False
    joined: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The page's tables; individuals stand in the order in which to show them, the ``linked`` ones first."""

    entities: tuple[Entity, ...]
    linked: int
    weights: tuple[float, ...]
    facts: tuple[Said, ...]
    articles: tuple[Json, ...]
    index: Mapping[str, int]


def value_key(value: Value | None) -> tuple[str, ...]:
    """What makes two values the same content: an individual's id, a quantity's number, a time's value, words."""
    match value:
        case None:
            return ()
        case Entity():
            return ("entity", value.id)
        case Quantity():
            number = value.score if value.score is not None else str(value.value)
            return ("quantity", number, str(value.minimum), str(value.maximum), value.unit, value.approximate or "",
                    value.text)
        case Time():
            return ("time", str(value.value), str(value.start), str(value.end), value.text)
        case Text():
            return ("text", value.text)


def fact_key(fact: Fact) -> tuple[object, ...]:
    """A fact's content without its evidence: the same content said twice is one fact of the page."""
    return (fact.subject.id, fact.predicate, value_key(fact.object),
            tuple(sorted((qualifier.role, *value_key(qualifier.value)) for qualifier in fact.qualifiers)),
            fact.status, fact.negated, fact.speaker.id if fact.speaker else "")


def fact_entities(fact: Fact) -> tuple[Entity, ...]:
    """The individuals that a fact speaks of: subject, object, qualifiers, speaker, in this order."""
    values: list[Value | None] = [fact.subject, fact.object, *(each.value for each in fact.qualifiers), fact.speaker]
    return tuple(value for value in values if isinstance(value, Entity))


def build_content(readings: Iterable[Reading], ontology: Labels, name_fact: Callable[[Fact], str] | None = None,
                  name_article: Callable[[str], str] | None = None,
                  conflicts: Mapping[str, Collection[str]] | None = None,
                  is_direct: Callable[[Fact, Article], bool] | None = None, links: Links | None = None) -> Content:
    """Merge readings into the page's tables; the order of the readings does not matter.

    ``conflicts`` has the names of the facts that each contradicts, as ``name_fact`` gives them, and ``links`` what else joins
    facts; ``is_direct`` tells the facts that are triples of their own.
    """
    ordered = sorted(readings, key=lambda reading: (_published(reading.article), reading.article.id))
    individuals = _individuals(ordered)
    merged, degree = _merged_facts(ordered, name_fact or default_name)
    names, linked = _order(individuals, [said[0][1] for said in merged.values()], degree)
    index = {name: place for place, name in enumerate(names)}
    tables = [_SentenceTable(reading, index, (name_article or default_iri)(reading.article.id)) for reading in ordered]
    top = max(degree.values(), default=1.0)
    facts = []
    for name, said in merged.items():
        fact = replace(said[0][1], confidence=max(each.confidence for _, each in said))
        evidence = sorted({(place, tables[place].find(each.evidence.sentence), each.evidence.rule)
                           for place, each in said})
        score = _score(fact, [(place, sentence) for place, sentence, _ in evidence], degree, top, ontology)
        direct = any((is_direct or is_reported)(each, ordered[place].article) for place, each in said)
        facts.append(Said(name.partition(":")[2], fact, tuple(evidence), score, direct=direct))
    facts.sort(key=lambda each: (-each.score, each.id))
    facts = _join(_set_against(facts, conflicts or {}), links or {})
    return Content(tuple(individuals[name] for name in names), linked, tuple(degree.get(name, 0.0) for name in names),
                   tuple(facts), tuple(table.as_json() for table in tables), index)


def is_reported(fact: Fact, article: Article) -> bool:
    """Whether a fact is plainly reported of two individuals and does not lie ahead of its article."""
    if fact.status != "asserted" or fact.negated or not isinstance(fact.object, Entity):
        return False
    times = [each.value for each in fact.qualifiers if isinstance(each.value, Time)]
    return not any(time.start and time.start[:10] > _published(article)[:10] for time in times)


def _set_against(facts: list[Said], conflicts: Mapping[str, Collection[str]]) -> list[Said]:
    """The facts with the places of those that contradict them, as far as the page shows these."""
    known = {name.partition(":")[2]: [other.partition(":")[2] for other in others] for name, others in conflicts.items()}
    place = {said.id: number for number, said in enumerate(facts)}
    return [replace(said, against=tuple(sorted(place[other] for other in known.get(said.id, ()) if other in place)))
            for said in facts]


def _join(facts: list[Said], links: Links) -> list[Said]:
    """The facts with what joins each to others, from both ends, as far as the page shows these."""
    place = {said.id: number for number, said in enumerate(facts)}
    joined: list[set[tuple[str, int, str, str]]] = [set() for _ in facts]
    for name, several in links.items():
        for relation, other, korean, english in several:
            here, there = place.get(name.partition(":")[2]), place.get(other.partition(":")[2])
            if here is not None and there is not None:
                joined[here].add((relation, there, korean, english))
                joined[there].add((relation if relation == "kg:sameEventAs" else f"^{relation}", here, korean, english))
    return [replace(said, joined=tuple(sorted(each))) for said, each in zip(facts, joined, strict=True)]


def default_name(fact: Fact) -> str:
    """A name for a fact that nobody else names: the hash of its content, "kgr:fact_0f3a…"."""
    return f"kgr:fact_{hashlib.sha256(json.dumps(fact_key(fact)).encode('ascii')).hexdigest()[:16]}"


def default_iri(article: str) -> str:
    """An IRI for an article that nobody else names."""
    return f"{KGR}article_{quote(article, safe='', errors='replace')}"


def _published(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _individuals(readings: Iterable[Reading]) -> dict[str, Entity]:
    """Every individual that a fact speaks of, with the longest record of it; a group brings its members along."""
    known: dict[str, Entity] = {}
    wanted: set[str] = set()

    def richness(entity: Entity) -> tuple[int, int, str, tuple[str, ...]]:
        return len(entity.aliases), len(entity.members), entity.kind, entity.aliases

    for reading in readings:
        spoken = [entity for fact in reading.facts for entity in fact_entities(fact)]
        wanted.update(entity.id for entity in spoken)
        for entity in (*reading.entities, *spoken):
            if entity.id not in known or richness(entity) > richness(known[entity.id]):
                known[entity.id] = entity
    wanted.update(member for name in sorted(wanted) for member in known[name].members if member in known)
    return {name: known[name] for name in sorted(wanted)}


def _merged_facts(readings: Iterable[Reading], name_fact: Callable[[Fact], str]) -> tuple[
        dict[str, list[tuple[int, Fact]]], dict[str, float]]:
    merged: dict[str, list[tuple[int, Fact]]] = {}
    for place, reading in enumerate(readings):
        for fact in reading.facts:
            merged.setdefault(name_fact(fact), []).append((place, fact))
    degree: dict[str, float] = {}
    for said in merged.values():
        fact = said[0][1]
        weight = 1.0 + 0.25 * (len(said) - 1)
        degree[fact.subject.id] = degree.get(fact.subject.id, 0.0) + (
            weight if isinstance(fact.object, Entity) else 0.4 * weight)
        if isinstance(fact.object, Entity):
            degree[fact.object.id] = degree.get(fact.object.id, 0.0) + weight
        for entity in fact_entities(fact)[1:]:
            if entity is not fact.object:
                degree[entity.id] = degree.get(entity.id, 0.0) + 0.15 * weight
    return merged, {name: round(weight, 4) for name, weight in degree.items()}


def _order(individuals: Mapping[str, Entity], facts: Iterable[Fact], degree: Mapping[str, float]) -> tuple[list[str], int]:
    """The individuals in the order of showing, and how many of them an edge joins to another.

    The heaviest edges come first and bring their two ends, so that however few are shown, they are shown together; a
    mere notion weighs half of what a name does. What no edge touches comes last, the weightiest first.
    """
    def standing(name: str) -> float:
        return degree.get(name, 0.0) * (0.5 if individuals[name].kind == "Concept" else 1.0)

    def rank(name: str) -> tuple[float, str, str]:
        return -standing(name), individuals[name].name, name

    pairs = {tuple(sorted((fact.subject.id, fact.object.id), key=rank)) for fact in facts
             if isinstance(fact.object, Entity) and fact.object.id != fact.subject.id}

    def pull(pair: tuple[str, ...]) -> float:
        one, other = standing(pair[0]), standing(pair[1])
        return round(one * other / (one + other or 1.0), 6)

    ordered = sorted(pairs, key=lambda pair: (-pull(pair), rank(pair[0]), rank(pair[1])))
    joined = list(dict.fromkeys(name for pair in ordered for name in pair))
    known = set(joined)
    return [*joined, *sorted((name for name in individuals if name not in known), key=rank)], len(joined)


def _score(fact: Fact, places: list[tuple[int, int]], degree: Mapping[str, float], top: float,
           ontology: Labels) -> float:
    """How near the top of the page a fact belongs: named relations between much-spoken-of individuals, said early."""
    score = _STATUS_RANK[fact.status] + fact.confidence - (1.0 if fact.negated else 0.0)
    score += 2.0 if fact.predicate.startswith("kg:") else 0.0
    score -= 0.75 if fact.predicate in _BACKGROUND else 0.0
    if isinstance(fact.object, Entity):
        score += 1.5 if fact.object.id != fact.subject.id else -1.0
    elif fact.object is not None:
        score += 0.5
    score += min(2.25, sum(_worth(each.value) for each in fact.qualifiers))
    ends = [fact.subject, *([fact.object] if isinstance(fact.object, Entity) else [])]
    score += 2.0 * sum(degree.get(entity.id, 0.0) for entity in ends) / (top or 1.0)
    score += 0.5 if coarse_kind(ontology, fact.subject.kind) in ("ORG", "PER") else 0.0
    score += 1.5 / (1.0 + min(sentence for _, sentence in places) / 4.0)
    return round(score + 0.4 * min(4, len({place for place, _ in places}) - 1), 4)


def _worth(value: Value | None) -> float:
    """What a qualifier adds to its fact: a sum of money most, any other figure or time a quarter of it."""
    if isinstance(value, Quantity) and _CURRENCY.fullmatch(value.unit):
        return 2.0
    return 0.5 if isinstance(value, Quantity | Time) else 0.0


class _SentenceTable:
    """An article's sentences with the individuals named in them; offsets are code points from the sentence's start."""

    def __init__(self, reading: Reading, index: Mapping[str, int], iri: str) -> None:
        self._iri = iri
        self._article = reading.article
        spans = {*reading.sentences, *(fact.evidence.sentence for fact in reading.facts)}
        self._spans = sorted(span for span in spans if span.of(reading.article.text).strip())
        self._place = {span: place for place, span in enumerate(self._spans)}
        self._starts = [span.start for span in self._spans]
        self._marks: list[set[tuple[int, int, int]]] = [set() for _ in self._spans]
        for entity in reading.entities:
            if entity.id in index:
                for mention in entity.mentions:
                    self._mark(mention, index[entity.id])

    def _mark(self, mention: Span, individual: int) -> None:
        place = bisect.bisect_right(self._starts, mention.start) - 1
        # Two sentences may overlap (a headline read as one and in parts), so the one before may hold the mention too.
        for each in range(max(0, place - 2), place + 1):
            span = self._spans[each]
            if span.covers(mention):
                self._marks[each].add((mention.start - span.start, mention.end - span.start, individual))

    def find(self, span: Span) -> int:
        return self._place.get(span, 0)

    def as_json(self) -> Json:
        text = self._article.text
        sentences: list[Json] = []
        last = 0
        for span, marks in zip(self._spans, self._marks, strict=True):
            sentences.append({"b": span.start, "e": span.end, "t": span.of(text),
                              "p": int("\n" in text[last:span.start]), "m": [list(mark) for mark in sorted(marks)]})
            last = span.end
        url = self._article.url or ""
        return {"id": self._article.id, "iri": self._iri, "title": self._article.title or "",
                "outlet": self._article.outlet or "", "published": _published(self._article),
                "authors": list(self._article.authors), "s": sentences,
                "url": url if url.lower().startswith(("http://", "https://")) else ""}


def content_json(content: Content, ontology: Labels, name_value: NameValue | None = None) -> Json:
    """The tables as the page's script reads them: individuals and terms by number, everything else spelled out.

    ``name_value`` gives the CURIE of a value's node, so that what is taken from the page names it as the graph does.
    """
    predicates = sorted({said.fact.predicate for said in content.facts})
    kinds = sorted({entity.kind for entity in content.entities})
    roles = sorted({each.role for said in content.facts for each in said.fact.qualifiers})
    number = {predicate: place for place, predicate in enumerate(predicates)}
    return {
        "entities": [_entity_json(entity, weight, content.index)
                     for entity, weight in zip(content.entities, content.weights, strict=True)],
        "facts": [_fact_json(said, content.index, number, name_value) for said in content.facts],
        "articles": list(content.articles),
        "predicates": [[predicate, *term_labels(ontology, predicate)] for predicate in predicates],
        "kinds": {kind: [*term_labels(ontology, f"kg:{kind}"), coarse_kind(ontology, kind)] for kind in kinds},
        "roles": {role: list(term_labels(ontology, f"kg:{role}")) for role in roles},
    }


def _entity_json(entity: Entity, weight: float, index: Mapping[str, int]) -> Json:
    row: Json = {"id": entity.id, "n": entity.name, "k": entity.kind, "w": weight}
    if entity.aliases:
        row["a"] = list(entity.aliases)
    if entity.members:
        row["m"] = [index[member] for member in entity.members if member in index]
    return row


def _fact_json(said: Said, index: Mapping[str, int], number: Mapping[str, int], name_value: NameValue | None) -> Json:
    fact = said.fact
    row: Json = {"id": said.id, "s": index[fact.subject.id], "p": number[fact.predicate],
                 "o": _value_json(fact.object, index, name_value), "st": fact.status, "c": round(fact.confidence, 6),
                 "w": said.score, "ev": [list(each) for each in said.evidence]}
    if fact.qualifiers:
        told = sorted(fact.qualifiers, key=lambda each: _ROLES.index(each.role) if each.role in _ROLES else len(_ROLES))
        row["q"] = [[each.role, _value_json(each.value, index, name_value)] for each in told]
    if fact.negated:
        row["neg"] = 1
    if said.direct:
        row["d"] = 1
    if said.against:
        row["x"] = list(said.against)
    if said.joined:
        row["j"] = [list(each) for each in said.joined]
    if fact.speaker:
        row["sp"] = index[fact.speaker.id]
    times = [each for each in (fact.object, *(each.value for each in fact.qualifiers))
             if isinstance(each, Time) and each.start and each.grain not in ("duration", "set")]
    if times:
        row["t"] = [times[0].start, times[0].end or times[0].start, times[0].value]
    return row


def _value_json(value: Value | None, index: Mapping[str, int], name_value: NameValue | None) -> Json | None:
    row = _bare_value(value, index)
    if row is not None and name_value is not None and value is not None and not isinstance(value, Entity):
        row["i"] = name_value(value)
    return row


def _bare_value(value: Value | None, index: Mapping[str, int]) -> Json | None:
    match value:
        case None:
            return None
        case Entity():
            return {"e": index[value.id]}
        case Quantity():
            row: Json = {"t": value.text, "u": value.unit}
            for key, each in (("v", value.value), ("min", value.minimum), ("max", value.maximum)):
                if each is not None:
                    row[key] = format(each, "f")
            if value.score is not None:
                row["v"] = value.score
            if value.approximate:
                row["ap"] = value.approximate
            return row
        case Time():
            return {"t": value.text, "g": value.grain, "tv": value.value, "ts": value.start, "te": value.end}
        case Text():
            return {"t": value.text}
