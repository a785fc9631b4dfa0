"""What an article costs on a cluster, by part: `python tests/benchmarks/bench_cluster.py ARTICLES.jsonl` prints one line for each figure.

Times are CPU time of one process, start-up and the loading of the models taken off; docs/scale.md reckons with them.
"""

from __future__ import annotations

import gzip
import json
import pickle
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.cluster.grouping import find_roots
from kg.cluster.readings import Kept
from kg.graph import build_quads, find_fusion, find_sites, find_turns
from kg.link import Decisions, build_identities, find_instances, find_keys, find_stories
from kg.pipeline import read_article
from kg.readers import Skipped, read_row
from kg.store import decode_reading, encode_reading
from kg.tables.ontology import load_ontology

KNOWN = 100_000


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The CPU seconds of some work, and what it gave."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def sized(work: Callable[[], Any]) -> float:
    """The bytes that what some work gives keeps in memory."""
    tracemalloc.start()
    kept = work()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size


def fill() -> Kept:
    """What the driver keeps of articles that have been read."""
    kept = Kept()
    for number in range(KNOWN):
        kept.add(f"news-2024-{number:08}", f"{number:064}", "000001-00000.jsonl.gz")
    return kept


def tell(what: str, number: float) -> None:
    print(f"{what:<48} {number:12,.2f}")


def main(path: Path) -> None:
    """Measure the articles of a file of JSON lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [item for item in map(read_row, rows) if not isinstance(item, Skipped)]
    count = len(articles)
    read_article(articles[0])  # loads the models
    seconds, readings = timed(lambda: [read_article(article) for article in articles])
    tell("articles", count)
    tell("characters an article", sum(len(article.text) for article in articles) / count)
    tell("reading, ms an article", 1e3 * seconds / count)
    bodies = [encode_reading(reading) for reading in readings]
    tell("a reading as JSON, bytes", sum(map(len, bodies)) / count)
    tell("a reading in its file, bytes", len(gzip.compress("\n".join(bodies).encode(), 3)) / count)
    tell("decoding, ms an article", 1e3 * timed(lambda: [decode_reading(body) for body in bodies])[0] / count)
    instances = [instance for reading in readings for instance in find_instances(reading)]
    keys = [find_keys(instance, Decisions()) for instance in instances]
    edges = sorted({(of[0], other) for of in keys for other in of[1:]})
    tell("entities an article", len(instances) / count)
    tell("an entity in memory, bytes", sized(lambda: [pickle.loads(pickle.dumps(instance)) for instance in instances]) / len(instances))
    tell("the commonest name, of 100 articles", 100 * Counter(of[0] for of in keys if of).most_common(1)[0][1] / count)
    tell("pairs of names, an article", len(edges) / count)
    tell("a pair of names at the driver, bytes", sized(lambda: find_roots(pickle.loads(pickle.dumps(edges)))) / max(1, len(edges)))
    tell("an article of an earlier build there, bytes", sized(fill) / KNOWN)
    seconds, identities = timed(lambda: build_identities(readings))
    tell("identity, ms an article", 1e3 * seconds / count)
    seconds, stories = timed(lambda: find_stories(readings))
    tell("stories, ms an article", 1e3 * seconds / count)
    seconds, linked = timed(lambda: [identities.link(reading) for reading in readings])
    tell("linking a reading, ms an article", 1e3 * seconds / count)
    tell("events and histories, ms an article", 1e3 * timed(lambda: find_fusion(linked))[0] / count)
    tell("what lies in what, pairs an article", len({site for reading in linked for site in find_sites(reading)}) / count)
    tell("what is put off or given up, an article", len({name for reading in linked for name in find_turns(reading)}) / count)
    seconds, lines = timed(lambda: [f"{' '.join(quad)} .\n" for quad in build_quads(linked, load_ontology(), stories)])
    tell("statements, ms an article", 1e3 * seconds / count)
    tell("statements an article", len(lines) / count)
    tell("a statement, bytes", sum(len(line.encode()) for line in lines) / len(lines))
    tell("the same in gzip, bytes", len(gzip.compress("".join(lines).encode(), 3)) / len(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
