"""Joints: clauses that the parse hangs on the nearest verb are hung on the one that they belong to."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.adverbials import is_adverbial
from kg.clauses.arguments import FRAMING, Frame, is_order, lacks_subject, with_argument
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.phrases import Tree
from kg.model import Argument, Span
from kg.tables.lexicons import ClauseLexicon, is_transitive

_JOINED = ("coordinate", "adverbial")
_CONTRARY = frozenset("지만 는데 ᆫ데 은데 으나 나".split())
# obliques that no adjective takes: 팬들에게서 뜨거운 응원을 받았다
_VERBAL_JOSA = frozenset(("에게서", "에게", "한테", "께", "로부터", "으로부터"))
_CONVENING = frozenset(
    "열다 갖다 가지다 개최하다 소집하다 만나다 모이다 참석하다 회동하다 논의하다 협의하다 검토하다 심의하다 거치다 맞대다 투표하다 표결하다".split()
)
_ASKING = frozenset(("ᆯ지", "을지", "는지", "ᆫ지", "은지"))
_MEASURES = frozenset("방안 계획 방침 대책 사업 정책 법안 작업 절차 제도 조치 법률 개정안 조례안 구상 전략 안".split())


def settle_joints(tree: Tree, built: tuple[Frame, ...], lexicon: ClauseLexicon, leads: bool) -> tuple[Frame, ...]:
    """The frames with their clauses hung where their topics and subjects say that they belong; an article's first sentence leads."""
    frames = list(built)
    _leave_contents(tree, frames, lexicon)
    _join_findings(tree, frames)
    _lift_coordination(frames)
    for number in range(len(frames)):
        _lift_topic(tree, frames, number)
        _return_moments(tree, frames, number)
    for number, frame in enumerate(frames):
        if frame.parent is None or frame.relation not in _JOINED or frame.chain.tail:
            continue
        governor = frames[frame.parent]
        asked = frame.chain.lemma in _CONVENING and governor.chain.ending in _ASKING  # 회의를 열어 안을 받을지 논의했다
        if governor.parent is not None and (asked or _passes_relative(frame, governor)):
            frames[number] = frame = replace(frame, parent=governor.parent)
        top = _find_top(frames, frame.parent)
        above = frames[top].parent
        if above is not None and (_passes_words(tree, frames, number, top, lexicon) or _passes_decision(tree, frame, frames[top])):
            frames[number] = replace(frame, parent=above)
    _lift_first(tree, frames, leads)
    for number in range(len(frames)):
        _return_subject(tree, frames, number)
    for number, frame in enumerate(frames):
        if frame.relation == "relative" and frame.parent is not None:
            if frame.chain.kind == "adjective":
                _release(tree, frames, number, lexicon)
            else:
                _lend_planner(tree, frames, number)
        elif frame.relation == "nominal" and frame.parent is not None and frames[frame.parent].chain.lemma in lexicon.pending_verbs:
            _lend_planner(tree, frames, number)
    return tuple(frames)


def _leave_contents(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"세균은 조각을 기억시켜서, 침입자가 침투하는 것을 막았다": what is told of the topic is no part of what it prevents."""
    contents = {a.clause for f in frames for a in f.arguments if a.clause is not None}
    for number, frame in enumerate(frames):
        if frame.parent is None or not (frame.parent in contents or frames[frame.parent].relation == "nominal"):
            continue
        content = frames[frame.parent]
        if frame.chain.tail and content.chain.ending_tag == "ETM":
            _leave_content_with_words(tree, frames, number, lexicon)
        if content.parent is None or frame.relation not in _JOINED or frame.chain.tail or frame.noun is not None or frame.chain.ending_tag != "EC":
            continue
        above = content.parent
        if frames[above].chain.lemma in FRAMING and frames[above].parent is not None:
            above = frames[above].parent or above
        if frames[above].chain.kind == "copula":
            continue  # 심폐소생술을 했지만 이미 세상을 떠난 직후였다
        told = content.chain.ending in QUOTING_ADNOMINAL or frames[above].chain.lemma in lexicon.expecting_verbs | lexicon.saying_verbs
        named = any(a.josa in ("이", "가") and not a.shared for a in frame.arguments)
        contrary = not told and frame.chain.ending in _CONTRARY and not (named and lacks_subject(frames[above]))
        said = {frame.chain.lemma, frames[above].chain.lemma} <= lexicon.saying_verbs and content.chain.lemma not in lexicon.saying_verbs
        if contrary or said or (_is_told_of_topic(tree, frames, frame, content, frames[above]) and not (told and frame.relation == "adverbial")):
            frames[number] = replace(frame, parent=above)


def _leave_content_with_words(tree: Tree, frames: list[Frame], number: int, lexicon: ClauseLexicon) -> None:
    """"대표가 “…”라며 회사가 성장했다는 사실을 강조했다": the words in marks, and who says them, stand outside what is emphasised."""
    frame = frames[number]
    held = frame.parent
    assert held is not None
    above = frames[held].parent
    if above is None or frames[above].chain.lemma not in lexicon.saying_verbs or frames[held].chain.lemma in lexicon.saying_verbs:
        return
    frames[number] = replace(frame, parent=above)
    start = min((a.span.start for a in frame.arguments if not a.shared), default=tree.starts(frame.chain))
    subjects = [a for a in frames[held].arguments if a.role in ("subject", "topic") and not a.shared]
    before = [a for a in frames[held].arguments if not a.shared and a.span.end <= start]
    if not lacks_subject(frames[above]) or len(subjects) < 2 or subjects[0] not in before:
        return
    frames[held] = replace(frames[held], arguments=tuple(a for a in frames[held].arguments if a not in before))
    for argument in before:
        frames[above] = with_argument(frames[above], argument)


def _join_findings(tree: Tree, frames: list[Frame]) -> None:
    """"천만 명을 넘긴 것으로, 한 달을 앞당긴 것이라고 밝혔다": both are told; 것으로 joins as 것이며 does."""
    for number, frame in enumerate(frames):
        if frame.noun is None or frame.parent is None or tree.unit(frame.noun).noun != "것" or tree.unit(frame.noun).josa != "으로":
            continue
        told = [n for n, f in enumerate(frames) if n > number and f.parent == frame.parent and f.relation == "quotative" and not f.chain.tail]
        if told and frame.relation == "nominal" and tree.unit(frame.noun).comma:
            frames[number] = replace(frame, parent=told[0], relation="coordinate")
            above = frames[frame.parent]
            frames[frame.parent] = replace(above, arguments=tuple(a for a in above.arguments if a.clause != number))


def _is_told_of_topic(tree: Tree, frames: list[Frame], frame: Frame, content: Frame, above: Frame) -> bool:
    """Whether a clause before a content with a subject of its own has the topic as its subject, itself or from the verb above."""
    start = tree.starts(frame.chain)
    marked = [a for a in content.arguments if a.josa in ("이", "가") and not a.shared]
    if not marked or min(marked, key=lambda a: a.span).span.start < start:
        return False
    if any(a.josa in ("이", "가") and not a.shared for a in frame.arguments) or _is_subject(tree, content):
        return False
    return _own_topic(frame) is not None or ((topic := _own_topic(above)) is not None and topic.span.start < start)


def _is_subject(tree: Tree, content: Frame) -> bool:
    """Whether a content is itself what is spoken of: …함몰된다는 것이 연구원의 분석이다."""
    return content.noun is not None and (tree.unit(content.noun).case == "JKS" or bool(tree.unit(content.noun).topic))


def _lift_coordination(frames: list[Frame]) -> None:
    """"계약을 맺고 경쟁력을 높이기 위해 나선다": the first clause is joined to the last, not to the purpose."""
    for number, frame in enumerate(frames):
        if frame.relation != "coordinate" or frame.parent is None or frame.chain.ending_tag != "EC":
            continue
        purpose = frames[frame.parent]
        if purpose.chain.ending_tag == "ETN" and purpose.parent is not None and frames[purpose.parent].chain.lemma == "위하다":
            above = frames[purpose.parent].parent
            if above is not None and frames[purpose.parent].chain.ending_tag == "EC":
                frames[number] = replace(frame, parent=above)


def _lift_first(tree: Tree, frames: list[Frame], leads: bool) -> None:
    """"연구진이 버려진 찌꺼기로 만든 막을 개발했다": who stands first does what is said last."""
    core = ("subject", "topic", "object", "dative")
    marked = [(a, n) for n, f in enumerate(frames) for a in f.arguments if not a.shared and a.role in core]
    if not marked:
        return
    first, number = min(marked, key=lambda pair: pair[0].span)
    frame = frames[number]
    if first.josa not in ("이", "가") or frame.relation != "relative" or frame.parent is None or frame.noun is None:
        return
    above, steps = frame.parent, 0
    while frames[above].relation == "relative" and steps < 20:
        parent = frames[above].parent
        if parent is None or not lacks_subject(frames[above]):
            return
        above, steps = parent, steps + 1
    if not lacks_subject(frames[above]) or frames[above].chain.kind == "copula" or frames[above].chain.tail:
        return
    filled = frame.get("object") is not None or not is_transitive(frame.chain.lemma)
    near = tree.text[first.span.end : tree.units[frame.chain.first].span.start].count(" ") < 2
    second = any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and a is not first for a in frame.arguments)
    if not second and ((near and frame.get("object") is None) or not (filled or leads)):
        return  # 정부가 발표한 대책을 비판했다: who criticises was named before
    amount = any(c.isdigit() for c in tree.sentence.eojeols[frame.noun].span.of(tree.text))
    if second or (filled and not amount):  # 식품이 21.5% 늘어난 6420억원의 매출을 올렸다: it grew, and it sold
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not first))
    frames[above] = with_argument(frames[above], first)


def _lift_topic(tree: Tree, frames: list[Frame], number: int) -> None:
    """"군은 도시로 들어왔다가 돌아간 무인기를 쫓았다": what came and went is one, and the topic is of the verb above."""
    frame = frames[number]
    topic = _own_topic(frame)
    if topic is None or frame.parent is None or not frame.chain.ending.endswith("다가") or tree.units[frame.chain.last].comma:
        return
    relative = frames[frame.parent]
    if relative.relation == "relative" and relative.parent is not None and lacks_subject(relative) and lacks_subject(frames[relative.parent]):
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
        frames[relative.parent] = with_argument(frames[relative.parent], replace(topic, role="subject"))


def _return_moments(tree: Tree, frames: list[Frame], number: int) -> None:
    """"올해에도 12곳을 지정했으며, 연말까지 공사를 마친다": of two times each is of the clause before whose words it stands."""
    frame = frames[number]
    if frame.relation != "coordinate" or frame.parent is None or frames[frame.parent].chain.first <= frame.chain.first:
        return
    later, end = frames[frame.parent], tree.units[frame.chain.last].span.end
    start = min((a.span.start for a in frame.arguments if not a.shared), default=tree.starts(frame.chain))
    times = [a for a in later.arguments if not a.shared and is_adverbial(tree.text, a)]
    early = [a for a in times if a.span.end <= start]
    if early and any(a.span.start >= end for a in times):
        frames[frame.parent] = replace(later, arguments=tuple(a for a in later.arguments if a not in early))
        for argument in early:
            frames[number] = with_argument(frames[number], argument)


def _own_topic(frame: Frame) -> Argument | None:
    return next((a for a in frame.arguments if a.josa in ("은", "는") and a.role in ("topic", "subject") and not a.shared), None)


def _passes_relative(frame: Frame, governor: Frame) -> bool:
    """"한지호는 발목을 다쳐 남은 경기에 나서지 못한다": a clause with its topic stands in no relative clause, nor beside a bare one."""
    if governor.relation != "relative":
        return False
    if _own_topic(frame) is not None:
        return True
    bare = not any(not a.shared and a.role not in ("adverbial", "time") for a in governor.arguments)
    return bare and governor.chain.kind == "verb" and frame.get("subject") is not None and frame.get("object") is not None


def _passes_decision(tree: Tree, frame: Frame, governor: Frame) -> bool:
    """"이사회를 열어 공장을 짓기로 결정했다": what is held is the meeting that decides, no part of what is decided."""
    decided = governor.chain.ending_tag == "ETN" and governor.chain.josa in ("로", "으로")
    decided = decided or is_order(tree, governor)
    return decided and frame.chain.ending_tag == "EC" and frame.chain.lemma in _CONVENING


def _find_top(frames: list[Frame], number: int | None) -> int:
    """The last of the clauses to which one is joined, step by step."""
    assert number is not None
    steps = 0
    while frames[number].relation in _JOINED and frames[number].parent is not None and not frames[number].chain.tail and steps < 20:
        number, steps = frames[number].parent or 0, steps + 1
    return number


def _passes_words(tree: Tree, frames: list[Frame], number: int, top: int, lexicon: ClauseLexicon) -> bool:
    """Whether a clause stands before reported words: the words have a topic of their own, or the clause reports others."""
    frame, governor = frames[number], frames[top]
    if frame.noun is not None and tree.unit(frame.noun).noun == "채" and is_order(tree, governor):
        return True  # 찬반을 밝히지 않은 채 조사하자고 제안했다
    if governor.relation != "quotative" or governor.chain.tail:
        return False
    if frame.chain.ending.endswith("면서") and frame.chain.lemma in lexicon.saying_verbs and governor.chain.lemma not in lexicon.saying_verbs:
        return any(f.parent == number and f.relation == "quotative" for f in frames)  # 전하면서 …겠다고 밝혔다
    if frame.relation != "coordinate":
        return False
    place = frame.get("object")
    if frame.chain.lemma in _CONVENING and place is not None and place.head.of(tree.text) in lexicon.speaking_places:
        return True  # 기자회견을 열고 제도를 폐지하겠다고 발표했다
    below = [f for f in frames if f.parent == number]
    content = any(f.relation == "quotative" or (f.noun is not None and tree.unit(f.noun).josa in ("로", "으로")) for f in below)
    if content and frame.chain.lemma in lexicon.saying_verbs and governor.chain.lemma not in lexicon.saying_verbs:
        return True
    if is_order(tree, governor) and _own_topic(frame) is not None:
        return True  # 법원은 9년을 선고하고 추징하라고 명령했다: the sentence is no order
    later = _own_topic(governor)
    return later is not None and any(
        (topic := _own_topic(f)) is not None and topic.span.start < later.span.start
        for n, f in enumerate(frames[: number + 1]) if n == number or f.parent == number
    )


def _return_subject(tree: Tree, frames: list[Frame], number: int) -> None:
    """"경찰은 최씨가 출국한 사실을 확인하고 수배를 요청했다": 최씨 left, and the police confirmed it."""
    frame = frames[number]
    content = next((a.clause for a in frame.arguments if a.role == "object" and a.clause is not None), None)
    subject = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
    if content is None or subject is None or not lacks_subject(frames[content]):
        return
    topic = _own_topic(frame) or (_own_topic(frames[frame.parent]) if frame.parent is not None and frame.relation in _JOINED else None)
    start = tree.units[frames[content].chain.first].span.start
    if topic is None or not topic.span.start < subject.span.start < start:
        return
    frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not subject))
    frames[content] = with_argument(frames[content], subject)


def _release(tree: Tree, frames: list[Frame], number: int, lexicon: ClauseLexicon) -> None:
    """A bare adjective keeps no argument of the verb behind its noun: "발언이 거센 비판을 받았다"."""
    frame = frames[number]
    if frame.parent is None or frame.noun is None or frame.chain.first != frame.chain.last:
        return
    above = frames[frame.parent]
    light = above.chain.lemma in lexicon.light_passives or above.chain.lemma in lexicon.light_verbs
    moved = [a for a in frame.arguments if not a.shared and a.josa in _VERBAL_JOSA]
    if light and lacks_subject(above) and tree.unit(frame.noun).case == "JKO":
        moved += [a for a in frame.arguments if not a.shared and a.role == "subject"]
    if moved:
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
        for argument in moved:
            above = with_argument(above, argument)
        frames[frame.parent] = above


def _lend_planner(tree: Tree, frames: list[Frame], number: int) -> None:
    """"정부가 설비를 의무화하는 방안을 추진하자": who is to do it is who plans it."""
    frame = frames[number]
    if frame.parent is None or frame.noun is None or frame.chain.lemma in FRAMING:
        return
    if frame.chain.ending not in ("는", "ᆯ", "을", "려는", "으려는"):
        return
    noun, above = tree.unit(frame.noun), frames[frame.parent]
    joined = [f for f in frames[:number] if f.parent == number and f.relation in _JOINED and frame.relation == "nominal"]
    doers = [a for f in (*joined, frame) for a in f.arguments if a.role == "subject" or (f is not frame and a.role == "topic")]
    subject = next((a for a in doers if not a.shared), None)
    if subject is None or noun.case != "JKO" or noun.noun not in _MEASURES or not lacks_subject(above):
        return
    starts = (eojeol.span.start for eojeol in tree.sentence.eojeols)
    behind = next((start for start in starts if start >= subject.span.end), subject.span.end)
    proposed = tuple(
        replace(a, span=Span(behind, a.span.end)) if a.clause == number and a.span.start == subject.span.start else a for a in above.arguments
    )
    frames[frame.parent] = with_argument(replace(above, arguments=proposed), replace(subject, role="subject", shared=True))
