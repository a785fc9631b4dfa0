"""Linking: from the entities of articles to individuals with names of their own."""

from kg.link.identities import ARTICLE, Identities, all_entities, build_identities

__all__ = ["ARTICLE", "Identities", "all_entities", "build_identities"]
