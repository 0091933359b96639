"""Flask's commands."""

import click
from flask import Flask
from flask.cli import with_appcontext


@click.command("demo")
@click.option("--patients", default=40, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--days", default=270, show_default=True, type=click.IntRange(1, 3660), help="how long ago it opened")
@click.option("--seed", default=7, show_default=True, help="the same seed and day make the same clinic")
@with_appcontext
def demo(patients: int, days: int, seed: int) -> None:
    """Makes a believable clinic in an empty database, and prints how to sign in."""
    from pwa.demo import clinic
    from pwa.demo.people import STAFF

    try:
        clinic.fill(patients, days, seed)
    except clinic.Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("A demo clinic is ready. Sign in as one of")
    for email in (clinic.PATIENT, *(email for _, email, _, _ in STAFF if email)):
        click.echo(f"  {email}")
    click.echo(f"with the password: {clinic.PASSWORD}")


def register(app: Flask) -> None:
    app.cli.add_command(demo)
