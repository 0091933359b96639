"""What the database holds encrypted, and what happens when a key is not there."""

from __future__ import annotations

import os

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import Text, insert, select, text
from sqlalchemy.exc import IntegrityError

from pwa import create_app
from pwa.config import Settings, WrongSetting
from pwa.records import DataKey, JournalEntry, Person, Version, db
from pwa.records.base import table_of
from pwa.records.encrypted import encrypted_columns
from pwa.records.keyring import Keyring
from tests.conftest import CAST, KEYS, PASSWORD, SECRET, uid

OTHER = os.urandom(32)


def on(app, keys):
    return create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], keys, secure_cookies=False))


def test_no_column_of_free_text_is_kept_in_the_clear():
    """A new one: `EncryptedText`, and a step in a migration."""
    clear = [f"{table.name}.{c.name}" for table in db.metadata.tables.values() for c in table.c if type(c.type) is Text]
    assert clear == []


def test_each_place_is_of_one_column_alone():
    places = [place for _, columns in encrypted_columns(db.metadata) for place in columns.values()]
    assert len(set(places)) == len(places) > 25


def test_what_was_changed_or_moved_to_another_column_does_not_open():
    ring = Keyring(KEYS)
    kept = ring.encrypt(b"the gate was open", "journal_entry.text")
    assert ring.decrypt(kept, "journal_entry.text") == b"the gate was open"
    for blow, place in ((kept, "note.text"), (kept[:-1] + bytes([kept[-1] ^ 1]), "journal_entry.text")):
        with pytest.raises(InvalidTag):
            ring.decrypt(blow, place)
    assert ring.encrypt(b"the gate was open", "journal_entry.text") != kept


def test_one_account_has_an_address_and_it_is_found_under_every_key(app_on_both):
    clinic, id_, role, email = CAST["ana"]
    with app_on_both.app_context():
        ana = db.session.get_one(Person, (clinic, id_))
        assert email.encode() not in db.session.scalar(text(f"SELECT email FROM person WHERE id = '{id_}'"))
        again = {"clinic_id": clinic, "id": uid(99), "email_index": ana.email_index}
        person = {**again, "role": role, "name": "", "created_at": ana.created_at}
        with pytest.raises(IntegrityError):
            db.session.execute(insert(table_of(Person)), person)
        db.session.rollback()
    newer = on(app_on_both, {2: OTHER, **KEYS})
    newer.config["WTF_CSRF_ENABLED"] = False
    answer = newer.test_client().post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302


def test_the_start_refuses_without_a_key_that_rows_stand_under(app_on_both):
    on(app_on_both, KEYS)
    with pytest.raises(WrongSetting, match="DATA_KEYS must have key 1"):
        on(app_on_both, {2: OTHER})
    with pytest.raises(WrongSetting, match="DATA_KEYS has another key 1"):
        on(app_on_both, {1: OTHER})
    on(app_on_both, {2: OTHER, **KEYS})
    with pytest.raises(WrongSetting, match="DATA_KEYS must have key 2"):
        on(app_on_both, KEYS)
    with app_on_both.app_context():
        assert db.session.scalars(select(DataKey.number).order_by(DataKey.number)).all() == [1, 2]


def test_words_are_kept_encrypted_and_read_as_they_were_written(app, says):
    said = says("ana", "journal", {"text": "The gate was open.", "audience": "care-team"})
    with app.app_context():
        assert db.session.scalars(select(JournalEntry.text)).all() == ["The gate was open."]
        assert (
            b"The gate was open." in db.session.scalars(select(Version.text).where(Version.record == said.record)).one()
        )
        for column in ("journal_entry", "version"):
            [kept] = db.session.scalars(text(f"SELECT text FROM {column}"))
            assert kept[0] == 1
            assert b"gate" not in kept
