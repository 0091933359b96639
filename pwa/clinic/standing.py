"""Of several heads of one record the later written is shown, and the others are mentioned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar


class Head(Protocol):
    record: Any
    version_id: Any
    written_at: Any


H = TypeVar("H", bound=Head)


@dataclass(frozen=True)
class Standing(Generic[H]):
    head: H
    #: written on another phone, without sight of the one that is shown
    others: list[H]


def standing(heads: Iterable[H], by: Callable[[H], datetime]) -> list[Standing[H]]:
    """One for each record, the newest first by the moment that `by` names."""
    records: dict[str, list[H]] = defaultdict(list)
    for head in heads:
        records[head.record].append(head)
    found = []
    for of_record in records.values():
        first, *others = sorted(of_record, key=lambda head: (head.written_at, head.version_id), reverse=True)
        found.append(Standing(first, others))
    return sorted(found, key=lambda one: by(one.head), reverse=True)
