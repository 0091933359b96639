"""What adds up is asked about when it falls due. The phone's rule answers the same cases (tests/checks.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from pwa.domain import effects
from pwa.domain.checks import CHECKS, asked, by_id, is_due

CASES = json.loads((Path(__file__).parents[1] / "checks.json").read_text())


@dataclass(frozen=True)
class Taken:
    at: datetime
    mg: float | None


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_check_is_due(case):
    taken = [Taken(datetime.fromisoformat(at), mg) for at, mg in case["taken"]]
    answered = datetime.fromisoformat(case["answered"]) if case["answered"] else None
    moment = datetime.fromisoformat(CASES["now"])
    assert is_due(by_id(case["check"]), taken, answered, case["phase"], moment) is case["due"]


def test_every_check_asks_about_effects_of_the_catalogue_and_says_whence_it_comes():
    for check in CHECKS:
        assert set(check.effects) <= set(effects.IDS)
        assert check.source
        assert check.days or check.treatments or check.mg


def test_the_six_that_add_up_are_there_and_what_the_clinic_must_know():
    adds_up = ["bladder", "memory", "pressure", "urges", "liver", "elevated-mood"]
    assert [check.id for check in CHECKS] == [*adds_up, "changes", "driving"]


def test_every_sign_of_the_bladder_is_in_its_check():
    assert set(by_id("bladder").effects) | {"dark-urine"} == {
        effect.id for effect in effects.CATALOGUE if effect.group == "bladder"
    }


def test_a_clinic_asks_at_its_own_times_and_adds_checks_of_its_own():
    found = {check.id: check for check in asked({"bladder": {"days": 14}}, {"own-1a2b3c4d": {"treatments": 2}})}
    assert (found["bladder"].days, found["bladder"].treatments) == (14, by_id("bladder").treatments)
    assert (found["own-1a2b3c4d"].effects, found["own-1a2b3c4d"].treatments) == (("own-1a2b3c4d",), 2)
    assert [found[check.id] for check in CHECKS if check.id != "bladder"] == [
        one for one in CHECKS if one.id != "bladder"
    ]
