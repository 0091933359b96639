"""/sync, row by row of its contract."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from pwa.records import Device, SignIn, db
from pwa.sync import BATCH_BYTES
from pwa.sync.asked import BATCH_VERSIONS
from pwa.sync.rate import AT_ONCE
from tests.conftest import CAST, uid
from tests.sync.phones import CHECK_IN, HEADERS, clashes, id_in, kept, over, rows, said


def test_a_version_is_stored_and_the_answer_echoes_batch_and_owner(phone):
    text = said()
    answer = phone.post([text], batch="b1")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "batch": "b1",
        "owner": phone.owner.id,
        "server_time": "2026-11-20T15:00:00+00:00",
        "epoch": 1,
        "receipts": [{"id": id_in(text), "outcome": "stored"}],
        "from": 0,
        "cursor": 1,
        "more": False,
        "versions": [],
        "parked": [],
    }


def test_the_same_version_again_is_known(phone):
    text = said()
    assert [phone.outcomes(text), phone.outcomes(text), phone.outcomes(text, text)] == [
        ["stored"],
        ["known"],
        ["known", "known"],
    ]
    assert len(kept(phone)) == 1


def test_twice_in_one_batch_is_stored_once(phone):
    text = said()
    assert phone.outcomes(text, text) == ["stored", "known"]
    assert len(kept(phone)) == 1


def test_out_of_order_gives_the_same_head(phone, another):
    first = said()
    second = over(first, body={"mood": 7})
    third = over(second, body={"mood": 8})
    assert phone.outcomes(third, first) == ["stored", "stored"]
    assert another(phone).outcomes(second) == ["stored"]
    from pwa.records import CheckIn

    assert [row.mood for row in rows(phone, CheckIn)] == [8]


def test_half_bad_leaves_the_good_half_stored(phone):
    bad = said({"mood": 11})
    receipts = phone.send(said(), bad, "no version at all", said())
    assert [receipt["outcome"] for receipt in receipts] == ["stored", "parked", "parked", "stored"]
    assert receipts[1] == {
        "id": id_in(bad),
        "outcome": "parked",
        "errors": [{"field": "mood", "code": "range", "message": "This must be from 0 to 10."}],
    }
    assert kept(phone)[id_in(bad)].text.decode() == bad


def test_parked_stays_parked_however_often_it_comes(phone):
    bad = said({"mood": 11})
    assert phone.send(bad) == phone.send(bad)


def test_errors_speak_the_patients_language(server, clock):
    from tests.sync.phones import new_patient, phone_of

    phone = phone_of(server, clock, new_patient(server, clock, "fr"))
    [receipt] = phone.send(said({"mood": 11}))
    [error] = receipt["errors"]
    assert error["code"] == "range"
    assert "0" in error["message"]
    assert "%(" not in error["message"]


def test_one_id_with_two_texts_is_a_clash_and_both_are_kept(phone):
    first = said()
    other = json.dumps(json.loads(first) | {"body": {"mood": 1}})
    assert phone.outcomes(first, other) == ["stored", "clash"]
    assert phone.outcomes(other) == ["clash"]
    assert [clash.text.decode() for clash in clashes(phone)] == [other]
    assert kept(phone)[id_in(first)].text.decode() == first


def test_a_foreign_owner_is_told_to_stop_and_nothing_is_kept(phone, stranger):
    answer = phone.post([said()], owner=stranger.owner.id)
    assert (answer.status_code, answer.get_json()["error"]) == (409, "owner")
    assert not kept(phone)
    assert not kept(stranger)


def test_staff_send_nothing_as_themselves(server, clock, phone):
    from tests.sync.phones import Owner, phone_of

    clinic, id_, *_ = CAST["clinician"]
    answer = phone_of(server, clock, Owner(clinic, id_)).post([said()])
    assert (answer.status_code, answer.get_json()["error"]) == (409, "owner")


def test_another_persons_device_is_a_reason_to_stop(phone, stranger):
    assert phone.post([said()], device=stranger.device).status_code == 409


@pytest.mark.parametrize("device", [None, "", "no device", "A" * 4000, "\0", 7, uid(99)])
def test_a_device_that_nobody_has_loses_no_entry(phone, device):
    assert phone.post([said()], device=device).get_json()["receipts"][0]["outcome"] == "stored"
    assert next(iter(kept(phone).values())).device_id == phone.device


def test_signed_out_is_401_in_json_and_no_redirect(phone):
    phone.browser.delete_cookie("session")
    for answer in (phone.post([said()]), phone.browser.get("/me")):
        assert (answer.status_code, answer.get_json()["error"]) == (401, "sign-in")
        assert answer.mimetype == "application/json"
    assert not kept(phone)


def test_a_revoked_or_expired_sign_in_is_401(phone, clock):
    clock.forward(days=401)
    assert phone.post([said()]).status_code == 401
    clock.forward(days=-401)
    with phone.app.app_context():
        db.session.execute(update(SignIn).where(SignIn.person_id == phone.owner.id).values(revoked_at=clock()))
        db.session.commit()
    assert phone.post([said()]).status_code == 401


def test_a_sign_in_that_ends_between_check_and_commit_keeps_nothing(phone, clock):
    ends = clock.moment + timedelta(days=400)
    moments = iter([ends - timedelta(seconds=1)] * 3)
    phone.app.config["CLOCK"] = lambda: next(moments, ends)
    try:
        assert phone.post([said()]).status_code == 401
    finally:
        phone.app.config["CLOCK"] = clock
    assert not kept(phone)
    assert phone.outcomes(said()) == ["stored"]


def test_an_old_schema_is_taken_and_a_newer_one_is_kept_for_later(phone):
    assert phone.outcomes(said(schema=1)) == ["stored"]
    assert phone.codes(said(schema=2)) == {("schema", "newer")}
    assert phone.codes(said(kind="dream")) == {("kind", "unknown-kind")}


def test_too_many_versions_or_bytes_are_413(phone):
    texts = [said() for _ in range(BATCH_VERSIONS)]
    assert phone.post([*texts, said()]).status_code == 413
    assert phone.post(["x" * BATCH_BYTES]).get_json()["error"] == "too-large"
    assert set(phone.outcomes(*texts)) == {"stored"}


def test_a_body_of_unknown_length_is_not_read_beyond_the_limit(phone):
    answer = phone.browser.post(
        "/sync", data=b"x" * (BATCH_BYTES + 1), content_type="application/json", headers=HEADERS
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_is_not_sent_as_json_is_415(phone, content_type):
    answer = phone.browser.post("/sync", data="{}", content_type=content_type, headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]) == (415, "not-json")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Tidelog": "1", "Sec-Fetch-Site": "cross-site"},
        {"X-Tidelog": "1", "Sec-Fetch-Site": "same-site"},
        {"X-Tidelog": "1", "Origin": "https://elsewhere.test"},
        {"X-Tidelog": "1", "Origin": "null"},
    ],
)
def test_what_does_not_come_from_our_own_script_is_403(phone, headers):
    call = {"batch": "b", "owner": phone.owner.id, "epoch": 1, "cursor": 0, "waiting": 1, "versions": [said()]}
    answer = phone.browser.post("/sync", json=call, headers=headers)
    assert (answer.status_code, answer.get_json()["error"]) == (403, "cross-site")
    assert not kept(phone)


def test_no_page_token_is_asked_for(phone):
    phone.app.config["WTF_CSRF_ENABLED"] = True
    assert phone.outcomes(said()) == ["stored"]


def test_a_loop_is_slowed_down_and_a_thousand_waiting_entries_are_not(phone, clock):
    for _ in range(10):
        assert phone.outcomes(*[said() for _ in range(100)]) == ["stored"] * 100
    phone.cursor = 1000  # it has them, and no answer needs to bring them along
    codes = [phone.post().status_code for _ in range(AT_ONCE + 1)]
    assert codes[: AT_ONCE - 10] == [200] * (AT_ONCE - 10)
    slowed = phone.post([said()])
    assert (slowed.status_code, slowed.get_json()["error"]) == (429, "slow-down")
    assert int(slowed.headers["Retry-After"]) >= 1
    clock.forward(seconds=1)
    assert phone.outcomes(said()) == ["stored"]


def test_no_answer_is_kept_by_a_cache(phone):
    assert phone.post([said()]).headers["Cache-Control"] == "no-store"
    assert phone.browser.get("/me").headers["Cache-Control"] == "no-store"


def test_the_server_remembers_how_many_wait(phone):
    phone.post([said()], waiting=7)
    phone.post([], waiting=7)
    with phone.app.app_context():
        assert db.session.get(Device, (phone.owner.clinic_id, phone.device)).waiting == 7
    phone.post([], waiting=0)
    with phone.app.app_context():
        assert db.session.get(Device, (phone.owner.clinic_id, phone.device)).waiting == 0


def test_an_empty_call_writes_nothing(phone):
    phone.post()
    with phone.app.app_context():
        assert db.session.get(Device, (phone.owner.clinic_id, phone.device)).synced_at is None


def test_answers_and_texts_are_never_logged(phone, caplog):
    with caplog.at_level("DEBUG"):
        phone.send(said({"mood": 11, "note": "a secret of mine"}), said({"note": "another secret"}), "secret junk")
        phone.send(said({"a secret key of mine": 1}))
    assert "secret" not in caplog.text
    assert "parked version" in caplog.text
    assert CHECK_IN
