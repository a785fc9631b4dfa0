"""Korean numbers as written: 2조4000억, 1천2백만, 이십삼, 스물네, and their mixtures."""

from __future__ import annotations

import re
from decimal import Decimal

SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
SMALL = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
NATIVE = {
    "한": 1, "하나": 1, "첫": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "서": 3, "석": 3, "네": 4, "넷": 4, "너": 4,
    "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스물": 20, "스무": 20, "서른": 30,
    "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip

NATIVE_NUMBER = (
    r"(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?:한|하나|두|둘|세|셋|네|넷|다섯|여섯|일곱|여덟|아홉)?"
    r"|스무|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉)"
)

_PIECE = re.compile(r"\d[\d,]*(?:\.\d+)?|[가-힣]")
_NATIVE_PIECE = re.compile("|".join(sorted(NATIVE, key=len, reverse=True)))


def exact(number: Decimal) -> Decimal:
    """The number without trailing zeros and without an exponent: 2.40E+12 is 2400000000000."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def number_of(text: str) -> Decimal | None:
    """The value of a number in digits, Sino-Korean words or both: "7천 5백30만" is 75300000; None where it is none."""
    if len(text) > 40:
        return None
    total = section = Decimal(0)
    digit: Decimal | None = None
    for piece in _PIECE.findall(text):
        if piece[0].isdigit():
            digit = Decimal(piece.replace(",", ""))
        elif piece in SINO:
            # "이공이사": figures read one by one
            digit = Decimal(SINO[piece]) if digit is None else digit * 10 + SINO[piece]
        elif piece in SMALL:
            section += (Decimal(1) if digit is None else digit) * SMALL[piece]
            digit = None
        elif piece in LARGE:
            section += digit or 0
            total += (section or Decimal(1)) * LARGE[piece]
            section, digit = Decimal(0), None
        else:
            return None
    return exact(total + section + (digit or 0))


def native_of(text: str) -> int | None:
    """The value of a native numeral: "스물네" is 24; None where it is none."""
    pieces = _NATIVE_PIECE.findall(text)
    if not pieces or "".join(pieces) != text:
        return None
    return sum(NATIVE[piece] for piece in pieces)


def count_of(text: str) -> Decimal | None:
    """The value of a number of either kind: "스물네" is 24, "1천" is 1000."""
    text = text.strip()
    native = native_of(text)
    return Decimal(native) if native is not None else number_of(text)
