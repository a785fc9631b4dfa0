"""Doers: whether a noun may name somebody who does something, or only a thing."""

from __future__ import annotations

import re

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Argument
from kg.tables.lexicons import find_kind

_DOERS = frozenset("Person Organization GovernmentAgency PoliticalParty Court Company Country City MediaOutlet University".split())
_BODIES = frozenset(("Organization", "GovernmentAgency", "PoliticalParty", "Court", "Law"))  # 국가보안법에서 금지하는
_KIN = frozenset("남편 아내 부인 부부 아버지 어머니 아들 딸 형 누나 언니 오빠 동생 가족 친구 이웃 범인 운전사".split())
_MUTE = frozenset(("Event", "Product", "Technology", "Facility", "Award", "Fund", "Match", "Agreement", "Project"))
_MEASURED = ("량", "률", "율", "액", "성", "도", "력", "가격", "요금", "비용", "금액", "규모", "폭등", "급등", "상승", "하락", "인상", "증가", "감소")
_COUNTED = re.compile(r"\d\s?(?:대|건|척|채|개|마리|곳|기|발|편|점|량|권|장)$")


def is_doer(tree: Tree, subject: Argument) -> bool:
    """Whether a noun may name who does something: a person, a body, or a name that no dictionary has."""
    words = subject.head.of(tree.text)
    kind = find_kind(words)
    if kind is not None or words in _KIN:
        return words in _KIN or kind in _DOERS
    number = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > subject.head.start), None)
    nouns = tree.unit(number).nouns if number is not None else ()
    return bool(nouns) and nouns[-1].tag in ("NNP", "SL", "NNB")


def is_thing(tree: Tree, subject: Argument) -> bool:
    """Whether a noun of the dictionary names nobody who could speak: 예상강수량, 제도; of 노조 or 연구진 no kind is known either."""
    words = subject.head.of(tree.text)
    if _COUNTED.search(subject.span.of(tree.text)):
        return True  # 나머지 4대는 사라졌다고 밝혔다
    kind = find_kind(words)
    if kind is not None:
        return kind in _MUTE
    number = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > subject.head.start), None)
    nouns = tree.unit(number).nouns if number is not None else ()
    return bool(nouns) and nouns[-1].tag in ("NNG", "XSN") and words.endswith(_MEASURED)


def acts_in_place(tree: Tree, frame: Frame) -> bool:
    """Whether a body acts in the form of a place: 위원회에서 법안을 통과시켰다."""
    if frame.get("object") is None:
        return False
    places = (a for a in frame.arguments if a.josa == "에서" and not a.shared)
    return any(find_kind(a.head.of(tree.text)) in _BODIES for a in places)


def is_acting(tree: Tree, topic: Argument) -> bool:
    """Whether a topic is somebody: 노조 측은."""
    return tree.text[topic.span.end :].lstrip().startswith("측") or find_kind(topic.head.of(tree.text)) in _DOERS
