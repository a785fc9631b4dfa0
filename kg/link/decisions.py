"""What the user has decided about identity: ``identity.toml`` with [[same]] and [[different]] entries."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.link.instances import Instance
from kg.link.traits import squeeze

_FORM = 'write [[same]] or [[different]] with of = ["이름", {name = "이름", article = "기사 id"}]'


@dataclass(frozen=True, slots=True)
class Named:
    """Who is meant: everything of a name, or what bears it in one article."""

    name: str
    article: str | None = None

    def is_of(self, instance: Instance) -> bool:
        """Whether an instance is meant."""
        if self.article is not None and self.article != instance.article:
            return False
        return any(squeeze(name) == squeeze(self.name) for name in (instance.name, *instance.aliases))


@dataclass(frozen=True, slots=True)
class Decisions:
    """Those who are one, and those who are not; each entry names at least two."""

    same: tuple[tuple[Named, ...], ...] = ()
    different: tuple[tuple[Named, ...], ...] = ()
    _keys: dict[str, list[tuple[int, int]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for entry, several in enumerate(self.different):
            for side, named in enumerate(several):
                self._keys.setdefault(squeeze(named.name), []).append((entry, side))

    def sides(self, instance: Instance) -> dict[int, int]:
        """On which side of each [[different]] entry an instance stands."""
        if not self._keys:
            return {}
        found: dict[int, int] = {}
        for name in dict.fromkeys(map(squeeze, (instance.name, *instance.aliases))):
            for entry, side in self._keys.get(name, ()):
                if self.different[entry][side].is_of(instance):
                    found.setdefault(entry, side)
        return found

    def together(self, instances: Sequence[Instance]) -> list[list[int]]:
        """The places of the instances that each [[same]] entry makes one."""
        if not self.same:
            return []
        by_name: dict[str, list[int]] = {}
        for number, instance in enumerate(instances):
            for name in dict.fromkeys(map(squeeze, (instance.name, *instance.aliases))):
                by_name.setdefault(name, []).append(number)
        return [
            sorted({n for named in several for n in by_name.get(squeeze(named.name), ()) if named.is_of(instances[n])}) for several in self.same
        ]


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; :class:`InputError` where it is not one.

    ``[[same]] of = ["새울전자", "SEOUL Electronics"]`` makes one of two;
    ``[[different]] of = [{name = "한도윤", article = "a1"}, {name = "한도윤", article = "a2"}]`` keeps two apart.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); name a file of decisions", path) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{error}; {_FORM}", path) from error
    if unknown := sorted(tables.keys() - {"same", "different"}):
        raise InputError(f"{unknown[0]!r} is no table of decisions; {_FORM}", path)
    return Decisions(*(tuple(_entry(path, key, entry) for entry in _list(path, key, tables.get(key, []))) for key in ("same", "different")))


def _list(path: Path, key: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise InputError(f"{key} has one pair of brackets; {_FORM}", path)
    return value


def _entry(path: Path, key: str, entry: object) -> tuple[Named, ...]:
    members = entry.get("of") if isinstance(entry, dict) else None
    if not isinstance(members, list) or len(members) < 2 or (isinstance(entry, dict) and entry.keys() != {"of"}):
        raise InputError(f"an entry of [[{key}]] names fewer than two; {_FORM}", path)
    return tuple(_named(path, key, member) for member in members)


def _named(path: Path, key: str, member: object) -> Named:
    if isinstance(member, str) and squeeze(member):
        return Named(member)
    if isinstance(member, dict) and member.keys() <= {"name", "article"} and all(isinstance(v, str) and v for v in member.values()):
        if squeeze(member.get("name", "")):
            return Named(member["name"], member.get("article"))
    raise InputError(f"{member!r} in [[{key}]] is no name; {_FORM}", path)
