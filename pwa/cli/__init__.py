"""Flask's commands: clinics, the demo, the safety rules, keys, copies of the database, and what stands in plain."""

from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from pwa.cli import clinics, copies
from pwa.cli.named import at_clinic, person_named
from pwa.cli.patients import patients
from pwa.cli.scan import scan


@click.command("demo")
@click.option("--patients", default=40, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--days", default=270, show_default=True, type=click.IntRange(1, 3660), help="how long ago it opened")
@click.option("--seed", default=7, show_default=True, help="the same seed and day make the same clinic")
@with_appcontext
def demo(patients: int, days: int, seed: int) -> None:
    """Makes a believable clinic in an empty database, and prints how to sign in."""
    from pwa.demo import clinic
    from pwa.demo.people import OPEN, PASSWORD, PATIENT, STAFF

    try:
        clinic.fill(patients, days, seed)
    except clinic.Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("A demo clinic is ready. Sign in as one of")
    for email in (PATIENT, *(email for _, email, _, _ in STAFF if email.endswith(OPEN))):
        click.echo(f"  {email}")
    click.echo(f"with the password: {PASSWORD}")


@click.command("invite")
@click.argument("email")
@at_clinic
@with_appcontext
def invite(email: str, at: str | None) -> None:
    """Prints a link that lets this person in again; for a manager whom nobody else can invite."""
    from pwa.accounts import audit, invitations
    from pwa.records import db

    person = person_named(email, at)
    made, code = invitations.made_for(person, None)
    patients = [person.id] if person.role == "patient" else []
    audit.by_operator("write", "invitations", person.clinic_id, patients, [made.id])
    db.session.commit()
    click.echo(f"{current_app.config['OUTGOING'].address}/invited#{code}")


@click.group("safety")
def safety() -> None:
    """The rules that raise alerts."""


@safety.command("run")
@with_appcontext
def run() -> None:
    """Raises what nobody wrote in time and hands on what nobody answered; the courier does the same at each turn."""
    from pwa.config import now
    from pwa.notices.escalation import escalate
    from pwa.notices.silence import listen

    click.echo(f"{listen(now())} raised, {escalate(now())} handed on")


@safety.command("dry-run")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 3660))
@with_appcontext
def dry(days: int) -> None:
    """Says how many alerts the rules, as they are set now, would have raised per 100 reports."""
    from pwa.config import now
    from pwa.records import Clinic, db
    from pwa.records.dry_run import dry_run
    from pwa.records.responding import house_of

    _noted("read", "safety")
    for clinic in db.session.scalars(db.select(Clinic).order_by(Clinic.name)):
        tally = dry_run(house_of(clinic.id), now() - timedelta(days=days), now())
        click.echo(f"{clinic.name}: {tally.reports} reports, {tally.in_hundred():.1f} alerts per 100")
        for rule in sorted(tally.alerts, key=lambda id_: (-tally.alerts[id_], id_)):
            click.echo(f"  {tally.in_hundred(rule):6.2f}  {rule}")


@safety.command("raise-again")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3660))
@with_appcontext
def again(days: int) -> None:
    """Raises what the rules, as they are set now, find in the last days and did not find before."""
    from pwa.config import now
    from pwa.records import Clinic, db
    from pwa.records.raise_again import raise_again

    _noted("write", "alerts")
    for clinic_id, name in db.session.execute(db.select(Clinic.id, Clinic.name).order_by(Clinic.name)).all():
        click.echo(f"{name}: {raise_again(clinic_id, now() - timedelta(days=days), now())} raised")


@click.group("keys")
def keys() -> None:
    """The keys under which words, names and secrets are kept."""


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Writes what stands under an older key anew under the first of DATA_KEYS; the service runs on meanwhile."""
    from pwa.records import rotating

    _noted("write", "data-keys")
    if shut := rotating.take_over_pairs(current_app.config["SECRET_KEY"]):
        click.echo(f"{shut} pairs by which phones seal are shut under an earlier SECRET_KEY: docs/running.md, Keys")
    for table, rows in rotating.rotate():
        click.echo(f"{rows:9} {table}")
    if not rotating.forget_older():
        raise click.ClickException("Some rows were just being written. Run it once more.")
    click.echo("No row needs an older key any longer.")


def _noted(action: str, what: str) -> None:
    from pwa.accounts import audit
    from pwa.records import db

    audit.by_operator_everywhere(action, what)
    db.session.commit()


def register(app: Flask) -> None:
    app.cli.add_command(demo)
    app.cli.add_command(invite)
    app.cli.add_command(safety)
    app.cli.add_command(keys)
    clinics.register(app)
    app.cli.add_command(patients)
    app.cli.add_command(scan)
    copies.register(app)
