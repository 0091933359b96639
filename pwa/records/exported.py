"""An audit trail that was taken out as a spreadsheet, followed without the database that it came from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pwa.records.chain import SAID, hash_of_said

#: columns that say in a spreadsheet's way what the hash is made of
ALIKE = ("number", "role", "action", "what", "why")


def findings(lines: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What does not hold; rows that were not asked for are none of it. The lines stand in the chain's order."""
    before = None
    for line in lines:
        number = line["number"]
        if hash_of_said(line["before"], json.loads(line["said"])) != line["hash"]:
            yield f"row {number} was changed"
        elif not _is_alike(line):
            yield f"row {number} says otherwise what its hash is made of"
        if before and int(before["number"]) + 1 == int(number) and before["hash"] != line["before"]:
            yield f"row {number} does not follow the one before"
        before = line


def end(lines: Sequence[Mapping[str, str]]) -> str:
    """As `audit verify` prints one."""
    last = lines[-1]
    return f"{_said(last)['clinic_id']}:{last['number']}:{last['hash']}"


def left_out(lines: Sequence[Mapping[str, str]]) -> int:
    """How many between the first and the last are not there."""
    return int(lines[-1]["number"]) - int(lines[0]["number"]) + 1 - len(lines)


def _is_alike(line: Mapping[str, str]) -> bool:
    said = _said(line)
    at = datetime.fromisoformat(said["at"]).replace(microsecond=0)
    return at == datetime.fromisoformat(line["at"]) and all(line[name] == str(said[name]) for name in ALIKE)


def _said(line: Mapping[str, str]) -> dict[str, str]:
    return dict(zip(SAID, json.loads(line["said"]), strict=True))
