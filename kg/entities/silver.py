"""Silver labels: the sentences that KONNE's form list was counted on, labelled by a model that reads the list.

The list tells how often each string of these sentences is a name, and as what, but not where. A first model learns from the
labelled sentences what to make of that: it sees their own names counted in, as those of the other sentences are. Rules
in its place (dropping unlisted names, forcing sure ones) were tried on the labels of a plainer model and made the final one worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.entities.clusters import Clusters
from kg.entities.features import FeatureMaker
from kg.entities.forms import Counts, FormList, coarse_counts, coarse_type
from kg.entities.people import NameTable
from kg.entities.units import Unit
from kg.tables.gazetteers import Gazetteers

Spans = list[tuple[int, int, str]]
_BANDS = ((1.0, "f"), (0.9, "d"), (0.6, "c"), (0.25, "b"), (0.08, "a"))  # the share of a form's occurrences that a type has


class Sentence(NamedTuple):
    """A sentence cut to units, with its named spans where they are known."""

    text: str
    units: list[Unit]
    spans: Spans


class CountedMaker:
    """Makes the features of the first model: those of the final one, and all that the counts tell of every listed string."""

    def __init__(self, counts: Mapping[str, Counts], sentences: Sequence[Sentence], names: NameTable, gazetteers: Gazetteers,
                 clusters: Clusters) -> None:
        coarse = coarse_counts(counts)
        occurrences = count_occurrences(FormList(coarse, {}), sentences)
        self._forms = FormList(coarse, occurrences)
        self._maker = FeatureMaker(self._forms, names, gazetteers, clusters)
        self._bands = {form: _bands(count, occurrences.get(form, 0)) for form, count in counts.items()}

    def make(self, text: str, units: Sequence[Unit]) -> list[list[str]]:
        """The features of each unit."""
        size = len(units)
        told: list[set[str]] = [set() for _ in units]
        for index in range(size):
            for stop, form in self._forms.candidates(text, units, index):
                for fine, band in self._bands[form]:
                    coarse = coarse_type(fine)
                    for place in range(index, stop):
                        mark = "S" if stop == index + 1 else "B" if place == index else "E" if place == stop - 1 else "I"
                        told[place].update((f"T{mark}{coarse}{band}", f"F{mark}{fine}{band}"))
                    if stop < size:
                        told[stop].add(f"T-{coarse}{band}")
                    if index:
                        told[index - 1].add(f"T+{coarse}{band}")
        return [row + (sorted(names) or ["T0"]) for row, names in zip(self._maker.make(text, units), told, strict=True)]


def _bands(counts: Counts, occurrences: int) -> list[tuple[str, str]]:
    bands = []
    for fine, number in counts.items():
        share = number / max(1, occurrences)
        band = next((sign for least, sign in _BANDS if share >= least), "")
        if band:
            bands.append((fine, band))
    return bands


def count_occurrences(forms: FormList, sentences: Sequence[Sentence]) -> Counter[str]:
    """How often each form stands in the sentences at all, named or not."""
    seen: Counter[str] = Counter()
    for text, units, _ in sentences:
        for index in range(len(units)):
            for _, form in forms.candidates(text, units, index):
                seen[form] += 1
    return seen


def hidden_spans(units: Sequence[Unit], spans: Spans) -> dict[tuple[int, int], str]:
    """The spans by unit indices, for the maker to leave their own counts out."""
    starts = {unit.start: index for index, unit in enumerate(units)}
    ends = {unit.end: index + 1 for index, unit in enumerate(units)}
    return {(starts[start], ends[end]): name for start, end, name in spans if start in starts and end in ends}
