"""Subjects that are not said because everybody knows them: the topic of the discourse acts on, unless a clause speaks of another."""

from __future__ import annotations

import re

from kg.coref.individuals import Individuals
from kg.coref.salience import Salience, acts
from kg.model import Argument, Clause, Span
from kg.tables.lexicons import find_kind, is_seen_transitive, load_clause_lexicon
from kg.tables.references import load_reference_lexicon

_LETTERS = re.compile(r"[A-Z]{3,}$")  # YTN에서는: a body that goes by its letters
_OPENING = 4  # code points of a quotation mark, 또 or 이에 before the first word
_LASTING = 2  # sentences after which who acted is no longer the topic of the discourse
_BODIES_TOLD = frozenset(("Organization", "GovernmentAgency", "PoliticalParty", "Company", "MediaOutlet"))


def has_acted(people: Individuals, clauses: list[Clause], salience: Salience) -> bool:
    """Whether the actor is the subject of a clause of the sentence, said or not."""
    if salience.actor is None:
        return False
    actor = people.resolve(salience.actor)
    spans = [a.span for c in clauses for a in c.arguments if a.role in ("subject", "topic") and c.quotation is None]
    spans += [Span(c.predicate.span.start, c.predicate.span.start) for c in clauses]
    return any(span in people.at and people.resolve(people.at[span]) == actor for span in spans)


def fill_silence(people: Individuals, clauses: list[Clause], salience: Salience, number: int) -> None:
    """A main clause without a subject takes the topic of the discourse, at an empty place before its predicate."""
    lexicon = load_clause_lexicon()
    if number - salience.acted_in > _LASTING:
        return  # others have been spoken of since
    if any(_has_own_subject(people, clause) for clause in clauses):
        return  # somebody else is spoken of here
    opener = _find_opener(people, clauses, number)
    for clause in clauses:
        if clause.parent is not None or clause.relation not in ("main", "coordinate") or clause.quotation is not None:
            continue
        if clause.predicate.voice == "passive" or any(a.role == "subject" or (a.role == "topic" and acts(people, a)) for a in clause.arguments):
            continue
        if clause.predicate.kind == "adjective" or any(_speaks_of_other(people, clause, a) for a in clause.arguments):
            continue
        topic = salience.speaker if clause.predicate.lemma in lexicon.saying_verbs and salience.speaker is not None else salience.actor
        if topic is not None and opener in (None, people.resolve(topic)):
            people.mention(topic, Span(clause.predicate.span.start, clause.predicate.span.start))


def _find_opener(people: Individuals, clauses: list[Clause], number: int) -> int | None:
    """Who is the topic with which a sentence begins, though only of reported words: 대표 of "대표는 비싸다며 값을 내리라고 했다"."""
    start = people.doc.sentences[number].span.start
    for clause in clauses:
        for argument in clause.arguments:
            opens = argument.role in ("subject", "topic") and not argument.shared and argument.span.start - start < _OPENING
            if opens and argument.josa in ("은", "는") and acts(people, argument):
                return people.resolve(people.at[argument.span])
    return None


def _speaks_of_other(people: Individuals, clause: Clause, argument: Argument) -> bool:
    """Whether a clause tells of whom it speaks, though by no subject: 태풍은 북상한다, 야권에서는 애도를 표했다; but 계약금은 지급했다 lacks one."""
    if argument.shared:
        return False
    after = people.text[argument.span.end : argument.span.end + 4]
    if argument.role == "topic":
        if argument.josa not in ("은", "는") or argument.head.of(people.text) in load_reference_lexicon().moments:
            return False
        return any(a.role == "object" for a in clause.arguments) or not is_seen_transitive(clause.predicate.lemma)
    words = argument.head.of(people.text)
    return after.startswith(("에서는", "에서도", "에선")) and (find_kind(words) in _BODIES_TOLD or _LETTERS.search(words) is not None)


def _has_own_subject(people: Individuals, clause: Clause) -> bool:
    """Whether a clause in the article's own voice names its subject; in a modifier it is the sentence's only where it is a topic."""
    if clause.quotation is not None:
        return False
    if clause.relation == "relative":
        topics = (a for a in clause.arguments if a.role in ("subject", "topic") and a.josa in ("은", "는") and not a.shared)
        return any(acts(people, a) for a in topics)  # 주민들은 물고기를 파는 어업을 소득원으로 삼았다
    if clause.relation not in ("main", "coordinate", "quotative", "nominal"):
        return False
    return any(not a.shared and (a.role == "subject" or (a.role == "topic" and acts(people, a))) for a in clause.arguments)
