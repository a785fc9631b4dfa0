"""Where sentences end: at final marks, with or without a space behind them."""

from __future__ import annotations

import pytest

from kg.analyze import analyze_article
from kg.model import Article


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("포럼은 7일 개최된다.앞서 강태오 총장은 성명을 냈다.", ["포럼은 7일 개최된다.", "앞서 강태오 총장은 성명을 냈다."]),
        ("위치를 확인했다.2010년 배가 떠올랐다.", ["위치를 확인했다.", "2010년 배가 떠올랐다."]),
        ("강태오는 \"끝났다.이제 가자\"고 말했다.", ["강태오는 \"끝났다.이제 가자\"고 말했다."]),
        ("매출은 3.5% 늘었다.", ["매출은 3.5% 늘었다."]),
        ("자세한 내용은 daon.example.com에서 볼 수 있다.", ["자세한 내용은 daon.example.com에서 볼 수 있다."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    found, _ = analyze_article(Article("example", text))
    assert [sentence.span.of(text) for sentence in found] == sentences
