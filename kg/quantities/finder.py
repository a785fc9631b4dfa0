"""Finds the quantities of a text: a number with its unit, its range, its approximation and its conversion."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import Quantity, Span, Token
from kg.quantities.guards import is_bare_money, is_counted
from kg.quantities.numbers import NUMBER, Number, lift, number_from
from kg.quantities.units import Unit, approximate_by, rule_of, unit_at
from kg.tables.numerals import exact

RANGE = re.compile(r"\s?[~∼〜]\s?|[-–](?=\d)|\s[-–]\s(?=\d)")
SPACE = re.compile(r"\s?(?:여\s?|몇\s)?")
SYMBOL = re.compile(r"(?:(US|U\.S\.|C|A|HK|S|NZ)?(\$)|([€£¥￥₩￦])|(USD|EUR|JPY|GBP|CNY|KRW)\s?)$")
SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "￦": "KRW"}
DOLLARS = {"C": "CAD", "A": "AUD", "HK": "HKD", "S": "SGD", "NZ": "NZD"}
DEGREES = re.compile(
    r"(?P<cold>영하|마이너스|零下)\s?$|(?P<scale>섭씨|화씨)\s?(?P<minus>영하|마이너스|[-−])?\s?$|영상\s?$"
)
WARM = re.compile(r"기온|온도|수온|체온|더위|추위|체감|폭염|한파|무더|날씨|열처리|가열|녹는점|끓는점")
MINUS = re.compile(r"(?:(?:^|[\s(=:])[-−▲△]|마이너스\s?)$")
SPEED = re.compile(r"(시속|초속|분속)\s?(?:약|최고|최대|평균)?\s?$")
PER = {"시속": "h", "초속": "s", "분속": "min"}
BRACKET = re.compile(r"\s?\((?:(?:약|한화로?|우리\s?돈|원화로?|한국\s?돈|미화|환율|으로|로|기준)\s?){0,4}(?=\d)")
HUNDREDTH = re.compile(r"\s?(\d{1,2})\s?(센트|펜스)")


def find_quantities(text: str, tokens: tuple[Token, ...] = ()) -> tuple[Quantity, ...]:
    """The quantities of a text in order: "5억달러(약 7200억원)" is 500000000 USD, converted 720000000000 KRW.

    ``tokens`` keep numbers inside a proper name ("GPT-4o") from being read; the text alone is enough.
    """
    found: list[Quantity] = []
    names = [
        token.span
        for token in tokens
        if token.tag in ("NNP", "SL", "W_URL", "W_EMAIL", "W_SERIAL") and len(token.form) > 1
    ]
    at, index = 0, 0
    while match := NUMBER.search(text, at):
        at = max(match.start() + 1, match.end())
        number = number_from(match)
        if number is None:
            continue
        while index < len(names) and names[index].end <= number.start:
            index += 1
        if index < len(names) and names[index].start < number.start < names[index].end:
            continue
        quantity = _quantity(text, number)
        if quantity is None and number.kind != "digits":
            at = match.start() + 1
        if quantity is not None and (not found or quantity.span.start >= found[-1].span.end):
            found.append(quantity)
            at = quantity.span.end
    return tuple(found)


def _quantity(text: str, number: Number) -> Quantity | None:
    if number.kind == "digits":
        special = _special(text, number)
        if special is not None:
            return special
    amount = _amount(text, number)
    if amount is None or (amount.unit is None and amount.code == ""):
        return None
    quantity = amount.quantity(text)
    bracket = BRACKET.match(text, quantity.span.end)
    if bracket:
        inner = NUMBER.match(text, bracket.end())
        value = number_from(inner) if inner else None
        other = _amount(text, value) if value is not None else None
        if other is not None and other.code and other.code != quantity.unit and other.end < len(text):
            converted = other.quantity(text)
            close = text.find(")", converted.span.end, converted.span.end + 4)
            if close >= 0 and converted.unit.isalpha() and (quantity.rule == "money" or amount.rule == other.rule):
                if quantity.rule == "bare-money":
                    return converted
                span = Span(quantity.span.start, close + 1)
                return replace(quantity, span=span, text=span.of(text), converted=converted)
    return quantity


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit, or a range of two."""

    start: int
    end: int
    value: Decimal | None
    code: str
    rule: str
    unit: Unit | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def quantity(self, text: str) -> Quantity:
        span = Span(self.start, self.end)
        about = approximate_by(text, self.start, self.end)
        if about is None and self.unit is not None:
            # "100여 명": the word stands between the number and the unit
            inside = text[self.start : self.end - len(self.unit.wording)].rstrip()
            about = "about" if inside.endswith("여") else None
        return Quantity(span, self.value, self.code, about, span.of(text), self.rule, self.minimum, self.maximum)


def _amount(text: str, number: Number) -> _Amount | None:
    symbol = SYMBOL.search(text, max(0, number.start - 5), number.start) if number.kind == "digits" else None
    if symbol:
        code = (
            DOLLARS.get(symbol.group(1) or "", "USD")
            if symbol.group(2)
            else SYMBOLS.get(symbol.group(3) or "", symbol.group(4) or "")
        )
        return _Amount(symbol.start(), number.end, number.value, code, "money")
    first = _unit_after(text, number)
    link = RANGE.match(text, first[1] if first else number.end)
    if link and number.kind == "digits":
        match = NUMBER.match(text, link.end())
        second = number_from(match) if match and match.lastgroup == "digits" else None
        upper = _unit_after(text, second) if second is not None else None
        if second is not None and upper is not None and (first is None or first[0].code == upper[0].code):
            return _range(text, number, second, upper)
    if first is None:
        if is_bare_money(number, text):
            return _Amount(number.start, number.end, number.value, "KRW", "bare-money")
        return None
    unit, end = first
    if not is_counted(number, unit, text, end):
        return None
    return _measured(text, number, unit, end)


def _unit_after(text: str, number: Number) -> tuple[Unit, int] | None:
    gap = SPACE.match(text, number.end)
    at = gap.end() if gap else number.end
    return unit_at(text, at)


def _range(text: str, first: Number, second: Number, unit: tuple[Unit, int]) -> _Amount | None:
    low, high = lift(first, second), second.value
    if low >= high or not is_counted(second, unit[0], text, unit[1]):
        return None
    code, rule = _code(text, first.start, unit[0])
    return _Amount(first.start, unit[1], None, code, rule, unit[0], low, high)


def _measured(text: str, number: Number, unit: Unit, end: int) -> _Amount:
    start, value = number.start, number.value
    code, rule = _code(text, start, unit)
    if unit.rule == "temperature":
        match = DEGREES.search(text, max(0, start - 10), start)
        if match:
            start = match.start()
            value = -value if match.group("cold") or match.group("minus") else value
    minus = MINUS.search(text, max(0, start - 6), start)
    if minus and unit.rule in ("percent", "temperature") and value > 0 and text[start - 1] not in "▲△":
        value, start = -value, start - (1 if text[start - 1] in "-−" else len(minus.group().lstrip()))
    if unit.rule == "money" and unit.code in ("USD", "GBP", "EUR") and (small := HUNDREDTH.match(text, end)):
        value, end = value + Decimal(small.group(1)) / 100, small.end()
    return _Amount(start, end, exact(value), code, rule, unit)


def _code(text: str, start: int, unit: Unit) -> tuple[str, str]:
    """The unit's code in its surroundings: 시속 100㎞ is km/h, 기온 30도 is Cel."""
    if unit.rule == "length" and (per := SPEED.search(text, max(0, start - 8), start)):
        return f"{unit.code}/{PER[per.group(1)]}", "speed"
    if unit.code == "도":
        match = DEGREES.search(text, max(0, start - 10), start)
        if match and match.group("scale"):
            return ("Cel" if match.group("scale") == "섭씨" else "[degF]"), unit.rule
        near = text[max(0, start - 20) : start + 20]
        return ("Cel" if match or WARM.search(near) else "deg"), unit.rule
    if unit.code == "GBP" and re.search(r"무게|몸무게|체중|중량", text[max(0, start - 20) : start + 20]):
        return "[lb_av]", "mass"
    return unit.code, unit.rule


def _special(text: str, number: Number) -> Quantity | None:
    """Scores, ages in brackets, fractions, minutes of a match, and numbers named by the word before them."""
    start, before = number.start, text[number.start - 1 : number.start]
    for rule, pattern in rule_of("score"):
        match = pattern.match(text, start)
        if match:
            context = str(rule.options.get("context", ""))
            if re.search(context, text[max(0, start - 25) : match.end() + 25]):
                return Quantity(
                    Span(start, match.end()),
                    None,
                    "score",
                    None,
                    match.group(),
                    rule.id,
                    score=f"{match.group(1)}-{match.group(2)}",
                )
    if before == "(":
        for rule, pattern in rule_of("age"):
            match = pattern.match(text, start - 1)
            if (
                match
                and 1 <= int(match.group("age")) <= 120
                and re.search(str(rule.options["name"]), text[max(0, start - 6) : start - 1])
            ):
                return Quantity(
                    Span(start, start + len(match.group("age"))),
                    Decimal(match.group("age")),
                    "세",
                    None,
                    match.group("age"),
                    rule.id,
                )
    for rule, pattern in rule_of("fraction"):
        match = pattern.match(text, start)
        if (
            match
            and int(match.group("under")) > 1
            and (share := _share(int(match.group("over")), int(match.group("under")))) is not None
        ):
            return Quantity(
                Span(start, match.end()), share, "1", approximate_by(text, start, match.end()), match.group(), rule.id
            )
    for rule, pattern in rule_of("minute"):
        if text.startswith("분", number.end):
            match = next(
                (m for m in pattern.finditer(text, max(0, start - 14), number.end + 1) if m.start("minute") == start),
                None,
            )
            if match and re.search(str(rule.options["context"]), text[max(0, start - 600) : start + 400]):
                late = match.group("stoppage") and not match.group("half").startswith("연장")
                ahead = 45 if match.group("half") == "후반" else 0
                value = Decimal(int(match.group("minute")) + ahead + (45 if late else 0))
                return Quantity(Span(match.start(), match.end()), value, "min", None, match.group(), rule.id)
    for rule, pattern in rule_of("before"):
        if pattern.search(text, max(0, start - 6), start) and unit_at(text, number.end) is None:
            after = str(rule.options.get("after", ""))
            if not after or re.match(after, text[number.end : number.end + 8]):
                return Quantity(
                    Span(start, number.end), number.value, str(rule.options["code"]), None, number.text, rule.id
                )
    return None


def _share(over: int, under: int) -> Decimal | None:
    """A fraction as a decimal where it is exact: one fifth is 0.2, two thirds none."""
    if over >= under:
        return None
    rest = under
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return exact(Decimal(over) / Decimal(under)) if rest == 1 else None
