"""The cases that the phone is held to as well (tests/store/heads.test.mjs)."""

import json
from pathlib import Path
from typing import Any

import pytest

from pwa.domain.heads import heads
from pwa.domain.journal import standing_audience

GOLDEN: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent.parent / "heads.json").read_text())


@pytest.mark.parametrize("case", GOLDEN["heads"], ids=lambda case: case["name"])
def test_the_same_versions_stand_on_the_phone_and_here(case: dict[str, Any]) -> None:
    assert sorted(heads(case["parents"])) == case["heads"]


@pytest.mark.parametrize("case", GOLDEN["audiences"], ids=lambda case: case["name"])
def test_the_same_people_may_read_it_on_the_phone_and_here(case: dict[str, Any]) -> None:
    assert standing_audience(case["heads"]) == case["stands"]
