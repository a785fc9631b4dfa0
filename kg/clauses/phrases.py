"""Noun phrases: which eojeols belong to an argument, and where its words begin and end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.clauses.chains import QUOTING_ADNOMINAL, Chain
from kg.clauses.units import Unit
from kg.model import Sentence, Span
from kg.tables.lexicons import ClauseLexicon, find_kind, is_seen_transitive

_TRIM = " \t\n,.·…\"'“”‘’`「」『』《》〈〉<>△▲▷▶◇◆○●□■①②③④⑤⑥⑦⑧⑨⑩|/="
_MARKS = frozenset("△▲▷▶◇◆○●□■①②③④⑤⑥⑦⑧⑨⑩")
_FUTURE = ("ᆯ", "을")
_CLOSING = frozenset("결과 끝 직후 직전 가운데 동안 뒤 후 경우 사이 즈음 무렵 당시 순간 와중 도중".split())
_MEANWHILE = frozenset(("도중", "즈음", "무렵", "와중"))  # 공연 도중 발코니가 무너졌다
_WHEN = frozenset(("당시", "후", "직후", "이후", "뒤", "직전"))  # 검거 당시 정 경사는
_BEFORE = frozenset("전 이전 후 직후 이후 뒤 직전".split())
_PRONOUNS = frozenset(("그", "그녀", "그들", "우리", "저희"))
_TOPICAL = frozenset(("은", "는", "이", "가", "도"))
_CAUSAL = frozenset(("바람", "통"))  # -는 바람에, -는 통에
_LONGEST_NAME = 40  # code points: a longer one would be no name
_LONGEST_TITLE = 5  # words before the cut
_ADVERBS = frozenset("한편 반면 오랫동안 한동안 또한 통째 차례".split())  # bare nouns that shade a verb, and no noun behind them
_COLLECTIVE = frozenset(("등", "들", "측"))


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's parse made easy to ask: units and chains by eojeol, children, and the left edge of each subtree."""

    text: str
    sentence: Sentence
    units: tuple[Unit, ...]
    chains: tuple[Chain, ...]
    unit_of: tuple[int, ...]  # eojeol -> its last unit
    chain_of: tuple[int | None, ...]  # eojeol -> the chain that it is part of
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    quotes: bool = True  # whether any word closes what is said
    marks: tuple[int, ...] = ()  # eojeols that begin an item of a list inside the sentence: "▲임금 인상 ▲정년 연장 등"

    def head(self, eojeol: int) -> int | None:
        """The head eojeol's index, or None at the root."""
        head = self.sentence.eojeols[eojeol].head
        return head - 1 if head else None

    def unit(self, eojeol: int) -> Unit:
        """The last unit of an eojeol: the one that carries its josa or ending."""
        return self.units[self.unit_of[eojeol]]

    def starts(self, chain: Chain) -> int:
        """Where a chain's own words begin, behind an opening mark."""
        unit = self.units[chain.first]
        first = unit.nouns[0].span if unit.nouns else unit.verb.span if unit.verb is not None else unit.span
        return max(unit.span.start, first.start)

    def last_eojeol(self, chain: Chain) -> int:
        """The eojeol with which a chain ends."""
        return self.units[chain.last].eojeol


def build_tree(text: str, sentence: Sentence, units: tuple[Unit, ...], chains: tuple[Chain, ...]) -> Tree:
    """The tree of a parsed sentence; what 역시 or 또한 stands behind hangs where that hangs."""
    last = {unit.eojeol: unit for unit in units}
    moved = {
        index: sentence.eojeols[index + 1].head
        for index, eojeol in enumerate(sentence.eojeols[:-1])
        if eojeol.head == index + 2 and index in last and last[index].topic == "는" and index + 1 in last and last[index + 1].adverb
    }
    if moved:
        eojeols = tuple(replace(e, head=moved[n]) if n in moved else e for n, e in enumerate(sentence.eojeols))
        sentence = replace(sentence, eojeols=eojeols)
    count = len(sentence.eojeols)
    unit_of = [0] * count
    for index, unit in enumerate(units):
        unit_of[unit.eojeol] = index
    chain_of: list[int | None] = [None] * count
    for number, chain in enumerate(chains):
        for unit in units[chain.first : chain.last + 1]:
            chain_of[unit.eojeol] = number
    children: list[list[int]] = [[] for _ in range(count)]
    left = list(range(count))
    for index, eojeol in enumerate(sentence.eojeols):
        if eojeol.head:
            children[eojeol.head - 1].append(index)
            left[eojeol.head - 1] = min(left[eojeol.head - 1], left[index])
    return Tree(
        text, sentence, units, chains, tuple(unit_of), tuple(chain_of), tuple(tuple(c) for c in children), tuple(left),
        any(unit.closes or unit.tail for unit in units), find_marks(text, sentence),
    )


def find_marks(text: str, sentence: Sentence) -> tuple[int, ...]:
    """The eojeols with which the items of a list inside a sentence begin: two of "▲임금 인상 ▲정년 연장 등을 요구했다"."""
    found: list[int] = []
    for number, eojeol in enumerate(sentence.eojeols):
        if text[eojeol.span.start] in _MARKS:
            found.append(number)
    return tuple(found) if len(found) > 1 else ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words without josa, its last noun, and the clause that it holds as content (…라는 우려)."""

    span: Span
    head: Span
    noun: str
    content: int | None


def find_phrase(tree: Tree, eojeol: int, lexicon: ClauseLexicon) -> Phrase | None:
    """The noun phrase that ends at an eojeol, or None where the eojeol holds no noun."""
    unit = tree.unit(eojeol)
    end = eojeol
    if not unit.nouns or (len(unit.nouns) == 1 and unit.noun in _COLLECTIVE):
        if eojeol == 0 or tree.left[eojeol] == eojeol or (unit.nouns and tree.chain_of[eojeol - 1] is not None):
            if not unit.nouns:
                return None
        elif not unit.nouns and unit.verb is not None:
            return None
        else:
            end = eojeol - 1
            unit = tree.unit(end)
            if not unit.nouns:
                return None
    content = _content_clause(tree, end, _find_noted(tree, end, tree.left[eojeol]) or unit, lexicon)
    start = _content_start(tree, tree.left[eojeol], end) if content is not None else _core_start(tree, eojeol, end)
    start = max([start, *(m for m in tree.marks if m <= end)])
    named = _find_noted(tree, end, start)
    head = _head_span(named or unit)
    span = _trim(tree.text, Span(tree.sentence.eojeols[start].span.start, _noun_end(tree, end, unit)))
    if span.end <= span.start:
        return None
    return Phrase(span, head, (named or unit).noun, content)


def _content_start(tree: Tree, start: int, end: int) -> int:
    """The first eojeol of a clause that a noun names, without what joins the sentence to the one before: 또한 of "또한 돈을 빼돌린 사실"."""
    while start < end and {t.tag for t in tree.sentence.eojeols[start].tokens} <= {"MAJ", "SP"}:
        start += 1
    return start


def _content_clause(tree: Tree, eojeol: int, unit: Unit, lexicon: ClauseLexicon) -> int | None:
    """The clause whose content the noun names: 줄어드는 것이 아니냐는 우려."""
    for child in reversed(tree.children[eojeol]):
        number = tree.chain_of[child]
        if number is None:
            continue
        chain = tree.chains[number]
        if chain.ending_tag != "ETM" or tree.last_eojeol(chain) != child:
            continue
        if chain.ending in QUOTING_ADNOMINAL or is_bound(chain, unit, lexicon) or is_content(chain, unit.noun, lexicon):
            return number
    return None


def is_bound(chain: Chain, unit: Unit, lexicon: ClauseLexicon) -> bool:
    """Whether the noun behind a clause is grammar: 것, 뒤, and 바람 of "동료가 신고하는 바람에"."""
    causal = unit.noun in _CAUSAL and unit.josa == "에" and unit.is_single and chain.ending == "는"
    game = unit.noun == "전" and len(unit.nouns) > 2  # 1차전
    return causal or (unit.noun in lexicon.bound_nouns and not game)


def is_content(chain: Chain, noun: str, lexicon: ClauseLexicon) -> bool:
    """Whether a clause says what its noun is about: 늘릴 계획, 숨겼다는 주장, 뇌물을 준 혐의; but not 거센 비판."""
    quoted = chain.ending in QUOTING_ADNOMINAL
    if chain.kind == "adjective" and not quoted and chain.ending not in _FUTURE:
        return False
    if noun in lexicon.plan_nouns or noun in lexicon.expectation_nouns or noun in lexicon.proposal_nouns:
        return quoted or chain.ending in (*_FUTURE, "는", "려는", "으려는")
    if noun in lexicon.hearsay_nouns:
        return quoted or noun in lexicon.charge_nouns
    return quoted and chain.kind == "verb" and chain.ending.endswith("다는")  # 공장을 짓는다는 내용의 협약, but not 배상하라는 소송


def _core_start(tree: Tree, eojeol: int, end: int) -> int:
    """The first eojeol of the phrase without its relative clauses: compounds, possessives, lists, bare adjectives."""
    start = end
    while start > tree.left[eojeol]:
        before = start - 1
        unit = tree.unit(before)
        opening = opening_eojeol(tree, before)
        if opening is not None and opening >= tree.left[eojeol]:
            start = opening  # a bracket that holds a space: AX(AI 전환)
            continue
        number = tree.chain_of[before]
        if number is not None:
            chain = tree.chains[number]
            plain = chain.kind == "adjective" and chain.ending_tag == "ETM" and chain.first == chain.last and tree.left[before] == before
            copular = chain.kind == "copula" and chain.ending_tag == "ETM" and unit.noun.endswith("적")
            if not (plain or copular) or chain.negated:
                break
        elif _ends_phrase(unit) or _stands_apart(tree, before, end) or (before + 1 == end and is_amount_before(tree, end)):
            break
        elif unit.adverb or not (unit.nouns or _is_modifier(unit)):
            if not _joins(tree, before):
                break
        start = before
    titled = _find_title(tree, start, end)
    if titled is not None and titled >= tree.left[eojeol]:
        return titled
    while start < end and (tree.unit(start).adverb or (not tree.unit(start).nouns and tree.chain_of[start] is None)):
        start += 1
    return start


def _find_title(tree: Tree, start: int, end: int) -> int | None:
    """Where a title in marks begins that a phrase would be cut in: 죽은 of "‘죽은 작가의 방’에"."""
    marks = [t.form for e in tree.sentence.eojeols[start : end + 1] for t in e.tokens if t.form in "‘’"]
    if not marks or marks[0] != "’":
        return None
    for back in range(start - 1, max(-1, start - _LONGEST_TITLE), -1):
        tokens = tree.sentence.eojeols[back].tokens
        if any(t.tag in ("EF", "EP", "JX", "SF", "SP") or t.form == "’" for t in tokens):
            return None
        if any(t.form == "‘" for t in tokens):
            short = tree.sentence.eojeols[end].span.end - tree.sentence.eojeols[back].span.start <= _LONGEST_NAME
            return back if tokens[0].form == "‘" and short else None
    return None


def _stands_apart(tree: Tree, eojeol: int, end: int) -> bool:
    """Whether a noun belongs to the clause before it or tells when, and is not of the phrase behind it."""
    return _is_first_of_clauses(tree, eojeol) or _follows_clause(tree, eojeol) or is_joint(tree, eojeol, end) or _tells_when(tree, eojeol, end)


def _tells_when(tree: Tree, eojeol: int, end: int) -> bool:
    """Whether a bare noun tells when somebody behind it does something: 당시 of "검거 당시 정 경사는", 도중 of "공연 도중 발코니가"."""
    unit, first, last = tree.unit(eojeol), tree.unit(eojeol + 1), tree.unit(end)
    if unit.case or unit.topic or unit.verb is not None or not unit.nouns:
        return False
    if len(last.nouns) == 1 and last.noun in _PRONOUNS and last.topic + last.josa in _TOPICAL:
        return eojeol + 1 == end  # 이번 대회 그는
    if unit.comma and unit.is_single and unit.noun in _BEFORE:
        return not _is_named(tree, eojeol)  # 방송 전, 총 16화를
    if unit.noun.endswith("결과") and last.topic + last.josa in _TOPICAL:
        return _is_somebody(first, last)  # 경찰 조사 결과 박씨는
    if not unit.is_single or unit.noun in _MEANWHILE:
        return unit.noun in _MEANWHILE
    if eojeol and unit.noun == "당시" and tree.unit(eojeol - 1).nouns and tree.unit(eojeol - 1).nouns[-1].tag == "NNP":
        return False  # 한도윤 당시 나래당 대표
    return unit.noun in _WHEN and (find_kind(last.noun) == "Person" or (_is_somebody(first, last) and not _is_named(tree, eojeol)))


def _is_somebody(first: Unit, last: Unit) -> bool:
    """Whether a phrase names or describes a person."""
    return find_kind(last.noun) == "Person" or (bool(first.nouns) and first.nouns[0].tag == "NNP")


def _is_named(tree: Tree, eojeol: int) -> bool:
    """Whether marks open before a noun: ‘퇴근 후 한 잔’."""
    words = tree.sentence.eojeols[eojeol].span.of(tree.text)
    return any(mark in words for mark in "‘’'\"“”《<「")


def is_joint(tree: Tree, eojeol: int, end: int) -> bool:
    """Whether a noun with its clause is joined to another with its own: 박테리아와 of "황을 환원시키는 박테리아와 메탄을 생성하는 고세균"."""
    unit, last, head = tree.unit(eojeol), tree.unit(end), tree.head(end)
    if not eojeol or unit.josa not in ("와", "과", "이나", "나") or last.case not in ("JKO", "JKB", "JKS") or head is None:
        return False
    before, behind = tree.chain_of[eojeol - 1], tree.chain_of[head]
    if before is None or behind is None or before == behind or last.josa in ("와", "과"):
        return False
    chains = tree.chains[before], tree.chains[behind]
    if last.case == "JKO" and not is_seen_transitive(chains[1].lemma):
        return False  # 수신되는 전화와 문자를 바뀐 번호로 잇는다
    return all(c.ending_tag == "ETM" and c.kind == "verb" for c in chains) and tree.last_eojeol(chains[0]) == eojeol - 1


def _is_first_of_clauses(tree: Tree, eojeol: int) -> bool:
    """Whether a noun with its own clause and a comma stands before another: 방법과 of "병을 막는 방법과, 세포의 유전자를 고치는 치료법"."""
    unit = tree.unit(eojeol)
    if not eojeol or unit.josa not in ("와", "과") or not unit.comma:
        return False
    number = tree.chain_of[eojeol - 1]
    return number is not None and tree.chains[number].ending_tag == "ETM" and tree.chains[number].kind == "verb"


def _follows_clause(tree: Tree, eojeol: int) -> bool:
    """Whether a bare noun closes the clause before it: 결과 of "비교해 본 결과 평양이 축소됐다"."""
    unit = tree.unit(eojeol)
    if unit.case or unit.noun not in _CLOSING or not unit.is_single or not eojeol:
        return False
    number = tree.chain_of[eojeol - 1]
    return number is not None and tree.chains[number].ending_tag == "ETM"


def is_amount_before(tree: Tree, eojeol: int) -> bool:
    """Whether an amount and a comma stand before a topic or subject that is none: 2.1% of "주가는 2.1%, 환율은 3% 올랐다"."""
    if not eojeol:
        return False
    before, named = tree.sentence.eojeols[eojeol - 1], tree.unit(eojeol)
    if tree.text[before.span.end - 1] != "," or not tree.text[before.span.start].isdigit() or not (named.topic or named.case == "JKS"):
        return False
    measured = any(t.tag in ("NNB", "NR", "SW", "SL", "NNG") for t in before.tokens[1:])
    whole = not any(c.isdigit() for c in tree.sentence.eojeols[eojeol].span.of(tree.text))
    return measured and whole and not tree.unit(eojeol - 1).case


def is_added_to(tree: Tree, eojeol: int) -> bool:
    """Whether a noun by 은 and 물론 is one of two that the next names the role of: 국내는 of "국내는 물론 해외에서도 판다"."""
    behind = tree.sentence.eojeols[eojeol + 1 : eojeol + 2]
    if tree.unit(eojeol).topic not in ("은", "는") or not behind or behind[0].span.of(tree.text).rstrip(",") != "물론":
        return False
    units = (tree.unit(n) for n in range(eojeol + 2, len(tree.children)))
    other = next((unit for unit in units if unit.case not in ("", "JKG", "JC") or unit.topic), None)
    return other is not None and other.case != "JKS" and (bool(other.case) or other.topic not in ("도", "은", "는"))


def _ends_phrase(unit: Unit) -> bool:
    """Whether a unit before a noun belongs to another phrase: it has its own josa, or joins clauses (한편)."""
    if unit.topic or unit.tail or (unit.noun in _ADVERBS and unit.is_single):
        return True
    return unit.case in ("JKS", "JKO", "JKB", "JKQ", "JKV") and unit.josa not in ("와", "과", "하고", "랑")


def opening_eojeol(tree: Tree, eojeol: int) -> int | None:
    """The eojeol where a bracket opens that this one closes, or None."""
    span = tree.sentence.eojeols[eojeol].span
    if tree.text.count(")", span.start, span.end) <= tree.text.count("(", span.start, span.end):
        return None
    for back in range(eojeol - 1, max(-1, eojeol - 8), -1):
        words = tree.sentence.eojeols[back].span.of(tree.text)
        if words.count("(") > words.count(")"):
            return back
    return None


def _find_noted(tree: Tree, end: int, start: int) -> Unit | None:
    """The unit whose noun a note of several words in brackets explains: 다온시 of "다온시(시장 김도현)가"."""
    opening = opening_eojeol(tree, end)
    if opening is None or opening < start:
        return None
    whole = tree.sentence.eojeols[end].span
    if tree.unit(end).nouns[-1].span.end > tree.text.rfind(")", whole.start, whole.end):
        return None  # 오슬로대학(의 한국학)교수
    unit = tree.unit(opening)
    if not unit.nouns and opening > start and tree.sentence.eojeols[opening].span.of(tree.text).startswith("("):
        unit = tree.unit(opening - 1)
    return unit if unit.nouns and unit.verb is None and not unit.josa else None


def _joins(tree: Tree, eojeol: int) -> bool:
    return tree.sentence.eojeols[eojeol].span.of(tree.text).strip(" ,") in ("및", "또는", "혹은", "내지", "·", "&")


def _is_modifier(unit: Unit) -> bool:
    return unit.verb is None and bool(unit.nouns)


def _head_span(unit: Unit) -> Span:
    last = len(unit.nouns) - 1
    first = last
    while first > 0 and unit.nouns[first - 1].span.end == unit.nouns[first].span.start:
        first -= 1
    return Span(unit.nouns[first].span.start, unit.nouns[last].span.end)


def _noun_end(tree: Tree, eojeol: int, unit: Unit) -> int:
    """Where the unit's nouns and the brackets behind them end, before its josa or verb."""
    last = unit.nouns[-1].span.end
    for token in tree.sentence.eojeols[eojeol].tokens:
        if token.span.start < last:
            continue
        if token.tag.startswith("J") or token.tag in ("VCP", "XSV", "XSA", "VV", "EC", "EF"):
            return max(last, token.span.start)
    return max(last, unit.span.end)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    inside = text[start:end]
    if inside.endswith(")") and inside.count("(") < inside.count(")"):
        end -= 1
    if inside.startswith("(") and inside.count("(") > inside.count(")"):
        start += 1
    return Span(start, end)


def is_inside(tree: Tree, noun: int) -> bool:
    """Whether a noun leads from the picture to what is seen in it: 속 of "공개한 영상 속 로봇"; the picture was shown."""
    unit = tree.unit(noun)
    return unit.noun == "속" and not unit.case and not unit.topic and unit.verb is None
