"""Who has no card of the clinic yet gets one, and so hears when somebody is there."""

from __future__ import annotations

import json
from datetime import time

import pytest
from sqlalchemy import select

from pwa.records import Person, SafetySettings, Version, db
from tests.clinic.test_asked import CARD
from tests.conftest import CAST, CLINIC

COVER = {"days": [2, 4], "opens": "10:00", "closes": "16:00"}
USUAL = {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"}


@pytest.fixture
def cards(app):
    def said():
        with app.app_context():
            cards = db.session.scalars(select(Version).where(Version.kind == "card").order_by(Version.seq))
            return {one.patient_id: json.loads(one.text)["body"] for one in cards}

    return said


@pytest.fixture
def hours(app):
    with app.app_context():
        some = {"days": COVER["days"], "opens": time(10), "closes": time(16), "tells_seen": False}
        db.session.add(SafetySettings(clinic_id=CLINIC, minutes={}, levels={}, off=[], signed=[], **some))
        db.session.commit()


def test_whoever_nothing_is_set_for_hears_the_hours_of_their_clinic(app, hours, cards, go_round):
    go_round(app)
    asked = {"effects_off": [], "checks_off": [], "own": []}
    here = {"name": "Harbour clinic", "zone": "America/Toronto", "thoughts_asked": False, "asked": asked}
    there = {**here, "name": "Hill clinic", "cover": USUAL}
    ana, bo, cy = (CAST[name][1] for name in ("ana", "another-patient", "patient-elsewhere"))
    assert cards() == {ana: {**here, "cover": COVER}, bo: {**here, "cover": COVER}, cy: there}


def test_a_new_patient_gets_what_the_others_have_of_the_clinic_and_nothing_of_theirs(app, clock, says, cards, go_round):
    says("ana", "card", {**CARD, "clinician": "Dr. Nadia Fournier"}, by="clinician")
    go_round(app)
    asked = {"effects_off": [], "checks_off": [], "own": []}
    assert cards()[CAST["another-patient"][1]] == {**CARD, "cover": USUAL, "asked": asked}
    assert "phone" not in cards()[CAST["patient-elsewhere"][1]]


def test_each_gets_one_and_it_stays_as_it_is(app, clock, cards, go_round):
    for _ in range(3):
        go_round(app)
        clock.forward(minutes=30)
    with app.app_context():
        assert len(db.session.scalars(select(Version.id).where(Version.kind == "card")).all()) == len(cards()) == 3


def test_where_nobody_works_nobody_speaks_for_the_clinic(app, cards, go_round):
    with app.app_context():
        for person in db.session.scalars(select(Person).where(Person.role != "patient")):
            person.closed_at = person.created_at
        db.session.commit()
    go_round(app)
    assert cards() == {}
