"""List items: "△ 국비 240억원 △ 도비 72억원", "▲ 2026년 3월 착공", "△ 체험의 구역: 갱도열차, 190억원"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.measures import find_measure
from kg.extract.scene import Scene
from kg.model import Document, Entity, Fact, Qualifier, Span, Text
from kg.tables.lexicons import find_kind, is_verbal_noun
from kg.tables.ontology import load_ontology

_MARK = re.compile(r"[△▲▶▷○◇□■•·※]\s*")
_COLON = re.compile(r"^(?P<name>[^:：(]{2,25})\s?[:：]\s?(?P<rest>.+)$", re.S)
_LABEL = re.compile(r"(?P<label>[가-힣A-Za-z]+(?:\s[가-힣A-Za-z]+){0,2})\s?$")
_STEP = re.compile(r"[가-힣]{2}(?:식|시작|완료|예정)?")
_PLAN_THINGS = ("Facility", "Project", "Product", "Event", "Fund", "Company", "Agreement", "Work", "Law")


class Items:
    """What list items say of the thing that the article is about."""

    name = "items"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        topic = _article_topic(doc, scene)
        if topic is None:
            return
        for number, sentence in enumerate(doc.sentences):
            if sentence.role != "item":
                continue
            start = sentence.prefix.end if sentence.prefix else sentence.span.start
            for span in _split(scene.text, Span(start, sentence.span.end)):
                yield from _read_item(scene, number, span, topic)


def _article_topic(doc: Document, scene: Scene) -> Entity | None:
    """What the lead sentence is about: the thing it brings about, else who acts."""
    ontology = load_ontology()
    lead = next((n for n, s in enumerate(doc.sentences) if s.role == "body"), None)
    subject: Entity | None = None
    for index in scene.clauses_of.get(lead if lead is not None else -1, ()):
        clause = doc.clauses[index]
        if clause.relation not in ("main", "coordinate"):
            continue
        for argument in clause.arguments:
            entity = scene.entity_of(argument)
            if entity is None:
                continue
            if argument.role == "object" and any(ontology.is_kind(entity.kind, k) for k in _PLAN_THINGS):
                return entity
            if argument.role in ("subject", "topic") and subject is None:
                subject = entity
    return subject


def _split(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for mark in _MARK.finditer(text, span.start, span.end):
        if mark.start() > start and text[mark.start() - 1].isspace() and mark.group()[0] not in "·":
            yield Span(start, mark.start())
            start = mark.end()
    yield Span(start, span.end)


def _read_item(scene: Scene, number: int, span: Span, topic: Entity) -> Iterator[Fact]:
    words = span.of(scene.text).strip()
    owner = topic
    match = _COLON.match(words)
    begin = scene.text.index(words, span.start) if words else span.start
    if match is not None:
        name = match.group("name").strip()
        place = Span(begin, begin + len(name))
        owner = scene.entity_at.get(place) or Entity(f"item:{name}", find_kind(name.split()[-1]) or "Concept", name, (), (), (place,), (), (), True)
        yield build_fact(scene, number, "item-part", "kg:hasPart", topic, owner, confidence=0.6)
    for quantity in scene.quantities_in(number, span):
        label = _LABEL.search(scene.text[max(begin, quantity.span.start - 30) : quantity.span.start])
        relation = find_measure(label.group("label")) if label else None
        if relation is None and quantity.unit in ("KRW", "USD") and match is not None:
            relation = "kg:cost"
        if relation is None and label is not None and quantity.unit in ("KRW", "USD"):
            relation = f"kgo:{label.group('label').split()[-1]}"
        if relation is not None:
            about = [Qualifier("wording", Text(label.group("label")))] if label and match is None else []
            yield build_fact(scene, number, "item-figure", relation, owner, quantity, about, status="asserted", confidence=0.75)
    if match is None:
        yield from _read_step(scene, number, span, owner)


def _read_step(scene: Scene, number: int, span: Span, owner: Entity) -> Iterator[Fact]:
    """2026년 3월 착공: a step of a schedule."""
    times = scene.times_in(number, span)
    if not times:
        return
    rest = scene.text[times[0].span.end : span.end].strip(" ,.")
    words = rest.split()
    if not words or len(rest) > 30 or not (is_verbal_noun(words[-1]) or _STEP.fullmatch(words[-1])):
        return
    subject = owner
    place = scene.text.index(rest, times[0].span.end)
    if len(words) > 1:
        named = scene.entities_in(Span(place, place + len(rest) - len(words[-1])))
        if named:
            subject = named[-1]
    about = [Qualifier("manner", Text(" ".join(words[:-1])))] if len(words) > 1 and subject == owner else []
    yield build_fact(
        scene,
        number,
        "item-step",
        f"kgo:{words[-1]}하다",
        subject,
        times[0],
        about,
        status="planned" if scene.lies_ahead(times[0]) else "asserted",
        confidence=0.75,
    )
