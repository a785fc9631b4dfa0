"""Private persons lose their names everywhere, and nobody else does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from kg.export import redact_people
from kg.export.people import find_private_people, is_public_title
from kg.graph import article_iri, build_quads
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Reading, Span, Status, Text
from kg.tables.ontology import Ontology, load_ontology
from kg.vocab import digest

NAMES = ("노태경", "서하린", "이정", "남궁다온")


def person(name: str, *aliases: str, at: int = 0, id_: str = "", codes: tuple[tuple[str, str], ...] = ()) -> Entity:
    return Entity(id_ or f"kgr:{name}", "Person", name, aliases, mentions=(Span(at, at + len(name)),), codes=codes)


ROH = person("노태경", "노씨", "노 씨", "Roh Tae-kyung", at=4, codes=(("own", "7"),))
SEO = person("서하린", at=40)
JEONG = person("이정", at=60)
BOSS = person("김철수", "김 대표", at=80)
FUND = Entity("kgr:노태경_장학회", "Organization", "노태경 장학회", ("노태경재단",))
FIRM = Entity("kgr:한빛전자", "Company", "한빛전자")
POST = Entity("kgr:한빛전자_대표", "Position", "한빛전자 대표")
PLAIN = Entity("kgr:주민", "Position", "신림동 주민")
WITNESS = Entity("kgr:경찰_관계자", "Person", "경찰 관계자", created=True)
GROUP = Entity("kgr:노태경_서하린", "Group", "노태경·서하린", members=(ROH.id, SEO.id))


def reading(id_: str, text: str, *facts: Fact, entities: tuple[Entity, ...] = (), **about: object) -> Reading:
    article = Article(id_, text, **about)  # type: ignore[arg-type]
    return Reading(article, (Span(0, len(text)),), entities, tuple(replace(f, evidence=Evidence(id_, Span(0, len(text)), "r")) for f in facts))


def said(subject: Entity, predicate: str, value: object, *qualifiers: Qualifier, status: Status = "asserted", negated: bool = False) -> Fact:
    return Fact(subject, predicate, value, qualifiers, status, negated, None, Evidence("", Span(0, 0), "r"), 0.9)  # type: ignore[arg-type]


TEXT = (
    "주민 노태경(盧泰京) 씨와 노 씨의 딸 태경이가 만났다. 노태경은 서하린 양에게, 서 하린은 이정에게 말했다. 이정표 앞에서 이정은 웃었다. "
    "한빛전자 김철수 대표는 노태경 장학회를 세웠고 태경 씨는 Roh Tae-kyung이라고 썼다."
)
A = reading(
    "기사-노태경-1",
    TEXT,
    said(ROH, "kg:says", Text("이정이 노태경을 때렸다"), Qualifier("topic", SEO), Qualifier("reason", Text("서하린의 말"))),
    said(BOSS, "kg:isCEOOf", FIRM, Qualifier("position", Text("대표"))),
    said(BOSS, "kg:establishes", FUND),
    said(ROH, "kg:holdsPosition", PLAIN),
    said(GROUP, "kgo:만나다", JEONG),
    said(WITNESS, "kg:says", Text("모른다")),
    said(SEO, "kg:isCEOOf", FIRM, status="denied"),
    said(JEONG, "kg:leads", FIRM, negated=True),
    entities=(ROH, SEO, JEONG, BOSS, FUND, FIRM, PLAIN, WITNESS, GROUP),
    title="노태경 씨 사건",
    url="https://news.example/" + quote("노태경"),
    published=datetime(2024, 10, 10, tzinfo=UTC),
)
B = reading("b", "한빛전자는 노태경씨가 낸 소송에서 졌다.", said(FIRM, "kgo:지다", None), entities=(FIRM,))


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def everything(readings: tuple[Reading, ...], ontology: Ontology) -> str:
    """All that an export could say, sentences left aside."""
    quads = [quad for quad in build_quads(readings, ontology) if "anchorOf" not in quad.predicate]
    return "\n".join("\t".join(quad) for quad in quads)


def test_who_is_private(ontology: Ontology) -> None:
    assert [one.name for one in find_private_people([B, A], ontology)] == ["노태경", "서하린", "이정"]


@pytest.mark.parametrize(
    ("fact", "private"),
    [
        (said(ROH, "kg:holdsPosition", POST), False),
        (said(ROH, "kg:holdsPosition", PLAIN), True),
        (said(ROH, "kg:isCEOOf", FIRM), False),
        (said(ROH, "kg:isCEOOf", FIRM, status="planned"), False),
        (said(ROH, "kg:isCEOOf", FIRM, negated=True), True),
        (said(ROH, "kg:leads", Entity("kgr:행진", "Event", "행진")), True),
        (said(ROH, "kg:reporterFor", FIRM), False),
        (said(POST, "kg:heldBy", ROH), False),
        (said(ROH, "kg:worksFor", FIRM), True),
        (said(ROH, "kg:worksFor", FIRM, Qualifier("position", Text("네트워크부문장"))), False),
        (said(ROH, "kg:worksFor", FIRM, Qualifier("position", Text("직원"))), True),
        (said(ROH, "kg:says", Text("회장")), True),
    ],
)
def test_a_post_makes_a_person_public(fact: Fact, private: bool, ontology: Ontology) -> None:
    found = find_private_people([reading("a", "노태경", fact, entities=(ROH,))], ontology)
    assert (found == (ROH,)) is private


def test_who_signs_an_article_is_public(ontology: Ontology) -> None:
    assert find_private_people([reading("a", "노태경", entities=(ROH,), authors=("노태경",))], ontology) == ()


@pytest.mark.parametrize(
    ("title", "public"),
    [("컨설팅그룹장", True), ("다솔대 교수", True), ("감사원", True), ("씨", False), ("한빛전자 직원", False), ("고등학생", False), ("", False)],
)
def test_public_titles(title: str, public: bool) -> None:
    assert is_public_title(title) is public


def test_the_name_is_nowhere(ontology: Ontology) -> None:
    redaction = redact_people([A, B], ontology)
    written = everything(redaction.readings, ontology)
    sentences = [redaction.sentence(one.article.id, one.article.text) for one in redaction.readings]
    for name in (*NAMES, "盧泰京", "Roh", "노씨", "노 씨", "태경", "하린", quote("노태경")):
        assert name not in written, name
        assert not [sentence for sentence in sentences if name in sentence.replace("이정표", "")], name
    assert digest("노태경", 8) not in written
    assert {'"인물 1"@ko', '"인물 2"@ko', '"인물 3"@ko', '"인물 1 장학회"@ko'} <= set(written.split("\t"))
    assert "resource/인물_1>" in written and "resource/인물_1_장학회>" in written
    assert '"인물 3이 인물 1을 때렸다"' in written
    assert '"인물 1 씨 사건"@ko' in written


def test_the_others_keep_theirs(ontology: Ontology) -> None:
    redaction = redact_people([A, B], ontology)
    written = everything(redaction.readings, ontology)
    sentence = redaction.sentence("기사-인물 1-1", TEXT)
    assert {'"김철수"@ko', '"김 대표"@ko', '"한빛전자"@ko', '"경찰 관계자"@ko'} <= set(written.split("\t"))
    assert sentence == (
        "주민 인물 1 씨와 인물 1의 딸 인물 1이가 만났다. 인물 1은 인물 2 양에게, 인물 2은 인물 3에게 말했다. 이정표 앞에서 인물 3은 웃었다. "
        "한빛전자 김철수 대표는 인물 1 장학회를 세웠고 인물 1 씨는 인물 1이라고 썼다."
    )


def test_an_article_that_only_names_a_person_is_redacted_too(ontology: Ontology) -> None:
    redaction = redact_people([A, B], ontology)
    assert redaction.sentence("b", B.article.text) == "한빛전자는 인물 1씨가 낸 소송에서 졌다."


def test_a_public_namesake_keeps_the_name_in_another_article(ontology: Ontology) -> None:
    minister = person("노태경", id_="kgr:노태경_장관")
    c = reading("c", "노태경 대표가 말했다.", said(minister, "kg:isCEOOf", FIRM), entities=(minister, FIRM))
    redaction = redact_people([A, c], ontology)
    assert redaction.sentence("c", "노태경 대표가 말했다.") == "노태경 대표가 말했다."
    assert "resource/노태경_장관>" in everything(redaction.readings, ontology)
    assert "노태경" not in redaction.sentence("기사-인물 1-1", TEXT)


def test_a_place_of_the_same_name_keeps_it_in_another_article(ontology: Ontology) -> None:
    town = Entity("kgr:서하린_City", "City", "서하린")
    c = reading("c", "눈이 서하린에 왔다.", said(FIRM, "kg:locatedIn", town), entities=(town, FIRM))
    redaction = redact_people([A, c], ontology)
    assert redaction.sentence("c", "눈이 서하린에 왔다.") == "눈이 서하린에 왔다."
    assert '"서하린"@ko' in everything(redaction.readings, ontology)


def test_two_of_one_name_in_one_article_are_not_taken_for_each_other(ontology: Ontology) -> None:
    one, other = person("노태경", id_="kgr:노태경_부산"), person("노태경", id_="kgr:노태경_서울", at=9)
    redaction = redact_people([reading("a", "노태경과 다른 노태경", entities=(one, other))], ontology)
    assert [entity.name for entity in redaction.readings[0].entities] == ["인물 1", "인물 2"]
    assert redaction.sentence("a", "노태경과 다른 노태경") == "인물과 다른 인물"


def test_pseudonyms_follow_the_articles_and_meet_no_other_name(ontology: Ontology) -> None:
    taken = Entity("kgr:인물_1", "Work", "인물 1")
    readings = [A, B, reading("z", "인물 1", entities=(taken,))]
    expected = redact_people(readings, ontology).readings
    ids = {entity.id: entity.kind for one in expected for entity in one.entities}
    assert (ids["kgr:인물_1"], ids["kgr:인물_1_2"]) == ("Work", "Person")
    random.Random(3).shuffle(readings)
    assert redact_people(readings, ontology).readings == expected


def test_offsets_codes_and_evidence(ontology: Ontology) -> None:
    (first,) = redact_people([A], ontology).readings
    assert first.article.id == "기사-인물 1-1"
    assert {fact.evidence for fact in first.facts} == {Evidence(first.article.id, Span(0, len(TEXT)), "r")}
    assert f"{article_iri(first.article.id)}#char=0,{len(TEXT)}" in everything((first,), ontology)
    assert [entity.codes for entity in first.entities if entity.name == "인물 1"] == [()]
    assert first.article.url is None
    assert first.article.published == A.article.published
