"""Foreign names of several words before a title, and posts that no list has: 압바스 하미디 감독, 한빛시 보행자전거과장."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.entities.kinds import PLACES, ending_of, kind_of_ending
from kg.entities.people import DOUBLE_SURNAMES, NameTable, is_full_name
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

_HANGUL = re.compile(r"[가-힣]{1,8}")
_LONGEST = 4  # words
# josa in which Kiwi cuts a foreign name: 빌헬미/NNP 나, 알레한드/NNG 로
_CUT = frozenset("나 로 이 가 도 은 라 만 아 야".split())
_SPELT = re.compile(r"\([A-Z][A-Za-z.'’-]+ (?:[A-Z][A-Za-z.'’-]* )?[A-Z][A-Za-z'’-]+[),·]")
_POSTED = re.compile(r"주?[미영일중러독불한]|주(?:유엔|프랑스|러시아|베트남)")
_POST = re.compile(r"[가-힣]{2,10}(?:국장|과장|실장|팀장|부장|단장|본부장|센터장|그룹장|부문장|사업장|지점장|지사장|처장|소장|담당관|기획관)")


def is_spelt(given: Word, last: Word, aside: str) -> bool:
    """Whether two words have their letters behind them in brackets, a name of two words too: 카렌 벨러만(Karen Bellermann)."""
    if _SPELT.search(aside) is None or given.josa or last.gap != " " or _HANGUL.fullmatch(given.text) is None or _HANGUL.fullmatch(last.text) is None:
        return False
    return len(ending_of(last.text)) < 2 and last.text[-1] != "대"


def is_posted(word: str) -> bool:
    """Whether a word tells where an ambassador is, or whose a minister: 주일 of "주일 미국 대사", 미 of "미 국무장관"."""
    return _POSTED.fullmatch(word) is not None


def find_foreign_name(words: Sequence[Word], last: int, names: NameTable, gazetteers: Gazetteers, is_title: Callable[[Word], bool]) -> int:
    """The index at which the foreign name that ends at ``last`` begins; ``last`` + 1 where there is none of two words.

    Each word must be a person's by the dictionary: a last one that nobody has heard of may be a firm (마르텐 할빅 칼드렉사 대표).
    """
    if last < 1 or not _is_part(words[last], names, gazetteers, is_title) or is_full_name(words[last].text, names):
        return last + 1
    begin = last
    while begin and last - begin < _LONGEST - 1 and words[begin].gap == " ":
        given = words[begin - 1]
        cut = given.josa in _CUT and names.is_person(given.text + given.josa) and not names.is_person(given.text)
        if not cut and (given.josa or not _is_part(given, names, gazetteers, is_title)):
            break
        begin -= 1
    if begin == last or is_full_name(words[begin].text, names):
        return last + 1
    return begin


def _is_part(word: Word, names: NameTable, gazetteers: Gazetteers, is_title: Callable[[Word], bool]) -> bool:
    if not (word.tags == ("NNP",) or (word.tags == ("NNG",) and len(word.text) > 2)) or _HANGUL.fullmatch(word.text) is None or is_title(word):
        return False
    if gazetteers.entry(word.text) is not None or ending_of(word.text) or is_posted(word.text):
        return False
    return names.is_person(word.text)


def find_bare_name(words: Sequence[Word], last: int, names: NameTable, gazetteers: Gazetteers, body: Word | None) -> int:
    """The index at which a foreign name begins that a phrase begins with: 릭 of "릭 스콧 플로리다 주지사"; ``last`` + 1 where there is none.

    ``body`` is what follows it. Where nobody knows it, two words are the name at most: of three the last may be a firm.
    """
    begin = last
    while begin and last - begin < _LONGEST - 1 and words[begin].gap == " " and not words[begin - 1].josa:
        begin -= 1
    run = words[begin : last + 1]
    if len(run) < 2 or (begin and words[begin].gap == " " and not words[begin - 1].josa) or not all(_is_unknown(word, gazetteers) for word in run):
        return last + 1
    known = body is not None and (gazetteers.entry(body.text) is not None or ending_of(body.text) == body.text)
    first, final = run[0].text, run[-1].text
    if first[:2] in DOUBLE_SURNAMES or (is_full_name(first, names) and not (known and len(final) > 3)):
        return last + 1  # 문현철 초당대 군사학과 교수
    heard = [names.is_person(word.text) for word in run]
    if not any(heard) or (len(run) > 2 and not (known and heard[-1])):
        return last + 1
    return begin


def _is_unknown(word: Word, gazetteers: Gazetteers) -> bool:
    """Whether a word may be part of a name: a proper noun that is no known one and does not end like a body; -리 and -시 end many a name."""
    if (
        word.tags != ("NNP",)
        or _HANGUL.fullmatch(word.text) is None
        or _POSTED.fullmatch(word.text) is not None
        or gazetteers.entry(word.text) is not None
    ):
        return False
    ending = ending_of(word.text)
    return kind_of_ending(word.text) is None or (len(ending) == 1 and len(word.text) > 2 and kind_of_ending(word.text) in PLACES)


def find_name_end(words: Sequence[Word], first: int, names: NameTable, gazetteers: Gazetteers, is_title: Callable[[Word], bool]) -> int:
    """The index of the last word of a foreign name behind a post: 긴즈버그가 of "대법관 루스 베이더 긴즈버그가"; ``first`` where it ends there."""
    if words[first].josa or is_full_name(words[first].text, names) or not _is_unknown(words[first], gazetteers):
        return first
    last = first
    while last + 1 < len(words) and last - first < _LONGEST - 1 and words[last + 1].gap == " " and not words[last].josa:
        if not _is_unknown(words[last + 1], gazetteers) or is_title(words[last + 1]):
            return first  # 배우 소담 한빛시 홍보대사
        last += 1
    heard = any(names.is_person(word.text) for word in words[first : last + 1])
    return last if words[last].josa and heard else first


def is_unlisted_post(words: Sequence[Word], index: int, names: NameTable, gazetteers: Gazetteers) -> bool:
    """Whether a compound is somebody's post: 보행자전거과장 of "한서림 한빛시 보행자전거과장", behind a full name or a name and its body."""
    word = words[index]
    if not index or word.gap != " " or _POST.fullmatch(word.text) is None:
        return False
    before = words[index - 1]
    if before.josa:
        return False
    if before.tags == ("NNP",) and is_full_name(before.text, names):
        return True
    if gazetteers.entry(before.text) is None and kind_of_ending(before.text) is None:
        return False
    return index > 1 and before.gap == " " and not words[index - 2].josa and is_full_name(words[index - 2].text, names)
