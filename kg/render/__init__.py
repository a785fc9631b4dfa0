"""The render room: linked readings become one self-contained HTML page with the graph, its facts and their evidence."""

from __future__ import annotations

from kg.render.page import build_page, write_page
from kg.render.selection import select_readings, select_weightiest

__all__ = ["build_page", "select_readings", "select_weightiest", "write_page"]
