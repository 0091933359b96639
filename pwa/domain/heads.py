"""Which versions of a record stand, whatever the order in which they came."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar


class Written(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def written_at(self) -> datetime: ...


V = TypeVar("V", bound=Written)


def heads(parents: Mapping[str, Collection[str]]) -> set[str]:
    """The ids that no other version names as a parent. `parents`: of each version of one record, the ids that it names.

    Names of versions that are not there, and of oneself, count for nothing. Versions that name each other in a ring
    would hide each other and the record with them: what no head leads back to is opened by its greatest id."""
    named = {name for version, names in parents.items() for name in names if name != version}
    standing = set(parents) - named
    seen = _with_ancestors(standing, parents, set())
    for version in sorted(parents, reverse=True):
        if version not in seen:
            standing.add(version)
            seen |= _with_ancestors({version}, parents, seen)
    return standing


def shown_first(versions: Iterable[V]) -> list[V]:
    """The later writing first; of the same moment, the greater id."""
    return sorted(versions, key=lambda version: (version.written_at, version.id), reverse=True)


def _with_ancestors(start: Collection[str], parents: Mapping[str, Collection[str]], seen: set[str]) -> set[str]:
    found, open_ = set(start), list(start)
    while open_:
        for name in parents[open_.pop()]:
            if name in parents and name not in found and name not in seen:
                found.add(name)
                open_.append(name)
    return found
