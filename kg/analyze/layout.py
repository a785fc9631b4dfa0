"""What each line of a news text is: title, registration, heading, caption, list item, byline, boilerplate or body.

A dateline at the head of a line ("[서울=가온통신] 한도윤 기자 = ") is recognised as the line's prefix: it is evidence of who
wrote where for whom, and no part of the sentence behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Dateline, SentenceRole, Span

_REPORTER_POST = r"(?:[가-힣]{0,4}(?:기자|특파원|통신원|리포터|논설위원|에디터)|기자)"
_REPORTER = r"[가-힣]{2,4}(?:\s?[가-힣]{2,4})?"
_DATELINE = re.compile(
    r"\s*[\[【(〔［](?P<place>[가-힣A-Za-z.·,\s]{1,24}?)\s?[=＝]\s?(?P<outlet>[^\])】〕］=]{1,24}?)[\])】〕］]\s*"
    rf"(?:(?P<reporters>(?:{_REPORTER}\s*[·,]\s*)*{_REPORTER}?)\s*{_REPORTER_POST}\s*[=＝:]\s*|[=＝]\s*)?"
)
_BARE_REPORTER = re.compile(rf"\s*(?P<reporters>(?:[가-힣]{{2,4}}\s*[·,]\s*)*[가-힣]{{2,4}})\s*{_REPORTER_POST}\s*[=＝]\s+")
_BRACKET_OUTLET = re.compile(
    rf"\s*[\[【](?P<outlet>[^\]】=\s]{{2,20}})\s+(?P<reporters>(?:[가-힣]{{2,4}}\s*[·,]\s*)*[가-힣]{{2,4}})\s*{_REPORTER_POST}\s*[\]】]\s*"
)
_NAME = re.compile(r"[가-힣]{2,4}")
_REGISTRATION = re.compile(
    r"\s*(?:[\[(【]?\s*(?:기사\s?)?(?:등록|입력|수정|최종\s?수정|승인|송고|발행|작성|게재|업데이트)(?:일|일시|시간|시각)?\s*[:：]?\s*"
    r"\d{2,4}\s*[-./년]|【\d{4}년 \d{1,2}월 \d{1,2}일】\s*$)"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_BYLINE = re.compile(
    rf"\s*(?:[/=]\s*)?(?:[가-힣·,\s]{{2,24}}{_REPORTER_POST}\s*[(/]?\s*(?:{_MAIL})?\)?"
    rf"|[가-힣]{{2,4}}\s*[(/]?\s*{_MAIL}\)?|{_MAIL})\s*$"
)
_BOILERPLATE = re.compile(
    r"무단\s?전재|무단\s?복제|재배포\s?금지|저작권자|Copyright|[ⓒ©]\s*\S|^\s*[◎☞☎▶▷]\s?.*(?:언론|뉴스|신문|구독|제보|바로\s?가기|카카오톡)|^\s*문의\s*[:：]"
    r"|^\s*(?:제보는|기사\s?제보|관련\s?기사|공식\s?홈페이지)",
    re.I,
)
_SLOGAN = re.compile(rf"^\s*◎.*|^\s*\(끝\)\s*$|^\s*/?끝\s*$|^\s*[-=*_]{{3,}}\s*$|^\s*\S{{0,20}}\s*{_MAIL}\s*$")
_CAPTION = re.compile(
    rf"\d{{4}}\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?\s*(?:{_MAIL})?\s*$"
    r"|[(/\[]\s*(?:자료\s?)?사진\s?[=:]|\(자료\s?사진\)|사진\s?제공\s*[=:]"
)
_HEADING = re.compile(r"\s*(?:[◆■◇□●▣◈★☆▼]|<[^<>]{2,40}>\s*$|\[[^\]=]{2,30}\]\s*$)\s?")
_ITEM = re.compile(r"\s*(?:[△▲▶▷○ㅇ※•·*]|[-–—](?=[\s가-힣])|[①-⑳]|\(?\d{1,2}[.)](?=\s))\s?")
_FINAL = re.compile(r"(?:다|요|까|죠|네|함|음|됨|임)[.?!…]*[\"'“”‘’)\]]*\s*$|[.?!][\"'“”‘’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: its span, role, the prefix that is no part of its sentences, and its dateline."""

    span: Span
    role: SentenceRole
    prefix: Span | None = None
    dateline: Dateline | None = None


def find_lines(text: str, title: str | None) -> tuple[Line, ...]:
    """The lines of a text that hold anything, each with its role."""
    lines: list[Line] = []
    start, body_seen = 0, False
    wanted = _squeeze(title or "")
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        raw = text[start:end]
        if raw.strip():
            span = Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
            if wanted and not lines and _squeeze(raw) == wanted:
                lines.append(Line(span, "title"))
            else:
                line = _find_role(text, span, body_seen)
                body_seen = body_seen or line.role in ("body", "caption")
                lines.append(line)
        start = end + 1
    return tuple(lines)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _find_role(text: str, span: Span, body_seen: bool) -> Line:
    raw = span.of(text)
    if _REGISTRATION.match(raw):
        return Line(span, "registration")
    dateline = find_dateline(text, span)
    if dateline is not None:
        rest = text[dateline.span.end : span.end]
        if rest.strip():
            return Line(span, "caption" if _CAPTION.search(rest) else "body", dateline.span, dateline)
        return Line(span, "byline", None, dateline)
    if len(raw) <= 60 and _BYLINE.match(raw):
        return Line(span, "byline")
    if len(raw) <= 200 and (_SLOGAN.match(raw) or _BOILERPLATE.search(raw)):
        return Line(span, "boilerplate")
    if _CAPTION.search(raw):
        mark = _ITEM.match(raw) or _HEADING.match(raw)
        return Line(span, "caption", _prefix(span, mark))
    if heading := _HEADING.match(raw):
        role: SentenceRole = "body" if _FINAL.search(raw) and len(raw) > 60 else "heading"
        return Line(span, role, _prefix(span, heading) if heading.end() < len(raw) else None)
    if item := _ITEM.match(raw):
        return Line(span, "body" if re.search(r"다[.?!]\s*$", raw) else "item", _prefix(span, item))
    if not _FINAL.search(raw) and len(raw) <= 70 and (not body_seen or not re.search(r"[,\"”’]$", raw)):
        return Line(span, "heading")
    return Line(span, "body")


def _prefix(span: Span, match: re.Match[str] | None) -> Span | None:
    if match is None or match.end() == 0 or "<" in match.group() or "[" in match.group():
        return None
    return Span(span.start, span.start + match.end())


def find_dateline(text: str, span: Span) -> Dateline | None:
    """The dateline at the head of a line: "[서울=가온통신] 한도윤 기자 = " has place, outlet and reporter."""
    # patterns look at the line alone, so that a long line costs no more than its head
    head = text[span.start : min(span.end, span.start + 120)]
    for pattern in (_DATELINE, _BRACKET_OUTLET, _BARE_REPORTER):
        match = pattern.match(head)
        if match is None:
            continue
        groups = match.groupdict()
        return Dateline(
            Span(span.start, span.start + match.end()),
            _group(span, match, "place") if groups.get("place") else None,
            _group(span, match, "outlet") if groups.get("outlet") else None,
            tuple(
                Span(span.start + match.start("reporters") + name.start(), span.start + match.start("reporters") + name.end())
                for name in _NAME.finditer(groups.get("reporters") or "")
            ),
        )
    return None


def _group(span: Span, match: re.Match[str], name: str) -> Span:
    return Span(span.start + match.start(name), span.start + match.end(name))
