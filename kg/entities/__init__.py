"""Entities: the names in a text and what they are names of."""

from kg.entities.mentions import find_mentions
from kg.entities.tagging import find_klue_names

__all__ = ["find_klue_names", "find_mentions"]
