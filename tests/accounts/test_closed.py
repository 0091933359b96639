"""An account that the clinic closed: its phone hears so, loses nothing, and can be opened again."""

from __future__ import annotations

import pytest

from pwa.records import Person, db
from tests.accounts.test_invitations import again
from tests.conftest import CAST, PASSWORD
from tests.sync.phones import said

ANA, OURS = CAST["ana"], {"X-Tidelog": "1"}
CALL = {"batch": "1", "owner": ANA[1], "epoch": 0, "cursor": 0, "waiting": 1, "device": None}


def sync(browser, *versions):
    headers = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
    return browser.post("/sync", json={**CALL, "versions": list(versions)}, headers=headers)


@pytest.fixture
def turn(app, signed_in):
    app.config["WTF_CSRF_ENABLED"] = False
    manager = signed_in("manager")
    return lambda what, who="ana": manager.post(f"/clinic/people/{CAST[who][1]}/{what}")


def test_a_phone_hears_that_the_account_is_closed_and_nothing_it_sends_is_taken(signed_in, turn):
    browser = signed_in("ana")
    assert turn("close").status_code == 302
    for answer in (browser.get("/me"), sync(browser, said())):
        assert (answer.status_code, answer.get_json()["error"]) == (403, "closed")


def test_opened_again_the_same_phone_signs_in_anew_and_sends_what_waited(signed_in, turn):
    browser, text = signed_in("ana"), said()
    turn("close")
    sync(browser, text)
    turn("open")
    assert sync(browser, text).get_json()["error"] == "sign-in"
    browser.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD})
    [receipt] = sync(browser, text).get_json()["receipts"]
    assert receipt["outcome"] == "stored"


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_opening_again_brings_no_way_in_back_that_was_open_before(app, signed_in, turn, who):
    lost = signed_in(who)
    turn("close", who)
    turn("open", who)
    assert lost.get("/me").status_code == 401
    assert signed_in(who).get("/me").status_code == 200


def test_what_was_closed_before_sign_ins_ended_with_it_is_opened_without_them(app, signed_in, turn, clock):
    lost = signed_in("ana")
    with app.app_context():
        db.session.get_one(Person, ANA[:2]).closed_at = clock()
        db.session.commit()
        db.session.remove()
    assert lost.get("/me").get_json()["error"] == "closed"
    turn("open")
    assert lost.get("/me").status_code == 401


def test_an_invitation_and_a_code_for_another_screen_end_with_closing(app, signed_in, turn):
    code = signed_in("ana").post("/code", headers=OURS).json["code"]
    sheet = again(signed_in("front-desk"), "KT-1001")
    turn("close")
    turn("open")
    browser = app.test_client()
    assert browser.post("/sign-in/code", data={"code": code}).status_code == 422
    assert browser.post("/invited", data={"code": sheet}).status_code == 422


def test_signing_in_to_a_closed_account_says_so_and_whom_to_call(app, turn):
    turn("close")
    browser = app.test_client()
    answer = browser.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD})
    assert answer.status_code == 403
    assert "is closed. Nothing can be sent." in answer.text
    assert "It is sent after you sign in" not in answer.text
    assert "call the clinic" in answer.text
    assert browser.get("/me").status_code == 401


def test_with_a_wrong_password_nobody_learns_that_an_account_is_closed(app, turn):
    turn("close")
    answer = app.test_client().post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": "wrong"})
    assert answer.status_code == 422
    assert "closed" not in answer.text


def test_closed_staff_see_no_page_of_the_clinic(signed_in, turn):
    browser = signed_in("clinician")
    turn("close", "clinician")
    assert browser.get("/clinic/").status_code == 302
    assert browser.get(f"/clinic/patients/{ANA[1]}").status_code == 302


def test_a_manager_cannot_close_their_own_account(turn, signed_in):
    assert turn("close", "manager").status_code == 403
    assert signed_in("manager").get("/clinic/people").status_code == 200


def test_closing_and_opening_are_in_the_audit_trail(turn, audit):
    turn("close")
    turn("open")
    rows = [(row.action, row.what, row.patients, row.records) for row in audit()]
    assert rows == [("write", what, [ANA[1]], [ANA[1]]) for what in ("closed", "opened")]


def test_another_clinics_manager_closes_nobody_here(turn):
    assert turn("close", "stranger").status_code == 404
