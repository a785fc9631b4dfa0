"""What facts hold as words: contents begin and end where their clause does; and clauses that no fact is made of."""

from __future__ import annotations

import pytest

from kg.model import Article, Entity, Fact
from kg.pipeline import read_document


def _tell(fact: Fact) -> tuple[str, str, str]:
    thing = fact.object
    words = "" if thing is None else thing.name if isinstance(thing, Entity) else thing.text
    return fact.subject.name, fact.predicate, words


TOLD = [
    ("한빛은행은 물가가 곧 오를 것으로 전망했다.", ("한빛은행", "kg:expects", "물가가 곧 오를 것")),
    ("환경부는 국내의 대기가 안정적인 상황에서 미세먼지가 늘어난 것으로 분석했다.",
     ("환경부", "kg:says", "국내의 대기가 안정적인 상황에서 미세먼지가 늘어난 것")),
    ("환경부는 10월 22일부터 23일까지 서울에서 습지 포럼을 개최한다고 밝혔다.",
     ("환경부", "kg:reveals", "10월 22일부터 23일까지 서울에서 습지 포럼을 개최한다")),
    ("한편 환경부는 새 제도를 시행한다고 밝혔다.", ("환경부", "kg:reveals", "새 제도를 시행한다")),
    ("환경부는 “습지를 지키겠다” 라고 밝혔다.", ("환경부", "kg:reveals", "습지를 지키겠다")),
    ("강태오 의원은 “공장이 문을 닫았느냐” 라는 질문에 “아직 가동하고 있다”고 답했다.", ("강태오", "kg:answers", "아직 가동하고 있다")),
    ("환경부 역시 습지를 찾았다.", ("환경부", "kgo:찾다", "습지")),
    ("한강의 다리는 “하늘문”이라고 불린다.", ("한강의 다리", "kgo:불리다", "하늘문")),
    ("새로운 변이체는 여러 종류가 발표됐다.", ("새로운 변이체", "kgo:발표되다", "")),
    ("이 방법은 오랜 시간이 걸렸다.", ("방법", "kgo:걸리다", "오랜 시간")),
    ("환경부는 적자를 냈지만 시민들이 습지를 찾는 것을 돕는다.", ("환경부", "kgo:돕다", "시민들이 습지를 찾는 것")),
    ("강태오는 수필집 《들꽃》을 펴냈다.", ("강태오", "kg:publishes", "들꽃")),
    ("꽃잎이 강가에 피어난 봄의 풍경도 그에 못지 않다.", ("봄의 풍경", "kgo:못지않다", "")),
    ("환경부가 서울에서 열린 회의에서 새 제도를 발표했다.", ("환경부", "kg:announces", "새 제도")),
    ("환경부는 지난해부터 습지를 복원하기 시작했다.", ("환경부", "kgo:복원하다", "습지")),
    ("새 측정 방식은 정확도는 떨어지지만 속도가 빠르다.", ("새 측정 방식", "kgo:떨어지다", "정확도")),
    ("한빛당은 강태오 장관에게 지난해 예산 자료를 제출하도록 요구했다.", ("한빛당", "kg:demands", "지난해 예산 자료를 제출하도록")),
    ("강태오 의원은 “우리 회사가 아직 습지를 팔 생각을 가지고 새로운 업체를 찾고 있다”고 말했다.",
     ("강태오", "kg:says", "우리 회사가 아직 습지를 팔 생각을 가지고 새로운 업체를 찾고 있다")),
    ("환경부는 언덕 위에 지었다.", ("환경부", "kgo:짓다", "언덕 위")),
    ("강태오 의원은 “우리는 나라를 세웠지만 민족을 가르는 것은 아니다. 이 이름의 의미는 여러 가치와 연관이 있다”고 말했다.",
     ("강태오", "kg:says", "이 이름의 의미는 여러 가치와 연관이 있다")),
]
UNTOLD = [
    ("환경부는 ‘찾아가는 어르신 환경교실’을 운영한다.", "kgo:찾아가다"),
    ("그의 거짓말은 동료가 신고하는 바람에 들통났다.", "kgo:나다"),
    ("한강대교는 일부가 무너졌다.", "kgo:무너지다"),
    ("바람이 통하는 창문을 테이프로 밀폐시킨 방에서 실험했다.", "kgo:통하다"),
    ("시청 앞에는 “광산이 남의 손에 넘어가고 있다”라는 문구가 걸렸다.", "kgo:넘어가다"),
    ("환경부가 습지를 지키려면 예산이 필요하다.", "kgo:지키다"),
    ("강태오 의원은 “공장이 문을 닫았느냐”라는 질문에 “아직 가동하고 있다”고 답했다.", "kg:closes"),
    ("한강의 다리는 자주 불린다.", "kgo:불리다"),
    ("환경부는 위기를 막기 위해 방역을 강화하고 협력하라고 조언했다.", "kgo:강화하다"),
    ("이 지도는 일반인이 이해하기에는 어렵다.", "kgo:이해하다"),
    ("환경부는 “기업 책임자 처벌에 관한 법률”을 발의했다.", "kgo:처벌하다"),
    ("안전성이 검증되지 않은 부품으로 전동차를 만들었다.", "kg:creates"),
    ("기분이 시원해지는 해안 길을 소개한다.", "kgo:소개하다"),
    ("환경부에 따르면 조사는 정보를 빠르고 투명하게 공개하기 위해 발표한다.", "kg:announces"),
    ("환경부는 불량 제품을 구입한 소비자는 즉시 반품할 것을 당부했다.", "kg:buys"),
    ("한나라 의원은 “강태오 장관은 장관직에서 당장 물러나야” 한다며 비판했다.", "kg:resignsFrom"),
    ("한나라 의원은 “아이들을 내팽개치고 쇼핑을 다니는 어머니 같은 모습”이라며 비판했다.", "kgo:내팽개치다"),
    ("시민들이 투자를 아끼지 않는 분위기가 조성되어야 가능하다.", "kgo:아끼다"),
    ("부품이 고장날 때까지 열차를 운행했다.", "kgo:고장나다"),
    ("요금 인상의 원인을 두고, 한빛당은 정부를 비판했다.", "kgo:두다"),
    ("그 놀이동산은 규모는 크지만 준비가 부족하다는 지적이 잇따라 나왔다.", "kgo:나오다"),
    ("흰 누각은 호수를 바라보는 언덕에 지었다고 한다.", "kgo:짓다"),
    ("한빛일보는 조사의 방식에 대해서도 문제 삼았다.", "kgo:삼다"),
    ("석병산이라는 이름이 이해가 갈 정도이다.", "kgo:가다"),
]
STATED = [
    ("<한빛일보>는 환경부가 습지를 넓혔다며 “예산을 낭비했다”고 지적했다.", ("환경부", "kg:expands"), ("claimed", "한빛일보")),
    ("환경부는 29일 비가 온다고 밝혔다. 예상강수량은 150mm 이상으로 더 많겠다고 밝혔다.", ("예상강수량", "kgo:많다"), ("expected", "환경부")),
    ("강태오는 총선에 출마했다가 낙선한 뒤 한빛대 총장을 맡은 것으로 알려졌다.", ("강태오", "kg:runsFor"), ("claimed", None)),
    ("환경부는 습지가 줄었다고 밝혔다. 내년에는 예산을 마련하겠다고 했다.", ("환경부", "kgo:마련하다"), ("planned", "환경부")),
    ("한빛당은 정부가 요금을 동결한 탓에 공사가 부담을 떠안았다는 의미로 말했다.", ("공사", "kgo:떠안다"), ("claimed", "한빛당")),
    ("전기 요금이 지난해보다 올랐다고 보고되었다.", ("전기 요금", "kgo:오르다"), ("claimed", None)),
    ("환경부는 습지를 지키겠다고 밝혔다.", ("환경부", "kgo:지키다"), ("planned", "환경부")),
    ("강태오 의원은 “경호 비용이 추가로 발생하고 불편도 동반될 수 밖에 없다”고 말했다.", ("경호 비용", "kgo:발생하다"), ("claimed", "강태오")),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_told(text: str, told: tuple[str, str, str]) -> None:
    facts = [_tell(fact) for fact in read_document(Article("example", text)).facts]
    assert told in facts, facts


@pytest.mark.parametrize(("text", "predicate"), UNTOLD)
def test_untold(text: str, predicate: str) -> None:
    facts = [_tell(fact) for fact in read_document(Article("example", text)).facts]
    assert predicate not in {p for _, p, _ in facts}, facts


@pytest.mark.parametrize(("text", "fact", "stated"), STATED)
def test_stated(text: str, fact: tuple[str, str], stated: tuple[str, str | None]) -> None:
    facts = read_document(Article("example", text)).facts
    found = [(f.status, f.speaker.name if f.speaker is not None else None) for f in facts if (f.subject.name, f.predicate) == fact]
    assert found == [stated], [(_tell(f), f.status, f.speaker) for f in facts]


@pytest.mark.parametrize(("text", "negated"), [("환경부는 그 사실을 몰랐다.", False), ("환경부는 그 사실을 모르지 않았다.", True)])
def test_a_negative_verb_denies_by_itself(text: str, negated: bool) -> None:
    facts = read_document(Article("example", text)).facts
    assert [f.negated for f in facts if f.predicate == "kgo:모르다"] == [negated], facts
