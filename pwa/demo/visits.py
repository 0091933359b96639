"""Visits of the demo's patients with their therapist, and what was read at the last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from pwa.demo.pen import Pen
from pwa.demo.people import Someone, on_workday
from pwa.domain.visit import USUAL
from pwa.records import Annotation, EntryRead, JournalEntry, Patient, Person, db
from pwa.sync.receive import receive

#: so long before it a visit is planned
AHEAD = timedelta(days=5)
WEEK = timedelta(days=7)


def visits(person: Someone, pen: Pen, therapist: str, today: date) -> datetime:
    """Writes the last one and the next one; when the last one was."""
    last, following = _moments(person, pen, today)
    for at in (last, following):
        planned = min(at - AHEAD, pen.at(today - timedelta(days=1), 16))
        body = {"status": "planned", "at": at.isoformat(), "minutes": USUAL, "therapist": therapist}
        pen.writes("visit", body, planned, by="clinic", day=at.date(), felt_at=at)
    if person.n == 0:
        _together(pen, last, today)
    return last


def _together(pen: Pen, visit: datetime, today: date) -> None:
    """What she and her therapist set and chose at the last visit."""
    levels = [{"day": day.isoformat(), "level": level} for day, level in ((visit.date() - WEEK, 2), (visit.date(), 3))]
    goal = {"words": "Walk to the water and back on my own.", "measure": "ten", "levels": levels}
    pen.writes("goal", goal, visit, by="clinic")
    offer = {"offer": "look-around", "line": "At the window, as you said.", "until": (today + AHEAD).isoformat()}
    pen.writes("offer", offer, visit, by="clinic")


def _moments(person: Someone, pen: Pen, today: date) -> tuple[datetime, datetime]:
    """Whoever signs in as patient@demo.test comes first."""
    first = person.n == 0
    ago, ahead = (3, 1) if first else (pen.chance.randint(4, 12), pen.chance.randint(1, 9))
    coming = today + timedelta(days=ahead)
    coming += timedelta(days=max(0, 7 - coming.weekday()) if coming.weekday() > 4 else 0)
    hour = 9 if first else pen.chance.randint(10, 16)
    return pen.at(on_workday(today - timedelta(days=ago)), hour), pen.at(coming, hour)


def read_at(visit: datetime, patient: Patient, therapist: Person, pen: Pen) -> None:
    """What had been shared until then; the patient was told. The therapist kept a note."""
    whose = (JournalEntry.clinic_id == patient.clinic_id, JournalEntry.patient_id == patient.id)
    which = (JournalEntry.record, JournalEntry.version_id, JournalEntry.text)
    shared = select(*which).where(*whose, JournalEntry.audience != "me")
    read = db.session.execute(shared.where(JournalEntry.received_at < visit).order_by(JournalEntry.version_id)).all()
    if not read:
        return
    row = {"clinic_id": patient.clinic_id, "patient_id": patient.id, "person_id": therapist.id, "at": visit}
    db.session.execute(insert(EntryRead), [{**row, "version_id": one.version_id} for one in read])
    note = "Much of it is seen from a distance. Let them bring it up."
    about = {"record": read[-1].record, "quote": read[-1].text.split(".")[0], "begins": 0}
    db.session.add(Annotation(**row, id=pen.id(visit), **about, text=note))
    texts = list(_told(visit, [(one.record, one.version_id) for one in read], pen))
    receive(patient, texts, author=therapist, device=None, received_at=visit)


def _told(visit: datetime, read: list[tuple[str, str]], pen: Pen) -> Iterator[str]:
    for record, version in read:
        body = {"entry": record, "at": visit.isoformat(), "versions": [version], "by": "therapist"}
        pen.writes("seen", body, visit, by="clinic")
        yield pen.said[-1].text
