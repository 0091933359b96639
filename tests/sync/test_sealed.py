"""What a locked phone seals to the server's key is opened here, for its owner only."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pwa.records import Patient, Person, db
from pwa.records.base import begin_writing
from pwa.sync.receive import receive
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


def test_sealed_under_a_key_that_is_away_it_is_taken_when_the_key_is_back(phone, run):
    text = said()
    shut = sealed(phone, text)
    secret = phone.app.config["SECRET_KEY"]
    with phone.app.app_context():
        phone.app.config["SECRET_KEY"] = "another secret"
        begin_writing()
        patient, author = db.session.get_one(Patient, phone.owner), db.session.get_one(Person, phone.owner)
        [receipt] = receive(patient, [shut], author=author, device=None, received_at=phone.app.config["CLOCK"]())
        db.session.commit()
        phone.app.config["SECRET_KEY"] = secret
    assert receipt.outcome == "parked"
    assert run("judge-again").exit_code == 0
    assert kept(phone)[id_in(text)].text.decode() == text
    assert phone.pull()["versions"] == [text]
