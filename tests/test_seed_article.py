"""One real article from text to triples: what its graph must hold, and what it must not.

The article is a newspaper's and lies beside the checkout, not in it. Where it is not there, the sample articles, which
carry the same facts in words of their own, stand in, and a warning says so.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from kg.cli.app import run
from kg.vocab import PREFIXES

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "seeds"
KG, KGO, KGR = (PREFIXES[prefix] for prefix in ("kg", "kgo", "kgr"))
AMOUNT = {"role": "amount", "value": "2400000000000", "unit": "KRW"}
MEMBERS = {"KT", "마이크로소프트"}


def find_articles() -> Path:
    """The folder of the newspaper's article, or of the sample articles where that is not there."""
    if BESIDE.is_dir() and any(BESIDE.glob("*.txt")):
        return BESIDE
    warnings.warn(f"{BESIDE.name}/ is not beside the checkout: the sample articles stand in for the newspaper's", stacklevel=2)
    return ROOT / "seeds"


@dataclass(frozen=True)
class Built:
    """The outputs of one build, read back."""

    graph: Graph
    facts: list[dict[str, Any]]
    out: Path

    def named(self, node: Any) -> set[str]:
        """The label and other names of a node."""
        return {str(name) for predicate in (RDFS.label, SKOS.altLabel) for name in self.graph.objects(node, predicate)}

    def direct(self, relation: str) -> set[tuple[str, str]]:
        """The direct triples of a relation, by label."""
        label = {node: str(name) for node, name in self.graph.subject_objects(RDFS.label)}
        return {(label[s], label[o]) for s, o in self.graph.subject_objects(URIRef(KG + relation))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("seed") / "output"
    assert run(["build", str(find_articles()), "--out", str(out)]) == 0
    lines = (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return Built(Graph().parse(out / "graph.ttl"), [json.loads(line) for line in lines], out)


def test_kt_invests_in_the_partnership(built: Built) -> None:
    agreements = {
        node
        for node in built.graph.objects(URIRef(f"{KGR}KT"), URIRef(f"{KG}investsIn"))
        if (node, RDF.type, URIRef(f"{KG}Agreement")) in built.graph
    }
    assert [node for node in agreements if {"MS 파트너십", "KT·MS 파트너십"} & built.named(node)]


def test_the_amount_stands_on_the_investment(built: Built) -> None:
    amounts = [
        qualifier
        for fact in built.facts
        if fact["predicate"]["id"] == "kg:investsIn" and fact["subject"]["name"] == "KT" and fact["object"]["kind"] == "Agreement"
        for qualifier in fact["qualifiers"]
    ]
    assert [amount for amount in amounts if AMOUNT.items() <= amount.items()]


def test_three_people_lead_three_companies_and_nobody_else_does(built: Built) -> None:
    assert built.direct("isCEOOf") == {("김영섭", "KT"), ("조원우", "한국마이크로소프트"), ("최지웅", "KT클라우드")}


def test_neither_a_denied_cut_nor_a_worry_is_a_direct_triple(built: Built) -> None:
    statements = ("subject", "predicate", "object", "speaker", "topic", "member")
    of_facts = {URIRef(KG + name) for name in statements}
    relations = {p for p in built.graph.predicates() if str(p).startswith((KG, KGO))} - of_facts
    facts = set(built.graph.subjects(RDF.type, URIRef(f"{KG}Fact")))
    direct = [
        (str(s).removeprefix(KGR), str(p).rpartition("#")[2], str(o).removeprefix(KGR))
        for p in relations
        for s, o in built.graph.subject_objects(p)
        if s not in facts and str(s).startswith(KGR) and str(o).startswith(KGR)
    ]
    assert direct
    wrong = [triple for triple in direct if any("축소" in part or "CAPEX" in part or "우려" in part for part in triple)]
    assert wrong == []
    assert [triple for triple in direct if "역할" in triple[0] and triple[1].startswith(("줄", "작아", "감소", "decreases", "reduces"))] == []


def test_what_is_denied_or_feared_is_never_asserted(built: Built) -> None:
    shrinking = [fact for fact in built.facts if fact["predicate"]["ko"].startswith(("축소", "줄"))]
    assert [fact["sentence"] for fact in shrinking if fact["status"] == "asserted" and not fact["negated"]] == []


def test_both_companies_are_the_two_of_the_article(built: Built) -> None:
    groups = [
        {member["name"] for member in fact["subject"]["members"]}
        for fact in built.facts
        if fact["sentence"].startswith("양사") and fact["subject"]["members"]
    ]
    assert groups
    assert all(group == MEMBERS for group in groups)
    alone = {fact["subject"]["name"] for fact in built.facts if fact["sentence"].startswith("양사") and not fact["subject"]["members"]}
    assert alone >= MEMBERS


@pytest.mark.parametrize(
    "words", [("ceos",), ("investments",), ("statements-by", "김영섭"), ("timeline",), ("evidence", "KT")], ids=lambda words: words[0]
)
def test_the_questions_of_a_newsroom_are_answered(built: Built, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", *words, "--graph", str(built.out)]) == 0
    answer = capsys.readouterr().out
    assert not answer.endswith("(0 rows)\n")


def test_the_graph_conforms(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(built.out)]) == 0
    assert capsys.readouterr().out == "The graph conforms to its shapes.\n"
