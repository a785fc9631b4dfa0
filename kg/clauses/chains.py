"""Predicate chains: a verb with the auxiliaries and bound nouns that shape it, read as one predicate.

"설립할 예정이다" is 설립하다, planned; "팔지 않기로 했다" 팔다, planned and negated; "끝나지 않았나" 끝나다, asserted, for the question
is rhetorical. What the words do is in ``rules/clauses.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.clauses.units import Unit
from kg.model import Status
from kg.tables.lexicons import ClauseLexicon, is_action_noun

_NEGATIVE_AUXILIARIES = frozenset(("않", "못하", "말", "못"))
_HELPING = frozenset(("하다", "되다", "싶다", "보다", "두다", "놓다", "않다", "못하다"))
_OBLIGATION = ("어야", "아야", "여야", "야")
_PURPOSE = ("려고", "으려고", "려", "으려", "고자")
_FUTURE_ADNOMINAL = ("ᆯ", "을", "ᆯ려는", "려는", "으려는")
_QUESTIONS = ("나", "냐", "으냐", "느냐", "ᆫ가", "은가", "는가", "냐는", "느냐는", "ᆫ가요", "ᆯ까", "을까", "냐고", "느냐고", "냐며", "느냐며")
_STATES = frozenset(("상황", "상태", "중", "편", "것", "거", "정도", "수준", "격", "실정", "형편", "단계"))
_REASONS = frozenset(("때문", "탓", "덕분", "덕"))
_EXISTENCE = frozenset(
    (
        "있다 없다 크다 높다 낮다 작다 적다 많다 커지다 높아지다 희박하다 제기되다 나오다"
    ).split()
)
_ABSENCE = frozenset(("없다", "낮다", "작다", "적다", "희박하다"))
_ONGOING = frozenset(("중", "중인"))
_QUOTED_COPULAS = frozenset(("이라고", "라고", "이라며", "라며", "이라면서", "라면서", "이라면서도", "라면서도"))
_JOINING_JOSA = frozenset(("도", "이나", "나", "과", "와"))
_REACH = 8  # units between the two nouns that one 없다 denies
_RECKONED = frozenset(("셈", "참"))  # 해결되는 셈이다: it comes to that; but 떠날 셈이다 is meant
_OPEN_NOUNS = frozenset(("적", "바", "사실", "일", "증거", "경험"))
QUOTING = tuple(
    (
        "다고 라고 냐고 자고 다며 라며 냐며 자며 다면서 라면서 다고는 라고는 대 ᆫ다고 는다고 ᆫ다며 는다며 으라고 "
        "라고도 다고도 느냐고 으냐고 ᆫ다면서 는다면서"
    ).split()
)
QUOTING_ADNOMINAL = tuple(
    (
        "다는 라는 냐는 자는 ᆫ다는 는다는 다던 라던 느냐는 단 란 겠다는 ᆫ단 으라는 ᆫ가라는"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Chain:
    """One predicate: its first and last unit, lemma, and what its auxiliaries say.

    ``status`` is what the chain's own words say, None where they say nothing; ``tail`` the reporting word behind a quotation.
    """

    first: int
    last: int
    lemma: str
    kind: str
    negated: bool
    status: Status | None
    ending: str
    ending_tag: str
    josa: str
    topic: str
    past: bool
    tail: str = ""


def find_chains(units: tuple[Unit, ...], lexicon: ClauseLexicon, headline: bool = False) -> tuple[Chain, ...]:
    """The predicate chains of a sentence, left to right, none sharing a unit; a headline may end in a verbal noun."""
    chains: list[Chain] = []
    index = 0
    while index < len(units):
        noun_ending = _find_noun_predicate(units, index, lexicon, headline)
        if noun_ending is not None:
            chains.append(noun_ending)
            index = noun_ending.last + 1
            continue
        if _ends_quoted_noun(units[index]) and units[index].noun not in lexicon.bound_nouns:
            unit = units[index]
            chains.append(Chain(index, index, "이다", "copula", False, None, "다", "EF", "", "", False, unit.tail))
            index += 1
            continue
        if units[index].verb is None or _is_attribute(units[index]) or _is_manner(units, index):
            index += 1
            continue
        chain = _read_chain(units, index, lexicon)
        chains.append(chain)
        index = chain.last + 1
    return tuple(chains)


def _find_noun_predicate(units: tuple[Unit, ...], index: int, lexicon: ClauseLexicon, headline: bool) -> Chain | None:
    """A verbal noun as predicate: "법인을 설립 예정이다", "사업을 추진 중인", and in headlines "인도 공장 착공", "앱 개편 예정"."""
    unit = units[index]
    if unit.verb is not None or not unit.nouns or unit.josa or unit.topic or unit.comma or unit.tail or not _is_action(unit):
        return None
    following = units[index + 1] if index + 1 < len(units) else None
    if following is None:
        return _build_noun_chain(unit, index, index, None) if headline and index else None
    if following.verb is None:
        last = headline and index + 2 == len(units) and not following.josa and following.is_single
        if last and (following.noun in lexicon.plan_nouns or following.noun in _ONGOING):
            return _build_noun_chain(unit, index, index + 1, "planned" if following.noun in lexicon.plan_nouns else None)
        return None
    if following.verb.tag != "VCP" or not following.is_single or not _has_object(units, index):
        return None
    status: Status | None = None
    if following.noun in lexicon.plan_nouns:
        status = "planned"
    elif following.noun in lexicon.expectation_nouns:
        status = "expected"
    elif following.noun not in _ONGOING:
        return None
    chain = _build_noun_chain(unit, index, index + 1, status)
    return replace(
        chain, ending=following.ending, ending_tag=following.ending_tag, josa=following.josa, topic=following.topic,
        past=following.past, tail=following.tail,
    )


def _build_noun_chain(unit: Unit, first: int, last: int, status: Status | None) -> Chain:
    return Chain(first, last, unit.noun + "하다", "noun", False, status, "", "", "", "", False)


def _is_action(unit: Unit) -> bool:
    return len(unit.noun) >= 2 and unit.nouns[-1].tag == "NNG" and is_action_noun(unit.noun)


def _has_object(units: tuple[Unit, ...], index: int) -> bool:
    """Whether an object or another argument stands before the noun, so that it is no mere part of a compound."""
    before = units[index - 1] if index else None
    return before is not None and ((bool(before.case) and before.case != "JKG") or bool(before.topic) or before.adverb)


def _ends_quoted_noun(unit: Unit) -> bool:
    """"이번 연구는 첫걸음"이라며: the words end in a noun, and the copula stands behind the mark."""
    return unit.verb is None and bool(unit.nouns) and unit.closes and not unit.opens and unit.tail in _QUOTED_COPULAS


def _is_manner(units: tuple[Unit, ...], index: int) -> bool:
    """Whether an adjective in -게 only says how: 크게 나타났다, but not 가능하게 했다."""
    unit = units[index]
    if unit.ending != "게" or unit.verb is None or unit.verb.tag not in ("VA", "XSA") or unit.past or unit.josa or index + 1 >= len(units):
        return False
    following = units[index + 1]
    return following.verb is not None and following.lemma not in ("하다", "되다", "만들다", "느끼다", "여기다", "보이다")


def _is_attribute(unit: Unit) -> bool:
    """본격적인, 국제적인: a modifier in the form of a copula."""
    return unit.lemma == "이다" and unit.ending_tag == "ETM" and unit.ending == "ᆫ" and bool(unit.nouns) and unit.nouns[-1].form == "적"


def _read_chain(units: tuple[Unit, ...], index: int, lexicon: ClauseLexicon) -> Chain:
    unit = units[index]
    tag = unit.verb.tag if unit.verb else ""
    kind = "copula" if tag == "VCP" else "adjective" if tag in ("VA", "XSA", "VCN") else "verb"
    lexical = unit.lemma in ("없다", "아니다", "모르다")
    negated = _has_negative_adverb(units, index)
    chain = Chain(
        index, index, unit.lemma, kind, negated != lexical, None, unit.ending, unit.ending_tag, unit.josa, unit.topic, unit.past, unit.tail
    )
    if unit.future:
        chain = replace(chain, status="planned" if kind == "verb" else "expected")  # 비가 더 많겠다: nobody's plan
    if unit.lemma == "못하다" and unit.span.end - unit.span.start == len("못지") and index + 1 < len(units) and units[index + 1].lemma == "않다":
        return replace(_absorb(chain, index + 1, units[index + 1], False, None), lemma="못지않다", kind="adjective")
    while chain.last + 1 < len(units) and not chain.tail:
        longer = _extend(units, chain, lexicon)
        if longer is None:
            break
        chain = longer
    if chain.ending in _QUESTIONS and chain.negated and not lexical and chain.last > chain.first:
        chain = replace(chain, negated=False)
    if lexical and chain.ending in _QUESTIONS and unit.lemma == "아니다":
        chain = replace(chain, negated=False)
    return chain


def _has_negative_adverb(units: tuple[Unit, ...], index: int) -> bool:
    return index > 0 and units[index - 1].negative


def _extend(units: tuple[Unit, ...], chain: Chain, lexicon: ClauseLexicon) -> Chain | None:
    """The chain with the grammar that follows it, or None where the next word is a word of its own."""
    following = units[chain.last + 1]
    if chain.ending_tag == "EC":
        return _extend_connective(chain, following)
    if chain.ending_tag == "ETN":
        return _extend_nominal(units, chain, following, lexicon)
    if chain.ending_tag == "ETM":
        return _extend_adnominal(units, chain, following, lexicon)
    return None


def _extend_connective(chain: Chain, following: Unit) -> Chain | None:
    verb = following.verb
    if verb is None or following.nouns or chain.ending in QUOTING:
        return None
    meant = chain.ending.endswith((*_OBLIGATION, *_PURPOSE, "게", "도록")) and following.lemma in ("하다", "되다")
    helping = verb.tag == "VX" or meant or (chain.ending == "고" and following.lemma == "나서다")  # 반발하고 나섰다
    if not helping:
        return None
    status = chain.status or ("planned" if following.future else None)
    if chain.ending.endswith(_PURPOSE) or following.lemma == "싶다":
        status = "planned"
    elif chain.ending.endswith(_OBLIGATION) and following.lemma in ("하다", "되다"):
        status = "expected"
    negated = chain.negated != (verb.form in _NEGATIVE_AUXILIARIES)
    return _absorb(chain, chain.last + 1, following, negated, status)


def _extend_nominal(units: tuple[Unit, ...], chain: Chain, following: Unit, lexicon: ClauseLexicon) -> Chain | None:
    if chain.josa in ("로", "으로") and following.lemma == "하다" and not following.nouns:
        return _absorb(chain, chain.last + 1, following, chain.negated, "planned")
    if chain.ending == "기" and not chain.josa and not chain.topic and following.lemma == "시작하다":
        return _absorb(chain, chain.last + 1, following, chain.negated, chain.status)  # 돕기 시작했다
    if following.noun in _REASONS and following.verb is not None and following.verb.tag == "VCP":
        return _absorb(chain, chain.last + 1, following, chain.negated, chain.status)
    return None


def _extend_adnominal(units: tuple[Unit, ...], chain: Chain, following: Unit, lexicon: ClauseLexicon) -> Chain | None:
    if not following.is_single and not (following.verb is not None and following.verb.tag in ("VX", "XSA")):
        return None
    noun, at = following.noun, chain.last + 1
    future = chain.ending in _FUTURE_ADNOMINAL
    if following.verb is not None or _ends_quoted_noun(following):
        return _extend_copula(chain, following, noun, at, future, lexicon)
    found = _next_verb(units, at, 3 if noun in ("것", "거", "걸") and following.case == "JKB" else 1)
    joining = (following.topic or following.josa) in _JOINING_JOSA and _is_fact_or_plan(noun, lexicon)
    if joining and _shares_absence(units, at, lexicon):
        return _join_absence(chain, at, following, noun, lexicon)
    if noun == "수" and at + 2 < len(units) and units[at + 1].josa == "밖에" and not units[at + 1].nouns and units[at + 2].lemma == "없다":
        return _absorb(chain, at + 2, units[at + 2], chain.negated, chain.status)  # 동반될 수 밖에 없다
    if found is None:
        return None
    verb = units[found]
    if noun == "수" and verb.lemma == "없다" and following.josa == "밖에":
        return _absorb(chain, found, verb, chain.negated, chain.status)  # 중단될 수밖에 없었다: it was
    if noun == "수" and verb.lemma in ("있다", "없다"):
        possible: Status | None = chain.status if verb.lemma == "없다" or verb.past else chain.status or "expected"
        return _absorb(chain, found, verb, chain.negated != (verb.lemma == "없다"), possible)
    if noun in ("것", "거", "걸") and following.josa in ("로", "으로") and not following.comma:
        return _extend_evidence(chain, verb, found, future, lexicon)
    if noun in ("것", "거", "건", "게") and verb.lemma == "아니다":
        return _absorb(chain, found, verb, not chain.negated, chain.status)
    if noun in ("것", "거", "게") and verb.lemma == "이다" and verb.noun in lexicon.plan_nouns:
        return _absorb(chain, found, verb, chain.negated, "planned")
    if noun in ("것", "거") and verb.lemma == "같다":
        return _absorb(chain, found, verb, chain.negated, "expected")
    if verb.lemma in _EXISTENCE and not verb.nouns:
        absent = verb.lemma in _ABSENCE
        if noun in lexicon.expectation_nouns:
            return _absorb(chain, found, verb, chain.negated != absent, "expected")
        if _is_fact_or_plan(noun, lexicon) and verb.lemma in ("있다", "없다"):
            joined = _absorb(chain, found, verb, chain.negated != absent, "planned" if noun in lexicon.plan_nouns else chain.status)
            return joined if noun in lexicon.plan_nouns else replace(joined, past=True)
    return None


def _is_fact_or_plan(noun: str, lexicon: ClauseLexicon) -> bool:
    return noun in _OPEN_NOUNS or noun in lexicon.plan_nouns or noun in lexicon.denial_facts


def _shares_absence(units: tuple[Unit, ...], at: int, lexicon: ClauseLexicon) -> bool:
    """Whether 없다 stands behind a second noun of the same sort: 검토한 적도, 검토할 계획도 없다."""
    for index in range(at + 2, min(at + _REACH, len(units))):
        if units[index].lemma == "없다" and units[index - 1].verb is None and _is_fact_or_plan(units[index - 1].noun, lexicon):
            return True
        if units[index].verb is not None and units[index].ending_tag != "ETM":
            return False
    return False


def _join_absence(chain: Chain, at: int, unit: Unit, noun: str, lexicon: ClauseLexicon) -> Chain:
    """The first of two clauses that one 없다 denies, as if it said …한 적도 없고."""
    planned = noun in lexicon.plan_nouns
    absorbed = _absorb(chain, at, unit, not chain.negated, "planned" if planned else chain.status)
    return replace(absorbed, ending="고", ending_tag="EC", past=not planned)


def _extend_copula(chain: Chain, following: Unit, noun: str, at: int, future: bool, lexicon: ClauseLexicon) -> Chain | None:
    verb = following.verb
    if verb is not None and verb.tag in ("VX", "XSA") and verb.form.startswith(("듯", "만", "법", "뻔")):
        return _absorb(chain, at, following, chain.negated, "expected")
    if verb is not None and verb.tag != "VCP":
        return None
    quoted = chain.ending in QUOTING_ADNOMINAL
    if noun in ("것", "거"):
        status: Status | None = "claimed" if quoted else "planned" if future else chain.status
        return _absorb(chain, at, following, chain.negated, status)
    if noun in _RECKONED and not future:
        return _absorb(chain, at, following, chain.negated, chain.status)
    if noun in lexicon.plan_nouns:
        return _absorb(chain, at, following, chain.negated, "expected" if chain.status == "expected" else "planned")  # 벌어질 수 있다는 뜻이다
    if noun in lexicon.expectation_nouns:
        return _absorb(chain, at, following, chain.negated, "expected")
    if quoted and noun in lexicon.hearsay_nouns:
        return _absorb(chain, at, following, chain.negated, chain.status or "claimed")
    if noun in _STATES and not quoted:
        return _absorb(chain, at, following, chain.negated, chain.status)
    return None


def _extend_evidence(chain: Chain, verb: Unit, found: int, future: bool, lexicon: ClauseLexicon) -> Chain | None:
    """-ㄴ 것으로 알려졌다, 보인다, 나타났다: what the text's own hand does with the clause."""
    impersonal = verb.lemma.endswith(("되다", "지다", "보이다")) or verb.lemma == "나타나다"
    if not impersonal:
        return None
    if verb.lemma in lexicon.hearsay_verbs:
        return _absorb(chain, found, verb, chain.negated, "claimed")
    if verb.lemma in lexicon.expecting_verbs:
        return _absorb(chain, found, verb, chain.negated, "expected")
    if verb.lemma in lexicon.finding_verbs:
        return _absorb(chain, found, verb, chain.negated, "expected" if future else chain.status)
    return None


def _next_verb(units: tuple[Unit, ...], at: int, reach: int) -> int | None:
    """The verb within reach behind a noun, over adverbs and, where reach allows, a date."""
    steps = 0
    for index in range(at + 1, len(units)):
        unit = units[index]
        if unit.verb is not None:
            return index
        if not unit.adverb:
            steps += 1
        if steps >= reach or unit.case in ("JKS", "JKO", "JKG"):
            return None
    return None


def _absorb(chain: Chain, at: int, unit: Unit, negated: bool, status: Status | None) -> Chain:
    return replace(
        chain, last=at, negated=negated, status=status, ending=unit.ending, ending_tag=unit.ending_tag,
        josa=unit.josa, topic=unit.topic, past=chain.past or unit.past, tail=unit.tail,
    )
