"""Gaps: the noun that a relative clause modifies fills its missing argument."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.arguments import FRAMING, Frame, lacks_subject, with_argument
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.doers import is_doer
from kg.clauses.phrases import Phrase, Tree, find_phrase, is_inside, is_joint
from kg.model import Argument, ArgumentRole, Span
from kg.tables.lexicons import ClauseLexicon, find_kind, is_action_noun, is_transitive, is_verbal_noun, load_valency

_TRANSITIVE, _MOSTLY = 0.45, 0.35  # shares of a verb's uses in which it had an object
_DOERS = frozenset("Person Organization GovernmentAgency PoliticalParty Court Company Country City MediaOutlet University".split())
_MOMENTS = frozenset("시기 기간 시점 시각 시간 날 날짜 시절 당시 무렵 순간 해 때 준비 이유 까닭 방법 과정 경우 상황 기회 가능성 장면".split())
_WHEREABOUTS = frozenset("주변 인근 일대 부근 근처 현장 앞 뒤 옆 안 밖 지점 거리 곳 장소 위치 방향 쪽".split())
_REASONS = frozenset("배경 계기 것 바 점 사실 결과 목적 의미 뜻 규모 비율 인원 숫자 수 혐의 의혹 상태 적".split())
# verbs of joining and entering, and of these what one does only with a body
_ENTERED = frozenset("참여하다 참가하다 동참하다 가입하다 진출하다 출전하다 출연하다 입사하다 입단하다 입학하다 재직하다 재학하다 근무하다".split())
_OF_BODIES = frozenset("입사하다 입단하다 입학하다 재직하다 재학하다 근무하다".split())
_HELD = frozenset(("Event", "Match", "Meeting"))
_INSTITUTIONS = ("기관", "학교", "대학", "회사", "기업", "업체", "단체", "병원", "재단", "협회", "출신", "작가")
_CHOOSING = frozenset("선정하다 뽑다 임명하다 위촉하다 선출하다 정하다 지정하다 구성하다 채우다 바꾸다 교체하다 전환하다 삼다 만들다".split())
# passives of people, and those of what is done
_OF_PEOPLE = frozenset(
    "체포되다 구속되다 기소되다 임명되다 선출되다 당선되다 발탁되다 선임되다 위촉되다 지명되다 내정되다 석방되다 송치되다 입건되다 연행되다 검거되다 "
    "확진되다 해임되다 파면되다 제명되다 추방되다 격리되다 이송되다 후송되다 수감되다 감염되다 소속되다 선정되다 실종되다 고용되다 채용되다".split()
)
_OF_ACTIONS = frozenset(
    "실시되다 진행되다 추진되다 시작되다 중단되다 강화되다 연기되다 예정되다 계획되다 이루어지다 이뤄지다 발표되다 확정되다 "
    "계속되다 지속되다 완화되다 재개되다 취소되다 개최되다 거행되다 시행되다 반복되다 확대되다 축소되다 공개되다 제기되다 보도되다 "
    "결정되다 방송되다 방영되다 알려지다 벌어지다 펼쳐지다 전개되다 마련되다 제출되다 수행되다 도입되다 개시되다 종료되다 완료되다 "
    "집중되다 가속화되다 심화되다 활성화되다 요구되다".split()
)
_CLASSED = re.compile(r"([가-힣]+)\s?['‘<《「『〈][^'‘<《「『〈]+$")
_TITLE_MARKS = (("‘", "’"), ("'", "'"), ("“", "”"), ('"', '"'), ("《", "》"), ("<", ">"), ("「", "」"))
_LONGEST_TITLE = 40
_NEVER_HELD = frozenset("Company PoliticalParty Country City University MediaOutlet SportsTeam".split())
# by these verbs an event takes place, and nobody and no body
_TAKING_PLACE = frozenset("열리다 개최되다 개막하다 치러지다 벌어지다 발생하다 일어나다".split())
_LANDS = frozenset(("Country", "City", "Region", "Place"))
_ATTRIBUTES = tuple("급 규모 수준 정도 형 식 상당 짜리 종류 크기 분량 가량 높이 길이 무게 또래 안팎 남짓 나이 모양 형태 재질 출신".split())
_AMONG = frozenset(("중", "가운데"))
_ONES = frozenset(("하나", "사람", "명", "곳", "일원"))
# what events do: 영화를 알리는 행사
_SAID_OF_EVENTS = frozenset(
    "알리다 기념하다 기리다 다루다 위하다 앞두다 맞다 담다 보이다 주제로하다 겸하다 상징하다 의미하다 뜻하다 나타내다 포함하다 돕다 지원하다 "
    "앞세우다 내세우다 주다 미치다 가져오다 일으키다 부르다 낳다 이끌다 막다 높이다 낮추다 줄이다 늘리다 키우다".split()
)
_HOSTING = frozenset("주최하다 주관하다 후원하다 협찬하다 개최하다".split())
_PASSIVE_STEMS = ("되다", "열리다", "받다", "당하다", "지다", "잡히다", "쓰이다", "담기다", "꼽히다", "불리다")


def fill_gaps(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """A relative clause's missing argument is the noun it modifies: KT가 체결한 파트너십."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.noun is None or frame.chain.lemma in FRAMING:
            continue
        last = _compound_end(tree, frame.noun, lexicon)
        last = next((n - 1 for n in range(tree.last_eojeol(frame.chain) + 2, last) if is_inside(tree, n)), last)
        phrase = find_phrase(tree, last, lexicon)
        if phrase is None:
            continue
        joint = next((n for n in range(tree.last_eojeol(frame.chain) + 1, last) if is_joint(tree, n, last)), None)
        if joint is not None:
            last, phrase = joint, find_phrase(tree, joint, lexicon) or phrase
        holder = _possessor(tree, frame, last)
        if holder is not None:
            phrase = find_phrase(tree, holder, lexicon) or phrase
        if frame.chain.lemma in _TAKING_PLACE and lacks_subject(frame):
            joined = tree.unit(last).josa in ("와", "과")
            if joined or phrase.noun.endswith("자") or find_kind(phrase.noun) in _NEVER_HELD:
                event = _find_event(tree, tree.last_eojeol(frame.chain) + 1)
                if event is None and (joined or find_kind(phrase.noun) in _NEVER_HELD):
                    continue
                last = last if event is None else event
                phrase = find_phrase(tree, last, lexicon) or phrase
        nouns = tree.unit(last).nouns
        _lend_subject(tree, frames, number)
        frame = frames[number]
        title = _find_title(tree, frame, phrase.span)
        if title is None and lacks_subject(frame) and _is_between(tree, frame, last, phrase.noun):
            continue
        if title is not None:
            others = (c for c in tree.chains if c is not frame.chain and c.kind != "adjective" and c.lemma not in FRAMING)
            if any(title.start < tree.units[c.first].span.end and tree.units[c.last].span.start < title.end for c in others):
                continue  # 방송된 ‘아는 형님’
            phrase = Phrase(title, Span(title.start + title.of(tree.text).rfind(" ") + 1, title.end), phrase.noun, None)
        role = _gap(frame, find_kind(phrase.noun), bool(nouns) and nouns[-1].tag == "NNP")
        if _is_entered(frame, _class_of(phrase.span.of(tree.text)) or phrase.noun, tree.unit(last).josa):
            frames[number] = replace(frame, arguments=(*frame.arguments, Argument("locative", "에", phrase.span, phrase.head, None, True)))
            continue
        if role is None:
            continue
        active = frame.chain.kind == "verb" and not frame.chain.lemma.endswith(_PASSIVE_STEMS)
        if role == "subject" and active and find_kind(phrase.noun) not in _DOERS and _is_unclear(tree, frame, last):
            continue
        if role == "subject" and active and (phrase.noun in lexicon.action_naming_nouns or _consists_of(frame, phrase.noun)):
            continue  # 욕구를 높이려는 취지, 조사를 한 기간, 지구본을 띄우는 공연
        if role == "subject" and frame.chain.lemma in _OF_ACTIONS and frame.chain.lemma != "알려지다" and find_kind(phrase.noun) == "Person":
            continue  # 실시된 위원장 후보자 토론회
        if role == "object" and phrase.noun in _MOMENTS:
            continue  # 확진자가 폭증한 시기, 벗어날 준비
        if role == "object" and _is_about(tree, last):
            about = tree.head(last + 1)
            phrase = None if about is None else find_phrase(tree, _compound_end(tree, about, lexicon), lexicon)
            if phrase is None or phrase.span.start < tree.units[frame.chain.last].span.end:
                continue  # 청구한 한도윤에 대한 징계: the punishment
        if role == "subject" and phrase.noun in _WHEREABOUTS and frame.chain.kind == "verb" and frame.get("object") is None:
            continue  # 곰이 마지막으로 발견된 요금소 주변, 300m 떨어진 거리
        if role == "subject" and not active and _leads_on(tree, frame, last) and find_kind(phrase.noun) not in _DOERS:
            continue  # 회의에서 결정된 환경에 관한 선언, 강화되고 있는 공기업의 책임
        if says_words(frame) and (holder is not None or not is_doer(tree, Argument(role, "", phrase.span, phrase.head))):
            role = "adverbial"  # of "아이를 돌보자는 이 대표" it is he who says so; 대응하라는 원장의 지시: who is told to
        argument = _defined(tree, frames, frame, lexicon) if role == "subject" else None
        argument = argument or Argument(role, "", phrase.span, phrase.head, None, True)
        frames[number] = replace(frame, arguments=(*frame.arguments, argument))


def says_words(frame: Frame) -> bool:
    """Whether a modifier asks or bids, and says nothing of its noun: 불을 끄라는 지시; 값이 1조원을 넘는다는 사업 does, 별이라는 이름 is named so."""
    asks = frame.chain.ending in QUOTING_ADNOMINAL and frame.chain.ending.endswith(("라는", "자는", "냐는"))
    return frame.relation == "relative" and frame.chain.kind == "verb" and asks and not frame.chain.tail


def lend_hosted(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"부처가 주최하고 협회가 주관한 노인의 날 행사": all who are named held what is told last."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.noun is None or frame.chain.lemma not in _HOSTING or not _has_host(frame):
            continue
        last = frame.noun
        while tree.unit(last).case == "JKG" and last + 1 < len(tree.children) and tree.unit(last + 1).nouns:
            last += 1
        phrase = find_phrase(tree, _compound_end(tree, last, lexicon), lexicon)
        if phrase is None or phrase.span.start < tree.units[frame.chain.last].span.end:
            continue
        thing = Argument("object", "", phrase.span, phrase.head, None, True)
        kept = tuple(a for a in frame.arguments if not (a.role == "object" and a.shared))
        if any(a.role == "object" for a in kept):
            continue
        frames[number] = replace(frame, arguments=(*kept, thing))
        before = number - 1
        while before >= 0 and frames[before].relation == "coordinate" and frames[before].chain.lemma in _HOSTING and _has_host(frames[before]):
            if frames[before].chain.ending not in ("고", "며", "으며") or frames[before].get("object") is not None:
                break
            frames[before] = with_argument(frames[before], thing)
            before -= 1


def _has_host(frame: Frame) -> bool:
    return any(a.role == "subject" and a.josa in ("이", "가", "에서") and not a.shared for a in frame.arguments)


def define_gaps(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """Of what is defined it is said who does it: 새빛병원 of "새빛병원은 병상을 갖춘 의료기관으로 지난해 문을 열었다"."""
    for number, frame in enumerate(frames):
        gap = frame.get("subject")
        if frame.relation != "relative" or gap is None or not gap.shared or gap.josa or frame.noun is None or frame.parent is None:
            continue
        if frame.chain.kind == "copula":
            continue
        whole = _defined(tree, frames, frame, lexicon) or _told_as(tree, frames[frame.parent], gap)
        if whole is not None and whole.span != gap.span and whole.josa in ("은", "는") and whole.span.end - whole.span.start > 1:
            frames[number] = replace(frame, arguments=tuple(whole if a is gap else a for a in frame.arguments))
        elif whole is None and _is_only_nature(tree, frame, gap):
            frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not gap))


def _is_only_nature(tree: Tree, frame: Frame, gap: Argument) -> bool:
    """Whether a class by 로 says what somebody becomes or is, and names nobody: 문단을 이끌 작가로 키운다; 난 사고로 of an event does."""
    number = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end >= gap.head.end), None)
    unit = None if number is None else tree.unit(number)
    if unit is None or unit.josa not in ("로", "으로") or not unit.nouns or unit.nouns[-1].tag not in ("NNG", "XSN"):
        return False
    crowd = unit.nouns[-1].form == "들"  # 찾는 관광객들로 붐빈다
    return not crowd and frame.get("object") is not None and find_kind(gap.head.of(tree.text)) not in (*_HELD, "Place", "Facility")


def _told_as(tree: Tree, above: Frame, gap: Argument) -> Argument | None:
    """The topic that a class by 로 tells the nature of: 갖춘 의료기관으로, 가르치는 교사로."""
    told = next((a for a in above.arguments if a.josa in ("로", "으로") and a.span == gap.span and not a.shared), None)
    subject = above.get("subject") or above.get("topic")
    if told is None or subject is None or subject.josa not in ("은", "는") or subject.span.start > gap.span.start:
        return None
    words = gap.head.of(tree.text)
    nature = find_kind(words) in _DOERS or words.endswith(_INSTITUTIONS)
    nature = nature or tree.text.startswith(told.josa + ",", told.span.end)  # 호외는 한 집을 겨냥한 소식지로, …
    return replace(subject, role="subject", shared=True) if nature and above.chain.lemma not in _CHOOSING else None


def _is_between(tree: Tree, frame: Frame, last: int, noun: str) -> bool:
    """Whether it is not told which of two nouns behind a passive is meant: 설치된 소녀상 철거, 공개된 감사원의 보고서."""
    lemma = frame.chain.lemma
    if not lemma.endswith(("되다", "들여지다", "만들어지다")) or lemma in _OF_PEOPLE:
        return False
    first = tree.last_eojeol(frame.chain) + 1
    if any(tree.unit(n).case == "JKG" for n in range(first, last + 1)):
        return last + 1 < len(tree.children)  # 확산된 병의 경로
    return first < last and lemma not in _OF_ACTIONS and find_kind(noun) is None and is_action_noun(noun)


def _find_title(tree: Tree, frame: Frame, phrase: Span) -> Span | None:
    """The whole title in marks that a phrase ends in the midst of: 정오의 희망곡 of "방송된 ‘정오의 희망곡’"."""
    start = tree.units[frame.chain.last].span.end
    for opening, closing in _TITLE_MARKS:
        begun = tree.text.find(opening, start, phrase.end)
        ended = tree.text.find(closing, begun + 1, begun + _LONGEST_TITLE) if begun >= 0 else -1
        cut = phrase.start <= begun < phrase.end < ended
        if cut or (start <= begun < phrase.start < phrase.end == ended) or start <= begun == phrase.start - 1 < phrase.end < ended:
            return Span(begun + 1, ended)
    return None


def _find_event(tree: Tree, noun: int) -> int | None:
    """The event among the nouns behind a clause: 사고 of "발생한 사고 희생자", 경기 of "열린 가온FC와 원정 경기"."""
    found: int | None = None
    while noun < len(tree.children):
        unit = tree.unit(noun)
        if unit.verb is not None and unit.lemma != "이다":
            break
        if unit.noun and find_kind(unit.noun) in _HELD:
            found = noun
            if unit.case == "JKG":
                break
        if (unit.case and unit.case not in ("JKG", "JC") and unit.josa not in ("와", "과")) or unit.topic or unit.comma:
            break
        noun += 1
    return found


def _class_of(words: str) -> str | None:
    """The class noun before a name in marks: 영화 of "영화 ‘검은 새들’"."""
    match = _CLASSED.search(words)
    return None if match is None else match[1]


def _is_entered(frame: Frame, noun: str, josa: str) -> bool:
    """Whether a noun is what is joined or entered: 논문 of "그가 참여한 논문", 가온소재 of "석 달 뒤 입사한 가온소재에서"."""
    lemma = frame.chain.lemma
    if lemma not in _ENTERED or frame.get("locative") is not None or noun in _MOMENTS | _REASONS or find_kind(noun) == "Person":
        return False
    if frame.chain.ending not in ("ᆫ", "은", "던", "는"):
        return False
    if frame.get("subject") is not None:
        return find_kind(noun) is not None or josa in ("에서", "에")
    return lemma in _OF_BODIES and josa in ("에서", "에서는", "에서도")


def lend_entrants(frames: list[Frame]) -> None:
    """Who entered is who acts there: 한도윤 of "한도윤은 석 달 뒤 입사한 가온소재에서 팀장을 맡았다"."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.chain.lemma not in _OF_BODIES or frame.parent is None or frame.get("subject") is not None:
            continue
        place, above = frame.get("locative"), frames[frame.parent]
        subject = above.get("subject") or above.get("topic")
        if place is not None and place.shared and subject is not None:
            frames[number] = replace(frame, arguments=(*frame.arguments, replace(subject, role="subject", shared=True)))


def _is_unclear(tree: Tree, frame: Frame, last: int) -> bool:
    """Whether a noun that is no doer need not be who does it: 기장의 잘못 of "열차를 모는 기장의 잘못", 시한 of "법이 아니라 회의에서 정한 시한"."""
    if frame.get("object") is not None:
        owners = (n for n in range(tree.last_eojeol(frame.chain) + 1, last) if tree.unit(n).case == "JKG")
        return any(not _is_land(tree.unit(n).noun) and not tree.unit(n).noun.endswith(_ATTRIBUTES) for n in owners)
    if any(a.josa in ("에", "와", "과", "으로", "로") and not a.shared for a in frame.arguments):
        return False
    known, nouns = load_valency().get(frame.chain.lemma), tree.unit(last).nouns
    if known is None:  # of a verb that no text was seen to use, 출간하다, its form tells
        owned = any(tree.unit(n).case == "JKG" for n in range(tree.last_eojeol(frame.chain) + 1, last))
        transitive = frame.chain.lemma.endswith("하다") and not owned
    else:
        transitive = known.uses >= 8 and known.objects >= _MOSTLY * known.uses
    return transitive and bool(nouns) and nouns[-1].tag in ("NNG", "XSN")


def _is_land(noun: str) -> bool:
    return find_kind(noun) in _LANDS or noun in ("주", "시", "도", "군", "구", "현", "성")  # 캘리포니아 주의 호수


def _leads_on(tree: Tree, frame: Frame, last: int) -> bool:
    """Whether a noun behind a passive only leads to the one that is meant: 환경 of "결정된 환경에 관한 선언"."""
    return frame.chain.lemma.endswith(("되다", "지다")) and _is_about(tree, last)


def _is_about(tree: Tree, last: int) -> bool:
    """Whether a noun is what the next one is about: 한도윤 of "한도윤에 대한 징계"."""
    if last + 1 >= len(tree.children) or tree.unit(last).josa != "에":
        return False
    return tree.sentence.eojeols[last + 1].span.of(tree.text) in ("관한", "대한")


def _possessor(tree: Tree, frame: Frame, last: int) -> int | None:
    """The person right behind a clause whose thing the noun is: 유가족 of "집회 중인 유가족의 응답"."""
    first = tree.last_eojeol(frame.chain) + 1
    if frame.chain.lemma in _OF_PEOPLE:
        return next((n for n in range(first, last) if tree.unit(n).case == "JKG"), None)  # 체포된 한도윤의 차량
    first = next((n for n in range(first, last) if tree.unit(n).case == "JKG"), last)
    if not first < last or not tree.unit(first).nouns:
        return None
    if frame.chain.kind == "copula":
        return first if first == tree.last_eojeol(frame.chain) + 1 else None  # 시크릿의 멤버인 전효성의 개인정보
    if find_kind(tree.unit(first).noun) != "Person" and tree.unit(first).nouns[-1].tag != "NP":
        return None  # 사고를 당한 그의 몸통
    return first if find_kind(tree.unit(last).noun) not in ("Person", "Organization", "Company") else None


def _consists_of(frame: Frame, noun: str) -> bool:
    """Whether a clause tells what an action consists of: 중성미자를 보내는 실험; nobody says that the experiment sends them."""
    if frame.get("object") is None or frame.chain.ending not in ("는", "던", "ᆯ", "을") or frame.chain.lemma in _SAID_OF_EVENTS:
        return False
    return find_kind(noun) == "Event" or is_verbal_noun(noun)


def _defined(tree: Tree, frames: list[Frame], frame: Frame, lexicon: ClauseLexicon) -> Argument | None:
    """오름이온텍은 첨가제를 만드는 회사다: who makes it is the subject of the definition."""
    if frame.parent is None or frame.noun is None:
        return None
    above = frames[frame.parent]
    defined = tree.units[above.chain.first].eojeol in (_compound_end(tree, frame.noun, lexicon), _one_of(tree, frame.noun))
    if above.chain.kind != "copula" or not defined or above.chain.negated:
        return None
    subject = above.get("subject") or above.get("topic")
    return None if subject is None else replace(subject, role="subject", shared=True)


def _one_of(tree: Tree, noun: int) -> int | None:
    """The eojeol that picks one of many behind a noun: 사람 of "이끈 지도자 중 한 사람이었다", 하나 of "회사 중 하나"."""
    last = len(tree.children) - 1
    while noun < last and not tree.unit(noun).case and tree.unit(noun).verb is None and tree.unit(noun + 1).noun not in _AMONG:
        noun += 1
    if noun + 2 > last or tree.unit(noun + 1).noun not in _AMONG:
        return None
    return next((n for n in (noun + 2, noun + 3) if n <= last and tree.unit(n).noun in _ONES), None)


def _compound_end(tree: Tree, noun: int, lexicon: ClauseLexicon) -> int:
    """The last eojeol of the compound that a noun begins: 투자 of 투자 규모."""
    while True:
        unit = tree.unit(noun)
        head = tree.head(noun)
        if unit.case == "JKG" and head == noun + 1 and unit.noun.endswith(_ATTRIBUTES) and tree.unit(head).nouns:
            noun = head  # 대도시급의 촌락
            continue
        if unit.case or unit.topic or unit.verb is not None or unit.comma or head != noun + 1 or not tree.unit(head).nouns:
            return noun
        following = tree.unit(head)
        if following.noun in lexicon.bound_nouns or (following.verb is not None and following.lemma != "이다"):
            return noun
        noun = head


def _lend_subject(tree: Tree, frames: list[Frame], number: int) -> None:
    """"김 대표가 서울에서 열린 회의에서 말했다": what opened is the meeting, so 김 대표 is the governing verb's subject."""
    frame = frames[number]
    own = next((a for a in frame.arguments if a.role in ("subject", "topic") and not a.shared), None)
    if own is None or frame.parent is None or not frame.chain.lemma.endswith(_PASSIVE_STEMS):
        return
    above: int = frame.parent
    while not lacks_subject(frames[above]) and frames[above].relation == "relative":
        parent = frames[above].parent
        if parent is None:
            break
        above = parent
    if not lacks_subject(frames[above]) or _is_part(tree, own, frames[above]) or find_kind(own.head.of(tree.text)) in _HELD:
        return  # 경기가 열리는 잠실에서 …: the match is what is held
    frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not own))
    frames[above] = with_argument(frames[above], replace(own, role="subject"))


def _is_part(tree: Tree, subject: Argument, above: Frame) -> bool:
    """Whether a subject is a quality or part of the noun behind, and not who acts: "안전성이 검증되지 않은 부품으로 전동차를 만든다"."""
    if subject.josa not in ("이", "가") or above.get("object") is None or not is_transitive(above.chain.lemma):
        return False
    words = subject.head.of(tree.text)
    number = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > subject.head.start), None)
    nouns = tree.unit(number).nouns if number is not None else ()
    return bool(nouns) and nouns[-1].tag in ("NNG", "XSN") and find_kind(words) is None and not words.endswith(_PEOPLE)


_PEOPLE = ("자", "들", "측", "팀", "진", "원", "인", "단", "회", "사", "부", "처", "청", "국")
_THINGS = frozenset(("Agreement", "Product", "Technology", "Project", "Work", "Law", "Event", "Meeting", "Facility", "Fund", "Award"))


def _gap(frame: Frame, kind: str | None, named: bool) -> ArgumentRole | None:
    """Which argument the modified noun is: 얼음 of "남극에서 채취한 얼음" is what was taken, 회사 of "개발한 회사" who did."""
    subject = frame.get("subject") or frame.get("topic")
    if subject is None:
        known = load_valency().get(frame.chain.lemma)
        if frame.get("object") is not None or known is None or known.uses < 8 or known.objects < _TRANSITIVE * known.uses:
            return "subject"
        if frame.chain.kind != "verb" or frame.chain.ending == "던":
            return "subject"
        thing = kind in _THINGS or (kind is None and not named and frame.chain.ending in ("ᆫ", "은", "는", "ᆯ", "을"))
        return "object" if thing else "subject"
    if frame.get("object") is None and is_transitive(frame.chain.lemma):
        return "object"
    return None
