"""Names by the trained tagger: persons, places, organisations, dates, times and quantities as KLUE-NER marks them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pycrfsuite

from kg.entities.clusters import load_clusters
from kg.entities.features import FeatureMaker
from kg.entities.forms import load_forms
from kg.entities.people import load_names
from kg.entities.units import Unit, find_units
from kg.errors import AnalysisError
from kg.model import Mention, Span, Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import load_gazetteers

MODEL, FORMS, CLUSTERS = "ner.crfsuite.gz", "ner_forms.tsv.gz", "ner_clusters.tsv.gz"
_LONGEST = 400  # units of one line that are tagged together; a longer line is tagged in parts


class NameTagger:
    """A trained model with the tables that its features need."""

    def __init__(self, maker: FeatureMaker, model: bytes) -> None:
        self.maker = maker
        self._model = model  # the tagger reads these bytes in place: they must live as long as it
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)

    def spans(self, text: str, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """The named spans of a line with their types."""
        units = find_units(text, tokens, self.maker.forms.is_name, self.maker.is_known)
        return self.spans_of(text, units)

    def spans_of(self, text: str, units: Sequence[Unit]) -> list[tuple[int, int, str]]:
        """The named spans of a line that is cut to units already."""
        found: list[tuple[int, int, str]] = []
        for begin in range(0, len(units), _LONGEST):
            part = units[begin : begin + _LONGEST]
            found += read_labels(self._tagger.tag(self.maker.make(text, part)), part)
        return [self._with_surname(text, span, found[place - 1][1] if place else 0) for place, span in enumerate(found)]

    def _with_surname(self, text: str, span: tuple[int, int, str], free: int) -> tuple[int, int, str]:
        """A given name with the surname that the analyser cut off before it: 표은수 of 표/NNG 은수/NNP."""
        start, end, name = span
        if name != "PS" or end - start != 2 or start <= free or (start > 1 and text[start - 2].isalnum()):
            return span
        return (start - 1, end, name) if self.maker.is_full_name(text[start - 1 : end]) else span


def read_labels(labels: Sequence[str], units: Sequence[Unit]) -> list[tuple[int, int, str]]:
    """The spans that BIO labels mark."""
    spans: list[tuple[int, int, str]] = []
    start, name = -1, ""
    for index, label in enumerate([*labels, "O"]):
        if name and label != "I-" + name:
            spans.append((start, units[index - 1].end, name))
            name = ""
        if label[0] == "B" or (label[0] == "I" and not name):
            start, name = units[index].start, label[2:]
    return spans


@lru_cache(maxsize=1)
def load_tagger(folder: Path | None = None) -> NameTagger:
    """The tagger that ships with the package, loaded once."""
    home = resource_folder() / "weights" if folder is None else folder
    try:
        model = gzip.decompress((home / MODEL).read_bytes())
        maker = FeatureMaker(load_forms(home / FORMS), load_names(home), load_gazetteers(), load_clusters(home / CLUSTERS))
    except OSError as error:
        raise AnalysisError(f"The tagger of names does not load ({error}): train it with kg train ner --data DIR.") from error
    return NameTagger(maker, model)


def find_klue_names(text: str, tokens: Sequence[Token]) -> tuple[Mention, ...]:
    """The names of a line by KLUE's types: "김영섭 KT 대표" has 김영섭 (PS) and KT (OG)."""
    return tuple(Mention(Span(start, end), name, "crf") for start, end, name in load_tagger().spans(text, tokens))
