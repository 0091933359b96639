"""A patient closes her own account: every way in ends, the managers hear of it, and the record stays."""

from __future__ import annotations

from sqlalchemy import func, select

from pwa.accounts.invitations import invite
from pwa.records import CheckIn, Invitation, Notice, Person, PushSubscription, SignIn, db
from tests.conftest import CAST, PASSWORD

ANA, MANAGER = CAST["ana"], CAST["manager"]
OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}


def close(browser, headers=OURS):
    return browser.post("/account/close", json={}, headers=headers)


def proves_it_for_this(browser):
    """She opened the page, and gave a proof after that."""
    assert "The last question" not in browser.get("/account/close").text
    assert browser.post("/account/prove?next=/account/close", data={"password": PASSWORD}).location == "/account/close"
    assert "The last question" in browser.get("/account/close").text
    return browser


def reached_and_invited(clock):
    """In a browser that shows her reminders, and by an invitation that nobody used yet."""
    sign_in = db.session.scalars(select(SignIn.id).where(SignIn.person_id == ANA[1])).first()
    kept = {"endpoint": "https://push.test/1", "p256dh": "p", "auth": "a", "renewed_at": clock()}
    db.session.add(PushSubscription(id="1" * 64, clinic_id=ANA[0], person_id=ANA[1], sign_in_id=sign_in, **kept))
    invite(db.session.get_one(Person, ANA[:2]), None)
    db.session.commit()


def test_every_way_in_and_out_ends_and_the_clinics_managers_are_told(app, clock, signed_in, audit, says):
    says("ana", "check-in", {"mood": 4})
    here, other = signed_in("ana"), signed_in("ana")
    with app.app_context():
        reached_and_invited(clock)
    assert close(proves_it_for_this(here)).status_code == 204
    assert here.get("/me").get_json()["error"] == "sign-in"
    assert other.get("/me").get_json() == {
        "error": "closed",
        "message": "This account is closed. What is on this phone stays here. To open it again, call your clinic.",
    }
    again = app.test_client().post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD})
    assert (again.status_code, "is closed" in again.text) == (403, True)
    assert (audit()[-1].what, audit()[-1].why, audit()[-1].patients) == ("closed", "own-account", [ANA[1]])
    with app.app_context():
        assert db.session.scalars(select(Notice.person_id).where(Notice.what == "operator")).all() == [MANAGER[1]]
        assert db.session.scalars(select(PushSubscription)).all() == []
        assert db.session.scalars(select(Invitation.withdrawn_at)).all() == [clock()]
        assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1, "the record stays"


def test_a_proof_of_something_else_closes_nothing_however_fresh_nor_does_an_old_one(signed_in, clock):
    ana = signed_in("ana")
    assert (close(ana).status_code, close(ana).get_json()["error"]) == (403, "prove")
    ana.post("/account/prove", data={"password": PASSWORD})
    assert close(ana).get_json()["error"] == "prove", "she had not asked to close it"
    ana.get("/account/close")
    ana.post("/account/prove?next=/account/password", data={"password": PASSWORD})
    assert close(ana).get_json()["error"] == "prove", "she had opened the page and left it, and proved it for another"
    assert "The last question" not in ana.get("/account/close").text
    proves_it_for_this(ana)
    ana.post("/account/prove?next=/account/address", data={"password": PASSWORD})
    assert close(ana).get_json()["error"] == "prove", "she went on to something else"
    proves_it_for_this(ana)
    clock.forward(minutes=11)
    assert close(ana).get_json()["error"] == "prove"
    assert ana.get("/me").status_code == 200
    assert close(proves_it_for_this(ana)).status_code == 204


def test_the_page_leads_to_taking_out_everything_first_and_says_one_thing_about_opening_it_again(signed_in):
    ana = signed_in("ana")
    for page in (ana.get("/account/close").text, proves_it_for_this(ana).get("/account/close").text):
        assert 'href="/account/record"' in page
        assert "Once it is closed you cannot take anything out yourself any more" in page
        assert "Your clinic can, if you ask it to" in page
        assert "for good" not in page


def test_afterwards_a_page_says_goodbye_and_nothing_that_is_not_so(signed_in):
    ana = signed_in("ana")
    assert ana.get("/account/closed").location == "/sign-in"
    close(proves_it_for_this(ana))
    page = ana.get("/account/closed").text
    for said in ("Your account is closed", "are wiped from it", "Harbour clinic keeps what you sent", "Call Harbour"):
        assert said in page
    assert "It is sent after you sign in" not in page


def test_no_other_site_and_no_member_of_staff_closes_one_so(signed_in):
    ana, nurse = signed_in("ana"), signed_in("clinician")
    assert close(ana, headers={}).get_json()["error"] == "cross-site"
    assert close(nurse).get_json()["error"] == "not-yours"
    assert ana.get("/me").status_code == nurse.get("/me").status_code == 200
