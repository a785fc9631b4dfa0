"""From inputs to articles: opens each source, reads it in its format, settles ids, and names what it could not read."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from urllib.parse import urlsplit
from zipfile import ZipFile

from kg.errors import InputError
from kg.model import Article
from kg.readers.archives import Member, list_members, open_gzip, open_member, open_zip, open_zstd
from kg.readers.encodings import clean, decode, one_line
from kg.readers.inputs import Form, Source, address_id, distinct_ids, is_article_name, list_sources, split_name
from kg.readers.markdown import strip_markdown
from kg.readers.meter import Meter
from kg.readers.newswire import find_authors, heading_of
from kg.readers.options import DEFAULTS, Draft, ReadOptions, Skipped
from kg.readers.rows import draft_of, read_json, read_table, read_whole
from kg.readers.stamps import parse_stamp

if TYPE_CHECKING:
    from kg.readers.fetch import Fetcher, Reply

HEAD: Final = 65_536
PAGE: Final = re.compile(
    r"^\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
FEED: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*|<\?[^>]*>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
MEDIA: Final[dict[str, Form]] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/markdown": "markdown",
    "application/vnd.apache.parquet": "parquet",
    "application/zip": "zip",
}


def sniff_form(head: bytes) -> Form:
    """What some bytes are by their beginning: "<!doctype html>" a page, '{"text": …' JSON, else text."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    text = (
        head[:4096].decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore").lstrip("\ufeff")
    )
    if FEED.match(text):
        return "feed"
    if PAGE.match(text):
        return "page"
    if text.lstrip().startswith("<?xml"):
        return "feed"
    if re.match(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])", text):
        return "json"
    return "text"


class Reading:
    """One run over some inputs: remembers the ids it gave, so that no two articles share one."""

    def __init__(self, options: ReadOptions, meter: Meter | None = None) -> None:
        self._options = options
        self._meter = meter or Meter()
        self._seen: dict[str, bytes] = {}
        self._fetcher: Fetcher | None = None

    def close(self) -> None:
        """Close the connections, if any were opened."""
        if self._fetcher is not None:
            self._fetcher.close()

    def read(self, inputs: Sequence[str]) -> Iterator[Article | Skipped]:
        """The articles of the inputs in the order of their paths; a bad input is named, and the rest is read."""
        listed = list(list_sources(inputs))
        self._meter.expect(item for item in listed if isinstance(item, Source))
        files = [item.path for item in listed if isinstance(item, Source) and item.kind == "file"]
        ids = distinct_ids(files)
        for item in listed:
            if isinstance(item, Skipped):
                yield item
            else:
                yield from self._read_source(item, ids.get(item.path, ""))

    def _read_source(self, source: Source, stem: str) -> Iterator[Article | Skipped]:
        shown = one_line(source.name)
        some = False
        try:
            for draft in self._drafts_of(source, shown):
                some = True
                if isinstance(draft, Draft):
                    self._meter.pass_draft(draft)
                yield from self._settle(draft, stem or _stem_of(source), shown)
        except InputError as error:
            yield Skipped(shown, one_line(error.message))
        except OSError as error:
            yield Skipped(shown, f"cannot be read: {(error.strerror or 'the disk or the stream failed').lower()}")
        except MemoryError:
            yield Skipped(shown, "too large for the memory of this machine; split it")
        except Exception as error:  # one input must not end the run, whatever it breaks in a parser
            yield Skipped(shown, f"cannot be read: an unforeseen {type(error).__name__}; give its text as .txt")
        else:
            if not some:
                yield Skipped(shown, "empty: no articles in it")

    def _drafts_of(self, source: Source, shown: str) -> Iterator[Draft | Skipped]:
        if source.kind == "url":
            reply = self._fetch(source.name)
            yield from self._from_reply(reply, shown, source.name)
        elif source.kind == "stdin":
            yield from self._from_stream(io.BufferedReader(_Kept(sys.stdin.buffer), HEAD), "unknown", "", shown)
        else:
            _, form, packing = split_name(os.path.basename(source.name))
            with open(source.name, "rb") as stream, self._meter.reading(source, stream):
                yield from self._from_stream(stream, form, packing, shown)

    def _from_stream(
        self, stream: io.BufferedReader, form: Form, packing: str, shown: str
    ) -> Iterator[Draft | Skipped]:
        head = stream.peek(HEAD)[:HEAD]
        if packing == ".gz" or (form == "unknown" and head.startswith(b"\x1f\x8b")):
            inner = open_gzip(cast(BinaryIO, stream), self._options)
        elif packing == ".zst" or (form == "unknown" and head.startswith(b"\x28\xb5\x2f\xfd")):
            inner = open_zstd(cast(BinaryIO, stream), self._options)
        else:
            yield from self._from_plain(cast(BinaryIO, stream), head, form, shown)
            return
        with inner:
            yield from self._from_plain(cast(BinaryIO, inner), inner.peek(HEAD)[:HEAD], form, shown)

    def _from_plain(
        self,
        stream: BinaryIO,
        head: bytes,
        form: Form,
        shown: str,
        declared: str | None = None,
        address: str | None = None,
    ) -> Iterator[Draft | Skipped]:
        if not head:
            raise InputError("empty")
        if form == "unknown" or (form == "feed" and sniff_form(head) == "page"):
            form = sniff_form(head)
        if form == "zip":
            yield from self._from_zip(stream, shown)
        elif form in ("json", "lines"):
            yield from read_json(stream, head, shown, form == "lines", self._options)
        elif form in ("csv", "tsv"):
            yield from read_table(stream, head, shown, form == "tsv", self._options)
        elif form == "parquet":
            from kg.readers.columns import read_columns

            yield from read_columns(stream, shown, self._options)
        else:
            data = read_whole(stream, self._options)
            if form == "feed":
                yield from self._from_feed(data, shown)
            elif form == "page":
                from kg.readers.pages import read_page

                yield read_page(data, shown, declared, address)
            else:
                yield _from_text(decode(data, declared), form, shown)

    def _from_zip(self, stream: BinaryIO, shown: str) -> Iterator[Draft | Skipped]:
        held = stream if stream.seekable() else io.BytesIO(read_whole(stream, self._options))
        with open_zip(held) as archive:
            members = list(list_members(archive, shown, self._options))
            ids = distinct_ids(member.path for member in members if isinstance(member, Member))
            for member in members:
                if isinstance(member, Skipped):
                    yield member
                    continue
                name = member.path.rsplit("/", 1)[-1]
                if not is_article_name(name) or member.path.startswith("__MACOSX/"):
                    continue
                _, form, packing = split_name(name)
                yield from self._from_member(archive, member, form, packing, f"{shown}!{member.path}", ids[member.path])

    def _from_member(
        self, archive: ZipFile, member: Member, form: Form, packing: str, shown: str, stem: str
    ) -> Iterator[Draft | Skipped]:
        try:
            if form == "zip":
                raise InputError("an archive inside an archive is not opened; unpack it")
            with open_member(archive, member, self._options) as stream:
                for draft in self._from_stream(stream, form, packing, shown):
                    if isinstance(draft, Draft):
                        numbered = stem if draft.number is None else f"{stem}-{draft.number}"
                        draft = replace(draft, id=draft.id or numbered, of=None)
                    yield draft
        except InputError as error:
            yield Skipped(shown, error.message)

    def _from_feed(self, data: bytes, shown: str) -> Iterator[Draft | Skipped]:
        from kg.readers.feeds import read_feed

        for entry in read_feed(data, shown):
            if isinstance(entry, Skipped):
                yield entry
            elif self._options.follow and entry.url:
                yield self._followed(entry, entry.url)
            elif entry.text.strip():
                yield replace(entry, id=address_id(entry.url) if entry.url else None)
            else:
                yield Skipped(entry.place, "a feed entry without text; fetch the linked pages with --follow")

    def _followed(self, entry: Draft, url: str) -> Draft | Skipped:
        """A feed's entry with the text of the page that it links to."""
        try:
            drafts = [item for item in self._from_reply(self._fetch(url), entry.place, url) if isinstance(item, Draft)]
        except InputError as error:
            return Skipped(entry.place, f"{one_line(url)}: {error.message}")
        if len(drafts) != 1:
            return Skipped(entry.place, f"{one_line(url)}: the link does not lead to one article")
        page = drafts[0]
        return replace(
            page,
            id=address_id(url),
            number=entry.number,
            title=page.title or entry.title,
            published=page.published or entry.published,
            url=page.url or url,
            outlet=page.outlet or entry.outlet,
            authors=page.authors or entry.authors,
            of=entry.of,
        )

    def _fetch(self, url: str) -> Reply:
        from kg.readers.fetch import Fetcher

        if self._fetcher is None:
            self._fetcher = Fetcher(self._options)
        return self._fetcher.fetch(url)

    def _from_reply(self, reply: Reply, shown: str, url: str) -> Iterator[Draft | Skipped]:
        head = reply.data[:HEAD]
        form = MEDIA.get(reply.media, "unknown")
        if form in ("unknown", "page") and sniff_form(head) in ("feed", "parquet", "zip"):
            form = "unknown"
        for draft in self._from_plain(
            cast(BinaryIO, io.BytesIO(reply.data)), head, form, shown, reply.charset, reply.url
        ):
            if isinstance(draft, Draft):
                draft = replace(draft, url=draft.url or one_line(reply.url))
            yield draft

    def _settle(self, draft: Draft | Skipped, stem: str, shown: str) -> Iterator[Article | Skipped]:
        """The article of a draft, with what its text says of itself; nothing for one that was given before."""
        if isinstance(draft, Skipped):
            yield draft
            return
        text = clean(draft.text)
        if not text.strip():
            yield Skipped(draft.place, "empty: its text has no visible character")
            return
        heading = heading_of(text)
        given = parse_stamp(self._options.published)
        title = one_line(draft.title) if draft.title else None
        article = Article(
            "",
            text,
            title or heading.title,
            draft.published or heading.published or given,
            draft.url,
            draft.outlet or heading.outlet,
            draft.authors or heading.authors,
        )
        digest = blake2b(repr(article).encode("utf-8", "replace"), digest_size=12).digest()
        base = draft.id or (stem if draft.number is None else f"{stem}-{draft.number}")
        for name in _names_for(base, draft, stem, digest):
            known = self._seen.get(name)
            if known is None:
                self._seen[name] = digest
                yield replace(article, id=name)
                return
            if known == digest:
                return


class _Kept(io.RawIOBase):
    """Standard input as a raw stream that is left open when its reader is closed."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        take = getattr(self._inner, "read1", self._inner.read)
        data: bytes = take(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _names_for(base: str, draft: Draft, stem: str, digest: bytes) -> Iterator[str]:
    """The ids that an article may get, the plainest first; the last holds its content's hash and is always free."""
    yield base
    query = urlsplit(draft.url).query if draft.url and base == address_id(draft.url) else ""
    if query:
        yield one_line(f"{base}?{query}")
    yield f"{stem}/{base}"
    if draft.number is not None:
        yield f"{stem}/{base}-{draft.number}"
    yield f"{stem}/{base}-{digest.hex()}"


def _stem_of(source: Source) -> str:
    return "stdin" if source.kind == "stdin" else address_id(source.name)


def _from_text(text: str, form: Form, shown: str) -> Draft:
    if form != "markdown":
        return Draft(text, shown)
    plain, title, fields = strip_markdown(clean(text))
    written = fields.get("authors") or fields.get("author")
    published: datetime | None = parse_stamp(fields.get("published") or fields.get("date"))
    return Draft(
        plain,
        shown,
        fields.get("id"),
        None,
        title,
        published,
        fields.get("url"),
        fields.get("outlet"),
        find_authors((written.strip("[]"),)) if written else (),
    )


def read_articles(
    inputs: Sequence[str], options: ReadOptions = DEFAULTS, meter: Meter | None = None
) -> Iterator[Article | Skipped]:
    """The articles of files, folders, globs, addresses and '-' (standard input), one at a time, sorted by path.

    ``read_articles(["기사.txt"])`` gives the article "기사" with the title, time, outlet and reporters that its text
    states. What cannot be read comes as a ``Skipped`` with its reason; nothing is raised for a bad input. A meter shows how
    far the reading has come.
    """
    reading = Reading(options, meter)
    try:
        yield from reading.read(inputs)
    finally:
        reading.close()


def read_row(row: Mapping[str, Any], options: ReadOptions = DEFAULTS) -> Article | Skipped:
    """The article of a row of a table whose rows have no order: ``{"id": "a1", "text": "KT가 …"}`` is the article "a1".

    A row without an id is named by a hash of its content. Rows of one id are not told apart here.
    """
    content = blake2b(repr(sorted(row.items())).encode("utf-8", "replace"), digest_size=12).hexdigest()
    stem = f"row-{content}"
    (article,) = Reading(options)._settle(draft_of(dict(row), stem, None, options), stem, stem)
    return article
