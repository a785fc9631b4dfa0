"""Posts told in full at the head of a clause: name, body, department and title, as in "성이든 가온셀 법무실장은"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.entities.kinds import ORGANIZATIONS, PLACES, ending_of, is_plain, kind_of_ending
from kg.entities.people import SURNAMES, NameTable
from kg.entities.words import Word
from kg.model import Token
from kg.tables.gazetteers import Gazetteers

# the last word of a part of a body: 소화기내과, 인사총괄, 리서치센터
_DEPARTMENT = re.compile(
    r"[가-힣A-Za-z&·]*(?:[가-힣]과|학부|전공|[가-힣]팀|[가-힣]실|총괄|담당|부문|사업부|본부|[가-힣]센터|그룹|파트|전략|기획|영업|홍보|재무|인사|법무)"
)
# bodies whose heads bear their names: 솔내시보건소장, 한빛도서관장
_HEADED = re.compile(
    r"[가-힣]{2,}(?:보건소|교도소|구치소|세무서|우체국|박물관|도서관|미술관|의료원|복지관|문화원|소방서|경찰서|교육지원청|병원|연구원|진흥원|개발원|수련원|연수원|공사|공단"
    r"|재판소|법원|지검|위원회|(?:관리|소방|대책)본부|은행|연합회|중앙회|체육회|협의회|협회|학회|(?:광역|특별|특별자치)시)|[가-힣]{2,}[처청]"
)
_POST = re.compile(r"[가-힣A-Z]{1,10}(?:장|담당관|기획관|관리관|책임자|총괄|담당|전문의|교수|연구원|연구위원|변호사|애널리스트)")
_NAME = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣]{3}$")
_JOSA = re.compile(r"은|는|이|가|도|을|를|의|에게|과|와|께서|이나|나|라며|이라며")
_NOUNS = frozenset(("NNG", "NNP", "XSN", "SL", "SN", "NR", "XPN", "SH"))
_NAMED = frozenset(("NNG", "NNP", "NNB", "NR", "XPN", "XSN", "MM"))
_DAYS = re.compile(r"(?:이날|전날|당시|당일|최근|현재|한편|\d일|\d년)$")
_RARE_SURNAMES = frozenset("모피팽좌옹음당")
_RARE = 1.0  # how name-like a word must be whose first syllable is no common surname, or that ends like a town
_WORDS = 4  # of body, department and title
FIRM_ENDINGS = frozenset("엔터테인먼트 엔터 인베스트먼트 파트너스 홀딩스 벤처스 캐피탈 자산운용 네트웍스 머티리얼즈 로지스틱스".split())
_SINCE = frozenset(("전", "현", "신임", "초대", "전임", "전직", "현직"))
_UNIONS = frozenset(("노동조합", "노조"))
_MAYOR = re.compile(r"[가-힣]{2,3}시장")
_SEAT = re.compile(r"\)| ?(?:국회의원|의원|예비후보|후보|지역위원장|당협위원장|선거구|지역구|지역위원회|당협|총선|재선거|보궐선거|공천|당선)")
_LETTERS = frozenset("씨군양님측")
_TASKS = ("전담", "전문", "출신", "단독")

Found = tuple[int, int, str, str, int]


def headed_body(word: str) -> int:
    """The length of the body in the title of its head: 솔내시보건소 of 솔내시보건소장."""
    return len(word) - 1 if word.endswith("장") and len(word) > 4 and _HEADED.fullmatch(word[:-1]) is not None else 0


def is_ward(word: str, gazetteers: Gazetteers) -> bool:
    """Whether a word is a constituency, a town's or ward's name with its letter: 솔내갑, 솔내구을."""
    stem = word[:-1]
    if len(word) == 2 and stem in "동서남북" and word[-1] in "갑을병정":
        return True  # 북갑: of 북구
    if len(stem) < 2 or word[-1] not in "갑을병정":
        return False
    return any(gazetteers.kind(stem + unit) in PLACES for unit in ("", "구", "시", "군"))


def find_wards(text: str, words: Sequence[Word], gazetteers: Gazetteers) -> Iterator[Found]:
    """Constituencies beside whoever stands or sits for them: 솔내갑 of "한도윤 솔내갑 예비후보", "한도윤(솔내갑) 의원"."""
    for word in words:
        if word.text[-1] in "갑을병정" and (_SEAT.match(text, word.end) is not None or word.gap.endswith("(")) and is_ward(word.text, gazetteers):
            yield word.start, word.end, "Region", "constituency", 80


def kind_of_headed(word: str) -> str:
    """The kind of the body that a head's title names."""
    if word.endswith("시"):
        return "City"
    kind = kind_of_ending(word)
    return kind if kind in ORGANIZATIONS else "GovernmentAgency"


def without_departments(words: Sequence[Word], gazetteers: Gazetteers) -> Sequence[Word]:
    """The words of a body without its departments: 늘솔중공업 of "늘솔중공업 인사총괄"; all where no firm's or hospital's name ends before.

    What somebody is put to do is no body: 영장전담 of "영장전담 판사".
    """
    while words and words[-1].text.endswith(_TASKS):
        words = words[:-1]
    for size in range(1, len(words)):
        last = words[size - 1].text
        entry = gazetteers.entry("".join(word.text for word in words[:size])) or gazetteers.entry(last)
        kind = entry.kind if entry is not None else kind_of_ending(last)
        whole = kind in ORGANIZATIONS or (last.endswith("대") and len(last) > 2)
        if whole and not is_plain(last) and all(_DEPARTMENT.fullmatch(word.text) for word in words[size:]):
            return words[:size]
    return words


def find_full_posts(
    text: str,
    words: Sequence[Word],
    tokens: Sequence[Token],
    names: NameTable,
    gazetteers: Gazetteers,
    is_title: Callable[[Word], bool],
    is_unheard: Callable[[str], bool],
) -> Iterator[Found]:
    """People at the head of a clause whose name no dictionary has, with the body and the post that follow it."""
    ends = {token.span.end: number for number, token in enumerate(tokens)}
    starts = {token.span.start: number for number, token in enumerate(tokens)}
    for last, word in enumerate(words):
        if not _JOSA.match(word.josa) or not (is_title(word) or _POST.fullmatch(word.text)):
            continue
        first = last
        while first >= 0 and last - first < _WORDS and words[first].text not in _LETTERS:
            name = _NAME.search(text, max(0, words[first].start - 5), max(0, words[first].start - 1))
            body = words[first : last + 1]
            if name is not None and text[name.end()] == " " and _is_head(tokens, starts.get(name.start()), text):
                inside = tokens[starts[name.start()] : ends.get(name.end(), -1) + 1]
                if _can_be_name(name[0], inside, names, gazetteers, is_unheard) and (found := list(_read_body(body, gazetteers))):
                    yield name.start(), name.end(), "Person", "name-body-title", 77
                    yield from found
                    break
            if not first or words[first].gap != " " or words[first - 1].josa:
                break
            first -= 1


def _is_head(tokens: Sequence[Token], number: int | None, text: str) -> bool:
    """Whether a clause can begin at a morpheme: no noun stands before it but a day."""
    if number is None:
        return False
    if not number:
        return True
    before = tokens[number - 1]
    between = text[before.span.end : tokens[number].span.start]
    return before.tag not in _NOUNS or between != " " or _DAYS.search(text, max(0, before.span.start - 3), before.span.end) is not None


def _can_be_name(name: str, inside: Sequence[Token], names: NameTable, gazetteers: Gazetteers, is_unheard: Callable[[str], bool]) -> bool:
    """Whether three syllables are a Korean's name: one word that nobody has heard, or nothing but single syllables (옥/라/온)."""
    sizes = [token.span.end - token.span.start for token in inside if token.span.end > token.span.start]
    tags = [token.tag for token in inside]
    if sizes == [1, 1, 1] and tags[-1][0] == "J" and (names.score(name) or 0.0) >= _RARE:
        tags.pop()  # 노/NNP 하/NNG 랑/JC
    if tags == ["NNP", "XSV", "ETM"] and (names.score(name) or 0.0) >= _RARE and name[0] in SURNAMES:
        return True  # 조광/NNP 하/XSV ㄴ/ETM
    if sizes not in ([3], [1, 1, 1]) or not set(tags) <= _NAMED or gazetteers.entry(name) is not None or is_plain(name) or name[-1] in "대청":
        return False
    if sizes == [3] and inside[0].tag != "NNP" and not is_unheard(name):
        return False
    score = names.score(name) or 0.0
    if kind_of_ending(name) is not None:
        return len(ending_of(name)) == 1 and kind_of_ending(name) in PLACES and name[-1] not in "시군구읍면" and score >= _RARE
    return names.is_surname(name[0]) if score >= _RARE else name[0] in SURNAMES or name[0] in _RARE_SURNAMES


def _read_body(words: Sequence[Word], gazetteers: Gazetteers) -> Iterator[Found]:
    """The body and the post that words tell, if they begin with a body: 새벽병원 and 교수 of "새벽병원 소화기내과 교수"."""
    while len(words) > 1 and words[0].text in _SINCE:
        words = words[1:]  # 한도윤 전 솔내군 보건과장
    title = words[-1]
    if len(words) == 1:
        if _MAYOR.fullmatch(title.text):
            yield title.start, title.end - 1, "City", "agency-head", 76  # 솔내시장 heads 솔내시
            yield title.end - 1, title.end, "Position", "title", 59
        elif size := headed_body(title.text):
            yield title.start, title.start + size, kind_of_headed(title.text[:size]), "agency-head", 76
            yield title.start + size, title.end, "Position", "title", 59
        return
    for size in range(1, len(words)):
        last = words[size - 1]
        entry = gazetteers.entry(last.text)
        kind = entry.kind if entry is not None else kind_of_ending(last.text)
        if kind is None and last.text.endswith("대") and len(last.text) > 2:
            kind = "University"
        if is_plain(last.text):
            continue
        if kind is None:
            return  # 제랄드 다르카렐 프랑스 장관: the name may go on
        if kind in ORGANIZATIONS or (kind in PLACES and kind != "Facility"):
            if size < len(words) - 1 and words[size].text in _UNIONS:
                size, last, kind = size + 1, words[size], "Organization"
            elif kind == "Company" and size < len(words) - 1 and words[size].text in FIRM_ENDINGS:
                size, last = size + 1, words[size]  # YG 엔터테인먼트
            yield words[0].start, last.end, kind, "name-org-title", 78
            if size == len(words) - 1 or all(_DEPARTMENT.fullmatch(word.text) for word in words[size:-1]):
                yield title.start, title.end, "Position", "title", 59
        return
