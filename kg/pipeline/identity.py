"""The user's decisions about identity: kept beside the readings, and heeded whenever a graph is made of them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kg.errors import StoreError
from kg.link import Decisions, Identities, build_identities, read_decisions
from kg.store import ReadingStore

IDENTITY = "identity.toml"


def keep_decisions(file: Path, folder: Path) -> None:
    """Keep the decisions of a file in the store's folder, in the place of earlier ones; a file without any takes them back."""
    decisions = read_decisions(file)
    kept = folder / IDENTITY
    try:
        if decisions == Decisions():
            kept.unlink(missing_ok=True)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(file.read_bytes())
    except OSError as error:
        raise StoreError(f"{kept}: cannot be written ({error.strerror}); check the disk or choose another --out.") from error


def identify(store: ReadingStore, folder: Path) -> Identities:
    """The identities of a store's readings, by the decisions kept in its folder."""
    return build_identities(store, kept_decisions(folder))


def kept_decisions(folder: Path) -> Decisions:
    """The decisions kept in a store's folder."""
    kept = folder / IDENTITY
    return read_decisions(kept) if kept.is_file() else Decisions()


def decisions_hash(folder: Path) -> str:
    """A hash of the decisions kept in a store's folder; nothing where there are none."""
    kept = folder / IDENTITY
    return sha256(kept.read_bytes()).hexdigest() if kept.is_file() else ""
