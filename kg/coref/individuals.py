"""The individuals of one article while they are being told apart; frozen into entities at the end."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kg.model import Document, Entity, Span, Token
from kg.tables.ontology import load_ontology

_SPACES = re.compile(r"[\s·\-‐–'\"“”‘’.,]+")
_FIRM = re.compile(r"^(?:㈜|\(주\)|주식회사\s|\(유\))|(?:㈜|\(주\)|\s주식회사)$")
GROUP_KIND = "Group"


def squeeze(name: str) -> str:
    """A name without spaces, marks and the form of the firm, in lower case: 노보텔 앰배서더 and 노보텔앰배서더 are one."""
    return _SPACES.sub("", _FIRM.sub("", name) or name).lower()


def coarse(kind: str) -> str:
    """PER, ORG, LOC … of a kind."""
    return load_ontology().coarse(kind)


def is_agent(kind: str) -> bool:
    """Whether individuals of a kind can act and speak."""
    return coarse(kind) in ("PER", "ORG") or kind in ("Country", "Region", "City", GROUP_KIND)


@dataclass(slots=True)
class Individual:
    """One individual in the making."""

    kind: str
    name: str
    aliases: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    members: tuple[int, ...] = ()
    traits: list[str] = field(default_factory=list)
    codes: tuple[tuple[str, str], ...] = ()
    created: bool = False
    votes: dict[str, int] = field(default_factory=dict)

    def call(self, name: str) -> None:
        """Note another name of the individual."""
        if name != self.name and name not in self.aliases:
            self.aliases.append(name)


class Individuals:
    """All individuals of a document, with the mention that stands at each place."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.text = doc.article.text
        self.items: list[Individual] = []
        self.by_name: dict[str, int] = {}
        self.at: dict[Span, int] = {}
        self._spans: list[Span] = []
        self._starts: list[int] = []  # of the spans: whole numbers compare faster
        self._titles = sorted(m.span for m in doc.mentions if m.kind == "Position")
        self._title_starts = [span.start for span in self._titles]
        self._merged: dict[int, int] = {}
        self._tokens = [token for sentence in doc.sentences for token in sentence.tokens]
        self._token_starts = [token.span.start for token in self._tokens]

    def token_before(self, place: int) -> Token | None:
        """The morpheme that ends before a place: 하는/ETM before 연구 in "복원하는 연구"."""
        index = bisect_left(self._token_starts, place + 1) - 1  # the ᆫ of 복원한 has no characters of its own
        while index >= 0 and self._tokens[index].span.end > place:
            index -= 1
        return self._tokens[index] if index >= 0 else None

    def tokens_in(self, span: Span) -> list[Token]:
        """The morphemes that stand inside a span."""
        first = bisect_left(self._token_starts, span.start)
        return [token for token in self._tokens[first : bisect_left(self._token_starts, span.end)] if token.span.end <= span.end]

    def resolve(self, number: int) -> int:
        """The individual into which another was merged."""
        while number in self._merged:
            number = self._merged[number]
        return number

    def get(self, number: int) -> Individual:
        """The individual of a number."""
        return self.items[self.resolve(number)]

    def add(self, kind: str, name: str, *, created: bool = False) -> int:
        """A new individual."""
        self.items.append(Individual(kind, name, created=created))
        number = len(self.items) - 1
        self.by_name.setdefault(squeeze(name), number)
        return number

    def mention(self, number: int, span: Span) -> None:
        """Note that an individual stands at a place."""
        number = self.resolve(number)
        if span not in self.at:
            self.at[span] = number
            place = bisect_left(self._starts, span.start)
            while place < len(self._spans) and self._spans[place] < span:
                place += 1
            self._spans.insert(place, span)
            self._starts.insert(place, span.start)
            self.items[number].mentions.append(span)

    def spans_in(self, span: Span) -> list[Span]:
        """The mentions that begin inside a span, in order."""
        return self._spans[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def find(self, name: str) -> int | None:
        """The individual that is known by a name."""
        number = self.by_name.get(squeeze(name))
        return None if number is None else self.resolve(number)

    def name(self, number: int, name: str) -> None:
        """Let an individual be known by another name too."""
        number = self.resolve(number)
        self.items[number].call(name)
        self.by_name.setdefault(squeeze(name), number)

    def merge(self, keep: int, drop: int) -> int:
        """Make two individuals one; the first keeps its name."""
        keep, drop = self.resolve(keep), self.resolve(drop)
        if keep == drop:
            return keep
        kept, dropped = self.items[keep], self.items[drop]
        self._merged[drop] = keep
        kept.call(dropped.name)
        for alias in dropped.aliases:
            kept.call(alias)
        kept.mentions.extend(dropped.mentions)
        for trait in dropped.traits:
            if trait not in kept.traits:
                kept.traits.append(trait)
        for span in dropped.mentions:
            self.at[span] = keep
        return keep

    def rename(self, number: int, name: str) -> None:
        """Give an individual another principal name; the old one stays an alias."""
        item = self.get(number)
        if name == item.name:
            return
        old = item.name
        item.name = name
        item.aliases = [a for a in item.aliases if a != name]
        item.call(old)
        self.by_name.setdefault(squeeze(name), self.resolve(number))

    def titles_in(self, span: Span) -> list[Span]:
        """The job titles that begin inside a span."""
        return self._titles[bisect_left(self._title_starts, span.start) : bisect_left(self._title_starts, span.end)]

    def freeze(self) -> tuple[Entity, ...]:
        """The entities, numbered by where they first stand."""
        live = [n for n in range(len(self.items)) if n not in self._merged and (self.items[n].mentions or self.items[n].members)]
        used = {m for n in live for m in self.items[n].members}
        live = sorted({*live, *(self.resolve(m) for m in used)}, key=lambda n: (min(self.items[n].mentions, default=Span(1 << 40, 1 << 40)), n))
        ids = {n: f"e{i + 1}" for i, n in enumerate(live)}
        return tuple(
            Entity(
                ids[n],
                item.kind,
                item.name,
                tuple(item.aliases),
                tuple(ids[self.resolve(m)] for m in item.members),
                tuple(sorted(item.mentions)),
                tuple(item.traits),
                item.codes,
                item.created,
            )
            for n, item in ((n, self.items[n]) for n in live)
        )
