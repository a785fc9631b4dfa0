"""Amounts by 이 or 가 beside what changes: 3분의 1 of "출생아는 3분의 1이 줄었다" is how much, and no subject."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Argument

# verbs by which a thing grows or shrinks
CHANGING = frozenset(
    "늘다 늘어나다 줄다 줄어들다 증가하다 감소하다 급증하다 급감하다 불어나다 오르다 내리다 상승하다 하락하다 급등하다 급락하다 뛰다 떨어지다 "
    "높아지다 낮아지다 커지다 많아지다 적어지다 성장하다 넘다 웃돌다 밑돌다".split()
)
_AMOUNT = re.compile(
    r"(?:약 |무려 |모두 |총 |약간 )?(?:\d[\d,.]*(?:여|[조억만천백]\s?\d*[\d,.]*)*\s?(?:%p?|포인트|[가-힣]{1,3}|[A-Za-z㎡㎞㎏]{1,3})"
    r"|\d+분의 \d+|절반|[두세네] 배|몇 배)"
)


def is_amount(words: str) -> bool:
    """Whether words are a number with its unit or a share and nothing else: 75억원, 11.8%, 3분의 1, 절반."""
    return _AMOUNT.fullmatch(words) is not None


def settle_amounts(tree: Tree, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames with amounts by 이 or 가 beside a topic as how much it changes, and the topic as what changes."""
    return tuple(_settle(tree, frame) if frame.chain.lemma in CHANGING else frame for frame in frames)


def _settle(tree: Tree, frame: Frame) -> Frame:
    topic = next((a for a in frame.arguments if a.role == "topic" and a.josa in ("은", "는", "도") and not a.shared), None)
    much = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and is_amount(a.span.of(tree.text))), None)
    if topic is None or much is None or not topic.span < much.span or is_amount(topic.span.of(tree.text)):
        return frame
    if any(a.role == "subject" and a is not much for a in frame.arguments):
        return frame

    def place(argument: Argument) -> Argument:
        if argument is topic:
            return replace(argument, role="subject")
        return replace(argument, role="adverbial", josa="") if argument is much else argument

    return replace(frame, arguments=tuple(place(a) for a in frame.arguments))


def tells_amount(tree: Tree, frame: Frame) -> bool:
    """Whether a frame says by how much something changes, or to what: 75억원 불어났다."""
    roles = ("adverbial", "instrument", "object")
    return frame.chain.lemma in CHANGING and any(a.role in roles and is_amount(a.span.of(tree.text)) for a in frame.arguments)
