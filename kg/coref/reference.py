"""Pointing words and silence: 그, 양사, 이 회사, and subjects that are not said because everybody knows them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.coref.descriptions import add_description, find_at_head
from kg.coref.individuals import GROUP_KIND, Individuals, coarse, is_agent, squeeze
from kg.model import Argument, Clause, Quantity, Span, Time
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.references import load_reference_lexicon

_MENTION_ROLES = ("subject", "topic", "object", "comitative", "dative", "locative", "instrument", "complement", "source", "goal", "adverbial")


@dataclass(slots=True)
class Salience:
    """Who is being talked about: the last person, the last organisation, the last pair, and the topic of the discourse."""

    person: int | None = None
    organisation: int | None = None
    pair: tuple[int, ...] = ()
    actor: int | None = None
    speaker: int | None = None


def walk_clauses(people: Individuals) -> None:
    """Read the clauses in order, resolving what points back and noting who is talked about."""
    doc = people.doc
    values = _value_spans(doc.times, doc.quantities)
    salience = Salience()
    by_sentence: dict[int, list[Clause]] = {}
    for clause in doc.clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause)
    for number in sorted(by_sentence):
        role = doc.sentences[number].role
        clauses = by_sentence[number]
        for clause in clauses:
            for argument in clause.arguments:
                if argument.role in _MENTION_ROLES and not argument.shared:
                    _read_argument(people, argument, salience, values)
        for clause in clauses:
            for argument in clause.arguments:
                if argument.shared and argument.span not in people.at:
                    _read_argument(people, argument, salience, values)
        if role in ("body", "item"):
            _fill_silence(people, clauses, salience)
        if role in ("body", "caption", "item"):
            _remember(people, clauses, salience)


def _value_spans(times: tuple[Time, ...], quantities: tuple[Quantity, ...]) -> frozenset[int]:
    """Every code point that belongs to a time or quantity."""
    return frozenset(i for value in (*times, *quantities) for i in range(value.span.start, value.span.end))


def _read_argument(people: Individuals, argument: Argument, salience: Salience, values: frozenset[int]) -> None:
    words = argument.span.of(people.text)
    head = argument.head.of(people.text)
    lexicon = load_reference_lexicon()
    if argument.span in people.at:
        return
    if head in lexicon.person_pronouns and words == head:
        if salience.person is not None:
            people.mention(salience.person, argument.span)
        return
    if words in lexicon.group_words or (head in lexicon.group_words and not words[: -len(head)].strip().endswith("의")):
        _add_group(people, argument, words, salience)
        return
    if words in lexicon.first_person or head in lexicon.first_person:
        return
    joined = _coordinated(people, argument)
    if len(joined) > 1:
        people.mention(_group(people, joined), argument.span)
        return
    known = find_at_head(people, argument)
    if known is not None:
        people.mention(known, argument.span)
        return
    first = words.split()[0] if words.split() else ""
    if head in lexicon.firms and (words == head or (first in lexicon.determiners and len(words.split()) == 2)):
        if salience.organisation is not None:
            people.mention(salience.organisation, argument.span)
            if words != head:
                people.name(salience.organisation, words)
        return
    if argument.head.end - 1 in values or argument.head.start in values:
        return
    if head in load_clause_lexicon().bound_nouns:
        return
    add_description(people, argument)


def _add_group(people: Individuals, argument: Argument, words: str, salience: Salience) -> None:
    members = salience.pair
    lexicon = load_reference_lexicon()
    word = words if words in lexicon.group_words else argument.head.of(people.text)
    people_wanted = word in ("두 사람", "이들")
    if people_wanted and members and any(coarse(people.get(m).kind) != "PER" for m in members):
        members = ()
    if not people_wanted and members and any(coarse(people.get(m).kind) == "PER" for m in members):
        members = ()
    if len(members) < 2:
        return
    number = _group(people, members)
    people.mention(number, argument.span)
    people.name(number, word)


def _group(people: Individuals, members: tuple[int, ...]) -> int:
    """The group of some individuals, known by their names joined: KT·마이크로소프트."""
    name = "·".join(people.get(m).name for m in members)
    number = people.find(name)
    if number is None or not people.get(number).members:
        number = people.add(GROUP_KIND, name)
        people.items[number].members = members
        people.by_name[squeeze(name)] = number
    return number


def _fill_silence(people: Individuals, clauses: list[Clause], salience: Salience) -> None:
    """A main clause without a subject takes the topic of the discourse, at an empty place before its predicate."""
    lexicon = load_clause_lexicon()
    for clause in clauses:
        if clause.parent is not None or clause.relation not in ("main", "coordinate") or clause.quotation is not None:
            continue
        if any(a.role in ("subject", "topic") for a in clause.arguments) or clause.predicate.voice == "passive":
            continue
        if clause.predicate.kind == "adjective":
            continue
        topic = salience.speaker if clause.predicate.lemma in lexicon.saying_verbs and salience.speaker is not None else salience.actor
        if topic is not None:
            people.mention(topic, Span(clause.predicate.span.start, clause.predicate.span.start))


def _remember(people: Individuals, clauses: list[Clause], salience: Salience) -> None:
    lexicon = load_clause_lexicon()
    quoted = [c for c in clauses if c.quotation is not None]
    for clause in clauses:
        subject = next((a for a in clause.arguments if a.role in ("subject", "topic") and not a.shared), None)
        number = people.at.get(subject.span) if subject is not None else None
        if number is not None and is_agent(people.get(number).kind) and clause not in quoted:
            number = people.resolve(number)
            item = people.get(number)
            if coarse(item.kind) == "PER":
                salience.person = number
            elif coarse(item.kind) == "ORG":
                salience.organisation = number
            if clause.relation in ("main", "coordinate") and not clause.parent:
                if clause.predicate.lemma in lexicon.saying_verbs and coarse(item.kind) == "PER":
                    salience.speaker = number
                else:
                    salience.actor = number
                    if clause.predicate.lemma in lexicon.saying_verbs:
                        salience.speaker = number
            elif clause.relation in ("main", "coordinate", "adverbial") and coarse(item.kind) != "PER":
                salience.actor = number
        pair = _find_pair(people, clause)
        if pair:
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
    joined = _coordinated(people, subject)
    if len(joined) >= 2:
        return joined
    partner = next((a for a in clause.arguments if a.role == "comitative"), None)
    second = people.at.get(partner.span) if partner is not None else None
    if second is None:
        return ()
    second = people.resolve(second)
    same = coarse(people.get(second).kind) == coarse(item.kind) or {coarse(people.get(second).kind), coarse(item.kind)} <= {"ORG", "LOC"}
    return (first, second) if same and second != first and is_agent(item.kind) else ()


def _coordinated(people: Individuals, argument: Argument) -> tuple[int, ...]:
    """The individuals that a phrase joins with 와/과, · or commas."""
    found: list[int] = []
    end: int | None = None
    last = argument.span.start
    for span in sorted(people.spans_in(argument.span)):
        if span == argument.span or span.end == span.start:
            continue
        number = people.resolve(people.at[span])
        if not is_agent(people.get(number).kind):
            continue
        if end is not None and people.text[end : span.start].strip(" ") not in ("와", "과", "·", ",", "및", "-", "vs", "ㆍ", "하고"):
            if not people.text[end : span.start].rstrip().endswith(("와", "과", ",", "·")):
                found = []
        if number not in found:
            found.append(number)
        end = last = span.end
    return tuple(found) if last >= argument.head.start else ()
