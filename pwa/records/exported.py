"""An audit trail that is taken out as a spreadsheet: what its columns hold, and followed without its database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from pwa.records.chain import SAID, hash_of_said, span

#: by the database as it was when the file was made: in no hash, and their headings say so
WORDS = ("who", "who_now", "here_since", "codes", "reason")
COLUMNS = ["number", "at", *WORDS[:3], "role", "action", "what", "codes", "records", "why", "reason"]
COLUMNS += ["address", "device", "person", "patients", "said", "before", "hash"]
HEADINGS = [f"{name} (not held)" if name in WORDS else name for name in COLUMNS]


def held(said: Mapping[str, Any]) -> dict[str, str]:
    """The cells that say in a spreadsheet's way what the hash is made of; but for the moment, which has a zone."""
    plain = {name: str(said[name]) for name in ("number", "role", "action", "what", "why")}
    plain |= {name: said[name] or "" for name in ("address", "device")}
    joined = {name: " ".join(said[name]) for name in ("patients", "records")}
    return {**plain, **joined, "person": said["person_id"] or ""}


@dataclass(frozen=True)
class Line:
    number: int
    said: Mapping[str, Any]
    cells: Mapping[str, str]


class Unreadable(ValueError):
    """A file, or a cell of it, that no trail of ours can hold."""


def read(rows: Sequence[Mapping[str | None, Any]], headings: Sequence[str]) -> list[Line]:
    """As they stand in the file."""
    if sorted(headings) != sorted(HEADINGS):
        other = sorted({*headings} ^ {*HEADINGS}) or ["a heading twice"]
        raise Unreadable(f"These are not the columns of an audit trail: {', '.join(other)}")
    if not rows:
        raise Unreadable("No row stands in it.")
    return [_line(row, place) for place, row in enumerate(rows, 2)]


def findings(lines: Sequence[Line]) -> Iterator[str]:
    """What does not hold, but for rows that are not there. The newest stands first, as it was taken out."""
    for line in lines:
        if hash_of_said(line.cells["before"], line.said.values()) != line.cells["hash"]:
            yield f"row {line.number} was changed"
        for column in _otherwise(line):
            yield f"row {line.number} says otherwise what its hash is made of: {column}"
    for after, before in pairwise(lines):
        yield from _misplaced(before, after)
    if lines[-1].number == 1 and lines[-1].cells["before"]:
        yield "row 1 follows another"
    yield from _words_at_odds(lines)


def left_out(lines: Sequence[Line]) -> list[str]:
    """Between the first and the last."""
    numbers = sorted(line.number for line in lines)
    return [span(before + 1, after - 1) for before, after in pairwise(numbers) if after > before + 1]


def end(lines: Sequence[Line]) -> str:
    """As `audit verify` prints one."""
    newest = max(lines, key=lambda line: line.number)
    return f"{newest.said['clinic_id']}:{newest.number}:{newest.cells['hash']}"


def _line(row: Mapping[str | None, Any], place: int) -> Line:
    if None in row or None in row.values():
        raise Unreadable(f"Line {place} has more or fewer cells than there are columns.")
    cells = {name: str(row[heading]) for name, heading in zip(COLUMNS, HEADINGS, strict=True)}
    try:
        said = dict(zip(SAID, json.loads(cells["said"]), strict=True))
        at, shown = datetime.fromisoformat(said["at"]), datetime.fromisoformat(cells["at"])
    except (ValueError, TypeError):
        raise Unreadable(f"Line {place} cannot be read: its “said” or its “at” is no such thing.") from None
    if not _is_sound(said) or None in (at.tzinfo, shown.tzinfo):
        raise Unreadable(f"Line {place} cannot be read: no row of a trail says this.")
    return Line(said["number"], said, cells)


def _is_sound(said: Mapping[str, Any]) -> bool:
    lists = [said["patients"], said["records"]]
    may_lack = [said[name] for name in ("person_id", "address", "device")]
    texts = [said[name] for name in ("clinic_id", "role", "action", "what", "why")]
    return (
        type(said["number"]) is int
        and all(isinstance(one, list) and all(isinstance(each, str) for each in one) for one in lists)
        and all(one is None or isinstance(one, str) for one in may_lack)
        and all(isinstance(one, str) for one in texts)
    )


def _otherwise(line: Line) -> Iterator[str]:
    """A spreadsheet's apostrophe before what could be a formula is ours."""
    said = datetime.fromisoformat(line.said["at"]).replace(microsecond=0)
    if datetime.fromisoformat(line.cells["at"]) != said:
        yield "at"
    yield from (name for name, text in held(line.said).items() if line.cells[name] not in (text, f"'{text}"))


def _misplaced(before: Line, after: Line) -> Iterator[str]:
    if before.number == after.number:
        yield f"row {after.number} stands there twice"
    elif before.number > after.number:
        yield f"row {after.number} is out of its place"
    elif before.number + 1 == after.number and before.cells["hash"] != after.cells["before"]:
        yield f"row {after.number} does not follow the one before"
    if before.said["clinic_id"] != after.said["clinic_id"]:
        yield f"row {after.number} is of another clinic than the one before"


def _words_at_odds(lines: Sequence[Line]) -> Iterator[str]:
    """Words are in no hash; but in one file somebody has one code, or one name of today."""
    called: dict[str, str] = {}
    for line in lines:
        ids, codes = line.said["patients"], [code.lstrip("'") for code in line.cells["codes"].split(", ") if code]
        if len(ids) != len(codes):
            yield f"row {line.number} names more or fewer patients by code than by id"
            continue
        those = dict(zip(ids, codes, strict=True))
        if line.said["role"] == "patient":
            those[line.said["person_id"]] = line.cells["who"].lstrip("'")
        elif person := line.said["person_id"]:
            those[person] = f"{line.cells['who_now']}, {line.cells['here_since']}"
        if any(called.setdefault(id_, word) != word for id_, word in those.items()):
            yield f"row {line.number} calls somebody otherwise than a row above"
        if line.cells["reason"] and line.said["what"] != "emergency":
            yield f"row {line.number} has a reason, which only an emergency has"
