"""The data types that every pass reads and writes: frozen values, tuples, code-point offsets.

An :class:`Article` is read once and never changes; every :class:`Span` is a half-open range of code points of
``Article.text``. A :class:`Document` is an article with what the passes saw in it: each field has one writer, named in
the field's comment. Only the standard library is used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

Status = Literal["asserted", "planned", "expected", "claimed", "denied"]
SentenceRole = Literal["body", "title", "heading", "caption", "item", "registration", "byline", "boilerplate"]
Voice = Literal["active", "passive", "causative"]
ClauseRelation = Literal["main", "coordinate", "adverbial", "relative", "nominal", "complement", "quotative"]
ArgumentRole = Literal["subject", "object", "topic", "dative", "locative", "source", "goal", "comitative",
                       "instrument", "complement", "quote", "time", "adverbial"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: ``Span(0, 2)`` of "KT가" is "KT"."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news article; ``text`` is in NFC and final, ``published`` carries an offset or is None when unknown."""

    id: str
    text: str
    title: str | None = None
    published: datetime | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One morpheme: form as analysed, dictionary lemma, Sejong tag (NNP, JKS, VV …), place in the text."""

    form: str
    lemma: str
    tag: str
    span: Span


@dataclass(frozen=True, slots=True)
class Eojeol:
    """One whitespace unit, or several held together by marks; ``head`` is its head's 1-based number (0: root), ``label`` KLUE-DP's."""

    span: Span
    tokens: tuple[Token, ...]
    head: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``prefix`` is a dateline or list mark at its start ("[서울=뉴시스]최은수 기자 = "), which has no eojeols."""

    span: Span
    tokens: tuple[Token, ...]
    eojeols: tuple[Eojeol, ...]
    role: SentenceRole = "body"
    prefix: Span | None = None
    quoted_in: int | None = None  # index of the quotation that the whole sentence stands in


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of a wire report: "[서울=뉴시스]최은수 기자 =" has place 서울, outlet 뉴시스, reporter 최은수."""

    span: Span
    place: Span | None
    outlet: Span | None
    reporters: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a clause says: "체결했다" has lemma 체결하다; ``eojeols`` are the predicate's eojeol indices in the sentence."""

    lemma: str
    span: Span
    eojeols: tuple[int, ...]
    voice: Voice = "active"
    kind: Literal["verb", "adjective", "copula", "light", "noun"] = "verb"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: ``span`` is the phrase without its josa, ``head`` its last noun, ``clause`` an embedded clause's index."""

    role: ArgumentRole
    josa: str
    span: Span
    head: Span
    clause: int | None = None
    shared: bool = False  # taken from a neighbouring clause or filled from a relative clause's head


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its arguments; ``parent`` is the governing clause's index, ``quotation`` whose words it stands in."""

    predicate: Predicate
    arguments: tuple[Argument, ...]
    negated: bool
    status: Status
    span: Span
    sentence: int
    relation: ClauseRelation = "main"
    parent: int | None = None
    quotation: int | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported words: ``span`` of the words, ``cue`` the reporting clause's index, ``speaker`` the phrase that names who."""

    span: Span
    direct: bool
    cue: int | None = None
    speaker: Span | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name in the text; ``kind`` is a class of the ontology ("Person"), ``rule`` what found it."""

    span: Span
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time: ``value`` in the forms of the contract ("2025-Q2"), ``start``/``end`` inclusive ISO dates or date-times.

    ``start`` and ``end`` are None where the text gives no anchor. ``grain`` is one of second, minute, hour, day, week,
    month, quarter, half, year, decade, century, duration, set.
    """

    span: Span
    start: str | None
    end: str | None
    grain: str
    text: str
    rule: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: 2조4000억원 is 2400000000000 KRW; a range has ``minimum``/``maximum`` and no ``value``.

    ``approximate`` is one of about, over, under, at-least, at-most, or None. ``converted`` is the amount in brackets after
    a foreign one ("5억달러(약 7200억원)").
    """

    span: Span
    value: Decimal | None
    unit: str
    approximate: str | None
    text: str
    rule: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    score: str | None = None  # "3-2"
    converted: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One individual of an article; ``members`` are the ids of a group's entities (양사), ``mentions`` where it stands.

    ``id`` is unique in the document ("e3"); IRIs come from the link pass. ``traits`` are what tells namesakes apart
    (a person's affiliation and post); ``created`` marks an entity that the text describes rather than names.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    traits: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # external identifiers: ("krx", "030200")
    created: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A value that stays words: "너무 짧다"."""

    text: str


Value = Entity | Quantity | Time | Text


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What more a fact says: role is amount, time, place, recipient, instrument, topic, purpose, position …"""

    role: str
    value: Value


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact is said: article id, sentence span, and the rule that read it."""

    article: str
    sentence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: ``predicate`` is a CURIE of the ontology ("kg:investsIn") or an open one ("kgo:추진하다")."""

    subject: Entity
    predicate: str
    object: Value | None
    qualifiers: tuple[Qualifier, ...]
    status: Status
    negated: bool
    speaker: Entity | None
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """An article and what the passes saw in it. Each field has one writer."""

    article: Article
    sentences: tuple[Sentence, ...] = ()  # analyze
    datelines: tuple[Dateline, ...] = ()  # analyze
    clauses: tuple[Clause, ...] = ()  # clauses
    quotations: tuple[Quotation, ...] = ()  # clauses
    mentions: tuple[Mention, ...] = ()  # entities
    times: tuple[Time, ...] = ()  # times
    quantities: tuple[Quantity, ...] = ()  # quantities
    entities: tuple[Entity, ...] = ()  # coref
    facts: tuple[Fact, ...] = ()  # extract


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of a read article: its sentences' spans, entities and facts.

    Before the link pass an entity's ``id`` is local ("e3"); after it, ``id`` is its CURIE ("kgr:KT") everywhere in the
    reading, and name, aliases and members are those of the individual.
    """

    article: Article
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
