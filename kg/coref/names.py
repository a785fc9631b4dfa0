"""Named individuals: the same name, a name in brackets, a short form, a surname with a title."""

from __future__ import annotations

import re

from kg.coref.individuals import Individuals, coarse, squeeze
from kg.coref.labour import name_unions
from kg.model import Mention, Span
from kg.tables.gazetteers import GazetteerEntry, load_gazetteers
from kg.tables.lexicons import load_kind_nouns

_HANGUL = re.compile(r"[가-힣]")
_SURNAME_BEFORE = re.compile(r"(?<![가-힣A-Za-z])([가-힣]{1,2}|[A-Z][A-Za-z\-']+|[가-힣]{2,5})\s?(?:(?:전|신임|현|前|당시)\s)?$")
_PROVINCE = re.compile(r"(?:경기|강원|충북|충남|전북|전남|경북|경남|제주)도?|(?:충청|전라|경상)[남북]도|(?:강원|전북|제주)특별자치도")
_BRACKETED = re.compile(r"\([^()]*\)(?=\s?\S)")
_SURNAME_SSI = re.compile(r"(?<![가-힣])([가-힣])\s?씨(?:(?![가-힣]{2})|(?=에게|께서|에 대|로부터|와의|라고|라며))")
_MONEY_WORD = re.compile(r"[조억만천]\s?원")
_SYSTEMS = {"bjd": "district"}  # the gazetteers' names of code systems where the graph has others
_WITHHELD = re.compile(r"[가-힣] ?모(?:\s?\(|\s?씨|$)")
_UNNAMED = re.compile(r"[가-힣]모(?:\s?\(|\s?씨|$)")


def add_names(people: Individuals) -> None:
    """Every named mention of the document, grouped into individuals."""
    previous: Mention | None = None
    by_entry: dict[str, int] = {}
    for mention in people.doc.mentions:
        if mention.kind == "Position":
            previous = mention if previous is None else previous
            continue
        surface = mention.span.of(people.text)
        if coarse(mention.kind) == "PER" and len(surface) == 1:
            continue  # 김 대표, 이씨: a surname points at somebody named before
        if coarse(mention.kind) == "PER" and _MONEY_WORD.fullmatch(surface):
            continue  # 수조원: no Mr Cho
        if mention.rule == "unnamed" and _SURNAME_SSI.fullmatch(surface):
            continue
        near = 0 <= mention.span.start - previous.span.end <= 3 if previous is not None else False
        if previous is not None and ((near and mention.rule == "bracket-alias") or _is_real_name(people, previous, mention)):
            _add_alias(people, previous, mention, surface)
            previous = mention
            continue
        entry = find_entry(surface, mention.kind)
        number = people.find(surface)
        if number is None or not _agrees(people.get(number).kind, mention.kind):
            number = by_entry.get(entry.name) if entry is not None else None
        if number is None and mention.rule == "unnamed":
            number = _find_unnamed(people, surface)
        if number is None:
            number = _find_short_form(people, surface, mention)
        if number is None and mention.rule == "head-noun":
            number = _find_fuller(people, surface, mention)
        if number is None:
            number = people.add(mention.kind, _name_of(surface, mention, entry))
        if entry is not None:
            by_entry.setdefault(entry.name, number)
            people.get(number).codes = people.get(number).codes or codes_of(entry)
        if entry is not None and surface == entry.name and _is_better(surface, people.get(number).name):
            people.rename(number, surface)
        people.name(number, surface)
        if previous is not None and _is_province_of(people, previous, mention):
            people.name(number, f"{previous.span.of(people.text)} {surface}")  # 전남 여수
        votes = people.get(number).votes
        votes[mention.kind] = votes.get(mention.kind, 0) + 1
        people.mention(number, mention.span)
        previous = mention
    for item in people.items:
        if item.votes:
            item.kind = max(item.votes, key=lambda kind: (item.votes[kind], kind == item.kind))
    _join_short_forms(people)
    _join_police(people)
    name_unions(people)


def _is_real_name(people: Individuals, previous: Mention, mention: Mention) -> bool:
    """Whether a person is named behind the name of the stage: 이도현 of "달무리(본명 이도현)"."""
    if previous.rule != "stage-name" or coarse(mention.kind) != "PER":
        return False
    return people.text[previous.span.end : mention.span.start].strip() in ("(본명", "(본명:", "(본명은", "(예명", "(개명 전")


def _is_province_of(people: Individuals, previous: Mention, mention: Mention) -> bool:
    """Whether a town is named behind its province: 전남 of "전남 여수"."""
    if mention.kind not in ("City", "Region") or mention.span.start - previous.span.end != 1 or people.text[previous.span.end] != " ":
        return False
    return _PROVINCE.fullmatch(previous.span.of(people.text)) is not None


def find_entry(surface: str, kind: str) -> GazetteerEntry | None:
    """The gazetteer's individual of a surface, where it is of the mention's coarse kind: 美 is 미국."""
    entry = load_gazetteers().entry(surface)
    return entry if entry is not None and coarse(entry.kind) == coarse(kind) != "OTHER" else None


def codes_of(entry: GazetteerEntry) -> tuple[tuple[str, str], ...]:
    """The external identifiers of a gazetteer's individual as the graph writes them."""
    return tuple((_SYSTEMS.get(system, system), code) for system, code in entry.codes)


def _name_of(surface: str, mention: Mention, entry: GazetteerEntry | None) -> str:
    if entry is not None and len(surface) == 1:
        return entry.name  # 美
    if mention.rule == "unnamed":
        return surface  # the age tells 김모(43)씨 from 김모(67)씨
    return _BRACKETED.sub("", surface) or surface  # AX(AI 전환) 전문기업 is called AX 전문기업


def _agrees(known: str, kind: str) -> bool:
    """A person is nobody's namesake of another kind, nor a team its city's; other kinds of one surface are one thing seen twice."""
    if {known, kind} & {"SportsTeam"} and {coarse(known), coarse(kind)} == {"ORG", "LOC"}:
        return False
    return (coarse(known) == "PER") == (coarse(kind) == "PER")


def _find_fuller(people: Individuals, surface: str, mention: Mention) -> int | None:
    """What a bare class noun means that was described more fully before: 설명회 after 투자설명회."""
    if " " in surface or surface not in load_kind_nouns():
        return None
    for number in range(len(people.items) - 1, -1, -1):
        item = people.items[number]
        if people.resolve(number) == number and item.kind == mention.kind and item.name != surface and item.name.endswith(surface):
            return number
    return None


def _find_unnamed(people: Individuals, surface: str) -> int | None:
    """The one person of that surname whose name is withheld: 김 모 after "김 모(58)씨"; of two with their ages it is neither."""
    if "모" not in surface or "(" in surface:
        return None
    known = {people.resolve(n) for n, item in enumerate(people.items) if _WITHHELD.match(item.name) and item.name[0] == surface[0]}
    return known.pop() if len(known) == 1 else None


def _join_short_forms(people: Individuals) -> None:
    """A short form that stands before its long name, as headlines have it: 여수 … 여수 오션스."""
    for number, item in enumerate(people.items):
        if people.resolve(number) != number or coarse(item.kind) != "ORG" or not item.mentions:
            continue
        long = _find_short_form(people, item.name, Mention(item.mentions[0], item.kind, ""))
        if long is not None and long != number:
            people.merge(long, number)


def _join_police(people: Individuals) -> None:
    """경찰 is the one police force that the article names before: 종암경찰서 … 경찰은."""
    known = people.find("경찰")
    forces = [n for n, item in enumerate(people.items) if people.resolve(n) == n and item.name.endswith(("경찰청", "경찰서")) and item.mentions]
    if known is None or len(forces) != 1 or not people.get(known).mentions:
        return
    if people.items[forces[0]].mentions[0] < people.get(known).mentions[0]:
        people.merge(forces[0], known)


def _add_alias(people: Individuals, previous: Mention, mention: Mention, surface: str) -> None:
    owner = people.at.get(previous.span)
    if owner is None:
        return
    known = people.find(surface)
    if known is not None and known != people.resolve(owner):
        owner = people.merge(owner, known)
    people.name(owner, surface)
    people.mention(owner, mention.span)
    name = people.get(owner).name
    if surface != name and _is_better(surface, name):
        people.rename(owner, surface)


def _is_better(new: str, old: str) -> bool:
    """Of a name and its bracketed double, the Korean one stands for both; of two Korean ones the longer."""
    if bool(_HANGUL.search(new)) != bool(_HANGUL.search(old)):
        return bool(_HANGUL.search(new))
    return len(new) > len(old)


# what belongs to a body and is another: 가람전자 노조 is not 가람전자
_PART_OF_BODY = re.compile(
    r"\s?(?:코리아|아메리카|재팬|차이나|유럽|인디아|베트남|[A-Z][a-z]+)|"
    r"\s?(?:노조|노동조합|의회|교육청|이사회|지부|지사|주주총회|감사위원회|노사협의회)"
    r"|\s(?:\S+\s)?(?:\S*연구소|\S*연구원|\S*재단|\S*본부|\S*위원회|\S*협의회|\S*병원|\S*(?:센터|지부|지회|지청|지원|특위|대책위|추진위|조사위|사업단)|지점|공장|계열사|자회사|협력사|주주|직원|임직원|소액주주|법무팀)"
    r"|\s\S+(?:과|국|실)"
)
_SEAT = re.compile(r"[가-힣]{2,}[시군구도읍면]")
_SEATED = ("City", "Region")
_TOWN_BODY = re.compile(r"[가-힣]{2,}[시군구도](?:의회|청|교육청|교육지원청|경찰서|소방서)")  # whole names, however syllables fall
# what a university has beside itself: 한빛대병원 is not 한빛대
_OF_UNIVERSITY = re.compile(r"(?:학교)?\s?(?:부속|의대|의과대학|치대|치과|한방|어린이)*\s?(?:병원|의료원|\S+병원|법인|재단|출판부|산학협력단)")


def _find_short_form(people: Individuals, surface: str, mention: Mention) -> int | None:
    """The individual introduced before of whose name this is a short form: 공정위 for 공정거래위원회."""
    short = squeeze(surface)
    kind = coarse(mention.kind)
    if len(short) < 2 or _TOWN_BODY.fullmatch(surface):
        return None
    found: list[int] = []
    for number, item in enumerate(people.items):
        if people.resolve(number) != number or coarse(item.kind) != kind or _contradicts(surface, item.name, kind):
            continue
        for name in (item.name, *item.aliases):
            whole = squeeze(name)
            rest = name[len(surface) :] if name.startswith(surface) else ""
            if _SEAT.fullmatch(surface) and name.startswith(surface):
                continue  # 솔내군 is not 솔내군보건소
            if (surface[-1] == "대" or surface.endswith("대학교")) and _OF_UNIVERSITY.fullmatch(rest):
                continue
            if _PART_OF_BODY.fullmatch(rest) or (kind == "ORG" and len(rest.split()) > 1):
                continue  # 단원고 유가족 대책위 is not 단원고
            if len(whole) > len(short) and (_is_last_word(surface, name) if kind == "PER" else kind == "ORG" and _abbreviates(short, whole)):
                found.append(number)
                break
    return found[-1] if len(set(found)) == 1 else None


def _contradicts(surface: str, name: str, kind: str) -> bool:
    """Whether the gazetteers know two names as two individuals: 현대차 and 현대차증권."""
    entries = [load_gazetteers().entry(word) for word in (surface, name)]
    if name.endswith("지방" + surface):
        return True  # 국세청 is over 지방국세청
    if surface.isascii() and name != surface and name.endswith(surface) and load_gazetteers().kind(name.removesuffix(surface).strip()) in _SEATED:
        return True  # MBC is not 광주MBC
    if entries[0] is not None and entries[1] is None and coarse(entries[0].kind) == kind == "ORG" and not squeeze(name).startswith(squeeze(surface)):
        return not name.endswith(surface)  # 국방부 is no short form of 국방과학부문
    return all(entry is not None and coarse(entry.kind) == kind for entry in entries) and entries[0] is not entries[1]


def _is_last_word(surface: str, name: str) -> bool:
    words = name.split()
    return len(words) > 1 and surface in (words[-1], words[0])


def _abbreviates(short: str, whole: str) -> bool:
    """Whether syllables of a long name, in order and from its first, make the short one."""
    if short.endswith("위") and whole.endswith("위원회"):
        return len(short) > 2 and whole[:-3].endswith(short[:-1])
    if whole.startswith(short):
        return len(short) >= 2 and _HANGUL.search(short) is not None
    if len(short) < 3 or short[0] != whole[0] or not _HANGUL.search(short):
        return whole.endswith(short) and len(short) >= 3
    position = 0
    for char in short:
        position = whole.find(char, position)
        if position < 0:
            return False
        position += 1
    return True


def add_titled_surnames(people: Individuals) -> None:
    """김 대표, 우 처장, 최씨: a surname with a title is the last person named before whose name it fits."""
    for mention in people.doc.mentions:
        if mention.kind != "Position":
            continue
        head = people.text[max(0, mention.span.start - 24) : mention.span.start]
        match = _SURNAME_BEFORE.search(head)
        if match is None:
            continue
        start = mention.span.start - len(head) + match.start(1)
        _attach(people, match.group(1), Span(start, start + len(match.group(1))), Span(start, mention.span.end), mention.span.of(people.text))
    for match in _SURNAME_SSI.finditer(people.text):
        _attach(people, match.group(1), Span(*match.span(1)), Span(*match.span()), "씨")


def _attach(people: Individuals, surname: str, span: Span, whole: Span, title: str) -> None:
    for known in people.spans_in(span):
        if coarse(people.get(people.at[known]).kind) == "PER":
            if known == span and span != whole and surname != people.get(people.at[known]).name:
                people.name(people.at[known], whole.of(people.text))  # 할빅 CEO, who is 마르텐 할빅
            return  # already read as a person's name
    around = [known for known in people.spans_in(Span(max(0, span.start - 12), span.start)) if known.end >= span.end]
    if any(coarse(people.get(people.at[known]).kind) == "PER" for known in around):
        return  # the last part of a name that is read whole: 크론 of 빌헬미나 크론
    candidates: list[tuple[int, int]] = []
    for number, item in enumerate(people.items):
        if people.resolve(number) != number or coarse(item.kind) != "PER" or not item.mentions:
            continue
        fits = any(_fits(surname, name) for name in (item.name, *item.aliases))
        before = [m.start for m in item.mentions if m.start < span.start]
        if fits and before:
            candidates.append((max(before), number))
    if not candidates:
        return
    titled = [c for c in candidates if title != "씨" and any(title.endswith(t) or t.endswith(title) for t in people.items[c[1]].traits)]
    _, number = max(titled or candidates)
    people.mention(number, whole)
    surface = whole.of(people.text)
    people.name(number, surface)


def _fits(surname: str, name: str) -> bool:
    if _HANGUL.match(surname):
        if _UNNAMED.match(name):
            return name[0] == surname
        words = name.split()
        if len(words) > 1:
            return surname in words
        return name.startswith(surname) and len(name) > len(surname) and len(surname) <= 2 and 2 <= len(name) <= 5
    return surname in name.split()
