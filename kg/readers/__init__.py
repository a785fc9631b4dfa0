"""The readers: files, folders, pages, feeds, rows and archives become articles, in NFC once and for all."""

from __future__ import annotations

from kg.readers.meter import Meter
from kg.readers.options import ReadOptions, Skipped
from kg.readers.reading import read_articles, read_row

__all__ = ["Meter", "ReadOptions", "Skipped", "read_articles", "read_row"]
