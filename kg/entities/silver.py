"""Silver labels: sentences without labels get them from a first model and from the form list, which was counted on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.entities.forms import FormList
from kg.entities.tagging import NameTagger
from kg.entities.units import Unit

Spans = list[tuple[int, int, str]]
_NAMED = ("PS", "OG", "LC")
_SURE = 0.9


def count_occurrences(forms: FormList, sentences: Sequence[tuple[str, Sequence[Unit]]]) -> Counter[str]:
    """How often each form stands in the sentences at all, named or not."""
    seen: Counter[str] = Counter()
    for text, units in sentences:
        for index in range(len(units)):
            for _, form in forms.candidates(text, units, index):
                seen[form] += 1
    return seen


def label_sentence(tagger: NameTagger, text: str, units: Sequence[Unit]) -> Spans:
    """The model's spans that the form list allows, and the forms that are names nearly wherever they stand."""
    forms = tagger.maker.forms
    kept = [span for span in tagger.spans_of(text, units) if _is_allowed(forms, text, span)]
    taken = [(start, end) for start, end, _ in kept]
    index = 0
    while index < len(units):
        following = index + 1
        for stop, form in forms.candidates(text, units, index):
            start, end = units[index].start, units[stop - 1].end
            if any(first < end and start < last for first, last in taken):
                continue
            counts = forms.counts[form]
            name = max(counts, key=lambda key: (counts[key], key))
            total = sum(counts.values())
            if name in _NAMED and counts[name] >= _SURE * total and total >= _SURE * max(1, forms.occurrences.get(form, 0)):
                kept.append((start, end, name))
                following = stop
                break
            if name in ("po", "oc", "vi"):
                following = stop
                break
        index = following
    return sorted(kept)


def _is_allowed(forms: FormList, text: str, span: tuple[int, int, str]) -> bool:
    start, end, name = span
    form = text[start:end]
    return name not in _NAMED or form in forms.counts or (name == "LC" and " " in form)


def hidden_spans(units: Sequence[Unit], spans: Spans) -> dict[tuple[int, int], str]:
    """The spans by unit indices, for the maker to leave their own counts out."""
    starts = {unit.start: index for index, unit in enumerate(units)}
    ends = {unit.end: index + 1 for index, unit in enumerate(units)}
    return {(starts[start], ends[end]): name for start, end, name in spans if start in starts and end in ends}
