"""The entities of a document."""

from __future__ import annotations

from kg.coref.descriptions import add_agreements
from kg.coref.individuals import Individuals
from kg.coref.names import add_names, add_titled_surnames
from kg.coref.reference import walk_clauses
from kg.coref.speakers import add_speakers
from kg.coref.traits import add_traits
from kg.model import Document, Entity


def find_entities(doc: Document) -> tuple[Entity, ...]:
    """Who and what an article speaks of, each with all places where it stands.

    "김영섭 KT 대표는 … 김 대표는 … 그는" is one Person with three mentions; 양사 is a Group whose members are its two firms.
    A subject that is left out has an empty mention where its predicate begins.
    """
    people = Individuals(doc)
    add_names(people)
    add_traits(people)
    add_titled_surnames(people)
    walk_clauses(people)
    add_speakers(people)
    add_agreements(people, doc.clauses)
    return people.freeze()
