"""Every row is written anew under the newest key, whatever kills it half-way, and then the older key may go."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa import create_app
from pwa.accounts import audit
from pwa.accounts.passwords import person_at
from pwa.config import Settings, WrongSetting
from pwa.records import DataKey, JournalEntry, Patient, Person, Version, chain, db, rotating
from pwa.records.base import begin_writing
from pwa.records.encrypted import encrypted_columns
from pwa.sync.receive import receive
from tests.conftest import CAST, CLINIC, KEYS, SECRET
from tests.sync.phones import JOURNAL, said, staff

NEWER = {2: b"n" * 32, **KEYS}
ANA = CAST["ana"]


@pytest.fixture
def written(app_on_both, clock):
    """Ana wrote, and a clinician looked; then a newer key came."""
    with app_on_both.app_context():
        begin_writing()
        patient = db.session.get_one(Patient, ANA[:2])
        texts = [said({**JOURNAL, "text": f"Entry {n}."}, "journal") for n in range(5)]
        author = db.session.get_one(Person, ANA[:2])
        receive(patient, texts, author=author, device=None, received_at=clock())
        db.session.commit()
        audit.read(staff(), "patient", [ANA[1]])
        db.session.get_one(Person, CAST["manager"][:2]).name = "Nadia"
        db.session.commit()
        db.session.remove()
    url = app_on_both.config["SQLALCHEMY_DATABASE_URI"]
    create_app(Settings(SECRET, url, KEYS), clock)
    return create_app(Settings(SECRET, url, NEWER), clock)


def held():
    """All that stands encrypted, opened."""
    return {
        table.name: sorted(repr(tuple(row)) for row in db.session.execute(select(*table.primary_key, *columns)))
        for table, columns in encrypted_columns(db.metadata)
    }


def numbers():
    """Of the keys under which rows stand."""
    return {
        row[0]
        for table, columns in encrypted_columns(db.metadata)
        for column in columns
        for row in db.session.scalars(select(rotating.as_type(column, rotating.LargeBinary)))
        if row
    }


def test_all_rows_stand_under_the_newest_key_and_say_what_they_said(written):
    with written.app_context():
        before = held()
        assert numbers() == {1}
        db.session.remove()
        ran = written.test_cli_runner().invoke(args=["keys", "rotate"])
        assert ran.exit_code == 0, ran.output
        assert held() == before
        assert numbers() == {2}
        assert person_at(CLINIC, ANA[3]).id == ANA[1]
        assert list(chain.findings(CLINIC)) == []
        assert db.session.scalars(select(DataKey.number)).all() == [2]
        db.session.remove()
    url = written.config["SQLALCHEMY_DATABASE_URI"]
    with create_app(Settings(SECRET, url, {2: NEWER[2]})).app_context():
        assert len(db.session.scalars(select(JournalEntry.text)).all()) == 5
        assert person_at(CLINIC, ANA[3]).id == ANA[1]
        assert list(chain.findings(CLINIC)) == []
        db.session.remove()
        db.engine.dispose()


def test_killed_half_way_nothing_is_lost_the_older_key_stays_needed_and_the_next_run_ends_it(written, monkeypatch):
    monkeypatch.setattr(rotating, "SOME", 2)
    with written.app_context():
        before = held()
        db.session.remove()
        batches = rotating._pass(Version.__table__, list(dict(encrypted_columns(db.metadata))[Version.__table__]))
        assert next(batches) == 2
        batches.close()
        db.session.remove()
        assert held() == before
        assert numbers() == {1, 2}
        db.session.remove()
        url = written.config["SQLALCHEMY_DATABASE_URI"]
        with pytest.raises(WrongSetting, match="must have key 1"):
            create_app(Settings(SECRET, url, {2: NEWER[2]}))
        assert dict(rotating.rotate())["version"] == 3
        assert rotating.forget_older()
        assert held() == before
        assert numbers() == {2}
        db.session.remove()


def test_a_row_that_somebody_just_writes_is_left_and_the_older_key_with_it(written):
    """On SQLite nobody writes meanwhile."""
    with written.app_context():
        if db.engine.dialect.name == "sqlite":
            return
        with db.engine.connect() as somebody:
            somebody.execute(select(Person.id).where(Person.id == ANA[1]).with_for_update())
            ran = written.test_cli_runner().invoke(args=["keys", "rotate"])
            assert (ran.exit_code, "once more" in ran.output) == (1, True)
        assert written.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
        assert numbers() == {2}
        db.session.remove()
