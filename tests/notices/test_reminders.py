"""Reminders out of the course, as rows: each once, none at night, none to whoever does not want it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from pwa.notices import health, reminders, sending
from pwa.records import Notice, Version, db
from pwa.records.ids import uuid7
from tests.clinic.conftest import TORONTO
from tests.conftest import CAST

NONE = {"effect": "nocturia", "severity": 0}
WANTED = {"way": "push", "sessions": True, "checks": True}


@pytest.fixture
def look(app):
    """A courier looks for reminders, and sends. What else it does in a turn takes longer, and there are thousands."""

    def looked():
        with app.app_context():
            health.begin("a courier")
            reminders.plan("a courier")
            sending.send_all("a courier")

    return looked


@pytest.fixture
def live_through(app, clock, go_round, look):
    """`live_through(hours=30)`: a courier looks every hour, in less than half a day twice as often; all that it does is
    done in the first round and in the last one.

    Begins at 10:00 in Toronto on a Friday."""

    def lived(**time):
        end = clock() + timedelta(**time)
        minutes = 60 if timedelta(**time) >= timedelta(hours=12) else 30
        go_round(app)
        while clock() < end:
            look()
            clock.forward(minutes=minutes)
        go_round(app)

    return lived


def fates(notices, app):
    return [(each.about, each.state, each.failure) for each in notices(app)]


def when(mail):
    return mail["Date"]


def test_after_a_treatment_one_is_asked_three_times(app, mailbox, treated, says, live_through, notices):
    treated(days=0)
    live_through(hours=12)
    says("ana", "check-in", {"mood": 4})
    live_through(hours=70)
    assert fates(notices, app) == [(kind, "sent", None) for kind in ("evening", "next-day", "third-day")]
    assert [when(mail) for mail in mailbox.mails] == [
        "Fri, 20 Nov 2026 23:00:00 +0000",
        "Sat, 21 Nov 2026 13:00:00 +0000",
        "Mon, 23 Nov 2026 15:00:00 +0000",
    ]


def test_a_daily_one_comes_at_the_patients_own_hour(app, mailbox, says, live_through):
    says("ana", "reminders", {**WANTED, "daily": "19:00"})
    live_through(hours=12)
    says("ana", "check-in", {"mood": 4})
    live_through(hours=36)
    assert [when(mail)[:22] for mail in mailbox.mails] == ["Sat, 21 Nov 2026 00:00", "Sun, 22 Nov 2026 00:00"]


def test_after_two_that_went_by_none_comes_until_something_is_written(app, clock, says, live_through, notices):
    says("ana", "reminders", {**WANTED, "daily": "19:00"})
    live_through(hours=24 * 4)
    assert [state for _, state, _ in fates(notices, app)] == ["sent", "sent", "off", "off"]
    assert {failure for _, _, failure in fates(notices, app)} == {None, "ignored"}
    says("ana", "journal", {"text": "Back again.", "audience": "me"})
    live_through(hours=24)
    assert fates(notices, app)[-1] == ("daily", "sent", None)


DOSE = {"route": "sublingual", "mg": 100, "someone": True}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("home-dose", {**DOSE, "at": "2026-11-23T09:00-05:00"}),
        ("call", {"asked": True}),
        ("safety-plan", {"helps": "Tea.", "audience": "me"}),
        ("reminders", {**WANTED, "daily": "20:00"}),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_whatever_the_patient_sends_is_an_answer_and_what_the_clinic_says_is_none(
    app, says, treated, live_through, notices, kind, body
):
    says("ana", "reminders", {**WANTED, "daily": "19:00"})
    live_through(hours=24 * 2)
    treated(days=-30, status="planned")
    live_through(hours=24)
    assert [state for _, state, _ in fates(notices, app)] == ["sent", "sent", "off"]
    says("ana", kind, body)
    live_through(hours=24)
    assert fates(notices, app)[-1][1:] == ("sent", None)


def test_a_word_of_being_ok_is_an_answer(app, says, clock, live_through, notices):
    at = clock().isoformat()
    dose = says("ana", "home-dose", {**DOSE, "at": at})
    live_through(hours=71)
    says("ana", "home-dose", {**DOSE, "at": at, "ok_at": at}, record=dose.record, parents=[dose.id])
    live_through(hours=2)
    assert [state for _, state, _ in fates(notices, app)] == ["sent", "sent", "sent"]


def test_none_follows_right_after_what_was_written_since_it_fell_due(app, clock, mailbox, says, live_through, notices):
    """Whoever writes down at half past six that they took a dose at two is well spoken with this evening."""
    dose, took = {**DOSE, "at": clock().isoformat()}, clock()
    clock.forward(hours=8, minutes=30)
    says("ana", "home-dose", {**dose, "ok_at": clock().isoformat()}, felt=took.astimezone(TORONTO))
    clock.forward(minutes=1)
    live_through(hours=6)
    assert notices(app) == []
    live_through(hours=20)
    assert fates(notices, app) == [("next-day", "sent", None)]


def test_one_that_waited_for_a_server_does_not_follow_what_was_written_meanwhile(
    app, clock, mailbox, treated, says, go_round, notices
):
    treated(days=0)
    clock.forward(hours=8)
    mailbox.answers = "451 later"
    go_round(app)
    clock.forward(minutes=30)
    says("ana", "check-in", {"mood": 4})
    mailbox.answers = "250 taken"
    go_round(app)
    assert fates(notices, app) == [("evening", "off", "written")]


def test_one_that_could_not_go_for_hours_is_let_go(app, clock, mailbox, treated, live_through, notices):
    treated(days=0)
    mailbox.shut()
    live_through(hours=12)
    mailbox.open()
    assert fates(notices, app) == [("evening", "off", "late")]
    assert mailbox.mails == []


def test_what_is_switched_off_before_it_goes_does_not_go(app, clock, mailbox, treated, says, go_round, notices):
    treated(days=0)
    mailbox.shut()
    clock.forward(hours=8, minutes=5)
    go_round(app)
    says("ana", "reminders", {**WANTED, "way": "off"})
    mailbox.open()
    clock.forward(minutes=20)
    go_round(app)
    assert fates(notices, app) == [("evening", "off", "off")]


CHECKS = ["bladder", "memory", "pressure", "urges", "liver", "elevated-mood"]


@pytest.mark.parametrize("answered", [False, True])
def test_a_check_that_falls_due_is_asked_about_once_unless_it_was_answered(
    app, clock, says, live_through, notices, answered
):
    """By six doses at home since the last answer. The day after the sixth belongs to that dose."""
    says("ana", "effects", {"effects": [NONE], "checks": CHECKS})
    for _ in range(6):
        clock.forward(hours=1)
        says("ana", "home-dose", {**DOSE, "at": clock().isoformat()})
        clock.forward(hours=23)
        says("ana", "effects", {"effects": [NONE], "checks": CHECKS if answered else CHECKS[4:]})
    assert kinds(app, notices, live_through, hours=23) == []
    assert kinds(app, notices, live_through, hours=52) == ([] if answered else ["check"])


def test_a_check_that_was_asked_about_is_not_again_when_a_dose_of_that_day_becomes_known(
    app, clock, says, live_through, notices
):
    says("ana", "effects", {"effects": [NONE], "checks": CHECKS})
    for _ in range(6):
        clock.forward(hours=1)
        says("ana", "home-dose", {**DOSE, "at": clock().isoformat()})
        clock.forward(hours=23)
    assert kinds(app, notices, live_through, hours=25) == ["check"]
    says("ana", "home-dose", {**DOSE, "at": (clock() - timedelta(hours=2)).isoformat()})
    assert kinds(app, notices, live_through, hours=96) == ["check"]
    days = [each.due_at.astimezone(TORONTO).date() for each in notices(app) if each.what == "reminder"]
    assert len(days) == len(set(days))


def test_a_session_of_later_today_takes_the_place_of_the_daily_one(app, clock, says, treated, live_through, notices):
    says("ana", "reminders", {**WANTED, "daily": "12:00"})
    treated(days=-0.2, status="planned")  # at 14:48
    live_through(hours=13)
    assert fates(notices, app) == [("evening", "sent", None)]


def test_a_session_that_nobody_had_planned_brings_no_second_one_that_day(
    app, clock, says, treated, live_through, notices
):
    says("ana", "reminders", {**WANTED, "daily": "12:00"})
    live_through(hours=5)
    treated(days=0)
    live_through(hours=8)
    assert fates(notices, app) == [("daily", "sent", None)]


@pytest.mark.parametrize("seed", range(3))
def test_of_whatever_comes_one_goes_on_a_local_day(app, clock, says, treated, look, notices, seed):
    """Sessions planned and not, doses at home, checks, a daily one: as the courier gets to know them."""
    drawn = random.Random(seed)
    says("ana", "reminders", {**WANTED, **drawn.choice([{}, {"daily": f"{drawn.randint(8, 20):02d}:00"}])})
    for _ in range(5):
        given, taken, planned = (drawn.randint(0, 47) for _ in range(3))
        if planned < 24:
            treated(days=-planned / 24 - 0.01, status="planned")
        for hour in range(24):
            if hour == given:
                treated(days=0)
            if hour == taken:
                says("ana", "home-dose", {**DOSE, "at": clock().isoformat()})
            if hour == 21:
                says("ana", "check-in", {"mood": 5})
            look()
            clock.forward(hours=1)
    days = [each.due_at.astimezone(TORONTO).date() for each in notices(app) if each.what == "reminder"]
    assert len(days) == len(set(days)) > 0


def test_who_takes_a_dose_each_day_still_hears_of_a_check(app, clock, says, look, notices):
    for _ in range(12):
        says("ana", "home-dose", {**DOSE, "at": clock().isoformat()})
        for _ in range(12):
            look()
            clock.forward(hours=2)
        says("ana", "check-in", {"mood": 5})
    assert "check" in {kind for kind, state, _ in fates(notices, app) if state == "sent"}


@pytest.mark.parametrize(
    ("says_so", "reminders"),
    [("never", [("ok", "sent")]), ("before", [("evening", "sent")]), ("too late", [("ok", "off")])],
)
def test_who_does_not_say_that_they_are_ok_hears_of_it_before_the_clinic_and_once_that_day(
    app, clock, says, mailbox, live_through, notices, says_so, reminders
):
    def ok():
        said = {**DOSE, "at": at, "ok_at": clock().isoformat()}
        says("ana", "home-dose", said, record=dose.record, parents=[dose.id])

    at = clock().isoformat()
    dose = says("ana", "home-dose", {**DOSE, "at": at})
    live_through(hours=4)
    if says_so == "before":
        ok()
    if says_so == "too late":
        mailbox.shut()
    live_through(hours=1)
    if says_so == "too late":
        ok()
        mailbox.open()
    live_through(hours=6)
    assert [(kind, state) for kind, state, _ in fates(notices, app)] == reminders
    if reminders == [("ok", "sent")]:
        assert mailbox.mails[0]["Date"].startswith("Fri, 20 Nov 2026 20:00"), "an hour before the clinic is told"
        assert "OK" not in mailbox.mails[0].get_payload(decode=True).decode()


def kinds(app, notices, live_through, hours):
    """Of the checks alone."""
    live_through(hours=hours)
    return [kind for kind, _, _ in fates(notices, app) if kind == "check"]


def test_a_phone_that_is_gone_gets_its_reminder_by_mail(
    app, mailbox, service, signed_in, treated, live_through, notices
):
    signed_in("ana").post("/push", json=service.subscription(), headers={"X-Tidelog": "1"})
    service.answers = 410
    treated(days=0)
    live_through(hours=9)
    assert {(each.channel, each.state) for each in notices(app)} == {("push", "dead"), ("mail", "sent")}
    assert len(service.got) == len(mailbox.mails) == 1


def test_the_mails_own_button_ends_them_without_signing_in_and_the_phone_hears(
    app, mailbox, treated, live_through, notices
):
    treated(days=0)
    live_through(hours=9)
    [mail] = mailbox.mails
    link = mail["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    app.config["WTF_CSRF_ENABLED"] = True
    stranger = app.test_client()
    assert "No more reminders" in stranger.get(link).text
    for _ in range(2):
        answer = stranger.post(link, data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Ana" in answer.text) == (200, False)
    live_through(hours=80)
    assert [mail["To"] for mail in mailbox.mails].count("ana@here.test") == 1
    with app.app_context():
        said = db.session.query(Version).filter_by(kind="reminders").all()
        assert {one.patient_id for one in said} == {CAST["ana"][1]}
        assert {one.outcome for one in said} == {"stored"}


def test_a_patient_sees_what_became_of_each(app, signed_in, treated, live_through):
    treated(days=0)
    live_through(hours=9)
    page = signed_in("ana").get("/reminders").text
    assert "The evening of a session" in page
    assert "by mail: sent" in page
    assert "The evening of a session" not in signed_in("another-patient").get("/reminders").text


def test_after_a_year_a_notice_is_forgotten_and_what_still_waits_is_not(app, clock, tell, go_round, notices):
    tell(app, "clinician", cause="told")
    go_round(app)
    clock.forward(days=364)
    go_round(app)
    assert [one.cause for one in notices(app)] == ["told"]
    with app.app_context():
        db.session.add(waiting_since(clock.moment - timedelta(days=900), clock.moment + timedelta(days=9)))
        db.session.commit()
        db.session.remove()
    clock.forward(days=2)
    go_round(app)
    assert [one.cause for one in notices(app)] == ["waits"]


def waiting_since(moment, until):
    clinic, id_, *_ = CAST["clinician"]
    whose = {"clinic_id": clinic, "id": uuid7(moment), "person_id": id_, "what": "alert", "about": "an alert"}
    when = {"due_at": moment, "created_at": moment, "next_at": until}
    return Notice(**whose, **when, cause="waits", channel="mail", state="waiting", tries=9)
