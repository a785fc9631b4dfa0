"""Facts of clauses: by the relation rules where one fires, else with the clause's own predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.closing import find_closing
from kg.extract.drafts import build_fact
from kg.extract.emptied import is_emptied
from kg.extract.lent import is_anothers
from kg.extract.measures import find_achieved, find_measure
from kg.extract.open_facts import build_open, build_stake
from kg.extract.preceding import find_preceding
from kg.extract.readable import is_unreadable
from kg.extract.reproduced import find_reproduced
from kg.extract.respective import find_each
from kg.extract.restricted import is_cut_short, restrict, restrict_subject
from kg.extract.roles import Filled, find_filled, find_qualifiers
from kg.extract.scene import Scene
from kg.extract.speakers import find_speaker, is_mere_talk, is_ordered, is_others_word, is_unheard
from kg.extract.subjects import SHARED, find_subject, is_demanded, is_withheld
from kg.extract.suppositions import find_status, is_given, is_question, is_supposed
from kg.model import Argument, Clause, Document, Entity, Fact, Qualifier, Quantity, Span, Text, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.relations import RelationRule, Slot, load_relation_rules

_READ = frozenset(("body", "caption", "item"))
_CHANGES = ("kg:increasesBy", "kg:decreasesBy")
_FIRST = frozenset(("처음", "최초", "공동"))
_ONCE = ("kg:sues", "kg:loses")  # the first rule tells all that the others would
_DATED = frozenset(("time",))  # a slot that a day alone fills
_COMPARED = ("보다", "대비")
_BODY = re.compile(
    r"(?:[단팀당맹군족측]|[회공이]사|모임|학교|기관|업체|기업|사람|가족|헌장|수사관|[가-힣]관|여성|남성|학생"
    r"|세력|시민|주민|국민|인력|최측근|군대|철도|[방외내]상)$"
)
_ADDRESSED = re.compile(r"(?:제|내|저|나|저희|당신|귀하|본인)(?:들|\s자신|\s스스로)?|.*\s여러분")
_FIGURE_RELATIONS = frozenset(("kg:increasesBy", "kg:decreasesBy", "kg:increasesTo", "kg:decreasesTo", "kg:records", "kg:reaches"))


class ClauseFacts:
    """One fact or more for each clause: "KT가 MS와 동맹을 맺었다" is KT signs 동맹, KT partners-with MS."""

    name = "clauses"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        reproduced = find_reproduced(scene)
        for index, clause in enumerate(doc.clauses):
            if doc.sentences[clause.sentence].role not in _READ or (clause.sentence in reproduced and clause.quotation is None):
                continue
            if not is_question(scene, clause) and not is_supposed(scene, clause):
                yield from _read_clause(scene, index, clause)
            scene.whole = {}


def _read_clause(scene: Scene, index: int, clause: Clause) -> Iterator[Fact]:
    lemma = clause.predicate.lemma
    if lemma in load_fact_lexicon().framing_verbs or (lemma in load_fact_lexicon().containing_verbs and clause.relation in ("relative", "adverbial")):
        return
    if find_each(scene, clause) is not None or find_closing(scene, clause) is not None or len(tuple(find_achieved(scene, clause))) > 1:
        return  # told number by number, and as a price
    speaker = find_speaker(scene, clause)
    if (speaker is None and is_unheard(scene, clause)) or is_mere_talk(scene, clause) or is_ordered(scene, clause):
        return
    subject, trust = find_subject(scene, index, speaker)
    if subject is None and is_demanded(scene, clause):
        return  # 처리해달라고 했다: nobody has done it
    if is_withheld(scene, index, subject, speaker):
        return
    if subject is not None and subject.created and _ADDRESSED.fullmatch(subject.name):
        return  # 제 자신이 부끄럽다, 당신이 읽는 기사: who that is, only the words around say
    heard = speaker is None and is_others_word(scene, clause, subject)
    if heard:
        clause = replace(clause, status="claimed")
    nominal = clause.relation == "nominal" and clause.status == "asserted" and clause.predicate.kind != "noun"
    if nominal and trust == SHARED and not is_given(scene, clause):
        return  # 진실을 알리는 것이 중요하다고 시민들은 말했다: of whose telling, nobody says
    if subject is not None and is_unreadable(scene, clause, subject, speaker):
        return
    subject = restrict_subject(scene, clause, subject)
    if subject is not None and is_cut_short(scene, clause, subject):
        return
    filled = restrict(scene, clause, find_filled(scene, clause))
    scene.whole = {f.argument.span: f.value for f in filled if isinstance(f.value, Entity) and f.value.id.startswith("restricted:")}
    inert = subject is not None and trust == SHARED and _is_inert(scene, clause, subject)
    found = False
    stake = build_stake(scene, clause, subject, trust, filled, speaker)
    if stake is not None:
        found = True
        yield stake
    told: set[str] = set()
    for rule in _rules_for(lemma, clause):
        if rule.predicate in told and rule.predicate in _ONCE:
            continue  # 회사를 상대로 소송을 냈다: it sues the firm, not the lawsuit
        fact = _apply(scene, rule, index, subject, trust, filled, speaker)
        if fact is not None and heard and fact.status == "asserted":
            fact = replace(fact, status="claimed")
        if fact is not None and inert and "Agent" in rule.subject.kinds:
            return  # 재원은 어디에서 충당하고 인력을 늘릴지: the funds enlarge nothing
        if fact is not None:
            found = True
            told.add(rule.predicate)
            if is_emptied(scene, clause, fact):
                continue
            yield fact
            yield from find_preceding(scene, index, fact)
    if found or (lemma in load_clause_lexicon().saying_verbs and _reports(scene, index)):
        return
    fact = build_open(scene, clause, subject, trust, filled, speaker)
    if fact is not None and not is_emptied(scene, clause, fact):
        yield fact


def _is_inert(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a subject that another clause lends is a notion that does nothing: described by a common noun for no body of people."""
    if not subject.created or subject.kind != "Concept" or clause.predicate.voice == "passive" or _BODY.search(subject.name):
        return False
    lent = next((a for a in clause.arguments if a.role in ("subject", "topic") and a.shared and scene.entity_of(a) == subject), None)
    last = scene.token_ending.get(lent.span.end) if lent is not None else None
    return last is not None and last.tag == "NNG"


def _reports(scene: Scene, index: int) -> bool:
    """Whether the clause reports words: those become statements."""
    return any(q.cue == index for q in scene.doc.quotations)


def _rules_for(lemma: str, clause: Clause) -> tuple[RelationRule, ...]:
    rules = load_relation_rules()
    found = rules.get(lemma, ())
    if clause.predicate.voice == "passive" and lemma.endswith("되다"):
        found += tuple(r for r in rules.get(lemma[:-2] + "하다", ()) if r.voice not in ("active", "statement") and r not in found)
    return found


def _is_swapped(rule: RelationRule, clause: Clause) -> bool:
    return clause.predicate.voice == "passive" and clause.predicate.lemma not in rule.lemmas


def _apply(
    scene: Scene, rule: RelationRule, index: int, subject: Entity | None, trust: float, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """The fact that a rule reads from a clause, or None where a role or kind is missing."""
    clause = scene.doc.clauses[index]
    if _is_swapped(rule, clause):
        agent = _find_agent(scene, clause)
        if (
            agent is None
            or subject is None
            or rule.object is None
            or "object" not in rule.object.roles
            or not scene.is_kind(subject, rule.object.kinds)
        ):
            return None
        doer: Entity = agent
        thing: Value | None = subject
        used = tuple(a for a in clause.arguments if a.role in ("subject", "topic") or scene.entity_of(a) == agent)
    else:
        doer_found = _find_slot(scene, rule.subject, clause, filled, subject)
        if doer_found is None:
            return None
        doer, used = doer_found
        thing = None
        if rule.object is not None:
            found = _find_object(scene, rule.object, filled, used, doer)
            if found is not None:
                thing = found.value
                used = (*used, found.argument)
            elif "joined" in rule.object.roles:
                thing = _find_joined(scene, rule.object, index)
            elif clause.predicate.lemma in load_clause_lexicon().requesting_verbs and "text" in rule.object.values:
                thing = _find_demanded(scene, index)
            if thing is None:
                return None
    if rule.beside is not None:
        by = None if _is_swapped(rule, clause) else _find_object(scene, rule.beside, filled, used, doer)
        if by is None:
            return None
        used = (*used, by.argument)
    if rule.object is not None and rule.object.of:
        filled = tuple(f for f in filled if f.argument not in used)  # its number is now the amount
    barred = rule.subject.barred_kinds
    if not scene.is_kind(doer, rule.subject.kinds) or (barred and scene.is_kind(doer, barred)):
        return None
    generic = "Agent" in rule.subject.kinds and len(doer.name) < 3  # of longer nouns Kiwi may not know a name
    if (clause.relation == "relative" or generic) and scene.is_common(doer) and isinstance(thing, Entity | Text | None):
        return None  # 그 법을 비판하는 내용: the content criticises nothing
    qualifiers = [Qualifier(rule.roles.get(q.role, q.role), q.value) for q in find_qualifiers(scene, clause, filled, used)]
    if is_anothers(scene, clause, doer, (thing, *(q.value for q in qualifiers))):
        return None
    if any(q.role in rule.without for q in qualifiers):
        return None
    if doer.created and rule.predicate in _FIGURE_RELATIONS and find_measure(doer.name) is not None:
        return None  # 매출이 12% 늘었다: the figure of its owner
    if rule.predicate in _CHANGES and isinstance(thing, Quantity):
        qualifiers = [q for q in qualifiers if q.role != "amount"]  # 20만 톤보다 5만 톤 늘어난 25만 톤: one is the change
    if rule.predicate == "kg:locatedIn":
        qualifiers = []  # 오늘 오전 과천시에 위치한 공원에서: when it was, and with whom, is of what happened there
    label = load_ontology().term(rule.predicate).ko
    if clause.predicate.lemma != label:
        qualifiers.append(Qualifier("wording", Text(clause.predicate.lemma)))
    return build_fact(
        scene,
        clause.sentence,
        rule.id,
        rule.predicate,
        doer,
        thing,
        qualifiers,
        status=find_status(scene, clause, doer, qualifiers),
        negated=clause.negated,
        speaker=speaker,
        confidence=round(0.9 * (trust or 0.8), 3),
    )


def _find_agent(scene: Scene, clause: Clause) -> Entity | None:
    """Who does it in a passive clause: ~에 의해, ~에게, ~으로부터."""
    for argument in clause.arguments:
        if argument.role == "dative" and clause.predicate.lemma.removesuffix("되다") in load_fact_lexicon().giving_nouns:
            continue  # 수상자에게 자동차가 지급된다: who gets it
        if argument.josa in ("에게서", "부터"):
            continue  # 사돈에게서 돈을 받은 혐의로 기소됐다, 오전 0시부터 시작됐다
        if (argument.role in ("dative", "source")) and (entity := scene.entity_of(argument)) is not None:
            return entity
        # 경찰에 구속됐다, 한 회사에 인수됐다: -에 names who does it where it names a body of people
        if (
            argument.role == "locative"
            and argument.josa == "에"
            and (entity := scene.entity_of(argument)) is not None
            and scene.is_kind(entity, ("Organization",))
            and clause.predicate.lemma.removesuffix("되다") in load_fact_lexicon().seizing_nouns
            and not (clause.predicate.lemma.endswith("기소되다") and entity.kind == "Court")
        ):
            return entity
    return None


def _find_slot(
    scene: Scene, slot: Slot, clause: Clause, filled: tuple[Filled, ...], subject: Entity | None
) -> tuple[Entity, tuple[Argument, ...]] | None:
    if slot.roles[0] == "subject" and subject is not None:
        used = tuple(f.argument for f in filled if f.value == subject and f.argument.role in ("subject", "topic"))
        return subject, used
    for role in slot.roles:
        for item in filled:
            if item.argument.role == role and (not slot.josa or item.argument.josa in slot.josa) and isinstance(item.value, Entity):
                return item.value, (item.argument,)
    return None


def _find_object(scene: Scene, slot: Slot, filled: tuple[Filled, ...], used: tuple[Argument, ...], doer: Entity) -> Filled | None:
    for role in slot.roles:
        nearest = slot.values == frozenset(("quantity",)) or (role == "locative" and not slot.values)
        for item in reversed(filled) if nearest else filled:
            if item.argument.role != role or item.argument in used or item.value == doer or item.argument.josa in _COMPARED:
                continue
            if isinstance(item.value, Time) and item.argument.josa not in ("을", "를") and "time" not in slot.values:
                continue
            if slot.values == _DATED and isinstance(item.value, Time) and item.value.grain == "duration":
                continue  # 3주간 열린다: how long
            if slot.josa and item.argument.josa not in slot.josa:
                continue
            if slot.of:
                owner = _find_owner(scene, slot, item.argument)
                if owner is not None and owner != doer:
                    return Filled(item.argument, owner)
                continue
            head = item.argument.head.of(scene.text)
            if head in _FIRST and item.argument.josa in ("로", "으로"):
                continue  # 처음으로 발탁됐다
            if (slot.nouns and not any(head.endswith(n) for n in slot.nouns)) or head in slot.barred:
                continue
            if _is_allowed(scene, slot, item.value):
                return item
    return None


def _find_owner(scene: Scene, slot: Slot, argument: Argument) -> Entity | None:
    """Whose thing a phrase tells of: KT of "KT 지분 12%"."""
    words = argument.span.of(scene.text)
    for noun in slot.of:
        at = words.rfind(noun)
        if at > 0:
            named = [e for e in scene.entities_in(Span(argument.span.start, argument.span.start + at)) if not e.created]
            if named and scene.is_kind(named[-1], slot.kinds):
                return named[-1]
    return None


def _find_joined(scene: Scene, slot: Slot, index: int) -> Entity | None:
    """The object of a clause joined to this one: "동맹을 맺고 2조원을 투입한다" invests in the alliance."""
    doc = scene.doc
    for other in scene.clauses_of[doc.clauses[index].sentence]:
        clause = doc.clauses[other]
        if clause.parent != index or clause.relation not in ("coordinate", "adverbial") or clause.negated:
            continue
        for argument in clause.arguments:
            if argument.role == "object" and not argument.shared:
                entity = scene.entity_of(argument)
                if entity is not None and scene.is_kind(entity, slot.kinds):
                    return entity
    return None


def _find_demanded(scene: Scene, index: int) -> Text | None:
    """What somebody is asked to do: 자료를 제출하도록 of "위원회는 부처에 자료를 제출하도록 요구했다"."""
    for other in scene.clauses_of[scene.doc.clauses[index].sentence]:
        clause = scene.doc.clauses[other]
        words = clause.predicate.span.of(scene.text)
        things = [a for a in clause.arguments if a.role == "object" and not a.shared]
        if clause.parent == index and words.endswith("도록") and things:
            return Text(" ".join(scene.text[things[0].span.start : clause.predicate.span.end].split()))
    return None


def _is_allowed(scene: Scene, slot: Slot, value: Value) -> bool:
    if isinstance(value, Entity):
        return scene.is_kind(value, slot.kinds)
    wanted = "quantity" if isinstance(value, Quantity) else "time" if isinstance(value, Time) else "text"
    return wanted in slot.values
