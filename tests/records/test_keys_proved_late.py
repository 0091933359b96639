"""The database is away when a process starts: keys are proved before its first use, whenever that is."""

from __future__ import annotations

import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text

from pwa import create_app
from pwa.config import Settings, WrongSetting
from pwa.config.keys import new_key
from pwa.records import DataKey, Version, data_keys, db
from tests import forked
from tests.conftest import KEYS, SECRET, beside, put_away, run_on
from tools.serving import environment, free_port, wait_for

WRONG, NEWER = {1: b"w" * 32}, {2: b"n" * 32, **KEYS}


@pytest.fixture(params=["sqlite", "postgresql"])
def away(request, clock, tmp_path):
    """Its address, and what brings it back. It holds what key 1 wrote."""
    if request.param == "sqlite":
        there, gone = tmp_path / "there", tmp_path / "gone"
        there.mkdir()
        url, leave, back = f"sqlite:///{there}/a.db", lambda: there.rename(gone), lambda: gone.rename(there)
    else:
        server = request.getfixturevalue("postgres")
        run_on(server, *(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in ("late", "gone")))
        url = beside(server, "late")
        leave = partial(run_on, server, "ALTER DATABASE late RENAME TO gone")
        back = partial(run_on, server, "ALTER DATABASE gone RENAME TO late")
    with create_app(Settings(SECRET, url, KEYS), clock).app_context():
        db.create_all()
        data_keys.begin_with_newest(db.session.connection())
        db.session.commit()
        put_away()
    leave()
    return url, back


def started(url, keys, clock):
    return create_app(Settings(SECRET, url, keys, secure_cookies=False), clock)


@pytest.mark.parametrize(("keys", "says"), [(WRONG, "has another key 1"), ({2: b"n" * 32}, "must have key 1")])
def test_a_wrong_or_missing_key_ends_it_before_anything_is_read(away, clock, caplog, keys, says):
    url, back = away
    app = started(url, keys, clock)
    assert "keys are proved once it does" in caplog.text
    browser = app.test_client()
    answers = {path: browser.get(path).status_code for path in ("/healthz", "/sign-in", "/me", "/en/")}
    assert answers == {"/healthz": 503, "/sign-in": 503, "/me": 401, "/en/": 200}, "a patient's page needs none"
    back()
    for _ in range(2):
        with pytest.raises(WrongSetting, match=says):
            browser.get("/healthz")
    with app.app_context():
        with pytest.raises(WrongSetting, match=says):
            db.session.scalar(select(Version.text))
        put_away()


def test_a_newest_key_is_registered_before_anything_is_written_under_it(away, clock):
    url, back = away
    app = started(url, NEWER, clock)
    back()
    with app.app_context():
        assert db.session.scalar(text("SELECT 1")) == 1
        assert db.session.scalars(select(DataKey.number).order_by(DataKey.number)).all() == [1, 2]
        put_away()


def test_the_right_keys_go_on_as_if_it_had_never_been_away(away, clock):
    url, back = away
    app = started(url, KEYS, clock)
    assert app.test_client().get("/healthz").status_code == 503
    back()
    with app.app_context():
        assert db.session.scalars(select(DataKey.number)).all() == [1]
        put_away()


@pytest.mark.timeout(300)
def test_gunicorn_ends_with_the_code_of_a_wrong_setting_and_says_why(tmp_path: Path) -> None:
    folder, port = tmp_path / "there", free_port()
    env = {**environment(folder / "a.db"), "DATA_KEYS": new_key(1)}
    server = forked.gunicorn(*forked.DEPLOYED, env=env, port=port, logs=tmp_path / "log")
    try:
        wait_for(f"http://localhost:{port}")
        folder.mkdir()
        forked.flask("db", "upgrade", env=environment(folder / "a.db"))
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=60).close()
        assert server.wait(60) == 3
    finally:
        server.terminate()
    assert "DATA_KEYS has another key 1" in (tmp_path / "log").read_text()
