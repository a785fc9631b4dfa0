"""Scores of a graph against gold files: how many facts and entities are found."""

from kg.evaluate.entities import score_entities
from kg.evaluate.facts import score_facts

__all__ = ["score_entities", "score_facts"]
