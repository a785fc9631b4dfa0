"""The form list: which strings are names in labelled text, as what, how often, and how often they stand there at all.

Derived from KLUE-NER and KONNE (CC BY-SA 4.0). A form's code joins its type, a class of its count and a class of the share
of its occurrences that are names: "PSd2" is a person's name, seen a few times, nearly always as a name.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from kg.entities.units import Unit

TYPES = ("PS", "LC", "OG", "DT", "TI", "QT")
_PLACES = frozenset({"AF_BUILDING", "AF_CULTURAL_ASSET", "AF_ROAD"})
_WORDS = {"CV_POSITION": "po", "CV_OCCUPATION": "oc", "CV_SPORTS_POSITION": "oc", "CV_RELATION": "re", "AFA_VIDEO": "vi", "CV_ART": "ar"}
_PREFIX = 2

Counts = dict[str, int]


def coarse_type(fine: str) -> str:
    """The type of a fine KONNE label: OGG_ECONOMY is OG, CV_POSITION the word class po."""
    if fine in _WORDS:
        return _WORDS[fine]
    head = fine[:2]
    if head in ("PS", "LC", "DT", "TI", "QT"):
        return head
    if fine.startswith("OGG"):
        return "OG"
    return "LC" if fine in _PLACES else head.lower()


def coarse_counts(fine: Mapping[str, Counts]) -> dict[str, Counts]:
    """The counts of forms by type: of ``{"한국": {"LCP_COUNTRY": 9, "LCP_CITY": 1}}``, ``{"한국": {"LC": 10}}``."""
    counts: dict[str, Counts] = {}
    for form, row in fine.items():
        kept = counts[form] = {}
        for label, number in row.items():
            name = coarse_type(label)
            kept[name] = kept.get(name, 0) + number
    return counts


class FormList:
    """Forms with their counts by type and their occurrences in the text that they were counted in."""

    def __init__(self, counts: Mapping[str, Counts], occurrences: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self.occurrences = dict(occurrences)
        self._codes: dict[str, tuple[str, str] | None] = {}
        self._limits: dict[str, int] = {}
        for form in self.counts:
            prefix = form[:_PREFIX]
            self._limits[prefix] = max(self._limits.get(prefix, 0), len(form))
        self._names = frozenset(
            form for form, count in self.counts.items()
            if len(form) > 1 and 2 * sum(count.get(name, 0) for name in ("PS", "LC", "OG")) >= sum(count.values()))

    def code(self, form: str) -> tuple[str, str] | None:
        """The short and the full code of a form of the list, or None where nothing is left to count."""
        if form not in self._codes:
            self._codes[form] = code_of(self.counts.get(form, {}), self.occurrences.get(form, 0))
        return self._codes[form]

    def is_name(self, form: str) -> bool:
        """Whether the form is mostly a person, place or organisation: 유천 is."""
        return form in self._names

    def is_usually(self, form: str, kind: str) -> bool:
        """Whether labelled text has the form nearly always, and more than once, as a name of the type: 민변 as OG."""
        counts = self.counts.get(form, {})
        return counts.get(kind, 0) >= max(2, 0.8 * sum(counts.values()), 0.7 * self.occurrences.get(form, 0))

    def candidates(self, text: str, units: Sequence[Unit], index: int) -> list[tuple[int, str]]:
        """The forms that begin at a unit, longest first, each with the index after its last unit."""
        start = units[index].start
        limit = self._limits.get(text[start : start + _PREFIX], 0)
        if not limit:
            if units[index].end - start > 1:
                return []
            limit = 1
        found = []
        for stop in range(index, len(units)):
            end = units[stop].end
            if end - start > limit:
                break
            form = text[start:end]
            if form in self.counts:
                found.append((stop + 1, form))
        found.reverse()
        return found


def code_of(counts: Counts, occurrences: int) -> tuple[str, str] | None:
    """The short and the full code of a form, or None where nothing is left to count."""
    total = sum(counts.values())
    if total <= 0:
        return None
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    first, _count = ranked[0]
    size = "1" if total <= 1 else "2" if total < 4 else "3" if total < 10 else "4" if total < 50 else "5"
    share = min(1.0, total / max(1, occurrences))
    band = "a" if share < 0.3 else "b" if share < 0.7 else "c" if share < 0.95 else "d"
    second = f"+{ranked[1][0]}" if len(ranked) > 1 and ranked[1][1] * 5 >= total else ""
    return first + second, first + band + size


def read_rows(path: Path) -> Iterator[tuple[str, Counts, int]]:
    """The rows of a written form list: form, counts by type, occurrences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            form, counts, occurrences = line.rstrip("\n").split("\t")
            yield form, _read_counts(counts), int(occurrences)


@lru_cache(maxsize=4096)
def _read_counts(cells: str) -> Counts:
    """The counts that a cell writes: most forms share theirs (PS1)."""
    return {cell[:2]: int(cell[2:]) for cell in cells.split(" ")}


@lru_cache(maxsize=2)
def load_forms(path: Path) -> FormList:
    """The form list of a file, read once."""
    rows = list(read_rows(path))
    return FormList({form: counts for form, counts, _ in rows}, {form: number for form, _, number in rows})


def write_forms(forms: FormList, path: Path) -> None:
    """Writes a form list so that the same list gives the same bytes."""
    lines = []
    for form in sorted(forms.counts):
        counts = " ".join(f"{name}{number}" for name, number in sorted(forms.counts[form].items()))
        lines.append(f"{form}\t{counts}\t{forms.occurrences.get(form, 0)}\n")
    path.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
