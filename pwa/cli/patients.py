"""What an operator does about records: erasing those that are no longer kept, and taking a whole one out by law."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask.cli import with_appcontext


@click.group("patients")
def patients() -> None:
    """Records of patients."""


@patients.command("erase")
@click.option("--due", is_flag=True, required=True, help="Those whose record the clinic no longer keeps.")
@click.option("--by", required=True, metavar="EMAIL", help="The manager of the clinic in whose name it is done.")
@with_appcontext
def erase(due: bool, by: str) -> None:
    """Erases for good, and says how many rows of each patient went."""
    from pwa.accounts.passwords import person_at
    from pwa.clinic.keeping import erase_one
    from pwa.config import now
    from pwa.records import Clinic, db, erasing
    from pwa.records.base import begin_writing

    manager = person_at(by.lower())
    if manager is None or manager.role != "manager":
        raise click.ClickException("No manager signs in with this address.")
    for one in erasing.due(db.session.get_one(Clinic, manager.clinic_id), now()):
        begin_writing()
        counts = erase_one(manager, one.id, by_operator=True)
        click.echo(f"{one.code}: {sum(counts.values())} rows erased")


@patients.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, metavar="EMAIL", help="The manager of the clinic in whose name it is done.")
@click.option("--why", required=True, type=click.Choice(("patient-asks", "other-clinic", "by-law")))
@with_appcontext
def export(code: str, file: Path, by: str, why: str) -> None:
    """Writes the whole record of a patient, who is told by mail, to a new FILE; but not what is for them alone."""
    from flask_babel import force_locale

    from pwa.accounts import audit
    from pwa.accounts.passwords import person_at
    from pwa.accounts.telling import tell
    from pwa.exchange.record import Record, zipped
    from pwa.records import Clinic, Patient, Person, db

    manager = person_at(by.lower())
    if manager is None or manager.role != "manager":
        raise click.ClickException("No manager signs in with this address.")
    here = Patient.clinic_id == manager.clinic_id
    patient = db.session.scalar(db.select(Patient).where(here, Patient.code == code.upper()))
    if patient is None:
        raise click.ClickException("Nobody of this manager's clinic has this code.")
    clinic, person = (
        db.session.get_one(Clinic, manager.clinic_id),
        db.session.get_one(Person, (manager.clinic_id, patient.id)),
    )
    with force_locale(person.language):
        box = zipped(Record(clinic, person, patient, with_own=False))
    tell(person, "taken-out")
    audit.by_operator("read", "whole-record", manager.clinic_id, [patient.id], why=why, asked_by=manager)
    db.session.commit()
    _write(file, box)
    click.echo(f"{patient.code}: {len(box)} bytes. The patient is told.")


def _write(file: Path, box: bytes) -> None:
    """For its owner's eyes, and never over another."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(box)
