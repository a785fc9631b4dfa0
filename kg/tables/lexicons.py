"""Word lists of the rules folder: how Korean says plans, expectations, hearsay and denial; and what verbs take."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import RuleError
from kg.tables.folders import resource_folder


@dataclass(frozen=True, slots=True)
class ClauseLexicon:
    """The lists of ``clauses.toml``; each name says what its words do to the clause that they govern."""

    plan_nouns: frozenset[str]
    proposal_nouns: frozenset[str]
    expectation_nouns: frozenset[str]
    hearsay_nouns: frozenset[str]
    charge_nouns: frozenset[str]
    bound_nouns: frozenset[str]
    denial_facts: frozenset[str]
    light_verbs: frozenset[str]
    bonding_verbs: frozenset[str]
    mutual_nouns: frozenset[str]
    light_passives: frozenset[str]
    received_nouns: frozenset[str]
    light_goals: frozenset[str]
    action_nouns: frozenset[str]
    pending_verbs: frozenset[str]
    finishing_verbs: frozenset[str]
    containing_verbs: frozenset[str]
    expecting_verbs: frozenset[str]
    hearsay_verbs: frozenset[str]
    finding_verbs: frozenset[str]
    saying_verbs: frozenset[str]
    announcing_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    requesting_verbs: frozenset[str]
    accepting_verbs: frozenset[str]
    offers: frozenset[str]
    action_naming_nouns: frozenset[str]
    voicing_verbs: frozenset[str]
    speaking_places: frozenset[str]
    denying_verbs: frozenset[str]
    denying_words: frozenset[str]
    source_markers: frozenset[str]
    publishing_verbs: frozenset[str]
    documents: frozenset[str]
    goal_verbs: frozenset[str]
    manner_nouns: frozenset[str]
    idioms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Valency:
    """How often a verb was seen, with an object, and with a subject marked by 이/가."""

    uses: int
    objects: int
    subjects: int


def read_lists(path: Path) -> Mapping[str, frozenset[str]]:
    """The word lists of a TOML file: ``{"plan_nouns": {"예정", …}}``; each must bring examples."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: {error}: mend the file or reinstall the package.") from error
    lists: dict[str, frozenset[str]] = {}
    for name, table in tables.items():
        if not table.get("examples"):
            raise RuleError(f"{path}: [{name}] has no examples: add at least one sentence that shows the list at work.")
        lists[name] = frozenset(table["words"])
    return lists


@lru_cache(maxsize=1)
def load_clause_lexicon() -> ClauseLexicon:
    """The lists of ``clauses.toml``, loaded once."""
    path = resource_folder() / "rules" / "clauses.toml"
    lists = read_lists(path)
    try:
        return ClauseLexicon(**lists)
    except TypeError as error:
        raise RuleError(f"{path}: {error}: the lists must be those of ClauseLexicon.") from error


@lru_cache(maxsize=1)
def load_valency() -> Mapping[str, Valency]:
    """What each verb takes, counted in news text: ``load_valency()["출시하다"].objects``."""
    path = resource_folder() / "weights" / "valency.tsv"
    table: dict[str, Valency] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines[1:]:
            lemma, uses, objects, subjects = line.split("\t")
            table[lemma] = Valency(int(uses), int(objects), int(subjects))
    except (OSError, ValueError) as error:
        raise RuleError(f"{path}: {error}: make it again with `kg train valency`.") from error
    return table


def is_transitive(lemma: str) -> bool:
    """Whether a verb takes an object: by the counts, else by its form (설립하다 does, 설립되다 does not)."""
    valency = load_valency().get(lemma)
    if valency is not None and valency.uses >= 8:
        return valency.objects / valency.uses >= 0.25
    return lemma.endswith(("하다", "시키다", "치다", "짓다")) and not lemma.endswith("되다")


def is_seen_transitive(lemma: str) -> bool:
    """Whether a verb was seen with objects often enough to be lent one: 출시하다 was, 퇴각하다 never."""
    valency = load_valency().get(lemma)
    if valency is None:
        return lemma.endswith("시키다")
    return valency.objects >= 1 and valency.objects / valency.uses >= 0.25


def is_verbal_noun(noun: str) -> bool:
    """Whether a noun makes a verb with 하다 or 되다: 설립 does, 펀드 does not."""
    table = load_valency()
    return noun + "하다" in table or noun + "되다" in table or noun in load_clause_lexicon().action_nouns


def is_action_noun(noun: str) -> bool:
    """Whether a noun alone can tell an action in a headline: 착공 can, 일정 (of 일정하다) cannot."""
    if noun in load_clause_lexicon().action_nouns:
        return True
    known = load_valency().get(noun + "하다")
    return known is not None and (noun + "되다" in load_valency() or 4 * known.objects >= known.uses) and known.uses >= 5


@lru_cache(maxsize=1)
def load_kind_nouns() -> Mapping[str, str]:
    """The kind that a head noun shows: ``load_kind_nouns()["계약"] == "Agreement"``; an earlier list of the file wins."""
    kinds: dict[str, str] = {}
    for kind, words in read_lists(resource_folder() / "rules" / "kinds.toml").items():
        for word in sorted(words):
            kinds.setdefault(word, kind)
    return kinds


# who is a doctor of what, and what is used like force
_DOCTORS = frozenset(("진료", "수술", "치료", "담당", "개업", "봉직", "처방", "집도", "전문", "일반", "당직", "연구"))
_POWERS = ("권", "력", "무기", "실력")
# before 연구원: a rank of its staff; after anything else it is the institute
_RANKS = frozenset("책임 선임 수석 전임 주임 객원 초빙 상임 특임 박사후 위촉 여성 남성 소속 담당 동료 보조".split())
# what a governor governs; the 지사 of anything else is a branch
_PROVINCE = re.compile(r"(?:경기|강원|충북|충남|전북|전남|경북|경남|제주|[가-힣]+도|[가-힣]+주|전|현|전직|현직|신임|당시|민선)")


def _is_will(before: str, noun: str) -> bool:
    """Whether 의사 is a will and no doctor: 사퇴 의사, 강행의사, but 진료 의사; or 행사 the use of a power: 거부권 행사."""
    if noun == "행사":
        return before.endswith(_POWERS)
    return noun == "의사" and before not in _DOCTORS and len(before) > 1 and is_verbal_noun(before)


def find_phrase_kind(phrase: str) -> str | None:
    """The kind of a description by its last words: 버스 기사 is a Person, though 기사 alone is a Work; 사퇴 의사 is nobody."""
    words = phrase.split()
    if len(words) < 2:
        return find_kind(words[0]) if words else None
    joined = load_kind_nouns().get(words[-2] + words[-1]) if min(map(len, words[-2:])) > 1 else None
    if joined is not None:
        return None if joined == "Concept" else joined
    if words[-1] == "지사" and len(words[-2]) > 1 and _PROVINCE.fullmatch(words[-2]) is None:
        return "Organization"  # 미국 지사, but 경기 지사 and 김 지사
    return None if _is_will(words[-2], words[-1]) else find_kind(words[-1])


@lru_cache(maxsize=65_536)
def find_kind(noun: str) -> str | None:
    """The kind of a description by its head noun, whole or by its ending: 사업설명회 is a Meeting as 설명회 is."""
    kinds = load_kind_nouns()
    for start in range(len(noun) - 1):
        kind = kinds.get(noun[start:])
        if kind is not None:
            if start > 1 and noun.endswith("연구원") and noun[:-3] not in _RANKS:
                return "Organization"  # 농촌경제연구원
            return None if kind == "Concept" or _is_will(noun[:start], noun[start:]) else kind
    if len(noun) == 2 and noun[1] == "씨" and noun[0] not in "날솜글말불홀맵":
        return "Person"  # 방씨
    if len(noun) == 1:
        return kinds.get(noun) if noun in ("앱", "칩", "섬", "씨") else None
    return "Event" if noun.endswith("식") and len(noun) > 2 and is_verbal_noun(noun[:-1]) else None
