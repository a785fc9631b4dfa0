"""What readers do with the page, in a real browser: find their way by keys and thumbs, narrow it down, take it away."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe

import kg
from kg.model import Reading
from kg.render import build_page, write_page
from kg.validate import find_violations

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
ROOT = Path(__file__).parents[2]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, readings: tuple[Reading, ...], ontology: Any) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(build_page(readings, ontology), path)
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample articles' outputs."""
    folder = tmp_path_factory.mktemp("sample")
    kg.build([ROOT / "seeds"]).write(folder)
    return folder


def take(page: Any, name: str) -> bytes:
    page.click("#save summary")
    with page.expect_download() as got:
        page.click(f"#save-{name}")
    return Path(got.value.path()).read_bytes()


def fact_ids(page: Any) -> set[str]:
    while page.locator("#panel .centred button:visible").count():
        page.locator("#panel .centred button:visible").first.click()
    return {each.get_attribute("data-fact") for each in page.locator("#panel li.fact").all()}


def node_at(page: Any, name: str) -> tuple[float, float]:
    at, box = page.evaluate("(id) => graphPage.at(id)", name), page.locator("#canvas").bounding_box()
    return box["x"] + at["x"], box["y"] + at["y"]


@pytest.mark.parametrize(
    ("size", "state"),
    [
        (DESK, ""),
        (DESK, "#t=dark&l=en"),
        (DESK, "#e=kgr:KT&q=q-plans"),
        (DESK, "#v=table"),
        (DESK, "#v=article&t=dark"),
        (PHONE, "#e=kgr:KT"),
        (PHONE, "#v=table"),
    ],
)
def test_no_barrier_that_axe_knows(sample: Path, browser: Any, size: dict[str, int], state: str) -> None:
    context = browser.new_context(viewport=size, offline=True, bypass_csp=True)
    page = context.new_page()
    page.goto((sample / "graph.html").as_uri() + state)
    page.wait_for_function("window.graphPage && window.graphPage.ready")
    found = [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]]
    context.close()
    assert found == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_headline_facts_are_seen_without_a_click(sample: Path, visit: Open, size: dict[str, int]) -> None:
    page = visit(sample / "graph.html", **size).page
    for said in ("KT → 투자하다 → MS 파트너십, 2조4000억원, 5년간", "김영섭 → 대표이다 → KT"):
        box = page.locator("#panel .said", has_text=said).first.bounding_box()
        assert box["y"] + box["height"] <= size["height"], said


def test_english_tells_times_and_sums_by_their_values(saved: Path, visit: Open) -> None:
    page = visit(saved, hash="#e=kgr:KT&l=en").page
    text = page.locator("#panel").inner_text()
    assert "Q2 2025" in text and "Q1 2025" in text and "Apr 2025" not in text
    assert "KRW 2.4 trillion" in text and "5 years" in text
    assert "2조4000억원" not in page.locator("#panel .said").first.inner_text()
    page.click("#tab-table")
    assert "Q2 2025" in page.locator("#facts-table .of-date").all_inner_texts()
    assert "10 Oct 2024" in page.locator("#facts-table .of-date").all_inner_texts()
    page.click("#lang")
    assert "2025년 2분기" in page.locator("#facts-table .of-date").all_inner_texts()


def test_a_name_within_a_name_is_marked_too(newsroom: Any, ontology: Any, visit: Open, tmp_path: Path) -> None:
    newsroom.name("가온전자", "Company")
    newsroom.name("문하늘", "Person", "문하늘 가온전자 대표")
    newsroom.article("하나", "인사", "2024-10-10T09:00:00+09:00", "늘벗통신", ["문하늘 가온전자 대표는 회사를 맡는다."])
    newsroom.fact(0, "문하늘", "kg:isCEOOf", "가온전자")
    path = tmp_path / "nested.html"
    write_page(build_page(newsroom.readings(), ontology), path)
    page = visit(path, hash="#e=kgr:문하늘").page
    assert page.locator("#panel mark.object").all_inner_texts() == ["가온전자"]
    assert page.locator("#panel mark.subject").all_inner_texts() == ["문하늘", "대표"]


def test_an_open_article_shows_its_own_facts_beside_it(saved: Path, visit: Open) -> None:
    page = visit(saved, hash="#v=article&art=hand-2").page
    assert page.locator("#panel h2").inner_text() == "이 기사의 사실"
    said = page.locator("#panel .said").all_inner_texts()
    assert len(said) == 10 and "출시하다" in said[0]
    page.locator("#view-article .sentence.has sup button").first.click()
    assert page.locator("#view-article .sentence.chosen mark.object").inner_text() == "시큐어 퍼블릭 클라우드"


def test_nodes_rest_until_they_are_asked_to_move(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    before = page.evaluate("graphPage.nodes()")
    page.wait_for_timeout(300)
    assert page.evaluate("graphPage.nodes()") == before
    page.click("#physics")
    page.wait_for_function("(before) => graphPage.nodes().some((each, i) => Math.hypot(each.x - before[i].x, each.y - before[i].y) > 3)", arg=before)
    page.click("#physics")
    assert page.locator("#physics").get_attribute("aria-pressed") == "false"


def test_a_pinned_node_stays_is_kept_in_the_address_and_can_be_undone(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    x, y = node_at(page, "kgr:서울")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=6)
    page.mouse.up()
    page.wait_for_function("location.hash.includes('pin=')")
    moved = node_at(page, "kgr:서울")
    assert abs(moved[0] - x - 60) < 6 and abs(moved[1] - y - 40) < 6
    again = visit(saved, hash="#" + page.url.split("#")[1]).page
    place = """(id) => {
        const [a, b] = [id, "kgr:KT"].map((wanted) => graphPage.nodes().find((each) => each.id === wanted));
        return (a.x - b.x) / b.r;
    }"""
    assert abs(again.evaluate(place, "kgr:서울") - page.evaluate(place, "kgr:서울")) < 0.3
    page.click("#undo")
    assert "pin=" not in page.url
    back = node_at(page, "kgr:서울")
    assert abs(back[0] - x) < 3 and abs(back[1] - y) < 3


def test_neighbours_alone_are_what_table_and_csv_hold(saved: Path, visit: Open) -> None:
    page = visit(saved, hash="#e=kgr:KT클라우드").page
    page.click("#only")
    page.click("#tab-table")
    assert page.locator("#facts-table tbody tr").count() < 20
    rows = take(page, "csv").decode("utf-8-sig").strip().split("\r\n")
    assert len(rows) - 1 >= page.locator("#facts-table tbody tr").count()
    assert not any("벨포드" in row for row in rows)


def test_one_kind_alone_and_back(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    page.locator('[data-filter="only:s:denied"]').focus()
    page.keyboard.press("Enter")
    assert page.locator("#count").inner_text().endswith("사실 2/36")
    page.locator('[data-filter="only:k:Person"]').focus()
    page.keyboard.press("Enter")
    assert page.locator("#empty").inner_text().startswith("조건에 맞는 사실이 없습니다")
    page.click("#clear-filters")
    assert page.locator("#empty").is_hidden()
    assert page.locator("#count").inner_text().endswith("사실 36/36")


def test_long_lists_are_searched(sample: Path, visit: Open) -> None:
    page = visit(sample / "graph.html").page
    page.locator("#filters summary", has_text="관계").click()
    page.fill('[data-filter="seek:p"]', "투자")
    names = page.locator('[data-list="p"] .name').all_inner_texts()
    assert names and all("투자" in name for name in names)
    assert page.evaluate("document.activeElement.dataset.filter") == "seek:p"


def test_time_is_narrowed_by_keys_and_leads_to_facts(saved: Path, visit: Open) -> None:
    page = visit(saved).page
    whole = page.locator("#count").inner_text()
    page.locator("#range-to").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert "to=" in page.url and page.locator("#count").inner_text() != whole
    assert {"1", "0.2"} == {dot.get_attribute("opacity") for dot in page.locator("#timeline .dot").all()}
    assert page.evaluate("document.activeElement.id") == "range-to"
    page.click("#all-time")
    assert page.locator("#count").inner_text() == whole
    dot = page.locator("#timeline .dot").first
    dot.click()
    assert page.locator("#panel .fact").first.get_attribute("data-fact") == page.locator("#timeline .dot").first.get_attribute("data-fact")
    dim = page.locator("#timeline .dot").evaluate_all("(dots) => dots.filter((dot) => dot.getAttribute('opacity') === '0.2').length")
    assert dim == page.locator("#timeline .dot").count() - 1


def test_an_empty_graph_says_so(ontology: Any, visit: Open, tmp_path: Path) -> None:
    write_page(build_page((), ontology), tmp_path / "empty.html")
    seen = visit(tmp_path / "empty.html")
    assert seen.page.locator("#empty").inner_text() == "이 그래프에는 보일 사실이 없습니다"
    for view in ("table", "article", "graph"):
        seen.page.click(f"#tab-{view}")
    assert seen.is_clean(), (seen.requests, seen.complaints)


def test_on_a_phone_what_is_touched_is_read_at_once(saved: Path, visit: Open) -> None:
    seen = visit(saved, has_touch=True, **PHONE)
    page = seen.page
    page.touchscreen.tap(*node_at(page, "kgr:KT"))
    page.wait_for_selector("#panel.chosen")
    box = page.locator("#panel h2").bounding_box()
    assert 300 < box["y"] < PHONE["height"] - 100
    assert node_at(page, "kgr:KT")[1] < page.locator("#panel").bounding_box()["y"]
    page.locator("#panel .shut").click()
    assert page.locator("#panel.chosen").count() == 0
    for view in ("table", "article"):
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("#tab-table")
    assert page.get_by_role("table").get_by_role("row").count() == 37
    page.click("#open-filters")
    assert page.locator("#filters").is_visible()
    assert seen.is_clean(), (seen.requests, seen.complaints)


def test_pictures_carry_their_legend(sample: Path, visit: Open) -> None:
    page = visit(sample / "graph.html", hash="#e=kgr:KT").page
    drawing = ElementTree.fromstring(take(page, "svg"))
    texts = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"KT", "마이크로소프트", "보도", "계획", "기업", "인물", "뉴스 지식그래프"} <= set(texts)
    width, height = struct.unpack(">II", take(page, "png")[16:24])
    assert width == 2 * int(drawing.attrib["width"]) and abs(height - 2 * float(drawing.attrib["height"])) <= 2


def test_turtle_taken_away_is_the_graphs_own(sample: Path, visit: Open, tmp_path: Path) -> None:
    page = visit(sample / "graph.html").page
    (tmp_path / "all.ttl").write_bytes(take(page, "ttl"))
    assert find_violations(tmp_path / "all.ttl") == ()
    taken, whole = rdflib.Graph().parse(tmp_path / "all.ttl"), rdflib.Graph().parse(sample / "graph.ttl")
    assert set(taken) <= set(whole)
    facts = rdflib.URIRef("https://w3id.org/korean-news-kg/ontology#Fact")
    assert set(taken.subjects(rdflib.RDF.type, facts)) == set(whole.subjects(rdflib.RDF.type, facts))


def test_questions_ask_the_graph_what_the_page_shows(sample: Path, visit: Open) -> None:
    graph = rdflib.Graph().parse(sample / "graph.ttl")
    seen = visit(sample / "graph.html", hash="#e=kgr:KT")
    asked = {}
    for name in ("kgr:KT", "kgr:김영섭", "kgr:서창석"):
        page = visit(sample / "graph.html", hash=f"#e={name}").page
        for question in [each.get_attribute("data-question") for each in page.locator("[data-question]").all()]:
            page.click(f'[data-question="{question}"]')
            query = page.locator("#panel pre").text_content().replace("SELECT DISTINCT ?subject", "SELECT DISTINCT ?fact ?subject")
            found = {str(row[0]).rpartition("/")[2] for row in graph.query(query)}
            assert found == fact_ids(page), (name, question)
            asked[question] = asked.get(question, 0) + len(found)
    assert all(asked[question] for question in ("q-said", "q-invest", "q-plans", "q-disputed")), asked
    assert seen.is_clean()


def test_the_first_nodes_stand_together_and_more_bring_the_rest(sample: Path, visit: Open) -> None:
    page = visit(sample / "graph.html").page

    def shown() -> list[int]:
        return [int(each) for each in re.findall(r"\d+", page.locator("#count").inner_text())[:2]]

    first, whole = shown()
    assert first < whole
    page.click("#more")
    assert shown()[0] > first and page.locator("#more").is_hidden()
    assert f"n={first + 150}" in page.url


def test_a_large_graph_opens_and_answers(visit: Open, ontology: Any, tmp_path: Path, make_readings: Callable[[int, int], list[Reading]]) -> None:
    path = tmp_path / "large.html"
    write_page(build_page(make_readings(5000, 20000), ontology), path)
    assert path.stat().st_size < 15_000_000
    page = visit(path).page
    assert page.evaluate("performance.now()") < 5000
    page.fill("#search", "가나")
    page.wait_for_selector("#results:not([hidden]) li[data-entity]", timeout=5000)
