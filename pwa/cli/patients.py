"""What an operator does about records that are no longer kept."""

from __future__ import annotations

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
        counts = erase_one(manager, one.id)
        click.echo(f"{one.code}: {sum(counts.values())} rows erased")
