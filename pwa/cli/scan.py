"""The command that looks whether anybody's words stand somewhere as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from pwa.accounts import audit
from pwa.records import db, plain


@click.command("scan")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def scan(files: tuple[Path, ...]) -> None:
    """Looks for this database's words, names and addresses in plain: in SQLite's own files and in FILES such as logs.
    Says where they are kept, never what they say, and fails if it finds any.

    A text is looked for in pieces of 24 characters along each of its lines, so that a part of one is found too. Not
    looked for: lines under 8 characters, which stand everywhere; of what phones sent texts without a space, since ids,
    days and codes look the same (in a column of its own a single word is looked for); what the clinic calls itself, its
    protocols and its own effects, which its open lists have. Files that are packed or encrypted are not opened."""
    audit.by_operator_everywhere("read", "scan")
    db.session.commit()
    words = plain.typed()
    if not words:
        raise click.ClickException("Nobody has written anything here that could be looked for.")
    found = False
    for file in (*_own_files(), *files):
        these = plain.found_in(file, words)
        click.echo("\n".join((f"{file}: {len(these)} in plain", *(f"  {where}" for where in sorted(these)))))
        found = found or bool(these)
    if found:
        raise click.ClickException("Somebody's words stand in plain.")
    click.echo(f"{len(set(words.values()))} texts were looked for.")


def _own_files() -> Iterator[Path]:
    """With what is not yet moved into the database itself."""
    if db.engine.dialect.name == "sqlite" and db.engine.url.database:
        database = Path(db.engine.url.database)
        yield from sorted(database.parent.glob(f"{database.name}*"))
