"""Of whom a command speaks: by their address for mail, and where that is not enough by their clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pwa.records import Person

at_clinic = click.option(
    "--clinic",
    "at",
    metavar="NAME",
    help="Where somebody signs in with it at several; or its id, where two have one name.",
)


def person_named(email: str, at: str | None, role: str | None = None) -> Person:
    from pwa.accounts.live import clinics
    from pwa.accounts.passwords import people_at
    from pwa.records import Person, db

    there = people_at(email.strip().lower())
    if at is not None:
        there = there.where(Person.clinic_id.in_(_called(at)))
    found = db.session.scalars(there.where(Person.role == role) if role else there).all()
    if not found:
        raise click.ClickException(f"No {role or 'person'} signs in with this address.")
    if len(found) > 1:
        called = dict(clinics())
        which = " or ".join(f"{one.clinic_id} ({called[one.clinic_id]})" for one in found)
        raise click.ClickException(
            f"{len(found)} sign in with this address, each at another clinic. Say --clinic {which}."
        )
    return found[0]


def _called(at: str) -> list[str]:
    """The ids of the clinics that this means."""
    from pwa.accounts.live import clinics
    from pwa.domain.names import folded
    from pwa.records import Clinic, db

    rows = db.session.execute(db.select(Clinic.id, Clinic.name))
    found = [row.id for row in rows if at == row.id or folded(at) == folded(row.name)]
    if not found:
        there = ", ".join(f"{name}: {id_}" for id_, name in clinics())
        raise click.ClickException(f"No clinic is called {at}. Here are {there}.")
    return found
