"""The shapes let good graphs pass and say of each bad one what is wrong, in both languages."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH

from kg.tables.folders import ontology_folder
from kg.tables.ontology import Term, load_ontology
from kg.tables.ontology_shapes import MARK
from kg.vocab import KG, KGR, PREFIXES

KGS = "https://w3id.org/korean-news-kg/shapes#"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
ARTICLE = f"<{KGR}article_a>"
SENTENCE = f"<{KGR}article_a#char=0,20>"

GOOD = f"""{HEAD}
kgr:한빛전자 a kg:Company ; rdfs:label "한빛전자"@ko ; skos:altLabel "한빛"@ko, "Hanbit"@en ;
    kg:krxCode "123450" .
kgr:이서준 a kg:Person ; rdfs:label "이서준"@ko, "Lee Seo-jun"@en .
kgr:최고경영자 a kg:Position ; rdfs:label "최고경영자"@ko .
kgr:새벽시 a kg:City ; rdfs:label "새벽시"@ko ; kg:districtCode "1111000000" .
kgr:동방국 a kg:Country ; rdfs:label "동방국"@ko ; kg:isoCode "KR" .
kgr:양사 a kg:Group ; rdfs:label "양사"@ko ; kg:member kgr:한빛전자, kgr:새벽은행 .
kgr:새벽은행 a kg:FinancialInstitution ; rdfs:label "새벽은행"@ko .
kgr:사물 a kg:Thing ; rdfs:label "사물"@ko .
kgr:이서준 kg:isCEOOf kgr:한빛전자 .
kgr:양사 kg:investsIn kgr:새벽시 .
kgo:추진하다 a rdf:Property ; rdfs:label "추진하다"@ko .
kgr:한빛전자 kgo:추진하다 kgr:사물 .
{ARTICLE} a schema:NewsArticle ; schema:identifier "a" ; schema:headline "제목"@ko ; schema:author "박기자" ;
    schema:author kgr:이서준 ; schema:publisher "새벽일보" ;
    schema:datePublished "2024-10-10T14:06:18+09:00"^^xsd:dateTime ;
    schema:url "https://example.org/a"^^xsd:anyURI ; schema:mentions kgr:한빛전자 .
<{KGR}article_a2> a schema:NewsArticle ; schema:identifier "a2" ; kg:sameStoryAs {ARTICLE} .
{SENTENCE} a kg:Sentence ; nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "20"^^xsd:nonNegativeInteger ;
    nif:anchorOf "이서준 한빛전자 대표가 말했다." ; nif:referenceContext {ARTICLE} .
<{KGR}article_a#char=20,40> a kg:Sentence ; nif:referenceContext {ARTICLE} ;
    nif:beginIndex "20"^^xsd:nonNegativeInteger ; nif:endIndex "40"^^xsd:nonNegativeInteger .
kgr:rule_title a prov:Plan ; rdfs:label "title" .
kgr:value_1 a kg:Quantity ; kg:value 2400000000000.0 ; kg:unit "KRW" ; kg:text "2조4000억원"@ko, "2조4천억원"@ko ;
    kg:approximate "about" ; kg:converted kgr:value_2 .
kgr:value_2 a kg:Quantity ; kg:minimum 10.0 ; kg:maximum 20.0 ; kg:unit "명" ; kg:text "10~20명"@ko .
kgr:value_3 a kg:Quantity ; kg:tally "3-2" ; kg:unit "score" ; kg:text "3대 2"@ko .
kgr:value_4 a kg:Text ; kg:text "시장 선점"@ko .
kgr:period_1 a kg:Period ; kg:start "2025-04-01"^^xsd:date ; kg:end "2025-06-30"^^xsd:date ; kg:grain "quarter" ;
    kg:timeValue "2025-Q2" ; kg:text "내년 2분기"@ko .
kgr:period_2 a kg:Period ; kg:grain "duration" ; kg:timeValue "P5Y" ; kg:text "5년간"@ko .
kgr:period_3 a kg:Period ; kg:grain "hour" ; kg:text "10일 오후 2시"@ko ;
    kg:start "2024-10-10T14:00:00"^^xsd:dateTime ; kg:end "2024-10-10T14:59:59"^^xsd:dateTime .
kgr:fact_1 a kg:Fact ; rdf:subject kgr:이서준 ; rdf:predicate kg:isCEOOf ; rdf:object kgr:한빛전자 ;
    kg:status "asserted" ; kg:negated false ; kg:confidence 0.9 ; kg:rule kgr:rule_title ; kg:position kgr:최고경영자 ;
    prov:wasDerivedFrom {SENTENCE}, <{KGR}article_a#char=20,40> ; kg:sameEventAs kgr:fact_2 .
kgr:fact_2 a kg:Fact ; rdf:subject kgr:양사 ; rdf:predicate kgo:추진하다 ; kg:content "합작을 추진한다"@ko ;
    kg:status "planned" ; kg:negated true ; kg:confidence 1.0 ; kg:rule kgr:rule_title ; kg:speaker kgr:이서준 ;
    prov:wasDerivedFrom {SENTENCE} ; kg:amount kgr:value_1 ; kg:time kgr:period_1 ; kg:purpose kgr:value_4 ;
    kg:place "새벽시 일대"@ko ; kg:score kgr:value_3 ; kg:conflictsWith kgr:fact_1 .
kgr:fact_3 a kg:Fact ; rdf:subject kgr:한빛전자 ; rdf:predicate kg:revenue ; rdf:object kgr:value_1 ;
    kg:status "claimed" ; kg:negated false ; kg:confidence 0.5 ; kg:rule kgr:rule_title ;
    prov:wasDerivedFrom {SENTENCE} .
kgr:fact_4 a kg:Fact ; rdf:subject kgr:이서준 ; rdf:predicate kg:dies ; kg:status "asserted" ;
    kg:negated false ; kg:confidence 0.5 ; kg:rule kgr:rule_title ; prov:wasDerivedFrom {SENTENCE} ; kg:fulfils kgr:fact_2 ;
    kg:reschedules kgr:fact_2 ; kg:callsOff kgr:fact_2 ; kg:supersedes kgr:fact_1 ; kg:follows kgr:fact_3 ;
    kg:validFrom kgr:period_1 ; kg:validUntil kgr:period_1 .
kgr:rule_kept a prov:Plan ; rdfs:label "plan-kept" ; rdfs:comment "계획한 대로 되었다"@ko, "it came about"@en .
kgr:link_1 a kg:Link ; rdf:subject kgr:fact_4 ; rdf:predicate kg:fulfils ; rdf:object kgr:fact_2 ; kg:rule kgr:rule_kept .
"""

FACT = ("a kg:Fact ; rdf:subject kgr:이서준 ; rdf:predicate kg:says ; kg:status 'asserted' ; kg:negated false ; "
        f"kg:confidence 0.9 ; kg:rule kgr:rule_title ; prov:wasDerivedFrom {SENTENCE}")
QUANTITY = "a kg:Quantity ; kg:value 1.0 ; kg:unit '명' ; kg:text '1명'"
PERIOD = "a kg:Period ; kg:grain 'day' ; kg:text '어느 날'"
SPAN = f"a kg:Sentence ; nif:referenceContext {ARTICLE}"
BEGIN = "nif:beginIndex '5'^^xsd:nonNegativeInteger"
END = "nif:endIndex '9'^^xsd:nonNegativeInteger"
NEWS = "a schema:NewsArticle ; schema:identifier 'b'"
LINK = "a kg:Link ; rdf:subject kgr:fact_1 ; rdf:predicate kg:sameEventAs ; rdf:object kgr:fact_2 ; kg:rule kgr:rule_kept"
NAMED = 'rdfs:label "이름"@ko'

# shape, what the bad node says; the node is kgr:bad_<number> unless the text names it with "@".
BAD: tuple[tuple[str, str], ...] = (
    ("Entity", f"@[] a kg:Thing ; {NAMED}"),
    ("Entity-label", "a kg:Person"),
    ("Entity-label", 'a kg:Person ; rdfs:label "이서준"@ko, "이서진"@ko'),
    ("Entity-label", 'a kg:Person ; rdfs:label "Lee"@en'),
    ("Entity-label", 'a kg:Person ; rdfs:label "이서준"'),
    ("Entity-label", 'a kg:Person ; rdfs:label ""@ko'),
    ("Entity-altLabel", f"a kg:Person ; {NAMED} ; skos:altLabel '서준'"),
    ("Entity-code", f"a kg:Company ; {NAMED} ; kg:code 12"),
    ("Entity-krxCode", f"a kg:Company ; {NAMED} ; kg:krxCode '12'"),
    ("Entity-isoCode", f"a kg:Country ; {NAMED} ; kg:isoCode 'kr'"),
    ("Place", f"a kg:Person ; {NAMED} ; kg:districtCode '11'"),
    ("Place-districtCode", f"a kg:City ; {NAMED} ; kg:districtCode '11-A'"),
    ("Group", "kg:member kgr:이서준"),
    ("Group-member", f"a kg:Group ; {NAMED} ; kg:member kgr:nobody"),
    ("Fact", f"@[] {FACT}"),
    ("Fact-subject", FACT.replace("rdf:subject kgr:이서준 ;", "")),
    ("Fact-subject", f"{FACT} ; rdf:subject kgr:한빛전자"),
    ("Fact-subject", FACT.replace("kgr:이서준", "kgr:nobody")),
    ("Fact-predicate", FACT.replace("rdf:predicate kg:says ;", "")),
    ("Fact-predicate", f"{FACT} ; rdf:predicate kg:leads"),
    ("Fact-object", f"{FACT} ; rdf:object kgr:한빛전자, kgr:새벽시"),
    ("Fact-object", f"{FACT} ; rdf:object '말'"),
    ("Fact-object", f"{FACT} ; rdf:object kgr:value_4"),
    ("Fact-content", f"{FACT} ; kg:content '하나', '둘'"),
    ("Fact-content", f"{FACT} ; kg:content ''"),
    ("Fact-status", FACT.replace("'asserted'", "'maybe'")),
    ("Fact-status", FACT.replace("kg:status 'asserted' ;", "")),
    ("Fact-negated", FACT.replace("kg:negated false", "kg:negated 'no'")),
    ("Fact-negated", FACT.replace("kg:negated false ;", "")),
    ("Fact-speaker", f"{FACT} ; kg:speaker kgr:이서준, kgr:한빛전자"),
    ("Fact-speaker", f"{FACT} ; kg:speaker kgr:최고경영자"),
    ("Fact-speaker", f"{FACT} ; kg:speaker '이서준'"),
    ("Fact-confidence", FACT.replace("0.9", "1.1")),
    ("Fact-confidence", FACT.replace("0.9", "9.0e-1")),
    ("Fact-evidence", FACT.partition(" ; prov:")[0]),
    ("Fact-evidence", FACT.replace(SENTENCE, ARTICLE)),
    ("Fact-rule", FACT.replace("kg:rule kgr:rule_title ;", "")),
    ("Fact-rule", FACT.replace("kgr:rule_title", "'title'")),
    ("Fact-sameEventAs", f"{FACT} ; kg:sameEventAs kgr:이서준"),
    ("Fact-conflictsWith", f"{FACT} ; kg:conflictsWith kgr:이서준"),
    ("Fact-fulfils", f"{FACT} ; kg:fulfils kgr:이서준"),
    ("Fact-reschedules", f"{FACT} ; kg:reschedules kgr:period_1"),
    ("Fact-callsOff", f"{FACT} ; kg:callsOff '계획'"),
    ("Fact-supersedes", f"{FACT} ; kg:supersedes kgr:이서준"),
    ("Fact-follows", f"{FACT} ; kg:follows kgr:value_1"),
    ("Fact-validFrom", f"{FACT} ; kg:validFrom '2024-10-10'^^xsd:date"),
    ("Fact-validUntil", f"{FACT} ; kg:validUntil kgr:value_1"),
    ("Link", f"@[] {LINK}"),
    ("Link-subject", LINK.replace("rdf:subject kgr:fact_1 ;", "")),
    ("Link-subject", LINK.replace("kgr:fact_1", "kgr:이서준")),
    ("Link-predicate", LINK.replace("kg:sameEventAs", "kg:conflictsWith")),
    ("Link-object", f"{LINK} ; rdf:object kgr:fact_3"),
    ("Link-rule", LINK.replace("kgr:rule_kept", "'까닭'")),
    ("Link-rule", LINK.partition(" ; kg:rule")[0]),
    ("Predicate", f'{FACT.replace("kg:says", "kg:noSuchThing")} . @kg:noSuchThing rdfs:label "말"@ko'),
    ("Predicate-label", f"{FACT.replace('kg:says', 'kgo:알리다')} . @kgo:알리다 a rdf:Property"),
    ("Plan", "@[] a prov:Plan ; rdfs:label 'title'"),
    ("Plan-label", "a prov:Plan"),
    ("Quantity", QUANTITY.replace("kg:value 1.0 ;", "")),
    ("Quantity", f"@[] {QUANTITY}"),
    ("Quantity-value", QUANTITY.replace("1.0", "'하나'")),
    ("Quantity-value", QUANTITY.replace("1.0", "1.0, 2.0")),
    ("Quantity-minimum", f"{QUANTITY} ; kg:minimum 2.0 ; kg:maximum 1.0"),
    ("Quantity-maximum", f"{QUANTITY} ; kg:maximum '많음'"),
    ("Quantity-unit", QUANTITY.replace("kg:unit '명' ;", "")),
    ("Quantity-approximate", f"{QUANTITY} ; kg:approximate '약'"),
    ("Quantity-tally", f"{QUANTITY} ; kg:tally '3대 2'"),
    ("Quantity-converted", f"{QUANTITY} ; kg:converted kgr:period_1"),
    ("Value-text", QUANTITY.partition(" ; kg:text")[0]),
    ("Value-text", "a kg:Text ; kg:text ''"),
    ("Text", "@[] a kg:Text ; kg:text '말'"),
    ("Period", f"@[] {PERIOD}"),
    ("Period-start", f"{PERIOD} ; kg:start '2025-01-02'^^xsd:date ; kg:end '2025-01-01'^^xsd:date"),
    ("Period-start", f"{PERIOD} ; kg:start '내일'"),
    ("Period-end", f"{PERIOD} ; kg:end 2025"),
    ("Period-grain", PERIOD.replace("'day'", "'fortnight'")),
    ("Period-grain", PERIOD.replace("kg:grain 'day' ;", "")),
    ("Period-timeValue", f"{PERIOD} ; kg:timeValue '2025-Q2', '2025-04/2025-06'"),
    ("Sentence", f"{SPAN} ; {BEGIN} ; {END}"),
    ("Sentence-beginIndex", f"{SPAN} ; {BEGIN} ; nif:endIndex '5'^^xsd:nonNegativeInteger"),
    ("Sentence-beginIndex", f"{SPAN} ; nif:beginIndex 5 ; {END}"),
    ("Sentence-beginIndex", f"{SPAN} ; {END}"),
    ("Sentence-endIndex", f"{SPAN} ; {BEGIN}"),
    ("Sentence-anchorOf", f"{SPAN} ; {BEGIN} ; {END} ; nif:anchorOf '하나', '둘'"),
    ("Sentence-referenceContext", f"a kg:Sentence ; {BEGIN} ; {END}"),
    ("Sentence-referenceContext", f"{SPAN.replace(ARTICLE, 'kgr:이서준')} ; {BEGIN} ; {END}"),
    ("InferredGraph", "@[] a kg:InferredGraph ; prov:wasGeneratedBy kgr:inference"),
    ("InferredGraph-wasGeneratedBy", "a kg:InferredGraph"),
    ("Article", f"@[] {NEWS}"),
    ("Article-identifier", "a schema:NewsArticle"),
    ("Article-headline", f"{NEWS} ; schema:headline '하나', '둘'"),
    ("Article-datePublished", f"{NEWS} ; schema:datePublished '2024-10-10'^^xsd:date"),
    ("Article-author", f"{NEWS} ; schema:author kgr:사물"),
    ("Article-publisher", f"{NEWS} ; schema:publisher '하나', '둘'"),
    ("Article-url", f"{NEWS} ; schema:url 'example'"),
    ("Article-sameStoryAs", f"{NEWS} ; kg:sameStoryAs kgr:이서준"),
    ("Article-sameStoryAs", f"{NEWS} ; kg:sameStoryAs {ARTICLE}, <{KGR}article_a2>"),
    ("Article-mentions", f"{NEWS} ; schema:mentions kgr:nobody"),
    ("amount", "kg:amount kgr:value_1"),
    ("amount-value", f"{FACT} ; kg:amount kgr:period_1"),
    ("time-value", f"{FACT} ; kg:time kgr:value_1"),
    ("topic-value", f"{FACT} ; kg:topic kgr:nobody"),
)

Results = Mapping[str, frozenset[str]]


def load_shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl")


def load_terms() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "kg.ttl")


def validate(turtle: str) -> tuple[bool, rdflib.Graph, str]:
    data = rdflib.Graph().parse(data=turtle, format="turtle")
    conforms, report, text = pyshacl.validate(data, shacl_graph=load_shapes(), ont_graph=load_terms())
    assert isinstance(report, rdflib.Graph)
    return conforms, report, text


def broken_shapes(report: rdflib.Graph) -> Results:
    """The shapes that each node breaks, by local names; "blank" stands for all nodes without a name."""
    found = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        name = "blank" if isinstance(node, rdflib.BNode) else str(node)
        found[name].add(str(report.value(result, SH.sourceShape)).removeprefix(KGS))
        languages = {message.language for message in report.objects(result, SH.resultMessage)
                     if isinstance(message, rdflib.Literal)}
        assert languages >= {"en", "ko"}, found
    return {name: frozenset(shapes) for name, shapes in found.items()}


def bad_node(number: int, text: str) -> tuple[str, str]:
    """The Turtle of one bad node, and the name under which a report speaks of it."""
    if text.startswith("@[] "):
        return f"[] {text[4:]} .\n", "blank"
    first, mark, second = text.partition(" . @")
    if mark:
        name = second.split(" ", 1)[0]
        prefix, _, local = name.partition(":")
        return f"kgr:bad_{number} {first} .\n{second} .\n", PREFIXES[prefix] + local
    return f"kgr:bad_{number} {text} .\n", f"{KGR}bad_{number}"


@pytest.fixture(scope="module")
def bad_results() -> Results:
    nodes = "".join(bad_node(number, text)[0] for number, (_, text) in enumerate(BAD))
    conforms, report, _ = validate(GOOD + nodes)
    assert not conforms
    return broken_shapes(report)


def test_a_good_graph_conforms() -> None:
    conforms, _, text = validate(GOOD)
    assert conforms, text


def test_bad_nodes_do_not_spoil_good_ones(bad_results: Results) -> None:
    good = {str(node) for node in rdflib.Graph().parse(data=GOOD, format="turtle").subjects()}
    assert not good & set(bad_results)


@pytest.mark.parametrize("number", range(len(BAD)), ids=[f"{shape}-{n}" for n, (shape, _) in enumerate(BAD)])
def test_a_bad_node_breaks_its_shape(bad_results: Results, number: int) -> None:
    shape, text = BAD[number]
    assert shape in bad_results.get(bad_node(number, text)[1], frozenset())


def test_every_written_shape_has_a_bad_graph() -> None:
    shapes = load_shapes()
    paths = {str(node).removeprefix(KGS) for kind in (SH.NodeShape, SH.PropertyShape)
             for node in shapes.subjects(RDF.type, kind) if isinstance(node, rdflib.URIRef)}
    made = {f"{curie[3:]}{end}" for curie in load_ontology().properties for end in ("", "-object", "-value")}
    inner = {name for name in paths if name.startswith("Is")} | {"KoreanText"}
    assert paths - made - inner == {shape for shape, _ in BAD} - made


def relations() -> list[Term]:
    return [term for term in load_ontology().properties.values()
            if term.theme not in ("structure", "qualifiers") and term.form == "object"]


def test_every_relation_takes_its_own_kinds() -> None:
    nodes = [GOOD]
    for number, term in enumerate(relations()):
        for end, kind in (("s", term.domain[0]), ("o", term.range[0])):
            if kind not in ("kg:Quantity", "kg:Period"):
                nodes.append(f'kgr:{end}{number} a {kind} ; rdfs:label "이름"@ko .\n')
        value = {"kg:Quantity": "kgr:value_1", "kg:Period": "kgr:period_1"}.get(term.range[0], f"kgr:o{number}")
        nodes.append(f"kgr:s{number} {term.curie} {value} .\n")
    conforms, _, text = validate("".join(nodes))
    assert conforms, text[:2000]


def test_every_relation_refuses_other_kinds() -> None:
    nodes = [GOOD, *(f"kgr:s{number} a kg:Fact . kgr:s{number} {term.curie} kgr:sentence .\n"
                     for number, term in enumerate(relations()))]
    _, report, _ = validate("".join(nodes))
    broken = broken_shapes(report)
    for number, term in enumerate(relations()):
        name = term.curie[3:]
        assert {name, f"{name}-object"} <= broken[f"{KGR}s{number}"], name


def test_every_qualifier_is_refused_on_an_entity() -> None:
    terms = [term for term in load_ontology().properties.values() if term.theme == "qualifiers"]
    nodes = "".join(f'kgr:s{n} a kg:Thing ; rdfs:label "이름"@ko ; {term.curie} kgr:nobody .\n'
                    for n, term in enumerate(terms))
    _, report, _ = validate(GOOD + nodes)
    broken = broken_shapes(report)
    for number, term in enumerate(terms):
        assert {term.curie[3:], f"{term.curie[3:]}-value"} <= broken[f"{KGR}s{number}"], term.curie


def test_every_property_and_class_has_a_shape() -> None:
    shapes, ontology = load_shapes(), load_ontology()
    paths = {str(path) for path in shapes.objects(None, SH.path)}
    unwritten = {"relation", "openRelation", "qualifier", "theme", "klueLabel"}
    assert {curie[3:] for curie in ontology.properties if KG + curie[3:] not in paths} == unwritten
    targets = {str(target).removeprefix(KG) for target in shapes.objects(None, SH.targetClass)}
    for term in ontology.classes.values():
        if term.curie not in ("kg:Describable", "kg:Value"):
            assert ontology.kinds_above(term.curie[3:]) & targets, term.curie


def test_the_shapes_are_sound_shacl_core() -> None:
    # The made shapes are all alike, so that a few of each stand for the rest.
    head, mark, made = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8").partition(MARK)
    blocks = made.strip().split("\n\n")
    assert mark and len(blocks) > 300
    shapes = rdflib.Graph().parse(data="\n\n".join([head, *blocks[:3], *blocks[-3:]]), format="turtle")
    assert not list(shapes.subjects(SH.select, None)) and not list(shapes.subjects(SH.sparql, None))
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_ten_thousand_triples_are_validated_in_seconds() -> None:
    facts = "".join(
        f"kgr:이{n} a kg:Person ; rdfs:label '이{n}'@ko ; kg:leads kgr:한빛전자 .\n"
        f"kgr:fact_9{n} {FACT} ; rdf:object kgr:이{n} ; kg:topic kgr:이{n} ; kg:time kgr:period_1 ; "
        "kg:amount kgr:value_1 .\n"
        for n in range(660))
    assert len(rdflib.Graph().parse(data=GOOD + facts, format="turtle")) > 9_900
    started = time.process_time()
    conforms, _, text = validate(GOOD + facts)
    assert conforms, text[:2000]
    assert time.process_time() - started < 15
