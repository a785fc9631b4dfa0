"""Agents named one after another: KT와 마이크로소프트, 한도윤 (49세)와 아내 서해린(37세)."""

from __future__ import annotations

import re

from kg.coref.individuals import Individuals, coarse, is_agent
from kg.model import Argument, Span
from kg.tables.lexicons import find_kind

_JOINTS = re.compile(r"(?<=[가-힣A-Za-z0-9)])(?:와|(?<!학)과(?!\s\S{0,2}교수))\s|\s?,\s?|\s및\s|[·․‧∙・ㆍ]")
_AGED = re.compile(r"\s?\(\d{1,3}세?\)(?:와|과|,)\s$")
_AND_OTHERS = re.compile(r"\s등\s(?:총 |모두 )?[\d,]+여?\s?(?:명|인)$")


def find_coordinated(people: Individuals, argument: Argument) -> tuple[int, ...]:
    """The agents that a phrase joins with 와/과, 및, · or commas, each piece naming one: KT, MS of "KT와 MS가"."""
    text = people.text
    start = _with_aged(people, argument.span.start)
    pieces: list[Span] = []
    for joint in _JOINTS.finditer(text, start, argument.span.end):
        if text.count("(", start, joint.start()) > text.count(")", start, joint.start()):
            continue
        pieces.append(Span(start, joint.start()))
        start = joint.end()
    pieces.append(Span(start, argument.span.end))
    if len(pieces) < 2:
        return ()
    found: list[int] = []
    others = _AND_OTHERS.search(text, pieces[-1].start, pieces[-1].end)
    if others is not None:
        pieces[-1] = Span(pieces[-1].start, others.start())
    last = _named_by(people, pieces[-1])
    posts = last is not None and coarse(people.get(last).kind) == "PER"
    crowd = False
    for piece in pieces:
        number = _member_named_by(people, piece) if posts and piece is not pieces[-1] else _named_by(people, piece)
        if (others is not None or (found and _is_crowd(people, piece))) and (number is None or coarse(people.get(number).kind) != "PER"):
            crowd = True
            continue
        if number is None or not is_agent(people.get(number).kind):
            return ()
        if number not in found:
            found.append(number)
    if (crowd or others is not None) and any(coarse(people.get(number).kind) != "PER" for number in found):
        return ()
    return () if not crowd and _owns_the_last(people, pieces[-1], found) else tuple(found)


def _is_crowd(people: Individuals, piece: Span) -> bool:
    """Whether a piece of a list tells only what people they are: 관계자, 지역 주민."""
    words = piece.of(people.text).split()
    return bool(words) and find_kind(words[-1]) == "Person" and not any(
        coarse(people.get(people.at[s]).kind) == "PER" for s in people.spans_in(piece))


def _owns_the_last(people: Individuals, piece: Span, found: list[int]) -> bool:
    """Whether people are listed only to tell whose the body behind them is: "한도윤, 서해린 씨 소속사 새벽엔터는"."""
    kinds = [coarse(people.get(number).kind) for number in found]
    if kinds[-1] == "PER" or set(kinds[:-1]) != {"PER"}:
        return False
    return any(coarse(people.get(people.at[span]).kind) == "PER" for span in people.spans_in(piece))


def _with_aged(people: Individuals, start: int) -> int:
    """Where a list of people begins whose first has his age behind a blank: 한도윤 (49세)와 아내 서해린(37세)."""
    aged = _AGED.search(people.text, max(0, start - 20), start)
    if aged is None:
        return start
    spans = people.spans_in(Span(max(0, aged.start() - 12), aged.start()))
    return next((s.start for s in spans if s.end == aged.start() and coarse(people.get(people.at[s]).kind) == "PER"), start)


def _member_named_by(people: Individuals, piece: Span) -> int | None:
    """Who shares the post with which a list of people ends: 이서준 of "이서준 한빛당·한도윤 새울당 원내대표", and not his party."""
    number = _named_by(people, piece)
    if number is None or coarse(people.get(number).kind) != "ORG":
        return number
    own = next((s for s in people.spans_in(piece) if people.resolve(people.at[s]) == number), piece)
    token = people.token_before(own.start - 1)
    if not people.text[piece.start : own.start].strip() or token is None or token.tag != "NNP":
        return number  # 한빛당, 경쟁사 도담소재
    bearer = next((s for s in people.spans_in(Span(piece.start, own.start)) if coarse(people.get(people.at[s]).kind) == "PER"), None)
    return None if bearer is None else people.resolve(people.at[bearer])


def _named_by(people: Individuals, piece: Span) -> int | None:
    """The agent that a piece of a list names: its last name, or the bearer of the title with which it ends."""
    words = piece.of(people.text).rstrip()
    end = piece.start + len(words)
    spans = [s for s in people.spans_in(piece) if piece.covers(s)]
    if not spans:
        return None
    titles = people.titles_in(piece)
    if titles and titles[-1].end >= end - 4:
        bearer = next((s for s in reversed(spans) if coarse(people.get(people.at[s]).kind) == "PER"), None)
        if bearer is not None:
            return people.resolve(people.at[bearer])
    for span in sorted(spans, key=lambda s: (s.end, s.end - s.start), reverse=True):
        rest = re.sub(r"\([^()]*\)", "", people.text[span.end : end]).strip()
        number = people.resolve(people.at[span])
        post = " " not in rest and coarse(people.get(number).kind) == "PER" and find_kind(rest) == "Person"  # 최 모 안전과장
        if rest in ("", "측", "씨", "등") or post:
            return number
    return None
