"""The server's pages in a real browser: nothing is complained of, and nothing is asked of any other place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1300, 850), (390, 844)], ids=["wide", "narrow"])
def page(server: Any, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that fails its test if anything went wrong in it."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda asked: None if asked.url.startswith((server.url, "blob:", "data:")) else wrong.append(asked.url))
    yield opened
    assert wrong == []
    context.close()


def saved(page: Any, button: str) -> str:
    with page.expect_download() as begun:
        page.click(button)
    return Path(begun.value.path()).read_text(encoding="utf-8")


def test_a_reader_clicks_through_the_pages(server: Any, page: Any) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="그래프 보기").click()
    page.wait_for_function("window.graphPage && window.graphPage.ready")
    page.go_back()
    page.get_by_role("link", name="기사", exact=True).click()
    assert page.locator("tbody tr").count() == 3
    page.locator("tbody a").first.click()
    assert "<script>alert('해')</script>" in page.locator("h1").inner_text()
    page.go_back()
    page.get_by_role("link", name="손잡다").click()
    assert page.locator("blockquote").first.inner_text().startswith("한빛전자는 2일")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_query_is_asked_shown_and_saved(server: Any, page: Any) -> None:
    page.goto(f"{server.url}query")
    assert "PREFIX kg:" in page.input_value("#query")
    page.get_by_role("button", name="실행").click()
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tr").all_inner_texts() == ["person\tcompany", "김하늘\t한빛전자"]
    assert page.inner_text("#state") == "1줄 (rows)"
    assert saved(page, "#csv") == "\ufeffperson,company\n김하늘,한빛전자\n"
    assert json.loads(saved(page, "#json"))["head"]["vars"] == ["person", "company"]
    page.fill("#query", "DESCRIBE kgr:김하늘")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#answer pre")
    assert "kg:isCEOOf kgr:한빛전자" in page.inner_text("#answer pre")
    page.fill("#query", 'SELECT ?text ("=1+1" AS ?sum) WHERE { ?f kg:content ?text FILTER(CONTAINS(?text, "<script>")) }')
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#answer table")
    assert "<script>alert('해')</script>" in page.inner_text("#answer td")
    assert ",'=1+1" in saved(page, "#csv")
    page.click("#prefixes")
    assert page.input_value("#query").startswith("PREFIX kg: <")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_ready_question_is_asked_with_its_parameters(server: Any, page: Any) -> None:
    page.goto(f"{server.url}query")
    page.click("summary:has-text('statements-by')")
    asked = page.locator("details[open]")
    asked.locator("input[name=speaker]").fill("김하늘")
    asked.get_by_role("button", name="묻기").click()
    page.wait_for_selector("#answer table")
    assert "한빛전자\t출시하다\t가온" in page.locator("#answer tr").nth(1).inner_text()
    asked.get_by_role("button", name="SPARQL").click()
    assert page.input_value("#query").startswith("# title-en: All statements of a speaker")


def test_an_endless_query_is_stopped_by_its_asker(serve: Any, output: Path, browser: Any) -> None:
    with serve(output, "--seconds", "600") as server:
        page = browser.new_page()
        page.goto(f"{server.url}query")
        page.fill("#query", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
        page.get_by_role("button", name="실행").click()
        page.get_by_role("button", name="멈춤").click()
        page.wait_for_selector("#state:has-text('멈췄습니다')")
        page.fill("#query", "ASK {}")
        page.get_by_role("button", name="실행").click()
        page.wait_for_selector("#state:has-text('예 (yes)')")
        page.close()
