"""Worker processes: the same results in the same order, and an end for every article whatever becomes of its worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from functools import partial
from operator import attrgetter, methodcaller

import pytest

from kg.errors import AnalysisError, InputError
from kg.model import Article
from kg.pipeline.workers import AHEAD, read_in_order

ARTICLES = [Article(f"{number:02}", f"{number}번째 소식이다.") for number in range(25)]
TITLE = attrgetter("text")


def given(articles: list[Article]) -> Iterator[tuple[str, Article | None]]:
    """Each article under its id; every seventh is not to be read."""
    return ((article.id, None if int(article.id) % 7 == 6 else article) for article in articles)


def children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.name == "kg-reader" and child.pid]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    found = list(read_in_order(given(ARTICLES), TITLE, jobs))
    assert found == [(a.id, None if int(a.id) % 7 == 6 else a.text) for a in ARTICLES]
    assert children() == []


def test_items_are_taken_up_only_so_far_ahead() -> None:
    taken = 0

    def counted() -> Iterator[tuple[str, Article | None]]:
        nonlocal taken
        for item in given(ARTICLES):
            taken += 1
            yield item

    results = read_in_order(counted(), TITLE, 2)
    for read in range(1, len(ARTICLES)):
        next(results)
        assert taken <= read + 2 * AHEAD
    results.close()
    assert children() == []


def test_no_more_workers_are_started_than_there_are_articles() -> None:
    results = read_in_order(given(ARTICLES[:1]), TITLE, 8)
    assert next(results) == ("00", ARTICLES[0].text)
    assert len(children()) == 1
    results.close()


def test_an_article_whose_worker_dies_is_named_and_the_rest_is_read() -> None:
    results = read_in_order(given(ARTICLES), TITLE, 2)
    found = [next(results)]
    for number in children():
        os.kill(number, signal.SIGKILL)
    found.extend(results)
    assert [item for item, _ in found] == [a.id for a in ARTICLES]
    texts = {a.id: a.text for a in ARTICLES}
    told = {item: result for item, result in found if result is not None and result != texts[item]}
    assert len(told) <= 2
    assert all("was ended by signal 9" in str(line) for line in told.values())
    assert children() == []


def test_a_worker_that_ends_itself_at_every_article_hangs_nothing() -> None:
    found = list(read_in_order(given(ARTICLES[:5]), partial(_ending, 7), 2))
    assert [item for item, _ in found] == [a.id for a in ARTICLES[:5]]
    assert all("ended with code 7" in str(line) for _, line in found)


def test_an_error_that_ends_the_run_is_raised_here() -> None:
    with pytest.raises(InputError, match="no rule"):
        list(read_in_order(given(ARTICLES), _refusing, 2))
    assert children() == []


def test_an_unforeseen_error_is_told_with_its_article() -> None:
    with pytest.raises(AnalysisError, match=r"0\d: an unforeseen AttributeError"):
        list(read_in_order(given(ARTICLES), methodcaller("missing"), 2))
    assert children() == []


def test_workers_that_cannot_begin_are_an_error_and_not_tried_for_every_article() -> None:
    with pytest.raises(AnalysisError, match="ended with code 3 before it could begin"):
        list(read_in_order(given(ARTICLES), _Fatal(), 2))
    assert children() == []


def test_what_cannot_be_handed_to_a_process_is_told() -> None:
    with pytest.raises(AnalysisError, match="cannot be handed to worker processes"):
        list(read_in_order(given(ARTICLES), lambda article: article.text, 2))


class _Fatal:
    """A task that ends whatever process unpacks it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)

    def __call__(self, article: Article) -> str:
        return article.text


def _ending(code: int, article: Article) -> str:
    os._exit(code)


def _refusing(article: Article) -> str:
    raise InputError("there is no rule for it")
