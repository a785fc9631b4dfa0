"""The analysis of a whole article, and of a line that is to stay one tree."""

from __future__ import annotations

from bisect import bisect_left

from kg.analyze.eojeols import close_marks, find_eojeols
from kg.analyze.layout import find_lines
from kg.analyze.morphemes import find_tokens
from kg.analyze.parser import find_parses, parse_eojeols
from kg.analyze.sentences import find_sentence_spans
from kg.model import Article, Dateline, Eojeol, Sentence, SentenceRole, Span, Token


def analyze_article(article: Article) -> tuple[tuple[Sentence, ...], tuple[Dateline, ...]]:
    """The sentences of an article in order, with morphemes, eojeols and heads, and its datelines."""
    text = article.text
    bare: list[Sentence] = []
    lines = find_lines(text, article.title)
    rests = [Span(line.prefix.end if line.prefix else line.span.start, line.span.end) for line in lines]
    # every line's morphemes before any line's tree: the analyser and the parser each work in large tables of their own
    analysed = [find_tokens(text, rest) for rest in rests]
    for line, rest, tokens in zip(lines, rests, analysed, strict=True):
        for index, span in enumerate(find_sentence_spans(text, tokens, rest)):
            bare.append(_build_sentence(text, tokens, span, line.role, line.prefix if index == 0 else None))
    return _parse(bare), tuple(line.dateline for line in lines if line.dateline is not None)


def analyze_line(article: Article) -> tuple[tuple[Sentence, ...], tuple[Dateline, ...]]:
    """The sentences of a text without layout: every line break is a space, nothing is a heading or a dateline."""
    text = article.text
    tokens = find_tokens(text)
    spans = find_sentence_spans(text, tokens, Span(0, len(text)))
    return _parse([_build_sentence(text, tokens, span, "body", None) for span in spans]), ()


def parse_line(text: str) -> tuple[Eojeol, ...]:
    """The eojeols of a line as one tree, whatever sentences it holds: the form in which treebanks come."""
    return parse_eojeols(find_eojeols(text, find_tokens(text), Span(0, len(text))))


def _parse(bare: list[Sentence]) -> tuple[Sentence, ...]:
    parses = find_parses([sentence.eojeols for sentence in bare])
    return tuple(Sentence(s.span, s.tokens, parse.eojeols, s.role, s.prefix) for s, parse in zip(bare, parses, strict=True))


def _start(token: Token) -> int:
    return token.span.start


def _build_sentence(text: str, tokens: tuple[Token, ...], span: Span, role: SentenceRole, prefix: Span | None) -> Sentence:
    first, stop = (bisect_left(tokens, at, key=_start) for at in (span.start, span.end + 1))
    inside = tuple(token for token in tokens[first:stop] if token.span.end <= span.end)
    if role in ("body", "caption") and all(t.tag.startswith(("W_", "S")) for t in inside):
        role = "boilerplate"  # a date or an address left over behind a caption
    whole = Span(prefix.start, span.end) if prefix else span
    return Sentence(whole, inside, close_marks(text, find_eojeols(text, inside, span)), role, prefix)
