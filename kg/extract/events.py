"""Facts of clauses: by the relation rules where one fires, else with the clause's own predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.figures import find_measure
from kg.extract.roles import Filled, find_filled, find_qualifiers, find_speaker, find_subject
from kg.extract.scene import Scene
from kg.model import Argument, ArgumentRole, Clause, Document, Entity, Fact, Qualifier, Quantity, Span, Text, Time, Value
from kg.tables.lexicons import is_transitive, load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.relations import RelationRule, Slot, load_relation_rules

_READ = frozenset(("body", "caption", "item"))
_EMPTY = frozenset(
    (
        "하다 되다 이다 같다 있다 않다 그러다 의하다 따르다 위하다 대하다 관하다 통하다 인하다 비롯하다 말다 보다 싶다 이러하다 "
        "그러하다 어떠하다 아니다 없다 가지다 두다 달하다"
    ).split()
)
_FRAMING = frozenset("의하다 따르다 위하다 대하다 관하다 통하다 인하다 비롯하다 향하다 관련하다 불구하다 더불다 아니다 걸치다 앞두다 더하다".split())
_CONTAINING = frozenset(("포함하다", "제외하다"))  # 퇴직자를 포함한 공무원: who is meant, not what happens
_VAGUE = frozenset(
    (
        "안팎 정도 수준 가량 상태 상황 전망 예정 것 중 편 입장 방침 계획 셈 때문 만큼 실정 추세 처지 모양 일 이유 탓 덕분 분위기 "
        "반응 평가 관측 분석 지적 설명 주장 생각 판단 뜻 목표 구조 형태 방식 꼴 격 모양새 형국 노릇 지경 점 것 한계 마당 참 식 데 곳 바"
    ).split()
)
_HOLDING = frozenset(("보유하다", "가지다", "쥐다", "갖다", "소유하다", "확보하다", "나누다"))
_LONGEST_CLASS = 60
_FIGURE_RELATIONS = frozenset(("kg:increasesBy", "kg:decreasesBy", "kg:increasesTo", "kg:decreasesTo", "kg:records", "kg:reaches"))
_OBJECT_ROLES: tuple[ArgumentRole, ...] = ("object", "complement", "dative", "goal", "locative", "comitative")


class ClauseFacts:
    """One fact or more for each clause: "KT가 MS와 동맹을 맺었다" is KT signs 동맹, KT partners-with MS."""

    name = "clauses"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        for index, clause in enumerate(doc.clauses):
            if doc.sentences[clause.sentence].role in _READ and not _is_question(scene, clause) and not _is_supposed(scene, clause):
                yield from _read_clause(scene, index, clause)


def _read_clause(scene: Scene, index: int, clause: Clause) -> Iterator[Fact]:
    lemma = clause.predicate.lemma
    if lemma in _FRAMING or (lemma in _CONTAINING and clause.relation in ("relative", "adverbial")):
        return
    speaker = find_speaker(scene, clause)
    subject, trust = find_subject(scene, index, speaker)
    filled = find_filled(scene, clause)
    found = False
    stake = _build_stake(scene, clause, subject, trust, filled, speaker)
    if stake is not None:
        found = True
        yield stake
    for rule in _rules_for(lemma, clause):
        fact = _apply(scene, rule, index, subject, trust, filled, speaker)
        if fact is not None:
            found = True
            yield fact
    if found or (lemma in load_clause_lexicon().saying_verbs and _reports(scene, index)):
        return
    fact = _build_open(scene, clause, subject, trust, filled, speaker)
    if fact is not None:
        yield fact


_QUESTION_WORD = re.compile(r"(?:^|\s)(?:어떻게|어떤|왜|얼마나|누가|누구|무엇|무슨|어디|언제|몇)(?=$|[\s을를에가이])")
_ASKED = re.compile(r"(?:지|느냐|냐)(?:를|는|도|가|에)?$")
_QUESTION = re.compile(r"(?:나|는가|은가|인가|까|느냐|으냐|니)요?[.?]*$")


def _is_question(scene: Scene, clause: Clause) -> bool:
    """Whether a clause asks: "요금 인상으로 이어지나." says nothing; "끝나지 않았나" is a way of asserting."""
    words = clause.predicate.span.of(scene.text)
    if clause.relation != "main" and _ASKED.search(words):
        # 어떻게 움직일지: nobody says that it moves
        return _QUESTION_WORD.search(scene.text[clause.span.start : clause.span.end]) is not None
    return clause.relation == "main" and _QUESTION.search(words) is not None and "지 않" not in words


_SUPPOSING = re.compile(r"(?<!려)(?:면|거든|더라도|든지|든)(?:은|야)?$")
_APT = frozenset("어렵다 쉽다 힘들다 좋다 편하다 불편하다 적합하다 알맞다 충분하다 곤란하다 싫다 나쁘다 그지없다".split())


def _is_supposed(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only supposes: 영장을 받지 않으면, 견디기 어려운; nobody says that it is so."""
    words = clause.predicate.span.of(scene.text)
    if clause.relation == "adverbial" and clause.status == "expected" and _SUPPOSING.search(words) and not words.endswith("따르면"):
        return True
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    return clause.relation == "nominal" and words.endswith("기") and above is not None and above.predicate.lemma in _APT


def _reports(scene: Scene, index: int) -> bool:
    """Whether the clause reports words: those become statements."""
    return any(q.cue == index for q in scene.doc.quotations)


def _rules_for(lemma: str, clause: Clause) -> tuple[RelationRule, ...]:
    rules = load_relation_rules()
    found = rules.get(lemma, ())
    if clause.predicate.voice == "passive" and lemma.endswith("되다"):
        found += tuple(r for r in rules.get(lemma[:-2] + "하다", ()) if r.voice != "active" and r not in found)
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
        used = tuple(a for a in clause.arguments if a.role in ("subject", "topic"))
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
            if thing is None:
                return None
    if rule.beside is not None:
        by = None if _is_swapped(rule, clause) else _find_object(scene, rule.beside, filled, used, doer)
        if by is None:
            return None
        used = (*used, by.argument)
    if rule.object is not None and rule.object.of:
        filled = tuple(f for f in filled if f.argument not in used)  # its number is now the amount
    if not scene.is_kind(doer, rule.subject.kinds):
        return None
    qualifiers = [Qualifier(rule.roles.get(q.role, q.role), q.value) for q in find_qualifiers(scene, clause, filled, used)]
    if doer.created and rule.predicate in _FIGURE_RELATIONS and find_measure(doer.name) is not None:
        return None  # 매출이 12% 늘었다: the figure of its owner
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
        status=clause.status,
        negated=clause.negated,
        speaker=speaker,
        confidence=round(0.9 * (trust or 0.8), 3),
    )


def _find_agent(scene: Scene, clause: Clause) -> Entity | None:
    """Who does it in a passive clause: ~에 의해, ~에게, ~으로부터."""
    for argument in clause.arguments:
        if (argument.role in ("dative", "source")) and (entity := scene.entity_of(argument)) is not None:
            return entity
        # 경찰에 구속됐다, 한 회사에 인수됐다: -에 names who does it where it names a body of people
        if (
            argument.role == "locative"
            and argument.josa == "에"
            and (entity := scene.entity_of(argument)) is not None
            and scene.is_kind(entity, ("Organization",))
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
        for item in filled:
            if item.argument.role != role or item.argument in used or item.value == doer:
                continue
            if isinstance(item.value, Time) and item.argument.josa not in ("을", "를") and "time" not in slot.values:
                continue
            if slot.josa and item.argument.josa not in slot.josa:
                continue
            if slot.of:
                owner = _find_owner(scene, slot, item.argument)
                if owner is not None and owner != doer:
                    return Filled(item.argument, owner)
                continue
            if slot.nouns and not any(item.argument.head.of(scene.text).endswith(n) for n in slot.nouns):
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


def _is_allowed(scene: Scene, slot: Slot, value: Value) -> bool:
    if isinstance(value, Entity):
        return scene.is_kind(value, slot.kinds)
    wanted = "quantity" if isinstance(value, Quantity) else "time" if isinstance(value, Time) else "text"
    return wanted in slot.values


def _build_open(
    scene: Scene, clause: Clause, subject: Entity | None, trust: float, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """The fact with the clause's own predicate."""
    lemma = clause.predicate.lemma
    if subject is None or _is_attribute(clause) or _is_talk(scene, clause, subject):
        return None
    if lemma == "이다":
        return _build_copula(scene, clause, subject, trust, filled, speaker)
    thing: Value | None = None
    used = tuple(f.argument for f in filled if f.value == subject and f.argument.role in ("subject", "topic"))
    for role in _OBJECT_ROLES:
        item = next((f for f in filled if f.argument.role == role and f.argument not in used and f.value != subject and _is_thing(f)), None)
        if item is None and role == "object" and is_transitive(lemma):
            item = next((f for f in filled if f.argument.role == "topic" and f.argument not in used and f.value != subject), None)
        if item is not None and not (isinstance(item.value, Time) and (role != "object" or item.argument.josa not in ("을", "를"))):
            thing = item.value
            used = (*used, item.argument)
            break
    if thing is None and is_transitive(lemma):
        thing = _find_matter(scene, clause)
    qualifiers = find_qualifiers(scene, clause, filled, used)
    if (
        thing is None
        and (lemma in _EMPTY or not qualifiers)
        and not (lemma not in _EMPTY and clause.relation in ("main", "coordinate", "quotative", "relative"))
    ):
        return None
    if lemma in _EMPTY and lemma not in ("없다", "있다", "아니다", "두다", "가지다", "달하다"):
        return None
    penalty = 0.72 if thing is not None else 0.6
    return build_fact(
        scene,
        clause.sentence,
        "open-clause",
        "kgo:" + lemma,
        subject,
        thing,
        qualifiers,
        status=clause.status,
        negated=clause.negated,
        speaker=speaker,
        confidence=round(penalty * trust, 3),
    )


def _find_matter(scene: Scene, clause: Clause) -> Value | None:
    """What quoted words without an object are about: 매각설에 대해 “검토한 적 없다”고 말했다."""
    cue = scene.doc.quotations[clause.quotation].cue if clause.quotation is not None else None
    if cue is None or clause.relation not in ("main", "coordinate", "quotative"):
        return None
    matter = next((a for a in scene.doc.clauses[cue].arguments if a.josa in ("에 대해", "에 관해")), None)
    return None if matter is None else scene.value_of(scene.doc.clauses[cue].sentence, matter)


def _build_stake(
    scene: Scene, clause: Clause, subject: Entity | None, trust: float, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """ "브릿지오크가 보유한 오름이온텍 지분 61.4%": the stake is in the firm whose shares they are."""
    if subject is None or clause.predicate.lemma not in _HOLDING:
        return None
    item = next((f for f in filled if f.argument.role == "object" and isinstance(f.value, Entity)), None)
    if item is None or not isinstance(item.value, Entity) or not item.value.name.endswith((" 지분", " 주식")):
        return None
    name = item.value.name.rsplit(" ", 1)[0]
    firm = next((e for e in scene.doc.entities if name in (e.name, *e.aliases) and not e.created), None)
    if firm is None or firm == subject:
        return None
    return build_fact(
        scene,
        clause.sentence,
        "stake",
        "kg:ownsStakeIn",
        subject,
        firm,
        find_qualifiers(scene, clause, filled, (item.argument,)),
        status=clause.status,
        negated=clause.negated,
        speaker=speaker,
        confidence=round(0.85 * trust, 3),
    )


def _is_thing(item: Filled) -> bool:
    """Whether an argument can stand as the object of an open fact: 에서-phrases and bare nouns say where and how, not what."""
    if item.argument.role == "locative":
        return item.argument.josa == "에"
    return item.argument.role == "object" or bool(item.argument.josa) or item.argument.role == "complement"


def _is_talk(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether quoted words say something of a mere notion ("생각이 많은데"): that is kept as the statement's words."""
    if clause.quotation is None or not scene.doc.quotations[clause.quotation].direct:
        return False
    return subject.created and subject.kind in ("Concept", "Person") and " " not in subject.name


def _is_attribute(clause: Clause) -> bool:
    """A bare adjective before its noun (다양한 서비스) says nothing of its own, nor a bare verb (급변하는 시대)."""
    if clause.relation != "relative":
        return False
    own = sum(not a.shared for a in clause.arguments)
    return own <= 1 if clause.predicate.kind == "adjective" else own == 0


def _build_measured(scene: Scene, clause: Clause, subject: Entity, trust: float, item: Filled, speaker: Entity | None) -> Fact | None:
    """A copula with a value: 구멍 지름이 0.7나노미터다, 가동 시점은 2026년 말이다; what a measure noun names is read with the figures."""
    if clause.relation == "relative" and item.argument.shared or find_measure(subject.name) is not None or not subject.created:
        return None
    return build_fact(
        scene, clause.sentence, "copula-value", "kgo:이다", subject, item.value, (), status=clause.status, negated=clause.negated, speaker=speaker,
        confidence=round(0.75 * trust, 3),
    )


def _build_copula(scene: Scene, clause: Clause, subject: Entity, trust: float, filled: tuple[Filled, ...], speaker: Entity | None) -> Fact | None:
    item = next((f for f in filled if f.argument.role == "complement"), None)
    if item is None or item.value == subject or trust < 0.8:
        return None
    if isinstance(item.value, (Quantity, Time)):
        return _build_measured(scene, clause, subject, trust, item, speaker)
    head = item.argument.head.of(scene.text)
    if head in _VAGUE or (isinstance(item.value, Text) and (len(item.value.text) > _LONGEST_CLASS or '"' in item.value.text)):
        return None
    if head.endswith("적") and len(head) > 2:
        # 부분적이다 says how something is, not what
        return build_fact(
            scene, clause.sentence, "open-clause", f"kgo:{head}이다", subject, None, (), status=clause.status, negated=clause.negated,
            speaker=speaker, confidence=round(0.6 * trust, 3),
        )
    used = (*(f.argument for f in filled if f.value == subject), item.argument)
    return build_fact(
        scene,
        clause.sentence,
        "copula",
        "kg:isA",
        subject,
        item.value,
        () if clause.relation == "relative" else find_qualifiers(scene, clause, filled, used),  # 개최국인 중국: what else stands by is not of it
        status=clause.status,
        negated=clause.negated,
        speaker=speaker,
        confidence=round(0.7 * trust, 3),
    )
