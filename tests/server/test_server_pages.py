"""The server's pages: what they link to, that nothing in them comes alive, and whom the server does not answer."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest

HARM = "<script>alert('해')</script>\"><img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [str(value) for _, given in self.tags for name, value in given.items() if name in ("href", "src", "action")]


def test_every_address_of_the_pages_is_the_server_s_own_and_leads_somewhere(server: Any) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = server.get(address)
        assert response.status_code in (200, 303, 400), address
        if response.status_code == 200 and "html" in response.headers["content-type"] and address != "/graph":
            waiting += [link for link in Reader(response.text).links() if not link.startswith("https://news.example/")]
    assert {"/", "/graph", "/query", "/articles", "/queries", "/served/page.css", "/served/query.js", "/served/icon.svg"} <= seen
    assert len([address for address in seen if address.startswith("/article/")]) == 3


def test_the_articles_are_listed_the_latest_first(server: Any) -> None:
    page = server.get("/articles").text
    assert re.findall(r'<td class="day">([\d-]+)', page) == ["2024-10-20", "2024-10-05", "2024-10-02"]
    assert "기사 3건" in page
    assert server.get("/articles?page=99").text == server.get("/articles?page=-1").text == server.get("/articles?page=x").text == page


def test_an_article_shows_its_sentences_with_their_facts(server: Any) -> None:
    page = server.get("/article/가나-1")
    assert page.status_code == 200
    text = " ".join(Reader(page.text).text.split())
    assert "한빛전자, 누리소프트와 \"손잡다\"" in text
    assert "2024-10-02 09:30 다른신문 오솔길 원문" in text
    first, second = text.index("한빛전자는 2일 누리소프트와 협약을 맺고"), text.index("김하늘 한빛전자 대표는")
    assert first < text.index("한빛전자 → 투자하다 → 누리 협약 2조4000억원") < second < text.index("김하늘 → 대표이다 → 한빛전자 보도 asserted")
    assert "한빛전자 → 출시하다 → 가온 내년 2분기 계획 planned 발언자 김하늘" in text
    assert "한빛전자 → 인수하다 → 별빛반도체 보도 asserted" in text
    assert "https://news.example/a?id=1&x=" in " ".join(Reader(page.text).links())


def test_a_negated_fact_is_shown_as_one(server: Any) -> None:
    pages = (server.get(link).text for link in Reader(server.get("/articles").text).links() if "/article/" in link)
    texts = [" ".join(Reader(page).text.split()) for page in pages]
    assert sum("한빛전자 → 인수하다 아님 not → 별빛반도체" in text for text in texts) == 1


def test_an_article_that_means_harm_is_shown_as_text(server: Any) -> None:
    (address,) = (link for link in Reader(server.get("/articles").text).links() if "나쁜" in unquote(link))
    for page in (server.get("/articles"), server.get(address)):
        assert page.status_code == 200
        reader = Reader(page.text)
        assert HARM in reader.text
        assert "script" not in [tag for tag, _ in reader.tags]
        assert "img" not in [tag for tag, _ in reader.tags]
        assert not any(link.startswith("javascript:") for link in reader.links())
        assert not any(name.startswith("on") for _, given in reader.tags for name in given)


def test_what_is_typed_into_an_address_is_shown_as_text(server: Any) -> None:
    editor = Reader(server.get("/query").text)
    assert [given["src"] for tag, given in editor.tags if tag == "script"] == ["/served/query.js"]
    harm = server.client.get("/query", params={"query": f"</textarea>{HARM}"})
    assert [tag for tag, _ in Reader(harm.text).tags if tag in ("img", "script")] == ["script"]
    missing = server.client.get(f"/article/{HARM}")
    assert missing.status_code == 404
    assert HARM[:30] in Reader(missing.text).text
    assert "<script>alert" not in missing.text


@pytest.mark.parametrize("path", ["/nothing", "/served/query.html", "/served/..%2Ferrors.py", "/article/", "/queries/ceos/more", "/graph.html"])
def test_what_is_not_there_is_said(server: Any, path: str) -> None:
    response = server.get(path)
    assert (response.status_code, "Traceback" in response.text) == (404, False)


@pytest.mark.parametrize(
    "path",
    ["/", "/query", "/articles", "/article/가나-1", "/article/없음", "/served/query.js", "/queries", "/sparql", "/nothing", "/graph",
     "/sparql?query=ASK%20%7B%7D"],
)
def test_a_browser_is_told_what_a_response_may_do(server: Any, path: str) -> None:
    told = server.get(path).headers
    assert told["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in told["content-security-policy"]
    assert told["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in told["content-security-policy"]
    assert "access-control-allow-origin" not in told


def test_the_graph_s_page_keeps_its_own_policy(server: Any, output: Any) -> None:
    response = server.get("/graph")
    assert response.text == (output / "graph.html").read_text(encoding="utf-8")
    own = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', response.text)
    assert own is not None
    assert response.headers["content-security-policy"] == f"{own[1]}; frame-ancestors 'none'"


def test_a_graph_without_a_page_says_so(serve: Any, own_output: Any) -> None:
    (own_output / "graph.html").unlink()
    with serve(own_output) as server:
        assert server.get("/graph").status_code == 404
        assert '<li><a href="/graph">' not in server.get("/").text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost@evil.example", "localhost:1:2", ""])
def test_another_name_of_this_machine_is_not_answered(server: Any, host: str) -> None:
    for path in ("/", "/sparql?query=ASK%20%7B%7D", "/graph"):
        assert server.get(path, Host=host).status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:8765"])
def test_the_names_of_this_machine_are_answered(server: Any, host: str) -> None:
    assert server.get("/", Host=host).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({}, 200),
    ],
)
def test_pages_of_other_places_cannot_ask(server: Any, headers: dict[str, str], status: int) -> None:
    assert server.client.post("/sparql", data={"query": "ASK {}"}, headers=headers).status_code == status
    own = {"Origin": server.url.rstrip("/")}
    assert server.client.post("/sparql", data={"query": "ASK {}"}, headers=own).status_code == 200
