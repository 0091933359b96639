"""Of whom a command speaks: by their address for mail, and where that is not enough by their clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pwa.records import Person

at_clinic = click.option("--clinic", "at", metavar="NAME", help="Where somebody signs in with it at several.")


def person_named(email: str, at: str | None, role: str | None = None) -> Person:
    from pwa.accounts.passwords import people_at
    from pwa.records import Clinic, Person, db

    there = people_at(email.strip().lower()).join(Clinic, Clinic.id == Person.clinic_id)
    if at is not None:
        there = there.where((Clinic.name == at) | (Clinic.id == at))
    found = db.session.scalars(there.where(Person.role == role) if role else there).all()
    if not found:
        raise click.ClickException(f"No {role or 'person'} signs in with this address.")
    if len(found) > 1:
        raise click.ClickException(f"{len(found)} sign in with this address, each at another clinic: say --clinic.")
    return found[0]
