"""What readings and graphs depend on besides the articles: the passes, their rules, names and weights, and the analyser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from kg.tables.folders import ontology_folder, resource_folder

PASSES: Final = ("analyze", "clauses", "entities", "times", "quantities", "coref", "extract", "tables")
WRITERS: Final = ("link", "graph", "tables")
RESOURCES: Final = ("rules", "gazetteer", "weights")
ANALYSER: Final = ("kiwipiepy", "kiwipiepy_model")


@lru_cache(maxsize=4)
def reader_hash(gazetteer: Path | None = None) -> str:
    """A hash that changes where a rule, a name, a weight or a pass does: what was read before is then read again."""
    total = sha256()
    for name in ANALYSER:
        total.update(f"{name} {_version(name)}\n".encode())
    for path in _files():
        total.update(f"{path.parent.name}/{path.name}\n".encode())
        total.update(path.read_bytes())
    if gazetteer is not None and gazetteer.is_file():
        total.update(b"\ngazetteer\n" + gazetteer.read_bytes())
    return total.hexdigest()


@lru_cache(maxsize=1)
def writer_hash() -> str:
    """A hash that changes where the linking or the form of the graph does: the graph on disk is then written anew."""
    package, total = Path(__file__).resolve().parents[1], sha256()
    known = (path for name in ("rules", "gazetteer") for path in sorted((resource_folder() / name).iterdir()))
    for path in (*(path for name in WRITERS for path in sorted((package / name).glob("*.py"))), ontology_folder() / "kg.ttl", *known):
        total.update(f"{path.parent.name}/{path.name}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _files() -> Iterator[Path]:
    package = Path(__file__).resolve().parents[1]
    for name in PASSES:
        yield from sorted((package / name).glob("*.py"))
    for name in RESOURCES:
        yield from sorted(path for path in (resource_folder() / name).rglob("*") if path.is_file())
    yield from (package / "model.py", package / "pipeline" / "documents.py")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
