"""The demo clinic brought into the database, its versions through the same door as those of phones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, inspect, select, update

from pwa.accounts.passwords import hashed
from pwa.config import now
from pwa.demo import came_in, closed
from pwa.demo.answering import answered
from pwa.demo.lives import life
from pwa.demo.noting import noted
from pwa.demo.pen import Author, Pen, uuid7
from pwa.demo.people import INVITED, OPEN, STAFF, ZONE, Someone, someone
from pwa.demo.symptoms import OWN
from pwa.demo.treatments import HOW, INDUCTION, TWICE_A_WEEK
from pwa.demo.visits import read_at, visits
from pwa.domain import routes
from pwa.domain.days import at_wall, day_of
from pwa.domain.safety.clock import Cover
from pwa.domain.terms import NEWEST
from pwa.records import (
    Agreement,
    CareTeam,
    Clinic,
    ClinicItem,
    Notice,
    Patient,
    Person,
    Protocol,
    Responder,
    SafetySettings,
    ServerState,
    db,
)
from pwa.records.base import begin_writing
from pwa.records.keyring import keyring
from pwa.records.raising import judge_silence
from pwa.sync.receive import receive

PASSWORD = "low tide at the harbour"  # noqa: S105 (printed, and only ever for a demo)
#: patients in one transaction
TOGETHER = 20
#: only the newest alerts still wait for an answer
ANSWERED_AFTER = timedelta(days=3)
A_SEASON = timedelta(days=91)
#: of the one who was admitted yesterday
BEGINS_IN = timedelta(days=6)


class Refused(Exception):
    """The database is not one that a demo may fill; the text says why, in a line."""


@dataclass(frozen=True)
class House:
    """What every patient's way in needs to know."""

    seed: int
    today: date
    clinic_id: str
    #: in the order of `people.STAFF`
    staff: list[Person]

    def team(self, person: Someone) -> Iterator[Person]:
        """The clinician first; then the therapist, if there is one."""
        yield [member for member in self.staff if member.role == "clinician"][person.clinician]
        if person.therapist is not None:
            yield [member for member in self.staff if member.role == "therapist"][person.therapist]

    def id_of(self, person: Someone) -> str:
        chance = random.Random(f"{self.seed} id {person.n}")  # noqa: S311 (nothing secret)
        return uuid7(chance, at_wall(person.admitted, time(9), ZONE))


def fill(patients: int, days: int, seed: int) -> None:
    """Makes the clinic as it stands today, and commits it. Refused if the database holds any clinic."""
    _refuse_all_but_empty()
    today = day_of(now(), ZONE)
    house = _opens(seed, today, days)
    everyone = [someone(n, seed, today, days) for n in range(patients)]
    for start in range(0, patients, TOGETHER):
        some = everyone[start : start + TOGETHER]
        begin_writing()
        _come_in(house, some)
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
    _write_down(house, [newest])
    patient = db.session.get_one(Person, (house.clinic_id, house.id_of(newest)))
    db.session.add(came_in.invited(patient, by["front-desk"], at_wall(newest.admitted, time(9, 20), ZONE)))
    chance = random.Random(f"{house.seed} invited")  # noqa: S311 (nothing secret)
    for role, email, name, language, ago in INVITED:
        moment = at_wall(house.today - timedelta(days=ago), time(16, 30), ZONE)
        member = Person(**_person(house, uuid7(chance, moment), role, email, name, language, moment))
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


def _opens(seed: int, today: date, days: int) -> House:
    chance = random.Random(f"{seed} staff")  # noqa: S311 (nothing secret)
    moment = at_wall(today - timedelta(days=days + 30), time(9), ZONE)
    begin_writing()
    if db.session.get(ServerState, 1) is None:
        db.session.add(ServerState(id=1, epoch=1))
    clinic = Clinic(id=uuid7(chance, moment), name="Harbour clinic", zone=ZONE, created_at=moment)
    clinic.is_demo = clinic.thoughts_asked = True
    clinic.idle_minutes = 120  # whoever tries it out is called away now and then
    db.session.add(clinic)
    db.session.flush()
    house = House(seed, today, clinic.id, [])
    for role, email, name, language in STAFF:
        id_ = uuid7(chance, moment)
        house.staff.append(Person(**_person(house, id_, role, email, name, language, moment)))
    db.session.add_all([*house.staff, *_protocols(house, chance, moment)])
    db.session.flush()
    db.session.add_all(Agreement(**_agreed(house, member.id, member.language)) for member in house.staff)
    came_in.on_a_phone_each((clinic.id, member.id, moment) for member in house.staff)
    db.session.add(ClinicItem(clinic_id=clinic.id, what="own", is_asked=True, **OWN))
    db.session.add(Responder(clinic_id=clinic.id, place=1, person_id=house.staff[0].id))
    db.session.add(_safety(clinic))
    db.session.commit()
    return house


def _safety(clinic: Clinic) -> SafetySettings:
    """The defaults, and patients hear that an entry was seen."""
    usual = Cover(ZONE)
    hours = {"days": list(usual.days), "opens": usual.opens, "closes": usual.closes}
    return SafetySettings(clinic_id=clinic.id, minutes={}, levels={}, off=[], signed=[], tells_seen=True, **hours)


def _protocols(house: House, chance: random.Random, moment: datetime) -> Iterator[Protocol]:
    """One for each route, as the treatments of the demo are given."""
    for route, (minutes, drug, dose, _, unit, place, every) in HOW.items():
        yield Protocol(
            clinic_id=house.clinic_id,
            id=uuid7(chance, moment),
            name=f"{routes.by_id(route).label}, {INDUCTION} over {TWICE_A_WEEK[-1] + 1} days",
            route=route,
            drug=drug,
            dose=dose,
            unit=unit,
            place=place,
            minutes=minutes,
            treatments=INDUCTION,
            days=TWICE_A_WEEK[-1] + 1,
            apart=2,
            every=every[1],
        )


def _come_in(house: House, some: list[Someone]) -> None:
    _write_down(house, some)
    ids = [(house.id_of(person), person) for person in some]
    db.session.execute(insert(Agreement), [_agreed(house, id_, person.language) for id_, person in ids])
    came_in.on_a_phone_each((house.clinic_id, id_, at_wall(person.admitted, time(9), ZONE)) for id_, person in ids)


def _write_down(house: House, some: list[Someone]) -> None:
    """As people, as patients, and on the lists of those who treat them."""
    people, patients, teams = [], [], []
    for person in some:
        id_ = house.id_of(person)
        whose = {"clinic_id": house.clinic_id, "patient_id": id_}
        moment = at_wall(person.admitted, time(9), ZONE)
        people.append(_person(house, id_, "patient", person.email, person.name, person.language, moment))
        patients.append(
            {
                "clinic_id": house.clinic_id,
                "id": id_,
                "code": person.code,
                "birth_date": person.birth,
                "phone": person.phone,
                "may_leave_message": person.message,
            }
        )
        teams += [{**whose, "person_id": member.id, "role": member.role} for member in house.team(person)]
    for table, rows in ((Person, people), (Patient, patients), (CareTeam, teams)):
        db.session.execute(insert(table), rows)


def _person(
    house: House, id_: str, role: str, email: str, name: str, language: str, moment: datetime
) -> dict[str, Any]:
    """Whoever nobody plays needs no password."""
    return {
        "clinic_id": house.clinic_id,
        "id": id_,
        "role": role,
        "email": email,
        "email_index": keyring().index(email),
        "password_hash": hashed(PASSWORD) if email.endswith(OPEN) else None,
        "name": name,
        "language": language,
        "created_at": moment,
    }


def _agreed(house: House, id_: str, language: str) -> dict[str, object]:
    """To the terms of use, as they stand now."""
    return {
        "clinic_id": house.clinic_id,
        "person_id": id_,
        "version": NEWEST.version,
        "language": language,
        "at": now(),
    }


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
