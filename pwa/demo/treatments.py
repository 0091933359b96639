"""A patient's treatments, past and planned: six in two to three weeks, then one every so often."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pwa.demo.nurse import Nurse
from pwa.demo.pen import Pen, Written
from pwa.demo.people import Someone, on_workday

INDUCTION = 6
TWICE_A_WEEK = (0, 3, 7, 10, 14, 17)
#: minutes in the effect; drug; first dose and the step up after the third; unit; place; days between in maintenance
HOW: dict[str, tuple[int, str, float, float, str, str, tuple[int, int]]] = {
    "iv": (120, "ketamine", 0.5, 0.1, "mg/kg", "clinic", (21, 35)),
    "im": (120, "ketamine", 0.7, 0.1, "mg/kg", "clinic", (21, 35)),
    "nasal": (120, "esketamine", 56, 28, "mg", "clinic", (7, 14)),
    "sublingual": (120, "ketamine", 100, 50, "mg", "home", (10, 17)),
    "oral": (180, "ketamine", 100, 25, "mg", "home", (12, 20)),
}
#: who begins does not always go on: the share that stops within the induction, and after it
STOP_EARLY, STOP_AFTER = 0.07, 0.12
CANCELLED = 0.04


@dataclass(frozen=True)
class Session:
    at: datetime
    #: nth of the induction; None in maintenance
    number: int | None
    version: Written
    body: dict[str, Any]
    given: bool
    #: counted over the whole time, from 0
    index: int


def sessions(person: Someone, pen: Pen, nurse: Nurse, today: date) -> list[Session]:
    """Writes the clinic's plans and records of them, and returns those that were not cancelled, in order."""
    chance = pen.chance
    stays = 99 if person.trouble or person.n == 0 else _stays(chance)
    written: list[Session] = []
    planned_on = person.began - timedelta(days=chance.randint(2, 6))
    for index, day in enumerate(_days(person, chance, today)):
        if index >= stays:
            break
        number = index + 1 if index < INDUCTION else None
        if number is None and written:
            planned_on = min(written[-1].at.date(), today - timedelta(days=1))
        written.append(_session(person, pen, nurse, day, number, index, planned_on, today))
    return written


def _session(
    person: Someone, pen: Pen, nurse: Nurse, day: date, number: int | None, index: int, planned_on: date, today: date
) -> Session:
    at = pen.at(day, _hour(person, day, today, pen.chance))
    body = _body(person, at, number, index)
    plan = pen.writes("treatment", body, pen.at(planned_on, 11, 1), by="clinic", day=day, felt_at=at)
    if person.n and day < today and pen.chance.random() < CANCELLED:
        called_off = pen.at(day - timedelta(days=1), 15, 1)
        off = {**body, "status": "cancelled"}
        pen.writes("treatment", off, called_off, by="clinic", day=day, felt_at=at, over=[plan])
        day = _weekday(day + timedelta(days=1))
        at = pen.at(day, at.hour)
        body = _body(person, at, number, index)
        plan = pen.writes("treatment", body, called_off, by="clinic", day=day, felt_at=at)
    if day >= today:
        return Session(at, number, plan, body, False, index)
    done = at + timedelta(minutes=body["minutes"] + 5)
    observed = nurse.observes(body, at) if body["place"] == "clinic" else {}
    body = {**body, **observed, "status": "given"}
    given = pen.writes("treatment", body, done, by="clinic", day=day, felt_at=at, over=[plan])
    return Session(at, number, given, body, True, index)


def _hour(person: Someone, day: date, today: date, chance: random.Random) -> float:
    if person.n == 0:
        return 14 if day < today else 10.5
    return 19.5 if HOW[person.route][5] == "home" else chance.randint(9, 15)


def _body(person: Someone, at: datetime, number: int | None, index: int) -> dict[str, Any]:
    minutes, drug, dose, step, unit, place, _ = HOW[person.route]
    dose = round(dose + (step if index >= 3 else 0), 2)
    body = {
        "status": "planned",
        "at": at.isoformat(),
        "minutes": minutes,
        "route": person.route,
        "drug": drug,
        "dose": dose,
        "unit": unit,
        "place": place,
    }
    return body if number is None else {**body, "number": number, "of": INDUCTION}


def _days(person: Someone, chance: random.Random, today: date) -> list[date]:
    """Days of treatment until a little after today."""
    if person.n == 0:
        past = [person.began, on_workday(today - timedelta(days=4)), today - timedelta(days=1)]
        return [*past, *(_weekday(today + timedelta(days=ahead)) for ahead in (3, 7, 10))]
    clinic = HOW[person.route][5] == "clinic"
    days = [person.began + timedelta(days=offset) for offset in TWICE_A_WEEK]
    while days[-1] <= today:
        days.append(days[-1] + timedelta(days=chance.randint(*HOW[person.route][6])))
    return [_weekday(day) for day in days] if clinic else days


def _weekday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)


def _stays(chance: random.Random) -> int:
    """How many treatments before one stops."""
    luck = chance.random()
    if luck < STOP_EARLY:
        return chance.randint(2, 5)
    return INDUCTION if luck < STOP_EARLY + STOP_AFTER else 99
