"""What the pages tell people to type is there: commands, options, named queries, SPARQL."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kg.cli.app import app, run
from kg.query import FORMATS, find_questions
from kg.store import open_memory

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ko.md")
PATHS = (*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "output" / "README.md")
PAGES = sorted(str(path.relative_to(ROOT)) for path in PATHS)
QUERIES = {question.name: question for question in find_questions()}

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`((?:\.venv/bin/)?kg [^`]+)`")
SPARQL = re.compile(r"```sparql\n(.*?)```", re.DOTALL)


def commands_of(page: str) -> list[str]:
    """The lines of a page that call ``kg``, in blocks and in running text, without the prompt and the comment."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    found = [line.split("  #")[0].removeprefix("$ ").strip() for line in lines] + INLINE.findall(text.replace("\\|", "|"))
    return [line.removeprefix(".venv/bin/") for line in found if re.match(r"(?:\.venv/bin/)?kg ", line)]


def options_of(words: list[str]) -> tuple[str, set[str]] | None:
    """The command that words name and its options; None where there is no such command."""
    names = {command.name or getattr(command.callback, "__name__", ""): command.callback for command in app.registered_commands}
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    if not words or words[0] not in {*names, *groups}:
        return None
    path = words[:2] if words[0] in groups and len(words) > 1 and re.fullmatch("[a-z]+", words[1]) else words[:1]
    return " ".join(path), set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", help_of(path))) | {"--help"}


def help_of(path: list[str]) -> str:
    """The help text of a command."""
    import contextlib
    import io

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert run([*path, "--help"]) == 0, f"kg {' '.join(path)} is no command"
    return said.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_is_real(page: str) -> None:
    later = re.compile(r"^kg COMMAND\b")
    for line in commands_of(page):
        if later.match(line):
            continue
        words = shlex.split(line.replace("...", ""), comments=True)[1:]
        if words[0].startswith("-"):
            assert words[0] in help_of([]), line
            continue
        found = options_of(words)
        assert found is not None, f"{page}: there is no `{line}`"
        command, options = found
        given = [word.split("=")[0] for word in words if word.startswith("-") and word != "-"]
        assert set(given) <= options, f"{page}: `{line}` has options that kg {command} does not take"


@pytest.mark.parametrize("page", READMES)
def test_a_readme_shows_the_main_commands(page: str) -> None:
    shown = {line.split()[1] for line in commands_of(page)}
    assert {"build", "extract", "query", "view", "analyze", "validate", "eval"} <= shown


@pytest.mark.parametrize("page", PAGES)
def test_every_named_query_of_a_page_exists(page: str) -> None:
    names = [line.split()[2] for line in commands_of(page) if re.match(r"kg query [a-z][a-z-]*(?: |$)", line)]
    assert [name for name in names if name not in QUERIES] == []


@pytest.mark.parametrize("page", READMES)
def test_the_options_of_the_tables_are_real(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").replace("\\|", "|")
    for row in re.findall(r"^\| `kg (\w+)[^`]*` \|(.*)\|$", text, re.MULTILINE):
        for option in re.findall(r"`(--[a-z-]+)", row[1]):
            assert re.search(rf"{option}[ ,]", help_of([row[0]])), f"{page}: kg {row[0]} has no {option}"
    forms = re.search(r"--format ([a-z|]+)", text)
    assert forms is not None and tuple(forms.group(1).split("|")) == FORMATS


@pytest.mark.parametrize("page", READMES)
def test_the_sparql_of_a_readme_is_sparql(page: str) -> None:
    queries = SPARQL.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(queries) == 3
    graph = open_memory(())
    for query in queries:
        form, columns, rows = graph.ask(query)
        assert (form, list(rows)) == ("select", [])
        assert columns


@pytest.mark.parametrize("page", READMES)
def test_the_outputs_that_a_readme_names_are_those_of_a_build(page: str) -> None:
    from kg.pipeline.outputs import LINES, PAGE, REPORT, STORE, TURTLE

    text = (ROOT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w.]+/?)` \|", text, re.MULTILINE)) >= {LINES, PAGE, REPORT, f"{STORE}/", TURTLE}


def test_a_query_knows_where_a_build_puts_its_store() -> None:
    from kg.cli.querying import STORE as ASKED
    from kg.pipeline.outputs import STORE as BUILT

    assert ASKED == BUILT
