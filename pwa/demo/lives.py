"""A patient's whole story, as the versions that phone and clinic would have sent until the end of yesterday."""

import random
from datetime import date, timedelta
from functools import partial
from typing import Any

from pwa.demo.diary import Diary
from pwa.demo.first import first
from pwa.demo.home import checks, doses
from pwa.demo.nurse import Nurse
from pwa.demo.pen import Pen, Said, midnight_after
from pwa.demo.people import STAFF, ZONE, Someone
from pwa.demo.planted import brought
from pwa.demo.symptoms import OWN
from pwa.demo.treatments import INDUCTION, sessions
from pwa.demo.troubles import certain, reported
from pwa.domain.reading import Reads

PHONE = "+14165550142"
READS: Reads = {"days": [1, 2, 3, 4, 5], "at": "09:00"}
CLINICIANS = [name for role, _, name, _ in STAFF if role == "clinician"]
THERAPISTS = [name for role, _, name, _ in STAFF if role == "therapist"]


def life(person: Someone, seed: int, today: date) -> list[Said]:
    """In the order in which the versions arrived. What was still on a phone at midnight is not among them."""
    pen, aside = (Pen(random.Random(f"{seed} {what} {person.n}"), ZONE) for what in ("life", "home"))  # noqa: S311
    nurse = Nurse(random.Random(f"{seed} nurse {person.n}"))  # noqa: S311 (nothing secret)
    _admits(person, pen)
    treatments = sessions(person, pen, nurse, today)
    _maintains(person, pen, [session.at.date() for session in treatments], today)
    if person.n == 0:
        first(pen, treatments, today)
    else:
        Diary(person, pen, treatments, today, partial(brought, person, seed, today)).write(certain(person, today))
        reported(person, pen, treatments, today)
    if person.trouble != "silent":
        doses(person, aside, treatments)
        checks(person, aside, treatments, today)
    midnight = midnight_after(today - timedelta(days=1), ZONE)
    everything = (said for said in (*pen.said, *aside.said) if said.received_at < midnight)
    return sorted(everything, key=lambda said: said.received_at)


def card(person: Someone) -> dict[str, Any]:
    body: dict[str, Any] = {
        "name": "Harbour clinic",
        "phone": PHONE,
        "hours": {"en": "Monday to Friday, 8:00 to 18:00", "fr": "Du lundi au vendredi, de 8 h à 18 h"},
        "region": "CA",
        "zone": ZONE,
        "reads": READS,
        "cover": {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"},
        "thoughts_asked": True,
        "asked": {"effects_off": [], "checks_off": [], "own": [OWN]},
        "clinician": CLINICIANS[person.clinician],
    }
    return body if person.therapist is None else {**body, "therapist": THERAPISTS[person.therapist]}


def _admits(person: Someone, pen: Pen) -> None:
    at = pen.at(person.admitted, 10, 1)
    pen.writes("card", card(person), at, by="clinic")
    course = {
        "phase": "induction",
        "route": person.route,
        "planned": INDUCTION,
        "started": person.began.isoformat(),
    }
    pen.writes("course", course, at + timedelta(minutes=5), by="clinic")


def _maintains(person: Someone, pen: Pen, days: list[date], today: date) -> None:
    if len(days) <= INDUCTION or days[INDUCTION - 1] >= today:
        return
    started = days[INDUCTION - 1] + timedelta(days=1)
    course = {"phase": "maintenance", "route": person.route, "started": started.isoformat()}
    pen.writes("course", course, pen.at(days[INDUCTION - 1], 16.5), by="clinic")
