"""Names in marks: ‘찾아가는 교실’, 《나를 찾는 여행》; no clause is read inside a name, nor inside a question that is answered."""

from __future__ import annotations

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.clauses.quotations import find_asked
from kg.clauses.units import NOUN_TAGS
from kg.model import Span, Token
from kg.tables.lexicons import find_kind

_CLOSING = {"‘": "’", "“": "”", "《": "》", "〈": "〉", "<": ">", "「": "」", "『": "』"}
_SPOKEN = frozenset("‘“")
_BEHIND = frozenset(("VCP", "SP", "SF", "SSC", "SSO", "NNG", "NNP", "SL", "XSN"))  # what may follow a name's mark, beside josa
_SHOWS = frozenset(("프로그램", "예능", "곡", "책", "게임", "코너", "특집"))
_LONGEST = 40
_CHAINED = 20  # a longer one with joined clauses is somebody's words in part


def find_named(tree: Tree, frames: tuple[Frame, ...]) -> frozenset[int]:
    """The frames that stand inside a name: 찾아가다 of "‘찾아가는 교통안전교실’을 운영한다"."""
    names = (*_find_names(tree), *((name, False) for name in find_asked(tree)))
    return frozenset(n for n, f in enumerate(frames) if any(_lies_in(tree, f, *name) for name in names)) if names else frozenset()


def _lies_in(tree: Tree, frame: Frame, name: Span, title: bool) -> bool:
    """Whether a frame stands in a name with all that is its own: not 도와주다 of "매각을 “도와줄 기업”을 찾는다"."""
    return any(name.covers(v) for v in _verb(tree, frame)) and all(
        title or a.shared or a.span.start >= name.start or a.role != "object" or a.josa not in ("을", "를") for a in frame.arguments
    )


def _verb(tree: Tree, frame: Frame) -> tuple[Span, ...]:
    """Where a frame's verb stands, which a headline's noun has none of: 이다 of "‘온나래센터’다" stands behind the mark."""
    verb = tree.units[frame.chain.first].verb
    return (verb.span,) if verb is not None and frame.chain.kind != "noun" else ()


def _find_names(tree: Tree) -> tuple[tuple[Span, bool], ...]:
    """The words in marks that are names, each with whether it is the title of a work."""
    found: list[tuple[Span, bool]] = []
    opened: tuple[str, int, int] | None = None  # the closing mark, where the words begin, how many tokens stand before them
    tokens = [(t, index) for index, e in enumerate(tree.sentence.eojeols) for t in e.tokens]
    for place, (token, eojeol) in enumerate(tokens):
        if token.tag in ("SSO", "SSC", "SS", "SW") and token.form in _CLOSING and opened is None:
            opened = (token.form, token.span.end, place + 1)
        elif opened is not None and token.form == _CLOSING[opened[0]]:
            mark, start, first = opened
            inside = [t for t, _ in tokens[first:place]]
            behind = next((t for t, index in tokens[place + 1 : place + 2] if index == eojeol), None)
            after = tokens[place + 2][0] if place + 2 < len(tokens) else None
            told = behind is not None and behind.tag == "VCP" and after is not None and after.form.startswith("라")
            joined = not told and (behind is None or behind.tag.startswith("J") or behind.tag in _BEHIND)
            title = joined and _is_title(tree, tokens[first - 2 : first - 1], start)
            if mark not in _SPOKEN or title or (joined and _is_name(tree, eojeol, inside)):
                found.append((Span(start, token.span.start), title))
            opened = None
    return tuple(found)


def _is_name(tree: Tree, eojeol: int, inside: list[Token]) -> bool:
    """Whether marked words are a short noun phrase that nobody is said to have spoken."""
    if not inside or inside[-1].tag not in NOUN_TAGS or tree.unit(eojeol).tail:
        return False
    length = inside[-1].span.end - inside[0].span.start
    if inside[-1].tag == "NNB" or length > (_CHAINED if any(t.tag == "EC" for t in inside) else _LONGEST):
        return False
    return not any(t.tag in ("EF", "SF", "VCP", "EP") or (t.tag == "JX" and t.form in ("은", "는")) for t in inside)


def _is_title(tree: Tree, before: list[tuple[Token, int]], start: int) -> bool:
    """Whether marked words are the title of a work, which its class noun announces: 드라마 ‘밤을 걸어서’."""
    if not before or before[0][0].span.end < start - 2:
        return False
    unit = tree.unit(before[0][1])
    return unit.verb is None and not unit.case and (find_kind(unit.noun) == "Work" or unit.noun in _SHOWS)
