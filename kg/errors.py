"""The errors that ``kg`` raises; each says what, where and what to do, and only the command line prints them.

    KgError
    ├── InputError          an article or folder that cannot be read
    ├── RuleError           a rule or gazetteer file that does not load
    ├── OntologyError       a term that the ontology does not define
    ├── AnalysisError       a language pass that cannot go on
    ├── StoreError          the graph on disk
    │   └── QueryError      a query that cannot be run
    ├── ConformanceError    a graph that breaks its shapes
    ├── ServerError         a server that cannot start
    └── ClusterError        a cluster that cannot start or go on
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """The root of all errors that a user can do something about."""

    exit_code = 1


class InputError(KgError):
    """An input that cannot be read: ``path`` names it, ``line`` the row where one is known."""

    def __init__(self, message: str, path: str | Path | None = None, line: int | None = None) -> None:
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(where + message)
        self.message = message
        self.path = path
        self.line = line


class RuleError(KgError):
    """A rule or a gazetteer file that does not load."""


class OntologyError(KgError):
    """A term that the ontology does not define, or an ontology that does not load."""


class AnalysisError(KgError):
    """A language pass that cannot go on: a model that is missing or broken."""


class StoreError(KgError):
    """A graph on disk that is missing, locked, damaged or of another format."""


class QueryError(StoreError):
    """A query that cannot be run: unknown name, missing parameter, bad syntax, too long."""

    exit_code = 2


class ConformanceError(KgError):
    """A graph that does not conform to the shapes."""


class ServerError(KgError):
    """A server that cannot start or go on: a port that is taken, a process that does not come up."""


class ClusterError(KgError):
    """A cluster that cannot start or go on: Spark or Java missing, a master out of reach, a job that failed."""
