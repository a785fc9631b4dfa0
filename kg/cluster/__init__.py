"""Past one machine: the same passes on Apache Spark, articles in and N-Quads out, in partitions.

    from kg import cluster

    cluster.extract(spark.read.json("s3a://news/")).write.text("s3a://graph/")

pyspark is an extra, ``pip install 'korean-news-kg[spark]'``, and is loaded when it is needed.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.cluster.building import build_partitions
    from kg.cluster.frames import extract, link, read

__all__ = ["build_partitions", "extract", "link", "read"]


def __getattr__(name: str) -> object:
    """Nothing is loaded of what is not asked for: the processes of a cluster need only the passes."""
    if name == "build_partitions":
        from kg.cluster import building

        return building.build_partitions
    if name in ("extract", "link", "read"):
        from kg.cluster import frames

        return getattr(frames, name)
    raise AttributeError(f"module 'kg.cluster' has no attribute {name!r}")
