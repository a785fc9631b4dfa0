"""Compressed inputs: .gz and .zst streams and .zip members, decompressed in memory and only so far."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast

import pyzstd

from kg.errors import InputError
from kg.readers.encodings import one_line
from kg.readers.options import ReadOptions, Skipped

FREE: Final = 64 * 1024 * 1024  # below this no ratio is suspicious: a page of blanks compresses a thousandfold
DAMAGED: Final = "a compressed file that is cut short or damaged; copy or download it again"


class Expanding(io.RawIOBase):
    """Decompressed bytes that stop with ``InputError`` once they outgrow their compressed source beyond reason."""

    def __init__(self, inner: BinaryIO, taken: Callable[[], int], options: ReadOptions) -> None:
        self._inner = inner
        self._taken = taken
        self._ratio = options.max_ratio
        self._total = 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the decompressor, counting."""
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, zlib.error, pyzstd.ZstdError, OSError, zipfile.BadZipFile, ValueError) as error:
            raise InputError(DAMAGED) from error
        except RuntimeError as error:
            raise InputError("an encrypted archive; decrypt it first") from error
        self._total += len(data)
        if self._total > FREE and self._total > self._ratio * max(1, self._taken()):
            raise InputError(
                f"expands more than {self._ratio} times (a decompression bomb?); decompress it and give the files"
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the decompressor too."""
        if not self.closed:
            self._inner.close()
        super().close()


def open_gzip(stream: BinaryIO, options: ReadOptions) -> io.BufferedReader:
    """The decompressed stream of a .gz file; a damaged one raises ``InputError`` while it is read."""
    inner = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return io.BufferedReader(Expanding(inner, stream.tell, options), 65_536)


def open_zstd(stream: BinaryIO, options: ReadOptions) -> io.BufferedReader:
    """The decompressed stream of a .zst file; a damaged one raises ``InputError`` while it is read."""
    inner = cast(BinaryIO, pyzstd.ZstdFile(stream, "rb"))
    return io.BufferedReader(Expanding(inner, stream.tell, options), 65_536)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip archive: its cleaned path, and the entry that opens it."""

    path: str
    entry: zipfile.ZipInfo


def _member_path(entry: zipfile.ZipInfo) -> str:
    """A member's path; archives made on Korean Windows hold CP949 names without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("cp949")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return one_line(name.replace("\\", "/"))


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive of a seekable stream; ``InputError`` when it is none."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(DAMAGED) from error


def list_members(archive: zipfile.ZipFile, name: str, options: ReadOptions) -> Iterator[Member | Skipped]:
    """The members of an archive by path, folders left out; a path that leads out of the archive is skipped by name."""
    names = set(archive.namelist())
    if names & {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}:
        raise InputError("not text: it is an office document or a program; save its text as .txt")
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > options.max_members:
        raise InputError(f"more than {options.max_members} files in one archive; split it")
    members = sorted((Member(_member_path(entry), entry) for entry in entries), key=lambda member: member.path)
    for member in members:
        parts = PurePosixPath(member.path).parts
        if ".." in parts or member.path.startswith("/") or ":" in parts[0]:
            yield Skipped(f"{name}!{member.path}", "a path that leads out of its archive; rename it inside the archive")
        else:
            yield member


def open_member(archive: zipfile.ZipFile, member: Member, options: ReadOptions) -> io.BufferedReader:
    """The bytes of a member, within the limit on expansion."""
    if member.entry.flag_bits & 0x1:
        raise InputError("an encrypted archive; decrypt it first")
    try:
        inner = archive.open(member.entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error) as error:
        raise InputError(DAMAGED) from error
    size = max(1, member.entry.compress_size)
    return io.BufferedReader(Expanding(cast(BinaryIO, inner), lambda: size, options), 65_536)
