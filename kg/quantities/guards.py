"""When a number with a counter is no quantity: 2대 주주, 엘리자베스 2세, 제3회, 축구장 26개 크기."""

from __future__ import annotations

import re

from kg.quantities.numbers import Number
from kg.quantities.units import Unit

ORDINAL = re.compile(r"제\s?$|第$|기호\s?$|No\.?\s?$|넘버\s?$", re.IGNORECASE)
SIZE_OF = re.compile(r"\s(?:크기|넓이|면적|높이|길이|두께)")
VEHICLE = re.compile(
    r"(?:차|버스|택시|트럭|기차|열차|전철|헬기|항공기|여객기|전투기|드론|로봇|컴퓨터|서버|카메라"
    r"|휴대전화|휴대폰|스마트폰|노트북|기기|장비|단말기|선박|대수|TV|CCTV|PC|피아노|오토바이|자전거"
    r"|킥보드|굴착기|크레인|소방차|구급차|장갑차|탱크|전차|충전기|발전기|자판기|청소기|냉장고|에어컨"
    r"|세탁기)[은는이가을를의도]?\s?(?:등\s)?(?:약|총|모두|최소|최대|단)?\s?$"
)
OF_VEHICLE = re.compile(r"의\s[가-힣]|(?:를|가|로|와|에|도|뿐|꼴|씩|이상|이하|가량|안팎|여)?(?=[\s.,)·…\"']|$)")
REIGN = re.compile(r"[가-힣]\s$")
CHILD = re.compile(
    r"\s?(?:아동|어린이|유아|남아|여아|아이|아들|딸|영아|자녀|이하|이상|미만|부터|까지|때"
    r"|반(?:[^가-힣]|$)|정도|무렵|소년|소녀|손자|손녀|이후|전후|[~∼-])|[가이]\s?(?:된|됐|되|넘)|(?:이"
    r"|입니|였)"
)
FULL_AGE = re.compile(r"(?:만|생후|나이|나이는|당시|올해)\s?$")
FLOOR_BEFORE = re.compile(r"(?:지상|지하|최고|총|높이)\s?$")
FLOOR_AFTER = re.compile(r"짜리|\s?(?:규모|건물|높이|아파트|빌딩|주택|이상|이하|타워|상가|호텔)")
INNING = re.compile(r"\s?[초말](?![가-힣])")
COHORTS = frozenset({1020, 2030, 3040, 4050, 5060, 6070})
NATIVE_ONLY = frozenset({"번", "끼", "바퀴", "걸음"})
JOINED = frozenset({"명", "개", "곳", "골", "배", "번", "세", "건", "마리", "차례", "가지", "사람"})
DIGITS_ONLY = frozenset({"쪽", "발", "인", "무", "승", "패", "표", "면", "점", "장"})
SPELT = frozenset({"명", "개", "건", "곳", "가구", "채", "마리", "개국"})
MONEY_BEFORE = re.compile(
    r"(?:매출|이익|적자|흑자|손실|투자|규모|자산|예산|시총|시가총액|목표|수주|기금|시장|대출|부채|빚"
    r"|국비|사업비|세금|몸값|가치|자본금|지원|보상|과징금|벌금|거래대금|순매수|순매도|합계|총|약"
    r"|연매출|금액|원금|에|만에)[은는이가액을의]?\s?$"
)
MONEY_AFTER = re.compile(
    r"\s?(?:투자|베팅|규모|들여|들인|투입|돌파|매출|적자|흑자|이익|손실|클럽|어치|지원|수주|계약|배상"
    r"|과징금|벌금|자산|시장|빚|대출|보상|펀드|기금|예산|에 |을 |를 |로 |이 |…|원)"
)
PEOPLE_AFTER = re.compile(
    r"\s(?:인구|중국|인도|시청자|회원|이용자|가입자|사용자|구독자|팔로|국민|광년|년|뷰|조회|명|시민"
    r"|세계|아시아|유권자|신도|소비자|관객|번|개|달러|유로|엔|위안)"
)
ARTICLE_AFTER = re.compile(r"\s?(?:\d|에서|경기|조|항|위|[가-힣]*전(?![가-힣]))")


def is_counted(number: Number, unit: Unit, text: str, end: int) -> bool:
    """Whether number and unit together count or measure: not where they number, name, rank a reign or a generation."""
    before, after = text[max(0, number.start - 12) : number.start], text[end : end + 12]
    if ORDINAL.search(before) or after.startswith(("당", "째", "번째")):
        return False
    if number.kind == "native" and unit.rule not in ("counter", "multiple-rank-age"):
        return False
    code = unit.code
    if unit.rule == "counter" and code != "차례" and SIZE_OF.match(after):
        return False
    if number.kind == "digits" and code in NATIVE_ONLY:
        return False
    if number.kind == "native" and (code in DIGITS_ONLY or (code == "배" and number.value == 1)):
        return False
    # Written together many are words of their own: 세대, 세종, 한편, 두통, 열병, 세배.
    if (
        number.kind == "native"
        and text[number.end] != " "
        and (code not in JOINED or number.text + unit.wording == "세배")
    ):
        return False
    if number.kind == "spelt" and unit.rule == "counter" and code not in SPELT:
        return False
    check = CHECKS.get(code)
    if check is not None:
        return check(number, before, after)
    if code == "KRW" and number.text in ("십", "백", "천", "만"):
        return bool(after) and "가" <= after[0] <= "힣"
    return not (unit.rule == "temperature" and code == "도" and after.startswith(" 화상"))


def _vehicles(number: Number, before: str, after: str) -> bool:
    if VEHICLE.search(before):
        return True
    band = number.kind == "digits" and 10 <= number.value <= 90 and number.value % 10 == 0
    return not band and OF_VEHICLE.match(after) is not None and not after.startswith(" ")


def _age(number: Number, before: str, after: str) -> bool:
    if number.kind == "native" or number.value > 16:
        return number.value <= 130 and not after.startswith("대")
    if FULL_AGE.search(before) or CHILD.match(after):
        return True
    return number.value > 4 and not REIGN.search(before)


def _floors(number: Number, before: str, after: str) -> bool:
    return FLOOR_BEFORE.search(before) is not None or FLOOR_AFTER.match(after) is not None


def _generation(number: Number, before: str, after: str) -> bool:
    return number.value >= 20 and number.value not in COHORTS


def _round(number: Number, before: str, after: str) -> bool:
    return INNING.match(after) is None


def _grade(number: Number, before: str, after: str) -> bool:
    return number.kind == "digits" and not after.startswith(("급", " "))


def _person(number: Number, before: str, after: str) -> bool:
    """ "한 사람", "두 팀" count; a lone "한 팀" is as good as an article."""
    return number.kind != "native" or number.value > 1


def _volume(number: Number, before: str, after: str) -> bool:
    """Books, not the three rights of labour: 노동3권."""
    return not before.rstrip().endswith("노동")


CHECKS = {
    "권": _volume,
    "대": _vehicles,
    "세": _age,
    "층": _floors,
    "세대": _generation,
    "회": _round,
    "등": _grade,
    **dict.fromkeys(("사람", "팀", "가지", "편", "개국", "통", "벌", "쌍", "번"), _person),
}


def is_bare_money(number: Number, text: str) -> bool:
    """Whether a number in 조 or 억 without a unit is an amount of won, as headlines have it: "2.4조 베팅"."""
    if number.kind != "digits" or number.text[-1] not in "조억" or "경" in number.text:
        return False
    before, after = text[max(0, number.start - 12) : number.start], text[number.end : number.end + 12]
    if ORDINAL.search(before) or PEOPLE_AFTER.match(after):
        return False
    first = after[:1]
    if "가" <= first <= "힣" and not re.match(
        r"(?:에|로|을|를|이|가|원|은|는|의|도|대|어치|규모|까지|보다|만|씩|여|짜리)(?:는|도|서|의|만)?(?![가-힣])",
        after,
    ):
        return False
    if (
        number.text[-1] == "조"
        and "." not in number.text
        and not number.text[:-1].replace(",", "").endswith(("백", "천"))
    ):
        if ARTICLE_AFTER.match(after) and not MONEY_AFTER.match(after):
            return False
        return (
            MONEY_BEFORE.search(before) is not None
            or MONEY_AFTER.match(after) is not None
            or number.value >= HUNDRED_TRILLION
        )
    return True


HUNDRED_TRILLION = 10**14
