"""Codes of other vocabularies for the effects. The file behind it can be left out; then nothing has a code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "codes.json"


@dataclass(frozen=True)
class Codes:
    #: SNOMED CT code, and what it means where that is not quite the effect
    snomed: Mapping[str, str | None]
    hpo: tuple[str, ...]
    #: names of preferred terms, not confirmed
    meddra: tuple[str, ...]
    #: names of CTCAE v5 terms, where their grades were read
    ctcae: tuple[str, ...]


NONE = Codes({}, (), (), ())


def of(effect: str) -> Codes:
    """The codes of an effect; none if the effect has none or the file was left out."""
    return load(FILE).get(effect, NONE)


@cache
def load(file: Path) -> Mapping[str, Codes]:
    if not file.exists():
        return {}
    effects = json.loads(file.read_text("utf-8"))["effects"]
    return {
        effect: Codes(
            {each["code"]: each.get("means") for each in codes["snomed"]},
            tuple(codes["hpo"]),
            tuple(codes["meddra"]),
            tuple(codes.get("ctcae", ())),
        )
        for effect, codes in effects.items()
    }
