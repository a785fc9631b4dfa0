"""Lists with marks inside a sentence: "노조는 ▲임금 인상 ▲정년 연장 등을 요구했다" asks for each of the two."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Phrase, Tree, find_phrase
from kg.model import Argument, Clause, Span
from kg.tables.lexicons import ClauseLexicon

_SIDES = " \t\n,;·"


def read_lists(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """The frames with every item of a marked list in the role of its last one, and nothing else of the list."""
    if not tree.marks:
        return frames
    last = tree.sentence.eojeols[tree.marks[-1]].span.start
    for number, frame in enumerate(frames):
        final = next((a for a in frame.arguments if a.span.start >= last and not a.shared and _is_whole(tree, frame, a)), None)
        if final is None:
            continue
        found = _find_items(tree, lexicon)
        if found is None:
            return frames
        begun = tree.sentence.eojeols[tree.marks[0]].span.start
        role = "subject" if final.role == "topic" and final.josa in ("이", "가", "은", "는") else final.role
        items = [Argument(role, final.josa, p.span, p.head, p.content) for p in found]
        kept = [a for a in frame.arguments if a is not final and (a.span.end <= begun or a.span.start > final.span.end or a.shared)]
        arguments = tuple(sorted((*kept, *items, replace(final, role=role)), key=lambda a: a.span))
        return (*frames[:number], replace(frame, arguments=_settle_topic(arguments, role)), *frames[number + 1 :])
    return frames


def _settle_topic(arguments: tuple[Argument, ...], role: str) -> tuple[Argument, ...]:
    """The topic as the subject, where the list is what is done: 노조는 of "노조는 ▲임금 인상 ▲정년 연장을 요구했다"."""
    if role == "subject" or any(a.role == "subject" for a in arguments):
        return arguments
    return tuple(replace(a, role="subject") if a.role == "topic" and a.josa in ("은", "는") else a for a in arguments)


def _is_whole(tree: Tree, frame: Frame, argument: Argument) -> bool:
    """Whether an argument is the list's last item and no part of it, as it is of ▲정년을 늦추는 방안 and of ▲산을 넘는 길 등."""
    if frame.chain.ending_tag == "ETM":
        behind = None if frame.noun is None or frame.noun + 1 >= len(tree.children) else tree.unit(frame.noun + 1)
        if frame.relation != "relative" or (behind is not None and behind.noun == "등" and behind.is_single):
            return False
    return bool(argument.josa) or frame.chain.kind in ("copula", "noun")


def _find_items(tree: Tree, lexicon: ClauseLexicon) -> list[Phrase] | None:
    """The items before the last; None where one of them is a sentence."""
    found: list[Phrase] = []
    for first, behind in zip(tree.marks, tree.marks[1:], strict=False):
        end = behind - 1
        while end > first and not tree.unit(end).nouns:
            end -= 1
        if tree.chain_of[end] is not None:
            return None  # ▲밥을 먹는다 ▲물을 마신다
        phrase = _find_item(tree, first, behind, lexicon)
        if phrase is not None:
            found.append(phrase)
    return found


def _find_item(tree: Tree, first: int, behind: int, lexicon: ClauseLexicon) -> Phrase | None:
    """The item that stands in some eojeols, whole where it has no verb of its own."""
    begun = tree.sentence.eojeols[first].span.start + 1
    words = tree.text[begun : tree.sentence.eojeols[behind - 1].span.end]
    cut = words.rfind("(")
    bare = words[:cut] if cut > 0 and words.rstrip(_SIDES).endswith(")") else words
    start, end = begun + len(bare) - len(bare.lstrip(_SIDES)), begun + len(bare.rstrip(_SIDES))
    closing = next((n for n in range(behind - 1, first - 1, -1) if tree.sentence.eojeols[n].span.start < end), first)
    if not tree.unit(closing).nouns or end <= start:
        return None
    if any(tree.chain_of[n] is not None for n in range(first, behind)):
        return find_phrase(tree, closing, lexicon)
    nouns = [n for n in tree.unit(closing).nouns if n.span.end <= end]
    if tree.unit(closing).josa and nouns:
        end = nouns[-1].span.end
    head = max(start, tree.text.rfind(" ", start, end) + 1)
    return Phrase(Span(start, end), Span(head, end), tree.text[head:end], None)


def split_items(tree: Tree, clause: Clause) -> tuple[Clause, ...]:
    """One clause for each item of a marked list among the arguments; any other clause itself."""
    if not tree.marks:
        return (clause,)
    starts = [tree.sentence.eojeols[m].span.start for m in tree.marks]
    items = [a for a in clause.arguments if not a.shared and any(0 <= a.span.start - s < 3 for s in starts)]
    if len(items) < 2 or len({a.role for a in items}) > 1:
        return (clause,)
    return tuple(replace(clause, arguments=tuple(a for a in clause.arguments if a is item or a not in items)) for item in items)
