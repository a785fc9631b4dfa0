"""Pointing words and silence: 그, 양사, 이 회사, and subjects that are not said because everybody knows them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.coref.descriptions import add_description, find_at_head, find_called, is_modified
from kg.coref.enumerations import find_coordinated
from kg.coref.individuals import GROUP_KIND, Individuals, coarse, squeeze
from kg.coref.labour import FIRMS, UNION_ENDS, find_both_sides, find_employer, is_union
from kg.coref.salience import Salience, is_somebody, remember
from kg.coref.silence import fill_silence, has_acted
from kg.model import Argument, Clause, Quantity, Span, Time
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.references import load_reference_lexicon

_MENTION_ROLES = ("subject", "topic", "object", "comitative", "dative", "locative", "instrument", "complement", "source", "goal", "adverbial")


def walk_clauses(people: Individuals) -> None:
    """Read the clauses in order, resolving what points back and noting who is talked about."""
    doc = people.doc
    values = _value_spans(doc.times, doc.quantities)
    lengths = _value_spans(tuple(t for t in doc.times if t.grain == "duration"), ())
    salience = Salience()
    by_sentence: dict[int, list[Clause]] = {}
    for clause in doc.clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause)
    for number in sorted(by_sentence):
        role = doc.sentences[number].role
        clauses = by_sentence[number]
        _read_determined(people, doc.sentences[number].span, salience)
        for clause in clauses:
            for argument in clause.arguments:
                if argument.role in _MENTION_ROLES and not argument.shared:
                    _read_argument(people, argument, salience, values, lengths)
        for clause in clauses:
            for argument in clause.arguments:
                if argument.shared and argument.span not in people.at:
                    _read_argument(people, argument, salience, values, lengths)
        if role in ("body", "item"):
            fill_silence(people, clauses, salience, number)
        if role in ("body", "caption", "item"):
            actor = salience.actor
            remember(people, clauses, salience)
            if salience.actor != actor or has_acted(people, clauses, salience):
                salience.acted_in = number


_SIDE = re.compile(r"(?: ?씨)? ?측(?![가-힣]{2})")
_DETERMINED = re.compile(r"(?<![가-힣])(?:이|해당|이들) (?:회사|업체|기업|법인|대학|구단|단체|기관|병원|학교|은행|재단|협회|정당|연구소)(?=의|\s)")


def _read_determined(people: Individuals, sentence: Span, salience: Salience) -> None:
    """이 회사 지분, 해당 업체의 제품: the firm inside a phrase is the last one talked about."""
    for match in _DETERMINED.finditer(people.text, sentence.start, sentence.end):
        joined = _joined_before(people, match.start())
        if joined is not None:
            people.mention(joined, Span(*match.span()))  # 가람셀과 이 회사 대표
            continue
        if salience.organisation is None:
            continue
        meant = salience.organisation
        known = any(span.start < salience.pointed_at for span in people.get(meant).mentions)
        if salience.pointed is not None and match.start() - salience.pointed_at < _FRESH and known:
            meant = salience.pointed  # still the same firm: nobody new was introduced since
        if is_union(people, meant) and match.group().split()[1] in FIRMS:
            firm = find_employer(people, meant)
            if firm is None:
                continue
            meant = firm  # 이 회사 노조, after 가람전자 노동조합
        salience.pointed, salience.pointed_at = meant, match.start()
        people.mention(meant, Span(*match.span()))
        people.name(meant, match.group())


def _joined_before(people: Individuals, place: int) -> int | None:
    """The body that stands right before a place with 와 or 과: 가람셀 of "가람셀과 이 회사 대표"."""
    if people.text[place - 2 : place] not in ("와 ", "과 "):
        return None
    named = [span for span in people.spans_in(Span(max(0, place - _LONGEST_BODY), place)) if span.end == place - 2]
    return next((people.resolve(people.at[span]) for span in named if coarse(people.get(people.at[span]).kind) == "ORG"), None)


def _value_spans(times: tuple[Time, ...], quantities: tuple[Quantity, ...]) -> frozenset[int]:
    """Every code point that belongs to a time or quantity."""
    spans = [t.span for t in times] + [q.span for q in quantities]
    return frozenset(i for span in spans for i in range(span.start, span.end))


def _read_argument(people: Individuals, argument: Argument, salience: Salience, values: frozenset[int], lengths: frozenset[int]) -> None:
    words = argument.span.of(people.text)
    head = argument.head.of(people.text)
    lexicon = load_reference_lexicon()
    if argument.span in people.at:
        _take_side(people, argument.span)
        return
    if head in lexicon.person_pronouns and words == head:
        if _DETERMINING.match(people.text, argument.span.end):
            return  # 그 중, 그뿐: no man
        person = _person_meant(people, argument.span.start, salience)
        if person is not None:
            people.mention(person, argument.span)
        return
    if words in lexicon.group_words or (head in lexicon.group_words and not words[: -len(head)].strip().endswith("의")):
        _add_group(people, argument, words, salience)
        return
    if words in lexicon.first_person or head in lexicon.first_person:
        return
    both = find_both_sides(people, argument.span.start) if words == "노사" else None
    joined = both or find_coordinated(people, argument)
    if len(joined) > 1:
        people.mention(_group(people, joined), argument.span)
        return
    known = find_at_head(people, argument)
    if known is not None:
        people.mention(known, argument.span)
        _take_side(people, argument.span)
        return
    first = words.split()[0] if words.split() else ""
    if head in lexicon.firms and argument.role != "complement" and (words == head or (first in lexicon.determiners and len(words.split()) == 2)):
        if words == head and head in _ANY_FIRM and (head == "기업" or is_modified(people, argument.span.start)):
            if is_modified(people, argument.span.start):
                add_description(people, argument, words)
            return  # 가장 싸게 응찰한 회사, 기업은: no firm spoken of before
        firm = find_called(people, head, argument.span.start) if words != head else None
        firm = _firm_like(people, head, argument.span.start, salience) if firm is None else firm
        if firm is not None:
            people.mention(firm, argument.span)
            if words != head or people.text.startswith(" 측", argument.span.end):
                people.name(firm, words if words != head else words + " 측")
        if firm is None and words == "군" and _MILITARY.search(people.text):
            known = people.find(words)
            firm = people.add("GovernmentAgency", words) if known is None else known
            people.mention(firm, argument.span)
        if firm is not None or (head not in _BODIES and head != "재판부"):
            return
    measured = argument.head.end - 1 in values or argument.head.start in values
    if not measured and head in load_clause_lexicon().bound_nouns and (words == head or head not in _RESULTS):
        return
    name = _without_values(people.text, argument.span, values, measured)
    before = range(argument.span.start, argument.span.start + name.rfind(" ") + 1)
    if measured and _LIST.search(name) and any(place in values for place in before):
        name = argument.span.of(people.text)  # 징역 25년과 추징금 2억원: each has its own amount
    if _RATIO.search(name):
        return  # 전체 확진자 대비 절반: a share of them
    end = argument.span.start + len(name)
    if measured and name.endswith(("과", "와")) and end - 2 in values and people.text.startswith(name, argument.span.start):
        name = name[:-1]  # 징역 5년과 벌금 1억원
        if all(place in values or people.text[place].isspace() for place in range(argument.span.start, end - 1)):
            return  # 2시 35분과 2시 42분: two values and no thing
    if measured and name and argument.head.end - 1 in lengths and " " not in name:
        name = argument.span.of(people.text)  # 징역 9년: the length is part of the name
    first_named = _find_first_of(people, argument, name) if measured else None
    if first_named is not None:
        people.mention(first_named, argument.span)
        return
    if name in _OWNED and salience.organisation is not None and _may_be_owned(people, salience.organisation):
        name = _owned_before(people, name, argument.span.start) or f"{people.get(salience.organisation).name} {name}"
    if add_description(people, argument, name) is not None and argument.span in people.at:
        _take_side(people, argument.span)


def _take_side(people: Individuals, span: Span) -> None:
    """Let a person's side be a body of its own: 한도윤 총장 측 has filed a suit, who need not be himself."""
    person = people.get(people.at[span])
    named = not person.created or person.name.find(" ") == 1  # 안 의원
    if coarse(person.kind) != "PER" or person.members or not named or _SIDE.match(people.text, span.end) is None:
        return
    name = f"{person.name} 측"
    side = people.find(name)
    person.mentions.remove(span)
    people.at[span] = people.add("Organization", name, created=True) if side is None else side
    people.get(people.at[span]).mentions.append(span)


def _find_first_of(people: Individuals, argument: Argument, name: str) -> int | None:
    """Who is named with a number of others: 윤하람 of "윤하람 의원 등 3명"."""
    named = name.removesuffix(" 등")
    if named == name or not named or not people.text.startswith(named, argument.span.start):
        return None
    end = argument.span.start + len(named)
    head = Span(end - len(named.split()[-1]), end)
    return find_at_head(people, replace(argument, span=Span(argument.span.start, end), head=head))


def _may_be_owned(people: Individuals, number: int) -> bool:
    """Whether a body has shares to be sold: a firm has, a ministry or an association has not."""
    item = people.get(number)
    return load_ontology().is_kind(item.kind, "Company") or (item.kind == "Organization" and item.created)


def _owned_before(people: Individuals, noun: str, place: int) -> str | None:
    """The shares spoken of just before: bare 지분 after "이 회사 지분을 사들였다" are still those of this firm."""
    for span in reversed(people.spans_in(Span(max(0, place - _FRESH), place))):
        name = people.get(people.at[span]).name
        if span.end > span.start and name.endswith(" " + noun):
            return name
    return None


_FIRM_KINDS = {
    **dict.fromkeys(("회사", "업체", "기업", "법인", "은행"), ("Company", "MediaOutlet")),
    **dict.fromkeys(("대학", "학교"), ("EducationalOrganization",)),
    **dict.fromkeys(("당", "정당"), ("PoliticalParty",)),
    "구단": ("SportsTeam",),
    "병원": ("Hospital",),
    "재판부": ("Court",),
    "매체": ("MediaOutlet",),
    "단체": (),  # a body of no closer kind: neither a firm nor a ministry
}
_ANY_FIRM = frozenset(("회사", "업체", "기업", "법인", "은행", "매체", "단체", "기관", "병원", "대학", "학교"))
_DETERMINING = re.compile(r" ?(?:중|뿐|외|때|만큼|대로|과정|동안|결과|가운데|사이|밖에)(?![가-힣]{3})| (?=[가-힣])")
_LONGEST_BODY = 30  # code points
_FRESH = 250  # code points after which who acted is no longer fresh in mind
_LIST = re.compile(r"[와과],?\s|,\s|\s및\s|\d(?:년|월|개월)에\s")
_TROOPS = re.compile(r"[육해공국미반]군$|(?:정부|연합|동맹|독립|북한|한국)군$")  # 군 beside an army is all the forces, and no county
_MILITARY = re.compile(r"육군|해군|공군|국방부|장병|부대|군사|전투기|미사일|병영")
_AREAS = frozenset(("군", "시", "도", "구", "당", "위원회"))
# bodies beside the one talked about: 노조 is its union, never the firm itself
_BODIES = frozenset(("노조", "조합", "협회", "재단", "연구소", "신문"))


def _person_meant(people: Individuals, place: int, salience: Salience) -> int | None:
    """Whom 그 means: who acted or spoke of late, else the person named last before it."""
    if salience.person is not None and place - salience.person_at < _FRESH:
        return salience.person
    for span in reversed(people.spans_in(Span(max(0, place - _FRESH), place))):
        if span.end > span.start and is_somebody(people.get(people.at[span])):
            return people.resolve(people.at[span])
    return salience.person


def _firm_like(people: Individuals, head: str, place: int, salience: Salience) -> int | None:
    """The last body talked about that the class noun fits: 회사 is no ministry, 군 is one whose name ends so."""
    ontology = load_ontology()
    noun = "회사" if head == "사측" else head.removesuffix("측").strip()
    if noun in _AREAS or noun in _BODIES:
        named = [
            n
            for n, item in enumerate(people.items)
            if people.resolve(n) == n
            and item.mentions
            and (noun in _BODIES or not item.created)
            and not (noun == "군" and _TROOPS.search(item.name))
            and item.name.endswith(UNION_ENDS if noun == "노조" else noun)
            and (noun != "도" or item.codes)  # 한반도 is no province
            and len(item.name) > len(noun)
        ]
        return max(named, key=lambda n: len(people.items[n].mentions), default=None)
    kinds = _FIRM_KINDS.get(noun)
    for number in reversed(salience.firms):
        item = people.get(number)
        if noun == "재판부" and item.name in ("헌법재판소", "헌재"):
            continue  # of whose rulings a court speaks
        if kinds is not None and "Company" in kinds and item.name.endswith(tuple(sorted(_BODIES))):
            firm = find_employer(people, number) if is_union(people, number) and noun in FIRMS else None
            if firm is not None:
                return firm
            continue
        if kinds is None or item.kind == "Organization" or any(ontology.is_kind(item.kind, k) for k in kinds):
            return people.resolve(number)
    if kinds is None:
        return salience.organisation
    begun = max(people.text.rfind("\n", 0, place), people.text.rfind(". ", 0, place)) + 1  # where the sentence begins
    for span in reversed(people.spans_in(Span(max(0, place - 600), begun))):
        item = people.get(people.at[span])
        if any(span == dateline.outlet for dateline in people.doc.datelines):
            continue  # who reports is nobody spoken of
        if span.end > span.start and not item.created and any(ontology.is_kind(item.kind, k) for k in kinds):
            return people.resolve(people.at[span])
    return None


def _without_values(text: str, span: Span, values: frozenset[int], measured: bool) -> str:
    """The words of a phrase that name something: 오름이온텍 지분 of "오름이온텍 지분 61.4%", 이사회 of "11일 이사회"."""
    start, end = span.start, span.end
    if measured:
        while end > start and (end - 1 in values or not text[end - 1].isalnum()):
            end -= 1
        words = re.sub(r"(?:^|(?<=\s))(?:\S+ ?측 |\S* ?)추산$", "", text[start:end])  # 주최 측 추산 2만 명
        words = re.sub(r"(?:^|\s)(?:약|총|모두|무려|최소|최대|최고|최저|평균|연|각각)$", "", words)
        words = words.strip()
        return words.removesuffix("의") if end < span.end and not words.endswith(("문의", "공의", "련의", "회의", "협의")) else words
    while start < end and (start in values or (not text[start].isalnum() and start - 1 in values)):
        start += 1
    cased = start - 1 in values and _CASED.match(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    if start > span.start and (cased or _BOUND.match(text, start, end)):
        return span.of(text)  # 16세 이하 청소년, 3년 사이 30%의 인상, 10억원을 지급하라는 명령: the value is part of the name
    if start > span.start and (particle := _LEFT_OVER.match(text, start, end)):
        start = particle.end()
    return text[start:end] if end - start >= 2 else text[span.start : span.end]


def _add_group(people: Individuals, argument: Argument, words: str, salience: Salience) -> None:
    lexicon = load_reference_lexicon()
    word = words if words in lexicon.group_words else argument.head.of(people.text)
    members = salience.persons if word in ("두 사람", "이들") else salience.pair or tuple(salience.firms[-2:])
    if len(members) < 2:
        if word in _PARTIES:
            known = people.find("여야")
            number = people.add(GROUP_KIND, "여야") if known is None else known
            people.mention(number, argument.span)
            people.name(number, word)
        return
    number = _group(people, members)
    people.mention(number, argument.span)
    people.name(number, word)


_RESULTS = frozenset(("결과", "과정", "방법", "방식", "배경", "원인", "상황", "계기", "경우", "조건", "기회", "단계"))  # things when said of what
_PARTIES = frozenset(("여야", "與·野", "與野"))  # the parties in power and against it, named or not


def _group(people: Individuals, members: tuple[int, ...]) -> int:
    """The group of some individuals, known by their names joined: KT·마이크로소프트."""
    name = "·".join(people.get(m).name for m in members)
    number = people.find(name)
    if number is None or not people.get(number).members:
        number = people.add(GROUP_KIND, name)
        people.items[number].members = members
        people.by_name[squeeze(name)] = number
    return number


_RATIO = re.compile(r"\S 대비(?:\s|$)(?!\S*(?:훈련|태세|대책|계획))")
_BOUND = re.compile(r"(?:이상|이하|미만|초과|이내|이내의|이상의|이하의|미만의|사이|만의|연속|전|간격)\s")
_CASED = re.compile(r"(?:을|를|이|가|에|에서|으로|로|까지|부터|보다)\s")
_LEFT_OVER = re.compile(r"(?:이상|이하|미만|이내|내외|정도)?,\s|(?:의|가량의|여의|규모의|상당의|짜리|간의|동안의|대의|차례의|한도의|분량의?)\s")
_OWNED = frozenset(("지분", "주식", "경영권"))  # of the firm talked about, where none is named
