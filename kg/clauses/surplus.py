"""Surplus: what a clause cannot have for its subject, since it has another or has none, goes to the clause around it."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import FRAMING, Frame, lacks_subject, with_argument
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.phrases import Tree
from kg.model import Argument
from kg.tables.lexicons import is_seen_transitive

# verbs with two subjects: 회사가 빚이 늘었다
_TAKING_TWO = frozenset("되다 아니다 있다 없다 많다 늘다 줄다 오르다 내리다 나다 들다 필요하다 남다".split())

_EXISTING = frozenset(("있다", "많다"))


def lift_inner_topics(frames: list[Frame]) -> None:
    """"카페도 북측 소행으로 추정되는 공격으로 서비스가 마비됐다": a modifier has no topic; it is the main clause's."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.chain.kind != "verb" or frame.chain.tail or frame.chain.lemma in FRAMING:
            continue
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는", "도") and not a.shared), None)
        if topic is None or any(a.span.start < topic.span.start for a in frame.arguments if a.josa in ("이", "가", "을", "를")):
            continue
        above = _find_outer(frames, number)
        if above is None or (frames[above].chain.kind == "copula" and topic.josa == "도"):
            continue  # 유물도 나온 곳이다
        if frames[above].chain.lemma in _EXISTING:
            continue  # 시민들은 독점을 걱정하는 사람도 있었다
        if topic.josa == "도" and any(a.josa and a.span.start < topic.span.start for f in frames for a in f.arguments):
            continue  # 청은 한 번도 겪지 못한 피해가 날 것으로 봤다
        doer = next((a for a in frames[above].arguments if a.role in ("subject", "topic")), None)
        if topic.josa == "도" and (doer is None or doer.josa not in ("이", "가") or doer.shared):
            continue  # 주민도 참여하는 행사를 연다
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
        if doer is None:
            frames[above] = with_argument(frames[above], replace(topic, role="subject"))


def part_subjects(tree: Tree, frames: list[Frame]) -> None:
    """"부처는 조합이 법이 정한 기준을 지키기를 바란다": of two subjects of one verb the nearer is its own."""
    for number, frame in enumerate(frames):
        marked = sorted((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), key=lambda a: a.span)
        if len(marked) != 2:
            continue
        first, second = marked
        inner = _find_between(tree, frames, number, first, second)
        if inner is not None:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not first))
            frames[inner] = with_argument(frames[inner], first)
        elif "," in tree.text[first.span.end : second.span.start] or not tree.text.startswith(first.josa, first.span.end):
            continue  # 한쪽이 5석, 다른 쪽이 3석을 얻었다; △시 낭송회 △체험이 열린다
        elif any(f.parent == number and f.relation == "quotative" for f in frames):
            continue  # 의원이 회사가 위성은 헐값에 팔았다고 주장했다
        elif frame.chain.kind == "verb" and frame.chain.lemma not in _TAKING_TWO and is_seen_transitive(frame.chain.lemma):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not first))


def _find_between(tree: Tree, frames: list[Frame], number: int, first: Argument, second: Argument) -> int | None:
    """The clause between two subjects that says what the second one is about: 사촌이라는 of "그가 사촌이라는 소문이 돌았다"."""
    for n, inner in enumerate(frames):
        if inner.parent != number or inner.relation != "nominal" or inner.chain.ending not in QUOTING_ADNOMINAL or not lacks_subject(inner):
            continue
        if first.span.end <= tree.starts(inner.chain) and second.span.covers(tree.units[inner.chain.last].span):
            return n
    return None


def _find_outer(frames: list[Frame], number: int) -> int | None:
    """The first clause outwards that is no modifier."""
    at, steps = frames[number].parent, 0
    while at is not None and frames[at].relation == "relative" and steps < 20:
        at, steps = frames[at].parent, steps + 1
    return at
