"""Which of a clause's qualifiers are surely its own: not another's time, not a number of a list, not where a way begins."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Qualifier, Quantity, Span, Time, Value
from kg.tables.lexicons import find_kind

_PARTITIVE = re.compile(r"\s?(?:중|가운데)(?![가-힣]{2})")
_AGAINST = re.compile(r"(?:\d\s?[가-힣%]+\s대\s|\s외\s)$")  # 332명 대 206명, 도예종 외 9명
_BOUNDS = re.compile(r"\s(?:이상|이하|미만|초과|가량|정도|안팎|남짓|내외)$")
_NOTE = 60  # and what a bracket may hold before it
_BOUNDED = re.compile(r"\s?(?:이상|이하|미만|넘게|가까이|남짓|여(?=\s))")
_BETWEEN = 3  # words that may stand between a speed and its verb
_BEFORE = 10  # code points that what stands before a number may take
_PRISON = re.compile(r"(?:징역|금고)\s$")
_JOINED = re.compile(r"[와과]\s|,\s|·|\s및\s")
_SIDE_BY_SIDE = re.compile(r"에?(?:,\s|[와과]\s|\s및\s|·)")
_AHEAD = re.compile(r"오는\s|내년|내달|다음\s?(?:달|주|해)|내후년")
_MUTUAL = frozenset("조화 관계 계약 협약 협정 통화 전화 대화 차이 경쟁 회담 교류 갈등 충돌 균형 인연 궤 맥 거리 보조 호흡 차별".split())
_PAIRED = re.compile(r"[와과]\s(?:관련|비교|대비|견주)|[와과](?:는|도)?\s같은\s")
_COMPANY = ("Agent", "Group")
_TO = re.compile(r"에서\s(?:[^\s,.]+\s){0,2}?[^\s,.]+까지")
_LISTED = re.compile(r",\s")
_BOUND = re.compile(r"부터|까지|이후|이전")
_SIZED = re.compile(r"인치$|\d\s?인$")  # 65인치 TV, 1인 기획사: what sort of thing
_PAIR = re.compile(r"\d[\d,.]*\s?[가-힣%p]{1,3}[와과]\s$")  # 14계단과 21계단 each has its own
_OF_MORE = re.compile(r"\s등\s(?:모두|총|전체)?\s?(?:[가-힣]+\s)?\d")
_NEAR = 12
_RANGED = re.compile(r"\d\s?[가-힣%℃㎜m]+에서\s$")
_SPEED = re.compile(r"(?:시속|초속|분속)\s?(?:약\s?)?$")
_PAGE = re.compile(r"\d\s?(?:면|쪽|페이지)$")
_OF_GROUP = re.compile(r"[^,]{0,20}?\s(?:가운데|중)(?![가-힣])")
_ROUND = re.compile(r"(?:부터|까지(?!\s?(?:모두|총))|에(?:는|도)?(?!\s?(?:걸쳐|나눠|나누어|이르|달하|그치|불과)))(?![가-힣])")
_OWNER = re.compile(r"(?:\s전체)?\s([가-힣A-Za-z]{2,})의\s")
_SIZES = frozenset("규모 상당 가량 정도 수준 이상 이하 미만 이내 안팎 남짓 어치 초과 내외 크기 분량 높이 길이 면적 무게 두께 값어치 추가".split())
_THING = re.compile(r"\s[가-힣A-Za-z]")
_OPENED = re.compile(r"[(（]\s?(?:총|약|모두|전체)?\s?$")
_REFERRING = re.compile(r"^[두세] ?사람$")  # those who were named before
_RANKED = re.compile(r"\s[가-힣A-Za-z]{2,}")
_AGAIN = re.compile(r"\d\s?(?:년|개월|달|주|일|시간|분)\s?만$")  # 8년 만의 금메달: since when, not how long
_ROUND_THE_CLOCK = re.compile(r"\s(?!동안|만|이내|넘|걸|지[나났]|가량|정도|안[에 ])[가-힣]")
_NOT_LONG = re.compile(r"\s중\s|인\s|(?:쯤|께|경)부터(?=\s)")  # 1년 중 가장, 11개월인 아기, 2분쯤부터
_STATES = frozenset("있다 위치하다 자리하다 소재하다 알려지다 불리다 꼽히다 평가되다 구성되다 속하다 해당하다".split())
_DATED_STATE = re.compile(r"[^\s]*\s?(?:현재|기준)")
_MEASURED = re.compile(r"(?:쪽|인치|[kKcmM]*m|㎞|㎝|㎜|[kKmM]?[gtW]|미터|킬로미터|톤)\s?$")


def is_way(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """Whether a place is where a way begins: 서울에서 of "서울에서 부산까지의 구간"."""
    way = _TO.match(scene.text, argument.span.end) if argument.josa == "에서" else None
    if way is None or any(t.span.start < way.end() <= t.span.end + 2 for t in scene.times_of.get(clause.sentence, ())):
        return False  # 서울에서 연말까지: until when
    between = Span(way.start(), way.end())
    return not any(between.covers(scene.doc.clauses[n].predicate.span) for n in scene.clauses_of[clause.sentence])


def is_no_amount(scene: Scene, clause: Clause, argument: Argument, quantity: Quantity) -> bool:
    """Whether a number is one of which something is taken, or is of another or a page: 28명 중, 외 9명, 292쪽 부분."""
    before = scene.text[max(0, quantity.span.start - _BEFORE) : quantity.span.start]
    if _PARTITIVE.match(scene.text, quantity.span.end) or _AGAINST.search(before):
        return True
    if _REFERRING.search(quantity.text) or is_of_sort(scene, quantity) or is_in_bracket(scene, argument, quantity):
        return True
    if _OF_MORE.match(scene.text, quantity.span.end) is not None:
        return True  # 운반선 9척 등 모두 24척
    if _PAIR.search(before) is not None and "각각" in scene.text[max(0, argument.span.start - _NEAR) : argument.span.end + _NEAR]:
        return True
    if _is_speed_of_another(scene, clause, argument, quantity) or _is_of_group(scene, argument, quantity):
        return True
    if _is_round(scene, argument, quantity) or _is_of_owner(scene, argument, quantity):
        return True
    behind = scene.text[quantity.span.end : argument.span.end]
    if quantity.unit == "위" and _RANKED.match(behind) and argument.head.start > quantity.span.end + 1:
        return True  # 2위 다온과의 격차: who is second
    return behind.startswith(" ") and _BOUNDS.match(behind) is None and _MEASURED.search(quantity.text) is not None


def ends_elsewhere(scene: Scene, clause: Clause, argument: Argument, time: Time) -> bool:
    """Whether a time ends with another verb, or in what is done something to: "1일부터 3일까지 열리는 축제에", 5일 of "5일 새벽 만난 이를 찾았다"."""
    rest = Span(argument.span.end, time.span.end)
    if rest.end <= rest.start + len(argument.josa):
        return False
    for index in scene.clauses_of[clause.sentence]:
        other = scene.doc.clauses[index]
        for a in other.arguments:
            if a.shared or a.span.start < rest.start or not a.span.overlaps(rest):
                continue
            if (a.role == "object" and a.clause is not None) if other is clause else argument.josa == "부터":
                return True
    return False


def is_left(scene: Scene, clause: Clause, value: Value) -> bool:
    """Whether a value of the same unit is told by -로: 18km of "18km에서 42km로 넓혔다"."""
    reached = (q for a in clause.arguments if a.josa in ("로", "으로") for q in scene.quantities_in(clause.sentence, a.span))
    return isinstance(value, Quantity) and any(q.unit == value.unit for q in reached)


def is_of_range(scene: Scene, clause: Clause, argument: Argument, value: Value) -> bool:
    """Whether a number is an end of how much something is: "10도에서 17도로 전날보다 높다"."""
    if clause.predicate.kind != "adjective" or not isinstance(value, Quantity):
        return False
    before = scene.text[max(0, value.span.start - _NEAR) : value.span.start]
    return (argument.josa == "에서" and is_left(scene, clause, value)) or _RANGED.search(before) is not None


def is_of_sort(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number only says what sort of thing the noun behind it names: 1인 기획사, 65인치 TV."""
    return _SIZED.search(quantity.text) is not None and _THING.match(scene.text, quantity.span.end) is not None


def is_of_member(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether an age is that of one of several people: 48세 of "한서림(48)씨와 김공수씨가"."""
    several = scene.entity_of(argument)
    return quantity.unit == "세" and several is not None and bool(several.members)


def _is_speed_of_another(scene: Scene, clause: Clause, argument: Argument, quantity: Quantity) -> bool:
    """Whether a speed stands far from its verb, as if another's: "시속 68km로 운행 중 앞 열차를 발견했다"."""
    if _SPEED.search(scene.text[max(0, quantity.span.start - _BEFORE) : quantity.span.start]) is None:
        return False
    return len(scene.text[argument.span.end : clause.predicate.span.start].split()) > _BETWEEN


def _is_of_group(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a number counts those among whom something is found, or is a page: "34개 회원국 가운데", "1면에"."""
    if argument.josa == "에" and _PAGE.search(quantity.text):
        return True
    return argument.role not in ("subject", "object") and _OF_GROUP.match(scene.text, quantity.span.end, argument.span.end + _BEFORE) is not None


def _is_round(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether 회 counts no times but names a round: 7회에, 9회말, but 3회에 걸쳐."""
    if quantity.unit != "회":
        return False
    behind = scene.text[quantity.span.end : quantity.span.end + 8]
    return behind.lstrip().startswith(("초 ", "말 ", "초에", "말에")) or _ROUND.match(behind) is not None


def _is_of_owner(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a number counts the owner of what a phrase names: 17개 of "17개 은행의 지점", but not "3조원 규모의 사업"."""
    found = _OWNER.match(scene.text, quantity.span.end, argument.span.end)
    if found is None or found[1] in _SIZES or quantity.unit == "분":
        return False
    last = scene.token_ending.get(found.end() - 1)
    return last is not None and last.tag == "JKG"


def is_in_bracket(scene: Scene, argument: Argument, quantity: Quantity) -> bool:
    """Whether a bracket holds a number among other words, or notes the number of what is neither subject nor object: (100점 만점)."""
    if quantity.unit == "세" and argument.role in ("subject", "topic"):
        return False  # 한서림(본명 한가람, 75세)
    begun = max(0, quantity.span.start - _NOTE)
    opened = max(scene.text.rfind("(", begun, quantity.span.start), scene.text.rfind("（", begun, quantity.span.start))
    if opened < 0 or ")" in scene.text[opened : quantity.span.start]:
        return False
    alone = _OPENED.search(scene.text[opened : quantity.span.start]) is not None and scene.text[quantity.span.end : quantity.span.end + 1] == ")"
    return not alone or (argument.role not in ("subject", "topic", "object") and scene.text[opened - 1] not in "%원명표")


def is_bounded(scene: Scene, time: Time) -> bool:
    """Whether a length of time is only a bound or nearly so, and its value would say more: 1년 이상, 1시간여."""
    if time.text == "24시간" and _ROUND_THE_CLOCK.match(scene.text, time.span.end):
        return True  # 24시간 비상체제: round the clock
    if _NOT_LONG.match(scene.text, time.span.end) or _AGAIN.search(time.text):
        return True
    return _BOUNDED.match(scene.text, time.span.end) is not None or scene.text[time.span.end : time.span.end + 1].isdigit()  # 36초57


def is_term(scene: Scene, time: Time) -> bool:
    """Whether what looks like a month is how long somebody is sent to prison: 징역 8월."""
    return _PRISON.search(scene.text[max(0, time.span.start - _BEFORE) : time.span.start]) is not None


def keep_certain(scene: Scene, clause: Clause, found: list[Qualifier]) -> list[Qualifier]:
    """The qualifiers without the numbers of a list and without the times of other clauses."""
    kept = [q for q in found if not _is_cut(q)]
    amounts = [q for q in kept if q.role == "amount" and isinstance(q.value, Quantity)]
    if _are_listed(scene, amounts):
        kept = [q for q in kept if q not in amounts]
    lasting = [q for q in kept if q.role == "duration" and isinstance(q.value, Time)]
    if any(_JOINED.search(scene.text[a.end : b.start]) for a, b in pairwise(sorted(_span(q) for q in lasting))):
        kept = [q for q in kept if q not in lasting]  # 10년간 신상정보 공개와 20년간 전자장치 부착
    dated = [q for q in kept if isinstance(q.value, Time)]
    if any(_are_shared_out(scene, a, b) for a, b in pairwise(dated)):
        kept = [q for q in kept if q not in dated]
    if clause.past and clause.status == "asserted":
        kept = [q for q in kept if not (q.role == "time" and _AHEAD.match(_words(q)))]  # 오는 16일 출시할 것이라고 밝혔다
    if _is_state(clause):  # 20일 한빛시에 있는 본사에서 발표했다, 지난 13일 일어난 테러와 똑같은 방식: when, is of another verb
        kept = [q for q in kept if not (isinstance(q.value, Time) and q.role == "time" and not _DATED_STATE.match(scene.text, q.value.span.end))]
        kept = [q for q in kept if clause.predicate.lemma != "있다" or q.role not in ("place", "recipient", "with")]
    kept = [_as_bound(scene, clause, q) for q in kept]
    times = [q for q in kept if q.role == "time" and isinstance(q.value, Time)]
    return [q for q in kept if q not in times or q in _own_times(clause, times)]


def _are_shared_out(scene: Scene, first: Qualifier, second: Qualifier) -> bool:
    """Whether two times are of two things: "두 회사는 각각 22일, 20일 간 문을 닫는다"."""
    a, b = sorted((_span(first), _span(second)))
    return _SIDE_BY_SIDE.fullmatch(scene.text, a.end, b.start) is not None and "각각" in scene.text[max(0, a.start - _NEAR) : b.end + _NEAR]


def _as_bound(scene: Scene, clause: Clause, qualifier: Qualifier) -> Qualifier:
    """What was done until a day was not done on it alone: 이날까지 of "이날까지 메달 여섯 개를 땄다" has an end and no beginning."""
    time, published = qualifier.value, scene.doc.article.published
    done = isinstance(time, Time) and clause.status in ("asserted", "claimed") and time.text.endswith("까지")
    if not done or not isinstance(time, Time) or published is None or time.end is None or time.value is None or "/" in time.value:
        return qualifier
    past = time.end[:10] <= published.date().isoformat()
    return replace(qualifier, value=replace(time, start=None, value="/" + time.value)) if past else qualifier


def _is_state(clause: Clause) -> bool:
    """Whether a clause inside another tells what holds at any time: 있는, 알려진, 가까워."""
    if clause.predicate.kind == "adjective":  # one with an object is none: 회사를 퇴사하면서
        return clause.relation in ("relative", "adverbial") and not any(a.role == "object" and a.josa in ("을", "를") for a in clause.arguments)
    return clause.relation == "relative" and clause.predicate.lemma in _STATES


def is_listed_with(scene: Scene, clause: Clause, argument: Argument, value: Value) -> bool:
    """Whether what stands with 와 is the first of a list and nobody's company: 징역 15년과 of "징역 15년과 치료감호를 선고받았다"."""
    if argument.role != "comitative" or (isinstance(value, Entity) and scene.is_kind(value, _COMPANY)):
        return False
    if _PAIRED.match(scene.text, argument.span.end) is not None:
        return True
    head, behind = argument.head.of(scene.text), argument.span.end + len(argument.josa) + 1
    beside = next((a for a in clause.arguments if a.span.start == behind and a.role in ("object", "subject")), None)
    return beside is not None and find_kind(head) != "Person" and beside.head.of(scene.text) not in _MUTUAL


def _is_cut(qualifier: Qualifier) -> bool:
    """Whether a value ends within a bracket: 7일(현지."""
    words = qualifier.value.name if isinstance(qualifier.value, Entity) else qualifier.value.text
    return not isinstance(qualifier.value, Quantity | Time) and words.count("(") != words.count(")")


def _are_listed(scene: Scene, amounts: list[Qualifier]) -> bool:
    """Whether the numbers are of several things, told in a row: 서울은 10도, 철원은 15도."""
    spans = sorted(_span(q) for q in amounts)
    return any(_LISTED.search(scene.text[a.end : b.start]) for a, b in pairwise(spans))


def _own_times(clause: Clause, times: list[Qualifier]) -> list[Qualifier]:
    """Of times that exclude each other those nearest to the predicate: 1970년 of "1967년 선거에서 약속해 1970년에 열었다"."""
    bounds = [q for q in times if _BOUND.search(_words(q))]
    plain = sorted((q for q in times if q not in bounds), key=_span)
    if len(plain) < 2:
        return times
    own = {a.span for a in clause.arguments if not a.shared}
    last = max(plain, key=lambda q: (any(span.covers(_span(q)) and span.start == _span(q).start for span in own), _span(q)))
    return [*bounds, *(q for q in plain if q is last or _within(q, last) or _within(last, q))]


def _within(inner: Qualifier, outer: Qualifier) -> bool:
    first, second = inner.value, outer.value
    if not (isinstance(first, Time) and isinstance(second, Time)) or first.start is None or second.start is None:
        return True
    return second.start <= first.start and (first.end or first.start)[:10] <= (second.end or second.start)[:10]


def _span(qualifier: Qualifier) -> Span:
    value = qualifier.value
    assert isinstance(value, Quantity | Time)
    return value.span


def _words(qualifier: Qualifier) -> str:
    return qualifier.value.text if isinstance(qualifier.value, Time) else ""
