"""A phone's request, read strictly: what is not of this shape is no phone of ours, and nothing of it is taken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pwa.errors import Problem
from pwa.forms.fields import ID

BATCH_VERSIONS = 500
#: beyond it a phone's own numbers are no longer exact
MOST = 2**53


@dataclass(frozen=True, slots=True)
class Asked:
    batch: str
    owner: str
    #: the phone's own word for its device; None: it has none, or none that could be ours
    device: str | None
    epoch: int
    cursor: int
    waiting: int
    versions: list[str]


def read(data: bytes) -> Asked:
    """Problem "unreadable" or "too-large"."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise Problem("unreadable") from None
    if type(said) is not dict or not _is_ours(said):
        raise Problem("unreadable")
    if len(said["versions"]) > BATCH_VERSIONS:
        raise Problem("too-large")
    device = said.get("device")
    return Asked(
        batch=said["batch"],
        owner=said["owner"],
        device=device if type(device) is str and ID.fullmatch(device) else None,
        epoch=said["epoch"],
        cursor=said["cursor"],
        waiting=said["waiting"],
        versions=said["versions"],
    )


def _is_ours(said: dict[str, Any]) -> bool:
    return (
        type(said.get("batch")) is str
        and len(said["batch"]) <= 64
        and type(said.get("owner")) is str
        and all(type(said.get(name)) is int and 0 <= said[name] <= MOST for name in ("epoch", "cursor", "waiting"))
        and type(said.get("versions")) is list
        and all(type(text) is str for text in said["versions"])
    )
