"""What a locked phone seals to the server's key is opened here, for its owner only."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from pwa import create_app
from pwa.config import Settings
from pwa.records import CheckIn, Clash, Patient, Person, ServerKey, data_keys, db, rotating
from pwa.records.base import begin_writing
from pwa.records.keyring import derived
from pwa.sync.rebuild import rebuild_of
from pwa.sync.receive import receive
from tests.conftest import KEYS, SECRET, put_away
from tests.sync.phones import clashes, id_in, kept, new_id, said


def sealed(phone, text, owner=None, **other):
    """As docs/sync.md says that a phone must do it."""
    key = phone.browser.get("/me").get_json()["key"]
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), urlsafe_b64decode(key["public"] + "="))
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = HKDF(SHA256(), 32, point, b"tidelog sealed 1").derive(own.exchange(ec.ECDH(), server))
    nonce, belongs = secrets.token_bytes(12), f"{owner or phone.owner.id}/{id_in(text)}"
    locked = AESGCM(shared).encrypt(nonce, text.encode("utf-8", "surrogatepass"), belongs.encode())
    bytes_ = urlsafe_b64encode(point + nonce + locked).rstrip(b"=").decode()
    return json.dumps({"id": id_in(text), "key": key["id"], "sealed": bytes_} | other)


def test_a_sealed_version_is_kept_as_what_was_sealed(phone):
    text = said({"note": "Written while locked."})
    assert phone.outcomes(sealed(phone, text)) == ["stored"]
    assert kept(phone)[id_in(text)].text.decode() == text


def test_sealed_again_or_open_it_is_the_same_version(phone):
    text = said()
    assert phone.outcomes(sealed(phone, text), sealed(phone, text), text) == ["stored", "known", "known"]
    assert clashes(phone) == []


def test_another_text_sealed_under_the_same_id_clashes(phone):
    text = said()
    other = json.dumps(json.loads(text) | {"body": {"mood": 1}})
    assert phone.outcomes(text, sealed(phone, other)) == ["stored", "clash"]
    assert clashes(phone)[0].text.decode() == other


def test_a_bad_version_is_judged_as_if_it_were_open(phone):
    assert phone.codes(sealed(phone, said({"mood": 11}))) == {("mood", "range")}


def test_what_another_owner_sealed_stays_shut(phone, stranger):
    text = said()
    theirs = sealed(stranger, text)
    assert phone.codes(theirs) == {("version", "sealed")}
    assert kept(phone)[id_in(text)].text.decode() == theirs


@pytest.mark.parametrize(
    "other",
    [
        {"key": new_id()},
        {"key": "no id"},
        {"key": None},
        {"sealed": ""},
        {"sealed": "AAAA"},
        {"sealed": "not base64 ***"},
        {"sealed": "é"},
        {"sealed": "BB" * 200},
        {"sealed": 7},
        {"sealed": "\ud83d"},
        {"id": new_id()},
    ],
)
def test_what_cannot_be_opened_is_parked_as_it_is(phone, other):
    text = sealed(phone, said(), **other)
    assert phone.codes(text) == {("version", "sealed")}
    assert kept(phone)[id_in(text)].text.decode() == text


def test_one_changed_byte_keeps_it_shut(phone):
    text = sealed(phone, said())
    at = text.index('"sealed": "') + 150
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    assert phone.codes(changed) == {("version", "sealed")}


def test_a_seal_with_something_else_inside_is_parked(phone):
    id_ = new_id()
    for inside in (json.dumps({"id": id_}), json.dumps({"id": new_id()})):
        text = sealed(phone, inside)
        assert phone.outcomes(text) == ["parked"]


def test_another_secret_key_strands_nothing_that_is_sealed(phone, monkeypatch):
    shut = sealed(phone, said())
    monkeypatch.setitem(phone.app.config, "SECRET_KEY", OTHERS)
    with phone.app.app_context():
        assert receipt_of(phone, shut).outcome == "stored"


OTHERS = "another secret that is long enough to be taken"


@pytest.fixture
def away(phone):
    """Shuts all pairs under a SECRET_KEY that is gone, as an earlier release left them when it was changed."""

    def shut_away():
        with phone.app.app_context():
            for key in db.session.scalars(select(ServerKey).where(ServerKey.private.is_not(None))):
                box = AESGCM(derived(OTHERS.encode(), b"tidelog server key 1"))
                key.wrapped, key.private = b"n" * 12 + box.encrypt(b"n" * 12, key.private, key.id.encode()), None
            db.session.commit()
            db.session.remove()

    yield shut_away
    with phone.app.app_context():
        rotating.take_over_pairs(OTHERS)
        db.session.remove()


def receipt_of(phone, *texts):
    begin_writing()
    patient, author = db.session.get_one(Patient, phone.owner), db.session.get_one(Person, phone.owner)
    *_, last = receive(patient, texts, author=author, device=None, received_at=phone.app.config["CLOCK"]())
    db.session.commit()
    db.session.remove()
    return last


def test_sealed_to_a_pair_that_is_shut_it_is_taken_once_its_secret_was_there(phone, away, run, monkeypatch):
    text = said()
    shut = sealed(phone, text)
    away()
    assert phone.outcomes(shut) == ["parked"]
    run("judge-again")
    assert kept(phone)[id_in(text)].outcome == "parked"
    assert "1 pairs by which phones seal are shut" in run("keys", "rotate").output
    with monkeypatch.context() as patch:
        patch.setitem(phone.app.config, "SECRET_KEY", OTHERS)
        assert "pairs" not in run("keys", "rotate").output
    assert run("judge-again").exit_code == 0
    assert kept(phone)[id_in(text)].text.decode() == text
    assert phone.pull()["versions"] == [text]


def test_the_start_says_that_a_pair_does_not_open(phone, away, clock, caplog):
    sealed(phone, said())
    away()
    with phone.app.app_context():
        data_keys.begin_with_newest(db.session.connection())
        db.session.commit()
        put_away()
    create_app(Settings(SECRET, phone.app.config["SQLALCHEMY_DATABASE_URI"], KEYS), clock)
    assert "1 pairs by which phones seal do not open" in caplog.text


def test_open_text_takes_the_place_of_what_stands_sealed_and_both_are_kept(phone, away):
    text = said({"mood": 6})
    shut = sealed(phone, text)
    away()
    assert phone.outcomes(shut) == ["parked"]
    assert phone.outcomes(text) == ["stored"]
    assert phone.outcomes(text) == ["known"]
    assert kept(phone)[id_in(text)].text.decode() == text
    assert [row.text.decode() for row in clashes(phone)] == [shut]
    with phone.app.app_context():
        assert db.session.scalars(select(CheckIn.mood).where(CheckIn.patient_id == phone.owner.id)).all() == [6]
        assert list(rebuild_of(*phone.owner, repair=False)) == []
    assert phone.outcomes(json.dumps(json.loads(text) | {"body": {"mood": 1}})) == ["clash"]


def test_in_one_call_too_and_another_phone_of_hers_hears_of_it(phone, away):
    text, other = said({"mood": 6}), said({"mood": 2})
    shut = sealed(phone, text)
    away()
    assert phone.outcomes(other, shut, text) == ["stored", "parked", "stored"]
    phone.cursor = 0
    assert sorted(phone.pull()["versions"]) == sorted([text, other])


def test_open_text_that_is_wrong_takes_its_place_too_and_says_what_is(phone, away):
    text = said({"mood": 11})
    shut = sealed(phone, text)
    away()
    phone.outcomes(shut)
    assert phone.codes(text) == {("mood", "range")}
    assert kept(phone)[id_in(text)].text.decode() == text


def test_what_is_sealed_and_opens_by_now_is_no_place_for_another_text(phone, away, run, monkeypatch):
    text = said({"mood": 6})
    shut = sealed(phone, text)
    away()
    phone.outcomes(shut)
    with monkeypatch.context() as patch:
        patch.setitem(phone.app.config, "SECRET_KEY", OTHERS)
        run("keys", "rotate")
    assert phone.outcomes(json.dumps(json.loads(text) | {"body": {"mood": 1}})) == ["clash"]
    assert phone.outcomes(text) == ["stored"]


def test_what_clashed_with_a_sealed_text_is_taken_when_it_is_judged_again(phone, away, run):
    """As an earlier release left it."""
    text = said({"mood": 6})
    shut = sealed(phone, text)
    away()
    phone.outcomes(shut)
    with phone.app.app_context():
        row = {"clinic_id": phone.owner.clinic_id, "patient_id": phone.owner.id, "author_id": phone.owner.id}
        digest = hashlib.sha256(text.encode()).hexdigest()
        at = phone.app.config["CLOCK"]()
        db.session.add(Clash(**row, version_id=id_in(text), digest=digest, text=text.encode(), received_at=at))
        db.session.commit()
        db.session.remove()
    run("judge-again")
    assert kept(phone)[id_in(text)].text.decode() == text
    assert [row.text.decode() for row in clashes(phone)] == [shut]
