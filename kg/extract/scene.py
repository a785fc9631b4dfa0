"""What the extractors look at: a document whose phrases can be asked for the value that stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kg.model import Argument, Clause, Document, Entity, Evidence, Quantity, Sentence, Span, Text, Time, Token, Value
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon

LONGEST_TEXT = 400
_TIME_TAILS = frozenset(("", "중", "연중", "내", "안", "동안", "간", "쯤", "께", "경", "말", "초", "전", "후", "뒤", "이후", "이전", "현재", "당시"))
_TALLY = re.compile(r"\d+(?:\.\d+)?(?!인당|명당|개당)[가-힣]{1,4}(?:\s?\d+(?:\.\d+)?[가-힣]{1,4})+")
_SPELT = re.compile(r"\([A-Z]{2}")
_TRIM = " \t\n,.·…\"'“”‘’△▲◆■-="


@dataclass(slots=True)
class Scene:
    """A document with look-ups by place; built once for all extractors."""

    doc: Document
    text: str
    entity_at: dict[Span, Entity] = field(default_factory=dict)
    by_id: dict[str, Entity] = field(default_factory=dict)
    mention_spans: list[Span] = field(default_factory=list)
    clauses_of: dict[int, list[int]] = field(default_factory=dict)
    times_of: dict[int, list[Time]] = field(default_factory=dict)
    quantities_of: dict[int, list[Quantity]] = field(default_factory=dict)
    token_at: dict[int, Token] = field(default_factory=dict)
    token_ending: dict[int, Token] = field(default_factory=dict)
    speakers: tuple[Entity | None, ...] | None = None  # of each quotation, once asked for
    said: dict[int, Entity] = field(default_factory=dict)  # who speaks last in each sentence
    whole: dict[Span, Entity] = field(default_factory=dict)  # of the clause that is read: its nouns under the names that say which are meant

    def is_common(self, entity: Entity) -> bool:
        """Whether an entity is called by one common noun alone: 가치, 보수층; names that no dictionary has are more than one."""
        return entity.kind in ("Concept", "Product", "Facility", "Technology") and self.is_bare(entity)

    def is_bare(self, entity: Entity) -> bool:
        """Whether an entity of any kind is called by one common noun alone: 서비스, 공장."""
        if not entity.created or " " in entity.name:
            return False
        span = next((s for s in entity.mentions if s.of(self.text).startswith(entity.name)), None)
        if span is None or _SPELT.match(self.text, span.start + len(entity.name)):
            return False  # 사드(THAAD): a name
        token = self.token_at.get(span.start)
        if token is None or token.tag != "NNG" or len(token.form) < 2:
            return False
        suffix = self.token_at.get(token.span.end)
        end = suffix.span.end if suffix is not None and suffix.tag == "XSN" else token.span.end
        return end >= span.start + len(entity.name)

    def is_told_apart(self, argument: Argument) -> bool:
        """Whether a clause right before a phrase tells which thing is meant: 낮다고 생각하는 before 응답."""
        last = self.token_ending.get(argument.span.start - 1)
        return last is not None and last.tag == "ETM"

    def sentence(self, number: int) -> Sentence:
        """The sentence of a number."""
        return self.doc.sentences[number]

    def evidence(self, sentence: int, rule: str) -> Evidence:
        """The evidence that a rule has in a sentence."""
        return Evidence(self.doc.article.id, self.doc.sentences[sentence].span, rule)

    def members(self, entity: Entity) -> tuple[Entity, ...]:
        """The members of a group, or the entity alone."""
        return tuple(self.by_id[m] for m in entity.members if m in self.by_id) or (entity,)

    def entities_in(self, span: Span) -> tuple[Entity, ...]:
        """The entities that stand inside a span, in order, each once."""
        found: list[Entity] = []
        for mention in self.mention_spans_in(span):
            if (entity := self.entity_at[mention]) not in found:
                found.append(entity)
        return tuple(found)

    def mention_spans_in(self, span: Span) -> tuple[Span, ...]:
        """The mentions that stand wholly inside a span, in order."""
        first = bisect_left(self.mention_spans, Span(span.start, span.start))
        found: list[Span] = []
        for mention in self.mention_spans[first:]:
            if mention.start >= span.end:
                break
            if mention.start < mention.end <= span.end:
                found.append(mention)
        return tuple(found)

    def entity_of(self, argument: Argument) -> Entity | None:
        """The entity that an argument names, describes or points at."""
        words = argument.span.of(self.text)
        if words in load_reference_lexicon().first_person:
            return None
        return self.whole.get(argument.span) or self.entity_at.get(argument.span)

    def silent(self, clause: Clause) -> Entity | None:
        """The entity that is the clause's unsaid subject."""
        return self.entity_at.get(Span(clause.predicate.span.start, clause.predicate.span.start))

    def times_in(self, sentence: int, span: Span) -> tuple[Time, ...]:
        """The times of a sentence inside a span."""
        return tuple(t for t in self.times_of.get(sentence, ()) if span.covers(t.span))

    def lies_ahead(self, time: Time) -> bool:
        """Whether a time begins after the day on which the article appeared."""
        published = self.doc.article.published
        return published is not None and time.start is not None and time.start[:10] > published.date().isoformat()

    def quantities_in(self, sentence: int, span: Span) -> tuple[Quantity, ...]:
        """The quantities of a sentence inside a span."""
        return tuple(q for q in self.quantities_of.get(sentence, ()) if span.covers(q.span))

    def value_of(self, sentence: int, argument: Argument) -> Value | None:
        """What an argument stands for: a quantity or time where its head is one, an entity, else its words."""
        told = self._find_told(sentence, argument) or self._find_tally(sentence, argument)
        if told is not None:
            return told
        named = self.entity_of(argument)
        if named is not None:
            return named
        for quantity in self.quantities_of.get(sentence, ()):
            if quantity.span.overlaps(argument.head) and quantity.span.end >= argument.head.end:
                return quantity
        for time in self.times_of.get(sentence, ()):
            if time.span.overlaps(argument.head) and time.span.end >= argument.head.end and time.span.overlaps(argument.span):
                return time
        for time in self.times_of.get(sentence, ()):
            rest = self.text[argument.span.start : time.span.start] + self.text[time.span.end : argument.span.end]
            if argument.span.covers(time.span) and rest.strip() in _TIME_TAILS:
                return time
        return self.text_of(argument)

    def _find_tally(self, sentence: int, argument: Argument) -> Text | None:
        """The whole of a count in several units, of which none tells it alone: 2승 3패, 3타수 2안타 1타점."""
        if argument.josa not in ("을", "를") or not is_tally(argument.span.of(self.text)):
            return None
        whole = any(q.span.covers(argument.span) for q in self.quantities_of.get(sentence, ()))
        return None if whole or self.times_in(sentence, argument.span) else Text(argument.span.of(self.text))

    def _find_told(self, sentence: int, argument: Argument) -> Text | None:
        """The clause of which an argument is only the stem: 정보가 누출되었음 of "정보가 누출되었음을 발표했다"."""
        behind = self.token_at.get(argument.span.end)
        if argument.role != "object" or argument.josa not in ("을", "를") or behind is None or behind.tag not in ("XSV", "XSA", "VCP"):
            return None
        for index in self.clauses_of.get(sentence, ()):
            clause = self.doc.clauses[index]
            predicate = clause.predicate.span
            if clause.relation != "nominal" or predicate.start > behind.span.start or predicate.end < behind.span.end:
                continue
            starts = [a.span.start for a in clause.arguments if not a.shared and a.span.end <= argument.span.end]
            words = self.text[min([clause.predicate.span.start, argument.span.start, *starts]) : clause.predicate.span.end]
            return Text(" ".join(words.split()).removesuffix(argument.josa)[:LONGEST_TEXT])
        return None

    def text_of(self, argument: Argument) -> Text | None:
        """The argument's words, if they say anything."""
        words = " ".join(argument.span.of(self.text).split()).strip(_TRIM)
        if len(words) < 2 and not words.isalnum():
            return None
        last = self.token_ending.get(argument.span.end)
        if last is not None and last.tag == "ETM":
            return None  # 범죄자의 강력한: what is strong was left out
        if words.endswith("때문") or words in load_clause_lexicon().bound_nouns or words in load_reference_lexicon().person_pronouns:
            return None
        return Text(words[:LONGEST_TEXT]) if words else None

    def is_kind(self, entity: Entity, kinds: tuple[str, ...]) -> bool:
        """Whether an entity is of one of the kinds; a group is what its members are."""
        if not kinds:
            return True
        ontology = load_ontology()
        if entity.members:
            return all(any(ontology.is_kind(m.kind, k) for k in kinds) for m in self.members(entity))
        return any(ontology.is_kind(entity.kind, k) for k in kinds)


def is_tally(words: str) -> bool:
    """Whether words are a count in several units: 2승 3패."""
    return _TALLY.fullmatch(words) is not None


def build_scene(doc: Document) -> Scene:
    """The scene of a document."""
    scene = Scene(doc, doc.article.text)
    for entity in doc.entities:
        scene.by_id[entity.id] = entity
        for span in entity.mentions:
            scene.entity_at.setdefault(span, entity)
    scene.mention_spans = sorted(scene.entity_at)
    for index, clause in enumerate(doc.clauses):
        scene.clauses_of.setdefault(clause.sentence, []).append(index)
    scene.token_ending = {token.span.end: token for sentence in doc.sentences for token in sentence.tokens}
    scene.token_at = {token.span.start: token for sentence in doc.sentences for token in sentence.tokens}
    starts = [s.span.start for s in doc.sentences]
    for time in doc.times:
        scene.times_of.setdefault(_sentence_at(starts, time.span), []).append(time)
    for quantity in doc.quantities:
        scene.quantities_of.setdefault(_sentence_at(starts, quantity.span), []).append(quantity)
    return scene


def _sentence_at(starts: list[int], span: Span) -> int:
    return max(0, bisect_left(starts, span.start + 1) - 1)
