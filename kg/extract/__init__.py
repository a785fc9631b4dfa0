"""Extraction: facts from clauses, statements, posts, noun phrases, figures and datelines."""

from kg.extract.finding import Extractor, default_extractors, find_facts

__all__ = ["Extractor", "default_extractors", "find_facts"]
