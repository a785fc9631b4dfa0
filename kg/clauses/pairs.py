"""Pairs: one verb for two of a kind, each with its own: "가대는 합성을, 나대는 분석을 맡았다", "수출은 3%, 수입은 5% 늘었다"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Argument, Clause, Span

_PAIRED = {"subject": "who", "topic": "who", "dative": "whom", "object": "what", "goal": "whither", "instrument": "whither"}
_AMOUNT = re.compile(r"\d")


def split_pairs(text: str, clause: Clause) -> tuple[Clause, ...]:
    """The clauses of one verb with two pairs: "갑에게 3년을, 을에게 2년을 구형했다" gives two, any other clause itself."""
    core = [a for a in clause.arguments if not a.shared and _part(text, a) is not None]
    core.sort(key=lambda a: a.span)
    for place in range(len(core) - 3):
        first, thing, second, other = core[place : place + 4]
        alike = _part(text, first) == _part(text, second) and _part(text, thing) == _part(text, other)
        if not alike or _part(text, first) == _part(text, thing) or "," not in text[thing.span.end : second.span.start]:
            continue
        sides = (Span(second.span.start, other.span.end), Span(first.span.start, thing.span.end))
        return tuple(replace(clause, arguments=_keep(clause, sides[1 - n], other)) for n in (0, 1))
    return (clause,)


def _part(text: str, argument: Argument) -> str | None:
    """What an argument is in a pair; a bare amount is one wherever it stands."""
    if argument.role in ("adverbial", "complement", "object") and _AMOUNT.match(argument.head.of(text)):
        return "how much" if not argument.josa or argument.role == "object" else None
    return _PAIRED.get(argument.role)


def _keep(clause: Clause, left_out: Span, last: Argument) -> tuple[Argument, ...]:
    """The arguments outside a span, a topic among them as subject, a bare amount in the role of the last one."""
    kept = [a for a in clause.arguments if a.shared or not left_out.covers(a.span)]
    if last.role in ("complement", "object") and not any(a.role == last.role for a in kept):
        kept = [replace(a, role=last.role, josa=last.josa) if a.role == "adverbial" and not a.josa else a for a in kept]
    if any(a.role == "subject" for a in kept):
        return tuple(kept)
    return tuple(replace(a, role="subject") if a.role == "topic" else a for a in kept)
