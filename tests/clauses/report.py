"""Measures the clauses read from the corpus against those written down by hand: ``python -m tests.clauses.report``.

The corpus lies in ``corpus/*.toml``, one file a group. A ``[[sentence]]`` has its ``text``, lemmas that must be no clause of
it (``absent``), and a ``[[sentence.clause]]`` for every clause that matters:

- ``predicate``: the lemma, or a list of acceptable ones; "협력을 맺다" is one predicate made of a noun and a light verb
- ``arguments``: ``role`` (one, or a list of acceptable ones) and ``text``, the head phrase without its josa; "actor" is who does
  what a passive says, whichever role it is read as; topic and subject are one
- ``status``: one or a list; left out where none of the five fits (a purpose, a condition, an order)
- ``negated``, and ``speaker`` where the clause stands in somebody's words

The groups whose names begin with ``blind_`` were written from the design alone, by somebody who had not seen the passes; what they
read of them before anything was mended stands in ``docs/quality.md``.

Every expected clause counts in every field, so a clause that is not found is missed in all of them.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.model import Argument, Article, Clause, Document
from kg.pipeline import read_document

HERE = Path(__file__).parent
FIELDS = ("predicate", "arguments", "status", "negated", "not_negated", "speaker", "unattributed", "absent")
LIGHT_SUFFIXES = ("하다", "되다", "받다", "당하다", "시키다")
ACTOR_ROLES = frozenset({"subject", "topic", "dative", "source", "instrument", "goal"})


@dataclass
class Score:
    """Hits and cases of each field, and a line for each miss."""

    hits: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, list[str]]] = field(default_factory=list)

    def count(self, name: str, hit: bool, notes: list[str], note: str) -> None:
        self.cases[name] += 1
        self.hits[name] += hit
        if not hit:
            notes.append(f"{name}: {note}")

    def accuracy(self, name: str) -> float:
        return self.hits[name] / self.cases[name]


def read_corpus() -> dict[str, list[dict[str, Any]]]:
    """The sentences of every group, by the name of its file."""
    files = sorted((HERE / "corpus").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["sentence"] for path in files}


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def stem(lemma: str) -> tuple[str, str]:
    """발표되다 → 발표, 되다; 열리다 → 열리다 and nothing."""
    for suffix in LIGHT_SUFFIXES:
        if lemma.endswith(suffix) and len(lemma) > len(suffix):
            return lemma.removesuffix(suffix), suffix
    return lemma, ""


def is_predicate(expected: str, clause: Clause, text: str) -> bool:
    """Whether the clause's predicate is the expected one, in any of the ways in which voice and light verbs may be noted."""
    found = clause.predicate.lemma.replace(" ", "")
    if found == expected.replace(" ", ""):
        return True
    noun, _, verb = expected.rpartition(" ")
    if noun:
        bare = noun[:-1]  # without its josa
        if found == bare + verb:
            return True
        light = clause.predicate.kind == "light"
        return light and ((found == verb and bare in clause.predicate.span.of(text)) or stem(found)[0] == bare)
    wanted, wanted_suffix = stem(expected)
    base, suffix = stem(found)
    if not (wanted_suffix and suffix and wanted == base):
        return False
    passive = {"되다", "받다", "당하다"}
    if wanted_suffix in passive:
        return suffix in passive or clause.predicate.voice == "passive"
    return wanted_suffix == "시키다" and clause.predicate.voice == "causative"


def is_phrase(expected: str, found: str) -> bool:
    """Whether one phrase lies in the other and, where less is found than expected, at least half of it is."""
    expected, found = expected.replace(" ", ""), found.replace(" ", "")
    return expected in found or (found in expected and 2 * len(found) >= len(expected))


def is_argument(expected: dict[str, Any], argument: Argument, clause: Clause, text: str) -> bool:
    roles = set(listed(expected["role"]))
    if roles & {"subject", "topic"}:
        roles |= {"subject", "topic"}
        if clause.predicate.voice == "passive":
            roles.add("object")
    if "actor" in roles:
        roles |= ACTOR_ROLES
    return argument.role in roles and is_phrase(expected["text"], argument.span.of(text))


def find_speaker(clause: Clause, doc: Document) -> str | None:
    if clause.quotation is None:
        return None
    speaker = doc.quotations[clause.quotation].speaker
    return None if speaker is None else speaker.of(doc.article.text)


def judge(expected: dict[str, Any], clause: Clause | None, doc: Document) -> Iterator[tuple[str, bool, str]]:
    """The fields in which an expected clause counts, whether the found one agrees, and what it has instead."""
    text = doc.article.text
    lemma = "/".join(listed(expected["predicate"]))
    yield "predicate", clause is not None, f"{lemma} among {' '.join(c.predicate.lemma for c in doc.clauses) or 'nothing'}"
    # one verb with a list of things is a clause for each of them
    found = () if clause is None else tuple(a for c in doc.clauses if c.predicate == clause.predicate for a in c.arguments)
    shown = ", ".join(f"{a.role}={a.span.of(text)}" for a in found) or "nothing"
    for wanted in expected.get("arguments", []):
        hit = clause is not None and any(is_argument(wanted, argument, clause, text) for argument in found)
        yield "arguments", hit, f"{lemma} {'/'.join(listed(wanted['role']))}={wanted['text']} among {shown}"
    if "status" in expected:
        status = clause.status if clause else None
        yield "status", status in listed(expected["status"]), f"{lemma} {expected['status']}, found {status}"
    negated = clause.negated if clause else None
    name = "negated" if expected["negated"] else "not_negated"
    yield name, negated is expected["negated"], f"{lemma}, found {negated}"
    speaker = find_speaker(clause, doc) if clause else None
    if "speaker" in expected:
        hit = speaker is not None and is_phrase(expected["speaker"], speaker)
        yield "speaker", hit, f"{lemma} {expected['speaker']}, found {speaker}"
    elif expected.get("status") == "asserted":
        yield "unattributed", clause is not None and speaker is None, f"{lemma}, found {speaker}"


def find_clause(expected: dict[str, Any], doc: Document, used: set[int]) -> int | None:
    """The index of the unused clause that agrees best with the expected one, of those with its predicate."""
    wanted = listed(expected["predicate"])
    best: tuple[int, int] | None = None
    for index, clause in enumerate(doc.clauses):
        if index in used or not any(is_predicate(lemma, clause, doc.article.text) for lemma in wanted):
            continue
        agreement = sum(hit for _, hit, _ in judge(expected, clause, doc))
        if best is None or agreement > best[0]:
            best = (agreement, index)
    return None if best is None else best[1]


def measure_group(sentences: list[dict[str, Any]]) -> Score:
    """The score of one group."""
    score = Score()
    for sentence in sentences:
        doc = read_document(Article("x", sentence["text"]))
        used: set[int] = set()
        notes: list[str] = []
        for expected in sentence["clause"]:
            index = find_clause(expected, doc, used)
            if index is not None:
                used.add(index)
            for name, hit, note in judge(expected, None if index is None else doc.clauses[index], doc):
                score.count(name, hit, notes, note)
        for lemma in sentence.get("absent", []):
            score.count("absent", all(clause.predicate.lemma != lemma for clause in doc.clauses), notes, lemma)
        if notes:
            score.misses.append((sentence["text"], notes))
    return score


def measure_corpus() -> dict[str, Score]:
    """The score of every group."""
    return {group: measure_group(sentences) for group, sentences in read_corpus().items()}


def table(scores: dict[str, Score]) -> str:
    """The accuracies, a row for each group and field and one for each field over all."""
    rows = [f"{'group':14} " + " ".join(f"{name:>16}" for name in FIELDS)]
    total = Score()
    for score in scores.values():
        total.hits += score.hits
        total.cases += score.cases
    for group, score in [*scores.items(), ("all", total)]:
        cells = [f"{score.accuracy(n):.3f} ({score.cases[n]})" if score.cases[n] else "-" for n in FIELDS]
        rows.append(f"{group:14} " + " ".join(f"{cell:>16}" for cell in cells))
    return "\n".join(rows)


def floors(scores: dict[str, Score]) -> str:
    """The measured values as floors, rounded down to hundredths."""
    lines = ["# The least accuracy of each field in each group of the clause corpus; these only go up."]
    for group, score in scores.items():
        lines += ["", f"[{group}]"]
        lines += [f"{n} = {100 * score.hits[n] // score.cases[n] / 100:.2f}" for n in FIELDS if score.cases[n]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="What the clause corpus expects and the passes miss.")
    parser.add_argument("group", nargs="*", help="only these groups")
    parser.add_argument("--floors", action="store_true", help="print the measured values as floors.toml")
    parser.add_argument("--field", choices=FIELDS, help="only misses of this field")
    given = parser.parse_args()
    corpus = read_corpus()
    scores = {group: measure_group(corpus[group]) for group in given.group or corpus}
    if given.floors:
        print(floors(scores))
        return
    for group, score in scores.items():
        for text, notes in score.misses:
            shown = [note for note in notes if not given.field or note.startswith(f"{given.field}:")]
            if shown:
                print(f"[{group}] {text}", *shown, sep="\n    ")
    print(table(scores))


if __name__ == "__main__":
    main()
