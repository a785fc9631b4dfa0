"""Phrases without what is no part of a name: determiners, notes in brackets, days, half a pair of marks."""

from __future__ import annotations

import re

from kg.model import Span
from kg.tables.gazetteers import load_gazetteers
from kg.tables.lexicons import find_kind, load_clause_lexicon
from kg.tables.references import load_reference_lexicon

_LEADING = re.compile(
    r"^(?:등의|(?:반면|다만|하지만|그러나),?|또는|그리고|(?:점|것) 등|(?:명|건|마리|차례|가지)의|위|"
    r"이 중|이중|그 중|그중|이 가운데|이번|해당|같은|본|동|이|그|당시|내용의|제목의|식의"
    r"|정도의|수준의|이상의|이하의|미만의"
    r"|이러한|이런|이 같은|일부"
    r"|\d{1,2}(?:시|분|초)(?:경|쯤)?,?(?=\s+(?!이상|이하|이내|미만|간|동안|전|후|경|만))|날,?|일명,?|이른바,?|고|故|(?:과|와|중|경)(?=\s\S+\s)|각종|모든|여러|다른|다양한|각|전체|약|총|대부분|모두|전부|각각|주로|직접|당장|본래|원래|당초|애초에?|이후|또|또한|및|등,?|한편|특히|앞서|우선|다만|실제|오는|지난)\s+"
)
# 해당 국가의 판단: whose it is would be lost; 다양한 연령대의 학생: the word is of the first noun
_OWNER = re.compile(r"(?:해당|같은|이 같은|다양한|다른|모든) \S+의\s")
# Lee with his office, and no pointing word: this market, but Governor Lee
_SURNAMED = re.compile(
    r"이 (?:전 |당시 )?(?:의원|지사|도지사|위원장|장관|차관|대표|교수|회장|부회장|사장|총리|대통령|감독|원장|총장|의장|군수|구청장|교육감"
    r"|이사장|총재|본부장)"
)
# 경찰 조사 결과 박씨: how it is known is no part of who it is
_FOUND_OUT = re.compile(r"^(?:\S+ )?\S*(?:조사|수사|확인|부검|감식|감정|점검|감사|취재|추적) ?결과,? (?=[가-힣A-Z] ?(?:모 ?)?(?:씨|군|양)(?:\s|$))")
_HANGUL = re.compile(r"[가-힣]+")
_YOUNG = frozenset(("군", "양"))
_TRAILING = re.compile(r"\s*(등|들|측)$|\s외$")
_CROSSED = re.compile(r"^[^'‘\"“「『《]+['’\"”」』》](?:와|과|,|·|\s)")
_SIZED = re.compile(r"^[^'‘\"“]*\d[^'‘\"“]*(?:규모|크기|면적|높이|길이)의\s(?=['‘\"“])")  # 연면적 900㎡ 규모의 '푸른마당'
_MARKS = str.maketrans("", "", "\"'“”‘’「」『』《》〈〉")
_CLOSING = {"‘": "’", "'": "'", "《": "》", "<": ">", "「": "」", "『": "』", "〈": "〉"}
BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,60}[)\]）]")
_MARK_WITHIN = re.compile(r"^([^'\"‘“]*[가-힣])['\"‘“](?=[가-힣]{2})(?!와|과[의는]|이나|에|으로|이라|라[는고며]|까지|부터|보다|처럼)")
_FOOTNOTE = re.compile(r"^.*[가-힣](?:에|을|를|은|는|로|에서)\[\d{1,3}\](?=[가-힣])|(?<=[가-힣])\[\d{1,3}\](?=[가-힣])")  # 세균에[1]지위
_LASTING = re.compile(r"^\d[\d,]*(?:분|시간|일|주|개월|년)\s?(?:이상|이하|이내|넘게|가까이|동안|간)\s+(?=[가-힣A-Za-z])")  # 30분 이상 열차가
_RATE = re.compile(
    r"^\d*\s?(?:대|인|개|장|명|건|가구|호|편|병|권|세대|마리)당$|^나머지(?:\s\d\S*)?$|^(?:첫|다음|마지막|이번)\s소식$"
    r"|^제?\d+(?:단계|차|회|호|위|등|급)[와과]\s"  # 거리두기 3단계와 관련된 논의: of what, is cut off
)
_NUMBER_LEFT = re.compile(r"^(?:중|가운데)\s?\d|^때의\s|^[\d.,:년월일시분초오전후경쯤 ]+(?:(?:명|원|건|개|곳|이상|이하|미만) ?)*$")


def name_phrase(words: str) -> str:
    """A description without its determiners and bracketed notes: "이번 파트너십 계약" is 파트너십 계약."""
    if _SURNAMED.fullmatch(words):
        return words
    words = _FOUND_OUT.sub("", _SIZED.sub("", words))
    name = BRACKETS.sub("", _without_half(_MARK_WITHIN.sub(r"\1 ", _FOOTNOTE.sub("", words)))).strip(" \t,·\"'“”‘’△▲◆■")
    if any(name.count(a) != name.count(b) for a, b in ("“”", "‘’", "「」", "『』", "《》", "〈〉")) or name.count("'") % 2 or name.count('"') % 2:
        name = name.translate(_MARKS)  # half of a pair: the other half stands outside the phrase
    if _CROSSED.match(name):
        name = name.translate(_MARKS)  # 천마호’와 ‘폭풍호: the outer halves are gone
    while True:
        shorter = _without_tail(_without_day(name if _OWNER.match(name) else _LASTING.sub("", _LEADING.sub("", name)))).strip()
        if shorter == name or not shorter:
            return name
        name = shorter


def _without_tail(name: str) -> str:
    """The name without 등, 들 or 측 behind it, but 갈등 and 예측 whole."""
    lexicon = load_reference_lexicon()
    if _TRAILING.search(name) is None or name.split()[-1].endswith(tuple(lexicon.whole_words)):
        return name
    return _TRAILING.sub("", name)


def _without_day(name: str) -> str:
    """The name without the day or time of day before it: 기자회견 of 오늘 기자회견, 기지 of "6시 무렵, 기지"."""
    first, _, rest = name.partition(" ")
    if not rest:
        return name
    lexicon, word = load_reference_lexicon(), first.removesuffix(",")
    closed = word != first and (word in load_clause_lexicon().bound_nouns or word in lexicon.moments or word.endswith("철"))
    return rest if closed or word in lexicon.days else name


def tells_holder(name: str, tag: str) -> bool:
    """Whether a phrase is somebody's name with his post: 유 경위, 천 실장, 김 양, 프라조고 박사; ``tag`` is its first morpheme's."""
    first, _, post = name.partition(" ")
    if tag != "NNP" or not post or " " in post:
        return False
    if len(first) > 1:
        return post == "박사" and _HANGUL.fullmatch(first) is not None
    return post in load_gazetteers().titles or post in _YOUNG or (post.endswith("장") and len(post) > 2 and find_kind(post) is None)


def is_remainder(name: str) -> bool:
    """Whether a name is what a number or a time left behind: "중 6명 이상", "때의 함정", 24일 of "24일(금", 대당, "나머지 4대"."""
    return _NUMBER_LEFT.search(name) is not None or _RATE.search(name) is not None


def _without_half(words: str) -> str:
    """The words behind a bracket that the phrase begins in: 첫 대상 of "바닷물과 통합)의 첫 대상"; none where it ends in one (24일(금)."""
    while words.count(")") > words.count("("):
        words = words.partition(")")[2].lstrip(" '\"’”」』》").removeprefix("의 ").strip()
    return "" if words.count("(") > words.count(")") else words


def ends_title(text: str, phrase: Span, place: Span) -> bool:
    """Whether a name in a phrase is only the last word of one in marks: 다온 of "‘별빛 축제 인 다온’을 마쳤다"."""
    opened = max(text.rfind(mark, max(phrase.start - 1, 0), place.start) for mark in _CLOSING)
    return opened >= 0 and text[place.end : place.end + 1] == _CLOSING[text[opened]] and bool(text[opened + 1 : place.start].strip())
