"""Facts of noun phrases: MS의 대화형 AI '코파일럿', GPT-4o 기반 모델, KT 자회사 KT클라우드, MS(마이크로소프트), 서울 중구 노보텔."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Document, Entity, Fact, Mention, Qualifier, Span, Text
from kg.tables.lexicons import find_kind
from kg.tables.ontology import load_ontology

_SUBSIDIARY = re.compile(
    r"(?:의\s|\s)?(?:[가-힣]{1,6}\s)?(?P<word>자회사|계열사|손자회사"
    r"|한국 법인|한국법인|현지 법인|현지법인|미국 법인|일본 법인|중국 법인|국내 법인|해외 법인)(?:인|이자)?\s['\"‘“]?$"
)
_POSSESSIVE = re.compile(
    r"(?:의|가 만든|가 개발한|이 만든|이 개발한|가 운영하는|이 운영하는)\s(?P<what>(?:[가-힣A-Za-z0-9·\-]+(?:\([^)]*\))?\s){0,3})['\"‘“]$"
)
_NOMINAL = ("NN", "SL", "SN", "XSN", "XPN", "XR", "SO", "SP")
_AGENCIES = ("소속사", "기획사")
_OWNED = frozenset(("소속사", "기획사", "자회사", "계열사", "모회사", "소속그룹", "소속팀", "현지"))  # whose, only the words before tell
_MOMENTS = frozenset(("이후", "이전", "이날", "당시", "현재", "최근", "째", "번째"))  # 이후 영화 ‘새벽’: when, not what
_LINE = re.compile(r"(?:경계선|분계선|휴전선|한계선|국경|국경선|전선|해안선|철도|고속도로|국도|[가-힣]강|산맥|해협)$")  # runs on
_NEARBY = frozenset(("인근", "부근", "근처", "주변", "일대", "근교", "인접", "진영"))  # 인근 삼척: where it lies, not what it is


class NounPhrases:
    """Facts that neighbouring names tell without a verb."""

    name = "nouns"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        starts = [s.span.start for s in doc.sentences]
        mentions = [m for m in doc.mentions if m.kind != "Position" and m.span in scene.entity_at]
        for index, mention in enumerate(mentions):
            sentence = max(0, bisect_right(starts, mention.span.start) - 1)
            if doc.sentences[sentence].role not in ("body", "caption", "item"):
                continue
            if mention.rule == "bracket-alias":
                yield from _read_alias(scene, sentence, mention)
            if index:
                yield from _read_pair(scene, sentence, mentions[index - 1], mention)
            yield from _read_class(scene, sentence, mention)
            yield from _read_apposition(scene, sentence, mention)
        yield from _read_based(doc, scene, starts)


def _entity(scene: Scene, mention: Mention) -> Entity:
    return scene.entity_at[mention.span]


def _read_alias(scene: Scene, sentence: int, mention: Mention) -> Iterator[Fact]:
    entity = _entity(scene, mention)
    surface = mention.span.of(scene.text)
    other = surface if surface != entity.name else next(iter(entity.aliases), "")
    if other and other != entity.name:
        coarse = load_ontology().coarse(entity.kind)
        relation = "kg:personAlias" if coarse == "PER" else "kg:organizationAlias" if coarse == "ORG" else "kg:alias"
        yield build_fact(scene, sentence, "bracket-alias", relation, entity, Text(other), confidence=0.95)


def _read_pair(scene: Scene, sentence: int, left: Mention, right: Mention) -> Iterator[Fact]:
    owner, thing = _entity(scene, left), _entity(scene, right)
    between = scene.text[left.span.end : right.span.start]
    if owner == thing or len(between) > 40 or "\n" in between:
        return
    ontology = load_ontology()
    between = re.sub(r"^\([^)]*\)", "", between)
    if ontology.is_kind(owner.kind, "Organization") and ontology.is_kind(thing.kind, "Organization"):
        match = _SUBSIDIARY.match(between)
        if match:
            yield build_fact(
                scene, sentence, "subsidiary-phrase", "kg:subsidiaryOf", thing, owner, [Qualifier("role", Text(match.group("word")))], confidence=0.9
            )
            return
    if ontology.is_kind(owner.kind, "Organization") and _is_made(thing):
        match = _POSSESSIVE.match(between)
        if match:
            yield build_fact(scene, sentence, "product-possessive", "kg:productOf", thing, owner, confidence=0.85)
    if ontology.is_kind(owner.kind, "Place") and ontology.is_kind(thing.kind, "Place") and between == " " and _may_hold(owner, thing):
        yield build_fact(scene, sentence, "place-in-place", "kg:locatedIn", thing, owner, confidence=0.85)


def _may_hold(owner: Entity, thing: Entity) -> bool:
    """Whether one place can lie in another: not 베이징시 in 베이징, a country in a country, a border or a river in a town."""
    same = owner.name.startswith(thing.name) or thing.name.startswith(owner.name)
    return not (same or owner.kind == thing.kind == "Country" or _LINE.search(thing.name))


def _is_made(entity: Entity) -> bool:
    ontology = load_ontology()
    return any(ontology.is_kind(entity.kind, kind) for kind in ("Product", "Technology", "Work", "Service"))


def _read_class(scene: Scene, sentence: int, mention: Mention) -> Iterator[Fact]:
    """소형언어모델 ‘Phi 3.5’: what stands before a quoted name says what it is."""
    text, start = scene.text, mention.span.start
    if start < 3 or text[start - 1] not in "'\"‘“" or not _is_made(_entity(scene, mention)):
        return
    words = text[max(scene.sentence(sentence).span.start, start - 40) : start - 1].split()
    if not words or text[start - 2] not in " ":
        return
    last = words[-1]
    kind = find_kind(last) or ("Product" if last in ("AI", "앱") else None)
    span = _find_class(scene, sentence, start - 2) if kind is not None else None
    if span is None:
        return
    what = span.of(text)
    thing = scene.entity_at.get(span) or Entity(f"class:{what}", "Concept", what, (), (), (span,), (), (), True)
    yield build_fact(scene, sentence, "class-before-name", "kg:isA", _entity(scene, mention), thing, confidence=0.8)


def _read_apposition(scene: Scene, sentence: int, mention: Mention) -> Iterator[Fact]:
    """이차전지 전해액 업체 오름이온텍: the class noun before a name says what kind of thing bears it."""
    entity = _entity(scene, mention)
    head = scene.text[max(scene.sentence(sentence).span.start, mention.span.start - 40) : mention.span.start]
    if not head.endswith(" ") or mention.rule == "bracket-alias":
        return
    words = head.split()
    if not words or (kind := find_kind(words[-1])) is None or not _is_plain(words[-1]) or words[-1] in _NEARBY:
        return
    if mention.rule == "head-noun" and all(t.tag in ("NNG", "XSN") for t in scene.sentence(sentence).tokens if mention.span.covers(t.span)):
        return  # 월드컵 대회 조별리그: a class itself
    if any(t.span.end == mention.span.start - 1 and t.tag.startswith("J") for t in scene.sentence(sentence).tokens):
        return  # 사용할 정도로: no 도로
    behind = mention.span.end + 1
    if re.match(r"\s[가-힣A-Za-z]", scene.text[behind - 1 : behind + 1]) and not any(m.span.start == behind for m in scene.doc.mentions):
        return  # 기업 CSR 광고: the words are about what follows, unless it is a post or a name
    ontology = load_ontology()
    if ontology.coarse(kind) != ontology.coarse(entity.kind) or ontology.coarse(kind) in ("OTHER", "PER"):
        return
    span = _find_class(scene, sentence, mention.span.start - 1)
    if span is None or _is_proper(scene, span.end):
        return
    what = span.of(scene.text)
    if len(_squeeze(what)) < 2 or any(w in what for w in (entity.name, *entity.aliases)):
        return
    if (named := scene.entity_at.get(span)) is not None and not named.created:
        return  # 청와대 민정수석실: the first is a name, too
    thing = scene.entity_at.get(span) or Entity(f"class:{what}", "Concept", what, (), (), (span,), (), (), True)
    yield build_fact(scene, sentence, "class-apposition", "kg:isA", entity, thing, confidence=0.8)


def _find_class(scene: Scene, sentence: int, end: int) -> Span | None:
    """The class noun that ends somewhere, with the nouns before it, three words at most; none of where somebody works: 윤하람 법무법인 한빛."""
    begun = scene.sentence(sentence).span.start
    agency = scene.text[:end].endswith(_AGENCIES)
    first, last = end, end
    for _ in range(3):
        word = Span(max(begun, scene.text.rfind(" ", begun, last) + 1), last)
        if not _is_noun(scene, sentence, word) or word.of(scene.text) in _MOMENTS:
            break
        named = scene.entity_at.get(word)
        if named is not None and named.kind == "Person" and not named.created and not agency:
            return None
        first, last = word.start, word.start - 1
        if first <= begun:
            break
    first += len("번째 ") if scene.text.startswith("번째 ", first) else 0  # 두 번째 음반
    found = Span(first, end)
    return found if first < end and found.of(scene.text) not in _OWNED else None


def _is_noun(scene: Scene, sentence: int, word: Span) -> bool:
    """Whether a word is nouns alone, and no day: 전해액, 아이돌그룹, but not 거쳐, 이어, 12일."""
    if word.start >= word.end or not _is_plain(word.of(scene.text)) or any(t.span.overlaps(word) for t in scene.times_of.get(sentence, ())):
        return False
    place = word.start
    while place < word.end:
        token = scene.token_at.get(place)
        if token is None or not token.tag.startswith(_NOMINAL) or token.span.end <= place:
            return False
        place = token.span.end
    return True


def _is_proper(scene: Scene, end: int) -> bool:
    """Whether a word with the ending of a class is a name or has one in it: 한빛대학교 of "한빛대학교 과학관", 서울순환도로."""
    start = scene.text.rfind(" ", 0, end) + 1
    coarse = load_ontology().coarse
    return any(m.span.start < end and start < m.span.end and coarse(m.kind) in ("ORG", "LOC") for m in scene.doc.mentions)


def _squeeze(text: str) -> str:
    return text.replace(" ", "")


def _is_plain(word: str) -> bool:
    return re.fullmatch(r"[가-힣A-Za-z0-9·]+", word) is not None


def _read_based(doc: Document, scene: Scene, starts: list[int]) -> Iterator[Fact]:
    """X 기반(의) Y: the phrase that ends behind 기반 is based on the name before it."""
    for match in re.finditer(r"기반(?:의|인)?\s", scene.text):
        left = next((m for m in reversed(_mentions_before(doc, match.start())) if m.kind != "Position"), None)
        if left is None or left.span not in scene.entity_at:
            continue
        between = scene.text[left.span.end : match.start()]
        if not re.fullmatch(r"(?:\([^)]{1,30}\))?\s?[\d.]*['\"’”]?\s?(?:을\s|를\s)?", between):
            continue
        sentence = max(0, bisect_right(starts, match.start()) - 1)
        thing = _phrase_over(scene, sentence, match.end())
        base = scene.entity_at[left.span]
        if thing is not None and thing != base:
            yield build_fact(scene, sentence, "based-on-phrase", "kg:basedOn", thing, base, confidence=0.85)


def _mentions_before(doc: Document, place: int) -> list[Mention]:
    return [m for m in doc.mentions if m.span.end <= place and place - m.span.end < 40 and m.rule != "bracket-alias"]


def _phrase_over(scene: Scene, sentence: int, place: int) -> Entity | None:
    """The entity of the argument whose phrase holds a place and ends behind it."""
    best: tuple[int, Entity] | None = None
    for index in scene.clauses_of.get(sentence, ()):
        for argument in scene.doc.clauses[index].arguments:
            if argument.span.start < place <= argument.span.end or argument.span.start == place:
                entity = scene.entity_of(argument)
                size = argument.span.end - argument.span.start
                if entity is not None and (best is None or size < best[0]):
                    best = (size, entity)
    return best[1] if best else None
