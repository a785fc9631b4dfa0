"""Sharing: joined clauses have one subject, and a sequence of verbs one object."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.accepted import settle_offers
from kg.clauses.amounts import tells_amount
from kg.clauses.arguments import COORDINATING, FRAMING, Frame, is_order, lacks_subject, with_argument
from kg.clauses.arrests import join_terms, part_days, raise_accusers, settle_arrests
from kg.clauses.bodies import settle_bodies, settle_organisers
from kg.clauses.circumstances import settle_circumstances
from kg.clauses.contents import raise_media, raise_told_days, sink_conditions
from kg.clauses.doers import acts_in_place, is_acting, is_doer, is_thing
from kg.clauses.gaps import define_gaps, fill_gaps, lend_entrants, lend_hosted, says_words
from kg.clauses.joined import join_relatives, share_gaps
from kg.clauses.openings import raise_first_subjects, raise_openings
from kg.clauses.phrases import Tree
from kg.clauses.raising import (
    lift_subjects,
    lower_leading_topics,
    lower_topics,
    raise_dates,
    raise_days,
    raise_holders,
    raise_leading_topics,
    raise_repeated,
    raise_reporters,
    raise_topics,
    return_objects,
    settle_reporters,
)
from kg.clauses.sequences import pass_object, pass_ruling
from kg.clauses.surplus import lift_inner_topics, part_subjects
from kg.clauses.tellers import is_party, raise_judges, settle_tellings
from kg.model import Argument
from kg.tables.lexicons import ClauseLexicon, find_kind, is_seen_transitive, load_clause_lexicon

_SHARING = COORDINATING | frozenset(
    "어 아 여 어서 아서 여서 면서 으면서 다가 려다 으려다 려다가 라 느라 려고 기 고자 려 도록".split()
)
# nouns behind what one does before or while one does the rest: 문을 닫은 뒤, 짓는 과정에서
_NEXT = frozenset(("뒤", "후", "다음", "직후", "과정"))
_RESULTING = frozenset(("결과", "끝"))  # 신문이 교수들에게 물은 결과 …고 밝혔다
_QUOTES = frozenset("\"'“”‘’")
_BEFORE_TOPIC = 12  # code points that a modifier of a quotation's first topic may take
# nouns whose clause has the subject of the clause around it: 확대할 계획을 밝혔다, 회의를 마친 뒤 떠났다
_SAME_SUBJECT = frozenset(
    (
        "것 수 바 적 때 뒤 후 전 중 다음 직후 직전 동안 채 과정 가운데 이후 예정 계획 방침 뜻 의사 의지 목표 생각 입장 대신 혐의 의혹 대가 "
        "한편 동시 김"
    ).split()
)


def complete_frames(tree: Tree, built: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """The frames with the arguments that grammar fills in: gaps, shared subjects and objects."""
    frames = list(built)
    join_terms(tree, frames)
    join_relatives(frames)
    return_objects(frames)
    settle_bodies(tree, frames, lexicon)
    settle_organisers(tree, frames)
    settle_tellings(tree, frames, lexicon)
    raise_media(tree, frames, lexicon)
    settle_reporters(frames)
    raise_repeated(frames)
    lower_topics(tree, frames)
    lower_leading_topics(frames, lexicon)
    raise_reporters(tree, frames, lexicon)
    raise_leading_topics(tree, frames)
    raise_holders(tree, frames, lexicon)
    raise_accusers(tree, frames, lexicon)
    settle_arrests(tree, frames)
    raise_days(tree, frames)
    raise_dates(tree, frames)
    raise_topics(tree, frames, lexicon)
    raise_judges(tree, frames, lexicon)
    lift_subjects(frames)
    raise_first_subjects(frames)
    part_subjects(tree, frames)
    lift_inner_topics(frames)
    raise_told_days(tree, frames, lexicon)
    sink_conditions(tree, frames, lexicon)
    settle_circumstances(tree, frames, lexicon)
    raise_openings(tree, frames)
    part_days(tree, frames, lexicon)
    settle_offers(tree, frames, lexicon)
    fill_gaps(tree, frames, lexicon)
    lend_hosted(tree, frames, lexicon)
    share_gaps(frames)
    _share(tree, frames, lexicon)
    define_gaps(tree, frames, lexicon)
    lend_entrants(frames)
    return tuple(frames)


def _may_share(tree: Tree, frame: Frame, governor: Frame, subject: Argument, lexicon: ClauseLexicon) -> bool:
    """Whether a clause without a subject has its governor's."""
    charged = frame.noun is not None and tree.unit(frame.noun).noun in lexicon.charge_nouns
    if subject.shared and governor.relation == "relative" and governor.get("object") is None and not charged:
        return False  # 속여 돈을 가로챈 대표 is who did both; of 잘라 만든 부품 nobody knows
    if _is_judged(tree, frame, governor, lexicon) or _is_mere_finding(tree, frame, subject):
        return False
    if subject.shared and governor.relation == "relative" and not charged and not is_doer(tree, subject):
        return False  # 모형을 써서 새 성질을 지니는 소재를 찾았다
    if is_order(tree, frame) or (frame.relation == "nominal" and governor.chain.lemma in lexicon.requesting_verbs):
        return False  # who is told to do it is not who tells
    behind = subject.span.start > tree.units[frame.chain.first].span.start
    if behind and not subject.shared and subject.josa in ("이", "가") and frame.relation in ("coordinate", "adverbial"):
        return False  # 총리를 임명하면서 지지율이 올랐다: who is named by 이 or 가 behind it is somebody else
    accused = subject.josa in ("을", "를")  # 사고를 내고 달아난 혐의로 강씨를 구속했다
    if behind and not charged and not accused and _tells_by_itself(tree, frame, governor, subject):
        return False
    if behind and acts_in_place(tree, frame):
        return False  # 위원회에서 법안을 통과시키면서, 조합은 파업을 결의했다
    if behind and frame.relation == "coordinate" and (governor.chain.kind != "verb" or governor.chain.lemma in ("없다", "있다")):
        return False  # 모델을 도입할 예정이며 예산 축소는 없다: two subjects
    if frame.relation == "quotative" and (_is_impersonal(tree, frame, lexicon) or not _speaks_of_itself(frame, governor, behind, lexicon)):
        return False
    if frame.chain.ending_tag == "ETM" and frame.noun is not None and frame.chain.lemma.endswith(("되다", "지다")):
        if frame.noun > tree.last_eojeol(frame.chain) + 1 or len(tree.unit(frame.noun).nouns) > 1:
            return False  # 협회는 비공개로 진행된 위원 선정과정에서 다퉜다
    claimed = frame.relation == "quotative" and governor.chain.lemma == "주장하다" and frame.chain.status != "planned"
    if claimed and is_party(subject.head.of(tree.text)):
        return False  # 야당은 국민 부담을 늘렸다고 주장했다: the government did
    if frame.chain.ending_tag == "ETM" and governor.chain.lemma in lexicon.denying_verbs:
        return True  # 부풀렸다는 의혹을 부인했다: who denies it is who is accused
    if frame.chain.ending_tag == "ETM":
        noun = "" if frame.noun is None else tree.unit(frame.noun).noun
        if noun in lexicon.proposal_nouns:
            return governor.chain.lemma in lexicon.pending_verbs  # who weighs it would do it; who passes it would not
        return frame.noun is None or noun in _SAME_SUBJECT
    return True


def _is_judged(tree: Tree, frame: Frame, governor: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether a clause is what somebody thinks of another: 경찰은 시신을 버린 것으로 본다; of 매출을 올릴 것으로 본다 it may be himself."""
    unit = None if frame.noun is None or frame.relation != "nominal" else tree.unit(frame.noun)
    if unit is None or unit.noun != "것" or unit.josa not in ("로", "으로"):
        return False
    if governor.chain.lemma not in lexicon.expecting_verbs | lexicon.judging_verbs | {"판단하다"}:
        return False
    return frame.chain.ending not in ("ᆯ", "을") or frame.chain.lemma.endswith(("되다", "지다"))


def _tells_by_itself(tree: Tree, frame: Frame, governor: Frame, subject: Argument) -> bool:
    """Whether a clause before its sentence's subject is of somebody else: 애도를 표했으며, 협회는 …; of 시신을 넣고 달아난 남편 he did both."""
    if frame.relation == "coordinate" and not (subject.shared and governor.relation == "relative"):
        return True
    return frame.relation in ("coordinate", "adverbial", "nominal") and not is_doer(tree, subject)


def _is_impersonal(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether words end in what is expected, heard or found by nobody named: 북상할 것으로 예상된다고, 손상으로 확인됐다고."""
    lemma = tree.units[frame.chain.last].lemma
    told = lemma in lexicon.hearsay_verbs or lemma in lexicon.finding_verbs or lemma in lexicon.expecting_verbs
    return told and lemma.endswith(("되다", "지다", "보이다", "나다", "나타나다"))


def _speaks_of_itself(frame: Frame, governor: Frame, behind: bool, lexicon: ClauseLexicon) -> bool:
    """Whether reported words without a subject are of the one who reports them: 늘리겠다고 밝혔다, but not 어렵다고 밝혔다."""
    if frame.chain.status == "planned":
        return True
    if frame.chain.kind in ("copula", "adjective") or governor.chain.lemma in lexicon.judging_verbs:
        return False
    return not behind or governor.chain.lemma in lexicon.announcing_verbs


def _share(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """Subjects pass from a first clause to the one it is joined to, from that to the others, and objects along a sequence."""
    _share_decider(frames)
    for number in range(len(frames)):
        _pass_topic(tree, frames, number)
    for number in range(len(frames)):
        _pass_on(tree, frames, number)
    _share_speaker(tree, frames)
    for number in range(len(frames) - 1, -1, -1):
        _take_over(tree, frames, number, lexicon)
    for frame in tuple(frames):
        pass_object(tree, frames, frame)
        pass_ruling(frames, frame)
    for number in range(len(frames) - 1, -1, -1):
        _share_negation(tree, frames, number)


def _pass_topic(tree: Tree, frames: list[Frame], number: int) -> None:
    """"회사는 투자를 늘렸지만 주가가 빠지면서 계획을 접었다": the last topic before a verb is its subject, over nearer subjects in 이 or 가."""
    frame = frames[number]
    settled = frame.get("subject") is None and (frame.get("topic") is None or _takes_topic_as_object(tree, frame))
    if not settled or frame.relation == "relative" or frame.chain.kind != "verb" or is_order(tree, frame):
        return
    start = tree.starts(frame.chain)
    if any(f.parent == number and f.relation == "quotative" and _has_own_topic(tree, f) for f in frames):
        return
    joined = [f for n, f in enumerate(frames[:number]) if n != number and _leads_to(frames, n, number) and f.relation in ("coordinate", "adverbial")]
    topics = [a for f in joined for a in f.arguments if a.josa in ("은", "는") and not a.shared and a.span.end < start]
    topics = [a for a in topics if a.role == "subject" or (a.role == "topic" and (is_acting(tree, a) or tells_amount(tree, frame)))]
    if not topics or _is_told_by_nearer(frames, joined, max(topics, key=lambda a: a.span)):
        return
    if any(_has_nearer(f, max(topics, key=lambda a: a.span), ("도",)) for f in joined if f.parent == number):
        return  # 오씨는 칼을 휘둘렀고, 박씨도 칼을 잡아 맞섰다
    if _is_mere_finding(tree, frame, max(topics, key=lambda a: a.span)):
        return
    if frame.chain.ending in ("자", "자마자") and any(_has_nearer(f, max(topics, key=lambda a: a.span)) for f in joined):
        return  # 가수는 사회자가 그를 소개하며 노래를 부르자 따라 불렀다
    frames[number] = with_argument(frame, replace(max(topics, key=lambda a: a.span), role="subject", shared=True))


def _is_told_by_nearer(frames: list[Frame], joined: list[Frame], topic: Argument) -> bool:
    """Whether a copula closed what a topic tells, and the verb goes on with the subject behind: 총책은 이씨며 조직원들이 모여 지휘체계를 갖췄다."""
    closed = any(topic in f.arguments and f.chain.kind == "copula" for f in joined)
    own = (a for f in joined[-1:] if f.chain.kind == "verb" for a in f.arguments if a.role == "subject" and a.josa in ("이", "가"))
    return closed and any(not a.shared and a.span.start > topic.span.end for a in own)


def _is_mere_finding(tree: Tree, frame: Frame, subject: Argument) -> bool:
    """Whether a verb tells that something was found, which somebody named before is not: 회사는 기기를 분석했고 손상으로 확인됐다."""
    lexicon = load_clause_lexicon()
    found = frame.chain.lemma in lexicon.finding_verbs and frame.chain.lemma.endswith(("되다", "지다"))
    return found and is_doer(tree, subject)


def _has_nearer(frame: Frame, topic: Argument, josa: tuple[str, ...] = ("이", "가")) -> bool:
    return any(a.role == "subject" and a.josa in josa and not a.shared and a.span > topic.span for a in frame.arguments)


def _has_own_topic(tree: Tree, frame: Frame) -> bool:
    """Whether reported words without quotation marks have a topic of their own."""
    topics = [a for a in frame.arguments if a.josa in ("은", "는") and a.role in ("topic", "subject") and not a.shared]
    return bool(topics) and not any(set(tree.text[max(0, a.span.start - _BEFORE_TOPIC) : a.span.start]) & _QUOTES for a in topics)


def _takes_topic_as_object(tree: Tree, frame: Frame) -> bool:
    """Whether the topic of a verb can only be its object: 매입은 거부했다; but 노조 측은 거부했다."""
    topic = frame.get("topic")
    if topic is not None and is_acting(tree, topic):
        return False
    return frame.get("object") is None and is_seen_transitive(frame.chain.lemma)


def _pass_on(tree: Tree, frames: list[Frame], number: int) -> None:
    """"트럭이 중앙선을 넘어 승용차를 들이받았다": the first verb's subject is the second's."""
    frame = frames[number]
    if frame.parent is None or frame.relation not in ("coordinate", "adverbial"):
        return
    subject, governor = frame.get("subject") or frame.get("topic"), frames[frame.parent]
    if subject is None or not lacks_subject(governor) or governor.chain.first <= frame.chain.first or says_words(governor):
        return
    if (governor.relation == "relative" and acts_in_place(tree, governor)) or _is_mere_finding(tree, governor, subject):
        return  # 가온이 반발하고 있어 법에서 금지하는 물건으로 판단했다
    if any(f.parent == frame.parent and f.relation == "quotative" and _has_own_topic(tree, f) for f in frames):
        return  # 중국은 성장하겠지만 다른 나라들은 줄어들 것이라고 예상했다: all of it is forecast
    if subject.josa not in ("은", "는"):
        resulting = frame.noun is not None and tree.unit(frame.noun).noun in _RESULTING and is_seen_transitive(frame.chain.lemma)
        joining = frame.chain.ending in _SHARING or (frame.chain.ending == "자" and frame.chain.kind == "copula")
        if not joining and not resulting and not _does_next(tree, frame, governor, subject):
            return
        if frame.chain.lemma.endswith(("되다", "지다")) and governor.get("object") is not None and is_seen_transitive(governor.chain.lemma):
            return  # 국새가 날인되며 협의회도 운영한다: the seal runs nothing
        if frame.chain.ending == "도록" and subject.josa in ("이", "가", "도"):
            return  # 환자도 치료를 받도록 기준을 낮춘다, 누구나 배우도록 노력한다: who does it is somebody else
        if frame.chain.negated and frame.chain.lemma in ("존재하다", "있다") and governor.get("object") is not None:
            return  # 기류가 존재하지 않아 태풍이 영향을 주었다: what is not there does nothing
        own = "겠" in tree.text[tree.starts(governor.chain) : tree.units[governor.chain.last].span.end]
        if governor.relation == "quotative" and own and governor.chain.status == "planned" and not is_doer(tree, subject):
            return  # 증세가 보여 돌아가겠다: who says so
        if frame.chain.kind == "adjective" and governor.chain.kind == "verb":
            return  # 의사가 부족해 진료를 중단했다: the doctors do not stop it
        if _closes(tree, frame, subject):
            return  # 정확도가 높아졌고 꿈에 더 가까워졌다: two tellings
    frames[frame.parent] = with_argument(governor, replace(subject, role="subject", shared=True))


def _does_next(tree: Tree, frame: Frame, governor: Frame, subject: Argument) -> bool:
    """Whether who did the one did the other to something as well: 직원이 업체를 차린 뒤 돈을 가로챘다; of 직원이 떠난 뒤 it is not told."""
    if frame.noun is None or tree.unit(frame.noun).noun not in _NEXT or len(tree.unit(frame.noun).nouns) > 1 or not is_doer(tree, subject):
        return False
    acting = frame.get("object") is not None and governor.get("object") is not None and is_seen_transitive(frame.chain.lemma)
    return acting and governor.chain.kind == "verb" and is_seen_transitive(governor.chain.lemma)


def _closes(tree: Tree, frame: Frame, subject: Argument) -> bool:
    """Whether a clause in the past form tells by itself what became of a thing: 정확도가 높아졌고; 대표가 사임했고 of a person does not."""
    if not frame.chain.past or frame.chain.ending not in ("고", "으며", "며") or frame.get("object") is not None:
        return False
    number = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > subject.head.start), None)
    nouns = tree.unit(number).nouns if number is not None else ()
    common = bool(nouns) and nouns[-1].tag in ("NNG", "XSN") and find_kind(subject.head.of(tree.text)) is None
    return common and (frame.chain.lemma.endswith(("되다", "지다")) or frame.chain.kind == "adjective")


def _take_over(tree: Tree, frames: list[Frame], number: int, lexicon: ClauseLexicon) -> None:
    """A clause without a subject has its governor's, but not before -자: 회사가 닫자 노조는 반발했다."""
    frame = frames[number]
    if frame.parent is None or not lacks_subject(frame) or frame.chain.tail or (frame.chain.ending_tag == "EF" and frame.relation == "coordinate"):
        return
    if frame.chain.ending == "자" and frame.chain.kind != "copula":
        return
    governor = frames[frame.parent]
    subject = governor.get("subject") or governor.get("topic")
    charged = frame.noun is not None and tree.unit(frame.noun).noun in lexicon.charge_nouns and frame.chain.ending_tag == "ETM"
    if charged and (thing := governor.get("object")) is not None and thing.clause is None:
        if not thing.head.of(tree.text).endswith("영장"):  # 남성에 대해 영장을 신청했다
            frames[number] = with_argument(frame, replace(thing, role="subject", shared=True))
        return  # 지폐를 만든 혐의로 두 명을 구속했다: the two made them
    if subject is None:
        return
    if frame.chain.ending.endswith(("면", "니까")) and subject.josa in ("이", "가", "만"):
        return  # 전압을 걸면 이온이 붙는다: each has its own
    framing = frame.relation == "relative" and frame.chain.lemma in FRAMING
    if not framing:
        if frame.relation not in ("coordinate", "adverbial", "quotative", "nominal"):
            return
        if not _may_share(tree, frame, governor, subject, lexicon) or _is_left_open(tree, frames, number, subject):
            return
        if frame.relation == "nominal" and governor.chain.kind == "copula":
            return
    frames[number] = with_argument(frame, replace(subject, role="subject", shared=True))


def _is_left_open(tree: Tree, frames: list[Frame], number: int, subject: Argument) -> bool:
    """Whether reported words name who acted before: 감사원은 업체가 집을 짓는 과정에서 돈을 챙겼다고 밝혔다."""
    if frames[number].relation != "quotative" or frames[number].chain.status == "planned":
        return False
    if frames[number].get("object") is None:  # 본부는 배가 기울었고 물속으로 가라앉았다고 밝혔다
        told = (f for n, f in enumerate(frames[:number]) if f.parent == number and f.relation in ("coordinate", "adverbial") and f.noun is None)
        return any(a.role == "subject" and a.josa in ("이", "가") and a.span > subject.span for f in told for a in f.arguments)
    before = (f for f in frames[:number] if f.parent == number and f.noun is not None and f.get("object") is not None)
    stages = (f for f in before if tree.unit(f.noun or 0).noun in _NEXT)
    return any(a.role == "subject" and a.josa in ("이", "가") and not a.shared and a.span > subject.span for f in stages for a in f.arguments)


def _share_negation(tree: Tree, frames: list[Frame], number: int) -> None:
    """"제안하거나 검토한 바 없다", "문을 닫고 직원을 줄이는 것이 아니라": neither of the two."""
    frame = frames[number]
    if frame.parent is None or frame.relation != "coordinate" or not frames[frame.parent].chain.negated:
        return
    last = tree.units[frames[frame.parent].chain.last]
    own = any(a.role in ("subject", "topic") and not a.shared and a.josa in ("은", "는") for a in frames[frame.parent].arguments)
    both = last.lemma == "아니다" and last.ending in ("라", "고") and frame.chain.ending in ("고", "며") and not frame.chain.past and not own
    if (frame.chain.ending == "거나" or both) and not tree.units[frame.chain.last].comma:
        frames[number] = replace(frame, chain=replace(frame.chain, negated=True))


def _share_speaker(tree: Tree, frames: list[Frame]) -> None:
    """"KT는 계약을 체결하고 협력에 나선다고 발표했다": the topic of the reported words reports them."""
    for number, frame in enumerate(frames):
        if frame.relation != "quotative" or frame.chain.tail or frame.parent is None or not lacks_subject(frames[frame.parent]):
            continue
        inside = [n for n in range(number + 1) if n == number or _leads_to(frames, n, number)]
        said = [a for n in inside for a in frames[n].arguments if a.josa in ("은", "는") and not a.shared]
        topics = [a for a in said if a.role in ("subject", "topic")]
        if topics:
            first = min(topics, key=lambda a: a.span)
            stative = frame.chain.kind != "verb" or frame.chain.lemma.endswith(("되다", "지다"))
            if stative and len(topics) == 1 and first in frame.arguments and is_thing(tree, first):
                continue  # 강수량은 더 많겠다고 밝혔다: nobody says who did
            frames[frame.parent] = with_argument(frames[frame.parent], replace(first, role="subject", shared=True))


def _share_decider(frames: list[Frame]) -> None:
    """"구청이 도서관을 세우기로 최종 결정했다": who is to do it decides it, where nobody else does."""
    for frame in frames:
        settled = frame.chain.ending_tag == "ETN" and frame.chain.josa in ("로", "으로") and frame.parent is not None
        if not settled or frame.parent is None or not lacks_subject(frames[frame.parent]):
            continue
        doer = next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared), None)
        if doer is not None and frames[frame.parent].chain.kind == "verb":
            frames[frame.parent] = with_argument(frames[frame.parent], replace(doer, role="subject", shared=True))


def _leads_to(frames: list[Frame], number: int, target: int) -> bool:
    """Whether a frame is joined, step by step, to another."""
    steps = 0
    while number != target and steps < 50:
        frame = frames[number]
        if frame.parent is None or frame.relation not in ("coordinate", "adverbial", "nominal"):
            return False
        number = frame.parent
        steps += 1
    return number == target
