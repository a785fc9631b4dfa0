"""Linking: from the entities of articles to individuals with names of their own, and from articles to their stories."""

from kg.link.decisions import Decisions, read_decisions
from kg.link.identities import Identities, build_identities
from kg.link.instances import ARTICLE, all_entities
from kg.link.stories import find_stories

__all__ = ["ARTICLE", "Decisions", "Identities", "all_entities", "build_identities", "find_stories", "read_decisions"]
