"""Framing: verbs that Korean uses as postpositions (에 의해, 를 통해, 에 대한, 기 위해) give their noun to the clause they frame."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument, ArgumentRole, Span

_ENDINGS = frozenset(("어", "아", "여", "어서", "아서", "여서", "ᆫ", "은", "는", "면", "으면", "고", "어도", "ᆯ"))
# lemma: the josa of its noun, the role that the noun gets, and the josa that is noted
_POSTPOSITIONS: dict[str, tuple[frozenset[str], ArgumentRole, str]] = {
    "의하다": (frozenset(("에",)), "source", "에 의해"),
    "통하다": (frozenset(("을", "를")), "instrument", "을 통해"),
    "대하다": (frozenset(("에",)), "adverbial", "에 대해"),
    "관하다": (frozenset(("에",)), "adverbial", "에 관해"),
    "위하다": (frozenset(("을", "를")), "adverbial", "을 위해"),
    "비하다": (frozenset(("에",)), "adverbial", "에 비해"),
    "인하다": (frozenset(("로", "으로")), "adverbial", "로 인해"),
}
_SETTING_OUT = frozenset(("나서다", "착수하다", "들어가다", "돌입하다"))
_BONDING = frozenset(("맺다", "체결하다", "교환하다", "추진하다", "서명하다", "합의하다"))
# what no later pass asks for as a clause of its own
DROPPED = frozenset(("위하다", "통하다", "비하다", "인하다", "의하다", "기하다"))


def settle_framing(tree: Tree, built: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames with the nouns of postposition verbs as arguments of the frames that govern them."""
    frames = list(built)
    for frame in built:
        found = _POSTPOSITIONS.get(frame.chain.lemma)
        if found is None or frame.parent is None or frame.chain.ending not in _ENDINGS or frame.chain.negated:
            continue
        josa, role, name = found
        noun = next((a for a in frame.arguments if a.josa in josa and not a.shared and a.clause is None), None)
        target = _find_target(frames, frame)
        if noun is None or target is None:
            continue
        if frame.chain.ending_tag == "ETM" and role == "adverbial" and not _is_acted_on(tree, frame, frames[target]):
            continue  # 전쟁에 대한 저항의 표상이 되었다: it says something of the noun alone
        partner = _find_partner(tree, frames[target], noun) if frame.chain.ending_tag == "ETM" else None
        if partner is not None:
            frames[target] = with_argument(frames[target], partner[0])
            noun = partner[1]
        frames[target] = with_argument(frames[target], replace(noun, role=role, josa=name))
    return tuple(frames)


def _is_acted_on(tree: Tree, frame: Frame, target: Frame) -> bool:
    """Whether what a clause frames is done by the verb above: "시설에 대한 점검을 벌였다", "시설에 대한 점검에 나섰다"."""
    if frame.noun is None:
        return False
    noun = tree.unit(frame.noun)
    return noun.case == "JKO" or (noun.josa == "에" and target.chain.lemma in _SETTING_OUT)


def _find_partner(tree: Tree, target: Frame, noun: Argument) -> tuple[Argument, Argument] | None:
    """"한빛전자와 단지 조성을 위한 협약을 맺었다": with whom, and for what."""
    if target.chain.lemma not in _BONDING or target.get("comitative") is not None:
        return None
    words = noun.span.of(tree.text).split(" ")
    cut = next((i for i, word in enumerate(words[:-1]) if len(word) > 2 and word[-1] in "와과"), None)
    if cut is None or cut > 3:
        return None
    front = " ".join(words[: cut + 1])
    if not tree.text.startswith(front + " ", noun.span.start):
        return None
    span = Span(noun.span.start, noun.span.start + len(front) - 1)
    head = Span(span.start + front[:-1].rfind(" ") + 1, span.end)
    rest = Span(noun.span.start + len(front) + 1, noun.span.end)
    return Argument("comitative", front[-1], span, head), replace(noun, span=rest)


def is_dropped(frame: Frame) -> bool:
    """Whether a frame only frames another: 위해, 통해; its noun is an argument there."""
    return frame.chain.lemma in DROPPED and frame.parent is not None and frame.chain.ending in _ENDINGS and not frame.chain.negated


def _find_target(frames: list[Frame], frame: Frame) -> int | None:
    target, steps = frame.parent, 0
    while target is not None and frames[target].chain.lemma in _POSTPOSITIONS and steps < 10:
        target, steps = frames[target].parent, steps + 1
    return target


def find_kept_parent(frames: tuple[Frame, ...], parent: int | None) -> int | None:
    """The governor of a clause whose own governor is dropped."""
    steps = 0
    while parent is not None and is_dropped(frames[parent]) and steps < 10:
        parent, steps = frames[parent].parent, steps + 1
    return parent


def is_purpose(frames: tuple[Frame, ...], frame: Frame) -> bool:
    """Whether a clause is the purpose of another: 물가를 잡기 of "물가를 잡기 위해"."""
    return frame.parent is not None and frame.chain.ending_tag == "ETN" and frames[frame.parent].chain.lemma == "위하다"


