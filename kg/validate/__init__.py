"""Whether a graph keeps the shapes of the ontology, and what to do where it does not."""

from kg.validate.conformance import Violation, find_violations, report_text

__all__ = ["Violation", "find_violations", "report_text"]
