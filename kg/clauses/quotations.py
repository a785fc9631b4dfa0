"""Quotations: whose words a clause stands in, direct, indirect, or by "~에 따르면"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Span
from kg.tables.lexicons import ClauseLexicon

_LEAST_EOJEOLS = 2


@dataclass(frozen=True, slots=True)
class Speech:
    """Reported words in a sentence: their span, the number of the reporting frame, and the frames inside."""

    span: Span
    direct: bool
    cue: int | None
    speaker: Span | None
    frames: frozenset[int]


def move_outsiders(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """Frames whose arguments keep to their side of the quotation marks: who speaks is no part of what is said."""
    moved = list(frames)
    for speech in _direct(tree, frames, lexicon):
        if speech.cue is None:
            continue
        for number in sorted(speech.frames):
            outside = tuple(a for a in moved[number].arguments if not a.shared and a.span.end <= speech.span.start)
            if not outside:
                continue
            moved[number] = replace(moved[number], arguments=tuple(a for a in moved[number].arguments if a not in outside))
            moved[speech.cue] = replace(moved[speech.cue], arguments=(*outside, *moved[speech.cue].arguments))
    return tuple(moved)


def find_speeches(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Speech, ...]:
    """The reported speeches of a sentence, in order of their words."""
    speeches = [*_direct(tree, frames, lexicon), *_sources(tree, frames, lexicon)]
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None:
            continue
        members = _descendants(frames, number)
        last = tree.last_eojeol(frame.chain)
        cue = frames[frame.parent].get("subject")
        start = min(
            [tree.units[frames[m].chain.first].span.start for m in members]
            + [a.span.start for m in members for a in frames[m].arguments if not a.shared and (cue is None or a.span != cue.span)]
        )
        span = Span(start, tree.sentence.eojeols[last].span.end)
        speeches.append(Speech(span, False, frame.parent, _speaker(frames, frame.parent), members))
    return tuple(sorted(speeches, key=lambda s: (s.span.start, -s.span.end)))


def _direct(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> list[Speech]:
    speeches: list[Speech] = []
    for span, closing in _marked(tree):
        eojeols = [i for i, e in enumerate(tree.sentence.eojeols) if span.start < e.span.end and e.span.start < span.end]
        inside = frozenset(n for n, f in enumerate(frames) if span.start <= tree.units[f.chain.first].span.start < span.end)
        tail = tree.unit(closing).tail
        words = span.of(tree.text)
        if not tail and (len(eojeols) < _LEAST_EOJEOLS or not any(frames[n].chain.ending_tag == "EF" for n in inside)):
            continue  # a term in quotation marks
        cue = _cue(tree, frames, closing, inside)
        if tail in ("라는", "이라는", "는", "란", "이란", "라던", "이라던", "던") and cue is None and not inside:
            continue
        if not words.strip():
            continue
        speeches.append(Speech(span, True, cue, _speaker(frames, cue), inside))
    return speeches


def _marked(tree: Tree) -> list[tuple[Span, int]]:
    """Pairs of double quotation marks as (what they enclose, the eojeol of the closing mark)."""
    pairs: list[tuple[Span, int]] = []
    opened: int | None = None
    for index, eojeol in enumerate(tree.sentence.eojeols):
        for token in eojeol.tokens:
            if token.form == "“" and token.tag == "SSO":
                opened = token.span.end
            elif token.form == "”" and token.tag == "SSC" and opened is not None:
                pairs.append((Span(opened, token.span.start), index))
                opened = None
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
    return frozenset(n for n, f in enumerate(frames) if any(s.start <= tree.units[f.chain.first].span.start < s.end for s in others))


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
        speeches.append(Speech(Span(start, eojeols[-1].span.end), False, number, source.span, others))
    return speeches


def _speaker(frames: tuple[Frame, ...], cue: int | None) -> Span | None:
    if cue is None:
        return None
    subject = frames[cue].get("subject") or frames[cue].get("topic")
    return subject.span if subject is not None else None


def _descendants(frames: tuple[Frame, ...], root: int) -> frozenset[int]:
    members = {root}
    for number in range(root, -1, -1):
        parent = frames[number].parent
        if parent in members and frames[number].chain.first <= frames[root].chain.last:
            members.add(number)
    return frozenset(members)
