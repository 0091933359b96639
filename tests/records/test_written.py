"""What is written of a patient: each table of it keeps a person from being removed, and a record from being erased."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from pwa.accounts.correcting import is_blank
from pwa.domain import events
from pwa.records import (
    AdverseEvent,
    Alert,
    AlertEvent,
    Annotation,
    Clash,
    Clinic,
    Emergency,
    Hidden,
    Note,
    Person,
    Version,
    db,
    erasing,
)
from pwa.records.written import NOT_LOOKED_AT, WRITTEN
from tests.conftest import CAST, CLINIC

ANA, NURSE, THERAPIST = (CAST[who][1] for who in ("ana", "clinician", "therapist"))
HERS = {"clinic_id": CLINIC, "patient_id": ANA}
TEN_YEARS = timedelta(days=10 * 366)


def a_version(at, kind="check-in"):
    said = {"text": b"{}", "outcome": "stored", "record": str(uuid4()), "kind": kind, "parents": []}
    return Version(**HERS, id=str(uuid4()), seq=1, **said, author_id=ANA, received_at=at)


def a_clash(at):
    """It came long after the version whose id it has."""
    version = a_version(at - TEN_YEARS)
    told = {"digest": "0" * 64, "text": b"{}", "author_id": ANA, "received_at": at}
    return version, Clash(**HERS, version_id=version.id, **told)


def a_note(at):
    return Note(**HERS, id=str(uuid4()), edition=1, text="She slept.", person_id=NURSE, at=at)


def an_adverse_event(at):
    choices = {"told": events.TOLD, "grade": events.GRADES, "serious": events.SERIOUS, "action": events.TAKEN}
    choices |= {"causality": events.CAUSALITIES, "outcome": events.OUTCOMES}
    judged = {name: some[0][0] for name, some in choices.items()} | {"heard": at.date(), "began": at.date()}
    return AdverseEvent(**HERS, id=str(uuid4()), edition=1, person_id=NURSE, at=at, words="a fall", **judged)


def a_therapists_own_note(at):
    return Annotation(**HERS, id=str(uuid4()), person_id=THERAPIST, text="Ask about the gate.", at=at)


def an_alert(at):
    raised = {"problem": "thoughts", "rule": "thoughts", "tier": "high", "state": "raised", "count": 1, "escalated": 0}
    return Alert(**HERS, id=str(uuid4()), **raised, raised_at=at, last_at=at)


def what_was_done_of_an_alert(at):
    """Long after the alert."""
    alert = an_alert(at - TEN_YEARS)
    done = {"what": "acted", "person_id": NURSE, "note": "Called her.", "details": {}}
    return alert, AlertEvent(clinic_id=CLINIC, id=str(uuid4()), alert_id=alert.id, at=at, **done)


def an_emergency(at):
    return Emergency(**HERS, id=str(uuid4()), person_id=NURSE, reason="She fell.", at=at, until=at)


def something_hidden(at):
    return Hidden(**HERS, id=str(uuid4()), part="check-ins", role="therapist", since=at)


#: table → something that was written there at a moment
SOMETHING = {
    Version: a_version,
    Clash: a_clash,
    Note: a_note,
    AdverseEvent: an_adverse_event,
    Annotation: a_therapists_own_note,
    Alert: an_alert,
    AlertEvent: what_was_done_of_an_alert,
    Emergency: an_emergency,
    Hidden: something_hidden,
}


@pytest.fixture
def after_the_years(app, clock):
    """Everybody is at the clinic for longer than it keeps records."""
    clock.forward(days=11 * 366)
    with app.app_context():
        yield clock
        db.session.rollback()


def write(what, at):
    made = what(at)
    for one in made if isinstance(made, tuple) else (made,):
        db.session.add(one)
        db.session.flush()


@pytest.mark.parametrize("table", WRITTEN, ids=lambda table: table.__tablename__)
def test_whoever_is_written_of_is_not_removed_nor_erased_before_the_years_are_over(after_the_years, table):
    moment, ana = after_the_years(), db.session.get_one(Person, (CLINIC, ANA))
    clinic = db.session.get_one(Clinic, CLINIC)
    assert is_blank(ana)
    assert ANA in {one.id for one in erasing.due(clinic, moment)}
    write(SOMETHING[table], moment - timedelta(days=1))
    assert not is_blank(ana)
    assert ANA not in {one.id for one in erasing.due(clinic, moment)}
    assert ANA in {one.id for one in erasing.due(clinic, moment + TEN_YEARS)}
    assert CAST["another-patient"][1] in {one.id for one in erasing.due(clinic, moment)}, "of whom nothing is"


@pytest.mark.parametrize("kind", ["card", "seen"])
def test_what_the_house_tells_a_phone_is_nothing_written(after_the_years, kind):
    moment = after_the_years()
    write(lambda at: a_version(at, kind), moment)
    assert is_blank(db.session.get_one(Person, (CLINIC, ANA)))
    assert ANA in {one.id for one in erasing.due(db.session.get_one(Clinic, CLINIC), moment)}


def points_at(table):
    return {key.column.table.name for key in table.foreign_keys}


def test_each_table_that_can_name_a_patient_is_looked_at_or_says_why_not():
    """By its columns, or by a key that leads to one that does."""
    tables = db.metadata.sorted_tables
    naming = {table.name for table in tables if {"patient_id", "person_id"} & set(table.c.keys())} | {"person"}
    for table in tables:  # in the order in which one points at another
        if points_at(table) & naming:
            naming.add(table.name)
    looked_at = {table.__tablename__ for table in WRITTEN}
    assert looked_at & set(NOT_LOOKED_AT) == set()
    assert naming == looked_at | set(NOT_LOOKED_AT)
    assert all(NOT_LOOKED_AT.values())
