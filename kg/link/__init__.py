"""Linking: from the entities of articles to individuals with names of their own, and from articles to their stories."""

from kg.link.clusters import find_keys
from kg.link.decisions import Decisions, read_decisions
from kg.link.identities import Identities, Individual, build_identities, find_individuals
from kg.link.instances import ARTICLE, Instance, all_entities, find_instances
from kg.link.stories import Outline, are_one_story, build_outline, find_firsts, find_meetings, find_stories

__all__ = [
    "ARTICLE",
    "Decisions",
    "Identities",
    "Individual",
    "Instance",
    "Outline",
    "all_entities",
    "are_one_story",
    "build_identities",
    "build_outline",
    "find_firsts",
    "find_individuals",
    "find_instances",
    "find_keys",
    "find_meetings",
    "find_stories",
    "read_decisions",
]
