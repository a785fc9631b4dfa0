"""What is done for each group comes to what is done for all articles at once; no Spark is needed to see that."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.cluster.grouping import find_roots, place_of
from kg.cluster.linking import build_lines
from kg.graph import build_quads
from kg.link import Decisions, build_identities, find_stories
from kg.link.decisions import Named
from kg.model import Article, Reading
from kg.pipeline import read_article
from kg.tables.ontology import load_ontology

TESTS = Path(__file__).resolve().parents[1]


def load(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


facts = load(TESTS / "graph" / "fusion_facts.py")
partitions = load(TESTS / "cluster" / "partitions.py")
FUSION: dict[str, list[dict[str, Any]]] = tomllib.loads((TESTS / "graph" / "fusion.toml").read_text(encoding="utf-8"))
JOINED = FUSION["case"]
IDENTITY: list[dict[str, Any]] = tomllib.loads((TESTS / "link" / "identity.toml").read_text(encoding="utf-8"))["case"]


def lines_at_once(readings: list[Reading], decisions: Decisions) -> list[str]:
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    identities = build_identities(ordered, decisions)
    quads = build_quads(map(identities.link, ordered), load_ontology(), find_stories(ordered))
    return sorted(f"{' '.join(quad)} ." for quad in quads)


def lines_in_groups(readings: list[Reading], decisions: Decisions) -> list[str]:
    return sorted(build_lines(partitions.Here().parallelize(readings), decisions, partitions.PARTS).lines.collect())


def check(readings: list[Reading], decisions: Decisions = Decisions()) -> list[str]:  # noqa: B008
    lines = lines_at_once(readings, decisions)
    assert lines_in_groups(readings, decisions) == lines
    return lines


def pair_of(case: dict[str, Any], stem: str = "") -> list[Reading]:
    one, other = case["one"], case["other"]
    day = one.get("published", "2024-10-10")
    if one.get("article", "a") == other.get("article", "b"):
        return [facts.reading(stem + one.get("article", "a"), day or None, one, other)]
    return [
        facts.reading(stem + one.get("article", "a"), day or None, one),
        facts.reading(stem + other.get("article", "b"), other.get("published", day) or None, other),
    ]


def say(article: str, day: str | None, text: str) -> Reading:
    moment = None if day is None else datetime.fromisoformat(day).replace(tzinfo=facts.SEOUL)
    return read_article(Article(article, text, published=moment))


def decisions_of(case: dict[str, Any]) -> Decisions:
    return Decisions(*(
        tuple(tuple(Named(name, place or None) for place, _, name in (who.rpartition(":") for who in entry)) for entry in case.get(key, []))
        for key in ("user_same", "user_different")
    ))


def test_facts_of_each_pair_are_joined_as_at_once() -> None:
    text = "\n".join(line for case in JOINED for line in check(pair_of(case)))
    assert all(f"{word}>" in text for word in ("sameEventAs", "fulfils", "reschedules", "callsOff", "follows"))


def test_facts_of_all_pairs_are_joined_as_at_once() -> None:
    readings = [one for number, case in enumerate(JOINED) for one in pair_of(case, f"{number:02}-")]
    check(readings)


def test_histories_are_told_as_at_once() -> None:
    story = [facts.reading(article["id"], article["published"], *article["said"]) for article in FUSION["article"]]
    named = facts.reading("b1", None, "박서린:Person kg:succeeds 이가람:Person")
    other = facts.reading("b2", "2025-09-01", "박서린:Person kg:isCEOOf 누리소프트", "박서린:Person kgo:취임하다 - time=2025-03-02")
    text = "\n".join(check([*story, named, other]))
    assert all(f"{word}>" in text for word in ("supersedes", "follows", "fulfils", "reschedules", "sameEventAs", "validFrom", "validUntil"))


def test_whom_a_firm_has_at_its_head_may_give_up_its_plan() -> None:
    readings = [
        facts.reading("a1", "2024-10-10", "이가람:Person kg:isCEOOf 가람전자"),
        facts.reading("a2", "2024-10-11", {"fact": "가람전자 kg:builds 세종_공장:Facility", "status": "planned"}),
        facts.reading("a3", "2024-11-11", "이가람:Person kgo:철회하다 세종_공장_건설_계획:Concept"),
        facts.reading("a4", "2024-11-12", "박서린:Person kgo:철회하다 세종_공장_건설_계획:Concept"),
    ]
    assert sum(re.search(r"/fact_\w+> <\S+#callsOff> <\S+/fact_\w+> <\S+article_a3>", line) is not None for line in check(readings)) == 1


def test_identities_are_found_as_at_once() -> None:
    everyone: list[Reading] = []
    for number, case in enumerate(IDENTITY):
        days = case.get("published", [None] * len(case["articles"]))
        readings = [say(f"{number:03}-{place}", day, text) for place, (text, day) in enumerate(zip(case["articles"], days, strict=True))]
        everyone += readings
        if "user_same" in case or "user_different" in case:
            check(readings, decisions_of(case))
    check(everyone)


def test_agreements_are_one_by_their_parties_and_by_decisions() -> None:
    readings = [
        say("a1", "2024-10-10", "가람전자(Garam)와 누리소프트는 10일 파트너십 계약을 체결했다."),
        say("a2", "2024-10-11", "Garam은 지난 10일 누리소프트와 파트너십을 맺었다."),
        say("a3", "2024-10-21", "가람전자는 누리소프트 파트너십에 1조2000억원을 투자한다. 누리소프트는 결제망을 맡는다."),
        say("a4", "2024-10-12", "가람전자는 솔빛건설과 가람동맹을 맺었다."),
        say("a5", "2024-10-13", "솔빛건설과 가람전자는 파트너십을 체결했다."),
        say("a6", "2024-10-14", "솔빛건설과 가람전자는 14일 파트너십을 체결했다."),
    ]
    apart = set(check(readings))
    together = set(check(readings, Decisions(same=((Named("파트너십", "a2"), Named("가람동맹")),))))
    assert apart != together
    kept = Decisions(same=((Named("파트너십", "a2"), Named("파트너십", "a6")),), different=((Named("파트너십", "a5"), Named("누리소프트 파트너십")),))
    assert set(check(readings, kept)) not in (apart, together)


@pytest.mark.parametrize("edges", [[("d", "c"), ("b", "a"), ("c", "b"), ("y", "x")], [("y", "x"), ("a", "b"), ("b", "c"), ("c", "d")]])
def test_a_chain_of_edges_has_one_root_in_any_order(edges: list[tuple[str, str]]) -> None:
    assert find_roots(edges) == find_roots(edges[::-1]) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


def test_a_key_has_one_place_in_every_process() -> None:
    assert [place_of(key) for key in ("새울전자", ("thing", "kgr:새울전자"), "\ud800")] == [3324638014, 594426072, 771869788]
