"""Bytes become text once: encodings, hidden characters, and what is no text."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers.encodings import clean, decode, one_line

SENTENCE = "김영섭 KT 대표는 10일 서울에서 열린 간담회에서 “내년 1분기에 서비스를 시작한다”고 말했다.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "euc_kr", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_kr"]
)
def test_korean_encodings_are_read(encoding: str) -> None:
    assert clean(decode(SENTENCE.encode(encoding))) == SENTENCE


def test_syllables_outside_ks_x_1001_are_read_from_cp949() -> None:
    text = "펲시와 똠얌꿍을 파는 믜라클 식당이 서울에 문을 열었다. " * 3
    assert decode(text.encode("cp949")) == text


def test_short_cp949_is_read() -> None:
    assert decode("서울 연합".encode("cp949")) == "서울 연합"


@pytest.mark.parametrize("declared", [None, "johab", "euc-kr"])
def test_johab_is_refused_by_name(declared: str | None) -> None:
    with pytest.raises(InputError, match="JOHAB"):
        decode(SENTENCE.replace("“", '"').replace("”", '"').encode("johab"), declared)


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_not_text(seed: int) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(random.Random(seed).randbytes(50 + 400 * seed))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 \xe2\xe3", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x7fELF\x02\x01\x01\x00", b"\x00" * 100]
)
def test_binary_files_are_not_text(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data)


def test_a_wrong_declaration_is_overruled() -> None:
    assert decode(SENTENCE.encode("cp949"), "utf-8") == SENTENCE
    assert decode(SENTENCE.encode("utf-8"), "euc-kr") == SENTENCE


def test_a_declaration_may_not_name_another_codec() -> None:
    assert decode(b"KT", "zip") == "KT"
    assert decode(SENTENCE.encode("cp949"), "unicode_escape") == SENTENCE


def test_a_declared_japanese_page_is_read() -> None:
    text = "日本のニュースです。東京で会議が開かれました。"
    assert decode(text.encode("cp932"), "Shift_JIS") == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_character_cut_in_two_costs_only_itself(encoding: str) -> None:
    data = (SENTENCE * 20).encode(encoding)
    assert decode(data + "다".encode(encoding)[:1]) == SENTENCE * 20 + "\ufffd"


def test_hidden_characters_go_and_newlines_are_one_kind() -> None:
    assert clean("\ufeffK\u200bT\u2060는\r\n\u202e다\u202c\r끝\u2028.") == "KT는\n다\n끝\n."
    assert clean("가\x00나\x1b다\x85라") == "가 나 다\n라"
    assert clean("\ud800") == "\ufffd"


def test_decomposed_hangul_is_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "한국")) == "한국"


def test_no_break_space_and_tab_stay() -> None:
    assert clean("가\xa0나\t다") == "가\xa0나\t다"


def test_one_line() -> None:
    assert one_line(" 속보\n KT\u200b ") == "속보 KT"


@given(st.text())
def test_cleaning_is_idempotent_and_encodable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once and once.encode("utf-8").decode("utf-8") == once


@given(st.binary(max_size=300))
def test_decoding_gives_text_or_a_reason(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError as error:
        assert "\n" not in error.message and error.message
    else:
        assert isinstance(text, str)
