"""What the parser sees of eojeols and of pairs of them: numbers hashed from attributes, many at a time.

An eojeol is a column of attributes (its josa or ending, its lemma, its predicate, its punctuation) and of counts. A
feature of an arc joins attributes of the dependent, of the head and of what lies between; the features of all arcs of
a block come out of a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.model import Eojeol

Hashes = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]

WINDOW: Final = 48  # a head further to the right is not looked for
BITS: Final = 20  # the linear table has 2**BITS weights
LABEL_BITS: Final = 14

_PUNCTUATION = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB"})
_NOUNS = {"NNG": "N", "NNP": "N", "SL": "N", "SH": "N", "XR": "N", "NP": "NP", "NNB": "NNB", "NR": "NR", "SN": "NR"}
_MODIFIERS = frozenset({"MAG", "MAJ", "MM", "IC"})
_JOSA = {
    "이": "가", "을": "를", "은": "는", "과": "와", "으로": "로", "이나": "나", "이라고": "라고", "이란": "란", "이며": "며", "으로써": "로써",
    "으로서": "로서", "으로부터": "로부터", "이든": "든", "이라도": "라도", "이랑": "랑", "께서": "가", "이라는": "라는", "이라면": "라면",
}  # fmt: skip
_ENDINGS = {"ᆫ": "은", "ᆯ": "을", "ᆷ": "음", "ᆸ니다": "습니다", "ᆫ다": "다", "는다": "다", "아": "어", "여": "어"}
_FINALS = str.maketrans("", "", "ᆫᆯᆷᆸ")

_ATTRIBUTES = "func kind type lemma verb tail lead first char unit full pred shape case prefix".split()
_COUNTS = 6  # predicate, comma, subject or topic, relative clause, brackets opened, brackets closed
_SHIFTS = (0, 1, 2, -1)  # an attribute of the eojeol itself, of the next, the one after, the one before
_NONE = len(_ATTRIBUTES) * len(_SHIFTS)  # the row of zeros in the table of shifted attributes


@lru_cache(maxsize=65536)
def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


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


@lru_cache(maxsize=65536)
def _describe(forms: tuple[str, ...]) -> tuple[int, ...]:
    """The attributes of an eojeol of these morphemes (form, lemma, tag by turns) as numbers, then its counts."""
    tokens = list(zip(forms[0::3], forms[1::3], forms[2::3], strict=True))
    names, counts = describe_morphemes(tokens)
    return (*(_number(f"{index}:{name}") for index, name in enumerate(names)), *counts)


def describe_morphemes(tokens: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The attributes of an eojeol in words, and its counts: 검찰의 has func 의/JKG, lemma 검찰, shape N+JKG."""
    first, last = 0, len(tokens)
    while first < last and tokens[first][2] in _PUNCTUATION:
        first += 1
    while last > first and tokens[last - 1][2] in _PUNCTUATION:
        last -= 1
    core = tokens[first:last]
    lead = "".join(form[:1] for form, _, _ in tokens[:first])[:2]
    tail = "".join(form[:1] for form, _, _ in tokens[last:])[:2]
    opened = sum(tag == "SSO" for _, _, tag in tokens)
    closed = sum(tag == "SSC" for _, _, tag in tokens)
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
        func, f"{predicate or lemma_tag or '-'}:{func}", ("V" if predicate else "") + kind, lemma or form, verb or "-", tail, lead, core[0][1],
        (noun or lemma or form or "-")[-1], unit, " ".join(endings) or tag, pred, "+".join(_NOUNS.get(each, each) for _, _, each in core)[:24],
        case, _NOUNS.get(core[0][2], core[0][2]),
    )  # fmt: skip
    counts = (
        int(bool(predicate) and lemma_tag != "VX"), int("," in tail), int(case in ("가/JKS", "는/JX", "도/JX")), int(pred.endswith("ETM")),
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
    """The eojeols of a sentence as numbers: ``columns`` (shifted attributes by eojeol) and running sums of the counts."""

    __slots__ = ("after", "before", "case", "columns", "last", "size", "sums")

    def __init__(self, eojeols: Sequence[Eojeol]) -> None:
        rows = [_describe(tuple([part for t in e.tokens for part in (t.form, t.lemma, t.tag)])) for e in eojeols]
        size = len(rows)
        numbers = np.array(rows, np.int64).reshape(size, len(_ATTRIBUTES) + _COUNTS).T
        width = len(_ATTRIBUTES)
        own = numbers[:width].astype(np.uint32)
        columns = np.zeros((_NONE + 1, size), np.uint32)
        columns[:width] = own
        columns[width : 2 * width, : size - 1] = own[:, 1:]
        columns[2 * width : 3 * width, : max(0, size - 2)] = own[:, 2:]
        columns[3 * width : 4 * width, 1:] = own[:, : size - 1]
        self.size, self.columns, self.case = size, columns, own[13]
        self.sums = np.zeros((5, size + 1), np.int64)  # counts before each eojeol; the last row is of net brackets
        np.cumsum(numbers[width : width + 4], axis=1, out=self.sums[:4, 1:])
        np.cumsum(numbers[width + 4] - numbers[width + 5], out=self.sums[4, 1:])


_BETWEEN = ("dist", "pred", "comma", "subject", "relative", "last", "same", "quote")
_RADIX = (10, 5, 3, 3, 3, 2, 3, 5)
_DISTANCE = np.minimum(np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 8, 8, 8, 8, 8] + [9] * (WINDOW + 2)), 9)

# dependent > head | what lies between; a number shifts the attribute to a neighbour
_ARC = """
> | dist pred comma last; > | dist; func > | dist; func tail > | dist; func > | dist pred; kind > | dist; full > | dist;
func > | pred comma; func tail > | pred comma subject last; lemma func > | dist; lemma func > | pred; func > case; func > case | dist;
func > kind; func > pred | dist; func > pred | pred; func tail > case tail; func tail > case tail | dist; type > pred | dist pred;
type tail > pred tail | dist; kind > kind; full > full; kind > func | dist; func > verb; case > verb; lemma > verb; lemma func > verb;
lemma func > kind; func > lemma; lemma > lemma; lemma func > lemma; char func > char; char func > verb; char func > kind;
lemma func > pred | dist; func > first; lemma > first; func > prefix shape; shape > shape; shape > prefix case | dist;
shape func tail > | dist; unit func > unit; unit > lemma; unit func > case | dist; char > first; char > char; char > case | dist;
func > shape func; > kind | dist; > verb; > lemma | dist; > full | dist; > kind tail | last; func func+1 > | dist;
func kind+1 > case | dist; func func-1 > | dist; func case+1 > pred | dist; case tail > pred case-1 | dist;
case > pred case-1 type+1 | dist; func > kind case-1; func lemma+1 > | dist; func type+1 > pred type+1 | dist;
type type+1 type+2 > type | dist; type type-1 > type type-1 | dist; lemma+1 func > verb | dist; func > pred | same;
func > case | same pred; func > pred | quote; func tail > case | subject pred; func > case | comma pred last; func lead > tail | quote dist;
> tail | quote last; func > case | relative pred; case > case | last pred; func > verb | pred
"""
# dependent > the nearest dependent of the same head
_SIBLING = """
func > case; func > kind; func tail > case tail; kind > kind; case > case | dist; type > type | dist; func > pred | pred; func > verb;
lemma func > func; shape > shape; char func > char func; func > func type+1 | dist
"""
# dependent > the head of its head
_GRAND = "func > case; func > pred | dist; func > kind; func tail > case tail; func > verb; lemma func > verb"
_LABEL = """
func >; full >; kind >; func tail >; lemma >; lemma func >; char func >; shape >; shape func >; first >; verb func >; pred >; type >; unit func >;
func func+1 >; func lemma+1 >; func func-1 >; lemma func+1 >; func > case; func > kind; func > verb; func > type; kind > pred; lemma > pred;
lemma > kind; lemma > lemma; lemma func > verb; char > verb; shape > case; full > kind; tail func > case
"""
_NETWORK_NEAR = "func kind case tail pred verb type char".split()


class _Templates:
    """Templates as index tables: which rows of the shifted attributes each joins, and with which multipliers."""

    def __init__(self, text: str, family: str) -> None:
        parsed = [template.strip() for template in text.split(";")]
        halves = [(left.split(">")[0], left.split(">")[1], right) for left, _, right in (p.partition("|") for p in parsed)]
        self.size = len(parsed)
        self.names = [f"{family}{index}" for index in range(self.size)]
        self.dependent = self._sides([half[0] for half in halves], "d")
        self.head = self._sides([half[1] for half in halves], "h")
        radix = np.zeros((self.size, len(_BETWEEN)), np.float64)
        for index, (_, _, between) in enumerate(halves):
            scale = 1
            for name in between.split():
                radix[index, _BETWEEN.index(name)] = scale
                scale *= _RADIX[_BETWEEN.index(name)]
        self.radix, inverse = np.unique(radix, axis=0, return_inverse=True)
        self.between = inverse.reshape(-1)
        self.salt = np.array([_number("salt" + name) for name in self.names], np.uint32)[:, None]

    def _sides(self, sides: list[str], mark: str) -> tuple[Integers, Hashes]:
        rows = np.full((len(sides), 3), _NONE, np.int64)
        factors = np.zeros((len(sides), 3), np.uint32)
        for index, side in enumerate(sides):
            for slot, name in enumerate(side.split()):
                rows[index, slot] = _column(name)
                factors[index, slot] = _number(f"{mark}{slot}{self.names[index]}") | 1
        return rows, factors[:, :, None]

    def join(self, other: _Templates) -> None:
        """Append the templates of ``other``."""
        self.names += other.names
        self.size += other.size
        self.salt = np.concatenate([self.salt, other.salt])
        self.dependent = (np.concatenate([self.dependent[0], other.dependent[0]]), np.concatenate([self.dependent[1], other.dependent[1]]))
        self.head = (np.concatenate([self.head[0], other.head[0]]), np.concatenate([self.head[1], other.head[1]]))
        both = np.concatenate([self.radix[self.between], other.radix[other.between]])
        self.radix, inverse = np.unique(both, axis=0, return_inverse=True)
        self.between = inverse.reshape(-1)


def _column(name: str) -> int:
    for shift in ("+1", "+2", "-1"):
        if name.endswith(shift):
            return _ATTRIBUTES.index(name[:-2]) + len(_ATTRIBUTES) * _SHIFTS.index(int(shift))
    return _ATTRIBUTES.index(name)


def _mixed(columns: Hashes, side: tuple[Integers, Hashes]) -> Hashes:
    rows, factors = side
    joined: Hashes = (columns[rows] * factors).sum(1, dtype=np.uint32)
    return joined


_ARCS = _Templates(_ARC, "arc")
ARCS: Final = _ARCS.size
_ARCS.join(_Templates(_SIBLING, "sibling"))
SIBLINGS: Final = _ARCS.size
_ARCS.join(_Templates(_GRAND, "grand"))
FEATURES: Final = _ARCS.size
_LABELS = _Templates(_LABEL, "label")
LABEL_FEATURES: Final = _LABELS.size

_NETWORK_ROWS = np.array(
    [_ATTRIBUTES.index(name) for name in _ATTRIBUTES]
    + [_column(name + shift) for shift in ("-1", "+1", "+2") for name in _NETWORK_NEAR]
)
_NETWORK_FACTORS = np.array([[[_number(f"n{role}{row}") | 1] for row in _NETWORK_ROWS] for role in (0, 1)], np.uint32)
NETWORK_GROUPS: Final = (50, 18, 45)  # distance by predicates; commas, subjects, last; relatives, same josa, quotes


@lru_cache(maxsize=WINDOW + 2)
def triangle(size: int) -> tuple[Integers, Integers]:
    """Dependents and heads of all arcs to the right among ``size`` eojeols, by dependent."""
    left, right = np.triu_indices(size, 1)
    return left.astype(np.int64), right.astype(np.int64)


def find_between(table: Table, left: Integers, right: Integers) -> Integers:
    """What lies between the two ends of each arc: one row for each of distance, predicates, commas …"""
    low, high = int(left[0]), int(left[-1]) + 1
    far = int(right.max()) + 1
    equal = table.case[low:high, None] == table.case[None, low:far]
    running = np.zeros((high - low, far - low + 1), np.int64)
    np.cumsum(equal, axis=1, out=running[:, 1:])
    result = np.empty((len(_BETWEEN), len(left)), np.int64)
    result[0] = _DISTANCE[right - left]
    counted = table.sums[:, right] - table.sums[:, left + 1]
    np.minimum(counted[0], 4, out=result[1])
    np.minimum(counted[1:4], 2, out=result[2:5])
    result[5] = right == table.size - 1
    result[6] = np.minimum(running[left - low, right - low] - running[left - low, left - low + 1], 2)
    result[7] = np.clip(counted[4], -2, 2) + 2
    return result


def hash_arcs(table: Table, left: Integers, right: Integers, between: Integers) -> Hashes:
    """Numbers below 2**BITS of every feature (rows) of every arc (columns): arc, sibling and grandparent templates."""
    dependent = _mixed(table.columns, _ARCS.dependent) + _ARCS.salt
    head = _mixed(table.columns, _ARCS.head)
    joined = (_ARCS.radix @ between.astype(np.float64)).astype(np.uint32)
    joined *= np.uint32(0x9E3779B1)
    hashes: Hashes = dependent.take(left, axis=1)
    hashes += head.take(right, axis=1)
    hashes += joined.take(_ARCS.between, axis=0)
    return _scatter(hashes, BITS)


def _scatter(hashes: Hashes, bits: int) -> Hashes:
    hashes ^= hashes >> np.uint32(15)
    hashes *= np.uint32(0x2C1B3C6D)
    hashes >>= np.uint32(32 - bits)
    return hashes


def hash_labels(table: Table, heads: Sequence[int]) -> Hashes:
    """Numbers below 2**LABEL_BITS of every feature (rows) of every eojeol's label; ``heads`` 0-based, -1 for the root."""
    at = np.array(heads, np.int64)
    place = np.where(at < 0, 2, at == np.arange(1, table.size + 1)).astype(np.uint32)
    columns = np.concatenate([table.columns, np.zeros((_NONE + 1, 1), np.uint32)], axis=1)
    hashes = _mixed(table.columns, _LABELS.dependent) + _LABELS.salt
    hashes += _mixed(columns, _LABELS.head)[:, at]
    hashes += place * np.uint32(0x9E3779B1)
    return _scatter(hashes, LABEL_BITS)


def hash_network(table: Table) -> Hashes:
    """Keys of the network's inputs: role (dependent, head) by attribute by eojeol."""
    keys: Hashes = table.columns[_NETWORK_ROWS] * _NETWORK_FACTORS
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x2C1B3C6D)
    return keys


def lemma_keys(lemma: str) -> tuple[int, int]:
    """The keys under which the network meets a lemma as dependent's and as head's."""
    column = np.zeros((_NONE + 1, 1), np.uint32)
    column[3] = _number(f"3:{lemma}")
    keys = (column[_NETWORK_ROWS] * _NETWORK_FACTORS)[:, 3, 0]
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x2C1B3C6D)
    return int(keys[0]), int(keys[1])


def group_between(between: Integers) -> Any:
    """The network's three input rows for what lies between."""
    dist, pred, comma, subject, relative, last, same, quote = between
    return dist * 5 + pred, 50 + (comma * 3 + subject) * 2 + last, 68 + (relative * 3 + same) * 5 + quote
