"""Statements: who said, announced, expects, denies, criticises what; the content as words, its subjects as topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.denials import read_denial
from kg.extract.drafts import build_fact
from kg.extract.roles import find_filled, find_qualifiers
from kg.extract.scene import LONGEST_TEXT, Scene
from kg.extract.speakers import sentence_of, speaker_of
from kg.model import Argument, Clause, Document, Entity, Fact, Qualifier, Quantity, Quotation, Span, Status, Text, Time, Value
from kg.tables.facts import load_fact_lexicon
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology
from kg.tables.relations import load_relation_rules

_READ = frozenset(("body", "caption", "item"))
_MOST_TOPICS = 6
_TOLD = ("main", "quotative", "coordinate")
_ABOUT = ("대해", "대해서", "관해", "관해서", "관련해", "관련하여", "두고", "놓고")
_OF_NOUNS = ("에 대한", "에 관한", "과 관련한", "와 관련한", "과 관련된", "와 관련된")
_SHARE = re.compile(r"%$|퍼센트$")  # 응답자의 78%
_REFUTED = re.compile(
    r"^(.{2,120}?)(?:다는|라는)?\s?(?:것|주장|말|보도|소문|의혹|얘기)?(?:은|는|도|이)\s"
    r"(?:전혀\s|절대\s)?(?:사실무근|사실이 아니|사실과 다르|사실과 다른|낭설|오보|근거 없)"
)
_CUT = re.compile(r"\S+$|(?:이?라|다|냐|자)?(?:는|고|며)\s")  # 대답했다, "라는 질문에 그렇다": words that were left over
_LEADING = re.compile(r"(?:고|며|면서),?$")
_STOP = re.compile(r"다[.!?]$")
_MARKS = frozenset("\"“”'‘’")
_PARTNERS = {"“": "”", "‘": "’", "'": "'", '"': '"'}
_SHORT, _LEAST = 40, 10
_CLOSE = 24  # code points at the end of words that tell whether they ask
# a clause that ends as it would end a sentence, but for what joins it to the next: 탔으며, 없고, 것이며
_JOINED = re.compile("([있없이" + "".join(map(chr, range(0xAC00 + 20, 0xD7A4, 28))) + "])(?:으며|고|지만|으나|는데|며),?$")
_REPORTING = re.compile(r"([다라냐자])[”\"]?(?:고|며|면서)(?:는|도)?$")


# predicates of asking and promising, and how words end that ask or promise
_ASKING = frozenset(("kg:demands", "kg:requests", "kg:proposes", "kg:orders", "kg:promises"))
_STATING = re.compile(r"(?<!것이)다[.!]?$")
_ASKED = re.compile(
    r"(?:야|하면|으면|기를|기)\s?(?:한다|된다|할 것이다|할 것이라|하겠다|좋겠다|바란다)|바란다|바랍니다|[아어해]야|[을를] 것|안 된다"
    r"|촉구|요구|요청|당부|부탁|제안|필요|겠|약속|기로 |할 것|될 것|주십시오|합시다|시급|절실|마땅"
)


def _status(cue: Clause | None) -> Status:
    """How surely somebody said it: 말한 것으로 알려졌다 is hearsay, 밝힐 예정이다 a plan."""
    if cue is None or cue.quotation is not None or cue.relation == "adverbial" or cue.status == "denied":
        return "asserted"
    return "asserted" if cue.relation == "coordinate" and cue.status == "planned" else cue.status  # 강조하며 신고해 줄 것을 당부했다


def _find_teller(scene: Scene, cue: Clause | None, speaker: Entity) -> Entity | None:
    """By whose word somebody said it: A of "A는 B가 “…”고 말했다고 주장했다"."""
    if cue is None or cue.quotation is None or cue.relation != "quotative":
        return None
    around = scene.doc.quotations[cue.quotation].cue
    if around is None or scene.doc.clauses[around].predicate.lemma in load_clause_lexicon().source_markers:
        return None
    teller = speaker_of(scene, cue.quotation)
    return teller if teller != speaker else None


class Statements:
    """One fact for each quotation: "김 대표는 “…”고 말했다" is 김영섭 says "…"."""

    name = "statements"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        for number, quotation in enumerate(doc.quotations):
            sentence = sentence_of(scene, quotation)
            if sentence is None or doc.sentences[sentence].role not in _READ:
                continue
            speaker = speaker_of(scene, number)
            if speaker is not None:
                yield from _read_quotation(scene, sentence, number, quotation, speaker)


def _read_quotation(scene: Scene, sentence: int, number: int, quotation: Quotation, speaker: Entity) -> Iterator[Fact]:
    cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
    if cue is not None and cue.predicate.lemma in ("하다", "보다", "생각하다") and (cue.negated or cue.status == "expected"):
        return  # 없다고 할 수 없다, 크다고 볼 수 있다: a way of judging, not a report
    if not _can_speak(speaker) or _is_part(scene, quotation, speaker) or _is_sources(scene, quotation, speaker):
        return
    if (
        cue is not None
        and not quotation.direct
        and cue.predicate.lemma not in load_clause_lexicon().saying_verbs | load_clause_lexicon().source_markers
    ):
        return  # 가담했다고 단정할 증거: nobody says it
    lexicon = load_clause_lexicon()
    lemma = cue.predicate.lemma if cue is not None else "말하다"
    if lemma in lexicon.source_markers or lemma not in lexicon.saying_verbs:
        lemma = "말하다" if lemma not in lexicon.source_markers else "밝히다"
    predicate = _predicate(lemma)
    if predicate == "kg:answers" and cue is not None and cue.relation == "relative" and speaker.created:
        return  # 늘리겠다고 답한 응답자는 16%다: those who did, not all that were asked
    if predicate == "kg:says" and (lemma == "보다" or lemma in load_fact_lexicon().judging_verbs):
        predicate = f"kgo:{lemma}"  # 불이 붙은 것으로 본다: what one thinks, one need not have said
    refuting = predicate == "kg:denies"
    if refuting and not _is_content(scene, number, quotation):
        predicate = "kg:says"  # what follows 반박했다 as words is what is maintained, not what is denied
    qualifiers: list[Qualifier] = []
    if cue is not None and cue.predicate.lemma not in lexicon.source_markers:
        filled = find_filled(scene, cue)
        used = tuple(f.argument for f in filled if f.argument.role == "object" and (predicate == "kg:says" or not _is_target(f.value)))
        found = (q for q in find_qualifiers(scene, cue, filled, used) if q.value != speaker)
        qualifiers.extend(q for q in found if not (isinstance(q.value, Time | Quantity) and quotation.span.covers(q.value.span)))
    if predicate.startswith("kg:") and lemma != load_ontology().term(predicate).ko:
        qualifiers.append(Qualifier("wording", Text(lemma)))
    quotation = _widen(scene, quotation, speaker)
    told: list[str] = []
    for span in _pieces(scene, sentence, number, quotation):
        words = _clean(_with_mark(scene.text, span, quotation), quotation.direct, _find_last(scene, number, span))
        if len(words) < 2 or (not quotation.direct and _CUT.match(words) is not None):
            continue
        if not quotation.direct and span.end < quotation.span.end:
            words = _JOINED.sub(r"\1다", words)
        told.append(words)
        refuted = _REFUTED.match(words)
        if refuted is not None and len(refuted.group(1)) > 2:
            cut = refuted.group(1).strip() + ("다" if words[refuted.end(1) :].startswith("다는") else "")
            yield build_fact(scene, sentence, "denial-of-words", "kg:denies", speaker, Text(cut), confidence=0.85)
        outer = _find_teller(scene, cue, speaker)
        stated = predicate in _ASKING and _STATING.search(words) is not None and _ASKED.search(words[-_CLOSE:]) is None
        topics = [Qualifier("topic", entity) for entity in _topics(scene, span, number, speaker)]
        yield build_fact(
            scene,
            sentence,
            "quotation-direct" if quotation.direct else "quotation-indirect",
            "kg:says" if stated else predicate,  # 병사들을 배치했다며 조심하라고 당부했다
            speaker,
            Text(words[:LONGEST_TEXT]),
            [*(q for q in qualifiers if not (stated and q.role == "wording")), *topics],
            status=_status(cue) if outer is None else "claimed",
            speaker=outer,
            confidence=0.92,
        )
    yield from read_denial(scene, sentence, cue, quotation, speaker, " ".join(told), refuting)


def _is_part(scene: Scene, quotation: Quotation, speaker: Entity) -> bool:
    """Whether words are part of those around them, whose speaker says all: “70%는 높이 샀다고 보고 …”."""
    return quotation.parent is not None and quotation.speaker is not None and scene.entity_at.get(quotation.speaker) != speaker


def _is_sources(scene: Scene, quotation: Quotation, speaker: Entity) -> bool:
    """Whether nobody names who says words within what a source tells, which tells all of it: 신문에 따르면 응답자의 78%가 반대한다고 답했다."""
    around = quotation.parent
    if quotation.direct or around is None or quotation.speaker is not None or scene.doc.quotations[around].cue is None:
        return False
    cue = scene.doc.clauses[scene.doc.quotations[around].cue or 0]
    return cue.predicate.lemma in load_clause_lexicon().source_markers and speaker_of(scene, around) == speaker


def _widen(scene: Scene, quotation: Quotation, speaker: Entity) -> Quotation:
    """Words with their own subject, where the parse gave it to the reporting verb: 요금은 of "요금은 조금 올렸다고 했다"."""
    named = quotation.speaker
    if quotation.direct or named is None or scene.entity_at.get(named) in (None, speaker) or not 0 < quotation.span.start - named.end <= 3:
        return quotation
    between = scene.text[named.end : quotation.span.start].strip()
    return replace(quotation, span=Span(named.start, quotation.span.end)) if between in ("은", "는", "이", "가", "도") else quotation


def _is_target(value: Value) -> bool:
    """Whether what a reporting verb takes is whom or what the words are aimed at: 노조를 비판했다, but not 소견을 밝혔다."""
    return isinstance(value, Entity) and not value.created


def _is_content(scene: Scene, number: int, quotation: Quotation) -> bool:
    """Whether the words are the content of a noun that the verb takes: 빼돌렸다는 의혹을 부인했다."""
    return any(
        clause.quotation == number and clause.relation == "nominal" and clause.parent is not None
        and (clause.parent == quotation.cue or scene.doc.clauses[clause.parent].parent == quotation.cue)
        for clause in scene.doc.clauses
    )


def _find_last(scene: Scene, number: int, span: Span) -> Clause | None:
    """The clause with which words end."""
    inside = [c for c in scene.doc.clauses if c.quotation == number and c.predicate.kind != "noun" and span.covers(c.predicate.span)]
    return max(inside, key=lambda c: c.predicate.span.end, default=None)


def _with_mark(text: str, span: Span, quotation: Quotation) -> str:
    """Reported words with the mark that opens them, where it closes among them: ‘새 길’을 낸다고."""
    words = span.of(text)
    before = text[span.start - 1 : span.start]
    opened = not quotation.direct and before in _PARTNERS and _PARTNERS[before] in words
    return before + words if opened and words.count(before) - (before == _PARTNERS[before]) < words.count(_PARTNERS[before]) else words


def _can_speak(speaker: Entity) -> bool:
    """Whether an individual can say something: persons, bodies, countries and documents can; notions cannot."""
    ontology = load_ontology()
    return bool(speaker.members) or any(ontology.is_kind(speaker.kind, k) for k in ("Agent", "Work", "Law", "CourtCase", "Organization", "Meeting"))


def _predicate(lemma: str) -> str:
    """The statement relation of a reporting verb; plain saying where no rule names the verb."""
    for rule in load_relation_rules().get(lemma, ()):
        if rule.voice == "statement":
            return rule.predicate
    return "kg:says"


def _pieces(scene: Scene, sentence: int, number: int, quotation: Quotation) -> tuple[Span, ...]:
    """The statements of a speech: its sentences, cut again where coordinate clauses stand side by side."""
    if quotation.span.end - quotation.span.start <= _SHORT:
        return (quotation.span,)
    cuts: list[int] = []
    for index in scene.clauses_of.get(sentence, ()):
        clause = scene.doc.clauses[index]
        inside = clause.quotation == number and quotation.span.covers(clause.predicate.span)
        if inside and clause.relation in ("coordinate", "main") and clause.predicate.kind != "noun" and _is_top(scene, index, number):
            ended = clause.relation == "main" or _STOP.search(clause.predicate.span.of(scene.text)) is not None
            part = clause.predicate.lemma == "불구하다" or _is_way_of(scene, clause)
            closes = not quotation.direct and _JOINED.search(clause.predicate.span.of(scene.text)) is not None
            if ended or (closes and not part and _has_own_subject(scene, clause.parent, clause.predicate.span.end)):
                cuts.append(clause.predicate.span.end)
    spans: list[Span] = []
    start = quotation.span.start
    for cut in [*sorted(cuts), quotation.span.end]:
        if (cut - start >= _LEAST and quotation.span.end - cut >= _LEAST) or cut == quotation.span.end:
            spans.append(Span(start, cut))
            start = cut
    return tuple(spans)


def _is_way_of(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only leads up to the next: 종료를 앞두고, 자료를 내고, 견해를 드러내며, and names nobody of its own."""
    own = any(a.role in ("subject", "topic") and not a.shared for a in clause.arguments)
    return not own and not clause.past and _LEADING.search(clause.predicate.span.of(scene.text)) is not None


def _has_own_subject(scene: Scene, index: int | None, end: int) -> bool:
    """Whether the clause that another is joined to names its own subject behind it: only then are they two statements."""
    if index is None:
        return False
    return any(a.role in ("subject", "topic") and not a.shared and a.span.start >= end for a in scene.doc.clauses[index].arguments)


def _is_top(scene: Scene, index: int, number: int) -> bool:
    """Whether a clause of a speech hangs on its last clause by coordination alone."""
    clause = scene.doc.clauses[index]
    steps = 0
    while clause.parent is not None and scene.doc.clauses[clause.parent].quotation == number and steps < 20:
        if clause.relation not in ("coordinate", "main"):
            return False
        clause = scene.doc.clauses[clause.parent]
        steps += 1
    return True


def _clean(text: str, direct: bool, last: Clause | None) -> str:
    words = _unquote(" ".join(text.split()).strip(" ,."))
    if direct:
        return words
    told = _REPORTING.sub(r"\1", words)
    if told != words and told.endswith("라") and last is not None and last.predicate.kind == "copula":
        return told[:-1] + "다"  # 목적의 메시지라며
    orders = last is not None and last.predicate.kind == "verb" and last.predicate.lemma.endswith("이다")
    return told if orders else _finish(told)  # 받아들이라, but 예정이라 is 예정이다


def _unquote(words: str) -> str:
    """Words without the marks around them; marks inside stay in pairs: ‘새 길’을 낸다."""
    if len(words) > 1 and words[0] in _MARKS and words[-1] in _MARKS and not _MARKS & set(words[1:-1]):
        return words[1:-1].strip(" ,.")
    if words[:1] in _MARKS and not _MARKS & set(words[1:]):
        return words[1:].strip(" ,.")
    return words[:-1].strip(" ,.") if words[-1:] in _MARKS and not _MARKS & set(words[:-1]) else words


def _finish(words: str) -> str:
    """Reported words with the copula as it ends a sentence: 합류할 예정이라 is 합류할 예정이다."""
    if words.endswith("이라"):
        return words[:-1] + "다"
    return words[:-1] + "다" if words.endswith("아니라") else words


def _topics(scene: Scene, span: Span, number: int, speaker: Entity) -> tuple[Entity, ...]:
    """What words are about: their topics, by name or by 은, whom they tell of first, and what they open with by 에 대해; no other names in them."""
    found: list[Entity] = []
    clauses = [c for c in scene.doc.clauses if c.quotation == number and c.relation in (*_TOLD, "nominal")]
    subjects = [a.span.start for c in clauses if c.relation in _TOLD for a in c.arguments if a.role in ("subject", "topic") and not a.shared]
    ended = [c.predicate.span.end for c in clauses if c.relation == "main" and span.covers(c.predicate.span)]
    begun = min([s for s in subjects if s >= span.start] + ended, default=span.end)
    for clause in clauses:
        for argument in clause.arguments:
            if not span.covers(argument.span) or _SHARE.search(argument.head.of(scene.text)) is not None:
                continue
            marked = argument.josa.endswith(_ABOUT) and _opens(scene.text, span, clause, argument)
            told = clause.relation in _TOLD and argument.role in ("subject", "topic")
            if not marked and not (told and (argument.josa in ("은", "는") or argument.span.start <= begun)):
                continue
            entity = scene.entity_of(argument)
            if entity is None or entity == speaker or entity in found or scene.is_common(entity):
                continue
            if marked or not entity.created or argument.josa in ("은", "는") or scene.is_kind(entity, ("Agent",)):
                found.append(entity)
    return tuple(found[:_MOST_TOPICS])


def _opens(text: str, words: Span, clause: Clause, about: Argument) -> bool:
    """Whether words open with what they are about, and not with what only a noun in them is about: 혐의에 대한 책임자."""
    first = all(a.span.start >= about.span.start for a in clause.arguments if words.covers(a.span))
    return first and not text.startswith(_OF_NOUNS, about.span.end)
