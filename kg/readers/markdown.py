"""Markdown as plain text: marks of emphasis, links and headings go, the words and the paragraphs stay."""

from __future__ import annotations

import re
from typing import Final

FRONT: Final = re.compile(r"\A---[ \t]*\n(?P<rows>.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
ROW: Final = re.compile(r"^(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.+?)\s*$", re.MULTILINE)
HEADING: Final = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)
RULES: Final = (
    (re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)"), ""),  # an image
    (re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,1000}\)"), r"\1"),  # a link
    (re.compile(r"<(https?://[^>\s]{1,1000})>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"^[ ]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"`([^`\n]{1,300})`"), r"\1"),
)


def strip_markdown(text: str) -> tuple[str, str | None, dict[str, str]]:
    """Text, title and front matter: "# KT, MS와 동맹" gives its title, "**KT**가 …" reads "KT가 …"."""
    front = FRONT.match(text)
    fields: dict[str, str] = {}
    if front:
        text = text[front.end() :]
        fields = {
            row.group("key").lower(): row.group("value").strip("\"'") for row in ROW.finditer(front.group("rows"))
        }
    heading = HEADING.search(text)
    title = fields.get("title") or (heading.group("title") if heading else None)
    plain = HEADING.sub(lambda match: match.group("title"), text)
    for pattern, replacement in RULES:
        plain = pattern.sub(replacement, plain)
        if title:
            title = pattern.sub(replacement, title)
    return plain, title, fields
