"""Training of the tagger of names on KLUE-NER, KONNE's form list and sentences without labels, and Kiwi's language model."""

from __future__ import annotations

import gzip
import itertools
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from kg.entities.clusters import Clusters, build_clusters, write_clusters
from kg.entities.features import FeatureMaker
from kg.entities.forms import Counts, FormList, coarse_counts, write_forms
from kg.entities.people import load_names
from kg.entities.silver import CountedMaker, Sentence, Spans, count_occurrences, hidden_spans
from kg.entities.tagging import CLUSTERS, FORMS, MODEL, NameTagger, read_labels
from kg.entities.units import Unit, find_units
from kg.errors import InputError
from kg.model import Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import load_gazetteers
from kg.weights import Array

Analyse = Callable[[str], tuple[Token, ...]]
Report = Callable[[str], None]
Vectors = Callable[[Iterable[tuple[str, str]]], tuple[list[tuple[str, str]], Array]]
Rows = list[tuple[list[list[str]], list[str]]]

_FIRST = {"c1": 0.1, "c2": 1.0, "max_iterations": 80, "feature.minfreq": 1}
_FINAL = {"c1": 0.2, "c2": 0.3, "max_iterations": 60, "feature.minfreq": 2}
_GOLD_WEIGHT = 2  # a labelled sentence counts as two silver ones
_GENRES = {"news": "wikitree", "reviews": "nsmc"}
_LANDMARK_TAGS = frozenset({"NNG", "NNP", "NNB", "NR", "VV", "VA", "MAG", "XSN", "SL", "JX"})
_RANKS, _RANK_STEP = 4000, 20


class Labelled(NamedTuple):
    """A sentence of KLUE-NER with its named spans; the key ends with its source, wikitree (news) or nsmc (film reviews)."""

    key: str
    text: str
    spans: Spans


def read_labelled(path: Path) -> Iterator[Labelled]:
    """The sentences of a KLUE-NER file with their spans."""
    key = ""
    letters: list[str] = []
    labels: list[str] = []
    for line in [*_lines(path), "## klue-end"]:
        if line.startswith("## klue-"):
            if letters:
                yield Labelled(key, "".join(letters), _spans(labels))
            key = line[3:].partition("\t")[0]
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
    """The forms of KONNE's list with their counts by fine label."""
    counts: dict[str, Counts] = {}
    for line in _lines(path)[1:]:
        cells = line.split("\t")
        if len(cells) == 3 and cells[0]:
            row = counts.setdefault(cells[0], {})
            row[cells[1]] = row.get(cells[1], 0) + int(cells[2])
    return counts


def read_named(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The strings that KONNE marks in each sentence of KLUE-NER, by its key, with their fine labels."""
    named = {}
    for line in _lines(path):
        if line:
            row = json.loads(line)
            marks = sorted({(start, end, label) for start, end, label in row["label"]})
            named[row["klue_id"]] = [(row["text"][start:end], label) for start, end, label in marks]
    return named


def add_counts(counts: Mapping[str, Counts], named: Iterable[Iterable[tuple[str, str]]]) -> dict[str, Counts]:
    """The counts with those of some sentences added."""
    added = {form: dict(row) for form, row in counts.items()}
    for form, label in itertools.chain.from_iterable(named):
        row = added.setdefault(form, {})
        row[label] = row.get(label, 0) + 1
    return added


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


def train_model(maker: FeatureMaker, counted: CountedMaker, gold: Sequence[Sentence], raw: Sequence[Sentence], report: Report) -> bytes:
    """A first model on the labelled sentences, silver labels from it, and the model on both."""
    labels = [label_units(sentence.units, sentence.spans) for sentence in gold]
    first = pycrfsuite.Tagger()
    model = fit([(counted.make(sentence.text, sentence.units), row) for sentence, row in zip(gold, labels, strict=True)], _FIRST)
    first.open_inmemory(model)
    report(f"first model on {len(gold)} labelled sentences")
    silver: Rows = []
    for sentence in raw:
        spans = read_labels(first.tag(counted.make(sentence.text, sentence.units)), sentence.units)
        hidden = hidden_spans(sentence.units, spans)
        silver.append((maker.make(sentence.text, sentence.units, hidden), label_units(sentence.units, spans)))
    report(f"silver labels for {len(silver)} sentences")
    rows = [(maker.make(sentence.text, sentence.units), row) for sentence, row in zip(gold, labels, strict=True)]
    return fit(rows * _GOLD_WEIGHT + silver, _FINAL)


def train_ner(data_folder: Path, out: Path, report: Report, analyse: Analyse, vectors: Vectors) -> dict[str, float]:
    """Trains the tagger into ``out`` and returns F1 on every fifth labelled sentence, which the measured model has not seen."""
    fine = read_forms(data_folder / "konne" / "ne_forms.tsv")
    counts = coarse_counts(fine)
    forms = FormList(counts, {})
    lines = [line.split("\t", 1)[1] for line in _lines(data_folder / "klue" / "ner_unlabelled.tsv") if "\t" in line]
    analysed = [(text, analyse(text)) for text in lines]
    words = Counter((token.form, token.tag) for _, tokens in analysed for token in tokens)
    clusters = Clusters(shared := build_clusters(*vectors(_landmarks(words)), words))
    report(f"{len(shared)} morphemes clustered")

    def cut(text: str, tokens: Sequence[Token]) -> list[Unit]:
        return find_units(text, tokens, forms.is_name, clusters.is_known)

    raw = [Sentence(text, units, []) for text, tokens in analysed if (units := cut(text, tokens))]
    gold = list(read_labelled(data_folder / "klue" / "ner.train.tsv"))
    labelled = [Sentence(item.text, cut(item.text, analyse(item.text)), item.spans) for item in gold]
    report(f"{len(labelled)} labelled and {len(raw)} other sentences analysed")
    names, gazetteers = load_names(resource_folder() / "weights"), load_gazetteers()
    counted_forms = FormList(counts, count_occurrences(forms, raw))
    maker = FeatureMaker(counted_forms, names, gazetteers, clusters)
    named = read_named(data_folder / "konne" / "konne.train.jsonl")

    def train(part: Sequence[int]) -> bytes:
        chosen = [labelled[place] for place in part]
        own = add_counts(fine, [named.get(gold[place].key, []) for place in part])
        counted = CountedMaker(own, [*raw, *chosen], names, gazetteers, clusters)
        return train_model(maker, counted, chosen, raw, report)

    tagger = NameTagger(maker, train([place for place in range(len(gold)) if place % 5 != 4]))
    held = range(4, len(gold), 5)
    figures = score(tagger, [labelled[place] for place in held])
    for genre, mark in _GENRES.items():
        figures[genre] = score(tagger, [labelled[place] for place in held if gold[place].key.endswith(mark)]).get("all", 0.0)
    report(f"F1 on held-out sentences: {figures}")
    model = train(range(len(gold)))
    out.mkdir(parents=True, exist_ok=True)
    write_forms(counted_forms, out / FORMS)
    write_clusters(shared, out / CLUSTERS)
    (out / MODEL).write_bytes(gzip.compress(model, 9, mtime=0))
    return figures


def _landmarks(words: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Some two hundred words of all frequencies, that others are compared with."""
    ranked = sorted((word for word in words if word[1] in _LANDMARK_TAGS), key=lambda word: (-words[word], word))
    return ranked[:_RANKS:_RANK_STEP]
