"""What the readers are asked for, and what they say about an input that they could not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final

KOREA: Final = timezone(timedelta(hours=9))  # a time without an offset is Korean time
MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article: ``reason`` is one line that says what is wrong and what to do."""

    input: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: ``field_map`` names our fields' columns ({"text": "body"}), sizes are in bytes, times in seconds."""

    published: datetime | None = None
    field_map: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False
    allow_private: bool = False
    max_bytes: int = 64 * MEBIBYTE
    max_members: int = 100_000
    max_ratio: int = 200
    max_redirects: int = 5
    timeout: float = 30.0


DEFAULTS: Final = ReadOptions()
FIELDS: Final = ("text", "id", "title", "published", "url", "outlet", "authors")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a format gives it, before its id is settled.

    ``number`` is its place in a file of many, ``of`` how many there are where that is known before they are read.
    """

    text: str
    place: str
    id: str | None = None
    number: int | None = None
    title: str | None = None
    published: datetime | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    of: int | None = None
