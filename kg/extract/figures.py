"""Figures: a measure with its number, "매출은 2140억원이었다", "지분 61.4%", and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.closing import find_closing
from kg.extract.drafts import build_fact
from kg.extract.figure_notes import find_first, find_others, find_times, is_apt, keep_nearest
from kg.extract.figure_owners import OWNED, find_earlier, find_owner, find_possessor, is_bare
from kg.extract.measures import find_achieved, find_measure, load_measure_verbs
from kg.extract.respective import name_entity, pair_each
from kg.extract.restricted import find_whole
from kg.extract.scene import Scene
from kg.extract.speakers import find_speaker
from kg.extract.subjects import find_subject
from kg.model import Argument, Clause, Document, Entity, Fact, Qualifier, Quantity, Span, Status, Text
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology

_READ = frozenset(("body", "caption", "item"))
_HOLDERS = ("object", "complement", "instrument", "locative", "adverbial", "goal", "subject")
_MARKED = re.compile(r"([가-힣A-Za-z]+(?:\s[가-힣]+)?)(?:은|는|이|가|도|:)\s(?:약|총|모두|무려|최소|최대|최고|최저|평균|연|각각)?\s?$")
_LAST_NOUN = re.compile(r"([가-힣A-Za-z]+(?:\s[가-힣]+)?)\s?(?:약|총|모두|무려|최소|최대|최고|최저|평균|연|각각)?\s?$")


_MODIFYING = re.compile(r"(?:\s?(?:규모|상당|어치|짜리|크기|넓이|면적))?의?\s?['‘\"“]?$|\s?(?:규모|상당|어치|짜리|크기|넓이)[^,]*$|의\s[^,]*$")
_BEYOND = re.compile(r"\s?(?:아래|밑|위로|안쪽)")  # 1천명 아래로: another number than this
_SPENDING = frozenset(("들이다", "투입하다", "쏟다", "투자하다"))
_MONEY = frozenset("kg:revenue kg:operatingProfit kg:netProfit kg:netLoss kg:operatingLoss kg:price kg:cost kg:budget kg:sharePrice".split())
_NAMED = frozenset(("kg:count", "kg:rate", "kg:price", "kg:cost"))  # relations of many measures
_PLAIN = frozenset(("비율", "비용", "금액"))
_LONGEST_MEASURE = 30
_RATIOS = frozenset(("%", "%p", "배"))
_TIMES = frozenset(("차례", "회", "번"))  # how often a price rose is no price


class Figures:
    """One fact for each measure with its number."""

    name = "figures"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        owner: Entity | None = None
        for number, sentence in enumerate(doc.sentences):
            if sentence.role not in _READ:
                continue
            told: set[Quantity] = set()
            for index in scene.clauses_of.get(number, ()):
                clause = doc.clauses[index]
                told.update(_find_told(scene, clause))
                paired = tuple(_read_each(scene, clause))
                facts = paired or (
                    *_read_predicated(scene, index, clause, owner),
                    *_read_achieved(scene, index, clause, owner),
                    *_read_adjacent(scene, index, clause),
                )
                for fact in facts:
                    if fact.object in told:
                        continue
                    told.add(fact.object)  # type: ignore[arg-type]
                    yield fact
                told.update(_find_bare(scene, clause))
            owner = _topic(scene, number) or owner
            if owner is not None and sentence.role != "item":
                yield from _read_listed(scene, number, owner, told)


def _find_told(scene: Scene, clause: Clause) -> Iterator[Quantity]:
    """The numbers that are told otherwise: of an amount that a clause tells apart (회사가 청구한 금액은 2억원이다), and closing prices."""
    price = find_closing(scene, clause)
    if price is not None:
        yield price
    own = next((a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared), None)
    if clause.predicate.kind == "copula" and own is not None and own.span == own.head and find_whole(scene, clause, own.span) is not None:
        yield from (q for a in clause.arguments if a.role == "complement" for q in scene.quantities_in(clause.sentence, a.span))


def _find_bare(scene: Scene, clause: Clause) -> Iterator[Quantity]:
    """The numbers of mere measures, which are of nobody that a sentence speaks of first: 61% of "그 비율이 61%였다"."""
    for measured in clause.arguments:
        told = measured.role == "subject" and measured.josa in ("이", "가") and not measured.shared
        relation = find_measure(measured.span.of(scene.text)) if told else None
        if relation is not None and is_bare(scene, measured, find_owner(scene, clause, measured, None), relation):
            yield from (q for a in clause.arguments if a.span.start > measured.span.end for q in scene.quantities_in(clause.sentence, a.span))


def _read_each(scene: Scene, clause: Clause) -> Iterator[Fact]:
    """엑소핀의 민감도와 특이도는 각각 94.2%, 96.1%였다."""
    for owner, noun, quantity in pair_each(scene, clause):
        words = " ".join(noun.of(scene.text).split())
        relation = (find_measure(words) or f"kgo:{words}") if owner is not None else "kgo:" + clause.predicate.lemma
        yield build_fact(
            scene,
            clause.sentence,
            "figure-each",
            relation,
            owner or name_entity(scene, noun),
            quantity,
            find_times(scene, clause)[:1],
            status=clause.status,
            negated=clause.negated,
            speaker=find_speaker(scene, clause),
            confidence=0.85,
        )


def _read_predicated(scene: Scene, index: int, clause: Clause, last: Entity | None) -> Iterator[Fact]:
    """매출은 2140억원이었다; 매출이 1조원으로 12% 증가했다."""
    if clause.predicate.lemma == "아니다":
        return
    marked = (a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared and find_measure(a.span.of(scene.text)))
    measures = sorted(marked, key=lambda a: a.span)
    for number, measured in enumerate(measures):
        reach = measures[number + 1].span.start if number + 1 < len(measures) else len(scene.text)
        yield from _read_measure(scene, index, clause, last, measured, reach if len(measures) > 1 else None)


def _read_measure(scene: Scene, index: int, clause: Clause, last: Entity | None, measured: Argument, reach: int | None) -> Iterator[Fact]:
    """One measure with the numbers behind it; of several in a clause each has those before the next: 매출은 21억원, 이익은 2억원이다."""
    relation = find_measure(measured.span.of(scene.text))
    numbers: list[tuple[Argument, Quantity]] = []
    for argument in clause.arguments:
        if (
            argument is measured
            or (reach is not None and not measured.span.start < argument.span.start < reach)
            or argument.role not in _HOLDERS
            or argument.shared
            or argument.josa == "보다"
            or argument.span.start < measured.span.start
            or "대비" in argument.span.of(scene.text)
        ):
            continue
        for quantity in scene.quantities_in(clause.sentence, argument.span):
            if _BEYOND.match(scene.text, quantity.span.end) is None:
                numbers.append((argument, quantity))
    owner = find_owner(scene, clause, measured, last)
    if relation is not None and is_bare(scene, measured, owner, relation):
        owner = find_earlier(scene, clause, measured)
    itself = owner is not None and owner == scene.entity_at.get(measured.span)
    apart = itself and measured.span == measured.head and scene.is_told_apart(measured) and relation in _NAMED
    if apart and find_whole(scene, clause, measured.span) is None:
        return  # 연료비로 지출한 금액은 10만원이었다: of which sum, the name does not say
    if not numbers or owner is None or relation is None:
        return
    if not itself and relation in _MONEY and find_measure(owner.name) in _MONEY:
        return  # 2분기 매출은 1조원, 영업이익은 4천억원이다: no profit of the sales
    times, speaker = find_times(scene, clause), find_speaker(scene, clause)
    status = _status(scene, clause, owner, speaker)
    noun = Text(_name_measure(scene, clause, measured, owner))
    ordered = sorted(numbers, key=lambda n: (n[0].role != "instrument", n[1].unit in _RATIOS, _HOLDERS.index(n[0].role), n[1].span))
    verbs = load_measure_verbs()
    falling = "kg:decreasesBy" if clause.predicate.lemma in verbs["decreasing"] else None
    change = "kg:increasesBy" if clause.predicate.lemma in verbs["increasing"] else falling
    for argument, quantity in ordered:
        begun = argument.role == "instrument" or argument.josa in ("에서", "부터")
        reached = quantity.text.startswith(("영하", "영상"))
        if change is not None and not begun and not reached and (quantity.unit in _RATIOS or argument.role == "adverbial"):
            yield build_fact(
                scene,
                clause.sentence,
                "figure-change",
                change,
                owner,
                quantity,
                [Qualifier("topic", noun), *times],
                status=status,
                negated=clause.negated,
                speaker=speaker,
                confidence=0.85,
            )
    principal = next(
        (
            q
            for a, q in ordered
            if (relation not in _MONEY or q.unit not in _RATIOS | _TIMES)
            and (relation != "kg:rate" or q.unit in _RATIOS)
            and (change is None or a.role == "instrument" or (q.unit not in _RATIOS and a.role != "adverbial"))
        ),
        None,
    )
    if principal is not None and change is None:
        principal = find_first(measured, principal, ordered)
    if principal is not None and is_apt(scene, relation, measured, principal, ordered):
        others = find_others(principal, ordered)
        named = _needs_name(relation, noun.text, itself) and noun.text not in owner.name
        yield build_fact(
            scene,
            clause.sentence,
            "figure-clause",
            relation,
            owner,
            principal,
            [*([Qualifier("topic", noun)] if named else ()), *others, *keep_nearest(times, principal)],
            status=status,
            negated=clause.negated,
            speaker=speaker,
            confidence=0.85,
        )


def _needs_name(relation: str, noun: str, itself: bool) -> bool:
    """Whether a relation alone does not say which measure it is: 정책 선호 비율, 도시가스 소매요금, 지지율."""
    return relation in _NAMED and not itself and (" " in noun or (noun not in _PLAIN and relation in ("kg:rate", "kg:cost")))


def _name_measure(scene: Scene, clause: Clause, measured: Argument, owner: Entity) -> str:
    """What is measured, as it is said behind its owner: 교통사고 건수 of "서울의 교통사고 건수"."""
    head = measured.head.of(scene.text)
    ends = [m.end for m in owner.mentions if measured.span.covers(m) and m != measured.span]
    if not ends:
        return head
    start = max([*ends, *(t.span.end for t in scene.times_in(clause.sentence, measured.span))])
    words = scene.text[start : measured.span.end].removeprefix("의").strip()
    return words if words.endswith(head) and len(words) < _LONGEST_MEASURE else head


def _status(scene: Scene, clause: Clause, owner: Entity, speaker: Entity | None) -> Status:
    """A firm that announces its own figures is reported, not merely quoted."""
    if clause.status != "claimed" or clause.quotation is None or speaker != owner:
        return clause.status
    quotation = scene.doc.quotations[clause.quotation]
    cue = scene.doc.clauses[quotation.cue].predicate.lemma if quotation.cue is not None else ""
    return "asserted" if not quotation.direct and cue in load_clause_lexicon().announcing_verbs else clause.status


def _read_achieved(scene: Scene, index: int, clause: Clause, last: Entity | None) -> Iterator[Fact]:
    """6420억원의 매출을 올렸다: the number stands before its measure."""
    found = tuple(find_achieved(scene, clause))
    if not found:
        return
    owner, _ = find_subject(scene, index, find_speaker(scene, clause))
    owner = owner or last
    if owner is None:
        return
    for quantity, measure, noun in found:
        yield build_fact(
            scene,
            clause.sentence,
            "figure-achieved",
            measure,
            owner,
            quantity,
            [*([Qualifier("topic", Text(noun))] if _needs_name(measure, noun, False) else ()), *find_times(scene, clause)],
            status=clause.status,
            negated=clause.negated,
            speaker=find_speaker(scene, clause),
            confidence=0.8,
        )


def _read_adjacent(scene: Scene, index: int, clause: Clause) -> Iterator[Fact]:
    """지분 61.4%를 사들이다; 매출 2조원을 달성하다: the number is the head, the measure before it."""
    for argument in clause.arguments:
        if argument.shared or argument.role in ("time",):
            continue
        for quantity in scene.quantities_in(clause.sentence, argument.span):
            before = scene.text[argument.span.start : quantity.span.start]
            match = _LAST_NOUN.search(before)
            relation = find_measure(match.group(1)) if match else None
            if relation is None or relation == "kg:count" or relation.startswith("kgo:"):
                continue  # 과징금 5억원을 부과하다: the verb's own object
            if _is_shared_out(scene, clause, argument, relation):
                start = quantity.span.start - len(before) + (match.start(1) if match else 0)
                noun = Span(start, start + len(match.group(1) if match else ""))
                yield build_fact(
                    scene, clause.sentence, "figure-share", "kgo:이다", name_entity(scene, noun), quantity, status=clause.status, confidence=0.75
                )
                continue
            owner = find_possessor(scene, clause.sentence, argument, quantity.span.start) or _find_measured(scene, clause, argument, quantity)
            owned = OWNED.match(scene.text, argument.span.start, quantity.span.start)
            if owner is None and owned is not None and not scene.times_in(clause.sentence, Span(*owned.span(1))):
                continue  # 업체의 매출 2조원: not who does something with it
            if owner is None:
                owner, _ = find_subject(scene, index, find_speaker(scene, clause))
            if owner is None:
                continue
            yield build_fact(
                scene,
                clause.sentence,
                "figure-phrase",
                relation,
                owner,
                quantity,
                find_times(scene, clause),
                status=clause.status,
                negated=clause.negated,
                speaker=find_speaker(scene, clause),
                confidence=0.75,
            )


def _is_shared_out(scene: Scene, clause: Clause, argument: Argument, relation: str) -> bool:
    """Whether a phrase tells one measure of several: 국비 160억원, 도비 75억원."""
    found = 0
    for quantity in scene.quantities_in(clause.sentence, argument.span):
        match = _LAST_NOUN.search(scene.text[argument.span.start : quantity.span.start])
        found += match is not None and find_measure(match.group(1)) == relation
    return found > 1


def _find_measured(scene: Scene, clause: Clause, argument: Argument, quantity: Quantity) -> Entity | None:
    """What a number modifies, or what it is spent on: 푸른마당 of "연면적 900㎡ 규모의 '푸른마당'을" and "사업비 3억원을 들여 '푸른마당'을 짓다"."""
    if argument.clause is None and _MODIFYING.match(scene.text, quantity.span.end, argument.head.start):
        inside = [scene.entity_at[s] for s in scene.mention_spans_in(argument.span) if s.start >= quantity.span.end and s.end >= argument.head.end]
        return scene.entity_of(argument) or (inside[-1] if inside else None)
    if clause.predicate.lemma not in _SPENDING or clause.parent is None or clause.relation not in ("adverbial", "coordinate"):
        return None
    made = next((a for a in scene.doc.clauses[clause.parent].arguments if a.role == "object" and not a.shared), None)
    return None if made is None else scene.entity_of(made)


def _topic(scene: Scene, sentence: int) -> Entity | None:
    """The organisation or thing that a sentence speaks of first: the subject of one of its outer clauses."""
    ontology = load_ontology()
    for index in scene.clauses_of.get(sentence, ()):
        clause = scene.doc.clauses[index]
        if clause.quotation is not None:
            continue
        for argument in clause.arguments:
            if argument.role in ("subject", "topic"):
                entity = scene.entity_of(argument)
                if entity is not None and any(ontology.is_kind(entity.kind, k) for k in ("Organization", "Product", "Facility", "Project")):
                    return entity
    return None


def _read_listed(scene: Scene, sentence: int, owner: Entity, told: set[Quantity]) -> Iterator[Fact]:
    """매출은 2140억원, 영업이익은 263억원이었다: each number with the measure right before it."""
    for quantity in scene.quantities_of.get(sentence, ()):
        if quantity in told:
            continue
        head = scene.text[max(0, quantity.span.start - 30) : quantity.span.start]
        match = _MARKED.search(head)
        relation = find_measure(match.group(1)) if match else None
        if relation is None or relation == "kg:count" or relation.startswith("kgo:"):
            continue
        if relation == "kg:price" and quantity.unit in ("%", "%p", *_TIMES):
            continue  # 요금은 13%만 올렸다
        told.add(quantity)
        times = [Qualifier("time", t) for t in scene.times_of.get(sentence, ())][:1]
        yield build_fact(scene, sentence, "figure-listed", relation, owner, quantity, times, confidence=0.75)
