"""Quotations: whose words a clause stands in, direct, indirect, or by "~에 따르면"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.clauses.arguments import Frame, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument, Span
from kg.tables.lexicons import ClauseLexicon

_LEAST_EOJEOLS = 2
_REPORTING = frozenset(("고", "라고", "이라고", "며", "라며", "이라며", "면서", "라면서"))
_ASKED = frozenset(("질문", "물음", "지적", "비판", "우려", "요청", "의혹"))
_LONGEST_NAME = 30
_CITED = re.compile(r"(?:[^\s,]+\s){0,8}?인용,\s")  # 소식통을 인용, 장관이 방문한다고 보도했다
_CALLING = frozenset(("라는", "이라는", "는", "란", "이란", "라던", "이라던", "던"))
_EMPTY = frozenset(("것", "게", "점", "이것", "그것", "이", "이는"))


@dataclass(frozen=True, slots=True)
class Speech:
    """Reported words in a sentence: their span, the number of the reporting frame, and the frames inside."""

    span: Span
    direct: bool
    cue: int | None
    speaker: Span | None
    frames: frozenset[int]


def move_outsiders(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """Frames and arguments keep to their side of the quotation marks: who speaks is no part of what is said."""
    moved = list(_join_reports(tree, frames, lexicon))
    for speech in _direct(tree, frames, lexicon):
        if speech.cue is None:
            continue
        for number, frame in enumerate(moved):
            before = tree.starts(frame.chain) < speech.span.start
            if number not in speech.frames and frame.parent in speech.frames and before and number != speech.cue:
                moved[number] = replace(frame, parent=speech.cue)
        for number in sorted(speech.frames):
            outside = tuple(a for a in moved[number].arguments if not a.shared and a.span.end <= speech.span.start)
            if not outside:
                continue
            moved[number] = replace(moved[number], arguments=tuple(a for a in moved[number].arguments if a not in outside))
            moved[speech.cue] = replace(moved[speech.cue], arguments=(*outside, *moved[speech.cue].arguments))
    _bring_inside(tree, moved, lexicon)
    return tuple(moved)


def _bring_inside(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """What stands inside the marks is no argument of the verb outside: 의뢰인 of "“의뢰인은 무죄다”라고 변호사가 말했다"."""
    for speech in sorted(_direct(tree, tuple(frames), lexicon), key=lambda s: s.span.end - s.span.start):
        if not speech.frames:
            continue
        last = max(speech.frames)
        for number, frame in enumerate(frames):
            if number in speech.frames:
                continue
            inside = tuple(a for a in frame.arguments if not a.shared and speech.span.covers(a.span))
            if not inside or speech.span.start < tree.starts(frame.chain) < speech.span.end:
                continue
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in inside))
            for argument in inside:
                free = argument.role == "topic" and frames[last].get("subject") is None
                frames[last] = with_argument(frames[last], replace(argument, role="subject") if free else argument)


def drop_insiders(tree: Tree, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Nobody who acts inside the marks lends himself to a verb outside: “기자는 어떻게 아는지 신기하다”고 답했다."""
    kept = list(frames)
    for span, _ in _marked(tree):
        if not any(span.start <= tree.starts(frame.chain) < span.end for frame in frames):
            continue
        for number, frame in enumerate(kept):
            if not span.start <= tree.starts(frame.chain) < span.end:
                lent = tuple(a for a in frame.arguments if a.shared and a.role in ("subject", "topic") and span.covers(a.span))
                kept[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a not in lent)) if lent else frame
    return tuple(kept)


def _join_reports(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """"떠났다며 지원이 없으면 커질 수 있다고 경고했다": both words are reported by 경고하다."""
    joined = list(frames)
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.parent is None or not frame.chain.ending.endswith(("며", "면서")):
            continue
        above, steps = frames[frame.parent], 0
        while above.relation in ("coordinate", "adverbial") and above.chain.lemma not in lexicon.saying_verbs and steps < 20:
            if above.parent is None:
                break
            above, steps = frames[above.parent], steps + 1
        own = (a for a in above.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared)
        others = any(a.span.start > tree.units[frame.chain.last].span.end for a in own)  # 확인됐다면서 장관이 건의했다고 밝혔다
        if above.relation == "quotative" and above.parent is not None and (others or above.chain.lemma not in lexicon.saying_verbs):
            joined[number] = replace(frame, parent=above.parent)
    return tuple(joined)


def find_speeches(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Speech, ...]:
    """The reported speeches of a sentence, in order of their words."""
    sources = _sources(tree, frames, lexicon)
    asked = find_asked(tree)
    closed = frozenset(closing for _, closing in _marked(tree))
    speeches = [*(s for s in _direct(tree, frames, lexicon) if s.span not in asked), *sources]
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.parent is None:
            continue
        if frame.chain.tail and (closed or not tree.unit(tree.last_eojeol(frame.chain)).closes):
            continue  # 부상자가 발생했다”고 밝혔다, and nothing opened the mark: indirect words
        members = find_descendants(frames, number)
        last = tree.last_eojeol(frame.chain)
        source = next((s for s in sources if _reports_document(tree, frames, frame.parent, s, lexicon)), None)
        cue = frames[frame.parent].get("subject") if source is None else None
        start = min(
            [tree.starts(frames[m].chain) for m in members]
            + [a.span.start for m in members for a in frames[m].arguments if not a.shared and (cue is None or a.span != cue.span)]
        )
        start = _behind_speaker(tree, start, last, cue) if source is None else max(start, source.span.start)
        start = _behind_quotation(tree, start, last)
        if cue is not None and cue.span.end < start:
            start = _behind_teller(tree, frames, start, members, cue)
        cited = _CITED.match(tree.text, start, tree.starts(frame.chain))
        span = Span(start if cited is None else cited.end(), tree.sentence.eojeols[last].span.end)
        speaker = find_speaker(tree, frames, frame.parent, lexicon) if source is None else source.speaker
        if source in speeches:
            speeches.remove(source)
        speeches.append(Speech(span, False, frame.parent, speaker, members))
    return tuple(sorted(speeches, key=lambda s: (s.span.start, -s.span.end)))


def _behind_quotation(tree: Tree, start: int, last: int) -> int:
    """Where indirect words begin: behind direct ones that a -며 joins to them: “…했다”며 벌금을 내려 달라고 했다."""
    end = tree.sentence.eojeols[last].span.end
    for span, closing in _marked(tree):
        if start <= span.end < end and closing < last and tree.unit(closing).tail:
            start = max(start, tree.sentence.eojeols[closing + 1].span.start)
    return start


def _behind_speaker(tree: Tree, start: int, last: int, speaker: Argument | None) -> int:
    """Where reported words begin: behind who reports them, if that stands among them: 발사 한 시간 뒤 정부는 …고 발표했다."""
    if speaker is None or not start < speaker.span.start < tree.sentence.eojeols[last].span.start:
        return start
    behind = next((e.span.start for e in tree.sentence.eojeols[: last + 1] if e.span.start >= speaker.span.end), None)
    return start if behind is None else behind


def widen_left(tree: Tree, frames: tuple[Frame, ...], start: int, members: frozenset[int], speaker: Span | None) -> int:
    """Where reported words begin: at the words before them that belong to nothing else: 너무 무리하게, 국내의 대기가 안정적인."""
    others = [a.span for n, f in enumerate(frames) if n not in members for a in f.arguments if not a.shared and a.clause is None]
    others += [Span(tree.starts(f.chain), tree.units[f.chain.last].span.end) for n, f in enumerate(frames) if n not in members]
    if speaker is not None:
        others.append(speaker)
    for eojeol in range(len(tree.sentence.eojeols) - 1, -1, -1):
        span, unit = tree.sentence.eojeols[eojeol].span, tree.unit(eojeol)
        if span.start >= start:
            continue
        joining = any(t.tag in ("MAJ", "IC", "SP", "SSO", "SSC") for t in tree.sentence.eojeols[eojeol].tokens)
        if joining or unit.comma or unit.tail or unit.topic or any(span.overlaps(o) for o in others):
            break
        if not eojeol and unit.adverb:
            break  # 이어, 또한: it joins sentences
        start = span.start
    return start


def _behind_teller(tree: Tree, frames: tuple[Frame, ...], start: int, members: frozenset[int], teller: Argument) -> int:
    """Where words begin behind who tells them: at all that belongs to nothing else: 2015년까지 of "시는 2015년까지 보급률을 높인다고 밝혔다"."""
    widened = widen_left(tree, frames, start, members, teller.span)
    between = [e for e in tree.sentence.eojeols if teller.span.end <= e.span.start < widened]
    words = [e for e in tree.sentence.eojeols if widened <= e.span.start < start]
    bare = all(e.tokens[-1].tag[0] != "J" for e in words)
    named = bool(words) and words[0].span.of(tree.text) in ("측이", "등이")
    if not between and (bare or named):
        return start  # 최근, 오늘: when he tells it
    behind = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.start == widened), 0)
    cut = behind > 0 and between and (tree.unit(behind - 1).ending_tag == "ETM" or tree.unit(behind - 1).topic)
    return start if cut else widened  # 밝히지 않은 채, 나라는 물론


def _direct(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> list[Speech]:
    speeches: list[Speech] = []
    for span, closing in _marked(tree):
        eojeols = [i for i, e in enumerate(tree.sentence.eojeols) if span.start < e.span.end and e.span.start < span.end]
        inside = frozenset(n for n, f in enumerate(frames) if span.start <= tree.starts(f.chain) < span.end)
        tail = tree.unit(closing).tail
        words = span.of(tree.text)
        if not tail and (len(eojeols) < _LEAST_EOJEOLS or not any(frames[n].chain.ending_tag == "EF" for n in inside)):
            continue  # a term in quotation marks
        cue = _cue(tree, frames, closing, inside)
        if tail in _CALLING and not inside and (cue is None or _is_name(tree, closing, lexicon)):
            continue
        if not words.strip():
            continue
        speeches.append(Speech(span, True, cue, find_speaker(tree, frames, cue, lexicon) or _name_before(tree, span), inside))
    return speeches


def _is_name(tree: Tree, closing: int, lexicon: ClauseLexicon) -> bool:
    """Whether marked words are what something is called: “봄날”이라는 제목; but “매국”이라는 비판 is somebody's word."""
    if tree.unit(closing).tail in ("란", "이란"):
        return True
    noun = tree.unit(closing + 1).noun if closing + 1 < len(tree.children) else ""
    return bool(noun) and noun not in lexicon.hearsay_nouns and noun not in _ASKED


def _is_answered(tree: Tree, closing: int) -> bool:
    """Whether marked words are what somebody else asked: "찬성하느냐"라는 질문에 "그렇다"고 답했다."""
    if tree.unit(closing).tail not in ("라는", "이라는", "는"):
        return False
    noun = next((n for n in (closing + 1, closing + 2) if n < len(tree.children) and tree.unit(n).nouns), None)
    return noun is not None and tree.unit(noun).noun in _ASKED and tree.unit(noun).josa == "에"


def find_asked(tree: Tree) -> tuple[Span, ...]:
    """The marked words of the sentence that somebody else asked."""
    return tuple(span for span, closing in _marked(tree) if _is_answered(tree, closing))


def _marked(tree: Tree) -> list[tuple[Span, int]]:
    """Pairs of quotation marks as (what they enclose, the eojeol of the closing mark); single ones where they report a clause."""
    pairs: list[tuple[Span, int]] = []
    if not tree.quotes:
        return pairs
    opened: int | None = None
    inner: int | None = None
    for index, eojeol in enumerate(tree.sentence.eojeols):
        for token in eojeol.tokens:
            if token.form == "“" and token.tag == "SSO":
                opened = token.span.end
            elif token.form == "”" and token.tag == "SSC" and opened is not None:
                pairs.append((Span(opened, token.span.start), index))
                opened = None
            elif token.form == "‘" and token.tag == "SSO":
                inner = token.span.end
            elif token.form == "’" and token.tag == "SSC" and inner is not None:
                if tree.unit(index).tail in _REPORTING and tree.unit(index).verb is not None:
                    pairs.append((Span(inner, token.span.start), index))
                inner = None
    return pairs


def _cue(tree: Tree, frames: tuple[Frame, ...], closing: int, inside: frozenset[int]) -> int | None:
    """The frame that reports: the nearest governor of the closing eojeol outside the words."""
    number = tree.chain_of[closing]
    quoted = _quoted_frames(tree, frames, closing)
    seen: set[int] = set()
    if number is None:
        head = tree.head(closing)
        while head is not None and tree.chain_of[head] is None:
            head = tree.head(head)
        number = tree.chain_of[head] if head is not None else None
    while number is not None and number in inside and number not in seen:
        seen.add(number)
        number = frames[number].parent
    if number is not None and number not in inside and number not in quoted and tree.units[frames[number].chain.first].eojeol >= closing:
        return number
    # the parse lost the way: the first predicate behind the closing mark reports
    behind = [n for n, f in enumerate(frames) if n not in inside and n not in quoted and tree.units[f.chain.first].eojeol > closing]
    return behind[0] if behind else None


def _quoted_frames(tree: Tree, frames: tuple[Frame, ...], closing: int) -> frozenset[int]:
    """The frames inside other quotation marks of the sentence, unless those marks also hold the closing eojeol."""
    here = tree.sentence.eojeols[closing].span
    others = [span for span, eojeol in _marked(tree) if eojeol != closing and not span.covers(here)]
    return frozenset(n for n, f in enumerate(frames) if any(s.start <= tree.starts(f.chain) < s.end for s in others))


def _sources(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> list[Speech]:
    speeches: list[Speech] = []
    for number, frame in enumerate(frames):
        if frame.chain.lemma not in lexicon.source_markers or frame.chain.ending not in ("면", "으면", "어", "아", "자면"):
            continue
        if frame.chain.ending not in ("면", "으면"):
            continue
        source = next((a for a in frame.arguments if a.josa in ("에", "를", "을") and not a.shared), None)
        if source is None:
            continue
        others = frozenset(n for n in range(len(frames)) if n != number and frames[n].chain.first > frame.chain.last)
        eojeols = tree.sentence.eojeols
        start = eojeols[min(tree.last_eojeol(frame.chain) + 1, len(eojeols) - 1)].span.start
        speeches.append(Speech(Span(start, eojeols[-1].span.end), False, number, _publisher(tree, frames, source, lexicon), others))
    return speeches


def _reports_document(tree: Tree, frames: tuple[Frame, ...], cue: int, source: Speech, lexicon: ClauseLexicon) -> bool:
    """Whether what ends a sentence reports the document that opens it: "한국은행의 보도자료에 따르면 위폐는 …수준이라고 밝혔다"."""
    if source.cue is None or cue not in source.frames or frames[cue].parent is not None or frames[cue].chain.lemma not in lexicon.announcing_verbs:
        return False
    named = frames[source.cue].arguments
    cited = any(a.josa in ("에", "를", "을") and a.head.of(tree.text).endswith(tuple(lexicon.documents)) for a in named)
    return cited and not any(a.role == "subject" and not a.shared for a in frames[cue].arguments)


def _publisher(tree: Tree, frames: tuple[Frame, ...], source: Argument, lexicon: ClauseLexicon) -> Span:
    """Who vouches in "통계청이 발표한 자료에 따르면": the one who published it."""
    for frame in frames:
        if frame.chain.lemma not in lexicon.publishing_verbs:
            continue
        if frame.relation == "relative" and frame.noun is not None and tree.sentence.eojeols[frame.noun].span.overlaps(source.head):
            subject = next((a for a in frame.arguments if a.role == "subject" and not a.shared), None)
            if subject is not None:
                return subject.span
    cut = tree.text.rfind("의 ", source.span.start, source.head.start)
    if cut > source.span.start:
        return Span(source.span.start, cut)  # 국방부의 보도자료에 따르면: the ministry vouches
    issuer = Span(source.span.start, max(source.span.start, source.head.start - 1))
    if issuer.of(tree.text).strip() and source.head.of(tree.text).endswith(tuple(lexicon.documents)):
        return issuer  # 국방부 보도자료에 따르면
    return source.span


def find_speaker(tree: Tree, frames: tuple[Frame, ...], cue: int | None, lexicon: ClauseLexicon) -> Span | None:
    """Who reports: the subject of the reporting frame, or 구조대 of "구조대의 설명이다"."""
    if cue is None:
        return None
    frame = frames[cue]
    if frame.chain.kind == "copula":
        words = frame.get("complement")
        if words is not None and words.head.of(tree.text) in lexicon.hearsay_nouns:
            cut = tree.text.rfind("의", words.span.start, words.head.start)
            if cut > words.span.start:
                return Span(words.span.start, cut)
    subject, topic = frame.get("subject"), frame.get("topic")
    if subject is None or (subject.shared and topic is not None and topic.josa in ("은", "는") and not topic.shared):
        subject = topic  # 회사들은 설명하지만 시민들은 “…”라며 바라본다
    if subject is None or subject.clause is not None or subject.head.of(tree.text) in _EMPTY:
        return None
    return subject.span


def _name_before(tree: Tree, span: Span) -> Span | None:
    """Who speaks in the form of a play: 이도현 교수: "…"."""
    start = tree.sentence.span.start
    before = tree.text[start : span.start].rstrip(" \"“”")
    if not before.endswith(":"):
        return None
    name = before[:-1].strip()
    begin = tree.text.find(name, start) if name else -1
    return Span(begin, begin + len(name)) if 0 < len(name) <= _LONGEST_NAME and begin >= 0 else None


def find_descendants(frames: tuple[Frame, ...], root: int) -> frozenset[int]:
    """The frame and those that hang on it before it."""
    members = {root}
    for number in range(root, -1, -1):
        parent = frames[number].parent
        if number != root and frames[number].chain.ending_tag == "EF" and not frames[number].chain.tail:
            continue  # a sentence of its own
        if parent in members and frames[number].chain.first <= frames[root].chain.last:
            members.add(number)
    return frozenset(members)
