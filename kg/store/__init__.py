"""The graph and the readings on disk: what a killed build leaves whole and two builds cannot spoil."""

from kg.store.answers import write_answer
from kg.store.codec import decode_reading, encode_reading
from kg.store.inference import find_inferred
from kg.store.jsonld import write_jsonld
from kg.store.locks import Lock
from kg.store.oxigraph import GraphStore, graph_contents, open_graph, open_memory, recover_graph, write_graph
from kg.store.rdfxml import write_rdfxml
from kg.store.readings import ReadingStore
from kg.store.snapshots import open_snapshot
from kg.store.sorting import read_sorted
from kg.store.turtle import write_nquads, write_trig, write_turtle

__all__ = [
    "GraphStore",
    "Lock",
    "ReadingStore",
    "decode_reading",
    "encode_reading",
    "find_inferred",
    "graph_contents",
    "open_graph",
    "open_memory",
    "open_snapshot",
    "read_sorted",
    "recover_graph",
    "write_answer",
    "write_graph",
    "write_jsonld",
    "write_nquads",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]
