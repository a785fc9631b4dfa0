"""The command line in this process, and as a process of its own where that is what matters."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "한빛전자 김철수 대표가 서울에 공장을 세웠다. 김 대표는 “내년에 200억원을 투자하겠다”고 말했다.\n"


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


class _Stream(io.TextIOWrapper):
    """A standard stream in memory that is no terminal, unless it is told to be one."""

    def __init__(self, content: bytes = b"", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="\n", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.seek(0)
        return self.read()


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run ``kg WORD...`` here; a traceback fails the test, since nothing is caught outside the command line."""

    def command(*words: str | Path, given: bytes = b"", terminal: bool = False) -> Outcome:
        streams = (_Stream(given), _Stream(), _Stream(terminal=terminal))
        with monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            code = run([str(word) for word in words])
        outcome = Outcome(code, streams[1].text(), streams[2].text())
        assert "Traceback" not in outcome.err
        assert "did not foresee" not in outcome.err
        return outcome

    return command


@pytest.fixture(scope="session")
def seeds_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample articles, for reading only."""
    out = tmp_path_factory.mktemp("seeds") / "output"
    assert run(["build", str(ROOT / "seeds"), "--out", str(out)]) == 0
    return out


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article in a file of its own folder."""
    path = tmp_path / "in" / "공장.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path
