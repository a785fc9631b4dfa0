"""Which way a time points: back or ahead, by the words beside it and the next verb of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from kg.model import Token

REACH = 90


def _syllables(final: int, without: str = "") -> str:
    """All syllables with one final consonant, by its index in Unicode's order."""
    return "".join(chr(c) for c in range(0xAC00 + final, 0xD7A4, 28) if chr(c) not in without)


PAST_SYLLABLE = _syllables(20, "있겠")  # final ㅆ
LIEUL = _syllables(8)
NIEUN = _syllables(4)
CUE = re.compile(
    rf"(?P<past>[{PAST_SYLLABLE}](?:다|고|으|던|는|지|음|습|을|네|나)"
    rf"|(?<![위대관인통또북남신제권무])(?P<modifying>[한된](?= [가-힣]))|열린 |있었|없었"
    r"|(?P<ongoing>고 있[다는고으습]|[가-힣] 중(?:이다|이라|인|입니다)))"
    rf"|(?P<future>(?<![가-힣])예정|(?<![가-힣])(?:계획|방침|전망|목표)(?=[이하으로]|인[ 데지]|[.,]|$)"
    rf"|[{LIEUL}] (?:것|거|듯|예정|계획|전망|방침)|[{LIEUL}]게요|겠|기로|앞두|[{NIEUN}]다(?![가-힣])|[{NIEUN}]다[고며는]|키로|할지)"
    r"|(?P<stop>[.!?。\n]\s|\n)"
)
_DONE = frozenset(("ᆫ", "은"))
_VERBS = frozenset(("VV", "XSV", "VX"))
_LOOKING_AHEAD = frozenset(("앞두다", "남다", "위하다", "대하다", "관하다", "따르다", "인하다"))
_SUPPOSED = re.compile(r"[^.!?。\n,]{0,30}?[가-힣]면(?=[ ,])")


def find_modifiers(tokens: tuple[Token, ...]) -> tuple[tuple[int, bool], ...]:
    """Where verbs end that modify a noun, and whether by what was done: 치러진 of "14일 치러진 선거", but not 열리는 or 앞둔."""
    pairs = ((a, b) for a, b in pairwise(tokens) if b.tag == "ETM" and a.tag in _VERBS)
    return tuple((b.span.end, b.form in _DONE and a.lemma not in _LOOKING_AHEAD) for a, b in pairs)


def tense_after(text: str, at: int, nouns: frozenset[int] = frozenset(), modifiers: tuple[tuple[int, bool], ...] = ()) -> int:
    """-1 where the next verb of the sentence is past, 1 where it looks ahead, else 0: "28일 열린다" gives 1.

    ``nouns`` are the places where nouns end, which are no verbs: 무기한 of "19일부터 무기한 파업에 들어간다"; ``modifiers``
    are the places where verbs end that modify a noun. The first of them decides: "10일 열리는 회의에서 새겨진 옷" is no past.
    """
    match = CUE.search(text, at, at + REACH)
    first = bisect_right(modifiers, (at, True))
    if first < len(modifiers) and not text.startswith(("까지", "부터"), at):
        end, done = modifiers[first]
        if done and end <= (at + REACH if match is None else match.start()):
            return -1
    while match is not None and match.group("modifying") and match.end() in nouns:
        match = CUE.search(text, match.end(), at + REACH)
    if match is None or match.group("stop"):
        return 0
    if match.group("modifying") and text.startswith(("까지", "부터"), at) and _SUPPOSED.match(text, match.end()):
        return 1  # 18일까지 진전된 안이 없으면: of the condition, and not of its words
    if match.group("ongoing") and text.startswith("까지", at):
        return 1  # 15일까지 모집 중이다
    return -1 if match.group("past") else 1


_REPORTED = re.compile(rf"(?:겠|[{NIEUN}는])다[고며]|(?:[{LIEUL}] )?(?:것|예정|계획|방침|전망)이라[고며](?!\s\d)")
_REPORTING = re.compile(rf"[{PAST_SYLLABLE}]다(?![고며는])|[{NIEUN}] 바 있다")


def is_of_report(text: str, at: int) -> bool:
    """Whether the next verb only is reported by a past one: of "7일 제도를 없애겠다고 발표했다" the 7th may be the report's."""
    match = CUE.search(text, at, at + REACH)
    if match is None or not match.group("future") or not _REPORTED.match(text, match.start()):
        return False
    behind = _REPORTING.search(text, match.end(), match.end() + REACH)
    return behind is not None and "\n" not in text[match.end() : behind.start()]
