"""Raising: subjects and topics rise to the clause that they belong to, and those of reported words sink into them."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.adverbials import is_time
from kg.clauses.arguments import FRAMING, Frame, is_order, lacks_subject, with_argument
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.doers import is_doer
from kg.clauses.phrases import Tree
from kg.model import Argument, ArgumentRole, Span
from kg.tables.lexicons import ClauseLexicon, find_kind, is_transitive, load_valency

_ASKED = frozenset(("에게", "에", "께", "한테"))
_HELD = frozenset(("열리다", "개최되다", "개최하다", "열다", "진행되다", "마련되다", "치러지다", "개막하다"))
_HARDLY, _SELDOM = 0.02, 0.15  # shares of a verb's uses in which it had an object
# passives without an object of their own
_OBJECTLESS = ("되다", "열리다", "잡히다", "담기다", "꼽히다", "불리다", "막히다", "닫히다", "쓰이다")
_JOINED = ("coordinate", "adverbial")
_LEADING_ON = ("면서", "어", "아", "여", "어서", "아서", "다가")
_RISING = frozenset(("nominal", "quotative", "relative"))


def lower_topics(tree: Tree, frames: list[Frame]) -> None:
    """"교수는 정찰국은 군을 움직이는 기구라고 말했다": the second topic is the subject of the reported words."""
    for number, frame in enumerate(frames):
        topics = [a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared]
        if len(topics) < 2:
            continue
        second = sorted(topics, key=lambda a: a.span)[1]
        below = [n for n, f in enumerate(frames) if f.parent == number and f.relation == "quotative" and not f.chain.tail and lacks_subject(f)]
        below = [n for n in below if tree.units[frames[n].chain.first].span.start > second.span.end]
        role: ArgumentRole = "subject"
        if not below:
            role = "object"  # 연구소는 공격은 그들이 했다고 밝혔다
            below = [n for n, f in enumerate(frames) if f.parent == number and f.relation == "quotative" and not f.chain.tail]
            below = [n for n in below if frames[n].get("object") is None]
            below = [n for n in below if tree.units[frames[n].chain.first].span.start > second.span.end and is_transitive(frames[n].chain.lemma)]
        if below:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not second))
            frames[below[0]] = with_argument(frames[below[0]], replace(second, role=role))


def lower_leading_topics(frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"이 서열은 면역 체계의 일부라는 것이 알려졌다": the topic is what the finding is about."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role == "topic" and a.josa in ("은", "는") and not a.shared), None)
        finding = next((a for a in frame.arguments if a.role == "subject" and a.clause is not None and not a.shared), None)
        if topic is None or finding is None or finding.clause is None or not topic.span.start < finding.span.start:
            continue
        if frame.chain.lemma in lexicon.hearsay_verbs | lexicon.finding_verbs and lacks_subject(frames[finding.clause]):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
            frames[finding.clause] = with_argument(frames[finding.clause], replace(topic, role="subject"))


def settle_reporters(frames: list[Frame]) -> None:
    """"교감은 “…”라고 남겼다": the topic of a verb that reports words is its subject."""
    for number, frame in enumerate(frames):
        told = ("topic", "object")  # 측도 “…”고 반박했다: 도 hides that it is the subject
        topic = next((a for a in frame.arguments if a.role in told and a.josa in ("은", "는", "도") and not a.shared), None)
        if topic is None or frame.get("subject") is not None or any(a.role == "object" and a is not topic for a in frame.arguments):
            continue
        if any(f.parent == number and f.relation == "quotative" for f in frames):
            frames[number] = replace(frame, arguments=tuple(replace(a, role="subject") if a is topic else a for a in frame.arguments))


def raise_repeated(frames: list[Frame]) -> None:
    """"지적이 잇따라 나왔다": what happens one after another is the subject of the verb behind."""
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in ("잇따르다", "잇달다") or frame.relation != "adverbial" or frame.parent is None:
            continue
        own = tuple(a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared)
        behind = frame.chain.last + 1 == frames[frame.parent].chain.first
        if own and behind and frame.chain.ending in ("어", "아") and lacks_subject(frames[frame.parent]):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in own))
            for argument in own:
                frames[frame.parent] = with_argument(frames[frame.parent], argument)


def raise_reporters(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"그 나라 정부가 선원이 무사하다고 알려 왔다": the first of two subjects reports; who is asked stands with the asking."""
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None:
            continue
        above = frames[frame.parent]
        marked = sorted((a for a in frame.arguments if a.role == "subject" and not a.shared), key=lambda a: a.span)
        moved: tuple[Argument, ...] = ()
        if len(marked) > 1 and marked[0].josa in ("이", "가") and lacks_subject(above):
            moved = (marked[0],)
        too = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa == "도" and not a.shared), None)
        if too is not None and lacks_subject(above):
            joined = (f for n, f in enumerate(frames[:number]) if _hangs_on(frames, n, number))
            if any(a.josa in ("이", "가") and not a.shared and a.span.start > too.span.end for f in joined for a in f.arguments):
                moved = (too,)  # 부처도 두 회사가 선로를 고쳐 운행을 재개했다고 밝혔다
        if is_order(tree, frame):
            start = min((a.span.start for a in frame.arguments if a.role == "object" and not a.shared), default=tree.starts(frame.chain))
            moved += tuple(a for a in frame.arguments if a.josa in _ASKED and not a.shared and a.span.end <= start)
        if moved:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
            for argument in moved:
                settled = replace(argument, role="dative" if argument.josa == "에" else "subject" if argument is too else argument.role)
                frames[frame.parent] = with_argument(frames[frame.parent], settled)


def raise_leading_topics(tree: Tree, frames: list[Frame]) -> None:
    """"기상청은 찬 공기가 내려와 비가 내릴 것으로 내다봤다": a topic that leads reported words with subjects of their own reports them."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared), None)
        topic = topic or _find_too(frame)
        if topic is None or frame.relation not in ("coordinate", "adverbial"):
            continue
        root, steps = frame.parent, 0
        while root is not None and not _is_content(tree, frames[root]) and frames[root].relation in ("coordinate", "adverbial") and steps < 20:
            root, steps = frames[root].parent, steps + 1
        if root is None or not _is_content(tree, frames[root]) or frames[root].chain.tail or frames[root].parent is None:
            continue
        above = frames[root].parent
        assert above is not None
        if not lacks_subject(frames[above]) or frames[above].chain.kind != "verb":
            continue
        inside = [n for n in range(root + 1) if n == root or _hangs_on(frames, n, root)]
        others = [a for n in inside for a in frames[n].arguments if not a.shared and a is not topic]
        first = all(topic.span.start <= a.span.start for a in others)
        subjects = [n for n in inside if any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in frames[n].arguments)]
        whole = root in subjects and (number in subjects or len(subjects) == len(inside) - 1)
        beneath = number in subjects and frame.chain.kind == "verb" and frame.relation == "coordinate"  # 언론은 총재가 특사를 보내고 …
        passive = frame.chain.lemma.endswith(("되다", "지다")) and frame.get("object") is None  # 미국은 시신이 함정을 거쳐 옮겨졌고 …
        beneath = beneath or (passive and frame.relation == "coordinate" and any(_hangs_on(frames, n, number) for n in subjects))
        beneath = beneath or (_is_fact(tree, frames[root]) and _is_anothers(frame)) or _is_told_of_other(tree, frame, frames[root])
        second = next((a for a in frame.arguments if a.role == "topic" and a.josa in ("은", "는") and not a.shared and a is not topic), None)
        if first and (whole or beneath or topic.josa == "도" or second is not None):
            frames[above] = with_argument(frames[above], replace(topic, role="subject"))
            day = _find_day(tree, frame, topic)
            left = (replace(a, role="subject") if a is second and frame.get("subject") is None else a for a in frame.arguments)  # 신문은 두 사람은 …
            frames[number] = replace(frame, arguments=tuple(a for a in left if a is not topic and a is not day))
            if day is not None:
                frames[above] = with_argument(frames[above], day)


def _is_content(tree: Tree, frame: Frame) -> bool:
    return frame.relation in ("quotative", "nominal") or _is_fact(tree, frame)


def _is_fact(tree: Tree, frame: Frame) -> bool:
    """Whether a clause tells a fact that is done something with: 돈을 빼돌린 사실을 확인했다."""
    unit = None if frame.noun is None else tree.unit(frame.noun)
    return unit is not None and unit.noun == "사실" and (unit.case == "JKO" or unit.topic == "도")


def _is_anothers(frame: Frame) -> bool:
    """Whether what leads to a fact is somebody's doing: 직원이 공모해 of "감사원은 직원이 공모해 돈을 가로챈 사실을 확인했다"."""
    own = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
    return own is not None and frame.chain.ending in ("어", "아", "여")


def _is_told_of_other(tree: Tree, frame: Frame, words: Frame) -> bool:
    """Whether what was done was done by another than the reporter: 잡지는 다온전자가 협상하면서 조건을 걸었다고 전했다."""
    if words.relation != "quotative" or not lacks_subject(words) or not frame.chain.ending.endswith(_LEADING_ON):
        return False
    own = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
    return own is not None and (is_doer(tree, own) or words.chain.lemma.endswith(("되다", "지다")))


def _find_too(frame: Frame) -> Argument | None:
    """The topic by 도 before a subject by 이 or 가: 국방부도 of "국방부도 남북이 통신선을 복구해 가동했다며"."""
    subject = next((a for a in frame.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
    found = (a for a in frame.arguments if a.role == "topic" and a.josa == "도" and not a.shared)
    return None if subject is None else next((a for a in found if a.span.end < subject.span.start), None)


def _find_day(tree: Tree, frame: Frame, topic: Argument) -> Argument | None:
    """The day right behind a topic: 21일 of "언론은 21일 총재가 특사를 보낼 예정이라고 밝혔다" is the day of the report."""
    days = (a for a in frame.arguments if a.role == "adverbial" and not a.josa and not a.shared and is_time(tree.text, a))
    return next((a for a in days if tree.text[topic.span.end : a.span.start].strip() == topic.josa), None)


def raise_holders(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"구단은 연고지를 옮길 생각이 없다는 뜻을 전했다": the topic of what a noun holds is who tells it."""
    for number, frame in enumerate(frames):
        if frame.relation != "nominal" or frame.parent is None or frame.noun is None or tree.unit(frame.noun).case != "JKO":
            continue
        above = frames[frame.parent]
        if not lacks_subject(above) or above.chain.lemma not in lexicon.voicing_verbs | lexicon.saying_verbs | lexicon.denying_verbs:
            continue
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared), None)
        if topic is None:
            continue
        behind = next((e.span.start for e in tree.sentence.eojeols if e.span.start >= topic.span.end), topic.span.end)
        content = tuple(
            replace(a, span=Span(behind, a.span.end)) if a.clause == number and a.span.start <= topic.span.start and a.span.end > behind else a
            for a in above.arguments
        )
        frames[frame.parent] = with_argument(replace(above, arguments=content), replace(topic, role="subject"))
        own = frame.get("subject")
        if own is not None and own is not topic:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
        else:
            frames[number] = replace(frame, arguments=tuple(replace(a, role="subject", shared=True) if a is topic else a for a in frame.arguments))


def _hangs_on(frames: list[Frame], number: int, root: int) -> bool:
    steps = 0
    here: int | None = number
    while here is not None and here != root and steps < 20:
        here, steps = (frames[here].parent if frames[here].relation in ("coordinate", "adverbial") else None), steps + 1
    return here == root


def raise_days(tree: Tree, frames: list[Frame]) -> None:
    """"대표는 이날 직원에게 보낸 편지에서 밝혔다": the day behind the sentence's topic is of what is said last."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.parent is None:
            continue
        above, steps = frame.parent, 0
        while frames[above].relation == "relative" and frames[above].parent is not None and steps < 10:
            above, steps = frames[above].parent or 0, steps + 1
        topic = frames[above].get("subject") or frames[above].get("topic")
        if topic is None or topic.shared or topic.josa not in ("은", "는", "이", "가") or frames[above].relation == "relative":
            continue
        day = next((a for a in frame.arguments if a.role == "adverbial" and not a.josa and not a.shared and a.span.start > topic.span.end), None)
        if day is None or not is_time(tree.text, day) or tree.text[topic.span.end : day.span.start].strip() != topic.josa:
            continue
        if frame.chain.lemma not in _HELD:  # of a meeting that is held it is the day as well
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not day))
        frames[above] = with_argument(frames[above], day)


def raise_dates(tree: Tree, frames: list[Frame]) -> None:
    """"1969년, 전쟁을 비판하는 기사를 썼다": a day cut off by a comma is of what is said last, and not of the modifier behind it."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.parent is None:
            continue
        days = (a for a in frame.arguments if a.role == "adverbial" and not a.josa and not a.shared and is_time(tree.text, a))
        day = next((a for a in days if tree.text[a.span.end : a.span.end + 1] == ","), None)
        above, steps = frame.parent, 0
        while frames[above].relation == "relative" and frames[above].parent is not None and steps < 10:
            above, steps = frames[above].parent or 0, steps + 1
        if day is not None and frames[above].relation != "relative" and all(a.span.start >= day.span.start for a in frame.arguments if not a.shared):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not day))
            frames[above] = with_argument(frames[above], day)


def return_objects(frames: list[Frame]) -> None:
    """"조언을 열린 자세로 들었다": what a passive cannot take belongs to the verb behind its noun."""
    for number, frame in enumerate(frames):
        if frame.relation not in ("relative", "adverbial") or frame.parent is None:
            continue
        moved = tuple(
            a
            for a in frame.arguments
            if a.role == "object" and a.josa in ("을", "를") and not a.shared and _is_objectless(frame.chain.lemma, _is_before_subject(frame, a))
        )
        if moved and frames[frame.parent].get("object") is None and frames[frame.parent].chain.kind == "verb":
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
            for argument in moved:
                frames[frame.parent] = with_argument(frames[frame.parent], argument)


def _is_before_subject(frame: Frame, thing: Argument) -> bool:
    """Whether an object stands before its clause's subject, as it seldom does: 공사를 장마가 끝나는 7월에 시작한다."""
    return any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and a.span.start > thing.span.start for a in frame.arguments)


def _is_objectless(lemma: str, scrambled: bool) -> bool:
    """Whether a verb takes no object, by its form or because it was hardly ever seen with one; sooner where the object stands out of order."""
    known = load_valency().get(lemma)
    most = _SELDOM if scrambled else _HARDLY
    return lemma.endswith(_OBJECTLESS) or (known is not None and known.uses >= 20 and known.objects <= most * known.uses)


def raise_topics(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"증권사들은 수출이 회복될 것으로 전망했다": the topic over an embedded subject belongs to the verb above."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared), None)
        own = next((a for a in frame.arguments if a.role == "subject" and a is not topic and not a.shared), None)
        if topic is None and own is not None and frame.relation in ("nominal", "relative", "adverbial"):
            topic = next((a for a in frame.arguments if a.role == "topic" and a.josa == "도" and not a.shared and a.span < own.span), None)
        if topic is None and frame.relation == "relative" and frame.chain.kind == "verb" and frame.parent is not None:
            # 우주센터도 다가오는 태풍에 따라 대비에 들어갔다
            found = (a for a in frame.arguments if a.role in ("topic", "subject") and a.josa == "도" and not a.shared)
            topic = next(found, None) if frames[frame.parent].chain.kind == "verb" else None
        if topic is None or frame.parent is None:
            continue
        purpose = frame.chain.ending_tag == "ETN" and frames[frame.parent].chain.lemma in FRAMING
        last = tree.last_eojeol(frame.chain)
        reason = frame.chain.ending_tag == "ETN" and last + 1 < len(tree.sentence.eojeols) and tree.unit(last + 1).noun == "때문"
        beneath = own is not None and own.span.start > topic.span.start
        matter = frame.relation == "nominal" and frame.chain.ending in QUOTING_ADNOMINAL and lacks_subject(frames[frame.parent])
        beneath = beneath or reason or matter or (frame.relation == "relative" and not frame.chain.tail)
        ordered = frame.relation in ("coordinate", "adverbial") and is_order(tree, frames[frame.parent]) and frames[frame.parent].parent is not None
        if not (beneath or purpose or ordered or is_order(tree, frame)):
            continue
        above = _find_free(frames, frames[frame.parent].parent or 0 if ordered else frame.parent)
        if above is None:
            continue
        joined = frames[above].parent if frames[above].relation in ("coordinate", "adverbial") else None
        if purpose and joined is not None and is_order(tree, frames[joined]) and frames[joined].parent is not None:
            reporter = _find_free(frames, frames[joined].parent or 0)  # 기금은 위기를 막기 위해 방역을 강화하고 협력하라고 조언했다
            above = above if reporter is None else reporter
        if ordered or (frame.relation in _RISING and not frame.chain.tail):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
            frames[above] = with_argument(frames[above], replace(topic, role="subject"))
        elif frame.relation in ("coordinate", "adverbial"):
            followed = own is not None and beneath and frame.chain.ending in ("어", "아", "여") and find_kind(own.head.of(tree.text)) == "Person"
            parted = own is not None and beneath and frames[above].chain.ending in ("자", "자마자")  # 가수는 사회자가 웃으며 노래하자 춤췄다
            outer = frames[above].parent if parted else None
            if outer is not None and lacks_subject(frames[outer]):
                frames[outer] = with_argument(frames[outer], replace(topic, role="subject", shared=True))
            followed = followed or parted
            lent = own if followed and own is not None else topic  # 병원은 환자가 상경해 응급실을 찾으면서 …
            frames[above] = with_argument(frames[above], replace(lent, role="subject", shared=True))
    for number, frame in enumerate(frames):
        if frame.parent is not None and frame.relation in ("quotative", "nominal") and not frame.chain.tail:
            _raise_place(tree, frames, number, lexicon)


def _raise_place(tree: Tree, frames: list[Frame], number: int, lexicon: ClauseLexicon) -> None:
    """"감사원은 보고서에서 공단이 …했다고 지적했다": the report is where it is said."""
    frame, parent = frames[number], frames[number].parent
    subject = frame.get("subject")
    if subject is None or parent is None or subject.shared or frames[parent].chain.lemma not in lexicon.saying_verbs:
        return
    place = next((a for a in frame.arguments if a.josa == "에서" and not a.shared and a.span.end <= subject.span.start), None)
    if place is None or place.head.of(tree.text) not in lexicon.speaking_places:
        return
    frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not place))
    frames[parent] = with_argument(frames[parent], place)


def _find_free(frames: list[Frame], above: int) -> int | None:
    """The nearest frame upwards that lacks a subject, over those that have one of their own by 이 or 가."""
    steps = 0
    while not lacks_subject(frames[above]) or frames[above].chain.lemma in FRAMING:
        frame = frames[above]
        if frame.chain.lemma in FRAMING and frame.parent is not None and steps <= 20:
            above, steps = frame.parent, steps + 1
            continue
        subject = frame.get("subject") or frame.get("topic")
        if frame.relation not in _RISING or frame.parent is None or steps > 20 or (subject is not None and subject.josa in ("은", "는")):
            return None
        above, steps = frame.parent, steps + 1
    return above


def _find_outer(frames: list[Frame], above: int) -> int | None:
    """The first frame outside a relative clause that lacks a subject, for a topic that no relative clause holds."""
    steps = 0
    while frames[above].relation == "relative" and steps < 20:
        parent = frames[above].parent
        if parent is None:
            return None
        above, steps = parent, steps + 1
    return _find_free(frames, above)


def lift_subjects(frames: list[Frame]) -> None:
    """A subject that the parse hangs on a postposition verb (KT가 … 위해) belongs to the verb above it."""
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in FRAMING or frame.parent is None or (frame.chain.lemma == "통하다" and frame.get("object") is None):
            continue  # 공기가 통하는 통로
        own = tuple(a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared)
        if not own:
            continue
        above = frame.parent
        while frames[above].chain.lemma in FRAMING and frames[above].parent is not None and frames[above].parent != above:
            above = frames[above].parent or above
        if own[0].josa in ("은", "는") and frames[above].relation == "relative":
            outer = _find_outer(frames, above)  # 북한은 방송을 통해 로켓에 실린 위성이 성공했다고 발표했다
            above, frame = (outer, replace(frame, parent=outer)) if outer is not None else (above, frame)
        outer = frames[above].parent
        if outer is not None and frames[above].relation == "quotative" and any(_is_settled(f) for f in frames if f.parent == above):
            above = outer  # 시는 10시를 기해 두 회사가 개통하기로 합의했다고 밝혔다
        outer = frames[above].parent
        if outer is not None and own[0].josa in ("이", "가") and frames[above].relation in _JOINED and _has_later(frames[above], own[0]):
            above = outer  # 연구팀이 기존 전지에 비해 수명이 길어지고 값이 싼 전지를 개발했다
        if lacks_subject(frames[above]):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in own))
            for argument in own:
                frames[above] = with_argument(frames[above], replace(argument, role="subject" if argument is own[0] else argument.role))


def _has_later(frame: Frame, subject: Argument) -> bool:
    return any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and a.span > subject.span for a in frame.arguments)


def _is_settled(frame: Frame) -> bool:
    """Whether a frame is what somebody else than the topic decides: 두 회사가 개통하기로."""
    marked = any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in frame.arguments)
    return marked and frame.chain.ending_tag == "ETN" and frame.chain.josa in ("로", "으로")
