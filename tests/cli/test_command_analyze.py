"""``kg analyze``: one object for each line whatever is in it, and an article with all that was seen in it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

FIELDS = {"text", "ner", "eojeols", "entities", "times", "quantities", "facts"}
LINE = "한빛전자는 2024년 10월 10일 서울에 200억원을 투자했다."
ODD = (
    "",
    " ",
    "\t",
    "\r",
    f"{LINE}\r",
    f"앞\u0085뒤 {LINE}",
    f"앞\u2028뒤\u2029끝 {LINE}",
    f"앞\x0b뒤\x0c끝\x1c\x1d\x1e {LINE}",
    f"  {LINE}  ",
    f"{LINE} {LINE} {LINE}",
    "\ufeff한빛전자",
    "😀😀 🎉",
    "한\x00빛",
    "가" * 10_000,
    "가 " * 2_000,
    "”’》)]”",
    "((((((((((",
    "“한빛전자는 “새봄은행은 “",
    "\u1112\u1161\u11ab\u1107\u1175\u11be전자",
    unicodedata.normalize("NFD", LINE),
    "A" * 300 + " 1234567890123456789012345678901234567890원",
    "0000년 99월 99일 25시 61분",
    "\u202e한빛전자\u202c",
    "｛전각｝ １２３억원",
    "<script>alert(1)</script> & \"'",
)


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def test_every_line_gives_one_object_in_step(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_bytes("".join(f"{line}\n" for line in ODD).encode())
    ended = kg("analyze", "--lines", tmp_path / "lines.txt")
    assert (ended.code, ended.err) == (0, "")
    found = objects(ended.out)
    assert [one["text"] for one in found] == list(ODD)
    for one in found:
        assert set(one) == FIELDS
        check_spans(one)
        check_tree(one)


def check_spans(one: dict[str, Any]) -> None:
    text = one["text"]
    for name in ("ner", "eojeols", "entities", "times", "quantities"):
        for row in one[name]:
            assert 0 <= row["start"] < row["end"] <= len(text), (name, row)
            assert row.get("text", text[row["start"] : row["end"]]) == text[row["start"] : row["end"]]
    for fact in one["facts"]:
        assert fact["sentence"] == text[fact["start"] : fact["end"]]


def check_tree(one: dict[str, Any]) -> None:
    heads = [row["head"] for row in one["eojeols"]]
    assert [one["text"][row["start"] : row["end"]] for row in one["eojeols"]] == one["text"].split()
    assert heads.count(0) == (1 if heads else 0)
    assert all(0 <= head <= len(heads) and head != number for number, head in enumerate(heads, 1))


def test_decomposed_text_stays_as_it_is(kg: Any) -> None:
    text = unicodedata.normalize("NFD", LINE)
    (one,) = objects(kg("analyze", "--lines", "-", given=text.encode()).out)
    assert one["text"] == text
    (quantity,) = one["quantities"]
    assert unicodedata.normalize("NFC", text[quantity["start"] : quantity["end"]]) == "200억원"
    (time,) = one["times"]
    assert unicodedata.normalize("NFC", text[time["start"] : time["end"]]) == "2024년 10월 10일"


@pytest.mark.parametrize(("content", "count"), [(b"", 0), (b"\n", 1), (b"\n\n", 2), (b"a", 1), (b"a\n", 1), (b"a\n\n", 2), (b"a\r\nb", 2)])
def test_there_are_as_many_objects_as_lines(kg: Any, content: bytes, count: int) -> None:
    ended = kg("analyze", "--lines", "-", given=content)
    assert ended.code == 0
    assert ended.out.count("\n") == count


@pytest.mark.parametrize("content", [b"ok\n\xff\xfe\n", b"ok\n\xed\xa0\x80\n", "ok\n가나\n".encode("cp949")])
def test_what_is_not_utf8_is_an_error_that_names_the_line(kg: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lines.txt").write_bytes(content)
    ended = kg("analyze", "--lines", tmp_path / "lines.txt")
    assert ended.code == 1
    assert f"{tmp_path / 'lines.txt'}:2: not UTF-8" in ended.err


def test_values_are_those_of_the_contract(kg: Any) -> None:
    line = "내년 2분기에 2조4000억원을 투자한다."
    (one,) = objects(kg("analyze", "--lines", "-", "--published", "2024-10-10T00:00:00", given=line.encode()).out)
    assert one["times"][0]["time"] == {"value": "2025-Q2", "start": "2025-04-01", "end": "2025-06-30"}
    assert (one["quantities"][0]["value"], one["quantities"][0]["unit"]) == ("2400000000000", "KRW")


def test_a_line_that_breaks_a_pass_keeps_its_place(kg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.pipeline.analysis as analysis

    whole = analysis.analysis_of_line

    def breaking(text: str, published: Any = None) -> Any:
        if text == "둘":
            raise ZeroDivisionError("a bug")
        return whole(text, published)

    monkeypatch.setattr(analysis, "analysis_of_line", breaking)
    ended = kg("analyze", "--lines", "-", given="하나\n둘\n셋\n".encode())
    assert ended.code == 3
    assert [one["text"] for one in objects(ended.out)] == ["하나", "둘", "셋"]
    assert "-:2: cannot be analysed" in ended.err


def test_an_article_shows_all_that_was_seen(kg: Any, article: Path) -> None:
    ended = kg("analyze", article, "--published", "2024-10-10")
    assert ended.code == 0
    seen = json.loads(ended.out)
    assert {"sentences", "clauses", "quotations", "entities", "times", "quantities", "facts"} <= set(seen)
    assert seen["published"] == "2024-10-10T00:00:00+09:00"
    assert len(seen["sentences"]) == 2
    assert any(quotation["direct"] for quotation in seen["quotations"])
    assert kg("analyze", "-", given=article.read_bytes()).code == 0


def test_a_tree_is_for_people(kg: Any, article: Path) -> None:
    ended = kg("analyze", article, "--tree")
    assert ended.code == 0
    assert ended.out.startswith("[body] 한빛전자 김철수 대표가")
    assert "kg:isCEOOf" in ended.out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        ((), 2, "--lines FILE"),
        (("{article}", "--lines", "{article}"), 2, "--lines FILE"),
        (("--lines", "{article}", "--tree"), 2, "--tree"),
        (("{article}.missing",), 1, "no such file"),
        (("--lines", "{article}.missing"), 1, "cannot be read"),
        (("--lines", "{folder}"), 1, "cannot be read"),
        (("{folder}",), 1, "more than one"),
        (("{article}", "--published", "soon"), 2, "--published"),
    ],
)
def test_wrong_use_is_said(kg: Any, article: Path, words: tuple[str, ...], code: int, named: str) -> None:
    (article.parent / "둘.txt").write_text(LINE, encoding="utf-8")
    ended = kg("analyze", *(word.format(article=article, folder=article.parent) for word in words))
    assert (ended.code, ended.out) == (code, "")
    assert named in ended.err
