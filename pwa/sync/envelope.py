"""A version's text, read strictly and totally: any text at all gives a statement, and what is wrong stands in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pwa.forms.adapter import named
from pwa.forms.fields import ID, day_in, moment_in
from pwa.forms.wrong import Error, Wrong

VERSION_BYTES = 256 * 1024
#: heads that could stand on one screen, and then some
PARENTS = 100

KIND = re.compile(r"[a-z][a-z0-9-]{0,23}")
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")
SEALED = frozenset({"id", "key", "sealed"})

NEVER = datetime.min.replace(tzinfo=UTC)
#: (id, id of the key, what is sealed) → the text; None: it cannot be opened
Unseal = Callable[[str, str, str], str | None]


@dataclass(slots=True)
class Statement:
    """What a text says. Without errors every field is there and of its type; with errors, those that could be read."""

    text: bytes
    id: str
    errors: list[Error] = field(default_factory=list)
    record: str | None = None
    kind: str | None = None
    schema: int = 0
    parents: list[str] = field(default_factory=list)
    day: date = date.min
    felt_at: datetime = NEVER
    written_at: datetime = NEVER
    zone: str = ""
    #: in the schema it was written in, until it is judged; None withdraws
    body: dict[str, Any] | None = None


def read(text: str, unseal: Unseal) -> Statement:
    """A sealed text is read as what is inside it; if it cannot be opened, it is kept sealed."""
    fields, errors = _parsed(text)
    if fields is None or not _is_id(fields.get("id")):
        return Statement(as_bytes(text), digest_id(text), [Wrong("unreadable").of("version")])
    if fields.keys() == SEALED:
        return _opened(text, fields, unseal)
    return _stated(text, fields, errors)


def as_bytes(text: str) -> bytes:
    """As it is kept: a half of a pair passes."""
    return text.encode("utf-8", "surrogatepass")


def as_text(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")


def digest_id(text: str) -> str:
    """Under which a text without a readable id of its own is kept: the same text, the same id."""
    return "sha256:" + hashlib.sha256(as_bytes(text)).hexdigest()[:32]


def _opened(text: str, fields: Mapping[str, Any], unseal: Unseal) -> Statement:
    key, sealed = fields["key"], fields["sealed"]
    inner = unseal(fields["id"], key, sealed) if _is_id(key) and isinstance(sealed, str) else None
    if inner is not None:
        said, errors = _parsed(inner)
        if said is not None and said.get("id") == fields["id"]:
            return _stated(inner, said, errors)
    return Statement(as_bytes(text), fields["id"], [Wrong("sealed").of("version")])


def _stated(text: str, fields: Mapping[str, Any], errors: list[Error]) -> Statement:
    stated = Statement(as_bytes(text), fields["id"], errors)
    if len(stated.text) > VERSION_BYTES:
        errors.append(Wrong("too-large").of("version"))
    for name, (reader, code) in READERS.items():
        if name not in fields:
            errors.append(Wrong("needed").of(name))
        elif (value := reader(fields[name])) is not None:
            setattr(stated, name, value)
        elif name != "body" or fields["body"] is not None:
            errors.append(Wrong(code).of(name))
    if len(fields) > len(READERS) + 1:
        errors += [Wrong("unknown").of(named(name)) for name in fields if name not in READERS and name != "id"]
    return stated


class _Twice(ValueError):
    """A key stands twice in one object, so that readers would differ on what it says."""


def _parsed(text: str) -> tuple[dict[str, Any] | None, list[Error]]:
    """None if the text is no JSON object. Too deep or too long a number counts as no JSON."""
    try:
        try:
            fields, errors = _ONCE.decode(text), []
        except _Twice:
            fields, errors = json.loads(text), [Wrong("twice").of("version")]
    except (ValueError, RecursionError):
        return None, []
    return (fields, errors) if type(fields) is dict else (None, [])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Twice
    return fields


_ONCE = json.JSONDecoder(object_pairs_hook=_once)


def _is_id(value: Any) -> bool:
    return type(value) is str and ID.fullmatch(value) is not None


def _id(value: Any) -> str | None:
    return value if _is_id(value) else None


def _kind(value: Any) -> str | None:
    return value if type(value) is str and KIND.fullmatch(value) else None


def _schema(value: Any) -> int | None:
    return value if type(value) is int and 1 <= value <= 9999 else None


def _ids(value: Any) -> list[str] | None:
    return value if type(value) is list and len(value) <= PARENTS and all(map(_is_id, value)) else None


def _day(value: Any) -> date | None:
    return day_in(value) if type(value) is str else None


def _moment(value: Any) -> datetime | None:
    return moment_in(value) if type(value) is str else None


def _zone(value: Any) -> str | None:
    return value if type(value) is str and ZONE.fullmatch(value) else None


def _body(value: Any) -> dict[str, Any] | None:
    return value if type(value) is dict else None


#: field → how it is read (None: not so) and what is wrong if it cannot be
READERS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "record": (_id, "id"),
    "kind": (_kind, "unknown-kind"),
    "schema": (_schema, "whole"),
    "parents": (_ids, "id"),
    "day": (_day, "day"),
    "felt_at": (_moment, "moment"),
    "written_at": (_moment, "moment"),
    "zone": (_zone, "zone"),
    "body": (_body, "group"),
}


def written(
    kind: str,
    body: Mapping[str, Any] | None,
    *,
    id: str,
    record: str,
    day: date,
    felt_at: datetime,
    written_at: datetime,
    zone: str,
    parents: Iterable[str] = (),
    schema: int = 1,
) -> str:
    """The text of a version that this server writes itself: what the clinic says, and the demo's patients."""
    says = {
        "id": id,
        "record": record,
        "kind": kind,
        "schema": schema,
        "parents": list(parents),
        "day": day.isoformat(),
    }
    says |= {"felt_at": felt_at.isoformat(timespec="seconds"), "written_at": written_at.isoformat(timespec="seconds")}
    return json.dumps({**says, "zone": zone, "body": body}, ensure_ascii=False, separators=(",", ":"))
