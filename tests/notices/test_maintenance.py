"""A maintenance goes on beyond what was planned when it was given, and ends when a clinician ends it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, select

from pwa.notices import courier
from pwa.notices.maintenance import plan_on
from pwa.records import CourierTurn, Person, Version, db
from tests.clinic.conftest import ANA, PROTOCOL
from tests.clinic.test_courses import FIRST, GIVE, planned
from tests.conftest import CAST

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


def test_a_booster_that_is_planned_far_ahead_stops_nothing_that_lies_between(give, treated, clock, turn):
    give()
    treated(days=-300, status="planned")
    for _ in range(8):
        clock.forward(days=28)
        days = turn()
    assert days[:8] == [*DAYS, "2027-03-15", "2027-04-12", "2027-05-10", "2027-06-07"]
    assert days[8:] == ["2027-07-05", "2027-08-02", "2027-09-16", "2027-10-14"]


def test_before_a_booster_there_is_room_for_the_whole_rhythm(give, treated, clock, turn):
    give()
    treated(days=-150, status="planned")
    clock.forward(days=56)
    assert turn() == turn() == [*DAYS, "2027-03-15", "2027-04-19"]
    clock.forward(days=28)
    assert turn()[-2:] == ["2027-04-19", "2027-05-17"]


def test_where_the_dose_is_by_weight_the_weight_goes_with_it(app, give, treated, clock, turn):
    treated(days=3, weight=61)
    treated(days=1, weight=62.5)
    give()
    clock.forward(days=4)
    assert turn()[-1] == "2027-03-15"
    assert [one.weight for one in planned(app)][-2:] == [None, 62.5]


@pytest.mark.parametrize(
    ("gone", "by"),
    [
        ([], "clinician"),
        (["clinician"], "another-clinician"),
        (["clinician", "another-clinician"], "manager"),
    ],
)
def test_it_is_planned_by_whoever_gave_it_or_by_somebody_who_is_still_there(app, give, clock, turn, gone, by):
    give()
    with app.app_context():
        for who in gone:
            db.session.get_one(Person, CAST[who][:2]).closed_at = clock()
        db.session.commit()
        db.session.remove()
    clock.forward(days=4)
    turn()
    with app.app_context():
        author = db.session.scalar(select(Version.author_id).order_by(Version.seq.desc()).limit(1))
    assert author == CAST[by][1]


def test_however_many_maintenances_have_ended_the_database_is_asked_as_often(app, says, give, treated, clock, turn):
    def asked() -> int:
        said: list[str] = []

        def listen(*args):
            said.append(args[2])

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", listen)
            plan_on("me")
            event.remove(db.engine, "before_cursor_execute", listen)
            db.session.remove()
        return len(said)

    def ends(who: str) -> None:
        course = {"phase": "maintenance", "route": "iv", "started": "2026-01-05", "every": 28}
        says(who, "course", course, by="clinician")
        treated(days=60, who=who)

    clock.forward(minutes=5)
    ends("ana")
    one = asked()
    ends("another-patient")
    assert asked() == one


OLD = {"phase": "maintenance", "route": "iv", "started": "2026-01-05"}
UNTIL = "how many days lie between two is not known"


def test_a_maintenance_of_unknown_rhythm_says_that_it_goes_no_further_and_goes_on_once_it_is_given(
    app, signed_in, says, give, treated, clock, turn
):
    clock.forward(minutes=5)
    says("ana", "course", OLD, by="clinician")
    treated(days=7, dose=0.7)
    browser, page = signed_in("clinician"), f"/clinic/patients/{ANA}"
    assert UNTIL in browser.get(page).text
    assert turn() == []
    for wrong in ("", "0", "often"):
        answer = browser.post(f"{GIVE}/rhythm", data={"every": wrong})
        assert (answer.status_code, 'aria-describedby="every-wrong"' in answer.text) == (422, True)
    for every in ("14", "21"):
        assert browser.post(f"{GIVE}/rhythm", data={"every": every}).status_code == 302
        clock.forward(minutes=1)
    assert UNTIL not in browser.get(page).text
    assert turn() == ["2026-11-27", "2026-12-11", "2026-12-25", "2027-01-08"]
    assert {one.dose for one in planned(app)} == {0.7}
    assert UNTIL not in signed_in("therapist").get(page).text
