"""Facts that names tell without a verb: "한도윤(韓道允, 1937년 4월 29일 ~ 2009년 11월 4일)은 대한민국의 배우이다."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.affiliations import build_drawing, find_affiliations, find_sentence
from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Document, Entity, Fact, Span, Text, Time
from kg.tables.ontology import load_ontology

_DATE = re.compile(r"(?P<before>기원전\s)?(?P<year>\d{1,4})년(?:경|무렵)?(?:\s?(?P<month>\d{1,2})월(?:\s?(?P<day>\d{1,2})일)?)?")
_BARE_YEAR = re.compile(r"(?<!\d)(?P<before>기원전\s)?(?P<year>1\d{3}|20\d{2})(?P<month>(?!))?(?P<day>(?!))?(?![\d년])")
_DASH = re.compile(r"[~～∼〜\-–—]")
_REIGN = re.compile(r"재위|재임|임기|활동|시즌|집권|통치|재직|발매|방영|연재|제작|개봉|출시|창립|창단|설립|경기|시대|시절")
_BIRTH = re.compile(r"출생|태생|태어|(?<=[\d일월년])\s?생(?![가-힣])|生")
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〆ヶ\s·]{2,}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ .'’\-]{1,60}")
_OTHER_NAME = re.compile(
    r"(?<![가-힣])(?:본명|예명|필명|아호|호|자|별명|별칭|애칭|가명|법명|세례명|아명|초명|개명 전 이름|옛 이름|일명|창씨명|영어 이름)"
    r"(?:은|는|:|：)?\s?['‘\"“]?(?P<name>[가-힣A-Za-z][가-힣A-Za-zÀ-ɏ .'’\-]{1,40}?)(?=\s?(?:[(,;·/)'’\"”]|$))"
)
_SHORT = re.compile(
    r"(?<![가-힣])(?:약칭|이하|약자|줄여서|영어|영문명|옛 이름|구|舊)(?:은|는|:|：|\s)\s?['‘\"“]?"
    r"(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9 &.\-]{1,40}?)['’\"”]?$"
)
_AGED = re.compile(r"^(?:(?P<first>[가-힣]{2,4})\s?[·,]\s?\d{1,2}|\d{1,2}\s?[·,]\s?(?:본명|예명|개명 전)\s?(?P<last>[가-힣]{2,4}))(?:세)?$")
_NAME = re.compile(r"[가-힣A-Za-z\"“”][가-힣A-Za-z·\-.\"“” ]*")
_SENTENCE_ENDING = re.compile(r"(?:은|는|의|을|를|에서|에게|으로|하는|했던|이라는|라는|한|된|인)$")
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_LONGEST_NAME = 40
_ROLES = ("body", "caption", "item")


class Biographies:
    """What brackets behind names, and names beside names, tell of persons and bodies."""

    name = "biographies"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        starts = [s.span.start for s in doc.sentences]
        positions: dict[int, list[Span]] = {}
        names: dict[int, list[tuple[Span, Entity]]] = {}
        for mention in doc.mentions:
            number = find_sentence(starts, mention.span)
            if mention.kind == "Position":
                positions.setdefault(number, []).append(mention.span)
            elif mention.span in scene.entity_at:
                names.setdefault(number, []).append((mention.span, scene.entity_at[mention.span]))
                if mention.rule == "bracket-alias" and doc.sentences[number].role in _ROLES:
                    yield from _read_alias(scene, number, mention.span)
        for number, sentence in enumerate(doc.sentences):
            if sentence.role not in _ROLES:
                continue
            here = names.get(number, [])
            opened = _opening(scene, number, here)
            if opened is not None:
                here = [(span, entity) for span, entity in here if not span.overlaps(opened[0])]
                here.append(opened)
            yield from _read_brackets(scene, number, here)
            drawing = build_drawing(scene, number, tuple(positions.get(number, ())), tuple(here))
            yield from find_affiliations(scene, number, drawing)


def _read_alias(scene: Scene, number: int, span: Span) -> Iterator[Fact]:
    """What an entity is also called, by its kind: 국제해사기구(IMO) gives an organisation's alias."""
    entity = scene.entity_at[span]
    surface = span.of(scene.text)
    other = surface if surface != entity.name else next(iter(entity.aliases), "")
    kind = next((k for k in ("Person", "Organization") if load_ontology().is_kind(entity.kind, k)), None)
    if other and kind is not None:
        yield build_fact(scene, number, "bracket-alias", f"kg:{kind.lower()}Alias", entity, Text(other), confidence=0.95)


def _opening(scene: Scene, number: int, names: list[tuple[Span, Entity]]) -> tuple[Span, Entity] | None:
    """The person with whose name and life dates a sentence opens, where no mention covers the whole name."""
    span = scene.sentence(number).span
    place = scene.text.find("(", span.start, min(span.end, span.start + _LONGEST_NAME))
    if place < 0:
        return None
    inside = _bracket(scene.text, place, span.end)
    if inside is None or not _tells_life(scene.text[place + 1 : inside]):
        return None
    whole = Span(span.start, span.start + len(scene.text[span.start : place].rstrip()))
    name = whole.of(scene.text)
    if not _NAME.fullmatch(name) or len(name.split()) > 6 or any(_SENTENCE_ENDING.search(word) for word in name.split()[:-1]):
        return None
    for known, entity in names:
        if known.start == whole.start and known.end == whole.end and load_ontology().is_kind(entity.kind, "Person"):
            return None
        if known.overlaps(whole) and entity.kind in ("Event", "Agreement", "Product", "Work", "Law", "Position") and known.end == whole.end:
            return None
    inner = [entity for known, entity in names if whole.covers(known) and load_ontology().is_kind(entity.kind, "Person")]
    if len(inner) == 1 and len(inner[0].name) * 2 > len(name):
        return whole, inner[0]
    return whole, Entity(f"person:{name}", "Person", name, (), (), (whole,))


def _tells_life(inside: str) -> bool:
    """Whether a bracket holds a day of birth: "1937년 4월 29일 ~ 2009년 11월 4일", "1957년 ~"."""
    born, died = _life_of(inside)
    return born is not None or died is not None


def _life_of(inside: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The dates of birth and death that a bracket tells."""
    dates = list(_DATE.finditer(inside)) or list(_BARE_YEAR.finditer(inside))
    if not dates or re.search(r"또는|혹은|추정", inside):
        return None, None  # no date, or the text leaves it open
    first = dates[0]
    if _REIGN.search(inside, 0, first.end() + 20) and first.group("month") is None and not _HANJA.match(inside):
        return None, None  # how long a post was held
    if _REIGN.search(inside, 0, first.start()):
        return None, None
    led = _DASH.search(inside, 0, first.start())
    if led is not None and not inside[led.end() : first.start()].strip() and not inside[: led.start()].rstrip(" ,;").endswith(_LETTERS):
        return None, first if first.group("month") is not None or _HANJA.match(inside) else None  # (憲康王, ~ 886년)
    dash = _DASH.search(inside, first.end())
    if dash is None:
        return (first, None) if _BIRTH.search(inside, first.end()) else (None, None)
    later = [d for d in dates if d.start() >= dash.end()]
    if later and _DASH.search(inside, dash.end(), later[0].start()):
        return None, None
    if later and int(later[0].group("year")) < int(first.group("year")) and not first.group("before"):
        later = []
    return first, later[0] if later else None


def _bracket(text: str, place: int, end: int) -> int | None:
    """Where the bracket that opens at a place closes."""
    depth = 0
    for at in range(place, min(end, place + 300)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return None


def _read_brackets(scene: Scene, number: int, names: list[tuple[Span, Entity]]) -> Iterator[Fact]:
    sentence = scene.sentence(number).span
    ontology = load_ontology()
    for span, entity in names:
        place = span.end + (scene.text[span.end : span.end + 1] in ("'", "’", "”", '"', " "))
        if scene.text[place : place + 1] != "(" or place >= sentence.end:
            continue
        close = _bracket(scene.text, place, sentence.end)
        if close is None:
            continue
        inside = Span(place + 1, close)
        if ontology.is_kind(entity.kind, "Person"):
            yield from _read_person(scene, number, entity, inside, span.start == sentence.start, names)
        elif ontology.is_kind(entity.kind, "Organization"):
            for name in _names_in(inside.of(scene.text), _SHORT):
                if _is_other(name, entity, scene, span):
                    yield build_fact(scene, number, "bracket-body-name", "kg:organizationAlias", entity, Text(name), confidence=0.9)


def _read_person(scene: Scene, number: int, entity: Entity, inside: Span, opens: bool, names: list[tuple[Span, Entity]]) -> Iterator[Fact]:
    words = inside.of(scene.text)
    born, died = _life_of(words)
    dated = born or died
    head = words[: dated.start()] if dated is not None else words
    listed = list(_names_in(head, _OTHER_NAME))
    aged = _AGED.match(words)
    if aged is not None and aged.group("first") not in ("여성", "남성", "여자", "남자"):
        listed.append(aged.group("first") or aged.group("last"))
    for name in listed:
        if name != entity.name and name.replace(" ", "") != entity.name:
            yield build_fact(scene, number, "bracket-person-name", "kg:personAlias", entity, Text(name), confidence=0.85)
    sure = opens or (born is not None and born.group("month") is not None) or _HANJA.match(words) is not None
    if not sure:
        return
    if born is not None:
        yield build_fact(scene, number, "bracket-born", "kg:bornOn", entity, _time_of(born, inside.start), confidence=0.95)
        dash = _DASH.search(words, born.end())
        stretch = Span(inside.start + born.end(), inside.start + (dash.start() if dash else len(words)))
        place = _place_in(scene, stretch, names)
        if place is not None:
            yield build_fact(scene, number, "bracket-born-in", "kg:bornIn", entity, place, confidence=0.9)
    if died is not None:
        yield build_fact(scene, number, "bracket-died", "kg:diedOn", entity, _time_of(died, inside.start), confidence=0.95)
        place = _place_in(scene, Span(inside.start + died.end(), inside.end), names)
        if place is not None:
            yield build_fact(scene, number, "bracket-died-in", "kg:diedIn", entity, place, confidence=0.85)


def _place_in(scene: Scene, stretch: Span, names: list[tuple[Span, Entity]]) -> Entity | None:
    """The last place named in a stretch: 마드리드 of "마드리드 지방 마드리드"."""
    inside = [entity for span, entity in sorted(names, key=lambda n: n[0]) if stretch.covers(span)]
    found = [entity for entity in inside if load_ontology().is_kind(entity.kind, "Place")]
    return found[-1] if found else None


def _names_in(head: str, marked: re.Pattern[str]) -> Iterator[str]:
    """The names that a bracket lists: those after a word such as 본명, and those in another script."""
    for part in re.split(r"[,;/·](?!\d)|(?=\()|\)", head):
        piece = part.strip(" ('\"‘’“”:")
        found = marked.search(piece)
        if found is not None:
            yield found.group("name").strip()
        elif _HANJA.fullmatch(piece) or (_LATIN.fullmatch(piece) and piece[0].isupper() and len(piece) > 2):
            yield piece.strip()


def _is_other(name: str, entity: Entity, scene: Scene, span: Span) -> bool:
    return name not in (entity.name, span.of(scene.text)) and len(name) > 1


def _time_of(date: re.Match[str], offset: int) -> Time:
    """A date of a bracket as a time: 1937년 4월 29일 is 1937-04-29."""
    span = Span(offset + date.start(), offset + date.end())
    year, month, day = date.group("year"), date.group("month"), date.group("day")
    grain = "day" if day else "month" if month else "year"
    value = "-".join(part for part in (f"{int(year):04d}", month and f"{int(month):02d}", day and f"{int(day):02d}") if part)
    if date.group("before") or not _is_date(year, month, day):
        return Time(span, None, None, grain, date.group(), "bracket-date")
    start = value + {"day": "", "month": "-01", "year": "-01-01"}[grain]
    end = value + {"day": "", "month": f"-{_days(int(year), int(month or 12)):02d}", "year": "-12-31"}[grain]
    return Time(span, start, end, grain, date.group(), "bracket-date", value)


def _is_date(year: str, month: str | None, day: str | None) -> bool:
    if int(year) == 0 or (month and not 1 <= int(month) <= 12):
        return False
    return not day or 1 <= int(day) <= _days(int(year), int(month or 1))


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
