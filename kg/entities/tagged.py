"""Names that the trained tagger finds, without the ordinary nouns that it takes for names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.evidence import Evidence
from kg.entities.kinds import CLASS_NOUNS, PERSON, PLACES, is_plain, kind_of_ending, refine
from kg.entities.people import NameTable, is_full_name
from kg.entities.people_patterns import Found, PeopleFinder
from kg.entities.tagging import find_klue_names, load_tagger
from kg.entities.words import Word
from kg.model import Token

_CLUBS = frozenset(("CF", "FC", "SC", "AC"))
_ACADEMIC = re.compile(r"교수|총장|학과|캠퍼스|재학생|신입생")
_ILLNESS = re.compile(r" ?(?:증후군|바이러스|병(?=[은는이가을를의에 ]))")
_DISEASE = re.compile(r"(?:바이러스|감염증|증후군|독감|폐렴|결핵|백혈병|전염병|열병|뇌염|간염|홍역|콜레라|패혈증)(?:-?\d+)?$")


def find_tagged(text: str, tokens: Sequence[Token], words: Sequence[Word], people: PeopleFinder, evidence: Evidence) -> Iterator[Found]:
    """The tagger's names of a sentence, each with the kind that its end or the words beside it tell."""
    gazetteers, forms = people.gazetteers, load_tagger().maker.forms
    tags = {token.span.start: token.tag for token in tokens}
    following = {word.start - 1: word for word in words if word.gap == " "}
    for mention in find_klue_names(text, tokens):
        if mention.kind not in ("PS", "LC", "OG"):
            continue
        start, end = mention.span.start, mention.span.end
        first, space, rest = text[start:end].partition(" ")
        if space and first in CLASS_NOUNS and evidence.kind_of(rest) == CLASS_NOUNS[first]:
            start += len(first) + 1  # 뉴스레터 뉴닉: the class noun is no part of the name
        if mention.kind == "PS" and space and is_full_name(first, people.names) and not people.names.is_person(rest):
            end = start + len(first)  # 고영근 호패: what somebody owns
        if text[start] in "故고" and end - start > 3 and is_full_name(text[start + 1 : end], people.names):
            start += 1  # 故한도윤 씨
        name = text[start:end]
        covered = [tag for place, tag in tags.items() if start <= place < end]
        if _ILLNESS.match(text, end) is not None:
            continue  # 람세이 헌트 증후군
        if len(name) < 2 or name in _CLUBS or is_plain(name) or name in gazetteers.titles:
            continue
        told = evidence.kind_of(name)
        usual = " " not in name and forms.is_usually(name, mention.kind)
        if mention.kind == "PS" and name[-1] == "호" and covered[-1:] == ["NNB"]:
            yield start, end, "Product", "tagger", 53  # 천마/NNG 호/NNB: a ship or a tank
            continue
        if mention.kind == "PS":
            if told is not None and not (len(name) == 3 and people.is_name(name) and people.names.is_person(name)):
                yield start, end, told, "class-noun", 56
                continue
            if not usual and not _is_person(name, covered, people, evidence):
                yield start, end, PERSON, "tagger", 0  # no person, and a body neither where the tagger says so elsewhere
                continue
            after = following.get(end)
            if (
                " " not in name
                and not people.is_name(name)
                and after is not None
                and (after.tags == ("NNP",) or (after.tags == ("NNG",) and evidence.is_unheard(after.text)))
                and after.josa
                and gazetteers.entry(after.text) is None
            ):
                end = after.end  # 하파엘 세라핌이: a foreign name goes on
            yield start, end, PERSON, "tagger", 52
            continue
        if mention.kind == "OG" and name.isascii() and name.isupper() and gazetteers.entry(name) is None and told is None:
            continue
        if mention.kind == "OG" and _DISEASE.search(name):
            continue  # 코로나바이러스감염증-19 is no body
        if covered == ["NNG"] and mention.kind == "OG" and not people.names.is_person(name) and told is None:
            continue
        if told is None and not usual and not (evidence.is_place(name) if mention.kind == "LC" else evidence.is_body(name, covered)):
            continue
        if mention.kind == "OG" and told is None and name[-1] == "대" and covered == ["NNP"] and _ACADEMIC.search(text):
            told = "University"  # 한빛대는: no corps where professors are
        entry = gazetteers.entry(name)
        placed = entry.kind if entry is not None and entry.kind in PLACES else None  # a country that acts is still one
        yield start, end, told or placed or refine(mention.kind, name), "tagger", 50


def _is_person(name: str, tags: list[str], people: PeopleFinder, evidence: Evidence) -> bool:
    names: NameTable = people.names
    known = names.is_person(name)
    if not known and any(tag.startswith("J") for tag in tags):
        return False  # 정세나 위협에, ZFNs나 탈렌: a josa in the middle
    if "SL" in tags and re.search("[가-힣]", name) and re.search(r"[A-Z]{2,}|^[A-Z][가-힣]", name):
        return False  # 발렌시아 CF, B등급
    taken_apart = len(tags) == len(name) and people.is_name(name, 1.0)  # 표/NNG 은/NNG 수/NNG
    if set(tags) <= {"NNG", "XSN", "NNB"} and not taken_apart and not (known and (len(tags) > 1 or evidence.is_unheard(name))):
        compound = len(name) > 3 and not known  # 강력범죄 in a poll that says
        return evidence.is_addressed(name) if compound else evidence.is_animate(name)  # 주인, 은하수: a noun that somebody may also be called
    if len(name) > 3 and kind_of_ending(name) is not None and not people.is_name(name):
        return False
    if " " in name and any(part in people.gazetteers.titles or (part.endswith(("장", "관", "원")) and len(part) > 3) for part in name.split()[1:]):
        return False
    return evidence.is_person(name, tags)
