"""Fetching, against a server on this machine that plays good and hostile sites."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.readers import ReadOptions, Skipped, read_articles
from kg.readers.fetch import Fetcher, _resolve

TEXT = "가람전자가 새빛소재와 손잡고 수원에 배터리 공장을 짓는다고 7일 밝혔다. 두 회사는 5년간 1조2000억원을 투자한다."
HEAD = "<!doctype html><html><head><title>공장 착공</title></head>"
PAGE = f"{HEAD}<body><article><p>{TEXT}</p><p>{TEXT} 또.</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    agents: ClassVar[set[str]] = set()
    robots: ClassVar[tuple[int, str]] = (200, "User-agent: *\nDisallow: /private/\n")

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.agents.add(self.headers["User-Agent"])
        port = self.server.server_address[1]
        try:
            match self.path.partition("?")[0]:
                case "/robots.txt":
                    self.answer(self.robots[1].encode(), self.robots[0], Content_Type="text/plain")
                case "/news/1" | "/private/1":
                    self.answer(PAGE.encode("cp949"), Content_Type="text/html; charset=EUC-KR")
                case "/moved":
                    self.answer(b"", 302, Location="/news/1")
                case "/loop":
                    self.answer(b"", 302, Location="/loop?again")
                case "/to-file":
                    self.answer(b"", 301, Location="file:///etc/passwd")
                case "/to-private-page":
                    self.answer(b"", 302, Location="/private/1")
                case "/huge":
                    self.answer(b"", Content_Length=str(2 * 1024**3))
                case "/endless":
                    self.send_response(200)
                    self.end_headers()
                    for _ in range(2000):
                        self.wfile.write(b"<p>" + b"x" * 65536)
                case "/slow":
                    self.send_response(200)
                    self.end_headers()
                    for _ in range(100):
                        self.wfile.write(b"<p>x</p>")
                        self.wfile.flush()
                        time.sleep(0.1)
                case "/dripping":
                    for number in range(100):
                        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: "[number : number + 1] or b"x")
                        self.wfile.flush()
                        time.sleep(0.1)
                case "/bomb":
                    self.answer(gzip.compress(b"0" * 20_000_000), Content_Encoding="gzip")
                case "/rows":
                    self.answer(json.dumps({"id": "r1", "text": TEXT}).encode(), Content_Type="application/json")
                case "/image":
                    self.answer(b"\x89PNG\r\n\x1a\n", Content_Type="image/png")
                case "/feed":
                    items = "".join(
                        f"<item><title>t</title><link>{link}</link></item>"
                        for link in (
                            f"http://127.0.0.1:{port}/news/1",
                            "file:///etc/passwd",
                            f"http://127.0.0.1:{port}/missing",
                        )
                    )
                    self.answer(
                        f'<rss version="2.0"><channel><title>늘벗</title>{items}</channel></rss>'.encode(),
                        Content_Type="application/rss+xml",
                    )
                case _:
                    self.answer(b"none", 404)
        except (BrokenPipeError, ConnectionResetError):
            pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Site, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def read(*inputs: str, **options: object) -> list[Article | Skipped]:
    return list(read_articles(inputs, ReadOptions(allow_private=True, **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/news/1", "/moved"])
def test_a_page_is_read(site: str, path: str) -> None:
    (article,) = read(site + path)
    assert isinstance(article, Article)
    assert article.id == f"127.0.0.1{path}" and article.url == f"{site}/news/1"
    assert article.title == "공장 착공" and article.text.startswith(TEXT)
    assert all("korean-news-kg" in agent for agent in Site.agents)


def test_rows_are_read_from_an_address(site: str) -> None:
    (article,) = read(f"{site}/rows")
    assert isinstance(article, Article) and article.id == "r1"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "more than 5 redirects"),
        ("/to-file", "only http and https"),
        ("/private/1", "robots.txt"),
        ("/to-private-page", "robots.txt"),
        ("/huge", "larger than"),
        ("/missing", "HTTP 404"),
        ("/image", "not text"),
    ],
)
def test_hostile_answers(site: str, path: str, reason: str) -> None:
    (item,) = read(site + path)
    assert isinstance(item, Skipped) and reason in item.reason and item.input == site + path
    assert "/private/1" not in Site.asked


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_sizes_are_bounded(site: str, path: str) -> None:
    (item,) = read(site + path, max_bytes=1_000_000)
    assert isinstance(item, Skipped) and "larger than 1000000 bytes" in item.reason


@pytest.mark.parametrize("path", ["/slow", "/dripping"])
def test_time_is_bounded(site: str, path: str) -> None:
    before = time.monotonic()
    (item,) = read(site + path, timeout=0.5)
    assert isinstance(item, Skipped) and "0.5 seconds" in item.reason
    assert time.monotonic() - before < 5


def test_private_addresses_are_refused(site: str) -> None:
    (item,) = read_articles([f"{site}/news/1"])
    assert isinstance(item, Skipped) and "private or local" in item.reason
    assert Site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "224.0.0.1",
        "localhost",
        "2130706433",
        "100.64.0.1",
    ],
)
def test_no_spelling_of_a_private_address_passes(host: str) -> None:
    with pytest.raises(InputError, match=r"private|not found"):
        _resolve(host, 80, allow_private=False)


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "https://\x00/", "http://a:99999/", "http://" + "가" * 300 + ".kr/"]
)
def test_no_address_is_a_traceback(url: str) -> None:
    (item,) = read_articles([url])
    assert isinstance(item, Skipped) and "\n" not in item.reason


def test_a_site_without_working_robots_is_left_alone(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "robots", (503, ""))
    (item,) = read(f"{site}/news/1")
    assert isinstance(item, Skipped) and "robots.txt" in item.reason
    monkeypatch.setattr(Site, "robots", (404, ""))
    (article,) = read(f"{site}/news/1")
    assert isinstance(article, Article)


def test_robots_are_asked_once(site: str) -> None:
    with Fetcher(ReadOptions(allow_private=True)) as fetcher:
        fetcher.fetch(f"{site}/news/1")
        fetcher.fetch(f"{site}/news/1?x")
    assert Site.asked.count("/robots.txt") == 1


def test_a_feed_is_followed_only_when_asked(site: str) -> None:
    assert [type(item).__name__ for item in read(f"{site}/feed")] == ["Skipped"] * 3
    assert "/news/1" not in Site.asked
    article, file_link, missing = read(f"{site}/feed", follow=True)
    assert isinstance(article, Article) and article.id == "127.0.0.1/news/1" and article.outlet == "늘벗"
    assert isinstance(file_link, Skipped)
    assert isinstance(missing, Skipped) and "HTTP 404" in missing.reason


def test_a_local_feed_may_be_followed(site: str, tmp_path: Path) -> None:
    path = tmp_path / "f.rss"
    path.write_text(
        f'<rss version="2.0"><channel><item><title>t</title><link>{site}/news/1</link></item></channel></rss>'
    )
    (article,) = read(str(path), follow=True)
    assert isinstance(article, Article) and article.text.startswith(TEXT)
