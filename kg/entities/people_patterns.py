"""People by what stands beside them: a title, an age, a side of the picture, an organisation and a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.entities.firms import without_firm_mark
from kg.entities.foreign_names import find_bare_name, find_foreign_name, find_name_end, is_posted, is_spelt, is_unlisted_post
from kg.entities.kinds import ORGANIZATIONS, PLACES, ending_of, is_plain, kind_of_ending
from kg.entities.people import DOUBLE_SURNAMES, SURNAMES, NameTable, is_full_name
from kg.entities.posts import headed_body, is_ward, kind_of_headed, without_departments
from kg.entities.words import DOTS, Word, outside_brackets
from kg.tables.gazetteers import Gazetteers
from kg.tables.lexicons import is_verbal_noun

_HANGUL = re.compile(r"[가-힣]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’-]+")
_ASIDE = re.compile(
    r"\s?\((?:왼쪽|오른쪽|가운데|사진|위|아래|앞줄|뒷줄|맨 \S+|왼쪽에서|오른쪽에서|"
    r"\d{1,3}(?:[·,]\s?(?:남|여|[^()]{1,12}))?|[A-Za-z .,'’·-]+|[一-龥·]+|"
    r"[^()]{0,14}"
    r"(?:왼쪽|오른쪽|가운데)[^()]{0,10})\)\s?"
)
_REAL_NAME = re.compile(r"\s?\((?:본명|예명|개명 전)[ :은]")
# who serves the holder of a post or stands in for him: with it they are one post
_SERVING = re.compile(r"\S*(?:비서실장|비서관|수석|보좌관|보좌역|특보|특사|부속실장|경호실장|경호처장|권한대행|직무대행|직무대리)")
_POST = re.compile(r"\((?:전 |현 )?([가-힣 ]{2,15})\)")
_AGE = re.compile(r"\s?\(\d{2}(?:[)·,])")
_BEFORE_TITLE = frozenset("전 신임 현 신 초대 전임 부 수석 선임 무소속".split())
_LEADING = frozenset(
    "승진 선임 임명 위촉 내정 전보 보임 주연 감독 각본 연출 진행 사회 글 사진 재판장 주장 작가 배우 가수 선수 기자 변호사 "
    "작곡가 지휘자 소설가 시인 피아니스트 "
    "바이올리니스트 투수 포수 타자 공격수 수비수 미드필더 골키퍼 스트라이커 외야수 내야수 세터 리베로 포워드 "
    "가드 센터백 왼쪽부터 오른쪽부터 대표 회장 의장 위원장 대변인 "
    "연구원 교수 박사 팀장 간사 후보 대통령 총리 장관 방송인 개그맨 모델 래퍼 유튜버 신부 목사 주교 "
    "추기경 교황 국왕 왕세자 원내대표 피해자 피고인 고".split()
)
_BUSINESS = frozenset(
    "대표 대표이사 사장 부사장 회장 부회장 전무 상무 이사 이사장 최고경영자 최고기술책임자 최고재무책임자 최고운영책임자 CEO "
    "CFO CTO COO CMO 창업자 창립자 본부장 부문장 그룹장 팀장 "
    "공동대표 연구원 애널리스트 센터장 사업부장 총괄 임원 매니저 이코노미스트".split()
)
_OWNERS = {
    **dict.fromkeys("감독 코치 선수 주장 단장 골키퍼 공격수 수비수 미드필더".split(), "SportsTeam"),
    **dict.fromkeys(("교수", "총장"), "University"),
    **dict.fromkeys(("기자", "앵커"), "MediaOutlet"),
    "의원": "PoliticalParty",
}
_STATES = frozenset("미영일중러독불")
_LOW = -2.5
# posts that are ordinary words too: they count only beside a person
_DOUBTFUL = frozenset(
    "시장 모델 주장 파트너 담당 총괄 선수 의사 공사 소장 감사 이사 대사 기사 신부 시인 고문 간사 상사 대장 원사 경사 경위 "
    "경정 공주 이장 통장 반장 가드 센터 타자 포수 화가 수석 특보 심판 "
    "국장 과장 원장 단장 차장 계장 매니저 프로듀서 총책 담당관 주석 서기 통장 오너 임원 스님 왕자 "
    "왕비 여왕 황제 가수 배우 감독관 검사 판사 기장 선장 투수 작가 의장 점장 지사".split()
)
# short titles that stand close behind a body: 한빛대교수, 솔내군수
_ATTACHED = frozenset("의원 선수 기자 대표 감독 교수 사장 회장 장관 위원 이사 군수 지사".split())
_NOUN_ENDINGS = ("안", "건", "식", "회", "권", "론", "설", "율", "률", "법", "비", "금")
_NOT_NAMES = _BEFORE_TITLE | frozenset(
    "승진 선임 임명 위촉 내정 양사 새 날 각 그 옛 소속 출신 담당 현직 전직 차기 역대 최초 해당 여성 남성 한국어 "
    "한국형 신규 투자 전산 최근 최고 최대 최종 최다 최장 현재 당시 앞서 한편 특히 이후 이전 이날 전날 오늘 올해 내년 작년 방금 오전 오후 한때 "
    "한창 정작 주요 유명 인기 신진 중견 원로 전문 민간".split()
)

Found = tuple[int, int, str, str, int]  # start, end, kind, rule, weight


class Title(NamedTuple):
    """A job title inside a word: 컨설팅그룹장 of KT컨설팅그룹장 begins at ``offset`` 2."""

    offset: int
    length: int
    name: str


class PeopleFinder:
    """Finds people and posts in the words of a sentence."""

    def __init__(self, gazetteers: Gazetteers, names: NameTable) -> None:
        self.gazetteers = gazetteers
        self.names = names
        self._titles = gazetteers.titles
        self._longest = max(map(len, self._titles), default=0)

    def title_of(self, word: Word) -> Title | None:
        """The title that a word is or ends in, followed at most by -팀, -님, -들, -측."""
        text = word.text
        if self._agency(text):
            return Title(0, len(text), "장")
        longest = word.last if is_plain(text[-word.last :]) and text[-word.last :] not in self._titles else 0  # 제2주차장: no 차장
        for tail in ("", "님", "들", "측", "팀", "급"):
            if not text.endswith(tail):
                continue
            stem = text[: len(text) - len(tail)]
            for size in range(min(self._longest, len(stem)), 1, -1):
                name = stem[-size:]
                if name in self._titles and size >= longest:
                    offset = len(stem) - size
                    if offset == 0 or size >= 3 or self._can_stand_before(stem[:offset], name):
                        return Title(offset, size, name)
        return None

    def _title_at(self, words: Sequence[Word], index: int) -> Title | None:
        title = self.title_of(words[index])
        if title is None and is_unlisted_post(words, index, self.names, self.gazetteers):
            return Title(0, len(words[index].text), words[index].text)
        return title

    def _can_stand_before(self, stem: str, title: str) -> bool:
        if stem.removeprefix("제").isdigit():
            return len(stem) < 3  # 1차관, 제2차장
        if title in _ATTACHED or title.endswith("장"):
            return self.gazetteers.entry(stem) is not None or (len(stem) > 1 and kind_of_ending(stem) is not None) or self._is_given(stem, title)
        return False

    def _is_given(self, stem: str, title: str) -> bool:
        """Whether a title stands close behind a full name: 한도윤사장."""
        return len(stem) == 3 and title not in _DOUBTFUL and self.names.is_person(stem) and self.is_name(stem, 1.0)

    def is_name(self, text: str, low: float = 0.0) -> bool:
        """Whether a word can be a Korean person's full name."""
        size = len(text)
        if not 2 <= size <= 4 or not _HANGUL.fullmatch(text) or text in self._titles or text in _NOT_NAMES or is_plain(text):
            return False
        if not (self.names.is_surname(text[0]) or text[:2] in DOUBLE_SURNAMES) or self.gazetteers.entry(text) is not None:
            return False
        score = self.names.score(text)
        return score is not None and score >= low + (1.0 if size == 2 else 0.0)

    def _is_common(self, word: Word) -> bool:
        """Whether a word is made of ordinary nouns, though it looks like a name: 지명식, 비공식, 성희롱."""
        if "NNP" in word.tags or self.names.is_person(word.text):
            return False
        if len(word.tags) > 1 and set(word.tags) == {"NNG"} and word.text.endswith(_NOUN_ENDINGS):
            return True  # 감사원장 인준안
        return bool({"XPN", "XSN", "NNB"} & set(word.tags)) or is_verbal_noun(word.text) or (len(word.tags) > 1 and is_verbal_noun(word.text[:2]))

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Found]:
        """The people and posts among the words, with the organisations that a post names."""
        outer = outside_brackets(text, words)
        yield from self._in_brackets(text, words, outer)
        words = [word for word, outside in zip(words, outer, strict=True) if outside]
        titles = [self._title_at(words, index) for index in range(len(words))]
        for index, word in enumerate(words):
            title = titles[index]
            if title is not None:
                yield from self._at_title(text, words, titles, index, title)
            elif _AGE.match(text, word.end) and self.is_name(word.text, -4.0):
                first = find_foreign_name(words, index, self.names, self.gazetteers, lambda one: self.title_of(one) is not None)
                yield words[min(first, index)].start, word.end, "Person", "name-age", 78  # 올리버 하르텔(68)
            elif _REAL_NAME.match(text, word.end) and _HANGUL.fullmatch(word.text):
                yield word.start, word.end, "Person", "stage-name", 78
            elif self._listed_after(text, word) and self.is_name(word.text, _LOW) and word.tags != ("NNG",):
                yield word.start, word.end, "Person", "name-bracket-title", 78
            elif (
                index
                and (words[index - 1].text in _LEADING or (titles[index - 1] is not None and word.gap == " "))
                and text[words[index - 1].end : word.start] in (" ", ": ")
            ):
                yield from self._after_leading(words, titles, index)

    def _after_leading(self, words: Sequence[Word], titles: Sequence[Title | None], index: int) -> Iterator[Found]:
        word = words[index]
        following = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
        certain = self.is_name(word.text, 1.0) and len(word.text) == 3
        last = find_name_end(words, index, self.names, self.gazetteers, lambda one: self.title_of(one) is not None)
        if last > index and self.names.is_person(word.text) and (last > index + 1 or self.names.is_person(words[last].text)):
            yield word.start, words[last].end, "Person", "title-foreign-name", 80
            return
        if (
            words[index - 1].text in _LEADING
            and following is not None
            and not word.josa
            and not certain
            and (following.josa or (index + 2 < len(words) and words[index + 2].gap[:1] == ")"))  # 루디 고베어(유타 재즈)가
            and word.tags == ("NNP",)
            and _HANGUL.fullmatch(word.text)
            and following.tags[0] in ("NNP", "NNG")
            and titles[index + 1] is None
            and self.gazetteers.entry(word.text) is None
            and kind_of_ending(following.text) is None
        ):
            yield word.start, following.end, "Person", "title-foreign-name", 63
        elif self._is_common(word) or (word.tags == ("NNG",) and (len(word.text) == 2 or not word.josa or not self.names.is_person(word.text))):
            return  # 대표 권한, 후보 지지율, 교수 성희롱, 대통령 전용기 A호
        elif self.is_name(word.text, 0.5 if word.tags == ("NNG",) else _LOW) and kind_of_ending(word.text) not in ("Event", "Agreement"):
            before = words[index - 1]
            yield word.start, word.end, "Person", "title-name", 62
            if before.text != "고":  # the late one: no post
                yield before.start, before.end, "Position", "title", 57

    def _in_brackets(self, text: str, words: Sequence[Word], outer: Sequence[bool]) -> Iterator[Found]:
        for word, outside in zip(words, outer, strict=True):
            if not outside:
                title = self.title_of(word)
                if title is not None and title.name not in _DOUBTFUL and title.length > 1:
                    yield word.start, word.start + title.offset + title.length, "Position", "title", 58
        for before, word, first, second in zip(words, words[1:], outer, outer[1:], strict=False):
            if first or second or word.gap != " " or not self.is_name(word.text, _LOW):
                continue
            closed = before.gap.endswith("(") and len(word.text) == 3 and text[word.end : word.end + 1] == ")"
            if before.text in _LEADING or (closed and before.text in self._titles and not self._is_common(word)):
                yield word.start, word.end, "Person", "title-name", 62  # 형사합의3부(부장판사 한도윤)

    def _listed_after(self, text: str, word: Word) -> bool:
        """Whether a title in brackets follows: 유세겸(생산본부장)."""
        match = _POST.match(text, word.end)
        return match is not None and any(match[1].endswith(title) for title in self._titles)

    def _at_title(self, text: str, words: Sequence[Word], titles: Sequence[Title | None], index: int, title: Title) -> Iterator[Found]:
        word = words[index]
        begin = word.start + title.offset
        if title.offset:
            stem = word.text[: title.offset]
            entry = self.gazetteers.entry(stem)
            kind = entry.kind if entry is not None else kind_of_ending(stem)
            if entry is None and kind in PLACES and len(ending_of(stem)) == 1 and not self.names.is_place(stem):
                kind = None  # 안전관리 of 안전관리본부장 is no village
            if kind is not None and kind != "Position":
                yield word.start, begin, kind, "org-in-title", 59
            elif not self.is_name(stem, 3.0):
                prefix = self.gazetteers.longest(word.text, 0, range(1, title.offset))
                begin = word.start + (prefix[0] if prefix is not None else 0)
                if prefix is not None:
                    yield word.start, begin, prefix[1].kind, "org-in-title", 59
            else:
                yield word.start, begin, "Person", "name-in-title", 70
        whole = self._agency(word.text)
        if whole:
            yield word.start, word.start + whole, self.gazetteers.kind(word.text[:whole]) or kind_of_headed(word.text[:whole]), "agency-head", 73
            begin = word.start + whole
        people = list(self._before_title(text, words, titles, index, title))
        yield from people
        first = next((n for n in range(index, -1, -1) if people and words[n].start == people[0][0]), 0)
        while first and words[first].gap in DOTS and self.is_name(words[first - 1].text, 0.0) and len(words[first - 1].text) == 3:
            first -= 1
            yield words[first].start, words[first].end, "Person", "name-title", 76  # 한도윤·윤하람 의원
        after = words[index + 1] if index + 1 < len(words) and titles[index + 1] is not None else None
        if after is not None and after.gap == " " and not word.josa and _SERVING.fullmatch(after.text):
            yield begin, after.end, "Position", "title", 59  # 대통령 비서실장 is no president
        if begin < word.start + title.offset + title.length and (people or title.name not in _DOUBTFUL):
            yield begin, word.start + title.offset + title.length, "Position", "title", 58

    def _agency(self, word: str) -> int:
        """The length of the agency in its head's title: 국가데이터안전처장 heads 국가데이터안전처, 솔내광역시장 a city."""
        if word.endswith("시장") and len(word) > 3 and self.gazetteers.kind(word[:-1]) in PLACES:
            return len(word) - 1
        return headed_body(word) if word not in self._titles else 0

    def _before_title(self, text: str, words: Sequence[Word], titles: Sequence[Title | None], index: int, title: Title) -> Iterator[Found]:
        place = index
        while place and not words[place - 1].josa and words[place].gap == " " and words[place - 1].text in _BEFORE_TITLE:
            place -= 1
        first = find_foreign_name(words, place - 1, self.names, self.gazetteers, lambda word: self.title_of(word) is not None)
        if first < place - 1 and words[place].gap == " ":
            yield words[first].start, words[place - 1].end, "Person", "foreign-name-title", 79
            return
        between: list[Word] = []
        for step in range(place - 1, max(-1, place - 6), -1):
            word = words[step]
            gap = without_firm_mark(text[word.end : words[step + 1].start])
            aside = bool(_ASIDE.fullmatch(gap))
            if word.josa or not (gap == " " or aside):
                return
            if (word.text in _STATES or is_posted(word.text)) and step and word.gap == " " and not words[step - 1].josa:
                between.insert(0, word)
                continue  # 존 케리 미 국무장관
            if step == place - 1 and gap == " " and len(word.text) == 1:
                if self.names.is_surname(word.text) and word.text not in _NOT_NAMES and not (word.gap == "" and step):
                    yield word.start, word.end, "Person", "surname-title" if word.tags[0] == "NNP" else "surname-title-doubtful", 72
                return
            if titles[step] is not None and step == place - 1 and titles[step] is not None and not self.is_name(word.text, 3.0):
                continue  # 최고재무책임자 전무: a second title
            if title.name in ("장관", "차관") and word.text.endswith("부") and len(word.text) > 2 and not aside:
                yield word.start, word.end, "GovernmentAgency", "ministry-title", 66
                between.insert(0, word)
                continue
            if aside and step and is_spelt(words[step - 1], word, gap):
                yield words[step - 1].start, word.end, "Person", "foreign-name-title", 77  # 클라라 켈러만(Clara Kellermann) 박사
                yield from self._owner(between, title)
                return
            if step and self._is_full_name(words[step - 1], word) and self._is_body(word, words[step - 1], between, title):
                between.insert(0, word)
                continue  # 한도윤 한빛 유나이티드 감독, 한서림 새벽구 구청장
            if step > 1 and len(word.text) > 1 and ending_of(word.text) == word.text and self._is_full_name(words[step - 2], words[step - 1]):
                between.insert(0, word)
                continue  # 한도윤 솔내 트윈스 단장
            if between and title.name in _DOUBTFUL and "NNP" not in word.tags:
                return  # 하수관 정비 공사
            if self._names_person(word, aside, between, step, words):
                given = word if self.is_name(word.text, -4.0) and len(word.text) == 3 else self._given_name(words, step, word)
                yield given.start, word.end, "Person", "name-title", 76
                yield from self._owner(between, title)
                return
            if _LATIN.fullmatch(word.text) and step and words[step].gap == " " and _LATIN.fullmatch(words[step - 1].text):
                first = step - 1
                while first and words[first].gap == " " and _LATIN.fullmatch(words[first - 1].text) and not words[first - 1].josa:
                    first -= 1
                if first + 1 <= step:
                    yield words[first].start, words[first + 1].end, "Person", "latin-name-title", 76
                    yield from self._owner(words[first + 2 : place], title)
                    return
            if " " in word.text and word.tags == ("NNP",) and all(map(self.names.is_person, word.text.split())):
                yield word.start, word.end, "Person", "foreign-name-title", 77  # one morpheme: 릭 스콧
                yield from self._owner(between, title)
                return
            if between and not aside and (first := find_bare_name(words, step, self.names, self.gazetteers, between[0])) < step:
                yield words[first].start, word.end, "Person", "foreign-name-title", 77
                yield from self._owner(between, title)
                return
            between.insert(0, word)

    def _is_body(self, word: Word, before: Word, between: Sequence[Word], title: Title) -> bool:
        """Whether a word that could be a name is the body of a title, or begins its name: 한빛대 교수, 한빛 유나이티드 감독, 새벽구 구청장.

        A full name before it decides where the word itself is unlike a name: 한도윤 마사회 감사.
        """
        if word.text.endswith("대") and title.name.endswith(("교수", "총장", "학장")):
            return True
        if is_ward(word.text, self.gazetteers) or without_firm_mark(word.gap) != word.gap:
            return True
        if len(word.text) == 3 and (self.names.score(word.text) or 0.0) < 0 and is_full_name(before.text, self.names):
            return True
        return kind_of_ending(word.text) is not None or (bool(between) and ending_of(between[0].text) == between[0].text)

    def _is_full_name(self, word: Word, following: Word) -> bool:
        if word.josa or without_firm_mark(following.gap) != " ":
            return False
        if len(word.text) == 2:  # 최인 솔빛대 총장
            return following.text.endswith("대") and word.tags == ("NNP",) and word.text[0] in SURNAMES and self.names.is_person(word.text)
        if len(word.text) != 3:
            return False
        return self.is_name(word.text, 0.0) if word.tags == ("NNP",) else following.gap != " " and self.is_name(word.text, _LOW)

    def _given_name(self, words: Sequence[Word], step: int, word: Word) -> Word:
        """The first word of a foreign name whose last is ``word``: 도널드 of 도널드 트럼프, else ``word`` itself."""
        if not step or word.gap != " ":
            return word
        given = words[step - 1]
        if given.josa == "나" and self.names.is_person(given.text + "나"):
            return given  # 빌헬미나 크론: no particle
        if (
            given.josa
            or given.tags != ("NNP",)
            or not _HANGUL.fullmatch(given.text)
            or self.gazetteers.entry(given.text) is not None
            or kind_of_ending(given.text) is not None
            or self.title_of(given) is not None
        ):
            return word
        return given

    def _names_person(self, word: Word, aside: bool, between: Sequence[Word], step: int, words: Sequence[Word]) -> bool:
        verbal = len(word.text) == 3 and word.text[-1] == "시" and is_verbal_noun(word.text[:2])
        before = words[step - 1] if step and word.gap == " " and not between else None
        if before is not None and not before.josa and self.gazetteers.kind(before.text) in ORGANIZATIONS:
            if is_full_name(word.text, self.names) and self.names.is_person(word.text):
                return True  # 새벽당 이양수 의원
        if word.tags == ("NNB",) or verbal or is_ward(word.text, self.gazetteers) or self._is_common(word):
            return False  # 올라오는 대로 감사원장을 임명한다, 솔내갑 후보
        low = -4.0 if aside else _LOW if word.proper or not between else 1.0
        if not aside and word.text[0] not in SURNAMES:
            low = max(low, 0.0)  # 스페셜 MC
        elif len(word.text) == 3 and word.tags == ("NNP",) and not between:
            low = -9.0
        if word.tags == ("NNG",):
            low = max(low, -9.0 if aside else 2.5)
        if self.is_name(word.text, low):
            return kind_of_ending(word.text) is None or (self.names.score(word.text) or 0) > 3 or (not between and len(word.text) == 3)
        return False

    def _owner(self, between: Sequence[Word], title: Title) -> Iterator[Found]:
        """The body named between a person and a title, if what stands there can be one: not 대선 of 대선 후보."""
        while between and between[0].text in _BEFORE_TITLE:
            between = between[1:]
        between = without_departments(between, self.gazetteers)
        if not between:
            return
        start, end = between[0].start, between[-1].end
        name = "".join(word.text for word in between)
        if name in _STATES:
            yield start, end, "Country", "name-org-title", 54
            return
        entry = self.gazetteers.entry(name)
        if entry is None:
            last = self.gazetteers.entry(between[-1].text)
            entry = last if last is not None and (len(between) == 1 or last.kind in ORGANIZATIONS) else None
        kind = entry.kind if entry is not None and entry.kind != "Position" else kind_of_ending(between[-1].text)
        if kind == "Event" and title.name in ("후보", "당선인", "당선자", "주자", "참가자", "선수"):
            return
        if kind is None and len(between) == 1 and not between[0].proper and (len(name) < 3 or is_verbal_noun(name)):
            return  # 탄핵 선수단, 당시 간사
        if kind is None or kind in ("Event", "Work", "Technology", "Law", "Agreement"):
            kind = _OWNERS.get(title.name, "Company" if title.name in _BUSINESS else "Organization")
        yield start, end, kind, "name-org-title", 75 if len(between) > 1 and name.isascii() else 54
