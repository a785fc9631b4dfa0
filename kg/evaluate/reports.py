"""Scores as text: columns that line up, Hangul counted as two."""

from __future__ import annotations

from collections.abc import Sequence

from kg.query import width


def table(heading: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> list[str]:
    """Lines of a table; the first ``words`` columns lean left, the others, numbers, right."""
    cells = [tuple(heading), *(tuple(shown(cell) for cell in row) for row in rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(heading))]
    return ["  ".join(_cell(row[c], widths[c], c < words) for c in range(len(heading))).rstrip() for row in cells]


def share(part: int, whole: int) -> str:
    """A share with three places: 21 of 30 is 0.700; of nothing it is "-"."""
    return f"{part / whole:.3f}" if whole else "-"


def shown(text: str) -> str:
    """Text that is safe on a terminal: what cannot be printed becomes a replacement mark."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _cell(text: str, wide: int, left: bool) -> str:
    room = " " * (wide - width(text))
    return text + room if left else room + text
