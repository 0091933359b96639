"""One table says who may read what; the lookups and the patient's page follow from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa import accounts
from pwa.domain import rights
from pwa.records import CheckIn, EffectsReport, Emergency, Hidden, JournalEntry, Patient, Person, SafetyPlan, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST, CLINIC, uid

STAFF = ("clinician", "therapist", "manager", "front-desk")
LOOKUPS = {
    "check-ins": lambda user: accounts.answers_of(CheckIn, user),
    "effects": lambda user: accounts.answers_of(EffectsReport, user),
    "alerts": accounts.alerts_of,
    "events": accounts.events_of,
    "journal": lambda user: accounts.readable(JournalEntry, user),
    "safety-plan": lambda user: accounts.readable(SafetyPlan, user),
    "notes": accounts.notes_of,
    "appointments": accounts.patients_to_expect,
    "invitations": accounts.invitable_by,
    "people": accounts.people_of,
    "trail": accounts.trail_of,
}
#: a page that is a role's own opens by its role, and treatments to whoever finds the patient
OTHERWISE = {"goals", "sessions", "names", "record"}


@pytest.fixture
def a_row_of_each(says, noted_by, judged_by):
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    says("ana", "effects", {"effects": [{"effect": "nausea", "severity": 2}]})
    says("ana", "journal", {"text": "The gate.", "audience": "care-team"})
    says("ana", "safety-plan", {"helps": "The sea.", "audience": "care-team"})
    noted_by("clinician", "Slept well.")
    judged_by("clinician", effect="nausea", words="")


def finds(who, part):
    user = db.session.get_one(Person, CAST[who][:2])
    return bool(db.session.scalars(LOOKUPS[part](user)).all())


def test_every_part_has_a_lookup():
    assert set(LOOKUPS) | OTHERWISE == {part.id for part in rights.PARTS}


def test_each_role_finds_what_the_table_says_and_nothing_else(app, a_row_of_each):
    with app.app_context():
        for part in rights.PARTS:
            for who in STAFF:
                if part.id in LOOKUPS:
                    assert finds(who, part.id) == (who in part.readers), f"{who}: {part.id}"


def test_a_role_that_the_table_no_longer_names_finds_nothing(app, a_row_of_each, monkeypatch):
    for part in rights.PARTS:
        monkeypatch.setitem(rights._BY_ID, part.id, replace(part, readers={}))
    monkeypatch.setattr("pwa.accounts.access.INVITING", ())
    with app.app_context():
        for who in STAFF:
            assert [part for part in LOOKUPS if part != "appointments" and finds(who, part)] == [], who
        assert not finds("front-desk", "appointments")


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
