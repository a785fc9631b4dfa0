"""Status: how surely each clause is said, from its own words, its governors and whose words it stands in."""

from __future__ import annotations

import re

from kg.clauses.arguments import Frame, is_order
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.phrases import Tree
from kg.clauses.quotations import Speech
from kg.model import Argument, Status
from kg.tables.lexicons import ClauseLexicon, find_kind

_RETOLD = re.compile(r"[다라]는\s(?:것|설명|주장|얘기|이야기|지적|분석|입장|논리|내용|취지|반응)[이입]")
_GOING_ON = re.compile(r"(?:고|[아어여해돼려져])\s?있(?:고|어서?|으며|는데|지만),?$")
_FOUND = re.compile(r"것으로\s(?:[가-힣]+\s)?(?:밝혀|드러|나타|확인|조사|파악|집계)")
_PURPOSE = ("려고", "으려고", "고자", "도록", "려", "으려", "러", "으러", "려다", "으려다", "려다가", "으려다가")
_CONDITION = ("면", "으면", "다면", "ᆫ다면", "는다면", "라면", "거든", "어야", "아야", "더라도", "어도", "아도", "ᆯ지라도", "든지", "거나")
_UNDECIDED = ("ᆯ지", "을지", "ᆯ지를", "는지", "ᆯ는지", "ᆫ지", "은지")
_JOINED = ("coordinate", "adverbial")
_AFTERWARDS = frozenset(("뒤", "후", "다음", "직후"))
_UNDERTAKINGS = frozenset(("Agreement", "Law", "Project", "Fund", "Meeting"))
_WAYS = frozenset(("방식", "수법", "방법", "식", "과정", "대가", "명목"))
_TOPICS = frozenset(("대하다", "관하다", "관련하다"))
_GROUNDS = frozenset(("따르다", "의하다", "인하다", "말미암다"))  # 선정됨에 따라
_BARE = frozenset(("", "것", "거", "걸", "수", "점", "바", "때", "때문", "경우", "정도"))
_HEARD_TOO = frozenset("고 며 으며 어 아 여 어서 아서 여서 면서 으면서 지만 으나 나 는데 다가".split())  # joined inside hearsay, too
_JOINING = frozenset(("고", "며", "으며", "어", "아", "여", "어서", "아서", "여서", "면서", "으면서", "거나", "되"))


def find_statuses(tree: Tree, frames: tuple[Frame, ...], speeches: tuple[Speech, ...], lexicon: ClauseLexicon) -> tuple[Status, ...]:
    """The status of each frame; governors are settled before what they govern."""
    statuses: list[Status] = ["asserted"] * len(frames)
    for number in range(len(frames) - 1, -1, -1):
        statuses[number] = _governed(tree, frames, number, statuses, speeches, lexicon)
    for number, frame in enumerate(frames):
        if statuses[number] == "asserted" and _is_vouched_by_speaker(tree, frames, number, frame, speeches, lexicon):
            statuses[number] = "claimed"
    return tuple(statuses)


def _governed(
    tree: Tree, frames: tuple[Frame, ...], number: int, statuses: list[Status], speeches: tuple[Speech, ...], lexicon: ClauseLexicon
) -> Status:
    frame = frames[number]
    chain = frame.chain
    governor = frames[frame.parent] if frame.parent is not None else None
    own = chain.status
    if governor is not None and _is_denied(tree, frames, frame, governor, speeches, lexicon):
        return "denied"
    content = tree.unit(frame.noun).noun if frame.relation == "nominal" and frame.noun is not None else ""
    if own is not None and not (own == "planned" and content in lexicon.expectation_nouns):
        return own
    if governor is not None and frame.noun is not None and tree.unit(frame.noun).noun in _WAYS and governor.noun is not None:
        if tree.unit(governor.noun).noun in lexicon.charge_nouns:
            return "claimed"  # 아이를 살해하는 방식으로 수술을 한 혐의
    if frame.relation == "nominal" and governor is not None:
        return _nominal(tree, frame, governor, statuses[frame.parent or 0], lexicon)
    if content == "" and frame.noun is not None and chain.ending in QUOTING_ADNOMINAL and tree.unit(frame.noun).noun == "이유":
        return "claimed"  # 법을 어겼다는 이유로 신고했다
    if is_order(tree, frame):
        return "planned"
    if chain.ending_tag == "EC" and chain.ending in _UNDECIDED:
        return "expected"
    if chain.ending_tag == "EC" and chain.ending.endswith(_PURPOSE):
        return "planned"
    if chain.ending == "거나" and chain.negated and frame.parent is not None and frame.relation == "coordinate":
        return statuses[frame.parent]
    top = governor is not None and governor.relation in ("main", "coordinate", "quotative")
    either = chain.ending == "거나" and frame.relation == "coordinate" and (top or chain.past)  # 결항되거나 늦어진다: some one, some the other
    if chain.ending_tag == "EC" and chain.ending in _CONDITION and not either and chain.lemma not in lexicon.source_markers:
        return "expected"
    if chain.ending_tag == "ETM" and chain.ending in ("ᆯ", "을", "려는", "으려는", "려던", "으려던") and frame.relation == "relative":
        return "expected" if chain.past else "planned"  # 시민들이 느꼈을 실망감: so it is supposed
    if frame.parent is not None and frame.relation == "adverbial" and frame.noun is not None and tree.unit(frame.noun).noun in _AFTERWARDS:
        aimed = frames[frame.parent].chain.ending_tag == "EC" and frames[frame.parent].chain.ending.endswith(_PURPOSE)  # 식사를 한 뒤 자러 갔다
        if statuses[frame.parent] == "planned" and not aimed and not any(a.role == "subject" and not a.shared for a in frame.arguments):
            return "planned"  # 검토한 뒤 결론을 내릴 계획이다
        heard = _find_hearsay(tree, frames, frame, lexicon)
        if heard is not None and not _is_others(frame, heard):
            return "claimed"  # 낙선한 뒤 사장을 맡은 것으로 알려졌다
    if frame.parent is not None and frame.relation == "adverbial" and chain.ending == "는" and _is_instance(tree, frame):
        if statuses[frame.parent] in ("planned", "expected", "claimed"):
            return statuses[frame.parent]  # 정보를 공유하는 등 협력하기로 했다
    if chain.ending in ("면서", "으면서") and any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in frame.arguments):
        return "asserted"  # 심사가 해를 넘기면서 통합은 늦어질 것으로 보인다
    if frame.parent is not None and frame.relation in _JOINED and chain.ending in _HEARD_TOO and chain.lemma not in lexicon.saying_verbs:
        heard = _find_hearsay(tree, frames, frame, lexicon)
        if heard is not None and _stands_apart(frame, heard):
            return "asserted"  # 본사는 시내에 있으며, 영장은 발부되지 않은 것으로 알려졌다
        if heard is not None and (chain.past or chain.ending not in _JOINING) and not _is_others(frame, heard):
            return "claimed"  # 퇴원했지만 통증을 호소하는 것으로 알려졌다
    ended = governor is not None and governor.parent is None and statuses[frame.parent or 0] == "claimed"
    if governor is not None and ended and frame.relation == "coordinate" and chain.ending_tag == "EC" and chain.lemma not in lexicon.saying_verbs:
        if _RETOLD.search(_words(tree, governor)):
            return "claimed"  # 이용이 줄었지만 까닭은 불분명하다는 설명이다
    if frame.parent is not None and frame.relation in _JOINED and chain.ending in _JOINING and not chain.past:
        inherited = statuses[frame.parent]
        above = frames[frame.parent]
        if above.relation == "nominal" and above.noun is not None and tree.unit(above.noun).noun in lexicon.charge_nouns:
            return "claimed"  # 납치해 살해하려 한 혐의: the first is charged as done
        if inherited in ("planned", "expected") and _passes_over(tree, frame, above, lexicon) and above.parent is not None:
            inherited = statuses[above.parent]
        reason = chain.kind == "adjective" and chain.ending in ("어서", "아서", "여서") and inherited == "planned"
        reason = reason or (chain.kind == "copula" and inherited == "planned")  # nobody plans what things are
        if inherited in ("planned", "expected") and (_GOING_ON.search(_words(tree, frame)) or _FOUND.search(_words(tree, frame))):
            return "asserted"  # 절반을 차지하고 있어 유리해질 전망이다; 활동한 것으로 밝혀져 배제할 수 없다
        if inherited in ("planned", "expected", "claimed", "denied") and not reason:
            return inherited
    return "asserted"


def _passes_over(tree: Tree, frame: Frame, above: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether a clause leads past what it was joined to, where the two have other subjects: 부스를 운영하며 시민들이 즐길 기회를 마련했다."""
    noun = tree.unit(above.noun).noun if above.noun is not None else ""
    settled = lexicon.plan_nouns | lexicon.expectation_nouns | lexicon.proposal_nouns | _BARE
    within = above.chain.ending_tag == "ETM" and above.relation in ("relative", "adverbial") and noun not in settled
    own = next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared), None)
    if own is None or not (within or above.chain.ending == "도록"):
        return False
    other = any(a.role == "subject" and a.josa in ("이", "가") and not a.shared for a in above.arguments)
    return other or (within and own.josa in ("은", "는"))


def _is_instance(tree: Tree, frame: Frame) -> bool:
    """Whether a clause is an instance of what is told behind it: 정보를 공유하는 등."""
    last = tree.last_eojeol(frame.chain)
    return last + 1 < len(tree.sentence.eojeols) and tree.unit(last + 1).noun == "등" and not tree.unit(last + 1).josa


def _find_hearsay(tree: Tree, frames: tuple[Frame, ...], frame: Frame, lexicon: ClauseLexicon) -> Frame | None:
    """The hearsay that a clause leads to by joining: 낙선한 뒤 사장을 맡기 전까지 위원장을 맡은 것으로 알려졌다."""
    for _ in range(20):
        if frame.parent is None:
            break
        noun = tree.unit(tree.last_eojeol(frame.chain) + 1).noun if frame.chain.ending == "기" and not frame.chain.josa else ""
        before = frame.relation == "nominal" and noun in ("전", "이전", "직전")
        if frame.relation not in _JOINED and not before:
            break
        frame = frames[frame.parent]
        if frame.chain.status == "claimed" or _is_heard(tree, frames, frame, lexicon):
            return frame
    return None


def _is_heard(tree: Tree, frames: tuple[Frame, ...], frame: Frame, lexicon: ClauseLexicon) -> bool:
    """Whether a clause is the content of hearsay told by a verb of its own: 연락이 온 것으로 언론에 소개됐다."""
    if frame.relation != "nominal" or frame.noun is None or frame.parent is None or frames[frame.parent].chain.lemma not in lexicon.hearsay_verbs:
        return False
    noun = tree.unit(frame.noun)
    return noun.noun in ("것", "거", "걸") and noun.josa in ("로", "으로")


def _find_named(frame: Frame) -> Argument | None:
    """The subject or topic that a frame itself names."""
    return next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared and a.clause is None), None)


def _stands_apart(frame: Frame, heard: Frame) -> bool:
    """Whether a clause before hearsay has a topic, and the hearsay another."""
    own, other = _find_named(frame), _find_named(heard)
    ended = frame.chain.ending in ("고", "며", "으며", "지만", "으나", "나", "는데")
    return ended and own is not None and other is not None and own.josa in ("은", "는") and own.span.end < other.span.start


def _is_others(frame: Frame, heard: Frame) -> bool:
    """Whether a clause has a subject that stands behind no topic of the hearsay: 회의가 끝난 뒤 그는 물러난 것으로 알려졌다."""
    own = next((a for a in frame.arguments if a.role in ("subject", "topic") and a.josa in ("이", "가") and not a.shared), None)
    topic = next((a for a in heard.arguments if a.role in ("subject", "topic")), None)
    return own is not None and (topic is None or topic.span.start >= own.span.start)


def _nominal(tree: Tree, frame: Frame, governor: Frame, above: Status, lexicon: ClauseLexicon) -> Status:
    noun = tree.unit(frame.noun).noun if frame.noun is not None else ""
    verb = governor.chain.lemma
    if _is_reason(tree, frame):
        return "asserted"  # 6점을 얻었기 때문에 우세할 것이라고 예상했다: so it is, whatever comes of it
    if frame.chain.ending_tag == "ETN" and frame.chain.josa in ("로", "으로"):
        settled = governor.chain.kind == "verb" and verb not in lexicon.hearsay_verbs and verb not in lexicon.finding_verbs
        return "planned" if settled else "asserted"
    if noun in lexicon.plan_nouns or noun in lexicon.proposal_nouns:
        return "planned"
    if noun in lexicon.expectation_nouns:
        return "expected"
    if noun in lexicon.hearsay_nouns:
        return "claimed"
    if noun in ("것", "거", "걸", "수", "점", "바", "사실", "일") or frame.chain.ending_tag == "ETN":
        if verb in lexicon.pending_verbs:
            return "planned"
        if verb == "보다" and frame.chain.ending in ("ᆫ", "은", "던"):
            return "claimed" if tree.unit(frame.noun or 0).case == "JKB" else "asserted"  # 법을 어긴 것으로 보고 있다; but 다친 것을 보았다
        unit = tree.unit(frame.noun or 0)
        if verb in lexicon.expecting_verbs and not unit.topic and not (verb == "보이다" and unit.case != "JKB"):
            return "expected"  # 오를 것으로 보인다; but 발표한 것 자체가 혼란을 보여 준다, 서두르는 것은 …로 풀이된다
        if verb in lexicon.hearsay_verbs:
            return "claimed"
        if frame.chain.ending in ("ᆯ", "을"):
            return "planned"
        to_come = frame.chain.ending_tag == "ETN" and above in ("planned", "expected") and not frame.chain.past
        if to_come and verb not in _GROUNDS:
            return above
        return "asserted"
    if frame.chain.ending in QUOTING_ADNOMINAL:
        return "planned" if find_kind(noun) in _UNDERTAKINGS and not frame.chain.past else "claimed"
    return "asserted"


def _is_reason(tree: Tree, frame: Frame) -> bool:
    """Whether a clause is the reason of another, which is so whatever comes of it: 증상을 보이기 때문에."""
    last = tree.last_eojeol(frame.chain)
    return last + 1 < len(tree.sentence.eojeols) and tree.unit(last + 1).noun == "때문"


def _is_denied(
    tree: Tree, frames: tuple[Frame, ...], frame: Frame, governor: Frame, speeches: tuple[Speech, ...], lexicon: ClauseLexicon
) -> bool:
    """Whether the clause is what a denying verb or words deny: 줄어드는 것이 아니냐는 우려를 일축했다, 판다는 보도는 사실무근이다."""
    if frame.relation != "nominal" or frame.noun is None:
        return False
    noun = tree.unit(frame.noun)
    reported = noun.noun in lexicon.hearsay_nouns or noun.noun in lexicon.expectation_nouns
    if governor.chain.lemma in _TOPICS and governor.parent is not None and reported:
        cue = governor.parent
        governor = frames[cue]
        if any(s.cue == cue and s.direct and _denies(s.span.of(tree.text), lexicon) for s in speeches):
            return True
    elif reported and noun.topic and _denies(_words(tree, governor), lexicon):
        return True
    elif noun.case != "JKO" and not reported:
        return False
    return governor.chain.lemma in lexicon.denying_verbs and not governor.chain.negated


def _denies(words: str, lexicon: ClauseLexicon) -> bool:
    return any(word in words for word in lexicon.denying_words)


def _words(tree: Tree, frame: Frame) -> str:
    """The words of a predicate and of the eojeol before it: 사실이 아니다."""
    first = tree.units[frame.chain.first]
    start = tree.sentence.eojeols[max(0, first.eojeol - 1)].span.start
    return tree.text[start : tree.units[frame.chain.last].span.end]


def _is_vouched_by_speaker(
    tree: Tree, frames: tuple[Frame, ...], number: int, frame: Frame, speeches: tuple[Speech, ...], lexicon: ClauseLexicon
) -> bool:
    for speech in speeches:
        if number not in speech.frames:
            continue
        if speech.direct:
            return True
        if speech.cue is None:
            return True
        cue = frames[speech.cue].chain.lemma
        if cue in lexicon.source_markers:
            return frame.relation != "relative"
        if frame.relation == "relative" and not _is_rumoured(tree, frames, frame, speech):
            continue  # what identifies a thing in indirect speech is the reporter's knowledge
        if cue in lexicon.announcing_verbs and _speaks_of_itself(frames, number, speech):
            continue
        return True
    return False


def _is_rumoured(tree: Tree, frames: tuple[Frame, ...], frame: Frame, speech: Speech) -> bool:
    """Whether nobody in particular says what identifies a thing that is no topic: 난방비가 오른 가정이 많다고 보고되었다."""
    if speech.cue is None or speech.speaker is not None or frame.noun is None or frames[speech.cue].parent is not None:
        return False
    lemma = frames[speech.cue].chain.lemma
    return (lemma == "하다" or lemma.endswith(("되다", "지다"))) and tree.unit(frame.noun).josa in ("이", "가")


def _speaks_of_itself(frames: tuple[Frame, ...], number: int, speech: Speech) -> bool:
    own = frames[number].get("subject") or frames[number].get("topic")
    cue = frames[speech.cue] if speech.cue is not None else None
    speaker = (cue.get("subject") or cue.get("topic")) if cue is not None else None
    if own is None or speaker is None:
        return True
    return own.span == speaker.span and speech.speaker in (None, speaker.span)
