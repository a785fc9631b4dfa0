"""Speakers of no known kind: who reports words under a name that no dictionary has is a body (광물공사 홍보실은 …고 답했다)."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.coref.individuals import Individuals
from kg.model import Span, Token
from kg.tables.lexicons import load_clause_lexicon

# the last word of what speaks for a body: its side, its offices
_OFFICE = re.compile(
    r"(?:측|실|팀|단|부|국|과|처|소|청|원|당국|정부|의회|학회|협회|은행|법원|경찰|신문|방송|통신|일보|포스트|네트워크|철도|본부|센터|연대|연합|연맹|협의회|위원회|재단|조합|공사|공단|지부|지회|지점|사무소|사무국|비대위|캠프|노조|모임|진영"
    r"|[tT][vV]|티비|뉴스|닷컴)$"
)
_OUTLETS = ("방송", "뉴스", "TV")
_SIDE = re.compile(r"[\"'”’」』》]?\s?측(?![가-힣]{2})")
_UNKNOWN = frozenset(("NNP", "SL"))
_UNKNOWN_KINDS = ("Concept", "Event", "Technology", "Facility")


def add_speakers(people: Individuals) -> None:
    """Give speakers that are mere notions so far the kind of a body, where their name or the word 측 tells that they are one."""
    tokens = {token.span.start: token for sentence in people.doc.sentences for token in sentence.tokens}
    for quotation in people.doc.quotations:
        if quotation.speaker is None or quotation.cue is None or people.doc.clauses[quotation.cue].predicate.lemma not in _reporting_verbs():
            continue
        number = people.at.get(quotation.speaker)
        if number is None:
            continue
        item = people.get(number)
        side = _SIDE.match(people.text, quotation.speaker.end) is not None
        if item.created and item.kind in _UNKNOWN_KINDS and (side or _is_body(people.text, quotation.speaker, tokens)):
            item.kind = "MediaOutlet" if item.name.endswith(_OUTLETS) else "Organization"


@lru_cache(maxsize=1)
def _reporting_verbs() -> frozenset[str]:
    """The verbs by which somebody reports; 지었다고 한다 is hearsay."""
    lexicon = load_clause_lexicon()
    return lexicon.source_markers | lexicon.saying_verbs - {"하다", "보다", "생각하다", "알려지다", "전해지다"}


def _is_body(text: str, span: Span, tokens: dict[int, Token]) -> bool:
    """Whether a phrase names a body: an office at its end, or a last word that is a name."""
    words = span.of(text)
    if _OFFICE.search(words) and " " in words:
        return True
    start = span.start + words.rfind(" ") + 1
    token = tokens.get(start)
    return token is not None and token.tag in _UNKNOWN and token.span.end >= min(span.end, start + 2)
