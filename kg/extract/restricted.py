"""Common nouns with the clause that says which ones are meant: 계층 of "소득이 낮은 계층에 타격을 준다"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.roles import Filled
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Span, Token

_LONGEST = 40
# what a noun is about, for or from stands before it with one of these: 서울시에 대한 감사, 이에 따른 피해
_OF_MATTER = frozenset("대한 관한 따른 인한 위한 향한 관련한 관련된 둘러싼".split())
_POINTING = re.compile(r"(?:이|그|저|이들|그들|이것|그것|여기|거기|자신)(?:의|에|를|을|로|와|과)?(?=\s|$)")
_OPENING = re.compile(r"(?:등|한|이상|이하|미만|각각)(?:의)?\s")  # what belongs to words before
_CLASSED = frozenset("Event Meeting Match CourtCase Organization".split())
_BODY = re.compile(r"(?:위원회|협의회|센터|본부|지부|지회|이사회|사무국|사무처)$")  # every place or firm may have one
_QUANTIFIERS = re.compile(r"(?:거의 )?(?:일부|모든|대다수|대부분의?)\s(?=[가-힣])")
_STEP = re.compile(r"제?\d+(?:단계|차|회|호|등급)")
_ROLES = ("subject", "topic", "object", "complement", "locative", "goal", "dative")


def restrict(scene: Scene, clause: Clause, filled: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """The filled roles with common nouns named by their clause too: 소득이 낮은 계층, not every 계층."""
    return tuple(_restrict(scene, clause, item) for item in filled)


def restrict_subject(scene: Scene, clause: Clause, subject: Entity | None) -> Entity | None:
    """The subject with the clause that says which is meant."""
    if subject is None:
        return None
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    return subject if argument is None else _named(scene, clause, argument, subject)


def is_cut_short(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a subject is a bare noun although a clause says which is meant, and none could be told: too long, or cut in its middle."""
    if not scene.is_bare(subject) or len(subject.mentions) > 1:
        return False
    argument = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    if argument is None or argument.josa in ("은", "는") or argument.span.start > clause.predicate.span.start or not scene.is_told_apart(argument):
        return False  # a topic is known
    beside = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    near = (c for c in beside if c is not clause and c.relation in ("relative", "nominal") and c.predicate.span.end == argument.span.start - 1)
    return any(not a.shared for c in near for a in c.arguments)  # not 오래된 편지


def _restrict(scene: Scene, clause: Clause, item: Filled) -> Filled:
    if not isinstance(item.value, Entity) or item.argument.role not in _ROLES:
        return item
    return replace(item, value=_named(scene, clause, item.argument, item.value))


def _named(scene: Scene, clause: Clause, argument: Argument, entity: Entity) -> Entity:
    """The entity under a name that holds the clause, where the noun alone names no class that could stand for it."""
    if not entity.created and not entity.members and (phrase := _find_class(scene, clause, argument, entity)) is not None:
        return _renamed(scene, entity, phrase)
    if not entity.created or entity.members:
        return entity
    words = argument.span.of(scene.text)
    noun = Span(argument.span.start, argument.span.start + len(entity.name)) if words.startswith(entity.name) else argument.span
    span = None
    if scene.is_bare(entity) and (entity.kind != "Concept" or len(entity.mentions) == 1):
        span = find_whole(scene, clause, noun, whole=argument.role in ("subject", "topic"))
    if span is None and argument.clause is None:
        span = _with_matter(scene, clause, noun) or _with_quantifier(scene, noun, entity)
    span = None if span is None else _with_marks(scene, span)
    return entity if span is None or _OPENING.match(scene.text, span.start) else _renamed(scene, entity, span)


def _with_marks(scene: Scene, span: Span) -> Span | None:
    """The words with the mark that opens right before them; none that hold half a pair."""
    for words in (span, Span(span.start - 1, span.end)):
        said = words.of(scene.text)
        if not any(said.count(mark) % 2 for mark in ('"', "'")) and all(said.count(a) == said.count(b) for a, b in ("‘’", "“”", "()")):
            return words
    return None


def _renamed(scene: Scene, entity: Entity, span: Span) -> Entity:
    name = " ".join(span.of(scene.text).split())
    return Entity(f"restricted:{span.start}", entity.kind, name, (), (), (span,), entity.traits, (), True)


def _find_class(scene: Scene, clause: Clause, argument: Argument, entity: Entity) -> Span | None:
    """The phrase of which an event or a body is only the class noun, with whose it is: 한도윤의 선고 공판."""
    if entity.kind not in _CLASSED or argument.clause is not None or argument.span.end - argument.span.start > _LONGEST:
        return None
    start = argument.span.end - len(entity.name)
    if start <= argument.span.start + 1 or not scene.text.startswith(entity.name, start) or _OPENING.match(scene.text, argument.span.start):
        return None
    if any(t.tag not in ("NNG", "XSN") for t in _tokens(scene, Span(start, argument.span.end))):
        return None
    last = scene.token_ending.get(start - 1)
    if any(q.span.end < argument.span.end for q in scene.quantities_in(clause.sentence, argument.span)):
        return None  # 네 번의 지진: how many is told apart
    if last is None or _POINTING.match(scene.text, argument.span.start):
        return None
    if last.tag == "JKG":
        return argument.span
    told = last.tag in ("NNG", "NNP") and any(t.tag == "NNP" for t in _tokens(scene, Span(argument.span.start, start)))
    apart = entity.kind == "Organization" and not _BODY.search(entity.name)
    return None if not told or apart or scene.times_in(clause.sentence, argument.span) else argument.span


def _with_matter(scene: Scene, clause: Clause, noun: Span) -> Span | None:
    """The words of a common noun with what it is about, for or from: 김 의원에 대한 체포영장."""
    if any(t.tag in ("NNP", "SL") for t in _tokens(scene, noun)):
        return None
    for index in scene.clauses_of.get(clause.sentence, ()):
        other = scene.doc.clauses[index]
        end = other.predicate.span.end
        if other is clause or other.relation != "relative" or scene.text[end : noun.start] != " ":
            continue
        if other.predicate.span.of(scene.text) not in _OF_MATTER:
            continue
        own = [a for a in other.arguments if not a.shared and a.span.end < other.predicate.span.start]
        if not own or _POINTING.match(scene.text, own[-1].span.start):
            return None
        start = _widen(scene, clause, index, _with_numbered(scene, _before(scene, clause, own[-1].span.start)))
        return Span(start, noun.end) if start is not None and noun.end - start <= _LONGEST else None
    return None


def _with_quantifier(scene: Scene, noun: Span, entity: Entity) -> Span | None:
    """The words of a noun with how many of its kind are meant: 일부 네티즌, 모든 사업장."""
    found = _QUANTIFIERS.match(scene.text, noun.start)
    if found is None:
        return None
    end = noun.start + scene.text[noun.start : noun.end].rfind(entity.name) + len(entity.name)
    return Span(noun.start, end) if end - len(entity.name) == found.end() else None


def _tokens(scene: Scene, span: Span) -> list[Token]:
    """The morphemes of a span."""
    return [t for place in range(span.start, span.end) if (t := scene.token_at.get(place)) is not None]


def find_whole(scene: Scene, clause: Clause, noun: Span, *, whole: bool = False) -> Span | None:
    """The words of a noun with the relative clause before it, if there is a short one that is not the clause itself; ``whole`` with all it holds."""
    for index in scene.clauses_of.get(clause.sentence, ()):
        other = scene.doc.clauses[index]
        if other is clause or other.relation not in ("relative", "nominal") or other.predicate.kind in ("noun", "copula"):
            continue
        own = [a for a in other.arguments if not a.shared]
        said = own and all(a.josa not in ("은", "는", "도") and len(a.span.of(scene.text)) > 1 for a in own)
        if not said:
            continue
        end = scene.token_ending.get(other.predicate.span.end)
        if end is not None and end.tag[0] == "J":
            continue  # 등록됨으로써 국민: no clause of the noun
        if other.predicate.span.end > noun.start or scene.text[other.predicate.span.end : noun.start].strip():
            continue
        begun = _with_numbered(scene, _before(scene, clause, _begin(other, own)))
        start = _widen(scene, clause, index, begun)
        start = start if start is None else _behind_topic(scene, clause, start, other.predicate.span.start)
        span = Span(begun if start is None or noun.end - start > _LONGEST else start, noun.end)
        if whole and span.start != start:
            return None
        if span.start < noun.start and span.end - span.start <= _LONGEST and "," not in span.of(scene.text):
            return span
    return None


def _begin(clause: Clause, own: list[Argument]) -> int:
    """Where a relative clause begins; what stands before the subject of a quality is not its own: 내성이 없는 of "접시에 내성이 없는 균".

    Nor does it begin with a place where more of it follows: 잔치에서 of "잔치에서 이름이 새겨진 옷을 입는다" may be of either verb.
    """
    first, *rest = sorted(own, key=lambda a: a.span)
    core = next((a for a in rest if a.role in ("subject", "object")), None)
    if first.josa == "에서" and core is not None and first.span.start == clause.span.start:
        return core.span.start
    of_quality = clause.predicate.kind == "adjective" or clause.predicate.lemma in ("있다", "없다")
    subject = next((a for a in reversed(own) if a.role == "subject"), None)
    return subject.span.start if of_quality and subject is not None else clause.span.start


def _before(scene: Scene, own: Clause, start: int) -> int:
    """Where what modifies the first word of a phrase begins: 브라질과 같은 before "나라들에 대한 멸시"."""
    for index in scene.clauses_of.get(own.sentence, ()):
        clause = scene.doc.clauses[index]
        end = clause.predicate.span.end
        if clause is not own and clause.relation == "relative" and end < start and not scene.text[end:start].strip():
            return clause.span.start
    return start


def _widen(scene: Scene, own: Clause, inner: int, start: int) -> int | None:
    """Where a modifier begins with the clauses that lead up to it or stand in it; none where it would be cut: 징용돼 of "징용돼 고난을 겪은"."""
    clauses = scene.doc.clauses
    for _ in range(4):
        last = scene.token_ending.get(start - 1)
        if last is None or last.tag not in ("ETM", "EC"):
            return start
        near = (n for n in scene.clauses_of[own.sentence] if clauses[n] is not own and clauses[n].predicate.span.end == start - 1)
        before = next(near, None)
        if last.tag == "EC" and (before is None or clauses[before].parent != inner):
            return start
        if before is None or clauses[before].span.start >= start:
            return None
        start = clauses[before].span.start
        inner = before if last.tag == "EC" else inner
    return None


def _behind_topic(scene: Scene, own: Clause, start: int, end: int) -> int:
    """Where a modifier begins behind a topic and a day, which are never its own: 내린 of "서울에는 어제 내린 눈이 쌓였다"."""
    for place in range(start, end):
        token = scene.token_at.get(place)
        if token is None or scene.text[token.span.end : token.span.end + 1] not in (" ", ","):
            continue
        if (token.tag == "JX" and token.form in ("은", "는", "도")) or (token.tag == "EC" and scene.text[token.span.end] == ","):
            start = token.span.end + (1 if scene.text[token.span.end] == " " else 2)
    last = scene.token_ending.get(start - 1)
    day = next((t for t in scene.times_of.get(own.sentence, ()) if t.span.start == start), None)
    if day is None or last is None or last.tag != "JX" or day.span.end >= end:
        return start
    return day.span.end + len(scene.text[day.span.end : end]) - len(scene.text[day.span.end : end].lstrip())


def _with_numbered(scene: Scene, start: int) -> int:
    """Where the noun begins that a number behind it counts: 거리두기 of "거리두기 3단계와 관련된 논의"."""
    if _STEP.match(scene.text, start) is None:
        return start
    while (token := scene.token_ending.get(start - 1)) is not None and token.tag in ("NNG", "NNP", "XSN", "ETN"):
        start = scene.text.rfind(" ", 0, start - 1) + 1
    return start
