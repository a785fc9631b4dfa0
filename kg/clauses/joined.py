"""Relative clauses joined before one noun: "한빛대가 주관하고 솔내시가 후원하는 축제" is what both do."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame, with_argument
from kg.tables.lexicons import is_seen_transitive

_JOINING = frozenset(("고", "며", "으며", "거나"))
_FRAMING = frozenset(("topic", "adverbial", "locative"))


def join_relatives(frames: list[Frame]) -> None:
    """A clause that has its own doer and lacks an object belongs to the relative clause right behind it, whatever tree it hangs on.

    What stands before its doer, a topic or a day, is the main verb's: "한빛대는 26일 솔내시가 주관하고 …".
    """
    for number in range(len(frames) - 2, -1, -1):
        frame, behind = frames[number], frames[number + 1]
        if frame.relation != "coordinate" or frame.chain.ending not in _JOINING or not _has_doer(frame) or frame.get("object") is not None:
            continue
        led = behind.relation == "relative" or (behind.relation == "coordinate" and behind.chain.ending in _JOINING)
        if not led or not _has_doer(behind) or behind.get("object") is not None or behind.parent in (None, number):
            continue
        if not (is_seen_transitive(frame.chain.lemma) and is_seen_transitive(behind.chain.lemma)):
            continue
        doer = next(a for a in frame.arguments if a.role == "subject" and not a.shared)
        host = frame.parent
        if behind.relation == "relative" and host not in (None, number + 1):
            before = [a for a in frame.arguments if a.role in _FRAMING and a.span.end <= doer.span.start]
            for argument in before:
                frames[host] = with_argument(frames[host], argument)
            frames[number] = replace(frame, parent=number + 1, arguments=tuple(a for a in frame.arguments if a not in before))


def share_gaps(frames: list[Frame]) -> None:
    """The noun that a relative clause has for its object is that of the clauses joined to it."""
    for number in range(len(frames) - 1, -1, -1):
        frame = frames[number]
        host = frames[frame.parent] if frame.parent is not None else None
        if host is None or frame.parent != number + 1 or frame.relation != "coordinate" or frame.chain.ending not in _JOINING:
            continue
        gap = next((a for a in host.arguments if a.role == "object" and a.shared and not a.josa), None)
        if gap is None or not (_has_doer(frame) and _has_doer(host)) or any(a.role in ("object", "quote", "topic") for a in frame.arguments):
            continue
        if is_seen_transitive(frame.chain.lemma):
            frames[number] = with_argument(frame, gap)


def _has_doer(frame: Frame) -> bool:
    return any(a.role == "subject" and a.josa in ("이", "가", "에서") and not a.shared for a in frame.arguments)
