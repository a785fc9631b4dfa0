"""The shapes of relations and qualifiers, written from the ontology: who may stand at the ends of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.tables.ontology import Ontology, Term

MARK: Final = "# ==== Below this line: written from kg.ttl by `python -m kg.tables.ontology_page` ===="


def build_shapes(text: str, ontology: Ontology) -> str:
    """The shapes file with the part below the mark written anew; a file without the mark gets it at its end."""
    head = text.partition(MARK)[0].rstrip("\n")
    return "\n\n".join([head, MARK, *_relation_shapes(ontology), *_qualifier_shapes(ontology)]) + "\n"


def _relation_shapes(ontology: Ontology) -> Iterator[str]:
    for curie, term in ontology.properties.items():
        if curie in ("kg:relation", "kg:openRelation") or term.theme in ("structure", "qualifiers"):
            continue
        subject = ontology.term(term.domain[0])
        value = ontology.classes.get(term.range[0])
        name = f"kgs:{curie[3:]}"
        rule = f"sh:class {value.curie} ; sh:nodeKind sh:IRI" if value else "sh:nodeKind sh:Literal"
        wanted = (value.en, value.ko) if value else ("text", "글")
        yield f"""{name} a sh:NodeShape ;
    sh:targetSubjectsOf {curie} ;
    sh:class {subject.curie} ;
    sh:message "The subject of '{term.en}' must be of the kind '{subject.en}': mend its kind or drop the triple."@en,
        "'{term.ko}'의 주어는 갈래가 '{subject.ko}'이어야 합니다. 갈래를 고치거나 직접 트리플을 빼십시오."@ko ;
    sh:property {name}-object .
{name}-object a sh:PropertyShape ;
    sh:path {curie} ;
    {rule} ;
    sh:message "The object of '{term.en}' must be of the kind '{wanted[0]}': mend its kind or drop the triple."@en,
        "'{term.ko}'의 목적어는 갈래가 '{wanted[1]}'이어야 합니다. 갈래를 고치거나 직접 트리플을 빼십시오."@ko ."""


def _qualifier_shapes(ontology: Ontology) -> Iterator[str]:
    for curie, term in ontology.properties.items():
        if term.theme == "qualifiers":
            yield _qualifier_shape(curie, term)


def _qualifier_shape(curie: str, term: Term) -> str:
    # A time is never a number and an amount never a time; elsewhere any value will do, for language is free.
    name = f"kgs:{curie[3:]}"
    shut = {"kg:time": "kgs:IsQuantity", "kg:amount": "kgs:IsPeriod"}.get(curie)
    never = f"\n    sh:not {shut} ;" if shut else ""
    not_en = {"kg:time": ", but no quantity", "kg:amount": ", but no period"}.get(curie, "")
    not_ko = {"kg:time": "(수량은 제외)", "kg:amount": "(기간은 제외)"}.get(curie, "")
    return f"""{name} a sh:NodeShape ;
    sh:targetSubjectsOf {curie} ;
    sh:class kg:Fact ;
    sh:message "Only a fact has the qualifier '{term.en}': put it on the fact's node."@en,
        "한정어 '{term.ko}'은(는) 사실에만 붙습니다. 사실의 노드에 적으십시오."@ko ;
    sh:property {name}-value .
{name}-value a sh:PropertyShape ;
    sh:path {curie} ;
    sh:or ( kgs:IsEntity kgs:IsValue kgs:IsLiteral ) ;{never}
    sh:message "The qualifier '{term.en}' takes an entity, a value or words{not_en}: describe its object."@en,
        "한정어 '{term.ko}'에는 개체, 값, 글{not_ko}이 옵니다. 가리키는 노드를 서술하십시오."@ko ."""
