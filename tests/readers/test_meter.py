"""The meter: how many bytes of the inputs are behind the article that was just read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

from kg.readers import Meter, read_articles

BODY = "가람전자가 10일 세종에 공장을 짓는다고 밝혔다.\n"
ROWS = [{"id": str(number), "text": f"{number}. {BODY}"} for number in range(40)]


def stations(*inputs: Path | str) -> tuple[Meter, list[int]]:
    """The meter at the end, and what it showed at each article."""
    meter = Meter()
    return meter, [meter.done for _ in read_articles([str(path) for path in inputs], meter=meter)]


def test_a_folder_is_measured_file_by_file(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"{number}. {BODY}", encoding="utf-8")
    size = len(f"0. {BODY}".encode())
    meter, shown = stations(tmp_path)
    assert meter.total == 4 * size
    assert shown == [size, 2 * size, 3 * size, 4 * size]
    assert meter.done == meter.total


def test_rows_move_it_in_every_form(tmp_path: Path) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    (tmp_path / "a.jsonl").write_bytes(lines * 1)
    (tmp_path / "b.json").write_text(json.dumps(ROWS), encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("rows.json", json.dumps(ROWS))
    (tmp_path / "d.zip").write_bytes(packed.getvalue())
    for name in ("a.jsonl", "b.json", "c.jsonl.gz", "d.zip"):
        meter, shown = stations(tmp_path / name)
        assert shown == sorted(shown)
        assert meter.done == meter.total == (tmp_path / name).stat().st_size
    _, shown = stations(tmp_path / "b.json")
    assert shown[9] == (tmp_path / "b.json").stat().st_size // 4


def test_what_has_no_size_has_no_total(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    meter, _ = stations(tmp_path / "a.txt", "http://127.0.0.1:9/none")
    assert meter.total is None
    meter, _ = stations(tmp_path / "missing.txt")
    assert (meter.done, meter.total) == (0, 0)
