"""The two clocks of an alert, and silence after a session. The clock is the test's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select

from pwa.notices.escalation import escalate
from pwa.notices.silence import listen
from pwa.records import Alert, AlertCause, AlertEvent, CareTeam, Notice, Responder, SafetySettings, db
from tests.conftest import CAST, CLINIC

FIRST, SECOND = CAST["clinician"][1], CAST["another-clinician"][1]


@pytest.fixture
def rota(app):
    with app.app_context():
        db.session.add_all(Responder(clinic_id=CLINIC, place=n, person_id=who) for n, who in ((1, FIRST), (2, SECOND)))
        db.session.commit()
        db.session.remove()


@pytest.fixture
def turn(app, clock):
    """One turn of the courier; how many alerts went on, and how many silence raised."""

    def go() -> tuple[int, int]:
        with app.app_context():
            counts = escalate(clock()), listen(clock())
            db.session.remove()
        return counts

    return go


@pytest.fixture
def the_alert(app):
    def found() -> Alert:
        with app.app_context():
            alert = db.session.scalars(select(Alert)).one()
            db.session.remove()
        return alert

    return found


def told(app) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(Notice).where(Notice.channel == "mail").order_by(Notice.created_at)).all()
        db.session.remove()
    return [(row.what, row.person_id) for row in rows]


def test_an_urgent_alert_that_nobody_acknowledges_goes_to_the_next_of_the_rota(app, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    assert told(app) == [("alert", FIRST)]
    clock.forward(minutes=29)
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (1, 0)
    assert turn() == (0, 0)
    assert told(app) == [("alert", FIRST), ("escalation", SECOND)]
    assert the_alert().assigned_to == SECOND
    clock.forward(minutes=30)
    assert turn() == (1, 0)
    assert told(app)[-1] == ("escalation", FIRST)


def test_where_there_is_neither_rota_nor_clinician_the_managers_hear_of_it_and_the_pages_say_so(
    app, signed_in, says, clock, turn
):
    line = "Nobody is told of an alert of 1 patient:"
    assert line not in signed_in("manager").get("/clinic/safety").text
    with app.app_context():
        db.session.execute(delete(CareTeam).where(CareTeam.person_id == FIRST))
        db.session.commit()
        db.session.remove()
    says("ana", "check-in", {"thoughts": "often"})
    assert told(app) == [("operator", CAST["manager"][1])]
    assert line in signed_in("manager").get("/clinic/safety").text
    assert line in signed_in("another-clinician").get("/clinic/triage").text
    assert line not in signed_in("therapist").get("/clinic/triage").text, "a therapist can do nothing about it"
    clock.forward(days=1)
    assert turn() == (1, 0)
    assert told(app) == [("operator", CAST["manager"][1])] * 2


def test_an_acknowledged_alert_without_an_action_goes_on_as_well(app, signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/acknowledge")
    clock.forward(minutes=59)
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (1, 0)
    assert the_alert().state == "raised"
    assert told(app)[-1] == ("escalation", SECOND)


def test_an_action_stops_both_clocks(signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/act", data={"action": "call"})
    clock.forward(days=9)
    assert turn() == (0, 0)
    assert the_alert().state == "acknowledged"


def test_taking_an_acknowledgement_back_lets_the_first_clock_go_on(signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    browser, alert = signed_in("clinician"), the_alert().id
    clock.forward(minutes=10)
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    clock.forward(minutes=10)
    browser.post(f"/clinic/alerts/{alert}/take-back")
    clock.forward(minutes=10)
    assert turn() == (1, 0)


def test_what_is_taken_back_after_it_went_on_has_the_next_persons_whole_time(
    app, signed_in, says, clock, rota, turn, the_alert
):
    says("ana", "check-in", {"thoughts": "often"})
    clock.forward(minutes=30)
    assert turn() == (1, 0)
    browser, alert = signed_in("another-clinician"), the_alert().id
    clock.forward(minutes=10)
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    browser.post(f"/clinic/alerts/{alert}/take-back")
    clock.forward(minutes=19)
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (1, 0)


def test_a_snoozed_alert_that_is_taken_back_is_seen_and_goes_on(signed_in, says, clock, rota, turn, the_alert):
    alert = asleep(signed_in, says, the_alert)
    signed_in("clinician").post(f"/clinic/alerts/{alert}/take-back")
    assert the_alert().snoozed_until is None
    clock.forward(hours=4)
    assert turn() == (1, 0)


def test_an_alert_that_goes_on_after_its_sleep_is_in_sight_of_the_next(
    app, signed_in, says, clock, rota, turn, the_alert
):
    asleep(signed_in, says, the_alert)
    clock.forward(days=9)
    assert turn() == (1, 0)
    assert the_alert().snoozed_until is None
    assert told(app)[-1] == ("escalation", SECOND)


def asleep(signed_in, says, the_alert) -> str:
    """The id of an alert that the clinician acknowledged and lets wait."""
    says("ana", "check-in", {"thoughts": "now-and-then"})
    browser, alert = signed_in("clinician"), the_alert().id
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    form = {"hours": "72", "reason": "sees me on Monday"}
    assert browser.post(f"/clinic/alerts/{alert}/snooze", data=form).status_code == 302
    return alert


def test_below_urgent_the_clock_stands_while_nobody_is_there(says, clock, rota, turn):
    clock.moment = datetime(2026, 11, 20, 21, tzinfo=UTC)  # Friday, 16:00 in Toronto: an hour of cover is left
    says("ana", "check-in", {"thoughts": "now-and-then"})
    clock.moment = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)  # Monday 11:59
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (1, 0)


def test_on_a_day_on_which_the_clinic_is_closed_the_clock_stands_too(app, says, clock, rota, turn):
    with app.app_context():
        rules = {"minutes": {}, "levels": {}, "off": [], "signed": [], "tells_seen": False}
        hours = {"days": [1, 2, 3, 4, 5], "opens": time(9), "closes": time(17), "closed": ["2026-11-23"]}
        db.session.add(SafetySettings(clinic_id=CLINIC, **rules, **hours))
        db.session.commit()
        db.session.remove()
    clock.moment = datetime(2026, 11, 20, 21, tzinfo=UTC)  # Friday, 16:00 in Toronto
    says("ana", "check-in", {"thoughts": "now-and-then"})
    clock.moment = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)  # Tuesday 11:59
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (1, 0)


def test_a_snoozed_alert_sleeps_until_its_end_and_wakes_at_worse_news(signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "now-and-then"})
    browser, alert = signed_in("clinician"), the_alert().id
    form = {"hours": "72", "reason": "sees me on Monday"}
    assert browser.post(f"/clinic/alerts/{alert}/snooze", data=form).status_code == 302
    assert "1" in re.findall(r"Snoozed <b class=\"num\">(\d)", browser.get("/clinic/triage").text)
    clock.forward(days=2)
    assert turn() == (0, 0)
    says("ana", "check-in", {"thoughts": "often"})
    assert the_alert().snoozed_until is None
    clock.forward(minutes=30)
    assert turn() == (1, 0)


@pytest.mark.parametrize(
    ("day", "status"), [("2026-11-20", 422), ("2026-11-21", 302), ("2026-12-18", 302), ("2026-12-19", 422), ("", 422)]
)
def test_an_alert_sleeps_until_a_day_of_ones_own_within_limits(signed_in, says, the_alert, day, status):
    says("ana", "effects", {"effects": [{"effect": "bladder-pain", "severity": 1}]})
    form = {"hours": "day", "day": day, "reason": "sees me then"}
    answer = signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/snooze", data=form)
    assert answer.status_code == status
    until = datetime.fromisoformat(f"{day}T08:00-05:00") if status == 302 else None
    assert the_alert().snoozed_until == until
    assert ("at most 28 days ahead" in answer.text) == (status == 422)


def test_news_of_what_rested_is_told_and_its_clock_starts_again(app, signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/act", data={"action": "call"})
    before = told(app)
    clock.forward(days=2)
    says("ana", "check-in", {"thoughts": "often"})
    assert (the_alert().state, the_alert().count) == ("raised", 2)
    assert told(app)[len(before) :] == [("alert", FIRST)]
    assert "Raised again" in signed_in("clinician").get(f"/clinic/alerts/{the_alert().id}").text
    clock.forward(minutes=30)
    assert turn() == (1, 0)


@pytest.mark.parametrize("news", ["often", "now-and-then"], ids=["graver", "again"])
def test_whoever_was_handed_an_alert_keeps_it_and_hears_the_news_of_it(
    app, signed_in, says, clock, rota, turn, the_alert, news
):
    says("ana", "check-in", {"thoughts": "now-and-then"})
    alert = the_alert().id
    signed_in("clinician").post(f"/clinic/alerts/{alert}/assign", data={"person": SECOND})
    signed_in("another-clinician").post(f"/clinic/alerts/{alert}/act", data={"action": "call"})
    before = told(app)
    clock.forward(minutes=10)
    says("ana", "check-in", {"thoughts": news})
    assert (the_alert().state, the_alert().assigned_to) == ("raised", SECOND)
    assert told(app)[len(before) :] == [("alert", SECOND)]
    clock.forward(days=3)
    assert turn() == (1, 0)
    assert told(app)[-1] == ("escalation", FIRST)
    assert the_alert().assigned_to == FIRST


def test_what_is_graver_than_what_went_on_begins_with_the_first_and_then_goes_to_the_next(
    app, says, clock, rota, turn, the_alert
):
    says("ana", "check-in", {"thoughts": "now-and-then"})
    clock.forward(hours=4)
    assert turn() == (1, 0)
    clock.forward(minutes=1)
    says("ana", "check-in", {"thoughts": "often"})
    assert the_alert().assigned_to is None
    clock.forward(minutes=30)
    assert turn() == (1, 0)
    assert told(app) == [("alert", FIRST), ("escalation", SECOND), ("alert", FIRST), ("escalation", SECOND)]


def test_an_alert_that_was_handed_on_goes_to_the_one_after_whoever_has_it(
    app, signed_in, says, clock, rota, turn, the_alert
):
    says("ana", "check-in", {"thoughts": "often"})
    signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/assign", data={"person": SECOND})
    clock.forward(minutes=30)
    assert turn() == (1, 0)
    assert told(app) == [("alert", FIRST), ("alert", SECOND), ("escalation", FIRST)]


def test_a_watch_stands_on_the_list_and_is_told_to_the_first_of_the_rota_when_its_time_runs_out(
    app, signed_in, says, clock, rota, turn, the_alert
):
    says("ana", "check-in", {"thoughts": "rather-not-say"})
    page = f"/clinic/alerts/{the_alert().id}"
    before = signed_in("clinician").get(page).text
    assert "Nobody is told of it by mail until" in before
    assert "Told to" not in before
    clock.forward(days=4)
    assert turn() == (1, 0)
    assert told(app) == [("alert", FIRST)]
    after = signed_in("clinician").get(page).text
    assert f"Told to {CAST['clinician'][2]}." in after
    assert f"Its time ran out; {CAST['clinician'][2]} was told" in after
    assert "Nobody answered in time" not in after + signed_in("clinician").get("/clinic/triage").text
    clock.forward(days=4)
    assert turn() == (1, 0)
    assert told(app)[1:] == [("escalation", SECOND)]


def test_who_acknowledged_a_watch_and_did_no_more_is_not_the_next_to_be_told(
    app, signed_in, says, clock, rota, turn, the_alert
):
    says("ana", "check-in", {"thoughts": "rather-not-say"})
    signed_in("clinician").post(f"/clinic/alerts/{the_alert().id}/acknowledge")
    clock.forward(days=7)
    assert turn() == (1, 0)
    assert told(app) == [("escalation", SECOND)]


def test_an_urgent_alert_cannot_be_snoozed(signed_in, says, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    browser, alert = signed_in("clinician"), the_alert().id
    form = {"hours": "4", "reason": "later"}
    assert browser.post(f"/clinic/alerts/{alert}/snooze", data=form).status_code == 403
    assert "Let it wait" not in browser.get(f"/clinic/alerts/{alert}").text


def test_silence_after_a_session_is_raised_once(treated, says, clock, turn, the_alert):
    treated(days=0.5)
    clock.forward(hours=11)
    assert turn() == (0, 0)
    clock.forward(hours=1)
    assert turn() == (0, 1)
    assert turn() == (0, 0)
    assert (the_alert().rule, the_alert().tier) == ("silent", "watch")


def test_a_word_in_time_is_no_silence(treated, says, clock, turn):
    treated(days=0.5)
    clock.forward(hours=3)
    says("ana", "check-in", {"mood": 5})
    clock.forward(hours=30)
    assert turn() == (0, 0)


@pytest.mark.parametrize(("is_before", "raised"), [(True, 1), (False, 0)], ids=["before it", "after it"])
def test_a_phone_whose_clock_is_years_ahead_is_heard_when_its_word_comes(treated, says, clock, turn, is_before, raised):
    def word():
        says("ana", "check-in", {"mood": 5}, felt=clock() + timedelta(days=900), day=clock().date())

    if is_before:
        word()
    clock.forward(hours=1)
    treated(days=0)
    clock.forward(hours=1)
    if not is_before:
        word()
    clock.forward(hours=30)
    assert turn() == (0, raised)


TROCHE = {"route": "sublingual", "mg": 100, "someone": True}


def test_no_word_of_being_ok_after_a_dose_at_home_is_raised_once(says, clock, turn, the_alert):
    says("ana", "home-dose", {**TROCHE, "at": clock().isoformat()})
    clock.forward(hours=5, minutes=59)
    assert turn() == (0, 0)
    clock.forward(minutes=1)
    assert turn() == (0, 1)
    assert turn() == (0, 0)
    assert (the_alert().rule, the_alert().tier) == ("no-ok", "watch")


def test_a_dose_at_home_that_comes_after_days_without_a_word_is_raised_all_the_same(says, clock, turn, the_alert):
    says("ana", "home-dose", {**TROCHE, "at": (clock() - timedelta(days=8)).isoformat()})
    assert turn() == (0, 1)
    assert turn() == (0, 0)
    assert the_alert().rule == "no-ok"


def test_a_dose_at_home_that_a_clock_puts_years_ahead_waits_for_a_word_of_being_ok_since_it_came(says, clock, turn):
    says("ana", "home-dose", {**TROCHE, "at": (clock() + timedelta(days=900)).isoformat()})
    clock.forward(hours=6)
    assert turn() == (0, 1)


def test_who_says_in_time_that_they_are_ok_is_let_be(says, clock, turn):
    at = clock().isoformat()
    dose = says("ana", "home-dose", {**TROCHE, "at": at})
    clock.forward(hours=3)
    says("ana", "home-dose", {**TROCHE, "at": at, "ok_at": clock().isoformat()}, record=dose.record, parents=[dose.id])
    clock.forward(hours=4)
    assert turn() == (0, 0)


def test_a_call_that_was_never_heard_is_raised_when_the_rules_run_again(app, says, the_alert):
    said = says("ana", "call", {"asked": True}, ago=timedelta(days=2))
    with app.app_context():
        for table in (Notice, AlertCause, AlertEvent, Alert):
            db.session.execute(delete(table))
        db.session.commit()
        db.session.remove()
    again = ["safety", "raise-again", "--days", "30"]
    assert "Harbour clinic: 1 raised" in app.test_cli_runner().invoke(args=again).output
    assert (the_alert().rule, the_alert().version_id) == ("call", said.id)
    assert "Harbour clinic: 0 raised" in app.test_cli_runner().invoke(args=again).output


def test_everything_that_happened_stays(app, signed_in, says, clock, rota, turn, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    browser, alert = signed_in("clinician"), the_alert().id
    clock.forward(minutes=31)
    turn()
    for what, form in (
        ("acknowledge", {}),
        ("assign", {"person": FIRST}),
        ("act", {"action": "none", "note": ""}),
        ("act", {"action": "none", "note": "spoke with her sister, she is with her"}),
        ("resolve", {}),
        ("acknowledge", {}),
    ):
        clock.forward(minutes=1)
        browser.post(f"/clinic/alerts/{alert}/{what}", data=form)
    with app.app_context():
        happened = [event.what for event in db.session.scalars(select(AlertEvent).order_by(AlertEvent.at))]
        db.session.remove()
    assert happened == ["raised", "escalated", "acknowledged", "assigned", "acted", "resolved"]


def test_an_alert_cannot_be_resolved_before_something_was_done(signed_in, says, the_alert):
    says("ana", "check-in", {"thoughts": "often"})
    browser, alert = signed_in("clinician"), the_alert().id
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    browser.post(f"/clinic/alerts/{alert}/resolve")
    assert the_alert().state == "acknowledged"


def test_the_commands_say_what_they_did_and_would_do(app, says, treated, clock):
    treated(days=1.5)
    for days in (30, 20, 10):
        says("ana", "check-in", {"thoughts": "often", "mood": 0}, ago=timedelta(days=days))
    runner = app.test_cli_runner()
    assert "1 raised, " in runner.invoke(args=["safety", "run"]).output
    dry = runner.invoke(args=["safety", "dry-run", "--days", "60"]).output
    assert "Harbour clinic: 3 reports, 166.7 alerts per 100" in dry, dry
    assert re.search(r"100\.00  thoughts-often", dry)


def test_when_a_figure_changes_the_last_days_are_judged_again_once(app, says, the_alert):
    says("ana", "check-in", {"mood": 2}, ago=timedelta(days=3))
    says("ana", "check-in", {"mood": 2}, ago=timedelta(days=40))
    again = ["safety", "raise-again", "--days", "30"]
    assert "Harbour clinic: 0 raised" in app.test_cli_runner().invoke(args=again).output
    with app.app_context():
        hours = {"days": [1, 2, 3, 4, 5], "opens": time(9), "closes": time(17)}
        chosen = {"minutes": {}, "levels": {"lowest-mood": 2}, "off": [], "tells_seen": False, "signed": []}
        db.session.add(SafetySettings(clinic_id=CLINIC, **hours, **chosen))
        db.session.commit()
        db.session.remove()
    assert "Harbour clinic: 1 raised" in app.test_cli_runner().invoke(args=again).output
    assert (the_alert().rule, the_alert().count) == ("mood-lowest", 1)
    assert "Harbour clinic: 0 raised" in app.test_cli_runner().invoke(args=again).output
    assert the_alert().count == 1


@pytest.mark.parametrize(
    ("thoughts", "title", "when", "is_told_at_once"),
    [
        ("often", "Tidelog: urgent", "at once", True),
        ("now-and-then", "Tidelog: today", "today", True),
        ("rather-not-say", "Tidelog", "by the next working day", False),
    ],
)
def test_a_mail_tells_how_soon_to_look_and_that_it_went_on_and_nothing_else(
    app, says, clock, rota, go_round, mailbox, thoughts, title, when, is_told_at_once
):
    says("ana", "check-in", {"thoughts": thoughts})
    go_round(app)
    first = [mail.get_payload() for mail in mailbox.mails]
    for _ in first or (None, None):
        clock.forward(days=7)
        go_round(app)
    assert [f"look {when}." in text and "Nobody answered" not in text for text in first] == [True] * is_told_at_once
    assert "Nobody answered in time, so this comes to you. " in mailbox.mails[-1].get_payload()
    for mail in mailbox.mails:
        assert mail["Subject"] == title
        assert not any(personal in mail.as_string() for personal in ("Ana", "thoughts", "question"))
