"""What the database holds encrypted, and what happens when a key is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import JSON, String, Text, insert, select, text
from sqlalchemy.exc import IntegrityError

from pwa import create_app
from pwa.config import Settings, WrongSetting
from pwa.records import DataKey, JournalEntry, Person, ReportedEffect, Version, db
from pwa.records.base import table_of
from pwa.records.encrypted import encrypted_columns
from pwa.records.keyring import Keyring
from tests.clinic.conftest import says_to
from tests.conftest import CAST, KEYS, PASSWORD, SECRET, uid
from tests.records.open_columns import reasons

OTHER = os.urandom(32)


def on(app, keys):
    return create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], keys, secure_cookies=False))


def test_no_column_of_text_is_kept_in_the_clear_without_a_reason():
    """A new one of words: `EncryptedText`, and a step in a migration. Any other: its reason in `open_columns`."""
    clear = [c for table in db.metadata.tables.values() for c in table.c if isinstance(c.type, String | JSON)]
    everywhere, here = reasons()
    unsaid = {str(c) for c in clear if c.name not in everywhere} - here
    assert unsaid == set()
    assert here - {str(c) for c in clear} == set(), "of columns that there are"
    assert [str(c) for c in clear if type(c.type) is Text] == [], "nothing as long as one likes"


def test_what_a_phone_sends_as_words_of_an_effect_stands_nowhere_in_the_clear(app_on_both, clock):
    words = {"My brother hurt me", "It came by itself"}
    own, unknown = ({"effect": f"own-0c0ffee{n}", "words": one, "severity": 2} for n, one in enumerate(sorted(words)))
    said = says_to(app_on_both, clock)("ana", "effects", {"effects": [own, unknown]})
    with app_on_both.app_context():
        assert set(db.session.scalars(select(ReportedEffect.words))) == words
        assert {row[0] for row in db.session.scalars(text("SELECT words FROM reported_effect"))} == {1}
        assert db.session.get(Version, (*CAST["ana"][:2], said.id)).outcome == "stored"
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            kept = Path(db.engine.url.database)
            held = b"".join(file.read_bytes() for file in kept.parent.glob(f"{kept.name}*"))
            assert not [one for one in words if one.encode() in held]


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


def test_one_account_of_a_clinic_has_an_address_and_it_is_found_under_every_key(app_on_both):
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
    answer = newer.test_client().post("/sign-in", data={"clinic": clinic, "email": email, "password": PASSWORD})
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
