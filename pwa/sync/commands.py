"""What an operator can do with versions."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from pwa.accounts import audit
from pwa.accounts.all_ways_in import close_all_ways_in
from pwa.records.base import begin_writing, db
from pwa.sync import epoch as epochs
from pwa.sync.again import judge_again
from pwa.sync.rebuild import rebuild


def register(app: Flask) -> None:
    app.cli.add_command(_rebuild)
    app.cli.add_command(_judge_again)
    app.cli.add_command(_epoch)


@click.command("rebuild")
@click.option("--check", is_flag=True, help="Only report; fails if anything differs.")
@with_appcontext
def _rebuild(check: bool) -> None:
    """Makes the typed rows anew from the versions, and says what differed."""
    if not check:
        audit.by_operator_everywhere("write", "versions")
        db.session.commit()
    differences = 0
    for difference in rebuild(repair=not check):
        differences += 1
        click.echo(difference)
    click.echo(f"{differences} differences" + ("" if check or not differences else ", repaired"))
    if check and differences:
        raise SystemExit(1)


@click.command("judge-again")
@with_appcontext
def _judge_again() -> None:
    """Judges parked versions once more, after a fix, and takes those that are good now."""
    audit.by_operator_everywhere("write", "versions")
    db.session.commit()
    taken, left = judge_again()
    click.echo(f"{taken} taken, {left} still parked")


@click.command("epoch")
@click.option("--advance", is_flag=True, help="After the server went back: all sign in anew, phones send all again.")
@with_appcontext
def _epoch(advance: bool) -> None:
    """Says which epoch phones are told."""
    if advance:
        begin_writing()
        close_all_ways_in()
        epochs.advance()
        audit.by_operator_everywhere("write", "restore")
        db.session.commit()
        click.echo("Everyone signs in anew, open invitations ended, and phones send again what is missing.", err=True)
    click.echo(epochs.epoch())
