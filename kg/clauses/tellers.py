"""What a teller does and what he tells: clauses joined before reported words stand among them, or are the teller's own doing."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame, lacks_subject, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument
from kg.tables.lexicons import ClauseLexicon, find_kind

_SPEAKERS = frozenset("Person Organization GovernmentAgency PoliticalParty Court Company MediaOutlet".split())
_SHORTEST_PARTY = 2  # code points that a party's name is longer than
_OF_OTHERS = ("고", "며", "으며", "지만", "으나", "는데")
_ACCOMPANYING = ("며", "으며", "면서", "으면서")
_ISSUING = frozenset(("내다", "내놓다", "열다", "갖다", "가지다", "발표하다", "배포하다", "올리다", "보내다", "개최하다"))
_SEATS = frozenset(("회견", "긴급회의", "대책회의", "기자간담회", "긴급성명", "공동성명", "글", "게시글"))
_BEFORE_WORDS = ("고", "며", "으며", "어", "어서", "아", "아서")
_RAISING = frozenset(("거론하다", "언급하다", "인용하다", "비판하다", "비난하다", "지적하다", "강조하다", "호소하다", "소개하다"))


def settle_tellings(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """Clauses joined to a reporting verb or to its words are put where they belong.

    방송은 경찰관이 다쳤으며 한 명은 후송됐다고 알렸다: both are told. 연구원은 설문을 벌였고 규제가 효과를 냈다고 발표했다: he did the first.
    """
    for number in range(len(frames)):
        _seat_second(tree, frames, number, lexicon)
    for number, frame in enumerate(frames):
        if frame.parent is not None and _is_way_of_telling(tree, frame, lexicon):
            root = _find_root(frames, number)
            told_by = frames[root].parent
            if root != number and frames[root].relation == "quotative" and not frames[root].chain.tail and told_by is not None:
                other = _find_marked(frames[told_by], ("이", "가", "은", "는"))
                if other is None or other.span.end < tree.starts(frame.chain):  # not 회견을 열고 …라고 말했다고 회사가 전했다
                    frames[number] = frame = replace(frame, parent=told_by)  # 성명을 내고 휴전이 끝났다고 밝혔다
        if frame.relation != "coordinate" or frame.parent is None or frame.chain.tail:
            continue
        above = frames[frame.parent]
        root = _find_root(frames, frame.parent)
        if frames[root].relation == "quotative":
            told_by = frames[root].parent
            if told_by is not None and not frames[root].chain.tail and _is_tellers(tree, frames, number, root, lexicon):
                frames[number] = replace(frame, parent=told_by)
        elif above.chain.lemma in lexicon.saying_verbs and frame.chain.ending in _OF_OTHERS:
            told = _find_told(frames, number)
            if told is not None and frame.chain.lemma not in lexicon.saying_verbs and _tells_of_other(frame, above):
                frames[number] = replace(frame, parent=told)
                _move_teller(tree, frames, number, above)


def _is_way_of_telling(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether a clause tells how its subject then spoke: 성명을 내고, 기자회견을 열어."""
    if frame.relation not in ("coordinate", "adverbial") or frame.chain.ending not in _BEFORE_WORDS or frame.chain.lemma not in _ISSUING:
        return False
    thing = frame.get("object")
    if thing is None or frame.chain.negated:
        return False
    head = thing.head.of(tree.text)
    return head in _SEATS or head in lexicon.speaking_places or head in lexicon.documents


def raise_judges(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"나래당은 인상을 미루며 부담을 늘렸다고 비판했다": who judges did not do it, though nobody else is named."""
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None or frame.chain.kind != "verb":
            continue
        above = frames[frame.parent]
        if frame.chain.status == "planned" or not lacks_subject(above):
            continue
        inside = [n for n in range(number + 1) if n == number or (frames[n].parent is not None and _find_root(frames, n) == number)]
        topics = [(n, a) for n in inside for a in frames[n].arguments if a.role in ("subject", "topic") and not a.shared]
        if any(f.relation == "quotative" and f.parent in inside for f in frames):
            continue
        if len(topics) != 1 or topics[0][1].josa not in ("은", "는"):
            continue
        place, topic = topics[0]
        words = topic.head.of(tree.text)
        party = is_party(words) and (above.chain.lemma == "주장하다" or above.chain.lemma in lexicon.judging_verbs)
        if party or (find_kind(words.removesuffix("들")) in _SPEAKERS and above.chain.lemma in lexicon.judging_verbs):
            frames[place] = replace(frames[place], arguments=tuple(a for a in frames[place].arguments if a is not topic))
            frames[frame.parent] = with_argument(above, replace(topic, role="subject"))


def is_party(words: str) -> bool:
    """Whether a name ends as a party's does, and is in no dictionary: 나래당, but not 식당."""
    return find_kind(words) in (None, "PoliticalParty") and len(words) > _SHORTEST_PARTY and words.endswith("당")


def _seat_second(tree: Tree, frames: list[Frame], number: int, lexicon: ClauseLexicon) -> None:
    """"검찰은 구청장이 “대책을 소홀히 했다”며 구속 필요성을 강조했다": the first speaks, and of the second he speaks."""
    frame = frames[number]
    first, second = _find_marked(frame, ("은", "는")), _find_marked(frame, ("이", "가"))
    if frame.chain.lemma not in lexicon.saying_verbs or first is None or second is None or frame.get("object") is None:
        return
    beside = tree.text[first.span.end : second.span.start].strip() == first.josa
    opens = tree.text[second.span.end : second.span.end + 3].replace(" ", "") in (second.josa + "“", second.josa + '"')
    if not beside or not opens or find_kind(first.head.of(tree.text)) not in _SPEAKERS:
        return
    told = [n for n, f in enumerate(frames) if f.parent == number and f.relation == "quotative" and f.chain.tail and lacks_subject(f)]
    if told:
        frames[told[0]] = with_argument(frames[told[0]], replace(second, shared=True))
        kept = tuple(replace(a, role="subject") if a is first else a for a in frame.arguments if a is not second)
        frames[number] = replace(frame, arguments=kept)


def _find_told(frames: list[Frame], number: int) -> int | None:
    """The reported words behind a clause that is joined to their reporting verb."""
    cue = frames[number].parent
    behind = (n for n, f in enumerate(frames) if n > number and f.parent == cue and f.relation == "quotative" and not f.chain.tail)
    return next(behind, None)


def _move_teller(tree: Tree, frames: list[Frame], number: int, above: Frame) -> None:
    """Who tells, and what stands before him, belongs to the telling: 국감에서 의원은 of "국감에서 의원은 수요가 늘고 예산은 줄었다고 했다"."""
    frame = frames[number]
    teller = _find_marked(frame, ("은", "는", "도"))
    cue = next((n for n, f in enumerate(frames) if f is above), None)
    if teller is None or cue is None or _find_marked(above, ("이", "가")) is not None:
        return
    moved = tuple(a for a in frame.arguments if not a.shared and a.span.end <= teller.span.end)
    frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in moved))
    moved = tuple(replace(a, role="subject") if a is teller else a for a in moved)
    frames[cue] = replace(above, arguments=(*moved, *above.arguments))
    for index, other in enumerate(frames[:number]):
        if other.parent == number and tree.units[other.chain.last].span.end <= teller.span.start:
            frames[index] = replace(other, parent=cue)


def _tells_of_other(frame: Frame, above: Frame) -> bool:
    """Whether a clause has a subject of its own behind the one who tells."""
    own = _find_marked(frame, ("이", "가"))
    teller = _find_marked(frame, ("은", "는", "도")) or _find_marked(above, ("은", "는", "도"))
    return own is not None and teller is not None and teller.span.start < own.span.start


def _find_root(frames: list[Frame], number: int) -> int:
    """The clause that a clause leads to by joining alone."""
    for _ in range(20):
        frame = frames[number]
        if frame.relation not in ("coordinate", "adverbial") or frame.parent is None or frame.chain.tail:
            break
        number = frame.parent
    return number


def _is_tellers(tree: Tree, frames: list[Frame], number: int, root: int, lexicon: ClauseLexicon) -> bool:
    """Whether a clause before reported words of somebody else tells what the teller himself did."""
    frame = frames[number]
    cue = frames[frames[root].parent or 0]
    spoke = frame.chain.lemma in lexicon.saying_verbs and frame.chain.lemma != "하다"
    josa = ("이", "가", "은", "는") if spoke else ("이", "가")
    others = (_find_marked(f, josa) for f in frames[number + 1 : root + 1])
    other = next((o for o in others if o is not None), None)
    if other is None or other.span.start < tree.units[frame.chain.last].span.end or _find_marked(frame, ("이", "가")) is not None:
        return False
    before = (_find_marked(f, ("은", "는")) for f in frames[:number] if f.parent == number and f.relation == "adverbial")
    teller = _find_marked(frame, ("은", "는")) or _find_marked(cue, ("은", "는")) or next((t for t in before if t is not None), None)
    if teller is None or teller.span.start > tree.starts(frame.chain) or any(f.parent == number and f.relation == "quotative" for f in frames):
        return False
    if any(n < number and f.parent in (number, frame.parent) and f.relation == "coordinate" for n, f in enumerate(frames)):
        return False
    done = frame.chain.past and frame.chain.ending in ("고", "으며", "며") and frame.chain.kind != "copula" and frame.get("object") is not None
    if spoke and frame.chain.past and frame.get("object") is not None:
        return True  # 장소를 언급하지 않았지만, 그는 살아 있다고 말했다
    return done or (frame.chain.ending in _ACCOMPANYING and frame.chain.lemma in _RAISING)


def _find_marked(frame: Frame, josa: tuple[str, ...]) -> Argument | None:
    """The subject or topic that a frame itself names with one of the josa."""
    return next((a for a in frame.arguments if a.role in ("subject", "topic") and a.josa in josa and not a.shared), None)
