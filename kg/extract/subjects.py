"""Who does what a clause tells: said, shared with another clause, or understood from the discourse."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon

SHARED = 0.95  # how sure a subject is that another clause lends
SILENT = 0.75  # and one that nobody says
_SELDOM_MEANT = ("Country", "MediaOutlet")  # the setting and the source of much that is told, and seldom who does it unsaid
_SELF_GOVERNED = ("시", "도", "군", "구")
_MAY = re.compile(r"[가-힣]\s수\s?(?:도\s)?있")
_ASKED = re.compile(r"달라(?:고|며|면서|는)?$")
_MOUTH = re.compile(r"(?:관계자|당국자|대변인|담당자|소식통)(?:들|\([^)]*\))?$")
# what is done for asking, and not asked for: 회견을 열고 사퇴하라고 촉구했다
_APPEALING = frozenset(
    "열다 개최하다 갖다 가지다 내다 내놓다 보내다 만나다 찾다 방문하다 모이다 벌이다 나서다 펼치다 들다 걸다 하다 통하다 발송하다 "
    "전달하다 제출하다 인용하다 표하다 표명하다 나타내다 보이다 향하다 두다 놓다 작성하다 채택하다 참석하다 출연하다 기자회견하다".split()
)
_ORDERING = frozenset(("명령하다", "지시하다"))
_TO = ("에게", "한테", "께", "에게도", "에게는")
_REFLEXIVE = frozenset(("자신", "자기", "스스로", "자기 자신", "본인"))
_ORDERED = re.compile(r"(?:[가-힣]라|자)(?:고|는|며)?[”\"’']?(?:고|며)?$")


def find_subject(scene: Scene, index: int, speaker: Entity | None) -> tuple[Entity | None, float]:
    """The clause's subject and how sure it is: said, shared, or understood from the discourse."""
    doc = scene.doc
    clause = doc.clauses[index]
    arguments = clause.arguments
    roles: tuple[tuple[str, ...], ...] = (("subject",), ("topic",))
    if clause.predicate.kind == "copula":
        # 매출은 1조원, 이익은 2억원이다: the nearest topic is what the copula is about
        arguments, roles = tuple(reversed(arguments)), (("subject", "topic"),)
    demanded = is_demanded(scene, clause)
    for group in roles:
        for argument in arguments:
            if argument.role not in group or (demanded and _is_askers(scene, clause, argument)):
                continue
            words = argument.span.of(scene.text)
            if words in load_reference_lexicon().first_person and speaker is not None:
                return speaker, 0.8
            entity = scene.entity_of(argument)
            if entity is None:
                continue
            if argument.role == "topic" and group == ("topic",) and not _acts(entity):
                continue
            return entity, SHARED if argument.shared else 1.0
    if demanded or any(a.role == "subject" for a in clause.arguments):
        return None, 0.0
    body = find_acting_body(scene, clause)
    if body is not None:
        return body, 0.85
    seen = 0
    while seen < 20:
        silent = scene.silent(clause) if doc.clauses[index].predicate.kind not in ("adjective", "copula") else None
        if silent is not None and _MAY.search(doc.clauses[index].predicate.span.of(scene.text)):
            return None, 0.0  # 위상학을 이용하면 성질을 바꿀 수 있다: anybody may
        if silent is not None:
            return (None, 0.0) if scene.is_kind(silent, _SELDOM_MEANT) else (silent, SILENT)
        if clause.parent is None or clause.relation not in ("coordinate", "adverbial"):
            break
        clause = doc.clauses[clause.parent]
        seen += 1
    origin = doc.clauses[index]
    joined = doc.clauses[origin.parent] if origin.parent is not None and origin.relation == "coordinate" else origin
    if any(_ORDERED.search(c.predicate.span.of(scene.text)) for c in (origin, joined)):
        return None, 0.0  # 받아들이라고 권고했다: who is told to
    if origin.quotation is not None and _is_others_doing(scene, index):
        return None, 0.0
    own = origin.status == "planned" or (origin.negated and origin.predicate.kind == "verb" and origin.predicate.voice == "active")
    if origin.quotation is not None and speaker is not None and own and origin.relation in ("main", "quotative", "coordinate"):
        return speaker, 0.7  # “검토한 적도 없다”, “곧 짓겠다”: who says it
    return None, 0.0


def is_withheld(scene: Scene, index: int, subject: Entity | None, speaker: Entity | None) -> bool:
    """Whether a clause is lent a subject who is not its doer, and nobody says who is.

    군 관계자는 전투기를 투입했다고 설명했다: he is only the mouth of a body. 윤 대표에게 “…”라고 말했다: he is told it.
    """
    clause = scene.doc.clauses[index]
    if subject is None:
        return False
    lent = next((a for a in clause.arguments if a.role in ("subject", "topic") and scene.entity_of(a) == subject), None)
    if lent is None:
        return False
    if lent.shared and is_hearer(scene, clause, subject):
        return True
    if clause.quotation is None or subject != speaker or clause.relation == "relative" or _MOUTH.search(lent.span.of(scene.text)) is None:
        return False
    return not any(q.cue == index for q in scene.doc.quotations)


def is_hearer(scene: Scene, clause: Clause, entity: Entity) -> bool:
    """Whether somebody is the one to whom it is said or done: 윤 대표 of "윤 대표에게 “…”라고 말했다"; 자신에게 may be himself."""
    hearers = (a for a in clause.arguments if a.role == "dative" and not a.shared and a.josa in _TO)
    return any(scene.entity_of(a) == entity and a.span.of(scene.text) not in _REFLEXIVE for a in hearers)


def _is_others_doing(scene: Scene, index: int) -> bool:
    """Whether a clause joined before this one inside the quotation names who acts: “대표가 돌아오면 임명할 예정”."""
    here = scene.doc.clauses[index]
    joined = (scene.doc.clauses[n] for n in scene.clauses_of[here.sentence])
    return any(
        c.quotation == here.quotation and c.relation in ("coordinate", "adverbial") and c.predicate.span.end <= here.predicate.span.start
        and any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and _is_named_agent(scene, a) for a in c.arguments)
        for c in joined
    )


def _is_named_agent(scene: Scene, argument: Argument) -> bool:
    entity = scene.entity_of(argument)
    return entity is not None and not entity.created and _acts(entity)


def _is_askers(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a subject is the one who asks, lent to what is asked for."""
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    asks = above is not None and any(a.role in ("subject", "topic") and a.span == argument.span for a in above.arguments)
    return argument.shared or asks or argument.josa in ("은", "는", "도")


def is_demanded(scene: Scene, clause: Clause) -> bool:
    """Whether somebody else is asked or told to do it: 연기할 것을 촉구했다, 대비하도록 지시했다, 처리해 달라며, 멈추고 옮길 것을 촉구했다."""
    steps = 0
    while clause.relation == "coordinate" and clause.status == "planned" and clause.parent is not None and steps < 10:
        above = scene.doc.clauses[clause.parent]
        if above.relation not in ("coordinate", "nominal") or above.status != "planned":
            break
        clause, steps = above, steps + 1
    words = clause.predicate.span.of(scene.text)
    governor = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    if _ASKED.search(words):
        return governor is None or governor.predicate.lemma not in load_clause_lexicon().accepting_verbs or clause.status != "planned"
    if governor is None or governor.predicate.lemma not in load_clause_lexicon().requesting_verbs:
        return False
    if clause.relation == "coordinate":
        return _is_told_beside(scene, clause, governor)
    return (clause.relation == "nominal" and clause.status == "planned") or words.endswith("도록")


def _is_told_beside(scene: Scene, clause: Clause, governor: Clause) -> bool:
    """Whether a clause joined by -고 before an order may be ordered as well: 일정을 늦추고 협의하라고 촉구했다; but 회견을 열고 is where he asked."""
    if not clause.predicate.span.of(scene.text).rstrip(",").endswith("고") or clause.past or clause.predicate.kind not in ("verb", "light"):
        return False
    if governor.predicate.lemma in _ORDERING:
        return False  # 징역을 선고하고 돈을 내라고 명령했다: who may order acts himself
    if clause.predicate.lemma in load_clause_lexicon().saying_verbs | _APPEALING or clause.quotation is not None:
        return False
    behind = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    told = (c for c in behind if c.relation == "quotative" and c.parent is not None and scene.doc.clauses[c.parent] is governor)
    return any(clause.predicate.span.end <= c.predicate.span.start and _ORDERED.search(c.predicate.span.of(scene.text)) for c in told)


def find_acting_body(scene: Scene, clause: Clause) -> Entity | None:
    """The body that acts in the form of a place: 야당 of "야당에서는 반발하고 있다"."""
    verbs = load_clause_lexicon().saying_verbs
    if clause.predicate.voice != "active" or any(a.role in ("subject", "topic") for a in clause.arguments):
        return None
    acting = clause.predicate.lemma in verbs or any(a.role == "object" for a in clause.arguments)
    for argument in clause.arguments:
        if argument.role == "locative" and argument.josa == "에서" and not argument.shared:
            if "의 " in argument.span.of(scene.text):
                continue  # 대통령의 트위터에서는: a place of his
            told = scene.text.startswith(("에서는", "에선", "에서도"), argument.span.end)  # 당국에서는 대책에 고심하고 있다
            if clause.relation == "relative" and not told and _tells_meeting(scene, clause):
                continue  # 시청에서 가진 브리핑: where
            entity = scene.entity_of(argument) if acting or told else None
            if entity is not None and told and entity.name in load_fact_lexicon().circles:
                return entity
            bodies = ("GovernmentAgency", "PoliticalParty", "MediaOutlet", "Company", *(("Organization",) if told else ()))
            if entity is not None and scene.is_kind(entity, bodies):
                return entity
            if entity is not None and told and clause.predicate.lemma in verbs and scene.is_kind(entity, ("Region", "City")):
                if entity.name.endswith(_SELF_GOVERNED):
                    return entity  # 한빛시에서는 …고 강조했다: its administration
    return None


def _tells_meeting(scene: Scene, clause: Clause) -> bool:
    """Whether the noun that a clause modifies is where something is said."""
    held = next((a for a in clause.arguments if a.shared and a.role == "object"), None)
    return held is not None and held.head.of(scene.text) in load_clause_lexicon().speaking_places


def _acts(entity: Entity) -> bool:
    ontology = load_ontology()
    return bool(entity.members) or ontology.is_kind(entity.kind, "Agent") or ontology.is_kind(entity.kind, "Place")
