"""Gold entities against the individuals of a graph: found, of the right kind, with their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.evaluate import score_entities
from kg.evaluate.entities import KnownEntity, find_entity_outcomes, find_known, find_merged
from kg.evaluate.gold import Gold, GoldEntity
from kg.model import Article, Entity, Reading, Span
from kg.store import ReadingStore
from kg.tables.ontology import load_ontology

TEXT = "김하늘 한빛전자 대표는 대전 연구소를 열었다. 이 회사는 한빛으로 불린다. 하늘시 김하늘 대표는 기뻐했다."


def spans(*words: str) -> tuple[Span, ...]:
    found = []
    for word in words:
        start = TEXT.index(word)
        found.append(Span(start, start + len(word)))
    return tuple(found)


LAST_NAMED = Span(TEXT.rindex("김하늘"), TEXT.rindex("김하늘") + 3)
READING = Reading(
    Article("a", TEXT),
    (Span(0, len(TEXT)),),
    (
        Entity("e1", "Person", "김하늘", (), (), (*spans("김하늘"), LAST_NAMED)),
        Entity("e2", "Company", "한빛전자", ("한빛",), (), spans("한빛전자", "이 회사")),
        Entity("e3", "City", "대전", (), (), spans("대전")),
        Entity("e4", "Product", "연구소", (), (), spans("연구소")),
    ),
    (),
)
GOLD = Gold(
    "a",
    (
        GoldEntity("김하늘", "PER", ("김하늘 대표", "김 대표")),
        GoldEntity("한빛전자", "ORG", ("한빛", "이 회사", "HBE")),
        GoldEntity("대전", "OTHER", ()),
        GoldEntity("연구소", "ORG", ()),
        GoldEntity("하늘시", "LOC", ()),
    ),
    (),
)


def test_each_entity_is_found_with_its_kind_and_names() -> None:
    outcomes = find_entity_outcomes(GOLD, find_known(READING, load_ontology()), TEXT)
    assert [(o.found.id if o.found else None, o.right_kind, o.attached) for o in outcomes] == [
        ("e1", True, ("김하늘 대표",)),  # the name with a title around it, where the name is a mention
        ("e2", True, ("한빛", "이 회사")),
        ("e3", True, ()),  # OTHER takes any kind
        ("e4", False, ()),
        (None, False, ()),
    ]
    assert find_merged(outcomes) == ()


def test_an_alias_of_two_finds_neither() -> None:
    gold = Gold("a", (GoldEntity("갑", "ORG", ("이 회사",)), GoldEntity("을", "ORG", ("이 회사",))), ())
    known = (KnownEntity("e1", frozenset({"이회사"}), frozenset({"ORG"})),)
    assert [o.found for o in find_entity_outcomes(gold, known, TEXT)] == [None, None]


def test_of_namesakes_the_one_of_the_right_kind_is_meant() -> None:
    gold = Gold("a", (GoldEntity("세종", "LOC", ()),), ())
    known = (
        KnownEntity("person", frozenset({"세종"}), frozenset({"PER"})),
        KnownEntity("place", frozenset({"세종"}), frozenset({"LOC"})),
    )
    (outcome,) = find_entity_outcomes(gold, known, "세종")
    assert outcome.found is known[1] and outcome.right_kind


def test_two_in_one_are_merged() -> None:
    gold = Gold("a", (GoldEntity("갑", "ORG", ()), GoldEntity("을", "ORG", ())), ())
    known = (KnownEntity("e1", frozenset({"갑", "을"}), frozenset({"ORG"})),)
    outcomes = find_entity_outcomes(gold, known, "갑 을")
    assert find_merged(outcomes) == ((outcomes[0], outcomes[1]),)


def graph(folder: Path) -> Path:
    with ReadingStore(folder / "store") as store:
        store.put(READING, "hash")
    return folder


def write_gold(path: Path, name: str = "a") -> Path:
    entities = [{"name": e.name, "type": e.type, "aliases": list(e.aliases)} for e in GOLD.entities]
    path.write_text(json.dumps({"id": name, "entities": entities, "facts": []}), encoding="utf-8")
    return path


def test_the_report(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    report = score_entities(graph(tmp_path), [write_gold(tmp_path / "gold.json")], verbose=True)
    rows = [row.split() for row in report.splitlines()]
    assert ["a", "5", "4", "0.800", "3", "0.600", "3/5", "0.600", "0", "4"] in rows
    assert ["all", "5", "4", "0.800", "3", "0.600", "3/5", "0.600", "0", "4"] in rows
    assert ["ORG", "2", "2", "1.000", "1", "0.500", "2/3", "0.667"] in rows
    assert ["LOC", "1", "0", "0.000", "0", "0.000", "0/0", "-"] in rows
    assert "MISS    a: 하늘시 (LOC)" in report
    assert "kind    a: 연구소 (ORG) is PRODUCT in kgr:" in report
    assert "is not called HBE" in report and "is not called 김 대표" in report
    assert "MISS" not in score_entities(tmp_path, [tmp_path / "gold.json"], verbose=False)


def test_an_article_that_the_graph_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    report = score_entities(graph(tmp_path), [write_gold(tmp_path / "gold.json", "b")], verbose=False)
    assert report.splitlines()[2].split()[:3] == ["all", "5", "0"]
    assert "b: " in report and "has no such article" in report


def test_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `kg build` first"):
        score_entities(tmp_path, [write_gold(tmp_path / "gold.json")], verbose=False)
