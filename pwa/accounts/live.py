"""Whether there is a clinic, and may begin with patients: a medical lead has put their name to the safety rules."""

from __future__ import annotations

from collections import Counter

from flask import current_app
from sqlalchemy import exists, select

from pwa.accounts.correcting import is_blank
from pwa.accounts.sign_in import this_sign_in
from pwa.domain import safety
from pwa.domain.names import folded
from pwa.errors import Problem
from pwa.forms.safety import to_sign
from pwa.records import Clinic, Device, Person, SafetySettings, db


def await_a_clinic() -> None:
    """Problem "no-clinic". Once there is one nothing is asked any more."""
    known = current_app.extensions
    known["a-clinic"] = known.get("a-clinic") or db.session.scalar(select(Clinic.id).limit(1))
    if known["a-clinic"] is None:
        raise Problem("no-clinic")


def clinics() -> list[tuple[str, str]]:
    """Of this server, by id and name, those of one name with their zone: whoever comes in by password says which is
    theirs."""
    found = db.session.execute(select(Clinic.id, Clinic.name, Clinic.zone)).all()
    names = Counter(folded(row.name) for row in found)
    called = {row.id: f"{row.name} ({row.zone})" if names[folded(row.name)] > 1 else row.name for row in found}
    return sorted(called.items(), key=lambda one: folded(one[1]))


def is_live(clinic: Clinic) -> bool:
    """A demo clinic is. The page Safety takes a name only with every signature that was needed at the time."""
    settings = db.session.get(SafetySettings, clinic.id)
    return clinic.is_demo or bool(settings and settings.signed_by)


def unsigned(clinic: Clinic) -> list[str]:
    """Rules in use and figures that are not confirmed and not signed; new ones come with a release."""
    settings = db.session.get(SafetySettings, clinic.id)
    off, levels, signed = (settings.off, settings.levels, settings.signed) if settings else ((), {}, ())
    return [one for one in to_sign(off, safety.levels(levels)) if one not in signed]


def may_come_in(person: Person) -> bool:
    """A patient who came in before always may: a phone that cannot sign in again cannot send what it holds."""
    if person.role != "patient" or is_live(db.session.get_one(Clinic, person.clinic_id)):
        return True
    return came_in_before(person)


def lacks_a_step(person: Person) -> bool:
    """A member of staff of a real clinic who came in by a password alone."""
    return not this_sign_in().two_steps and not db.session.get_one(Clinic, person.clinic_id).is_demo


def is_in_use(person: Person) -> bool:
    """Whether there is something in the account that a stranger could be after, also where its owner never came in."""
    return person.password_hash is not None or not is_blank(person)


def came_in_before(person: Person) -> bool:
    before = exists().where(Device.clinic_id == person.clinic_id, Device.person_id == person.id)
    return bool(db.session.scalar(select(before)))
