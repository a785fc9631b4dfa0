"""Confidence: what the model looks at, how it is fitted, and that it orders facts as their readers did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.confidence import calibrate, find_features, load_confidence_weights
from kg.extract.confidence_training import read_judgements, train_confidence
from kg.model import Article, Fact
from kg.pipeline.documents import read_document

TEXT = "한도윤 다온전자 대표는 어제 서울에서 새 공장을 지었다. 공장은 넓다."
VERDICT = "1\t{fact}\t{article}\t{ok}\t1\t1\t1\t1\t\n"
HEAD = "number\tfact\tarticle\tsubject\tpredicate\tobject\tstatus\tspeaker\treason\n"


@pytest.fixture(scope="module")
def fact() -> Fact:
    return next(f for f in read_document(Article("a", TEXT)).facts if f.evidence.rule == "post")


def with_rule(fact: Fact, rule: str) -> Fact:
    return replace(fact, evidence=replace(fact.evidence, rule=rule))


@pytest.mark.parametrize(
    ("rule", "family"),
    [("post-body", "phrase"), ("open-clause", "open-object"), ("quotation-direct", "quotation"), ("copula", "copula"), ("invest-in", "rule")],
)
def test_a_rule_is_of_a_family(fact: Fact, rule: str, family: str) -> None:
    assert find_features(with_rule(fact, rule), 40)[family] == 1.0


def test_an_open_fact_without_object_is_a_family_of_its_own(fact: Fact) -> None:
    assert "open" in find_features(replace(with_rule(fact, "open-clause"), object=None), 40)


def test_posts_are_surer_than_open_facts(fact: Fact) -> None:
    post, loose = calibrate(fact, 40), calibrate(with_rule(replace(fact, confidence=0.72), "open-clause"), 40)
    assert 0 < loose.confidence < post.confidence < 1


def test_plans_and_long_sentences_are_less_sure(fact: Fact) -> None:
    plain = calibrate(fact, 40).confidence
    assert calibrate(replace(fact, status="planned"), 40).confidence < plain
    assert calibrate(fact, 200).confidence < plain


def test_every_fact_of_a_document_is_calibrated() -> None:
    assert all(0 < f.confidence < 1 and f.confidence == round(f.confidence, 2) for f in read_document(Article("a", TEXT)).facts)


def test_every_weight_is_of_a_feature(fact: Fact) -> None:
    assert {"phrase", "rule", "open", "open-object", "quotation", "copula", "surety", "length"} <= set(load_confidence_weights())


def test_fitting_follows_the_judgements(fact: Fact, tmp_path: Path) -> None:
    other = with_rule(fact, "open-clause")
    rows = [(f"n{n}", f"f{n}", fact if n % 2 else other, 40) for n in range(80)]
    table = HEAD + "".join(VERDICT.format(fact=name, article=article, ok=int(f is fact)) for article, name, f, _ in rows)
    (tmp_path / "wikinews-1.tsv").write_text(table, encoding="utf-8")
    told: list[str] = []
    assert train_confidence(rows, read_judgements(tmp_path), tmp_path / "confidence.tsv", told.append) == 80
    weights = dict(line.split("\t") for line in (tmp_path / "confidence.tsv").read_text(encoding="utf-8").splitlines()[1:])
    assert float(weights["phrase"]) > 1 > -1 > float(weights["open-object"])
    assert told[-1].endswith("40 of 40 right")


def test_judgements_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tables of judgements"):
        read_judgements(tmp_path)


def test_one_table_may_be_chosen(tmp_path: Path) -> None:
    for name in ("wikinews-1", "newswire-2"):
        (tmp_path / f"{name}.tsv").write_text(HEAD + VERDICT.format(fact=name, article="a", ok=1), encoding="utf-8")
    assert set(read_judgements(tmp_path)) == {("a", "wikinews-1"), ("a", "newswire-2")}
    assert set(read_judgements(tmp_path, ["newswire-2"])) == {("a", "newswire-2")}
    with pytest.raises(InputError, match="no such table"):
        read_judgements(tmp_path, ["newswire-3"])


def test_qualifiers_and_a_speaker_are_looked_at(fact: Fact) -> None:
    assert find_features(fact, 40)["qualifiers"] == len(fact.qualifiers)
    assert "told" in find_features(replace(fact, speaker=fact.subject), 40)
