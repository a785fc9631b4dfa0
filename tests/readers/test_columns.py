"""Parquet: our fields among any columns, a few rows at a time, and a clear line for what cannot be read."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from kg.model import Article
from kg.readers import Meter, ReadOptions, Skipped, read_articles
from kg.readers.options import KOREA

BODY = "가람전자가 10일 세종에 공장을 짓는다고 밝혔다.\n"


def parquet(columns: dict[str, Any], **how: Any) -> bytes:
    """The bytes of a Parquet file of some columns."""
    held = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), held, **how)
    return held.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "rows.parquet", **options: Any) -> tuple[list[Article], list[Skipped]]:
    (tmp_path / name).write_bytes(data)
    found = list(read_articles([str(tmp_path / name)], ReadOptions(**options)))
    assert all("\n" not in item.reason + item.input for item in found if isinstance(item, Skipped))
    return [item for item in found if isinstance(item, Article)], [item for item in found if isinstance(item, Skipped)]


def test_fields_are_columns(tmp_path: Path) -> None:
    columns = {
        "id": ["가", None],
        "text": [BODY, "둘째. " + BODY],
        "published": [datetime(2024, 10, 10, 5, 6, 18, tzinfo=UTC), None],
        "authors": [["최은수"], None],
        "clicks": [7, 8],
    }
    found, skipped = read(tmp_path, parquet(columns))
    assert skipped == []
    assert [(a.id, a.text) for a in found] == [("가", BODY), ("rows-2", "둘째. " + BODY)]
    assert (found[0].published, found[0].authors) == (datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA), ("최은수",))


def test_columns_of_other_names_and_inside_others_are_mapped(tmp_path: Path) -> None:
    columns = {"no": [31], "doc": [{"title": "가람전자 착공", "body": BODY}], "day": [date(2024, 10, 10)]}
    mapped = {"id": "no", "text": "doc.body", "title": "doc.title", "published": "day"}
    (article,), _ = read(tmp_path, parquet(columns), field_map=mapped)
    assert (article.id, article.title, article.text) == ("31", "가람전자 착공", BODY)
    assert article.published == datetime(2024, 10, 10, tzinfo=KOREA)


def test_text_that_is_stored_as_bytes_is_decoded(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, parquet({"text": [BODY.encode("cp949")]}))
    assert (article.id, article.text) == ("rows", BODY)


@pytest.mark.parametrize("name", ["rows", "rows.parquet.gz", "rows.zip"])
def test_it_is_known_by_its_first_bytes_and_read_from_what_packs_it(tmp_path: Path, name: str) -> None:
    data = parquet({"text": [BODY, "둘째. " + BODY]})
    if name.endswith(".gz"):
        data = gzip.compress(data)
    elif name.endswith(".zip"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("rows.parquet", data)
        data = packed.getvalue()
    found, skipped = read(tmp_path, data, name)
    assert ([a.id for a in found], skipped) == (["rows-1", "rows-2"], [])


def test_a_row_without_an_article_is_skipped_alone(tmp_path: Path) -> None:
    found, skipped = read(tmp_path, parquet({"text": [BODY, None, "  ", "끝. " + BODY]}))
    assert [a.id for a in found] == ["rows-1", "rows-4"]
    assert [item.input.rpartition(":")[2] for item in skipped] == ["2", "3"]


def test_rows_come_a_few_at_a_time_and_move_the_meter(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet({"text": [f"{number}. {BODY}" for number in range(200)]}))
    meter = Meter()
    stream = read_articles([str(path)], meter=meter)
    shown = [meter.done for item in stream if isinstance(item, Article)]
    assert shown == sorted(shown) and meter.total == path.stat().st_size
    assert shown[49] <= path.stat().st_size // 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (parquet({"body": [BODY]}), 'no column "text" among body'),
        (parquet({"text": [7]}), "is not a string"),
        (parquet({"text": [BODY] * 50})[:-40], "cut short, damaged"),
        (b"PAR1" + b"\x00" * 100 + b"PAR1", "cut short, damaged"),
        (b"PAR1", "cut short, damaged"),
        (parquet({"text": pyarrow.array([], pyarrow.string())}), "no articles"),
    ],
    ids=["no-text", "numbers", "cut", "zeros", "mark", "no-rows"],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    found, skipped = read(tmp_path, data)
    assert found == []
    assert len(skipped) == 1
    assert reason in skipped[0].reason


def test_texts_beyond_reason_for_their_file_are_stopped(tmp_path: Path) -> None:
    # one dictionary entry of a mebibyte, referred to by every row
    found, skipped = read(tmp_path, parquet({"text": [("가" * 1023 + "\n") * 1024] * 90}, compression="zstd"), max_ratio=2)
    assert len(found) < 90
    assert "expands more than 2 times" in skipped[-1].reason


def test_without_pyarrow_the_advice_is_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = parquet({"text": [BODY]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found, (skipped,) = read(tmp_path, data)
    assert found == []
    assert "pip install 'korean-news-kg[parquet]'" in skipped.reason
