"""Things told of in a row, each with a clause of its own before it: 가람과 누리를 잇는 동부선, 가람과 해솔을 잇는 서부선."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Argument, Span


def part_parallels(tree: Tree, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames with what one clause modifies parted from what the next is about: 동부선 | 가람과 해솔, where both clauses have one verb."""
    parted = list(frames)
    for number in range(len(parted) - 1):
        first, second = parted[number], parted[number + 1]
        if not (first.relation == second.relation == "relative" and first.chain.lemma == second.chain.lemma):
            continue
        for said in second.arguments:
            comma = tree.text.find(", ", said.span.start, said.head.start)
            if said.shared or comma < 0 or not any(a.shared and a.span == said.span for a in first.arguments):
                continue
            ahead, behind = Span(said.span.start, comma), Span(comma + 2, said.span.end)
            parted[number] = replace(first, arguments=tuple(_cut(tree, a, said.span, ahead) if a.shared else a for a in first.arguments))
            parted[number + 1] = replace(second, arguments=tuple(replace(a, span=behind) if a is said else a for a in second.arguments))
            break
    return tuple(parted)


def _cut(tree: Tree, argument: Argument, whole: Span, part: Span) -> Argument:
    if argument.span != whole:
        return argument
    begun = max(part.start, tree.text.rfind(" ", part.start, part.end) + 1)
    return replace(argument, span=part, head=Span(begun, part.end))
