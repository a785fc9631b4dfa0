"""Removing: articles leave the store, and all outputs are written as if they had never been read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from kg.pipeline.outputs import INFERENCES, STORE, Report, check_graph, write_outputs, write_report
from kg.store import ReadingStore

_NEAR = 3


def remove_articles(out: Path, articles: Sequence[str], *, check: bool = True) -> Report:
    """Withdraw articles by their ids from the output folder ``out``; an id that is not there is among the skipped.

    The store lets go of them only when all outputs are written: what is stopped is done by doing it again.
    """
    began = time.monotonic()
    report = Report()
    check_graph(out)
    with ReadingStore(out / STORE) as store:
        known = store.ids()
        wanted = dict.fromkeys(articles)
        report.removed = [article for article in wanted if article in set(known)]
        report.skipped = [{"input": article, "reason": _unknown(article, known)} for article in wanted if article not in set(known)]
        if not report.removed:
            return report
        with store.without(report.removed):
            write_outputs(store, out, report, check=check, infer=(out / INFERENCES).is_file())
        report.seconds = round(time.monotonic() - began, 3)
        write_report(report, out)
    return report


def _unknown(article: str, known: Sequence[str]) -> str:
    near = find_near_ids(article, known)
    return "there is no article of this id" + (f"; near it: {', '.join(near)}" if near else "")


def find_near_ids(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three ids that hold the wanted one, or else look like it: for ``maru-2024101`` ``maru-20241010-0815``."""
    ids = sorted(known)
    folded = wanted.casefold()
    holding = [id_ for id_ in ids if folded and (folded in id_.casefold() or id_.casefold() in folded)]
    return tuple(holding or get_close_matches(wanted, ids, n=_NEAR, cutoff=0.6))[:_NEAR]
