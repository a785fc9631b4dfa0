"""Facts in one line, for tests of what joins facts: "가람전자 kg:signs 파트너십:Agreement with=누리소프트 amount=2조원"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time, Value
from kg.tables.ontology import load_ontology

SEOUL = timezone(timedelta(hours=9))
NOWHERE = Span(0, 0)
FIGURES = {"2조원": "2000000000000", "2조4000억원": "2400000000000", "3조원": "3000000000000", "1200억원": "120000000000", "1500억원": "150000000000"}
_PERIOD = re.compile(r"(\d{4})(?:-(Q[1-4]|\d\d)(?:-(\d\d))?)?")
_LAST = {f"{month:02}": "30" if month in (4, 6, 9, 11) else "28" if month == 2 else "31" for month in range(1, 13)}


def entity(words: str) -> Entity:
    """ "이가람:Person" is a person, "KT+MS" a group of two firms, a name alone a firm; _ stands for a space."""
    name, _, kind = words.replace("_", " ").partition(":")
    if "+" in name:
        members = tuple(f"kgr:{each}" for each in name.split("+"))
        return Entity("kgr:" + name.replace("+", "_"), "Group", name.replace("+", "·"), members=members)
    assert not kind or load_ontology().is_kind(kind, "Entity"), kind
    return Entity("kgr:" + name.replace(" ", "_"), kind or "Company", name)


def period(words: str) -> Time:
    """ "2024-10-10", "2025-Q1", "2025-03", "2025" or a length such as "P5Y"."""
    if words.startswith("P"):
        return Time(NOWHERE, None, None, "duration", words, "times", words)
    match = _PERIOD.fullmatch(words)
    assert match is not None, words
    year, part, day = match.groups()
    if part is None:
        return Time(NOWHERE, f"{year}-01-01", f"{year}-12-31", "year", words, "times", words)
    if part.startswith("Q"):
        first, last = (f"{3 * int(part[1]) - 2:02}", f"{3 * int(part[1]):02}")
        return Time(NOWHERE, f"{year}-{first}-01", f"{year}-{last}-{_LAST[last]}", "quarter", words, "times", words)
    if day is None:
        return Time(NOWHERE, f"{year}-{part}-01", f"{year}-{part}-{_LAST[part]}", "month", words, "times", words)
    return Time(NOWHERE, words, words, "day", words, "times", words)


def value(role: str, words: str) -> Value:
    if role in ("time", "duration", "start", "end"):
        return period(words)
    hedge = "over" if words.startswith(">") else "about" if words.startswith("~") else None
    bare = words.lstrip(">~")
    if bare in FIGURES:
        return Quantity(NOWHERE, Decimal(FIGURES[bare]), "KRW", hedge, bare, "quantity")
    if bare.endswith("달러"):
        return Quantity(NOWHERE, Decimal(bare.removesuffix("달러")), "USD", hedge, bare, "quantity")
    if role in ("wording", "manner"):
        return Text(words)
    return entity(words)


def fact(line: str, article: str = "a", *, sentence: Span = NOWHERE, **more: Any) -> Fact:
    """The fact of a line; ``more`` are status, negated and speaker."""
    subject, predicate, thing, *rest = line.split()
    qualifiers = tuple(Qualifier(role, value(role, words)) for role, words in (each.split("=", 1) for each in rest))
    what = None if thing == "-" else value("object", thing)
    return Fact(entity(subject), predicate, what, qualifiers, more.get("status", "asserted"), more.get("negated", False),
                entity(more["speaker"]) if more.get("speaker") else None, Evidence(article, sentence, "rule"), 0.9)  # fmt: skip


def reading(article: str, published: str | None, *said: dict[str, Any] | str) -> Reading:
    """An article: each row has the ``fact``, and what sentence ``says`` it; group facts come with those of the members."""
    rows = [{"fact": row} if isinstance(row, str) else row for row in said]
    text, spans, facts = "", [], []
    for number, row in enumerate(rows):
        words = row.get("says", f"{number}째 문장이다.")
        spans.append(Span(len(text), len(text) + len(words)))
        text += words + "\n"
        one = fact(row["fact"], article, sentence=spans[-1], **{key: row[key] for key in ("status", "negated", "speaker") if key in row})
        facts += [one, *(replace(one, subject=entity(member.removeprefix("kgr:"))) for member in one.subject.members)]
    day = None if published is None else datetime.fromisoformat(published).replace(tzinfo=SEOUL)
    named = [v for f in facts for v in (f.subject, f.object, f.speaker, *(q.value for q in f.qualifiers)) if isinstance(v, Entity)]
    return Reading(Article(article, text, published=day), tuple(spans), tuple({e.id: e for e in named}.values()), tuple(facts))
