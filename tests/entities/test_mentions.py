"""Mentions: people with titles, organisations, brackets, quotes; none overlap, all lie in the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyze import analyze_article, find_tokens
from kg.entities import find_klue_names, find_mentions
from kg.model import Article, Document
from kg.tables.gazetteers import load_gazetteers

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def mentions_of(text: str) -> list[tuple[str, str, str]]:
    article = Article("t", text)
    sentences, datelines = analyze_article(article)
    found = find_mentions(Document(article, sentences, datelines), load_gazetteers())
    return [(mention.span.of(text), mention.kind, mention.rule) for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("김영섭 KT 대표이사가 10일 간담회를 열었다.", [("김영섭", "Person"), ("KT", "Company"), ("대표이사", "Position")]),
        ("정우진 KT컨설팅그룹장이 설명했다.", [("정우진", "Person"), ("KT", "Company"), ("컨설팅그룹장", "Position")]),
        ("이에 김 대표는 웃었다.", [("김", "Person"), ("대표", "Position")]),
        ("한도윤 전주갑 국회의원 예비후보가 인사했다.", [("한도윤", "Person"), ("전주갑", "Region"), ("국회의원", "Position")]),
        ("한도윤(마포을) 의원이 방문했다.", [("한도윤", "Person"), ("마포을", "Region")]),
        ("박철민 ㈜아람텍 대표이사가 방문했다.", [("박철민", "Person"), ("아람텍", "Company"), ("대표이사", "Position")]),
        ("권태민 ㈜AR 대표이사가 방문했다.", [("권태민", "Person"), ("AR", "Company")]),
        ("이기엽 새온파트너스㈜ 대표이사가 방문했다.", [("이기엽", "Person"), ("새온파트너스", "Company")]),
        ("한도윤 완주군수가 참석했다.", [("한도윤", "Person"), ("완주", "Region"), ("군수", "Position")]),
        ("한빛제과 본사의 김인규사장이 참석했다.", [("김인규", "Person"), ("사장", "Position")]),
        ("故한지윤 씨는 배우였다.", [("한지윤", "Person")]),
        ("정기윤 마사회 상임감사위원이 참석했다.", [("정기윤", "Person"), ("마사회", "Organization")]),
        ("이재욱 농림축산식품부 차관이 참석했다.", [("이재욱", "Person"), ("농림축산식품부", "GovernmentAgency")]),
        ("지난 25일 새벽당 이양수 의원은 잘못을 지적했다.", [("이양수", "Person"), ("의원", "Position")]),
        ("최인 솔빛대 총장이 참석했다.", [("최인", "Person"), ("솔빛대", "University")]),
        ("한도윤 광주광역시장이 참석했다.", [("한도윤", "Person"), ("광주광역시", "City")]),
        ("김수갑 총장이 참석했다.", [("김수갑", "Person"), ("총장", "Position")]),
        ("윤하람 전 장관이 방한했다.", [("윤하람", "Person"), ("장관", "Position")]),
        ("검찰은 김모(43)씨를 구속했다.", [("김모(43)씨", "Person"), ("검찰", "GovernmentAgency")]),
        ("경찰은 A씨를 조사했다.", [("A씨", "Person")]),
        ("사티아 나델라 마이크로소프트 최고경영자(CEO)가 방한했다.",
         [("마이크로소프트", "Company"), ("최고경영자", "Position"), ("CEO", "Position")]),
        ("한별전기차배터리연합(EBA)은 성명을 냈다.", [("EBA", "Organization")]),
        ("KT가 MS(마이크로소프트)와 손을 잡았다.", [("MS", "Company"), ("마이크로소프트", "Company")]),
        ("냉동식품 브랜드 '바람골'을 내놨다.", [("바람골", "Product")]),
        ("서울중앙지법 형사합의25부는 징역형을 선고했다.", [("서울중앙지법 형사합의25부", "Court")]),
        ("미국 정부는 관세를 올렸다.", [("미국 정부", "GovernmentAgency")]),
        ("국회 과학기술정보방송통신위원회는 회의를 열었다.", [("국회 과학기술정보방송통신위원회", "GovernmentAgency")]),
        ("두 회사는 한빛 전략 펀드를 조성한다.", [("한빛 전략 펀드", "Fund")]),
        ("공격수 손하율이 골을 넣었다.", [("손하율", "Person"), ("공격수", "Position")]),
        ("서해린(34) 선수는 은퇴한다.", [("서해린", "Person")]),
        ("한도윤 아마추어 6단이 돌을 놓았다.", [("한도윤", "Person")]),
        ("마포구에 사는 강남 씨는 번호를 바꿨다.", [("마포구", "Region"), ("강남", "Person")]),
        ("한빛기업은 새울그룹 계열사로 조 전무는 한빛기업 이사다.", [("새울그룹", "Company"), ("조", "Person")]),
        ("엘리자베스 2세 여왕이 방한했다.", [("엘리자베스 2세", "Person")]),
        ("미국의 대법관 루스 베이더 몽테르는 사임했다.", [("미국", "Country"), ("루스 베이더 몽테르", "Person")]),
        ("총리 한도윤 가람전자 방문이 취소됐다.", [("한도윤", "Person")]),
        ("다이안 카렐리스 민주당 상원의원은 반대했다.", [("다이안 카렐리스", "Person"), ("민주당", "PoliticalParty")]),
        ("제랄드 다르카렐 프랑스 내무부 장관은 반대했다.", [("제랄드 다르카렐", "Person"), ("내무부", "GovernmentAgency")]),
        ("마르텐 할빅 칼드렉사 대표는 반대했다.", [("마르텐 할빅", "Person"), ("칼드렉사", "Company")]),
        ("허리케인 아이린이 상륙했다.", [("아이린", "Event")]),
        ("제14호 태풍 ‘매미(MAEMI)‘ 수준이다. ‘매미(MAEMI)’는 강하다.", [("매미", "Event"), ("MAEMI", "Event")]),
        ("릭 스콧 플로리다 주지사가 말했다.", [("릭 스콧", "Person"), ("플로리다", "Region")]),
        ("존 케리 미 국무장관은 반대했다.", [("존 케리", "Person"), ("미", "Country")]),
        ("한도윤 한빛대 교수는 논문을 발표했다.", [("한도윤", "Person")]),
        ("이란의 압바스 모하마디 감독은 웃었다.", [("이란", "Country"), ("압바스 모하마디", "Person")]),
        ("한도윤 한빛 유나이티드 감독은 웃었다.", [("한도윤", "Person")]),
        ("한서림 한빛시 보행자전거과장은 말했다.", [("한서림", "Person"), ("보행자전거과장", "Position")]),
        ("태풍 '힌남노'가 북상한다. 힌남노는 강하다.", [("힌남노", "Event")]),
        ("뉴스레터 '새벽편지'는 사과했다.", [("새벽편지", "MediaOutlet")]),
        ("녹색기후기금(Green Climate Fund, GCF)은 이사회를 열었다.", [("GCF", "Fund")]),
        ("휘람자동차가 공장을 세웠다. 휘람차는 채용도 늘린다.", [("휘람차", "Company")]),
        ("국가데이터안전처가 대책을 냈다. 안전처는 예산을 늘린다.", [("안전처", "GovernmentAgency")]),
        ("솔내군수는 22일 설명회를 열었다. 솔내군은 부지를 샀다.", [("솔내군", "Region")]),
        ("코로나바이러스감염증-19가 터졌다.", [("코로나바이러스감염증-19", "Disease")]),
        ("해킹 그룹 '청호단'이 홈페이지를 바꿨다.", [("청호단", "Organization")]),
        ("가수 한도윤의 팬클럽 '은하수길'은 성금을 냈다.", [("은하수길", "Organization")]),
        ("걸그룹 '하늘고래'가 새 노래를 냈다.", [("하늘고래", "Band")]),
        ("그룹 '달빛바다'가 무대에 올랐다. 달빛바다의 멤버 한도윤이 웃었다.", [("달빛바다", "Organization")]),
        ("제15호 ‘오름새(OREUMSAE)’가 북상한다. 올해 태풍은 잦다.", [("오름새", "Event")]),
        ("가람위원회는 수상자를 발표했다.", [("가람위원회", "Organization")]),
        ("한빛시선거관리위원회는 개표를 마쳤다.", [("한빛시선거관리위원회", "GovernmentAgency")]),
        ("독일 뮌헨은 25표를 얻었다.", [("뮌헨", "City")]),
        ("한도윤 미 국무장관은 반대했다.", [("한도윤", "Person")]),
        ("다이안 카렐리스 주일 미국 대사는 반대했다.", [("다이안 카렐리스", "Person")]),
        ("솔내군 폐광지역개발과는 설명회를 열었다.", [("솔내군 폐광지역개발과", "GovernmentAgency")]),
        ("한도윤 대통령 외교안보수석비서관은 반대했다.", [("한도윤", "Person"), ("대통령 외교안보수석비서관", "Position")]),
        ("한도윤 가람전자 사장 직무대행이 왔다.", [("사장 직무대행", "Position")]),
        ("한도윤 민주당 대통령 후보는 웃었다.", [("대통령", "Position"), ("후보", "Position")]),
        ("정한중 징계위원장 직무대리는 결정문을 읽었다.", [("정한중", "Person"), ("징계위원장 직무대리", "Position")]),
        ("올리버 하트(68)를 수상자로 뽑았다.", [("올리버 하트", "Person")]),
        ("이모 병장은 후임을 때렸다.", [("이모", "Person")]),
        ("태풍 오름벤이 북상한다. 오름벤은 강하다. 오름벤의 길을 본다.", [("오름벤", "Event")]),
        ("경인선 전 구간이 운행을 멈췄다.", [("경인선", "Facility")]),
        ("프로축구 여수 오션스가 이겼다. 여수는 3위다.", [("여수 오션스", "SportsTeam"), ("여수", "SportsTeam")]),
        ("성이든 가온셀 법무실장은 웃었다.", [("성이든", "Person"), ("가온셀", "Company"), ("법무실장", "Position")]),
        ("연구에 참여하지 않은 모하늬 새벽병원 소화기내과 교수는 웃었다.", [("모하늬", "Person"), ("새벽병원", "Hospital"), ("교수", "Position")]),
        ("이에 대해 표은결 솔내군보건소장은 웃었다.", [("표은결", "Person"), ("솔내군보건소", "GovernmentAgency")]),
        ("감시온 푸른내시 도시계획과장은 웃었다.", [("감시온", "Person"), ("도시계획과장", "Position")]),
        ("방호진 늘솔중공업 인사총괄 부사장은 웃었다.", [("늘솔중공업", "Company"), ("부사장", "Position")]),
        ("독일 로텐벨트암연구소의 카렌 벨러만(Karen Bellermann) 박사가 왔다.", [("카렌 벨러만", "Person"), ("로텐벨트암연구소", "Organization")]),
        ("감우람 솔빛대 총장은 웃었다.", [("감우람", "Person"), ("솔빛대", "University")]),
        ("명도울 한빛자동차 노동조합 지부장은 웃었다.", [("한빛자동차 노동조합", "Organization"), ("지부장", "Position")]),
        ("설다빈 누림은행 강남지점장은 웃었다.", [("설다빈", "Person"), ("누림은행", "Company")]),
        ("노하랑 솔내시장은 웃었다.", [("노하랑", "Person"), ("솔내시", "City")]),
        ("가온셀이 경쟁사 미담소재와 다툰다.", [("미담소재", "Company")]),
        ("그는 2020년 누림테라에 입사했다.", [("누림테라", "Company")]),
        ("이날 누림테라 주가는 내렸다.", [("누림테라", "Company")]),
        ("목포시(시장 한도윤)는 웃었다.", [("목포시", "City"), ("시장", "Position"), ("한도윤", "Person")]),
        ("새온발전(사장 한도윤)은 웃었다.", [("새온발전", "Company"), ("사장", "Position"), ("한도윤", "Person")]),
        ("유통사 새온제당(주)(대표 한도윤)은 웃었다.", [("새온제당", "Company"), ("대표", "Position"), ("한도윤", "Person")]),
        ("솔내양수사업소(한도윤 소장)는 웃었다.", [("솔내양수사업소", "Organization"), ("소장", "Position"), ("한도윤", "Person")]),
        ("한도윤 솔내은행장은 웃었다.", [("한도윤", "Person"), ("솔내은행", "Company"), ("장", "Position")]),
        ("한도윤 광주광역시장은 웃었다.", [("한도윤", "Person"), ("광주광역시", "City"), ("장", "Position")]),
        ("한도윤 솔내상인연합회장은 웃었다.", [("한도윤", "Person"), ("솔내상인연합회", "Organization"), ("장", "Position")]),
        ("조광한 솔내시장은 웃었다.", [("조광한", "Person"), ("솔내시", "City")]),
        ("광주·전남의사협의회는 웃었다.", [("광주·전남의사협의회", "Organization")]),
        ("부산·울산교육청은 웃었다.", [("부산", "City"), ("울산교육청", "GovernmentAgency")]),
        ("래퍼 누리봄비(한도윤·27)가 웃었다.", [("누리봄비", "Person"), ("한도윤", "Person")]),
        ("배우 엄태웅은 성금으로 웃었다.", [("엄태웅", "Person")]),
        ("한도윤 전 YG 엔터테인먼트 대표가 웃었다.", [("한도윤", "Person"), ("YG 엔터테인먼트", "Company"), ("대표", "Position")]),
        ("KT 홀딩스를 세운다.", [("KT 홀딩스", "Company")]),
        ("한도윤 국토교통부 1차관은 웃었다.", [("한도윤", "Person"), ("국토교통부", "GovernmentAgency"), ("1차관", "Position")]),
        ("한도윤 산불안전관리본부장은 웃었다.", [("한도윤", "Person"), ("산불안전관리본부", "Organization")]),
        ("한도윤 솔내인재개발원장은 웃었다.", [("한도윤", "Person"), ("솔내인재개발원", "Organization")]),
        ("6·25전쟁유족협의회는 5·18기념재단과 만났다.", [("6·25전쟁유족협의회", "Organization"), ("5·18기념재단", "Organization")]),
        ("KR주식회사 한도윤 부회장이 웃었다.", [("한도윤", "Person")]),
        ("한도윤 한빛안전전문가협회장은 웃었다.", [("한도윤", "Person"), ("한빛안전전문가협회", "Organization"), ("장", "Position")]),
        ("울산 북부경찰서는 A씨를 붙잡았다.", [("울산 북부경찰서", "GovernmentAgency")]),
        ("인천 서구 한별아동센터는 웃었다.", [("인천", "City"), ("한별아동센터", "Organization")]),
        ("한국도로공사 동부지역본부는 웃었다.", [("한국도로공사 동부지역본부", "Organization")]),
        ("전주지검 가람지청은 A씨를 기소했다.", [("전주지검 가람지청", "GovernmentAgency")]),
        ("전주지법 가람지원은 A씨를 풀어 줬다.", [("전주지법 가람지원", "Court")]),
        ("한국도로공사 기술지원은 그쳤다.", [("한국도로공사", "Organization")]),
        ("노벨 문학상 심사위원회는 웃었다.", [("노벨 문학상 심사위원회", "Organization")]),
        ("이날 오후 심사위원회는 웃었다.", [("심사위원회", "Organization")]),
        ("선발 투수 매디슨 겔로르에게 안타를 쳤다.", [("매디슨 겔로르", "Person")]),
        ("호르헤 마리오 벨로티노(76) 추기경이 웃었다.", [("호르헤 마리오 벨로티노", "Person"), ("추기경", "Position")]),
        ("조 켈러만 미국 대통령이 웃었다. 켈러만은 떠났다.", [("조 켈러만", "Person"), ("미국", "Country"), ("켈러만", "Person")]),
        ("이날 한화 이글스 정우람 선수가 웃었다.", [("정우람", "Person")]),
        ("멤버 유라 민아가 웃었다.", [("민아", "Person")]),
        ("2014 브라질 월드컵 부진을 털었다.", [("2014 브라질 월드컵", "Event")]),
        ("평창 동계 올림픽이 열렸다.", [("평창 동계 올림픽", "Event")]),
        ("한국 월드컵 대표팀이 왔다.", [("한국", "Country"), ("월드컵", "Event")]),
        ("한도윤 무소속 의원은 웃었다.", [("한도윤", "Person"), ("의원", "Position")]),
        ("솔내문화전당은 문을 열었다.", [("솔내문화전당", "Facility")]),
        ("공격수 로빈 콰이손(마인츠)은 골을 넣었다.", [("로빈 콰이손", "Person"), ("마인츠", "SportsTeam")]),
        ("한담대는 새 총장을 뽑았다. 한담대병원은 그대로다.", [("한담대", "University"), ("한담대병원", "Hospital")]),
    ],
)
def test_mentions_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    found = {(surface, kind) for surface, kind, _ in mentions_of(text)}
    assert set(expected) <= found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("서울시 예산으로 충당한다.", "예산"),
        ("한도윤 무소속 의원은 웃었다.", "무소속"),
        ("서울 올림픽공원에서 공연이 열렸다.", "서울 올림픽공원"),
        ("FC 가람과 하늘 CF는 비겼다.", "CF"),
        ("산업통상부 예산 집행이 늦었다.", "예산"),
        ("이어서 한빛대병원 소화기내과 교수는 웃었다.", "이어서"),
        ("솔빛대 부속병원 소화기내과 교수는 웃었다.", "솔빛대"),
        ("한도윤 전 청와대 비서관은 웃었다.", "전 청와대"),
        ("반도체 주가는 내렸다.", "반도체"),
        ("사람들은 새벽시장은 싸다고 말했다.", "새벽시"),
        ("코스피 주가는 내렸다. 대학에 입사했다.", "대학"),
        ("한도윤 한빛대(Hanbit University) 교수는 웃었다.", "한도윤 한빛대"),
    ],
)
def test_words_are_no_mentions(text: str, wrong: str) -> None:
    assert wrong not in {surface for surface, _, _ in mentions_of(text)}


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("통신 기간망을 넘어 AICT(AI+정보통신기술) 기간망을 깐다.", "AI+정보통신기술"),
        ("차해윤(54) 대표가 말했다.", "54"),
        ("현지 시장 점유율이 올랐다.", "시장"),
        ("섭씨 800도에서 구웠다.", "섭씨"),
        ("양사는 협력한다.", "양사"),
        ("행정구역을 조정하고 금연구역을 늘린다.", "금연구역"),
        ("카카오택시를 불렀다.", "카카오택시"),
        ("부품의 전기저항은 0이다.", "전기저항"),
        ("보강공사를 마쳤다. 기술지원도 한다.", "기술지원"),
        ("대통령 후보 지지율이 올랐다.", "지지율"),
        ("비상임 위원을 뽑는다.", "비상임"),
        ("가장 신뢰하는 장성들이 임명됐다.", "장성"),
        ("실종자의 시신(고 서해린 상사)이 발견됐다.", "시신"),
        ("새벽바이러스감염증-31이 터졌다.", "새벽바이러스감염증-31"),
        ("가람은행은 가람호흡기 증후군을 연구했다.", "가람호흡기"),
        ("입법예고를 마쳤다. 제도 개선을 위한 행정예고도 했다.", "입법예고"),
        ("도로 복구공사가 끝났다.", "복구공사"),
        ("유통시장에서 경쟁이 치열하다.", "유통시장"),
        ("유조선이 196만 배럴의 기름을 실었다.", "배럴"),
        ("노조는 철도 민영화 저지를 목표로 내걸었다.", "저지"),
        ("목적이 수단을 정당화할 수 없다.", "수단"),
        ("어제 규모 5.8의 강진이 발생했다.", "강진"),
        ("실종자는 제2주차장에서 발견됐다.", "제2주"),
        ("당국은 주민 대피방송을 통해 알렸다.", "대피방송"),
        ("기업 통상환경 개선을 요구했다.", "통상환경"),
        ("그는 대통령 전용기 A호에 올랐다.", "전용기"),
        ("이모 댁에 들렀다.", "이모"),
        ("민방위대원, 경찰, 공무원이 나섰다.", "민방위대원"),
        ("가람 입자 물리 연구소가 세워졌다.", "물리 연구소"),
        ("가게 주인은 돈을 받았다.", "주인"),
        ("교수 성희롱 사건이 알려졌다.", "성희롱"),
        ("솔내구(한도윤·35) 사건이 알려졌다.", "솔내구"),
        ("한빛전자 안전관리팀장은 웃었다.", "안전관리"),
        ("양측은 6·25 문항을 다뤘다.", "6·25 문항"),
        ("가람 푸른 들녘(대표 한도윤)은 웃었다.", "들녘"),
        ("전통시장(시장 상인회)은 웃었다.", "시장"),
    ],
)
def test_other_words_are_no_names(text: str, absent: str) -> None:
    assert absent not in {surface for surface, _, _ in mentions_of(text)}


def test_alias_in_brackets_has_its_rule() -> None:
    assert ("마이크로소프트", "Company", "bracket-alias") in mentions_of("KT가 MS(마이크로소프트)와 손을 잡았다.")


def test_klue_names_have_character_spans() -> None:
    text = "박해윤 씨는 지난 19일 서울 종로구에서 3명을 만났다."
    found = {(mention.span.of(text), mention.kind) for mention in find_klue_names(text, find_tokens(text))}
    assert ("박해윤", "PS") in found
    assert ("3명", "QT") in found
    assert any(kind == "DT" for _, kind in found)


def test_a_surname_that_was_cut_off_belongs_to_the_name() -> None:
    text = "표은수는 정은우의 어머니이다."
    found = {mention.span.of(text) for mention in find_klue_names(text, find_tokens(text)) if mention.kind == "PS"}
    assert found == {"표은수", "정은우"}


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("김영섭대표이사는 KT()'‘’\"모씨군을·-1 \n.{}<&美"), max_size=60))
def test_mentions_never_overlap(text: str) -> None:
    article = Article("t", text)
    sentences, datelines = analyze_article(article)
    found = find_mentions(Document(article, sentences, datelines), load_gazetteers())
    end = 0
    for mention in found:
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end


_ORGANIZATIONS = {"Organization", "Company", "GovernmentAgency", "PoliticalParty", "University", "School", "MediaOutlet", "SportsTeam",
                  "Court", "Hospital"}


def test_people_and_organisations_of_the_development_articles() -> None:
    found = total = 0
    for path in sorted(GOLD.glob("dev-*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        kinds: dict[str, set[str]] = {}
        for surface, kind, _ in mentions_of(gold["text"]):
            kinds.setdefault(surface, set()).add("PER" if kind == "Person" else "ORG" if kind in _ORGANIZATIONS else kind)
        for entity in gold["entities"]:
            if entity["type"] in ("PER", "ORG"):
                total += 1
                found += any(entity["type"] in kinds.get(name, ()) for name in (entity["name"], *entity["aliases"]))
    assert total == 0 or found / total >= 0.85
