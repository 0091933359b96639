"""Passkeys: made and used by who unlocks them, for this address, once for each riddle."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.accounts.passwords import has_address
from pwa.records import Clinic, Notice, Passkey, Person, db
from tests.accounts.an_authenticator import PRESENT, Authenticator
from tests.accounts.test_invitations import again, invited, mailed, owner, type_in
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC, PASSWORD

ANA, NURSE = CAST["ana"], CAST["clinician"]
OURS = {"X-Tidelog": "1"}


def riddle(browser, what):
    answer = browser.post(f"/passkey/options/{what}", headers=OURS)
    assert answer.status_code == 200, answer.text
    return answer.json


def make(browser, key=None, **lies):
    key = key or Authenticator()
    return key, browser.post("/passkey/make", headers=OURS, json=key.make(riddle(browser, "make"), **lies))


def use(app, key, browser=None, address="/passkey/use", **lies):
    browser = browser or app.test_client()
    return browser, browser.post(address, headers=OURS, json=key.use(riddle(browser, "use"), **lies))


@pytest.fixture
def real(app):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
        db.session.remove()


def test_a_patient_makes_one_and_comes_in_by_it_without_a_password(app, signed_in, audit):
    key, made = make(signed_in("ana"))
    assert made.json == {"to": "/account"}
    browser, answer = use(app, key)
    assert answer.json == {"to": "/en/"}
    assert owner(browser) == ANA[1]
    assert browser.get_cookie("owner").value == ANA[1]
    with app.app_context():
        assert db.session.scalars(select(Notice.what)).all() == ["keys"]
    assert [(row.what, row.patients) for row in audit()] == [("keys", [ANA[1]])]


def test_an_invitation_ends_in_a_passkey_as_well_and_is_used_up_by_it(app, signed_in):
    code = invited(signed_in("front-desk"))
    browser, _ = type_in(app, code)
    key, made = make(browser)
    assert made.json == {"to": "/terms?next=/account/home-screen"}
    assert owner(browser) is not None
    assert type_in(app, code)[1].status_code == 422
    assert use(app, key)[1].json == {"to": "/fr/"}
    with app.app_context():
        assert db.session.scalars(select(Person.password_hash).where(has_address("dana@here.test"))).one() is None


def test_for_staff_of_a_real_clinic_it_is_password_and_second_step_in_one(app, real, signed_in):
    nurse = signed_in("clinician")
    assert nurse.get("/clinic/triage").headers["Location"] == "/account/second"
    key, made = make(nurse)
    assert made.json == {"to": "/clinic/"}
    assert nurse.get("/clinic/triage").status_code == 200
    browser, answer = use(app, key, address="/passkey/use?next=/clinic/sessions")
    assert answer.json == {"to": "/clinic/sessions"}
    assert browser.get("/clinic/triage").status_code == 200
    by_password = app.test_client()
    answer = by_password.post("/sign-in", data={"clinic": NURSE[0], "email": NURSE[3], "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/second", "a password alone opens nothing any longer"
    assert use(app, key, by_password)[1].json == {"to": "/clinic/"}


def test_at_the_second_step_who_has_passkeys_alone_is_asked_for_one_also_after_a_wrong_recovery_code(
    app, real, signed_in
):
    make(signed_in("clinician"))
    browser = app.test_client()
    browser.post("/sign-in", data={"clinic": NURSE[0], "email": NURSE[3], "password": PASSWORD})
    for page in (browser.get("/sign-in/second"), browser.post("/sign-in/second", data={"code": "234679ACDE"})):
        said = plain(page.text)
        assert "Now your passkey: press the button" in said
        assert "Use a passkey" in said
        assert "One of your recovery codes" in said
        assert "your app" not in said
    assert "Type another one of your recovery codes" in said


LIES = {
    "another address": {"origin": "https://tidelog.evil.test"},
    "another address of the same name": {"origin": "http://localhost:8001"},
    "nobody unlocked it": {"flags": PRESENT},
}


@pytest.mark.parametrize("lie", LIES)
def test_one_that_is_made_elsewhere_or_by_nobody_is_not_taken(app, signed_in, lie):
    key, answer = make(signed_in("ana"), **LIES[lie])
    assert (answer.status_code, answer.json["error"]) == (403, "passkey")
    assert use(app, key)[1].status_code == 403


@pytest.mark.parametrize("lie", [*LIES, "for another site"])
def test_one_that_is_used_elsewhere_or_by_nobody_opens_nothing(app, signed_in, lie):
    key, _ = make(signed_in("ana"))
    browser, answer = use(app, key, **LIES.get(lie, {"rp": "evil.test"}))
    assert (answer.status_code, answer.json["error"], owner(browser)) == (403, "passkey", None)
    assert use(app, key)[1].status_code == 200


def test_a_copy_that_counts_behind_the_first_one_opens_nothing(app, signed_in):
    key, _ = make(signed_in("ana"))
    for _ in range(3):
        assert use(app, key)[1].status_code == 200
    key.count = 1
    assert use(app, key)[1].status_code == 403
    key.count = 3
    assert use(app, key)[1].status_code == 200


def test_an_answer_is_taken_once_and_soon_and_in_its_own_browser(app, signed_in, clock):
    key, _ = make(signed_in("ana"))
    key.counts = False  # as with most phones
    browser = app.test_client()
    said = key.use(riddle(browser, "use"))
    kept = browser.get_cookie("session").value
    assert app.test_client().post("/passkey/use", headers=OURS, json=said).status_code == 403
    assert browser.post("/passkey/use", headers=OURS, json=said).status_code == 200
    thief = app.test_client()
    thief.set_cookie("session", kept)
    assert thief.post("/passkey/use", headers=OURS, json=said).status_code == 403
    late = app.test_client()
    said = key.use(riddle(late, "use"))
    clock.forward(minutes=6)
    assert late.post("/passkey/use", headers=OURS, json=said).status_code == 403


def test_what_was_signed_to_come_in_makes_none_and_the_other_way_round(app, signed_in):
    ana, key = signed_in("ana"), Authenticator()
    to_use = riddle(ana, "use") | {"rp": {"id": "localhost"}}
    assert ana.post("/passkey/make", headers=OURS, json=key.make(to_use)).status_code == 403


@pytest.mark.parametrize("said", [{}, {"id": 1}, {"id": "x", "rawId": "x", "type": "public-key", "response": {}}])
def test_a_made_up_answer_is_refused_and_no_more(app, signed_in, said):
    key, _ = make(signed_in("ana"))
    browser = app.test_client()
    riddle(browser, "use")
    assert browser.post("/passkey/use", headers=OURS, json=said).status_code == 403
    riddle(browser, "use")
    theirs = key.use({"challenge": "AAAA"})
    theirs["response"] = {"clientDataJSON": "!", "authenticatorData": "AA", "signature": "AA"}
    assert browser.post("/passkey/use", headers=OURS, json=theirs).status_code == 403


def test_nobody_makes_one_without_a_sign_in_that_was_proved_lately(app, signed_in, clock):
    assert app.test_client().post("/passkey/options/make", headers=OURS).status_code == 401
    ana = signed_in("ana")
    clock.forward(minutes=11)
    answer = ana.post("/passkey/options/make", headers=OURS)
    assert (answer.status_code, answer.json["error"]) == (403, "prove")
    ana.post("/account/prove", data={"password": PASSWORD})
    assert make(ana)[1].status_code == 200


def test_it_proves_once_more_who_sits_there(app, signed_in, clock):
    ana = signed_in("ana")
    key, _ = make(ana)
    clock.forward(minutes=11)
    assert use(app, key, ana, "/passkey/use?next=/account")[1].json == {"to": "/account"}
    assert make(ana)[1].status_code == 200


def test_it_is_removed_by_its_owner_alone(app, signed_in):
    ana = signed_in("ana")
    key, _ = make(ana)
    with app.app_context():
        one = db.session.scalars(select(Passkey.id)).one()
    assert signed_in("clinician").post(f"/account/passkeys/{one}/remove").status_code == 404
    assert ana.post(f"/account/passkeys/{one}/remove").status_code == 302
    assert use(app, key)[1].status_code == 403


def test_a_new_invitation_ends_passkeys_too(app, signed_in):
    key, _ = make(signed_in("ana"))
    browser, _ = type_in(app, code := again(signed_in("front-desk"), "KT-1001"))
    browser.post("/invited/mail", data={"code": mailed(app, code)})
    make(browser)
    assert use(app, key)[1].status_code == 403


def test_what_is_asked_before_coming_in_is_the_same_for_everyone(app, signed_in):
    asked = riddle(app.test_client(), "use")
    make(signed_in("ana"))
    later = riddle(app.test_client(), "use")
    assert asked | {"challenge": ""} == later | {"challenge": ""}
    assert later.get("allowCredentials", []) == []


def test_who_came_by_a_passkey_chooses_a_password_after_using_it_once_more(app, signed_in, clock):
    browser, _ = type_in(app, invited(signed_in("front-desk")))
    key, _ = make(browser)
    clock.forward(minutes=11)
    new = {"password": "four sea birds asleep"}
    assert "/account/prove" in browser.post("/account/password", data=new).headers["Location"]
    use(app, key, browser)
    assert browser.post("/account/password", data=new).headers["Location"] == "/account"
    with app.app_context():
        assert db.session.scalars(select(Person.password_hash).where(has_address("dana@here.test"))).one()
