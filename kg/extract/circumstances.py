"""Where, where to, why and how: what a phrase in -에, -에서 or -로 adds to its clause, told by its noun and the verb."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import find_kind, load_clause_lexicon
from kg.tables.ontology import load_ontology

# heads of phrases in -로 that say how, whatever the verb
HOW = re.compile(
    r"(?:적|간|속도|나이|번째|차례|처음|마지막|추가|단독|공동|별도|자동|수시|대거|정식|강제|헐값|보석|처지|순서|직권|독단|불충분|최대한|동시)$"
)
_OF_NOUN = re.compile(r"(?:에\s(?:의한|의하면|따르면)|(?:으로|로)\s인한|[을를]\s통한)(?![가-힣])")
_ABOUT_NOUN = re.compile(r"(?:에\s(?:대한|관한|따른)|[을를]\s(?:위한|향한|둘러싼))(?![가-힣])")
_EVEN = re.compile(r"에(?:도|까지|조차|마저)(?![가-힣])")
_APART = re.compile(r"에\s(?:의거|상관|관계|불구|이어|앞서|더해|걸쳐|그치|따라|비해|이르)")
_MOMENTS = ("직전", "직후", "도중", "당시", "이전", "이후", "와중", "무렵")
_ORDERS = tuple("번째 별 추가 시간 시각 규모 수준 최대 최다 최초 차례 단위 연쇄 대량 무더기 순 실시간 집단".split())
_SOME_TIME = re.compile(r"(?:몇|수|여러)\s?(?:년|달|월|일|시간|주)$|\d\s?(?:년|개월|달|주|일|시간|분)\s?만$|\d월\s\d+$|\d[-~∼]\d+일$")
_PERIOD = re.compile(r"(?:하루|이틀|사흘|나흘|열흘|보름|시일|일주일|한 달)(?:\s?내)?$")
_NO_SITE = re.compile(r"(?:선거|총선|대선|경선|투표|사건|사태|참사|사고|사업)$")  # events that take no place as a meeting does
_ASKED = frozenset("질문 물음 질의 지적 요청 요구 제안 주장 반론 비판".split())
_PRICE_OR_MINUTE = re.compile(r"\d.*(?:원|달러|유로|엔|위안|파운드)$|(?:전반|후반|연장)\s.*\d+분$")
_AREA = re.compile(r"(?:지역|지방|일대|해안가?|번화가|도심|연안|내륙|산지|권|도로|대로|거리|주택가)$")
_MEANS = ("Product", "Technology", "Law", "Agreement")
_GOALS = ("Place", "Facility", "Hospital", "Court", "EducationalOrganization", "GovernmentAgency", "Company", "SportsTeam")
_SITES = (
    "Place",
    "Facility",
    "Hospital",
    "Court",
    "EducationalOrganization",
    "Parliament",
    "MediaOutlet",
    "Meeting",
    "Ceremony",
    "Competition",
    "Match",
)
_PAPERS = ("Work", "CourtCase", "Service", "Law")  # no places but of words
_MISHAPS = ("Accident", "Disease", "Conflict")


def is_of_noun(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase belongs to the noun behind it, or names who says it: 시각표에 의한 of "시각표에 의한 시운전에 돌입했다"."""
    if _OF_NOUN.match(scene.text, argument.span.end):
        return True
    about = clause.predicate.kind == "light" or clause.predicate.lemma in load_clause_lexicon().saying_verbs  # 판결에 대한 의견을 밝히다
    return not about and _ABOUT_NOUN.match(scene.text, argument.span.end) is not None


def find_circumstance(scene: Scene, clause: Clause, argument: Argument, value: Value) -> str | None:
    """The role of a phrase of place or means, none where it cannot be told: reason for 여파로, place for 탁자 옆에, none for 학기 초에."""
    head = argument.head.of(scene.text)
    if argument.role == "adverbial":
        return None  # 거울처럼, 누구보다
    if argument.josa in ("로", "으로", "로써", "으로써"):
        return _find_means(clause, head, _kind(value, head))
    if argument.josa == "에":
        return _find_spot(scene, clause, argument, value)
    if argument.josa == "에서":
        return None if _is_time(scene, clause, argument) else _find_site(clause, argument, _kind(value, head), head)
    listed = "," in argument.span.of(scene.text)  # 철원 25.8도, 문산 24.5도 등 내륙지방까지
    return "destination" if argument.role == "goal" and not listed else None


def is_moment(head: str) -> bool:
    """Whether a noun without a josa says when: 추락직전, 회의 도중."""
    return head.endswith(_MOMENTS)


def is_mishap(value: Value, head: str) -> bool:
    """Whether something befalls others, so that -로 says why: 감염병으로, 지진으로."""
    return _is_of(_kind(value, head), _MISHAPS)


def is_site(value: Value, head: str) -> bool:
    """Whether something can be where a thing happens: 강원 영동 지방, 해안가, 대학로 등 번화가."""
    return _is_of(_kind(value, head), ("Place", "Facility")) or _is_of(find_kind(head) or "", ("Place", "Facility")) or _AREA.search(head) is not None


def _kind(value: Value, head: str) -> str:
    return (value.kind if isinstance(value, Entity) else find_kind(head)) or ""


def _is_of(kind: str, kinds: tuple[str, ...]) -> bool:
    return any(load_ontology().is_kind(kind, k) for k in kinds)


def _find_means(clause: Clause, head: str, kind: str) -> str | None:
    """Why, where to or how: 폭설의 영향으로, 인근 공항으로, 버스로."""
    facts, lemma = load_fact_lexicon(), clause.predicate.lemma
    if lemma in facts.becoming_verbs | facts.ending_verbs | facts.taking_verbs:
        return "manner" if head in facts.ways else None  # 유전자 가위로 쓰다: what it is taken for
    if head in facts.causes:
        return "reason"
    if head in facts.ways:
        return "manner"
    if head.endswith(("적", "간")) and len(head) > 2:
        return None  # 지속적으로, 장기간으로
    if lemma in facts.happening_verbs and head.endswith(_ORDERS):
        return None  # 두 번째로 많이 발생했다
    if lemma in facts.happening_verbs:  # 노후화로 벌어졌다
        return None if _is_of(kind, ("Place",)) or head in facts.hours | facts.spots else "reason"
    if lemma in load_clause_lexicon().goal_verbs | facts.moving_verbs:
        return "destination" if _is_of(kind, _GOALS) or head in facts.spots else None
    if _is_of(kind, _MISHAPS):
        return "reason"
    return "manner" if _is_of(kind, _MEANS) else None


def _find_spot(scene: Scene, clause: Clause, argument: Argument, value: Value) -> str | None:
    """Where or at what: 탁자 옆에, 상자에; nothing for when, even if and apart from what: 학기 초에, 논란에도."""
    facts, head = load_fact_lexicon(), argument.head.of(scene.text)
    if head in facts.causes:
        return "reason"
    if _PRICE_OR_MINUTE.search(argument.span.of(scene.text)):
        return None  # 10억 3천여만 달러에 팔다, 전반 40분에 날리다
    if _is_time(scene, clause, argument) or _APART.match(scene.text, argument.span.end):
        return None
    kind = _kind(value, head)
    named = isinstance(value, Entity) and _is_of(kind, ("Place",))
    if not named and _EVEN.match(scene.text, argument.span.end):
        return None
    if named or (head in facts.spots and argument.span != argument.head):
        return "place"
    if head in _ASKED:
        return "target" if clause.predicate.lemma in load_clause_lexicon().saying_verbs else None
    if clause.predicate.lemma in facts.existing_verbs:
        return None if _is_of(kind, ("Event",)) else "place"
    if any(t.span.end == argument.span.end for t in scene.times_in(clause.sentence, argument.span)):
        return None  # 징역 3년에 신상정보 공개: what is added to it
    return None if head in facts.moments or head in facts.relative_places else "target"


def _is_time(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase says when: 사건 초기, 오후 4시경, 주중."""
    head, facts = argument.head.of(scene.text), load_fact_lexicon()
    if head in facts.spots and argument.span != argument.head:
        before = argument.span.of(scene.text).split()[-2]
        return before in facts.hours or _PERIOD.search(before) is not None  # 가까운 시일 안, 하루이틀 안
    if head in facts.moments or head in facts.hours or _PERIOD.search(head) or _SOME_TIME.search(argument.span.of(scene.text)):
        return True
    return any(t.span.overlaps(argument.head) and t.grain != "duration" for t in scene.times_in(clause.sentence, argument.span))


def _find_site(clause: Clause, argument: Argument, kind: str, head: str) -> str | None:
    """The place of a phrase in -에서: a town, a meeting, a match; a paper or a lawsuit only of what is said there."""
    if _is_of(kind, _SITES) or head in load_fact_lexicon().spots or (kind == "Event" and _NO_SITE.search(head) is None):
        return "place"
    acts = any(a.role in ("subject", "topic") and not a.shared and a is not argument for a in clause.arguments)
    if acts and _is_of(kind, ("GovernmentAgency", "Company")):
        return "place"  # 시민들이 군청에서 시위했다; where nobody else acts, 군청 does
    said = clause.predicate.lemma.startswith("선고") or clause.predicate.lemma in load_clause_lexicon().saying_verbs
    return "place" if said and _is_of(kind, _PAPERS) else None
