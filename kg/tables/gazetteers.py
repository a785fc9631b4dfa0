"""Gazetteers: individuals known by name, with their kinds, other names and codes.

A file is tab-separated with a header: name, kind, aliases (``|`` between them), codes (``krx:030200``), source. Where a surface
stands for several individuals the file read first wins; a user's own file is read before all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import RuleError
from kg.tables.folders import resource_folder

FILES = ("countries", "divisions", "institutions", "universities", "media", "companies", "listed-companies", "teams", "places",
         "works-and-things", "positions")
COLUMNS = ("name", "kind", "aliases", "codes", "source")
_PREFIX = 2


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One individual: 마이크로소프트, Company, aliases MS and Microsoft; ``codes`` are pairs as ("krx", "030200")."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    source: str = ""


class Gazetteers:
    """A set of entries that is looked up by surface, or by the longest surface at a place in a text."""

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        surfaces: dict[str, GazetteerEntry] = {}
        titles: set[str] = set()
        kept = tuple(entries)
        for entry in kept:
            if entry.kind == "Position":
                titles.add(entry.name)
                titles.update(entry.aliases)
            for surface in (entry.name, *entry.aliases):
                surfaces.setdefault(surface, entry)
        self._surfaces = surfaces
        self._titles = frozenset(titles)
        self._lengths: dict[str, int] = {}
        for surface in surfaces:
            prefix = surface[:_PREFIX]
            if len(surface) > self._lengths.get(prefix, 0):
                self._lengths[prefix] = len(surface)

    def __len__(self) -> int:
        return len(self._surfaces)

    def entry(self, surface: str) -> GazetteerEntry | None:
        """The individual that a surface names: MS is 마이크로소프트, a Company."""
        return self._surfaces.get(surface)

    def kind(self, surface: str) -> str | None:
        """The kind of what a surface names: 과방위 is a GovernmentAgency."""
        found = self._surfaces.get(surface)
        return None if found is None else found.kind

    @property
    def titles(self) -> frozenset[str]:
        """Every job title: 대표이사, 의원, CEO."""
        return self._titles

    @property
    def surfaces(self) -> Mapping[str, GazetteerEntry]:
        """Every surface with its entry."""
        return self._surfaces

    def longest(self, text: str, start: int, ends: Iterable[int]) -> tuple[int, GazetteerEntry] | None:
        """The longest entry that begins at ``start`` and stops at one of the rising ``ends``, with its end."""
        limit = self._lengths.get(text[start : start + _PREFIX], 0)
        if not limit:
            limit = 1 if text[start : start + 1] in self._surfaces else 0
        best = None
        for end in ends:
            if end - start > limit:
                break
            entry = self._surfaces.get(text[start:end])
            if entry is not None:
                best = (end, entry)
        return best


def load_gazetteers(extra: Path | None = None) -> Gazetteers:
    """The shipped gazetteers, and before them the user's own file; RuleError names path and line of a bad row."""
    if extra is None:
        return _shipped()
    return Gazetteers((*read_gazetteer(extra), *_shipped_entries()))


@lru_cache(maxsize=1)
def _shipped() -> Gazetteers:
    return Gazetteers(_shipped_entries())


@lru_cache(maxsize=1)
def _shipped_entries() -> tuple[GazetteerEntry, ...]:
    folder = resource_folder() / "gazetteer"
    return tuple(entry for name in FILES for entry in read_gazetteer(folder / f"{name}.tsv"))


def read_gazetteer(path: Path) -> Iterator[GazetteerEntry]:
    """The entries of one file in its order; RuleError where a row is not one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: the gazetteer cannot be read ({error}): give a UTF-8 file with tabs between columns.") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#") or (number == 1 and line.split("\t")[:2] == ["name", "kind"]):
            continue
        yield _parse(path, number, line.split("\t"))


def _parse(path: Path, number: int, cells: list[str]) -> GazetteerEntry:
    where = f"{path}:{number}"
    if not 2 <= len(cells) <= len(COLUMNS):
        raise RuleError(f"{where}: a row has the columns {', '.join(COLUMNS)} (the last three may be empty) with tabs between; "
                        f"this one has {len(cells)}.")
    name, kind, aliases, codes, source = (*cells, "", "", "")[:5]
    name, kind = name.strip(), kind.strip()
    if not name:
        raise RuleError(f"{where}: the name is empty.")
    if not (kind.isascii() and kind.isalpha() and kind[0].isupper()):
        raise RuleError(f"{where}: {kind!r} is no kind: use a class of the ontology such as Person, Company or City.")
    pairs = []
    for code in filter(None, (cell.strip() for cell in codes.split("|"))):
        scheme, colon, value = code.partition(":")
        if not (scheme and colon and value):
            raise RuleError(f"{where}: the code {code!r} is not of the form scheme:value, such as krx:030200.")
        pairs.append((scheme, value))
    names = tuple(alias for alias in (cell.strip() for cell in aliases.split("|")) if alias and alias != name)
    return GazetteerEntry(name, kind, names, tuple(pairs), source.strip())
