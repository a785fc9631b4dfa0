"""Sentences: a line's morphemes cut at final endings outside quotations and brackets."""

from __future__ import annotations

from kg.model import Span, Token

_OPEN = frozenset("“‘\"'([{（［「『〈《【<")
_DOUBLE = frozenset("“”\"")
_LONGEST_QUOTATION = 2000


def find_sentence_spans(text: str, tokens: tuple[Token, ...], span: Span) -> tuple[Span, ...]:
    """The sentences of a line: '그는 "간다. 온다"고 했다. 끝났다.' is two, for a quotation is not cut."""
    cuts: list[int] = []
    depth = _depths(tokens)
    for index, token in enumerate(tokens):
        if token.tag not in ("SF", "SE") or depth[index] > 0:
            continue
        end = _after_closers(tokens, index)
        if end >= span.end or not (text[end].isspace() or _is_run_on(text, tokens, index, end)):
            continue
        if token.tag == "SE" and not _is_final(tokens, index):
            continue
        if _is_abbreviation(tokens, index):
            continue
        cuts.append(end)
    spans: list[Span] = []
    start = span.start
    for cut in [*cuts, span.end]:
        while start < cut and text[start].isspace():
            start += 1
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            spans.append(Span(start, stop))
        start = cut
    return tuple(spans)


def _depths(tokens: tuple[Token, ...]) -> list[int]:
    """How many quotations and brackets each token stands in; a mark that is never closed does not count."""
    depth = [0] * len(tokens)
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if token.tag == "SSO":
            stack.append(index)
        elif token.tag == "SSC" and stack:
            pairs.append((stack.pop(), index))
    for first, last in pairs:
        if tokens[last].span.end - tokens[first].span.start <= _LONGEST_QUOTATION:
            depth[first] += 1
            depth[last] -= 1
    level = 0
    for index, change in enumerate(depth):
        level += change
        depth[index] = level
    return depth


def _after_closers(tokens: tuple[Token, ...], index: int) -> int:
    """Where the sentence ends: after the final mark and the quotation marks and brackets that close right behind it."""
    end = tokens[index].span.end
    noted = False
    for token in tokens[index + 1 :]:
        noted = noted or (token.tag == "SSO" and token.form == "[")  # a footnote mark: 했다.[4]
        if token.span.start != end or not (token.tag in ("SSC", "SF", "SE") or (noted and token.tag in ("SSO", "SN"))):
            break
        if token.tag == "SSC" and token.form == "]":
            noted = False
        end = token.span.end
    return tokens[index].span.end if noted else end


def _is_run_on(text: str, tokens: tuple[Token, ...], index: int, end: int) -> bool:
    """Whether a sentence begins right behind a full stop, the space forgotten: "끝났다.시장은", but not "www.다온.한국"."""
    if index == 0 or tokens[index].form != "." or tokens[index - 1].tag != "EF" or not tokens[index - 1].form.endswith(("다", "까", "요")):
        return False
    return "가" <= text[end] <= "힣" or text[end].isdigit()


def _is_final(tokens: tuple[Token, ...], index: int) -> bool:
    return index > 0 and tokens[index - 1].tag in ("EF", "SF", "SSC")


def _is_abbreviation(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the full stop belongs to the word before it: "No. 1", "J. 스미스", "1. 개요"."""
    if index == 0:
        return True
    before = tokens[index - 1]
    if before.tag == "SN":
        return index == 1 or (tokens[index - 2].span.end < before.span.start and index - 2 < 0)
    return before.tag == "SL" and (len(before.form) == 1 or before.form.lower() in ("no", "mr", "ms", "dr", "st", "vs", "jr", "inc", "co", "ltd"))
