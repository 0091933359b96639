"""On SQLite a request that has read and then writes fails if another wrote in between; nobody may notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import pytest
from flask import Flask
from sqlalchemy import event

from pwa.records import db
from tests.accounts.test_sign_in import tries

SCRIPT = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}


@contextmanager
def others_write_after_each_read(app: Flask) -> Iterator[None]:
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")

    def write(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT"):
            return
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with closing(other), suppress(sqlite3.OperationalError):  # refused where the request is the writer already
            other.execute("UPDATE clinic SET name = name || '.'")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", write)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", write)


@pytest.mark.parametrize(
    "ask",
    [
        lambda browser: browser.post("/sign-out", json={}, headers=SCRIPT),
        lambda browser: browser.post("/language", data={"language": "fr"}),
    ],
)
def test_one_signs_in_and_does_this_while_others_write(app: Flask, ask: Callable) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    with others_write_after_each_read(app):
        assert tries(browser).status_code == 302
        assert ask(browser).status_code in (204, 302)
