"""Predicates that are nouns: 논의를 이어왔다 is 논의하다; 전문기업 설립 등을 추진한다 plans to 설립하다 a firm."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Argument, ArgumentRole, Clause, Predicate, Span, Status, Voice
from kg.tables.lexicons import ClauseLexicon, is_verbal_noun

_ITEMS = re.compile(r"\s*(?:,|，|\s및\s|\s또는\s)\s*")
_MODIFIERS = frozenset("이번 공동 추가 향후 상호 본격 직접 신규 각종 대규모 전면 조속한 조기 긴급 지속적 적극적 자체 별도 구체적 다양한 활발한".split())
_WORDS = re.compile(r"\S+")


def find_idiom(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> tuple[str, Argument] | None:
    """The idiom that a verb makes with its noun: "선을 그었다" is 선을 긋다, and 선 no thing."""
    for argument in frame.arguments:
        if argument.shared or argument.role not in ("object", "locative"):
            continue
        phrase = f"{argument.span.of(tree.text)}{argument.josa} {frame.chain.lemma}"
        if phrase in lexicon.idioms:
            return phrase, argument
    return None


def find_light_noun(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> tuple[str, Argument, Voice] | None:
    """The noun that makes the predicate of a light verb: 논의 of "논의를 이어왔다", with the voice it gives."""
    lemma = frame.chain.lemma
    thing = frame.get("object")
    if thing is not None and not thing.shared and thing.clause is None:
        noun = thing.head.of(tree.text)
        if lemma in lexicon.light_verbs and (lemma == "하다" or _verbal(noun)):
            return noun, thing, "active"
        if lemma in lexicon.light_passives and _verbal(noun):
            return noun, thing, "passive"
    if lemma in lexicon.light_goals:
        goal = frame.get("locative")
        if goal is not None and goal.josa == "에" and _verbal(goal.head.of(tree.text)):
            return goal.head.of(tree.text), goal, "active"
    return None


def find_light_rest(text: str, argument: Argument) -> Argument | None:
    """What stands before the noun of a light verb: MS with whom one talks, in "MS와 논의를"; a mere modifier is nothing."""
    words = text[argument.span.start : argument.head.start].rstrip(" ·,")
    while words.split() and (words.split()[0] in _MODIFIERS or words.split()[0].endswith("적인")):
        words = words[len(words.split()[0]) :].lstrip()
    words = re.sub(r"\s*(?:및|등)$", "", words)
    if not words:
        return None
    begin = text.index(words, argument.span.start)
    role: ArgumentRole = "object"
    josa = ""
    if words[-1] in "와과" and len(words.split()) <= 4:
        role, josa, words = "comitative", words[-1], words[:-1]
    elif words.endswith("의"):
        words = words[:-1].rstrip()
    if len(words) < 2 and not words.isascii():
        return None
    span = Span(begin, begin + len(words))
    return Argument(role, josa, span, _last_word(text, span))


def _verbal(noun: str) -> bool:
    return len(noun) >= 2 and (is_verbal_noun(noun) or (len(noun) > 2 and is_verbal_noun(noun[-2:])))


def find_noun_clauses(
    tree: Tree, frame: Frame, index: int, sentence: int, status: Status, quotation: int | None, lexicon: ClauseLexicon
) -> tuple[Clause, ...]:
    """Clauses for verbal nouns that a verb like 추진하다 governs: "A 개발, B 설립 등을 추진한다" gives two."""
    lemma = frame.chain.lemma
    if find_light_noun(tree, frame, lexicon) is not None:
        return ()
    pending = lemma in lexicon.pending_verbs
    if not pending and lemma not in lexicon.light_goals and lemma not in ("병행하다", "지원하다", "시작하다", "본격화하다", "마무리하다", "완료하다"):
        return ()
    thing = frame.get("object") or (frame.get("locative") if lemma in lexicon.light_goals else None)
    if thing is None or thing.shared or thing.clause is not None:
        return ()
    subject = frame.get("subject") or frame.get("topic")
    clauses: list[Clause] = []
    for item in _split_items(tree.text, thing.span):
        found = _split_verbal(tree.text, item)
        if found is None:
            continue
        words, noun = found
        verb = noun.of(tree.text)
        arguments = [Argument("object", "", words, _last_word(tree.text, words))]
        if subject is not None:
            arguments.append(replace(subject, role="subject", shared=True))
        clauses.append(
            Clause(
                Predicate(verb + "하다", noun, (), "active", "noun"), tuple(arguments), frame.chain.negated,
                "planned" if pending and status == "asserted" and lemma != "명령하다" else status, item, sentence, "nominal", index, quotation,
            )
        )
    return tuple(clauses)


def _split_items(text: str, span: Span) -> tuple[Span, ...]:
    items: list[Span] = []
    start = span.start
    for match in _ITEMS.finditer(text, span.start, span.end):
        items.append(Span(start, match.start()))
        start = match.end()
    items.append(Span(start, span.end))
    return tuple(i for i in items if i.end > i.start)


def _split_verbal(text: str, item: Span) -> tuple[Span, Span] | None:
    """The object and the verbal noun of "AX 전문기업 설립": (AX 전문기업, 설립)."""
    words = [Span(item.start + m.start(), item.start + m.end()) for m in _WORDS.finditer(item.of(text))]
    while words and (words[0].of(text) in _MODIFIERS or words[0].of(text).endswith("적인")):
        words.pop(0)
    if len(words) >= 2 and words[-1].of(text) == "등":
        words.pop()
    if len(words) < 2:
        return None
    last = words[-1]
    if not _verbal(last.of(text)):
        return None
    before = words[:-1]
    end = before[-1].end
    if text[end - 1] == "의":
        end -= 1
    return (Span(before[0].start, end), last) if end > before[0].start else None


def _last_word(text: str, span: Span) -> Span:
    cut = span.of(text).rfind(" ")
    return Span(span.start + cut + 1, span.end)
