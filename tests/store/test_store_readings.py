"""The readings on disk: lossless, transactional, locked, versioned."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Quantity, Reading, Span, Text, Time
from kg.store import ReadingStore, decode_reading, encode_reading

TEXT = st.text(alphabet=st.characters(), max_size=20)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
ENTITY = st.builds(Entity, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple), st.lists(TEXT, max_size=2).map(tuple),
                   st.lists(SPAN, max_size=2).map(tuple), st.lists(TEXT, max_size=1).map(tuple),
                   st.lists(st.tuples(TEXT, TEXT), max_size=1).map(tuple), st.booleans())
NUMBER = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
PLAIN = st.builds(Quantity, SPAN, NUMBER, TEXT, st.none() | TEXT, TEXT, TEXT, NUMBER, NUMBER, st.none() | TEXT)
QUANTITY = PLAIN | st.builds(lambda one, other: replace(one, converted=other), PLAIN, PLAIN)
MAYBE = st.none() | TEXT
VALUE = ENTITY | QUANTITY | st.builds(Time, SPAN, MAYBE, MAYBE, TEXT, TEXT, TEXT, MAYBE) | st.builds(Text, TEXT)
FACT = st.builds(Fact, ENTITY, TEXT, st.none() | VALUE, st.lists(st.builds(Qualifier, TEXT, VALUE), max_size=2).map(tuple),
                 st.sampled_from(["asserted", "denied"]), st.booleans(), st.none() | ENTITY,
                 st.builds(Evidence, TEXT, SPAN, TEXT), st.floats(0, 1))
ARTICLE = st.builds(Article, TEXT, TEXT, MAYBE, st.none() | st.datetimes(timezones=st.timezones()).map(
    lambda moment: type(moment).fromisoformat(moment.isoformat())), MAYBE, MAYBE, st.lists(TEXT, max_size=2).map(tuple))
READING = st.builds(Reading, ARTICLE, st.lists(SPAN, max_size=2).map(tuple), st.lists(ENTITY, max_size=2).map(tuple),
                    st.lists(FACT, max_size=2).map(tuple))


@settings(max_examples=80, deadline=None)
@given(READING)
def test_any_reading_round_trips(reading):
    again = decode_reading(encode_reading(reading))
    assert again == reading
    for one, other in zip(again.facts, reading.facts, strict=True):
        if isinstance(one.object, Quantity):
            assert str(one.object.value) == str(other.object.value)


def test_the_samples_round_trip(readings):
    for reading in readings:
        assert decode_reading(encode_reading(reading)) == reading
    assert Decimal("2.4E+12") in [q.value.value for r in readings for f in r.facts for q in f.qualifiers
                                  if isinstance(q.value, Quantity)]


def test_put_get_replace_remove_iterate(readings, tmp_path):
    first, second = readings
    with ReadingStore(tmp_path / "store") as store:
        assert store.put(first, "1") is True
        assert store.put(second, "1") is True
        assert store.put(first, "1") is False
        assert store.get(first.article.id) == first
        assert store.get("nothing") is None
        assert [reading.article.id for reading in store] == sorted(r.article.id for r in readings) == list(store.ids())
        before = store.contents()
        changed = replace(first, facts=first.facts[:1])
        assert store.put(changed, "2") is True
        assert store.get(first.article.id) == changed
        assert len(store) == 2
        assert store.contents() != before
        store.put(first, "1")
        assert store.contents() == before
        assert store.remove(second.article.id) is True
        assert store.remove(second.article.id) is False
        assert store.ids() == (first.article.id,)
    with ReadingStore(tmp_path / "store", writable=False) as store:
        assert store.get(first.article.id) == first


def test_contents_do_not_depend_on_the_order_of_building(readings, tmp_path):
    hashes = set()
    for order in (readings, tuple(reversed(readings))):
        with ReadingStore(tmp_path / str(len(hashes)) / order[0].article.id) as store:
            for reading in order:
                store.put(reading, reading.article.id)
            hashes.add(store.contents())
    assert len(hashes) == 1


def test_ids_that_are_no_utf8(tmp_path, readings):
    odd = replace(readings[0], article=replace(readings[0].article, id="bad\udcff\x00"))
    empty = replace(readings[0], article=replace(readings[0].article, id=""))
    with ReadingStore(tmp_path) as store:
        store.put(odd, "1")
        store.put(empty, "1")
        assert list(store) == [empty, odd]
        assert store.ids() == ("", "bad\udcff\x00")


def test_a_second_writer_gets_a_clear_error_and_a_reader_none(tmp_path, readings):
    with ReadingStore(tmp_path) as store:
        store.put(readings[0], "1")
        with pytest.raises(StoreError, match="another build"):
            ReadingStore(tmp_path)
        with ReadingStore(tmp_path, writable=False) as reader:
            assert len(reader) == 1
    with ReadingStore(tmp_path) as store:
        assert len(store) == 1


def test_missing_damaged_and_newer_stores(tmp_path, readings):
    with pytest.raises(StoreError, match="kg build"):
        ReadingStore(tmp_path / "none", writable=False)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "readings.sqlite").write_bytes(b"not a database, just words" * 100)
    with pytest.raises(StoreError, match="damaged"):
        ReadingStore(tmp_path / "bad")
    with ReadingStore(tmp_path / "new") as store:
        store.put(readings[0], "1")
    connection = sqlite3.connect(tmp_path / "new" / "readings.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer"):
        ReadingStore(tmp_path / "new")
    with pytest.raises(StoreError, match="damaged"):
        decode_reading('{"table": []}')


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from kg.model import Article, Reading, Span
from kg.store import ReadingStore
store = ReadingStore(Path(sys.argv[1]))
print("open", flush=True)
number = len(store)
while True:
    article = Article(f"{number:06d}", "글 " * 500)
    store.put(Reading(article, (Span(0, 2),), (), ()), str(number))
    print(number, flush=True)
    number += 1
"""


def test_kill_at_any_point_loses_no_committed_article(tmp_path):
    rng = random.Random(3)
    last = -1
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0.0, 0.1))
        os.kill(process.pid, signal.SIGKILL)
        told = [int(line) for line in process.stdout.read().splitlines() if line.endswith(tuple("0123456789"))]
        process.wait()
        process.stdout.close()
        last = max([last, *told[:-1]])
        with ReadingStore(tmp_path) as store:
            ids = store.ids()
            assert len(ids) > last
            assert [reading.article.id for reading in store] == list(ids) == [f"{n:06d}" for n in range(len(ids))]
