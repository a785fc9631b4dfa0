"""An invented press of any size: articles as the language passes would have read them, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time, Value

FACTS = 25  # of an article
COPY = 200  # articles of which one is a copy of the one before it
_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염"
    "여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_GIVEN = (
    "가강건경고관광구규근기나남노다단달담대도동두라란래로록루리린마만명모무문미민바배백범벼별병보본봄봉빈사산"
    "상새서석선설섬성세소솔송수숙순슬승시신아안애양언여연열영예오온완요용우욱운원월유윤율은의이인일임자재정제"
    "조종주준중지진차찬창채천철청초춘충치탁태하학한해향헌혁현형혜호홍화환회효후훈휘흔희"
)
_WORDS = (
    "가온 나래 다온 라온 마루 바론 새벽 아람 한울 하늬 누리 미르 보람 소담 온새 은가람 자락 "
    "초롱 큰솔 푸른 해오름 달빛 별무리 솔바람 참샘 가람 너울 도담 모람 바람꽃"
).split()
_TRADES = "전자 건설 화학 제약 통신 로보틱스 에너지 중공업 금융 식품 물산 해운 소재 반도체 게임즈 모빌리티 바이오 정밀 항공 섬유".split()
_PARTS = "동 서 남 북 중 상 하 신 구 본".split()
_TITLES = "대표 사장 이사 본부장 위원장 총재 의원 교수 연구원 감독".split()
_OPEN = "추진하다 논의하다 검토하다 발표하다 강화하다 확대하다 개선하다 준비하다".split()
_STATUS = ("asserted",) * 7 + ("planned", "expected", "claimed", "denied")


class Press:
    """Names in plenty, of which few are in the news every day and most seldom; ``size`` is the number of articles."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.people = max(20, size)
        self.firms = max(10, size // 3)
        self.places = max(10, size // 20)

    def person(self, number: int) -> str:
        """The name of the n-th person: ``person(0)`` is 김가강."""
        number %= self.people
        return _FAMILY[number % len(_FAMILY)] + _GIVEN[number // 7 % len(_GIVEN)] + _GIVEN[(number // 977 + number * 31 + 1) % len(_GIVEN)]

    def firm(self, number: int) -> str:
        """The name of the n-th firm: 가온나래전자."""
        number %= self.firms
        first, number = _WORDS[number % len(_WORDS)], number // len(_WORDS)
        trade, number = _TRADES[number % len(_TRADES)], number // len(_TRADES)
        return (
            first
            + (_WORDS[number % len(_WORDS)] if number else "")
            + (_PARTS[number // len(_WORDS) % len(_PARTS)] if number >= len(_WORDS) else "")
            + trade
        )

    def place(self, number: int) -> str:
        """The name of the n-th place: 가온시."""
        number %= self.places
        first, number = _WORDS[number % len(_WORDS)], number // len(_WORDS)
        return first + (_WORDS[number % len(_WORDS)] if number else "") + _PARTS[number // len(_WORDS) % len(_PARTS)] * (number >= len(_WORDS)) + "시"


def read_press(size: int) -> Iterator[Reading]:
    """The readings of ``size`` articles, 25 facts each, still under local names."""
    press = Press(size)
    for number in range(size):
        yield _Desk(press, number).reading()


class _Desk:
    """One article in the making: every fact is a sentence more."""

    def __init__(self, press: Press, number: int) -> None:
        told = number - (number % COPY == COPY - 1)  # now and then an outlet prints what another has
        self.press, self.number, self.dice = press, told, random.Random(told)
        self.id = f"invented-{number:07}"
        self.published = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * number)
        self.text = ""
        self.sentences: list[Span] = []
        self.names: dict[tuple[str, str], str] = {}
        self.mentions: dict[str, list[Span]] = {}
        self.traits: dict[str, tuple[str, ...]] = {}
        self.facts: list[tuple[str, str, object, tuple[tuple[str, object], ...], str, bool, str | None, Span]] = []

    def reading(self) -> Reading:
        """The article's reading."""
        number = int(self.id.rpartition("-")[2])
        chosen = self._some(self.press.people, 4)
        cast = [self._entity("Person", self.press.person(each)) for each in chosen]
        homes = [self._entity("Company", self.press.firm(each // 3)) for each in chosen]
        firms = [self._entity("Company", self.press.firm(each)) for each in self._some(self.press.firms, 4)]
        towns = [self._entity("City", self.press.place(each)) for each in self._some(self.press.places, 2)]
        fair = self._entity("Event", f"{self.press.place(self.number)} {_WORDS[self.number % len(_WORDS)]} 박람회")
        pair = self._entity("Group", "양사", members=tuple(firms[:2]))
        reporter, outlet = self._entity("Person", self.press.person(number % 20)), self._entity("MediaOutlet", f"{_WORDS[number % 20]}일보")
        for person, firm, each in zip(cast, homes, chosen, strict=True):
            self.traits[person] = (_TITLES[each % len(_TITLES)], self._name(firm))
        self._say(cast[0], "kg:isCEOOf", homes[0])
        self._say(
            cast[1],
            "kg:holdsPosition",
            self._entity("Position", f"{self._name(homes[1])} 사장"),
            (("organization", homes[1]), ("position", Text("사장"))),
        )
        self._say(reporter, "kg:reporterFor", outlet)
        self._say(firms[0], "kg:investsIn", firms[1], (("amount", self._money()), ("time", self._time())))
        self._say(firms[2], "kg:acquires", firms[3], (("amount", self._money()),))
        self._say(firms[0], "kg:partnersWith", firms[2], (("time", self._time()),))
        self._say(pair, "kg:signs", self._entity("Agreement", f"{self._name(firms[0])} 협약"), (("with", firms[3]),))
        self._say(firms[1], "kg:subsidiaryOf", firms[0])
        self._say(firms[0], "kg:headquarteredIn", towns[0])
        self._say(fair, "kg:heldAt", towns[1], (("time", self._time()),))
        self._say(cast[2], "kg:participatesIn", fair, (("place", towns[1]),))
        self._say(firms[0], "kg:revenue", self._money(), (("time", self._time()),))
        self._say(cast[0], "kg:says", Text("새 시장을 열겠다는 뜻이다"), (("topic", firms[1]),))
        self._say(cast[3], "kg:denies", Text("사실과 다르다"), (("topic", firms[3]),), status="denied")
        while len(self.facts) < FACTS:
            subject, other = self.dice.choice((*cast, *firms)), self.dice.choice((*firms, *towns, fair))
            if subject == other:
                continue
            status = self.dice.choice(_STATUS)
            speaker = cast[1] if status in ("claimed", "denied") and subject != cast[1] else None
            predicate = (
                f"kgo:{self.dice.choice(_OPEN)}" if self.dice.random() < 0.6 else self.dice.choice(("kg:supports", "kg:opposes", "kg:supplies"))
            )
            more = (("time", self._time()),) if self.dice.random() < 0.3 else ()
            self._say(subject, predicate, other, more, status, self.dice.random() < 0.05, speaker)
        article = Article(
            self.id,
            self.text,
            f"{self._name(firms[0])}, {self._name(firms[1])}에 투자",
            self.published,
            None,
            self._name(outlet),
            (self._name(reporter),),
        )
        known = {local: self._built(key, local) for key, local in self.names.items()}

        def value(item: object) -> Value:
            return known[item] if isinstance(item, str) else item  # type: ignore[return-value]

        facts = tuple(
            Fact(
                known[subject],
                predicate,
                None if thing is None else value(thing),
                tuple(Qualifier(role, value(item)) for role, item in more),
                status,
                negated,
                known[speaker] if speaker else None,
                Evidence(self.id, span, f"invented-{predicate.partition(':')[2]}"),
                0.8,  # type: ignore[arg-type]
            )
            for subject, predicate, thing, more, status, negated, speaker, span in self.facts
        )
        return Reading(article, tuple(self.sentences), tuple(known.values()), facts)

    def _some(self, many: int, wanted: int) -> list[int]:
        """Different numbers below ``many``, the low ones far oftener than the high ones."""
        chosen: list[int] = []
        while len(chosen) < wanted:
            number = int(many * self.dice.random() ** 2)
            if number not in chosen:
                chosen.append(number)
        return chosen

    def _entity(self, kind: str, name: str, members: tuple[str, ...] = ()) -> str:
        local = self.names.setdefault((kind, name), f"e{len(self.names)}")
        self.mentions.setdefault(local, [])
        if members:
            self.traits[local] = members
        return local

    def _name(self, local: str) -> str:
        return next(name for (_, name), each in self.names.items() if each == local)

    def _built(self, key: tuple[str, str], local: str) -> Entity:
        kind, name = key
        if kind == "Group":
            return Entity(local, kind, name, members=self.traits[local], mentions=tuple(self.mentions[local]))
        return Entity(local, kind, name, mentions=tuple(self.mentions[local]), traits=self.traits.get(local, ()))

    def _money(self) -> Quantity:
        worth = self.dice.randrange(1, 5000)
        return Quantity(Span(0, 0), Decimal(worth * 100_000_000), "KRW", None, f"{worth}억원", "invented")

    def _time(self) -> Time:
        day = (self.published + timedelta(days=self.dice.randrange(-200, 20))).date()
        return Time(Span(0, 0), day.isoformat(), day.isoformat(), "day", f"{day.month}월 {day.day}일", "invented", day.isoformat())

    def _say(
        self,
        subject: str,
        predicate: str,
        thing: object,
        more: tuple[tuple[str, object], ...] = (),
        status: str = "asserted",
        negated: bool = False,
        speaker: str | None = None,
    ) -> None:
        start = len(self.text)
        for local, josa in ((speaker, "에 따르면 "), (subject, "은(는) "), (thing, "와(과) ")):
            if isinstance(local, str):
                name = self._name(local)
                self.mentions[local].append(Span(len(self.text), len(self.text) + len(name)))
                self.text += name + josa
        for item in (thing, *(item for _, item in more)):
            if isinstance(item, Quantity | Time | Text):
                self.text += item.text + " "
        words = (self.dice.choice(_GIVEN) + self.dice.choice(_FAMILY) + self.dice.choice(_GIVEN) for _ in range(5))
        self.text += f"{' '.join(words)} {predicate.partition(':')[2]} 소식을 전했다."
        span = Span(start, len(self.text))
        self.sentences.append(span)
        self.text += " "
        self.facts.append((subject, predicate, thing, more, status, negated, speaker, span))
