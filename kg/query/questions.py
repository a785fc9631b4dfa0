"""The named queries: SPARQL files whose first lines say what they answer and which parameters they take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError
from kg.tables.folders import ontology_folder

PARAMETER_TYPES = ("entity", "article", "relation", "kind", "text", "decimal", "integer", "date")

_HEADER = re.compile(r"#\s*(title-en|title-ko|question-ko|param):\s*(.+?)\s*")
_PARAMETER = re.compile(r"([A-Za-z]\w*)\s+(\w+)(?:\s+(required|default\s+(?P<default>\S+)))?(?:\s+--\s+(?P<note>.+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query: ``# param: min decimal default 0 -- least amount``; without either word it is optional."""

    name: str
    type: str
    required: bool = False
    default: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One named query: its titles, the Korean question it answers, its parameters in order, and its SPARQL."""

    name: str
    title_en: str
    title_ko: str
    question_ko: str
    parameters: tuple[Parameter, ...]
    text: str


def find_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """The named queries, sorted by name."""
    place = ontology_folder() / "queries" if folder is None else folder
    return tuple(read_question(path) for path in sorted(place.glob("*.rq")))


def find_question(name: str, folder: Path | None = None) -> Question:
    """The query of that name; an unknown name is a :class:`QueryError` that suggests near ones."""
    place = ontology_folder() / "queries" if folder is None else folder
    path = place / f"{name}.rq"
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        raise QueryError(f"there is no query named {name!r}{suggestion(name, (p.stem for p in place.glob('*.rq')))}")
    return read_question(path)


def read_question(path: Path) -> Question:
    """The query of a file, its header read and checked."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error})") from error
    return parse_question(path.stem, text, str(path))


def parse_question(name: str, text: str, place: str) -> Question:
    """The query of a text; a header line that breaks the form is a :class:`QueryError`."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        header = _HEADER.fullmatch(line)
        if header is None:
            continue
        if header.group(1) == "param":
            parameters.append(_parameter(header.group(2), f"{place}:{number}"))
        else:
            titles[header.group(1)] = header.group(2)
    return Question(name, titles.get("title-en", name), titles.get("title-ko", name), titles.get("question-ko", ""),
                    tuple(parameters), text)


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a message that names near ones: ``suggestion("ceo", ["ceos"])`` is ``; did you mean ceos?``."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    return f"; did you mean {', '.join(near)}?" if near else "; `kg query --list` shows them all"


def _parameter(line: str, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match.group(2) not in PARAMETER_TYPES:
        raise QueryError(
            f"{place}: a parameter is written `# param: name type [required | default VALUE] [-- note]`, "
            f"with type one of {', '.join(PARAMETER_TYPES)}"
        )
    return Parameter(match.group(1), match.group(2), match.group(3) == "required", match.group("default"),
                     match.group("note") or "")
