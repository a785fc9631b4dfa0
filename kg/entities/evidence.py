"""What an article says of a name by the words beside it: 태풍 힌남노, 뉴스레터 뉴닉, 한도윤에게."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.entities.clusters import Clusters
from kg.entities.kinds import CLASS_NOUNS, PERSON, kind_of_ending
from kg.entities.people import NameTable
from kg.tables.gazetteers import Gazetteers
from kg.tables.lexicons import find_kind

# class nouns that also stand before what only belongs to them: 사업 내용, 그룹 회장, 팀 선수
_LOOSE = frozenset(
    "행사 대회 사업 프로젝트 작전 훈련 사건 세미나 공연 그룹 조직 기관 센터 팀 클럽 모델 서비스 시스템 프로그램 솔루션 AI 인공지능 로봇 칩 "
    "반도체 카드 통장 적금 백화 의류 상품 제품 프로 시리즈 곡 노래 조각 그림 회화 전시 작품 사설 기술 공정 물질 소재 신소재 언론 법 대학 "
    "은행 회사 기업 법인 단체 협회 재단 노조 시설 단지 매장 공원 호텔 정당 여당 야당 펀드 기금 클라우드 게임 책 앱 유전자 배터리 차량 라면 "
    "협정 조약 협약 합의 법안 개정안 법률 저널 칼럼 논문 보고서".split()
)
_CLASSED = {noun: kind for noun, kind in CLASS_NOUNS.items() if noun not in _LOOSE}
_BEFORE = re.compile(r"(?<![가-힣A-Za-z])([가-힣A-Za-z]{1,10}) ['‘\"“<《「『〈]?$")
_ENDED = re.compile(
    r"['’\"”>》」』〉(]|(?:이|은|는|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|인|이라는|이다|측|이나|나|이라고|라고|이며|호)?(?![가-힣])"
)
_CALLED = re.compile(r"['’\"”>》」』〉]?(?:라는|이라는) (?:([가-힣A-Za-z]+) )?([가-힣A-Za-z]+)")
_AFTER = re.compile(r"['’\"”>》」』〉]? (태풍|허리케인|펀드|걸그룹)(?:[은는이가을를의와과도]|으로|$|\s)")
_MEMBERS = re.compile(r"['’\"”>》」』〉]?의? (?:전 |현 |전체 )?멤버(?![가-힣]{2}십)")
_NUMBERED = re.compile(r"제? ?\d{1,2}호 (?:태풍 )?['‘\"“]?$")
_GIVEN = re.compile(r"에게|한테|께서|\s?씨(?![가-힣]{2})")
_SAID = re.compile(
    r"(?:은|는|이|가|도) [^.\n]*[\"”’'](?:이라|라)?[고며][^.\n]{0,20}(?:말|밝|전|강조|설명|주장|덧붙|답|반박|지적|호소|당부|약속|웃)[가-힣]*다"
)
_LATIN_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’-]+){1,2}")
_HANJA = re.compile(r"[一-龥]{2,4}")
_RULER = re.compile(r"[가-힣]{2,}(?:대왕|왕후|황후|황제|대제|대비|세자|대군)")
_BODY_ENDS = frozenset("부처청원회당팀군국단연대협위사련고소파샵")
_LONG = 5  # syllables of a compound that a single one tells to be a body
_COMMON = frozenset({"NNG", "XPN", "XSN", "NNB", "SN", "JKG"})
_MIXED = re.compile(r"[A-Z&]{2,}[가-힣]+|[가-힣]{2,}[A-Z]{2,}")  # GS샵, 광주MBC
_ACTS = re.compile(
    r"\s?측|\s(?:관계자|대표|소속|직원|회장|사장|본사|회원|출신|선수|감독|대변인|총수|노조|임직원|기자|담당자|이사회)|에 따르면"
    r"|의 (?:대표|회장|사장|직원|관계자|모회사|자회사)|(?:은|는|이|가|도|에서는|에서도)\s[^.\n]{0,80}"
    r"(?:밝히|밝혔|발표|말했|전했|주장|설명|요구|비판|촉구|결정|추진|운영|출시|개발|선정|체결|인수|공개|보도|제기|고발|제공)"
)
_PLACED = re.compile(r"에서|에는|에도|까지|으로부터|\s(?:지역|일대|인근|주민|앞바다|현지|해역|상공|남쪽|북쪽|동쪽|서쪽)")


class Evidence:
    """The words beside the names of one article."""

    def __init__(self, text: str, names: NameTable, clusters: Clusters, gazetteers: Gazetteers) -> None:
        self._text = text
        self._clusters = clusters
        self._names = names
        self._gazetteers = gazetteers
        self.kind_of = lru_cache(maxsize=None)(self._kind_of)
        self.is_animate = lru_cache(maxsize=None)(self._is_animate)

    def _kind_of(self, name: str) -> str | None:
        """The kind that a class noun beside the name tells anywhere in the article: Event for "태풍 힌남노"."""
        text = self._text
        for start, end in self._places(name):
            before = _BEFORE.search(text, max(0, start - 14), start)
            if before is not None and _ENDED.match(text, end):
                kind = _CLASSED.get(before[1]) or _CLASSED.get(before[1].removesuffix("인"))
                if kind is not None:
                    return kind
            if _NUMBERED.search(text, max(0, start - 12), start) and "태풍" in text:
                return "Event"  # 제15호 ‘볼라벤’
            if _MEMBERS.match(text, end) and (start == 0 or not text[start - 1].isalnum()):
                return "Band"
            called = _CALLED.match(text, end)
            if called is not None:
                for word in filter(None, called.groups()):
                    found = next(filter(None, (CLASS_NOUNS.get(word[:size]) for size in range(len(word), max(0, len(word) - 3), -1))), None)
                    if found is not None:
                        return found
            after = _AFTER.match(text, end)
            if after is not None and (start == 0 or not text[start - 1].isalnum()):
                return CLASS_NOUNS.get(after[1])
        return None

    def _is_animate(self, name: str) -> bool:
        """Whether the name gives, says or is spoken to as people do: "한도윤에게", "한도윤은 … 말했다"."""
        return self._goes_on(name, _GIVEN) or self._goes_on(name, _SAID)

    def without_josa(self, name: str) -> str:
        """An unheard name without the 이 that was read as part of it: 볼라벤 of "태풍 볼라벤이", which stands alone elsewhere."""
        stem = name.removesuffix("이")
        return stem if len(stem) > 1 and stem != name and self._text.count(stem) > self._text.count(name) else name

    def is_addressed(self, name: str) -> bool:
        """Whether somebody gives or says something to the name: "한도윤에게", "한도윤 씨"."""
        return self._goes_on(name, _GIVEN)

    def _places(self, name: str) -> Iterator[tuple[int, int]]:
        start = self._text.find(name)
        while start >= 0:
            yield start, start + len(name)
            start = self._text.find(name, start + len(name))

    def _goes_on(self, name: str, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern follows the name, where it begins a word, anywhere in the article."""
        text = self._text
        return any(pattern.match(text, end) for start, end in self._places(name) if start == 0 or not text[start - 1].isalnum())

    def is_person(self, name: str, tags: list[str]) -> bool:
        """Whether a word that the tagger takes for a person is one by more than that: 최은수 is, 신칸센 and 위조지폐 are not."""
        if re.search(r"[\d:·=]", name):
            return False
        if not re.search("[가-힣]", name):
            return _LATIN_NAME.fullmatch(name) is not None or _HANJA.fullmatch(name) is not None
        words = name.split()
        if any(self._names.is_person(word) for word in words) and not _is_thing(words[-1]):
            return True
        if len(words) > 1:
            return not _is_thing(words[-1]) and self.is_animate(name)  # 다크 웹, 마운트 곡스: nothing tells that they are people
        score = self._names.score(name)
        if len(name) == 3 and score is not None and score >= 1.0 and self._names.is_surname(name[0]) and kind_of_ending(name) is None:
            return True
        return _RULER.fullmatch(name) is not None or self.is_animate(name)

    def is_body(self, name: str, tags: list[str]) -> bool:
        """Whether a word that the tagger takes for an organisation is one by more than that: 언딘 관계자, not 펜타닐."""
        parts = (name.replace(" ", ""), *name.split())
        if any(kind_of_ending(word) is not None or self._gazetteers.entry(word) is not None for word in parts) or name.endswith("당국"):
            return True
        common = len(tags) > 1 and set(tags) <= _COMMON
        plain = common and (find_kind(name) in ("Person", "Event") or (len(name) < _LONG and name[-1] not in "원회청처국"))
        if name[-1] in _BODY_ENDS and not plain:
            return True  # but 삼중수소 and 반정부시위 are ordinary compounds
        if _MIXED.fullmatch(name):
            return True
        return self._goes_on(name, _ACTS)

    def is_unheard(self, word: str) -> bool:
        """Whether no dictionary has a noun: 세라핌, 힌남노."""
        return self._clusters.find_names(word, "NNG")[0] == "?" and self._clusters.find_names(word, "NNP")[0] == "?"

    def is_place(self, name: str) -> bool:
        """Whether a word that the tagger takes for a place is one by more than that: 에게해 is, 오만원권 is not."""
        if any(self._names.is_place(word) or self._gazetteers.entry(word) is not None or kind_of_ending(word) is not None for word in name.split()):
            return True
        return self.is_placed(name)

    def is_placed(self, name: str) -> bool:
        """Whether a dictionary has the name as a place's, or something happens there: "구의역에서"."""
        return self._names.is_place(name) or self._goes_on(name, _PLACED)


def _is_thing(word: str) -> bool:
    """Whether the last word of a name shows that it is no person's: 도호쿠 신칸센, 브리태니커 백과사전."""
    kind = kind_of_ending(word) if len(word) > 3 else None
    return (kind is not None and kind != PERSON) or word in CLASS_NOUNS or word.endswith(("신칸센", "백과사전", "공항선"))
