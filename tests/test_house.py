"""The house rules: sizes, rooms, words, and that the pages say what is there."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KG = ROOT / "kg"
LINES_AT_MOST = 400

MODULES = sorted(KG.rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Third parties with a room of their own; what is not named here may be used wherever the layers allow it.
ROOMS = {
    "charset_normalizer": {"readers"},
    "feedparser": {"readers"},
    "httpx": {"readers"},
    "jinja2": {"server"},
    "kiwipiepy": {"analyze"},
    "lxml": {"readers"},
    "pyarrow": {"readers"},
    "pycrfsuite": {"entities"},
    "pyoxigraph": {"store", "tables"},
    "py4j": {"cluster"},
    "pyshacl": {"validate"},
    "pyspark": {"cluster"},
    "pyvis": {"render"},
    "pyzstd": {"readers"},
    "rensa": {"link"},
    "trafilatura": {"readers"},
    "typer": {"cli"},
    "waitress": {"server"},
    "werkzeug": {"server"},
}
DISTRIBUTIONS = {"py4j": "pyspark", "pycrfsuite": "python-crfsuite"}  # py4j is Spark's own bridge to Java
DOOR = {"__init__", "__main__", "cli"}

WRITTEN = ("*.md", "*.toml", "*.txt", "Makefile", "LICENSE", "NOTICE", ".gitignore", ".pre-commit-config.yaml")
FOLDERS = (".ci", "docs", "kg", "ontology", "seeds", "tests")
BINARY = {".png", ".jpg", ".ico", ".gz", ".npz", ".npy", ".bin", ".crfsuite", ".woff2", ".pyc"}
# Each word is cut in two so that this file does not hold it.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|raise NotImplemented" r"Error)\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/~*-])/(?:home|root|Users|work|tmp)/\w")


def room(path: Path) -> str:
    """The module of ``kg`` that a file belongs to: ``store`` for ``kg/store/codec.py``."""
    return path.relative_to(KG).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, relative imports left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the project by its path."""
    paths = [path for pattern in WRITTEN for path in ROOT.glob(pattern)]
    paths += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted(paths):
        if path.suffix not in BINARY and "__pycache__" not in path.parts:
            content = path.read_bytes()
            if b"\0" not in content[:4096]:
                yield str(path.relative_to(ROOT)), content.decode("utf-8", "replace")


def normalised(name: str) -> str:
    """A distribution's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(lines: list[str]) -> set[str]:
    """The names of the distributions that requirement lines ask for."""
    return {normalised(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in lines}


def module_names() -> set[str]:
    """The modules directly in ``kg`` that exist: files, and folders that are packages."""
    folders = {path.parent.name for path in KG.glob("*/__init__.py")}
    return folders | {path.stem for path in KG.glob("*.py")}


def test_modules_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LINES_AT_MOST} == {}


def test_nothing_is_left_unfinished() -> None:
    assert [path for path, text in texts() if UNFINISHED.search(text)] == []


def test_no_text_holds_a_path_of_one_machine() -> None:
    found = {path: match.group() for path, text in texts() if (match := MACHINE_PATH.search(text))}
    assert found == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {part for path in MODULES for part in path.relative_to(KG).with_suffix("").parts}
    assert names & {"utils", "util", "helpers", "helper", "common", "misc"} == set()


def test_third_parties_stay_in_their_rooms() -> None:
    strays = [
        (str(path.relative_to(ROOT)), name)
        for path in MODULES
        for name in {dotted.partition(".")[0] for dotted in imports(path)}
        if name in ROOMS and room(path) not in ROOMS[name]
    ]
    assert strays == []


def test_ruff_knows_the_same_rooms() -> None:
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    assert set(lint["flake8-tidy-imports"]["banned-api"]) == set(ROOMS)
    exempt = {file.split("/")[1].removesuffix(".py") for file in lint["per-file-ignores"] if file.startswith("kg/")}
    assert exempt == set().union(*ROOMS.values())


def test_every_import_is_declared() -> None:
    extras = {name: asked for name, asked in PYPROJECT["project"]["optional-dependencies"].items() if name != "dev"}
    declared = requirements([*PYPROJECT["project"]["dependencies"], *(line for asked in extras.values() for line in asked)])
    used = {dotted.partition(".")[0] for path in MODULES for dotted in imports(path)}
    third_parties = used - set(sys.stdlib_module_names) - {"kg"}
    assert {name for name in third_parties if normalised(DISTRIBUTIONS.get(name, name)) not in declared} == set()


def test_only_the_door_opens_the_public_interface() -> None:
    below = [path for path in MODULES if room(path) not in DOOR]
    inside = {room(path) for path in MODULES}
    strays = [
        (str(path.relative_to(ROOT)), name)
        for path in below
        for name in imports(path)
        if name.startswith("kg.") and name.split(".")[1] not in inside
    ]
    assert strays == []


def test_every_module_stands_in_a_layer() -> None:
    rows = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    layered = set(re.findall(r"\w+", " ".join(rows)))
    assert module_names() - {"__init__"} <= layered


def test_every_package_says_what_it_exports() -> None:
    packages = [path for path in KG.glob("*/__init__.py") if path.parent.name != "tables"]
    silent = [path.parent.name for path in packages if "__all__" not in path.read_text(encoding="utf-8")]
    assert silent == []


def test_the_architecture_page_names_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {name for name in module_names() if f"`{name}`" not in page} == set()


def test_constraints_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", pin)] == []
    project = PYPROJECT["project"]
    asked = requirements(project["dependencies"] + project["optional-dependencies"]["dev"])
    assert asked - requirements(pins) == set()


def test_who_develops_has_every_extra() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    assert set().union(*extras.values()) == set(extras["dev"])


def test_a_lower_bound_is_not_above_its_pin() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {normalised(name): version for name, _, version in (line.partition("==") for line in lines) if version}
    project = PYPROJECT["project"]
    for line in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name, mark, bound = line.partition(">=")
        assert mark, f"{line} has no lower bound"
        lowest, pinned = ([int(part) for part in version.split(".")] for version in (bound, pins[normalised(name)]))
        assert lowest <= pinned, line


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_the_commands_of_the_pages_can_be_made(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_make_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = set(re.findall(r"^  make (\w+)", shown.stdout, re.MULTILINE))
    assert targets == {"demo", "test", "check", "fmt", "bench", "help"}


def test_links_between_pages_lead_somewhere() -> None:
    dead = [
        (path.name, link)
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
        if "://" not in link and not (path.parent / link).exists()
    ]
    assert dead == []


def test_both_readmes_ask_the_same_questions() -> None:
    english, korean = ((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "README.ko.md"))
    for mark in (f"<!-- answer {n}: {end} -->" for n in (1, 2, 3) for end in ("begin", "end")):
        assert english.count(mark) == korean.count(mark) == 1
    queries = [re.findall(r"```sparql\n(.*?)```", page, re.DOTALL) for page in (english, korean)]
    assert queries[0] == queries[1]


def test_the_sample_articles_come_in_four_shapes() -> None:
    seeds = ROOT / "seeds"
    shapes = {path.suffix for path in seeds.iterdir()}
    assert shapes == {".txt", ".html", ".jsonl", ".xml"}
    rows = [json.loads(line) for line in (seeds / "maruit-202410.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(row.keys() == {"id", "title", "text", "published", "url", "outlet", "authors"} for row in rows)
    assert len(ElementTree.parse(seeds / "haedeun-rss.xml").findall("channel/item")) == 2
    page = (seeds / "saeron-20241010.html").read_text(encoding="utf-8")
    metadata = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert metadata is not None
    assert json.loads(metadata.group(1))["@type"] == "NewsArticle"


def test_every_gazetteer_says_where_it_comes_from() -> None:
    folder = KG / "resources" / "gazetteer"
    cards = [card.read_text(encoding="utf-8") for card in sorted(folder.glob("*.md"))]
    for path in sorted(folder.glob("*.tsv")):
        head = path.read_text(encoding="utf-8")[:4000]
        said = " ".join([head, *(card for card in cards if path.stem in card)]).lower()
        assert "licen" in said, f"{path.name} names no licence"
