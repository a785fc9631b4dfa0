"""Articles as a DataFrame in, N-Quads as a DataFrame out: nothing of the articles passes through the driver."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.cluster.grouping import place_of
from kg.cluster.linking import build_lines
from kg.errors import InputError
from kg.link import Decisions, read_decisions
from kg.model import Article, Reading
from kg.pipeline import ReadingOptions
from kg.pipeline.building import content_hash, read_safely
from kg.readers import ReadOptions, Skipped, read_row
from kg.store import decode_reading, encode_reading

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import Column, DataFrame, SparkSession

FIELDS: Final = ("text", "id", "title", "published", "url", "outlet", "authors")
READINGS: Final = "article string, content string, body string, skipped string"
LINES: Final = "value string"


def extract(
    articles: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    published: datetime | None = None,
    gazetteer: Path | None = None,
    identity: Path | None = None,
    parts: int | None = None,
) -> DataFrame:
    """The graph of articles as N-Quads, one statement a row in the column ``value``, sorted over all partitions.

    ``extract(spark.createDataFrame([("a1", "이서준 다온전자 대표는 …")], "id string, text string")).write.text("graph/")``: the files, one
    after the other, are what ``kg export --format nquads`` writes of the same articles. Only ``text`` is needed of the columns
    ``text``, ``id``, ``title``, ``published``, ``url``, ``outlet`` and ``authors``; ``columns`` names yours as ``--map`` does. What
    cannot be read is left out: :func:`read` names it. ``gazetteer`` and ``identity`` are files; every process of the cluster must see the
    first. ``parts`` is how many partitions there are to be. The readings are kept on the disks of the cluster until the session ends.
    """
    from pyspark import StorageLevel

    readings = read(articles, columns=columns, published=published, gazetteer=gazetteer)
    return link(readings.persist(StorageLevel.DISK_ONLY), identity=identity, parts=parts)


def read(
    articles: DataFrame, *, columns: Mapping[str, str] | None = None, published: datetime | None = None, gazetteer: Path | None = None
) -> DataFrame:
    """The reading of each article: its id, the hash of its content, the reading as JSON, or why there is none.

    Write it once and link it as often as there are new articles; ``content`` tells which of them have been read before. Rows that are
    alike are one article; rows of one id and different content have a hash of it added to their ids. A row without an id is named by
    a hash of its content.
    """
    source = ReadOptions(published=published)
    options = ReadingOptions(gazetteer=gazetteer)
    chosen = articles.select(*_columns(articles, columns or {}))
    rows: RDD[Any] = chosen.rdd.map(partial(_read_row, source=source))
    parts = max(2, rows.getNumPartitions())
    often = rows.map(_named).groupByKey(parts, place_of).filter(_is_shared).mapValues(_contents).collectAsMap()
    if often:
        shared = rows.context.broadcast(often)
        once = rows.filter(lambda item: item.get("id") not in shared.value)
        many = rows.filter(lambda item: item.get("id") in shared.value).map(lambda item: _told_apart(item, shared.value))
        rows = once.union(many.map(lambda item: (item["id"], item)).reduceByKey(_either, parts, place_of).values())
    read_rows = rows.mapPartitions(partial(_readings, options=options))
    return articles.sparkSession.createDataFrame(read_rows, READINGS, verifySchema=False)


def link(readings: DataFrame, *, identity: Path | None = None, parts: int | None = None) -> DataFrame:
    """The graph of the readings that :func:`read` gave, as N-Quads sorted over ``parts`` partitions; each article once among them."""
    decisions = read_decisions(identity) if identity is not None else Decisions()
    bodies = readings.where("body is not null").select("body").rdd.map(_decoded)
    count = parts or max(2, bodies.getNumPartitions())
    return sort_lines(readings.sparkSession, build_lines(bodies, decisions, count).lines, count)


def sort_lines(spark: SparkSession, lines: RDD[str], parts: int) -> DataFrame:
    """The lines in ``parts`` partitions, sorted by code point within each and from each to the next."""
    frame = spark.createDataFrame(lines.map(_row), LINES, verifySchema=False)
    return frame.repartitionByRange(parts, "value").sortWithinPartitions("value")


def _columns(articles: DataFrame, columns: Mapping[str, str]) -> Iterator[Column]:
    from pyspark.sql import functions
    from pyspark.sql.types import TimestampType

    if unknown := sorted(set(columns) - set(FIELDS)):
        raise InputError(f"{unknown[0]!r} is no field of ours; they are {', '.join(FIELDS)}")
    kinds = {field.name: field.dataType for field in articles.schema.fields}
    for field in FIELDS:
        name = columns.get(field, field)
        if name not in kinds:
            if field == "text" or field in columns:
                raise InputError(f"the articles have no column {name!r}; name yours: columns={{{field!r}: ...}}")
            continue
        column: Column = articles[f"`{name}`"]
        if field == "published" and isinstance(kinds[name], TimestampType):
            # A moment without an offset of its own is told in Korean time, wherever the processes run.
            moment = functions.to_utc_timestamp(column, functions.current_timezone())
            column = functions.date_format(functions.from_utc_timestamp(moment, "+09:00"), "yyyy-MM-dd'T'HH:mm:ss'+09:00'")
        elif field in ("id", "published"):
            column = column.cast("string")
        yield column.alias(field)


def _read_row(row: Any, source: ReadOptions) -> dict[str, Any]:
    item = read_row({name: value for name, value in row.asDict(recursive=True).items() if value is not None}, source)
    if isinstance(item, Skipped):
        return {"id": item.input, "skipped": item.reason}
    return {"id": item.id, "article": item}


def _named(item: Mapping[str, Any]) -> tuple[str, str]:
    return item["id"], _content(item)


def _content(item: Mapping[str, Any]) -> str:
    return blake2b(repr(item).encode("utf-8", "replace"), digest_size=6).hexdigest()


def _is_shared(group: tuple[str, Any]) -> bool:
    return len(group[1]) > 1


def _contents(contents: Iterable[str]) -> int:
    return len(set(contents))


def _told_apart(item: dict[str, Any], often: Mapping[str, int]) -> dict[str, Any]:
    if often[item["id"]] == 1 or "article" not in item:
        return item
    name = f"{item['id']}-{_content(item)}"
    return {"id": name, "article": replace(item["article"], id=name)}


def _either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return one  # they are alike


def _readings(items: Iterable[Mapping[str, Any]], options: ReadingOptions) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    gc.set_threshold(100_000, 50, 50)  # as the command line reads
    for item in items:
        article: Article | None = item.get("article")
        result = item["skipped"] if article is None else read_safely(article, options)
        if isinstance(result, str):
            yield item["id"], None, None, result
        elif article is not None:
            yield item["id"], content_hash(article, options.gazetteer), encode_reading(result), None


def _decoded(row: Any) -> Reading:
    return decode_reading(row[0])


def _row(line: str) -> tuple[str]:
    return (line,)
