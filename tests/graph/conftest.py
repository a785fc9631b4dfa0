"""Two linked readings, made by hand, with every form of value and status."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from kg.graph import Quad, build_quads
from kg.model import (
    Article,
    Entity,
    Evidence,
    Fact,
    Qualifier,
    Quantity,
    Reading,
    Span,
    Status,
    Text,
    Time,
    Value,
)
from kg.tables.ontology import Ontology, load_ontology

SEOUL = timezone(timedelta(hours=9))

SENTENCES_A = (
    "한빛전자는 2일 누리소프트와 협약을 맺고 5년간 2조4000억원을 누리 협약에 투자한다고 밝혔다.",
    "김하늘 한빛전자 대표는 \"내년 2분기에 새 칩 '가온'을 내놓겠다\"고 말했다.",
    "누리소프트는 한빛전자 인수설을 부인했다.",
    "양사는 대전에서 10~20명 규모의 공동 연구소를 운영한다.",
    "한빛전자는 별빛반도체를 인수했다.",
    "한빛전자의 매출은 5억달러(약 7200억원)로 12.3% 늘 것으로 예상된다.",
    "한빛전자는 서울 강남구에 있다.",
    "회사는 \"시장이 너무 작다\"고 했다.",
    "한빛 야구단은 3대 2로 이겼다.",
    "회사는 성장했다.",
    "한빛전자는 오는 12월 1일 누리소프트와 합병한다.",
)
SENTENCES_B = (
    "한빛전자와 누리소프트가 손을 잡았다.",
    "한빛전자의 누리 협약 투자 규모는 2조4천억원이다.",
    "한빛전자는 별빛반도체를 인수하지 않았다.",
    "오솔길 다른신문 기자는 김하늘 대표가 한빛전자를 이끈다고 전했다.",
)


def _article(id_: str, sentences: tuple[str, ...], title: str, published: datetime | None, **more: object) -> Article:
    return Article(id_, "\n".join((title, *sentences)), title, published, **more)  # type: ignore[arg-type]


ARTICLE_A = _article("가나-1", SENTENCES_A, "한빛전자, 누리소프트와 \"손잡다\"", datetime(2024, 10, 2, 9, 30, tzinfo=SEOUL),
                     url="https://news.example/a?id=1&x=한 글", outlet="다른신문", authors=("오솔길",))
ARTICLE_B = _article("b 2", SENTENCES_B, "두 회사의 <협력>", datetime(2024, 10, 5, tzinfo=SEOUL), outlet="또다른일보")

HANBIT = Entity("kgr:한빛전자", "Company", "한빛전자", ("한빛", "Hanbit"), codes=(("krx", "123450"),))
NURI = Entity("kgr:누리소프트", "Company", "누리소프트")
STAR = Entity("kgr:별빛반도체", "Company", "별빛반도체")
BOTH = Entity("kgr:양사_한빛전자_누리소프트", "Group", "양사", members=("kgr:한빛전자", "kgr:누리소프트"))
SKY = Entity("kgr:김하늘", "Person", "김하늘", ("김 대표",))
PATH = Entity("kgr:오솔길", "Person", "오솔길")
PAPER = Entity("kgr:다른신문", "MediaOutlet", "다른신문")
DEAL = Entity("kgr:누리_협약", "Agreement", "누리 협약", created=True)
CHIP = Entity("kgr:가온", "Product", "가온")
LAB = Entity("kgr:공동_연구소", "ResearchInstitute", "공동 연구소", created=True)
SEOUL_CITY = Entity("kgr:서울", "City", "서울", codes=(("district", "1100000000"),))
DAEJEON = Entity("kgr:대전", "City", "대전")
TEAM = Entity("kgr:한빛_야구단", "SportsTeam", "한빛 야구단")
RUMOUR = Entity("kgr:인수설", "Thing", "인수설")

NOWHERE = Span(0, 0)


def quantity(text: str, value: str | None = None, unit: str = "", **more: object) -> Quantity:
    return Quantity(NOWHERE, None if value is None else Decimal(value), unit, more.pop("approximate", None), text,  # type: ignore[arg-type]
                    "quantity", **more)  # type: ignore[arg-type]


def period(text: str, value: str | None, start: str | None, end: str | None, grain: str) -> Time:
    return Time(NOWHERE, start, end, grain, text, "time", value)


def fact(
    article: Article,
    sentence: int,
    subject: Entity,
    predicate: str,
    value: Value | None,
    *qualifiers: tuple[str, Value],
    status: Status = "asserted",
    negated: bool = False,
    speaker: Entity | None = None,
    rule: str = "rule",
    confidence: float = 0.9,
) -> Fact:
    words = article.text.split("\n")[sentence + 1]
    start = article.text.index(words)
    return Fact(subject, predicate, value, tuple(Qualifier(role, v) for role, v in qualifiers), status, negated, speaker,
                Evidence(article.id, Span(start, start + len(words)), rule), confidence)


TRILLIONS = quantity("2조4000억원", "2.4E+12", "KRW")
FIVE_YEARS = period("5년간", "P5Y", None, None, "duration")
NEXT_SPRING = period("내년 2분기", "2025-Q2", "2025-04-01", "2025-06-30", "quarter")
DECEMBER = period("오는 12월 1일", "2024-12-01", "2024-12-01", "2024-12-01", "day")
TODAY = period("2일", "2024-10-02", "2024-10-02", "2024-10-02", "day")
SOMETIME = period("오후 5시", "T17:00", None, None, "hour")
DOLLARS = quantity("5억달러", "500000000", "USD", converted=quantity("약 7200억원", "720000000000", "KRW", approximate="about"))

FACTS_A = (
    fact(ARTICLE_A, 0, HANBIT, "kg:investsIn", DEAL, ("amount", TRILLIONS), ("duration", FIVE_YEARS), rule="invest-accusative"),
    fact(ARTICLE_A, 0, HANBIT, "kg:signs", DEAL, ("with", NURI), ("time", TODAY)),
    fact(ARTICLE_A, 0, HANBIT, "kg:partnersWith", NURI),
    fact(ARTICLE_A, 1, SKY, "kg:isCEOOf", HANBIT, rule="title-ceo", confidence=0.95),
    fact(ARTICLE_A, 1, SKY, "kg:holdsPosition", Entity("kgr:대표", "Position", "대표"), ("organization", HANBIT)),
    fact(ARTICLE_A, 1, HANBIT, "kg:launches", CHIP, ("time", NEXT_SPRING), status="planned", speaker=SKY),
    fact(ARTICLE_A, 2, NURI, "kg:denies", RUMOUR, status="asserted"),
    fact(ARTICLE_A, 2, HANBIT, "kg:acquires", NURI, status="denied", speaker=NURI),
    fact(ARTICLE_A, 3, BOTH, "kg:operates", LAB, ("place", DAEJEON),
         ("amount", quantity("10~20명", None, "명", minimum=Decimal(10), maximum=Decimal(20)))),
    fact(ARTICLE_A, 3, HANBIT, "kg:operates", LAB, ("place", DAEJEON)),
    fact(ARTICLE_A, 3, NURI, "kg:operates", LAB, ("place", DAEJEON)),
    fact(ARTICLE_A, 4, HANBIT, "kg:acquires", STAR),
    fact(ARTICLE_A, 5, HANBIT, "kg:revenue", DOLLARS, status="expected"),
    fact(ARTICLE_A, 5, HANBIT, "kg:increasesBy", quantity("12.3%", "12.3", "%"), status="expected"),
    fact(ARTICLE_A, 6, HANBIT, "kg:headquarteredIn", SEOUL_CITY),
    fact(ARTICLE_A, 7, HANBIT, "kg:says", Text("시장이 너무 작다"), ("topic", DEAL), status="claimed", speaker=HANBIT),
    fact(ARTICLE_A, 8, TEAM, "kgo:이기다", quantity("3대 2", None, "score", score="3-2"), ("time", SOMETIME)),
    fact(ARTICLE_A, 9, HANBIT, "kgo:성장하다", None),
    fact(ARTICLE_A, 10, HANBIT, "kg:mergesWith", NURI, ("time", DECEMBER), ("reason", Text("시장이 작아서"))),
    fact(ARTICLE_A, 9, HANBIT, "kg:foundedOn", period("1990년대", "1990s", "1990-01-01", "1999-12-31", "decade")),
)
FACTS_B = (
    fact(ARTICLE_B, 0, HANBIT, "kg:partnersWith", NURI, confidence=0.99, rule="join-hands"),
    fact(ARTICLE_B, 1, HANBIT, "kg:investsIn", DEAL, ("amount", quantity("2조4천억원", "2400000000000", "KRW")),
         ("duration", FIVE_YEARS), confidence=0.7),
    fact(ARTICLE_B, 2, HANBIT, "kg:acquires", STAR, negated=True),
    fact(ARTICLE_B, 3, PATH, "kg:reporterFor", PAPER),
    fact(ARTICLE_B, 3, SKY, "kg:isCEOOf", HANBIT, status="claimed", speaker=PATH),
)


def reading(article: Article, facts: tuple[Fact, ...]) -> Reading:
    found: dict[str, Entity] = {}
    for one in facts:
        values = (one.subject, one.object, one.speaker, *(q.value for q in one.qualifiers))
        found |= {value.id: value for value in values if isinstance(value, Entity)}
    spans = tuple(sorted({one.evidence.sentence for one in facts}))
    return Reading(article, spans, tuple(found[key] for key in sorted(found)), facts)


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    """An article that says everything once, and one that says some of it again."""
    return reading(ARTICLE_A, FACTS_A), reading(ARTICLE_B, FACTS_B)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the package."""
    return load_ontology()


@pytest.fixture(scope="session")
def quads(readings: tuple[Reading, ...], ontology: Ontology) -> tuple[Quad, ...]:
    """The statements of both readings."""
    return tuple(build_quads(readings, ontology))
