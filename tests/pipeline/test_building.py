"""Builds that run at the same time in one folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.pipeline.building import prepare_folder


def test_a_folder_is_prepared_by_many_at_once(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(prepare_folder, [out] * 1_000))
    assert [path.name for path in out.iterdir()] == ["store"]


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot write there"):
        prepare_folder(tmp_path / "out")
