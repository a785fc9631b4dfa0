"""What silver labels need: sentences without labels get them from a first model, which the form list, counted on them, guides.

Correcting these labels by the form list (dropping unlisted names, forcing sure ones) was tried and made the final model worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.entities.forms import FormList
from kg.entities.units import Unit

Spans = list[tuple[int, int, str]]


def count_occurrences(forms: FormList, sentences: Sequence[tuple[str, Sequence[Unit]]]) -> Counter[str]:
    """How often each form stands in the sentences at all, named or not."""
    seen: Counter[str] = Counter()
    for text, units in sentences:
        for index in range(len(units)):
            for _, form in forms.candidates(text, units, index):
                seen[form] += 1
    return seen


def hidden_spans(units: Sequence[Unit], spans: Spans) -> dict[tuple[int, int], str]:
    """The spans by unit indices, for the maker to leave their own counts out."""
    starts = {unit.start: index for index, unit in enumerate(units)}
    ends = {unit.end: index + 1 for index, unit in enumerate(units)}
    return {(starts[start], ends[end]): name for start, end, name in spans if start in starts and end in ends}
