"""Whether reading keeps its memory when the articles are many, and what a second worker brings.

    python tests/benchmarks/bench_memory.py                       1,000 and 10,000 short articles, one process
    python tests/benchmarks/bench_memory.py --counts 2000 --jobs 1 2    the same articles by one worker and by two

Every figure is of a process of its own, `kg extract` with its output thrown away; the peak is that of its first process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import Press

ROOT = Path(__file__).parents[2]
TOLD = (
    "{person} {firm} 대표는 {day}일 {place}에 공장을 세운다고 밝혔다.",
    "{firm}는 {other}에 {amount}억원을 투자했다.",
    "{person} 대표는 “내년에 매출 {amount}억원을 올리겠다”고 말했다.",
    "{other}는 지난달 {place}에서 {firm}와 업무협약을 맺었다.",
    "{place} 주민들은 {firm}의 계획에 반대하고 있다.",
)


def write_articles(path: Path, count: int) -> None:
    """Short articles of three sentences, each with names and figures of its own."""
    press = Press(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            dice = random.Random(number)
            words = {
                "person": press.person(number), "firm": press.firm(dice.randrange(press.firms)), "other": press.firm(dice.randrange(press.firms)),
                "place": press.place(number), "amount": dice.randrange(1, 9000), "day": dice.randrange(1, 28),
            }  # fmt: skip
            text = " ".join(dice.choice(TOLD).format(**words) for _ in range(3))
            row = {"id": f"{number:06}", "text": text, "published": f"2024-10-{words['day']:02}T09:00:00+09:00"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(path: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds by the clock, CPU seconds and peak megabytes of `kg extract` over a file."""
    words = [sys.executable, "-m", "kg", "extract", str(path), "--jobs", str(jobs)]
    begun = time.perf_counter()
    process = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"kg extract ended with {process.returncode}"
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in chosen.counts:
            path = Path(folder) / f"{count}.jsonl"
            write_articles(path, count)
            for jobs in chosen.jobs:
                clock, work, peak = measure(path, jobs)
                print(f"{count:7,} articles, {jobs} jobs: {clock:7.1f} s, CPU {work:7.1f} s, {count / clock:6.1f}/s, peak {peak:6.0f} MB", flush=True)


if __name__ == "__main__":
    main()
