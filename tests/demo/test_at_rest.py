"""After the demo has run, neither the database nor the log holds anyone's words, name or address as they are."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from pwa.demo.clinic import PASSWORD, fill
from pwa.records import JournalEntry, Note, Version, db
from pwa.records.encrypted import encrypted_columns
from tests.demo.test_clinic import empty

__all__ = ["empty"]
#: shorter ones are found anywhere
LEAST = 8


def words_of(app: Flask) -> set[str]:
    with app.app_context():
        found = {
            value
            for table, columns in encrypted_columns(db.metadata)
            if table.name not in ("version", "clash")
            for row in db.session.execute(select(*columns))
            for value in row
            if value and len(value) >= LEAST
        }
        assert set(db.session.scalars(select(JournalEntry.text))) & found
        assert set(db.session.scalars(select(Note.text))) <= found
        return found


def dumped(app: Flask) -> Iterator[bytes]:
    """The very files, or each row as PostgreSQL writes it down."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("PRAGMA wal_checkpoint"))
            file = Path(str(db.engine.url.database))
            yield from (path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
            return
        for table in db.metadata.sorted_tables:
            yield from (row.encode() for row in db.session.scalars(text(f"SELECT CAST(t AS text) FROM {table.name} t")))


def found_in(held: bytes, words: set[str]) -> set[str]:
    """As they are, as JSON writes them, and as PostgreSQL writes bytes."""
    return {
        one
        for one in words
        if one.encode() in held or one.encode().hex().encode() in held or ascii(one)[1:-1].encode() in held
    }


def test_no_words_are_in_the_database_or_the_log_as_they_are(empty: Flask, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with empty.app_context():
        fill(6, 60, 7)
    empty.config["WTF_CSRF_ENABLED"] = False
    browser = empty.test_client()
    browser.post("/sign-in", data={"email": "therapist@demo.test", "password": PASSWORD})
    assert browser.get("/clinic/room", follow_redirects=True).status_code == 200
    words = words_of(empty)
    assert len(words) > 50
    held = b"\n".join(dumped(empty))
    with empty.app_context():
        assert str(db.session.scalars(select(Version.id).limit(1)).one()).encode() in held
    assert found_in(held, words) == set()
    assert found_in(caplog.text.encode(), words) == set()
