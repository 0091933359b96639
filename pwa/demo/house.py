"""The demo clinic's house: who works there, who comes in, and what was set up for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from pwa.accounts.passwords import hashed
from pwa.config import now
from pwa.demo import came_in
from pwa.demo.pen import uuid7
from pwa.demo.people import OPEN, PASSWORD, STAFF, ZONE, Someone
from pwa.demo.symptoms import OWN
from pwa.demo.treatments import HOW, INDUCTION, TWICE_A_WEEK
from pwa.domain import routes
from pwa.domain.days import at_wall
from pwa.domain.safety.clock import Cover
from pwa.domain.terms import NEWEST
from pwa.records import (
    Agreement,
    CareTeam,
    Clinic,
    ClinicItem,
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


def opens(seed: int, today: date, days: int) -> House:
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
        house.staff.append(Person(**person_row(house, id_, role, email, name, language, moment)))
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


def come_in(house: House, some: list[Someone]) -> None:
    write_down(house, some)
    ids = [(house.id_of(person), person) for person in some]
    db.session.execute(insert(Agreement), [_agreed(house, id_, person.language) for id_, person in ids])
    came_in.on_a_phone_each((house.clinic_id, id_, at_wall(person.admitted, time(9), ZONE)) for id_, person in ids)


def write_down(house: House, some: list[Someone]) -> None:
    """As people, as patients, and on the lists of those who treat them."""
    people, patients, teams = [], [], []
    for person in some:
        id_ = house.id_of(person)
        whose = {"clinic_id": house.clinic_id, "patient_id": id_}
        moment = at_wall(person.admitted, time(9), ZONE)
        people.append(person_row(house, id_, "patient", person.email, person.name, person.language, moment))
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


def person_row(
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
