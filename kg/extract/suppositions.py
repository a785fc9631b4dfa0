"""What is said without being said to be so: questions, conditions, what is only hard or easy to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.scene import Scene
from kg.extract.subjects import is_demanded
from kg.model import Argument, Clause, Entity, Qualifier, Span, Status, Time
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon

_QUESTION_WORD = re.compile(r"(?:^|\s)(?:어떻게|어떤|왜|얼마나|누가|누구|무엇|무슨|어디|언제|몇)(?=$|[\s을를에가이])")
_ASKED = re.compile(r"(?:지|느냐|냐)(?:를|는|도|가|에)?$")
_BEFORE_JI = "".join(c for c in map(chr, range(0xAC00, 0xD7A4)) if (ord(c) - 0xAC00) % 28 in (4, 8))  # syllables that end in ㄴ or ㄹ
_WHETHER = re.compile(rf"(?:[{_BEFORE_JI}]지(?:를|는|도|가|에|의|조차|까지)?|[가-힣]냐(?:를|는|가|에|며|면서|고|니|라며|라고)?)[,”’\"']*$")
_SINCE = re.compile(r"\s?(?:약\s|만\s|\d|하루|이틀|사흘|한\s|두\s|몇|수\s|얼마|오래|도?\s?모[르른를])")  # 떠난지 1분만에; 떨어질지 모른다
_RHETORICAL = re.compile(r"지\s않|아니|안\s")
_DOUBTED = re.compile(r"지\s않을까")
_QUESTION = re.compile(r"(?:나|는가|은가|인가|까|느냐|으냐|니)요?[.?]*$")


def is_question(scene: Scene, clause: Clause) -> bool:
    """Whether a clause asks: "요금 인상으로 이어지나." says nothing; "끝나지 않았나" is a way of asserting."""
    words = clause.predicate.span.of(scene.text)
    if clause.relation != "main" and ("?" in words or scene.text.startswith("?", clause.predicate.span.end)):
        return not _RHETORICAL.search(words)  # '대지진이 올까?'라는 제목의 기사
    if _DOUBTED.search(words):
        return True  # 기억되지 않을까
    if clause.relation != "main" and _WHETHER.search(words) and not _SINCE.match(scene.text, clause.predicate.span.end):
        return not _RHETORICAL.search(words)  # 인정되느냐가, 지급하는지를
    if clause.relation != "main" and _ASKED.search(words):
        # 어떻게 움직일지: nobody says that it moves
        begun = scene.sentence(clause.sentence).span.start
        return _QUESTION_WORD.search(scene.text[max(begun, clause.span.start - 12) : clause.span.end]) is not None
    return clause.relation == "main" and _QUESTION.search(words) is not None and "지 않" not in words


_LINKING = re.compile(r"앞서|(?:뒤|연)이어서?|잇따라|잇달아|나아가|덧붙여|거듭해|다시 말해|말하자면|예컨대|이를테면|더해|통틀어")
_CAUSED = re.compile(r"(?:도록|게)\s(?:하[고는여며]|하였|했|한|할|해|만[드들])")
_NEEDED = re.compile(r"야[”\"’']?\s?(?:만\s)?(?:한|하|할|했|됩|된|되|될|됐|해)|필요(?:가|는|도|성이)?\s?(?:있|크)")
_COMING = re.compile(r"게\s(?:된다|되고|되며|됩니다|될)")
_FOR_DOING = re.compile(r"기(?:에[는도]?|엔)$|려면$")  # 이해하기에는 어렵다, 자르려면 가위가 필요하다
_SITUATION = re.compile(r"\s(?:[^\s,.“”]+\s){0,2}(?:상황|사태|일|경우|시나리오)[을를]\s")
_FORESEEN = frozenset("배제하다 가정하다 상정하다 우려하다 대비하다 막다 방지하다 피하다 예방하다 상상하다 전제하다".split())
_DEPICTION = re.compile(r"\s(?:그림|벽화|만평|삽화|조각|동상|사진|포스터|합성물|소설|영화|드라마|꿈|상상)[이가은는을를도에의으로]")
# the thing -ㄴ 것은 tells of is when or since when: 이번이 처음이다, 5년 만이다
_CLEFT = re.compile(r"\s(?:것|건)은?\s[^.]{0,60}?(?:만|처음|번째|이후|이래|때|뒤|후|\d[년월일])(?:이다|다|이었다|였다|이며|이고|이라|이지만|입니다)")
_PURPOSE = re.compile(r"기\s?위(?:해|하|한|함)")
_CASE = re.compile(r"\s(?:경우|대신|만약|때마다|때까지)")
_UNREAL = re.compile(r"\s(?:듯한|만한|법한|이야기[를다]|(?:그\s)?(?:어떤|어떠한|아무런?)\s)")  # 비웃는 듯한, 시험하는 어떤 것도
_TO_DO = re.compile(r"\s?데(?:에|에는|는|도)?\s(?!성공|기여|일조|이바지|합의|[그이]|대[한해])")  # 막는 데 실패했다
# -ㄹ 수 있다 of today: what anybody may, or what there is to fear
_MIGHT = re.compile(r"수(?:도|는|가)?\s?있(?!게|도록|었|을)")
_AT_BEST = frozenset(("이르다", "빠르다", "늦다", "따르다"))  # 이르면 내년부터
_CALLED_OFF = re.compile(r"(?:(?:예정|계획|방침|생각)이었|려고?\s?(?:했|하였))(?:으나|지만),?$|려다가?$")
_IF = re.compile(r"(?:^|[\s“\"])(?:만일|만약|가령)(?:에)?,?\s.*(?:면|경우)(?:에는|엔|에)?,?\s")
_MADE_FOR = re.compile(r"\s(?:설계|제작|고안|개발|구성|만들어)")  # 미사일을 요격하도록 설계된 체계
_WISHING = frozenset("원하다 바라다 희망하다 기원하다 당부하다 기대하다 촉구하다 요청하다 권하다".split())  # 표현을 고치기를 원한다
_WHENEVER = re.compile(r"\s때(?!문)")
_AS_LONG = re.compile(r"\s한[\s,]")
_LIKE = re.compile(r"\s?(?:[^\s,.“”]+\s)?([^\s,.“”]*[^\s,.“”과와])(?:\s(?:같은|같이|같다|같았)|처럼|마냥)")
_TELLING = ("것", "바", "말", "지적", "설명", "주장", "보도", "예상", "전망", "분석", "우려", "소식", "때", "적", "경우")
_HOW = re.compile(r"(?:있|없|같|많|적|높|낮|깊|넓|크|작)게$")
_TO_COME = re.compile(r"[가-힣]\s?(?:것|거)|겠")
_JOINED = ("고", "며")
_OPEN_VOWELS = frozenset((0, 4, 1, 6, 9, 10, 14))  # ㅏ ㅓ ㅐ ㅕ ㅘ ㅙ ㅝ: 받아, 얻어, 해, 이뤄, 봐, 돼
_SETTING = frozenset("열다 개최하다 소집하다 갖다 만나다 방문하다 찾다 참석하다 출석하다 출연하다 나오다 모이다 참여하다 맺다 체결하다".split())
_DECIDED = re.compile(r"기로\s?(?:최종\s?)?(?:했|하였|결정했|결정하였|합의했|합의하였|결의했|의결했)")
_VOWED = re.compile(r"\s것을\s(?:다짐|약속|결의|촉구|당부|합의|지시|명령|주문|요구|요청|강조)")  # 모여 노력할 것을 다짐했다
_MEANT = re.compile(r"\s(?:뜻|의사|의지|생각|입장)[이가을를은도]")
_PROMISE = re.compile(r"겠다|기로")
_AGAIN = re.compile(r"다시|추가|다음|내년|내달|내주|오는\s|조만간|앞으로|곧\s")
_ABLE = re.compile(r"수\s?(?:있|없)(?:는|을)$")
_NAMED = re.compile(
    r"\s?(?:권한|권리|능력|자격|기회|의사|야망|확률|수준|곳|준비|수작|노력|당시|말|정도|시간|여력|여유|힘|틈|겨를|새(?=도?\s없))(?![가-힣]{2})"
)
_DEFINED = re.compile(r"[가-힣)’”'](?:란|이란|라 함은|이라 함은),?\s.*것을\s*$")
_WRITERS = re.compile(r"겠습니다[.\s]*$")
_URGED = re.compile(r"(?:자|(?<![이다니])라)[’'”\"]?\s?(?:고|는|며)")  # 금지하자는, 철폐하라고
_SUPPOSING = re.compile(r"(?<!려)(?:면|거든|더라도|든지|든)(?:은|야)?$|[가-힣]야(?:만|지만)?$")


_AFTERWARDS = re.compile(r"\s(?:뒤|후|직후|이후)(?:에|에는)?(?=[\s,])")  # 회의가 끝난 뒤
# any syllable that ends in ㅆ, but for 있 and 겠: 했, 밝혔, 담겼
_PAST = re.compile("[" + "".join(c for c in map(chr, range(0xAC00 + 20, 0xD7A4, 28)) if c not in "있겠") + "]")
_GOING_ON = re.compile(r"(?:고|[아어여해돼려져])\s?있(?:고|어|으며)")  # 2심제를 택하고 있어
_DONE = re.compile("[" + "".join(c for c in map(chr, range(0xAC00 + 4, 0xD7A4, 28)) if c != "는") + "]$")  # any syllable that ends in ㄴ: 발표한
_UNDER_WAY = re.compile(r"고\s?있(?:다|는|으며|습니다)|중(?:이다|이며|입니다)[.\s]*$")


def find_status(scene: Scene, clause: Clause, subject: Entity, qualifiers: Iterable[Qualifier]) -> Status:
    """The clause's status; what is told without a past form of a day to come is planned: 내년 1분기에 출범시킨다."""
    to_come = clause.status == "planned" and _TO_COME.search(clause.predicate.span.of(scene.text)) is not None
    if to_come and not scene.is_kind(subject, ("Agent", "Place", "Group")):
        return "expected"  # 금연법이 영향을 미칠 것이라고: what is no agent plans nothing
    if clause.status == "asserted" and _COMING.search(clause.predicate.span.of(scene.text)) and _may_come(scene, clause, subject):
        return "expected"  # 서류를 제출하게 된다
    ahead = [q.value for q in qualifiers if q.role == "time" and isinstance(q.value, Time) and scene.lies_ahead(q.value)]
    if clause.status == "planned" and not ahead and _is_setting(scene, clause):
        return "asserted"
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    if clause.status == "asserted" and above is not None and clause.relation in ("adverbial", "coordinate") and _joins(scene, clause):
        words = clause.predicate.span.of(scene.text)
        so_now = _PAST.search(words) or _GOING_ON.search(words)
        if not so_now and _COMING.search(above.predicate.span.of(scene.text)) and _may_come(scene, above, subject):
            return "expected"  # 이사회를 열어 개막을 결정하게 된다
    if clause.status != "asserted" or clause.relation == "relative" or _is_past(scene, clause):
        return clause.status
    if _UNDER_WAY.search(clause.predicate.span.of(scene.text)):
        return clause.status  # 17일 시장을 둘러보고 있다: whatever month it is
    return clause.status if not ahead else "expected" if _has_condition(scene, clause) else "planned"


def _has_condition(scene: Scene, clause: Clause) -> bool:
    """Whether a clause holds on a condition: 법안이 통과하면 내년까지 연장된다."""
    beside = (scene.doc.clauses[n] for n in scene.clauses_of[clause.sentence])
    below = (c for c in beside if c.parent is not None and scene.doc.clauses[c.parent] is clause and c.predicate.lemma not in _AT_BEST)
    return any(_is_condition(scene, c) for c in below)


def _joins(scene: Scene, clause: Clause) -> bool:
    """Whether a clause leaves its tense to the one behind it: 열어, 열고."""
    return _is_joining(clause.predicate.span.of(scene.text))


def _is_setting(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only tells where a promise was made, and so what was done: 환자를 만나 돕겠다고 약속했다, 총회를 열고 파업하기로 했다."""
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    if above is None or clause.predicate.lemma not in _SETTING or clause.relation not in ("adverbial", "coordinate") or not _joins(scene, clause):
        return False
    if above.status != "planned" or _AGAIN.search(scene.text[max(0, clause.span.start - 12) : clause.predicate.span.start]):
        return False
    if clause.predicate.span.of(scene.text).rstrip(",").endswith("고") and _decides(scene, above):
        return True
    if _MEANT.match(scene.text, above.predicate.span.end) and above.relation == "relative":
        return _is_past(scene, clause) or any(c.past and c.relation == "main" for c in _around(scene, above))
    cue = scene.doc.quotations[above.quotation].cue if above.quotation is not None else above.parent
    governor = scene.doc.clauses[cue] if cue is not None else None
    if governor is None or not governor.past or governor.sentence != clause.sentence:
        return False
    return bool(_PROMISE.search(above.predicate.span.of(scene.text)) or _VOWED.match(scene.text, above.predicate.span.end))


def _decides(scene: Scene, clause: Clause) -> bool:
    """Whether a clause, or the one that it is joined to, tells a decision taken: 공유하는 등 협력하기로 했다."""
    ends = (c for c in (clause, *_around(scene, clause)) if c.status == "planned" and c.sentence == clause.sentence)
    return any(_DECIDED.search(scene.text[c.predicate.span.start : c.predicate.span.end + 12]) is not None for c in ends)


def _around(scene: Scene, clause: Clause) -> list[Clause]:
    """The clauses around a clause, from the nearest."""
    found: list[Clause] = []
    while clause.parent is not None and len(found) < 20:
        clause = scene.doc.clauses[clause.parent]
        found.append(clause)
    return found


def is_given(scene: Scene, clause: Clause) -> bool:
    """Whether a clause inside another is told as so: 증상을 보이기 때문에, "파업에 나선 것은 5년 만이다"."""
    if scene.text.startswith("때문", clause.predicate.span.end + 1):
        return True
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    return above is not None and above.predicate.kind == "copula" and _CLEFT.match(scene.text, clause.predicate.span.end) is not None


def _is_joining(words: str) -> bool:
    """Whether a predicate leaves its tense to the next: 얻어, 이뤄, 받아서, 하고."""
    words = words.rstrip(",")
    stem = words.removesuffix("서")
    return words.endswith(_JOINED) or (bool(stem) and "가" <= stem[-1] <= "힣" and (ord(stem[-1]) - 0xAC00) % 28 == 0
                                       and (ord(stem[-1]) - 0xAC00) // 28 % 21 in _OPEN_VOWELS)


def _is_past(scene: Scene, clause: Clause) -> bool:
    """Whether a clause, or the one that its ending leaves the tense to, has a past form: 14표를 얻어 미국을 제쳤다."""
    seen = 0
    while seen < 5:
        words = clause.predicate.span.of(scene.text)
        if _PAST.search(words) or _UNDER_WAY.search(words) or _AFTERWARDS.match(scene.text, clause.predicate.span.end):
            return True
        if seen and clause.relation == "relative" and clause.predicate.kind != "adjective" and _DONE.search(words):
            return True  # 6일 분석해 발표한 자료
        if clause.parent is None or clause.relation not in ("adverbial", "coordinate") or not _is_joining(words):
            return False
        clause, seen = scene.doc.clauses[clause.parent], seen + 1
    return False


def _may_come(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Whether -게 된다 tells of what will be: not of history (2004년 개통하면서 위기에 몰리게 된다), nor of how things are."""
    published = scene.doc.article.published
    told = (t.end or t.start for t in scene.times_of.get(clause.sentence, ()) if t.grain != "duration")
    passed = published is not None and any(end is not None and end[:10] < published.date().isoformat()[: len(end[:10])] for end in told)
    return not passed and scene.is_kind(subject, ("Agent", "Place", "Group"))


def _is_condition(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is a condition: 받지 않으면, 들어간다 하더라도."""
    words = clause.predicate.span.of(scene.text).rstrip(",")
    if clause.relation != "adverbial":
        return False
    if clause.status == "expected" and _SUPPOSING.search(words) and not words.endswith("따르면"):
        return True
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    if above is None or above.predicate.lemma != "하다" or above.relation != "adverbial" or not words.endswith(("다", "라")):
        return False
    beside = above.predicate.span.start <= clause.predicate.span.end + 1
    return beside and _SUPPOSING.search(above.predicate.span.of(scene.text)) is not None


def _is_whenever(scene: Scene, clause: Clause, above: Clause) -> bool:
    """Whether a clause only says on which occasions something holds: 진드기가 사람을 물 때 옮긴다; what was done then did happen."""
    if clause.relation not in ("adverbial", "relative", "nominal") or _WHENEVER.match(scene.text, clause.predicate.span.end) is None:
        return False
    words = clause.predicate.span.of(scene.text)
    return (ord(words[-1]) - 0xAC00) % 28 == 8 and _PAST.search(words) is None and not _is_past(scene, above)


def _is_hypothetical(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells what would follow: 만일 개입하지 않았다면 수사는 종료된다."""
    if clause.relation not in ("main", "coordinate") or clause.status != "asserted" or clause.quotation is not None or _is_past(scene, clause):
        return False
    return _IF.search(scene.text[scene.sentence(clause.sentence).span.start : clause.predicate.span.start]) is not None


def is_supposed(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only supposes: 영장을 받지 않으면, 견디기 어려운; nobody says that it is so."""
    words = clause.predicate.span.of(scene.text).rstrip(",")
    if _is_condition(scene, clause) or _is_hypothetical(scene, clause):
        return True
    if clause.relation in ("relative", "adverbial", "nominal") and _CASE.match(scene.text, clause.predicate.span.end):
        return True  # 재해가 일어났을 경우, 정상에 오르는 대신
    if clause.relation == "relative" and _UNREAL.match(scene.text, clause.predicate.span.end):
        return True
    if clause.relation == "nominal" and _PURPOSE.match(scene.text, clause.predicate.span.end - 1):
        return True  # 위상을 높이기 위해 만들었다: what for, a qualifier of what was done
    if clause.relation == "adverbial" and _HOW.search(words):
        return True  # 일관성 있게: how
    if clause.relation == "adverbial" and words.endswith("되게") and all(a.shared for a in clause.arguments):
        return True  # 일관되게: how
    named = clause.status == "planned" and _NAMED.match(scene.text, clause.predicate.span.end)
    if clause.relation == "relative" and (named or _ABLE.search(words)):
        return True  # 눈으로 볼 수 있는, 문을 열 권한: what might be done
    defining = clause.predicate.lemma in ("말하다", "뜻하다", "이르다")
    if defining and _DEFINED.search(scene.text[scene.sentence(clause.sentence).span.start : clause.predicate.span.start]):
        return True  # 분자기계란 …한 것을 말한다: nobody says it
    if clause.quotation is None and _WRITERS.search(words) and all(a.shared for a in clause.arguments if a.role in ("subject", "topic")):
        return True  # 관련 소식을 전하겠습니다: the writer will
    if _LINKING.fullmatch(words) or (clause.relation in ("nominal", "adverbial") and _FOR_DOING.search(words)):
        return True
    if clause.predicate.lemma == "잇다" and words.endswith(("이어", "이어서")) and not any(a.role == "object" for a in clause.arguments):
        return True  # 동점골에 이어 결승골까지 넣었다
    lent = all(a.shared or a.josa in ("은", "는") for a in clause.arguments if a.role in ("subject", "topic"))
    if words.endswith("도록") and lent and not _MADE_FOR.match(scene.text, clause.predicate.span.end):
        return True  # 청구권을 양도할 수 없도록 만들었다: who makes it so does not do it
    if clause.status == "planned" and _CALLED_OFF.search(words):
        return True  # 열릴 예정이었으나 미뤄졌다
    if clause.status == "expected" and _MIGHT.search(words):
        return True  # 커질 수 있다
    inner = clause.relation in ("relative", "adverbial", "nominal")
    if inner and words.endswith("는") and _TO_DO.match(scene.text, clause.predicate.span.end):
        return True
    if inner and words.endswith(("않는", "없는", "못하는")) and _AS_LONG.match(scene.text, clause.predicate.span.end):
        return True  # 사고가 나지 않는 한
    if _CAUSED.search(words):
        return True  # 내려받을 수 있도록 한 서비스: who lets it happen does not do it
    if _NEEDED.search(words) and not clause.negated:
        return True  # 넓혀야 한다, 넓힐 필요가 있다: what ought to be
    if clause.predicate.lemma == "있다" and clause.relation == "adverbial" and re.search(r"있어서?$", words):
        return True  # 이 점에 있어
    above = scene.doc.clauses[clause.parent] if clause.parent is not None else None
    if above is not None and _is_whenever(scene, clause, above):
        return True
    if clause.relation == "coordinate" and words.endswith(("고", "며", "거나")) and _is_needed_later(scene, clause):
        return True  # 중단하고 넓혀야 한다: both ought to be
    if clause.predicate.lemma in ("두다", "놓다") and words.endswith("고") and any(a.role == "object" for a in clause.arguments):
        return True  # 담수화를 두고 다툰다
    if clause.predicate.lemma == "이다" and clause.relation in ("relative", "nominal") and re.search(r"라는|이란|란$", words):
        return True  # 문화권이라는 개념
    if clause.predicate.lemma == "시작하다" and clause.relation == "adverbial" and any(a.josa == "부터" for a in clause.arguments):
        return True  # 유아부터 시작해 어른까지
    joined = clause.relation in ("adverbial", "coordinate") and _is_joining(clause.predicate.span.of(scene.text))
    if above is not None and joined and _is_condition(scene, above):
        return True  # 절차를 밟아 들어간다 하더라도
    if above is not None and joined and not words.endswith(_JOINED) and _CASE.match(scene.text, above.predicate.span.end):
        return True  # 앞세워 풀려 할 경우; 상황반을 가동하고 차질이 생길 경우 may do the first whatever comes
    if clause.relation in ("relative", "adverbial", "nominal") and _is_imagined(scene, clause, above):
        return True
    if clause.relation == "quotative" and clause.status == "expected" and clause.predicate.kind != "copula" and re.search(r"[가-힣]야만?$", words):
        return True  # “물러나야” 한다며: what ought to be
    if _is_likened(scene, clause) or _is_hoped(scene, clause, above) or _is_anyones(scene, clause, above):
        return True
    if clause.relation == "relative" and above is not None and _is_absent(above):
        return True  # 지정된 사례가 없다: none was
    if clause.relation == "relative" and _is_restrictive(scene, clause, above):
        return True
    thought_of = load_fact_lexicon().apt_adjectives | _WISHING
    return clause.relation == "nominal" and words.endswith(("기", "기를", "기가")) and above is not None and above.predicate.lemma in thought_of


def _is_needed_later(scene: Scene, clause: Clause) -> bool:
    """Whether the clauses that a clause is joined to end in what ought to be: 보도자료를 거두고, 더 나아가 사과해야 할 것이다."""
    for above in _around(scene, clause):
        words = above.predicate.span.of(scene.text)
        if _NEEDED.search(words):
            return True
        if above.relation not in ("coordinate", "adverbial") or not _is_joining(words):
            return False
    return False


def _is_imagined(scene: Scene, clause: Clause, above: Clause | None) -> bool:
    """Whether a clause tells what is pictured or guarded against: 배가 침몰하는 그림, 서로 싸우는 상황을 배제할 수 없다."""
    if not clause.predicate.span.of(scene.text).endswith(("는", "ㄹ", "을", "할", "될", "질", "올", "갈", "날", "릴")):
        return False
    own = any(a.role == "subject" and not a.shared and a.span.end <= clause.predicate.span.start for a in clause.arguments)
    if own and clause.relation == "relative" and _DEPICTION.match(scene.text, clause.predicate.span.end):
        return True
    return above is not None and above.predicate.lemma in _FORESEEN and _SITUATION.match(scene.text, clause.predicate.span.end) is not None


def _is_likened(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only says what something is like: 길을 잃고 헤매는 아이 같은 모습; 우승한 한빛 같은 구단 is one that won."""
    steps = 0
    while clause.relation in ("coordinate", "adverbial") and clause.parent is not None and steps < 20:
        above = scene.doc.clauses[clause.parent]
        if above.relation not in ("coordinate", "adverbial", "relative") or above.sentence != clause.sentence:
            return False
        clause, steps = above, steps + 1
    if clause.relation != "relative":
        return False
    like = _LIKE.match(scene.text, clause.predicate.span.end)
    if like is None or like.group(1).endswith(_TELLING):
        return False
    head = Span(clause.predicate.span.end, like.end(1))
    return all(entity.created for entity in scene.entities_in(head))


def _is_hoped(scene: Scene, clause: Clause, above: Clause | None) -> bool:
    """Whether a clause tells what kind of thing must first come about: 투자를 아끼지 않는 분위기가 조성되어야 가능하다."""
    if clause.relation != "relative" or above is None or not clause.predicate.span.of(scene.text).endswith("는"):
        return False
    made = any(a.role == "subject" and not a.shared and a.span.start <= clause.span.start for a in above.arguments) or any(
        a.role == "subject" and not a.shared and a.head.start >= clause.predicate.span.end for a in above.arguments
    )
    return made and above.predicate.kind == "verb" and _is_condition(scene, above) and above.predicate.span.of(scene.text).endswith("야")


def _is_anyones(scene: Scene, clause: Clause, above: Clause | None) -> bool:
    """Whether a clause tells who is asked, whoever that may be: 제품을 구입한 소비자는 반품하라고 당부했다."""
    if clause.relation != "relative" or above is None:
        return False
    told = ("subject", "topic") if is_demanded(scene, above) else ("topic",)
    if told == ("topic",) and above.predicate.lemma not in load_clause_lexicon().requesting_verbs:
        return False
    head = next((a for a in clause.arguments if a.role == "subject" and a.shared), None)
    asked = head is not None and any(a.span.end == head.span.end and a.role in told for a in above.arguments)
    entity = scene.entity_of(head) if head is not None else None
    return asked and (entity is None or entity.created)


def _is_restrictive(scene: Scene, clause: Clause, above: Clause | None) -> bool:
    """Whether a clause only tells which kind is meant, of nothing named: 소비자들이 이용하는 점포, 네 명을 넘는 모임을 금지하자고."""
    gap = next((a for a in clause.arguments if a.shared and a.role in ("subject", "object")), None)
    if gap is None or clause.predicate.kind == "copula":
        return False
    ends = (scene.entity_of(a) for a in clause.arguments if a.role in ("subject", "object"))
    if any(e is not None and not e.created for e in ends):
        return False
    words = clause.predicate.span.of(scene.text)
    if gap.role == "object":
        if not words.endswith("는") or words.endswith("있는") or any(a.role in ("locative", "time") and not a.shared for a in clause.arguments):
            return False
        return any(_is_many(scene, a) for a in clause.arguments if a.role == "subject")
    if above is None or above.sentence != clause.sentence:
        return False
    if above.predicate.kind == "copula":
        return above.relation == "quotative" and above.predicate.span.start <= gap.span.end + 1
    return above.predicate.kind == "verb" and _URGED.search(above.predicate.span.of(scene.text)) is not None


def _is_many(scene: Scene, argument: Argument) -> bool:
    """Whether a subject is a kind of people or things: 소비자들, 뒷면; not 김씨."""
    entity = scene.entity_of(argument)
    return argument.span.of(scene.text).endswith("들") or entity is None or entity.kind == "Concept"


def _is_absent(clause: Clause) -> bool:
    """Whether a clause says that there is none: 없다, 찾을 수 없다."""
    return clause.predicate.lemma == "없다" or (clause.negated and clause.predicate.lemma in ("있다", "찾다", "보다", "존재하다"))
