"""What stands beside a person's name and tells namesakes apart: titles and ages."""

from __future__ import annotations

import re

from kg.coref.individuals import Individuals, coarse
from kg.model import Span
from kg.tables.titles import load_title_lexicon

_BETWEEN = re.compile(r"\s?(?:\([^()\n]{0,30}\)\s?)?(?:[^\s,.()\n]+ ){0,4}")
_PARTICLE = re.compile(r"(?:[은는을를에]|에서|에게|에는|이며|라고|[가-힣]{2}[이가의와도]) ")
_BEFORE = 2  # code points between a title and the name behind it
_AFTER = 30  # code points between a name and its title
_WORD_BEFORE = re.compile(r"(?<![가-힣])([가-힣]{2,6}) $")
_AGE = re.compile(r"\s?\((\d{1,3})(?:세)?[)·,]")


def add_traits(people: Individuals) -> None:
    """Note each person's titles and ages: 대표 and 54세 of "차윤석(54) 한빛전자 대표"."""
    persons = sorted(span for span, number in people.at.items() if span.end > span.start and coarse(people.get(number).kind) == "PER")
    private = tuple(sorted(load_title_lexicon().private))
    for place, span in enumerate(persons):
        traits = people.get(people.at[span]).traits
        found = [*_titles(people, span, persons[place + 1].start if place + 1 < len(persons) else len(people.text))]
        before = _WORD_BEFORE.search(people.text, max(0, span.start - 12), span.start)
        if before is not None and before[1].endswith(private):
            found.append(before[1])
        age = _AGE.match(people.text, span.end)
        if age is not None:
            found.append(f"{age[1]}세")
        traits += [trait for trait in dict.fromkeys(found) if trait not in traits]


def _titles(people: Individuals, name: Span, until: int) -> list[str]:
    text = people.text
    found = [title.of(text) for title in people.titles_in(Span(max(0, name.start - 12), name.start)) if 0 < name.start - title.end < _BEFORE]
    behind = people.titles_in(Span(name.end, min(until, name.end + _AFTER)))
    if behind:
        between = text[name.end : behind[0].start]
        if between[:1] in ("", " ", "(") and _BETWEEN.fullmatch(between) and not _PARTICLE.search(between):
            found.append(behind[0].of(text))
    return found
