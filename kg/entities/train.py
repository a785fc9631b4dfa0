"""Training of the tagger of names on KLUE-NER, KONNE's form list and sentences without labels."""

from __future__ import annotations

import gzip
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from kg.entities.features import FeatureMaker
from kg.entities.forms import Counts, FormList, coarse_type, write_forms
from kg.entities.people import load_names
from kg.entities.silver import Spans, count_occurrences, hidden_spans
from kg.entities.tagging import FORMS, MODEL, NameTagger
from kg.entities.units import Unit, find_units
from kg.errors import InputError
from kg.model import Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import load_gazetteers

Analyse = Callable[[str], tuple[Token, ...]]
Report = Callable[[str], None]
Rows = list[tuple[list[list[str]], list[str]]]

_FIRST = {"c1": 0.2, "c2": 0.3, "max_iterations": 60, "feature.minfreq": 1}
_FINAL = {"c1": 0.2, "c2": 0.3, "max_iterations": 60, "feature.minfreq": 2}
_SILVER_STEP = 2  # every second sentence: all of them take twice the time and score the same
_GOLD_WEIGHT = 2  # a labelled sentence counts as two silver ones


class Sentence(NamedTuple):
    """A sentence cut to units, with its named spans where they are known."""

    text: str
    units: list[Unit]
    spans: Spans


def read_labelled(path: Path) -> Iterator[tuple[str, Spans]]:
    """The sentences of a KLUE-NER file with their spans."""
    letters: list[str] = []
    labels: list[str] = []
    for line in [*_lines(path), "## klue-end"]:
        if line.startswith("## klue-"):
            if letters:
                yield "".join(letters), _spans(labels)
            letters, labels = [], []
        elif "\t" in line and not line.startswith("##"):
            letter, label = line.rsplit("\t", 1)
            letters.append(letter or " ")
            labels.append(label)


def _spans(labels: Sequence[str]) -> Spans:
    spans: Spans = []
    start, name = -1, ""
    for index, label in enumerate([*labels, "O"]):
        if label[0] in "BO" and name:
            spans.append((start, index, name))
            name = ""
        if label[0] == "B":
            start, name = index, label[2:]
    return spans


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the training data cannot be read ({error}): give the folder with klue/ and konne/.", path) from error


def read_forms(path: Path) -> dict[str, Counts]:
    """The forms of KONNE's list with their counts by type."""
    counts: dict[str, Counts] = {}
    for line in _lines(path)[1:]:
        cells = line.split("\t")
        if len(cells) == 3 and cells[0]:
            row = counts.setdefault(cells[0], {})
            name = coarse_type(cells[1])
            row[name] = row.get(name, 0) + int(cells[2])
    return counts


def label_units(units: Sequence[Unit], spans: Spans) -> list[str]:
    """The BIO labels of units; a unit that is cut by a span's edge belongs to it where the larger half does."""
    labels = ["O"] * len(units)
    for start, end, name in spans:
        inside = [index for index, unit in enumerate(units) if unit.start < end and unit.end > start
                  and 2 * (min(end, unit.end) - max(start, unit.start)) >= unit.end - unit.start]
        for place, index in enumerate(inside):
            labels[index] = ("I-" if place else "B-") + name
    return labels


def fit(rows: Rows, options: dict[str, float]) -> bytes:
    """The model that fits the rows, as bytes."""
    trainer = pycrfsuite.Trainer("lbfgs", options, verbose=False)
    for features, labels in rows:
        trainer.append(features, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def score(tagger: NameTagger, sentences: Sequence[Sentence]) -> dict[str, float]:
    """F1 over exact spans, for all types together and each alone."""
    hits: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for sentence in sentences:
        gold, found = set(sentence.spans), set(tagger.spans_of(sentence.text, sentence.units))
        for span in gold & found:
            hits.update(("all", span[2]))
        for span in (*gold, *found):
            sizes.update(("all", span[2]))
    return {name: round(2 * hits[name] / sizes[name], 4) for name in sorted(sizes)}


def train_model(maker: FeatureMaker, gold: Sequence[Sentence], raw: Sequence[Sentence], report: Report) -> bytes:
    """A first model on the labelled sentences, silver labels from it, and the model on both."""
    rows: Rows = [(maker.make(sentence.text, sentence.units), label_units(sentence.units, sentence.spans)) for sentence in gold]
    first = NameTagger(maker, fit(rows, _FIRST))
    report(f"first model on {len(rows)} labelled sentences")
    silver: Rows = []
    for sentence in raw[::_SILVER_STEP]:
        if sentence.units:
            spans = first.spans_of(sentence.text, sentence.units)
            hidden = hidden_spans(sentence.units, spans)
            silver.append((maker.make(sentence.text, sentence.units, hidden), label_units(sentence.units, spans)))
    report(f"silver labels for {len(silver)} sentences")
    return fit(rows * _GOLD_WEIGHT + silver, _FINAL)


def train_ner(data_folder: Path, out: Path, report: Report, analyse: Analyse, measure_only: bool = False) -> dict[str, float]:
    """Trains the tagger into ``out`` and returns F1 on every fifth labelled sentence, which the measured model has not seen."""
    counts = read_forms(data_folder / "konne" / "ne_forms.tsv")
    forms = FormList(counts, {})
    labelled = [Sentence(text, find_units(text, analyse(text), forms.is_name), spans)
                for text, spans in read_labelled(data_folder / "klue" / "ner.train.tsv")]
    lines = [line.split("\t", 1)[1] for line in _lines(data_folder / "klue" / "ner_unlabelled.tsv") if "\t" in line]
    raw = [Sentence(text, find_units(text, analyse(text), forms.is_name), []) for text in lines]
    report(f"{len(labelled)} labelled and {len(raw)} other sentences analysed")
    forms = FormList(counts, count_occurrences(forms, [(sentence.text, sentence.units) for sentence in raw]))
    maker = FeatureMaker(forms, load_names(resource_folder() / "weights"), load_gazetteers())
    seen = [sentence for index, sentence in enumerate(labelled) if index % 5 != 4]
    held = [sentence for index, sentence in enumerate(labelled) if index % 5 == 4]
    measured = NameTagger(maker, train_model(maker, seen, raw, report))
    figures = score(measured, held)
    report(f"F1 on held-out sentences: {figures}")
    if not measure_only:
        model = train_model(maker, labelled, raw, report)
        out.mkdir(parents=True, exist_ok=True)
        write_forms(forms, out / FORMS)
        (out / MODEL).write_bytes(gzip.compress(model, 9, mtime=0))
    return figures
