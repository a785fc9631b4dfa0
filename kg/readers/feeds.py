"""RSS and Atom: each entry with text is an article; nothing is fetched here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

import feedparser

from kg.errors import InputError
from kg.readers.encodings import decode, one_line
from kg.readers.newswire import find_authors
from kg.readers.options import Draft, Skipped
from kg.readers.pages import strip_markup, web_address
from kg.readers.stamps import parse_stamp

DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
ENTITY: Final = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
CHARSET: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
CHANNEL: Final = re.compile(r"\s*(?:[-|:>·<(\[]|RSS|속보|전체\s?기사|최신\s?기사|뉴스\s?목록).*$")


def _contents(entry: Any) -> str:
    """The longest of an entry's contents and its summary, as text."""
    values = [item.get("value") for item in entry.get("content") or () if isinstance(item, dict)]
    values.append(entry.get("summary"))
    texts = [strip_markup(value) for value in values if isinstance(value, str)]
    return max(texts, key=len, default="")


def _said(entry: Any, *names: str) -> str | None:
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            return one_line(value)
    return None


def _authors(entry: Any) -> tuple[str, ...]:
    listed = [item.get("name") for item in entry.get("authors") or () if isinstance(item, dict)]
    names = [name for name in listed if isinstance(name, str) and name.strip()] or [_said(entry, "author") or ""]
    return find_authors(one_line(name) for name in names if name.strip())


def _outlet(entry: Any, channel: Any) -> str | None:
    source = entry.get("source")
    named = _said(entry, "publisher", "dc_publisher") or (_said(source, "title") if isinstance(source, dict) else None)
    if named:
        return named
    title = _said(channel, "publisher", "title")
    return CHANNEL.sub("", title).strip() or title if title else None


def read_feed(data: bytes, place: str) -> Iterator[Draft | Skipped]:
    """The articles of a feed: an entry's title, link, time and text; an entry without text is named and skipped.

    Raises ``InputError`` for XML that is no feed and for XML that declares entities of its own.
    """
    declared = CHARSET.search(data[:400])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    if ENTITY.search(text):
        raise InputError("XML that declares its own entities is refused; remove the <!ENTITY …> declarations")
    body = DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    try:
        # A stream, never a string: feedparser would take a string for an address or a file's name.
        feed = feedparser.parse(
            io.BytesIO(body.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as error:
        raise InputError("a feed that cannot be parsed") from error
    if not feed.entries:
        raise InputError(
            "no feed entries: .xml files are read as RSS or Atom"
            if not feed.get("version")
            else "a feed without entries"
        )
    for number, entry in enumerate(feed.entries, 1):
        spot = f"{place}:{number}"
        title = strip_markup(_said(entry, "title") or "")
        url = web_address(entry.get("link")) or web_address(entry.get("id"))
        try:
            content = _contents(entry)
        except InputError as error:
            yield Skipped(spot, error.message)
            continue
        if not content.strip() and url is None:
            yield Skipped(spot, "a feed entry without text or link")
            continue
        yield Draft(
            content,
            spot,
            None,
            number,
            one_line(title) or None,
            parse_stamp(entry.get("published") or entry.get("updated") or entry.get("dc_date")),
            url,
            _outlet(entry, feed.feed),
            _authors(entry),
            len(feed.entries),
        )
