"""Bodies that act in the form of a place: 정부에서는 …고 주장했다 has 정부 for its subject."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.clauses.arguments import Frame, lacks_subject, with_argument
from kg.clauses.phrases import Tree
from kg.model import Argument, Span
from kg.tables.lexicons import ClauseLexicon, find_kind

_TOLD = ("에서는", "에서도", "에선")
_KINDS = frozenset("Organization GovernmentAgency PoliticalParty Court Company MediaOutlet".split())
# what no dictionary of kinds has, but its last word shows for an office or a house of offices
_OFFICE = re.compile(
    r"(?:(?<![남북동서중내외상하일전대])부|당|청|협|위|백악관|[대영]사관|사령부|정부|처(?<!근처)"
    r"|(?:의원|비서|안보|홍보|보좌|대변인)실|(?:감사|국정|정보|금감)원|(?:사무|당|방송)국|측|캠프|진영|일보|신문|방송|통신|[A-Z]{3,})$"
)
_DECIDING = frozenset("의결하다 결의하다 결정하다 가결하다 부결하다 채택하다 확정하다 합의하다 권고하다 결론짓다".split())
_ORGANISING = frozenset("실시하다 시행하다 주최하다 주관하다 공모하다 선정하다 지정하다 평가하다 발간하다 발행하다 발주하다 제작하다".split())
_ORGANISER = re.compile(r"[가-힣]{2,}(?:[시군구도]|공사|공단|재단|협회|연구원|진흥원|대학교?|은행|센터|법원|위원회)$")
_HALLS = ("강당", "식당", "성당", "예배당", "회당", "서당", "광장")  # no parties
_JOINED = ("coordinate", "adverbial")


def settle_bodies(tree: Tree, frames: list[Frame], lexicon: ClauseLexicon) -> None:
    """A body by 에서는 or 에서도 is the subject of the verb that says or decides, also where reported words took it."""
    for number, frame in enumerate(frames):
        body = next((a for a in frame.arguments if _is_body(tree, a)), None)
        if body is None:
            continue
        _lower_matter(tree, frames, number, body)
        frame = frames[number]
        root, steps = number, 0
        while frames[root].relation in _JOINED and frames[root].parent is not None and steps < 20:
            if root != number and not frames[root].chain.tail and _decides(frames, root, lexicon):
                break
            root, steps = frames[root].parent or 0, steps + 1
        above = number if _decides(frames, number, lexicon) else root if _decides(frames, root, lexicon) else frames[root].parent
        if above is None or frames[above].chain.kind != "verb" or not _decides(frames, above, lexicon) or _names_subject(frames[above], body):
            continue
        if above != number and (
            any(a.span.start < body.span.start for a in frame.arguments if a.role in ("subject", "topic")) or frames[root].chain.tail
        ):
            continue
        if above != number and frames[above].chain.lemma in lexicon.requesting_verbs:
            continue  # 정치권에서도 지혜를 모아 줄 것을 호소한다: who is asked
        behind = next((e.span.start for e in tree.sentence.eojeols if e.span.start >= body.span.end), body.span.end)
        frames[number] = replace(frame, arguments=tuple(a for a in frame.arguments if a is not body))
        content = tuple(
            replace(a, span=Span(behind, a.span.end)) if a.clause is not None and a.span.start <= body.span.start and a.span.end > behind else a
            for a in frames[above].arguments
        )
        frames[above] = with_argument(replace(frames[above], arguments=content), replace(body, role="subject"))


def settle_organisers(tree: Tree, frames: list[Frame]) -> None:
    """A body by 에서 does what is held, run or chosen: 새솔도 of "새솔도에서 실시한 공모"."""
    for number, frame in enumerate(frames):
        if frame.relation != "relative" or frame.chain.lemma not in _ORGANISING or frame.get("object") is not None or frame.parent is None:
            continue
        body = next((a for a in frame.arguments if a.role == "locative" and a.josa == "에서" and not a.shared), None)
        if body is None or body.clause is not None:
            continue
        doers = [a for a in frame.arguments if a.role in ("subject", "topic")]
        above = frames[frame.parent]
        lent = lacks_subject(above) or any(a.span == doers[0].span for a in above.arguments if doers and a.role in ("subject", "topic"))
        if doers and (len(doers) > 1 or doers[0].span.start > body.span.start or not lent):
            continue
        head = body.head.of(tree.text)
        if head.endswith(_HALLS):
            continue
        if find_kind(head) in _KINDS or _OFFICE.search(head) is not None or _ORGANISER.search(head) is not None:
            kept = tuple(replace(a, role="subject") if a is body else a for a in frame.arguments if a not in doers)
            frames[number] = replace(frame, arguments=kept)
            if doers and lacks_subject(above):  # 솔내군이 새솔도에서 실시한 공모에서 입상했다
                frames[frame.parent] = with_argument(above, doers[0])


def _lower_matter(tree: Tree, frames: list[Frame], number: int, body: Argument) -> None:
    """ "의원실에서는 법안은 …할 뿐이라는 입장을 밝혔다": the bill is what the words are about."""
    own = [a for a in frames[number].arguments if a.role in ("subject", "topic") and not a.shared]
    if len(own) != 1 or own[0].josa not in ("은", "는") or own[0].span.start < body.span.end:
        return
    kind = find_kind(own[0].head.of(tree.text))
    below = [
        n for n, f in enumerate(frames) if f.parent == number and f.relation in ("quotative", "nominal") and lacks_subject(f) and not f.chain.tail
    ]
    if kind is None or kind == "Person" or kind in _KINDS or not below:
        return
    frames[number] = replace(frames[number], arguments=tuple(a for a in frames[number].arguments if a is not own[0]))
    frames[below[-1]] = with_argument(frames[below[-1]], replace(own[0], role="subject"))


def _decides(frames: list[Frame], number: int, lexicon: ClauseLexicon) -> bool:
    """Whether a verb reports words, or takes a decision."""
    lemma = frames[number].chain.lemma
    if lemma in _DECIDING:
        return True
    told = any(f.parent == number and f.relation in ("quotative", "nominal") for f in frames) or frames[number].get("object") is not None
    return lemma in lexicon.saying_verbs and (lemma not in ("하다", "보다", "쓰다", "적다", "부르다") or _reports(frames, number)) and told


def _reports(frames: list[Frame], number: int) -> bool:
    return any(f.parent == number and f.relation == "quotative" for f in frames)


def _names_subject(frame: Frame, body: Argument) -> bool:
    """Whether a verb names who does it."""
    return any(a.role in ("subject", "topic") and not a.shared and a is not body and a.clause is None for a in frame.arguments)


def _is_body(tree: Tree, argument: Argument) -> bool:
    """Whether a phrase by 에서는 or 에서도 names a body and no place or meeting: 정부, 한빛당, but not 한빛당의 회견."""
    if argument.role != "locative" or argument.josa != "에서" or argument.shared or not tree.text.startswith(_TOLD, argument.span.end):
        return False
    words = argument.head.of(tree.text)
    kind = find_kind(words)
    return kind in _KINDS or (kind in (None, "Person") and _OFFICE.search(argument.span.of(tree.text)) is not None)
