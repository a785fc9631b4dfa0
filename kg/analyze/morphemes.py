"""Morphemes by Kiwi, with the repairs that news needs.

Kiwi splits a name that its dictionary lacks (김/NNP + 영섭/NNP) and reads the contracted -기로 of 추진키로 as a noun; both
are mended here. Spans are code-point offsets into the text as given; morphemes that share a syllable (열린 = 열리 + ㄴ)
share it without overlapping: the second takes what the first leaves, at times nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from kiwipiepy import Kiwi

from kg.analyze.quotes import straighten
from kg.analyze.titles import seal_titles
from kg.errors import AnalysisError
from kg.model import Span, Token

SURNAMES = frozenset(
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 류 나 진 "
    "지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용 예 경 봉 사 "
    "부 가 복 태 목 형 피 두 감 호 빈 시 범 좌 팽 승 간 견 갈 남궁 황보 제갈 선우 독고 사공 서문".split()
)
_NOUN = ("NNG", "NNP")
# where nothing to repair begins
_SETTLED = frozenset("JKS JKC JKG JKO JKB JKV JKQ JX JC EP EF EC ETN ETM SF SP SS SSO SSC SE SO SB XSA XSV XSN SN".split())
# Kiwi drops a path that lies this far behind the best (8 by default): a seventh less time for 0.17 % other morphemes
_CUTOFF = 4.0
_BEGINS_NAME = frozenset(("NNG", "NNP", "MM", "NP", "NR"))
# Kiwi splits the josa behind a unit sign (60%를 as 르 + ㄹ); behind a counter it does not
_DATE_NOUNS = frozenset(
    "봄 여름 가을 겨울 주말 월요일 화요일 수요일 목요일 금요일 토요일 일요일 연말 하반기 상반기 달 해 주".split()
)
_SPANS_OF_TIME = frozenset("한 두 몇 수년 수십 수백 수개월 수일 수주".split())
# what one looks back at: 지난 대선, 지난 시즌
_PAST_NOUNS = frozenset(
    "대선 총선 선거 지방선거 보궐선거 시즌 대회 올림픽 월드컵 정부 정권 정기국회 국회 국감 국정감사 경기 재판 공판 회의 총회 학기 학년 분기 세기 "
    "회계연도 방한 방미 방문 회담 정상회담 청문회 이사회".split()
)
# endings of firms' names behind two or three syllables that the dictionary does not know
_FIRM_NOUNS = frozenset(
    (
        "전자 식품 건설 제약 화학 통신 증권 은행 그룹 바이오 테크 소프트 중공업 에너지 "
        "물산 상사 산업 기업 신문 일보 방송 미디어 모터스 항공 해운 보험 카드 캐피탈 "
        "텔레콤 로보틱스 솔루션 시스템 네트웍스 엔터테인먼트 스튜디오 게임즈 제지 철강 정유 반도체 디스플레이 머티리얼즈 "
        "커머스 로지스 푸드 제과 유업 "
    ).split()
)
_QUOTABLE = ("다", "라", "냐", "자")  # final endings that -고 reports
_SIGNS = "%‰℃㎡㎢㎞㎏㎝㎜㎖㎥㎾㏊"
_COUNTER = "개"
# names of two nouns joined by a josa, which Kiwi takes apart
_NAMES_WITH_JOSA = ("국민의힘", "국민의당", "국민의미래")
_DOCTORS = ("전문의", "전공의", "수련의", "공보의")  # 전문의 6명: no 의 of possession
_SPELT = str.maketrans(dict.fromkeys(_SIGNS, _COUNTER))
# what no josa stands before without a space
_BEHIND_NO_JOSA = frozenset(("NNG", "NNP", "NNB", "NR", "MM", "MAG", "VV", "VA", "XR"))


@lru_cache(maxsize=1)
def load_kiwi() -> Kiwi:
    """The morphological analyser, loaded once for the process."""
    try:
        # the dictionary of titles of several words takes half of the start and changes one token in a thousand of news
        kiwi = Kiwi(num_workers=1, load_typo_dict=False, load_multi_dict=False)
        kiwi.global_config.cutoff_threshold = _CUTOFF
        for name in _NAMES_WITH_JOSA:
            kiwi.add_user_word(name, "NNP")
        for noun in _DOCTORS:
            kiwi.add_user_word(noun, "NNG")
        return kiwi
    except Exception as error:  # Kiwi raises bare exceptions of its C++ core when its model is missing
        raise AnalysisError(
            f"The Korean morphological analyser does not load ({error}): reinstall kiwipiepy and kiwipiepy_model."
        ) from error


def find_tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """The morphemes of a text, or of the line of it that ``span`` covers: "KT가" is KT/SL, 가/JKS."""
    line = text if span is None else span.of(text)
    raw = load_kiwi().tokenize(straighten(line).translate(_SPELT))
    return seal_titles(text, _build_tokens(text, raw, 0 if span is None else span.start, len(text) if span is None else span.end))




def _build_tokens(text: str, raw: Iterable[Any], begin: int, limit: int) -> tuple[Token, ...]:
    tokens: list[Token] = []
    end = begin
    for morpheme in raw:
        form, tag, start, stop = morpheme.form, morpheme.tag, begin + morpheme.start, begin + morpheme.end
        if start < end:
            start = end
        if stop > limit or start > limit:
            start, stop = min(start, limit), min(stop, limit)
        if stop < start:
            stop = start
        end = stop
        if form == _COUNTER and text[start:stop] in _SIGNS and stop > start:
            tokens.append(Token(text[start:stop], text[start:stop], "SW", Span(start, stop)))
            continue
        tokens.append(Token(form, morpheme.lemma, tag[: tag.index("-")] if "-" in tag else tag, Span(start, stop)))
    return _repair(text, tokens)


def _repair(text: str, tokens: list[Token]) -> tuple[Token, ...]:
    repaired: list[Token] = []
    firms = any(token.form in _FIRM_NOUNS for token in tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.tag == "EF" and token.form.endswith(_QUOTABLE) and _is_quoted_on(tokens, index):
            behind = tokens[index + 1]
            form = token.form + behind.form.removeprefix("라")
            repaired.append(Token(form, form, "EC", Span(token.span.start, behind.span.end)))  # 만들었다고 3일 밝혔다
            index += 2
            continue
        if token.tag in _SETTLED:
            repaired.append(token)
            index += 1
            continue
        name = max(_name_end(text, tokens, index), _torn_name_end(text, tokens, index)) if token.tag in _BEGINS_NAME else index
        if name > index + 1:
            span = Span(token.span.start, tokens[name - 1].span.end)
            form = span.of(text)
            repaired.append(Token(form, form, "NNP", span))
            index = name
            continue
        if token.form in ("키", "기") and token.tag == "NNG" and _follows(tokens, index, "로", "JKB") and _after_noun(tokens, index):
            # 추진키로 했다: the verb suffix has melted into the ending
            repaired.append(Token("하", "하다", "XSV", Span(token.span.start, token.span.start)))
            repaired.append(Token("기", "기", "ETN", token.span))
            index += 1
            continue
        if token.tag == "VCP" and index and tokens[index - 1].tag in ("JKB", "JX") and _follows(tokens, index, "라도", "EC"):
            span = Span(token.span.start, tokens[index + 1].span.end)
            repaired.append(Token("라도", "라도", "JX", span))  # 안에서라도: a josa behind a josa
            index += 2
            continue
        if token.form == "이" and token.tag == "VCP" and index and _stands_alone(tokens, index):
            repaired.append(Token("이", "이", "JKS", token.span))  # a copula without an ending is the josa
            index += 1
            continue
        if token.form == "도" and token.tag == "VV":
            repaired.append(Token("돌", "돌다", "VV", token.span))  # 반환점을 도는: there is no verb 도다
            index += 1
            continue
        if token.form == "사" and token.tag == "VV" and index and tokens[index - 1].form == "에" and _follows(tokens, index, "는", "ETM"):
            repaired.append(Token("살", "살다", "VV", token.span))  # 남천동에 사는: lives, and does not buy
            index += 1
            continue
        model = _model_end(text, tokens, index) if token.tag == "SL" else index
        if model > index + 1:
            span = Span(token.span.start, tokens[model - 1].span.end)
            repaired.append(Token(span.of(text), span.of(text), "SL", span))
            index = model
            continue
        compound = _compound_end(tokens, index) if token.tag in ("VV", "VA") else index
        if compound > index + 1:
            span = Span(token.span.start, tokens[compound - 1].span.end)
            form = span.of(text)
            repaired.append(Token(form, form, "NNG", span))
            index = compound
            continue
        firm = _firm_end(text, tokens, index) if firms else index
        if firm > index + 1:
            span = Span(token.span.start, tokens[firm - 1].span.end)
            repaired.append(Token(span.of(text), span.of(text), "NNP", span))
            index = firm
            continue
        if token.form in ("오", "지나") and _is_date_modifier(text, tokens, index):
            span = Span(token.span.start, tokens[index + 1].span.end)
            repaired.append(Token(span.of(text), span.of(text), "MM", span))
            index += 2
            continue
        repaired.append(token)
        index += 1
    return tuple(repaired)


def _is_quoted_on(tokens: list[Token], index: int) -> bool:
    """Whether a final ending goes straight on as reported words: 다/EF 고/JKQ of 만들었다고."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    quoting = behind is not None and ((behind.tag == "JKQ" and behind.form in ("고", "라고")) or (behind.tag == "EC" and behind.form == "며"))
    return quoting and behind is not None and behind.span.start == tokens[index].span.end


def _stands_alone(tokens: list[Token], index: int) -> bool:
    """Whether a morpheme of one syllable closes its eojeol, with a noun before it and nothing behind."""
    before, token = tokens[index - 1], tokens[index]
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    noun = before.tag in (*_NOUN, "SL", "NNB", "XSN") and before.span.end == token.span.start
    return noun and token.span.end > token.span.start and behind is not None and behind.span.start > token.span.end


def _model_end(text: str, tokens: list[Token], index: int) -> int:
    """The index after a name of letters, hyphens and digits (GPT-4o, K-9, COVID-19) that starts here; else ``index``."""
    if index + 2 >= len(tokens) or text[tokens[index].span.end : tokens[index].span.end + 1] != "-":
        return index
    stop = index + 1
    while stop < len(tokens) and tokens[stop].span.start == tokens[stop - 1].span.end and (
        tokens[stop].tag in ("SL", "SN") or tokens[stop].span.of(text) == "-"
    ):
        stop += 1
    if tokens[stop - 1].span.of(text) == "-":
        stop -= 1
    return stop if stop > index + 1 else index


def _compound_end(tokens: list[Token], index: int) -> int:
    """The index after a noun that was read as a verb with an ending and a noun (전하/VV 어/EC 액/NNG for 전해액); else ``index``."""
    if index + 2 >= len(tokens) or tokens[index + 1].tag != "EC" or tokens[index + 2].tag != "NNG":
        return index
    ending, noun = tokens[index + 1], tokens[index + 2]
    if ending.form not in ("어", "아", "여") or ending.span.end != noun.span.start or ending.span.start != tokens[index].span.end:
        return index
    if len(noun.form) > 2 or (index and tokens[index - 1].span.end == tokens[index].span.start):
        return index
    return index + 3


def _firm_end(text: str, tokens: list[Token], index: int) -> int:
    """The index after a firm's name that was read as a verb and a noun (하/VV ᆫ/ETM 들/NNB 전자/NNG for 한들전자); else ``index``."""
    if index and tokens[index - 1].span.end == tokens[index].span.start and tokens[index - 1].tag[0] != "S":
        return index
    stop, verbal = index, False
    while stop < len(tokens) and (stop == index or tokens[stop].span.start == tokens[stop - 1].span.end):
        tag = tokens[stop].tag
        if tag in ("VV", "VA", "VX", "ETM", "MAG", "MM", "EC", "XSV", "IC") or (tag == "ETN" and tokens[stop].form == "ᆷ"):
            verbal = True
        elif not tag.startswith(("N", "X")):
            break
        if tokens[stop].form in _FIRM_NOUNS and stop > index:
            if not verbal or tokens[stop].span.start - tokens[index].span.start > 3:
                return index
            ending = tokens[stop - 1].tag == "ETM" and tokens[stop - 1].span.of(text) in ("는", "은", "던")
            return index if ending else stop + 1
        stop += 1
    return index


def _is_date_modifier(text: str, tokens: list[Token], index: int) -> bool:
    """오는 30일, 지난 3월: the verb is only a pointer in time."""
    if index + 2 >= len(tokens) or tokens[index].tag != "VV" or tokens[index + 1].tag != "ETM":
        return False
    word = text[tokens[index].span.start : tokens[index + 1].span.end]
    following = tokens[index + 2]
    dated = following.tag in ("SN", "W_SERIAL", "NR") or following.form in _DATE_NOUNS
    dated = dated or (following.tag in ("MM", "NNG") and following.form in _SPANS_OF_TIME)
    past = word == "지난" and following.form in _PAST_NOUNS and not (index and tokens[index - 1].tag in ("JKS", "JKO", "JKB"))
    return past or (word in ("오는", "지난") and dated)




def _follows(tokens: list[Token], index: int, form: str, tag: str) -> bool:
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    return after.form == form and after.tag == tag and after.span.start == tokens[index].span.end


def _after_noun(tokens: list[Token], index: int) -> bool:
    if index == 0:
        return False
    before = tokens[index - 1]
    return before.tag == "NNG" and before.span.end == tokens[index].span.start


def _name_end(text: str, tokens: list[Token], index: int) -> int:
    """The index after a split name that starts at ``index``: 김/NNP 영섭/NNP, 김/NNP 혜/NNG 진/NNG; else ``index``."""
    token = tokens[index]
    if token.tag != "NNP" or token.form not in SURNAMES:
        return index
    if index and tokens[index - 1].span.end == token.span.start and tokens[index - 1].tag[0] in "NX":
        return index  # inside a longer word
    length, stop = 0, index + 1
    while stop < len(tokens) and length < 2:
        part = tokens[stop]
        if part.tag not in _NOUN or part.span.start != tokens[stop - 1].span.end or length + len(part.form) > 2:
            break
        if part.form in ("씨", "모"):
            return index
        length += len(part.form)
        stop += 1
    if length != 2:
        return index
    if stop < len(tokens) and tokens[stop].span.start == tokens[stop - 1].span.end and tokens[stop].tag in (*_NOUN, "XSN"):
        return index  # 김포공항, 이천시: the word goes on
    return stop


# titles that stand behind a full name
_BEARERS = frozenset("의원 국회의원 대표 장관 차관 교수 후보 위원장 원내대표 감독 선수 기자 회장 사장 변호사 총장 시장 씨".split())


def _torn_name_end(text: str, tokens: list[Token], index: int) -> int:
    """The index after a name of three syllables that was read with a josa in its middle: 성/NNG 이/JKS 든/VV; else ``index``.

    No josa stands before a noun or a verb that follows without a space, and no adverb close behind a name: 이재/NNP 욱/MAG.
    """
    token = tokens[index]
    if token.tag == "NNP" and token.form[0] in SURNAMES and token.span.end - token.span.start == 2 and index + 1 < len(tokens):
        last = tokens[index + 1]
        alone = not text[max(0, token.span.start - 1) : token.span.start].isalnum() and not text[last.span.end : last.span.end + 1].isalnum()
        if last.tag in ("MAG", "MM") and last.span == Span(token.span.end, token.span.end + 1) and alone:
            return index + 2
    if token.form == "이" and token.tag == "MM" and index + 2 < len(tokens):
        last, title = tokens[index + 1], tokens[index + 2]
        close = last.span == Span(token.span.end, token.span.end + 2) and title.span.start == last.span.end + 1
        if close and last.tag in _NOUN and title.form in _BEARERS:
            return index + 2  # 이/MM 양수/NNG 의원
    if token.form not in SURNAMES or token.tag not in (*_NOUN, "MM", "NP", "NR") or token.span.end - token.span.start != 1:
        return index
    start = token.span.start
    end = start + 3
    if text[max(0, start - 1) : start].isalnum() or text[end : end + 1] != " " or index + 2 >= len(tokens):
        return index
    josa, behind = tokens[index + 1], tokens[index + 2]
    if josa.tag not in ("JKS", "JX", "JKG", "JKO") or josa.span != Span(start + 1, start + 2) or behind.tag not in _BEHIND_NO_JOSA:
        return index
    stop = index + 2
    while stop < len(tokens) and tokens[stop].span.start < end:
        stop += 1
    while stop < len(tokens) and tokens[stop].span.start == tokens[stop].span.end == end:
        stop += 1  # the ᆫ of 든
    return stop if tokens[stop - 1].span.end == end else index
