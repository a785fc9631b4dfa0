"""Quotation marks told apart by their surroundings, because newspapers type them in every direction.

The marks “ ” " ″ 「 」 and ‘ ’ ' are opening or closing by what stands beside them: ”AI는 끝났다“고 is a quotation whose
marks are the wrong way round. :func:`straighten` gives the text to the morphological analyser with each mark in its
proper shape, character for character, so that offsets do not move.
"""

from __future__ import annotations

DOUBLE = "“”\"″〝〞＂"
SINGLE = "‘’'′＇`"
OPENERS = "([{（［｛〈《「『【<"
_BEFORE_OPENING = frozenset(OPENERS + "·ㆍ,=-–—…/:~+")


def _is_opening(text: str, index: int, inside: bool) -> bool:
    """Whether the mark at ``index`` opens: by its neighbours first, by what is already open where they do not tell."""
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    left = before.isspace() or before in _BEFORE_OPENING or before in DOUBLE or before in SINGLE
    right = not after.isspace() and after not in ".,)]!?…"
    if left and right and not inside:
        return True
    if left and right and text[index] in "“‘〝":
        return True
    if not left:
        # 'KT"코파일럿"' has no space before an opening mark; a mark after Hangul or a full stop closes what is open
        return not inside and right and text[index] in "“‘〝"
    return not inside


def find_marks(text: str) -> tuple[tuple[int, bool, bool], ...]:
    """The quotation marks of a line as (index, is double, is opening): '”끝“' gives ((0, True, True), (2, True, False))."""
    marks: list[tuple[int, bool, bool]] = []
    double = single = False
    for index, char in enumerate(text):
        if char in DOUBLE:
            opening = _is_opening(text, index, double)
            double = opening
            if not opening:
                single = False
            marks.append((index, True, opening))
        elif char in SINGLE:
            if _is_apostrophe(text, index):
                continue
            opening = _is_opening(text, index, single)
            single = opening
            marks.append((index, False, opening))
    return tuple(marks)


def _is_apostrophe(text: str, index: int) -> bool:
    """Whether a single mark stands inside a Latin word (McDonald's) or before a two-digit year ('24년)."""
    before = text[index - 1] if index else " "
    after = text[index + 1 : index + 4]
    if before.isascii() and before.isalpha() and after[:1].isascii() and after[:1].isalpha():
        return True
    return len(after) == 3 and after[:2].isdigit() and after[2] in "년~∼-" and not before.isalnum()


_PLAIN = str.maketrans({"ㆍ": "·", "・": "·", "∙": "·", "•": "·", "‧": "·", "\u00a0": " ", "\u3000": " ", "〜": "~", "∼": "~", "～": "~"})


def straighten(text: str) -> str:
    """The line as the morphological analyser reads best: marks in their proper shape, same length."""
    chars = list(text.translate(_PLAIN))
    for index, double, opening in find_marks(text):
        chars[index] = ("“" if opening else "”") if double else ("‘" if opening else "’")
    for index, char in enumerate(chars):
        if "！" <= char <= "～":
            chars[index] = chr(ord(char) - 0xFEE0)
    return "".join(chars)
