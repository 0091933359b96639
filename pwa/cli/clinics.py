"""The command that opens a real clinic, with nobody in it but whoever will run it."""

from __future__ import annotations

from uuid import uuid4

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from pwa.accounts import audit, invitations
from pwa.config import now
from pwa.domain import limits
from pwa.domain.names import looks, no_name
from pwa.forms.invitations import ADDRESS
from pwa.languages import LANGUAGES
from pwa.records import Clinic, Person, ServerState, db
from pwa.records.base import begin_writing

SIGNS = "It is letters, digits, spaces and signs such as . , ’ - & /, in each word of one alphabet."


def register(app: Flask) -> None:
    app.cli.add_command(_clinic)


@click.group("clinic")
def _clinic() -> None:
    """The clinics of this service."""


@_clinic.command("create")
@click.option("--name", prompt="Name of the clinic", help="As patients know it.")
@click.option("--zone", prompt="Time zone, such as America/Toronto", help="Where its days begin, an IANA name.")
@click.option("--language", prompt="Language of its manager", type=click.Choice(LANGUAGES))
@click.option("--manager", prompt="Email of its manager", help="Who invites everyone else.")
@click.option("--manager-name", prompt="Name of its manager", help="As colleagues know them.")
@click.option("--same-name", is_flag=True, help="Also if a clinic of this name is here already.")
@with_appcontext
def _create(name: str, zone: str, language: str, manager: str, manager_name: str, same_name: bool) -> None:
    """Makes a clinic, and prints the link by which its first manager comes in."""
    name, email, manager_name = name.strip(), manager.strip().lower(), manager_name.strip()
    address = current_app.config["OUTGOING"].address
    _refuse(not address, "PUBLIC_URL must be set first: the link begins with it.")
    _refuse(not 0 < len(name) <= limits.NAME, f"The name must have 1 to {limits.NAME} characters.")
    _refuse(not 0 < len(manager_name) <= limits.NAME, f"The manager's name must have 1 to {limits.NAME} characters.")
    _refuse(bool(no_name(name, also="()")), f"This is no name for a clinic. {SIGNS}")
    _refuse(bool(no_name(manager_name)), f"This is no name for a manager. {SIGNS} No brackets.")
    _refuse(zone not in limits.zones(), "The zone must be an IANA name, such as America/Toronto.")
    _refuse(not ADDRESS.fullmatch(email), "The manager's email must be an address.")
    begin_writing()
    _refuse_beside_others(name, same_name)
    person = _opened(name, zone, email, manager_name, language)
    made, code = invitations.made_for(person, None)
    audit.by_operator("write", "clinic", person.clinic_id)
    audit.by_operator("write", "invitations", person.clinic_id, records=[made.id])
    db.session.commit()
    click.echo(f"{name} is open. Its manager comes in by this link, once, within {invitations.LASTS.days} days:")
    click.echo(f"{address}/invited?language={language}#{code}")


def _refuse_beside_others(name: str, same_name: bool) -> None:
    clinics = db.session.scalars(db.select(Clinic)).all()
    _refuse(any(each.is_demo for each in clinics), "This database holds a demo. A real clinic needs another one.")
    taken = looks(name) in {looks(each.name) for each in clinics}
    _refuse(
        taken and not same_name, "A clinic of this or a like name is here already. For a second one say --same-name."
    )


def _opened(name: str, zone: str, email: str, manager: str, language: str) -> Person:
    """Its manager."""
    if db.session.get(ServerState, 1) is None:
        db.session.add(ServerState(id=1, epoch=1))
    clinic = Clinic(id=str(uuid4()), name=name, zone=zone, created_at=now())
    db.session.add(clinic)
    db.session.flush()
    typed = {"role": "manager", "email": email, "name": manager, "language": language}
    person = Person(clinic_id=clinic.id, id=str(uuid4()), created_at=now(), **typed)
    db.session.add(person)
    db.session.flush()
    return person


def _refuse(is_so: bool, why: str) -> None:
    if is_so:
        raise click.ClickException(why)
