"""What is made from ``kg.ttl``: the page ``docs/ontology.md``, the written part of the shapes, and the JSON-LD context.

``python -m kg.tables.ontology_page`` writes all three anew after a term has been added.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import KgError, OntologyError
from kg.tables.folders import PACKAGE, ontology_folder
from kg.tables.ontology import Ontology, Term, load_ontology
from kg.tables.ontology_context import CONTEXT, build_context, context_text
from kg.tables.ontology_shapes import build_shapes
from kg.vocab import PREFIXES, shorten

# Vocabularies that only the alignments name.
OTHERS: Final[Mapping[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/", "wdt": "http://www.wikidata.org/prop/direct/",
}
_MARKS: Final[Mapping[str, str]] = {
    "owl:equivalentClass": "=", "owl:equivalentProperty": "=", "rdfs:subClassOf": "⊂", "rdfs:subPropertyOf": "⊂",
    "owl:inverseOf": "inverse of", "skos:closeMatch": "≈",
}
_THEMES: Final[Mapping[str, str]] = {
    "identity": "Identity and parts", "people": "People and posts", "organisation": "Organisations",
    "business": "Business", "figures": "Figures", "speech": "Speech and thought", "events": "Events",
    "place": "Places", "law": "Law and order", "politics": "Politics", "sport": "Sport",
    "science": "Science and technology", "culture": "Culture",
}
_TOP: Final = """# The ontology

`ontology/kg.ttl` says what the graph can speak of: {classes} classes and {properties} properties in OWL 2 RL, each
named and explained in English and Korean. This page is made from it by `python -m kg.tables.ontology_page`; a test
keeps the two together. Beside it lie

- `ontology/shapes.ttl`: what a graph must look like (SHACL Core);
- `ontology/alignments.ttl`: how the terms relate to schema.org, PROV-O, OWL-Time, W3C ORG, FOAF, SKOS and Wikidata;
- `ontology/context.jsonld`: the terms as JSON-LD names and types them, which `kg export --format jsonld` puts into its files;
- `ontology/klue-re.tsv`: how relations map to the labels of KLUE-RE.

Prefixes: {prefixes}

## How a fact is written

```mermaid
graph LR
  fact(["kg:Fact"])
  fact -- rdf:subject --> subject["kg:Entity"]
  fact -- rdf:predicate --> predicate["a relation, or kgo:lemma"]
  fact -- rdf:object --> object["kg:Entity, kg:Quantity or kg:Period"]
  fact -- "kg:amount, kg:time, …" --> value["kg:Entity, kg:Quantity, kg:Period or kg:Text"]
  fact -- kg:speaker --> speaker["kg:Entity"]
  fact -- prov:wasDerivedFrom --> sentence["kg:Sentence"]
  sentence -- nif:referenceContext --> article["schema:NewsArticle"]
  fact -- kg:rule --> rule["prov:Plan"]
  subject == "direct triple: the relation itself" ==> object
  fact -- "kg:sameEventAs, kg:supersedes, kg:fulfils, …" --> other(["kg:Fact of another article"])
  link["kg:Link"] -- "rdf:subject, rdf:object" --> fact
  link -- kg:rule --> reason["prov:Plan: why, in Korean and English"]
```

Words that a fact holds are its `kg:content`. `kg:status` says how the text vouches for it (asserted, planned, expected,
claimed, denied), `kg:negated` whether it is said not to hold, `kg:confidence` how sure the reading is. A direct triple
stands only for a fact that is asserted, not negated, between two entities, not yet to begin when the article appeared,
and within the relation's domain and range.

A relation that the ontology has no word for is an open one: `kgo:` and the Korean lemma, an `rdf:Property` with the
lemma as its `rdfs:label`@ko.

To add a relation, add its lines to `kg.ttl` and run the command above: names and comments in both languages, domain,
range, `rdfs:subPropertyOf` (`kg:relation` where there is no closer one) and a `kg:theme`.

In the tables, ⊂ means narrower than, = the same as, ≈ nearly the same as; "swapped" means that the relation's object is
KLUE's subject.

## Kinds

Each is a kind of the one that it is indented under. A place counts as a collective, for news names a government by its
seat or country.
"""


def build_page(ontology: Ontology, alignments: Mapping[str, tuple[str, ...]]) -> str:
    """The page as Markdown; ``alignments`` gives the matches of a term: ``{"kg:Person": ("= schema:Person", …)}``."""
    prefixes = ", ".join(f"`{name}:` <{PREFIXES[name]}>" for name in ("kg", "kgo", "kgr"))
    parts = [_TOP.format(classes=len(ontology.classes), properties=len(ontology.properties), prefixes=prefixes)]
    parts.extend(_kinds("kg:Describable", ontology, alignments, 0))
    parts.append("\n## The graph's own classes\n\n| class | Korean | what it is | elsewhere |\n|---|---|---|---|")
    parts.extend(f"| `{t.curie}` | {t.ko} | {t.comment_en} | {_matches(t, alignments)} |"
                 for t in ontology.classes.values() if t.theme == "structure")
    for theme in dict.fromkeys(t.theme for t in ontology.properties.values()):
        if theme not in ("structure", "qualifiers"):
            parts.append(f"\n## Relations: {_THEMES.get(theme, theme)}\n")
            parts.extend(_table(theme, ontology, alignments))
    parts.append("\n## Qualifiers\n\nAnnotations of a fact. Their values are entities, quantities, periods or words; "
                 "the range is the usual one.\n")
    parts.extend(_table("qualifiers", ontology, alignments))
    parts.append("\n## The graph's own properties\n")
    parts.extend(_table("structure", ontology, alignments))
    return "\n".join(parts) + "\n"


def read_alignments(path: Path) -> dict[str, tuple[str, ...]]:
    """The matches of each term: kg:Person has "= schema:Person", "= foaf:Person", "⊂ prov:Person", "≈ wd:Q5"."""
    found: dict[str, list[str]] = {}
    try:
        for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(quad.object, pyoxigraph.NamedNode):
                mark = _MARKS.get(shorten(quad.predicate.value), "≈")
                found.setdefault(shorten(quad.subject.value), []).append(f"{mark} {_curie(quad.object.value)}")
    except OSError as error:
        raise OntologyError(f"{path}: cannot read the alignments ({error.strerror}); reinstall the package.") from error
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}; mend the Turtle there.") from error
    return {term: tuple(matches) for term, matches in found.items()}


def write_page(page: Path, shapes: Path) -> None:
    """Write the page, the made part of the shapes and the context beside them from the ontology of the package."""
    ontology = load_ontology()
    try:
        text = build_shapes(shapes.read_text(encoding="utf-8"), ontology)
        shapes.write_text(text, encoding="utf-8", newline="\n")
        shapes.with_name(CONTEXT).write_text(context_text(build_context(ontology)), encoding="utf-8", newline="\n")
        made = build_page(ontology, read_alignments(shapes.with_name("alignments.ttl")))
        page.write_text(made, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OntologyError(f"{error.filename}: {error.strerror}; run this in a checkout of the project.") from error


def _kinds(curie: str, ontology: Ontology, alignments: Mapping[str, tuple[str, ...]], depth: int) -> Iterator[str]:
    term = ontology.term(curie)
    matches = _matches(term, alignments)
    yield f"{'  ' * depth}- `{curie}` {term.ko}: {term.comment_en}{f' ({matches})' if matches else ''}"
    for child in ontology.classes.values():
        if curie in child.parents and child.theme == "kinds":
            yield from _kinds(child.curie, ontology, alignments, depth + 1)


def _table(theme: str, ontology: Ontology, alignments: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield "| property | English | Korean | from → to | what it says | also |\n|---|---|---|---|---|---|"
    for term in ontology.properties.values():
        if term.theme == theme:
            ends = " → ".join(", ".join(_plain(name) for name in side) for side in (term.domain, term.range))
            notes = _notes(term, alignments)
            yield f"| `{term.curie}` | {term.en} | {term.ko} | {ends} | {term.comment_en} | {notes} |"


def _notes(term: Term, alignments: Mapping[str, tuple[str, ...]]) -> str:
    notes = [f"⊂ {name}" for name in term.parents if name not in ("kg:relation", "kg:qualifier")]
    notes += [f"inverse of {term.inverse}"] if term.inverse else []
    notes += ["symmetric"] if term.symmetric else []
    notes += ["transitive"] if term.transitive else []
    notes += [f"KLUE {label}{' (swapped)' if swap else ''}" for label, swap in term.klue]
    return "; ".join([*notes, *alignments.get(term.curie, ())])


def _matches(term: Term, alignments: Mapping[str, tuple[str, ...]]) -> str:
    outer = [f"⊂ {name}" for name in term.parents if not name.startswith("kg:")]
    return "; ".join(dict.fromkeys([*outer, *alignments.get(term.curie, ())]))


def _plain(curie: str) -> str:
    return curie.removeprefix("kg:")


def _curie(iri: str) -> str:
    for prefix, namespace in OTHERS.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return shorten(iri)


def main() -> int:
    """Write the files into the checkout and say so; 1 where that fails."""
    page, shapes = PACKAGE.parent / "docs" / "ontology.md", ontology_folder() / "shapes.ttl"
    try:
        write_page(page, shapes)
    except KgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("wrote docs/ontology.md, ontology/shapes.ttl and ontology/context.jsonld")
    return 0


if __name__ == "__main__":
    sys.exit(main())
