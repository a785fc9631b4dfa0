"""Web pages: the body by trafilatura, the metadata from schema.org (JSON-LD), OpenGraph and visible lines."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.settings import use_config

from kg.errors import InputError
from kg.readers.encodings import clean, decode, one_line
from kg.readers.newswire import find_authors, is_registration
from kg.readers.options import Draft
from kg.readers.stamps import find_stamp, parse_stamp

# What the extractor could not use is said once, as the reason of the skipped input.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
ARTICLE_TYPES: Final = re.compile(r"Article$|^NewsArticle|BlogPosting$|Report$|Posting$")
TITLES: Final = ("og:title", "twitter:title", "dc.title", "title")
TIMES: Final = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "dd:published_time",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "dable:published_time",
    "pubdate",
    "publishdate",
    "date",
)
AUTHORS: Final = ("article:author", "og:article:author", "dable:author", "dd:author", "author", "byl", "dc.creator")
OUTLETS: Final = ("og:site_name", "article:media_name", "dd:publisher", "dc.publisher", "publisher", "copyright")
BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "blockquote",
        "section",
        "article",
        "figcaption",
        "figure",
        "dd",
        "dt",
        "ul",
        "ol",
        "table",
        "pre",
        "hr",
    }
)
CHROME: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "iframe",
        "button",
        "select",
        "svg",
        "head",
    }
)
BREAK: Final = "\N{RETURN SYMBOL}"
LINE_BREAK: Final = re.compile(r"<br\b[^<>]{0,200}>", re.IGNORECASE)
TEXT_AFTER_BLOCK: Final = re.compile(
    r"</(?:div|figure|figcaption|table|center|h[1-6]|ul|ol|section)\s*>(?=\s{0,50}[^<\s])", re.I
)
TEXT_BEFORE_BLOCK: Final = re.compile(
    r"(?<=[^\s<>])\s{0,50}(?=<(?:div|figure|figcaption|table|center|h[1-6]|p|ul|ol)\b)", re.I
)
MAX_PAGE: Final = 16 * 1024 * 1024
MAX_ELEMENTS: Final = 100_000
MAX_DEPTH: Final = 400
MIN_BODY: Final = 25
TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
VOID: Final = frozenset(
    {
        "br",
        "hr",
        "img",
        "meta",
        "link",
        "input",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dd",
        "dt",
        "option",
    }
)


def charset_of(data: bytes) -> str | None:
    """The encoding that a page declares in its first kilobytes: ``<meta charset="euc-kr">`` is "euc-kr"."""
    match = CHARSET.search(data[:8192])
    return next((group.decode("ascii", "ignore") for group in match.groups() if group), None) if match else None


def _is_overdeep(html: str) -> bool:
    """Whether tags are nested or numbered beyond any real page, so that a parser would run for minutes."""
    depth = 0
    for count, match in enumerate(TAG.finditer(html)):
        if count > MAX_ELEMENTS * 2:
            return True
        if match.group(3) or match.group(2).lower() in VOID:
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > MAX_DEPTH * 4:
            return True
    return False


def _tree(html: str) -> lxml.html.HtmlElement:
    if _is_overdeep(html):
        raise InputError("HTML with too many or too deeply nested tags; give the article's text instead")
    try:
        # Bytes with a stated encoding: a declaration left in the page must not be believed a second time.
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise InputError("not HTML that can be read; give the article's text instead") from error
    return tree


def _metas(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = one_line(meta.get("content") or "")
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                found.setdefault(key.strip().lower(), []).append(content)
    return found


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _objects(child, depth + 1)
    elif isinstance(value, list):
        for child in value[:200]:
            yield from _objects(child, depth + 1)


def _schema(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The page's schema.org article, the first JSON-LD object of an article's type."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            document = json.loads(script.text_content().strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(document):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and ARTICLE_TYPES.search(name) for name in names):
                return item
    return {}


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    flat = [name for item in names for name in (item if isinstance(item, list) else [item])]
    return [one_line(name) for name in flat if isinstance(name, str) and name.strip()]


def _first(metas: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((metas[key][0] for key in keys if key in metas), None)


def without_site(title: str, outlet: str | None) -> str:
    """A page title without its outlet: "KT, MS와 동맹 - 뉴시스" of 뉴시스 is "KT, MS와 동맹"."""
    parts = re.split(r"\s+[-|:–—<]+\s*|\s*[|<]\s*|\s*::+\s*", title)
    site = (outlet or "").replace(" ", "").lower()
    if len(parts) > 1 and site and parts[-1].strip(" >]").replace(" ", "").lower() in (site, site + "통신사"):
        return title[: title.rindex(parts[-1])].rstrip(" -|:–—<").strip() or title
    return title


def web_address(url: str | None, base: str | None = None) -> str | None:
    """A link as an absolute http(s) address, else None: a feed's ``file:///etc/passwd`` is no address."""
    try:
        joined = urljoin(base or "", (url or "").strip())
        parts = urlsplit(joined)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(joined) > 2000:
            return None
    except ValueError:
        return None
    return re.sub(r"[\s<>\"{}|\\^`]", "", one_line(joined))


def text_of(tree: lxml.html.HtmlElement) -> str:
    """The visible text of a tree, a line for each block, without navigation and scripts."""
    pieces: list[str] = []
    hidden = 0
    for event, node in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else "script"
        if event == "start":
            hidden += tag in CHROME
            if tag in BLOCKS:
                pieces.append("\n")
            if not hidden and node.text:
                pieces.append(re.sub(r"\s+", " ", node.text))
            continue
        hidden -= tag in CHROME
        if tag in BLOCKS:
            pieces.append("\n")
        if not hidden and node.tail and node is not tree:
            pieces.append(re.sub(r"\s+", " ", node.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def strip_markup(markup: str) -> str:
    """A fragment of HTML as text, a line a block: ``strip_markup("<p>KT가 <b>MS</b>와</p>")`` is "KT가 MS와"."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    if not markup.strip():
        return ""
    return text_of(_tree(f"<div>{markup}</div>"))


def _with_breaks(html: str) -> str:
    """The page with a mark at each <br> and where bare text meets a block, as the extractor joins such lines."""
    marked = LINE_BREAK.sub(f" {BREAK} ", html)
    marked = TEXT_AFTER_BLOCK.sub(rf"\g<0> {BREAK} ", marked)
    return TEXT_BEFORE_BLOCK.sub(f" {BREAK} ", marked)


def _body(html: str, schema: dict[str, Any], tree: lxml.html.HtmlElement) -> str:
    text: str | None = None
    settings = use_config()
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    try:
        text = trafilatura.extract(
            _with_breaks(html),
            output_format="txt",
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=False,
            config=settings,
        )
    except Exception:
        text = None
    if text and len(text.strip()) >= MIN_BODY:
        lines = (line.strip() for line in re.split(rf"[{BREAK}\n]", text))
        return "\n".join(line for line in lines if line)
    stated = schema.get("articleBody")
    if isinstance(stated, str) and len(stated.strip()) >= MIN_BODY:
        return strip_markup(stated)
    parts = [node for node in tree.iter("article", "main") if isinstance(node.tag, str)] or [tree]
    return max((text_of(part) for part in parts[:20]), key=len)


def read_page(data: bytes, place: str, declared: str | None = None, address: str | None = None) -> Draft:
    """The article of a web page, with title, time, outlet, reporters and canonical address where the page states them.

    Raises ``InputError`` for a page that is no text, has no article, or is nested beyond reason.
    """
    html = decode(data, declared or charset_of(data))
    if len(html) > MAX_PAGE:
        raise InputError(f"HTML of more than {MAX_PAGE} characters; give the article's text instead")
    tree = _tree(html)
    metas, schema = _metas(tree), _schema(tree)
    text = clean(_body(html, schema, tree)).strip()
    if not text:
        raise InputError("no article text found in this page; give its text as .txt")
    heads = _names(schema.get("headline"))
    outlet = next(iter(_names(schema.get("publisher"))), None) or _first(metas, OUTLETS[:-1])
    title = heads[0] if heads else _first(metas, TITLES[:3])
    if title is None:
        node = next(iter(tree.iter("h1")), None)
        named = next(iter(tree.iter("title")), None)
        title = one_line(
            next(
                (item.text_content() for item in (node, named) if item is not None and item.text_content().strip()), ""
            )
        )
    stamp = parse_stamp(schema.get("datePublished"))
    stamps = (parse_stamp(metas[key][0]) for key in TIMES if key in metas)
    published = stamp or next((found for found in stamps if found), None) or _visible_stamp(tree)
    writers = _names(schema.get("author")) or [name for key in AUTHORS for name in metas.get(key, ())]
    people = [name for name in writers if not name.startswith("http") and name != outlet]
    canonical = next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    url = web_address(canonical, address) or web_address(_first(metas, ("og:url",)), address) or web_address(address)
    return Draft(
        text,
        place,
        None,
        None,
        without_site(title, outlet) or None if title else None,
        published,
        url,
        outlet,
        find_authors(people),
    )


def _visible_stamp(tree: lxml.html.HtmlElement) -> Any:
    """The time of <time datetime>, of a data-date-time attribute, or of a visible registration line."""
    for node in tree.iter("time", "span"):
        stated = node.get("datetime") or node.get("data-date-time")
        found = parse_stamp(stated) if stated else None
        if found:
            return found
    for line in text_of(tree).split("\n")[:200]:
        if len(line) < 120 and is_registration(line):
            return find_stamp(line)
    return None
