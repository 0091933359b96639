"""What is summed up of a person's first course and of a treatment's effects in all: current whatever arrives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from pwa.records import FeltInAll, FirstCourse, db
from tests.sync.phones import by_the_clinic, over, rows, said
from tests.sync.test_summaries import GIVEN, HOME, record_in, report

FIRST = datetime.fromisoformat("2026-10-01T10:00:00-04:00")


def moment(days: float) -> str:
    return (FIRST + timedelta(days=days)).isoformat(timespec="seconds")


def given(days: float, number: int | None, **other: Any) -> str:
    at = moment(days)
    return said({**GIVEN, "at": at, "number": number, **other}, "treatment", day=at[:10], felt_at=at)


def checked_in(days: float, **body: Any) -> str:
    at = moment(days)
    return said(body, day=at[:10], felt_at=at, written_at=at)


def course(phone) -> FirstCourse | None:
    return next(iter(rows(phone, FirstCourse)), None)


@pytest.fixture
def begun(phone):
    """The text of the first of six treatments."""
    texts = [given(days, n + 1) for n, days in enumerate((0, 3, 7, 10, 14, 17))]
    by_the_clinic(phone, *texts)
    return texts[0]


def test_a_course_is_summed_up_with_its_first_and_its_sixth_treatment(phone, begun):
    found = course(phone)
    assert (found.started, found.route, found.sixth, found.days) == (date(2026, 10, 1), "iv", date(2026, 10, 18), 17)
    assert (found.relief, found.thoughts, found.lasting) == ("no-before",) * 3


def test_what_was_said_before_and_after_counts_in_whichever_order_it_arrives(phone, begun):
    phone.send(checked_in(1, mood=7))
    phone.send(checked_in(-1, mood=3, thoughts="often"))
    phone.send(checked_in(20, mood=6, thoughts="no"), checked_in(45, mood=4))
    found = course(phone)
    assert (found.relief, found.thoughts, found.lasting) == ("yes", "yes", "no")


def test_a_correction_and_a_withdrawal_are_followed(phone, begun):
    before, after = checked_in(-1, mood=3), checked_in(1, mood=7)
    phone.send(before, after)
    lower = over(after, body={"mood": 4}, day="2026-10-02", felt_at=moment(1))
    phone.send(lower)
    assert course(phone).relief == "no"
    phone.send(over(lower, body=None))
    assert course(phone).relief == "no-after"


def test_a_check_in_that_is_moved_to_another_day_leaves_the_first(phone, begun):
    after = checked_in(1, mood=7)
    phone.send(checked_in(-1, mood=3), after)
    phone.send(over(after, day="2026-08-01", felt_at="2026-08-01T10:00:00-04:00"))
    assert course(phone).relief == "no-after"


def test_check_ins_that_came_before_the_treatment_count_once_it_is_there(phone):
    phone.send(checked_in(-1, mood=3), checked_in(1, mood=7))
    assert course(phone) is None
    by_the_clinic(phone, given(0, 1))
    assert course(phone).relief == "yes"


def test_a_treatment_that_is_called_off_or_moved_takes_the_course_along(phone):
    first = given(0, 1)
    by_the_clinic(phone, first)
    later = moment(5)
    moved = over(first, body={**GIVEN, "at": later, "number": 1}, day=later[:10], felt_at=later)
    by_the_clinic(phone, moved)
    assert course(phone).started == date(2026, 10, 6)
    by_the_clinic(phone, over(moved, body=None))
    assert course(phone) is None


def test_a_dose_at_home_begins_a_course_when_it_was_taken(phone):
    plan = said({**HOME, "number": 1, "at": moment(0)}, "treatment", day="2026-10-01")
    by_the_clinic(phone, plan)
    assert course(phone) is None
    taken = {"at": moment(0), "route": "sublingual", "mg": 100, "treatment": record_in(plan)}
    phone.send(said(taken, "home-dose", day="2026-10-01"))
    assert course(phone).route == "sublingual"


def test_all_reports_of_a_treatment_until_the_next_day_are_counted_together(phone):
    text = given(0, 1)
    by_the_clinic(phone, text)
    [row] = rows(phone, FeltInAll)
    assert (row.told, row.felt) == (False, 0)
    first = report(text, nausea=1, headache=1)
    phone.send(first, report(text, "next-day", headache=2), report(text, "week", dizziness=1))
    [row] = rows(phone, FeltInAll)
    assert (row.told, row.felt, row.mild) == (True, 2, 1)
    phone.send(over(first, body=None))
    [row] = rows(phone, FeltInAll)
    assert (row.felt, row.mild) == (1, 0)


def test_a_command_finds_and_mends_what_says_something_else(phone, begun, run):
    phone.send(checked_in(-1, mood=3), checked_in(1, mood=7))
    with phone.app.app_context():
        db.session.execute(update(FirstCourse).where(FirstCourse.patient_id == phone.owner.id).values(relief="no"))
        db.session.execute(
            delete(FeltInAll).where(FeltInAll.patient_id == phone.owner.id, FeltInAll.treatment == record_in(begun))
        )
        db.session.commit()
        db.session.remove()
    found = run("rebuild", "--check")
    assert found.exit_code == 1
    whose = f"{phone.owner.clinic_id}/{phone.owner.id}"
    assert f"first_course {whose}: different" in found.output
    assert f"felt_in_all {whose}/{record_in(begun)}: missing" in found.output
    assert run("rebuild").exit_code == 0
    assert run("rebuild", "--check").output == "0 differences\n"
    assert course(phone).relief == "yes"
