"""Kin, origin, occupation, membership and seat, read off neighbouring names by the patterns of ``biographies.toml``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Entity, Fact, Span, Time
from kg.tables.biographies import FIRST_NUMBER, LAST_NUMBER, SIGNS, BiographyRule, compile_biography, load_biographies
from kg.tables.ontology import load_ontology

_KINDS = (
    ("Person", "PER"), ("SportsTeam", "TEAM"), ("University", "SCHOOL"), ("School", "SCHOOL"), ("PoliticalParty", "PARTY"),
    ("GovernmentAgency", "AGENCY"), ("Court", "AGENCY"), ("Company", "FIRM"), ("Organization", "GROUP"), ("Country", "COUNTRY"),
    ("Facility", "SITE"), ("Place", "REGION"), ("Work", "WORK"), ("Product", "WORK"), ("Event", "EVENT"), ("Position", "POST"),
)
_OCCUPIED = ("가", "인", "자", "사", "수", "관", "왕", "장", "의원")
_SHORTEST_AGENCY = 3
_PARTS = re.compile(r"\s?(?:이자|겸|및|,|·|와\s|과\s)\s?")
_FIRST_WORDS = re.compile(r"^(?:(?:전|前|현|전직|은퇴한|유명|유명한|남자|여자|남성|여성|프로)\s)+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sentence with its names drawn together to two signs each; ``places`` leads a sign back into the text."""

    signs: str
    places: tuple[int, ...]
    names: tuple[Entity | Time, ...]

    def name_at(self, group: str) -> Entity | Time:
        """The name whose signs a pattern's group caught."""
        return self.names[ord(group[1]) - FIRST_NUMBER]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that the signs from start to end stand for."""
        return Span(self.places[start], self.places[end])


def build_drawing(scene: Scene, sentence: int, positions: tuple[Span, ...], names: tuple[tuple[Span, Entity], ...]) -> Drawing:
    """The drawing of a sentence; titles that the word lists know stay words."""
    words = load_biographies().words
    spoken = frozenset().union(*(words[k] for k in ("child", "parent", "spouse", "sibling", "relative", "founder", "member", "occupation")))
    span = scene.sentence(sentence).span
    items: list[tuple[Span, str, Entity | Time | None]] = []
    for place, entity in names:
        sign = _sign_of(entity, place.of(scene.text), words["league_ending"])
        if sign:
            items.append((place, sign, entity))
    taken = [item[0] for item in items]
    items += [(p, SIGNS["POST"], None) for p in positions if p.of(scene.text) not in spoken and not any(p.overlaps(t) for t in taken)]
    taken = [item[0] for item in items]
    times = scene.times_in(sentence, span)
    items += [(t.span, SIGNS["TIME"], t) for t in times if not any(t.span.overlaps(place) for place in taken)]
    return _draw(scene.text, span, sorted(items, key=lambda item: item[0]))


def _draw(text: str, span: Span, items: list[tuple[Span, str, Entity | Time | None]]) -> Drawing:
    signs: list[str] = []
    places: list[int] = []
    found: list[Entity | Time] = []
    at = span.start
    for place, sign, value in items:
        if place.start < at or len(found) > LAST_NUMBER - FIRST_NUMBER - 1:
            continue
        signs += [c if not "\ue000" <= c <= "\uf8ff" else " " for c in text[at : place.start]]
        places += range(at, place.start)
        signs += [sign, chr(FIRST_NUMBER + len(found))]
        places += [place.start, place.start]
        found.append(value if value is not None else Entity("", "Position", place.of(text)))
        at = place.end
    signs += [c if not "\ue000" <= c <= "\uf8ff" else " " for c in text[at : span.end]]
    places += range(at, span.end + 1)
    return Drawing("".join(signs), tuple(places), tuple(found))


def _sign_of(entity: Entity, surface: str, leagues: frozenset[str]) -> str | None:
    ontology = load_ontology()
    sign = next((SIGNS[name] for kind, name in _KINDS if ontology.is_kind(entity.kind, kind)), SIGNS["OTHER"])
    if sign == SIGNS["AGENCY"] and len(surface) < _SHORTEST_AGENCY:
        return SIGNS["GROUP"]  # 경찰, 검찰: a force named in passing, not an office of the body before it
    if sign in (SIGNS["EVENT"], SIGNS["GROUP"], SIGNS["OTHER"]) and surface.endswith(tuple(leagues)):
        return SIGNS["LEAGUE"]
    return sign


def find_affiliations(scene: Scene, sentence: int, drawing: Drawing) -> Iterator[Fact]:
    """The facts that the patterns read off a sentence: "한도윤의 동생 한가람" gives 한도윤 sibling-of 한가람."""
    held = frozenset(drawing.signs)
    for rule in load_biographies().rules:
        if any(map(held.isdisjoint, rule.needs)):
            continue
        for match in compile_biography(rule.source).finditer(drawing.signs):
            subject = drawing.name_at(match.group("subject"))
            if not isinstance(subject, Entity) or not subject.id:
                continue
            for thing in _objects(scene, drawing, rule, match):
                yield build_fact(scene, sentence, rule.id, rule.predicate, subject, thing, confidence=rule.confidence)


def _objects(scene: Scene, drawing: Drawing, rule: BiographyRule, match: re.Match[str]) -> Iterator[Entity | Time]:
    if not rule.object_kind:
        thing = drawing.name_at(match.group("object"))
        if isinstance(thing, Time) or thing.id:
            yield thing
        return
    whole = drawing.span(*match.span("object"))
    words = whole.of(scene.text)
    for part in _PARTS.split(words) if rule.parts else (words,):
        name = _FIRST_WORDS.sub("", part.strip())
        if name and (not rule.parts or _is_occupation(name)):
            start = scene.text.index(part, whole.start)
            yield build_thing(scene, rule.object_kind, name, Span(start, start + len(part)))


def build_thing(scene: Scene, kind: str, name: str, span: Span) -> Entity:
    """The individual of a name that no mention bears: an occupation, a quoted work."""
    known = scene.entity_at.get(span)
    if known is not None and load_ontology().is_kind(known.kind, kind) and not known.created:
        return known
    return Entity(f"{kind.lower()}:{name}", kind, name, (), (), (span,), (), (), True)


def _is_occupation(name: str) -> bool:
    words = load_biographies().words["occupation"]
    return any(name[start:] in words for start in range(len(name))) or name.endswith(_OCCUPIED)


def find_sentence(starts: list[int], span: Span) -> int:
    """The number of the sentence in which a span begins."""
    return max(0, bisect_left(starts, span.start + 1) - 1)
