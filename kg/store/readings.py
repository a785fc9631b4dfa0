"""The readings of every article built so far, in one SQLite file that survives a killed build."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.model import Reading
from kg.store.codec import decode_reading, encode_reading
from kg.store.locks import Lock

FORMAT = 1
FILE_NAME = "readings.sqlite"
LOCK_NAME = "lock"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (id BLOB PRIMARY KEY, hash TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
"""


class ReadingStore:
    """The unlinked readings under ``<out>/store/``; opened for writing it holds the store's lock until closed."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self.path = folder / FILE_NAME
        self._lock = Lock(folder / LOCK_NAME) if writable else None
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _connect(self.path, writable)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> ReadingStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give the lock back; closing twice is harmless."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def put(self, reading: Reading, content_hash: str) -> bool:
        """Keep the reading in place of the one with its id; False where the same content is there already."""
        if self.content_hash(reading.article.id) == content_hash:
            return False
        body = encode_reading(reading)
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO reading (id, hash, body) VALUES (?, ?, ?)",
                (_key(reading.article.id), content_hash, body),
            )
        return True

    def get(self, article: str) -> Reading | None:
        """The reading of an article's id, or None."""
        row = self._row("SELECT body FROM reading WHERE id = ?", article)
        return None if row is None else decode_reading(row)

    def content_hash(self, article: str) -> str | None:
        """The content hash that the article's reading was put with, or None: an unchanged article need not be read again."""
        return self._row("SELECT hash FROM reading WHERE id = ?", article)

    def remove(self, article: str) -> bool:
        """Withdraw an article; whether it was there."""
        with self._transaction() as connection:
            return connection.execute("DELETE FROM reading WHERE id = ?", (_key(article),)).rowcount > 0

    @contextmanager
    def without(self, articles: Iterable[str]) -> Iterator[None]:
        """Withdraw articles for a block, and for good where it ends well: what it writes and the store go together.

        Afterwards no byte of the withdrawn readings is left in the file.
        """
        with self._guard() as connection:
            connection.execute("PRAGMA secure_delete = ON")
        with self._transaction() as connection:
            connection.executemany("DELETE FROM reading WHERE id = ?", [(_key(article),) for article in articles])
            yield
        with self._guard() as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ids(self) -> tuple[str, ...]:
        """The ids of the articles, sorted by code point."""
        with self._guard() as connection:
            rows = connection.execute("SELECT id FROM reading ORDER BY id").fetchall()
        return tuple(row[0].decode("utf-8", "surrogatepass") for row in rows)

    def __len__(self) -> int:
        with self._guard() as connection:
            (count,) = connection.execute("SELECT COUNT(*) FROM reading").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[Reading]:
        """Every reading in the order of ids, one at a time; what is put meanwhile behind the cursor is seen."""
        start = b""
        while True:
            with self._guard() as connection:
                rows = connection.execute(
                    "SELECT id, body FROM reading WHERE id >= ? ORDER BY id LIMIT 64", (start,)
                ).fetchall()
            for _, body in rows:
                yield decode_reading(body)
            if not rows:
                return
            start = rows[-1][0] + b"\0"

    def contents(self) -> str:
        """A hash of all ids and content hashes: equal for the same set of articles, however it came about."""
        total = sha256()
        with self._guard() as connection:
            for key, content in connection.execute("SELECT id, hash FROM reading ORDER BY id"):
                total.update(key + f"\n{content}\n".encode())
        return total.hexdigest()

    def _row(self, statement: str, article: str) -> str | None:
        with self._guard() as connection:
            row = connection.execute(statement, (_key(article),)).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def _guard(self) -> Iterator[sqlite3.Connection]:
        if self._connection is None:
            raise StoreError(f"{self.path}: the store is closed")
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise _trouble(self.path, error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guard() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    if not writable and not path.is_file():
        raise StoreError(f"{path}: there is no store here; run `kg build` first or point --graph at an output folder")
    try:
        uri = f"{path.resolve().as_uri()}?mode={'rwc' if writable else 'ro'}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)
    except sqlite3.Error as error:
        raise _trouble(path, error) from error
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > FORMAT:
            raise StoreError(
                f"{path}: written by a newer kg (format {version}, this one knows {FORMAT}); "
                "upgrade kg or build into another folder"
            )
        if writable:
            # A committed article survives kill -9 without a flush to disk for each one.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
    except sqlite3.Error as error:
        connection.close()
        raise _trouble(path, error) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _trouble(path: Path, error: sqlite3.Error) -> StoreError:
    text = str(error)
    if isinstance(error, sqlite3.OperationalError) and ("locked" in text or "busy" in text):
        return StoreError(f"{path}: another process is writing this store; wait until it ends")
    if isinstance(error, sqlite3.OperationalError) and any(w in text for w in ("disk", "full", "readonly", "unable to")):
        return StoreError(f"{path}: cannot be written or read ({text}); check the disk and the folder's permissions")
    return StoreError(f"{path}: the store is damaged ({text}); delete the store folder and build again")


def _key(article: str) -> bytes:
    # Bytes sort by code point, and take the lone surrogates of a file name that was never UTF-8.
    return article.encode("utf-8", "surrogatepass")
