"""One table says who may read what; the lookups and the patient's page follow from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pwa import accounts
from pwa.domain import rights
from pwa.records import CheckIn, EffectsReport, JournalEntry, Person, SafetyPlan, db
from tests.clinic.conftest import plain
from tests.conftest import CAST

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
OTHERWISE = {"goals", "sessions", "names"}


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
