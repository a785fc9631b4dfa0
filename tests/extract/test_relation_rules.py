"""The relation rules: sound as data, and each read right by the real passes in every one of its sentences."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kg.model import Article, Document, Entity, Fact, Value
from kg.pipeline import read_document
from kg.tables.gazetteers import load_gazetteers
from kg.tables.ontology import load_ontology
from kg.tables.relations import Example, RelationRule, Slot, load_relation_rules, read_relation_rules

RULES = read_relation_rules()
# what no gazetteer and no head noun tells stays a Concept; a rule may let it through where its verb leaves no doubt
UNTOLD = "Concept"
VALUES = frozenset(("Quantity", "Period"))  # kinds that no entity has: such a slot takes a value alone
EXAMPLES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.examples)]
COUNTEREXAMPLES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.counterexamples)]


@cache
def _read(text: str) -> Document:
    return read_document(Article("example", text))


def _names(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value.name, *value.aliases) if isinstance(value, Entity) else (value.text,)


def _says(fact: Fact, rule: RelationRule, example: Example) -> bool:
    return (
        fact.predicate == rule.predicate
        and any(example.subject in name for name in _names(fact.subject))
        and (not example.object or any(example.object in name for name in _names(fact.object)))
    )


def test_there_are_rules_enough() -> None:
    assert len(RULES) >= 120


def test_ids_are_unique() -> None:
    counted = Counter(rule.id for rule in RULES)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_lemma_finds_its_rules() -> None:
    by_lemma = load_relation_rules()
    assert all(rule in by_lemma[lemma] for rule in RULES for lemma in rule.lemmas)


def test_predicates_and_kinds_exist() -> None:
    ontology = load_ontology()
    for rule in RULES:
        assert rule.predicate in ontology.properties, rule.id
        for slot in (rule.subject, rule.object):
            assert slot is None or all(f"kg:{kind}" in ontology.classes for kind in slot.kinds), rule.id


def test_kinds_fit_domain_and_range() -> None:
    ontology = load_ontology()

    def fits(slot: Slot | None, classes: tuple[str, ...]) -> bool:
        kinds = [k for k in slot.kinds if k != UNTOLD and k not in VALUES] if slot else []
        return all(ontology.is_kind(kind, name.removeprefix("kg:")) for kind in kinds for name in classes)

    for rule in RULES:
        term = ontology.term(rule.predicate)
        assert fits(rule.subject, term.domain), rule.id
        assert fits(rule.object, term.range), rule.id


def test_qualifier_names_exist() -> None:
    ontology = load_ontology()
    assert [(rule.id, name) for rule in RULES for name in rule.roles.values() if not ontology.is_qualifier(name)] == []


def test_no_rule_names_an_entity() -> None:
    gazetteers, ontology = load_gazetteers(), load_ontology()
    words = {word for rule in RULES for word in (*rule.lemmas, *(rule.object.nouns if rule.object else ()))}
    kinds = {word: gazetteers.kind(word) for word in words if len(word) > 2}  # 대상 and 공사 are firms' names too
    named = {word for word, kind in kinds.items() if kind is not None and any(ontology.is_kind(kind, k) for k in ("Agent", "Product"))}
    assert named == set()


def test_statement_rules_give_relations_of_speech() -> None:
    stated = [rule for rule in RULES if rule.voice == "statement"]
    assert {"밝히다", "주장하다", "비판하다", "부인하다", "일축하다", "전망하다", "제안하다", "촉구하다", "말하다"} <= {
        lemma for rule in stated for lemma in rule.lemmas
    }


def test_predicates_cover_the_field() -> None:
    named = {rule.predicate.removeprefix("kg:") for rule in RULES}
    wanted = (
        "appointedTo resignsFrom leads investsIn acquires mergesWith partnersWith signs establishes develops launches adopts supplies "
        "sells chooses competesWith basedOn announces says expects denies criticises proposes demands supports opposes heldAt locatedIn "
        "participatesIn meets visits investigates arrests indicts sues fines sentences bans approves regulates wins defeats scores "
        "transfersTo researches publishes discovers dies causes increasesBy decreasesBy shareOf partOf bornIn residesIn graduatesFrom"
    )
    assert set(wanted.split()) - named == set()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: RelationRule, example: Example) -> None:
    facts = _read(example.text).facts
    assert any(_says(fact, rule, example) for fact in facts), [(_names(f.subject)[:1], f.predicate, _names(f.object)[:1]) for f in facts]


@pytest.mark.parametrize(("rule", "example"), COUNTEREXAMPLES)
def test_counterexample(rule: RelationRule, example: Example) -> None:
    fired = [fact for fact in _read(example.text).facts if fact.evidence.rule == rule.id]
    assert fired == []
