"""Articles in rows: JSON objects and lists, JSON lines, CSV and TSV, by our field names or by a field map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from kg.errors import InputError
from kg.readers.encodings import decode, encoding_of, one_line
from kg.readers.newswire import find_authors
from kg.readers.options import FIELDS, Draft, ReadOptions, Skipped
from kg.readers.stamps import parse_stamp

HEAD: Final = 65_536


def field_of(row: Mapping[str, Any], name: str, options: ReadOptions) -> Any:
    """A row's value for one of our fields; a mapped name may be a path: {"text": "body.content"}."""
    key = options.field_map.get(name, name)
    if key in row or "." not in key:
        return row.get(key)
    value: Any = row
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _line(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return one_line(str(value)) or None


def _authors(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values]
    return find_authors(one_line(name) for name in names if isinstance(name, str) and name.strip())


def draft_of(row: Any, place: str, number: int | None, options: ReadOptions) -> Draft | Skipped:
    """The article of one row: {"text": "KT가 …", "published": "2024-10-10"} is published at that midnight, +09:00."""
    if not isinstance(row, dict):
        return Skipped(place, 'not an object: each row must be an object with a field "text"')
    text = field_of(row, "text", options)
    key = options.field_map.get("text", "text")
    if text is None or text == "":
        return Skipped(
            place, f'no text: the field "{one_line(key)}" is missing or empty; name the right one with --map text=FIELD'
        )
    if not isinstance(text, str):
        return Skipped(place, f'the field "{one_line(key)}" is not a string; name the right one with --map text=FIELD')
    rest = {name: field_of(row, name, options) for name in FIELDS if name != "text"}
    return Draft(
        text,
        place,
        _line(rest["id"]),
        number,
        _line(rest["title"]),
        parse_stamp(rest["published"]),
        _line(rest["url"]),
        _line(rest["outlet"]),
        _authors(rest["authors"]),
    )


def _parse(text: str) -> Any:
    """One JSON value; ``InputError`` says where it breaks off."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise InputError("not JSON that can be read: nested too deeply, or a number too long") from error


def read_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers, one at a time; None for a line over the size limit, of which nothing is kept."""
    number = 0
    while True:
        line = stream.readline(options.max_bytes + 1)
        if not line:
            return
        number += 1
        if len(line) <= options.max_bytes:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(options.max_bytes)
        yield number, None


def numbered(drafts: Iterable[Draft | Skipped]) -> Iterator[Draft | Skipped]:
    """The same drafts; the only article of a file loses its number, as its id is the file's name alone."""
    first: Draft | None = None
    alone = True
    for draft in drafts:
        if isinstance(draft, Skipped):
            yield draft
        elif first is None and alone:
            first = draft
        else:
            if first is not None:
                yield first
                first = None
            alone = False
            yield draft
        if first is not None and isinstance(draft, Skipped):
            yield first
            first, alone = None, False
    if first is not None:
        yield replace(first, number=None)


def _line_drafts(
    lines: Iterable[tuple[int, bytes | None]], encoding: str, name: str, options: ReadOptions
) -> Iterator[Draft | Skipped]:
    for number, line in lines:
        place = f"{name}:{number}"
        if line is None:
            yield Skipped(place, f"a line of more than {options.max_bytes} bytes; leave it out")
            continue
        if not line.strip():
            continue
        try:
            row = _parse(_line_text(line, encoding).lstrip("\ufeff"))
        except InputError as error:
            yield Skipped(place, error.message)
        else:
            yield draft_of(row, place, number, options)


def _line_text(line: bytes, encoding: str) -> str:
    """A line in the file's encoding; one that is not in it (files are pasted together) is read by itself."""
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return decode(line)


def _document_drafts(document: Any, name: str, options: ReadOptions) -> Iterator[Draft | Skipped]:
    if not isinstance(document, list):
        yield draft_of(document, name, None, options)
        return
    for number, row in enumerate(document, 1):
        draft = draft_of(row, f"{name}:{number}", number, options)
        yield replace(draft, of=len(document)) if isinstance(draft, Draft) else draft


def read_json(stream: BinaryIO, head: bytes, name: str, lines: bool, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """The articles of a JSON file (an object or a list) or, streaming, of JSON lines; a bad line is skipped alone.

    ``head`` is what the stream begins with; ``lines`` says that the name promises JSON lines.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(read_whole(stream, options)).encode("utf-8", "surrogatepass")
        stream, head = io.BytesIO(data), data[:HEAD]
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].strip()
    if lines and first not in (b"[", b"{", b""):
        yield from numbered(_line_drafts(read_lines(stream, options), encoding_of(head), name, options))
        return
    if not lines and _is_object(first) and head.strip().count(b"\n"):
        yield from numbered(_line_drafts(read_lines(stream, options), encoding_of(head), name, options))
        return
    data = read_whole(stream, options)
    text = decode(data)
    try:
        document = _parse(text.lstrip("\ufeff"))
    except InputError:
        if not lines:
            raise
        yield from numbered(
            _line_drafts(read_lines(io.BytesIO(text.encode("utf-8", "replace")), options), "utf-8", name, options)
        )
        return
    yield from numbered(_document_drafts(document, name, options))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_whole(stream: BinaryIO, options: ReadOptions) -> bytes:
    """All bytes of a document; ``InputError`` when it is empty or over the size limit."""
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise InputError(
            f"larger than {options.max_bytes} bytes; split it, or give many articles as JSON lines (.jsonl)"
        )
    if not data.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        raise InputError("empty")
    return data


def _decoded(stream: BinaryIO, encoding: str, options: ReadOptions) -> Iterator[str]:
    for number, line in read_lines(stream, options):
        if line is None:
            raise InputError(f"line {number} has more than {options.max_bytes} bytes; split the file")
        yield _cell_text(line, encoding).lstrip("\ufeff").replace("\x00", " ")


def read_table(stream: BinaryIO, head: bytes, name: str, tabs: bool, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """The articles of a CSV or TSV file, whose first row names the columns; a quoted field may hold line breaks."""
    encoding = encoding_of(head)
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        stream, encoding = io.BytesIO(decode(read_whole(stream, options)).encode("utf-8", "replace")), "utf-8"
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    yield from numbered(_table_drafts(stream, encoding, name, tabs, options))


def _cell_text(line: bytes, encoding: str) -> str:
    try:
        return _line_text(line, encoding)
    except InputError:
        return line.decode(encoding, "replace")


def _table_drafts(
    stream: BinaryIO, encoding: str, name: str, tabs: bool, options: ReadOptions
) -> Iterator[Draft | Skipped]:
    reader = csv.reader(_decoded(stream, encoding, options), delimiter="\t" if tabs else ",")
    wanted = options.field_map.get("text", "text")
    columns: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(f"not a table that can be read: {error} at line {reader.line_num}") from error
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = [cell.strip() for cell in cells]
            if wanted not in columns:
                shown = one_line(", ".join(columns))[:80]
                raise InputError(
                    f'no column "{one_line(wanted)}" among {shown}; name the text\'s column with --map text=COLUMN'
                )
            continue
        number += 1
        row = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
        yield draft_of(row, f"{name}:{reader.line_num}", number, options)
    if columns is None:
        raise InputError("empty")
