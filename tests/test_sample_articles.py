"""The sample articles become one story: its firms, its people and its partnership are one each, whoever writes of them."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from kg.cli.app import run
from kg.vocab import PREFIXES

ROOT = Path(__file__).resolve().parents[1]
KG, KGR, PROV, SCHEMA, NIF = (PREFIXES[prefix] for prefix in ("kg", "kgr", "prov", "schema", "nif"))
BEYOND = {
    "id": "beyond-1", "title": "KT, MS 파트너십에 3조원", "published": "2024-10-12T09:00:00+09:00", "outlet": "늘벗통신",
    "text": "KT가 마이크로소프트(MS)와 손잡았다. KT는 MS 파트너십에 5년간 3조원을 투자한다.",
}  # fmt: skip


class Built:
    """A graph with its facts, by name."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.graph = Graph().parse(out / "graph.ttl")
        self.lines: list[dict[str, Any]] = [json.loads(line) for line in (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
        self.facts: dict[str, dict[str, Any]] = {line["fact"]: line for line in self.lines}

    def called(self, *names: str) -> set[URIRef]:
        """The nodes that have one of the names, as label or otherwise."""
        nodes = {(node, str(name)) for predicate in (RDFS.label, SKOS.altLabel) for node, name in self.graph.subject_objects(predicate)}
        return {node for node, name in nodes if name in names and str(node).startswith(KGR)}

    def joined(self, relation: str) -> set[tuple[str, str]]:
        """The facts that a relation joins, by name."""
        pairs = self.graph.subject_objects(URIRef(KG + relation))
        return {(str(one).replace(KGR, "kgr:"), str(other).replace(KGR, "kgr:")) for one, other in pairs}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("samples") / "output"
    assert run(["build", str(ROOT / "seeds"), "--out", str(out)]) == 0
    return Built(out)


ONE = (("KT", "케이티"), ("마이크로소프트", "MS"), ("김영섭",), ("조원우",), ("AX 전문기업",), ("AX 전략 펀드",))


@pytest.mark.parametrize("names", ONE, ids=lambda names: names[0])
def test_each_is_one_whoever_writes_of_it(built: Built, names: tuple[str, ...]) -> None:
    (node,) = built.called(*names)
    articles = {str(article) for article in built.graph.subjects(URIRef(SCHEMA + "mentions"), node)}
    assert len(articles) >= 2


def agreements(built: Built) -> dict[str, set[str]]:
    """The articles that say something of each agreement of the two firms, by the agreement's id."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in built.lines:
        for value in (line["object"] or {}, *line["qualifiers"]):
            if value.get("kind") == "Agreement" and line["subject"]["name"] in ("KT", "마이크로소프트", "KT·마이크로소프트"):
                found[value["id"]].add(line["article"])
    return found


def test_the_partnership_is_one(built: Built) -> None:
    ((name, articles),) = agreements(built).items()
    assert name == "kgr:MS_파트너십"
    assert len(articles) >= 5
    names = {str(each) for each in built.graph.objects(URIRef(KGR + "MS_파트너십"), SKOS.altLabel)}
    assert names >= {"KT 파트너십", "파트너십 계약"}


def test_the_partnership_has_its_days_and_amounts_with_their_sources(built: Built) -> None:
    told: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in built.lines:
        if (line["object"] or {}).get("id") == "kgr:MS_파트너십":
            for qualifier in line["qualifiers"]:
                value = qualifier.get("value") or (qualifier.get("time") or {}).get("value")
                told[qualifier["role"]].add((value, line["article"]))
    assert {value for value, _ in told["time"]} == {"2024-10-10"}
    assert {value for value, _ in told["duration"]} == {"P5Y"}
    assert {value for value, _ in told["amount"]} == {"2400000000000"}
    assert {len({article for _, article in told[role]}) >= 2 for role in ("time", "duration", "amount")} == {True}


def test_the_deal_is_told_in_words_of_several_articles_and_says_why_they_are_one(built: Built) -> None:
    tellings = {fact for pair in built.joined("sameEventAs") for fact in pair}
    deal = {built.facts[fact]["predicate"]["id"] for fact in tellings if (built.facts[fact]["object"] or {}).get("id") == "kgr:MS_파트너십"}
    assert deal >= {"kg:investsIn", "kg:signs", "kg:unveils"}
    assert built.joined("sameEventAs") == {(other, one) for one, other in built.joined("sameEventAs")}
    links = set(built.graph.subjects(RDF.type, URIRef(KG + "Link")))
    for link in links:
        rules = list(built.graph.objects(link, URIRef(KG + "rule")))
        languages = {each.language for rule in rules for each in built.graph.objects(rule, RDFS.comment)}  # type: ignore[attr-defined]
        assert rules and languages == {"ko", "en"}
    assert len(links) >= len(built.joined("sameEventAs")) // 2 > 0


def test_what_was_planned_in_the_morning_came_about(built: Built) -> None:
    pairs = [(built.facts[later], built.facts[plan]) for later, plan in built.joined("fulfils")]
    assert ("kg:signs", "planned") in {(later["predicate"]["id"], plan["status"]) for later, plan in pairs}


def test_no_two_tellings_of_an_event_contradict_each_other(built: Built) -> None:
    assert built.joined("sameEventAs") & built.joined("conflictsWith") == set()
    for one, other in built.joined("sameEventAs"):
        assert not built.facts[one]["negated"] and not built.facts[other]["negated"]
        assert {built.facts[each]["status"] in ("planned", "expected") for each in (one, other)} in ({True}, {False})


def test_a_differing_figure_stands_beside_and_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "more.jsonl").write_text(json.dumps(BEYOND, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run(["build", str(ROOT / "seeds"), str(tmp_path / "more.jsonl"), "--out", str(tmp_path / "out")]) == 0
    graph = Built(tmp_path / "out")
    amounts = {
        frozenset(next(q["value"] for q in graph.facts[fact]["qualifiers"] if q["role"] == "amount") for fact in pair)
        for pair in graph.joined("conflictsWith")
        if all(graph.facts[fact]["predicate"]["id"] == "kg:investsIn" for fact in pair)
    }
    assert amounts == {frozenset(("2400000000000", "3000000000000"))}
    assert len(agreements(graph)) == 1
    assert graph.joined("conflictsWith") & graph.joined("sameEventAs") == set()
    assert '"x":[' in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["query", "conflicts", "--graph", str(tmp_path / "out"), "--format", "csv"]) == 0
    assert "3000000000000 KRW" in capsys.readouterr().out
    assert run(["validate", str(tmp_path / "out")]) == 0


def test_what_is_withdrawn_takes_its_links_along(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["build", str(ROOT / "seeds"), "--out", str(out)]) == 0
    gone = sorted({line["article"] for line in built.lines} - {"gaon-20241011"})
    assert run(["remove", *gone, "--graph", str(out)]) == 0
    left = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "kg:Link" not in left and "kg:sameEventAs" not in left and "kg:fulfils" not in left


def test_the_questions_of_fusion_are_answered(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {}
    for name in ("tellings", "outcomes", "history"):
        assert run(["query", name, "KT", "--graph", str(built.out), "--format", "csv"]) == 0
        answers[name] = capsys.readouterr().out
    assert "같은 당사자들이 같은 협약을 맺었다" in answers["tellings"] and "2400000000000 KRW" in answers["tellings"]
    assert "계획을 이룸" in answers["outcomes"]
    assert "김영섭" in answers["history"]
