"""/me: who is signed in, on which device, and what a phone must know of the server."""

from __future__ import annotations

from base64 import urlsafe_b64decode

from sqlalchemy import delete, select, text, update

from pwa.forms.kinds import KINDS
from pwa.records import Device, ServerKey, db
from tests.sync.phones import rows, said

EMPTY = {"X-Tidelog-Store": "empty"}


def test_it_says_who_is_signed_in(phone):
    me = phone.browser.get("/me").get_json()
    key = me.pop("key")
    assert me == {
        "owner": phone.owner.id,
        "device": phone.device,
        "epoch": 1,
        "server_time": "2026-11-20T15:00:00+00:00",
        "language": "en",
        "role": "patient",
        "schemas": dict.fromkeys(KINDS, 1),
        "waiting": 0,
    }
    point = urlsafe_b64decode(key["public"] + "=")
    assert (len(point), point[0]) == (65, 4)


def test_the_key_stays_the_same(phone, stranger):
    keys = [each.browser.get("/me").get_json()["key"] for each in (phone, phone, stranger)]
    assert keys[0] == keys[1] == keys[2]


def test_where_no_pair_opens_there_is_another_and_the_old_one_is_kept(phone):
    """As an earlier release left it under another SECRET_KEY."""
    old = phone.browser.get("/me").get_json()["key"]
    with phone.app.test_request_context():
        from pwa.sync.keys import this_key

        before = {key.id: key.private for key in db.session.scalars(select(ServerKey))}
        db.session.execute(update(ServerKey).values(private=None, wrapped=b"shut"))
        assert this_key() is None
        db.session.commit()
        new = phone.browser.get("/me").get_json()["key"]
        assert new["id"] not in before
        assert db.session.get(ServerKey, old["id"]) is not None
        for id_, private in before.items():
            db.session.execute(update(ServerKey).where(ServerKey.id == id_).values(private=private, wrapped=None))
        db.session.execute(delete(ServerKey).where(ServerKey.id == new["id"]))
        db.session.commit()


def test_the_private_half_lies_under_a_data_key(phone):
    phone.browser.get("/me")
    with phone.app.app_context():
        for kept in db.session.scalars(text("SELECT private FROM server_key")):
            assert (kept[0], len(kept)) == (1, 1 + 12 + 32 + 16)


def test_a_cookie_of_another_persons_device_gives_that_of_the_sign_in(phone, stranger):
    phone.browser.set_cookie("device", stranger.browser.get_cookie("device").value)
    answer = phone.browser.get("/me")
    assert answer.get_json()["device"] == phone.device
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert phone.browser.get("/me").get_json()["device"] == answer.get_json()["device"]


def test_so_does_a_cookie_that_is_none_and_each_time_the_browser_is_known_anew(phone):
    for cookie in ("", "x", "' OR 1=1", "A" * 3000, phone.device, f"{phone.device}.x"):
        phone.browser.set_cookie("device", cookie)
        assert phone.browser.get("/me").get_json()["device"] == phone.device
        assert phone.browser.get_cookie("device").value.startswith(f"{phone.device}.")
        assert "Set-Cookie" not in phone.browser.get("/me").headers


def test_a_phone_that_comes_back_empty_is_told_what_it_had_and_begins_as_a_new_device(phone):
    phone.post([said()], waiting=3)
    me = phone.browser.get("/me", headers=EMPTY).get_json()
    assert me["waiting"] == 3
    assert me["device"] != phone.device
    again = phone.browser.get("/me").get_json()
    assert (again["device"], again["waiting"]) == (me["device"], 0)


def test_me_writes_nothing_when_nothing_is_new(phone):
    phone.browser.get("/me")
    with phone.app.app_context():
        before = db.session.query(Device).filter_by(person_id=phone.owner.id).count()
    phone.browser.get("/me")
    with phone.app.app_context():
        assert db.session.query(Device).filter_by(person_id=phone.owner.id).count() == before


def test_staff_are_told_who_they_are_too(server, clock):
    from tests.conftest import CAST
    from tests.sync.phones import Owner, phone_of

    clinic, id_, *_ = CAST["therapist"]
    assert phone_of(server, clock, Owner(clinic, id_)).browser.get("/me").get_json()["owner"] == id_


def test_a_device_of_me_is_the_one_that_versions_are_kept_under(phone):
    from pwa.records import Version

    device = phone.browser.get("/me").get_json()["device"]
    phone.send(said())
    assert rows(phone, Version)[0].device_id == device
