"""Gaps: the noun that a relative clause modifies fills its missing argument; subjects and topics rise to the clause they belong to."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import FRAMING, Frame, is_order, lacks_subject, with_argument
from kg.clauses.phrases import Tree, find_phrase
from kg.model import Argument, ArgumentRole
from kg.tables.lexicons import ClauseLexicon, find_kind, is_transitive, load_valency

_TRANSITIVE = 0.45
_PASSIVE_STEMS = ("되다", "열리다", "받다", "당하다", "지다", "잡히다", "쓰이다", "담기다", "꼽히다", "불리다")


_ASKED = frozenset(("에게", "에", "께", "한테"))
# passives without an object of their own
_OBJECTLESS = ("되다", "열리다", "잡히다", "담기다", "꼽히다", "불리다", "막히다", "닫히다", "쓰이다")
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
            below = [n for n, f in enumerate(frames) if f.parent == number and f.relation == "quotative" and not f.chain.tail and f.get("object") is None]
            below = [n for n in below if tree.units[frames[n].chain.first].span.start > second.span.end and is_transitive(frames[n].chain.lemma)]
        if below:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not second))
            frames[below[0]] = with_argument(frames[below[0]], replace(second, role=role))


def settle_reporters(frames: list[Frame]) -> None:
    """"교감은 “…”라고 남겼다": the topic of a verb that reports words is its subject."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role == "topic" and a.josa in ("은", "는", "도") and not a.shared), None)
        if topic is None or frame.get("subject") is not None or frame.get("object") is not None:
            continue
        if any(f.parent == number and f.relation == "quotative" for f in frames):
            frames[number] = replace(frame, arguments=tuple(replace(a, role="subject") if a is topic else a for a in frame.arguments))


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
        if is_order(tree, frame):
            start = min((a.span.start for a in frame.arguments if a.role == "object" and not a.shared), default=tree.starts(frame.chain))
            moved += tuple(a for a in frame.arguments if a.josa in _ASKED and not a.shared and a.span.end <= start)
        if moved:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
            for argument in moved:
                frames[frame.parent] = with_argument(frames[frame.parent], replace(argument, role="dative") if argument.josa == "에" else argument)


def raise_leading_topics(tree: Tree, frames: list[Frame]) -> None:
    """"기상청은 찬 공기가 내려와 비가 내릴 것으로 내다봤다": a topic that leads reported words with subjects of their own reports them."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared), None)
        if topic is None or frame.relation not in ("coordinate", "adverbial"):
            continue
        root, steps = frame.parent, 0
        while root is not None and frames[root].relation in ("coordinate", "adverbial") and steps < 20:
            root, steps = frames[root].parent, steps + 1
        if root is None or frames[root].relation not in ("quotative", "nominal") or frames[root].chain.tail or frames[root].parent is None:
            continue
        above = frames[root].parent
        assert above is not None
        if not lacks_subject(frames[above]) or frames[above].chain.kind != "verb":
            continue
        inside = [n for n in range(root + 1) if n == root or _hangs_on(frames, n, root)]
        others = [a for n in inside for a in frames[n].arguments if not a.shared and a is not topic]
        first = all(topic.span.start <= a.span.start for a in others)
        subjects = [n for n in inside if any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in frames[n].arguments)]
        if first and root in subjects and (number in subjects or number not in subjects and len(subjects) == len(inside) - 1):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
            frames[above] = with_argument(frames[above], replace(topic, role="subject"))


def _hangs_on(frames: list[Frame], number: int, root: int) -> bool:
    steps = 0
    here: int | None = number
    while here is not None and here != root and steps < 20:
        here, steps = (frames[here].parent if frames[here].relation in ("coordinate", "adverbial") else None), steps + 1
    return here == root


def return_objects(frames: list[Frame]) -> None:
    """"조언을 열린 자세로 들었다": what a passive cannot take belongs to the verb behind its noun."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.parent is None or not frame.chain.lemma.endswith(_OBJECTLESS):
            continue
        moved = tuple(a for a in frame.arguments if a.role == "object" and a.josa in ("을", "를") and not a.shared)
        if moved and frames[frame.parent].get("object") is None and frames[frame.parent].chain.kind == "verb":
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
            for argument in moved:
                frames[frame.parent] = with_argument(frames[frame.parent], argument)


def raise_topics(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"증권사들은 수출이 회복될 것으로 전망했다": the topic over an embedded subject belongs to the verb above."""
    for number, frame in enumerate(frames):
        topic = next((a for a in frame.arguments if a.role in ("topic", "subject") and a.josa in ("은", "는") and not a.shared), None)
        if topic is None or frame.parent is None:
            continue
        own = next((a for a in frame.arguments if a.role == "subject" and a is not topic and not a.shared), None)
        purpose = frame.chain.ending_tag == "ETN" and frames[frame.parent].chain.lemma in FRAMING
        beneath = own is not None and own.span.start > topic.span.start
        beneath = beneath or (frame.relation == "relative" and not frame.chain.tail)
        if not (beneath or purpose or is_order(tree, frame)):
            continue
        above = _find_free(frames, frame.parent)
        if above is None:
            continue
        if frame.relation in _RISING and not frame.chain.tail:
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not topic))
            frames[above] = with_argument(frames[above], replace(topic, role="subject"))
        elif frame.relation in ("coordinate", "adverbial"):
            frames[above] = with_argument(frames[above], replace(topic, role="subject", shared=True))
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


def lift_subjects(frames: list[Frame]) -> None:
    """A subject that the parse hangs on a postposition verb (KT가 … 위해) belongs to the verb above it."""
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in FRAMING or frame.parent is None:
            continue
        own = tuple(a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared)
        if not own:
            continue
        above = frame.parent
        while frames[above].chain.lemma in FRAMING and frames[above].parent is not None and frames[above].parent != above:
            above = frames[above].parent or above
        if lacks_subject(frames[above]):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in own))
            for argument in own:
                frames[above] = with_argument(frames[above], replace(argument, role="subject" if argument is own[0] else argument.role))


def fill_gaps(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """A relative clause's missing argument is the noun it modifies: KT가 체결한 파트너십."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.noun is None or frame.chain.lemma in FRAMING:
            continue
        phrase = find_phrase(tree, _compound_end(tree, frame.noun, lexicon), lexicon)
        if phrase is None:
            continue
        _lend_subject(frames, number)
        frame = frames[number]
        role = _gap(frame, find_kind(phrase.noun))
        if role is None or (role == "subject" and phrase.noun in lexicon.action_naming_nouns and frame.chain.kind == "verb" and not _is_passive(frame)):
            continue
        argument = _defined(tree, frames, frame, lexicon) if role == "subject" else None
        argument = argument or Argument(role, "", phrase.span, phrase.head, None, True)
        frames[number] = replace(frame, arguments=(*frame.arguments, argument))


def _defined(tree: Tree, frames: list[Frame], frame: Frame, lexicon: ClauseLexicon) -> Argument | None:
    """오름이온텍은 첨가제를 만드는 회사다: who makes it is the subject of the definition."""
    if frame.parent is None or frame.noun is None:
        return None
    above = frames[frame.parent]
    defined = tree.units[above.chain.first].eojeol == _compound_end(tree, frame.noun, lexicon)
    if above.chain.kind != "copula" or not defined or above.chain.negated:
        return None
    subject = above.get("subject") or above.get("topic")
    return None if subject is None else replace(subject, role="subject", shared=True)


def _compound_end(tree: Tree, noun: int, lexicon: ClauseLexicon) -> int:
    """The last eojeol of the compound that a noun begins: 투자 of 투자 규모."""
    while True:
        unit = tree.unit(noun)
        head = tree.head(noun)
        if unit.case or unit.topic or unit.verb is not None or unit.comma or head != noun + 1 or not tree.unit(head).nouns:
            return noun
        following = tree.unit(head)
        if following.noun in lexicon.bound_nouns or (following.verb is not None and following.lemma != "이다"):
            return noun
        noun = head


def _lend_subject(frames: list[Frame], number: int) -> None:
    """"김 대표가 서울에서 열린 회의에서 말했다": what opened is the meeting, so 김 대표 is the governing verb's subject."""
    frame = frames[number]
    own = next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared), None)
    if own is None or frame.parent is None or not frame.chain.lemma.endswith(_PASSIVE_STEMS):
        return
    above: int = frame.parent
    while not lacks_subject(frames[above]) and frames[above].relation == "relative":
        parent = frames[above].parent
        if parent is None:
            break
        above = parent
    if not lacks_subject(frames[above]):
        return
    frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not own))
    frames[above] = with_argument(frames[above], replace(own, role="subject"))


def _is_passive(frame: Frame) -> bool:
    return frame.chain.lemma.endswith(_PASSIVE_STEMS)


_THINGS = frozenset(("Agreement", "Product", "Technology", "Project", "Work", "Law", "Event", "Meeting", "Facility", "Fund", "Award"))


def _gap(frame: Frame, kind: str | None) -> ArgumentRole | None:
    """Which argument the modified noun is: 얼음 of "남극에서 채취한 얼음" is what was taken, 회사 of "개발한 회사" who did."""
    subject = frame.get("subject") or frame.get("topic")
    if subject is None:
        known = load_valency().get(frame.chain.lemma)
        if frame.get("object") is not None or known is None or known.uses < 8 or known.objects < _TRANSITIVE * known.uses:
            return "subject"
        return "object" if kind in _THINGS and frame.chain.kind == "verb" and frame.chain.ending != "던" else "subject"
    if frame.get("object") is None and is_transitive(frame.chain.lemma):
        return "object"
    return None
