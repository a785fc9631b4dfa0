"""The facts of a document: every extractor in turn, checked, multiplied for groups, merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.extract.biographies import Biographies
from kg.extract.closing import Closing
from kg.extract.confidence import calibrate
from kg.extract.drafts import expand_groups, is_sound, merge_facts
from kg.extract.events import ClauseFacts
from kg.extract.figures import Figures
from kg.extract.items import Items
from kg.extract.nouns import NounPhrases
from kg.extract.provenance import Provenance
from kg.extract.scene import Scene, build_scene
from kg.extract.statements import Statements
from kg.extract.titles import Titles
from kg.model import Document, Fact


class Extractor(Protocol):
    """Reads facts off a document; ``name`` stands in logs and tests."""

    @property
    def name(self) -> str: ...

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]: ...


def default_extractors() -> tuple[Extractor, ...]:
    """The extractors of the package, in the order in which their facts win over doubles."""
    return (Titles(), NounPhrases(), Biographies(), Closing(), Figures(), Items(), ClauseFacts(), Statements(), Provenance())


def find_facts(doc: Document, extractors: tuple[Extractor, ...] | None = None, *, calibrated: bool = True) -> tuple[Fact, ...]:
    """The facts of a document: "김영섭 KT 대표이사가 …" gives 김영섭 is-CEO-of KT, with the sentence as evidence.

    With ``calibrated`` the confidence is the share of such facts that readers found right, else how sure the rule is.
    """
    scene = build_scene(doc)
    found = (
        expanded
        for extractor in (default_extractors() if extractors is None else extractors)
        for fact in extractor(doc, scene)
        if is_sound(fact)
        for expanded in expand_groups(scene, fact)
    )
    facts = merge_facts(found)
    return tuple(calibrate(fact, fact.evidence.sentence.end - fact.evidence.sentence.start) for fact in facts) if calibrated else facts
