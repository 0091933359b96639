"""One table says who may read what; the lookups and the patient's page follow from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from pwa import accounts
from pwa.domain import rights
from pwa.records import (
    Annotation,
    CareTeam,
    CheckIn,
    Course,
    EffectsReport,
    Emergency,
    Goal,
    GoalSaid,
    Hidden,
    HomeDose,
    JournalEntry,
    Note,
    Offer,
    Patient,
    Person,
    SafetyPlan,
    Treatment,
    db,
)
from pwa.records.notices import Wanted, enqueue
from tests.clinic.conftest import ANA, IV, plain
from tests.conftest import CAST, CLINIC, uid

STAFF = ("clinician", "therapist", "manager", "front-desk")
#: every part has them
LOOKUPS = {
    "check-ins": [partial(accounts.kept_of, CheckIn)],
    "effects": [partial(accounts.kept_of, EffectsReport), accounts.effects_of],
    "alerts": [accounts.alerts_of],
    "events": [accounts.events_of],
    "journal": [partial(accounts.readable, JournalEntry)],
    "safety-plan": [partial(accounts.readable, SafetyPlan)],
    "goals": [partial(accounts.kept_of, table) for table in (Goal, GoalSaid, Offer)],
    "sessions": [partial(accounts.kept_of, table) for table in (Course, HomeDose, Treatment)],
    "notes": [partial(accounts.kept_of, Note)],
    "own-notes": [accounts.own_notes],
    "appointments": [accounts.patients_to_expect],
    "names": [accounts.correctable_by, accounts.patients_of],
    "team": [accounts.teams_of, partial(accounts.kept_of, CareTeam)],
    "invitations": [accounts.invitable_by],
    "people": [accounts.people_of],
    "messages": [accounts.notices_of],
    "trail": [accounts.trail_of, accounts.emergencies_here],
    "record": [accounts.records_of],
}


@pytest.fixture
def a_row_of_each(app, clock, says, noted_by, judged_by):
    at, until, member = "2026-11-19T14:00:00-05:00", clock() + timedelta(hours=4), CAST["another-clinician"][1]
    said = {"check-in": {"mood": 2, "thoughts": "often"}, "effects": {"effects": [{"effect": "nausea", "severity": 2}]}}
    said |= {"journal": {"text": "The gate.", "audience": "care-team"}}
    said |= {"safety-plan": {"helps": "The sea.", "audience": "care-team"}}
    said |= {"home-dose": {"at": at, "route": "sublingual", "mg": 100, "someone": True}}
    for kind, body in said.items():
        says("ana", kind, body)
    says("ana", "treatment", {**IV, "at": at}, by="clinician")
    says("ana", "course", {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-12"}, by="clinician")
    says("ana", "offer", {"offer": "slow-breaths", "until": "2026-11-27"}, by="therapist")
    goal = says("ana", "goal", {"words": "The water.", "measure": "ten", "levels": []}, by="therapist")
    says("ana", "goal-said", {"goal": goal.record, "level": 4, "wording": "The water.", "done": False})
    noted_by("clinician", "Slept well.")
    judged_by("clinician", effect="nausea", words="")
    hers = {"clinic_id": CLINIC, "patient_id": ANA}
    with app.app_context():
        db.session.add(Annotation(**hers, id=uid(80), person_id=CAST["therapist"][1], text="The gate.", at=clock()))
        db.session.add(Emergency(**hers, id=uid(81), person_id=member, reason="Brought in.", at=clock(), until=until))
        enqueue([Wanted(CLINIC, ANA, "reminder", "evening", "reminder:evening", "mail", clock())], clock())
        db.session.commit()


def finds(who, lookup):
    return bool(db.session.scalars(lookup(db.session.get_one(Person, CAST[who][:2]))).all())


def test_every_part_has_a_lookup():
    assert set(LOOKUPS) == {part.id for part in rights.PARTS}


def test_each_role_finds_what_the_table_says_and_nothing_else(app, a_row_of_each):
    with app.app_context():
        for part in rights.PARTS:
            found = {lookup: {who for who in STAFF if finds(who, lookup)} for lookup in LOOKUPS[part.id]}
            assert all(found.values()), f"{part.id}: nobody finds anything"
            assert set().union(*found.values()) == set(part.readers), part.id


def test_a_part_that_nobody_reads_any_more_is_found_by_nobody(app, a_row_of_each, monkeypatch):
    with app.app_context():
        for part in rights.PARTS:
            with monkeypatch.context() as patched:
                patched.setitem(rights._BY_ID, part.id, replace(part, readers={}))
                for who in STAFF:
                    assert not [lookup for lookup in LOOKUPS[part.id] if finds(who, lookup)], f"{who}: {part.id}"


def test_a_patient_reads_the_same_table_in_plain_words(signed_in):
    page = plain(signed_in("ana").get("/account/looks").text).replace(" :", ":")
    assert "Check-ins: your clinicians, your therapists." in page
    assert "Journal: your clinicians, your therapists. Only what you share with them." in page
    assert "Appointments: your clinicians, your therapists, the front desk." in page
    assert "Your mail address, and where you are signed in: managers." in page


def whose(part, who):
    """Ids of the patients, asked as by a page that is composed once, which finds the same as one that is not."""
    user = db.session.get_one(Person, CAST[who][:2])
    composed = select(Patient.id).where(accounts.is_open(part, Patient, accounts.Reader()))
    found = set(db.session.scalars(composed, accounts.reader(user)))
    assert found == set(db.session.scalars(select(Patient.id).where(accounts.is_open(part, Patient, user))))
    return found


def test_what_is_hidden_and_what_an_emergency_opens_is_the_same_on_both_databases(app_on_both, clock):
    hers = {"clinic_id": CLINIC, "patient_id": ANA}
    with app_on_both.app_context():
        assert whose("check-ins", "clinician") == {ANA}
        db.session.add(Hidden(**hers, id=uid(90), part="check-ins", role="clinician", since=clock(), until=None))
        db.session.commit()
        assert (whose("check-ins", "clinician"), whose("effects", "clinician")) == (set(), {ANA})
        assert (whose("alerts", "clinician"), whose("check-ins", "therapist")) == ({ANA}, {ANA})
        until = clock() + timedelta(hours=4)
        for n, who in enumerate(("clinician", "another-clinician", "therapist", "manager")):
            person = {"person_id": CAST[who][1], "reason": "Brought in.", "at": clock(), "until": until}
            db.session.add(Emergency(**hers, id=uid(91 + n), **person))
        db.session.commit()
        for part in ("check-ins", "effects", "alerts", "journal", "names", "notes"):
            assert whose(part, "clinician") == {ANA}, part
            assert whose(part, "another-clinician") == {ANA, CAST["another-patient"][1]}, part
            assert whose(part, "manager") == set(), part
        assert whose("goals", "another-clinician") == set()
        clock.moment = until
        assert (whose("check-ins", "clinician"), whose("names", "clinician")) == (set(), {ANA})
