"""Counts how often each verb takes an object, from unlabelled news text.

A verb's use counts as transitive when an accusative noun stands between it and the verb before it. The table tells the
clause pass whether a bare or topic-marked noun ("전문 인력도 양성한다") can be the verb's object, and which nouns are verbal
nouns (설립, 추진). Source: Korean Wikinews (CC BY 2.5) and the unlabelled KLUE-NER sentences (CC BY-SA 4.0).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.model import Token

MINIMUM = 3


def train_valency(data_folder: Path, out: Path, analyse: Callable[[str], tuple[Token, ...]]) -> int:
    """Write ``lemma, uses, with object, with subject`` for each verb seen often enough, and return how many."""
    uses: Counter[str] = Counter()
    objects: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    for line in _read_lines(data_folder):
        has_object = has_subject = False
        for lemma, josa in _events(analyse(line)):
            if lemma is None:
                has_object |= josa == "JKO"
                has_subject |= josa == "JKS"
                continue
            uses[lemma] += 1
            objects[lemma] += has_object
            subjects[lemma] += has_subject
            has_object = has_subject = False
    rows = sorted(lemma for lemma, count in uses.items() if count >= MINIMUM)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write("lemma\tuses\tobjects\tsubjects\n")
        for lemma in rows:
            file.write(f"{lemma}\t{uses[lemma]}\t{objects[lemma]}\t{subjects[lemma]}\n")
    return len(rows)


def _read_lines(folder: Path) -> Iterator[str]:
    with (folder / "wikinews" / "wikinews.jsonl").open(encoding="utf-8") as file:
        for row in file:
            yield from json.loads(row)["text"].split("\n")
    with (folder / "klue" / "ner_unlabelled.tsv").open(encoding="utf-8") as file:
        for row in file:
            yield row.rstrip("\n").rpartition("\t")[2]


def _events(tokens: tuple[Token, ...]) -> Iterator[tuple[str | None, str]]:
    for index, token in enumerate(tokens):
        if token.tag in ("JKO", "JKS"):
            yield None, token.tag
        elif token.tag in ("VV", "VA"):
            yield token.lemma, ""
        elif token.tag in ("XSV", "XSA") and index and tokens[index - 1].tag in ("NNG", "XR", "XSN"):
            yield tokens[index - 1].form + token.form + "다", ""
