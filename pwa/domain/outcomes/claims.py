"""What is claimed of ketamine therapy: data with a source and a date, in our own words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

#: days after which a source has to be read again
GOOD_FOR = 365
UNITS = ("share", "days")

_FILE = Path(__file__).parent.parent / "data" / "claims.json"


@dataclass(frozen=True)
class Figure:
    """Shares from 0 to 1."""

    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class Claim:
    """Words by language, en and fr."""

    id: str
    title: Mapping[str, str]
    #: None: no figure is given
    figure: Figure | None
    says: Mapping[str, str]
    #: what was measured, in whom, with what
    measured: Mapping[str, str]
    #: why nothing is compared; None: it can be
    differs: Mapping[str, str] | None
    unconfirmed: Mapping[str, str]
    source: str
    read_on: date


def _claim(entry: dict[str, Any]) -> Claim:
    figure = Figure(**entry["figure"]) if entry["figure"] else None
    read_on = date.fromisoformat(entry["read_on"])
    words = (entry["says"], entry["measured"], entry["differs"], entry["unconfirmed"])
    return Claim(entry["id"], entry["title"], figure, *words, entry["source"], read_on)


CLAIMS = tuple(map(_claim, json.loads(_FILE.read_text("utf-8"))["claims"]))
