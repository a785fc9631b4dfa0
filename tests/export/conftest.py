"""The hand-made readings of the graph's tests, here too, and others with hostile names."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import build_network
from kg.model import Article, Entity, Evidence, Fact, Qualifier, Reading, Span, Text

_spec = spec_from_file_location("graph_samples", Path(__file__).parent.parent / "graph" / "conftest.py")
assert _spec is not None and _spec.loader is not None
_samples = module_from_spec(_spec)
_spec.loader.exec_module(_samples)

readings = _samples.readings
ontology = _samples.ontology
quads = _samples.quads

HOSTILE = (
    '=HYPERLINK("http://x.example","눌러")', "+82-2-000", "-1+1", "@SUM(A1)", "\t탭", "\r줄", "'=이미", "＝전각", '"따옴표";\\', "줄\n바꿈",
    "\u202e뒤집힘", "<b>&amp;]]>", "쉼표, ;쌍반점", " | ",
)  # fmt: skip


@pytest.fixture(scope="session")
def hostile() -> tuple[Reading, ...]:
    """A reading whose every word is one that some program could take for more than a word."""
    entities = tuple(Entity(f"kgr:회사{number}", "Company", name, (name + name,)) for number, name in enumerate(HOSTILE))
    sentence = "".join(HOSTILE)
    article = Article("=기사", sentence, "=제목", None, None, "-신문")
    span = Span(0, len(sentence))
    facts = tuple(
        Fact(one, "kgo:만나다", other, (Qualifier("reason", Text(one.name)),), "claimed", False, other, Evidence(article.id, span, "r"), 0.5)
        for one, other in zip(entities, (*entities[1:], entities[0]), strict=True)
    )
    return (Reading(article, (span,), entities, facts),)


@pytest.fixture(scope="session")
def network(readings: tuple[Reading, ...], hostile: tuple[Reading, ...], ontology: object) -> nx.MultiDiGraph:
    """All of it as a network."""
    return build_network((*readings, *hostile), ontology)  # type: ignore[arg-type]
