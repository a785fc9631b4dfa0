"""How many gold facts a graph holds.

A gold fact is found leniently where one extracted fact has its subject, and its object or value as object, qualifier
or speaker; strictly where besides the relation, the status and the polarity are right; its value where a fact of the
same sentence carries it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.comparison import is_like, is_negative, is_same_relation, is_value_among, normalise, stem
from kg.evaluate.extracted import ExtractedFact, read_extracted
from kg.evaluate.gold import Gold, GoldEntity, GoldFact, read_gold
from kg.evaluate.reports import share, shown, table

SUBJECT_FLOOR: Final = 0.6
OBJECT_FLOOR: Final = 0.5
SENTENCE_START: Final = 12

# A statement's modality accepts its own status; these accept one more, since articles word them both ways.
_ALSO: Final[Mapping[str, str]] = {"expected": "planned", "claimed": "asserted", "denied": "asserted"}
_PARTY: Final = re.compile(r"[·,]\s?")
# Relations that hold both ways, or that are said from either end.
_EITHER_WAY: Final = frozenset(map(stem, (
    "협력하다", "협업하다", "제휴하다", "합병하다", "경쟁하다", "논의하다", "체결하다", "맺다", "손잡다", "만나다", "맞붙다",
    "파트너십", "별칭", "소속", "기반", "제공사",
)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a gold fact; ``value`` is None where it has none, ``relations`` are those that say it strictly."""

    fact: GoldFact
    lenient: bool
    strict: bool
    value: bool | None
    relations: frozenset[str]


def score_facts(lines: Path, gold: Sequence[Path], *, verbose: bool) -> str:
    """The score of a ``facts.jsonl``: per article and all, per relation extracted, and per predicate of the gold.

    ``verbose`` lists each gold fact that is not found strictly ("half" is found leniently), and every row of the tables.
    """
    files = read_gold(gold)
    facts = read_extracted(lines)
    scored = [(file, facts.get(file.id, ())) for file in files]
    outcomes = [find_outcomes(file, extracted) for file, extracted in scored]
    rows = [_row(file.id, found, len(have)) for (file, have), found in zip(scored, outcomes, strict=True)]
    every = [outcome for found in outcomes for outcome in found]
    report = table(
        ("article", "facts", "lenient", "strict", "values", "extracted"),
        [*rows, _row("all", every, sum(len(have) for _, have in scored))],
    )
    report += [
        f"{shown(file.id)}: {lines} has no facts of this article; the two ids must be the same."
        for file, have in scored
        if not have
    ]
    if verbose:
        report += ["", *_misses(every)]
    report += ["", *_relations([fact for _, have in scored for fact in have], every, verbose)]
    report += ["", *_predicates(every, verbose)]
    return "\n".join(report)


def find_outcomes(gold: Gold, extracted: Sequence[ExtractedFact]) -> tuple[Outcome, ...]:
    """What became of each gold fact of an article."""
    names = _Names(gold.entities)
    return tuple(_outcome(fact, names, extracted) for fact in gold.facts)


class _Names:
    """Who bears which normalised name in an article: a name shared by two belongs to the first."""

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._groups: dict[str, set[str]] = {}
        self._owner: dict[str, str] = {}
        for entity in entities:
            group = {normalise(name) for name in (entity.name, *entity.aliases)} - {""}
            for name in group:
                self._groups.setdefault(name, set()).update(group)
                self._owner.setdefault(name, normalise(entity.name))

    def find(self, name: str) -> frozenset[str]:
        """All names of who is meant; of "KT·MS" also those of either party that the article knows."""
        whole = normalise(name)
        parties = {party for part in _PARTY.split(name) if (party := normalise(part)) in self._groups}
        return frozenset().union(*({piece} | self._groups.get(piece, set()) for piece in {whole} | parties))

    def is_match(self, wanted: frozenset[str], names: frozenset[str], floor: float) -> bool:
        """Whether the names are like the wanted ones, and not the names of another entity of the article."""
        homes = {self._owner[name] for name in wanted if name in self._owner}
        if homes:
            names = frozenset(name for name in names if self._owner.get(name) in homes | {None})
        return is_like(wanted, names, floor)


def _outcome(gold: GoldFact, names: _Names, extracted: Sequence[ExtractedFact]) -> Outcome:
    subject, thing = names.find(gold.subject), names.find(gold.object)
    predicates = frozenset(map(stem, gold.predicates)) - {""}
    statuses = frozenset(gold.modalities) | {_ALSO[m] for m in gold.modalities if m in _ALSO}
    negative = is_negative(gold.predicates[0])
    beginning = normalise(gold.sentence)[:SENTENCE_START]
    lenient = value = False
    relations = set()
    for fact in extracted:
        has_value = bool(gold.norm) and is_value_among(gold.norm, fact.measures)
        value = value or (has_value and beginning in fact.sentence)
        forward = names.is_match(subject, fact.subjects, SUBJECT_FLOOR) and (
            has_value or names.is_match(thing, fact.others, OBJECT_FLOOR)
        )
        if not forward and not (
            names.is_match(thing, fact.subjects, SUBJECT_FLOOR) and names.is_match(subject, fact.others, SUBJECT_FLOOR)
        ):
            continue
        lenient = True
        if (
            (is_same_relation(predicates, fact.labels) or predicates & fact.others)
            and (forward or predicates & _EITHER_WAY)
            and ("denied" in gold.modalities or negative == fact.negative)
            and fact.status in statuses
        ):
            relations.add(fact.relation)
    return Outcome(gold, lenient, bool(relations), value if gold.norm else None, frozenset(relations))


def _row(name: str, outcomes: Sequence[Outcome], extracted: int) -> tuple[str, ...]:
    values = [outcome.value for outcome in outcomes if outcome.value is not None]
    return (
        name,
        str(len(outcomes)),
        share(sum(outcome.lenient for outcome in outcomes), len(outcomes)),
        share(sum(outcome.strict for outcome in outcomes), len(outcomes)),
        f"{sum(values)}/{len(values)}",
        str(extracted),
    )


def _misses(outcomes: Iterable[Outcome]) -> list[str]:
    return [
        f"{'half' if outcome.lenient else 'MISS'}  {shown(outcome.fact.label)}: {shown(outcome.fact.statement)}"
        for outcome in outcomes
        if not outcome.strict
    ]


def _relations(facts: Sequence[ExtractedFact], outcomes: Iterable[Outcome], verbose: bool) -> list[str]:
    names = {fact.relation: fact.name for fact in reversed(facts)}
    counts = Counter(fact.relation for fact in facts)
    gold = Counter(relation for outcome in outcomes for relation in outcome.relations)
    order = sorted(counts, key=lambda relation: (-counts[relation], relation))
    kept = [relation for relation in order if verbose or not relation.startswith("kgo:")]
    rows = [_relation_row(relation, names[relation], counts[relation], gold[relation]) for relation in kept]
    rest = [relation for relation in order if relation not in kept]
    if rest:
        sums = sum(counts[relation] for relation in rest), sum(gold[relation] for relation in rest)
        rows.append(_relation_row(f"{len(rest)} open relations", "", *sums))
    return table(("relation", "", "extracted", "gold"), rows, words=2)


def _relation_row(relation: str, name: str, extracted: int, gold: int) -> tuple[str, ...]:
    return relation, name, str(extracted), str(gold)


def _predicates(outcomes: Iterable[Outcome], verbose: bool) -> list[str]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.fact.predicates[0], []).append(outcome)
    order = sorted(groups, key=lambda predicate: (-len(groups[predicate]), predicate))
    kept = [predicate for predicate in order if verbose or len(groups[predicate]) > 1]
    rows = [_predicate_row(predicate, groups[predicate]) for predicate in kept]
    rest = [outcome for predicate in order[len(kept):] for outcome in groups[predicate]]
    if rest:
        rows.append(_predicate_row(f"{len(rest)} others, once each", rest))
    return table(("gold predicate", "facts", "lenient", "strict"), rows)


def _predicate_row(name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    counts = len(outcomes), sum(o.lenient for o in outcomes), sum(o.strict for o in outcomes)
    return name, *map(str, counts)
