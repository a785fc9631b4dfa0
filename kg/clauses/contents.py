"""Contents: what stands between a teller and his reported words is told by him, or is of how and to whom he tells."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.adverbials import is_time
from kg.clauses.arguments import FRAMING, Frame, lacks_subject, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument
from kg.tables.lexicons import ClauseLexicon, find_kind

_ISSUING = frozenset("내다 내놓다 열다 갖다 가지다 통하다 배포하다 발표하다 올리다 게재하다 인용하다".split())
_LINKING = frozenset("고 어 아 여 어서 아서 여서 며 면서".split())
# what is issued or held to tell something, and where one tells it
_MEDIA = re.compile(
    r"(?:자료|보도|성명|성명서|논평|회견|간담회|브리핑|발표문|입장문|담화|담화문|사과문|공지문|보고서|인터뷰|통화|연설|축사|기고|칼럼|메시지|편지|서한|서신"
    r"|국감|국정감사|청문회|토론회|설명회|블로그|트위터|페이스북|인스타그램|유튜브|SNS|소셜미디어|방송|글)$"
)
_POSTED = re.compile(r"(?:홈페이지|누리집|블로그|트위터|페이스북|인스타그램|유튜브|SNS|소셜미디어)$")
_HEARING = re.compile(r"(?:통신|신문|방송|매체|언론|TV|뉴스|일보|기자|기자들|기자단|취재진)$")
_BARE_DAY = re.compile(r"(?:\d{1,2}일|이날|전날)$")
_AFTER_NAME = re.compile(r"^[\"'’”]*(?:\([^)]*\)|\[\d+\])*\s?(?:측|등)?(?=[은는이가도])")
_CONDITIONS = ("면", "더라도", "므로", "니까", "을수록", "ᆯ수록")
_GROUNDS = frozenset(("경우", "때문", "만큼"))
_ACCORDING = re.compile(r".?에 따라")
_GIVEN = re.compile(r"(?:(?:것|예정|계획|방침|전망|때문)이(?:며|고)|겠(?:으며|고)),?$")
_JOINED = ("coordinate", "adverbial")
_OF_TELLERS = ("은", "는", "이", "가", "도")


def raise_media(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"시는 10일 보도자료를 내고 공원을 늘렸다고 밝혔다": how, when and to whom somebody tells is no part of what he tells."""
    for number in range(len(frames)):
        root = _find_words(frames, number)
        if root is None or frames[frames[root].parent or 0].chain.lemma not in lexicon.saying_verbs:
            continue
        cue = frames[root].parent
        assert cue is not None
        if frames[number].chain.lemma in _ISSUING:
            _raise_issuing(tree, frames, number, root, cue)
        framing = frames[number].chain.lemma in FRAMING or frames[number].chain.lemma in lexicon.source_markers
        if frames[number].parent is not None and not framing:  # 통신에 따르면
            _raise_hearer(tree, frames, number, root, cue)


def _find_words(frames: list[Frame], number: int) -> int | None:
    """The reported words outside quotation marks in which a frame stands, joined step by step or modifying what stands in them."""
    for _ in range(20):
        frame = frames[number]
        if frame.relation == "quotative":
            return None if frame.chain.tail or frame.parent is None else number
        if frame.parent is None or frame.parent <= number or frame.chain.tail:
            return None
        number = frame.parent
    return None


def _raise_issuing(tree: Tree, frames: list[Frame], number: int, root: int, cue: int) -> None:
    """A clause with which one sets out to tell stands with the telling, and with it who tells and when."""
    frame = frames[number]
    thing = frame.get("object")
    if frame.relation not in _JOINED or frame.chain.ending not in _LINKING or thing is None or thing.shared or frame.chain.negated:
        return
    if frame.chain.lemma != "인용하다" and _MEDIA.search(thing.head.of(tree.text)) is None:
        return
    teller = _find_teller(tree, frames, root, cue, thing)
    if teller is None:
        return
    frames[number] = replace(frames[number], parent=cue)
    _hand_over(tree, frames, root, cue, teller, number)


def _raise_hearer(tree: Tree, frames: list[Frame], number: int, root: int, cue: int) -> None:
    """Who hears it, right behind who tells: 통신에 of "반군은 통신에 자신들이 격추했다고 주장했다"."""
    for argument in frames[number].arguments:
        if argument.shared or argument.role not in ("locative", "dative") or argument.clause is not None:
            continue
        words = argument.head.of(tree.text)
        heard = argument.josa in ("에", "에게") and (_HEARING.search(words) is not None or find_kind(words) == "MediaOutlet")
        if not heard and (_POSTED if argument.josa == "에" else _MEDIA).search(words) is None:
            continue
        teller = _find_teller(tree, frames, root, cue, argument)
        if teller is None:
            continue
        frames[number] = replace(frames[number], arguments=tuple(a for a in frames[number].arguments if a is not argument))
        frames[cue] = with_argument(frames[cue], replace(argument, role="dative" if heard else argument.role))
        _hand_over(tree, frames, root, cue, teller, number)
        return


def _find_teller(tree: Tree, frames: list[Frame], root: int, cue: int, behind: Argument) -> Argument | None:
    """Who tells: who is named right before an argument, but for a day, with nothing else of the sentence's words between."""
    inside = [n for n in range(cue + 1) if n == cue or _stands_in(frames, n, root)]
    named = [
        a for n in inside for a in frames[n].arguments
        if a.role in ("subject", "topic") and a.josa in _OF_TELLERS and not a.shared and a.clause is None and a.span.end < behind.span.start
    ]
    if not named or (not lacks_subject(frames[cue]) and not any(a in frames[cue].arguments for a in named)):
        return None
    teller = max(named, key=lambda a: a.span)
    between = _AFTER_NAME.sub("", tree.text[teller.span.end : behind.span.start]).removeprefix(teller.josa).strip()
    days = [a for n in inside for a in frames[n].arguments if not a.josa and teller.span.end < a.span.start and a.span.end <= behind.span.start]
    for day in days:
        if is_time(tree.text, day) or day.span.of(tree.text) == "오늘":
            between = between.replace(day.span.of(tree.text), "", 1).strip()
    return teller if between in ("", "오늘", "최근", "이후", "이어", "또") else None


def _hand_over(tree: Tree, frames: list[Frame], root: int, cue: int, teller: Argument, issuing: int) -> None:
    """Who tells, and the day right behind him, are the telling's."""
    for number in range(root + 1):
        if number != issuing and not _stands_in(frames, number, root):
            continue
        moved = tuple(
            a for a in frames[number].arguments
            if not a.shared and (a is teller or (not a.josa and teller.span.end < a.span.start < teller.span.end + 4 and is_time(tree.text, a)))
        )
        if not moved:
            continue
        frames[number] = replace(frames[number], arguments=tuple(a for a in frames[number].arguments if a not in moved))
        for argument in moved:
            frames[cue] = with_argument(frames[cue], replace(argument, role="subject") if argument is teller else argument)


def _stands_in(frames: list[Frame], number: int, root: int) -> bool:
    """Whether a frame hangs on another, step by step."""
    here: int | None = number
    for _ in range(20):
        if here is None or here == root:
            break
        here = frames[here].parent
    return here == root


def raise_told_days(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"경찰은 5일 시신을 방치한 혐의로 그를 체포해 조사하고 있다고 밝혔다": the day right behind who tells is when he tells it."""
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None or frames[frame.parent].chain.lemma not in lexicon.saying_verbs:
            continue
        cue = frame.parent
        tellers = [a for a in frames[cue].arguments if a.role in ("subject", "topic") and a.josa in _OF_TELLERS and not a.shared]
        dated = any(not a.josa and not a.shared and is_time(tree.text, a) for a in frames[cue].arguments)
        if not tellers or dated or not frames[cue].chain.past:
            continue
        teller = min(tellers, key=lambda a: a.span)
        for index in range(number + 1):
            held = frames[index].relation in ("relative", "nominal") or frames[index].noun is not None
            if not _stands_in(frames, index, number) or (frame.chain.status == "planned" and not held):
                continue
            for day in frames[index].arguments:
                if day.josa or day.shared or day.span.start < teller.span.end or _BARE_DAY.match(day.span.of(tree.text)) is None:
                    continue
                if _AFTER_NAME.sub("", tree.text[teller.span.end : day.span.start]).strip() == teller.josa:
                    frames[index] = replace(frames[index], arguments=tuple(a for a in frames[index].arguments if a is not day))
                    frames[cue] = with_argument(frames[cue], day)
                    break


def sink_conditions(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"정부는 물을 거르면 물질이 준다고 설명했다": what words hold on stands among them, and so does all behind it."""
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None or frames[frame.parent].chain.lemma not in lexicon.saying_verbs:
            continue
        cue = frame.parent
        named = [a for a in frames[cue].arguments if a.role in ("subject", "topic") and a.josa in _OF_TELLERS and not a.shared]
        teller = min(named, key=lambda a: a.span, default=None)
        start = tree.starts(frame.chain)
        if teller is None or teller.span.end > start or teller.clause is not None:
            continue
        parts = [n for n in range(number) if frames[n].parent == cue and tree.starts(frames[n].chain) > teller.span.end]
        for index in parts:
            if _is_condition(tree, frames[index], lexicon) or _is_part(tree, frames[index], frame):
                frames[index] = replace(frames[index], parent=number)
        left = [tree.starts(frames[n].chain) for n in parts if frames[n].parent == cue]
        told = (a.span.start for a in named if a is not teller and a.josa in ("은", "는"))
        begun = min((t for t in told if not any(at < t for at in left)), default=start)
        inside = [n for n in range(number + 1) if _stands_in(frames, n, number)]
        begun = min([begun] + [a.span.start for n in inside for a in frames[n].arguments if not a.shared and a.span.start > teller.span.end])
        begun = min([begun] + [tree.starts(frames[n].chain) for n in inside if tree.starts(frames[n].chain) > teller.span.end])
        begun = max([begun, *left])
        sunk = tuple(a for a in frames[cue].arguments if not a.shared and begun <= a.span.start < start and a.clause is None)
        if sunk:
            frames[cue] = replace(frames[cue], arguments=tuple(a for a in frames[cue].arguments if a not in sunk))
            for argument in sunk:
                frames[number] = with_argument(frames[number], argument)


def _is_condition(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether a clause says on what words hold: 거르면, 내리더라도, 높아짐에 따라."""
    if frame.chain.lemma in FRAMING or frame.chain.lemma in lexicon.source_markers or frame.chain.tail:
        return False
    if frame.relation == "nominal":
        return frame.chain.ending_tag == "ETN" and _ACCORDING.match(tree.text, tree.units[frame.chain.last].span.end - 1) is not None
    if frame.relation != "adverbial":
        return False
    if frame.noun is not None:
        return tree.unit(frame.noun).noun in _GROUNDS
    return frame.chain.ending.endswith(_CONDITIONS)


def _is_part(tree: Tree, frame: Frame, words: Frame) -> bool:
    """Whether a clause is joined to words as they are told: 막기 위한 것이며, 지을 계획이고; 회복하도록 before what is planned."""
    named = any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in frame.arguments)
    if named or frame.chain.tail or frame.relation not in _JOINED:
        return False
    if frame.chain.ending == "도록":
        return words.chain.status == "planned"
    return _GIVEN.search(tree.units[frame.chain.last].span.of(tree.text)) is not None
