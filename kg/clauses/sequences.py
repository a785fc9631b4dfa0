"""Sequences: what the first of two joined verbs is done to is what the second is done to as well."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame, with_argument
from kg.clauses.phrases import Tree
from kg.tables.lexicons import is_seen_transitive, load_valency

_SEQUENCE = ("어", "아", "여", "어서", "아서", "고", "거나")
# verbs whose object is a means, a stage or a ground of what is done next
_MEANS = frozenset(
    "거치다 이용하다 활용하다 사용하다 쓰다 동원하다 타다 통하다 마치다 끝내다 완료하다 마무리하다 앞두다 무릅쓰다 틈타다 앞세우다 내세우다 "
    "감안하다 고려하다 근거하다 인용하다 만나다 참고하다 인정하다 확인하다 담다".split()
)
# verbs that Korean uses as postpositions of an object, which is none of the verb behind: 법을 위해, 사당을 비롯해
_POSTPOSITIONS = frozenset("위하다 통하다 향하다 비롯하다 둘러싸다 포함하다 놓다 두다".split())
_APPEALING = frozenset(("항소하다", "상고하다", "항고하다", "재항고하다"))
_KNOWN, _OFTEN = 20, 0.3  # uses of a verb that tell how it is used, and the share of them with an object that lets it be lent one


def pass_object(tree: Tree, frames: list[Frame], frame: Frame) -> None:
    """"모델을 개발해 내년에 선보인다": the object passes on to the next verb of the sequence."""
    if frame.relation not in ("coordinate", "adverbial") or frame.parent is None or frame.chain.ending not in _SEQUENCE:
        return
    thing, governor = frame.get("object"), frames[frame.parent]
    if _has_own_end(frame, governor):
        return
    if any(f.relation == "quotative" and f.parent == frame.parent for f in frames):
        return  # 9년을 선고하고 추징하라고 명령했다: what is ordered is in the words
    if any(_is_told_object(tree, f) for f in frames if f.parent == frame.parent):
        return  # 가구를 찾아 이웃사랑 나눔을 실천했다, 화면을 돌려 도망치는 모습을 포착했다: it has an object of its own
    if frame.chain.lemma in _MEANS | _POSTPOSITIONS:
        things = sorted((a for a in frame.arguments if a.role == "object" and a.josa in ("을", "를") and not a.shared), key=lambda a: a.span)
        if len(things) < 2:
            return  # 심의를 거쳐 지정한다, 기기를 이용해 위조한다: how, and not what
        thing = things[0]  # 시위를 무력을 이용하여 진압한다
    if thing is None or thing.shared or governor.relation == "relative" or "adjective" in (frame.chain.kind, governor.chain.kind):
        return  # 정보를 빠르고 투명하게 알린다: no quality has an object
    if governor.chain.kind != "verb":
        return
    taken = any(a.role in ("object", "topic", "quote") for a in governor.arguments)
    beside = frame.chain.last + 1 == governor.chain.first and frame.chain.ending in ("어", "아", "여")  # 들어 보이다
    if not taken and (beside or _takes_often(governor.chain.lemma)) and is_seen_transitive(governor.chain.lemma):
        frames[frame.parent] = with_argument(governor, replace(thing, shared=True))
        if frame.chain.lemma in _MEANS | _POSTPOSITIONS:  # and no object of the means
            here = next(n for n, f in enumerate(frames) if f is frame)
            frames[here] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not thing))


def _takes_often(lemma: str) -> bool:
    """Whether a verb stands with an object so often that one may be lent to it: 배포하다 does; 다치다 needs none, and what 보이다 seems has none."""
    known = load_valency().get(lemma)
    return lemma != "보이다" and (known is None or known.uses < _KNOWN or known.objects >= _OFTEN * known.uses)


def _has_own_end(frame: Frame, governor: Frame) -> bool:
    """Whether a verb joined by -고 names in 로 what it is about: 의장직을 던지고 수석으로 옮겼다."""
    ends = (a for a in governor.arguments if a.josa in ("로", "으로") and not a.shared)
    return frame.chain.ending == "고" and any(ends)


def _is_told_object(tree: Tree, frame: Frame) -> bool:
    """Whether a clause is, or tells of, the object of the verb that it hangs on: 나눔을, 도망치는 모습을."""
    nominal = frame.relation == "nominal" and frame.chain.josa in ("을", "를")
    return nominal or (frame.noun is not None and frame.relation in ("nominal", "adverbial") and tree.unit(frame.noun).case == "JKO")


def pass_ruling(frames: list[Frame], frame: Frame) -> None:
    """"판결에 불복해 항소했다": what is objected to is what is appealed."""
    if frame.parent is None or frame.chain.lemma != "불복하다" or frame.chain.ending not in _SEQUENCE:
        return
    ruling, governor = frame.get("locative"), frames[frame.parent]
    if ruling is not None and governor.chain.lemma in _APPEALING and governor.get("locative") is None:
        frames[frame.parent] = with_argument(governor, replace(ruling, shared=True))
