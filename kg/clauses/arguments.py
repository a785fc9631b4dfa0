"""Arguments: who does what to whom, by josa; gaps of relative clauses; subjects shared between joined clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.clauses.adverbials import MODIFIERS, is_adverbial
from kg.clauses.chains import QUOTING, QUOTING_ADNOMINAL, Chain
from kg.clauses.phrases import Phrase, Tree, find_phrase, is_added_to, is_amount_before, is_bound, is_content, opening_eojeol
from kg.clauses.units import Unit
from kg.model import Argument, ArgumentRole, ClauseRelation, Span
from kg.tables.lexicons import ClauseLexicon, is_transitive, load_valency

COORDINATING = frozenset("고 며 으며 지만 으나 나 거나 는데 ᆫ데 은데 고서 되 으되 ᆫ다면서도 면서도 으면서도".split())
_OBLIQUE: dict[str, ArgumentRole] = {
    "에": "locative", "에게": "dative", "께": "dative", "한테": "dative", "에서": "locative", "서": "locative",
    "로": "instrument", "으로": "instrument", "로서": "instrument", "으로서": "instrument", "로써": "instrument", "으로써": "instrument",
    "와": "comitative", "과": "comitative", "랑": "comitative", "하고": "comitative",
    "부터": "source", "에서부터": "source",
    "로부터": "source", "으로부터": "source", "에게서": "source", "까지": "goal", "보다": "adverbial",
    "처럼": "adverbial", "같이": "adverbial", "만큼": "adverbial", "대로": "adverbial",
}
_CONTENT_NOUNS = frozenset(("것", "거", "점", "사실", "일", "이유", "배경", "원인", "결과", "방식", "방법"))
_CONNECTING = frozenset("한편 반면 가운데 뒤 후 직후 대신 동시 동안 도중 와중 당시 다음 이후 직전 무렵 즉시".split())
_SEEN = frozenset(("모습", "상황", "과정", "장면", "사실"))  # 기뻐하는 모습이 포착됐다: a clause, and yet a thing
_GAPLESS = frozenset(("것", "거", "게", "건", "걸", "수", "바"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One chain in the sentence: its governor's number, how it hangs on it, its arguments, and the noun that it modifies."""

    chain: Chain
    relation: ClauseRelation
    parent: int | None
    arguments: tuple[Argument, ...]
    noun: int | None  # the eojeol of the noun that the clause modifies

    def get(self, role: ArgumentRole) -> Argument | None:
        """The first argument of a role."""
        for argument in self.arguments:
            if argument.role == role:
                return argument
        return None


# nouns that make a postposition with 을 before and 로 behind them: 학생을 대상으로, 사고를 계기로
_LONGEST_POSTPOSED = 40
_POSTPOSITION_NOUNS = frozenset("대상 상대 중심 바탕 기반 토대 계기 이유 명분 근거 주제 시작 필두 끝 기준 전제 조건 배경 무대 기점 빌미".split())
# verbs that Korean uses as postpositions: 위해, 통해, 대한; they have no subject of their own
FRAMING = frozenset("위하다 통하다 대하다 관하다 의하다 따르다 인하다 기하다 향하다 비롯하다 관련하다 더불다 포함하다 둘러싸다 놓다 비하다".split())


def build_frames(tree: Tree, lexicon: ClauseLexicon) -> tuple[Frame, ...]:
    """A frame for each chain of the sentence, in the chains' order, with what hangs on it in the parse."""
    return tuple(_build_frame(tree, number, lexicon) for number in range(len(tree.chains)))


def _build_frame(tree: Tree, number: int, lexicon: ClauseLexicon) -> Frame:
    chain = tree.chains[number]
    relation, parent, noun = _find_relation(tree, number, lexicon)
    arguments: list[Argument] = []
    eojeols = sorted({unit.eojeol for unit in tree.units[chain.first : chain.last + 1]})
    inside = set(eojeols)
    if chain.kind == "copula":
        phrase = _complement(tree, chain, lexicon)
        if phrase is not None:
            arguments.append(Argument("complement", "", phrase.span, phrase.head, phrase.content))
    for eojeol in eojeols:
        for child in tree.children[eojeol]:
            if child in inside or (tree.chain_of[child] is not None and not tree.unit(child).case):
                continue
            argument = _build_argument(tree, chain, child, lexicon)
            if argument is not None:
                arguments.append(argument)
                arguments.extend(_find_pair_before(tree, chain, argument, lexicon))
    arguments = list(dict.fromkeys(arguments))
    arguments = _join_list(tree, arguments)
    arguments = [part for argument in arguments for part in _split_partner(tree, argument, lexicon)]
    arguments = _join_nominal_postposition(tree, chain, arguments, lexicon)
    if chain.kind == "noun":
        arguments = _settle_headline(tree, chain, arguments, lexicon)
    arguments = _settle(tree.text, chain, arguments)
    return Frame(chain, relation, parent, tuple(sorted(arguments, key=lambda a: a.span)), noun)


def _find_pair_before(tree: Tree, chain: Chain, argument: Argument, lexicon: ClauseLexicon) -> Iterator[Argument]:
    """What the parse hangs on a second subject: 주가는 and 2.1% of "주가는 2.1%, 환율은 3% 올랐다"."""
    first = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > argument.span.start), 0)
    left = find_phrase(tree, first - 1, lexicon) if is_amount_before(tree, first) else None
    if left is None:
        return
    yield Argument("adverbial", "", left.span, left.head)
    before = next((n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > left.span.start), 0) - 1
    if before >= 0 and tree.head(before) != tree.units[chain.first].eojeol and (tree.unit(before).topic or tree.unit(before).case == "JKS"):
        subject = _build_argument(tree, chain, before, lexicon)
        if subject is not None:
            yield subject


def _join_nominal_postposition(tree: Tree, chain: Chain, arguments: list[Argument], lexicon: ClauseLexicon) -> list[Argument]:
    """"학생을 대상으로 공모전을 열었다": 을 대상으로 is one postposition, and 학생 no object of the verb."""
    joined: list[Argument] = []
    for argument in sorted(arguments, key=lambda a: a.span):
        before = joined[-1] if joined else None
        words = argument.span.of(tree.text)
        if chain.lemma == "하다" and tree.text[argument.span.end : tree.starts(chain)].strip() == argument.josa:
            return arguments  # 대상으로 하다 is an idiom
        if before is not None and before.josa in ("을", "를") and argument.josa in ("로", "으로") and words in _POSTPOSITION_NOUNS:
            if tree.text[before.span.end : argument.span.start].strip() == before.josa:
                joined[-1] = replace(before, role="adverbial", josa=f"{before.josa} {words}{argument.josa}")
                continue
        if argument.josa in ("로", "으로") and words in _POSTPOSITION_NOUNS:
            place = next(n for n, e in enumerate(tree.sentence.eojeols) if e.span.end > argument.span.start)
            phrase = find_phrase(tree, place - 1, lexicon) if place and tree.unit(place - 1).case == "JKO" and tree.head(place - 1) == place else None
            if phrase is not None and phrase.span.end - phrase.span.start <= _LONGEST_POSTPOSED:  # the parse hangs it on the noun
                joined.append(Argument("adverbial", f"{tree.unit(place - 1).josa} {words}{argument.josa}", phrase.span, phrase.head, phrase.content))
                continue
        joined.append(argument)
    return joined


def _join_list(tree: Tree, arguments: list[Argument]) -> list[Argument]:
    """"냉장고와 세탁기, 그리고 청소기를": what stands before 그리고 has the role of what stands behind."""
    joined = list(arguments)
    for index in range(len(joined) - 2, -1, -1):
        first, second = joined[index], joined[index + 1]
        if first.role == "adverbial" and not first.josa and second.role in ("object", "subject"):
            if tree.text[first.span.end : second.span.start].strip(" ,") in ("그리고", "및", "또는"):
                joined[index] = replace(first, role=second.role)
    return joined


def _split_partner(tree: Tree, argument: Argument, lexicon: ClauseLexicon) -> tuple[Argument, ...]:
    """"발주처와 계약을 체결했다": with whom, and what."""
    if argument.role not in ("object", "subject") or argument.head.of(tree.text) not in lexicon.mutual_nouns:
        return (argument,)
    words = argument.span.of(tree.text).split(" ")
    cut = next((i for i in (-2, -3) if len(words) >= -i and len(words[i]) > 2 and words[i][-1] in "와과"), None)
    if cut is None or (cut == -3 and words[-2] not in MODIFIERS and not words[-2].endswith("적")):
        return (argument,)
    front = " ".join(words[: len(words) + cut + 1])
    partner = Span(argument.span.start, argument.span.start + len(front) - 1)
    rest = Span(partner.end + 2, argument.span.end)
    if tree.text[argument.span.start : rest.start] != front + " " or " 및 " in front:
        return (argument,)
    head = Span(partner.start + front[:-1].rfind(" ") + 1, partner.end)
    return Argument("comitative", front[-1], partner, head), replace(argument, span=rest)


def _settle_headline(tree: Tree, chain: Chain, arguments: list[Argument], lexicon: ClauseLexicon) -> list[Argument]:
    """The bare nouns of a headline: "한결전자, 인도 공장 착공" has who before the comma and what before the noun."""
    settled = _split_headline(tree, arguments)
    bare = [i for i, a in enumerate(settled) if a.role == "adverbial" and not a.josa and a.span.end <= tree.units[chain.first].span.start]
    if not bare:
        return settled
    first = settled[bare[0]]
    roles = {a.role for a in settled}
    leads = tree.text[first.span.end : first.span.end + 1] == "," and first.span.start <= min(a.span.start for a in settled)
    if leads and not roles & {"subject", "topic"}:
        settled[bare[0]] = replace(first, role="subject")
        bare = bare[1:]
    for index in bare:
        cut = settled[index].span.of(tree.text).rfind(" ")
        if cut > 0 and settled[index].head.of(tree.text) in MODIFIERS:
            span = Span(settled[index].span.start, settled[index].span.start + cut)
            settled[index] = replace(settled[index], span=span, head=Span(span.start + span.of(tree.text).rfind(" ") + 1, span.end))
    while bare and (is_adverbial(tree.text, settled[bare[-1]]) or settled[bare[-1]].span.of(tree.text) in MODIFIERS):
        bare.pop()
    if bare and "object" not in roles:
        subjects = any(a.role in ("subject", "topic") for a in settled)
        if is_transitive(chain.lemma) or chain.lemma in lexicon.light_goals:
            settled[bare[-1]] = replace(settled[bare[-1]], role="object")
        elif not subjects:
            settled[bare[-1]] = replace(settled[bare[-1]], role="subject")
    return settled


def _split_headline(tree: Tree, arguments: list[Argument]) -> list[Argument]:
    """The first bare phrase cut behind its first comma: "윤세찬, 해솔FC 사령탑 선임" is about 윤세찬."""
    first = next(iter(arguments), None)
    if first is None or first.josa or first.role != "adverbial":
        return list(arguments)
    words = first.span.of(tree.text)
    if (cut := words.find(", ")) < 2:
        return list(arguments)
    front = Span(first.span.start, first.span.start + cut)
    rest = Span(front.end + 2, first.span.end)
    head = Span(front.start + words[:cut].rfind(" ") + 1, front.end)
    return [replace(first, span=front, head=head), replace(first, span=rest), *arguments[1:]]


def _complement(tree: Tree, chain: Chain, lexicon: ClauseLexicon) -> Phrase | None:
    unit = tree.units[chain.first]
    return find_phrase(tree, unit.eojeol, lexicon) if unit.nouns else None


def _build_argument(tree: Tree, chain: Chain, eojeol: int, lexicon: ClauseLexicon) -> Argument | None:
    unit = tree.unit(eojeol)
    if unit.adverb or unit.tail or (unit.verb is not None and unit.ending == "게"):
        return None  # 유용하게: how, not what
    phrase = find_phrase(tree, eojeol, lexicon)
    if phrase is not None and ((phrase.noun == "앞" and unit.josa == "으로" and phrase.span == phrase.head) or _is_besides(phrase, unit)):
        return None  # 앞으로: when, not where
    if unit.verb is not None and unit.ending_tag == "ETN" and unit.josa == "에" and unit.ending == "기":
        return None  # 이해하기에는 어렵다: for what
    named = tree.unit(eojeol - 1) if phrase is not None and eojeol and phrase.noun != unit.noun else unit  # 짓는 방안 등을: 방안, not 등
    bound = phrase is not None and phrase.content is not None and is_bound(tree.chains[phrase.content], named, lexicon)
    if phrase is None or (bound and phrase.noun not in _CONTENT_NOUNS and not (unit.case == "JKS" and phrase.noun in _SEEN)):
        return None  # -ㄴ 뒤에, -ㄹ 때: a clause of its own, not a thing
    if chain.kind == "copula" and not unit.case and not unit.topic:
        if not unit.comma:
            return None  # a modifier of the complement
    if is_added_to(tree, eojeol):
        return Argument("adverbial", unit.topic + " 물론", phrase.span, phrase.head, phrase.content)
    role = _role(unit, chain)
    if role == "instrument" and unit.josa in ("로", "으로") and chain.lemma in lexicon.goal_verbs and not _is_manner(unit, lexicon):
        cause = chain.lemma in _CHANGING and not _AMOUNT.search(phrase.span.of(tree.text)) and phrase.noun not in _LEVELS
        role = "goal" if not (cause or _AMOUNT.search(phrase.span.of(tree.text))) else role
    return Argument(role, unit.josa or unit.topic, phrase.span, phrase.head, phrase.content)


# verbs of more and less: 피로감으로 하락했다 names the cause, 최저 수준으로 하락했다 the level
_CHANGING = frozenset(
    "떨어지다 늘다 늘어나다 늘리다 줄다 줄어들다 줄이다 낮추다 높이다 상승하다 하락하다 증가하다 감소하다 급증하다 급감하다 급등하다 급락하다 뛰다 "
    "불어나다 커지다 인상하다 인상되다 인하하다 인하되다 성장하다".split()
)
_LEVELS = frozenset("수준 규모 이상 이하 선 대 최고 최저 최대 최소 절반 배 단계 등급 위 정도 기업 회사 도시 나라 국가".split())


def _is_manner(unit: Unit, lexicon: ClauseLexicon) -> bool:
    """Whether 로 tells how or why: 단계적으로, 사고로, 버스로."""
    return unit.noun in lexicon.manner_nouns or unit.noun.endswith("적")


def _is_besides(phrase: Phrase, unit: Unit) -> bool:
    return phrase.noun in ("외", "이외") and unit.josa == "에"  # 한도윤 외에도: who else, and neither where nor what


def _role(unit: Unit, chain: Chain) -> ArgumentRole:
    if unit.case in ("JKS",):
        return "subject"
    if unit.case == "JKC":
        return "complement" if chain.lemma in ("되다", "아니다") else "subject"
    if unit.case == "JKO":
        return "object"
    if unit.case in ("JKB", "JC"):
        return _OBLIQUE.get(unit.josa, "adverbial")
    if unit.case == "JKQ":
        return "quote"
    if unit.topic:
        return "topic"
    return "adverbial"


_AMOUNT = re.compile(r"\d")  # an amount by 로 is left to the reading of figures
def _takes_no_object(lemma: str) -> bool:
    """Whether a verb was hardly ever seen with an object, or is a passive."""
    known = load_valency().get(lemma)
    return lemma.endswith(("되다", "지다")) or (known is not None and known.uses >= 8 and known.objects <= 0.1 * known.uses) or known is None


def _is_singled(text: str, argument: Argument) -> bool:
    """Whether a thing is singled out by a particle that hides its case: 영장만 발부했다; 오늘도 is no thing."""
    day = is_adverbial(text, argument) and argument.span == argument.head
    return argument.role == "topic" and argument.josa in ("도", "만", "마저", "조차") and not day


_HIDING = frozenset(("조차", "마저", "까지", "부터"))
_REACHING = frozenset(
    "오다 가다 오르다 내리다 떨어지다 이어지다 계속되다 가능하다 이르다 걸리다 열리다 진행되다 늘다 줄다 확대되다 번지다 미치다 이동하다 걷다 달리다 "
    "운영되다 시작되다 시행되다 적용되다 있다 없다 이다 나오다 들어오다 올라가다 내려가다 상승하다 하락하다 치솟다 뛰다".split()
)


def _settle(text: str, chain: Chain, arguments: list[Argument]) -> list[Argument]:
    """Topics become subjects where nothing else is; bare nouns and 도-phrases become objects of verbs that take one."""
    roles = {a.role for a in arguments}
    settled = list(arguments)
    if chain.lemma in ("되다", "아니다") and sum(a.role == "subject" for a in settled) >= 2:
        last = max(i for i, a in enumerate(settled) if a.role == "subject")
        settled[last] = replace(settled[last], role="complement")
    transitive = chain.kind in ("verb", "noun") and is_transitive(chain.lemma)
    for index, argument in enumerate(settled):
        # 원인조차 설명하지 않는다, 바람까지 분다: the particle hides the case
        hidden = argument.josa in _HIDING and not argument.head.of(text)[-1:].isdigit() and not is_adverbial(text, argument)
        hidden = hidden and not (argument.josa in ("까지", "부터") and any(a.span > argument.span for a in settled))  # 하와이까지 잠항에 성공했다
        if hidden and not (argument.josa in ("까지", "부터") and chain.lemma in _REACHING):
            role: ArgumentRole = "subject" if chain.kind != "verb" or _takes_no_object(chain.lemma) else "object"
            about = any(a.role == "topic" and a.josa in ("은", "는") and a is not argument for a in settled)
            if role not in roles and not (role == "subject" and (argument.josa == "부터" or about)):  # 한 대는 강남까지 비행했다
                settled[index] = replace(argument, role=role)
                roles.add(role)
    if "subject" not in roles:
        # the first of the topics is the subject: 김 대표는 이날은 …; -도 is it only for verbs without an object
        for index, argument in enumerate(settled):
            if argument.role == "topic" and (argument.josa in ("은", "는") or not transitive or "object" in roles):
                if is_adverbial(text, argument) and argument.span == argument.head:
                    continue  # 올해만 3억원을 썼다: when
                if transitive and "object" not in roles and argument.josa in ("은", "는") and not any(_is_singled(text, a) for a in settled[index:]):
                    break  # 내용은 공개한다: either; the kinds of the entities decide
                settled[index] = replace(argument, role="subject")
                break
    if transitive and "object" not in roles:
        for index in range(len(settled) - 1, -1, -1):
            argument = settled[index]
            if _is_singled(text, argument):
                settled[index] = replace(argument, role="object")
                break
        else:
            behind = settled[-1] if settled else None
            bare = behind is not None and behind.role == "adverbial" and not behind.josa and behind.span.of(text) not in MODIFIERS
            if bare and not is_adverbial(text, settled[-1]):
                settled[-1] = replace(settled[-1], role="object")
    return settled


def _find_relation(tree: Tree, number: int, lexicon: ClauseLexicon) -> tuple[ClauseRelation, int | None, int | None]:
    chain = tree.chains[number]
    head = tree.head(tree.last_eojeol(chain))
    governor, noun = _governor(tree, head, number)
    if chain.tail:
        return "quotative", governor, None
    if chain.ending_tag == "ETM":
        unit = tree.unit(noun) if noun is not None else None
        if unit is None:
            return "relative", governor, None
        noun = _reported_noun(tree, chain, noun)
        beside = tree.last_eojeol(chain) + 1
        if noun != beside and beside < len(tree.children) and tree.unit(beside).noun in _CONNECTING and not tree.unit(beside).case:
            noun = beside
        if noun != beside and beside < len(tree.children) and tree.unit(beside).josa in ("와", "과") and tree.unit(beside).comma:
            noun = beside  # 병을 막는 방법과, 세포의 유전자를 고치는 치료법
        noted = opening_eojeol(tree, noun) or 0
        noun = noted if noted >= beside and is_content(chain, tree.unit(noted).noun, lexicon) else noun  # 자료를 넘긴 혐의(형법 위반)로
        unit = tree.unit(noun)
        if is_bound(chain, unit, lexicon):
            return ("nominal" if unit.noun in _GAPLESS else "adverbial"), governor, noun
        return ("nominal" if is_content(chain, unit.noun, lexicon) else "relative"), governor, noun
    if chain.ending_tag == "ETN":
        return "nominal", governor, None
    if chain.ending_tag == "EC" and governor is not None:
        if chain.ending in QUOTING:
            return "quotative", governor, None
        return ("coordinate" if chain.ending in COORDINATING else "adverbial"), governor, None
    if governor is not None and chain.ending_tag in ("EC", "EF", ""):
        return "coordinate", governor, None
    return "main", governor, None


def _reported_noun(tree: Tree, chain: Chain, noun: int | None) -> int:
    """The noun that names the words: 주장 of "폭락했다는 야당의 주장"."""
    assert noun is not None
    while chain.ending in QUOTING_ADNOMINAL and tree.unit(noun).case == "JKG":
        head = tree.head(noun)
        if head is None or not tree.unit(head).nouns:
            break
        noun = head
    return noun


def _governor(tree: Tree, head: int | None, number: int) -> tuple[int | None, int | None]:
    """The chain that governs an eojeol, and the noun that stands between where there is one."""
    noun: int | None = None
    steps = 0
    while head is not None and steps < 500:
        chain = tree.chain_of[head]
        if chain is not None and chain != number:
            copular = tree.units[tree.chains[chain].first]
            if noun is None and tree.chains[chain].kind == "copula" and copular.eojeol == head and copular.nouns:
                noun = head
            return chain, noun
        if noun is None:
            noun = head
        head = tree.head(head)
        steps += 1
    return None, noun


def is_order(tree: Tree, frame: Frame) -> bool:
    """Whether reported words tell somebody to do it: 추징하라고 명령했다, but not 지을 계획이라고 밝혔다."""
    chain = frame.chain
    if frame.relation != "quotative" or chain.kind != "verb" or chain.tail or chain.ending not in ("라고", "으라고", "자고"):
        return False
    verb = tree.units[chain.last].verb
    return verb is not None and verb.tag in ("VV", "XSV", "VX")


def lacks_subject(frame: Frame) -> bool:
    """Whether a frame has neither a subject nor a topic."""
    return frame.get("subject") is None and frame.get("topic") is None


def with_argument(frame: Frame, argument: Argument) -> Frame:
    """The frame with one argument more."""
    return replace(frame, arguments=(*frame.arguments, argument))
