"""Units: an eojeol as grammar sees it, its nouns, josa, verb, ending and quotation marks told apart.

An eojeol is one unit, or two where a bound noun is written onto a verb (제공할수 → 제공할 + 수).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import Eojeol, Sentence, Span, Token

VERB_TAGS = frozenset(("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA"))
NOUN_TAGS = frozenset(("NNG", "NNP", "NNB", "NR", "NP", "SL", "SN", "SH", "XPN", "XSN", "XR", "W_SERIAL", "SW", "MM", "UN"))
_STEM_TAGS = frozenset(("NNG", "XR", "XSN", "XPN", "NNP", "SL", "NNB"))
_CASES = frozenset(("JKS", "JKO", "JKB", "JKG", "JC", "JKC", "JKQ", "JKV"))
_OBLIQUE_PARTICLES = frozenset(("부터", "까지", "마저", "조차", "밖에", "이나", "나", "대로"))
# verbs that a sequence of verb and auxiliary has become
_COMPOUNDS = frozenset(
    "털어놓다 내려놓다 쏟아내다 이끌어내다 끌어내다 되돌려주다 "
    "따내다 걷어내다 받아내다 얻어내다 몰아내다 밀어내다 덜어내다 찾아내다 밝혀내다 만들어내다 막아내다".split()
)
_APART = frozenset("라고 라며 라면서 라는 이라고 이라며 이라면서 이라는 고 며 면서".split())
_TOPICAL = frozenset(("역시", "또한"))  # behind a bare noun they mark what is spoken of
_DEGREES = frozenset(("넘다", "어떻다", "이렇다", "그렇다", "저렇다"))
# 건네/VV 받/VV: who is handed it, not who hands it
_TURNED = frozenset(("건네", "넘기", "물리", "주", "잇"))
_TAIL = re.compile(
    r"(이?라고[는만도]?|고[는만도]?|이?라며|며|이?라면서도?|면서도?|이?라는|는|이?란|이?라|이?라던|던|하고|하며|하는|다고|다며|다면서|다는)(?:$|[\s,.])"
)


_TITLES = frozenset("<〈《「『")


class Unit(NamedTuple):
    """One unit: ``nouns`` before the josa or verb, ``josa`` with its case tag, ``topic`` for 은/는/도, ``ending`` of the verb.

    ``tail`` is what follows a closing quotation mark and reports it ("라며"); ``lemma`` the verb's ("설립하다").
    """

    eojeol: int
    span: Span
    nouns: tuple[Token, ...] = ()
    josa: str = ""
    case: str = ""
    topic: str = ""
    verb: Token | None = None
    lemma: str = ""
    stem: Span | None = None
    ending: str = ""
    ending_tag: str = ""
    past: bool = False
    future: bool = False
    adverb: bool = False
    negative: bool = False
    tail: str = ""
    opens: bool = False
    closes: bool = False
    comma: bool = False

    @property
    def noun(self) -> str:
        """The last noun's form with its suffix, or nothing: 가능성 of 가능/NNG 성/XSN."""
        if not self.nouns:
            return ""
        last = self.nouns[-1]
        if last.tag == "XSN" and len(self.nouns) > 1 and self.nouns[-2].span.end == last.span.start:
            return self.nouns[-2].form + last.form
        return last.form

    @property
    def is_single(self) -> bool:
        """Whether the unit holds one noun alone, a suffix aside."""
        return len(self.nouns) == 1 or (len(self.nouns) == 2 and self.nouns[1].tag == "XSN")


def find_units(text: str, sentence: Sentence) -> tuple[Unit, ...]:
    """The units of a sentence: "제공할수 있다" has three."""
    units: list[Unit] = []
    for index, eojeol in enumerate(sentence.eojeols):
        for part in _split(eojeol):
            units.append(_build_unit(text, index, eojeol, part))
    for number in range(len(units) - 1):
        unit, behind = units[number], sentence.eojeols[units[number + 1].eojeol].span.of(text)
        apart = behind.rstrip(",") in _APART and text[sentence.eojeols[unit.eojeol].span.end - 1] in "”\"’'" and not unit.tail
        if apart and (unit.verb is not None or unit.nouns) and units[number + 1].eojeol == unit.eojeol + 1:
            following = units[number + 1]  # “…했다” 라고: written apart
            units[number] = unit._replace(tail=behind.rstrip(","), comma=behind.endswith(","))
            units[number + 1] = Unit(following.eojeol, following.span, adverb=True)
            continue
        bare = unit.verb is None and bool(unit.nouns) and not (unit.josa or unit.topic or unit.comma or unit.tail)
        if bare and units[number + 1].adverb and behind in _TOPICAL:
            units[number] = unit._replace(topic="는")  # 새울시 역시 반대했다
    return tuple(units)


def _split(eojeol: Eojeol) -> tuple[tuple[Token, ...], ...]:
    tokens = eojeol.tokens
    for index in range(1, len(tokens)) if len(tokens) > 2 else ():
        if tokens[index - 1].tag == "ETM" and tokens[index].tag in ("NNB", "NNG") and any(t.tag in VERB_TAGS for t in tokens[:index]):
            return tokens[:index], tokens[index:]
    return (tokens,)


def _build_unit(text: str, index: int, eojeol: Eojeol, tokens: tuple[Token, ...]) -> Unit:
    nouns: list[Token] = []
    bracketed: list[Token] = []
    verb: Token | None = None
    lemma = josa = case = topic = ending = ending_tag = tail = ""
    stem: Span | None = None
    past = future = adverb = negative = opens = closes = comma = False
    depth = 0
    for position, token in enumerate(tokens):
        tag = token.tag
        if tag == "SSO":
            if token.form in "“\"":
                opens = True
            elif token.form not in "‘'" and not _names(tokens, position):
                depth += 1
        elif tag == "SSC":
            if token.form in "”\"’'":
                closes = closes or token.form in "”\""
                rest = text[token.span.end : eojeol.span.end]
                match = _TAIL.match(rest)
                if match and (nouns or verb is not None or position == 0) and rest:
                    if not (match.group(1) in ("는", "란", "라", "며") and verb is None and token.form not in "”\""):
                        tail = match.group(1)
                        comma = rest.rstrip().endswith(",")
                        break
            elif depth:
                depth -= 1
            else:
                bracketed, nouns = nouns, []
        elif tag == "SP" and token.form == ",":
            comma = token.span.end == eojeol.span.end
        elif depth:
            continue
        elif tag in VERB_TAGS:
            if verb is None:
                verb = _with_adverb(tokens, position)
                if tag == "VCP" and len(nouns) > 1 and _is_ongoing(nouns):
                    verb = Token("하", "하다", "XSV", Span(nouns[-1].span.start, token.span.end))
                    nouns.pop()
                lemma, stem = _lemma(nouns, verb)
            elif tag == "VX" and token.form == "지" and verb.tag in ("VV", "VA", "XSA") and ending_tag == "EC":
                lemma = text[(stem or verb.span).start : max(token.span.start, verb.span.end)] + "지다"
            elif tag == "VV" and token.form == "받" and verb.form in _TURNED and tokens[position - 1].tag == "EC":
                lemma = text[(stem or verb.span).start : token.span.start] + "받다"
            elif tag == "VX" and ending_tag == "EC" and verb.form + ending + token.form + "다" in _COMPOUNDS:
                lemma = verb.form + ending + token.form + "다"
            elif tag == "VCP" and ending_tag == "ETN":
                verb = token
        elif tag == "EP":
            past = past or token.form in ("었", "았", "였", "었었", "았었", "였었")
            future = future or token.form == "겠"
        elif tag in ("EC", "EF", "ETM", "ETN"):
            ending, ending_tag = token.form, tag
        elif tag.startswith("J"):
            if tag == "JX" and token.form not in _OBLIQUE_PARTICLES:
                topic = token.form
            elif tag in _CASES or tag == "JX":
                josa, case = token.form, ("JKB" if tag == "JX" else tag)
        elif tag in ("MAG", "MAJ", "IC"):
            adverb = True
            negative = token.form in ("안", "못")
        elif tag in NOUN_TAGS and verb is None and not (tag == "SW" and token.form in "=|/"):
            nouns.append(token)
    if not nouns and bracketed and verb is None:
        nouns = bracketed if josa or topic else []
    if verb is not None and lemma in _DEGREES and ending == "게" and not josa:
        # 7조원 넘게, 어떻게: how, not what somebody does
        verb, lemma, stem, ending, ending_tag, adverb, nouns = None, "", None, "", "", True, []
    span = Span(tokens[0].span.start if tokens else eojeol.span.start, tokens[-1].span.end if tokens else eojeol.span.end)
    return Unit(
        index, span, tuple(nouns), josa, case, topic, verb, lemma, stem, ending, ending_tag, past, future,
        adverb and not nouns and verb is None, negative and verb is None, tail, opens, closes, comma,
    )


def _names(tokens: tuple[Token, ...], position: int) -> bool:
    """Whether a bracket holds a name with its josa behind, and no aside: <한빛일보>는, 『들꽃』을."""
    if position or tokens[position].form not in _TITLES:
        return False
    closing = next((n for n, t in enumerate(tokens) if t.tag == "SSC"), None)
    return closing is not None and closing + 1 < len(tokens) and tokens[closing + 1].tag.startswith("J")


def _is_ongoing(nouns: list[Token]) -> bool:
    """Whether nouns end in an action under way, written as one: 재학중 of 재학중이다, which is 재학하다."""
    return nouns[-1].form == "중" and nouns[-1].span.start == nouns[-2].span.end and nouns[-2].tag == "NNG" and len(nouns[-2].form) > 1


def _with_adverb(tokens: tuple[Token, ...], position: int) -> Token:
    """The verb with the adverb or noun written onto it: 못했다 is the auxiliary 못하다, 잘했다 is 잘하다, 외면당했다 외면당하다."""
    verb = tokens[position]
    before = tokens[position - 1] if position else None
    joined = before is not None and before.tag == "NNG" and before.span.end == verb.span.start
    if joined and _is_compound(verb):
        return Token(verb.form, verb.lemma, "XSV" if verb.tag == "VV" else "XSA", verb.span)
    if joined and verb.tag == "VV" and verb.form in ("당하", "받", "시키", "짓", "맺", "내리"):
        return Token(verb.form, verb.lemma, "XSV", verb.span)
    if joined and verb.tag == "VV" and verb.form == "드리":
        return Token("하", "하다", "XSV", verb.span)  # 약속드리다 is 약속하다, said humbly
    if joined and verb.tag == "VV" and verb.form == "하":
        return Token("하", "하다", "XSV", verb.span)
    if verb.form != "하" or before is None or before.tag != "MAG" or before.span.end != verb.span.start:
        return verb
    if before.form == "못":
        return Token("못하", "못하다", "VX", Span(before.span.start, verb.span.end))
    if before.form == "잘":
        return Token("잘하", "잘하다", "VV", Span(before.span.start, verb.span.end))
    return verb


def _is_compound(verb: Token) -> bool:
    """Whether a verb right behind a noun makes one word with it: 들통나다, 문제없다, 뜻깊다; not 팀보다, 층간."""
    return verb.tag in ("VV", "VA") and verb.form not in ("보", "가", "오", "되", "드리", "하", "당하", "받", "시키", "짓", "맺", "내리")


def _lemma(nouns: list[Token], verb: Token) -> tuple[str, Span]:
    """The dictionary form of a verb and where its stem begins: 설립/NNG 하/XSV is 설립하다."""
    if verb.tag in ("XSV", "XSA"):
        parts: list[Token] = []
        for token in reversed(nouns):
            if parts and token.span.end != parts[0].span.start:
                break
            if token.tag not in _STEM_TAGS or (parts and token.tag in ("NNP", "SL") and parts[0].tag == "NNG"):
                break
            parts.insert(0, token)
        base = "".join(part.form for part in parts)
        start = parts[0].span.start if parts else verb.span.start
        return base + verb.form + "다", Span(start, verb.span.end)
    if verb.tag == "VCP":
        return "이다", verb.span
    return verb.lemma if verb.lemma.endswith("다") else verb.form + "다", verb.span
