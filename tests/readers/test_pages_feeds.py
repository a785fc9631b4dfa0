"""Web pages and feeds: body, metadata, and what hostile markup comes to."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.readers import Skipped, read_articles
from kg.readers.feeds import read_feed
from kg.readers.options import KOREA, Draft
from kg.readers.pages import read_page, strip_markup, web_address, without_site

FIRST = "가람전자가 새빛소재와 손잡고 수원에 배터리 공장을 짓는다고 7일 밝혔다. 두 회사는 5년간 1조2000억원을 투자한다."
SECOND = "이가람 가람전자 대표는 간담회에서 “내년 하반기에 양산을 시작하겠다”고 말했다. 공장은 축구장 열 개 크기다."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
LINKED = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "늘벗"},
{"@type": "NewsArticle", "headline": "가람전자, 공장 착공", "datePublished": "2023-03-07T09:05:30+09:00",
"author": [{"@type": "Person", "name": "박서린 기자"}],
"publisher": {"@type": "Organization", "name": "늘벗통신"}}]}</script>"""
META = """<meta property="og:title" content="가람전자, 공장 착공 | 늘벗통신">
<meta property="og:site_name" content="늘벗통신">
<meta property="article:published_time" content="2023-03-07 09:05:30"><meta name="author" content="박서린">"""


def page(head: str, body: str = BODY) -> str:
    return (
        f"<!doctype html><html lang=ko><head>{head}<link rel=canonical href='https://neulbeot.example/news/1'></head><body>"
        f"<nav><a href='/'>첫 화면</a> <a href='/economy'>경제</a></nav><article>{body}</article>"
        "<footer>무단 전재 금지. 회사 소개 | 개인정보처리방침</footer></body></html>"
    )


@pytest.mark.parametrize("head", [LINKED, META])
@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
def test_body_and_metadata(head: str, charset: str) -> None:
    draft = read_page(page(f"<meta charset={charset}>{head}").encode("cp949" if charset == "euc-kr" else charset), "p")
    assert draft == Draft(
        f"{FIRST}\n{SECOND}",
        "p",
        title="가람전자, 공장 착공",
        published=datetime(2023, 3, 7, 9, 5, 30, tzinfo=KOREA),
        url="https://neulbeot.example/news/1",
        outlet="늘벗통신",
        authors=("박서린",),
    )


def test_amp_page_points_at_its_article() -> None:
    html = page(LINKED).replace("<html lang=ko>", "<html ⚡ lang=ko>")
    assert (
        read_page(html.encode(), "p", address="https://m.neulbeot.example/amp/1").url
        == "https://neulbeot.example/news/1"
    )


def test_a_bare_page_gives_what_its_text_says(tmp_path: Path) -> None:
    path = tmp_path / "기사.html"
    body = "<h1>가람전자, 공장 착공</h1><p>입력 2023.03.07. 오전 9:05</p>"
    body += f"<p>[수원=늘벗통신] 박서린 기자 = {FIRST}</p><p>{SECOND}</p>"
    path.write_text(f"<html><head><title>가람전자, 공장 착공</title></head><body><div>{body}</div></body></html>")
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert (article.id, article.title, article.published) == (
        "기사",
        "가람전자, 공장 착공",
        datetime(2023, 3, 7, 9, 5, tzinfo=KOREA),
    )
    assert (article.outlet, article.authors) == ("늘벗통신", ("박서린",))
    assert FIRST in article.text and SECOND in article.text


def test_body_of_a_script_page_is_taken_from_its_schema() -> None:
    schema = f'{{"@type": ["NewsArticle"], "headline": "착공", "articleBody": "{FIRST}"}}'
    head = f'<script type="application/ld+json">{schema}</script>'
    assert read_page(f"<html><head>{head}</head><body><div id=app></div></body></html>".encode(), "p").text == FIRST


def test_time_element_gives_the_time() -> None:
    html = page("", f'<time datetime="2023-03-07T00:05:30Z">어제</time>{BODY}')
    assert read_page(html.encode(), "p").published == datetime(2023, 3, 7, 0, 5, 30, tzinfo=UTC)


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="no article text"):
        read_page(b"<html><head><script>var x = 1</script></head><body><nav>KT</nav></body></html>", "p")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + BODY + "</div>" * 100_000,
        "<p>" * 60_000 + BODY,
        "<table><tr><td>" * 1000 + BODY,
        "<" * 300_000,
        "<a " + "x " * 300_000,
        "<b>" * 1500 + BODY,
        "<ul>" + "<li>" * 50_000 + BODY,
        "<!--" * 100_000,
        "<html><body>\x00" + BODY,
    ],
)
def test_hostile_markup_ends_in_time(html: str) -> None:
    before = time.process_time()
    try:
        text = read_page(html.encode(), "p").text
    except InputError as error:
        text = error.message
    assert text and time.process_time() - before < 20


def test_hostile_schema_is_passed_over() -> None:
    nested = '{"@type": "NewsArticle", "headline": {"a": ' + "[" * 50_000 + "}"
    draft = read_page(page(f'<script type="application/ld+json">{nested}</script>{META}').encode(), "p")
    assert draft.title == "가람전자, 공장 착공"


def test_lines_of_a_page_without_paragraphs_stay_apart() -> None:
    caption = "[수원=늘벗통신] 도하늘 기자 = 이가람 대표가 7일 인사말을 하고 있다. 2023.03.07. photo@neulbeot.example"
    lead = f"[수원=늘벗통신] 박서린 기자 = {FIRST}"
    body = f"<div><img src=x.jpg><p>{caption}</p></div>{lead}<br><br>{SECOND}<br/>"
    body += "<strong>◆축구장 열 개</strong><br>공장은 크다."
    text = read_page(page(META, body).encode(), "p").text
    assert text.split("\n") == [caption, lead, SECOND, "◆축구장 열 개", "공장은 크다."]


def test_titles_lose_their_site() -> None:
    assert without_site("KT, MS와 동맹 - 뉴시스", "뉴시스") == "KT, MS와 동맹"
    assert (
        without_site("KT, MS와 동맹 :: 공감언론 뉴시스통신사 ::", "뉴시스")
        == "KT, MS와 동맹 :: 공감언론 뉴시스통신사 ::"
    )
    assert without_site("KT - MS 동맹", "뉴시스") == "KT - MS 동맹"


def test_addresses() -> None:
    assert web_address("/news/1", "https://a.example/x") == "https://a.example/news/1"
    for link in ("file:///etc/passwd", "javascript:alert(1)", "//", "http://[", None, "ftp://a.example/"):
        assert web_address(link) is None
    assert web_address('https://a.example/"><script>') == "https://a.example/script"


def test_fragments() -> None:
    assert strip_markup("<p>KT가 <b>MS</b>와</p><p>손잡다</p>") == "KT가 MS와\n손잡다"
    assert strip_markup("A&amp;B <script>alert(1)</script>는") == "A&B 는"
    assert strip_markup("그냥 글") == "그냥 글"
    assert strip_markup("") == ""


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>늘벗통신 | 전체기사</title><link>https://neulbeot.example</link>
<item><title>가람전자 &amp; 새빛소재, 공장 착공</title>
<link>https://neulbeot.example/news/view?id=1</link><dc:creator>박서린 기자</dc:creator>
<pubDate>Tue, 07 Mar 2023 09:05:30 +0900</pubDate><description>짧은 요약</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>둘째 기사</title><link>https://neulbeot.example/news/view?id=2</link>
<description>새빛소재는 8일 신제품을 내놓았다.</description></item>
<item><title>셋째 기사</title><link>file:///etc/passwd</link>
<description>한빛은행은 9일 금리를 내렸다.</description></item>
<item><title>본문 없는 기사</title><link>https://neulbeot.example/news/4</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>늘벗통신</title><entry><id>tag:neulbeot.example,2023:1</id>
<title type="html">가람전자, 공장 착공</title><link href="https://neulbeot.example/a/1"/><published>2023-03-07T00:05:30Z</published>
<author><name>박서린</name></author><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    path = tmp_path / "새소식.rss"
    path.write_text(RSS)
    first, second, third, fourth = read_articles([str(path)])
    assert first == Article(
        "neulbeot.example/news/view",
        f"{FIRST}\n{SECOND}",
        "가람전자 & 새빛소재, 공장 착공",
        datetime(2023, 3, 7, 9, 5, 30, tzinfo=KOREA),
        "https://neulbeot.example/news/view?id=1",
        "늘벗통신",
        ("박서린",),
    )
    assert isinstance(second, Article) and second.id == "neulbeot.example/news/view?id=2"
    assert isinstance(third, Article) and (third.id, third.url) == ("새소식-3", None)
    assert isinstance(fourth, Skipped) and fourth.input.endswith(":4") and "--follow" in fourth.reason


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_atom_in_any_encoding(encoding: str) -> None:
    declared = "euc-kr" if encoding == "cp949" else encoding
    (entry,) = read_feed(f'<?xml version="1.0" encoding="{declared}"?>{ATOM}'.encode(encoding), "f")
    assert isinstance(entry, Draft)
    assert (entry.text, entry.outlet, entry.authors) == (FIRST, "늘벗통신", ("박서린",))
    assert entry.published == datetime(2023, 3, 7, 0, 5, 30, tzinfo=UTC)


def test_entities_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + RSS.split("?>", 1)[1]
    for data in (bomb.encode(), bomb.encode("utf-16")):
        with pytest.raises(InputError, match="entities"):
            list(read_feed(data, "f"))


def test_a_feed_never_opens_the_file_that_it_spells(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(RSS)
    with pytest.raises(InputError, match="no feed entries"):
        list(read_feed(str(secret).encode(), "f"))


def test_a_broken_feed_gives_what_can_be_read() -> None:
    found = list(read_feed(RSS.split("<item><title>둘째")[0].encode(), "f"))
    assert [item.title for item in found if isinstance(item, Draft)] == ["가람전자 & 새빛소재, 공장 착공"]


def test_xhtml_named_xml_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "기사.xml"
    path.write_text('<?xml version="1.0"?>' + page(META))
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article) and article.text == f"{FIRST}\n{SECOND}"
