"""What holds of the analysis, the clauses and the facts of any text at all: offsets inside it, nothing that overlaps, no exception."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.analyze import find_tokens
from kg.model import Article, Document, Span
from kg.pipeline import ReadingOptions, read_document

PIECES = st.sampled_from(
    [
        "한빛전자는", " ", "\n", "\n\n", "10일", "공장을", "지었다", ".", "고", " 밝혔다", "“", "”", "\"", "'", "‘", "’", "(", ")", "라며",
        "며 ", "김하늘 ", "대표", "가 ", "은 ", "것으로 ", "보인다", "예정이다",
        "△ ", "▲ ", "■ ", "· ", "1조2000억원", "에서 ", "열린 ", "회의", "않았다",
        "과 ", "[서울=가온통신] 한도윤 기자 = ", "2024.10.10.", "GPT-4o", "Phi 3.5", "hgd@example.com", "https://example.com/?a=b",
        "韓·美 ", "\u200b", "\ufeff",
        "😀", "👨‍👩‍👧", "\x00", "\x07", "\u202e", "ﾊﾝ", "Ａ", "\u1112\u1161\u11ab", "를", "한 ", "나모(43)씨", "그는 ", "양사는 ", "내년 2분기", "%",
    ]
)
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80), st.lists(PIECES, max_size=40).map("".join)
)
BARE = ReadingOptions(layout=False)


def lie_inside(spans: Iterable[Span], text: str) -> bool:
    return all(0 <= span.start <= span.end <= len(text) for span in spans)


def read(text: str, options: ReadingOptions | None = None) -> Document:
    return read_document(Article("x", text), options)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
@example("가" * 10_000)
@example("\x00\x00")
@example("1" * 3000 + "원")
def test_tokens_lie_inside_the_text_in_order(text: str) -> None:
    end = 0
    for token in find_tokens(text):
        assert end <= token.span.start <= token.span.end <= len(text)
        end = token.span.end


@settings(max_examples=250, deadline=None)
@given(TEXTS)
@example("“가” “나”라고 “다" * 40)
@example("(" * 200)
@example("‘’ 바다로 간 배’를 보았다")
@example("그는 " * 300 + "말했다.")
def test_every_span_of_a_document_lies_inside_the_text(text: str) -> None:
    doc = read(text)
    assert lie_inside((s.span for s in doc.sentences), text)
    for sentence in doc.sentences:
        assert lie_inside((e.span for e in sentence.eojeols), text)
        assert all(first.span.end <= second.span.start for first, second in zip(sentence.eojeols, sentence.eojeols[1:], strict=False))
        assert all(first.span.end <= second.span.start for first, second in zip(sentence.tokens, sentence.tokens[1:], strict=False))
    assert lie_inside((c.span for c in doc.clauses), text)
    assert lie_inside((a.span for c in doc.clauses for a in c.arguments), text)
    assert lie_inside((q.span for q in doc.quotations), text)
    assert lie_inside((m.span for m in doc.mentions), text)
    assert lie_inside((span for entity in doc.entities for span in entity.mentions), text)
    assert all(time.text == time.span.of(text) for time in doc.times)
    assert all(quantity.text == quantity.span.of(text) for quantity in doc.quantities)
    assert lie_inside((fact.evidence.sentence for fact in doc.facts), text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_sentence_has_one_root_and_heads_to_the_right(text: str) -> None:
    for sentence in read(text, BARE).sentences:
        heads = [eojeol.head for eojeol in sentence.eojeols]
        assert not heads or heads.count(0) == 1
        assert all(head == 0 or head > number for number, head in enumerate(heads, start=1))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_is_read_alike_twice(text: str) -> None:
    assert read(text) == read(text)
