"""What a news text says of itself: title, time, outlet, reporters."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kg.readers.newswire import find_authors, find_names, find_title, heading_of, is_caption, is_registration
from kg.readers.options import KOREA
from kg.readers.stamps import find_stamp, parse_stamp

WIRE = """가람전자, 새빛소재와 5년 동맹…"배터리에 1.2조 투자"(종합)

기사등록 2023/03/07 09:05:30

1분기 공장 착공…내년 하반기 양산


[수원=늘벗통신] 도하늘 기자 = 이가람 가람전자 대표가 인사말을 하고 있다. 2023.03.07. photo@neulbeot.example

[수원=늘벗통신]박서린 기자 = 가람전자가 새빛소재와 손잡고 배터리 공장을 짓는다.

◎공감언론 늘벗통신 seorin@neulbeot.example"""


def test_wire_report() -> None:
    heading = heading_of(WIRE)
    assert heading.title == '가람전자, 새빛소재와 5년 동맹…"배터리에 1.2조 투자"(종합)'
    assert heading.published == datetime(2023, 3, 7, 9, 5, 30, tzinfo=KOREA)
    assert heading.outlet == "늘벗통신"
    assert heading.authors == ("박서린",)  # not the photographer of the caption


@pytest.mark.parametrize(
    ("line", "outlet", "authors"),
    [
        ("(서울=연합뉴스) 홍길동 김철수 기자 = 국회가 열렸다.", "연합뉴스", ("홍길동", "김철수")),
        ("【세종=늘벗통신】 홍길동·김철수 기자 = 정부가 발표했다.", "늘벗통신", ("홍길동", "김철수")),
        ("(워싱턴=연합뉴스) 홍길동 특파원 = 미국이 밝혔다.", "연합뉴스", ("홍길동",)),
        ("[이데일리 홍길동 기자] 정부가 밝혔다.", "이데일리", ("홍길동",)),
        ("[헤럴드경제=홍길동 기자] 정부가 밝혔다.", "헤럴드경제", ("홍길동",)),
        ("[뉴욕=이데일리 홍길동 특파원] 연준이 밝혔다.", "이데일리", ("홍길동",)),
        ("[OSEN=서울, 홍길동 기자] 팀이 이겼다.", "OSEN", ("홍길동",)),
        ("[서울=늘벗통신] 정부가 발표했다.", "늘벗통신", ()),
    ],
)
def test_datelines(line: str, outlet: str, authors: tuple[str, ...]) -> None:
    heading = heading_of(line)
    assert (heading.outlet, heading.authors, heading.title) == (outlet, authors, None)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("남우겸 기자 wgnam@handeul.example", ("남우겸",)),
        ("남우겸 선임기자 (wgnam@handeul.example)", ("남우겸",)),
        ("남우겸·서하린 기자", ("남우겸", "서하린")),
        ("한들경제 남우겸 기자", ("남우겸",)),
        ("서울=남우겸 특파원", ("남우겸",)),
        ("글·사진=남우겸 기자", ("남우겸",)),
        ("온라인뉴스팀 기자", ()),
    ],
)
def test_bylines_at_the_end(line: str, authors: tuple[str, ...]) -> None:
    assert heading_of(f"회사가 공장을 지었다.\n\n매출도 늘었다.\n\n{line}").authors == authors


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("가람전자, 공장 착공\n\n본문이다.", "가람전자, 공장 착공"),
        ("\n\n가람전자, 공장 착공\n입력 2024.10.10. 오후 2:06\n본문이다.", "가람전자, 공장 착공"),
        ("골키퍼가 두 번 막아 팀을 구했다\n\n본문이다.", "골키퍼가 두 번 막아 팀을 구했다"),
        ("등록 2024-10-10 14:06\n가람전자, 공장 착공\n\n본문이다.", "가람전자, 공장 착공"),
        ("가람전자가 공장을 지었다.\n\n다음 문단이다.", None),
        ("가람전자가 공장을 지었다고 “사실”이라 했다.”\n\n다음 문단이다.", None),
        ("[서울=늘벗통신] 홍길동 기자 = 공장\n\n다음", None),
        ("가람전자, 공장 착공\n본문이 바로 이어진다.", None),
        ("한 줄뿐인 글", None),
        ("한 줄뿐인 글\n\n  \n", None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("기사등록 2024/10/10 14:06:18", datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA)),
        ("입력 2024.10.10. 오후 2:06", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
        ("등록 2024-10-10 14:06", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
        ("송고시간2024-10-10 14:06", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
        ("기사입력 : 2024년 10월 10일(목) 오전 12시 6분", datetime(2024, 10, 10, 0, 6, tzinfo=KOREA)),
        ("승인 2024.10.10 14:06 | 수정 2024.10.11 09:00", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
        ("2024/10/10 14:06 송고", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
        ("2024-10-10 14:06", datetime(2024, 10, 10, 14, 6, tzinfo=KOREA)),
    ],
)
def test_registration_lines(line: str, moment: datetime) -> None:
    assert is_registration(line) and find_stamp(line) == moment
    assert heading_of(f"제목 한 줄\n{line}\n\n본문이다.").published == moment


@pytest.mark.parametrize(
    "line", ["등록 절차는 2024년에 시작됐다.", "2024년 10월 10일 회의가 열렸다.", "입력 오류가 있었다.", "2024.10.10"]
)
def test_sentences_are_no_registration_lines(line: str) -> None:
    assert not is_registration(line)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2012-08-28", datetime(2012, 8, 28, tzinfo=KOREA)),
        ("2024-10-10T14:06:18Z", datetime(2024, 10, 10, 14, 6, 18, tzinfo=UTC)),
        ("2024-10-10T14:06:18.123+09:00", datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA)),
        ("Thu, 10 Oct 2024 05:06:18 GMT", datetime(2024, 10, 10, 5, 6, 18, tzinfo=UTC)),
        ("Thu, 10 Oct 2024 14:06:18 KST", datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA)),
        ("20241010140618", datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA)),
        (1728536778, datetime(2024, 10, 10, 14, 6, 18, tzinfo=KOREA)),
        (datetime(2024, 10, 10), datetime(2024, 10, 10, tzinfo=KOREA)),
        ("2024-13-45", None),
        ("어제", None),
        (True, None),
        (None, None),
        (float("inf"), None),
        (float("nan"), None),
        ("9" * 5000, None),
    ],
)
def test_stamps(value: object, moment: datetime | None) -> None:
    found = parse_stamp(value)
    assert found == moment
    assert found is None or found.tzinfo is not None


def test_captions() -> None:
    assert is_caption("대표가 인사말을 하고 있다. 2024.10.10. photo@daon.example")
    assert is_caption("대표가 악수하고 있다. (사진=가람전자 제공) 2025.03.11. photo@daon.example")
    assert is_caption("가람전자 본사 전경. (사진=가람전자)")
    assert not is_caption("회사는 2024.10.10 이후의 실적을 공개했다.")


def test_names() -> None:
    assert find_names("한들경제 남우겸") == ("남우겸",)
    assert find_authors(["최은수 기자 a@newsis.example", "Jane Doe"]) == ("최은수", "Jane Doe")


def test_copyright_names_the_outlet() -> None:
    assert heading_of("본문이다.\n\n<저작권자(c) 늘벗통신, 무단 전재-재배포 금지>").outlet == "늘벗통신"


@pytest.mark.parametrize(
    "line", [" " * 1999 + "x", "가나 " * 700 + "기자", "[서울=" * 400, "2024." * 400, "홍길동 기자 " + "a." * 900]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    assert heading_of(f"{line}\n" * 300).published is None
