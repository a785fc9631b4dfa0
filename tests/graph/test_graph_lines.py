"""facts.jsonl: the forms of the contract."""

from __future__ import annotations

import json

from kg.graph import find_fact_rows, write_fact_lines

KEYS = ["article", "fact", "subject", "predicate", "object", "qualifiers", "status", "negated", "speaker", "sentence",
        "start", "end", "confidence", "rule"]


def rows_of(readings, ontology):
    return [row for reading in readings for row in find_fact_rows(reading, ontology)]


def test_keys_and_forms(readings, ontology):
    rows = rows_of(readings, ontology)
    assert all(list(row) == KEYS for row in rows)
    invest = next(row for row in rows if row["rule"] == "invest-accusative")
    assert invest["predicate"] == {"id": "kg:investsIn", "ko": "투자하다", "en": "invests-in"}
    assert invest["subject"]["aliases"] == ["한빛", "Hanbit"]
    assert invest["qualifiers"] == [
        {"role": "amount", "value": "2400000000000", "unit": "KRW", "text": "2조4000억원"},
        {"role": "duration", "time": {"value": "P5Y", "start": None, "end": None}, "text": "5년간"},
    ]
    objects = [row["object"] for row in rows]
    assert {"value": "3-2", "unit": "score", "text": "3대 2"} in objects
    assert {"text": "시장이 너무 작다"} in objects
    assert None in objects
    assert {"value": "500000000", "unit": "USD", "text": "5억달러",
            "converted": {"value": "720000000000", "unit": "KRW", "text": "약 7200억원", "approximate": "about"}} in objects
    group = next(row for row in rows if row["subject"]["name"] == "양사")
    assert [member["name"] for member in group["subject"]["members"]] == ["한빛전자", "누리소프트"]
    assert {"role": "amount", "unit": "명", "text": "10~20명", "min": "10", "max": "20"} in group["qualifiers"]


def test_sentences_are_the_text_at_their_offsets(readings, ontology):
    texts = {reading.article.id: reading.article.text for reading in readings}
    for row in rows_of(readings, ontology):
        assert texts[row["article"]][row["start"] : row["end"]] == row["sentence"]


def test_lines_are_sorted_and_the_same_in_any_order(readings, ontology, tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    count = write_fact_lines(readings, ontology, first)
    write_fact_lines(tuple(reversed(readings)), ontology, second)
    assert first.read_bytes() == second.read_bytes()
    rows = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == count == sum(len(reading.facts) for reading in readings)
    order = [(row["article"], row["start"], row["end"], row["fact"], row["rule"]) for row in rows]
    assert order == sorted(order)
    assert "한빛전자" in first.read_text(encoding="utf-8")


def test_a_fact_of_two_sentences_repeats_its_id(readings, ontology):
    invest = [row for row in rows_of(readings, ontology) if row["predicate"]["id"] == "kg:investsIn"]
    assert len(invest) == 2
    assert len({row["fact"] for row in invest}) == 1
