"""Who is talked about: what each clause leaves in mind for those that point back or say nothing of their subject."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.coref.enumerations import find_coordinated
from kg.coref.individuals import Individual, Individuals, coarse, is_agent
from kg.model import Argument, Clause
from kg.tables.lexicons import load_clause_lexicon

# nouns by which one person is told of who has no name in the text
_SOLE = ("범인", "용의자", "피의자", "남성", "여성", "대표", "대통령", "총리", "장관", "위원장", "회장", "사장", "감독", "소장", "총장")
_SITES = frozenset(("City", "Region", "Place", "Facility"))  # they act where they are named, not where nobody is


@dataclass(slots=True)
class Salience:
    """Who is being talked about: the last person, organisation and pair, whom 이 회사 meant last, and the topic of the discourse."""

    person: int | None = None
    person_at: int = 0
    organisation: int | None = None
    pointed: int | None = None
    pointed_at: int = 0
    pair: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    firms: list[int] = field(default_factory=list)
    actor: int | None = None
    acted_in: int = 0  # the number of the last sentence of which the actor was the subject, said or not
    speaker: int | None = None


def is_somebody(item: Individual) -> bool:
    """Whether 그 may mean an individual: a person with a name, or one told of alone (한 남성, 용의자), not people in general (시민)."""
    return coarse(item.kind) == "PER" and (not item.created or item.name.startswith(("한 ", "어떤 ", "이 ")) or item.name.endswith(_SOLE))


def acts(people: Individuals, argument: Argument) -> bool:
    """Whether an argument names somebody who can act: a person, a body, a state."""
    number = people.at.get(argument.span)
    return number is not None and is_agent(people.get(number).kind)


def remember(people: Individuals, clauses: list[Clause], salience: Salience) -> None:
    """Note whom the clauses of a sentence leave in mind: who acted, who spoke, which two were joined; a paper that reports only speaks."""
    lexicon = load_clause_lexicon()
    quoted = [c for c in clauses if c.quotation is not None and people.doc.quotations[c.quotation].direct]
    for clause in clauses:
        subject = next((a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared), None)
        number = people.at.get(subject.span) if subject is not None else None
        if number is not None and is_agent(people.get(number).kind) and people.get(number).kind not in _SITES and clause not in quoted:
            number = people.resolve(number)
            item = people.get(number)
            if is_somebody(item):
                salience.person = number
                salience.person_at = clause.span.end
            if coarse(item.kind) == "ORG" and not item.name.endswith(" 측"):  # of a person: no 회사
                salience.organisation = number
                salience.firms = [f for f in salience.firms if f != number] + [number]
            if coarse(item.kind) == "PER" and item.created:
                continue  # 선수: nobody in particular, who does what nobody is named for
            if clause.relation in ("main", "coordinate") and not clause.parent:
                if clause.predicate.lemma in lexicon.saying_verbs and (coarse(item.kind) == "PER" or item.kind == "MediaOutlet"):
                    salience.speaker = number
                else:
                    salience.actor = number
                    if clause.predicate.lemma in lexicon.saying_verbs:
                        salience.speaker = number
            elif clause.relation in ("main", "coordinate", "adverbial") and coarse(item.kind) != "PER":
                salience.actor = number
        pair = _find_pair(people, clause)
        if pair:
            if coarse(people.get(pair[0]).kind) == "PER":
                salience.persons = pair
            else:
                salience.pair = pair


def _find_pair(people: Individuals, clause: Clause) -> tuple[int, ...]:
    """Two of a kind that a clause joins: "KT가 MS와", "KT와 MS가"."""
    subject = next((a for a in clause.arguments if a.role in ("subject", "topic")), None)
    if subject is None:
        return ()
    first = people.at.get(subject.span)
    if first is None:
        return ()
    first = people.resolve(first)
    item = people.get(first)
    if item.members:
        return tuple(people.resolve(m) for m in item.members)
    joined = find_coordinated(people, subject)
    if len(joined) >= 2:
        return joined
    partner = next((a for a in clause.arguments if a.role == "comitative"), None)
    second = people.at.get(partner.span) if partner is not None else None
    if second is None:
        return ()
    second = people.resolve(second)
    if item.created or people.get(second).created:
        return ()  # 해외 기업과 손잡은 사례: nobody in particular
    same = coarse(people.get(second).kind) == coarse(item.kind) or {coarse(people.get(second).kind), coarse(item.kind)} <= {"ORG", "LOC"}
    return (first, second) if same and second != first and is_agent(item.kind) else ()
