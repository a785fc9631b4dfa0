"""The outputs are a function of the set of articles: not of the order, the number of runs, the process or the machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted(path for path in (ROOT / "seeds").iterdir() if path.suffix in {".txt", ".html", ".jsonl", ".xml"})
SAME = ("graph.ttl", "graph.html", "facts.jsonl")


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SAME}


def differing(one: Path, other: Path) -> list[str]:
    found = outputs(other)
    return [name for name, content in outputs(one).items() if content != found[name]]


def counts(out: Path) -> dict[str, int]:
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return dict(report["counts"])


def test_the_same_articles_give_the_same_outputs(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    assert kg("build", ROOT / "seeds", "--out", tmp_path / "again").code == 0
    assert differing(seeds_graph, tmp_path / "again") == []
    before = outputs(tmp_path / "again")
    assert kg("build", ROOT / "seeds", "--out", tmp_path / "again").code == 0
    assert outputs(tmp_path / "again") == before
    report = json.loads((tmp_path / "again" / "report.json").read_text(encoding="utf-8"))
    assert all(row["unchanged"] for row in report["articles"])


def test_the_order_of_the_arguments_does_not_matter(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    assert kg("build", *reversed(SEEDS), "--out", tmp_path / "out").code == 0
    assert differing(seeds_graph, tmp_path / "out") == []


@pytest.mark.parametrize("turned", [False, True], ids=["first-half-first", "second-half-first"])
def test_many_runs_give_what_one_gives(kg: Any, seeds_graph: Path, tmp_path: Path, turned: bool) -> None:
    halves = [SEEDS[:2], SEEDS[2:]]
    for half in reversed(halves) if turned else halves:
        assert kg("build", *half, "--out", tmp_path / "out").code == 0
    assert differing(seeds_graph, tmp_path / "out") == []
    assert counts(tmp_path / "out") == counts(seeds_graph)
    asked = [kg("query", "evidence", "--graph", out).out for out in (seeds_graph, tmp_path / "out")]
    assert asked[0] == asked[1]


def test_where_the_articles_lie_does_not_matter(kg: Any, seeds_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "다른 곳" / "기사")
    assert kg("build", tmp_path / "다른 곳", "--out", tmp_path / "out").code == 0
    assert differing(seeds_graph, tmp_path / "out") == []
    for content in outputs(seeds_graph).values():
        assert str(ROOT).encode() not in content
        assert not re.search(rb"/(?:home|root|tmp|Users)/", content)


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_seed_of_hashes_does_not_matter(seeds_graph: Path, tmp_path: Path, seed: str) -> None:
    chosen = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "America/New_York"}
    command = [sys.executable, "-m", "kg", "build", str(ROOT / "seeds"), "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, capture_output=True, env=chosen, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    assert differing(seeds_graph, tmp_path / "out") == []


def test_what_is_extracted_does_not_change(kg: Any) -> None:
    once, twice = (kg("extract", *paths).out for paths in (SEEDS, SEEDS[::-1]))
    assert once == twice != ""


def test_a_changed_article_replaces_the_old(kg: Any, tmp_path: Path) -> None:
    path = tmp_path / "기사.txt"
    for name in ("김철수", "박영희"):
        path.write_text(f"한빛전자 {name} 대표가 서울에 공장을 세웠다.\n", encoding="utf-8")
        assert kg("build", path, "--out", tmp_path / "out").code == 0
    assert kg("build", path, "--out", tmp_path / "fresh").code == 0
    assert differing(tmp_path / "out", tmp_path / "fresh") == []
    assert "김철수" not in (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")
    for out in ("out", "fresh"):
        assert "박영희" in kg("query", "ceos", "--graph", tmp_path / out).out
    assert "김철수" not in kg("query", "names", "--graph", tmp_path / "out").out


def test_a_later_build_that_skips_all_leaves_the_graph(kg: Any, tmp_path: Path, article: Path) -> None:
    assert kg("build", article, "--out", tmp_path / "out").code == 0
    before = outputs(tmp_path / "out")
    assert kg("build", tmp_path / "missing.txt", "--out", tmp_path / "out").code == 1
    assert outputs(tmp_path / "out") == before
