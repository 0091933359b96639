"""The terms of use in plain words. A version that was out stays as it is: who agreed can read what they agreed to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Part:
    title: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    version: int
    #: since when they are asked for
    day: date
    #: by language, en and fr
    parts: Mapping[str, tuple[Part, ...]]


def by_version(version: int) -> Terms | None:
    return next((terms for terms in TERMS if terms.version == version), None)


def _terms(path: Path) -> Terms:
    said = json.loads(path.read_text("utf-8"))
    parts = {lang: tuple(Part(one["title"], tuple(one["says"])) for one in said[lang]) for lang in ("en", "fr")}
    return Terms(said["version"], date.fromisoformat(said["day"]), parts)


TERMS = tuple(sorted(map(_terms, _FOLDER.glob("terms-*.json")), key=lambda terms: terms.version))
NEWEST = TERMS[-1]
