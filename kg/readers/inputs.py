"""What there is to read: files, folders, globs, addresses, standard input, in an order of their own."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from kg.readers.encodings import one_line
from kg.readers.options import Skipped

Form = Literal["text", "markdown", "page", "json", "lines", "feed", "csv", "tsv", "parquet", "zip", "unknown"]

FORMS: Final[dict[str, Form]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".zip": "zip",
}
PACKINGS: Final = (".gz", ".zst")
ASIDE: Final = re.compile(r"^(?:README|LICEN[CS]E|CHANGELOG|NOTICE|COPYING)\b", re.IGNORECASE)
GLOB: Final = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing to open: ``path`` orders it and gives its id, ``name`` is what the user calls it."""

    path: str
    name: str
    kind: Literal["file", "url", "stdin"]


def split_name(name: str) -> tuple[str, Form, str]:
    """Stem, form and packing of a file's name: "기사.jsonl.gz" is ("기사", "lines", ".gz")."""
    stem, suffix = os.path.splitext(name)
    packing = suffix.lower() if suffix.lower() in PACKINGS else ""
    if packing:
        stem, suffix = os.path.splitext(stem)
    form = FORMS.get(suffix.lower(), "unknown")
    return (stem if form != "unknown" or packing or not suffix else os.path.splitext(name)[0]), form, packing


def is_article_name(name: str) -> bool:
    """Whether a file found in a folder is taken up: a known type, not hidden, no README or licence."""
    return not name.startswith(".") and not ASIDE.match(name) and split_name(name)[1] != "unknown"


def _walk(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(files):
            if is_article_name(name):
                yield os.path.join(place, name)


def _file(path: str) -> Source:
    return Source(os.path.abspath(path), path, "file")


def _from_path(name: str) -> Iterator[Source | Skipped]:
    shown = one_line(name)
    try:
        mode = os.stat(name).st_mode
    except (FileNotFoundError, NotADirectoryError):
        if GLOB.search(name):
            yield from _from_glob(name)
        else:
            yield Skipped(shown, "no such file or folder; check the path")
        return
    except (OSError, ValueError) as error:
        yield Skipped(shown, f"cannot be opened: {_why(error)}")
        return
    if stat.S_ISREG(mode):
        yield _file(name)
    elif stat.S_ISDIR(mode):
        yield from _from_folder(name)
    else:
        yield Skipped(shown, "not a regular file; pipe it in and give '-'")


def _from_folder(name: str) -> Iterator[Source | Skipped]:
    shown = one_line(name)
    if not os.access(name, os.R_OK | os.X_OK):
        yield Skipped(shown, "cannot be opened: permission denied")
        return
    empty = True
    for path in _walk(name):
        empty = False
        yield _file(path)
    if empty:
        known = " ".join(sorted(FORMS))
        yield Skipped(shown, f"a folder with nothing readable in it; articles are {known}, also with .gz or .zst")


def _from_glob(name: str) -> Iterator[Source | Skipped]:
    matches = sorted(glob.glob(name, recursive=True))
    if not matches:
        yield Skipped(one_line(name), "no file matches this pattern; check it")
    for path in matches:
        if os.path.isdir(path):
            yield from (_file(found) for found in _walk(path))
        else:
            yield from _from_path(path)


def _why(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else "not a usable path"
    return text.lower()


def list_sources(inputs: Sequence[str]) -> Iterator[Source | Skipped]:
    """The sources of some inputs, each once, sorted by path: the order of the inputs does not change the articles."""
    sources: dict[str, Source] = {}
    skipped: list[Skipped] = []
    for name in inputs:
        if name == "-":
            sources.setdefault("\x7f-", Source("\x7f-", "-", "stdin"))
        elif re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*://", name):
            if name.lower().startswith(("http://", "https://")):
                sources.setdefault(f"\x7e{name}", Source(f"\x7e{name}", name, "url"))
            else:
                skipped.append(
                    Skipped(one_line(name), "only http and https addresses are fetched; give a file by its path")
                )
        else:
            for item in _from_path(name):
                if isinstance(item, Skipped):
                    skipped.append(item)
                else:
                    # Of two names of one file the lesser is kept, so that the order of inputs does not matter.
                    real = os.path.realpath(item.path)
                    sources[real] = min(sources.get(real, item), item)
    yield from sorted(set(skipped), key=lambda item: (item.input, item.reason))
    yield from sorted(sources.values())


def address_id(url: str) -> str:
    """Host and path of an address: "https://www.newsis.com/view/NISX1?x=1" is "www.newsis.com/view/NISX1"."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return one_line(url)
    return one_line(unquote(host + parts.path.rstrip("/"), errors="replace"))


def _candidates(path: str) -> Iterator[str]:
    parts = PurePosixPath(path.replace(os.sep, "/")).parts
    name = one_line(parts[-1])
    stem = one_line(split_name(parts[-1])[0]) or name
    yield stem
    yield name
    for start in range(len(parts) - 2, -1, -1):
        parents = "/".join(one_line(part).strip("/") for part in parts[start:-1])
        yield f"{parents}/{stem}".lstrip("/")
        yield f"{parents}/{name}".lstrip("/")


def distinct_ids(paths: Iterable[str]) -> dict[str, str]:
    """An id for each path: its stem, or for paths of one stem the shortest ending that differs ("a/기사", "b/기사")."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[next(_candidates(path))].append(path)
    ids: dict[str, str] = {}
    for stem, group in groups.items():
        if len(group) == 1:
            ids[group[0]] = stem
            continue
        ladders = [list(_candidates(path)) for path in group]
        for level in range(max(map(len, ladders))):
            rungs = [ladder[min(level, len(ladder) - 1)] for ladder in ladders]
            if len(set(rungs)) == len(rungs) or level == max(map(len, ladders)) - 1:
                ids.update(zip(group, rungs, strict=True))
                break
    return ids
