"""What the parser knows of an eojeol: its josa or ending, its lemma, its predicate, its punctuation, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from struct import Struct
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.model import Eojeol

Hashes = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]


_PUNCTUATION = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB"})
_NOUNS = {"NNG": "N", "NNP": "N", "SL": "N", "SH": "N", "XR": "N", "NP": "NP", "NNB": "NNB", "NR": "NR", "SN": "NR"}
_MODIFIERS = frozenset({"MAG", "MAJ", "MM", "IC"})
_JOSA = {
    "이": "가", "을": "를", "은": "는", "과": "와", "으로": "로", "이나": "나", "이라고": "라고", "이란": "란", "이며": "며",
    "으로써": "로써", "으로서": "로서", "으로부터": "로부터", "이든": "든", "이라도": "라도", "이랑": "랑", "께서": "가", "이라는": "라는",
    "이라면": "라면",
}  # fmt: skip
_ENDINGS = {"ᆫ": "은", "ᆯ": "을", "ᆷ": "음", "ᆸ니다": "습니다", "ᆫ다": "다", "는다": "다", "아": "어", "여": "어"}
_FINALS = str.maketrans("", "", "ᆫᆯᆷᆸ")

ATTRIBUTES: Final = (
    "func", "kind", "type", "lemma", "verb", "tail", "lead", "first", "char", "unit", "full", "pred", "shape", "case", "prefix",
)  # fmt: skip
_SEEDS = range(len(ATTRIBUTES))
_COUNTS = 6  # predicate, comma, subject or topic, relative clause, brackets opened, brackets closed
_ROW = Struct(f"={len(ATTRIBUTES) + _COUNTS}q")  # native order, as NumPy reads it
SHIFTS: Final = (0, 1, 2, -1)  # an attribute of the eojeol itself, of the next, the one after, the one before
NOTHING: Final = len(ATTRIBUTES) * len(SHIFTS)  # the row of zeros in the table of shifted attributes


@lru_cache(maxsize=4096)
def _particle(form: str, tag: str) -> str:
    """A josa or ending with its variants made one: 이 and 가 are 가/JKS, ᆫ다고 and 는다고 are 다고/EC."""
    if tag[0] == "J":
        form = _JOSA.get(form, form)
    else:
        form = _ENDINGS.get(form, form)
        if len(form) > 1:
            form = form.translate(_FINALS)
            if form.startswith("으"):
                form = form[1:]
            elif form.startswith(("아", "여")):
                form = "어" + form[1:]
            elif form.startswith("는다"):
                form = form[1:]
    return f"{form}/{tag}"


@lru_cache(maxsize=32768)
def _describe(forms: tuple[str, ...]) -> bytes:
    """The attributes of an eojeol of these morphemes (form, lemma, tag by turns) as numbers, then its counts: a row of int64."""
    names, counts = describe_morphemes(list(zip(forms[0::3], forms[1::3], forms[2::3], strict=True)))
    try:
        codes = [name.encode() for name in names]
    except UnicodeEncodeError:  # half of a surrogate pair
        codes = [name.encode("utf-8", "surrogatepass") for name in names]
    return _ROW.pack(*map(crc32, codes, _SEEDS), *counts)


def describe_morphemes(tokens: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The attributes of an eojeol in words, and its counts: 검찰의 has func 의/JKG, lemma 검찰, shape N+JKG."""
    first, last = 0, len(tokens)
    while first < last and tokens[first][2] in _PUNCTUATION:
        first += 1
    while last > first and tokens[last - 1][2] in _PUNCTUATION:
        last -= 1
    core = tokens[first:last]
    lead = "".join([token[0][:1] for token in tokens[:first]])[:2] if first else ""
    tail = "".join([token[0][:1] for token in tokens[last:]])[:2] if last < len(tokens) else ""
    tags = [token[2] for token in tokens]
    opened, closed = tags.count("SSO"), tags.count("SSC")
    if not core:
        return ("P", "P", "P", lead, "-", lead, "", lead, "-", "-", "P", "-", "P", "P", "P"), (0, 0, 0, 0, opened, closed)
    lemma = lemma_tag = verb = noun = predicate = ""
    unit = "-"
    particles: list[str] = []
    endings: list[str] = []
    for form, base, tag in core:
        if tag[0] in "EJ":
            if tag == "EP":
                endings.append("겠" if form == "겠" else "EP")
            else:
                particles.append(_particle(form, tag))
                endings.append(particles[-1])
            continue
        if tag in _NOUNS:
            lemma, lemma_tag, noun = base, tag, form
            unit = "SN" if tag == "SN" else form if unit == "SN" else unit
        elif tag == "XSN":
            noun = form
            unit = form if unit == "SN" else unit
        elif tag in ("XSV", "XSA"):
            verb = lemma = lemma + form
            predicate = lemma_tag = tag
        elif tag in ("VV", "VA", "VCN"):
            verb = lemma = base
            predicate = lemma_tag = tag
        elif tag == "VX":
            if not verb:
                verb = lemma = base + "X"
                lemma_tag = tag
            predicate = predicate or tag
        elif tag == "VCP":
            verb, predicate = lemma + "이", tag
        elif tag in _MODIFIERS:
            lemma, lemma_tag = base, tag
        else:
            continue
        particles = []
        endings = ["이"] if tag == "VCP" else []
    form, base, tag = core[-1]
    func = _func(particles, form, tag)
    kind = "N" if tag == "XSN" else _NOUNS.get(tag, tag)
    case = func if kind[0] in "EJ" else kind
    pred = "-"
    if predicate:
        group = {"VX": "X", "VA": "A", "XSA": "A", "VCP": "C", "VCN": "C"}.get(predicate, "V")
        pred = group + (kind if kind[0] == "E" else "o")
    names = (
        func, f"{predicate or lemma_tag or '-'}:{func}",
        ("V" if predicate else "") + kind, lemma or form, verb or "-", tail, lead, core[0][1],
        (noun or lemma or form or "-")[-1],
        unit, " ".join(endings) or tag, pred, "+".join([_NOUNS.get(each[2], each[2]) for each in core])[:24],
        case, _NOUNS.get(core[0][2], core[0][2]),
    )  # fmt: skip
    counts = (
        int(bool(predicate) and lemma_tag != "VX"),
        int("," in tail), int(case in ("가/JKS", "는/JX", "도/JX")), int(pred.endswith("ETM")),
        opened, closed,
    )  # fmt: skip
    return names, counts


def _func(particles: list[str], form: str, tag: str) -> str:
    if particles:
        func = particles[-1]
        if len(particles) > 1:
            before = particles[-2]
            if (before.endswith("JKB") and func.endswith("JX")) or (
                before.endswith(("EC", "ETN")) and func.endswith(("JX", "JKB", "JKS", "JKO"))
            ):
                return f"{before}+{func}"
        return func
    if tag in ("XSN", "NNB"):
        return f"{form}/{tag}"
    return _NOUNS.get(tag, tag)


class Table:
    """The eojeols of some sentences as numbers: ``columns`` (shifted attributes by eojeol) and running sums of the counts.

    The sentences stand behind each other, from ``starts`` on; an attribute shifted over a sentence's edge is zero.
    """

    __slots__ = ("case", "columns", "final", "size", "starts", "sums")

    def __init__(self, sentences: Sequence[Sequence[Eojeol]]) -> None:
        rows = [_describe(tuple([part for t in e.tokens for part in (t.form, t.lemma, t.tag)])) for s in sentences for e in s]
        size = len(rows)
        numbers = np.frombuffer(b"".join(rows), np.int64).reshape(size, len(ATTRIBUTES) + _COUNTS).T
        width = len(ATTRIBUTES)
        own = numbers[:width].astype(np.uint32)
        self.size, self.case = size, own[13]
        self.starts = [0, *accumulate(map(len, sentences))]
        firsts, lasts = np.array(self.starts[:-1]), np.array(self.starts[1:]) - 1
        self.final = np.zeros(size, np.bool_)  # whether an eojeol is its sentence's last
        self.final[lasts] = True
        columns = np.zeros((NOTHING + 1, size), np.uint32)
        columns[:width] = own
        columns[width : 2 * width, : size - 1] = own[:, 1:]
        columns[width : 2 * width, lasts] = 0
        columns[2 * width : 3 * width, : max(0, size - 2)] = own[:, 2:]
        columns[2 * width : 3 * width, lasts] = 0
        columns[2 * width : 3 * width, lasts - 1] = 0
        columns[3 * width : 4 * width, 1:] = own[:, : size - 1]
        columns[3 * width : 4 * width, firsts] = 0
        self.columns = columns
        self.sums = np.zeros((5, size + 1), np.int64)  # counts before each eojeol; the last row is of net brackets
        np.cumsum(numbers[width : width + 4], axis=1, out=self.sums[:4, 1:])
        np.cumsum(numbers[width + 4] - numbers[width + 5], out=self.sums[4, 1:])
