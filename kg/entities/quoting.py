"""Names in quotes and brackets: 브랜드 '달고개', 전기차배터리연합(EBA), MS(마이크로소프트)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.kinds import CLASS_NOUNS, kind_of_ending
from kg.entities.words import Word
from kg.model import Token

_QUOTED = re.compile(r"[‘'《<「『〈]([^‘’'《》<>「」『』〈〉\n\"“”]{1,40})(?:[’'》>」』〉]|(?<=\S)‘)")
_LATIN_ASIDE = re.compile(r"\(([A-Z][A-Za-z0-9&.,'’ -]*)\)")
_ALIAS = re.compile(r"\s?\((?:이하\s?)?['‘]?([A-Za-z가-힣][A-Za-z0-9가-힣·&.\- ]{0,29})['’]?\)")
_PAIR = re.compile(r"\s?\(([A-Z][A-Za-z0-9&.'’\- ]+), ?([A-Z][A-Z0-9&]{1,9})\)")  # (Green Climate Fund, GCF)
_LATIN = re.compile(r"[A-Za-z0-9&.\- ]+")
_NOT_ALIAS = re.compile(
    r"CEO|CFO|CTO|COO|CMO|CSO|CIO|CPO|CISO|왼쪽|오른쪽|가운데|사진|위|아래|현지시간|현지시각|종합|이하|연합뉴스|뉴시스|가명|한국시간|한국시각|.*[+=/].*|[남여]|IP|TB|GB|MB|MW|kW|V|㎚"
)

_NUMBERED = re.compile(r"제? ?\d{1,2}호 (?:태풍 )?$")
_SAYING = frozenset({"EF", "EP", "SF", "NP", "VX"})
_QUOTING = re.compile(r"(?:이?라[고며는면]|고|며|면서|는|다)[ 가-힣]")
_CLAUSE = frozenset({"VV", "JKS", "JKO", "JX", "EC", "ETM", "VA", "XSV"})
Found = tuple[int, int, str, str, int]


def find_quoted(text: str, start: int, end: int, words: Sequence[Word], tokens: Sequence[Token]) -> Iterator[Found]:
    """Quoted names whose kind their own end or a class noun beside them tells: 냉동만두 브랜드 '달고개' is a Product."""
    by_end = {word.end: word for word in words}
    by_start = {word.start: word for word in words}
    for match in _QUOTED.finditer(text, start, end):
        inside = [token for token in tokens if match.start(1) <= token.span.start < match.end(1)]
        announced = _class_before(text, match.start(), by_end)
        tags = {token.tag for token in inside}
        titled = announced in ("Work", "Product") and _QUOTING.match(text, match.end()) is None
        if (tags & _SAYING and not titled) or (announced is None and tags & _CLAUSE):
            continue  # but 노래 '바라볼 수 없는 그대' is a title whatever it says
        content = match[1]
        stop = match.end(1)
        aside = _LATIN_ASIDE.search(content)
        if aside is not None and aside.end() == len(content):
            stop = match.start(1) + aside.start()
        name = text[match.start(1) : stop].rstrip()
        if not name or name.isdigit():
            continue
        ending = kind_of_ending(name)
        if ending in ("City", "Region"):
            ending = None  # a syllable such as -주 says too little of a quoted name
        kind = ending if announced == "Organization" else announced
        kind = kind or announced or ending or _class_after(text, match.end(), by_start)
        weight = 74
        if kind is None and _NUMBERED.search(text, max(0, match.start() - 10), match.start()) is not None and "태풍" in text:
            kind = "Event"  # 제15호 ‘볼라벤’
        elif kind is None and aside is not None:
            kind, weight = "Product", 63  # a guess, which what is told of the name elsewhere outweighs
        elif kind is None and " " in name:
            kind = class_of(name.rsplit(" ", 1)[1])  # a name that ends in its class noun: AX(AI 전환) 전문기업
        if kind is None:
            continue
        yield match.start(1), match.start(1) + len(name), kind, "quoted", weight
        if aside is not None and stop != match.end(1):
            yield match.start(1) + aside.start(1), match.start(1) + aside.end(1), kind, "bracket-alias", min(weight, 71)


def _class_before(text: str, place: int, by_end: dict[int, Word]) -> str | None:
    if text[place - 2 : place] == ") " or text[place - 1 : place] == ")":  # 언어모델(LLM) '…'
        opening = text.rfind("(", max(0, place - 30), place)
        place = opening if opening > 0 else place
    word = by_end.get(place) or by_end.get(place - 1) if text[place - 1 : place] in (" ", "") else by_end.get(place)
    if word is None and text[place - 2 : place] == "인 ":
        word = by_end.get(place - 2)
    return class_of(word.text) if word is not None else None


def _class_after(text: str, place: int, by_start: dict[int, Word]) -> str | None:
    word = by_start.get(place + 1) if text[place : place + 1] == " " else by_start.get(place)
    return class_of(word.text) if word is not None else None


def class_of(word: str) -> str | None:
    """The kind that a class noun announces; the longest class noun that ends the word decides: 신소재 as 소재."""
    for begin in range(len(word)):
        kind = CLASS_NOUNS.get(word[begin:])
        if kind is not None and (begin == 0 or len(word) - begin > 1):
            return kind
    return None


def find_aliases(text: str, spans: Sequence[Found]) -> Iterator[Found]:
    """The other names that stand in brackets after names: (EBA) after 전기차배터리연합, with its kind."""
    for _, end, kind, _, _ in spans:
        pair = _PAIR.match(text, end)
        if pair is not None and kind != "Position":
            yield from ((*pair.span(number), kind, "bracket-alias", 71) for number in (1, 2))
        match = _ALIAS.match(text, end)
        if match is None or _NOT_ALIAS.fullmatch(match[1]) or kind == "Position":
            continue
        alias = match[1]
        first = min((span for span in spans if span[1] == end), key=lambda span: span[0])
        name = text[first[0] : end]
        if _is_alias(name, alias, kind):
            yield match.start(1), match.end(1), kind, "bracket-alias", 71


def _is_alias(name: str, alias: str, kind: str) -> bool:
    if _LATIN.fullmatch(alias):
        return not _LATIN.fullmatch(name) and (kind not in ("City", "Country", "Region", "Place") or len(alias) > 3)
    if _LATIN.fullmatch(name):  # MS(마이크로소프트)
        return len(alias) > 1 and " " not in alias and kind != "Person"
    if kind == "Person":
        return False
    letters = iter(name)
    return 2 <= len(alias) < len(name) and " " not in alias and all(letter in letters for letter in alias)  # 과방위 within 과학…위원회
