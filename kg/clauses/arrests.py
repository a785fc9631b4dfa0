"""Arrests and charges: what someone is charged with is done by who is charged, and who was caught did what stands before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.adverbials import is_time
from kg.clauses.arguments import Frame, lacks_subject, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument, Span
from kg.tables.lexicons import ClauseLexicon

_CAUGHT = frozenset("검거되다 붙잡히다 체포되다 적발되다 연행되다 제압되다 발각되다".split())
_CATCHING = ("에", "에게", "에 의해", "에게 의해")
_MEANWHILE = frozenset("중 도중 와중 뒤 후 직후 끝 채".split())
_TERM = re.compile(r"(?:징역|금고|벌금|구류|자격정지)\s(?:각각\s|각\s)?\d\S*(?:\s\S*\d\S*)?$")
_BESIDE_TERM = re.compile(r"집행유예|벌금|자격정지|추징금|선고유예")
_JOINED = frozenset(("coordinate", "adverbial", "nominal", "quotative"))


def raise_accusers(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"경찰은 사고를 내고 달아난 혐의로 강씨를 구속했다": the police did not cause the accident, but arrested who did."""
    for number, frame in enumerate(frames):
        if frame.parent is not None and _is_charge(tree, frame, lexicon):
            _raise_accuser(tree, frames, number, frame.parent)


def part_days(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"경찰은 8일 이웃을 때린 혐의로 강씨를 붙잡았다": the day is of the arrest, and stands outside what he is charged with."""
    for number, frame in enumerate(frames):
        if frame.parent is not None and _is_charge(tree, frame, lexicon):
            _part_day(tree, frames, number, frame.parent)


def _is_charge(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> bool:
    return frame.noun is not None and frame.chain.ending_tag == "ETM" and tree.unit(frame.noun).noun in lexicon.charge_nouns


def _raise_accuser(tree: Tree, frames: list[Frame], number: int, parent: int) -> None:
    teller = _find_teller(frames, parent)
    if teller is None:
        return
    inside = [n for n in range(number + 1) if n == number or _leads_to(frames, n, number)]
    own = [(a, n) for n in inside for a in frames[n].arguments if not a.shared]
    if not own or not any(a.clause == number and a.josa in ("로", "으로") for a in frames[parent].arguments):
        return
    lead = min(own, key=lambda pair: pair[0].span)[0]
    ahead = lead if not lead.josa and is_time(tree.text, lead) else None  # 26일 경찰은 …
    first, place = min((pair for pair in own if pair[0] is not ahead), key=lambda pair: pair[0].span, default=(lead, number))
    if first.role not in ("subject", "topic") or first.josa not in ("은", "는", "이", "가"):
        return
    days = (ahead, _find_day(tree, frames[place], first))
    moved = (replace(first, role="subject"), *(a for a in days if a is not None))
    for here in inside:
        frames[here] = replace(frames[here], arguments=tuple(a for a in frames[here].arguments if a is not first and a not in days))
    for argument in moved:
        frames[teller] = with_argument(frames[teller], argument)
    end = max(a.span.end for a in moved)
    _cut(frames, number, parent, first.span.start, next((e.span.start for e in tree.sentence.eojeols if e.span.start >= end), end))


def _find_teller(frames: list[Frame], parent: int) -> int | None:
    """The clause of who arrests, charges or sentences: its object is who is charged, or the clause modifies him (구속된 강씨에게 선고했다)."""
    accused = frames[parent].get("object")
    if accused is not None and accused.clause is None and not accused.shared:
        return parent if lacks_subject(frames[parent]) else None
    above = frames[parent].parent
    passive = frames[parent].chain.lemma.endswith(("되다", "받다"))
    if frames[parent].relation != "relative" or not passive or above is None or frames[parent].get("subject") is not None:
        return None
    return above if lacks_subject(frames[above]) and frames[above].relation != "relative" and frames[above].get("object") is not None else None


def _part_day(tree: Tree, frames: list[Frame], number: int, parent: int) -> None:
    for day in frames[parent].arguments:
        if day.role == "adverbial" and not day.josa and not day.shared and is_time(tree.text, day):
            behind = next((e.span.start for e in tree.sentence.eojeols if e.span.start >= day.span.end), day.span.end)
            _cut(frames, number, parent, day.span.start, behind)


def _cut(frames: list[Frame], number: int, parent: int, start: int, behind: int) -> None:
    """What a noun holds begins behind what stands outside it."""
    above = frames[parent]
    cut = tuple(
        replace(a, span=Span(behind, a.span.end)) if a.clause == number and a.span.start <= start and behind < a.head.start else a
        for a in above.arguments
    )
    frames[parent] = replace(above, arguments=cut)


def _find_day(tree: Tree, frame: Frame, topic: Argument) -> Argument | None:
    """The day right behind who arrests: 21일 of "경찰은 21일 사고를 낸 혐의로 …"."""
    days = (a for a in frame.arguments if a.role == "adverbial" and not a.josa and not a.shared and is_time(tree.text, a))
    return next((a for a in days if tree.text[topic.span.end : a.span.start].strip() == topic.josa), None)


def settle_arrests(tree: Tree, frames: list[Frame]) -> None:
    """"강씨는 수속을 밟던 중 첩보를 입수한 경찰에 검거됐다": who was caught was on the way; "신고를 받고 출동한 경찰에" is of the police."""
    for number, frame in enumerate(frames):
        meanwhile = frame.noun is not None and tree.unit(frame.noun).noun in _MEANWHILE
        if frame.parent is None or not (meanwhile or frame.chain.ending.endswith("다가")):
            continue
        catcher = _find_catcher(tree, frames, number)
        if catcher is None:
            continue
        relative, above = frames[catcher], frames[catcher].parent
        assert above is not None
        start = tree.starts(frame.chain)
        early = tuple(a for a in relative.arguments if not a.shared and a.span.end <= start)
        frames[catcher] = replace(relative, arguments=tuple(a for a in relative.arguments if a not in early))
        frames[number] = replace(frame, parent=above)
        for argument in early:
            topical = argument.josa in ("은", "는") and argument.role in ("subject", "topic")
            place = above if topical and lacks_subject(frames[above]) else number
            frames[place] = with_argument(frames[place], argument)


def _find_catcher(tree: Tree, frames: list[Frame], number: int) -> int | None:
    """The clause that a clause is joined to and that modifies who catches: 출동한 of "출동한 경찰에 붙잡혔다"."""
    here: int | None = number
    for _ in range(5):
        if here is None or frames[here].relation not in ("adverbial", "coordinate"):
            break
        here = frames[here].parent
    if here is None or frames[here].relation != "relative" or frames[here].noun is None or frames[here].parent is None:
        return None
    caught = frames[frames[here].parent or 0].chain.lemma in _CAUGHT and tree.unit(frames[here].noun or 0).josa in _CATCHING
    return here if caught and frames[number].chain.first < frames[here].chain.first else None


def join_terms(tree: Tree, frames: list[Frame]) -> None:
    """"징역 6월에 집행유예 2년을 선고했다": the term and its suspension are one sentence."""
    for number, frame in enumerate(frames):
        thing = next((a for a in frame.arguments if a.role == "object" and _BESIDE_TERM.match(a.span.of(tree.text)) is not None), None)
        if thing is None:
            continue
        before = (a for a in frame.arguments if a.josa == "에" and tree.text[a.span.end : thing.span.start].strip() == "에")
        term = next((a for a in before if _TERM.search(a.span.of(tree.text)) is not None), None)
        if term is not None:
            whole = replace(thing, span=Span(term.span.start, thing.span.end))
            frames[number] = replace(frame, arguments=tuple(whole if a is thing else a for a in frame.arguments if a is not term))


def _leads_to(frames: list[Frame], number: int, target: int) -> bool:
    """Whether a frame is joined, step by step, to another."""
    here: int | None = number
    for _ in range(20):
        if here is None or here == target:
            break
        here = frames[here].parent if frames[here].relation in _JOINED else None
    return here == target
