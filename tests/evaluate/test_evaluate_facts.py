"""The rules by which a gold fact counts as found, each on a fact of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluate import score_facts
from kg.evaluate.comparison import is_value_among, normalise, similarity, stem
from kg.evaluate.extracted import read_extracted
from kg.evaluate.facts import Outcome, find_outcomes
from kg.evaluate.gold import read_gold

SENTENCE = "한빛전자가 누리소프트를 인수하기로 했다고 밝혔다."
ENTITIES = [
    {"name": "한빛전자", "type": "ORG", "aliases": ["한빛", "Hanbit"]},
    {"name": "누리소프트", "type": "ORG", "aliases": ["누리"]},
    {"name": "누리소프트 노조", "type": "ORG", "aliases": []},
    {"name": "김하늘", "type": "PER", "aliases": ["김 대표"]},
]


def entity(name: str, *aliases: str, members: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": f"kgr:{name}", "name": name, "kind": "Company", "aliases": list(aliases),
        "members": [{"id": f"kgr:{m}", "name": m, "kind": "Company", "aliases": []} for m in members],
    }


def line(subject: Any, verb: str, thing: Any, **more: Any) -> dict[str, Any]:
    return {
        "article": "a", "fact": "kgr:fact_1", "subject": subject,
        "predicate": {"id": f"kgo:{verb}", "ko": verb, "en": verb}, "object": thing, "qualifiers": [],
        "status": "asserted", "negated": False, "speaker": None, "sentence": SENTENCE, "start": 0, "end": 5,
        "confidence": 0.9, "rule": "r",
    } | more


def gold(subject: str, predicate: str, thing: str, **more: Any) -> dict[str, Any]:
    modality = more.pop("modality", "asserted")
    return {
        "n": 1, "s": subject, "p": predicate, "o": thing, "accept_p": [], "qual": {"modality": modality}, "norm": None,
        "statement": f"{subject} {predicate} {thing}", "sent": SENTENCE[:12],
    } | more


def write(folder: Path, facts: list[dict[str, Any]], lines: list[dict[str, Any]]) -> tuple[Path, Path]:
    gold_path, lines_path = folder / "gold.json", folder / "facts.jsonl"
    gold_path.write_text(json.dumps({"id": "a", "entities": ENTITIES, "facts": facts}), encoding="utf-8")
    lines_path.write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    return gold_path, lines_path


def outcome(folder: Path, fact: dict[str, Any], *lines: dict[str, Any]) -> Outcome:
    gold_path, lines_path = write(folder, [fact], list(lines))
    (file,) = read_gold([gold_path])
    (found,) = find_outcomes(file, read_extracted(lines_path).get("a", ()))
    return found


HANBIT, NURI, UNION = entity("한빛전자"), entity("누리소프트"), entity("누리소프트 노조")
BOTH = entity("양사", members=("한빛전자", "누리소프트"))
AMOUNT = {"value": "482000000000", "unit": "KRW", "text": "4820억원"}
ACQUIRES = gold("한빛전자", "인수하다", "누리소프트", accept_p=["사들이다"])
MEETS = gold("한빛전자", "만나다", "누리소프트")
LONG_NAME = "가나다라마바사" * 6

def acquires(**more: Any) -> dict[str, Any]:
    return gold("한빛전자", "인수하다", "누리소프트", **more)


CASES: list[tuple[str, dict[str, Any], dict[str, Any], bool, bool]] = [
    ("the fact itself", ACQUIRES, line(HANBIT, "인수하다", NURI), True, True),
    ("an accepted predicate", ACQUIRES, line(HANBIT, "사들이다", NURI), True, True),
    ("another ending", ACQUIRES, line(HANBIT, "인수되다", NURI), True, True),
    ("a predicate that holds the other", ACQUIRES, line(HANBIT, "인수 추진", NURI), True, True),
    ("another predicate", ACQUIRES, line(HANBIT, "매각하다", NURI), True, False),
    ("a predicate of one letter needs an equal", gold("한빛전자", "수", "누리소프트"), line(HANBIT, "인수하다", NURI), True, False),
    ("a predicate by its English name", gold("한빛전자", "acquires", "누리소프트"),
     line(HANBIT, "", NURI, predicate={"id": "kg:x", "ko": None, "en": "acquires"}), True, True),
    ("a predicate by its local name", gold("한빛전자", "investsIn", "누리소프트"),
     line(HANBIT, "", NURI, predicate={"id": "https://kg.example/ontology#investsIn"}), True, True),
    ("a predicate among the objects", gold("김하늘", "대표이사", "한빛전자"),
     line(entity("김하늘"), "직책을 맡다", {"text": "대표이사"}, qualifiers=[{"role": "organization", **HANBIT}]), True, True),
    ("gold's alias", ACQUIRES, line(entity("Hanbit"), "인수하다", entity("누리")), True, True),
    ("the graph's alias", ACQUIRES, line(entity("이 회사", "한빛"), "인수하다", NURI), True, True),
    ("the wrong subject", ACQUIRES, line(entity("별빛반도체"), "인수하다", NURI), False, False),
    ("no object", ACQUIRES, line(HANBIT, "인수하다", None), False, False),
    ("an object as plain words", ACQUIRES, line(HANBIT, "인수하다", {"text": "누리소프트"}), True, True),
    ("an object among the qualifiers", ACQUIRES, line(HANBIT, "인수하다", None, qualifiers=[{"role": "with", **NURI}]), True, True),
    ("an object that speaks", ACQUIRES, line(HANBIT, "인수하다", None, speaker=NURI), True, True),
    ("a name of another entity", ACQUIRES, line(HANBIT, "인수하다", UNION), False, False),
    ("a name that no entity has", gold("한빛전자", "인수하다", "누리소프트의 지분 전량"),
     line(HANBIT, "인수하다", entity("누리소프트 지분")), True, True),
    ("a joint subject by either party", gold("한빛전자, 누리소프트", "만나다", "별빛반도체"),
     line(NURI, "만나다", entity("별빛반도체")), True, True),
    ("a joint object by either party", gold("별빛반도체", "인수하다", "한빛·누리"),
     line(entity("별빛반도체"), "인수하다", HANBIT), True, True),
    ("a group by its members", gold("누리소프트", "설립하다", "연구소"), line(BOTH, "설립하다", entity("연구소")), True, True),
    ("a negative gold wants a denial", gold("한빛전자", "인수하지 않다", "누리소프트", accept_p=["인수하다"]),
     line(HANBIT, "인수하다", NURI, negated=True), True, True),
    ("a negative gold by a negative lemma", gold("한빛전자", "없다", "누리소프트"), line(HANBIT, "없다", NURI), True, True),
    ("a negative gold against a plain fact", gold("한빛전자", "인수하지 않다", "누리소프트", accept_p=["인수하다"]),
     line(HANBIT, "인수하다", NURI), True, False),
    ("a plain gold against a negated fact", ACQUIRES, line(HANBIT, "인수하다", NURI, negated=True), True, False),
    ("a denial takes either polarity", acquires(modality="denied"),
     line(HANBIT, "인수하다", NURI, negated=True), True, True),
    ("a denied fact", acquires(modality="denied"), line(HANBIT, "인수하다", NURI, status="denied"), True, True),
    ("a plan is no event", ACQUIRES, line(HANBIT, "인수하다", NURI, status="planned"), True, False),
    ("an event is no plan", acquires(modality="planned"), line(HANBIT, "인수하다", NURI), True, False),
    ("either modality", acquires(modality="asserted|planned"),
     line(HANBIT, "인수하다", NURI, status="planned"), True, True),
    ("an expectation may be a plan", acquires(modality="expected"),
     line(HANBIT, "인수하다", NURI, status="planned"), True, True),
    ("a claim may be asserted", acquires(modality="claimed"), line(HANBIT, "인수하다", NURI), True, True),
    ("a claim is no plan", acquires(modality="claimed"),
     line(HANBIT, "인수하다", NURI, status="planned"), True, False),
    ("no modality is asserted", ACQUIRES | {"qual": None}, line(HANBIT, "인수하다", NURI), True, True),
    ("backwards", ACQUIRES, line(NURI, "인수하다", HANBIT), True, False),
    ("backwards, but it holds both ways", MEETS, line(NURI, "만나다", HANBIT), True, True),
    ("a value for the object", ACQUIRES | {"o": "지분 전량", "norm": "482000000000 KRW"}, line(HANBIT, "인수하다", AMOUNT), True, True),
    ("names of 40 letters at most", gold("한빛전자", "인수하다", LONG_NAME), line(HANBIT, "인수하다", entity(LONG_NAME)), False, False),
    ("a name of 40 letters", gold("한빛전자", "인수하다", LONG_NAME[:40]), line(HANBIT, "인수하다", entity(LONG_NAME[:40])), True, True),
]


@pytest.mark.parametrize(("fact", "row", "lenient", "strict"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_gold_fact_is_found(tmp_path: Path, fact: dict[str, Any], row: dict[str, Any], lenient: bool, strict: bool) -> None:
    found = outcome(tmp_path, fact, row)
    assert (found.lenient, found.strict) == (lenient, strict)


def test_one_fact_may_be_lenient_and_another_strict(tmp_path: Path) -> None:
    found = outcome(tmp_path, ACQUIRES, line(HANBIT, "매각하다", NURI), line(HANBIT, "인수하다", NURI))
    assert found.strict and found.relations == {"kgo:인수하다"}


@pytest.mark.parametrize(
    ("norm", "measure", "same"),
    [
        ("482000000000 KRW", ("krw", "482000000000"), True),
        ("482000000000 KRW", ("krw", "482000000001"), True),  # within a millionth
        ("482000000000 KRW", ("krw", "482100000000"), False),
        ("500000000 USD", ("krw", "500000000"), False),
        ("500000000 USD", ("", "500000000"), True),
        ("16", ("명", "16"), True),
        ("16 명", ("곳", "16"), True),  # only currencies must agree
        ("0.123", ("%", "12.3"), True),
        ("0.123", ("%", "0.123"), False),
        ("0.123", ("%p", "12.3"), False),
        ("-0.05", ("%", "5"), True),
        ("12.3 %", ("%", "12.3"), True),
        ("3-2", ("score", "3-2"), True),
        ("3-2", ("score", "2-3"), False),
        ("2025-Q2", ("time", "2025-q2"), True),
        ("2025-03", ("time", "2025-03-11"), True),  # gold names the month
        ("2025-03-11", ("time", "2025-03"), True),  # the fact names the month
        ("2025-03-11", ("time", "2025"), False),
        ("2025", ("time", "2025-03"), False),  # a bare number is no beginning of a day
        ("2025", ("time", "2025"), True),
        ("P5Y", ("time", "p5y"), True),
        ("0.614; 2025-03-11", ("time", "2025-03-11"), True),
        ("0.614; 2025-03-11", ("%", "61.4"), True),
        ("3 KRW", ("krw", "많음"), False),
    ],
)
def test_values(norm: str, measure: tuple[str, str], same: bool) -> None:
    assert is_value_among(norm, [measure]) is same


def test_a_value_counts_only_in_its_sentence(tmp_path: Path) -> None:
    fact = gold("별빛반도체", "투자하다", "공장", norm="482000000000 KRW")
    here = line(HANBIT, "투자하다", None, qualifiers=[{"role": "amount", **AMOUNT}])
    assert outcome(tmp_path, fact, here).value is True
    assert outcome(tmp_path, fact, here | {"sentence": "다른 문장이다."}).value is False
    assert outcome(tmp_path, fact | {"norm": None}, here).value is None
    assert outcome(tmp_path, fact, here).lenient is False


def test_the_bounds_of_a_period_count(tmp_path: Path) -> None:
    time = {"time": {"value": "2025-Q2", "start": "2025-04-01", "end": "2025-06-30"}, "text": "내년 2분기"}
    found = outcome(tmp_path, gold("한빛전자", "끝나다", "공사", norm="2025-06-30"), line(HANBIT, "끝나다", time))
    assert found.value and found.strict


def test_names_without_marks_and_case() -> None:
    assert normalise(" '코파일럿(Co-Pilot)' ") == "코파일럿copilot"
    assert [stem(p) for p in ("체결하다", "체결되다", "합병시키다", "대표이다", "설립함", "짓다", "매출")] == [
        "체결", "체결", "합병", "대표", "설립", "짓", "매출"]


def test_similarity() -> None:
    assert similarity("한빛", "한빛전자") == 0.9
    assert similarity("한빛", "한빛전자서비스") == pytest.approx(2 / 7)
    assert similarity("가", "가나") == 0.0
    assert similarity("", "") == 0.0
    assert similarity("나" * 41, "나" * 41) == 0.0
    assert similarity("가가가", "가가나") == 0.5


@given(st.text("가나다라", max_size=12), st.text("가나다라", max_size=12))
def test_similarity_is_a_share_either_way(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert (similarity(one, other) == 1.0) >= (one == other != "")


def test_the_report(tmp_path: Path) -> None:
    facts = [
        ACQUIRES | {"norm": "482000000000 KRW"},
        MEETS | {"n": 2},
        MEETS | {"n": 3, "o": "별빛\u001b[2J반도체", "statement": "한빛전자는 별빛\u001b[2J반도체를 만났다."},
    ]
    lines = [
        line(HANBIT, "인수하다", NURI, predicate={"id": "kg:acquires", "ko": "인수하다", "en": "acquires"}),
        line(HANBIT, "밝히다", NURI),
        line(NURI, "말하다", AMOUNT, article="b"),
    ]
    gold_path, lines_path = write(tmp_path, facts, lines)
    report = score_facts(lines_path, [gold_path], verbose=False)
    rows = [row.split() for row in report.splitlines()]
    assert rows[:3] == [
        ["article", "facts", "lenient", "strict", "values", "extracted"],
        ["a", "3", "0.667", "0.333", "0/1", "2"],
        ["all", "3", "0.667", "0.333", "0/1", "2"],
    ]
    assert ["kg:acquires", "인수하다", "1", "1"] in rows
    assert ["1", "open", "relations", "1", "0"] in rows
    assert ["만나다", "2", "1", "0"] in rows
    assert ["1", "others,", "once", "each", "1", "1", "1"] in rows
    assert "MISS" not in report
    full = score_facts(lines_path, [gold_path], verbose=True)
    assert "half  a#2: 한빛전자 만나다 누리소프트" in full
    assert "MISS  a#3: 한빛전자는 별빛\ufffd[2J반도체를 만났다." in full
    assert "kgo:밝히다" in full and "\u001b" not in full


def test_an_article_without_facts_is_named(tmp_path: Path) -> None:
    gold_path, lines_path = write(tmp_path, [ACQUIRES], [line(HANBIT, "인수하다", NURI, article="b")])
    report = score_facts(lines_path, [gold_path], verbose=False)
    assert report.splitlines()[2].split() == ["all", "1", "0.000", "0.000", "0/0", "0"]
    assert "a: " in report and "no facts of this article" in report


def test_gold_without_facts_has_no_share(tmp_path: Path) -> None:
    gold_path, lines_path = write(tmp_path, [], [])
    assert score_facts(lines_path, [gold_path], verbose=False).splitlines()[1].split() == ["a", "0", "-", "-", "0/0", "0"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "no JSON"),
        (b"\xff\xfe\xff", "UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "JSON object with id, entities and facts"),
        (b'{"entities": [], "facts": []}', "id is missing"),
        (b'{"id": "a", "facts": []}', "entities is a list of objects"),
        (b'{"id": "a", "entities": [], "facts": [3]}', "facts[0] is an object"),
        (b'{"id": "a", "entities": [{"name": "A", "type": "CITY"}], "facts": []}', "entities[0].type is one of PER, ORG"),
        (b'{"id": "a", "entities": [{"name": "A", "aliases": "B"}], "facts": []}', "entities[0].aliases is a list of texts"),
        (b'{"id": "a", "entities": [], "facts": [{"p": "x"}]}', "facts[0].s is missing"),
        (b'{"id": "a", "entities": [], "facts": [{"s": "x", "p": "x", "sent": "x", "qual": {"modality": "sure"}}]}',
         "facts[0].qual.modality is one of asserted"),
        (b'{"id": "a", "entities": [], "facts": [{"s": "x", "p": "x", "sent": "x", "qual": 3}]}', "facts[0].qual is an object"),
        (b'{"id": "a", "entities": [], "facts": [{"s": 7}]}', "facts[0].s is a text"),
    ],
)
def test_malformed_gold_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_gold([path])
    assert str(error.value).startswith(str(path)) and says in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "no JSON"),
        (b"\xff", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"7", "not an object"),
        (b"{}", "no article"),
        (b'{"article": "a", "predicate": "x"}', "predicate is not an object"),
        (b'{"article": "a", "qualifiers": {"role": "x"}}', "qualifiers are not a list"),
        (b'{"article": "a", "subject": {"name": "A", "aliases": "B"}}', "aliases are not a list"),
    ],
)
def test_malformed_facts_are_named_with_their_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b'{"article": "a"}\n\n' + content + b"\n")
    with pytest.raises(InputError) as error:
        read_extracted(path)
    assert str(error.value).startswith(f"{path}:3: ") and says in str(error.value) and "kg build" in str(error.value)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a file that is there"):
        read_gold([tmp_path / "none.json"])
    with pytest.raises(InputError, match="run `kg build` first"):
        read_extracted(tmp_path / "facts.jsonl")
