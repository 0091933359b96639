"""The effects of a treatment, all reports together: how strong at most, and whether gone within hours."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pwa.domain.outcomes import InAll, in_all


@dataclass(frozen=True)
class Said:
    effect: str = "nausea"
    severity: int = 1
    window: str = "acute"
    ongoing: bool | None = None
    lasted: str | None = None


def test_the_strongest_level_of_an_effect_counts_and_what_was_not_felt_does_not():
    said = [Said(severity=1), Said(severity=2, window="next-day"), Said("headache"), Said("dizziness", severity=0)]
    assert in_all(said) == InAll(felt=2, mild=1, timed=0, brief=0)


@pytest.mark.parametrize(
    ("said", "timed", "brief"),
    [
        ([Said(lasted="under-1h")], 1, 1),
        ([Said(lasted="4-12h")], 1, 1),
        ([Said(lasted="longer")], 1, 0),
        ([Said(lasted="1-4h"), Said(window="next-day", ongoing=True)], 1, 0),
        ([Said(ongoing=True)], 0, 0),
        ([Said(ongoing=True), Said(window="next-day", ongoing=False, lasted="1-4h")], 1, 1),
        ([Said()], 0, 0),
    ],
)
def test_what_still_goes_on_the_next_day_is_not_gone_within_hours_and_what_was_not_said_is_not_known(
    said, timed, brief
):
    found = in_all(said)
    assert (found.timed, found.brief) == (timed, brief)


def test_weeks_later_and_what_is_only_so_or_not_do_not_count():
    assert in_all([Said(window="week"), Said("drove")]).felt == 0
