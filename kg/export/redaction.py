"""Private persons without their names: a numbered pseudonym wherever a name stood.

Numbers follow the order of the articles, so that the same graph gives the same pseudonyms and none can be computed from a
name. A name in one article may be a minister's and in another a passer-by's; there each article goes by its own people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import unquote

from kg.export.people import find_private_people, is_named_person
from kg.export.renaming import free_name, read_entities, rename_reading
from kg.model import Entity, Reading
from kg.tables.ontology import Ontology
from kg.vocab import article_name, local_name

PSEUDONYM = "인물"  # alone where one name may mean either of two

_HANGUL = re.compile(r"[가-힣]+")
_BLANK = re.compile(r"[\s·_]+")
# What may follow a name of two syllables that is the name still: 이정 of 이정은, but not of 이정표.
_ENDS = r"(?![가-힣])|(?=[은는이가을를의와과도만로랑께씨군양님]|에게|에|한테|라|란|여사|모씨)"
# What follows a given name and hardly ever the noun that it might be: 태경 씨, 태경이가.
_CALLS = r"(?=\s?(?:씨|군|양|님)(?![가-힣]{2})|이(?:는|가|를|의|와|도|네|에게))"
# A name is often repeated in Chinese characters or in Latin letters.
_REPEATED = r"(?:\s?\((?:[\u3400-\u9fff]{2,5}|[A-Za-z]+(?:[ .-]+[A-Za-z]+)+)\))?"

Reword = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Redaction:
    """Readings without private names; their texts keep the names and with them all offsets, so ask :meth:`sentence`."""

    readings: tuple[Reading, ...]
    _reword: Mapping[str, Reword]

    def sentence(self, article: str, text: str) -> str:
        """A sentence of an article, by the id that the article has here, without private names."""
        return self._reword[article](text)


def redact_people(readings: Iterable[Reading], ontology: Ontology) -> Redaction:
    """The readings with a pseudonym for every private person, in names, aliases, ids, values and what tells of the article."""
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    people = _People(find_private_people(ordered, ontology))
    rewords = {reading.article.id: _find_words(reading, people) for reading in ordered}
    articles = _article_ids(rewords)
    individuals = _individuals(ordered, people, rewords, articles, ontology)
    redacted = tuple(_redacted(reading, individuals, rewords[reading.article.id], articles[reading.article.id]) for reading in ordered)
    return Redaction(redacted, {articles[old]: reword for old, reword in rewords.items()})


class _People:
    """The private persons by id with their pseudonyms, to be looked up by how their names begin."""

    def __init__(self, people: Sequence[Entity]) -> None:
        self.of = {person.id: person for person in people}
        self.pseudonyms = {person.id: f"{PSEUDONYM} {number}" for number, person in enumerate(people, start=1)}
        self._beginnings: dict[str, list[str]] = {}
        for person in people:
            self._beginnings.setdefault(_squeeze(person.name)[:2], []).append(person.id)

    def candidates(self, squeezed: str, here: Container[str]) -> Iterator[Entity]:
        """Who may be named in squeezed words, and who is spoken of, in the order of their numbers."""
        pairs = {squeezed[start : start + 2] for start in range(len(squeezed) - 1)}
        named = {id_ for pair in pairs & self._beginnings.keys() for id_ in self._beginnings[pair]}
        return (person for id_, person in self.of.items() if id_ in named or id_ in here)


def _find_words(reading: Reading, people: _People) -> Reword:
    """What takes the private names out of an article's words."""
    article = reading.article
    entities = {entity.id: entity for entity in read_entities(reading)}
    told = (article.text, article.title, article.id, article.url and unquote(article.url), article.outlet)
    squeezed = _squeeze("\n".join((*filter(None, told), *(entity.name for entity in entities.values()), *entities)))
    # A namesake of another article: a minister, a by-line, a place.
    others = {entity.name for entity in entities.values() if entity.id not in people.of}.union(article.authors)
    meant: dict[str, tuple[str, str]] = {}  # a pattern, with the name and the pseudonym that it stands for
    own: set[str] = set()
    for person in people.candidates(squeezed, entities):
        here = person.id in entities
        if not here and person.name in others:
            continue
        for pattern, name in _patterns(person, here):
            if len(name) < 2 or _squeeze(name) not in squeezed or (not here and pattern in meant):
                continue
            meant[pattern] = name, PSEUDONYM if pattern in own else people.pseudonyms[person.id]
            if here:
                own.add(pattern)
    # The longest name first: 김민수 before 김민.
    patterns = sorted(meant, key=lambda pattern: (-len(meant[pattern][0]), pattern))
    if not patterns:
        return str
    found = re.compile("|".join(f"({pattern})" for pattern in patterns), re.IGNORECASE)
    return partial(found.sub, lambda match: meant[patterns[(match.lastindex or 1) - 1]][1])


def _patterns(person: Entity, here: bool) -> Iterator[tuple[str, str]]:
    """How a person's name may stand in words, and the name; by aliases and given name only where the person is spoken of."""
    yield _pattern(person.name) + _REPEATED, person.name
    if not here:
        return
    for alias in person.aliases:
        yield _pattern(alias), alias
    if _HANGUL.fullmatch(person.name) and len(person.name) in (3, 4):
        given = person.name[-2:]
        yield f"(?<![가-힣]){given}{_CALLS}", given


def _pattern(name: str) -> str:
    words = name.split()
    if not _HANGUL.fullmatch("".join(words)):
        return "(?<![A-Za-z])" + r"[\s_]*".join(map(re.escape, words)) + "(?![A-Za-z])"
    if len("".join(words)) > 2:
        return r"[\s·_]?".join("".join(words))
    return "(?<![가-힣])" + r"[\s_]?".join(words) + f"(?:{_ENDS})"


def _squeeze(words: str) -> str:
    return _BLANK.sub("", words).casefold()


def _article_ids(rewords: Mapping[str, Reword]) -> dict[str, str]:
    """The article's new ids by their old ones, each still an id of one article."""
    new: dict[str, str] = {old: old for old, reword in rewords.items() if reword(old) == old}
    taken = set(new)
    for old in sorted(rewords.keys() - new.keys()):
        new[old] = free_name(rewords[old](old), taken)
        taken.add(new[old])
    return new


def _individuals(
    readings: Iterable[Reading],
    people: _People,
    rewords: Mapping[str, Reword],
    articles: Mapping[str, str],
    ontology: Ontology,
) -> dict[str, Entity]:
    """The individuals that get another name, by their old ids."""
    known: dict[str, Entity] = {}
    spoken: dict[str, list[Reword]] = {}
    reports = {article_name(old): article_name(new) for old, new in articles.items()}
    for reading in readings:
        for entity in {entity.id: entity for entity in read_entities(reading)}.values():
            known.setdefault(entity.id, entity)
            spoken.setdefault(entity.id, []).append(rewords[reading.article.id])
    changed: dict[str, Entity] = {}
    for id_, entity in sorted(known.items()):
        if pseudonym := people.pseudonyms.get(id_):
            changed[id_] = replace(entity, id=f"kgr:{local_name(pseudonym)}", name=pseudonym, aliases=(), codes=())
        elif not is_named_person(entity, ontology):
            renamed = _reworded(entity, spoken[id_], reports)
            if (renamed.id, renamed.name, renamed.aliases) != (entity.id, entity.name, entity.aliases):
                changed[id_] = renamed
    taken = known.keys() - changed.keys()
    for id_, entity in changed.items():
        changed[id_] = replace(entity, id=free_name(entity.id, taken))
        taken.add(changed[id_].id)
    return changed


def _reworded(entity: Entity, rewords: Iterable[Reword], reports: Mapping[str, str]) -> Entity:
    id_, name, aliases = entity.id, entity.name, entity.aliases
    for reword in rewords:
        name, aliases = reword(name), tuple(map(reword, aliases))
        if id_ not in reports and (local := reword(id_.removeprefix("kgr:"))) != id_.removeprefix("kgr:"):
            id_ = f"kgr:{local_name(local)}"
    return replace(entity, id=reports.get(id_, id_), name=name, aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)))


def _redacted(reading: Reading, individuals: Mapping[str, Entity], reword: Reword, id_: str) -> Reading:
    old = reading.article
    url = None if old.url is None or reword(unquote(old.url)) != unquote(old.url) else old.url
    title, outlet = (None if words is None else reword(words) for words in (old.title, old.outlet))

    def predicate(name: str) -> str:
        lemma = name.removeprefix("kgo:")
        return name if lemma == name or reword(lemma) == lemma else f"kgo:{local_name(reword(lemma))}"

    renamed = rename_reading(reading, individuals, reword, predicate)
    facts = tuple(replace(fact, evidence=replace(fact.evidence, article=id_)) for fact in renamed.facts)
    return replace(renamed, article=replace(old, id=id_, title=title, url=url, outlet=outlet), facts=facts)
