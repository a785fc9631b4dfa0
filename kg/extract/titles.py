"""Posts: "김영섭 KT 대표이사", "KT 김영섭 대표", "재판장 탁은우", "한도윤 전 회장" tell who holds which post where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Document, Entity, Fact, Mention, Qualifier, Span, Status, Text
from kg.tables.ontology import load_ontology
from kg.tables.titles import load_title_lexicon

# what may stand between a name, a body and a title: a space, an age or a side in brackets, a department, "전"
_BRACKET = r"\s?[(\[（][^()\[\]（）\n]{1,40}[)\]）]"
_GAP = re.compile(rf"(?:{_BRACKET})*\s?(?P<former>(?:전|前|전임|故|신임|현|새)\s)?(?P<unit>(?:[가-힣A-Za-z0-9·&]{{1,12}}\s?){{0,3}})$")
_TIGHT = re.compile(rf"(?:{_BRACKET})*\s?(?P<former>(?:전|前|전임|故|신임|현|새)\s)?$")
_SECOND = re.compile(r"\s?\((?:(전|前|현)\s)?$")
_OPENED = re.compile(r"(?:㈜|\(주\)|\(유\))?\s?\(")  # 가온발전(주)(사장 한도윤)
_DOT = re.compile(r"\s?[·․‧∙・ㆍ]\s?")
_COMING = re.compile(r"\s?(?P<word>내정자|후보자?|당선인|당선자|예정자|지명자|예비후보)")
_LONGEST_GAP = 40
_MAIN = 4  # mentions that make a firm the one that an article is about
# no department: 회장 등 오너, 리더로 유명한 가수
_NO_UNIT = re.compile(r"(?:^|\s)(?:등|및|외|겸)(?:\s|$)|[가-힣](?:한|된|던|는)(?:\s|$)")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|에|에서|와|과|도|로|으로|에게|측은|측이|측)\s|.*\d")
_ACTS = frozenset("승진 선임 전보 임명 내정 영입 발탁 보임 위촉 취임 퇴임 이동 겸임 교수팀 연구팀 수사팀".split())
# which body a bare title belongs to: 군수 to a 군, 장관 to a 부
_BODY_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("노조위원장", ("노조", "노동조합")),
    ("조합장", ("조합",)),
    ("협회장", ("협회",)),
    ("연맹회장", ("연맹",)),
    ("구단주", ("구단",)),
    ("군수", ("군",)),
    ("구청장", ("구",)),
    ("도지사", ("도",)),
    ("지사", ("도",)),
    ("시장", ("시",)),
    ("장관", ("부",)),
    ("차관", ("부",)),
    ("처장", ("처",)),
    ("청장", ("청",)),
    ("위원장", ("위원회",)),
    ("총장", ("대학교",)),
    ("재판장", ("부",)),
    ("교육감", ("교육청",)),
)
_POINTING = re.compile(r"(?<![가-힣])((?:이|해당) (?:회사|업체|기업|법인|대학|병원|학교|재단|협회|연구소|은행|구단))(?:의)? $")
_LEARNED = frozenset(("박사",))  # beside the body where he works: no rank, but he is of it
_HONOURED = frozenset(("의사", "열사"))  # 안중근 의사: behind a bare name a patriot, no physician
_EXECUTIVE = re.compile(r"(?:책임자|대표|대표이사|사장|부사장|전무|상무|회장|부회장|CEO|CFO|CTO|COO|이사회 의장|최고경영자)$")


@dataclass(frozen=True, slots=True)
class Post:
    """A person, the body and the title; ``unit`` is the department named between them."""

    person: Entity
    body: Entity | None
    title: str
    unit: str
    former: bool
    coming: str
    place: Span
    guessed: bool = False  # the body is not named beside the title


class Titles:
    """Facts of posts, read off neighbouring mentions."""

    name = "titles"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        starts = [s.span.start for s in doc.sentences]
        seen: set[tuple[str, str, str]] = set()
        posts = list(_find_posts(doc, scene))
        bodied = {(p.person.id, p.title) for p in posts if p.body is not None}
        for post in posts:
            if post.body is None and any(person == post.person.id and title.endswith(post.title) for person, title in bodied):
                continue  # 김영섭 대표, after 김영섭 KT 대표
            if post.body is None and not post.former and not any(person == post.person.id for person, _ in bodied):
                body = _own_university(doc, scene, post) or _usual_body(doc, scene, post.title)
                body = None if body is not None and _names_another(doc, scene, post, body) else body
                title = post.title if body is None else _without_body(post.title, body)
                post = replace(post, body=body, guessed=body is not None, title=title)
            sentence = _sentence_of(starts, post.place)
            if doc.sentences[sentence].role in ("boilerplate", "registration", "byline"):
                continue
            key = (post.person.id, post.body.id if post.body else "", post.title)
            if key in seen:
                continue
            seen.add(key)
            yield from _build_post(scene, sentence, post)


def _sentence_of(starts: list[int], span: Span) -> int:
    from bisect import bisect_right

    return max(0, bisect_right(starts, span.start) - 1)


def _find_posts(doc: Document, scene: Scene) -> Iterator[Post]:
    mentions = [m for m in doc.mentions if m.rule != "bracket-alias"]
    told: dict[int, Post] = {}
    for index, mention in enumerate(mentions):
        if mention.kind != "Position" or mention.span.of(scene.text) in load_title_lexicon().coming | _ACTS:
            continue
        post = _second_post(scene, mentions, index, told) or _person_first(scene, mentions, index) or _person_last(scene, mentions, index)
        if post is not None:
            told[mention.span.end] = post
            yield from _shared_posts(scene, mentions, index, post)


def _shared_posts(scene: Scene, mentions: list[Mention], index: int, post: Post) -> Iterator[Post]:
    """A post and its like of whoever is joined by a dot to who bears it: 한도윤·윤하람 부총장 are both."""
    holder = next((n for n in range(index - 1, max(-1, index - 4), -1) if _entity(scene, mentions[n]) == post.person), None)
    first = holder
    sharers: list[Entity] = []
    while first and _DOT.fullmatch(scene.text[mentions[first - 1].span.end : mentions[first].span.start]) and _is_person(scene, mentions[first - 1]):
        first -= 1
        sharer = _entity(scene, mentions[first])
        sharers += [sharer] if sharer is not None else []
    if sharers and first is not None and post.body is None:
        post = replace(post, body=_body_before(scene, mentions, first, mentions[index].span.of(scene.text)))
    yield post
    for sharer in sharers:
        yield replace(post, person=sharer)


def _second_post(scene: Scene, mentions: list[Mention], index: int, told: dict[int, Post]) -> Post | None:
    """The other post of somebody, in brackets behind the first: 한도윤 안전본부 대변인(산업부 차관), (전 산업부 장관)."""
    title = mentions[index]
    if not index or scene.text[title.span.end : title.span.end + 1] != ")" or not _is_body(scene, mentions[index - 1]):
        return None
    body = mentions[index - 1].span
    opened = _SECOND.search(scene.text, max(0, body.start - 6), body.start)
    first = told.get(opened.start()) if opened is not None else None
    if opened is None or first is None or scene.text[body.end : title.span.start] not in ("", " "):
        return None
    former = opened[1] in load_title_lexicon().former if opened[1] else False
    return Post(first.person, _entity(scene, mentions[index - 1]), _title_of(scene, title), "", former, "", title.span)


def _title_of(scene: Scene, mention: Mention) -> str:
    """The title in full: 국가데이터안전처장 is read as the agency and 장, and means 처장."""
    title = mention.span.of(scene.text)
    if title != "장" or mention.span.start == 0:
        return title
    before = re.search(r"(위원회|본부|협회|[가-힣])$", scene.text[max(0, mention.span.start - 3) : mention.span.start])
    return ("위원" if before and before.group(1) == "위원회" else before.group(1) if before else "") + "장"


def _entity(scene: Scene, mention: Mention) -> Entity | None:
    return scene.entity_at.get(mention.span)


def _is_person(scene: Scene, mention: Mention) -> bool:
    entity = _entity(scene, mention)
    return entity is not None and load_ontology().is_kind(entity.kind, "Person")


def _is_body(scene: Scene, mention: Mention) -> bool:
    entity = _entity(scene, mention)
    if entity is None or mention.rule == "constituency":
        return False  # nobody works for those who vote
    return any(load_ontology().is_kind(entity.kind, k) for k in ("Organization", "Region", "Country", "City"))


def _person_first(scene: Scene, mentions: list[Mention], index: int) -> Post | None:
    """김영섭 KT 대표이사, KT 김영섭 대표: what stands before the title, nearest first."""
    title = mentions[index]
    text = scene.text
    body: Entity | None = None
    unit = ""
    former = False
    right = title.span.start
    for step, mention in enumerate(reversed(mentions[max(0, index - 3) : index])):
        between = text[mention.span.end : right]
        if len(between) > _LONGEST_GAP or "\n" in between:
            return None
        match = (_GAP if body is None and step == 0 else _TIGHT).match(between)
        if match is None or _PARTICLE.match(between):
            return None
        former = former or (bool(match.group("former")) and match.group("former").strip() in load_title_lexicon().former)
        if step == 0:
            unit = (match.groupdict().get("unit") or "").strip()
            if _NO_UNIT.search(unit) or _has_particle(scene, Span(mention.span.end, right)):
                return None
        if _is_person(scene, mention):
            person = _entity(scene, mention)
            if body is None:
                if unit:
                    return None  # 김영섭 … 어느 대표: something else stands between
                body = _body_before(scene, mentions, index - step - 1, title.span.of(text))
            if body is None and title.span.of(text) in _HONOURED:
                return None
            return Post(person, body, _title_of(scene, title), unit, former, _coming(text, title), title.span) if person else None
        if body is None and _is_body(scene, mention):
            body = _entity(scene, mention)
            right = mention.span.start
            continue
        headed = body is not None and mentions[index - 1].rule == "agency-head" and _is_body(scene, mention)  # 행정안전부 안전관리본부장
        if mention.kind == "Position" or mention.rule == "constituency" or headed:
            right = mention.span.start
            continue
        return None
    return None


def _body_before(scene: Scene, mentions: list[Mention], index: int, title: str) -> Entity | None:
    """The body named right before a person: KT 김영섭 대표, 푸른당 간사 한도윤 의원."""
    right = mentions[index].span.start
    for mention in reversed(mentions[max(0, index - 2) : index]):
        between = scene.text[mention.span.end : right]
        if not re.fullmatch(rf"(?:{_BRACKET})*\s?(?:소속\s|의\s)?", between):
            return None
        if _is_body(scene, mention):
            body = _entity(scene, mention)
            return None if body is not None and body.kind == "Country" and not _is_state_post(title) else body
        if mention.kind != "Position":
            return None
        right = mention.span.start
    return None


def _is_state_post(title: str) -> bool:
    """Whether a country has the post, and not only the one who holds it: 태국의 한도윤 감독 directs no country."""
    return title.endswith(tuple(sorted(load_title_lexicon().state)))


def _person_last(scene: Scene, mentions: list[Mention], index: int) -> Post | None:
    """재판장 탁은우, 검바위면번영회 회장 지종학: the title stands before the name."""
    if index + 1 >= len(mentions):
        return None
    title, following = mentions[index], mentions[index + 1]
    text = scene.text
    if text[title.span.end : following.span.start] not in (" ", "인 ", "") or not _is_person(scene, following):
        return None
    person = _entity(scene, following)
    body: Entity | None = None
    unit = ""
    if index:
        before = mentions[index - 1]
        match = _GAP.match(text[before.span.end : title.span.start]) if title.span.start - before.span.end <= _LONGEST_GAP else None
        opened = _OPENED.fullmatch(text[before.span.end : title.span.start]) is not None
        if match is not None and match.group("unit").strip().endswith(("두", "세")):
            return None  # 한도윤 of "추리소설의 두 여왕인 한도윤, 윤하람": the two are it together
        if (match is not None or opened) and not _PARTICLE.match(text[before.span.end : title.span.start]) and _is_body(scene, before):
            body = _entity(scene, before)
            unit = f"{match.group('unit') if match else ''} ".lstrip().removeprefix("의 ").strip()
            if _NO_UNIT.search(unit) or _has_particle(scene, Span(before.span.end, title.span.start)):
                body, unit = None, ""  # 중국판 방송에서 가수 한도윤
    if body is None and (pointing := _POINTING.search(text, max(0, title.span.start - 8), title.span.start)):
        body = scene.entity_at.get(Span(*pointing.span(1)))  # 이 회사 대표 한도윤
    return Post(person, body, title.span.of(text), unit, False, "", title.span) if person else None


def _has_particle(scene: Scene, between: Span) -> bool:
    """Whether a particle stands inside what a post would have as its department: 부부장이 of "노동당 부부장이 각각 수석대표"."""
    tags = (token.tag for place in range(between.start + 1, between.end) if (token := scene.token_at.get(place)) is not None)
    return any(tag.startswith("J") and tag != "JKG" for tag in tags)


def _names_another(doc: Document, scene: Scene, post: Post, body: Entity) -> bool:
    """Whether the sentence names a body of its own before the post: 민주노총은 … 위원장 명의로."""
    sentence = next((s.span for s in doc.sentences if s.span.covers(post.place)), post.place)
    ahead = scene.entities_in(Span(sentence.start, post.place.start))
    return body not in ahead and any(not e.created and load_ontology().is_kind(e.kind, "Organization") for e in ahead)


def _without_body(title: str, body: Entity) -> str:
    """A title without the name of the body that it begins with: 협회장 of 한빛의사협회장."""
    if not any(title.startswith(name) for name in (body.name, *body.aliases)):
        return title
    return next((suffix for suffix, _ in _BODY_ENDINGS if title.endswith(suffix)), title)


def _own_university(doc: Document, scene: Scene, post: Post) -> Entity | None:
    """The university with which a sentence begins that tells of a professor: "한빛대는 의대 한도윤 교수가 칩을 만들었다고 밝혔다"."""
    if not post.title.endswith("교수"):
        return None
    sentence = next((s.span for s in doc.sentences if s.span.covers(post.place)), post.place)
    named = [e for e in scene.entities_in(sentence) if e.kind == "University"]
    if len(named) != 1:
        return None
    opens = any(m.start == sentence.start and scene.text[m.end : m.end + 2] in ("은 ", "는 ", "이 ", "가 ") for m in named[0].mentions)
    return named[0] if opens else None


def _usual_body(doc: Document, scene: Scene, title: str) -> Entity | None:
    """The body to which a bare title belongs in an article: the one its ending asks for, or for executives the main firm."""
    ontology = load_ontology()
    bodies = [e for e in doc.entities if not e.created and not e.members and ontology.is_kind(e.kind, "Collective") and e.mentions]
    for suffix, endings in _BODY_ENDINGS:
        if title.endswith(suffix):
            stem = title.removesuffix(suffix)
            stem = stem if len(stem) > 1 else ""  # 검찰총장 leads no university, 심의위원장 no other committee
            fitting = [e for e in bodies if any(n.endswith(endings) and stem in n for n in (e.name, *e.aliases))]
            return max(fitting, key=lambda e: len(e.mentions)) if fitting else None
    firms = sorted((e for e in bodies if ontology.is_kind(e.kind, "Company") or e.kind == "Organization"), key=lambda e: -len(e.mentions))
    if not _EXECUTIVE.search(title) or not firms or len(firms[0].mentions) < _MAIN:
        return None
    if len(firms) > 1 and len(firms[0].mentions) < 1.5 * len(firms[1].mentions):
        return None
    return firms[0]


def _coming(text: str, title: Mention) -> str:
    match = _COMING.match(text[title.span.end : title.span.end + 8])
    if match:
        return match.group("word")
    surface = title.span.of(text)
    return next((word for word in sorted(load_title_lexicon().coming) if surface.endswith(word)), "")


def _with_council(scene: Scene, post: Post) -> Post:
    """A post in the council of a place, where both were read as its title: 의장 of 솔내시의회 in 솔내시의회의장."""
    if post.body is None or not post.title.startswith("의회") or post.title == "의회" or not load_ontology().is_kind(post.body.kind, "Place"):
        return post
    name = post.body.name + "의회"
    known = next((e for e in scene.doc.entities if name in (e.name, *e.aliases)), None)
    body = known or Entity(f"council:{name}", "GovernmentAgency", name, (), (), (post.place,), (), (), True)
    return replace(post, body=body, title=post.title.removeprefix("의회").strip())


def _build_post(scene: Scene, sentence: int, post: Post) -> Iterator[Fact]:
    lexicon = load_title_lexicon()
    post = _with_council(scene, post)
    if (post.unit or post.title).startswith("출신"):
        return  # 중국 출신 방송인: no post of a country
    title = f"{post.unit} {post.title}".strip() if post.unit else post.title
    learned = post.title in _LEARNED and post.body is not None and load_ontology().is_kind(post.body.kind, "Organization")
    if (post.title in lexicon.plain and not learned) or (post.body is None and post.title in lexicon.players | lexicon.callings):
        return  # 투수 안영민: what he does, and no post
    if learned:
        if post.body is not None and not post.former:
            place = [Qualifier("position", Text(title))]
            yield build_fact(scene, sentence, "post-body", "kg:worksFor", post.person, post.body, place, confidence=0.8)
        return
    status: Status = "planned" if post.coming else "asserted"
    name = f"{post.body.name} {title}" if post.body is not None else title
    schools = post.title.endswith("교육감") and post.body is not None and load_ontology().is_kind(post.body.kind, "Place")
    position = Entity(f"position:{name}", "Position", name, (title,) if name != title else (), (), (post.place,), (), (), True)
    about = [Qualifier("organization", post.body)] if post.body is not None and not schools else []
    if post.former:
        yield build_fact(scene, sentence, "post-former", "kgo:역임하다", post.person, position, about, confidence=0.85)
        return
    trust = 0.7 if post.guessed else 0.9
    yield build_fact(scene, sentence, "post", "kg:holdsPosition", post.person, position, about, status=status, confidence=trust)
    if schools:
        return  # 솔내도교육감 is at the head of its schools, and not of 솔내도
    if post.body is not None and not (post.body.kind == "Country" and post.title.split()[-1] in lexicon.heads and not _is_state_post(post.title)):
        predicate = _relation(post)
        if predicate == "kg:nationality" and (post.unit or post.title.endswith("장")):
            return  # 가람국 축구 협회 부회장, 가람국드론협회장: of a body whose name begins with a country's
        as_what = [Qualifier("position", Text(title))]
        if predicate == "kg:belongsToParty" and post.coming:
            status, as_what = "asserted", []  # who stands for a party is of it already
        yield build_fact(scene, sentence, "post-body", predicate, post.person, post.body, as_what, status=status, confidence=trust)


def _relation(post: Post) -> str:
    lexicon = load_title_lexicon()
    ontology = load_ontology()
    kind = post.body.kind if post.body is not None else ""
    firm = ontology.is_kind(kind, "Company") or kind in ("Organization", "MediaOutlet", "FinancialInstitution")
    last = post.title.split()[-1] if post.title else ""
    if last.startswith("노조") and firm and not (post.body is not None and post.body.name.endswith(("노조", "노동조합"))):
        return "kg:worksFor"  # 가람전자 노조위원장 leads the union, and no firm
    if post.title in lexicon.reporters or last in lexicon.reporters:
        return "kg:reporterFor"
    if firm and not post.unit and (post.title in lexicon.chief_executives or last in lexicon.chief_executives):
        return "kg:isCEOOf"
    if ontology.is_kind(kind, "Country") and not _is_state_post(post.title):
        return "kg:nationality"
    if last in lexicon.players and not ontology.is_kind(kind, "Company"):
        return "kg:playsFor"
    if ontology.is_kind(kind, "PoliticalParty") and (last in lexicon.members or post.title in lexicon.members):
        return "kg:belongsToParty"
    if last in lexicon.heads and not post.unit and (not firm or last not in lexicon.chief_executives):
        return "kg:leads"
    return "kg:worksFor"
