"""Numbers as they stand before a unit: 2조4000억, 7천 5백만, 이십, 스물네, 1,250.5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.tables.numerals import NATIVE_NUMBER, exact, native_of, number_of

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_SCALE = r"(?:[십백천]{1,2}[만억조]?|경(?=\s?[\d원])|[만억조](?!각|사|치|직|항|례|연))"
_TERM = rf"(?:\s?{_DIGITS}\s?{_SCALE}|\s?{_SCALE})"
_TAIL = r"(?:\d[\d,]*(?![\d.])|\s\d{3,4}(?![\d,.]))?"
NUMBER = re.compile(
    rf"(?P<digits>(?<![\d.,A-Za-z]){_DIGITS}(?:\s?{_SCALE}{_TERM}*{_TAIL})?)"
    rf"|(?P<native>(?<![가-힣A-Za-z\d]){NATIVE_NUMBER}(?=\s?[가-힣]))"
    rf"|(?P<spelt>(?<![가-힣A-Za-z\d.,])(?!만\s?\d)[일이삼사오육칠팔구]?[십백천만](?:\s?\d{{1,4}}\s?[십백천만]+"
    rf"|\s?[일이삼사오육칠팔구십백천만억조]+)*+(?=\s?[가-힣%])"
    r"|(?<![가-힣A-Za-z\d.,])[일이삼사오육칠팔구]{1,3}(?=\s?(?:퍼센트|세(?![가-힣])|살|개월|주(?:가|이)\s?[된될됐])))"
)
SCALES = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_LAST_SCALE = re.compile(r"[십백천만억조경]+$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with where it stands; ``kind`` is digits, native or spelt."""

    value: Decimal
    start: int
    end: int
    kind: str
    text: str


def number_from(match: re.Match[str]) -> Number | None:
    """The number of a match of ``NUMBER``."""
    kind, wording = match.lastgroup or "digits", match.group()
    value = native_of(wording) if kind == "native" else number_of(wording)
    if value is None:
        return None
    return Number(exact(Decimal(value)), match.start(), match.start() + len(wording.rstrip()), kind, wording.rstrip())


def lift(first: Number, second: Number) -> Decimal:
    """The lower end of a range with the scale that only the upper end says: "3~4억" begins at 300,000,000."""
    scale = _LAST_SCALE.search(second.text)
    if scale is None or _LAST_SCALE.search(first.text) or first.value >= second.value:
        return first.value
    factor = Decimal(1)
    for piece in scale.group():
        factor *= SCALES[piece]
    # "5~10만" is fifty thousand to a hundred thousand, but "500~1만" begins at five hundred.
    lifted = exact(first.value * factor)
    return lifted if lifted < second.value else first.value
