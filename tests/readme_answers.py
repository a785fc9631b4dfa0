"""Put the real answers of the README's questions into the README.

    python tests/readme_answers.py --write     # ask the sample articles afresh and rewrite the answers
    python tests/readme_answers.py             # only say which page is out of date

A question is the code block above the marks ``<!-- answer N: begin -->`` and ``<!-- answer N: end -->``: SPARQL, or a
``kg query NAME PARAMETER...`` line.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Any, Protocol

import kg
from kg.query import Result, find_question, read_parameters

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.ko.md")
COMMAND = "python tests/readme_answers.py --write"

_BLOCK = re.compile(r"(<!-- answer (\d+): begin -->\n).*?(<!-- answer \2: end -->)", re.DOTALL)
_CODE = re.compile(r"^```(sparql|sh)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ASKED = re.compile(r"^(?:\S*/)?kg query (.+?)(?:\s+#.*)?$", re.MULTILINE)
_MARKUP = re.compile(r"([\\|*_<>\[\]`])")


class Answering(Protocol):
    """What a page is asked against: a :class:`kg.KnowledgeGraph`."""

    def query(self, query: str, parameters: dict[str, str] | None = None) -> Result:
        """The answer to a named query or SPARQL."""
        ...


def build_samples() -> Answering:
    """The graph of the sample articles, read afresh."""
    build: Any = kg.build
    graph: Answering = build([ROOT / "seeds"])
    return graph


def answered(page: str, graph: Answering) -> str:
    """The text of a page with the graph's answers between its marks."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{_table(_ask(page[: block.start()], block[2], graph))}\n{block[3]}", page)


def _ask(above: str, number: str, graph: Answering) -> Result:
    codes = _CODE.findall(above)
    if not codes:
        raise ValueError(f"answer {number} has no question above it")
    language, text = codes[-1]
    if language == "sparql":
        return graph.query(text)
    asked = _ASKED.search(text)
    if asked is None:
        raise ValueError(f"the block above answer {number} asks nothing: {text}")
    name, *words = shlex.split(asked[1])
    return graph.query(name, read_parameters(find_question(name), words))


def _table(result: Result) -> str:
    rows = [["" if cell is None else _MARKUP.sub(r"\\\1", " ".join(cell.shown().split())) for cell in row] for row in result.rows]
    lines = [[*result.columns], ["---"] * len(result.columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(words: list[str]) -> int:
    """Write, or say what would be written; 1 where a page is out of date and was not to be written."""
    if words not in ([], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    graph, stale = build_samples(), 0
    for name in PAGES:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = answered(before, graph)
        if after == before:
            continue
        print(f"{name}: the answers have changed" + ("" if words else f"; run `{COMMAND}`"))
        stale += not words
        if words:
            path.write_text(after, encoding="utf-8", newline="\n")
    return min(stale, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
