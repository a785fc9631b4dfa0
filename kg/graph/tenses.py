"""Whether a sentence says of a verb that it happened: "공장을 세웠다", "체결한 계약", and not "세운다" or "세울 계획"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_FIRST: Final = 0xAC00
_VOWELS, _FINALS = 21, 28
_SS, _N, _L, _D = 20, 4, 8, 7  # the finals ㅆ, ㄴ, ㄹ and ㄷ
# A stem's open vowel with 아/어 after it: 오+아 is 와, 우+어 is 워, 이+어 is 여, 으+어 is 어 (or 아), 외+어 is 왜.
_DRAWN: Final = {0: (0,), 1: (1,), 4: (4,), 5: (5,), 6: (6,), 8: (9,), 11: (10,), 13: (14,), 18: (4, 0), 20: (6,)}
# Finals that give way before a vowel: 짓다 지었다, 돕다 도왔다, 싣다 실었다.
_YIELDING: Final = {19: ("었", "았"), 17: ("왔", "웠")}


def is_told_as_past(sentence: str, lemma: str) -> bool:
    """Whether the sentence has the verb in the past: "세종에 공장을 세웠다" has 세우다 so, "세운다고 밝혔다" has not."""
    return past_pattern(lemma).search(sentence) is not None


@lru_cache(maxsize=4096)
def past_pattern(lemma: str) -> re.Pattern[str]:
    """What the verb looks like in the past: 맺다 is 맺었 or, before a noun, 맺은."""
    stem = lemma.removesuffix("다").split(" ")[-1]
    if not stem:
        return re.compile("(?!)")
    forms = sorted(_past_forms(stem))
    return re.compile("|".join(map(re.escape, forms)) + rf"|{re.escape(_adnominal(stem))}(?=\s|$)")


def _past_forms(stem: str) -> set[str]:
    head, last = stem[:-1], stem[-1]
    if last == "하":
        return {head + "했", head + "하였"}
    if last == "되":
        return {head + "됐", head + "되었"}
    lead, vowel, final = _split(last)
    if final:
        bare = head + _join(lead, vowel, 0)
        softened = (head + _join(lead, vowel, _L) + "었",) if final == _D else ()
        return {stem + "았", stem + "었", *(bare + ending for ending in _YIELDING.get(final, ())), *softened}
    if last == "르" and head:
        before = _split(head[-1])
        return {head[:-1] + _join(before[0], before[1], _L) + ending for ending in ("랐", "렀")} if not before[2] else {head + "렀"}
    return {head + _join(lead, drawn, _SS) for drawn in _DRAWN.get(vowel, (vowel,))}


def _adnominal(stem: str) -> str:
    lead, vowel, final = _split(stem[-1])
    return stem + "은" if final else stem[:-1] + _join(lead, vowel, _N)


def _split(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _FIRST
    if not 0 <= code < 11172:
        return 0, 0, -1
    return code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS


def _join(lead: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (lead * _VOWELS + vowel) * _FINALS + final)
