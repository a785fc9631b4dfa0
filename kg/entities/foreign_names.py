"""Foreign names of several words before a title, and posts that no list has: 압바스 하미디 감독, 한빛시 보행자전거과장."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.entities.kinds import PLACES, ending_of, kind_of_ending
from kg.entities.people import DOUBLE_SURNAMES, NameTable, is_full_name
from kg.entities.words import Word
from kg.tables.gazetteers import Gazetteers

_HANGUL = re.compile(r"[가-힣]{1,8}")
_LONGEST = 4  # words
# josa in which Kiwi cuts a foreign name: 빌헬미/NNP 나, 알레한드/NNG 로
_CUT = frozenset("나 로 이 가 도 은 라 만 아 야".split())
_SPELT = re.compile(r"\([A-Z][A-Za-z.'’-]+ (?:[A-Z][A-Za-z.'’-]* )?[A-Z][A-Za-z'’-]+[),·]")
_WHOLE = frozenset(("unnamed", "ruler", "dateline", "foreign-name-title", "title-foreign-name"))
_PERSONAL = frozenset("은 는 이 가 을 를 의 에게 와 과 도 에게서 께서 에게는 에게도 에게서도".split())
_TOLD = re.compile(r"\s?\((?:\d\d[·,)]|[A-Z][a-z]+ [A-Z])")
_POSTED = re.compile(r"주?[미영일중러독불한]|주(?:유엔|프랑스|러시아|베트남)")
_POST = re.compile(r"[가-힣]{2,10}(?:국장|과장|실장|팀장|부장|단장|본부장|센터장|그룹장|부문장|사업장|지점장|지사장|처장|소장|담당관|기획관)")

Found = tuple[int, int, str, str, int]  # start, end, kind, rule, weight


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

    Each word must be a person's by the dictionary: a last one that nobody has heard of may be a firm (마르텐 할빅 칼드렉사 대표), and
    one of one syllable is a surname: 조 of "계열사로 조 전무는".
    """
    if last < 1 or len(words[last].text) < 2 or not _is_part(words[last], names, gazetteers, is_title) or is_full_name(words[last].text, names):
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


def find_whole_names(text: str, words: Sequence[Word], found: Sequence[Found], names: NameTable, gazetteers: Gazetteers) -> Iterator[Found]:
    """Foreign names of which one word is found, whole: 마커스 델로니 of "투수 마커스 델로니가", 리아 테르메 of "리아 테르메(41) 추기경"."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index for index, word in enumerate(words)}
    for start, end, kind, rule, weight in found:
        first, last = starts.get(start), ends.get(end)
        if kind != "Person" or not weight or rule in _WHOLE or first is None or last is None or is_full_name(words[first].text, names):
            continue
        begin, close = first, last
        while begin and first - begin < _LONGEST - 2 and words[begin].gap == " " and _is_given(words[begin - 1], words[begin], names, gazetteers):
            begin -= 1
        while close + 1 < len(words) and close - last < _LONGEST - 2 and not words[close].josa and words[close + 1].gap == " ":
            if not _goes_on(text, words, close + 1, names, gazetteers):
                break
            close += 1
        if 0 < close - begin < _LONGEST - 1 and (begin, close) != (first, last) and any(len(word.text) > 2 for word in words[begin : close + 1]):
            yield words[begin].start, words[close].end, "Person", "foreign-name-whole", weight + 4


def _is_given(word: Word, following: Word, names: NameTable, gazetteers: Gazetteers) -> bool:
    """Whether a word is what goes before the rest of a foreign name: 앙겔라, and 조 of 조 바이든."""
    if word.josa or not _is_unknown(word, gazetteers) or len(ending_of(word.text)) > 1 or is_full_name(word.text, names):
        return False  # 이글스 of 한화 이글스
    return names.is_person(word.text) if len(word.text) > 1 else len(following.text) > 2 and not is_full_name(following.text, names)


def _goes_on(text: str, words: Sequence[Word], index: int, names: NameTable, gazetteers: Gazetteers) -> bool:
    """Whether a foreign name goes on with a word: one that people bear, or that nobody has heard of where only a person can stand."""
    word, before = words[index], words[index - 1]
    if not _is_unknown(word, gazetteers) or len(word.text) < 2 or is_full_name(word.text, names) or ending_of(word.text):
        return False
    if names.is_person(word.text) and not names.is_place(word.text):
        return True
    return names.is_person(before.text) and (word.josa in _PERSONAL or _TOLD.match(text, word.end) is not None)


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
