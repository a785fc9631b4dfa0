"""The dependency parser: well-formed trees for any input, right heads in plain sentences, the same tree every time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyze import find_eojeols, find_tokens
from kg.analyze.parser import find_parses, parse_eojeols
from kg.model import Eojeol, Span, Token

LABELS = {
    f"{phrase}{role}"
    for phrase in ("NP", "VP", "VNP", "AP", "DP", "IP", "X", "L", "R")
    for role in ("", "_SBJ", "_OBJ", "_AJT", "_MOD", "_CNJ", "_CMP")
}
TAGS = (
    "NNG NNP NNB NR NP SN SL VV VA VX VCP XSV XSA XSN EP EF EC ETM ETN JKS JKO JKB JX JC JKG MAG MM IC SF SP SSO SSC W_URL Z_CODA".split()
)


def read(text: str) -> tuple[Eojeol, ...]:
    return find_eojeols(text, find_tokens(text), Span(0, len(text)))


def assert_tree(before: tuple[Eojeol, ...], after: tuple[Eojeol, ...]) -> None:
    assert [(e.span, e.tokens) for e in before] == [(e.span, e.tokens) for e in after]
    heads = [e.head for e in after]
    assert heads.count(0) == min(1, len(heads))
    assert not heads or heads[-1] == 0
    open_heads: list[int] = []
    for number, head in enumerate(heads, 1):
        while open_heads and open_heads[-1] == number:
            open_heads.pop()
        if head:
            assert number < head <= len(heads)
            assert not open_heads or head <= open_heads[-1]  # no arc crosses another
            open_heads.append(head)
    assert {e.label for e in after} <= LABELS


tokens = st.builds(
    lambda form, lemma, tag: Token(form, lemma, tag, Span(0, 0)), st.text(max_size=3), st.text(max_size=3), st.sampled_from(TAGS)
)
eojeols = st.lists(st.lists(tokens, max_size=5), max_size=70).map(
    lambda rows: tuple(Eojeol(Span(index, index + 1), tuple(row)) for index, row in enumerate(rows))
)


@settings(max_examples=60, deadline=None)
@given(eojeols)
def test_parser_builds_a_tree_of_anything(sentence: tuple[Eojeol, ...]) -> None:
    (parse,) = find_parses([sentence])
    assert_tree(sentence, parse.eojeols)
    assert len(parse.margins) == len(sentence)
    assert all(0 <= margin <= 20 for margin in parse.margins)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_parser_builds_a_tree_of_any_text(text: str) -> None:
    sentence = read(text)
    assert_tree(sentence, parse_eojeols(sentence))


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("회사는 새 공장을 부산에 지었다.", (5, 3, 5, 5, 0)),
        ("정부가 발표한 대책은 효과가 없었다.", (2, 3, 5, 5, 0)),
        ("시민들은 공원에서 책을 읽고 음악을 들었다.", (4, 4, 4, 6, 6, 0)),
        ("법원은 회사의 주장을 받아들이지 않았다.", (4, 3, 4, 5, 0)),
        ("검찰은 이 회사 대표가 돈을 받았다고 보고 있다.", (7, 3, 4, 6, 6, 7, 8, 0)),
        ("장관은 내일 서울에서 열리는 회의에 참석한다.", (6, 4, 4, 5, 6, 0)),
        ("은행과 보험사가 함께 펀드를 만들었다.", (2, 5, 5, 5, 0)),
    ],
)
def test_parser_finds_heads(text: str, heads: tuple[int, ...]) -> None:
    assert tuple(e.head for e in parse_eojeols(read(text))) == heads


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("회사는 공장을 부산에 지었다.", ("NP_SBJ", "NP_OBJ", "NP_AJT", "VP")),
        ("정부가 발표한 대책은 효과가 없었다.", ("NP_SBJ", "VP_MOD", "NP_SBJ", "NP_SBJ", "VP")),
        ("그 배우의 새 영화는 흥행작이다.", ("DP", "NP_MOD", "DP", "NP_SBJ", "VNP")),
        ("은행과 보험사가 펀드를 만들었다.", ("NP_CNJ", "NP_SBJ", "NP_OBJ", "VP")),
    ],
)
def test_parser_finds_labels(text: str, labels: tuple[str, ...]) -> None:
    assert tuple(e.label for e in parse_eojeols(read(text))) == labels


def test_parser_is_repeatable() -> None:
    sentence = read("검찰은 어제 회사 임원 세 명을 배임 혐의로 재판에 넘겼다고 설명했다.")
    assert find_parses([sentence]) == find_parses([sentence])


def test_parser_of_nothing_is_nothing() -> None:
    assert parse_eojeols(()) == ()


def test_one_eojeol_is_the_root() -> None:
    (only,) = parse_eojeols(read("끝났다."))
    assert (only.head, only.label) == (0, "VP")


@pytest.mark.parametrize("size", [47, 48, 49, 50, 112, 113, 200])
def test_parser_crosses_its_window(size: int) -> None:
    sentence = read("시장은 학교를 짓고 " * (size // 3) + "끝 " * (size % 3))
    assert len(sentence) == size
    assert_tree(sentence, parse_eojeols(sentence))


def test_parser_of_a_very_long_line_is_linear() -> None:
    unit = read("시장은 새 학교를 짓고 공원을 만들었으며, ")
    short, long = unit * 200, unit * 2000
    parse_eojeols(short)
    begin = time.process_time()
    parse_eojeols(short)
    middle = time.process_time()
    parsed = parse_eojeols(long)
    end = time.process_time()
    assert_tree(long, parsed)
    assert end - middle < 40 * max(middle - begin, 0.02)
