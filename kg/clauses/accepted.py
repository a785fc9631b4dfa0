"""What is asked for and accepted: who accepts to come means to come."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.arguments import Frame, lacks_subject
from kg.clauses.phrases import Tree
from kg.tables.lexicons import ClauseLexicon

_ASKING = ("라는", "으라는", "자는")


def settle_offers(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """"윤 대통령은 한국을 방문해 달라는 초청을 수락했다": what one is asked to do is planned by who accepts."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.chain.ending not in _ASKING or frame.parent is None or not lacks_subject(frame):
            continue
        above = frames[frame.parent]
        if above.chain.lemma not in lexicon.accepting_verbs or above.chain.negated:
            continue
        last = tree.units[frame.chain.last].span.end
        offered = any(a.head.start > last and a.head.of(tree.text) in lexicon.offers for a in above.arguments)
        subject = above.get("subject") or above.get("topic")
        if not offered or subject is None:
            continue
        chain = replace(frame.chain, status="planned")
        for told in range(number):
            if frames[told].relation == "quotative" and frames[told].parent == number:
                frames[told] = replace(frames[told], parent=frame.parent)  # "환영한다"며 방문해 달라는 초청을 수락했다
        frames[number] = replace(frame, chain=chain, relation="nominal", arguments=(*frame.arguments, replace(subject, role="subject", shared=True)))
