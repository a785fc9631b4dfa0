"""The units that names are tagged on: Kiwi's morphemes, cut where a name may end inside one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.entities.people import SURNAMES
from kg.model import Token


class Unit(NamedTuple):
    """A piece of text with a tag: "유천아" gives 유천/NNP and 아/J."""

    form: str
    tag: str
    start: int
    end: int


# What sticks to a name that the analyser does not know: 니시지마+씨, 타츠야+군, 소니+행, 조셉+이.
_TAILS = ("씨", "모", "군", "양", "님", "측", "행", "역", "판", "전", "내", "장", "식", "인", "의", "가", "이", "도", "와", "과", "은",
          "는", "랑", "아", "야", "만", "자", "일자", "이랑", "이가", "땜시", "영화", "화이팅", "병장", "사단")
_TAIL_LETTERS = frozenset(tail[-1] for tail in _TAILS)
# What the analyser leaves on a word that no dictionary has: 황비홍+의, 니시지마+씨, 곽지민+님; the tagger decides whether it belongs to it.
# Not what also ends the names of places and offices: 솔내군, 한빛도, 가람로, 지역개발과.
_UNHEARD_TAILS = frozenset("의역이씨가님와란랑만짱임아나양측")
_STATES = frozenset(
    "남북 북미 한미 한일 한중 미중 북중 미일 중일 한러 미러 북러 북일 한중일 한미일 남북미 북핵 북측 남측 미측 일측 "
    "한일전".split())
_GAPS = re.compile(r"[\s·ㆍ•&]+|[^\s·ㆍ•&]+")
_JAMO = re.compile("[\u1100-\u11ff\u3131-\u318e]+")
_RUNS = re.compile("[\u1100-\u11ff\u3131-\u318e]+|[^\u1100-\u11ff\u3131-\u318e]+")
_NOUNS = frozenset({"NNG", "NNP", "NNB"})


def find_units(text: str, tokens: Iterable[Token], is_name: Callable[[str], bool], is_known: Callable[[str], bool]) -> list[Unit]:
    """The units of a line: "타츠야군이" is 타츠야/NNP 군/X 이/JKS where 타츠야 is a known name."""
    units: list[Unit] = []
    add = units.append
    for token in tokens:
        start, end = token.span.start, token.span.end
        if start == end:
            continue
        tag = token.tag
        if tag not in _NOUNS:
            add(Unit(token.form, tag, start, end))
            continue
        form = text[start:end]
        if len(form) == 1:
            add(Unit(form, tag, start, end))
        elif form in _STATES:
            for index, letter in enumerate(form):
                add(Unit(letter, "NNP", start + index, start + index + 1))
        elif not form.isalnum() and not is_name(form):
            for piece in _GAPS.finditer(form):
                if not piece[0].isspace():
                    kind = tag if piece[0][0].isalnum() else "SP"
                    _split(piece[0], kind, start + piece.start(), is_name, is_known, add)
        elif _JAMO.search(form) is None:
            _split(form, tag, start, is_name, is_known, add)
        else:
            for piece in _RUNS.finditer(form):  # ᄏᄏ홍진호
                if _JAMO.match(piece[0]) and piece[0] != form:
                    add(Unit(piece[0], "SW", start + piece.start(), start + piece.end()))
                else:
                    _split(piece[0], tag, start + piece.start(), is_name, is_known, add)
    return units


def _split(form: str, tag: str, start: int, is_name: Callable[[str], bool], is_known: Callable[[str], bool], add: Callable[[Unit], None]) -> None:
    end = start + len(form)
    if len(form) == 2 and form[1] in "모씨군양" and form[0] in SURNAMES:
        add(Unit(form[0], "NNP", start, end - 1))
        add(Unit(form[1], "X", end - 1, end))
        return
    if len(form) == 4 and form[:2] == form[2:]:  # 하나하나 is tagged as two
        add(Unit(form[:2], tag, start, start + 2))
        add(Unit(form[2:], tag, start + 2, end))
        return
    if len(form) > 2 and form[-1] in _TAIL_LETTERS and not is_name(form):
        for tail in _TAILS:
            if form.endswith(tail):
                stem = form[: -len(tail)]
                if len(stem) > 1 and is_name(stem):
                    add(Unit(stem, "NNP", start, end - len(tail)))
                    add(Unit(tail, "X", end - len(tail), end))
                    return
    if len(form) > 2 and form[-1] in _UNHEARD_TAILS and not is_name(form) and not is_known(form):
        add(Unit(form[:-1], tag, start, end - 1))
        add(Unit(form[-1], "X", end - 1, end))
        return
    add(Unit(form, tag, start, end))
