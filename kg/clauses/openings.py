"""Openings: the subject with which a sentence begins is the main verb's too, though a relative clause behind it took it."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import FRAMING, Frame, lacks_subject, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument
from kg.tables.lexicons import find_kind, is_seen_transitive
from kg.tables.ontology import load_ontology

_MARKS = frozenset("\"“”‘’")
_ACTING = ("Agent", "Place")
_TAKING_TWO = frozenset("되다 아니다 있다 없다 많다 늘다 줄다 오르다 내리다 나다 들다 필요하다 남다".split())  # 회사가 빚이 늘었다


def raise_openings(tree: Tree, frames: list[Frame]) -> None:
    """"연구진이 찌꺼기로 만든 흡착막으로 기술을 개발했다": 연구진 made the one and developed the other.

    Where the relative clause leaves its noun no part but a place or a time, the subject is the main verb's alone:
    "군이 문을 닫은 광업소 부지에 공원을 짓는다" says nothing of a county that closed.
    """
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.noun is None or frame.parent is None or frame.chain.kind != "verb":
            continue
        opening = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
        if opening is None or any(a.span.start < opening.span.start for f in frames for a in f.arguments if a.josa and a is not opening):
            continue
        main = _find_main(frames, number)
        if main is None or not _lacks_actor(frames, main) or not _acts(tree, opening):
            continue
        thing = frames[main].get("object")
        noun = tree.sentence.eojeols[frame.noun].span
        if thing is None or thing.span.covers(noun) or thing.span.start < noun.start or _MARKS & set(tree.text[opening.span.end : noun.end]):
            continue
        owner = _find_owner(frames, number, main)
        if owner is None and _case_of(tree, frame.noun) != "JKB":
            continue  # 선수단이 입장하는 장면을 중계했다
        if owner != number:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not opening))
            frames[main if owner is None else owner] = with_argument(frames[main if owner is None else owner], opening)
        if owner is not None:
            frames[main] = with_argument(frames[main], replace(opening, shared=True))


def raise_first_subjects(frames: list[Frame]) -> None:
    """"시가 위원회가 주관한 사업에 선정됐다": of two subjects of one verb the first is of a verb further up."""
    for number, frame in enumerate(frames):
        marked = sorted((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), key=lambda a: a.span)
        if len(marked) != 2 or frame.chain.kind not in ("verb", "light") or frame.chain.lemma in _TAKING_TWO:
            continue
        above = _find_beyond(frames, number)
        if above is not None:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not marked[0]))
            frames[above] = with_argument(frames[above], marked[0])


def _find_beyond(frames: list[Frame], number: int) -> int | None:
    """The nearest verb without a subject above the clause that a verb stands in."""
    here, beyond, steps = number, False, 0
    while frames[here].parent is not None and steps < 20:
        beyond = beyond or frames[here].relation in ("relative", "nominal", "quotative", "adverbial")
        here, steps = frames[here].parent or 0, steps + 1
        if beyond and frames[here].relation != "relative" and frames[here].chain.kind != "copula" and frames[here].chain.lemma not in FRAMING:
            return here if lacks_subject(frames[here]) else None
    return None


def _find_owner(frames: list[Frame], number: int, main: int) -> int | None:
    """The relative clause that leaves its noun the object's part, and so has the opening for its subject."""
    at: int | None = number
    while at is not None and at != main:
        frame = frames[at]
        free = (at == number or lacks_subject(frame)) and frame.get("object") is None and " " not in frame.chain.lemma
        if frame.relation == "relative" and free and is_seen_transitive(frame.chain.lemma):
            return at
        at = frame.parent
    return None


def _case_of(tree: Tree, eojeol: int) -> str:
    """The case of the noun phrase that an eojeol begins: JKB of "검바위면 옛 광업소 부지에"."""
    for unit in tree.units:
        if unit.eojeol >= eojeol and (unit.case or unit.topic or unit.verb is not None):
            return unit.case
    return ""


def _find_main(frames: list[Frame], number: int) -> int | None:
    """The main verb above a relative clause, if only joined clauses stand between."""
    above, steps = frames[number].parent, 0
    while above is not None and frames[above].parent is not None and steps < 20:
        if frames[above].relation not in ("coordinate", "adverbial") and not (frames[above].relation == "relative" and lacks_subject(frames[above])):
            return None
        above, steps = frames[above].parent, steps + 1
    return above if above is not None and frames[above].relation == "main" and frames[above].chain.kind == "verb" else None


def _lacks_actor(frames: list[Frame], main: int) -> bool:
    """Whether neither the main verb nor a clause joined to it names who acts."""
    return lacks_subject(frames[main]) and all(lacks_subject(f) for f in frames if _is_joined(frames, f, main))


def _is_joined(frames: list[Frame], frame: Frame, main: int) -> bool:
    """Whether a clause is joined to the main verb, step by step."""
    steps = 0
    while frame.relation in ("coordinate", "adverbial") and frame.parent is not None and steps < 20:
        if frame.parent == main:
            return True
        frame, steps = frames[frame.parent], steps + 1
    return False


def _acts(tree: Tree, opening: Argument) -> bool:
    """Whether a subject names somebody who acts: a body, a person, a proper name."""
    kind = find_kind(opening.head.of(tree.text))
    if kind is not None:
        return any(load_ontology().is_kind(kind, k) for k in _ACTING)
    token = next((u.nouns[-1] for u in tree.units if u.nouns and opening.head.covers(u.nouns[-1].span)), None)
    return token is not None and token.tag in ("NNP", "SL")
