"""Statements: who said, announced, expects, denies, criticises what; the content as words, its subjects as topics."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.roles import find_filled, find_qualifiers, speaker_of
from kg.extract.scene import LONGEST_TEXT, Scene
from kg.model import Clause, Document, Entity, Fact, Qualifier, Quotation, Text
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.relations import load_relation_rules

_READ = frozenset(("body", "caption", "item"))
_MOST_TOPICS = 6


class Statements:
    """One fact for each quotation: "김 대표는 “…”고 말했다" is 김영섭 says "…"."""

    name = "statements"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        last: Entity | None = None
        for number, quotation in enumerate(doc.quotations):
            sentence = self._sentence(doc, quotation)
            if sentence is None or doc.sentences[sentence].role not in _READ:
                continue
            speaker = speaker_of(scene, number)
            if speaker is None and quotation.direct and quotation.cue is not None:
                speaker = last
            if speaker is None:
                continue
            last = speaker
            yield from _read_quotation(scene, sentence, quotation, speaker)

    @staticmethod
    def _sentence(doc: Document, quotation: Quotation) -> int | None:
        if quotation.cue is not None:
            return doc.clauses[quotation.cue].sentence
        return next((n for n, s in enumerate(doc.sentences) if s.span.covers(quotation.span)), None)


def _read_quotation(scene: Scene, sentence: int, quotation: Quotation, speaker: Entity) -> Iterator[Fact]:
    words = " ".join(quotation.span.of(scene.text).split()).strip(" ,\"“”'‘’")
    if len(words) < 2:
        return
    cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
    lexicon = load_clause_lexicon()
    lemma = cue.predicate.lemma if cue is not None else "말하다"
    if lemma in lexicon.source_markers or lemma not in lexicon.saying_verbs:
        lemma = "말하다" if lemma not in lexicon.source_markers else "밝히다"
    predicate = _predicate(lemma)
    qualifiers: list[Qualifier] = []
    if cue is not None and cue.predicate.lemma not in lexicon.source_markers:
        filled = find_filled(scene, cue)
        used = tuple(f.argument for f in filled if f.argument.role == "object" and predicate == "kg:says")
        qualifiers.extend(q for q in find_qualifiers(scene, cue, filled, used) if q.value != speaker)
    for entity in _topics(scene, quotation, speaker):
        qualifiers.append(Qualifier("topic", entity))
    if lemma != "말하다":
        qualifiers.append(Qualifier("wording", Text(lemma)))
    denied = predicate != "kg:denies" and any(word in words for word in lexicon.denying_words)
    yield build_fact(
        scene, sentence, "quotation-direct" if quotation.direct else "quotation-indirect", predicate, speaker,
        Text(words[:LONGEST_TEXT]), qualifiers, confidence=0.92,
    )
    if denied or predicate == "kg:denies":
        yield from _read_denial(scene, sentence, cue, speaker)


def _read_denial(scene: Scene, sentence: int, cue: Clause | None, speaker: Entity) -> Iterator[Fact]:
    """What a denial is about: "매각설에 대해 “사실무근”이라고 밝혔다" denies 매각설."""
    if cue is None:
        return
    for index in scene.clauses_of[sentence]:
        clause = scene.doc.clauses[index]
        if clause.predicate.lemma not in ("대하다", "관하다") or clause.predicate.span.start > cue.predicate.span.start:
            continue
        for argument in clause.arguments:
            if argument.josa in ("에", "와", "과") and not argument.shared:
                value = scene.value_of(sentence, argument)
                if value is not None:
                    yield build_fact(scene, sentence, "denial-about", "kg:denies", speaker, value, (), confidence=0.85)


def _predicate(lemma: str) -> str:
    """The statement relation of a reporting verb; plain saying where no rule names the verb."""
    for rule in load_relation_rules().get(lemma, ()):
        if rule.voice == "statement":
            return rule.predicate
    return "kg:says"


def _topics(scene: Scene, quotation: Quotation, speaker: Entity) -> tuple[Entity, ...]:
    found = [e for e in scene.entities_in(quotation.span) if e != speaker and not e.members]
    named = [e for e in found if not e.created] + [e for e in found if e.created]
    return tuple(named[:_MOST_TOPICS])
