"""What an operator does with the courier."""

from __future__ import annotations

import logging

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from pwa.config.outgoing import Outgoing
from pwa.notices import courier, upkeep
from pwa.notices.push import public_key

log = logging.getLogger(__name__)


class NoMail(click.ClickException):
    """Ends as a wrong setting does, after which no unit tries again."""

    exit_code = 3


def register(app: Flask) -> None:
    app.cli.add_command(_courier)
    app.cli.add_command(_vapid)
    app.cli.add_command(upkeep.tell)


@click.command("courier")
@click.option("--once", is_flag=True, help="One turn, and what is due in it.")
@with_appcontext
def _courier(once: bool) -> None:
    """Sends what must go out, until it is stopped; plans reminders."""
    outgoing: Outgoing = current_app.config["OUTGOING"]
    if outgoing.mail is None:
        raise NoMail("MAIL_URL, MAIL_FROM and PUBLIC_URL must be set: without mail nobody can be told.")
    if outgoing.mail.folder:
        log.info("No mail leaves this machine: each is a file in %s", outgoing.mail.folder)
    if not outgoing.vapid_key:
        log.info("Nothing is pushed without VAPID_KEY: mail takes over")
    courier.run(once)


@click.command("vapid")
def _vapid() -> None:
    """Makes a key for pushes. With another key phones must ask anew, and mails go until they did."""
    vapid = Vapid02()
    vapid.generate_keys()
    private = b64urlencode(vapid.private_key.private_numbers().private_value.to_bytes(32, "big"))
    click.echo(f"VAPID_KEY={private}")
    click.echo(f"The public half, which browsers are told: {public_key(private)}")
