"""Name statistics: how much more a syllable stands in a Korean name than elsewhere, and which words are known names.

Derived from the person and place names of mecab-ko-dic (Apache-2.0). The names themselves are kept as Bloom filters: a
word is in one for certain when it was put in, and by chance once in a hundred when it was not.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_BITS, _PROBES = 10, 7
DOUBLE_SURNAMES = frozenset("남궁 황보 제갈 선우 독고 사공 서문 동방".split())
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설"
    "마길연위표명기반왕금옥육맹제탁국어은편용예경봉사부태목형두감호빈")


class NameTable:
    """Log-odds of the syllables of names, and the filters of known people and places."""

    def __init__(self, odds: dict[str, tuple[float, float, float]], people: bytes, places: bytes) -> None:
        self._odds = odds
        self._people = people
        self._places = places

    def is_person(self, form: str) -> bool:
        """Whether the dictionary has the form as a person's name."""
        return _has(self._people, form)

    def is_place(self, form: str) -> bool:
        """Whether the dictionary has the form as a place's name."""
        return _has(self._places, form)

    def is_surname(self, syllable: str) -> bool:
        """Whether a syllable is a surname: 김 is."""
        return self._odds.get(syllable, (-9.0, 0.0, 0.0))[0] > -5.5

    def score(self, form: str) -> float | None:
        """How name-like a word of two to four syllables is, in nats: 김영섭 lies far above 0, 대통령 below."""
        size = len(form)
        if not 2 <= size <= 4 or any(letter < "가" or letter > "힣" for letter in form):
            return None
        rare = (-9.0, -1.0, -1.0)
        odds = [self._odds.get(letter, rare) for letter in form]
        if size == 3:
            return odds[0][0] + odds[1][1] + odds[2][2]
        if size == 2:
            return max(odds[0][1], odds[0][0]) + odds[1][2]
        return odds[2][1] + odds[3][2] + 2.0 if form[:2] in DOUBLE_SURNAMES else None

    def bin(self, form: str) -> int | None:
        """The score in steps of 1.5 nats."""
        value = self.score(form)
        return None if value is None else max(-3, min(6, int(value // 1.5)))


def is_full_name(form: str, names: NameTable) -> bool:
    """Whether a word of three syllables is a Korean's full name: 한도윤 is, 클린트 is not."""
    if len(form) != 3 or form[0] not in SURNAMES:
        return False
    return (names.score(form) or -9.0) >= 1.0


def _positions(form: str, size: int) -> Iterable[int]:
    data = form.encode()
    first, second = zlib.crc32(data), zlib.crc32(data, 0x9E3779B9) | 1
    return ((first + probe * second) % size for probe in range(_PROBES))


def _has(bloom: bytes, form: str) -> bool:
    size = len(bloom) * 8
    return all(bloom[place >> 3] >> (place & 7) & 1 for place in _positions(form, size))


def _bloom(forms: Iterable[str]) -> bytes:
    kept = sorted(set(forms))
    bits = bytearray((len(kept) * _BITS + 7) // 8)
    for form in kept:
        for place in _positions(form, len(bits) * 8):
            bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)


def read_dictionary(path: Path) -> tuple[list[str], list[str]]:
    """The person and the place names of a compiled MeCab dictionary (``sys.dic`` of mecab-ko-dic)."""
    data = path.read_bytes()
    tries, tokens, features = struct.unpack_from("<3I", data, 24)
    begin = 72 + tries + tokens
    people: set[str] = set()
    places: set[str] = set()
    for row in data[begin : begin + features].split(b"\0"):
        cells = row.decode().split(",")
        if len(cells) > 3 and cells[0] == "NNP":
            if cells[1] == "인명":
                people.add(cells[3])
            elif cells[1] == "지명":
                places.add(cells[3])
    return sorted(people), sorted(places)


def write_names(people: list[str], places: list[str], nouns: Counter[str], folder: Path) -> None:
    """Writes the statistics of names; ``nouns`` counts the syllables of ordinary nouns to compare with."""
    surname: Counter[str] = Counter()
    middle: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for name in people:
        if len(name) == 3:
            surname[name[0]] += 1
            middle[name[1]] += 1
            last[name[2]] += 1
    total, ground, kinds = sum(surname.values()), sum(nouns.values()), 2000
    odds = {}
    for letter in sorted(set(surname) | set(middle) | set(last)):
        base = math.log((nouns[letter] + 0.5) / (ground + kinds * 0.5))
        odds[letter] = [round(math.log((surname[letter] + 0.01) / (total + 20)) - base, 2)]
        odds[letter] += [round(math.log((table[letter] + 0.5) / (total + kinds * 0.5)) - base, 2) for table in (middle, last)]
    stats = json.dumps(odds, ensure_ascii=False, separators=(",", ":")).encode()
    (folder / "ner_syllables.json.gz").write_bytes(gzip.compress(stats, 9, mtime=0))
    (folder / "ner_people.bloom").write_bytes(_bloom(people))
    (folder / "ner_places.bloom").write_bytes(_bloom(places))


@lru_cache(maxsize=2)
def load_names(folder: Path) -> NameTable:
    """The name statistics of a folder of weights, read once."""
    odds = json.loads(gzip.decompress((folder / "ner_syllables.json.gz").read_bytes()))
    return NameTable({letter: (row[0], row[1], row[2]) for letter, row in odds.items()},
                     (folder / "ner_people.bloom").read_bytes(), (folder / "ner_places.bloom").read_bytes())
