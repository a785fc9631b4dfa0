"""Hand-made readings for the page: a partnership as four short articles tell it, with facts of every status."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time, Value


@dataclass(frozen=True)
class Label:
    curie: str
    ko: str
    en: str


@dataclass(frozen=True)
class SmallOntology:
    """As much of the ontology as the page's tests need."""

    terms: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "kg:investsIn": ("투자하다", "invests-in"),
            "kg:isCEOOf": ("대표이다", "is-CEO-of"),
            "kg:partnersWith": ("협력하다", "partners-with"),
            "kg:develops": ("개발하다", "develops"),
            "kg:launches": ("출시하다", "launches"),
            "kg:establishes": ("설립하다", "establishes"),
            "kg:adopts": ("도입하다", "adopts"),
            "kg:basedOn": ("기반하다", "based-on"),
            "kg:productOf": ("제품이다", "product-of"),
            "kg:subsidiaryOf": ("자회사이다", "subsidiary-of"),
            "kg:says": ("말하다", "says"),
            "kg:expects": ("전망하다", "expects"),
            "kg:denies": ("부인하다", "denies"),
            "kg:signs": ("체결하다", "signs"),
            "kg:heldAt": ("열리다", "held-at"),
            "kg:leads": ("이끌다", "leads"),
            "kg:competesWith": ("경쟁하다", "competes-with"),
            "kg:revenue": ("매출", "revenue"),
            "kg:acquires": ("인수하다", "acquires"),
            "kg:headquarteredIn": ("본사를 두다", "headquartered-in"),
            "kg:meets": ("만나다", "meets"),
            "kg:regulates": ("규제하다", "regulates"),
            "kg:Person": ("사람", "Person"),
            "kg:Company": ("기업", "Company"),
            "kg:Agreement": ("협약", "Agreement"),
            "kg:Place": ("장소", "Place"),
            "kg:Product": ("제품", "Product"),
            "kg:Technology": ("기술", "Technology"),
            "kg:Event": ("행사", "Event"),
            "kg:GovernmentAgency": ("정부 기관", "Government agency"),
            "kg:Organization": ("단체", "Organization"),
        }
    )
    classes: dict[str, str] = field(
        default_factory=lambda: {
            "Person": "PER",
            "Company": "ORG",
            "GovernmentAgency": "ORG",
            "Organization": "ORG",
            "Place": "LOC",
            "Product": "PRODUCT",
            "Technology": "TECH",
            "Event": "EVENT",
        }
    )

    def term(self, curie: str) -> Label:
        ko, en = self.terms.get(curie, (curie.partition(":")[2],) * 2)
        return Label(curie, ko, en)

    def coarse(self, kind: str) -> str:
        return self.classes.get(kind, kind)


class Newsroom:
    """Writes readings: articles from sentences, individuals from their names, facts from what the sentences say."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {}
        self.articles: list[tuple[Article, list[Span], list[Fact]]] = []

    def name(
        self, local: str, kind: str, *aliases: str, label: str | None = None, members: tuple[str, ...] = ()
    ) -> None:
        self.people[local] = (kind, label or local.replace("_", " "), aliases, members)

    def article(
        self, name: str, title: str, published: str, outlet: str, sentences: list[str], url: str | None = None
    ) -> None:
        text, spans = "", []
        for sentence in sentences:
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence + ("\n\n" if len(spans) % 2 else " ")
        self.articles.append(
            (Article(name, text, title, datetime.fromisoformat(published), url, outlet, ("한글 기자",)), spans, [])
        )

    def entity(self, local: str, article: Article | None = None) -> Entity:
        kind, label, aliases, members = self.people[local]
        mentions = []
        for word in (label, *aliases) if article else ():
            at = article.text.find(word) if article and len(word) < 1000 else -1
            while article and at >= 0:
                mentions.append(Span(at, at + len(word)))
                at = article.text.find(word, at + 1)
        return Entity(
            f"kgr:{local}", kind, label, aliases, tuple(f"kgr:{each}" for each in members), tuple(sorted(mentions))
        )

    def fact(
        self,
        sentence: int,
        subject: str,
        predicate: str,
        value: str | Value | None,
        *,
        status: str = "asserted",
        negated: bool = False,
        speaker: str | None = None,
        confidence: float = 0.9,
        **qualifiers: str | Value,
    ) -> None:
        article, spans, facts = self.articles[-1]

        def resolve(each: str | Value) -> Value:
            return self.entity(each, article) if isinstance(each, str) else each

        facts.append(
            Fact(
                self.entity(subject, article),
                predicate,
                None if value is None else resolve(value),
                tuple(Qualifier(role, resolve(each)) for role, each in qualifiers.items()),
                status,
                negated,  # type: ignore[arg-type]
                self.entity(speaker, article) if speaker else None,
                Evidence(article.id, spans[sentence], "hand"),
                confidence,
            )
        )

    def readings(self) -> tuple[Reading, ...]:
        return tuple(
            Reading(article, tuple(spans), tuple(self.entity(local, article) for local in self.people), tuple(facts))
            for article, spans, facts in self.articles
        )


def won(value: str, text: str) -> Quantity:
    return Quantity(Span(0, 0), Decimal(value), "KRW", "about", text, "hand")


def when(value: str, start: str, end: str, text: str, grain: str = "quarter") -> Time:
    return Time(Span(0, 0), start, end, grain, text, "hand", value)


def write_partnership() -> tuple[Reading, ...]:
    room = Newsroom()
    room.name("KT", "Company", "케이티")
    room.name("마이크로소프트", "Company", "MS", "마소")
    room.name("양사", "Organization", "두 회사", members=("KT", "마이크로소프트"))
    room.name("MS_파트너십", "Agreement", "이번 협약")
    room.name("김영섭", "Person", "김 대표")
    room.name("사티아_벨린", "Person", "벨린")
    room.name("조원우", "Person", "조 대표")
    room.name("정우진", "Person", "정 그룹장")
    room.name("최지웅", "Person", "최 대표")
    room.name("한국마이크로소프트", "Company", "한국MS")
    room.name("KT클라우드", "Company")
    room.name("AX_전문기업", "Company", "새 법인")
    room.name("한국형_AI_모델", "Technology", "한국어 모델")
    room.name("GPT-4o", "Technology")
    room.name("코파일럿", "Product", "Copilot")
    room.name("시큐어_퍼블릭_클라우드", "Product", "보안 클라우드")
    room.name("AICT_전략_간담회", "Event", "간담회")
    room.name("서울", "Place")
    room.name("가람통신위원회", "GovernmentAgency", "과기정통부")
    room.name("나래텔레콤", "Company", "NRT")
    room.name("한결데이터", "Company")
    room.name("벨포드", "Place")
    room.name("오세담_한결데이터", "Person", label="오세담")
    q1, q2 = (
        when("2025-Q1", "2025-01-01", "2025-03-31", "내년 1분기"),
        when("2025-Q2", "2025-04-01", "2025-06-30", "내년 2분기"),
    )
    five = Time(Span(0, 0), None, None, "duration", "5년간", "hand", "P5Y")
    today = when("2024-10-10", "2024-10-10", "2024-10-10", "10일", "day")

    room.article(
        "hand-1",
        "KT, 마이크로소프트와 손잡고 2조4000억원 푼다",
        "2024-10-10T14:00:00+09:00",
        "가온일보",
        [
            "KT가 마이크로소프트(MS)와 MS 파트너십을 맺고 5년간 약 2조4000억원을 투입한다.",
            "김영섭 KT 대표는 10일 서울에서 열린 AICT 전략 간담회에서 이번 협약을 공개했다.",
            "양사는 한국형 AI 모델을 내년 2분기까지 함께 만들 계획이다.",
            "한국형 AI 모델은 GPT-4o를 바탕으로 한다.",
            "KT는 AX 전문기업을 내년 1분기에 세우기로 했다.",
            "KT는 자사 서비스에 코파일럿을 들여놓을 예정이다.",
            "김 대표는 “게임의 규칙이 바뀌었다”고 말했다.",
            "회사는 5년 뒤 매출이 4조6000억원에 이를 것으로 내다봤다.",
        ],
        "https://example.com/news/1",
    )
    room.fact(0, "KT", "kg:investsIn", "MS_파트너십", amount=won("2400000000000", "2조4000억원"), duration=five)
    room.fact(0, "KT", "kg:partnersWith", "마이크로소프트", confidence=0.95)
    room.fact(0, "KT", "kg:signs", "MS_파트너십")
    room.fact(1, "김영섭", "kg:isCEOOf", "KT", confidence=0.98)
    room.fact(1, "AICT_전략_간담회", "kg:heldAt", "서울", time=today)
    room.fact(1, "김영섭", "kgo:공개하다", "MS_파트너십", time=today, place="AICT_전략_간담회")
    room.fact(2, "양사", "kg:develops", "한국형_AI_모델", status="planned", time=q2)
    room.fact(2, "KT", "kg:develops", "한국형_AI_모델", status="planned", time=q2)
    room.fact(2, "마이크로소프트", "kg:develops", "한국형_AI_모델", status="planned", time=q2)
    room.fact(3, "한국형_AI_모델", "kg:basedOn", "GPT-4o")
    room.fact(4, "KT", "kg:establishes", "AX_전문기업", status="planned", time=q1)
    room.fact(5, "KT", "kg:adopts", "코파일럿", status="planned")
    room.fact(6, "김영섭", "kg:says", Text("게임의 규칙이 바뀌었다"))
    room.fact(
        7,
        "KT",
        "kg:revenue",
        won("4600000000000", "4조6000억원"),
        status="expected",
        time=when("2029", "2029-01-01", "2029-12-31", "5년 뒤", "year"),
    )

    room.article(
        "hand-2",
        "정우진 그룹장 “공공·금융 클라우드 먼저”",
        "2024-10-11T09:30:00+09:00",
        "나래경제",
        [
            "정우진 그룹장은 “시큐어 퍼블릭 클라우드를 내년 1분기에 내놓는다”고 말했다.",
            "시큐어 퍼블릭 클라우드는 마이크로소프트의 기술로 짓는다.",
            "조원우 한국마이크로소프트 대표는 “KT와 함께 시장을 넓히겠다”고 밝혔다.",
            "최지웅 KT클라우드 대표는 KT클라우드의 역할이 줄어든다는 말을 부인했다.",
            "KT클라우드는 KT의 자회사다.",
            "정 그룹장은 투자 축소설에 대해 “설비 투자를 줄이지 않는다”고 했다.",
            "KT는 이번 협약으로 마이크로소프트를 인수하지 않는다.",
        ],
        "https://example.com/news/2",
    )
    room.fact(0, "KT", "kg:launches", "시큐어_퍼블릭_클라우드", status="planned", speaker="정우진", time=q1)
    room.fact(1, "시큐어_퍼블릭_클라우드", "kg:basedOn", "마이크로소프트", confidence=0.8)
    room.fact(2, "조원우", "kg:isCEOOf", "한국마이크로소프트")
    room.fact(2, "한국마이크로소프트", "kg:partnersWith", "KT", status="claimed", speaker="조원우")
    room.fact(3, "최지웅", "kg:isCEOOf", "KT클라우드")
    room.fact(3, "KT클라우드", "kgo:줄어들다", Text("역할"), status="denied", speaker="최지웅")
    room.fact(4, "KT클라우드", "kg:subsidiaryOf", "KT")
    room.fact(4, "정우진", "kg:leads", "KT", confidence=0.6, position=Text("컨설팅그룹장"))
    room.fact(5, "KT", "kgo:줄이다", Text("설비 투자"), status="claimed", negated=True, speaker="정우진")
    room.fact(6, "KT", "kg:acquires", "마이크로소프트", negated=True)

    room.article(
        "hand-3",
        "통신사 AI 경쟁, 한결데이터도 가세",
        "2024-11-20T08:00:00+09:00",
        "다솜뉴스",
        [
            "나래텔레콤은 AI 시장에서 KT와 경쟁한다.",
            "한결데이터는 코파일럿을 들여온 첫 중소기업이라고 주장했다.",
            "오세담 대표가 이끄는 한결데이터는 서울에 본사를 두고 있다.",
            "업계는 나래텔레콤이 한결데이터를 인수할 것으로 본다.",
            "한결데이터는 인수설이 사실무근이라고 밝혔다.",
            "가람통신위원회는 시큐어 퍼블릭 클라우드를 보안 인증 대상으로 본다.",
        ],
        "https://example.com/news/3",
    )
    room.fact(0, "나래텔레콤", "kg:competesWith", "KT")
    room.fact(1, "한결데이터", "kg:adopts", "코파일럿", status="claimed", speaker="한결데이터")
    room.fact(2, "오세담_한결데이터", "kg:isCEOOf", "한결데이터")
    room.fact(2, "한결데이터", "kg:headquarteredIn", "서울")
    room.fact(3, "나래텔레콤", "kg:acquires", "한결데이터", status="expected", confidence=0.7)
    room.fact(4, "나래텔레콤", "kg:acquires", "한결데이터", status="denied", speaker="한결데이터")
    room.fact(5, "가람통신위원회", "kg:regulates", "시큐어_퍼블릭_클라우드", confidence=0.7)

    room.article(
        "hand-4",
        "벨린, 서울서 김영섭과 만난다",
        "2025-03-02T18:20:00+09:00",
        "라온통신",
        [
            "마르코 벨린 마이크로소프트 최고경영자가 26일 서울을 찾아 김영섭 대표를 만난다.",
            "마이크로소프트는 미국 벨포드에 본사를 두고 있다.",
            "코파일럿은 마이크로소프트의 제품이다.",
            "KT는 MS 파트너십에 2조4000억원을 쓴다.",
            "벨린는 “한국은 중요한 시장”이라고 말했다.",
        ],
        "https://example.com/news/4",
    )
    visit = when("2025-03-26", "2025-03-26", "2025-03-26", "26일", "day")
    room.fact(0, "사티아_벨린", "kg:isCEOOf", "마이크로소프트")
    room.fact(0, "사티아_벨린", "kg:meets", "김영섭", status="planned", time=visit, place="서울")
    room.fact(1, "마이크로소프트", "kg:headquarteredIn", "벨포드")
    room.fact(2, "코파일럿", "kg:productOf", "마이크로소프트")
    room.fact(3, "KT", "kg:investsIn", "MS_파트너십", amount=won("2400000000000", "2조4000억원"), duration=five)
    room.fact(4, "사티아_벨린", "kg:says", Text("한국은 중요한 시장"))
    return room.readings()


@pytest.fixture(scope="session")
def ontology() -> SmallOntology:
    return SmallOntology()


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    return write_partnership()


@pytest.fixture(scope="session")
def make_readings() -> Callable[[int, int], list[Reading]]:
    """The large graphs that the benchmark measures: so many nodes, so many edges."""
    place = Path(__file__).parents[1] / "benchmarks" / "bench_page.py"
    spec = importlib.util.spec_from_file_location("bench_page", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make_readings  # type: ignore[no-any-return]


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@dataclass
class Visit:
    """A page opened from disk with everything that it asked for or complained of."""

    page: Any
    requests: list[str]
    complaints: list[str]
    dialogs: list[str]

    def is_clean(self) -> bool:
        return not (self.requests or self.complaints or self.dialogs)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def open_page(path: Path, *, width: int = 1440, height: int = 900, hash: str = "", **options: Any) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, accept_downloads=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        seen = Visit(page, [], [], [])
        address = path.as_uri()
        page.on(
            "request",
            lambda request: (
                None
                if request.url.split("#")[0] == address or request.url.startswith(("data:", "blob:"))
                else seen.requests.append(request.url)
            ),
        )
        page.on(
            "console",
            lambda message: seen.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))

        def dismiss(dialog: Any) -> None:
            seen.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        page.goto(address + hash)
        page.wait_for_function("window.graphPage && window.graphPage.ready")
        return seen

    yield open_page
    for context in contexts:
        context.close()
