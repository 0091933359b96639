"""Numbers for a crisis are sourced, dated and fresh."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.domain import crisis
from pwa.domain.crisis import Line, Region

SHOWN = [line for region in crisis.regions() for line in (*region.lines, region.emergency) if line]


@pytest.mark.parametrize("line", SHOWN, ids=lambda line: line.id)
def test_no_line_that_is_shown_was_checked_more_than_180_days_ago(line: Line) -> None:
    assert line.verified_on is not None
    assert datetime.now(UTC).date() - line.verified_on <= timedelta(days=crisis.GOOD_FOR), f"check {line.id} again"


@pytest.mark.parametrize("line", SHOWN, ids=lambda line: line.id)
def test_every_line_that_is_shown_says_who_checked_it_where_and_can_be_reached(line: Line) -> None:
    assert line.source.startswith("https://")
    assert line.verified_by
    assert (line.number and line.tel) or (line.text and line.sms)
    assert bool(line.number) == bool(line.tel)
    assert bool(line.text) == bool(line.sms)


@pytest.mark.parametrize("line", SHOWN, ids=lambda line: line.id)
def test_what_is_read_is_what_is_dialled(line: Line) -> None:
    for read, dialled in ((line.number, line.tel), (line.text, line.sms)):
        if read and dialled:
            digits = "".join(filter(str.isdigit, read.partition(",")[0]))
            assert dialled.removeprefix("+").endswith(digits)


@pytest.mark.parametrize("region", crisis.everything(), ids=lambda region: region.id)
def test_every_line_speaks_english_and_french(region: Region) -> None:
    assert set(region.name) == {"en", "fr"}
    for line in filter(None, (*region.lines, region.emergency)):
        assert all(set(words) == {"en", "fr"} and all(words.values()) for words in (line.name, line.hours, line.whom))


def test_a_line_that_nobody_checked_is_not_shown() -> None:
    unchecked = {line.id for region in crisis.everything() for line in region.lines if line.verified_on is None}
    assert unchecked
    assert not unchecked & {line.id for line in SHOWN}


def test_a_region_without_a_checked_emergency_number_is_not_offered() -> None:
    assert "IE" not in {region.id for region in crisis.regions()}
    assert crisis.by_id("IE").id == crisis.ELSEWHERE


def test_somewhere_else_shows_no_number_rather_than_a_wrong_one() -> None:
    assert crisis.regions()[-1].id == crisis.ELSEWHERE
    assert crisis.by_id(None).emergency is None
    assert crisis.by_id("XX").lines == ()


def test_988_is_written_so_that_it_is_read_digit_by_digit() -> None:
    for region in ("CA", "US"):
        assert crisis.by_id(region).lines[0].number == "9-8-8"
