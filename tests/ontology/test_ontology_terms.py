"""The ontology says what the design asks for, in both languages, and its axioms do not contradict each other."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from kg.errors import OntologyError
from kg.tables.folders import PACKAGE, ontology_folder
from kg.tables.ontology import Ontology, load_ontology, read_ontology
from kg.tables.ontology_page import build_page, main, read_alignments, write_page
from kg.tables.ontology_shapes import MARK, build_shapes
from kg.vocab import KG

RELATIONS_TEXT = """
is-CEO-of holds-position works-for reporter-for member-of leads appointed-to resigns-from invests-in acquires
merges-with owns-stake-in subsidiary-of partners-with signs establishes develops launches adopts supplies sells
chooses competes-with
based-on product-of announces says expects denies criticises proposes demands supports opposes held-at located-in
headquartered-in participates-in meets visits investigates arrests indicts sues fines sentences acquits bans approves
regulates wins defeats scores transfers-to researches publishes discovers dies injures causes revenue operating-profit
share-price increases-by decreases-by share-of count alias is-a part-of author date-published
"""
RELATIONS = RELATIONS_TEXT.split()

KLUE_TEXT = """
org:dissolved org:founded org:place_of_headquarters org:alternate_names org:member_of org:members
org:political/religious_affiliation org:product org:founded_by org:top_members/employees
org:number_of_employees/members per:date_of_birth per:date_of_death per:place_of_birth per:place_of_death
per:place_of_residence per:origin per:employee_of per:schools_attended per:alternate_names per:parents per:children
per:siblings per:spouse per:other_family per:colleagues per:product per:religion per:title
"""
KLUE = KLUE_TEXT.split()

ROLES_TEXT = """
time amount place recipient instrument topic purpose position source manner with comparedTo reason role rank age basis
"""
ROLES = ROLES_TEXT.split()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def turtle() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "kg.ttl")


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_of_the_design_is_there(ontology: Ontology, name: str) -> None:
    found = [term for term in ontology.properties.values() if term.en == name]
    assert len(found) == 1 and found[0].theme not in ("structure", "qualifiers")


@pytest.mark.parametrize("role", ROLES)
def test_a_qualifier_of_the_design_is_there(ontology: Ontology, role: str) -> None:
    assert ontology.is_qualifier(role)


def test_a_relation_is_no_qualifier(ontology: Ontology) -> None:
    assert not ontology.is_qualifier("investsIn") and not ontology.is_qualifier("no such role")


def test_every_term_is_named_and_explained_in_both_languages(ontology: Ontology) -> None:
    for term in (*ontology.classes.values(), *ontology.properties.values()):
        assert re.search("[가-힣]", term.ko), term.curie
        assert re.search("[가-힣]", term.comment_ko) and re.search("[a-z]", term.comment_en), term.curie
        assert term.en.isascii() and term.theme, term.curie


def test_english_names_of_properties_are_in_kebab_case_and_follow_the_local_name(ontology: Ontology) -> None:
    for term in ontology.properties.values():
        assert re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)*", term.en), term.curie
        assert term.en.replace("-", "").lower() == term.curie[3:].lower(), term.curie


def test_local_names_are_camel_case(ontology: Ontology) -> None:
    assert all(re.fullmatch(r"kg:[A-Z][A-Za-z]*", curie) for curie in ontology.classes)
    assert all(re.fullmatch(r"kg:[a-z][A-Za-z]*", curie) for curie in ontology.properties)


def test_names_are_not_shared(ontology: Ontology) -> None:
    for table in (ontology.classes, ontology.properties):
        assert len({term.en for term in table.values()}) == len(table)
        assert len({term.ko for term in table.values()}) == len(table)


def test_domains_and_ranges_are_declared(ontology: Ontology) -> None:
    for term in ontology.properties.values():
        assert len(term.domain) == 1 and len(term.range) == 1, term.curie
        for name in (*term.domain, *term.range):
            assert name in ontology.classes or not name.startswith("kg:"), (term.curie, name)


def test_parents_are_declared_and_wide_enough(ontology: Ontology) -> None:
    for term in (*ontology.classes.values(), *ontology.properties.values()):
        for parent in term.parents:
            if not parent.startswith("kg:"):
                continue
            above = ontology.term(parent)
            for narrow, wide in ((term.domain, above.domain), (term.range, above.range)):
                if wide and wide[0].startswith("kg:"):
                    assert ontology.is_kind(narrow[0][3:], wide[0][3:]), (term.curie, parent)


def test_every_relation_hangs_under_the_top_relation(ontology: Ontology) -> None:
    def tops(curie: str) -> set[str]:
        parents = ontology.term(curie).parents
        return set().union(*map(tops, parents)) if parents else {curie}

    for curie, term in ontology.properties.items():
        if term.form == "object" and term.theme not in ("structure", "qualifiers"):
            assert tops(curie) == {"kg:relation"}, curie


def test_inverses_mirror_each_other(ontology: Ontology) -> None:
    for term in ontology.properties.values():
        if term.inverse:
            other = ontology.term(term.inverse)
            assert other.inverse == term.curie
            assert (other.domain, other.range) == (term.range, term.domain), term.curie


def test_symmetric_relations_join_one_kind(ontology: Ontology) -> None:
    for term in ontology.properties.values():
        assert not term.symmetric or term.domain == term.range, term.curie


def test_disjoint_kinds_have_no_common_kind_below(ontology: Ontology, turtle: rdflib.Graph) -> None:
    pairs = [(str(a)[len(KG):], str(b)[len(KG):]) for a, b in turtle.subject_objects(OWL.disjointWith)]
    assert pairs
    for curie in ontology.classes:
        above = ontology.kinds_above(curie[3:])
        assert not [pair for pair in pairs if above.issuperset(pair)], curie


def test_the_file_keeps_to_owl_2_rl(turtle: rdflib.Graph) -> None:
    allowed = {OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
               OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.FunctionalProperty}
    assert set(turtle.objects(None, RDF.type)) <= allowed
    assert not [node for node in turtle.all_nodes() if isinstance(node, rdflib.BNode)]
    forms = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for thing in set(turtle.subjects(RDFS.domain)):
        assert len(forms & set(turtle.objects(thing, RDF.type))) == 1, thing


@pytest.mark.parametrize(("kind", "coarse"), [
    ("Person", "PER"), ("Company", "ORG"), ("University", "ORG"), ("LaborUnion", "ORG"), ("City", "LOC"),
    ("Facility", "LOC"), ("Software", "PRODUCT"), ("Match", "EVENT"), ("CourtCase", "EVENT"), ("Film", "WORK"),
    ("Bill", "LAW"), ("Technology", "TECH"), ("Agreement", "OTHER"), ("Group", "OTHER"), ("Nonsense", "OTHER"),
])
def test_coarse_kinds(ontology: Ontology, kind: str, coarse: str) -> None:
    assert ontology.coarse(kind) == coarse


def test_kinds_form_a_tree(ontology: Ontology) -> None:
    assert ontology.is_kind("Company", "Organization") and ontology.is_kind("Company", "Company")
    assert not ontology.is_kind("Organization", "Company") and not ontology.is_kind("Nonsense", "Entity")
    kinds = [term for term in ontology.classes.values() if term.theme == "kinds"]
    assert all(ontology.is_kind(term.curie[3:], "Describable") and len(term.parents) <= 1 for term in kinds)


def test_an_open_predicate_is_named_by_its_lemma(ontology: Ontology) -> None:
    term = ontology.term("kgo:추진하다")
    assert (term.ko, term.en, term.parents) == ("추진하다", "추진하다", ("kg:openRelation",))


@pytest.mark.parametrize("curie", ["kg:noSuchThing", "kgo:", "schema:name", "", "투자하다"])
def test_an_unknown_term_is_refused_with_advice(ontology: Ontology, curie: str) -> None:
    with pytest.raises(OntologyError, match=r"no such term.*kg\.ttl"):
        ontology.term(curie)


@pytest.mark.parametrize(("predicate", "subject", "value", "fits"), [
    ("kg:isCEOOf", "Person", "Company", True), ("kg:isCEOOf", "Company", "Person", False),
    ("kg:isCEOOf", "Nonsense", "Company", False), ("kg:investsIn", "Company", "Agreement", True),
    ("kg:revenue", "Company", "Company", False), ("kg:alias", "Company", "Company", False),
    ("kgo:추진하다", "Company", "Event", True), ("kg:amount", "Company", "Company", False),
])
def test_direct_triples_keep_domain_and_range(
        ontology: Ontology, predicate: str, subject: str, value: str, fits: bool) -> None:
    assert ontology.is_fitting(predicate, subject, value) is fits


@pytest.mark.parametrize(("text", "message"), [
    ("kg:A a owl:Class .", r"kg:A has 0 rdfs:label@ko"),
    ('kg:A rdfs:label "가"@ko .', r"neither an owl:Class nor a property"),
    ("kg:A a", r"mend the Turtle"),
])
def test_a_broken_file_is_refused_with_its_path(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.ttl"
    head = (f"@prefix kg: <{KG}> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n")
    path.write_text(head + text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as caught:
        read_ontology(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    for read in (read_ontology, read_alignments):
        with pytest.raises(OntologyError, match=r"nowhere\.ttl: cannot read"):
            read(tmp_path / "nowhere.ttl")


def klue_rows() -> list[dict[str, str]]:
    with (ontology_folder() / "klue-re.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_klue_labels_are_all_covered_and_agree_with_the_ontology(ontology: Ontology) -> None:
    rows = klue_rows()
    assert {row["label"] for row in rows} == set(KLUE) and len(KLUE) == 29
    written = {(curie, label, str(int(swap)))
               for curie, term in ontology.properties.items() for label, swap in term.klue}
    assert {(row["predicate"], row["label"], row["swap"]) for row in rows} == written
    assert len(rows) == len(written)


def test_klue_directions() -> None:
    rows = {(row["predicate"], row["label"], row["swap"]) for row in klue_rows()}
    assert ("kg:isCEOOf", "per:employee_of", "0") in rows
    assert ("kg:isCEOOf", "org:top_members/employees", "1") in rows
    assert ("kg:foundedBy", "org:founded_by", "0") in rows and ("kg:founds", "org:founded_by", "1") in rows
    assert {("kg:spouseOf", "per:spouse", "0"), ("kg:spouseOf", "per:spouse", "1")} <= rows


def test_alignments_speak_of_our_terms_and_of_theirs(ontology: Ontology) -> None:
    graph = rdflib.Graph().parse(ontology_folder() / "alignments.ttl")
    assert len(graph) > 200
    targets = set()
    for subject, predicate, target in graph:
        term = ontology.term("kg:" + str(subject).removeprefix(KG))
        assert not str(target).startswith(KG)
        assert (term.form == "class") or predicate not in (OWL.equivalentClass, RDFS.subClassOf)
        assert (term.form != "class") or predicate not in (OWL.equivalentProperty, RDFS.subPropertyOf, OWL.inverseOf)
        assert predicate == rdflib.SKOS.closeMatch or term.form != "annotation"
        targets.add(re.split(r"(?<=[/#])[^/#]*$", str(target))[0])
    assert targets >= {"https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/2006/time#",
                       "http://www.w3.org/ns/org#", "http://xmlns.com/foaf/0.1/",
                       "http://www.w3.org/2004/02/skos/core#", "http://www.wikidata.org/entity/",
                       "http://www.wikidata.org/prop/direct/"}


def test_alignments_name_wikidata_by_number() -> None:
    graph = rdflib.Graph().parse(ontology_folder() / "alignments.ttl")
    ids = [str(target) for target in graph.objects() if "wikidata" in str(target)]
    assert len(ids) > 80
    assert all(re.search(r"(entity/[PQ]|direct/P)[1-9]\d*$", name) for name in ids)


def test_the_page_is_what_the_ontology_says(ontology: Ontology) -> None:
    page = (PACKAGE.parent / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == build_page(ontology, read_alignments(ontology_folder() / "alignments.ttl"))
    assert all(f"`{curie}`" in page for curie in (*ontology.classes, *ontology.properties))


def test_the_made_shapes_are_what_the_ontology_says(ontology: Ontology) -> None:
    shapes = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    assert shapes == build_shapes(shapes, ontology) and MARK in shapes


def test_writing_the_page_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="run this in a checkout"):
        write_page(tmp_path / "no" / "page.md", tmp_path / "no" / "shapes.ttl")


def test_the_command_leaves_a_current_page_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    page = PACKAGE.parent / "docs" / "ontology.md"
    before = page.read_bytes()
    assert main() == 0
    assert page.read_bytes() == before
    assert "docs/ontology.md" in capsys.readouterr().out
