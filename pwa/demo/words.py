"""The demo's texts and names, in two languages."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(language: str) -> dict[str, Any]:
    """entries (when: after a treatment or between; feeling: low, even, good; by: only for her, or for him), notes,
    afterthoughts, other (effects in one's own words), plan (of patient@demo.test), of staff (notes by role) and told
    (adverse events told by phone), these three in English alone; she, he, family: names."""
    texts: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return texts[language]
