"""Whom to call in danger, by region. Numbers are data with a source and a date; only those that were checked are shown.

Where nothing was checked we show no number at all: a wrong one is worse than "call the emergency number where you are".
A person there chooses `ELSEWHERE`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

#: days after which a checked number has to be checked again (facts: 6 of 69 apps gave a wrong or dead number)
GOOD_FOR = 180
ELSEWHERE = "elsewhere"

_FILE = Path(__file__).parent / "data" / "crisis-lines.json"


@dataclass(frozen=True)
class Line:
    id: str
    #: by language, en and fr
    name: Mapping[str, str]
    #: to be read and spoken, "9-8-8"; None: by text only
    number: str | None
    #: for a tel: link
    tel: str | None
    #: to be read: where a text goes; None: by phone only
    text: str | None
    #: for an sms: link, and the word that opens the talk, if one is needed
    sms: str | None
    sms_word: str | None
    hours: Mapping[str, str]
    whom: Mapping[str, str]
    source: str
    #: the day on which the source was read; None: not checked, never shown
    verified_on: date | None
    verified_by: str | None


@dataclass(frozen=True)
class Region:
    id: str
    name: Mapping[str, str]
    #: None only for a region that is not offered, and for elsewhere
    emergency: Line | None
    lines: tuple[Line, ...]


def regions() -> tuple[Region, ...]:
    """The regions to choose from, with their checked lines only, and "somewhere else", which has none, at the end."""
    checked = (Region(region.id, region.name, region.emergency, _checked(region.lines)) for region in everything())
    offered = (region for region in checked if region.emergency and _checked((region.emergency,)) and region.lines)
    return (*offered, Region(ELSEWHERE, {"en": "Somewhere else", "fr": "Ailleurs"}, None, ()))


def by_id(region: str | None) -> Region:
    """The region to show; for one that is not offered, "somewhere else"."""
    offered = {each.id: each for each in regions()}
    return offered.get(region or ELSEWHERE, offered[ELSEWHERE])


@cache
def everything() -> tuple[Region, ...]:
    """All that the file holds, unchecked lines too. For tests and for whoever checks the lines; never for a page."""
    return tuple(
        Region(region["id"], region["name"], _line(region["emergency"]), tuple(map(_line, region["lines"])))
        for region in json.loads(_FILE.read_text("utf-8"))["regions"]
    )


def _checked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.verified_on is not None)


def _line(entry: dict[str, Any]) -> Line:
    return Line(
        entry["id"],
        entry["name"],
        entry.get("number"),
        entry.get("tel"),
        entry.get("text"),
        entry.get("sms"),
        entry.get("sms_word"),
        entry["hours"],
        entry["for"],
        entry["source"],
        date.fromisoformat(entry["verified_on"]) if entry["verified_on"] else None,
        entry["verified_by"],
    )
