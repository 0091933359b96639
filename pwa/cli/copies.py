"""The commands that make a backup, and bring one back."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import click
from flask import Flask
from flask.cli import with_appcontext

from pwa.accounts import audit
from pwa.accounts.all_ways_in import close_all_ways_in
from pwa.config.wrong import WrongSetting
from pwa.records import backup, db, upkeep
from pwa.records.base import begin_writing
from pwa.records.boxed import Box, Opened, Shut, half
from pwa.records.data_keys import begin_with_newest, refuse_without_needed
from pwa.sync import epoch


def register(app: Flask) -> None:
    app.cli.add_command(_backup)
    app.cli.add_command(_restore)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", envvar="BACKUP_TO", default="", help="Public half of the key; else BACKUP_TO says it.")
@with_appcontext
def _backup(file: Path, to: str) -> None:
    """Writes all rows, as they stand at one moment, to a file that only BACKUP_KEY opens; the service runs on."""
    to_half = _half("BACKUP_TO", to)
    audit.by_operator_everywhere("read", "backup")
    db.session.commit()
    try:
        rows = _written(file, to_half)
    except OSError as error:
        raise click.ClickException(f"No backup was made: {error.strerror}.") from None
    upkeep.note("backup")
    click.echo(f"{rows} rows")


def _written(file: Path, to: bytes) -> int:
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as out, _shut_to(to, out) as lines:
            rows = backup.dump(lines)
        with part.open("rb") as whole:
            os.fsync(whole.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)  # where it failed for want of room, it takes none
    return rows


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key-file", type=click.File(), help="Holds the private half of the key; - is standard input.")
@with_appcontext
def _restore(file: Path, key_file: IO[str] | None) -> None:
    """Brings a backup into an empty database, all of it or nothing, and lets phones send again what it lacks.

    Without --key-file the variable BACKUP_KEY says the key, or it is asked for. What stands on a command line stands in
    lists of processes and in the journal, so it is never said there."""
    opens = _half("BACKUP_KEY", _said(key_file))
    begin_writing()
    try:
        with file.open("rb") as boxed:
            rows = backup.load(_lines(Opened(boxed, opens)))
    except backup.Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    except (Shut, EOFError, gzip.BadGzipFile):
        raise click.ClickException("It does not open: another key, or the file was cut or changed.") from None
    refuse_without_needed(db.session.connection())
    begin_with_newest(db.session.connection())
    close_all_ways_in()
    epoch.advance()
    audit.by_operator_everywhere("write", "restore")
    db.session.commit()
    click.echo(f"{rows} rows; everyone signs in anew, and phones send again what is missing")


def _said(key_file: IO[str] | None) -> str:
    """As `new_pair` prints it, with its name or without."""
    said = key_file.read() if key_file else os.environ.get("BACKUP_KEY")
    return (said or click.prompt("BACKUP_KEY", hide_input=True)).strip().removeprefix("BACKUP_KEY=")


def _half(name: str, text: str) -> bytes:
    found = half(text)
    if found is None:
        raise WrongSetting(name, "must be half of a key; `python -m pwa.records.new_pair` makes both")
    return found


@contextmanager
def _shut_to(to: bytes, out: IO[bytes]) -> Iterator[IO[str]]:
    """What ends in an error has no end, and does not open."""
    box = Box(out, to)
    packed = gzip.GzipFile(fileobj=cast(IO[bytes], box), mode="wb", compresslevel=3)
    with io.TextIOWrapper(packed, encoding="utf-8") as lines:
        yield lines
    box.close()


def _lines(opened: Opened) -> Iterator[str]:
    with gzip.GzipFile(fileobj=cast(IO[bytes], opened), mode="rb") as packed:
        yield from io.TextIOWrapper(packed, encoding="utf-8")
