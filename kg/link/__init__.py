"""Linking: from the entities of articles to individuals with names of their own, and from articles to their stories."""

from kg.link.identities import ARTICLE, Identities, all_entities, build_identities
from kg.link.stories import find_stories

__all__ = ["ARTICLE", "Identities", "all_entities", "build_identities", "find_stories"]
