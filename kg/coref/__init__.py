"""Coreference: which mentions of an article are one individual."""

from kg.coref.finding import find_entities

__all__ = ["find_entities"]
