"""The words of a sentence: noun stems without their particles, with what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Token

DOTS = frozenset("·․‧∙・ㆍ")  # the signs that newspapers join equals with
_TRAILING = frozenset({"XSN"})
# days by which events are called
_REMEMBERED = frozenset(f"{day[0]}{mark}{day[1]}" for mark in "·ㆍ." for day in (("6", "25"), ("5", "18"), ("4", "19"), ("3", "1"), ("4", "3")))


class Word(NamedTuple):
    """A stretch of nouns: "대표이사가" is 대표이사 with josa 가; ``gap`` is what stands before it ("", " ", "(", " '" …)."""

    start: int
    end: int
    text: str
    josa: str
    gap: str
    tags: tuple[str, ...]
    last: int = 0  # the length of the last morpheme

    @property
    def proper(self) -> bool:
        """Whether part of it is a proper noun or foreign letters, or it is no single dictionary noun."""
        return len(self.tags) > 1 or self.tags[0] in ("NNP", "SL", "SH")


def find_words(text: str, tokens: Sequence[Token]) -> list[Word]:
    """The noun words of a sentence: "KT 김영섭 대표가" has KT, 김영섭 and 대표 (josa 가)."""
    words: list[Word] = []
    before = tokens[0].span.start if tokens else 0
    index, size = 0, len(tokens)
    while index < size:
        token = tokens[index]
        if not _is_noun(token) or token.span.start == token.span.end:
            index += 1
            continue
        stop = index + 1
        while stop < size and tokens[stop].span.start == tokens[stop - 1].span.end and _goes_on(tokens, stop):
            stop += 1
        start, end = token.span.start, tokens[stop - 1].span.end
        follow = stop
        while follow < size and tokens[follow].span.start == tokens[follow - 1].span.end and tokens[follow].tag[0] in "JEVX":
            follow += 1
        josa = text[end : tokens[follow - 1].span.end] if follow > stop else ""
        tags = tuple(item.tag for item in tokens[index:stop])
        tags = ("NNP", *tags[3:]) if tags[:3] == ("SN", "SP", "SN") else tags  # 6·25전쟁: a name
        words.append(Word(start, end, text[start:end], josa, text[before:start], tags,
                          tokens[stop - 1].span.end - tokens[stop - 1].span.start))
        before = max(end, tokens[follow - 1].span.end) if follow > stop else end
        index = stop
    return words


def _is_noun(token: Token) -> bool:
    tag = token.tag
    return tag in ("NNG", "NNP", "NNB", "NR", "SL", "SH", "SN", "XR", "XPN", "W_SERIAL") or (tag == "MM" and len(token.form) == 1)


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if _is_noun(token) or token.tag in _TRAILING:
        return True
    if token.form in ("·", "ㆍ", ".") and index + 1 < len(tokens) and tokens[index + 1].span.start == token.span.end:
        if tokens[index - 1].form + token.form + tokens[index + 1].form in _REMEMBERED and _is_noun_behind(tokens, index + 2):
            return True  # 6·25전쟁, 5·18단체
    # GPT-4o, 3.5, S&P: a mark between letters or digits
    return (token.form in ("-", "&", ".") and index + 1 < len(tokens) and tokens[index - 1].tag in ("SL", "SN")
            and tokens[index + 1].tag in ("SL", "SN") and tokens[index + 1].span.start == token.span.end)


def _is_noun_behind(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].span.start == tokens[index - 1].span.end and tokens[index].tag in ("NNG", "NNP")


def is_part_of_noun(word: Word, ending: str) -> bool:
    """Whether an ending is only the end of the last noun of a word: 역 of 금연구역 is, 역 of 구의역 is not."""
    return bool(ending) and len(word.tags) > 1 and word.tags[-1] == "NNG" and word.last > len(ending)


def outside_brackets(text: str, words: Sequence[Word]) -> list[bool]:
    """Which words stand outside round brackets: 가온 of "KT(가온) 대표" does not."""
    outside, depth, place = [], 0, words[0].start if words else 0
    for word in words:
        between = text[place : word.start]
        depth = max(0, depth + between.count("(") - between.count(")"))
        outside.append(depth == 0)
        place = word.start
    return outside
