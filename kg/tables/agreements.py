"""Words by which agreements are known that bear no name but their parties' and a class noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import RuleError
from kg.tables.folders import resource_folder
from kg.tables.lexicons import read_lists
from kg.tables.ontology import load_ontology

_KINDS = ("partnership", "memorandum", "treaty", "contract")  # of "파트너십 계약" the first one that a word is of
_OTHERS = ("fillers", "entering", "together")


@dataclass(frozen=True, slots=True)
class AgreementLexicon:
    """The lists of ``agreements.toml``; ``classes`` has the class of each noun: 파트너십 is a partnership."""

    classes: Mapping[str, str]
    fillers: frozenset[str]
    entering: frozenset[str]
    together: frozenset[str]

    def find_class(self, words: frozenset[str]) -> str | None:
        """The class of an agreement by the words of its name: 파트너십 계약 is a partnership; None where none tells it."""
        found = {self.classes[word] for word in words if word in self.classes}
        return next((kind for kind in _KINDS if kind in found), None)


@lru_cache(maxsize=1)
def load_agreement_lexicon() -> AgreementLexicon:
    """The lists of ``agreements.toml``, loaded once; :class:`RuleError` where one is missing or names no known relation."""
    path = resource_folder() / "rules" / "agreements.toml"
    lists = read_lists(path)
    if lists.keys() != {*_KINDS, *_OTHERS}:
        raise RuleError(f"{path}: the lists must be {', '.join((*_KINDS, *_OTHERS))}; mend the file.")
    for relation in sorted(lists["entering"] | lists["together"]):
        if relation.startswith("kg:") and relation not in load_ontology().properties:
            raise RuleError(f"{path}: {relation} is no relation of the ontology; mend its name or add it to kg.ttl.")
    classes = {word: kind for kind in _KINDS for word in sorted(lists[kind])}
    return AgreementLexicon(classes, lists["fillers"], lists["entering"], lists["together"])
