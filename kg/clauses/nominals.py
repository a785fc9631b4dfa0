"""Predicates that are nouns: 논의를 이어왔다 is 논의하다; 전문기업 설립 등을 추진한다 plans to 설립하다 a firm."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.adverbials import MODIFIERS, is_measured_out
from kg.clauses.arguments import Frame
from kg.clauses.phrases import Tree
from kg.model import Argument, ArgumentRole, Clause, Predicate, Span, Status, Voice
from kg.tables.lexicons import ClauseLexicon, find_kind, is_verbal_noun, load_clause_lexicon, load_valency

_ITEMS = re.compile(r"\s*(?:,|，|\s및\s|\s또는\s)\s*")
_THING_ENDINGS = "상인자사기품비금료제률율액권물장실원"
_THINGS = frozenset(("인사", "사업", "행사", "정책", "제도", "조치", "기능", "공사", "의식"))  # done with 하다, but things
_DOERS = frozenset(("Organization", "GovernmentAgency", "Person", "Court", "PoliticalParty", "Company"))
_HAVING = frozenset(("갖다", "가지다", "취하다"))
_FORMED = {"이루다": frozenset("구조 조직 구성 조화 대조 교차".split()), "내리다": frozenset(("처분",))}
# what one does to what others do or plan: 퇴진 요구를 거부했다, 지급 계획을 조사했다, 배치 계획에 반대했다
_OF_OTHERS = frozenset(
    "거부하다 거절하다 금지하다 허용하다 허가하다 승인하다 조사하다 비판하다 비난하다 반대하다 규탄하다 환영하다 지지하다 원하다 "
    "대하다 관하다 관련하다 묻다 확정하다 막다 저지하다 방해하다 평가하다 지적하다 우려하다".split()
)
_SIZE = re.compile(r"(?:약\s)?\d\S*\s(?:규모|상당|이상|가량)의?")
_WORDS = re.compile(r"\S+")
# how something is done, before the noun that says what: 현장 검사, 예산안 사전 브리핑
_MANNERS = frozenset("기초 보강 사전 사후 현장 총력 개인 사적 대국민 서면 대면 방문 화상 온라인 무료 유료 야간 심층 맞춤형 선제 불시".split())
_AFTER_LENGTHS = frozenset("가량 정도 남짓 동안 내내".split())
# nouns whose verb has a ruling, or where one goes to, in the place of an object: 선고유예 판결, 글로벌 시장 진출
_GOING = frozenset("판결 유치 진출 참여 참가 진입 도전 출전 복귀 합류 가입 동참 입주 대응 접근 방문".split())
_SEEN, _HARDLY = 8, 0.2  # uses of a verb that tell what it takes, and the share of them with an object in one that takes none

# kinds of parties before 간, which tell only that they are parties: "다온구단과 구단 간 합의"
_PARTIES = "양사 양국 양측 양자 쌍방 구단 업체 기업 회사 노사 당사자 국가 정부 상호 부처 기관 여야 정당 대학 당국"
_BETWEEN = re.compile(rf"(?:^|\s)(?:{'|'.join(_PARTIES.split())})\s?(?:간|사이)$")


def find_idiom(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> tuple[str, Argument] | None:
    """The idiom that a verb makes with its noun: "선을 그었다" is 선을 긋다, and 선 no thing."""
    for argument in frame.arguments:
        bare = argument.role == "adverbial" and not argument.josa  # 문제 삼다
        if argument.shared or not (bare or argument.role in ("object", "locative", "instrument", "goal", "subject")):
            continue
        phrase = f"{argument.head.of(tree.text)}{argument.josa} {frame.chain.lemma}"
        if phrase in lexicon.idioms and _is_bare(tree, argument):
            between = tree.text[argument.span.end : tree.starts(frame.chain)].strip()
            if frame.chain.lemma == "하다" and between != argument.josa:
                continue  # 주민을 대상으로 설명회를 했다
            return phrase, argument
    return None


def find_bond(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> Argument | None:
    """The agreement that a verb makes: "협력을 맺다" is one predicate, and 협력 still its object."""
    if frame.chain.lemma not in lexicon.bonding_verbs:
        return None
    thing = next((a for a in reversed(frame.arguments) if a.role == "object" and not a.shared and a.clause is None), None)
    return thing if thing is not None and thing.head.of(tree.text) in lexicon.mutual_nouns else None


def _is_bare(tree: Tree, argument: Argument) -> bool:
    """Whether nothing but an adjective stands before the noun: 큰 인기."""
    words = tree.text[argument.span.start : argument.head.start].split()
    return not words or (len(words) == 1 and (words[0][-1] in "큰은운한센" or words[0] in MODIFIERS))


def find_light_noun(tree: Tree, frame: Frame, lexicon: ClauseLexicon) -> tuple[str, Argument, Voice] | None:
    """The noun that makes the predicate of a light verb: 논의 of "논의를 이어왔다", with the voice it gives."""
    lemma = frame.chain.lemma
    thing = next((a for a in reversed(frame.arguments) if a.role == "object" and not a.shared), None)
    if lemma == "하다" and tree.sentence.eojeols[tree.units[frame.chain.first].eojeol].span.of(tree.text).startswith("더"):
        return None  # 긴장을 더한다
    apart = _find_apart(tree, frame, thing) if lemma == "하다" and thing is not None else None
    if apart is not None:
        return apart.head.of(tree.text), apart, "active"
    if thing is not None and thing.clause is None:
        noun = thing.head.of(tree.text)
        if lemma in lexicon.light_verbs and _verbal(noun) and _is_done(lemma, noun, lexicon) and not _is_compound(tree, thing):
            return noun, thing, "active"
        if lemma in lexicon.light_passives and _verbal(noun) and noun not in lexicon.received_nouns:
            return noun, thing, "passive"
    if lemma in lexicon.light_goals:
        goals = [a for a in frame.arguments if a.role == "locative" and a.josa == "에" and not a.shared and a.clause is None]
        if goals and _verbal(goals[-1].head.of(tree.text)) and not _is_compound(tree, goals[-1]):
            return goals[-1].head.of(tree.text), goals[-1], "active"
    return None


def _is_compound(tree: Tree, thing: Argument) -> bool:
    """Whether the words before an action noun can be nothing that is done something to, but say of what sort it is: 방역 활동, 성희롱 발언."""
    rest = find_light_rest(tree.text, thing)
    return rest is not None and rest.role == "object" and _takes_none(thing.head.of(tree.text))


def _takes_none(noun: str) -> bool:
    """Whether the verb of an action noun takes no object: 활동하다, 대응하다."""
    known = load_valency().get(noun + "하다")
    if noun in _GOING or noun in load_clause_lexicon().mutual_nouns:
        return False  # 예산 합의
    return known is not None and known.uses >= _SEEN and known.objects < _HARDLY * known.uses


def _find_apart(tree: Tree, frame: Frame, thing: Argument) -> Argument | None:
    """The action noun written apart from 하다, behind its object: 비준 of "협약을 비준 하였다"."""
    bare = (a for a in frame.arguments if a.role == "adverbial" and not a.josa and not a.shared and a.span.start > thing.span.end)
    item = next((a for a in bare if a.span == a.head and a.span.end + 1 == tree.units[frame.chain.first].span.start), None)
    return item if item is not None and is_verbal_noun(item.head.of(tree.text)) else None


def _is_done(lemma: str, noun: str, lexicon: ClauseLexicon) -> bool:
    """Whether the noun is what is done, and no thing that is had, formed or handed down: 회의를 갖다, but not 구조를 이루다."""
    if lemma in _HAVING:
        return noun in lexicon.mutual_nouns or noun in lexicon.action_nouns or find_kind(noun) in ("Meeting", "Event", "Match")
    return noun not in _FORMED.get(lemma, ())


def find_light_rest(text: str, argument: Argument, passive: bool = False) -> Argument | None:
    """What stands before the noun of a light verb: MS with whom one talks, in "MS와 논의를"; a mere modifier is nothing."""
    words = text[argument.span.start : argument.head.start].rstrip(" ·,")
    while words.split() and (words.split()[0] in MODIFIERS | _AFTER_LENGTHS or words.split()[0].endswith("적인")):
        words = words[len(words.split()[0]) :].lstrip()
    while words.split() and len(words.split()) > 1 and re.search(r"(?:한|은|운|큰|인|된|던)$", words.split()[-1]) and len(words.split()[-1]) < 5:
        words = words[: words.rfind(" ")].rstrip()  # 강력한 대응
    words = _strip_manner(words)
    words = _BETWEEN.sub("", words).rstrip()
    if not words or words.endswith((" 간", " 사이")) or _SIZE.fullmatch(words):
        return None  # 50억원 규모의 지급, 양사 간 협력, 가람시와 나래시 간 협의: between whom
    if is_measured_out(words.split()[-1]):
        return None  # 상당 기간 거래를 했다: how long
    begin = text.index(words, argument.span.start)
    role: ArgumentRole = "object"
    josa = ""
    if len(words.split()) == 1 and len(words) < 4 and words[-1] in "은한큰운던된":
        return None  # 많은 사랑을 받았다
    if len(words) == 3 and words.endswith("적"):
        return None  # 단계적 이행
    if passive:
        acting = words.endswith("의") or find_kind(words.split()[-1]) in _DOERS
        role, josa = ("source", "의" if words.endswith("의") else "") if acting else ("adverbial", "")
    if words[-1] in "와과" and any(is_verbal_noun(noun) for noun in (words.split()[-1], words.split()[-1][:-1], words[-3:-1])):
        return None  # 보강수사와 법리검토를 거쳤다, 과태료 부과 등 대응에 나섰다: two doings, and nobody with whom
    if words[-1] in "와과" and len(words.split()) <= 4:
        role, josa, words = "comitative", words[-1], words[:-1]
    elif words.endswith("의"):
        words = words[:-1].rstrip()
    if len(words) < 2 and not words.isascii():
        return None
    span = Span(begin, begin + len(words))
    return Argument(role, josa, span, _last_word(text, span))


def _strip_manner(words: str) -> str:
    """Words without what only says how at their end: 예산안 of "예산안 사전" (브리핑), 병상의 of "병상의 추가" (확보)."""
    words = re.sub(r"\s*(?:및|등)$", "", words)
    while words and words.split()[-1] in MODIFIERS | _MANNERS:
        words = re.sub(r"\s*(?:및|등)$", "", words[: -len(words.split()[-1])].rstrip())
    return words


def _verbal(noun: str) -> bool:
    """Whether a noun is an action, whole or by its last part: 재가동; but not 여우주연상."""
    if noun in _THINGS:
        return False
    if len(noun) < 2 or is_verbal_noun(noun):
        return len(noun) >= 2
    return len(noun) in (3, 4) and noun[-1] not in _THING_ENDINGS and is_verbal_noun(noun[-2:])


def find_noun_clauses(
    tree: Tree, frame: Frame, index: int, sentence: int, status: Status, quotation: int | None, lexicon: ClauseLexicon
) -> tuple[Clause, ...]:
    """Clauses for verbal nouns that a verb governs: "A 개발, B 설립 등을 추진한다" gives two, "준공 계획을 세웠다" one."""
    if find_light_noun(tree, frame, lexicon) is not None:
        return ()
    subject = frame.get("subject") or frame.get("topic")
    if frame.chain.lemma in lexicon.containing_verbs | lexicon.requesting_verbs | _OF_OTHERS:
        subject = None  # the plan holds the measures; who takes them is said elsewhere; who demands them is not who is to take them
    clauses: list[Clause] = []
    for argument in frame.arguments:
        if argument.shared or argument.clause is not None:
            continue
        found = _find_kind(tree, frame, argument, status, lexicon)
        if found is None:
            continue
        items, noun_status, negated = found
        for words, noun in items:
            arguments = [] if words is None else [_complement_of(tree.text, words)]
            if subject is not None and subject is not argument:
                arguments.append(replace(subject, role="subject", shared=True))
            span = noun if words is None else Span(words.start, noun.end)
            predicate = Predicate(noun.of(tree.text) + "하다", noun, (), "active", "noun")
            clauses.append(Clause(predicate, tuple(arguments), negated, noun_status, span, sentence, "nominal", index, quotation))
    return tuple(clauses)


Items = tuple[tuple[Span | None, Span], ...]


def _find_kind(tree: Tree, frame: Frame, argument: Argument, status: Status, lexicon: ClauseLexicon) -> tuple[Items, Status, bool] | None:
    """The verbal nouns of an argument with their status and whether they are negated, or None where it has none."""
    lemma = frame.chain.lemma
    head = argument.head.of(tree.text)
    planned: Status = "planned" if status == "asserted" else status
    if head in lexicon.plan_nouns and argument.role in ("object", "subject", "complement"):
        return _read_items(tree.text, Span(argument.span.start, argument.head.start)), planned, False
    if argument.josa in ("을", "를") and _leads_to_goal(tree, argument):
        return _read_items(tree.text, argument.span, bare=True), planned, False
    if argument.role == "object":
        if lemma in lexicon.pending_verbs:
            return _read_items(tree.text, argument.span), planned if lemma != "명령하다" else status, frame.chain.negated
        if lemma in lexicon.finishing_verbs:
            return _read_items(tree.text, argument.span), status, frame.chain.negated
    if argument.role == "locative" and argument.josa == "에" and lemma in (*lexicon.light_goals, "성공하다", "실패하다"):
        return _read_items(tree.text, argument.span), status, frame.chain.negated or lemma == "실패하다"
    if argument.role in ("object", "locative") and tree.text[argument.span.end :].lstrip().startswith("등"):
        return _read_items(tree.text, argument.span), planned, frame.chain.negated
    return None


def _leads_to_goal(tree: Tree, argument: Argument) -> bool:
    """Whether the words behind an object are 목표로: 착공을 목표로."""
    behind = tree.text[argument.span.end : argument.span.end + 8].split()
    return len(behind) >= 2 and behind[1].rstrip(",") in ("목표로", "목표로,")


def _read_items(text: str, span: Span, bare: bool = False) -> Items:
    found: list[tuple[Span | None, Span]] = []
    for item in _split_items(text, span):
        split = _split_verbal(text, item)
        if split is not None:
            found.append(split)
        elif bare and _verbal(_last_word(text, item).of(text)):
            found.append((None, _last_word(text, item)))
    return tuple(found)


def _split_items(text: str, span: Span) -> tuple[Span, ...]:
    items: list[Span] = []
    start = span.start
    for match in _ITEMS.finditer(text, span.start, span.end):
        items.append(Span(start, match.start()))
        start = match.end()
    items.append(Span(start, span.end))
    return tuple(i for i in items if i.end > i.start)


def _split_verbal(text: str, item: Span) -> tuple[Span, Span] | None:
    """The object and the verbal noun of "AX 전문기업 설립": (AX 전문기업, 설립)."""
    words = [Span(item.start + m.start(), item.start + m.end()) for m in _WORDS.finditer(item.of(text))]
    while words and (words[0].of(text) in MODIFIERS or words[0].of(text).endswith("적인")):
        words.pop(0)
    if len(words) >= 2 and words[-1].of(text) == "등":
        words.pop()
    if len(words) < 2:
        return None
    last = words[-1]
    if not _verbal(last.of(text)) or _takes_none(last.of(text)):
        return None
    before = words[:-1]
    while before and before[-1].of(text) in MODIFIERS | _MANNERS:
        before.pop()
    if not before:
        return None
    end = before[-1].end
    if text[end - 1] == "의" and not text.endswith(("주의", "회의", "협의", "합의", "논의"), before[0].start, end):
        end -= 1
    return (Span(before[0].start, end), last) if end > before[0].start else None


def _complement_of(text: str, words: Span) -> Argument:
    """What a verbal noun is about: MS와(의) of "MS와의 협력" is with whom, 전문기업 of "전문기업 설립" what."""
    said = words.of(text)
    if len(said) > 2 and said[-1] in "와과":
        span = Span(words.start, words.end - 1)
        return Argument("comitative", said[-1], span, _last_word(text, span))
    return Argument("object", "", words, _last_word(text, words))


def _last_word(text: str, span: Span) -> Span:
    cut = span.of(text).rfind(" ")
    return Span(span.start + cut + 1, span.end)
