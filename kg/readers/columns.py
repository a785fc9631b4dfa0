"""Articles in the columns of a Parquet file, by our field names or by a field map, a few rows at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO, Final

from kg.errors import InputError
from kg.readers.archives import FREE
from kg.readers.encodings import decode, one_line
from kg.readers.options import FIELDS, Draft, ReadOptions, Skipped
from kg.readers.rows import draft_of, numbered, read_whole

BATCH: Final = 64  # rows in memory at once
MISSING: Final = "Parquet is read with the package pyarrow: pip install 'korean-news-kg[parquet]', or give the rows as .csv or .jsonl"
DAMAGED: Final = "not a Parquet file that can be read: cut short, damaged or encrypted; write it anew"


def read_columns(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """The articles of a Parquet file, row by row; columns that are no field of ours are not read.

    A row that holds no article is skipped alone. ``InputError`` where pyarrow is missing, the file is damaged, or its texts
    are beyond reason for its size.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError(MISSING) from error
    held = stream if stream.seekable() else io.BytesIO(read_whole(stream, options))
    size = held.seek(0, io.SEEK_END)
    held.seek(0)
    try:
        file = pyarrow.parquet.ParquetFile(held, pre_buffer=False)
        columns = _columns(file.schema_arrow.names, options)
        yield from numbered(_drafts(file, columns, name, options, FREE + size * options.max_ratio))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(DAMAGED) from error


def _columns(names: list[str], options: ReadOptions) -> list[str]:
    """The columns of our fields; a mapped name may be a path into one: ``body.content``."""
    wanted = {field: options.field_map.get(field, field) for field in FIELDS}
    found = {field: key if key in names else key.partition(".")[0] for field, key in wanted.items()}
    if found["text"] not in names:
        shown = one_line(", ".join(names))[:80]
        raise InputError(f'no column "{one_line(wanted["text"])}" among {shown}; name the text\'s column with --map text=COLUMN')
    return sorted({column for column in found.values() if column in names})


def _drafts(file: Any, columns: list[str], name: str, options: ReadOptions, most: int) -> Iterator[Draft | Skipped]:
    count, number, seen = file.metadata.num_rows, 0, 0
    for batch in file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            draft = draft_of({key: _plain(value) for key, value in row.items()}, f"{name}:{number}", number, options)
            if isinstance(draft, Skipped):
                yield draft
                continue
            if len(draft.text) > options.max_bytes:
                yield Skipped(draft.place, f"a text of more than {options.max_bytes} characters; leave it out")
                continue
            seen += len(draft.text)
            if seen > most:
                raise InputError(f"expands more than {options.max_ratio} times (a decompression bomb?); give the rows as .jsonl")
            yield replace(draft, of=count)


def _plain(value: Any) -> Any:
    """A cell as rows of other formats have it: bytes as text, a day as ISO writes it."""
    match value:
        case bytes():
            return decode(value)
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value
