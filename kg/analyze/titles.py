"""Titles that are clauses: 노래 ‘바라볼 수 없는 그대’ names a song, and nobody looks at anybody in it."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.model import Span, Token

# what a title in marks may stand behind: the class of a work, or who broadcasts it
_CLASSES = (
    "영화 드라마 사극 시트콤 노래 곡 신곡 타이틀곡 수록곡 데뷔곡 히트곡 앨범 싱글 음반 음원 OST 소설 장편소설 단편소설 소설집 저서 에세이 산문집 "
    "수필집 시집 동화 그림책 책 신간 도서 뮤지컬 연극 오페라 예능 예능프로그램 프로그램 시사프로그램 교양프로그램 토크쇼 오디션 버라이어티 리얼리티 "
    "웹툰 만화 애니메이션 다큐멘터리 다큐 시리즈 게임 전시 기획전 특별전 개인전 공연 콘서트 코너 칼럼 작품 대표작 데뷔작 신작 채널"
).split()
_BROADCASTERS = r"KBS ?\d?|KBS ?[12]TV|MBC|SBS|EBS|JTBC|tvN|TVN|Mnet|OCN|MBN|채널 ?A|TV ?조선|넷플릭스|디즈니플러스|웨이브|티빙"
_TITLE = re.compile(
    rf"(?:(?<![가-힣])(?:[가-힣]{{0,4}})?(?:{'|'.join(sorted(_CLASSES, key=lambda word: (-len(word), word)))})|{_BROADCASTERS})"
    r"(?:인|\([^()]{1,20}\))?\s?"
    r"(?P<mark>[‘'<《「『〈])(?P<title>[^‘’'<>《》「」『』〈〉\"“”\n]{2,30})[’'>》」』〉]"
    r"(?!이?라[고며는면]|이?란|고[ ,]|다|며|면서)"
)
_TELLING = ("V", "E", "XSV", "XSA", "JKS", "JKO", "JKB", "JX", "NP", "MAG")
_ENDS_SPEECH = re.compile(r"[.?!…]$")


def seal_titles(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The morphemes with each word of a telling title as one proper noun: 바라볼/NNP 수/NNP 없는/NNP 그대/NNP."""
    if not tokens:
        return tokens
    matches = list(_TITLE.finditer(text, tokens[0].span.start, tokens[-1].span.end))
    if not matches:
        return tokens
    starts = [token.span.start for token in tokens]
    sealed = list(tokens)
    for match in reversed(matches):
        inside = Span(*match.span("title"))
        first, stop = bisect_left(starts, inside.start), bisect_left(starts, inside.end)
        told = any(token.tag.startswith(_TELLING) for token in tokens[first:stop])
        whole = (not first or tokens[first - 1].span.end <= inside.start) and tokens[stop - 1].span.end <= inside.end
        if not told or not whole or _ENDS_SPEECH.search(match["title"]):
            continue
        words = [Span(inside.start + word.start(), inside.start + word.end()) for word in re.finditer(r"\S+", match["title"])]
        sealed[first:stop] = [Token(span.of(text), span.of(text), "NNP", span) for span in words]
    return tuple(sealed)
