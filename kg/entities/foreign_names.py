"""Foreign names of several words before a title, and posts that no list has: 압바스 하미디 감독, 한빛시 보행자전거과장."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.entities.kinds import ending_of, kind_of_ending
from kg.entities.people import NameTable, is_full_name
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

_HANGUL = re.compile(r"[가-힣]{1,8}")
_LONGEST = 4  # words
# josa in which Kiwi cuts a foreign name: 빌헬미/NNP 나, 알레한드/NNG 로
_CUT = frozenset("나 로 이 가 도 은 라 만 아 야".split())
_POST = re.compile(r"[가-힣]{2,10}(?:국장|과장|실장|팀장|부장|단장|본부장|센터장|그룹장|부문장|사업장|지점장|지사장|처장|소장|담당관|기획관)")


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
    if gazetteers.entry(word.text) is not None or ending_of(word.text):
        return False
    return names.is_person(word.text)


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
