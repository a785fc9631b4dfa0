"""Titles that are clauses are sealed, quoted words are not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.analyze import find_tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("노래 '기다릴 수 없는 그대'로 데뷔했다.", ["기다릴", "수", "없는", "그대"]),
        ("SBS '너는 내 이웃'에 출연했다.", ["너는", "내", "이웃"]),
        ("드라마 ‘여름이 뭐길래’를 연출했다.", ["여름이", "뭐길래"]),
        ("예능 프로그램(2019년) '아는 이웃'에는 배우가 나왔다.", ["아는", "이웃"]),
    ],
)
def test_words_of_a_telling_title_are_proper_nouns(text: str, words: list[str]) -> None:
    assert [token.form for token in find_tokens(text) if token.tag == "NNP" and token.form in words] == words


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("노래 '사랑한다'고 외쳤다.", "사랑"),
        ("영화 '재미있다'라며 웃었다.", "재미있"),
        ("그는 '너는 내 이웃'이라고 말했다.", "는"),
        ("노래 '언제 오나요?'가 나왔다.", "오"),
    ],
)
def test_quoted_words_are_read_as_words(text: str, verb: str) -> None:
    assert any(token.form == verb and token.tag != "NNP" for token in find_tokens(text))


def test_morphemes_keep_their_places() -> None:
    text = "그는 1988년 노래 '기다릴 수 없는 그대'로 데뷔했다."
    tokens = find_tokens(text)
    assert all(token.span.of(text) == token.form for token in tokens if token.tag == "NNP")
    assert all(a.span.end <= b.span.start for a, b in pairwise(tokens))
