"""Inputs made to do harm: each ends in one clear line that names it, and a good article beside it is read."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import pyzstd

from kg.model import Article
from kg.readers import ReadOptions, Skipped, read_articles

BODY = "가람전자가 10일 세종에 공장을 짓는다고 밝혔다.\n"
BLANKS = b"\n" * (80 * 1024 * 1024)
FEED = '<rss version="2.0"><channel><title>늘벗통신</title><item><title>착공</title><link>{}</link></item></channel></rss>'
BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "하">{}]><rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return held.getvalue()


def entities() -> bytes:
    return BOMB.format("".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))).encode()


def lying_zip() -> bytes:
    """An archive whose directory says that its member is small."""
    data = bytearray(zipped(rows_jsonl=BLANKS))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rfind(mark) + place
        data[start : start + 4] = (10).to_bytes(4, "little")
    return bytes(data)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "gzip-bomb": ("a.jsonl.gz", lambda: gzip.compress(BLANKS), "expands more than"),
    "zstd-bomb": ("a.jsonl.zst", lambda: pyzstd.compress(BLANKS), "expands more than"),
    "zip-bomb": ("a.zip", lambda: zipped(rows_jsonl=BLANKS), "expands more than"),
    "zip-bomb-that-lies": ("a.zip", lying_zip, ""),
    "zip-in-zip": ("a.zip", lambda: zipped(inner_zip=zipped(a_txt=BODY.encode())), "an archive inside an archive"),
    "name-that-leads-out": ("a.zip", lambda: zipped(**{"..__..__etc__a_txt": BODY.encode()}), "leads out of its archive"),
    "name-from-the-root": ("a.zip", lambda: zipped(__etc__a_txt=BODY.encode()), "leads out of its archive"),
    "cut-gzip": ("a.txt.gz", lambda: gzip.compress(BODY.encode() * 50)[:-20], "cut short or damaged"),
    "cut-zstd": ("a.txt.zst", lambda: pyzstd.compress(BODY.encode() * 50)[:-9], "cut short or damaged"),
    "zstd-then-noise": ("a.txt.zst", lambda: pyzstd.compress(BODY.encode()) + b"noise", "cut short or damaged"),
    "zstd-window": ("a.txt.zst", lambda: b"\x28\xb5\x2f\xfd\x00\xf8" + b"\x00" * 40, "cut short or damaged"),
    "deep-json": ("a.json", lambda: b'{"text": ' + b"[" * 300_000, "nested too deeply"),
    "long-number": ("a.json", lambda: b'{"text": ' + b"9" * 100_000 + b"}", "not JSON"),
    "entities": ("a.xml", entities, "declares its own entities"),
    "outside-entity": (
        "a.xml",
        lambda: b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item>&x;</item></channel></rss>',
        "declares its own entities",
    ),
    "link-to-a-file": ("a.xml", lambda: FEED.format("file:///etc/hostname").encode(), "without text or link"),
    "link-to-this-machine": ("a.xml", lambda: FEED.format("http://127.0.0.1:9/x").encode(), "private"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_one_line_names_it_and_the_rest_is_read(tmp_path: Path, case: str) -> None:
    name, content, reason = HOSTILE[case]
    (tmp_path / name).write_bytes(content())
    (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
    found = list(read_articles([str(tmp_path)], ReadOptions(follow=True)))
    assert [item.id for item in found if isinstance(item, Article)] == ["good"]
    (line,) = [item for item in found if isinstance(item, Skipped)]
    assert line.input.startswith(str(tmp_path / name))
    assert reason in line.reason
    assert "unforeseen" not in line.reason
    assert "\n" not in line.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((name, "good.txt"))


def test_a_page_of_a_hundred_thousand_nested_tags_ends_in_time(tmp_path: Path) -> None:
    depth = 100_000
    for name, tag in (("a.html", "div"), ("b.html", "span"), ("c.html", "blockquote")):
        page = f"<html><body><article>{f'<{tag}>' * depth}{BODY}{f'</{tag}>' * depth}</article></body></html>"
        (tmp_path / name).write_text(page, encoding="utf-8")
    (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
    before = time.process_time()
    found = list(read_articles([str(tmp_path)]))
    assert time.process_time() - before < 30
    assert len(found) == 4
    assert all("unforeseen" not in item.reason and "\n" not in item.reason for item in found if isinstance(item, Skipped))
    assert all(BODY.strip() in item.text for item in found if isinstance(item, Article))


def test_zstandard_is_read_in_every_place(tmp_path: Path) -> None:
    frames = b"".join(pyzstd.compress((json.dumps({"id": name, "text": f"{name} {BODY}"}) + "\n").encode()) for name in "가나")
    (tmp_path / "rows.jsonl.zst").write_bytes(frames)
    (tmp_path / "unnamed").write_bytes(pyzstd.compress(BODY.encode()))
    (tmp_path / "packed.zip").write_bytes(zipped(more_txt_zst=pyzstd.compress(f"다 {BODY}".encode())))
    found = list(read_articles([str(tmp_path / name) for name in ("rows.jsonl.zst", "unnamed", "packed.zip")]))
    assert [item.id for item in found if isinstance(item, Article)] == ["more", "가", "나", "unnamed"]
