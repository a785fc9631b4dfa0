"""What the passes saw, as the plain values that ``kg analyze`` prints."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any
from unicodedata import combining, is_normalized, normalize

from kg.analyze import parse_line
from kg.entities import find_klue_names
from kg.graph import find_fact_rows
from kg.model import Article, Clause, Document, Reading, Span, Token
from kg.pipeline.documents import ReadingOptions, build_reading, link_alone, read_document
from kg.tables.ontology import load_ontology

Json = dict[str, Any]
LINE_ID = "line"


def analysis_of_line(text: str, published: datetime | None = None) -> Json:
    """The analysis of one text without layout: one tree over all its eojeols, as treebanks have it.

    The passes read NFC; a line that is not (한 written as three letters) keeps its text, and the spans are led back into it.
    """
    if is_normalized("NFC", text):
        return _analysis(text, published)
    composed, places = _composed(text)
    return _led_back(_analysis(composed, published), text, places)


def _composed(text: str) -> tuple[str, list[Span]]:
    """The text in NFC, and for each of its code points the stretch of the text that it was written as."""
    starts = [n for n, c in enumerate(text) if n == 0 or not (combining(c) or "\u1160" <= c <= "\u11ff")]
    parts = [(Span(start, end), normalize("NFC", text[start:end])) for start, end in pairwise([*starts, len(text)])]
    composed = "".join(part for _, part in parts)
    return composed, [span for span, part in parts for _ in part]


def _led_back(found: Json, text: str, places: list[Span]) -> Json:
    for rows in (found[name] for name in ("ner", "eojeols", "entities", "times", "quantities", "facts")):
        for row in rows:
            row["start"], row["end"] = places[row["start"]].start, places[row["end"] - 1].end
            for name in {"text", "sentence"} & row.keys():
                row[name] = text[row["start"] : row["end"]]
    return found | {"text": text}


def _analysis(text: str, published: datetime | None) -> Json:
    doc = read_document(Article(LINE_ID, text, published=published), ReadingOptions(layout=False))
    eojeols = [{"start": e.span.start, "end": e.span.end, "head": e.head, "label": e.label} for e in parse_line(text)]
    return {"text": text, "ner": _names(text, doc), "eojeols": eojeols} | _contents(doc, link_alone(build_reading(doc)))


def analysis_of_article(article: Article) -> Json:
    """The analysis of one article, with its sentences, clauses and quotations."""
    doc = read_document(article)
    text = article.text
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "text": text,
        "sentences": [
            {
                "start": s.span.start,
                "end": s.span.end,
                "role": s.role,
                "eojeols": [{"start": e.span.start, "end": e.span.end, "head": e.head, "label": e.label} for e in s.eojeols],
                "tokens": [{"start": t.span.start, "end": t.span.end, "form": t.form, "lemma": t.lemma, "tag": t.tag} for t in s.tokens],
            }
            for s in doc.sentences
        ],
        "clauses": [_clause(text, clause) for clause in doc.clauses],
        "quotations": [
            {
                "start": q.span.start,
                "end": q.span.end,
                "direct": q.direct,
                "cue": q.cue,
                "speaker": None if q.speaker is None else q.speaker.of(text),
            }
            for q in doc.quotations
        ],
        "ner": _names(text, doc),
    } | _contents(doc, link_alone(build_reading(doc)))


def _names(text: str, doc: Document) -> list[Json]:
    tokens: tuple[Token, ...] = tuple(t for s in doc.sentences for t in s.tokens)
    return [{"start": m.span.start, "end": m.span.end, "type": m.kind} for m in find_klue_names(text, tokens)]


def _contents(doc: Document, linked: Reading) -> Json:
    mentions: list[tuple[Span, Json]] = []
    for entity in linked.entities:
        for span in entity.mentions:
            if span.end > span.start:
                mentions.append((span, {"start": span.start, "end": span.end, "id": entity.id, "name": entity.name, "kind": entity.kind}))
    return {
        "entities": [row for _, row in sorted(mentions, key=lambda m: (m[0], m[1]["id"]))],
        "times": [
            {
                "start": t.span.start,
                "end": t.span.end,
                "text": t.text,
                "time": {"value": t.value, "start": t.start, "end": t.end},
            }
            for t in doc.times
        ],
        "quantities": [
            {
                "start": q.span.start,
                "end": q.span.end,
                "text": q.text,
                "value": q.score if q.score is not None else None if q.value is None else format(q.value, "f"),
                "unit": q.unit,
            }
            for q in doc.quantities
        ],
        "facts": list(find_fact_rows(linked, load_ontology())),
    }


def _clause(text: str, clause: Clause) -> Json:
    return {
        "sentence": clause.sentence,
        "start": clause.span.start,
        "end": clause.span.end,
        "predicate": clause.predicate.lemma,
        "voice": clause.predicate.voice,
        "kind": clause.predicate.kind,
        "relation": clause.relation,
        "parent": clause.parent,
        "quotation": clause.quotation,
        "status": clause.status,
        "negated": clause.negated,
        "past": clause.past,
        "arguments": [
            {
                "role": a.role,
                "josa": a.josa,
                "start": a.span.start,
                "end": a.span.end,
                "text": a.span.of(text),
                "clause": a.clause,
                "shared": a.shared,
            }
            for a in clause.arguments
        ],
    }


def analysis_tree(article: Article) -> str:
    """The sentences, clauses and facts of an article, to be read by a writer of rules."""
    doc = read_document(article)
    text = article.text
    rows = find_fact_rows(link_alone(build_reading(doc)), load_ontology())
    out: list[str] = []
    for number, sentence in enumerate(doc.sentences):
        out.append(f"[{sentence.role}] {' '.join(sentence.span.of(text).split())}")
        for index, clause in enumerate(doc.clauses):
            if clause.sentence != number:
                continue
            quoted = "" if clause.quotation is None else f"in {clause.quotation}"
            marks = " ".join(filter(None, (clause.status, "negated" if clause.negated else "", clause.relation, quoted)))
            out.append(f"  ({index}) {clause.predicate.lemma}  {marks}" + (f" -> ({clause.parent})" if clause.parent is not None else ""))
            out.extend(f"        {a.role}{'*' if a.shared else ''}: {a.span.of(text)} {a.josa}" for a in clause.arguments)
        for row in rows:
            if row["start"] == sentence.span.start and row["end"] == sentence.span.end:
                out.append("    = " + fact_line(row))
    return "\n".join(out) + "\n"


def fact_line(row: Json) -> str:
    """A fact in one line: "KT  investsIn  MS 파트너십 {amount: 2조4000억원} planned"."""
    thing = row["object"] or {}
    qualifiers = ", ".join(f"{q['role']}: {q.get('name') or q.get('text') or q.get('value')}" for q in row["qualifiers"])
    speaker = f" said by {row['speaker']['name']}" if row["speaker"] else ""
    return (
        f"{row['subject']['name']} | {row['predicate']['id']} | {thing.get('name') or thing.get('text') or '-'} {{{qualifiers}}} "
        f"{row['status']}{' NEGATED' if row['negated'] else ''}{speaker} <{row['rule']} {row['confidence']}>"
    )
