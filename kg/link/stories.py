"""Stories: which articles are copies or updates of another, so that one report printed twice is not two reports.

Wire copies share most of their wording, whoever prints them; an update ("(종합)", "(2보)") keeps its headline and much of what
stood before. Candidates come from MinHash signatures and from headlines; each pair is then compared word for word, so that the
outcome rests on the two texts and not on the sketch.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Final

from rensa import RMinHash, RMinHashLSH

from kg.model import Article, Reading

PERMUTATIONS, BANDS, SEED = 128, 64, 20241010  # two rows a band: of pairs that share a quarter of their wording, 98 in 100 meet
SHINGLE: Final = 8  # characters without spaces and marks: two or three words
SKETCHED: Final = 0.15  # below this likeness of the sketches two texts need not be compared
COPIED: Final = 0.55  # above a half, two different reports cannot both be copies of a digest that holds them
KEPT: Final = 0.5  # how much of the shorter text an update shares with it
HEADLINE: Final = 0.6  # how alike the headlines of a report and its update are
FIGURES: Final = 0.5  # how many figures of the shorter text the longer has: a form filled in anew each day has others
SHORT: Final = 40  # shingles; of shorter texts only equal ones are copies
APART: Final = timedelta(days=3)  # between a report and its copy or update

_MARKS = re.compile(
    r"[(\[<〈【（](?:\d+보|종합\d*보?|상보|속보|긴급|단독|업데이트|수정|재송|끝|\d*판)[)\]>〉】）]|^(?:속보|단독|긴급)\s*[:|-]", re.IGNORECASE
)
_NOISE = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


Age = tuple[bool, datetime, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of every article: its headline without marks, its time and its sketch."""

    id: str
    headline: str
    published: datetime | None
    sketch: RMinHash

    @property
    def age(self) -> Age:
        """By which the first report of a story is found: those without a time come last."""
        return self.published is None, self.published or datetime.max.replace(tzinfo=UTC), self.id


def find_stories(readings: Iterable[Reading]) -> dict[str, str]:
    """The first article of the story for each article that is a copy or an update of it, by ids.

    ``{"b-2보": "a"}`` where "b-2보" repeats "a", which appeared before it. The readings are gone through twice; their order
    does not matter.
    """
    outlines = sorted((build_outline(reading.article) for reading in readings), key=lambda o: o.age)
    pairs = _plausible(outlines)
    wanted = {id_ for pair in pairs for id_ in pair}
    texts = {reading.article.id: reading.article.text for reading in readings if reading.article.id in wanted}
    by_id = {outline.id: outline for outline in outlines}
    met = ((by_id[one], by_id[other]) for one, other in pairs)
    return find_firsts((one.age, other.age) for one, other in met if _is_told_alike(one, other, texts[one.id], texts[other.id]))


def find_firsts(pairs: Iterable[tuple[Age, Age]]) -> dict[str, str]:
    """The first article for each other of its story, by the pairs of articles that are one story, in any order."""
    first: dict[Age, Age] = {}

    def root(age: Age) -> Age:
        first.setdefault(age, age)
        while first[age] != age:
            first[age] = first[first[age]]
            age = first[age]
        return age

    for one, other in pairs:
        earlier, later = sorted((root(one), root(other)))
        first[later] = earlier
    return {age[2]: root(age)[2] for age in sorted(first) if root(age) != age}


def find_meetings(outline: Outline) -> Iterator[tuple[bool, str]]:
    """The keys of which an article shares one with every article that may be of its story, and whether each is a band of its sketch.

    The last is its headline, ``(False, "가람전자세종에배터리공장")``, where it has one of some length.
    """
    digest = outline.sketch.digest()
    if digest == _nothing():
        return
    rows = PERMUTATIONS // BANDS
    for band in range(BANDS):
        yield True, " ".join(map(str, (band, *digest[band * rows : (band + 1) * rows])))
    if len(outline.headline) >= SHINGLE:
        yield False, outline.headline


def are_one_story(one: Outline, other: Outline, text: str, other_text: str, banded: bool) -> bool:
    """Whether two articles that share a key are one story; ``banded`` says that they share a band of their sketches."""
    alike = banded and one.sketch.jaccard(other.sketch) >= SKETCHED
    headed = one.headline == other.headline and len(one.headline) >= SHINGLE and _is_near(one, other)
    return (alike or headed) and _is_told_alike(one, other, text, other_text)


def _is_told_alike(one: Outline, other: Outline, text: str, other_text: str) -> bool:
    return is_same_story(text, other_text, one.headline, other.headline, _is_near(one, other))


def is_same_story(text: str, other: str, headline: str = "", other_headline: str = "", near: bool = True) -> bool:
    """Whether one text is a copy or an update of the other; ``near`` says that they appeared within three days.

    Reports of one event in words of their own are two reports: they share names and figures, not sentences.
    """
    mine, theirs = _shingles(text), _shingles(other)
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    if len(mine) < SHORT or mine == theirs:
        return mine == theirs and bool(mine)
    shared = len(mine & theirs)
    if not _shares_figures(text, other):
        return False
    if shared >= COPIED * (len(mine) + len(theirs) - shared):
        return near or mine <= theirs
    return near and shared >= KEPT * len(mine) and _likeness(headline, other_headline) >= HEADLINE


def build_outline(article: Article) -> Outline:
    """The outline of an article."""
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(list(_shingles(article.text)))
    published = article.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Outline(article.id, _NOISE.sub("", _MARKS.sub("", article.title or "")), published, sketch)


@lru_cache(maxsize=1)
def _nothing() -> list[int]:
    """The sketch of a text without a letter."""
    digest: list[int] = RMinHash(num_perm=PERMUTATIONS, seed=SEED).digest()
    return digest


def _plausible(outlines: list[Outline]) -> list[tuple[str, str]]:
    """The pairs that may be one story: of like sketches, or of one headline within three days."""
    index = RMinHashLSH(threshold=COPIED, num_perm=PERMUTATIONS, num_bands=BANDS)
    headlines: defaultdict[str, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, outline in enumerate(outlines):
        if outline.sketch.digest() == _nothing():
            continue
        met = (other for other in index.query(outline.sketch) if outlines[other].sketch.jaccard(outline.sketch) >= SKETCHED)
        found.update((other, number) for other in met)
        index.insert(number, outline.sketch)
        if len(outline.headline) >= SHINGLE:
            headlines[outline.headline].append(number)
    for numbers in headlines.values():
        found.update(pair for pair in combinations(numbers, 2) if _is_near(outlines[pair[0]], outlines[pair[1]]))
    return [(outlines[a].id, outlines[b].id) for a, b in sorted(found)]


def _is_near(one: Outline, other: Outline) -> bool:
    return one.published is None or other.published is None or abs(one.published - other.published) <= APART


@lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[str]:
    bare = _NOISE.sub("", text)
    return frozenset(bare[start : start + SHINGLE] for start in range(max(1, len(bare) - SHINGLE + 1))) if bare else frozenset()


def _shares_figures(text: str, other: str) -> bool:
    mine, theirs = sorted((Counter(_FIGURE.findall(text)), Counter(_FIGURE.findall(other))), key=Counter.total)
    return mine.total() < 3 or (mine & theirs).total() >= FIGURES * mine.total()


def _likeness(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two headlines share: 1 for equal ones, 0 where one is missing."""
    mine, theirs = Counter(_neighbours(one)), Counter(_neighbours(other))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def _neighbours(text: str) -> Iterator[str]:
    return (text[start : start + 2] for start in range(len(text) - 1))
