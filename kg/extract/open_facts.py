"""Facts with the clause's own predicate, where no rule reads it: 국립공원이 탐방로를 통제하다."""

from __future__ import annotations

import re

from kg.extract.circumstances import is_moment
from kg.extract.complements import find_behind, has_own_subject, is_complement_lost
from kg.extract.copulas import build_copula
from kg.extract.drafts import build_fact
from kg.extract.endings import ends_well, find_end, is_left_empty, is_noun_filled, lacks_object
from kg.extract.lent import is_anothers
from kg.extract.measures import load_measure_verbs
from kg.extract.objects import OBJECT_ROLES, gives_nothing, is_beside_lost, is_founded, is_object_lost, is_thing, stands_for_doer
from kg.extract.roles import Filled, find_qualifiers, is_measured, may_change
from kg.extract.scene import Scene
from kg.extract.subjects import SHARED, SILENT
from kg.extract.suppositions import find_status, is_given
from kg.model import Clause, Entity, Fact, Quantity, Span, Text, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import is_transitive, load_clause_lexicon, load_valency

_NEGATIVE = frozenset(("없다", "모르다"))  # the verb says so itself
_AIMED = frozenset(("target", "topic", "with", "recipient", "role", "result"))  # what is as good as an object
_COUNTED = frozenset("종류 전부 전체 여럿 모두".split())  # how many, and no second thing: 변종은 여러 종류가 발표됐다
_PARTS = frozenset("일부 절반 다수 대다수 대부분 상당수 과반 과반수 하나 나머지".split())
_NAMING = frozenset(("불리다", "불리우다", "일컬어지다"))
_TITLE = re.compile(
    r"(?:[“‘\"'「『《<]([^“”‘’\"'「」『』《》<>]{2,40})[”’\"'」』》>]\s?|(?:^|\s)([^\s()“”‘’\"']{2,20}?))"
    r"(?:이?라고도?|으?로도?)\s(?:(?:흔히|자주|널리|주로|더)\s)?$"
)
# verbs of saying that say it all
_TELLING_ENOUGH = frozenset(("반발하다", "항의하다", "사과하다", "맞서다", "동의하다", "찬성하다", "반대하다", "호응하다", "화답하다", "응답하다"))
_SELDOM, _AT_TIMES = 3, 0.2  # uses of a verb too few to tell what it takes, and the share of them with an object that leaves a doubt
_LABILE = frozenset("시작하다 계속하다 출발하다 도착하다 이륙하다 착륙하다 멈추다 개막하다 폐막하다 개봉하다 종영하다 개장하다 개통하다".split())
_MONEY = re.compile("[A-Z]{3}")  # the codes of ISO 4217
_MOSTLY = 0.4  # share of a verb's uses in which it had an object
_GENERAL = frozenset(("Event", "Place", "Law", "Agreement", "Project"))
_WAYS_ON = frozenset("나오다 나가다 내리다 내려가다 내려오다 올라가다 올라오다 들어오다 들어가다 넣다 다니다 오다 가다 나서다 먹다".split())
_OPEN_STEM = re.compile(r"[아어여해겨려져켜혀쳐셔와워]$")


def build_open(
    scene: Scene, clause: Clause, subject: Entity | None, trust: float, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """The fact with the clause's own predicate."""
    lemma = clause.predicate.lemma
    if subject is None or _is_attribute(clause) or _is_talk(scene, clause, subject):
        return None
    if clause.relation == "nominal" and clause.status == "asserted" and clause.predicate.kind != "noun" and not is_given(scene, clause):
        return None  # 환자가 늘어난 것은 …: what is told of it is told by the clause around
    if clause.predicate.kind == "adjective" and clause.relation != "main" and not _is_measured(scene, clause):
        return None  # 정화 작용이 가능한 습지, 동상이 없어 쓸쓸하다: said of something else
    if _is_found(scene, clause) or _is_age_begun(scene, clause) or (lemma == "주목되다" and trust == SHARED and clause.predicate.kind == "verb"):
        return None  # 대책을 밝혀 주목된다: that he did
    if _is_way_on(scene, clause):
        return None  # 쏟아져 나오고 있다: told with the verb before
    if clause.relation == "relative" and lemma.endswith("으로 하다"):
        return None  # 성인을 대상으로 한 범죄: which kind is meant
    if lemma == "이다":
        return build_copula(scene, clause, subject, trust, filled, speaker)
    own = next((a for a in clause.arguments if a.role == "subject" and a.josa in ("이", "가") and not a.shared), None)
    if own is not None and own.head.of(scene.text) in _PARTS and any(a.role == "topic" for a in clause.arguments):
        return None  # 다리는 일부가 무너졌다: not the bridge
    if clause.relation == "adverbial" and (clause.status == "expected" or (clause.status == "claimed" and trust <= SHARED)):
        return None  # what leads up to a forecast, or to somebody's words, is seldom forecast or said
    if clause.relation == "coordinate" and clause.status == "expected" and trust <= SHARED:
        return None  # 손뼉을 치거나 사진을 찍으며: one of what may be, of somebody told elsewhere
    thing: Value | None = None
    if _is_made(scene, clause, subject):
        return None
    whole = _find_whole(scene, clause, filled)
    if whole is not None and isinstance(whole.value, Entity):
        part = next(f for f in filled if f.argument.role in ("subject", "topic") and f.argument.span.start > whole.argument.span.start)
        counted = part.argument.head.of(scene.text) in _COUNTED
        thing, subject = None if counted else part.value, whole.value  # 이 방법은 오랜 시간이 걸렸다
    used = tuple(f.argument for f in filled if f.value in (subject, thing) and f.argument.role in ("subject", "topic"))
    if lemma in _NAMING:
        thing = _find_title(scene, clause)
        if thing is None:
            return None  # nothing is said by that it is called
    for role in OBJECT_ROLES if thing is None else ():
        free = (f for f in filled if f.argument.role == role and f.argument not in used and f.value != subject)
        item = next((f for f in free if is_thing(scene, clause, f)), None)
        if item is None and role == "object" and is_transitive(lemma) and clause.relation in ("main", "coordinate", "quotative"):
            item = next((f for f in filled if f.argument.role == "topic" and f.argument not in used and f.value != subject), None)
            unsaid = trust == SILENT and not scene.is_kind(subject, ("Company",))
            if item is not None and own is None and (unsaid or (subject.created and trust == SHARED)):
                return None  # 수사는 지검에서 맡는다; but 잔금은 곧 치른다, of a firm; 감독관은 …, 휴대전화는 가져갈 수 없다
            if item is not None and stands_for_doer(scene, item):
                return None  # 타자는 파울이라고 했고 심판은 헛스윙으로 판정했다
        if item is not None and not (isinstance(item.value, Time) and (role != "object" or item.argument.josa not in ("을", "를"))):
            if is_founded(scene, clause, item) or is_beside_lost(scene, clause, item) or (role == "dative" and gives_nothing(scene, clause, item)):
                return None
            thing = item.value
            used = (*used, item.argument)
            break
    if thing is None and lemma in load_fact_lexicon().becoming_verbs:
        item = next((f for f in filled if _is_what_becomes(f) and f.argument not in used and f.value != subject), None)
        if item is not None:
            thing, used = item.value, (*used, item.argument)
    if thing is None and clause.predicate.kind == "light":
        item = next((f for f in filled if _is_part_of_predicate(scene, clause, f) and f.argument not in used), None)
        if item is not None:
            thing, used = item.value, (*used, item.argument)
    if thing is None and may_change(clause):
        item = next((f for f in filled if _is_value_reached(f) and f.argument not in used), None)
        if item is not None:
            thing, used = item.value, (*used, item.argument)
    ending = find_end(scene, clause, filled, used) if thing is None else None
    if ending is not None:
        if not ends_well(scene, ending):
            return None  # 나라 중 하나로 손꼽힌다
        thing, used = ending.value, (*used, ending.argument)
    if thing is None and is_transitive(lemma):
        thing = _find_matter(scene, clause)
    if thing is None and is_object_lost(scene, clause, filled):
        return None  # 영수증을 발견, 추궁했다; 안타까움을 주고 있다
    telling = load_clause_lexicon().saying_verbs - _TELLING_ENOUGH | load_fact_lexicon().judging_verbs
    if thing is None and lemma in telling:
        return None  # 이렇게 말했다, 최종 결정했다: what, was lost
    left = [f.value for f in filled if f.argument.role == "object" and f.argument not in used]  # of two objects the second says nothing here
    qualifiers = [q for q in find_qualifiers(scene, clause, filled, used) if q.value != speaker and not (q.role == "target" and q.value in left)]
    behind = find_behind(scene, clause) if thing is None else None
    if behind is not None:
        qualifiers.append(behind)
    elif thing is None and has_own_subject(scene, clause):
        return None  # 난방비가 두 배 오른 가정: of which it is told, was lost
    measured = subject.kind != "Person" and any(isinstance(q.value, Time | Quantity) for q in qualifiers)
    priced = any(isinstance(q.value, Quantity) and _MONEY.fullmatch(q.value.unit or "") for q in qualifiers)  # 310억원으로 잡았던 사업비
    if thing is None and ((not priced and _may_be_made(scene, clause, subject)) or (not measured and _may_be_done_to(scene, clause, subject))):
        return None
    if thing is None and not qualifiers and lacks_object(scene, clause):
        return None  # 게시판을 새 이름으로 통합했다, and 게시판을 was lost
    aimed = any(q.role in _AIMED for q in qualifiers) or (measured and clause.relation == "relative")  # 당초 310억원으로 잡았던 사업비
    dated = any(isinstance(q.value, Time | Quantity) for q in qualifiers)
    if thing is None and not aimed and (is_left_empty(scene, clause) or (is_noun_filled(scene, clause) and not dated)):
        return None
    if (
        thing is None
        and (lemma in load_fact_lexicon().empty_verbs or not qualifiers)
        and not (lemma not in load_fact_lexicon().empty_verbs and _is_told_for_itself(clause, trust))
    ):
        return None
    if lemma in load_fact_lexicon().empty_verbs and lemma not in ("없다", "있다", "아니다", "두다", "가지다", "달하다"):
        return None
    body = clause.relation == "main" and scene.is_kind(subject, ("Organization",))  # 법원이 12억원을 지급하라는 판결을 선고했다
    if subject.created and isinstance(thing, Text) and lemma not in _NAMING and not body:
        return None  # 관계자 일부가 "…" 내용을 접하다: neither end is a thing that stands elsewhere
    if clause.relation == "relative" and subject.kind in _GENERAL and scene.is_bare(subject):
        return None  # 연장선에 있는 사건: which, only the clause itself says
    if scene.is_common(subject) and not isinstance(thing, Quantity | Time) and not any(isinstance(q.value, Quantity) for q in qualifiers):
        return None
    if is_anothers(scene, clause, subject, (thing, *(q.value for q in qualifiers))):
        return None
    if thing is None and is_complement_lost(scene, clause, tuple(q.value for q in qualifiers)):
        return None  # 같은 구간에 지정된다, 단순한 요구에서 그쳤다
    penalty = 0.72 if thing is not None else 0.6
    return build_fact(
        scene,
        clause.sentence,
        "open-clause",
        "kgo:" + _name_predicate(scene, clause),
        subject,
        thing,
        qualifiers,
        status=find_status(scene, clause, subject, qualifiers),
        negated=clause.negated != (lemma in _NEGATIVE),
        speaker=speaker,
        confidence=round(penalty * trust, 3),
    )


def _may_be_done_to(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether the noun behind a verb that takes an object may be what is done something to: 지난달 영입한 한도윤, 시가 주관한 행사."""
    known = load_valency().get(clause.predicate.lemma)
    if clause.relation != "relative" or clause.predicate.voice != "active" or known is None or known.objects < _MOSTLY * known.uses:
        return False
    return any(a.shared and not a.josa and a.role == "subject" and scene.entity_of(a) == subject for a in clause.arguments)


def _may_be_made(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether a thing behind a verb need not be who does it: 곰의 유전자 of "산에서 포획한 곰의 유전자", 조형물 of "인형으로 만든 조형물"."""
    known, lemma = load_valency().get(clause.predicate.lemma), clause.predicate.lemma
    told = clause.predicate.kind in ("light", "noun") and is_transitive(lemma)  # 올해 시행 중인 안전법
    if clause.relation != "relative" or clause.predicate.voice != "active" or not (told or (clause.predicate.kind == "verb" and subject.created)):
        return False
    if lemma in _LABILE:
        return False  # 6일 시작한 회의
    seldom = known is None or known.uses < _SELDOM
    if not (lemma.endswith("하다") if seldom or known is None else known.objects >= _AT_TIMES * known.uses):
        return False
    behind = any(a.shared and not a.josa and a.role == "subject" and scene.entity_of(a) == subject for a in clause.arguments)
    return behind and not scene.is_kind(subject, ("Person", "Organization"))


def _is_found(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only says that something else, which is told beside it, was found or is known: 줄어든 것으로 나타났다."""
    lexicon = load_clause_lexicon()
    if clause.predicate.lemma not in lexicon.finding_verbs | lexicon.hearsay_verbs or not clause.predicate.lemma.endswith(("되다", "지다", "나다")):
        return False
    beside = scene.clauses_of[clause.sentence]
    here = next((n for n in beside if scene.doc.clauses[n] is clause), None)
    below = (scene.doc.clauses[n] for n in beside)
    return any(c.parent == here and c.relation in ("nominal", "quotative") for c in below)


def _is_told_for_itself(clause: Clause, trust: float) -> bool:
    """Whether a clause of a subject alone is no aside: a main clause, 항공편이 결항됐고, …결항됐다고; not 살아온 and not 퇴원했지만."""
    if clause.relation == "coordinate":
        return trust > SHARED
    return clause.relation == "main" or (clause.relation == "quotative" and (clause.predicate.kind != "verb" or clause.predicate.voice == "passive"))


def _is_way_on(scene: Scene, clause: Clause) -> bool:
    """Whether a verb only says which way the verb right before it goes: 무너져 내리다, 쏟아져 나오다, 들어 올리다."""
    if clause.predicate.lemma not in _WAYS_ON or any(not a.shared for a in clause.arguments):
        return False
    beside = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    before = next((c for c in beside if c.predicate.span.end + 1 == clause.predicate.span.start), None)
    return before is not None and before.predicate.kind == "verb" and _OPEN_STEM.search(before.predicate.span.of(scene.text)) is not None


def _is_age_begun(scene: Scene, clause: Clause) -> bool:
    """Whether a verb only dates the next: 1990년대 들어, 올해 들어."""
    bare = (a for a in clause.arguments if not a.josa and a.role in ("adverbial", "time"))
    return clause.predicate.lemma == "들다" and clause.relation == "adverbial" and any(scene.times_in(clause.sentence, a.span) for a in bare)


def _is_made(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether the topic of a verb without an object can only be what is done something to: 누각은 언덕 위에 지었다."""
    if clause.predicate.kind != "verb" or clause.predicate.voice != "active" or any(a.role in ("object", "quote") for a in clause.arguments):
        return False
    topic = next((a for a in clause.arguments if a.role in ("subject", "topic") and a.josa in ("은", "는") and scene.entity_of(a) == subject), None)
    valency = load_valency().get(clause.predicate.lemma)
    if topic is None or valency is None or valency.uses < 8 or valency.objects < 0.5 * valency.uses:
        return False
    return subject.created and not subject.members and not scene.is_kind(subject, ("Agent", "Place"))


def _find_title(scene: Scene, clause: Clause) -> Text | None:
    """What something is called: "하늘문" of "“하늘문”이라고 불린다", and 달빛고개 of "달빛고개라고 불린다"."""
    begun = scene.sentence(clause.sentence).span.start
    found = _TITLE.search(scene.text[begun : clause.predicate.span.start])
    words = "" if found is None else (found.group(1) or found.group(2)).strip()
    return Text(words) if len(words) > 1 else None


def _find_whole(scene: Scene, clause: Clause, filled: tuple[Filled, ...]) -> Filled | None:
    """The topic over the subject of a verb that takes no object: whose part or need it is (육종 방법은 오랜 시간이 소요됐다)."""
    own = [f for f in filled if not f.argument.shared and f.argument.role in ("subject", "topic") and isinstance(f.value, Entity)]
    if len(own) != 2 or is_transitive(clause.predicate.lemma) or any(f.argument.role == "object" for f in filled):
        return None
    topic, subject = sorted(own, key=lambda f: f.argument.span)
    verbs = load_measure_verbs()
    if clause.predicate.lemma in verbs["increasing"] | verbs["decreasing"] and _goes_on(scene, clause, topic.argument.span):
        return None  # 사업비는 자재값이 오르면서 75억원 늘었다: the topic of what follows
    if clause.relation == "coordinate" and isinstance(topic.value, Entity) and scene.is_kind(topic.value, ("Agent",)) and not topic.value.created:
        return None  # 다온은 파일이 경로로 밝혀지며 지원을 끊었다
    if clause.relation == "adverbial" or (isinstance(subject.value, Entity) and scene.is_kind(subject.value, ("Agent",))):
        return None  # CNN은 안보가 흔들리면서 …고 분석했다: the topic of what follows
    between = Span(topic.argument.span.end, subject.argument.span.start)
    if any(between.covers(scene.doc.clauses[n].predicate.span) for n in scene.clauses_of[clause.sentence]):
        return None
    marked = topic.argument.josa in ("은", "는") and subject.argument.josa in ("이", "가", "은", "는")
    day = scene.times_in(clause.sentence, topic.argument.span)
    return topic if marked and topic.argument.span < subject.argument.span and not day and clause.predicate.kind != "copula" else None


def _goes_on(scene: Scene, clause: Clause, topic: Span) -> bool:
    """Whether the topic of a clause is what a clause further on is told of."""
    above, steps = clause.parent, 0
    while above is not None and steps < 10:
        here = scene.doc.clauses[above]
        if any(a.shared and a.span == topic for a in here.arguments):
            return True
        above, steps = here.parent, steps + 1
    return False


def _is_measured(scene: Scene, clause: Clause) -> bool:
    """Whether a clause has a number or a time of its own: 3도 낮고."""
    return any(scene.quantities_in(clause.sentence, a.span) or scene.times_in(clause.sentence, a.span) for a in clause.arguments)


def _find_matter(scene: Scene, clause: Clause) -> Value | None:
    """What quoted words without an object are about: 매각설에 대해 “검토한 적 없다”고 말했다."""
    cue = scene.doc.quotations[clause.quotation].cue if clause.quotation is not None else None
    if cue is None or clause.relation not in ("main", "coordinate", "quotative"):
        return None
    matter = next((a for a in scene.doc.clauses[cue].arguments if a.josa in ("에 대해", "에 관해")), None)
    return None if matter is None else scene.value_of(scene.doc.clauses[cue].sentence, matter)


def build_stake(
    scene: Scene, clause: Clause, subject: Entity | None, trust: float, filled: tuple[Filled, ...], speaker: Entity | None
) -> Fact | None:
    """ "브릿지오크가 보유한 오름이온텍 지분 61.4%": the stake is in the firm whose shares they are."""
    if subject is None or clause.predicate.lemma not in load_fact_lexicon().holding_verbs:
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


def _is_what_becomes(item: Filled) -> bool:
    """Whether an argument tells what something is or becomes: 회문 구조 of "회문 구조로 이루어졌다"."""
    role, josa = item.argument.role, item.argument.josa
    return (role in ("instrument", "goal") and josa in ("로", "으로")) or (role == "quote" and isinstance(item.value, Entity))


def _name_predicate(scene: Scene, clause: Clause) -> str:
    """The predicate's dictionary form as it is said: 치료를 받다 is 치료받다, which is not 치료되다."""
    lemma, words = clause.predicate.lemma, clause.predicate.span.of(scene.text)
    received = clause.predicate.kind == "light" and clause.predicate.voice == "passive" and words.startswith(("받", "받아"))
    return lemma[:-2] + "받다" if received and lemma.endswith("되다") else lemma


def _is_part_of_predicate(scene: Scene, clause: Clause, item: Filled) -> bool:
    """Whether a bare noun stands right before the noun of a light verb and says which: 양성 of "양성 판정을 받았다"."""
    between = scene.text[item.argument.span.end : clause.predicate.span.start].split()
    stem = re.sub("(?:하|되|시키)다$", "", clause.predicate.lemma)
    beside = not between or (len(between) == 1 and between[0].startswith(stem))
    if clause.predicate.voice == "active" and not is_transitive(clause.predicate.lemma):
        return False  # 사회공헌 활동을 벌였다
    meanwhile = is_moment(item.argument.head.of(scene.text)) or item.argument.span.of(scene.text).endswith(" 중")  # 촬영 중 부상을 당했다
    return item.argument.role == "adverbial" and not item.argument.josa and beside and not meanwhile and not isinstance(item.value, Time)


def _is_value_reached(item: Filled) -> bool:
    """Whether an argument is the value that something changes to: 37초 of "30초에서 37초로 길어졌다"."""
    return is_measured(item.value) and item.argument.role in ("instrument", "goal") and item.argument.josa in ("로", "으로")


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
