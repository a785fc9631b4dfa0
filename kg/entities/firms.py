"""Firms that only the words beside an unknown name tell: 가온소재 주가, 가온소재에 입사했다, 입사한 가온소재에서."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.entities.kinds import CLASS_NOUNS, is_plain, kind_of_ending
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

# what only a firm has
_OWNED = frozenset(
    "주가 주식 시가총액 영업이익 순이익 당기순이익 임직원 최대주주 대주주 소액주주 주주총회 대표이사 공동대표 이사회 사내이사 사외이사".split()
)
_ENTERED = re.compile(r"(?:에|로|으로) (?:신입사원으로 |경력직으로 )?(?:입사|이직)|[을를] (?:퇴사)")
_LEFT = re.compile(r"(?:입사|퇴사|이직)한 $")
_SHORTEST = 3
_MARK_BEFORE = re.compile(r"(?:㈜|\(주\)|\(유\)|(?<![가-힣A-Za-z0-9])주식회사 ?)$")
_MARK_AFTER = re.compile(r"㈜|\(주\)| ?주식회사(?![가-힣])")

Found = tuple[int, int, str, str, int]


def without_firm_mark(gap: str) -> str:
    """What stands between two words without the mark of a firm: " ㈜" is a space."""
    return _MARK_BEFORE.sub("", gap)


def find_marked_firms(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Firms by the mark that they bear: ㈜가온소재, 가온소재(주)."""
    for word in words:
        before = _MARK_BEFORE.search(text, max(0, word.start - 5), word.start)
        if before is not None or (word.proper and _MARK_AFTER.match(text, word.end) is not None):
            yield word.start, word.end, "Company", "firm-mark", 82


def find_firms(
    text: str, words: Sequence[Word], gazetteers: Gazetteers, is_person: Callable[[str], bool], is_unheard: Callable[[str], bool]
) -> Iterator[Found]:
    """Unknown names that have what only firms have, or that somebody enters and leaves as one does a firm."""
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
        owns = after is not None and word.josa in ("", "의") and after.text in _OWNED
        told = owns or _ENTERED.match(text, word.end) is not None or _LEFT.search(text, max(0, word.start - 5), word.start) is not None
        if told and _is_unknown(word, gazetteers, is_unheard) and not is_person(word.text):
            yield word.start, word.end, "Company", "firm-context", 54


def _is_unknown(word: Word, gazetteers: Gazetteers, is_unheard: Callable[[str], bool]) -> bool:
    """Whether a word is a name of which nothing is known but that it is one."""
    if len(word.text) < _SHORTEST or word.text in CLASS_NOUNS or is_plain(word.text) or gazetteers.entry(word.text) is not None:
        return False
    if kind_of_ending(word.text) is not None or not {"NNP", "NNG", "SL", "XSN"} >= set(word.tags):
        return False
    return word.tags[0] == "NNP" or (len(word.tags) == 1 and is_unheard(word.text))
