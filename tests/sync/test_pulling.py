"""What comes back: pages, cursors, epochs, and what is parked."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from pwa.records import ServerState, SignIn, db
from pwa.sync import pull
from tests.sync.phones import id_in, said


def test_another_phone_gets_what_this_one_sent_in_its_order(phone, another):
    texts = [said({"mood": mood}) for mood in range(5)]
    phone.send(*texts)
    assert another(phone).pull()["versions"] == texts


def test_the_phone_that_sent_gets_a_receipt_and_no_echo(phone):
    answer = phone.post([said()]).get_json()
    assert (answer["versions"], answer["cursor"]) == ([], 1)


def test_what_came_from_elsewhere_meanwhile_comes_with_the_receipt(phone, another):
    theirs = said()
    another(phone).send(theirs)
    answer = phone.post([said()]).get_json()
    assert (answer["versions"], answer["from"], answer["cursor"], answer["more"]) == ([theirs], 0, 2, False)


def test_what_was_known_already_is_pulled_like_anything_else(phone):
    """A phone that sends all it has again after a restore must find all of it in what it pulls."""
    text = said()
    phone.send(text)
    assert phone.post([text]).get_json()["versions"] == [text]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 500])
def test_at_any_page_size_everything_comes_once(phone, monkeypatch, size):
    monkeypatch.setattr(pull, "PAGE_VERSIONS", size)
    texts = [said() for _ in range(7)]
    phone.send(*texts)
    got = phone.pull()
    assert got["versions"] == texts
    assert got["pages"] == -(-7 // size)


def test_a_page_that_is_full_does_not_run_over_what_was_just_sent(phone, another, monkeypatch):
    monkeypatch.setattr(pull, "PAGE_VERSIONS", 2)
    theirs = [said() for _ in range(3)]
    another(phone).send(*theirs)
    mine = said()
    answer = phone.post([mine]).get_json()
    assert (answer["versions"], answer["cursor"], answer["more"]) == (theirs[:2], 2, True)
    assert phone.pull(2)["versions"] == [theirs[2], mine]


def test_a_page_keeps_within_its_bytes_and_moves_on_past_a_large_one(phone, monkeypatch):
    monkeypatch.setattr(pull, "PAGE_BYTES", 1000)
    texts = [said(), said({"note": "x" * 1500}), said()]
    phone.send(*texts)
    got = phone.pull()
    assert (got["versions"], got["pages"]) == (texts, 3)


def test_parked_versions_come_apart_with_their_errors(phone, another):
    good, bad = said(), said({"mood": 11})
    phone.send(good, bad, "junk")
    got = another(phone).pull()
    assert got["versions"] == [good]
    assert (got["parked"][0]["id"], got["parked"][0]["text"]) == (id_in(bad), bad)
    assert got["parked"][0]["errors"] == [{"field": "mood", "code": "range", "message": "This must be from 0 to 10."}]
    assert got["parked"][1]["text"] == "junk"


def test_half_of_a_pair_comes_back_as_it_was_sent(phone, another):
    text = said().replace('"mood"', '"note": "\ud83d", "mood"')
    phone.send(text)
    [parked] = another(phone).pull()["parked"]
    assert parked["text"] == text


def test_nobody_pulls_what_is_anothers(phone, stranger):
    phone.send(said())
    assert stranger.pull()["versions"] == []


def test_a_cursor_beyond_the_end_gives_nothing_and_keeps_its_place(phone):
    answer = phone.post(cursor=99).get_json()
    assert (answer["versions"], answer["cursor"], answer["more"]) == ([], 99, False)


def test_in_another_epoch_all_is_kept_and_nothing_is_pulled(phone):
    phone.send(said())
    answer = phone.post([said()], epoch=7).get_json()
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["stored"]
    assert (answer["epoch"], answer["versions"], answer["from"], answer["cursor"]) == (1, [], 0, 0)


def test_a_phone_that_knows_no_epoch_yet_pulls_at_once(phone):
    text = said()
    phone.send(text)
    answer = phone.post(epoch=0).get_json()
    assert (answer["versions"], answer["epoch"]) == ([text], 1)


def test_after_a_restore_phones_are_told_the_new_epoch(phone, run):
    try:
        assert run("epoch").output.strip() == "1"
        later = int(run("epoch", "--advance").stdout)
        assert later > 1
        assert phone.post().status_code == 401, "sign-ins that ended since would be open again"
        _signed_in_again(phone)
        assert phone.post().get_json()["epoch"] == later
        assert phone.browser.get("/me").get_json()["epoch"] == later
    finally:
        with phone.app.app_context():
            db.session.execute(update(ServerState).values(epoch=1))
            db.session.commit()
        _signed_in_again(phone)


def _signed_in_again(phone):
    with phone.app.app_context():
        db.session.execute(update(SignIn).values(revoked_at=None))
        db.session.commit()


def test_a_long_answer_is_compressed(phone):
    phone.send(*[said({"note": "x" * 500}) for _ in range(20)])
    from tests.sync.phones import HEADERS

    call = {"batch": "b", "owner": phone.owner.id, "device": phone.device, "epoch": 1, "cursor": 0, "waiting": 0}
    answer = phone.browser.post("/sync", json={**call, "versions": []}, headers={**HEADERS, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < len(json.dumps(call)) * 20
