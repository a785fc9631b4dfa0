"""The ontology as Python values: every class and property of ``ontology/kg.ttl`` with its names, domain and range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph

from kg.errors import OntologyError
from kg.tables.folders import ontology_folder
from kg.vocab import KG, PREFIXES, shorten

# The kinds that scores and the page tell apart; anything else is OTHER.
COARSE: Final[Mapping[str, str]] = MappingProxyType({
    "Person": "PER", "Organization": "ORG", "Place": "LOC", "Product": "PRODUCT", "Event": "EVENT", "Work": "WORK",
    "Law": "LAW", "Technology": "TECH",
})

_CLASS: Final = PREFIXES["owl"] + "Class"
_PROPERTIES: Final = tuple(PREFIXES["owl"] + kind for kind in (
    "ObjectProperty", "DatatypeProperty", "AnnotationProperty"))


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property; ``parents``, ``domain``, ``range`` and ``inverse`` are CURIEs.

    ``klue`` pairs a KLUE-RE label with whether our object is KLUE's subject: kg:isCEOOf has
    ``("per:employee_of", False)`` and ``("org:top_members/employees", True)``. ``form`` is class, object, data,
    annotation or open.
    """

    curie: str
    ko: str
    en: str
    comment_ko: str = ""
    comment_en: str = ""
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: str | None = None
    symmetric: bool = False
    transitive: bool = False
    klue: tuple[tuple[str, bool], ...] = ()
    theme: str = ""
    form: str = "class"


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """The classes and properties by CURIE ("kg:Person", "kg:investsIn"), in the order of the file."""

    classes: Mapping[str, Term]
    properties: Mapping[str, Term]
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _coarse: dict[str, str] = field(default_factory=dict, repr=False)

    def term(self, curie: str) -> Term:
        """The term of a CURIE: kg:investsIn is 투자하다; kgo:추진하다, which no file lists, is named by its lemma."""
        found = self.properties.get(curie) or self.classes.get(curie)
        if found is not None:
            return found
        prefix, _, local = curie.partition(":")
        if prefix == "kgo" and local:
            return Term(curie, local, local, parents=("kg:openRelation",), domain=("kg:Entity",), theme="open",
                        form="open")
        raise OntologyError(f"{curie}: the ontology has no such term; mend the name, or add it to "
                            f"{ontology_folder() / 'kg.ttl'} with names, comments, domain and range.")

    def is_kind(self, kind: str, ancestor: str) -> bool:
        """Whether a kind is another or below it, both by local name: a Company is an Organization."""
        return ancestor in self.kinds_above(kind)

    def kinds_above(self, kind: str) -> frozenset[str]:
        """The kind and all kinds over it: for Company also Organization, Collective, Agent, Entity, Describable."""
        known = self._above.get(kind)
        if known is None:
            known = self._above[kind] = frozenset(self._climb(kind))
        return known

    def coarse(self, kind: str) -> str:
        """The coarse kind: University is ORG, City is LOC, Agreement is OTHER."""
        known = self._coarse.get(kind)
        if known is None:
            above = self.kinds_above(kind)
            known = self._coarse[kind] = next((name for top, name in COARSE.items() if top in above), "OTHER")
        return known

    def is_qualifier(self, role: str) -> bool:
        """Whether a qualifier's role has a property: amount has kg:amount."""
        term = self.properties.get(f"kg:{role}")
        return term is not None and "kg:qualifier" in term.parents

    def is_fitting(self, predicate: str, subject_kind: str, object_kind: str) -> bool:
        """Whether a triple of entities keeps the predicate's domain and range: a Person isCEOOf a Company.

        An open predicate fits any two entities; one whose object is a value or words fits none.
        """
        term = self.term(predicate)
        return (term.form in ("object", "open") and self._allows(term.domain, subject_kind)
                and self._allows(term.range, object_kind))

    def _allows(self, classes: Iterable[str], kind: str) -> bool:
        above = self.kinds_above(kind)
        return "Entity" in above and all(name[3:] in above for name in classes if name.startswith("kg:"))

    def _climb(self, kind: str) -> Iterable[str]:
        waiting = [f"kg:{kind}"]
        seen: set[str] = set()
        while waiting:
            curie = waiting.pop()
            term = self.classes.get(curie)
            if term is None or curie in seen:
                continue
            seen.add(curie)
            yield curie[3:]
            waiting.extend(term.parents)


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The ontology that ships with the package, read once."""
    return read_ontology(ontology_folder() / "kg.ttl")


def read_ontology(path: Path) -> Ontology:
    """The ontology of a Turtle file; OntologyError where it cannot be read or a term lacks a name."""
    about: dict[str, dict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = {}
    short = lru_cache(maxsize=None)(shorten)  # the same few hundred IRIs stand in thousands of statements
    try:
        for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            thing, value = quad.subject, quad.object
            if (isinstance(thing, pyoxigraph.NamedNode) and thing.value.startswith(KG)
                    and isinstance(value, (pyoxigraph.NamedNode, pyoxigraph.Literal))):
                about.setdefault(short(thing.value), {}).setdefault(short(quad.predicate.value), []).append(value)
    except OSError as error:
        raise OntologyError(f"{path}: cannot read the ontology ({error.strerror}); reinstall the package.") from error
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}; mend the Turtle there.") from error
    classes: dict[str, Term] = {}
    properties: dict[str, Term] = {}
    for curie, statements in about.items():
        types = [node.value for node in statements.get("rdf:type", ())]
        if _CLASS in types:
            classes[curie] = _term(path, curie, statements, "class")
        elif form := next((kind for kind in _PROPERTIES if kind in types), None):
            name = form.removeprefix(PREFIXES["owl"]).removesuffix("Property").lower()
            properties[curie] = _term(path, curie, statements, {"datatype": "data"}.get(name, name))
        else:
            raise OntologyError(f"{path}: {curie} is neither an owl:Class nor a property; say which it is.")
    return Ontology(classes, properties)


def _term(path: Path, curie: str, statements: Mapping[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]],
          form: str) -> Term:
    def words(predicate: str, language: str) -> str:
        found = [o.value for o in statements.get(predicate, ())
                 if isinstance(o, pyoxigraph.Literal) and o.language == language]
        if len(found) != 1:
            raise OntologyError(f"{path}: {curie} has {len(found)} {predicate}@{language}; give it exactly one.")
        return found[0]

    def names(predicate: str) -> tuple[str, ...]:
        return tuple(shorten(o.value) for o in statements.get(predicate, ()))

    types = names("rdf:type")
    return Term(
        curie, words("rdfs:label", "ko"), words("rdfs:label", "en"),
        words("rdfs:comment", "ko"), words("rdfs:comment", "en"),
        parents=names("rdfs:subClassOf" if form == "class" else "rdfs:subPropertyOf"),
        domain=names("rdfs:domain"), range=names("rdfs:range"),
        inverse=next(iter(names("owl:inverseOf")), None),
        symmetric="owl:SymmetricProperty" in types, transitive="owl:TransitiveProperty" in types,
        klue=_klue(names("kg:klueLabel")), theme=next(iter(names("kg:theme")), ""), form=form,
    )


def _klue(labels: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    # "label" joins subject to subject, "label~" crosses them, "label*" holds both ways.
    pairs: list[tuple[str, bool]] = []
    for label in labels:
        name = label.rstrip("~*")
        pairs += [(name, swap) for swap in (False, True) if label[-1] == "*" or swap == label.endswith("~")]
    return tuple(pairs)
