"""What an operator can do with the audit trail."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import Flask
from flask.cli import with_appcontext

from pwa.config import now
from pwa.records import Clinic, chain, db, upkeep
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators

#: so that no leap year makes a row go a day early
YEAR = timedelta(days=366)


def register(app: Flask) -> None:
    app.cli.add_command(_audit)


@click.group("audit")
def _audit() -> None:
    """Who looked at what and changed what: a chain of rows for each clinic."""


@_audit.command("verify")
@click.option("--noted", multiple=True, metavar="CLINIC:NUMBER:HASH", help="An end that an earlier run printed.")
@with_appcontext
def _verify(noted: tuple[str, ...]) -> None:
    """Follows every chain and says what is missing, changed or out of place; fails if anything is."""
    broken = []
    for clinic_id in chain.clinics():
        for finding in chain.findings(clinic_id):
            broken.append(clinic_id)
            click.echo(f"{clinic_id}: {finding}", err=True)
        number, hash_ = chain.end(clinic_id)
        click.echo(f"{clinic_id}:{number}:{hash_}")
    for line in noted:
        if not _stood(line):
            broken.append(line.partition(":")[0])
            click.echo(f"no longer there: {line}", err=True)
    if broken:
        _tell(broken)
        raise SystemExit(1)
    upkeep.note("verify")


def _tell(clinics: list[str]) -> None:
    """Their managers; the words of it go no further than this screen or the log."""
    db.session.rollback()
    begin_writing()
    for clinic_id in clinics:
        tell_operators(clinic_id, {"trail": now()}, "upkeep")
    db.session.commit()


@_audit.command("expire")
@with_appcontext
def _expire() -> None:
    """Removes what is older than each clinic keeps its trail; the chain of what is left still holds."""
    with_a_trail = db.select(Clinic).where(Clinic.id.in_(chain.clinics())).order_by(Clinic.name)
    for clinic in db.session.scalars(with_a_trail).all():
        if list(chain.findings(clinic.id)):
            raise click.ClickException(f"{clinic.name}: nothing is removed, since `audit verify` finds something")
        removed = chain.cut(clinic.id, now() - clinic.audit_years * YEAR)
        click.echo(f"{clinic.name}: {removed} removed, those of the last {clinic.audit_years} years are kept")


def _stood(line: str) -> bool:
    clinic_id, _, rest = line.partition(":")
    number, _, hash_ = rest.partition(":")
    return number.isascii() and number.isdigit() and chain.stood(clinic_id, int(number), hash_)
