"""Help that teaches, usage errors that say what to do, and completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("build", "remove", "extract", "query", "view", "serve", "export", "analyze", "validate", "eval", "train")
PARTS = (("eval", "facts"), ("eval", "entities"), ("train", "ner"), ("train", "parser"), ("train", "valency"))
WHOLE = (*((name,) for name in COMMANDS[:9]), *PARTS)


def test_the_first_help_shows_where_to_start(kg: Any) -> None:
    ended = kg("--help")
    assert (ended.code, ended.err) == (0, "")
    assert "kg build seeds/ --out output/" in ended.out
    assert "kg query ceos" in ended.out
    listed = re.findall(r"^  ([a-z]+)  +(\S.*)$", ended.out.partition("Commands:")[2], re.MULTILINE)
    assert [name for name, _ in listed] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for _, line in listed)


@pytest.mark.parametrize("words", [(), ("eval",), ("train",)])
def test_without_a_command_help_is_shown_as_wrong_usage(kg: Any, words: tuple[str, ...]) -> None:
    ended = kg(*words)
    assert ended.code == 2
    assert "Usage: kg" in ended.out + ended.err


@pytest.mark.parametrize("words", WHOLE, ids=" ".join)
def test_every_help_has_examples_and_explains_every_option(kg: Any, words: tuple[str, ...]) -> None:
    ended = kg(*words, "--help")
    assert (ended.code, ended.err) == (0, "")
    examples = re.findall(rf"^    (?:.*\| )?(kg {words[0]}\b.*)$", ended.out, re.MULTILINE)
    assert examples
    explained = ended.out.partition("Options:")[2]
    entries = re.findall(r"^  (-\S.*?)(?:  +\S|\n {6,}\S)", explained, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^  -", explained, re.MULTILINE))
    for example in examples:
        for option in re.findall(r" (--[a-z-]+)", example.split(" | ")[0]):
            assert re.search(rf"{option}[ ,]", explained), example
    assert max(len(line) for line in ended.out.splitlines()) <= 90


def test_the_exit_codes_are_told(kg: Any) -> None:
    for words in (("--help",), ("build", "--help"), ("extract", "--help")):
        assert "Exit status: 0" in kg(*words).out


def test_the_version_is_the_project_s(kg: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ended = kg("--version")
    assert ended.code == 0
    assert ended.out.split()[:2] == ["kg", project["version"]]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("nonsense",), "nonsense"),
        (("--nonsense",), "--nonsense"),
        (("build",), "INPUT"),
        (("extract",), "INPUT"),
        (("remove",), "ARTICLE"),
        (("eval", "nonsense"), "nonsense"),
        (("train", "ner"), "--data"),
        (("view", "--depth", "deep"), "--depth"),
        (("build", "a.txt", "--out"), "--out"),
    ],
)
def test_wrong_usage_says_what_and_where_help_is(kg: Any, words: tuple[str, ...], named: str) -> None:
    ended = kg(*words)
    assert (ended.code, ended.out) == (2, "")
    assert named in ended.err
    assert "--help" in ended.err


@pytest.mark.parametrize("what", ["ner", "parser", "valency"])
def test_training_names_the_data_that_is_missing(kg: Any, tmp_path: Path, what: str) -> None:
    for place in (tmp_path / "없음", tmp_path):
        ended = kg("train", what, "--data", place, "--out", tmp_path / "weights")
        assert (ended.code, ended.out) == (1, "")
        assert str(place) in ended.err


def test_a_shell_completes_commands_and_queries() -> None:
    def complete(line: str) -> set[str]:
        words = line.split(" ")
        asked = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", "from kg.cli import main; main()"]
        return set(subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, check=False).stdout.split())

    assert set(COMMANDS) <= complete("kg ")
    assert complete("kg qu") == {"query"}
    assert complete("kg query ceo") == {"ceos"}
    assert "--published" in complete("kg build --pub")


def test_a_bar_is_shown_on_a_terminal_only(kg: Any, article: Path, tmp_path: Path) -> None:
    import pty

    piped = kg("build", article, "--out", tmp_path / "piped")
    assert piped.err == ""
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(article), "--out", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"}, stdout=subprocess.PIPE, stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(mine, 65_536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    assert process.wait(60) == 0
    assert process.stdout is not None and process.stdout.read() == b""
    assert "1 read" in shown.decode() or "0 read" in shown.decode()
    assert f"Open {tmp_path / 'out' / 'graph.html'}" in shown.decode()
