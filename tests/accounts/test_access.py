from __future__ import annotations

import pytest
from sqlalchemy.exc import StatementError

from pwa.accounts import Reader, kept_of, patients_of, patients_to_expect, people_of, readable, reader
from pwa.records import CareTeam, CheckIn, JournalEntry, Person, SafetyPlan, db
from tests.conftest import CAST, CLINIC

ANA = CAST["ana"][1]


def person(who):
    return db.session.get_one(Person, CAST[who][:2])


def found(select):
    return {one.id for one in db.session.scalars(select)}


@pytest.mark.parametrize(
    ("who", "patients"),
    [
        ("clinician", {"ana"}),
        ("therapist", {"ana"}),
        ("another-clinician", {"another-patient"}),
        ("stranger", {"patient-elsewhere"}),
        ("manager", set()),
        ("front-desk", set()),
        ("ana", set()),
    ],
)
def test_the_care_team_is_folded_into_the_lookup(app, who, patients):
    with app.app_context():
        assert found(patients_of(person(who))) == {CAST[one][1] for one in patients}


def test_whoever_is_on_the_team_as_something_else_sees_nothing(app):
    with app.app_context():
        theirs = db.session.get_one(CareTeam, (CLINIC, ANA, CAST["clinician"][1]))
        theirs.role = "therapist"
        db.session.flush()
        assert found(patients_of(person("clinician"))) == set()


@pytest.mark.parametrize(
    ("who", "audiences"),
    [
        ("clinician", {"care-team"}),
        ("therapist", {"care-team", "therapist"}),
        ("another-clinician", set()),
        ("stranger", set()),
        ("manager", set()),
        ("front-desk", set()),
        ("ana", set()),
    ],
)
def test_a_journal_and_a_plan_are_read_by_those_they_are_shared_with(app, says, who, audiences):
    for audience in ("me", "therapist", "care-team"):
        says("ana", "journal", {"text": audience, "audience": audience})
        says("ana", "safety-plan", {"helps": audience, "audience": audience})
    with app.app_context():
        assert {entry.text for entry in db.session.scalars(readable(JournalEntry, person(who)))} == audiences
        assert {plan.helps for plan in db.session.scalars(readable(SafetyPlan, person(who)))} == audiences


COMPOSED = [kept_of(CheckIn, Reader()), readable(JournalEntry, Reader()), readable(SafetyPlan, Reader())]


@pytest.mark.parametrize("composed", COMPOSED)
def test_a_statement_composed_once_fails_where_it_is_not_said_who_asks(app, composed):
    with app.app_context():
        who_asks = reader(person("clinician"))
        db.session.execute(composed, who_asks)
        for name in who_asks:
            with pytest.raises(StatementError, match="value is required"):
                db.session.execute(composed, {key: value for key, value in who_asks.items() if key != name})


def test_the_front_desk_expects_everyone_of_its_own_clinic(app):
    with app.app_context():
        assert found(patients_to_expect(person("front-desk"))) == {ANA, CAST["another-patient"][1]}
        assert found(patients_to_expect(person("clinician"))) == {ANA}
        assert found(patients_to_expect(person("manager"))) == set()


def test_only_a_manager_runs_people_and_only_those_of_the_clinic(app):
    with app.app_context():
        here = {id_ for clinic, id_, *_ in CAST.values() if clinic == CLINIC}
        assert found(people_of(person("manager"))) == here
        assert found(people_of(person("clinician"))) == set()
