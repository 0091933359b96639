from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.records import Alert, Clinic, Course, Treatment, Version, db
from tests.clinic.conftest import ANA, IV, plain
from tests.conftest import CLINIC

PAGE = f"/clinic/patients/{ANA}"
NEW = f"{PAGE}/treatments/new"
#: the clock stands at 10:00 in Toronto
TYPED = {key: str(value) for key, value in IV.items()} | {"day": "2026-11-20", "clock": "09:00"}


def hidden(page):
    return dict(re.findall(r'name="(record|parents)" value="([^"]*)"', page))


@pytest.fixture
def record(signed_in):
    """Fills in and sends the form at an address; gives the answer."""
    browser = signed_in("clinician")

    def send(path=NEW, **typed):
        page = browser.get(path).text
        return browser.post(path, data={**TYPED, **hidden(page), **typed})

    return send


def treatments(app):
    with app.app_context():
        return list(db.session.scalars(select(Treatment).order_by(Treatment.at)))


def test_a_treatment_given_stands_on_the_patients_page_and_waits_for_the_phone(app, record, signed_in):
    assert record(dose="0.6").headers["Location"] == PAGE
    [one] = treatments(app)
    assert (one.status, one.dose, one.day.isoformat(), one.zone) == ("given", 0.6, "2026-11-20", "America/Toronto")
    page = plain(signed_in("clinician").get(PAGE).text)
    assert "Today 09:00" in page
    assert "Given" in page
    with app.app_context():
        version = db.session.scalars(select(Version)).one()
        assert (version.kind, version.outcome, version.seq) == ("treatment", "stored", 1)


def test_planned_and_then_given_is_one_record(app, record):
    record(status="planned", day="2026-11-23", clock="10:30")
    [planned] = treatments(app)
    answer = record(f"{PAGE}/treatments/{planned.record}", status="given", day="2026-11-20", clock="09:30", dose="0.55")
    assert answer.status_code == 302
    [given] = treatments(app)
    assert (given.record, given.status, given.dose) == (planned.record, "given", 0.55)
    with app.app_context():
        newest = db.session.scalars(select(Version).order_by(Version.seq.desc())).first()
        assert newest.parents == [planned.version_id]


def test_a_plan_can_be_cancelled_and_a_new_one_can_not(app, record, signed_in):
    assert 'value="cancelled"' not in signed_in("clinician").get(NEW).text
    record(status="planned", day="2026-11-23", clock="10:30")
    [planned] = treatments(app)
    record(f"{PAGE}/treatments/{planned.record}", status="cancelled", day="2026-11-23", clock="10:30")
    assert [one.status for one in treatments(app)] == ["cancelled"]


def test_it_is_numbered_within_its_course(app, record, says, treated):
    course = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}
    says("ana", "course", course, by="clinician")
    treated(days=30)
    treated(days=3, number=1, of=6)
    treated(days=2, number=2, of=6, status="cancelled")
    record()
    assert [(one.number, one.of) for one in treatments(app)][-1] == (2, 6)


def in_induction(says):
    says("ana", "course", {"phase": "induction", "route": "iv", "planned": 3, "started": "2026-11-10"}, by="clinician")


def numbers(app):
    return [(one.number, one.of) for one in treatments(app)]


def test_sessions_after_one_that_is_entered_late_move_on_by_one_with_all_that_was_said_of_them(
    app, record, says, treated
):
    in_induction(says)
    observed = {"peak_systolic": 185, "peak_diastolic": 125}
    treated(days=3, number=1, of=3)
    said = treated(days=1, number=2, of=3, observed=observed, lot="A12", given_by="Mara")
    treated(days=-3, status="planned", number=3, of=3)
    with app.app_context():
        alerts = len(db.session.scalars(select(Alert)).all())
    record(day="2026-11-18", clock="09:00")
    assert numbers(app) == [(1, 3), (2, 3), (3, 3), (4, None)]
    late = next(one for one in treatments(app) if one.record == said.record)
    assert (late.status, late.observed, late.lot, late.given_by) == ("given", observed, "A12", "Mara")
    with app.app_context():
        assert len(db.session.scalars(select(Alert)).all()) == alerts


def test_what_is_cancelled_or_moved_leaves_no_gap_in_the_numbers(app, record, says, treated):
    in_induction(says)
    first = treated(days=3, number=1, of=3).record
    for days, number in ((-2, 2), (-4, 3)):
        treated(days=days, status="planned", number=number, of=3)
    record(f"{PAGE}/treatments/{first}", day="2026-11-23", clock="09:00", status="planned")
    assert numbers(app) == [(1, 3), (2, 3), (3, 3)]
    assert [one.record == first for one in treatments(app)] == [False, True, False]
    record(f"{PAGE}/treatments/{first}", day="2026-11-23", clock="09:00", status="cancelled")
    assert [(one.number, one.status) for one in treatments(app)] == [(1, "planned"), (2, "cancelled"), (2, "planned")]


def test_a_session_in_two_wordings_keeps_its_number_until_staff_decide(app, record, says, treated):
    in_induction(says)
    twice = treated(days=1, number=1, of=3)
    at = treatments(app)[0].at
    for dose in (0.6, 0.7):
        body = {**IV, "at": at.isoformat(timespec="seconds"), "dose": dose, "number": 1, "of": 3}
        says("ana", "treatment", body, by="clinician", record=twice.record, parents=[twice.id], felt=at)
    record(day="2026-11-18", clock="09:00")
    assert [(one.number, one.of) for one in treatments(app) if one.record == twice.record] == [(1, 3), (1, 3)]


def test_by_another_route_than_its_course_it_has_no_number_and_takes_none(app, record, says, treated):
    course = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}
    says("ana", "course", course, by="clinician")
    treated(days=2, number=1, of=6)
    record(route="sublingual", dose="100", unit="mg", clock="08:00")
    record()
    assert [(one.number, one.of) for one in treatments(app)][1:] == [(None, None), (2, 6)]


def test_without_a_course_it_has_no_number(app, record):
    record()
    with app.app_context():
        assert db.session.scalars(select(Course)).all() == []
    assert [(one.number, one.of) for one in treatments(app)] == [(None, None)]


@pytest.mark.parametrize(
    ("typed", "says_so"),
    [
        ({"status": ""}, "This is needed."),
        ({"clock": ""}, "This is needed."),
        ({"clock": "25:00"}, "This must be a time such as 14:30."),
        ({"day": "yesterday"}, "This must be a date."),
        ({"dose": "some"}, "This must be a number."),
        ({"dose": "nan"}, "This must be from"),
        ({"dose": "-1"}, "This must be from"),
        ({"dose": "50"}, "mg and mg/kg may be mixed up"),
        ({"dose": "0.5", "unit": "mg"}, "mg and mg/kg may be mixed up"),
        ({"minutes": "0"}, "This must be from"),
        ({"minutes": "1.5"}, "This must be a whole number."),
        ({"route": "rectal"}, "This is not one of the answers"),
        ({"clock": "11:00"}, "This time has not come yet."),
        ({"status": "planned", "clock": "07:00"}, "This time has passed."),
        ({"record": "no id"}, "This is not saved yet."),
        ({"day": "1900-01-01"}, "Check the year."),
        ({"day": "2062-11-20", "status": "planned"}, "Check the year."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(app, record, typed, says_so):
    answer = record(**typed)
    assert answer.status_code == 422
    assert says_so in answer.text
    assert treatments(app) == []


def test_a_dose_may_be_typed_with_a_comma(app, record):
    record(dose="0,75")
    assert treatments(app)[0].dose == 0.75


def test_the_dose_is_never_filled_in_but_the_last_one_is_said(signed_in, treated):
    treated(days=3, dose=0.6)
    page = signed_in("clinician").get(NEW).text
    assert re.search(r'id="dose"[^>]*value=""', page)
    assert "Last time 0.6" in plain(page)
    assert re.search(r'checked[^>]*value="iv"', page)


def test_sending_twice_makes_one_record_and_one_version(app, record, signed_in):
    browser = signed_in("clinician")
    sent = {**TYPED, **hidden(browser.get(NEW).text)}
    assert [browser.post(NEW, data=sent).status_code for _ in range(2)] == [302, 302]
    assert len(treatments(app)) == 1


def test_what_a_colleague_changed_meanwhile_is_not_written_over(app, record, treated, signed_in):
    planned = treated(days=-3, status="planned")
    browser, path = signed_in("clinician"), f"{PAGE}/treatments/{planned.record}"
    sent = {**TYPED, **hidden(browser.get(path).text)}
    record(path, status="planned", day="2026-11-24", clock="08:00")
    answer = browser.post(path, data={**sent, "dose": "0.7"})
    assert answer.status_code == 422
    assert "Someone else changed this session meanwhile." in answer.text
    assert [one.dose for one in treatments(app)] == [0.5]
    assert browser.post(path, data={**sent, **hidden(answer.text), "dose": "0.7"}).status_code == 302
    assert [one.dose for one in treatments(app)] == [0.7]


def test_a_time_that_the_clock_jumps_over_is_not_taken_for_another(app, record):
    answer = record(day="2026-03-08", clock="02:30")
    assert answer.status_code == 422
    assert "The clocks go forward then, and this time is left out." in answer.text
    assert treatments(app) == []


def test_what_a_colleague_recorded_already_is_not_recorded_twice(app, record):
    record()
    answer = record()
    assert answer.status_code == 422
    assert "A session at this time, by this route and with this dose is recorded already." in plain(answer.text)
    assert record(dose="0.6").status_code == 302
    assert len(treatments(app)) == 2


def test_a_change_leaves_an_audit_row(record, audit):
    record()
    row = audit()[-1]
    assert (row.action, row.what, row.patients, row.role) == ("write", "treatment", [ANA], "clinician")
    assert len(row.records) == 1


def test_another_patients_treatment_is_not_found(record, treated, signed_in):
    theirs = treated(days=1, who="another-patient")
    assert signed_in("clinician").get(f"{PAGE}/treatments/{theirs.record}").status_code == 404


def test_the_phone_pulls_it_by_its_cursor(record, signed_in):
    record(dose="0.6")
    asked = {"batch": "b", "owner": ANA, "epoch": 1, "cursor": 0, "waiting": 0, "versions": []}
    answer = signed_in("ana").post("/sync", json=asked, headers={"X-Tidelog": "1"}).json
    [text] = answer["versions"]
    said = json.loads(text)
    assert (said["kind"], said["body"]["status"], said["body"]["dose"]) == ("treatment", "given", 0.6)
    assert said["body"]["at"] == "2026-11-20T09:00:00-05:00"
    assert answer["cursor"] == 1


OBSERVED = {
    "lot": "A1234",
    "weight": "70,5",
    "given_by": "R. Osei",
    "ended": "09:50",
    "observed-before_systolic": "122",
    "observed-before_diastolic": "78",
    "observed-peak_systolic": "151",
    "observed-leaving_pulse": "72",
    "observed-sedation": "1",
    "observed-dissociation": "0",
    "observed-minutes": "120",
    "observed-escort": "yes",
}


def test_what_a_nurse_observed_is_kept_and_what_is_blank_is_not_zero(app, record):
    record(**OBSERVED)
    [one] = treatments(app)
    assert (one.lot, one.weight, one.given_by) == ("A1234", 70.5, "R. Osei")
    assert one.ended - one.at == timedelta(minutes=50)
    assert one.observed == {
        "before_systolic": 122,
        "before_diastolic": 78,
        "peak_systolic": 151,
        "leaving_pulse": 72,
        "sedation": 1,
        "dissociation": 0,
        "minutes": 120,
        "escort": "yes",
    }


@pytest.mark.parametrize("lot", ["Given after he wept", "A1;B2", "=1+1", "A" * 41])
def test_a_lot_that_has_not_the_form_of_a_number_is_not_taken(app, record, lot):
    answer = record(**OBSERVED | {"lot": lot})
    assert answer.status_code == 422
    assert treatments(app) == []


def test_a_lot_is_of_letters_digits_and_three_signs(app, record):
    record(**OBSERVED | {"lot": " KT-12/3.b "})
    assert treatments(app)[0].lot == "KT-12/3.b"


def test_the_form_stays_short_observations_fold_out_and_come_back_filled_in(app, record, signed_in):
    record(**OBSERVED)
    page = signed_in("clinician").get(f"{PAGE}/treatments/{treatments(app)[0].record}").text
    assert re.search(r'<details class="fold">\s*<summary>Observations', page)
    assert re.search(r'name="observed-peak_systolic"[^>]*value="151"', page)
    assert re.search(r'checked[^>]*name="observed-sedation"[^>]*value="1"', page)
    assert re.search(r'name="ended"[^>]*value="09:50"', page)
    assert "REMS" not in page


def test_a_treatment_that_ends_after_midnight_ends_the_day_after(app, record):
    record(day="2026-11-19", clock="23:30", ended="00:20")
    [one] = treatments(app)
    assert one.ended - one.at == timedelta(minutes=50)


def test_an_observation_out_of_range_is_said_in_its_place(app, record):
    answer = record(**{**OBSERVED, "observed-peak_systolic": "1510"})
    assert answer.status_code == 422
    assert re.search(r'<details class="fold" open>\s*<summary>Observations', answer.text)
    assert "This must be from 50" in answer.text
    assert treatments(app) == []


def test_what_the_rems_asked_stays_when_the_clinic_no_longer_asks_it(app, record):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).rems = True
        db.session.commit()
    record(**{"observed-oxygen": "97", "observed-form_sent": "2026-11-20"})
    [one] = treatments(app)
    assert one.observed == {"oxygen": 97, "form_sent": "2026-11-20"}
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).rems = False
        db.session.commit()
    record(f"{PAGE}/treatments/{one.record}", **{"observed-minutes": "120"})
    assert treatments(app)[0].observed == {"oxygen": 97, "form_sent": "2026-11-20", "minutes": 120}


def test_every_change_says_who_made_it_and_what_it_was(app, record, signed_in):
    record(dose="0.5")
    path = f"{PAGE}/treatments/{treatments(app)[0].record}"
    record(path, dose="0.6", **{"observed-peak_systolic": "151"})
    said = plain(signed_in("clinician").get(path).text)
    history = said[said.index("What was entered and changed") :]
    assert "Dose: 0.5 0.6" in history
    assert "Upper number at the peak: 151" in history
    assert history.count("clinician") == 2
    assert history.index("0.5 0.6") < history.index("Planned or given: Given")


def test_a_first_sore_bladder_and_what_can_wait_stand_on_the_next_treatments_page(says, treated, signed_in):
    treated(days=7)
    says("ana", "effects", {"effects": [{"effect": "bladder-pain", "severity": 2}]}, ago=timedelta(days=3))
    headache = {"effects": [{"effect": "headache", "severity": 1}], "can_wait": True}
    says("ana", "effects", headache, ago=timedelta(days=2))
    page = plain(signed_in("clinician").get(NEW).text)
    assert "Bladder pain , moderate Tue 17 Nov, first report Open alert" in page
    assert "Headache , mild Wed 18 Nov, can wait until the visit" in page
    assert page.count("Open alert") == 1


BLADDER = {"effects": [{"effect": "bladder-pain", "severity": 2}]}


@pytest.fixture
def settled(app, signed_in):
    """Somebody acted on every alert, and resolved it."""

    def settle() -> None:
        with app.app_context():
            alerts = db.session.scalars(select(Alert.id).where(Alert.state != "resolved")).all()
            db.session.remove()
        for alert in alerts:
            signed_in("clinician").post(f"/clinic/alerts/{alert}/act", data={"action": "call", "resolves": "y"})

    return settle


def test_after_that_treatment_they_no_longer_stand_there_nor_does_a_second_report(says, treated, signed_in, settled):
    says("ana", "effects", BLADDER, ago=timedelta(days=9))
    treated(days=7)
    settled()
    says("ana", "effects", BLADDER, ago=timedelta(days=3))
    assert "To look at before" not in signed_in("clinician").get(NEW).text


def test_a_dose_at_home_does_not_hide_a_first_sore_bladder(says, treated, signed_in, settled):
    treated(days=7)
    says("ana", "effects", BLADDER, ago=timedelta(days=3))
    settled()
    says("ana", "home-dose", DOSE, ago=timedelta(hours=12))
    treated(days=1, place="home")
    assert "first report" in signed_in("clinician").get(NEW).text


def test_a_first_sore_bladder_that_came_after_a_treatment_stands_on_the_next_page(says, treated, signed_in, settled):
    treated(days=2)
    says("ana", "effects", BLADDER, ago=timedelta(days=4), late=timedelta(days=3))
    settled()
    assert "first report" in signed_in("clinician").get(NEW).text


def test_a_sore_bladder_stands_there_as_long_as_its_alert_is_open_be_it_the_first_or_not(
    says, treated, signed_in, settled
):
    says("ana", "effects", BLADDER, ago=timedelta(days=20))
    settled()
    worse = {"effects": [{"effect": "bladder-pain", "severity": 3}]}
    says("ana", "effects", worse, ago=timedelta(days=9))
    treated(days=7)
    page = plain(signed_in("clinician").get(NEW).text)
    assert "Bladder pain , severe Wed 11 Nov, reported again Open alert" in page


DOSE = {"at": "2026-11-19T19:30:00-05:00", "route": "sublingual", "mg": 100, "someone": True}


def test_a_dose_at_home_stands_among_the_sessions_by_the_patients_word(says, signed_in):
    says("ana", "home-dose", DOSE, ago=timedelta(hours=12))
    page = plain(signed_in("clinician").get(PAGE).text)
    assert "100 mg At home Taken, the patient says with someone; no I am OK" in page
    assert "Last dose 100 mg, yesterday" in page


def test_a_dose_of_a_plan_stands_beside_it_with_its_i_am_ok(says, treated, signed_in):
    plan = treated(days=0.6, status="planned", route="sublingual", place="home", dose=100, unit="mg")
    dose = {**DOSE, "treatment": plan.record, "ok_at": "2026-11-19T22:10:00-05:00", "someone": False}
    says("ana", "home-dose", dose, ago=timedelta(hours=12))
    page = plain(signed_in("clinician").get(PAGE).text)
    assert "the patient says: 100 mg at 19:30; alone; I am OK at 22:10" in page


def test_a_therapist_reads_it_too_and_a_stranger_does_not(says, signed_in):
    says("ana", "home-dose", DOSE, ago=timedelta(hours=12))
    assert "Taken, the patient says" in signed_in("therapist").get(PAGE).text
    assert signed_in("stranger").get(PAGE).status_code == 404


def test_patients_write_doses_at_home_and_staff_do_not(says):
    with pytest.raises(AssertionError):
        says("ana", "home-dose", DOSE, by="clinician")
