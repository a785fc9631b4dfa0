"""Bare nouns that are adverbs: times, counts and modifiers that stand without josa and name no thing (내년 1분기, 공동, 세 명)."""

from __future__ import annotations

import re

from kg.model import Argument

# nouns that only shade the noun behind them
MODIFIERS = frozenset(
    "이번 공동 추가 향후 상호 본격 직접 신규 각종 대규모 전면 조속한 조기 긴급 지속적 적극적 자체 별도 구체적 다양한 활발한 특별 집중 "
    "일제 정밀 전체 전면적 양자 다자 단체 대대적 전격 최종 일부 단독 합동 정식 공식 첫 전수 재차 시범 우선 "
    "엄중 강력 신속 철저 극심 심각 정상 자진 자동 무단 강제 조속 간접 수시 동시 대신 공개 비공개 만장일치 집단 중간중간 구속 불구속 약식 적극".split()
)
_COUNT = re.compile(r"^[\d한두세네여]+(?:명|대|개|곳|건|마리|척|채|종|편|점|권)$")
# how long, how much at a time, and in what way: 상당 기간, 20곳씩, 연일
_MEASURED_OUT = re.compile(r"(?:씩|내내|^(?:기간|연일|단둘|무정차|업무상|도중))$")
_TIME_NOUN = re.compile(
    r"(?:\d|[한두세네몇수]).*(?:년|월|일|시|분|초|분기|세기|주|주일|주년|간|개월|달|차례|회|번|동안|대|명|개|곳|건|배|%|위|살|세)$|^(?:내년|올해|지난해|작년|재작년|내후년|이날|당시|현재|최근|"
    r"앞서|오전|오후|상반기|하반기|연말|연초|연중|이달|내달|지난달|다음달|매년|매월|매주|매일|올|지난|어제|오늘|내일|전날|이튿날|그동안|한동안|향후|앞으로|현지시간|공동|직접|처음|모두|각각|대부분|일부|먼저|함께|"
    r"당초|애초|결국|실제|사실상|이번|매우|가장|상당수|다수|전원|추가|별도|정식|공식|잠시|오랫동안|오래|줄곧|스스로|서로|원래|본래|요즘|평소|그때|이때|주로|특히|가운데|만큼|이후|이전|직후|전|후|뒤|때|중|내|말|초|평생|한평생|이제|내내|서로서로|당장)$"
)


def is_time(text: str, argument: Argument) -> bool:
    """Whether a bare phrase is a day: 10일, 이날, 지난 3월."""
    return _DAY.search(argument.span.of(text)) is not None


_DAY = re.compile(
    r"^(?:(?:지난|오는|올해|내년|지난해|이달|지난달)\s)?(?=\d)(?:\d+년\s?)?(?:\d+월\s?)?(?:\d+일)?(?:\s(?:오전|오후|새벽|밤).*)?$"
    r"|^(?:이날|전날|같은 날)$"
)


def is_adverbial(text: str, argument: Argument) -> bool:
    """Whether a bare noun is a time, a count or another adverb in the form of a noun: 내년 1분기, 공동."""
    head = argument.head.of(text)
    if _COUNT.search(head) and argument.span.start < argument.head.start:
        return False  # 조직원 9명: people, not how often
    if argument.span.of(text) == "대표":
        return True  # 대표 발의하다: for all who sign
    return _TIME_NOUN.search(head) is not None or is_measured_out(head)


def is_measured_out(head: str) -> bool:
    """Whether a bare noun says how long or how much at a time: 기간 of "상당 기간 거래했다", 씩 of "20곳 씩"."""
    return _MEASURED_OUT.search(head) is not None
