"""From inputs to articles: shapes, ids, order, and one clear line for each bad input."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Article
from kg.readers import ReadOptions, Skipped, read_articles
from kg.readers.inputs import FORMS
from kg.readers.options import KOREA

BODY = (
    "가람전자가 새빛소재와 손잡고 배터리 공장을 짓는다고 7일 밝혔다. 두 회사는 내년 하반기에 양산을 시작할 계획이다.\n"
)


def articles(*inputs: Path | str, **options: object) -> list[Article]:
    return [
        item
        for item in read_articles([str(name) for name in inputs], ReadOptions(**options))
        if isinstance(item, Article)
    ]  # type: ignore[arg-type]


def skipped(*inputs: Path | str, **options: object) -> list[Skipped]:
    found = [
        item
        for item in read_articles([str(name) for name in inputs], ReadOptions(**options))
        if isinstance(item, Skipped)
    ]  # type: ignore[arg-type]
    assert all("\n" not in item.reason and item.reason for item in found)
    return found


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_plain_text_keeps_its_title_in_the_text(tmp_path: Path) -> None:
    text = f"가람전자, 공장 착공\n\n입력 2023.03.07. 오전 9:05\n\n[수원=늘벗통신] 박서린 기자 = {BODY}"
    (article,) = articles(write(tmp_path / "기사.txt", "\ufeff" + text.replace("\n", "\r\n")))
    assert article == Article(
        "기사", text, "가람전자, 공장 착공", datetime(2023, 3, 7, 9, 5, tzinfo=KOREA), None, "늘벗통신", ("박서린",)
    )


def test_cp949_and_five_megabytes_are_read(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.txt", BODY.encode("cp949")))[0].text == BODY
    large = BODY * (5 * 1024 * 1024 // len(BODY.encode()))
    assert articles(write(tmp_path / "b.txt", large))[0].text == large


def test_bad_inputs_beside_a_good_one(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", BODY)
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder" / "photo.jpg", b"\xff\xd8\xff")
    write(tmp_path / "folder" / "README.md", "# 안내")
    write(tmp_path / "folder" / ".hidden.txt", BODY)
    os.mkfifo(tmp_path / "pipe")
    names = {
        write(tmp_path / "empty.txt", b""): "empty",
        write(tmp_path / "blank.txt", b"\xef\xbb\xbf \r\n\t\n"): "empty",
        write(tmp_path / "invisible.txt", "\u200b\u200b"): "empty",
        write(tmp_path / "bytes.txt", bytes(range(256)) * 20): "not text",
        write(tmp_path / "johab.txt", BODY.encode("johab")): "JOHAB",
        tmp_path / "missing.txt": "no such file",
        tmp_path / "folder": "nothing readable",
        tmp_path / "pipe": "not a regular file",
        tmp_path / "*.nothing": "no file matches",
        write(tmp_path / "cut.txt.gz", gzip.compress(BODY.encode() * 50)[:-20]): "cut short or damaged",
        write(tmp_path / "bad.zip", b"PK\x03\x04 nothing"): "cut short or damaged",
        write(tmp_path / "a.txt.zst", b"\x28\xb5\x2f\xfd\x00"): "",
        write(tmp_path / "list.json", "[]"): "empty",
        write(tmp_path / "bad.json", '{"text": '): "not JSON",
        write(tmp_path / "deep.json", "[" * 200_000): "not JSON",
        write(tmp_path / "none.xml", "<note><to>가</to></note>"): "no feed entries",
        write(tmp_path / "doc.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3"): "not text",
        write(tmp_path / "columns.csv", "a,b\n1,2\n"): "no column",
    }
    found = {item.input: item.reason for item in skipped(good, *names)}
    assert found.keys() == {str(name) for name in names}
    for name, reason in names.items():
        assert reason in found[str(name)], name
    assert [article.id for article in articles(*names, good)] == ["good"]
    assert skipped("file:///etc/passwd")[0].reason.startswith("only http")


def test_unreadable_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = write(tmp_path / "locked.txt", BODY)
    real = open

    def refusing(name: object, *rest: object, **more: object) -> object:
        if str(name) == str(locked):
            raise PermissionError(13, "Permission denied")
        return real(name, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refusing)
    assert skipped(locked) == [Skipped(str(locked), "cannot be read: permission denied")]
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "permission denied" in skipped(tmp_path)[0].reason


def test_weird_names_do_not_break_the_line(tmp_path: Path) -> None:
    assert skipped(str(tmp_path / "없는\n\u202e파일.txt"))[0].input.endswith("없는 파일.txt")
    assert "no such" in skipped("a\x00b")[0].reason or "cannot be opened" in skipped("a\x00b")[0].reason


def test_folders_are_walked_in_order_and_unknown_types_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", ".git/d.txt", "sub/README.md", "LICENSE.txt", "image.png", "data.bin"):
        write(tmp_path / name, f"{name} {BODY}")
    found = list(read_articles([str(tmp_path)]))
    assert [item.id for item in found if isinstance(item, Article)] == ["a", "b", "c"]
    assert len(found) == 3


def test_the_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    names = [write(tmp_path / name, f"{name} {BODY}") for name in ("x/k.txt", "y/k.txt", "z.txt")]
    rows = write(tmp_path / "r.jsonl", json.dumps({"id": "z", "text": BODY}) + "\n")
    assert articles(*names, rows) == articles(rows, *reversed(names)) == articles(tmp_path)


def test_ids(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / name, f"{name} {BODY}")
        for name in ("2024/기사.txt", "2025/기사.txt", "k.txt", "k.md", "n.jsonl.d.txt")
    ]
    assert {article.id for article in articles(*paths)} == {"2024/기사", "2025/기사", "k.txt", "k.md", "n.jsonl.d"}


def test_an_input_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    assert len(articles(path, tmp_path, f"{tmp_path}/*.txt", f"{tmp_path}/../{tmp_path.name}/a.txt")) == 1


def test_json_shapes(tmp_path: Path) -> None:
    row = {
        "id": "k1",
        "text": BODY,
        "title": "제목",
        "published": "2024-10-10",
        "url": "https://daon.example/1",
        "outlet": "다온통신",
        "authors": ["최은수 기자", {"name": "김하늘"}],
    }
    expected = Article(
        "k1",
        BODY,
        "제목",
        datetime(2024, 10, 10, tzinfo=KOREA),
        "https://daon.example/1",
        "다온통신",
        ("최은수", "김하늘"),
    )
    for name, data in {
        "one.json": json.dumps(row, indent=1),
        "list.json": json.dumps([row]),
        "line.jsonl": json.dumps(row),
        "lines.json": json.dumps(row) + "\n" + json.dumps(row),
        "pretty.jsonl": json.dumps(row, indent=2),
        "line.ndjson": "\ufeff" + json.dumps(row, ensure_ascii=False),
    }.items():
        assert articles(write(tmp_path / name, data)) == [expected], name
    assert articles(write(tmp_path / "wide.jsonl", json.dumps(row, ensure_ascii=False).encode("utf-16"))) == [expected]
    assert articles(write(tmp_path / "old.jsonl", json.dumps(row, ensure_ascii=False).encode("cp949"))) == [expected]


def test_null_fields_are_unknown_and_taken_from_the_text(tmp_path: Path) -> None:
    text = f"공장 착공\n\n[수원=늘벗통신] 박서린 기자 = {BODY}"
    path = write(
        tmp_path / "a.json", json.dumps({"text": text, "title": "", "published": None, "authors": None, "outlet": None})
    )
    (article,) = articles(path, published=datetime(2024, 1, 2, 3, 4))
    assert article == Article(
        "a", text, "공장 착공", datetime(2024, 1, 2, 3, 4, tzinfo=KOREA), None, "늘벗통신", ("박서린",)
    )


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [
        json.dumps({"text": "첫째 " + BODY}),
        "{broken",
        json.dumps({"title": "본문 없음"}),
        "[1]",
        "",
        json.dumps({"text": 5}),
        json.dumps({"text": "둘째 " + BODY}),
        "[" * 100_000,
        '{"text": "\\ud800 셋째"}',
        '{"n": ' + "9" * 5000 + "}",
    ]
    path = write(tmp_path / "r.jsonl", "\n".join(rows).encode() + b"\n\xff\xfe\n")
    assert [article.id for article in articles(path)] == ["r-1", "r-7", "r-9"]
    assert [item.input.rsplit(":", 1)[1] for item in skipped(path)] == ["2", "3", "4", "6", "8", "10", "11"]


def test_a_line_in_another_encoding_is_read_by_itself(tmp_path: Path) -> None:
    rows = [json.dumps({"id": name, "text": BODY}, ensure_ascii=False) + "\n" for name in "abc"]
    data = rows[0].encode() + rows[1].encode("cp949") + rows[2].encode()
    assert [article.text for article in articles(write(tmp_path / "r.jsonl", data))] == [BODY] * 3
    rows = [f"{name},{name}{BODY}" for name in "abc"]
    data = b"id,text\n" + b"n,ascii\n" * 9000 + rows[0].encode("cp949") + rows[1].encode()
    assert [article.text for article in articles(write(tmp_path / "r.csv", data))][1:] == [
        "a" + BODY.strip(),
        "b" + BODY.strip(),
    ]


def test_rows_of_one_id(tmp_path: Path) -> None:
    same = json.dumps({"id": "k", "text": BODY})
    other = json.dumps({"id": "k", "text": "다른 " + BODY})
    first = write(tmp_path / "a.jsonl", f"{same}\n{same}\n{other}\n")
    second = write(tmp_path / "b.jsonl", f"{same}\n{other}\n")
    assert [article.id for article in articles(first, second)] == ["k", "a/k", "b/k"]


def test_field_map(tmp_path: Path) -> None:
    path = write(tmp_path / "m.json", json.dumps({"headline": "제목", "body": {"content": BODY}}))
    (article,) = articles(path, field_map={"title": "headline", "text": "body.content"})
    assert (article.title, article.text) == ("제목", BODY)


@pytest.mark.parametrize(("name", "mark"), [("t.csv", ","), ("t.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_tables(tmp_path: Path, name: str, mark: str, encoding: str) -> None:
    rows = [
        ("id", "text", "published"),
        ("k1", '"첫 줄\n둘째 줄은 새빛소재가 밝혔다."', "2024-10-10"),
        ("k2", "가람전자가 밝혔다.", ""),
        ("k3", "", ""),
    ]
    path = write(tmp_path / name, "\r\n".join(mark.join(row) for row in rows).encode(encoding))
    found = articles(path)
    assert [(article.id, article.text) for article in found] == [
        ("k1", "첫 줄\n둘째 줄은 새빛소재가 밝혔다."),
        ("k2", "가람전자가 밝혔다."),
    ]
    assert found[0].published == datetime(2024, 10, 10, tzinfo=KOREA)
    assert "no text" in skipped(path)[0].reason


def test_markdown(tmp_path: Path) -> None:
    text = "---\npublished: 2024-10-10\nauthor: 최은수\n---\n# 가람전자, **공장** 착공\n\n"
    text += "**가람전자**가 [새빛소재](https://x.example)와 공장을 짓는다.\n"
    (article,) = articles(write(tmp_path / "a.md", text))
    assert article.text == "가람전자, 공장 착공\n\n가람전자가 새빛소재와 공장을 짓는다.\n"
    assert (article.title, article.authors) == ("가람전자, 공장 착공", ("최은수",))


def test_gzip_and_zip_members(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("나/기사.txt", "나 " + BODY)
        archive.writestr("가/기사.txt", "가 " + BODY)
        archive.writestr("rows.jsonl.gz", gzip.compress((json.dumps({"text": "줄 " + BODY}) + "\n").encode() * 1))
        archive.writestr("../../escape.txt", BODY)
        archive.writestr("inner.zip", b"PK\x03\x04")
        archive.writestr("image.png", b"\x89PNG")
        archive.writestr("broken.json", "{")
    path = write(tmp_path / "모음.zip", packed.getvalue())
    assert [article.id for article in articles(path)] == ["rows", "가/기사", "나/기사"]
    assert [item.input.partition("!")[2] for item in skipped(path)] == ["../../escape.txt", "broken.json", "inner.zip"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["모음.zip"]
    assert articles(write(tmp_path / "k.txt.gz", gzip.compress(BODY.encode())))[0].id == "k"
    assert articles(write(tmp_path / "unnamed", gzip.compress(BODY.encode())))[0].text == BODY


def test_decompression_bombs_are_stopped(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\n" * (80 * 1024 * 1024))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jsonl", b"\n" * (80 * 1024 * 1024))
        archive.writestr("good.txt", BODY)
    assert "expands" in skipped(write(tmp_path / "bomb.jsonl.gz", bomb))[0].reason
    path = write(tmp_path / "bomb.zip", packed.getvalue())
    assert "expands" in skipped(path)[0].reason
    assert [article.id for article in articles(path)] == ["good"]


def test_size_and_member_limits(tmp_path: Path) -> None:
    assert "larger than 100 bytes" in skipped(write(tmp_path / "a.txt", BODY), max_bytes=100)[0].reason
    rows = "\n".join(
        json.dumps({"id": name, "text": text}) for name, text in (("a", "짧다"), ("b", BODY * 9), ("c", "짧다 둘"))
    )
    path = write(tmp_path / "r.jsonl", rows)
    assert [article.id for article in articles(path, max_bytes=200)] == ["a", "c"]
    assert skipped(path, max_bytes=200)[0].input.endswith(":2")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", BODY)
    assert "more than 3 files" in skipped(write(tmp_path / "z.zip", packed.getvalue()), max_members=3)[0].reason


def test_an_unknown_type_named_by_the_user_is_sniffed(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "기사.원고", BODY))[0].text == BODY
    assert articles(write(tmp_path / "rows", json.dumps({"id": "k", "text": BODY}) + "\n"))[0].id == "k"
    page = f"<!doctype html><html><body><article><p>{BODY}</p></article></body></html>"
    assert articles(write(tmp_path / "page.asp", page))[0].text == BODY.strip()


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (BODY.encode(), ["stdin"]),
        (BODY.encode("cp949"), ["stdin"]),
        (json.dumps({"text": BODY}).encode(), ["stdin"]),
        (b'{"id":"a","text":"\xea\xb0\x80"}\n{"text":"\xeb\x82\x98"}\n', ["a", "stdin-2"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [article.id for article in articles("-")] == ids


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert skipped("-") == [Skipped("-", "empty")]


def test_rows_stream(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for number in range(2000):
            file.write(json.dumps({"id": str(number), "text": BODY}) + "\n")
        file.write("x" * 1000)
    stream = read_articles([str(path)])
    assert next(stream).id == "0"  # type: ignore[union-attr]
    stream.close()  # type: ignore[attr-defined]
    assert len(articles(path)) == 2000


PARTS = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b'{"text": "',
            b'"}',
            b"\n",
            b"[",
            b"]",
            b"<p>",
            b"</p>",
            b"<html><body>",
            b"<rss><channel><item>",
            b"</item>",
            b",",
            b'"',
            b"text,id\n",
            b"PK\x03\x04",
            b"\x1f\x8b\x08\x00",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            "가람전자가 밝혔다.".encode(),
            b"&#0;",
            b"\x00",
        ]
    ),
)


@pytest.mark.parametrize("suffix", [*FORMS, ".gz", ".jsonl.gz", ".zst", ".none", ""])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(PARTS, max_size=12).map(b"".join))
def test_no_bytes_of_any_type_raise(tmp_path: Path, suffix: str, data: bytes) -> None:
    found = list(read_articles([str(write(tmp_path / f"f{suffix}", data))]))
    assert found
    for item in found:
        assert isinstance(item, Article) or ("unforeseen" not in item.reason and "\n" not in item.reason + item.input)


def test_a_symbolic_link_goes_by_its_own_name(tmp_path: Path) -> None:
    write(tmp_path / "store" / "x81.txt", BODY)
    (tmp_path / "기사.txt").symlink_to(tmp_path / "store" / "x81.txt")
    assert [article.id for article in articles(tmp_path / "기사.txt")] == ["기사"]
    assert len(articles(tmp_path)) == 1


def test_an_office_document_is_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert "office document" in skipped(write(tmp_path / "원고.docx", packed.getvalue()))[0].reason


def test_plain_text_loads_no_web_libraries(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    code = (
        "import sys; from kg.readers import read_articles; list(read_articles([sys.argv[1]]));"
        "print([name for name in ('trafilatura', 'feedparser', 'httpx', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
