"""Circumstances: the day, the place and the medium that the parse hung on a clause within go to the clause whose subject they stand beside."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.adverbials import is_time
from kg.clauses.arguments import Frame, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument, Span
from kg.tables.lexicons import ClauseLexicon, find_kind

_HELD = frozenset(("열리다", "개최되다", "개최하다", "열다", "진행되다", "마련되다", "치러지다", "개막하다"))
_FRAMING = frozenset(("위하다", "통하다", "비롯하다", "둘러싸다", "포함하다"))  # with 을 before them, and nothing else of their own
_BEFORE_MODIFIERS = frozenset(("인하다", "의하다", "통하다", "비하다"))
_PLACING = frozenset(("에", "에서"))
_DATING = frozenset(("", "까지", "부터", "에"))
_JOINT = re.compile(r"(?:\([^()]*\))?(?:은|는|이|가|도)?,?\s+")
_JOINT_OF_TODAY = re.compile(r"(?:\([^()]*\))?(?:은|는|이|가|도),?\s+(오늘|어제)(?:\s(?:오전|오후|새벽|밤))?\s+(?!\d)")
_BARE_DAY = re.compile(r"\d{1,2}일(?:\s(?:오전|오후|새벽|밤).*)?|이날|오늘|어제")
_MARKS = re.compile("[\"“”‘’']")
_YEAR = re.compile(r"\d{4}년\s?$")  # of a name: 2021년 종합체육대회
_ANCHORED = re.compile(r"지난|오는")  # of what is told, and not of the telling
_GOING_ON = re.compile(r"(?:\([^)]*\))?\s?(?:\d|오전|오후|새벽|[월화수목금토일]요일|쯤|경)")
_BODIES = frozenset(("Organization", "PoliticalParty", "GovernmentAgency", "Company", "MediaOutlet", "SportsTeam"))  # 협회에서: who does it
_SHADING = re.compile(r"^(?:더|더욱|훨씬|매우|가장|다소|비교적|[가-힣]{2,}적으로)$")  # between what a modifier is compared to and itself
_FARTHEST = 12


def settle_circumstances(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """Frames whose days and places are their own: 27일 of "대표는 27일 어려움을 겪는 농가를 돕겠다고 밝혔다" is when he said it."""
    _lower(tree, frames)
    _lift(tree, frames)
    _raise_days(tree, frames, lexicon)
    _raise_today(tree, frames, lexicon)
    _raise_media(tree, frames, lexicon)
    _raise_outer_places(tree, frames)


def _lower(tree: Tree, frames: list[Frame]) -> None:
    """"통합으로 인해 생기는 효과를 강조했다", "누리집을 통해 진행한 조사": what frames the modifier right behind it is of no other verb."""
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in _BEFORE_MODIFIERS or frame.relation != "adverbial" or frame.chain.ending not in ("어", "아", "어서", "아서"):
            continue
        last = tree.last_eojeol(frame.chain)
        shade = 1 if last + 1 < len(tree.sentence.eojeols) and _SHADING.search(tree.sentence.eojeols[last + 1].span.of(tree.text)) else 0
        behind = next((n for n, f in enumerate(frames) if tree.units[f.chain.first].eojeol == last + 1 + shade), None)
        if behind is None or behind == frame.parent or frames[behind].relation != "relative" or frames[behind].chain.tail:
            continue
        if frames[behind].chain.kind == "verb" and not tree.unit(last).comma:
            frames[number] = replace(frame, parent=behind)


def _lift(tree: Tree, frames: list[Frame]) -> None:
    """"협약식에는 회장을 비롯해 백 명이 참석했다", "시청에서 발전을 위해 협약을 맺었다": where and when it is of the verb behind."""
    for number, frame in enumerate(frames):
        thing = frame.get("object")
        if frame.chain.lemma not in _FRAMING or thing is None or frame.parent is None or frame.relation not in ("adverbial", "relative"):
            continue
        above = _climb(frames, frame.parent)
        before = (a for a in frame.arguments if not a.shared and a.span.end <= thing.span.start and _is_circumstance(tree, a))
        moved = tuple(a for a in before if not _YEAR.search(tree.text[a.span.start : thing.span.start]))
        if not moved or frames[above].relation == "relative" or _MARKS.search(tree.text, moved[0].span.end, tree.starts(frame.chain)):
            continue
        taken = {a.josa for a in frames[above].arguments if a.role == "locative" and not a.shared}
        moved = tuple(a for a in moved if a.role != "locative" or a.josa not in taken)
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
        for argument in moved:
            frames[above] = with_argument(frames[above], argument)


def _climb(frames: list[Frame], above: int) -> int:
    """The frame that verbs which only frame others hang on."""
    steps = 0
    while frames[above].chain.lemma in _FRAMING and frames[above].parent is not None and steps < _FARTHEST:
        above, steps = frames[above].parent or 0, steps + 1
    return above


def _is_circumstance(tree: Tree, argument: Argument) -> bool:
    if argument.role == "locative" and argument.josa in _PLACING:
        return argument.josa == "에" or find_kind(argument.head.of(tree.text)) not in _BODIES
    return _is_day(tree, argument)


def _is_day(tree: Tree, argument: Argument) -> bool:
    named = argument.role not in ("subject", "topic", "object") and argument.josa in _DATING
    return named and is_time(tree.text, argument) and "부터 " not in argument.span.of(tree.text)


def _raise_days(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"시는 17일까지 조사에 참여할 요원을 뽑는다", "이날 장관은 수출이 늘어난 …": a day beside a subject is of that subject's verb."""
    for number, frame in enumerate(frames):
        days = tuple(a for a in frame.arguments if not a.shared and _is_day(tree, a) and not _YEAR.fullmatch(a.span.of(tree.text)))
        if not days or all(a in days for a in frame.arguments if not a.shared):
            continue  # 2월에 완공되는 건물: the day is all that the clause tells
        for day in days:
            owner = _find_owner(tree, frames, number, day)
            if owner is None or any(_is_day(tree, a) for a in frames[owner].arguments if not a.shared):
                continue
            if frames[owner].chain.lemma in lexicon.saying_verbs:
                owner = _find_told(tree, frames, number, owner, day)
            if owner is None or (frame.relation == "relative" and frame.chain.lemma in _HELD):
                continue
            frames[number] = replace(frames[number], arguments=tuple(a for a in frames[number].arguments if a is not day))
            if frames[owner].chain.kind != "copula":
                frames[owner] = with_argument(frames[owner], day)


def _find_owner(tree: Tree, frames: list[Frame], number: int, day: Argument) -> int | None:
    """The frame above with whose subject a day stands, where the frame that has the day cannot have it too."""
    frame = frames[number]
    own = any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and a.span.start > day.span.end for a in frame.arguments)
    if frame.relation != "relative" and not (own and frame.relation in ("quotative", "nominal", "adverbial") and not frame.chain.tail):
        return None
    above, steps = frame.parent, 0
    while above is not None and steps < _FARTHEST:
        named = (a for a in frames[above].arguments if a.role in ("subject", "topic") and not a.shared)
        if any(_are_beside(tree, a, day) for a in named):
            return None if own and frames[above].chain.kind == "copula" else above  # 가게는 지난 1월에 범인이 지폐를 쓴 곳이다
        above, steps = frames[above].parent, steps + 1
    return None


def _find_told(tree: Tree, frames: list[Frame], number: int, cue: int, day: Argument) -> int | None:
    """Whose day it is beside who reports: the telling's, or with 부터 and 까지 what is told; none where nobody can tell."""
    behind, relative = tree.text[day.span.end :], frames[number].relation == "relative"
    if relative and day.josa in ("까지", "부터"):
        steps = 0
        while frames[number].parent not in (None, cue) and steps < _FARTHEST:
            number, steps = frames[number].parent or 0, steps + 1
        return number
    if _ANCHORED.match(tree.text, day.span.start) or _GOING_ON.match(behind) or not (relative or behind.startswith(",")):
        return None  # 청은 12일 오전 지진이 났다고 밝혔다
    return cue


def _raise_today(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"청은 8일 기준을 강화하겠다고 밝혔다", "서는 5일 절도 혐의로 강씨를 조사한다고 밝혔다": a bare day beside a speaker is of the saying."""
    for cue, frame in enumerate(frames):
        if frame.chain.lemma not in lexicon.saying_verbs or any(_is_day(tree, a) for a in frame.arguments if not a.shared):
            continue
        said = [n for n in range(len(frames)) if n != cue and _is_said(frames, n, cue)]
        speaker = min((a for n in (*said, cue) for a in frames[n].arguments if _is_named(a)), key=lambda a: a.span, default=None)
        if not said or speaker is None or speaker.span.start > tree.units[frames[said[0]].chain.first].span.start:
            continue
        found = next(((n, a) for n in said for a in frames[n].arguments if _is_said_on(tree, frames[n], speaker, a)), None)
        if found is not None:
            held = frames[found[0]].chain  # of a meeting that is held it is the day as well
            if held.lemma not in _HELD and held.ending not in ("면서", "으면서"):
                frames[found[0]] = replace(frames[found[0]], arguments=tuple(a for a in frames[found[0]].arguments if a is not found[1]))
                _trim(tree, frames, *found)
            frames[cue] = with_argument(frames[cue], found[1])
            continue
        today = _JOINT_OF_TODAY.match(tree.text, speaker.span.end)
        if today is not None and not any(_is_named(a) and a is not speaker for n in said for a in frames[n].arguments):
            span = Span(*today.span(1))
            frames[cue] = with_argument(frames[cue], Argument("adverbial", "", span, span))


def _is_named(argument: Argument) -> bool:
    return argument.role in ("subject", "topic") and not argument.shared


def _is_said_on(tree: Tree, frame: Frame, speaker: Argument, day: Argument) -> bool:
    """Whether a bare day beside a speaker is surely no day of what he tells: of another's doing that lies ahead nobody knows."""
    if day.shared or day.josa or not _BARE_DAY.fullmatch(day.span.of(tree.text)) or not _are_beside(tree, speaker, day):
        return False
    others = any(_is_named(a) and a is not speaker for a in frame.arguments)
    hour = " " in day.span.of(tree.text) or _GOING_ON.match(tree.text, day.span.end) is not None  # 12일 오전 11시쯤 지진이 났다고
    return not others or (frame.chain.past and not hour)


def _trim(tree: Tree, frames: list[Frame], number: int, day: Argument) -> None:
    """What a noun holds begins behind the day that stands outside it: 시신을 버린 혐의 of "5일 시신을 버린 혐의"."""
    behind = next((e.span.start for e in tree.sentence.eojeols if e.span.start >= day.span.end), day.span.end)
    for n, frame in enumerate(frames):
        held = [a for a in frame.arguments if a.clause is not None and a.span.start == day.span.start and behind < a.head.start]
        if held:
            cut = tuple(replace(a, span=Span(behind, a.span.end)) if a in held else a for a in frame.arguments)
            frames[n] = replace(frame, arguments=cut)


def _are_beside(tree: Tree, subject: Argument, other: Argument) -> bool:
    """Whether a phrase stands right behind a subject, or right before a topic."""
    if subject.span.end < other.span.start:
        return any(joint.fullmatch(tree.text, subject.span.end, other.span.start) for joint in (_JOINT, _JOINT_OF_TODAY))
    return subject.josa in ("은", "는") and not other.josa and tree.text[other.span.end : subject.span.start].strip(" ,") == ""


def _raise_media(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"청은 보도자료를 통해 나무를 지정했다고 밝혔다", "회장은 간담회에서 자금이 모자란다고 말했다": by what and where it is said."""
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in lexicon.saying_verbs and not any(f.relation == "quotative" and f.parent == number for f in frames):
            continue
        said = [n for n in range(len(frames)) if n != number and _is_said(frames, n, number)]
        speaker = next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared), None)
        if speaker is None:  # who says it stands with what is said
            inside = (a for n in said for a in frames[n].arguments if a.role in ("subject", "topic") and not a.shared)
            speaker = min((a for a in inside if a.josa in ("은", "는")), key=lambda a: a.span, default=None)
        if speaker is None:
            continue
        days = [(n, a) for n in said for a in frames[n].arguments if not a.shared and _is_day(tree, a) and _are_beside(tree, speaker, a)]
        before = [speaker, *(a for a in frame.arguments if not a.shared and _is_day(tree, a)), *(a for _, a in days)]
        for below in said:
            inner = frames[below]
            through = inner.chain.lemma == "통하다" and inner.relation == "adverbial"
            medium = inner.get("object") if through else next((a for a in inner.arguments if a.josa == "에서" and not a.shared), None)
            if medium is None or not medium.head.of(tree.text).endswith(tuple(lexicon.speaking_places)):
                continue
            if not any(_are_beside(tree, a, medium) for a in before):
                continue
            if through:
                frames[below] = replace(inner, parent=number)
            else:
                frames[below] = replace(inner, arguments=tuple(a for a in inner.arguments if a is not medium))
                frames[number] = with_argument(frames[number], medium)
            for n, day in days:
                frames[n] = replace(frames[n], arguments=tuple(a for a in frames[n].arguments if a is not day))
                frames[number] = with_argument(frames[number], day)
            break


def _is_said(frames: list[Frame], number: int, cue: int) -> bool:
    """Whether a frame stands in words without marks that another reports."""
    steps = 0
    while frames[number].parent is not None and steps < _FARTHEST:
        if frames[number].parent == cue:
            return frames[number].relation in ("quotative", "nominal") and not frames[number].chain.tail
        number, steps = frames[number].parent or 0, steps + 1
    return False


def _raise_outer_places(tree: Tree, frames: list[Frame]) -> None:
    """"사무국은 누리집에 21일 경기장에서 열리는 경기의 공지를 올렸다": of two places the first is of the verb behind."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.parent is None:
            continue
        places = sorted((a for a in frame.arguments if a.role == "locative" and not a.shared), key=lambda a: a.span)
        if len(places) < 2 or (places[0].josa, places[1].josa) != ("에", "에서"):
            continue
        above, steps = frame.parent, 0
        while frames[above].relation == "relative" and frames[above].parent is not None and steps < _FARTHEST:
            above, steps = frames[above].parent or 0, steps + 1
        subject = frames[above].get("subject") or frames[above].get("topic")
        if subject is None or subject.shared or not _are_beside(tree, subject, places[0]):
            continue
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not places[0]))
        if frames[above].get("locative") is None:
            frames[above] = with_argument(frames[above], places[0])
