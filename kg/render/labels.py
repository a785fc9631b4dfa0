"""How terms of the ontology are called in Korean and English, and what the page does where the ontology is silent."""

from __future__ import annotations

import re
from typing import Protocol

from kg.errors import KgError


class Term(Protocol):
    """A term with its two labels: kg:investsIn is 투자하다 and invests-in."""

    @property
    def ko(self) -> str: ...

    @property
    def en(self) -> str: ...


class Labels(Protocol):
    """What the page asks of the ontology: a term's labels and a kind's coarse class (Company is ORG)."""

    def term(self, curie: str) -> Term: ...

    def coarse(self, kind: str) -> str | None: ...


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def term_labels(ontology: Labels, curie: str) -> tuple[str, str]:
    """A term's labels in Korean and English; "kgo:추진하다", which has none, is 추진하다 in both."""
    local = curie.partition(":")[2] or curie
    try:
        term = ontology.term(curie)
        return term.ko or local, term.en or local
    except (KgError, LookupError):
        return local, _HUMP.sub("-", local)


def coarse_kind(ontology: Labels, kind: str) -> str:
    """The coarse class that colours a kind: "Company" is "ORG"; a kind unknown to the ontology is itself."""
    try:
        return ontology.coarse(kind) or kind
    except (KgError, LookupError):
        return kind
