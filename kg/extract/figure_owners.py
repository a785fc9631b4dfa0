"""Whose a measure is: named in its phrase, the topic of its clause or of one above, or the one talked about."""

from __future__ import annotations

import re

from kg.extract.measures import find_measure, load_measures
from kg.extract.respective import name_entity
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Span
from kg.tables.ontology import load_ontology

OWNED = re.compile(r"(\S+(?:\s\S+)?)의\s")
_GENITIVE = re.compile(r"(?<=[가-힣A-Za-z0-9)])의\s")
_REACH = 3  # sentences, the measure's own among them
_COUNTS = frozenset(("수", "인원", "건수", "횟수", "승점"))
_QUOTED = re.compile(r"[다라냐자]고 한 \Z")  # 찬성한다고 한 비율: of those asked, whom another clause names
_PARTNER = re.compile(r"[와과]\s")
# figures that a firm is understood to have when none is named
_OF_FIRMS = frozenset(("kg:revenue", "kg:operatingProfit", "kg:netProfit", "kg:netLoss", "kg:operatingLoss", "kg:sharePrice"))


def find_owner(scene: Scene, clause: Clause, measured: Argument, last: Entity | None) -> Entity | None:
    """Whose measure it is: named in the phrase, the topic of the clause, or the one talked about."""
    owner = find_possessor(scene, clause.sentence, measured, measured.span.end)
    if owner is not None:
        return owner
    if _GENITIVE.search(scene.text, measured.span.start, measured.head.start):
        return scene.entity_at.get(measured.span)  # 전국 곳곳의 기온 is of no one above
    for argument in clause.arguments:
        if argument is not measured and argument.role in ("topic", "subject") and find_measure(argument.span.of(scene.text)) is None:
            entity = scene.entity_of(argument)
            beside = argument.shared and argument.josa in ("은", "는") and measured.josa in ("은", "는")
            if entity is not None and not (beside and entity.created):
                return entity  # 환자는 284명이며, 사망자는 17명이다: of no patient
    doc = scene.doc
    relation = find_measure(measured.span.of(scene.text)) or ""
    seen, here = 0, clause
    if clause.relation == "relative" or relation.startswith("kgo:"):
        return scene.entity_at.get(measured.span)  # 구멍 지름이 0.7나노미터인 막, 규모가 2조원이라고 밝혔다: of no one above
    while here.parent is not None and seen < 10:
        if clause.quotation is not None and doc.quotations[clause.quotation].direct and doc.clauses[here.parent].quotation != clause.quotation:
            return scene.entity_at.get(measured.span)
        here = doc.clauses[here.parent]
        seen += 1
        for argument in here.arguments:
            if argument.role in ("topic", "subject") and argument is not measured and argument.span != measured.span:
                if argument.span.start > measured.span.start or _reports(scene, clause, here, relation):
                    continue  # 인구는 12만 명이며, 전화번호는 …; 확진자 수가 늘었다고 당국은 밝혔다
                entity = scene.entity_of(argument)
                if entity is not None and (
                    argument.role == "topic" or argument.josa in ("은", "는") or load_ontology().is_kind(entity.kind, "Agent")
                ):
                    return entity
    silent = scene.silent(here)
    if silent is not None and not _reports(scene, clause, here, relation):
        return silent
    if _has_name(scene, measured):
        return scene.entity_at.get(measured.span)  # 한빛소재 주가 is of no one above
    firm = last is not None and load_ontology().is_kind(last.kind, "Organization") and relation in _OF_FIRMS
    return last if clause.quotation is None and firm else scene.entity_at.get(measured.span)


def find_earlier(scene: Scene, clause: Clause, measured: Argument) -> Entity | None:
    """Whose a mere measure was when it was last told of, at most two sentences before: 회수율 after "가람막의 리튬 회수율은 96%였다"."""
    head = measured.head.of(scene.text)
    for number in range(clause.sentence, max(-1, clause.sentence - _REACH), -1):
        for index in reversed(scene.clauses_of.get(number, ())):
            for argument in scene.doc.clauses[index].arguments:
                alike = argument.role in ("subject", "topic") and argument.head.of(scene.text) == head and argument.span.end < measured.span.start
                owner = find_possessor(scene, number, argument, argument.span.end) if alike else None
                if owner is not None:
                    return owner
    return None


def is_bare(scene: Scene, measured: Argument, owner: Entity | None, relation: str) -> bool:
    """Whether nobody knows of whom a mere measure is: 비율 or 금액 that is told of alone."""
    itself = owner is None or owner == scene.entity_at.get(measured.span)
    return itself and (relation.startswith("kgo:") or (measured.span == measured.head and _is_one_word(scene, measured)))


def _is_one_word(scene: Scene, measured: Argument) -> bool:
    """Whether a measure is a mere noun, does not say who is counted (사망자), and no verb before it says which: 기업이 낸 금액."""
    head = measured.head.of(scene.text)
    known = load_measures().get(head)
    if known is None or (known == "kg:count" and head not in _COUNTS):
        return False
    before = scene.token_ending.get(measured.span.start - 1)
    return before is None or before.tag != "ETM" or _QUOTED.search(scene.text[max(0, measured.span.start - 5) : measured.span.start]) is not None


def _has_name(scene: Scene, measured: Argument) -> bool:
    """Whether a measure has a name beside it, though it is no known one."""
    place, named = measured.span.start, False
    while place < measured.head.start and not named:
        token = scene.token_at.get(place)
        named = token is not None and token.tag in ("NNP", "SL")
        place += 1
    return named


def _reports(scene: Scene, clause: Clause, above: Clause, relation: str) -> bool:
    """Whether a governing clause only reports the figure, and its subject need not be the owner: what a firm has it has itself."""
    if clause.quotation is None or relation in _OF_FIRMS:
        return False
    cue = scene.doc.quotations[clause.quotation].cue
    return cue is not None and scene.doc.clauses[cue] is above


def find_possessor(scene: Scene, sentence: int, argument: Argument, end: int) -> Entity | None:
    """The entity named inside a phrase before its measure: 여울커머스 of "여울커머스의 지난해 매출", 서울 of "대한민국 서울의 기온"."""
    named = [s for s in scene.mention_spans_in(argument.span) if s.end < end and s != argument.span and _may_own(scene, sentence, s)]
    joints = [m.start() for m in _GENITIVE.finditer(scene.text, argument.span.start, end)]
    own = [s for s in named if s.end in joints or _is_titled(scene, s, joints)] or ([] if joints else named)
    if own:
        last = max(s.end for s in own)
        return scene.entity_at[next(s for s in own if s.end == last)]
    owned = OWNED.match(scene.text, argument.span.start, end)
    if owned is None:
        return None
    first = scene.token_at.get(owned.start(1))
    return name_entity(scene, Span(*owned.span(1))) if first is not None and first.tag in ("NNP", "SL") else None


def _is_titled(scene: Scene, span: Span, joints: list[int]) -> bool:
    """Whether one word stands between a person's name and 의: 강도윤 대표의."""
    behind = next((j for j in joints if j > span.end), None)
    return behind is not None and scene.entity_at[span].kind == "Person" and len(scene.text[span.end : behind].split()) == 1


def _may_own(scene: Scene, sentence: int, span: Span) -> bool:
    """Whether a name before a measure may be whose it is: no holiday (추석 선물 금액), no partner (한빛과 투자 금액), no note in a bracket."""
    if scene.entity_at[span].created or scene.times_in(sentence, span) or scene.text[max(0, span.start - 1) : span.start] in ("(", "（"):
        return False
    return _PARTNER.match(scene.text, span.end) is None
