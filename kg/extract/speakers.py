"""Whose words a clause stands in."""

from __future__ import annotations

import re

from kg.extract.scene import Scene
from kg.extract.subjects import find_acting_body, is_hearer
from kg.model import Argument, Clause, Entity, Quotation, Span
from kg.tables.lexicons import load_clause_lexicon
from kg.tables.ontology import load_ontology

_PROMISED = re.compile(r"겠다(?:고|며|면서)?$")
_MUTE = ("Event", "Product", "Technology", "Facility", "Award", "Position", "Fund", "Match")
_SELF_GOVERNED = re.compile(r"(?:[가-힣](?:시|군|구)|[남북]도|경기도|강원도|제주도|자치도)$")
_OF_SUBJECT = ("이", "가", "은", "는", "도", "께서")
_BEHIND_NAME = re.compile(r"(?:[\s》〉」』\"'”’]|\[\d+\]|\([^)]*\)|등|측|에서)*")
_MARKED = re.compile(r"[,\"'“”‘’]")
_TITLED = re.compile(
    r"(?:[장관령감]|의원|위원|대표|교수|박사|이사|판사|검사|변호사|기자|책임자|대변인|총리|감독|코치|선수|씨|군|양|여사|후보|비서|간사)(?:\([^)]*\))?\s*$"
)
_FRAMING = frozenset(("그러다", "그렇다", "그러하다", "따르다", "대하다", "관하다", "관련하다", "위하다", "통하다"))
_MOST_TITLE_WORDS = 4
_TALKING = frozenset(("말하다", "밝히다", "전하다", "발표하다", "남기다", "알리다", "표하다"))
_STATEMENTS = frozenset(("성명", "성명서", "논평", "입장문", "담화문"))
_WITHOUT_SUBJECT = frozenset(("하다", "보다", "생각하다", "그러다"))  # 살고 있다고 한다: hearsay
_BESIDE = 4  # characters: a josa, a space and the mark
_PEOPLE = re.compile(
    r"(?:단|팀|진|측|들|사람|(?:외국|한국|고발|고소|변호|의뢰|신청)인"
    r"|주민|시민|국민|네티즌|누리꾼|학생|학자|관계자|담당자|당사자|업계|(?:[정여야]치?|금융)권|대사관)$"
)
_SOURCES = re.compile(r"(?:매체|소식통|(?:금융|증권|재|학|의료|법조|교육|문화|체육|연예|가요|영화|방송|노동|산업|건설|유통)(?:권|계|가))들?$")
_ORDERED = re.compile(r"(?:하|으|말|달|리)라[”\"'’]*(?:고|며|면서)(?:는|도)?,?$")
_LINKED = re.compile(r"\s*(?:이어|또|그러면서|아울러|그는|다만|하지만|그러나|반면)(?:서|한)?[,\s]")
_HEARD = re.compile(r"것으로\s(?:알려|전해|추정|파악|보인|보이)")
_CIRCLES = re.compile(r"\s*(?:[가-힣]+\s)?(?:일각|일부)에서")
_RETOLD = re.compile(
    r"[다라]는\s?(?:것|내용|얘기|이야기|설명|주장|논리|지적|입장|취지|분석|반응)(?:이다|입니다|이었다|이었습니다|다)[.\s]*(?:\[\d+\])*$"
)


def find_speaker(scene: Scene, clause: Clause) -> Entity | None:
    """Whose words a clause stands in; what identifies the speaker (회견을 연 대표는 …고 말했다) is in nobody's."""
    if clause.quotation is None:
        return _find_reteller(scene, clause)
    speaker = speaker_of(scene, clause.quotation)
    quotation = scene.doc.quotations[clause.quotation]
    if clause.relation == "relative" and not quotation.direct:
        named = [a for a in clause.arguments if a.shared]
        if any((quotation.speaker is not None and quotation.speaker.covers(a.span)) or scene.entity_of(a) == speaker for a in named):
            return None
        cue = scene.doc.clauses[quotation.cue].predicate.lemma if quotation.cue is not None else ""
        if clause.status == "asserted" and cue in load_clause_lexicon().source_markers:
            return None  # 신문에 따르면 소관 부서인 산업부가 반대했다: the text knows that it is
        known = any(a.role == "subject" and (e := scene.entity_of(a)) is not None and not e.created for a in clause.arguments)
        if clause.status == "asserted" and known and cue in load_clause_lexicon().saying_verbs - load_clause_lexicon().announcing_verbs:
            return None  # 법원이 판결을 내린 근거로 무죄라고 주장했다: the text knows of the ruling
    return speaker


def is_unheard(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is somebody's words, and nobody knows whose: “광산이 넘어간다”라는 문구, or a name that stands for nothing known."""
    if clause.status == "asserted" or clause.quotation is None:
        return False
    quotation = scene.doc.quotations[clause.quotation]
    if quotation.direct:
        return clause.status == "claimed" or quotation.cue is not None
    cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
    if cue is None or cue.predicate.lemma in load_clause_lexicon().source_markers:
        return False
    reports = cue.predicate.voice == "active" and cue.predicate.lemma in load_clause_lexicon().saying_verbs
    if quotation.speaker is None or clause.status != "claimed":  # 기부할 예정이라고 밝혔다: somebody did
        return reports and cue.past and cue.relation == "main" and cue.predicate.lemma not in _WITHOUT_SUBJECT
    return reports and (cue.past or cue.predicate.lemma != "하다")


def is_ordered(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is what somebody is told to do, who has done nothing yet, and plans nothing: 정부가 예산을 늘리라고 촉구했다."""
    if clause.relation != "quotative" or clause.predicate.kind != "verb" or clause.status == "asserted":
        return False
    return _ORDERED.search(clause.predicate.span.of(scene.text)) is not None


def is_others_word(scene: Scene, clause: Clause, subject: Entity | None) -> bool:
    """Whether a clause is reported by a verb of which nobody knows the subject, and so not the text's own word: 포탄이 떨어졌다고 밝혔다.

    한빛국이 실험에 성공했다고 발표했다 may be the country's own announcement, which it vouches for.
    """
    if clause.status != "asserted" or clause.quotation is None or clause.relation not in ("quotative", "coordinate", "adverbial"):
        return False
    number = scene.doc.quotations[clause.quotation].cue
    if number is None or scene.doc.clauses[number].predicate.lemma not in load_clause_lexicon().saying_verbs:
        return False
    announced = scene.doc.clauses[number].predicate.lemma in load_clause_lexicon().announcing_verbs
    return not (announced and subject is not None and scene.is_kind(subject, ("Agent", "Place")))


def is_mere_talk(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells that somebody spoke, and neither what nor of what: 소감을 밝혔다, 성명서를 발표했다; but 인상에 대한 입장."""
    lexicon = load_clause_lexicon()
    if clause.predicate.lemma not in _TALKING or clause.negated:
        return False
    told = next((a for a in clause.arguments if a.role == "object" and not a.shared), None)
    if told is None or told.clause is not None or told.span.of(scene.text).removeprefix("공식").strip() != told.head.of(scene.text):
        return False
    talk = lexicon.hearsay_nouns | lexicon.plan_nouns | _STATEMENTS
    return told.head.of(scene.text) in talk and not any(a.josa.startswith("에 ") for a in clause.arguments)


def speaker_of(scene: Scene, number: int) -> Entity | None:
    """Who speaks a quotation: named beside it, understood from its reporting clause, the enclosing one's, or who spoke before and goes on."""
    if scene.speakers is None:
        scene.speakers, scene.said = _find_speakers(scene)
    return scene.speakers[number]


def _find_speakers(scene: Scene) -> tuple[tuple[Entity | None, ...], dict[int, Entity]]:
    """The speaker of each quotation, and who speaks last in each sentence."""
    found: list[Entity | None] = []
    said: dict[int, Entity] = {}
    for number, quotation in enumerate(scene.doc.quotations):
        sentence = sentence_of(scene, quotation)
        speaker = _find_own(scene, number)
        if speaker is None and sentence is not None and _goes_on(scene, number, sentence):
            speaker = said.get(sentence, said.get(sentence - 1))
        found.append(speaker)
        cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
        if speaker is not None and sentence is not None and (cue is None or cue.relation not in ("nominal", "relative")):
            said[sentence] = speaker  # 시가 “…”고 설명한 것을 두고 “…”고 덧붙였다: not the city
    return tuple(found), said


def sentence_of(scene: Scene, quotation: Quotation) -> int | None:
    """The sentence in which words are reported."""
    if quotation.cue is not None:
        return scene.doc.clauses[quotation.cue].sentence
    return next((n for n, s in enumerate(scene.doc.sentences) if s.span.covers(quotation.span)), None)


def _find_reteller(scene: Scene, clause: Clause) -> Entity | None:
    """Who goes on in a sentence that says only that it is his words: 세금이 오른다는 것이다."""
    if clause.status != "claimed" or clause.relation not in ("main", "coordinate"):
        return None
    if _RETOLD.search(scene.sentence(clause.sentence).span.of(scene.text)) is None or _find_actors(scene, clause.sentence):
        return None
    if scene.speakers is None:
        scene.speakers, scene.said = _find_speakers(scene)
    return scene.said.get(clause.sentence - 1)


def _goes_on(scene: Scene, number: int, sentence: int) -> bool:
    """Whether words without a speaker go on those before: not where somebody unnamed reports them (…라는 시각도 있다)."""
    quotation = scene.doc.quotations[number]
    cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
    if quotation.parent is not None or _find_opener(scene, sentence) is not None or _CIRCLES.match(scene.text, scene.sentence(sentence).span.start):
        return False
    if quotation.direct:
        if quotation.speaker is not None:
            return False
        return cue is None or (cue.relation in ("main", "coordinate") and not any(a.josa == "에서" for a in cue.arguments))
    if cue is None or cue.relation != "main" or cue.predicate.voice == "passive" or not cue.past:
        return False
    return cue.predicate.lemma in load_clause_lexicon().saying_verbs and not any(a.role == "locative" for a in cue.arguments)


def _find_actors(scene: Scene, sentence: int) -> list[tuple[Argument, Entity | None]]:
    """Who is the subject of a clause of a sentence, outside quotation marks, by name or as somebody; 요금은 is what words are about."""
    found: list[tuple[Argument, Entity | None]] = []
    for index in scene.clauses_of.get(sentence, ()):
        clause = scene.doc.clauses[index]
        if clause.relation in ("relative", "nominal") or (clause.quotation is not None and scene.doc.quotations[clause.quotation].direct):
            continue
        for argument in clause.arguments:
            if argument.role in ("subject", "topic") and not argument.shared and argument.josa in _OF_SUBJECT and not _is_thing(scene, argument):
                found.append((argument, scene.entity_of(argument)))
    return sorted(found, key=lambda item: item[0].span.start)


def _is_thing(scene: Scene, argument: Argument) -> bool:
    """Whether a subject is something that neither acts nor speaks: described by a common noun."""
    entity = scene.entity_of(argument)
    if entity is None:
        return argument.clause is not None
    if _may_speak(entity):
        return False
    last = scene.token_ending.get(argument.span.end)
    if _PEOPLE.search(entity.name):
        return False
    return entity.created and (last is None or last.tag not in ("NNP", "SL"))


def _find_own(scene: Scene, number: int) -> Entity | None:
    """Who speaks a quotation, by its own sentence."""
    quotation = scene.doc.quotations[number]
    cue = scene.doc.clauses[quotation.cue] if quotation.cue is not None else None
    if cue is not None and cue.predicate.lemma == "하다" and cue.parent is None and not quotation.direct and not cue.past:
        if not _PROMISED.search(quotation.span.of(scene.text)):
            return None  # 입주해 있다고 한다: hearsay, and nobody's in particular
    if cue is not None and not quotation.direct and _is_hearsay(cue):
        around = quotation.parent if quotation.parent != number else None
        return None if around is None else _find_own(scene, around)  # 구단이 합의했다고 알려졌다: by nobody in particular
    if quotation.speaker is not None:
        outer = _find_outer(scene, number) if cue is not None else None
        if outer is not None:
            return outer
        entity = _find_named(scene, quotation.speaker)
        if entity is not None and cue is not None and is_hearer(scene, cue, entity):
            return None  # 신 씨에게 “…”라고 말했다
        source = cue is None or cue.predicate.lemma in load_clause_lexicon().source_markers
        circle = source and entity is not None and _SOURCES.search(entity.name) is not None
        paper = source and entity is not None and scene.is_bare(entity) and not circle and not scene.is_kind(entity, ("Agent",))  # 보도, 대책
        crowd = entity is not None and (circle or _is_crowd(scene, entity, quotation.speaker, cue))
        speaks = entity is not None and (_may_speak(entity) or (source and not entity.created) or crowd)
        if speaks and not paper:
            return entity
        if quotation.parent is not None and quotation.parent != number:
            return _find_own(scene, quotation.parent)  # “70%는 높이 샀다고 보고”: who says all of it
        return None if source else _find_topic(scene, quotation, entity)  # somebody is named who speaks, and it is nobody else
    if cue is not None:
        own = next((a for a in cue.arguments if a.role == "subject" and not a.shared), None)
        if own is not None and quotation.parent is not None:  # "감독님이 '네 시간이 온다'고 하셨다": nobody's but his
            entity = scene.entity_of(own)
            return entity if entity is not None and _may_speak(entity) else None
        body = find_acting_body(scene, cue)
        if body is not None:
            return body
        if _CIRCLES.match(scene.text, scene.sentence(cue.sentence).span.start):
            return None  # 일각에서는 …고 말한다
        if _is_rumoured(scene, cue):
            return None
        first = _find_first(scene, cue) if quotation.parent is None else None
        silent = first or _find_silent(scene, cue)
        if silent is not None:
            return silent
    if quotation.parent is not None and quotation.parent != number:
        return _find_own(scene, quotation.parent)
    return None


def _is_hearsay(cue: Clause) -> bool:
    """Whether words are reported by a verb that has them as its subject: 알려지다, 보도되다."""
    lexicon = load_clause_lexicon()
    told = cue.predicate.lemma in lexicon.hearsay_verbs | lexicon.finding_verbs and not cue.predicate.lemma.endswith("하다")
    return told or cue.predicate.lemma.endswith("되다")


def _find_outer(scene: Scene, number: int) -> Entity | None:
    """Who speaks where the parse took another: 위원회 of "위원회가 기관이 속였다고 결론지었다", 이서준 of "이서준은 “…”며, 군은 …고 알렸다"."""
    quotation = scene.doc.quotations[number]
    if quotation.speaker is None or quotation.cue is None or quotation.parent is not None:
        return None
    for argument, entity in _find_actors(scene, scene.doc.clauses[quotation.cue].sentence):
        if entity is None or not _may_speak(entity) or argument.span.end > quotation.speaker.start:
            continue
        if quotation.direct:
            if quotation.speaker.start > quotation.span.end and 0 <= quotation.span.start - argument.span.end <= _BESIDE:
                return entity
        elif quotation.speaker.end > quotation.span.start + _BESIDE:
            return None  # 공장이 선다고 시장이 말했다
        elif argument.josa in ("이", "가") and scene.text.startswith(("이 ", "가 "), quotation.speaker.end):
            told = (c for c in scene.doc.clauses if c.quotation == number and c.relation in ("quotative", "coordinate"))
            return entity if any(a is argument for c in told for a in c.arguments) else None
    return None


def _is_crowd(scene: Scene, entity: Entity, span: Span, cue: Clause | None) -> bool:
    """Whether a described speaker is people of whom no dictionary says that they are: 카드사들, 배심원단, 고발인."""
    words = span.of(scene.text)
    lexicon = load_clause_lexicon()
    speaking = lexicon.saying_verbs | lexicon.source_markers
    if entity.kind != "Concept" or cue is None or cue.predicate.lemma not in speaking or _MARKED.search(words):
        return False
    return (words.endswith("들") and cue.predicate.lemma != "하다") or _PEOPLE.search(entity.name) is not None


def _find_silent(scene: Scene, cue: Clause) -> Entity | None:
    """Who is the unsaid subject of a reporting verb or of the verb above it."""
    silent = scene.silent(cue)
    above = scene.doc.clauses[cue.parent] if cue.parent is not None else None
    return scene.silent(above) if silent is None and above is not None and above.sentence == cue.sentence else silent


def _find_topic(scene: Scene, quotation: Quotation, thing: Entity | None) -> Entity | None:
    """Who speaks where the reporting verb has the subject of the words: 기상청 of "기상청은 …에 따르면, 지진이 일어났다고 밝혔다"."""
    if thing is None or not thing.created or quotation.direct or quotation.cue is None or quotation.speaker is None:
        return None
    if scene.doc.clauses[quotation.cue].relation == "nominal":
        return None  # 경찰은 불이 났다고 진술한 것을 토대로 조사한다
    for argument, entity in _find_actors(scene, scene.doc.clauses[quotation.cue].sentence):
        if argument.josa in ("은", "는") and argument.span.end <= quotation.speaker.start and entity is not None and _may_speak(entity):
            return entity
    return None


def _find_first(scene: Scene, cue: Clause) -> Entity | None:
    """Who opens the words and so speaks them: 환경부 of "환경부가 제도를 시행한다고 20일 밝혔다"."""
    if cue.quotation is not None or cue.predicate.voice == "passive" or cue.relation not in ("main", "coordinate"):
        return None
    if cue.predicate.lemma in ("보다", "생각하다"):
        return None
    if cue.predicate.lemma not in load_clause_lexicon().saying_verbs or any(a.role in ("subject", "topic", "locative") for a in cue.arguments):
        return None
    opener = _find_opener(scene, cue.sentence)
    if opener is None or opener.span.start >= cue.predicate.span.start:
        return None
    entity = scene.entity_of(opener)
    if entity is None or entity.kind == "Country" or not _may_speak(entity):
        return None
    return entity if scene.is_kind(entity, ("Organization", "Person", "Region")) else None


def _is_rumoured(scene: Scene, cue: Clause) -> bool:
    """Whether a rumour with its own subject is joined before the words: 반군이 교전한 것으로 알려졌고, 포탄이 떨어졌다고 밝혔다."""
    opener = _find_opener(scene, cue.sentence)
    if opener is None or opener.josa not in ("이", "가"):
        return False
    own = (scene.doc.clauses[n] for n in scene.clauses_of[cue.sentence] if opener in scene.doc.clauses[n].arguments)
    return any(c.relation == "coordinate" and _HEARD.search(c.predicate.span.of(scene.text)) for c in own)


def _find_opener(scene: Scene, sentence: int) -> Argument | None:
    """The actor with whom a sentence opens: none where it joins another (이어, 또), nor who acts behind a clause that has gone before."""
    actors = _find_actors(scene, sentence)
    begun = scene.sentence(sentence).span.start
    if not actors or _CIRCLES.match(scene.text, begun):
        return None
    first = actors[0][0]
    if first.josa not in ("이", "가"):
        return first
    if _LINKED.match(scene.text, begun):
        return None
    before = (scene.doc.clauses[n] for n in scene.clauses_of[sentence])
    gone = any(
        c.predicate.span.end <= first.span.start and c.relation in ("adverbial", "coordinate") and c.predicate.lemma not in _FRAMING for c in before
    )
    return None if gone else first  # 값이 급등하는데도 동결해 현 정부가 부담을 떠안았다고 했다: somebody else says so


def _find_named(scene: Scene, span: Span) -> Entity | None:
    """Whom the words that name a speaker name: a person with a title, or the name with which they end."""
    entity = scene.entity_at.get(span)
    if entity is not None and (_may_speak(entity) or not entity.created):
        return entity
    named = [(s, scene.entity_at[s]) for s in scene.mention_spans_in(span) if not scene.entity_at[s].created]
    people = [(s, e) for s, e in named if scene.is_kind(e, ("Person",)) and not e.members]
    if len({e.id for _, e in people}) == 1:
        at, person = people[-1]
        behind = scene.text[at.end : span.end]
        titled = not behind.strip() or _TITLED.search(behind) is not None
        if titled and "의 " not in behind and len(behind.split()) <= _MOST_TITLE_WORDS:
            return person  # 같은 해 윤정민 의원, 노지후 한빛부 국장
    for at, body in reversed(named):
        if scene.is_kind(body, ("Organization",)) and _BEHIND_NAME.fullmatch(scene.text, at.end, span.end):
            return body  # 2010년 미국무부, 가람통신 등
    return entity


def _may_speak(entity: Entity) -> bool:
    ontology = load_ontology()
    if entity.kind in ("Place", "Region"):
        return not entity.created and _SELF_GOVERNED.search(entity.name) is not None  # 경기도는 …고 밝혔다: its administration
    if any(ontology.is_kind(entity.kind, k) for k in _MUTE):
        return False
    return bool(entity.members) or not entity.created or any(ontology.is_kind(entity.kind, k) for k in ("Agent", "Work"))
