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
# what a thing means or falls under, which nobody does
_STATIVE = frozenset("의미하다 뜻하다 해당하다 나타내다 불과하다 그치다 가리키다 초과하다 포함하다 나뉘다".split())
_HUMBLE = frozenset("드리다 뵙다 찾아뵙다 살펴보다 알아보다 전하다".split())
_OFFICES = frozenset(("GovernmentAgency", "PoliticalParty", "Court"))
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
    others = any(_has_own_subject(people, clause) and not _goes_on(people, clause, salience) for clause in clauses)
    if others or any(_names_body(people, a) for clause in clauses for a in clause.arguments):
        return  # somebody else is spoken of here
    if any(_is_anybodys(people, clause) for clause in clauses):
        return  # 담배를 피우면 벌금을 낸다: whoever does
    opener = _find_opener(people, clauses, number)
    for clause in clauses:
        if clause.parent is not None or clause.relation not in ("main", "coordinate") or clause.quotation is not None:
            continue
        if clause.predicate.voice == "passive" or any(a.role == "subject" or (a.role == "topic" and acts(people, a)) for a in clause.arguments):
            continue
        if _needs_nobody(people, clause) or any(_speaks_of_other(people, clause, a) for a in clause.arguments):
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


def _goes_on(people: Individuals, clause: Clause, salience: Salience) -> bool:
    """Whether a clause by 서 says why the topic of the discourse itself did the rest: 회사가 자금이 부족해서 건물을 팔았다."""
    if clause.relation != "adverbial" or salience.actor is None or not clause.predicate.span.of(people.text).rstrip(",").endswith("서"):
        return False
    named = [a.span for a in clause.arguments if a.role in ("subject", "topic") and not a.shared and acts(people, a)]
    return bool(named) and all(people.resolve(people.at[span]) == people.resolve(salience.actor) for span in named)


def _needs_nobody(people: Individuals, clause: Clause) -> bool:
    """Whether a clause tells of no one who acts, or of the writer: 부당한 광고에 해당한다, 8개 장으로 나누어진다, 일찍 찾아뵙겠습니다."""
    predicate = clause.predicate
    if predicate.kind == "adjective" or predicate.lemma in _STATIVE | _HUMBLE or predicate.lemma.endswith("지다"):
        return True
    return predicate.span.of(people.text).rstrip(".!").endswith(("겠다", "겠습니다"))


def _is_anybodys(people: Individuals, clause: Clause) -> bool:
    """Whether a clause by 면 says of nobody under what terms the rest holds: 담배를 피우면, 공익성이 강하면."""
    words = clause.predicate.span.of(people.text).rstrip(",")
    if clause.quotation is not None or clause.relation not in ("adverbial", "coordinate") or not words.endswith("면"):
        return False
    return not any(a.role in ("subject", "topic") and acts(people, a) for a in clause.arguments)


def _names_body(people: Individuals, argument: Argument) -> bool:
    """Whether a body is told of in the form of a place: 야권에서는 애도를 표했다."""
    words = argument.head.of(people.text)
    after = people.text[argument.span.end : argument.span.end + 4]
    if argument.shared or not after.startswith(("에서는", "에서도", "에선")):
        return False
    return find_kind(words) in _BODIES_TOLD or _LETTERS.search(words) is not None


def _speaks_of_other(people: Individuals, clause: Clause, argument: Argument) -> bool:
    """Whether a clause tells of whom it speaks, though by no subject: 태풍은 북상한다, 검찰에서 맡는다; but 계약금은 지급했다 lacks one."""
    if argument.shared:
        return False
    if argument.role == "topic":
        if argument.josa not in ("은", "는") or argument.head.of(people.text) in load_reference_lexicon().moments:
            return False
        return any(a.role == "object" for a in clause.arguments) or not is_seen_transitive(clause.predicate.lemma)
    done = any(a.role in ("object", "topic") for a in clause.arguments) and is_seen_transitive(clause.predicate.lemma)
    return done and argument.josa == "에서" and find_kind(argument.head.of(people.text)) in _OFFICES


def _has_own_subject(people: Individuals, clause: Clause) -> bool:
    """Whether a clause in the article's own voice names its subject; in a modifier it is the sentence's only where it is a topic."""
    if clause.quotation is not None:
        return False
    if clause.relation in ("relative", "adverbial"):
        josa = ("은", "는", "도") if clause.relation == "relative" else ("은", "는", "도", "이", "가")
        named = (a for a in clause.arguments if a.role in ("subject", "topic") and a.josa in josa and not a.shared)
        # 주민들은 물고기를 파는 어업을 소득원으로 삼았다
        return any(acts(people, a) or (a.role == "subject" and a.josa in ("은", "는", "도")) for a in named)
    if clause.relation not in ("main", "coordinate", "quotative", "nominal"):
        return False
    return any(not a.shared and (a.role == "subject" or (a.role == "topic" and acts(people, a))) for a in clause.arguments)
