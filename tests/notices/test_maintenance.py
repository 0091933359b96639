"""A maintenance goes on beyond what was planned when it was given, and ends when a clinician ends it."""

from __future__ import annotations

import re

import pytest

from pwa.notices import courier
from pwa.notices.maintenance import plan_on
from pwa.records import CourierTurn, db
from tests.clinic.conftest import ANA, PROTOCOL
from tests.clinic.test_courses import FIRST, GIVE, planned

MAINTENANCE = {**FIRST, "phase": "maintenance"}
DAYS = ["2026-11-23", "2026-12-21", "2027-01-18", "2027-02-15"]


@pytest.fixture
def give(app, signed_in, protocol, clock):
    with app.app_context():
        db.session.add(CourierTurn(id=1, at=clock(), planned_until=clock()))
        db.session.commit()
    browser = signed_in("clinician")

    def send(**typed):
        record = re.search(r'name="record" value="([^"]*)"', browser.get(GIVE).text)[1]
        return browser.post(GIVE, data={"protocol": protocol, "record": record, **MAINTENANCE, **typed})

    return send


@pytest.fixture
def turn(app):
    def go():
        with app.app_context():
            plan_on("me")
            db.session.remove()
        return [one.day.isoformat() for one in planned(app) if one.status == "planned"]

    return go


def test_as_one_session_passes_the_next_is_planned_in_the_same_rhythm(app, give, clock, turn):
    give()
    assert turn() == DAYS
    clock.forward(days=4)
    assert turn() == turn() == [*DAYS, "2027-03-15"]
    assert {(one.dose, one.at.hour, one.place) for one in planned(app)} >= {(0.5, 19, "clinic"), (0.5, 18, "clinic")}
    clock.forward(days=200)
    assert len(turn()) == 5, "nobody came for long"


def test_the_courier_plans_on(app, give, clock):
    give()
    clock.forward(days=4)
    with app.app_context():
        courier.turn("me")
        db.session.remove()
    assert len(planned(app)) == 5


def test_it_stands_still_by_the_clinics_clock_and_never_on_a_weekend(app, give, clock, turn):
    give(day="2026-11-27")
    for _ in range(12):
        clock.forward(days=28)
        turn()
    assert len(turn()) == 16
    assert {one.at.astimezone(clock().tzinfo).isoweekday() for one in planned(app)} == {5}


def test_who_calls_the_last_one_off_ends_it(app, give, signed_in, clock, turn):
    give()
    clock.forward(minutes=1)
    last = planned(app)[-1]
    page = f"/clinic/patients/{ANA}/treatments/{last.record}"
    form = {
        "status": "cancelled",
        "day": "2027-02-15",
        "clock": "14:00",
        "record": last.record,
        "parents": last.version_id,
    }
    usual = {name: PROTOCOL[name] for name in ("route", "drug", "dose", "unit", "place", "minutes")}
    answer = signed_in("clinician").post(page, data={**usual, **form})
    assert answer.status_code == 302, re.findall(r'class="wrong"[^>]*>([^<]*)', answer.text)
    clock.forward(days=4)
    assert turn() == DAYS[:3]


def test_a_course_that_was_given_anew_goes_on_in_its_own_rhythm(give, clock, turn):
    give()
    give(day="2026-11-24", cancel="y")
    clock.forward(days=5)
    assert turn() == ["2026-11-24", "2026-12-22", "2027-01-19", "2027-02-16", "2027-03-16"]


def test_an_induction_ends_where_it_ends(give, clock, turn):
    give(phase="induction")
    clock.forward(days=20)
    assert len(turn()) == 6
