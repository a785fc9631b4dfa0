"""Whose words a clause stands in."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.extract.subjects import find_acting_body
from kg.model import Clause, Entity, Span
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology

_PROMISED = re.compile(r"겠다(?:고|며|면서)?$")
_MUTE = ("Event", "Product", "Technology", "Facility", "Award", "Position", "Fund", "Match")


def find_speaker(scene: Scene, clause: Clause) -> Entity | None:
    """Whose words a clause stands in; what identifies the speaker (회견을 연 대표는 …고 말했다) is in nobody's."""
    if clause.quotation is None:
        return None
    speaker = speaker_of(scene, clause.quotation)
    quotation = scene.doc.quotations[clause.quotation]
    outside = clause.relation == "relative" and not quotation.direct and quotation.speaker is not None
    if outside and any(a.shared and quotation.speaker is not None and quotation.speaker.covers(a.span) for a in clause.arguments):
        return None
    return speaker


def is_unheard(scene: Scene, clause: Clause) -> bool:
    """Whether a clause stands in quotation marks, and whose words it is nobody knows: “광산이 넘어간다”라는 문구."""
    return clause.status == "claimed" and clause.quotation is not None and scene.doc.quotations[clause.quotation].direct


def speaker_of(scene: Scene, number: int) -> Entity | None:
    """Who speaks a quotation: named beside it, understood from its reporting clause, or the enclosing one's."""
    quotation = scene.doc.quotations[number]
    if quotation.speaker is not None:
        entity = scene.entity_at.get(quotation.speaker) or _find_titled(scene, quotation.speaker)
        if entity is None or not _may_speak(entity):
            return None  # somebody is named who speaks, and it is nobody else
        return entity
    if quotation.cue is not None:
        cue = scene.doc.clauses[quotation.cue]
        if cue.predicate.lemma == "하다" and cue.parent is None and not _PROMISED.search(quotation.span.of(scene.text)):
            return None  # 입주해 있다고 한다: hearsay, and nobody's in particular
        own = next((a for a in cue.arguments if a.role == "subject" and not a.shared), None)
        if own is not None and quotation.parent is not None:  # "감독님이 '네 시간이 온다'고 하셨다": nobody's but his
            entity = scene.entity_of(own)
            return entity if entity is not None and _may_speak(entity) else None
        silent = find_acting_body(scene, cue) or scene.silent(cue)
        if silent is not None:
            return silent
        if cue.parent is not None:
            above = scene.doc.clauses[cue.parent]
            if above.sentence == cue.sentence:
                silent = scene.silent(above)
                if silent is not None:
                    return silent
    if quotation.parent is not None and quotation.parent != number:
        return speaker_of(scene, quotation.parent)
    return _find_previous(scene, scene.doc.clauses[quotation.cue]) if quotation.cue is not None else None


def _find_previous(scene: Scene, cue: Clause) -> Entity | None:
    """Who goes on in a sentence that names nobody: "환경부는 …고 밝혔다. 내년에는 더 늘리겠다고 했다."."""
    verbs = load_clause_lexicon().saying_verbs
    if cue.relation != "main" or cue.predicate.voice == "passive" or cue.predicate.lemma not in verbs or cue.sentence == 0:
        return None
    if any(a.role in ("subject", "topic", "locative") for a in cue.arguments):
        return None
    for index in reversed(scene.clauses_of.get(cue.sentence - 1, [])):
        clause = scene.doc.clauses[index]
        if clause.relation != "main":
            continue
        named = next((a for a in clause.arguments if a.role == "subject" and a.josa in ("은", "는", "이", "가")), None)
        entity = scene.entity_of(named) if named is not None and clause.predicate.lemma in verbs else None
        return entity if entity is not None and _may_speak(entity) and clause.predicate.voice != "passive" else None
    return None


def _find_titled(scene: Scene, span: Span) -> Entity | None:
    """The person whom words with a title name: 윤정민 of "윤정민 의원의 보도자료에 따르면"."""
    first = next((s for s in scene.mention_spans_in(span) if s.start == span.start), None)
    if first is None or len(scene.text[first.end : span.end].split()) > 1:
        return None
    entity = scene.entity_at[first]
    return entity if entity.kind == "Person" and not entity.created else None


def _may_speak(entity: Entity) -> bool:
    ontology = load_ontology()
    if any(ontology.is_kind(entity.kind, k) for k in _MUTE) or entity.kind in ("Place", "Region"):
        return False
    return bool(entity.members) or not entity.created or any(ontology.is_kind(entity.kind, k) for k in ("Agent", "Work"))
