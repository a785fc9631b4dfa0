"""Denials: what somebody was asked about or is said of him, and that his words reject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Entity, Fact, Quotation
from kg.tables.lexicons import load_clause_lexicon

# words that lead from a matter to what is said of it, with the role in which they take it
_LEADING = {
    "관련하다": "comitative", "대하다": "locative", "관하다": "locative", "두다": "object", "놓다": "object", "묻다": "object",
    "질문하다": "object",
}  # fmt: skip
_ABOUT = ("에 대해", "에 관해", "에 대해서", "에 관해서")
_QUESTION = re.compile(r"\s?(?:기자(?:들)?의\s)?(?:말|질문|물음|데)")
# words that say it is not so: 논의한 적이 없다, 전혀 고려하지 않고 있다
_REJECTING = re.compile(
    r"(?:적|바|사실|계획|생각|의도)(?:이|은|도|조차|은 전혀|이 전혀)?\s?(?:없|아니)|지(?:는|도)?\s?않(?:고 있|았|는다|습니)|(?:것|게|건) 아니"
)


def find_matter(scene: Scene, sentence: int, cue: Clause, quotation: Quotation) -> Argument | None:
    """What words are about, where the sentence says so before them: 매각설 of "매각설을 두고 “…”고 했다"."""
    own = next((a for a in cue.arguments if a.josa in _ABOUT and not a.shared), None)
    if own is not None:
        return own
    for number in scene.clauses_of[sentence]:
        clause = scene.doc.clauses[number]
        role = _LEADING.get(clause.predicate.lemma)
        if role is None or clause is cue or clause.quotation is not None or clause.predicate.span.end > quotation.span.start:
            continue
        if role == "object" and clause.relation == "relative" and _QUESTION.match(scene.text, clause.predicate.span.end) is None:
            continue
        if (clause.relation == "relative") != (clause.predicate.lemma in ("묻다", "질문하다")):
            continue
        found = next((a for a in clause.arguments if a.role == role and not a.shared), None)
        if found is not None:
            return found
    return None


def read_denial(
    scene: Scene, sentence: int, cue: Clause | None, quotation: Quotation, speaker: Entity, words: str, refuting: bool
) -> Iterator[Fact]:
    """What a denial is about: "매각설에 대해 “사실무근”이라고 밝혔다" denies 매각설.

    ``refuting`` says that the verb itself denies (일축했다). Words that only negate deny a rumour, and nothing else: "충분하지 않다" of a budget
    denies no budget.
    """
    matter = None if cue is None else find_matter(scene, sentence, cue, quotation)
    if matter is None:
        return
    head = matter.head.of(scene.text)
    rumour = head.endswith("설") or head in load_clause_lexicon().hearsay_nouns | load_clause_lexicon().expectation_nouns
    plain = any(word in words for word in load_clause_lexicon().denying_words)
    value = scene.value_of(sentence, matter)
    told = plain or (refuting and (rumour or matter.clause is not None)) or (rumour and _REJECTING.search(words) is not None)
    if value is not None and value != speaker and told:
        yield build_fact(scene, sentence, "denial-about", "kg:denies", speaker, value, (), confidence=0.85)
