"""What the rules raise as entries arrive: once each, whatever the order, and never silence."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from pwa.domain.safety import RULES, judging
from pwa.records import Alert, AlertCause, CareTeam, Notice, Patient, db
from pwa.records.base import begin_writing
from pwa.records.facts import facts_of
from pwa.records.raising import Said, judge, judge_silence
from pwa.sync.receive import receive
from tests.conftest import CAST
from tests.sync.conftest import PROFILE, _clock
from tests.sync.phones import alerts, new_patient, over, phone_of, rows, said, staff
from tests.sync.test_heads_and_rows import TREATMENT

NOON = datetime(2026, 11, 19, 17, tzinfo=UTC)


def effects(at=NOON, *named, **more):
    """A report of these effects, each as (id, severity, still going on)."""
    listed = [{"effect": effect, "severity": severity, "ongoing": ongoing} for effect, severity, ongoing in named]
    moment = at.isoformat()
    return said({"effects": listed, **more}, "effects", felt_at=moment, written_at=moment, day=at.date().isoformat())


def treats(phone, at, **more):
    """The clinic records a treatment given then."""
    body = {**TREATMENT, "status": "given", "at": at.isoformat(), **more}
    text = said(body, "treatment", felt_at=at.isoformat(), day=at.date().isoformat())
    with phone.app.app_context():
        begin_writing()
        patient = db.session.get_one(Patient, phone.owner)
        [receipt] = receive(patient, [text], author=staff(), device=None, received_at=NOON)
        assert receipt.outcome == "stored", receipt
        db.session.commit()
        db.session.remove()


def problems(phone):
    return {(alert.problem, alert.tier, alert.count) for alert in alerts(phone)}


def test_what_is_expected_in_the_hours_after_a_dose_raises_nothing(phone):
    treats(phone, NOON)
    phone.send(effects(NOON + timedelta(hours=3), ("dissociation", 3, True), ("drowsiness", 3, True)))
    assert problems(phone) == set()


def test_a_report_in_the_wrong_hours_is_seen_when_the_dose_is_recorded_late(phone):
    """Its window said that it was expected; the clinic's record says that it was six hours later."""
    phone.send(effects(NOON + timedelta(hours=6), ("dissociation", 2, True), window="acute"))
    assert problems(phone) == set()
    treats(phone, NOON)
    assert problems(phone) == {("detached", "high", 1)}


def test_what_a_nurse_measures_is_read_by_the_rules_and_ends_no_silence(phone):
    treats(phone, NOON, observed={"peak_systolic": 150, "peak_diastolic": 85})
    assert problems(phone) == set()
    severe = {"peak_systolic": 186, "peak_diastolic": 100, "leaving_systolic": 184, "leaving_diastolic": 98}
    treats(phone, NOON + timedelta(days=3), observed={"before_systolic": 130, "before_diastolic": 80, **severe})
    [(_, tier, _)] = problems(phone)
    assert tier == "urgent"
    with phone.app.app_context():
        assert judge_silence(phone.owner.clinic_id, phone.owner.id, NOON + timedelta(days=4)) == 1
        db.session.rollback()


def test_what_a_nurse_measured_before_is_what_a_reading_at_home_is_held_against(phone):
    treats(phone, NOON, observed={"before_systolic": 110, "before_diastolic": 70})
    phone.send(effects(NOON + timedelta(hours=5), systolic=152, diastolic=84))
    assert {tier for _, tier, _ in problems(phone)} == {"watch"}


def test_nights_are_held_against_the_first_answer_however_long_ago_that_is(phone):
    phone.send(effects(NOON - timedelta(days=200), ("nocturia", 0, False)))
    phone.send(effects(NOON, ("nocturia", 2, True)))
    assert problems(phone) == {("bladder", "watch", 1)}


HOME = {"place": "home", "route": "sublingual", "dose": 100, "unit": "mg"}


def takes(at, mg=100):
    body = {"at": at.isoformat(), "route": "sublingual", "mg": mg}
    return said(body, "home-dose", felt_at=at.isoformat(), written_at=at.isoformat(), day=at.date().isoformat())


def test_a_dose_at_home_is_held_against_what_was_planned(phone):
    treats(phone, NOON, status="planned", **HOME)
    phone.send(takes(NOON))
    assert problems(phone) == set()
    phone.send(takes(NOON + timedelta(hours=5)))
    assert problems(phone) == {("dose", "watch", 1)}


def test_the_second_dose_is_one_too_many_also_when_the_first_arrives_late(phone):
    treats(phone, NOON, status="planned", **HOME)
    phone.send(takes(NOON + timedelta(hours=5)))
    assert problems(phone) == set()
    phone.send(takes(NOON))
    assert problems(phone) == {("dose", "watch", 1)}


def test_where_no_dose_is_planned_at_home_none_is_too_many(phone):
    treats(phone, NOON)
    phone.send(takes(NOON + timedelta(hours=5)))
    assert problems(phone) == set()


def test_an_older_report_that_arrives_late_makes_the_pattern(phone):
    urinary = (("urinary-frequency", 2, True), ("nocturia", 2, True))
    phone.send(effects(NOON, *urinary))
    assert problems(phone) == set()
    phone.send(effects(NOON - timedelta(days=8), *urinary))
    assert problems(phone) == {("bladder", "watch", 1)}


def test_what_is_bad_and_unchanged_adds_to_the_open_alert(phone):
    phone.send(effects(NOON, ("bladder-pain", 2, True)))
    phone.send(effects(NOON + timedelta(hours=1), ("bladder-pain", 2, True)))
    assert problems(phone) == {("bladder", "watch", 2)}


def test_what_is_unchanged_since_an_alert_was_settled_raises_no_other(phone):
    phone.send(effects(NOON, ("bladder-pain", 2, True)))
    with phone.app.app_context():
        db.session.execute(update(Alert).values(state="resolved"))
        db.session.commit()
        db.session.remove()
    phone.send(effects(NOON + timedelta(days=1), ("bladder-pain", 2, True)))
    assert len(alerts(phone)) == 1
    phone.send(effects(NOON + timedelta(days=2), ("bladder-pain", 3, True)))
    assert len(alerts(phone)) == 2


def test_asking_to_be_called_is_heard_also_when_the_rest_of_it_is_not_understood(phone):
    assert phone.outcomes(said({"asked": True, "note": "about my dose"}, "call"), said({"wish": 1}, "call")) == [
        "stored",
        "parked",
    ]
    assert problems(phone) == {("call", "high", 2)}


def test_any_moment_at_all_is_judged_and_parks_nothing(phone):
    for moment in ("2000-01-01T00:00:00+00:00", "2900-12-31T23:59:59+00:00"):
        report = said({"effects": [{"effect": "chest-pain", "severity": 1}]}, "effects", felt_at=moment)
        assert phone.outcomes(report, said({"mood": 0, "thoughts": "often"}, felt_at=moment)) == ["stored", "stored"]
    assert {problem for problem, _, _ in problems(phone)} == {"chest-pain", "thoughts", "mood"}


def test_a_rule_that_fails_parks_nothing_and_is_never_silence(phone, monkeypatch, caplog):
    def fails(entry, facts, levels):
        raise RuntimeError("a secret of the patient")

    broken = [dataclasses.replace(rule, fires=fails) if rule.id == "seizure" else rule for rule in RULES]
    monkeypatch.setattr(judging, "RULES", broken)
    assert phone.outcomes(effects(NOON, ("chest-pain", 1, False), ("seizure", 1, False))) == ["stored"]
    assert {problem for problem, _, _ in problems(phone)} == {"chest-pain", "rule-failed"}
    assert "seizure" in caplog.text
    assert "secret" not in caplog.text
    with phone.app.app_context():
        told = db.session.scalars(select(Notice).where(Notice.what == "operator", Notice.about == "seizure")).all()
        db.session.remove()
    assert told


def test_those_who_answer_are_told_once_of_an_urgent_or_high_alert(phone):
    somebody_answers(phone)
    text = said({"thoughts": "often"})
    phone.send(text, said({"thoughts": "rather-not-say"}))
    phone.send(over(text, body={"thoughts": "no"}), said({"thoughts": "often"}))
    [alert] = alerts(phone)
    assert told(phone, alert) == [(CAST["clinician"][1], "alert", "mail"), (CAST["clinician"][1], "alert", "push")]


def test_a_call_that_is_asked_for_is_told_and_what_can_be_watched_is_not(phone):
    somebody_answers(phone)
    phone.send(said({"asked": True}, "call"), effects(NOON, ("bladder-pain", 2, True)))
    assert {alert.problem: len(told(phone, alert)) for alert in alerts(phone)} == {"call": 2, "bladder": 0}


def somebody_answers(phone):
    with phone.app.app_context():
        db.session.add(
            CareTeam(clinic_id=phone.owner.clinic_id, patient_id=phone.owner.id, person_id=staff().id, role="clinician")
        )
        db.session.commit()
        db.session.remove()


def told(phone, alert):
    with phone.app.app_context():
        found = db.session.scalars(select(Notice).where(Notice.about == alert.id)).all()
        db.session.remove()
    return sorted((one.person_id, one.what, one.channel) for one in found)


def both(effect, severity, ongoing):
    return [{"effect": effect, "severity": severity, "ongoing": ongoing}, {"effect": "nocturia", "severity": severity}]


ENTRIES = st.lists(
    st.one_of(
        st.builds(
            lambda days, mood, thoughts: ("check-in", days, {"mood": mood, "thoughts": thoughts}),
            st.integers(0, 30),
            st.integers(0, 10),
            st.sampled_from(["no", "rather-not-say", "now-and-then", "often"]),
        ),
        st.builds(
            lambda days, effect, severity, ongoing: ("effects", days, {"effects": both(effect, severity, ongoing)}),
            st.integers(0, 30),
            st.sampled_from(["bladder-pain", "craving", "dissociation", "jaundice", "chest-pain", "urinary-frequency"]),
            st.integers(0, 3),
            st.booleans(),
        ),
    ),
    min_size=2,
    max_size=8,
)


@PROFILE
@given(entries=ENTRIES, data=st.data())
def test_the_order_in_which_entries_arrive_and_a_second_run_change_nothing(on_sqlite, entries, data):
    texts = []
    for n, (kind, days, body) in enumerate(entries):
        at = NOON - timedelta(days=days, minutes=n)
        texts.append(said(body, kind, felt_at=at.isoformat(), written_at=at.isoformat(), day=at.date().isoformat()))
    outcomes = []
    for order in (sorted(texts), data.draw(st.permutations(texts))):
        phone = phone_of(on_sqlite, _clock, new_patient(on_sqlite, _clock))
        cut = data.draw(st.integers(0, len(order)))
        for batch in (order[:cut], order[cut:]):
            phone.send(*batch)
        outcomes.append(problems(phone))
        causes = len(rows(phone, AlertCause))
        again(phone, order)
        assert (problems(phone), len(rows(phone, AlertCause))) == (outcomes[-1], causes)
    assert outcomes[0] == outcomes[1]


def again(phone, texts):
    """The rules run once more over all that stands."""
    with phone.app.app_context():
        begin_writing()
        facts = facts_of(*phone.owner, (NOON - timedelta(days=60)).date(), (NOON + timedelta(days=2)).date())
        judge(*phone.owner, [Said(entry, NOON) for entry in facts.written()], [], NOON)
        db.session.commit()
        db.session.remove()
