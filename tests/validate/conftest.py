"""The hand-made readings of the graph's tests, here too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_spec = spec_from_file_location("graph_samples", Path(__file__).parent.parent / "graph" / "conftest.py")
assert _spec is not None and _spec.loader is not None
_samples = module_from_spec(_spec)
_spec.loader.exec_module(_samples)

readings = _samples.readings
ontology = _samples.ontology
quads = _samples.quads
