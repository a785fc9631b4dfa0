"""Individuals that the text describes rather than names: agreements, meetings, models, the AX firm to be founded."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.coref.individuals import Individuals, coarse, squeeze
from kg.coref.phrases import BRACKETS, ends_title, is_remainder, name_phrase, tells_holder
from kg.model import Argument, Clause, Span
from kg.tables.lexicons import find_kind, find_phrase_kind, is_verbal_noun
from kg.tables.references import load_reference_lexicon

LONGEST_NAME = 40
_DEFINITE_KINDS = frozenset("Agreement Fund Meeting Match Event Law CourtCase Work Project Facility Product Company Organization".split())
# kinds of which a bare noun points back wherever it stands, and those of which only a topic does: 도로에 means no road in particular
_POINTED = frozenset(("Agreement", "Meeting", "Organization", "CourtCase"))
_TOPICAL = frozenset(("Fund", "Law", "Match", "Facility", "Project"))
_SUCH = frozenset(("이런", "그런", "신규"))  # of that sort, and not the very one
_NAMED_ONCE = frozenset(("Agreement", "Meeting", "Fund", "Law", "Match"))
# names that every country's own ministry, court or south bears
_COMMON_KINDS = frozenset(("GovernmentAgency", "Court", "Region", "Place"))
_LONGEST_COMMON = 6
# bodies that every place or every association has one of
_ANY_BODY = re.compile(
    r"^(?:(?:지방|고등|가정|행정)?(?:법원|재판소|검찰청|검찰|경찰|경찰청)|(?:시|도|주|군|구)?의회|주정부|정부|(?:보건|방역|소방|교육|군|사법)?당국"
    r"|비상대책위원회|비대위|집행위원회|집행부|이사회|노동조합|노조|지부|지회|사무국|사무처|선거관리위원회|윤리위원회)$"
)
_HOLDERS = frozenset("Country Region City Place Company Organization PoliticalParty University MediaOutlet".split())
_HOME = frozenset(("대한민국", "한국", "남한", "우리나라"))
_RANK = re.compile(r"(?:(?:아마추어|아마|프로) )?\d단")  # 이세돌 9단
_JOINED = re.compile(r"[,·]|(?<!학)[와과]\s(?!\S{0,4}(?:교수|학생|전공|과장))|\s및\s")  # 도시환경공학과 교수 joins nothing
_SEVERAL = re.compile(r"[▲△,]|(?<!학)(?:[와과]|이나|[가-힣]나|및)\s|^(?:두|세|네)\s")  # two roads are not the one road
_CALLED_WITHIN = 400  # code points
_DEED = re.compile(r"(?<=계약|협약|합의|협정)서$")  # the deed of a contract stands for it
_SHORT_NOUNS = {"법": "Law", "책": "Work", "상": "Award"}
_LAST_NOTE = re.compile(r"(?<=[^\s(])\([^()]{1,60}\)$")
# somebody else, beside whoever is named before: 한도윤 소속사 관계자, 한도윤 아내
_CLOSE_TO = frozenset(
    "관계자 측근 가족 유족 유가족 지인 이웃 친구 동료 팬 지지자 변호인 변호인단 대리인 직원 아내 남편 부인 아들 딸 어머니 아버지 부모 형 동생 "
    "형제 자매 배우자 후임 후임자 전임자 상대 피해자 제자 스승 당국자".split()
)
_APPOSED = re.compile(r" ['‘\"“]")
_PARTNER = re.compile(r"^.*(?:와|(?<!학)과)의? (?=\S+$)")
_LONGEST_POST = 5  # words
_NO_NAME = re.compile(r"때문$|\S 하$|^(?:하나|둘|\d+번째)$")  # 공조 하에
_CLOSING = frozenset(("직전", "직후", "도중", "전", "후", "뒤"))
_NO_NOUNS = frozenset(("ETM", "EC", "MAG", "MAJ", "JC", "JX", "JKG"))
_YOUNG = frozenset(("군", "양"))
_YOUNGSTER = re.compile(r"(?:^|\s)[A-Z가-힣] ?(?:군|양)$")
_HONORIFICS = frozenset(("씨", "님", "옹", "여사", "스스로", "본인", "자신"))
_AGREEMENT_ORDER = ("파트너십", "계약", "협약", "협정", "조약", "양해각서", "제휴", "합의", "동맹")
SIGNING = frozenset(("맺다", "체결하다", "서명하다", "교환하다", "협약하다"))


def find_at_head(people: Individuals, argument: Argument) -> int | None:
    """The individual already known at the head of a phrase: MS in "글로벌 빅테크 MS(마이크로소프트)"."""
    argument = _before_note(people.text, argument)
    titled = _find_bearer(people, argument)
    if titled is not None:
        return titled
    best: tuple[int, int] | None = None
    place: Span | None = None
    for span in people.spans_in(argument.span):
        if span.start > argument.head.end or span.end > argument.span.end + 1:
            continue
        if _is_behind_note(people, argument, span):
            continue
        tail = people.text[span.end : argument.span.end]
        tail = BRACKETS.sub("", tail).strip(" '\"’”)")
        tail = "" if tail in _HONORIFICS or _RANK.fullmatch(tail) else tail
        kind = people.get(people.at[span]).kind
        tail = "" if tail in _YOUNG and coarse(kind) == "PER" else tail
        if (kind == "SportsTeam" and tail in ("구단", "팀")) or (kind == "Event" == find_kind(tail) and " " not in tail):
            tail = ""  # 힌남노 태풍 is 힌남노
        if span.end >= argument.head.end or not tail or (not tail.strip("· ") and span.overlaps(argument.head)):
            key = (span.end - span.start, people.at[span])
            if best is None or key > best:
                best, place = key, span
    if best is None or (place is not None and (_is_of_another(people, argument, place) or ends_title(people.text, argument.span, place))):
        return None
    return best[1]


def _before_note(text: str, argument: Argument) -> Argument:
    """The phrase without the note in brackets that its last word stands in: 한도윤 의원 of "한도윤 의원(새벽당, 솔내갑)"."""
    note = _LAST_NOTE.search(text, argument.span.start, argument.span.end)
    if note is None or argument.head.end <= note.start() or note.start() == argument.span.start:
        return argument
    word = max(text.rfind(" ", argument.span.start, note.start()) + 1, argument.span.start)
    return replace(argument, span=Span(argument.span.start, note.start()), head=Span(word, note.start()))


def _is_behind_note(people: Individuals, argument: Argument, span: Span) -> bool:
    """Whether a bare noun only ends a name that a note in brackets parts: 총회 of "제17차 가람협약(GRC) 총회"."""
    word, item = span.of(people.text), people.get(people.at[span])
    parted = span.start > argument.span.start and people.text.endswith(") ", 0, span.start)
    return parted and item.name == word and find_kind(word) in ("Meeting", "Event")


def _is_of_another(people: Individuals, argument: Argument, span: Span) -> bool:
    """Whether a common name is told apart by what stands before it: 이란 외교부 is not the ministry known as 외교부."""
    item = people.get(people.at[span])
    if _ANY_BODY.search(span.of(people.text)) is not None:
        before = next((s for s in people.spans_in(Span(argument.span.start, span.start)) if people.text[s.end : span.start] in (" ", "의 ")), None)
        if before is not None and people.get(people.at[before]).kind in _HOLDERS:
            return people.get(people.at[before]).name not in _HOME  # 도쿄 고등재판소, 의사협회 비상대책위원회
    if item.kind not in _COMMON_KINDS or len(span.of(people.text)) > _LONGEST_COMMON:
        return False
    for country in people.spans_in(Span(argument.span.start, span.start)):
        between = people.text[country.end : span.start]
        if between in (" ", "의 ") and people.get(people.at[country]).kind == "Country":
            return people.get(people.at[country]).name not in _HOME
    return False


def _find_bearer(people: Individuals, argument: Argument) -> int | None:
    """The person whose title heads the phrase: 김영섭 of "김영섭 KT 대표"."""
    if coarse(find_kind(argument.head.of(people.text)) or "") == "ORG":
        return None  # 크론 교수팀 is a team
    persons = [span for span in people.spans_in(argument.span) if span != argument.span and coarse(people.get(people.at[span]).kind) == "PER"]
    persons = [span for span in persons if not _in_brackets(people.text, argument.span.start, span.start)]
    if not persons:
        return None  # 실종자의 시신(고 한도윤 상사): a note
    between = BRACKETS.sub("", people.text[persons[-1].end : argument.span.end])
    if not any(title.overlaps(argument.head) for title in people.titles_in(argument.span)) and not _ends_in_post(argument, between, people.text):
        return None
    return None if _JOINED.search(between) else people.at[persons[-1]]


def _in_brackets(text: str, start: int, place: int) -> bool:
    return text.count("(", start, place) > text.count(")", start, place)


def _ends_in_post(argument: Argument, words: str, text: str) -> bool:
    """Whether words behind a person end in a post that is no known title: 국방위원회 부위원장 겸 노동당 행정부장, 외교통상부장관."""
    if not words.startswith(" ") or "의 " in words:
        return False
    head = argument.head.of(text)
    return " 겸 " in words or (find_kind(head) == "Person" and head not in _CLOSE_TO and len(words.split()) <= _LONGEST_POST)


def add_description(people: Individuals, argument: Argument, words: str) -> int | None:
    """The individual that a phrase's words describe, new or met before; None for what is no name (too long, a clause, a date)."""
    if argument.clause is not None:
        core = _behind_clause(people, argument, argument.clause)
        number = None if core is None else add_description(people, core, core.span.of(people.text))
        if number is not None:
            people.mention(number, argument.span)
        return number
    named = _find_apposed(people, argument)
    if named is not None:
        people.mention(named, argument.span)
        return named
    last = people.token_before(argument.head.end)
    if last is not None and last.tag in _NO_NOUNS and last.span.start >= argument.head.start:
        return None  # 법안의 빠른, 원래: no thing
    if _is_broken(people, argument):
        return None
    words = _spelt_out(people, argument, words)
    if "\n" in words or not any(c.isalnum() for c in words):
        return None
    name = _without_partner(people, argument, name_phrase(_of_its_own(people, argument, words)))
    if is_remainder(name):
        return None
    pointed = name in _SHORT_NOUNS and words.split()[0] in load_reference_lexicon().determiners  # 같은 법
    size = len(squeeze(name))
    if not size or len(name) > LONGEST_NAME or (size < 2 and not pointed) or squeeze(name).isdigit() or name in load_reference_lexicon().moments:
        return None
    head = argument.head.of(people.text)
    if not name.endswith(head):
        head = name.split()[-1]
    bare = BRACKETS.sub("", name).strip()
    kind = find_phrase_kind(bare) if bare.endswith(head) else find_kind(bare.split()[-1] if bare else head)
    kind = kind or (find_kind(head) if len(head) == 1 or not bare.endswith(head) else None)
    kind = None if head == "의사" and _is_wanted(people, argument.head.start) else kind or _SHORT_NOUNS.get(name)
    if kind is None and (first := people.tokens_in(argument.span)[:1]) and tells_holder(name, first[0].tag):
        kind = "Person"
    if kind is None and last is not None and last.tag == "NNB" and _YOUNGSTER.search(name):
        kind = "Person"  # A군, 윤양; but 국군
    known = people.find(name)
    if known is not None and kind is not None and coarse(people.get(known).kind) == "PER" and coarse(kind) != "PER":
        known = None
    determined = argument.span.of(people.text).split()[:1] and argument.span.of(people.text).split()[0] in load_reference_lexicon().determiners
    if (known is None or determined) and kind in _DEFINITE_KINDS:
        found = _definite(people, argument, name, head, kind or "")
        known = known if found is None else found
    if known is None:
        known = people.add(kind or "Concept", name, created=True)
    elif kind not in _TOPICAL or squeeze(name) != squeeze(head):
        people.name(known, name)  # a bare 시설 may be another one further on
    if kind == "Organization" and (short := _from_person(people, argument, name)):
        people.name(known, short)
    people.mention(known, argument.span)
    return known


def _behind_clause(people: Individuals, argument: Argument, clause: int) -> Argument | None:
    """What a clause's noun is called by whose it is: "한빛전자의 신청" of "공장을 세워 달라는 한빛전자의 신청"."""
    start = people.doc.clauses[clause].predicate.span.end
    start += len(people.text[start : argument.span.end]) - len(people.text[start : argument.span.end].lstrip())
    core = Span(start, argument.span.end)
    owned = any(people.text.startswith("의 ", span.end) for span in people.spans_in(core))
    return replace(argument, span=core, clause=None) if owned and core.start <= argument.head.start else None


def _is_wanted(people: Individuals, place: int) -> bool:
    """Whether what stands before a place is yet to be done or said: 사퇴할 of "사퇴할 의사", which is no doctor."""
    before = people.token_before(place)
    return before is not None and before.tag == "ETM" and (before.form in ("ᆯ", "을") or before.form.endswith(("다는", "라는", "자는")))


def _is_broken(people: Individuals, argument: Argument) -> bool:
    """Whether a phrase is part of a clause and no name: a subject whose verb is elsewhere (응답자의 79%가 점포), 특별법때문, 전세계적, 2번째."""
    if _NO_NAME.search(argument.span.of(people.text)):
        return True
    last = people.token_before(argument.head.end)
    if last is not None and last.tag == "XSN" and last.form == "적":
        return True
    inside = people.tokens_in(argument.span)
    subject = next((number for number, token in enumerate(inside) if token.tag == "JKS"), None)
    return subject is not None and not any(token.tag[0] == "V" or token.tag in ("XSV", "XSA") for token in inside[subject:])


def _of_its_own(people: Individuals, argument: Argument, words: str) -> str:
    """The words without a first that belongs to what stands before: 문학관 of "들어가기 직전 문학관이", 노래 of "관객들에게 익숙한 노래"."""
    first, _, rest = words.partition(" ")
    before = people.token_before(argument.span.start)
    if not rest or before is None or not argument.span.of(people.text).startswith(words):
        return words
    last = people.token_before(argument.span.start + len(first))
    if first in _CLOSING and before.tag in ("ETN", "ETM"):
        return rest
    if first[-1] == "," and before.tag in ("JKO", "JKB") and is_verbal_noun(first[:-1]):
        return rest  # 신고를 접수, 인원 44명을: a deed before
    return rest if before.form == "에게" and last is not None and last.tag == "ETM" and first.endswith("한") else words


def _from_person(people: Individuals, argument: Argument, name: str) -> str:
    """A team's name from its leader's on: 감연수 교수 연구팀 of "화학공학과 감연수 교수 연구팀"."""
    for span in people.spans_in(argument.span):
        if span != argument.span and coarse(people.get(people.at[span]).kind) == "PER":
            short = people.text[span.start : argument.span.end]
            return short if short != name and name.endswith(short) else ""
    return ""


def _find_apposed(people: Individuals, argument: Argument) -> int | None:
    """The individual named right behind its class noun: 아우름AX of "합작사 '아우름AX'를"."""
    match = _APPOSED.match(people.text, argument.span.end)
    kind = find_kind(argument.head.of(people.text))
    if match is None or kind is None or argument.span.end != argument.head.end:
        return None
    for span in people.spans_in(Span(match.end(), match.end() + 1)):
        if span.start == match.end() and coarse(people.get(people.at[span]).kind) == coarse(kind) != "OTHER":
            return people.at[span]
    return None


def _without_partner(people: Individuals, argument: Argument, name: str) -> str:
    """An agreement's name without the party before it: 협정 of "美 정부와 협정에"."""
    rest = _PARTNER.sub("", name)
    if rest == name or find_kind(rest.split()[-1]) != "Agreement":
        return name
    partners = [span for span in people.spans_in(argument.span) if span != argument.span and is_party(people, people.at[span])]
    return rest if partners else name


def _spelt_out(people: Individuals, argument: Argument, words: str) -> str:
    """The words with the names in place of what points at them: 이 회사 지분 is 오름이온텍 지분."""
    for span in people.spans_in(argument.span):
        said = span.of(people.text)
        if said.split()[0] in ("이", "해당", "이들") and len(said.split()) == 2:
            words = words.replace(said, people.get(people.at[span]).name)
    return words


def _definite(people: Individuals, argument: Argument, name: str, head: str, kind: str) -> int | None:
    """The last individual of the kind, where the phrase is a bare or determined class noun: 이번 협약, 간담회."""
    words = argument.span.of(people.text).strip()
    lexicon = load_reference_lexicon()
    first = words.split()[0] if words.split() else ""
    determined = first in lexicon.determiners and first not in _SUCH
    bare = squeeze(name) == squeeze(head) and (determined or not is_modified(people, argument.span.start))
    if determined and bare and (called := find_called(people, head, argument.span.start)) is not None:
        return called
    for number in range(len(people.items) - 1, -1, -1):
        item = people.items[number]
        if people.resolve(number) != number or not _is_like(item.kind, kind) or not item.mentions:
            continue
        if item.mentions[0].start >= argument.span.start:
            continue
        same = any(_same_noun(squeeze(word), squeeze(head)) for known in (item.name, *item.aliases) for word in known.split())
        if determined and bare and (coarse(kind) == "ORG" or same or kind == "Agreement"):
            return number
        known = not determined and (kind in _POINTED or (argument.josa in ("은", "는") and kind in _TOPICAL)) and _SEVERAL.search(item.name) is None
        if bare and known and same and (kind in _NAMED_ONCE or (item.created and squeeze(item.name).endswith(squeeze(head)))):
            return number
        if kind == "Meeting" and _same_meeting(squeeze(item.name), item.name.split(), name.split()):
            return number
    return None


def is_modified(people: Individuals, place: int) -> bool:
    """Whether a clause or a possessor tells which thing is meant: 복원하는 연구, 남편에 관한 소송 are no things spoken of before."""
    before = people.token_before(place)
    return before is not None and before.tag in ("ETM", "JKG") and not people.text[before.span.end : place].strip(" '\"‘“")


def _is_like(known: str, kind: str) -> bool:
    """Whether a thing of one kind may be called by a noun of the other: 전체회의, an event, is a 회의."""
    return known == kind or (known == "Event" and kind in ("Meeting", "Match"))


def find_called(people: Individuals, noun: str, before: int) -> int | None:
    """The last body introduced by a class noun: "재활용 업체 리플로우셀 … 이 업체는", "합작사 '아우름AX' … 이 합작사는"."""
    for span in reversed(people.spans_in(Span(max(0, before - _CALLED_WITHIN), before))):
        if span.end > span.start and coarse(people.get(people.at[span]).kind) == "ORG":
            head = people.text[max(0, span.start - len(noun) - 2) : span.start].rstrip("'‘\"“")
            if head.endswith(noun + " "):
                return people.at[span]
    return None


def _same_noun(known: str, head: str) -> bool:
    known, head = _DEED.sub("", known), _DEED.sub("", head)
    return known.endswith(head) or head.endswith(known)


def _same_meeting(known: str, old: list[str], new: list[str]) -> bool:
    """Two descriptions of one article's meeting share their last noun and a word that is not it."""
    if not old or not new or old[-1][-3:] != new[-1][-3:]:
        return False
    return bool({w for w in old[:-1] if len(w) > 1} & {w for w in new[:-1] if len(w) > 1})


def add_agreements(people: Individuals, clauses: tuple[Clause, ...]) -> None:
    """Agreements get their parties: "KT가 MS와 동맹을 맺고" makes KT·MS 동맹, one with the partnership they signed."""
    by_parties: dict[frozenset[int], int] = {}
    for clause in clauses:
        if clause.predicate.lemma not in SIGNING:
            continue
        thing = next((a for a in clause.arguments if a.role in ("object", "locative")), None)
        if thing is None or (number := people.at.get(thing.span)) is None:
            continue
        number = people.resolve(number)
        if people.items[number].kind != "Agreement":
            continue
        parties: list[tuple[int, str]] = []
        for argument in clause.arguments:
            if argument.role in ("subject", "topic", "comitative"):
                party = find_at_head(people, argument)
                if party is None or not is_party(people, party):
                    continue
                item = people.get(party)
                for member in item.members or (people.resolve(party),):
                    member = people.resolve(member)
                    if member not in [p for p, _ in parties]:
                        parties.append((member, _shortest(people, member)))
        if len(parties) < 2:
            continue
        key = frozenset(p for p, _ in parties)
        known = by_parties.get(key)
        if known is not None and people.resolve(known) != number:
            number = people.merge(known, number)
        by_parties[key] = number
        _name_agreement(people, number, parties)


def is_party(people: Individuals, number: int) -> bool:
    """Whether an individual can be a party to an agreement."""
    item = people.get(number)
    return coarse(item.kind) in ("ORG", "PER", "LOC") or bool(item.members)


def _shortest(people: Individuals, number: int) -> str:
    """The name by which the text calls a party most: its shortest that is no 이 회사."""
    item = people.get(number)
    lexicon = load_reference_lexicon()
    names = [n for n in (item.name, *item.aliases) if n.split()[0] not in lexicon.determiners and n not in lexicon.group_words | lexicon.firms]
    return min(names or [item.name], key=lambda n: (len(n), n))


def _name_agreement(people: Individuals, number: int, parties: list[tuple[int, str]]) -> None:
    item = people.get(number)
    names = [item.name, *item.aliases]
    counted = [
        (sum(people.text.count(noun) for noun in (word,)), -_AGREEMENT_ORDER.index(word), word)
        for word in _AGREEMENT_ORDER
        if any(word in n for n in names)
    ]
    noun = max(counted)[2] if counted else item.name.split()[-1]
    title = next((n for n in names if len(squeeze(n)) > len(noun) + 3 and noun in n and not any(w in n for w in _AGREEMENT_ORDER if w != noun)), None)
    joined = "·".join(name for _, name in parties[:3])
    if title is None or len(title) > 25:
        people.rename(number, f"{joined} {noun}")
    for _, party in parties[1:]:
        people.name(number, f"{party} {noun}")
