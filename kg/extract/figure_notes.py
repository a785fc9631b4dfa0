"""What is told beside a figure: when it held, what it rose from, and which numbers of its clause are of something else."""

from __future__ import annotations

import re

from kg.extract.qualifiers import is_bounded
from kg.extract.scene import Scene
from kg.model import Argument, Clause, Qualifier, Quantity, Time

_RATIOS = frozenset(("%", "%p", "배"))
_PEOPLE = frozenset(("명", "인", "%", "%p", "배", "세"))
_COUNTED = re.compile(r"(?:직원|이용자|가입자|사용자|관객|인구|확진자|사망자|환자|회원|팬|주민|응답자|참가자|구독자|유권자)$")  # who are told by 명
_ENDS = re.compile(r"(?<=[가-힣A-Za-z)])[와과](?:의)?\s")
_LONGEST_LIST = 2  # numbers of one unit beside a figure, over which each is of something else


def find_times(scene: Scene, clause: Clause) -> list[Qualifier]:
    """The times of a clause with a figure."""
    found: list[Time] = []
    for argument in clause.arguments:
        for time in scene.times_in(clause.sentence, argument.span):
            if time not in found:
                found.append(time)
    for time in scene.times_in(clause.sentence, clause.span):
        if time not in found and len(found) < 2:
            found.append(time)
    told = (t for t in found if t.grain != "duration" or not is_bounded(scene, t))  # 27년 만에 가장 춥다: not how long
    return [Qualifier("duration" if t.grain == "duration" else "time", t) for t in told]


def keep_nearest(times: list[Qualifier], number: Quantity) -> list[Qualifier]:
    """Of several days the last before the number: 지난해 of "2011년 3733건에서 지난해 4492건으로"."""
    dated = [q for q in times if q.role == "time" and isinstance(q.value, Time)]
    before = [q for q in dated if isinstance(q.value, Time) and q.value.span.start < number.span.start]
    if len(dated) < 2 or not before:
        return times
    return [max(before, key=lambda q: q.value.span.start if isinstance(q.value, Time) else 0)]


def find_first(measured: Argument, principal: Quantity, numbers: list[tuple[Argument, Quantity]]) -> Quantity:
    """The first of several numbers of one unit, where none is what it rose from: 10도 of "서울 기온은 10도, 철원은 15도까지"."""
    alike = [q for a, q in numbers if q.unit == principal.unit and a.josa != "에서" and q.span.start > measured.span.end]
    return min([principal, *alike], key=lambda q: q.span)


def find_others(principal: Quantity, numbers: list[tuple[Argument, Quantity]]) -> list[Qualifier]:
    """What a figure rose from, and by which share; other numbers are of other things."""
    left = [Qualifier("comparedTo", q) for a, q in numbers if q is not principal and a.josa == "에서"]
    shares = [q for a, q in numbers if q is not principal and a.josa != "에서" and q.unit in _RATIOS and principal.unit not in _RATIOS]
    return [*left, *(Qualifier("amount", q) for q in shares if len(shares) == 1)]


def is_apt(scene: Scene, relation: str, measured: Argument, number: Quantity, numbers: list[tuple[Argument, Quantity]]) -> bool:
    """Whether a number can be that of its measure: not 건 of people, not the distance between two, not the first of a list of others' shares."""
    words = measured.span.of(scene.text)
    if relation == "kg:count" and number.unit == "세":
        return False  # 확진자는 48세 남성이다
    if relation == "kg:count" and _COUNTED.search(words) and number.unit not in _PEOPLE:
        return False
    if relation.startswith("kgo:") and _ENDS.search(words):
        return False  # 두께와 무게; 가람과 누리 사이의 거리
    alike = sum(q.unit == number.unit and a.josa != "에서" for a, q in numbers)
    return alike <= _LONGEST_LIST or number.span.start - measured.span.end < 4  # what stands between is whose the number is
