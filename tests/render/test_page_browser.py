"""The page in a real browser with the network blocked."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib

import kg
from kg.graph import fact_name, find_conflicts, find_fusion, told_links
from kg.model import Reading
from kg.render import build_page, write_page

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, readings: tuple[Reading, ...], ontology: Any) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(build_page(readings, ontology), path)
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample articles, as `make demo` writes it."""
    folder = tmp_path_factory.mktemp("sample")
    kg.build([ROOT / "seeds"]).write(folder)
    return folder / "graph.html"


def seek(page: Any, text: str) -> list[str]:
    page.fill("#search", text)
    page.wait_for_selector("#results:not([hidden]) li")
    return [str(each) for each in page.locator("#results li span:not(.sub)").all_inner_texts()]


def overlaps(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["text"], two["text"])
        for place, one in enumerate(labels)
        for two in labels[:place]
        if one["box"][0] < two["box"][2]
        and two["box"][0] < one["box"][2]
        and one["box"][1] < two["box"][3]
        and two["box"][1] < one["box"][3]
    ]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_opens_with_the_network_off(saved: Path, visit: Open, width: int, height: int) -> None:
    seen = visit(saved, width=width, height=height)
    labels = seen.page.evaluate("graphPage.labels()")
    named = {label["node"] for label in labels if "node" in label}
    assert overlaps(labels) == []
    assert len(named) >= (23 if width > 1000 else 14)
    first = seen.page.locator("#panel .fact .said").first
    assert first.inner_text().replace("\n", " ") == "KT → 투자하다 → MS 파트너십, 2조4000억원, 5년간"
    assert seen.page.locator("#panel .fact", has_text="김영섭 → 대표이다 → KT").first.is_visible()
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.is_clean(), (seen.requests, seen.complaints, seen.dialogs)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_sample_articles_page(sample: Path, visit: Open, width: int, height: int) -> None:
    seen = visit(sample, width=width, height=height)
    labels = seen.page.evaluate("graphPage.labels()")
    assert overlaps(labels) == []
    said = [line.replace("\n", " ") for line in seen.page.locator("#panel .fact .said").all_inner_texts()]
    assert any(line.startswith("KT → 투자하다 → MS 파트너십") for line in said)
    assert any(line.startswith("김영섭 → 대표이다 → KT") for line in said)
    assert seen.is_clean(), (seen.requests, seen.complaints, seen.dialogs)
    if os.environ.get("KG_SCREENSHOT") and width > 1000:
        target = ROOT / "docs" / "images" / "graph.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        seen.page.screenshot(path=str(target))


def test_headline_relation_is_written_on_its_edge(saved: Path, visit: Open) -> None:
    labels = visit(saved).page.evaluate("graphPage.labels()")
    assert "투자하다 +1" in [label["text"] for label in labels if "edge" in label]


def test_click_through_to_the_sentence(saved: Path, visit: Open) -> None:
    seen = visit(saved)
    at = seen.page.evaluate("graphPage.at('kgr:김영섭')")
    box = seen.page.locator("#canvas").bounding_box()
    seen.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    seen.page.wait_for_selector("#panel h2:has-text('김영섭')")
    card = seen.page.locator("#panel .fact", has_text="대표이다").first
    assert card.locator("blockquote").inner_text().startswith("김영섭 KT 대표는")
    assert card.locator("mark.subject").all_inner_texts() == ["김영섭"]
    assert card.locator("mark.object").all_inner_texts() == ["KT"]
    assert card.locator("a").get_attribute("href") == "https://example.com/news/1"
    assert "가온일보" in card.inner_text() and "2024.10.10." in card.inner_text()
    card.get_by_role("button", name="기사에서 보기").click()
    assert seen.page.locator("#view-article .sentence.chosen mark.subject").first.inner_text() == "김영섭"
    assert seen.is_clean()


def test_click_on_an_edge(saved: Path, visit: Open) -> None:
    seen = visit(saved)
    at = seen.page.evaluate("graphPage.edgeAt('kgr:KT', 'kgr:MS_파트너십')")
    box = seen.page.locator("#canvas").bounding_box()
    seen.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    seen.page.wait_for_selector("#back")
    card = seen.page.locator("#panel .fact").first
    assert card.locator(".evidence").count() == 2
    assert card.locator("mark.qualifier").first.inner_text() in ("5년간", "2조4000억원")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ㄱㅇㅅ", "김영섭"),
        ("김ㅇㅅ", "김영섭"),
        ("시큐어퍼블릭", "시큐어 퍼블릭 클라우드"),
        ("마소", "마이크로소프트 (마소)"),
        ("gpt", "GPT-4o"),
        ("Ｋ　Ｔ".replace("Ｋ　Ｔ", "k t"), "KT"),
    ],
)
def test_search_by_name(saved: Path, visit: Open, query: str, expected: str) -> None:
    seen = visit(saved)
    assert seek(seen.page, query)[0] == expected
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("#panel h2").inner_text().strip() == expected.split(" (")[0]
    assert seen.is_clean()


def test_search_by_relation_and_by_words(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    assert "→ 인수하다" in seek(page, "인수")
    assert any("regulates" in row or "규제하다" in row for row in seek(page, "보안 인증"))
    assert seek(page, "없는말") == []
    assert page.locator("#results li").inner_text() == "찾은 것이 없습니다"


def test_status_filter(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    page.click("#tab-table")
    before = page.locator("#facts-table tbody tr").count()
    for status in ("asserted", "expected", "claimed", "denied", "negated"):
        page.uncheck(f'[data-filter="s:{status}"]')
    assert set(page.locator("#facts-table .badge").all_inner_texts()) == {"계획"}
    assert page.locator("#facts-table tbody tr").count() == 7
    page.click("#undo")
    page.click("#reset")
    page.click("#tab-table")
    assert page.locator("#facts-table tbody tr").count() == before


def test_date_range(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    page.click("#tab-table")
    page.click("#tab-graph")
    page.locator("#range-from").fill("2")
    assert "from=2025-01" in page.url
    page.click("#tab-table")
    days = page.locator("#facts-table tbody tr td:nth-child(7)").all_inner_texts()
    assert days and all(day >= "2025-01" for day in days)


def test_path_between_two(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    seek(page, "오세담")
    page.keyboard.press("Enter")
    page.click("#path")
    assert page.locator("#notice").is_visible()
    seek(page, "최지웅")
    page.keyboard.press("Enter")
    assert (
        page.locator("#path-found").inner_text().split(": ")[1]
        == "오세담 – 한결데이터 – 나래텔레콤 – KT – KT클라우드 – 최지웅"
    )


def test_neighbours_hide_and_undo(saved: Path, visit: Open) -> None:
    page = visit(saved, hash="#e=kgr:%EC%98%A4%EC%84%B8%EB%8B%B4_%ED%95%9C%EA%B2%B0%EB%8D%B0%EC%9D%B4%ED%84%B0").page
    page.click("#only")
    assert page.locator("#count").inner_text().startswith("보이는 것: 개체 2/")
    page.click('[data-depth="2"]')
    assert page.locator("#count").inner_text().startswith("보이는 것: 개체 5/")
    page.click("#undo")
    assert page.locator("#count").inner_text().startswith("보이는 것: 개체 2/")
    page.click("#hide")
    assert "x=" in page.url
    page.click("#reset")
    assert page.locator("#count").inner_text().startswith("보이는 것: 개체 23/")


def test_language_and_theme(saved: Path, visit: Open) -> None:
    page = visit(saved, color_scheme="dark").page
    assert page.evaluate("document.documentElement.classList.contains('dark')")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.click("#lang")
    assert page.locator("#tab-table").inner_text() == "Facts"
    assert "invests-in" in page.locator("#panel .fact").first.inner_text()
    assert "reported" in page.locator("#filters").inner_text()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert any(label["text"] == "invests-in +1" for label in page.evaluate("graphPage.labels()"))


def test_state_in_the_address(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    seek(page, "ㅎㄱㄷㅇㅌ")
    page.keyboard.press("Enter")
    page.uncheck('[data-filter="k:Person"]')
    page.click("#lang")
    page.click("#theme")
    page.click("#tab-table")
    again = visit(saved, hash="#" + page.url.split("#")[1]).page
    assert again.locator("#panel h2").inner_text().strip() == "한결데이터"
    assert not again.is_checked('[data-filter="k:Person"]')
    assert again.locator("#view-table").is_visible()
    assert again.locator("#facts-table").inner_text() == page.locator("#facts-table").inner_text()
    page.go_back()
    page.wait_for_selector("#view-graph:not([hidden])")


def test_keyboard_only(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    page.keyboard.press("/")
    page.keyboard.type("김영섭")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel h2").inner_text().strip() != "김영섭"
    page.keyboard.press("Escape")
    assert page.locator("#panel h2").inner_text() == "주요 사실"
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#facts-table') !== null")


def test_questions_show_their_sparql(saved: Path, visit: Open) -> None:
    page = visit(saved, hash="#e=kgr:KT").page
    page.click('[data-question="q-plans"]')
    statuses = set(page.locator("#panel .badge").all_inner_texts())
    assert statuses == {"계획", "전망"}
    page.click("#panel summary")
    query = page.locator("#panel pre").inner_text()
    assert "kgr:KT" in query
    rdflib.Graph().query(query)
    for question in ("q-invest", "q-roles", "q-disputed"):
        page.click(f'[data-question="{question}"]')
        assert page.locator("#panel .fact").count() > 0
        rdflib.Graph().query(page.locator("#panel pre").text_content())


def test_downloads_read_back(saved: Path, visit: Open) -> None:
    seen = visit(saved, hash="#e=kgr:KT")

    def take(name: str) -> bytes:
        seen.page.click("#save summary")
        with seen.page.expect_download() as got:
            seen.page.click(f"#save-{name}")
        return Path(got.value.path()).read_bytes()

    assert take("png").startswith(b"\x89PNG")
    picture = take("svg").decode("utf-8")
    assert picture.startswith("<?xml") and "MS 파트너십" in picture
    rows = list(csv.DictReader(io.StringIO(take("csv").decode("utf-8-sig"))))
    assert len(rows) == 37
    assert {"KT", "investsIn"} <= {rows[0]["subject"], rows[0]["predicate_id"].split(":")[1]}
    turtle = rdflib.Graph().parse(data=take("ttl").decode("utf-8"), format="turtle")
    kg, kgr = ("https://w3id.org/korean-news-kg/ontology#", "https://w3id.org/korean-news-kg/resource/")
    assert (rdflib.URIRef(kgr + "KT"), rdflib.URIRef(kg + "investsIn"), rdflib.URIRef(kgr + "MS_파트너십")) in turtle
    assert (None, rdflib.URIRef(kg + "acquires"), None) not in turtle
    seen.page.click('[data-question="q-plans"]')
    answers = list(turtle.query(seen.page.locator("#panel pre").text_content()))
    assert {str(row.status) for row in answers} == {"planned", "expected"}
    assert len(answers) == seen.page.locator("#panel .fact").count()
    assert seen.is_clean()


ATTACKS = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}${1}<!--data-->",
    "\u202e뒤집힌 이름\u202c",
    "=HYPERLINK(1)",
)


def test_a_disputed_fact_leads_to_what_contradicts_it(newsroom: Any, ontology: Any, visit: Open, tmp_path: Path) -> None:
    newsroom.name("가람전자", "Company")
    newsroom.name("새빛소재", "Company")
    for name, sentence, negated in (("하나", "가람전자가 새빛소재를 인수했다.", False), ("둘", "가람전자는 새빛소재를 인수하지 않았다.", True)):
        newsroom.article(name, "인수", "2024-10-10T09:00:00+09:00", "늘벗통신", [sentence])
        newsroom.fact(0, "가람전자", "kg:acquires", "새빛소재", negated=negated)
    readings = tuple(newsroom.readings())
    path = tmp_path / "disputed.html"
    write_page(build_page(readings, ontology, name_fact=fact_name, conflicts=find_conflicts(readings)), path)
    seen = visit(path)
    card = seen.page.locator("#panel .fact").first
    assert card.locator(".badge.conflict").inner_text() == "엇갈림"
    said = card.get_attribute("data-fact")
    if not card.locator("[data-against]").is_visible():
        card.locator("button[aria-expanded]").click()
    card.locator("[data-against]").click()
    assert seen.page.locator("#panel .fact").first.get_attribute("data-fact") != said
    assert seen.is_clean(), (seen.requests, seen.complaints, seen.dialogs)


def test_a_fact_leads_to_other_tellings_and_to_what_came_after(newsroom: Any, ontology: Any, visit: Open, tmp_path: Path) -> None:
    newsroom.name("가람전자", "Company")
    newsroom.name("새빛소재", "Company")
    for name, day, sentence, predicate, status in (
        ("하나", "2024-09-02", "가람전자는 새빛소재를 인수할 계획이다.", "kg:acquires", "planned"),
        ("둘", "2024-10-10", "가람전자가 새빛소재를 인수했다.", "kg:acquires", "asserted"),
        ("셋", "2024-10-11", "가람전자가 새빛소재를 사들였다.", "kgo:사들이다", "asserted"),
    ):
        newsroom.article(name, "인수", f"{day}T09:00:00+09:00", "늘벗통신", [sentence])
        newsroom.fact(0, "가람전자", predicate, "새빛소재", status=status)
    readings = tuple(newsroom.readings())
    path = tmp_path / "joined.html"
    write_page(build_page(readings, ontology, name_fact=fact_name, links=told_links(find_fusion(readings))), path)
    seen = visit(path)

    def follow(way: str) -> str:
        """Go along a link of the open fact: what the fact says to which it leads."""
        card = seen.page.locator("#panel .fact").first
        button = card.locator(f'[data-way="{way}"]').first
        if not button.is_visible():
            card.locator("button[aria-expanded]").click()
        assert button.get_attribute("title")
        wanted = button.get_attribute("data-joined")
        button.click()
        card = seen.page.locator("#panel .fact").first
        assert card.get_attribute("data-fact") == wanted
        return " ".join(card.locator(".badge").all_inner_texts())

    page = seen.page
    page.locator("#panel .fact", has_text="사들이다").first.locator("button[aria-expanded]").click()
    page.locator('#panel .fact [data-way="kg:sameEventAs"]').first.click()
    assert page.locator("#panel .fact").first.locator(".badge.same").inner_text() == "같은 사건"
    assert follow("kg:fulfils") == "계획"
    assert "이루어짐" in page.locator("#panel .joined").inner_text()
    assert follow("^kg:fulfils").startswith("보도")
    assert seen.is_clean(), (seen.requests, seen.complaints, seen.dialogs)


def test_attacks_are_text(newsroom: Any, ontology: Any, visit: Open, tmp_path: Path) -> None:
    room = newsroom
    for number, attack in enumerate(ATTACKS):
        room.name(f"a{number}", "Person", f"별명{attack}", label=attack)
    room.name("long", "Company", label="가" * 50_000)
    room.article(
        'x"><script>alert(2)</script>',
        ATTACKS[0] + ATTACKS[1],
        "2024-01-01T00:00:00+09:00",
        ATTACKS[1],
        [f"{attack} 씨가 말했다." for attack in ATTACKS],
        "javascript:alert(3)",
    )
    for number in range(len(ATTACKS)):
        room.fact(number, f"a{number}", "kg:meets", f"a{(number + 1) % len(ATTACKS)}", speaker="long")
        room.fact(number, f"a{number}", f"kgo:{ATTACKS[1]}", "long", status="claimed")
    path = tmp_path / "hostile.html"
    write_page(build_page(room.readings(), ontology, title=ATTACKS[0]), path)
    seen = visit(path)
    page = seen.page
    assert page.locator("#nameplate").inner_text() == ATTACKS[0]
    for view in ("table", "article", "graph"):
        page.click(f"#tab-{view}")
        assert page.locator("img").count() == 0
    for attack in ATTACKS:
        seek(page, attack[:8])
        page.keyboard.press("Enter")
    page.click("#tab-article")
    text = page.locator("#view-article").inner_text()
    assert ATTACKS[0] in text and ATTACKS[1] in text and "{{ 7*7 }}" in text
    assert "[U+202E]" in text and "\u202e" not in page.locator("body").inner_text()
    assert page.locator("#view-article a").count() == 0
    assert seen.is_clean(), (seen.requests, seen.complaints, seen.dialogs)
