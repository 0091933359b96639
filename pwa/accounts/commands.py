"""What an operator can do with the audit trail."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from pwa.accounts import audit
from pwa.accounts.throttle import network_hash, whose_hash
from pwa.config import now
from pwa.records import Clinic, chain, db, exported, upkeep
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators

#: so that no leap year makes a row go a day early
YEAR = timedelta(days=366)


def register(app: Flask) -> None:
    app.cli.add_command(_audit)
    app.cli.add_command(_log_hash)


@click.group("audit")
def _audit() -> None:
    """Who looked at what and changed what: a chain of rows for each clinic."""


@_audit.command("verify")
@click.option("--noted", multiple=True, metavar="CLINIC:NUMBER:HASH", help="An end that an earlier run printed.")
@click.option("--noted-in", type=click.Path(path_type=Path, dir_okay=False), help="A file of them; none yet is none.")
@with_appcontext
def _verify(noted: tuple[str, ...], noted_in: Path | None) -> None:
    """Follows every chain and says what is missing, changed or out of place; fails if anything is."""
    broken = []
    for clinic_id in chain.clinics():
        for finding in chain.findings(clinic_id):
            broken.append(clinic_id)
            click.echo(f"{clinic_id}: {finding}", err=True)
        number, hash_ = chain.end(clinic_id)
        click.echo(f"{clinic_id}:{number}:{hash_}")
    for line in (*noted, *_lines_of(noted_in)):
        if not _stood(line):
            broken.append(line.partition(":")[0])
            click.echo(f"no longer there: {line}", err=True)
    if broken:
        _tell(broken)
        raise SystemExit(1)
    upkeep.note("verify")


@_audit.command("follow")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--filtered", is_flag=True, help="Rows may be left out, since not all were asked for.")
def _follow(file: Path, filtered: bool) -> None:
    """Follows the chain in a spreadsheet of the trail, without the database; fails if one is changed or missing."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened, strict=True)
            lines = exported.read(list(rows), rows.fieldnames or ())
    except (UnicodeDecodeError, csv.Error, exported.Unreadable) as error:
        raise click.ClickException(str(error)) from None
    broken = list(exported.findings(lines))
    for finding in broken:
        click.echo(finding, err=True)
    numbers, missing = {line.number for line in lines}, exported.left_out(lines)
    first, last = min(numbers), max(numbers)
    click.echo(f"rows {first} to {last}: {len(numbers)} are in this file, {last - first + 1 - len(numbers)} are not")
    if missing:
        click.echo(f"not in this file: {', '.join(missing)}", err=not filtered)
    click.echo(f"not held by any hash: {', '.join(exported.WORDS)}")
    click.echo(exported.end(lines))
    if broken or (missing and not filtered):
        raise SystemExit(1)


def _tell(clinics: list[str]) -> None:
    """Their managers; the words of it go no further than this screen or the log."""
    db.session.rollback()
    begin_writing()
    for clinic_id in clinics:
        tell_operators(clinic_id, {"trail": now()}, "upkeep")
    db.session.commit()


@click.command("log-hash")
@click.argument("what", type=click.Choice(("account", "network")))
@click.argument("address")
@with_appcontext
def _log_hash(what: str, address: str) -> None:
    """Says how the log calls a mail ADDRESS (account) or an IP ADDRESS (network) in lines of tries to come in."""
    try:
        click.echo(whose_hash(address) if what == "account" else network_hash(address))
    except ValueError:
        raise click.ClickException("This is no IP address.") from None


@_audit.command("expire")
@with_appcontext
def _expire() -> None:
    """Removes what is older than each clinic keeps its trail; the chain of what is left still holds."""
    for clinic in db.session.scalars(db.select(Clinic).order_by(Clinic.name)).all():
        if list(chain.findings(clinic.id)):
            raise click.ClickException(f"{clinic.name}: nothing is removed, since `audit verify` finds something")
        removed = chain.cut(clinic.id, now() - clinic.audit_years * YEAR)
        if removed:
            audit.by_operator("write", "audit", clinic.id, records=[f"-{removed}"])
            db.session.commit()
        click.echo(f"{clinic.name}: {removed} removed, those of the last {clinic.audit_years} years are kept")


def _lines_of(file: Path | None) -> list[str]:
    return file.read_text().split() if file and file.exists() else []


def _stood(line: str) -> bool:
    clinic_id, _, rest = line.partition(":")
    number, _, hash_ = rest.partition(":")
    return number.isascii() and number.isdigit() and chain.stood(clinic_id, int(number), hash_)
