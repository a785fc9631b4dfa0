"""What the tagger of names sees at each unit: words, shapes, clusters of like words, listed forms, noun chunks and what follows them.

A feature is a short string; those that depend on one word alone are made once per word and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.entities.clusters import Clusters
from kg.entities.forms import FormList, code_of
from kg.entities.people import NameTable
from kg.entities.units import Unit
from kg.tables.gazetteers import Gazetteers

_KEPT = 60_000  # words whose features are kept; then the memory is given back
_CHUNK = frozenset({"SL", "SH", "SN", "XPN", "XSN", "XR", "X", "W_SERIAL", "XSM"})
_CHUNK_NEXT = frozenset({"SL", "SH", "SN", "XSN", "XR", "X"})
_MARKS = frozenset({"SP", "SF", "SSO", "SSC", "SS"})
_CLOSING = {"'": "'", "‘": "’", "“": "”", '"': '"', "<": ">", "《": "》", "「": "」", "『": "』", "〈": "〉"}
_REACH = 13
_SPACES = (("sp00", "sp01"), ("sp10", "sp11"))
_FULL_NAME = 3  # syllables of most names
_DIGITS = re.compile("[0-9]+")
_SHAPES = ((re.compile("[0-9]+"), "0"), (re.compile("[A-Z]+"), "A"), (re.compile("[a-z]+"), "a"),
           (re.compile("[가-힣]+"), ""), (re.compile("[一-龥]+"), "漢"))

Hidden = Mapping[tuple[int, int], str]


class _Word(NamedTuple):
    """A word without the digits of a long number, what features it gives to its own unit and to the two on either side, and its
    coarsest and its middle cluster."""

    plain: str
    here: list[str]
    to_next: list[str]
    to_last: list[str]
    to_second_next: list[str]
    to_second_last: list[str]
    coarse: str
    cluster: str


class FeatureMaker:
    """Makes the features of sentences from the form list, the name statistics, the gazetteers and the clusters."""

    def __init__(self, forms: FormList, names: NameTable, gazetteers: Gazetteers, clusters: Clusters) -> None:
        self.forms = forms
        self._names = names
        self._gazetteers = gazetteers
        self._clusters = clusters
        self._words: dict[tuple[str, str], _Word] = {}
        self.is_known = clusters.is_known

    def make(self, text: str, units: Sequence[Unit], hidden: Hidden | None = None) -> list[list[str]]:
        """The features of each unit; with ``hidden``, the named spans of this very sentence, its own counts are left out."""
        size = len(units)
        static = [self._word(unit.form, unit.tag) for unit in units]
        words = [word.plain for word in static]
        tags = [unit.tag for unit in units]
        spaced = [index == 0 or units[index - 1].end < units[index].start for index in range(size)]
        short, full, classes = self._matches(text, units, hidden)
        listed = self._listed(text, units)
        joined = self._joined(text, units, spaced)
        after = _josa(words, tags)
        quoted = _quotes(words)
        begins, ends = _chunks(tags, spaced)
        clusters = [word.cluster for word in static]
        rows = []
        for index in range(size):
            here = words[index]
            word = static[index]
            row = word.here.copy()
            row.append(_SPACES[spaced[index]][index + 1 == size or spaced[index + 1]])
            row.append(after[index])
            if quoted[index]:
                row.append(quoted[index])
            if begins[index] >= 0:
                _chunk_features(row, words, spaced, classes, clusters, begins, ends, index)
            if short[index]:
                row.append("m=" + short[index])
                row.append("M=" + full[index])
            if listed[index]:
                row.append("g=" + listed[index])
            if joined[index]:
                row.append("j=" + joined[index])
            if classes[index]:
                row.append("c=" + classes[index])
            if index:
                other = static[index - 1]
                row += other.to_next
                if word.coarse and other.coarse:
                    row.append(f"-kk={other.coarse}|{word.coarse}")
                row.append(f"b-={words[index - 1]}|{here}")
                row.append(f"t-={tags[index - 1]}|{tags[index]}")
                if short[index - 1]:
                    row.append("-m=" + short[index - 1])
            else:
                row.append("BOS")
            if index > 1:
                row += static[index - 2].to_second_next
            if index + 1 < size:
                other = static[index + 1]
                row += other.to_last
                if word.coarse and other.coarse:
                    row.append(f"+kk={word.coarse}|{other.coarse}")
                row.append(f"b+={here}|{words[index + 1]}")
                row.append(f"t+={tags[index]}|{tags[index + 1]}")
                if short[index + 1]:
                    row.append("+m=" + short[index + 1])
            else:
                row.append("EOS")
            if index + 2 < size:
                row += static[index + 2].to_second_last
            rows.append(row)
        return rows

    def is_full_name(self, form: str) -> bool:
        """Whether three syllables are a surname and what given names are made of: 표은수 is."""
        value = self._names.bin(form)
        return value is not None and value >= 0 and self._names.is_surname(form[0])

    def _word(self, form: str, tag: str) -> _Word:
        key = (form, tag)
        made = self._words.get(key)
        if made is None:
            if len(self._words) > _KEPT:
                self._words.clear()
            made = self._words[key] = self._make_word(form, tag)
        return made

    def _make_word(self, form: str, tag: str) -> _Word:
        word = _plain(form)
        base = [f"w={word}/{tag[0]}", "t=" + tag]
        here, before, after = base.copy(), base.copy(), base.copy()
        if tag[0] in "NXS" and tag not in ("SP", "SF", "SW"):
            ends = ["s1=" + form[-1], "s2=" + form[-2:]]
            starts = ["p1=" + form[0]]
            here += [*ends, *starts, "p2=" + form[:2], f"l={min(len(form), 6)}"]
            if len(form) > 3:
                here.append("s3=" + form[-3:])
            before += ends
            after += [*starts, ends[0]]
        shape = form
        for pattern, sign in _SHAPES:
            shape = pattern.sub(sign, shape)
        if shape:
            here.append("sh=" + shape[:4])
        if tag[0] == "N":
            score = self._names.bin(form)
            if score is not None:
                here.append(f"ns={len(form)}.{score}")
            if len(form) > 1 and self._names.is_person(form):
                here.append(f"P{min(len(form), 4)}")
            if len(form) > 1 and self._names.is_place(form):
                here.append(f"L{min(len(form), 4)}")
        found = self._clusters.find_names(form, tag)
        levels = [f"k{level}={name}" for level, name in enumerate(found)]
        here += levels
        before += levels[1:2]
        after += levels[1:2]
        return _Word(word, ["0" + name for name in here], ["-" + name for name in before], ["+" + name for name in after],
                     ["--" + base[0]], ["++" + base[0]],
                     found[0] if found else "", found[1] if len(found) > 1 else "")

    def _matches(self, text: str, units: Sequence[Unit], hidden: Hidden | None) -> tuple[list[str], list[str], list[str]]:
        size = len(units)
        short, full, classes = [""] * size, [""] * size, [""] * size
        covered = 0
        for index in range(size):
            if units[index].tag[0] in "JE":
                continue
            for stop, form in self.forms.candidates(text, units, index):
                code = self.forms.code(form) if hidden is None else self._code_without(form, hidden.get((index, stop)))
                if code is None:
                    continue
                if stop == index + 1:
                    classes[index] = code[0]
                if index >= covered:
                    covered = stop
                    for place in range(index, stop):
                        mark = ("S" if stop == index + 1 else "B") if place == index else "E" if place == stop - 1 else "I"
                        short[place] = mark + code[0]
                        full[place] = mark + code[1]
                break
        return short, full, classes

    def _code_without(self, form: str, named: str | None) -> tuple[str, str] | None:
        """The code of a form as if this occurrence had never been counted."""
        counts, occurrences = self.forms.counts[form], self.forms.occurrences.get(form, 0)
        if named is not None or 2 * sum(counts.values()) > occurrences:
            counts = dict(counts)
            name = named if named in counts else max(counts, key=lambda key: (counts[key], key))
            counts[name] -= 1
            if not counts[name]:
                del counts[name]
        return code_of(counts, occurrences - 1)

    def _joined(self, text: str, units: Sequence[Unit], spaced: Sequence[bool]) -> list[str]:
        """How name-like three syllables are that the analyser took apart at a word's beginning: 민병/NNG 천/NNG, 윤정/NNP 기/NNG."""
        size = len(units)
        joined = [""] * size
        for index, unit in enumerate(units):
            if not spaced[index] and units[index - 1].tag not in _MARKS:
                continue
            start, end = unit.start, unit.start + _FULL_NAME
            if unit.end >= end or unit.tag[0] == "J" or not self._names.is_surname(text[start]):
                continue
            stop = index + 1
            while stop < size and units[stop].end <= end and not spaced[stop]:
                stop += 1
            if units[stop - 1].end != end:
                continue
            form = text[start:end]
            value = self._names.bin(form)
            if value is None or value < 0:
                continue
            mark = f"{value}{'P' if self._names.is_person(form) else ''}"
            for place in range(index, stop):
                joined[place] = ("B" if place == index else "E" if place == stop - 1 else "I") + mark
        return joined

    def _listed(self, text: str, units: Sequence[Unit]) -> list[str]:
        size = len(units)
        listed = [""] * size
        ends = [unit.end for unit in units]
        index = 0
        while index < size:
            found = self._gazetteers.longest(text, units[index].start, ends[index:index + 8])
            if found is None:
                index += 1
                continue
            stop = index
            while ends[stop] < found[0]:
                stop += 1
            for place in range(index, stop + 1):
                listed[place] = ("B" if place == index else "I") + found[1].kind
            index = stop + 1
        return listed


def _plain(form: str) -> str:
    """A word without the digits of a long number: 0000 for 1950, 0.0 for 5.67; small numbers stay."""
    if len(form) < 3 or not form[0].isdigit():
        return form
    return "0" * min(len(form), 6) if form.isdigit() else _DIGITS.sub("0", form)


def _josa(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The particle, ending or mark that each unit's noun phrase runs into."""
    after, current = [""] * len(words), "nj=$"
    for index in range(len(words) - 1, -1, -1):
        tag = tags[index]
        if tag[0] == "J" or tag in ("VCP", "XSV", "XSA"):
            current = f"nj={tag}{words[index]}"
        elif tag[0] in "VEMI":
            current = "nj=" + tag[:2]
        elif tag in _MARKS:
            current = "nj=" + words[index]
        after[index] = current
    return after


def _quotes(words: Sequence[str]) -> list[str]:
    marks = [""] * len(words)
    for index, word in enumerate(words):
        closing = _CLOSING.get(word)
        if closing is None or marks[index]:
            continue
        for stop in range(index + 1, min(len(words), index + _REACH)):
            if words[stop] == closing:
                marks[index], marks[stop] = "qo", "qc"
                for place in range(index + 1, stop):
                    marks[place] = "q"
                break
    return marks


def _chunks(tags: Sequence[str], spaced: Sequence[bool]) -> tuple[list[int], list[int]]:
    """The first and last unit of the noun chunk that each unit stands in, or -1."""
    size = len(tags)
    begins, ends = [-1] * size, [-1] * size
    index = 0
    while index < size:
        tag = tags[index]
        if (tag[0] == "N" and tag != "NP") or tag in _CHUNK:
            stop = index
            while stop + 1 < size and not spaced[stop + 1] and (tags[stop + 1][0] == "N" or tags[stop + 1] in _CHUNK_NEXT):
                stop += 1
            for place in range(index, stop + 1):
                begins[place], ends[place] = index, stop
            index = stop + 1
        else:
            index += 1
    return begins, ends


def _chunk_features(row: list[str], words: Sequence[str], spaced: Sequence[bool], classes: Sequence[str], clusters: Sequence[str],
                    begins: Sequence[int], ends: Sequence[int], index: int) -> None:
    begin, end = begins[index], ends[index]
    size = len(words)
    if end > begin:
        row += (f"ce={words[end]}", f"ce1={words[end][-1]}", f"cb={words[begin]}", f"cp={min(3, index - begin)},{min(3, end - index)}")
        if clusters[end]:
            row.append("cek=" + clusters[end])
    if end + 1 < size:
        if spaced[end + 1] and ends[end + 1] >= 0:
            last = ends[end + 1]
            row.append("ne=" + words[last])
            if classes[last]:
                row.append("nec=" + classes[last])
            if clusters[last]:
                row.append("nek=" + clusters[last])
        else:
            row.append(f"nx={words[end + 1]}")
    if begin and spaced[begin] and ends[begin - 1] >= 0:
        row.append("pe=" + words[begin - 1])
        if classes[begin - 1]:
            row.append("pec=" + classes[begin - 1])
        if clusters[begin - 1]:
            row.append("pek=" + clusters[begin - 1])
