"""What is claimed elsewhere is sourced, dated and read lately."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.domain.outcomes import CLAIMS, Claim, Figure, lies
from pwa.domain.outcomes.claims import GOOD_FOR, UNITS


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_no_source_was_read_more_than_a_year_ago(claim: Claim) -> None:
    age = datetime.now(UTC).date() - claim.read_on
    assert timedelta() <= age <= timedelta(days=GOOD_FOR), f"read the source of {claim.id} again"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_claim_says_in_both_languages_what_was_measured_and_what_is_not_confirmed(claim: Claim) -> None:
    assert claim.source.startswith("https://")
    for words in (claim.title, claim.says, claim.measured, claim.unconfirmed, claim.differs or claim.title):
        assert set(words) == {"en", "fr"}
        assert all(words.values())


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_what_has_no_figure_is_never_compared(claim: Claim) -> None:
    assert claim.differs or claim.figure
    if claim.figure:
        assert claim.figure.unit in UNITS
        assert 0 <= claim.figure.low <= claim.figure.high


def test_mood_and_thoughts_are_not_held_against_scales_that_measure_something_else() -> None:
    assert {claim.id for claim in CLAIMS if claim.differs} == {"relief", "thoughts", "lasting"}


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ((0.5, 0.7), "within"),
        ((0.51, 1.0), "within"),
        ((0.4, 0.7), "across"),
        ((0.1, 0.49), "below"),
        ((0.3, None), "across"),
        ((None, None), "across"),
    ],
)
def test_an_interval_that_reaches_over_an_edge_does_not_tell(interval, said) -> None:
    assert lies(interval, Figure("share", 0.5, 1)) == said


def test_later_than_two_to_three_weeks_lies_above_them() -> None:
    assert lies((22, None), Figure("days", 14, 21)) == "above"
    assert lies((17, 22), Figure("days", 14, 21)) == "across"
