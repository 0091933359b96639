"""What an operator does about records: erasing those that are no longer kept, and taking a whole one out by law."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from flask.cli import with_appcontext

from pwa.cli.named import at_clinic, person_named

if TYPE_CHECKING:
    from pwa.records import Patient

#: as `clinic.keeping` says it in the log, in whichever form the lines are
ERASED = re.compile("erased patient ([0-9a-f-]{36}) of clinic ([0-9a-f-]{36})")


@click.group("patients")
def patients() -> None:
    """Records of patients."""


@patients.command("erase")
@click.option("--due", is_flag=True, help="Those whose record the clinic no longer keeps.")
@click.option(
    "--again", type=click.File(), help="Those of whom this log says that they were erased; - is standard input."
)
@click.option("--by", required=True, metavar="EMAIL", help="The manager of the clinic in whose name it is done.")
@at_clinic
@with_appcontext
def erase(due: bool, again: IO[str] | None, by: str, at: str | None) -> None:
    """Erases for good, and says how many rows of each patient went. A restored backup holds those again who were erased
    since it was made: --again."""
    from pwa.clinic.keeping import erase_one
    from pwa.config import now
    from pwa.records import Clinic, db, erasing
    from pwa.records.base import begin_writing

    if due == bool(again):
        raise click.UsageError("Say either --due or --again.")
    manager = person_named(by, at, "manager")
    clinic = db.session.get_one(Clinic, manager.clinic_id)
    for one in _there(clinic.id, again) if again else erasing.due(clinic, now()):
        begin_writing()
        counts = erase_one(manager, one.id, by_operator=True)
        click.echo(f"{one.code}: {sum(counts.values())} rows erased")


@patients.command("erased")
@click.argument("code")
@click.option("--by", required=True, metavar="EMAIL", help="A manager of the clinic that is asked about.")
@at_clinic
@with_appcontext
def erased(code: str, by: str, at: str | None) -> None:
    """Says whether, and when, the record under a code was erased."""
    from pwa.records import erasing

    when = erasing.erased(person_named(by, at, "manager").clinic_id, code.strip().upper())
    click.echo(f"Erased on {when:%Y-%m-%d}." if when else "No record under this code was erased.")


@patients.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, metavar="EMAIL", help="The manager of the clinic in whose name it is done.")
@click.option("--why", required=True, type=click.Choice(("patient-asks", "other-clinic", "by-law")))
@at_clinic
@with_appcontext
def export(code: str, file: Path, by: str, at: str | None, why: str) -> None:
    """Writes the whole record of a patient, who is told by mail, to a new FILE; but not what is for them alone."""
    from flask_babel import force_locale

    from pwa.accounts import audit
    from pwa.accounts.telling import tell
    from pwa.exchange.record import Record, zipped
    from pwa.records import Clinic, Patient, Person, db

    manager = person_named(by, at, "manager")
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


def _there(clinic_id: str, log: IO[str]) -> Sequence[Patient]:
    """Of those whom the log names as this clinic's, those that are here."""
    from pwa.records import Patient, db

    named = {patient for patient, clinic in ERASED.findall(log.read()) if clinic == clinic_id}
    here = (Patient.clinic_id == clinic_id, Patient.id.in_(named))
    found: Sequence[Patient] = db.session.scalars(db.select(Patient).where(*here).order_by(Patient.code)).all()
    return found
