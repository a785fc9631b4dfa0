"""Eojeols: the whitespace units of a text, each with its morphemes."""

from __future__ import annotations

import re

from kg.model import Eojeol, Span, Token

# an opening mark begins an eojeol even where its blank was forgotten: 위한‘낚시 관리법’
_LONGEST_NAME = 7  # eojeols
_TELLING = frozenset("는 은 고 라 며 이 도".split())  # behind a sentence in marks: 않았다'는 신고
_INSIDE = 8  # eojeols that what a noun has in brackets may take
_UNMARKED = re.compile(r"[\w\s.,?!%·~…-]*")
_WORD = re.compile(r"\S(?:[^\s‘“《「『]|(?<![가-힣])[‘“《「『]|[‘“](?=[고며는은이가을를의에]|라[고며]))*")


def find_eojeols(text: str, tokens: tuple[Token, ...], span: Span) -> tuple[Eojeol, ...]:
    """The eojeols of ``text`` inside ``span``, unparsed: "KT가 투자한다." gives two.

    A morpheme that reaches over white space is cut at it; one in no eojeol (a line break) is dropped.
    """
    eojeols: list[Eojeol] = []
    index, count = 0, len(tokens)
    for match in _WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        inside: list[Token] = []
        while index < count:
            token = tokens[index]
            first, last = token.span.start, token.span.end
            if first >= end and not first == last == end:
                break  # a morpheme without characters of its own ends here: the ㄴ of 열린
            if last > start or first >= start:
                inside.append(token if start <= first and last <= end else _cut(text, token, start, end))
            if last > end:
                break  # its rest belongs to the next eojeol
            index += 1
        eojeols.append(Eojeol(Span(start, end), tuple(inside)))
    return tuple(eojeols)


def close_marks(text: str, eojeols: tuple[Eojeol, ...]) -> tuple[Eojeol, ...]:
    """Eojeols that nothing but marks hold apart, as one: "혐의(도로교통법 위반)로" is 혐의로 with something added, "'님은 먼 곳에'를" one name."""
    if not eojeols or _UNMARKED.fullmatch(text, eojeols[0].span.start, eojeols[-1].span.end):
        return eojeols
    joined: list[Eojeol] = []
    index = 0
    while index < len(eojeols):
        last, tokens = _find_closing(eojeols, index), eojeols[index].tokens
        if last > index:
            tokens = tuple(token for eojeol in eojeols[index : last + 1] for token in eojeol.tokens)
        elif tokens and tokens[0].tag == "SSO" and tokens[0].form == "‘" and all(token.tag != "SSC" for token in tokens):
            last = _find_name_end(eojeols, index)
            tokens = tokens if last == index else _name(text, eojeols, index, last)
        joined.append(Eojeol(Span(eojeols[index].span.start, eojeols[last].span.end), tokens))
        index = last + 1
    return tuple(joined)


def _find_name_end(eojeols: tuple[Eojeol, ...], index: int) -> int:
    """The eojeol in which single marks close that hold a name, by what follows them; ``index`` itself where they hold what somebody says."""
    for last in range(index + 1, min(len(eojeols), index + _LONGEST_NAME)):
        tokens = eojeols[last].tokens
        for place, token in enumerate(tokens):
            if token.tag in ("SSO", "SF"):
                return index
            if token.tag != "SSC":
                continue
            before = [t for e in eojeols[index:last] for t in e.tokens] + list(tokens[:place])
            ended = before[-1]
            behind = tokens[place + 1] if place + 1 < len(tokens) else None
            if token.form != "’" or ended.tag in ("NNB", "ETM", "EP") or not any(t.tag[0] in "VE" or t.tag.startswith("J") for t in before):
                return index
            if behind is None:
                noun = eojeols[last + 1].tokens[:1] if last + 1 < len(eojeols) else ()
                return last if noun and noun[0].tag in ("NNG", "NNP", "SL") and ended.tag != "EF" else index
            told = ended.tag in ("EF", "EC") and behind.form in _TELLING
            return last if behind.tag.startswith("J") and behind.tag not in ("JKQ", "JKV") and not told else index
    return index


def _name(text: str, eojeols: tuple[Eojeol, ...], index: int, last: int) -> tuple[Token, ...]:
    """The morphemes of a name in marks: the marks, the words between as one noun, and what follows."""
    tokens = [token for eojeol in eojeols[index : last + 1] for token in eojeol.tokens]
    close = next(n for n, token in enumerate(tokens) if token.tag == "SSC")
    words = Span(tokens[1].span.start, max(token.span.end for token in tokens[1:close]))
    tag = tokens[close - 1].tag if tokens[close - 1].tag in ("NNG", "SL") else "NNP"
    return (tokens[0], Token(words.of(text), words.of(text), tag, words), *tokens[close:])


def _find_closing(eojeols: tuple[Eojeol, ...], index: int) -> int:
    """The eojeol in which a bracket closes that opens behind a noun and holds no sentence; ``index`` itself where there is none."""
    tokens = eojeols[index].tokens
    opened = next((n for n, token in enumerate(tokens) if token.tag == "SSO" and token.form == "(" and n), None)
    if opened is None or any(token.form == ")" for token in tokens[opened:]):
        return index
    for last in range(index + 1, min(len(eojeols), index + _INSIDE)):
        for token in eojeols[last].tokens:
            if token.form == "(" or token.tag in ("EF", "SF"):
                return index
            if token.form == ")":
                return last
    return index


def _cut(text: str, token: Token, start: int, end: int) -> Token:
    piece = Span(max(start, token.span.start), min(end, token.span.end))
    return Token(piece.of(text), piece.of(text), token.tag, piece)
