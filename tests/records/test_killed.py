"""The commands themselves, killed half-way as a machine that goes dark does it, and begun again: nothing is lost."""

from __future__ import annotations

import os
import signal

import pytest
from sqlalchemy import LargeBinary, func, select, type_coerce

from pwa import create_app
from pwa.config import Settings, WrongSetting
from pwa.config.keys import keys_from
from pwa.records import Clinic, Version, data_keys, db
from tests.conftest import DATA_KEYS, SECRET
from tests.notices.world import until
from tests.records.killing import NEWER_KEY, begun, give_half
from tests.records.many import lay_down
from tests.records.test_backup import emptied
from tests.records.test_backup import held as all_rows
from tests.records.test_rotating import held, numbers

#: a rotation has sixteen batches of them, a backup several pieces
MANY = 8000
BOTH_KEYS = f"{NEWER_KEY},{DATA_KEYS}"


@pytest.fixture
def full(app_on_both):
    with app_on_both.app_context():
        lay_down(MANY)
        data_keys.begin_with_newest(db.session.connection())
        db.session.commit()
        db.session.remove()
    return app_on_both


def url_of(app):
    return app.config["SQLALCHEMY_DATABASE_URI"]


def killed(run):
    run.kill()
    assert run.wait() == -signal.SIGKILL


def ends_well(run):
    assert run.wait() == 0


def rotated(newer):
    with newer.app_context():
        new = func.substr(type_coerce(Version.text, LargeBinary), 1, 1) == b"\2"
        found = db.session.scalar(select(func.count()).select_from(Version).where(new))
        db.session.remove()
    return found


def test_a_rotation_goes_on_where_it_was_killed(full):
    newer = create_app(Settings(SECRET, url_of(full), keys_from({"DATA_KEYS": BOTH_KEYS})))
    with newer.app_context():
        before = held()
        db.session.remove()
    run = begun(url_of(full), "keys", "rotate", data_keys=BOTH_KEYS)
    until(lambda: rotated(newer))
    killed(run)
    done = rotated(newer)
    assert 0 < done < MANY
    with pytest.raises(WrongSetting, match="must have key 1"):
        create_app(Settings(SECRET, url_of(full), keys_from({"DATA_KEYS": NEWER_KEY})))
    with newer.app_context():
        assert held() == before
        db.session.remove()
    ends_well(begun(url_of(full), "keys", "rotate", data_keys=BOTH_KEYS))
    with newer.app_context():
        assert numbers() == {2}
        assert held() == before
        db.session.remove()
        db.engine.dispose()


def test_a_backup_that_is_killed_leaves_the_one_before_and_the_next_is_whole(full, tmp_path):
    copy, part = tmp_path / "copy", tmp_path / "copy.part"
    copy.write_bytes(b"yesterday's")
    before = all_rows(full)
    run = begun(url_of(full), "backup", str(copy))
    until(lambda: part.exists() and part.stat().st_size > 2**20)
    killed(run)
    assert copy.read_bytes() == b"yesterday's"
    ends_well(begun(url_of(full), "backup", str(copy)))
    ends_well(begun(url_of(emptied(full)), "restore", str(copy)))
    assert all_rows(full) == before


def nobody(app):
    with app.app_context():
        found = db.session.scalars(select(Clinic.id)).all()
        db.session.remove()
    return not found


def test_a_restore_that_is_killed_leaves_an_empty_database_and_the_next_brings_all_back(full, tmp_path):
    copy, pipe = tmp_path / "copy", tmp_path / "pipe"
    before = all_rows(full)
    ends_well(begun(url_of(full), "backup", str(copy)))
    os.mkfifo(pipe)
    run = begun(url_of(emptied(full)), "restore", str(pipe))
    give_half(copy, pipe)
    killed(run)
    assert nobody(full)
    ends_well(begun(url_of(full), "restore", str(copy)))
    assert all_rows(full) == before
