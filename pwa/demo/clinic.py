"""The demo clinic brought into the database, its versions through the same door as those of phones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import inspect, select, update

from pwa.config import now
from pwa.demo import came_in, closed
from pwa.demo.answering import answered
from pwa.demo.house import House, come_in, opens, person_row, write_down
from pwa.demo.lives import life
from pwa.demo.noting import noted
from pwa.demo.pen import Author, Pen, uuid7
from pwa.demo.people import INVITED, ZONE, Someone, someone
from pwa.demo.visits import read_at, visits
from pwa.domain.days import at_wall, day_of
from pwa.records import (
    Clinic,
    Notice,
    Patient,
    Person,
    db,
)
from pwa.records.base import begin_writing
from pwa.records.raising import judge_silence
from pwa.sync.receive import receive

#: patients in one transaction
TOGETHER = 20
#: only the newest alerts still wait for an answer
ANSWERED_AFTER = timedelta(days=3)
A_SEASON = timedelta(days=91)
#: of the one who was admitted yesterday
BEGINS_IN = timedelta(days=6)


class Refused(Exception):
    """The database is not one that a demo may fill; the text says why, in a line."""


def fill(patients: int, days: int, seed: int) -> None:
    """Makes the clinic as it stands today, and commits it. Refused if the database holds any clinic."""
    _refuse_all_but_empty()
    today = day_of(now(), ZONE)
    house = opens(seed, today, days)
    everyone = [someone(n, seed, today, days) for n in range(patients)]
    for start in range(0, patients, TOGETHER):
        some = everyone[start : start + TOGETHER]
        begin_writing()
        come_in(house, some)
        for person in some:
            _speak(house, person)
        db.session.commit()
        db.session.expunge_all()
    _close(house, everyone)
    _invite(house, replace(someone(patients, seed, today, days), began=today + BEGINS_IN))
    _send()
    db.session.commit()


def _invite(house: House, newest: Someone) -> None:
    """The patient who begins next, by the front desk; and staff, by the manager."""
    by = {member.role: member for member in house.staff}
    write_down(house, [newest])
    patient = db.session.get_one(Person, (house.clinic_id, house.id_of(newest)))
    db.session.add(came_in.invited(patient, by["front-desk"], at_wall(newest.admitted, time(9, 20), ZONE)))
    chance = random.Random(f"{house.seed} invited")  # noqa: S311 (nothing secret)
    for role, email, name, language, ago in INVITED:
        moment = at_wall(house.today - timedelta(days=ago), time(16, 30), ZONE)
        member = Person(**person_row(house, uuid7(chance, moment), role, email, name, language, moment))
        db.session.add(member)
        db.session.flush()
        db.session.add(came_in.invited(member, by["manager"], moment))


def _send() -> None:
    """What fell due went out then; a demo's past sends nothing else."""
    waits = update(Notice).where(Notice.state == "waiting")
    sent = {"state": "sent", "sent_at": Notice.due_at, "handed_at": Notice.due_at, "tries": 1}
    db.session.execute(waits.where(Notice.due_at <= now()).values(**sent))
    db.session.execute(waits.values(state="off", failure="demo"))


def _close(house: House, everyone: list[Someone]) -> None:
    """Whoever signs in had her record opened by another's clinician; somebody else hides from the therapist."""
    _, other = [member for member in house.staff if member.role == "clinician"]
    closed.opened(house.id_of(everyone[0]), other, at_wall(house.today - timedelta(days=3), time(21, 40), ZONE))
    last_week = house.today - timedelta(days=7)
    quiet = [one for one in everyone[1:] if one.therapist == 0 and one.trouble is None and one.began < last_week]
    for person in quiet[:1]:
        patient = db.session.get_one(Person, (house.clinic_id, house.id_of(person)))
        closed.hides(patient, at_wall(last_week, time(18), ZONE))


def _refuse_all_but_empty() -> None:
    if not inspect(db.engine).has_table(Clinic.__tablename__):
        raise Refused("This database has no tables yet. Run `flask --app wsgi db upgrade` first.")
    clinics = list(db.session.scalars(select(Clinic)))
    if any(not clinic.is_demo for clinic in clinics):
        raise Refused("This database holds a real clinic. The demo does not touch it.")
    if clinics:
        raise Refused("This database holds a demo clinic already. A new one needs an empty database.")


def _speak(house: House, person: Someone) -> None:
    """A season at a time, and after each what the clinic did about it: a batch costs much, its length little."""
    key = (house.clinic_id, house.id_of(person))
    patient, themselves = db.session.get_one(Patient, key), db.session.get_one(Person, key)
    clinician, *therapists = house.team(person)
    by: dict[Author, Person] = {"clinic": clinician, "patient": themselves}
    pen = Pen(random.Random(f"{house.seed} visits {person.n}"), ZONE)  # noqa: S311 (nothing secret)
    last = [visits(person, pen, therapist.id, house.today) for therapist in therapists]
    story = sorted([*life(person, house.seed, house.today), *pen.said], key=lambda said: said.received_at)
    since = at_wall(person.admitted, time(0), ZONE) - A_SEASON
    for until in _readings(house, since):
        said = [each for each in story if since <= each.received_at < until]
        if said:
            authors, moments = [by[each.by] for each in said], [each.received_at for each in said]
            receive(patient, [each.text for each in said], author=authors, device=None, received_at=moments)
        since = until
        answered(clinician, patient, until - ANSWERED_AFTER)
    for visit, therapist in zip(last, therapists, strict=True):
        read_at(visit, patient, therapist, pen)
    noted(patient, list(house.team(person)), random.Random(f"{house.seed} noted {person.n}"), now())  # noqa: S311
    judge_silence(*key, now())


def _readings(house: House, since: datetime) -> Iterator[datetime]:
    last = at_wall(house.today, time(0), ZONE)
    until = last - ANSWERED_AFTER
    seasons = -(-(until - since) // A_SEASON)
    yield from (until - n * A_SEASON for n in reversed(range(max(seasons, 0))))
    yield last
