"""What a news text says of itself: title, time of registration, outlet and reporters of dateline or byline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kg.readers.stamps import STAMP, find_stamp, parse_stamp

OPEN: Final = r"[\[(【〔<]"
CLOSE: Final = r"[\])】〕>]"
ROLE: Final = (
    r"(?:선임|수석|수습|인턴|객원|전문|대|온라인|사진|영상|여행|의학|국제|정치|경제|사회|문화|스포츠)?\s?"
    r"(?:기자|특파원|통신원|논설위원|리포터|앵커|PD|에디터)"
)
EMAIL: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
NAMES: Final = r"[가-힣·ㆍ,/\s]{2,60}?"
# "[서울=뉴시스] 최은수 기자 =", "(서울=연합뉴스)", "【서울=뉴시스】"
WIRE: Final = re.compile(
    rf"^\s*{OPEN}\s*(?P<place>[^=\[\]()【】\n]{{1,30}}?)\s*=\s*(?P<outlet>[^=\[\]()【】〔〕<>\n]{{1,30}}?)\s*{CLOSE}"
    rf"\s*(?:(?P<names>{NAMES})\s*{ROLE}\s*(?:\({EMAIL}\)\s*)?=)?"
)
# "[이데일리 홍길동 기자]", "[헤럴드경제=홍길동 기자]", "[뉴욕=이데일리 홍길동 특파원]"
HOUSE: Final = re.compile(
    rf"^\s*{OPEN}\s*(?:(?P<first>[^=\[\]\n]{{1,20}}?)\s*=\s*)?(?P<rest>[^=\[\]\n]{{2,40}}?)\s*{ROLE}\s*{CLOSE}"
)
BYLINE: Final = re.compile(
    rf"^[\s/|■▲◇◎\[(]*(?:(?:글|취재|사진|글[·ㆍ/]사진|[가-힣]{{2,4}})\s*[=:]\s*)?(?P<names>[가-힣A-Za-z0-9·ㆍ,/\s]{{2,40}}?)\s*{ROLE}"
    rf"\s*(?:[\[(=|/]?\s*(?:{EMAIL})\s*[\])]?\s*)*[\])]?\s*$"
)
CAPTION: Final = re.compile(
    rf"(?:(?:19|20)\d\d\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?|[(\[/](?:사진|자료|그래픽)\s*[=:][^)\]]*[)\]]?)\s*(?:/?\s*{EMAIL})?\s*$"
)
CAPTION_INSIDE: Final = re.compile(
    r"다\.\s*(?:[(\[](?:사진|자료)[^)\]]*[)\]]\s*)?(?:19|20)\d\d\.\s?\d{1,2}\.\s?\d{1,2}\b"
    r"|[(\[]사진\s*[=:]|[(\[][^)\]]{1,30}제공[)\]]\s*(?:\d{4}\.|$)"
)
LABEL: Final = (
    r"(?:최초\s*)?(?:기사\s*)?(?:등록|입력|승인|송고|게재|게시|발행|작성|배포|보도|출고)(?:\s*(?:일시|시간|시각|일자|일))?"
    r"|날짜|Posted|Published"
)
REGISTRATION: Final = re.compile(rf"^[\s\[(<▲·|:-]*(?:{LABEL})\s*[:：|=]?\s*(?=(?:19|20)\d\d\s*[./년-])", re.IGNORECASE)
SENT: Final = re.compile(r"(?P<stamp>(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2}\s+\d{1,2}:\d\d)\s*송고\s*$")
COPYRIGHT: Final = re.compile(
    r"저작권자\s*(?:ⓒ|©|\([cC]\))?\s*[‘'’\"]?(?P<a>[가-힣A-Za-z0-9]{2,15})|◎\s*공감언론\s*(?P<b>[가-힣A-Za-z0-9]{2,15})"
    r"|^[ⓒ©]\s*[‘'’\"]?(?P<c>[가-힣A-Za-z0-9]{2,15})",
    re.MULTILINE,
)
# A headline may end in a verb ("… 스무 살 탁이안이 구했다"); a sentence of the body also has its full stop.
SENTENCE_END: Final = re.compile(r"[가-힣]\.[\"'”’)\]]*\s*$")
SURNAMES: Final = frozenset(
    "가간갈감강개견경계고공곽구국군궁권금기길김나남낭내노뇌누단담당대도독돈동두라란랑려로뢰류리림마만매맹명모목묘무묵문미민박반"
    "방배백범변복봉부비빈빙사삼상서석선설섭성소손송수순승시신심아안애야양어엄여연염엽영예오옥온옹왕요용우욱운원위유육윤은음이익인"
    "임자장저전점정제조종좌주준증지진차창채천초최추춘탁탄태판팽편평포표풍피필하학한함해허현형호홍화환황후훤"
)
NOT_NAMES: Final = re.compile(
    r"(?:신문|일보|뉴스|경제|방송|통신|미디어|타임즈|타임스|데일리|투데이|스포츠|연예|취재|공동|편집|사진|영상|디지털|온라인"
    r"|^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|도쿄|북경|뉴욕|런던|파리)"
    r"|특별|전국|종합|수도권|팀|부|국|취재단|시민|인턴|명예|객원|대표|전)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a text says of itself; each is None or empty where it says nothing."""

    title: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()


def find_names(words: str) -> tuple[str, ...]:
    """The reporters of a byline: "홍길동·김철수" gives both, "한들경제 남우겸" only the person."""
    names: list[str] = []
    for word in re.split(r"[\s·ㆍ,/]+", words):
        if (
            2 <= len(word) <= 4
            and re.fullmatch(r"[가-힣]+", word)
            and word[0] in SURNAMES
            and not NOT_NAMES.search(word)
        ):
            names.append(word)
    return tuple(dict.fromkeys(names))


def find_authors(credits: Iterable[str]) -> tuple[str, ...]:
    """The people of author fields: "최은수 기자 a@newsis.com" is 최은수; other names stay as they are."""
    found: list[str] = []
    for credit in credits:
        bare = re.sub(rf"\(?\s*{EMAIL}\s*\)?", " ", credit)
        bare = re.sub(rf"\s*{ROLE}(?![가-힣])", " ", bare).strip(" ,·/|=-")
        parts = [part.strip() for part in re.split(r"\s*[,;·ㆍ/|&]\s*", bare) if part.strip()]
        for part in parts:
            found.extend(find_names(part) or (part,))
    return tuple(dict.fromkeys(found))


def is_caption(line: str) -> bool:
    """Whether a paragraph is a photo caption: it ends with a dotted date, or names its photo's source."""
    return bool(CAPTION.search(line) or CAPTION_INSIDE.search(line))


def is_dateline(line: str) -> bool:
    """Whether a paragraph begins with a dateline: "[서울=뉴시스]최은수 기자 = KT가 …"."""
    return bool(WIRE.match(line) or HOUSE.match(line))


def is_registration(line: str) -> bool:
    """Whether a line is the registration line: "기사등록 2024/10/10 14:06:18", or a date and time alone."""
    if REGISTRATION.match(line) or SENT.search(line):
        return True
    whole = STAMP.fullmatch(line.strip())
    return whole is not None and whole.group("hour") is not None


def find_title(text: str) -> str | None:
    """The title of a plain text: its first line where a blank, a registration line or a dateline follows and it is no sentence."""
    raw = text[:4000].split("\n")
    lines = [" ".join(line.split()) for line in raw]
    index = 0
    while index < len(lines) and (not lines[index] or is_registration(lines[index])):
        index += 1
    if index + 1 >= len(lines):
        return None
    line, after = lines[index], lines[index + 1]
    if after.strip() and not is_registration(after) and not is_dateline(after):
        return None
    if not any(rest.strip() for rest in lines[index + 1 :]) and len(text) <= 4000:
        return None
    if len(line) > 150 or SENTENCE_END.search(line) or is_dateline(line) or is_caption(line) or BYLINE.match(line):
        return None
    return raw[index].strip()


def find_registration(lines: list[str]) -> datetime | None:
    """The time of the registration line among a text's first fifteen and last five lines."""
    for line in lines[:15]:
        if is_registration(line):
            return find_stamp(line)
    for line in lines[-5:]:
        sent = SENT.search(line)
        if sent:
            return parse_stamp(sent.group("stamp"))
        if REGISTRATION.match(line):
            return find_stamp(line)
    return None


def _house_dateline(match: re.Match[str]) -> tuple[str | None, tuple[str, ...]]:
    words = match.group("rest").replace(",", " ").split()
    names = find_names(" ".join(words))
    others = [word for word in words if word not in names]
    first = match.group("first")
    outlet = " ".join(others) or first
    if first and others and re.fullmatch(r"[A-Z0-9]+", first.strip()):
        outlet = first.strip()  # "[OSEN=서울, 홍길동 기자]": the outlet comes first
    return outlet or None, names


def find_credit(lines: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """Outlet and reporters of the main dateline, the first that is no photo caption's, else of a byline."""
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    for line in lines:
        wire, house = WIRE.match(line), HOUSE.match(line)
        if wire is None and house is None:
            continue
        if house is not None:
            place, names = _house_dateline(house)
        else:
            assert wire is not None
            place, names = wire.group("outlet").strip(), find_names(wire.group("names") or "")
        outlet = outlet or place
        if not is_caption(line):
            outlet, authors = place or outlet, names
            break
    if not authors:
        for line in (*reversed(lines[-8:]), *lines[:8]):
            byline = BYLINE.match(line)
            authors = find_names(byline.group("names")) if byline else ()
            if authors:
                break
    return outlet, authors


def _short(line: str) -> str:
    """A line's two ends with single blanks: marks stand there, and patterns meet no runs of blanks."""
    ends = line if len(line) <= 1000 else f"{line.strip()[:500]} {line.strip()[-500:]}"
    return " ".join(ends.split())


def heading_of(text: str) -> Heading:
    """What a news text says of itself: "[서울=뉴시스]최은수 기자 = KT가" names the outlet 뉴시스 and 최은수."""
    lines = [_short(line) for line in text.split("\n") if line.strip()]
    outlet, authors = find_credit(lines)
    if outlet is None:
        owner = COPYRIGHT.search("\n".join(lines[-6:]))
        outlet = next((group for group in owner.groups() if group), None) if owner else None
    return Heading(find_title(text), find_registration(lines), outlet, authors)
