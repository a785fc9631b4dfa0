"""Reports: words given as the content of a noun, whose speaker is the governing verb's subject: …다는 주장을 폈다, …ㄹ 것으로 전망했다."""

from __future__ import annotations

from kg.clauses.arguments import Frame
from kg.clauses.chains import QUOTING_ADNOMINAL
from kg.clauses.phrases import Tree
from kg.clauses.quotations import Speech, find_descendants, find_speaker, widen_left
from kg.model import Span
from kg.tables.lexicons import ClauseLexicon

_THINGS = frozenset(("것", "거", "걸"))
_TOPICS = frozenset(("대하다", "관하다", "관련하다"))
_WORDS = frozenset("주장 지적 보도 분석 설명 이야기 제보 진술 증언 해명 발언 폭로 반박 진단 고백 자백 관측".split())
_MEANINGS = frozenset(("의미", "취지"))
_PASSIVES = ("되다", "지다", "보이다")


def find_reports(tree: Tree, frames: tuple[Frame, ...], lexicon: ClauseLexicon) -> tuple[Speech, ...]:
    """The speeches that stand before a noun: "의혹을 부인했다" denies, "습지를 파괴한다는 지적을 내놓았다" tells."""
    found: list[Speech] = []
    for number, frame in enumerate(frames):
        if frame.chain.ending_tag == "ETM" and frame.relation == "nominal" and frame.noun is not None and frame.parent is not None:
            cue = _find_cue(tree, frames, frame, lexicon)
            owner = _find_possessor(tree, frame)
            if cue is None and owner is not None and frame.chain.ending in QUOTING_ADNOMINAL:
                named = tree.unit(frame.noun).noun
                if named in lexicon.hearsay_nouns:
                    found.append(_build(tree, frames, number, None, owner))  # 숨겼다는 한씨의 혐의가 드러났다
                    continue
                cue = frame.parent if named in _WORDS else None  # 어린이가 찍었다는 목격자의 진술도 나왔다
            if cue is None:
                continue
            speaker = owner or find_speaker(tree, frames, cue, lexicon)
            if speaker is not None or tree.unit(frame.noun).noun in _MEANINGS:
                found.append(_build(tree, frames, number, cue, speaker))
        elif frame.chain.last > frame.chain.first and frame.parent is None and frame.chain.kind != "copula":
            stance = _find_stance(tree, frames, number, lexicon)
            if stance is not None:
                found.append(_build(tree, frames, number, None, stance))
    return tuple(found)


def _find_cue(tree: Tree, frames: tuple[Frame, ...], frame: Frame, lexicon: ClauseLexicon) -> int | None:
    """The frame that reports the clause before a noun, or None where the noun only names it."""
    number = frame.parent
    assert number is not None and frame.noun is not None
    noun, governor = tree.unit(frame.noun), frames[number]
    quoted = frame.chain.ending in QUOTING_ADNOMINAL
    reported = noun.noun in lexicon.hearsay_nouns or noun.noun in lexicon.expectation_nouns
    if governor.chain.lemma in _TOPICS and governor.parent is not None and reported:
        above = frames[governor.parent]
        return governor.parent if above.chain.lemma in lexicon.denying_verbs else None
    lemma = governor.chain.lemma
    if noun.noun in _THINGS and noun.josa in ("로", "으로"):
        active = not lemma.endswith(_PASSIVES)
        return number if active and (lemma in lexicon.expecting_verbs or lemma in lexicon.saying_verbs) else None
    if noun.noun in _MEANINGS and noun.josa in ("로", "으로") and quoted and lemma in lexicon.saying_verbs:
        return number  # 부담을 떠안았다는 의미로 말했다
    if noun.case == "JKO" and lemma in lexicon.denying_verbs and (reported or quoted):
        return number
    if lemma == "받다" and noun.noun in lexicon.hearsay_nouns:
        return None  # 폭행했다는 혐의를 받고 있다: who is charged does not say so
    if noun.case == "JKO" and quoted and (reported or noun.noun in lexicon.plan_nouns):
        return number if lemma in lexicon.voicing_verbs or lemma in lexicon.saying_verbs else None
    if noun.noun in _THINGS and quoted and governor.chain.kind == "copula":
        return number
    return None


def _find_possessor(tree: Tree, frame: Frame) -> Span | None:
    """Whose words a verb takes up: 야당 of "폭락했다는 야당의 주장을 전했다"."""
    noun = frame.noun
    if noun is None or noun == 0:
        return None
    before = tree.unit(noun - 1)
    if before.case != "JKG" or not before.nouns or noun - 1 <= tree.last_eojeol(frame.chain):
        return None
    first = noun - 1
    while first - 1 > tree.last_eojeol(frame.chain) and tree.unit(first - 1).verb is None and not tree.unit(first - 1).case:
        first -= 1
    return Span(tree.sentence.eojeols[first].span.start, before.nouns[-1].span.end)


def _find_stance(tree: Tree, frames: tuple[Frame, ...], number: int, lexicon: ClauseLexicon) -> Span | None:
    """Who holds "기업이 맡는다는 입장이다": the topic that is not the clause's own subject."""
    frame = frames[number]
    unit = tree.units[frame.chain.last]
    named = unit.noun in lexicon.hearsay_nouns or unit.noun in lexicon.plan_nouns or unit.noun in lexicon.expectation_nouns
    if not named or unit.verb is None or unit.verb.tag != "VCP":
        return None
    before = tree.chain_of[unit.eojeol - 1] if unit.eojeol else None
    if unit.noun in lexicon.expectation_nouns and (before is None or tree.chains[before].ending not in QUOTING_ADNOMINAL):
        return None  # 남부지방은 눈이 내릴 전망이다: the article's own forecast
    topic = next((a for a in frame.arguments if a.role == "topic" and a.josa in ("은", "는") and not a.shared), None)
    subject = frame.get("subject")
    quoted = before is not None and tree.chains[before].ending in QUOTING_ADNOMINAL
    quoted = quoted or any(u.ending in QUOTING_ADNOMINAL for u in tree.units[frame.chain.first : frame.chain.last])
    if quoted and topic is None and subject is not None and not subject.shared and subject.josa in ("이", "가"):
        joined = (f for f in frames[:number] if f.parent == number and f.relation in ("adverbial", "coordinate"))
        holders = (a for f in joined for a in f.arguments if a.role in ("subject", "topic") and a.josa in ("은", "는") and not a.shared)
        topic = next(holders, None)  # 정부는 값이 싼 점을 고려해 인상이 필요하다는 입장이다
    return topic.span if topic is not None and subject is not None and topic.span.start < subject.span.start else None


def _build(tree: Tree, frames: tuple[Frame, ...], number: int, cue: int | None, speaker: Span | None) -> Speech:
    members = find_descendants(frames, number)
    chain = frames[number].chain
    starts = [tree.units[frames[m].chain.first].span.start for m in members]
    starts += [a.span.start for m in members for a in frames[m].arguments if not a.shared and (speaker is None or not a.span.overlaps(speaker))]
    unit = tree.units[chain.last]
    end = unit.span.end
    noun = frames[number].noun
    held = next((u for u in tree.units[chain.first : chain.last] if cue is None and u.ending in QUOTING_ADNOMINAL), None)
    if held is not None:
        end = held.span.end - 1  # 맡는다 of 맡는다는 입장이다
    if unit.verb is not None and chain.ending in QUOTING_ADNOMINAL and tree.text[end - 1] in "는던":
        end -= 1
    elif noun is not None and tree.unit(noun).noun in _THINGS and tree.text[end : tree.unit(noun).nouns[-1].span.start].isspace():
        end = tree.unit(noun).nouns[-1].span.end  # 오를 것
    start = widen_left(tree, frames, min(starts), members, speaker)
    return Speech(Span(min(start, end - 1), end), False, cue, speaker, members)
