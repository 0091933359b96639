"""A protocol becomes a patient's course: planned treatments that the phone pulls, that move and can be called off."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.records import Course, Protocol, Treatment, Version, db
from tests.clinic.conftest import ANA, PROTOCOL, TORONTO, plain

GIVE = f"/clinic/patients/{ANA}/course"
#: the clock stands at Friday 20 November, 10:00 in Toronto
FIRST = {"phase": "induction", "day": "2026-11-23", "clock": "14:00"}


@pytest.fixture
def give(signed_in, protocol):
    browser = signed_in("clinician")

    def send(**typed):
        record = re.search(r'name="record" value="([^"]*)"', browser.get(GIVE).text)[1]
        return browser.post(GIVE, data={"protocol": protocol, "record": record, **FIRST, **typed})

    return send


def planned(app):
    with app.app_context():
        return list(db.session.scalars(select(Treatment).order_by(Treatment.at)))


def test_six_treatments_stand_planned_and_counted_on_workdays(app, give, signed_in):
    assert give().headers["Location"] == f"/clinic/patients/{ANA}"
    days = [one.day.isoformat() for one in planned(app)]
    assert days == ["2026-11-23", "2026-11-26", "2026-11-30", "2026-12-03", "2026-12-07", "2026-12-10"]
    assert [(one.number, one.of, one.status, one.dose) for one in planned(app)][5] == (6, 6, "planned", 0.5)
    with app.app_context():
        assert db.session.scalars(select(Course.planned)).one() == 6
    assert "induction, 0 of 6" in plain(signed_in("clinician").get(f"/clinic/patients/{ANA}").text)


def course_of(says, route, started, **when):
    body = {"phase": "induction", "route": route, "planned": 6, "started": started}
    says("ana", "course", body, by="clinician", **when)


def takes(says, at, **more):
    body = {"at": at.astimezone(TORONTO).isoformat(timespec="seconds"), "route": "sublingual", "mg": 100, **more}
    return says("ana", "home-dose", body)


def says_the_same(signed_in, words):
    """The patient's page, the list of patients, and triage."""
    browser = signed_in("clinician")
    for path in (f"/clinic/patients/{ANA}", "/clinic/", "/clinic/triage"):
        assert words in plain(browser.get(path).text), path


@pytest.fixture
def half_way(says, treated):
    says("ana", "check-in", {"mood": 4, "thoughts": "often"})
    course_of(says, "iv", "2026-11-10", ago=timedelta(days=10))
    for number, days in enumerate((9, 5, 2), 1):
        treated(days=days, number=number, of=6)
    treated(days=-3, status="planned", number=4, of=6)


def test_a_dose_at_home_that_no_plan_stands_for_is_no_session_of_the_course(half_way, says, signed_in, clock):
    takes(says, clock() - timedelta(hours=2))
    says_the_same(signed_in, "IV induction, 3 of 6")


def test_a_new_course_begins_at_0_whatever_was_given_before(half_way, says, signed_in, clock):
    takes(says, clock() - timedelta(hours=2))
    course_of(says, "sublingual", "2026-11-20")
    says_the_same(signed_in, "SL induction, 0 of 6")


def test_a_planned_dose_that_was_taken_at_home_is_a_session_of_its_course(half_way, says, treated, signed_in, clock):
    course_of(says, "sublingual", "2026-11-20")
    plan = treated(days=-0.1, status="planned", route="sublingual", place="home", number=1, of=6)
    says_the_same(signed_in, "SL induction, 0 of 6")
    takes(says, clock(), treatment=plan.record)
    says_the_same(signed_in, "SL induction, 1 of 6")


def test_the_phone_pulls_course_and_plans_by_its_cursor(give, signed_in):
    give()
    asked = {"batch": "b", "owner": ANA, "epoch": 1, "cursor": 0, "waiting": 0, "versions": []}
    answer = signed_in("ana").post("/sync", json=asked, headers={"X-Tidelog": "1"}).json
    assert [json.loads(text)["kind"] for text in answer["versions"]] == ["course", *["treatment"] * 6]


def test_sending_the_form_twice_gives_one_course(app, give, signed_in, protocol):
    browser = signed_in("clinician")
    record = re.search(r'name="record" value="([^"]*)"', browser.get(GIVE).text)[1]
    for _ in range(2):
        assert browser.post(GIVE, data={"protocol": protocol, "record": record, **FIRST}).status_code == 302
    assert len(planned(app)) == 6


def test_maintenance_plans_the_next_ones_without_counting_them(app, give):
    give(phase="maintenance")
    assert [(one.at - planned(app)[0].at) // timedelta(days=1) for one in planned(app)] == [0, 28, 56, 84]
    assert {one.number for one in planned(app)} == {None}
    with app.app_context():
        assert db.session.scalars(select(Course.planned)).one() is None


def test_what_was_planned_before_is_called_off_where_that_is_wished(app, give):
    give()
    give(phase="maintenance", day="2026-12-14")
    assert [one.status for one in planned(app)].count("planned") == 10
    give(phase="maintenance", day="2026-12-15", cancel="y")
    assert [one.status for one in planned(app)].count("planned") == 4
    assert [one.status for one in planned(app)].count("cancelled") == 10


def test_a_course_does_not_begin_in_the_past(app, give):
    answer = give(day="2026-11-20", clock="09:59")
    assert answer.status_code == 422
    assert "This time has passed." in answer.text
    assert planned(app) == []


def test_one_plan_is_moved_and_the_others_stay(app, give, signed_in):
    give()
    second = planned(app)[1]
    browser, path = signed_in("clinician"), f"/clinic/patients/{ANA}/treatments/{second.record}"
    page = browser.get(path).text
    hidden = dict(re.findall(r'name="(record|parents)" value="([^"]*)"', page))
    typed = {"status": "planned", "day": "2026-11-27", "clock": "15:00", "minutes": "120", "route": "iv"}
    typed |= {"drug": "ketamine", "dose": "0.5", "unit": "mg/kg", "place": "clinic"}
    assert browser.post(path, data={**typed, **hidden}).status_code == 302
    assert [one.day.isoformat() for one in planned(app)][:3] == ["2026-11-23", "2026-11-27", "2026-11-30"]
    assert [one.number for one in planned(app)] == [1, 2, 3, 4, 5, 6]


def test_a_protocol_that_is_no_longer_used_is_not_offered_and_its_courses_stay(app, give, signed_in, protocol):
    give()
    signed_in("manager").post(f"/clinic/protocols/{protocol}/close")
    assert "There is no protocol yet." in signed_in("clinician").get(GIVE).text
    assert len(planned(app)) == 6


def test_another_clinics_protocols_are_not_found(app, signed_in, protocol):
    with app.app_context():
        theirs = db.session.get_one(Protocol, (db.session.scalars(select(Protocol.clinic_id)).one(), protocol))
        theirs.clinic_id = db.session.execute(db.text("SELECT id FROM clinic WHERE name = 'Hill clinic'")).scalar()
        db.session.commit()
    assert signed_in("manager").get(f"/clinic/protocols/{protocol}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "says_so"),
    [
        ({"name": " "}, "This is needed."),
        ({"dose": "50"}, "mg and mg/kg may be mixed up"),
        ({"treatments": "0"}, "This must be from"),
        ({"every": "x"}, "This must be a whole number."),
    ],
)
def test_what_is_wrong_with_a_protocol_is_said(app, signed_in, typed, says_so):
    answer = signed_in("manager").post("/clinic/protocols/new", data={**PROTOCOL, **typed})
    assert answer.status_code == 422
    assert says_so in answer.text
    with app.app_context():
        assert db.session.scalars(select(Protocol)).all() == []


def test_nothing_of_a_course_is_written_unless_all_of_it_is(app, give, protocol):
    with app.app_context():
        db.session.get_one(Protocol, (db.session.scalars(select(Protocol.clinic_id)).one(), protocol)).route = "rectal"
        db.session.commit()
    assert give().status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Version)).all() == []
