"""Nobody at the clinic comes in as somebody else: a sheet alone opens no account in use, and its owner can stop it."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from pwa.accounts.invitations import invite
from pwa.accounts.throttle import PER_ACCOUNT
from pwa.notices.words import message
from pwa.records import Clinic, Invitation, Notice, Person, SafetySettings, db
from tests.accounts.test_invitations import CHOSEN, NEW, again, come_in, invited, link_of, mailed, owner, type_in
from tests.accounts.test_terms import sync
from tests.conftest import CAST, CLINIC, PASSWORD

ANA, THERAPIST = CAST["ana"], CAST["therapist"]


@pytest.fixture(autouse=True)
def the_clinic_is_real(app):
    with app.app_context():
        empty = {"minutes": {}, "levels": {}, "off": [], "signed": [], "tells_seen": False}
        empty |= {"days": [1], "opens": time(9), "closes": time(17)}
        db.session.add(SafetySettings(clinic_id=CLINIC, signed_by="Dr. Roy", **empty))
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
        db.session.remove()


@pytest.fixture
def by_two_steps(app, signed_in):
    """In a real clinic staff see nothing after a password alone."""

    def sign_in(who):
        browser = signed_in(who)
        with app.app_context():
            db.session.execute(db.text("UPDATE sign_in SET two_steps = 1"))
            db.session.commit()
            db.session.remove()
        return browser

    return sign_in


@pytest.fixture
def desk(by_two_steps):
    return by_two_steps("front-desk")


def without_mail(manager, whose):
    return manager.post("/clinic/invitations/again", data={"whose": whose, "without_mail": "y"})


def code_on(answer):
    return link_of(answer).partition("#")[2]


def mails(app, who):
    """What was written to them."""
    with app.app_context():
        theirs = select(Notice).where(Notice.person_id == CAST[who][1], Notice.what == "invited")
        found = [message(one, db.session.get_one(Person, CAST[who][:2])).body for one in db.session.scalars(theirs)]
        db.session.remove()
    return found


@pytest.mark.parametrize(
    ("who", "whose"), [("front-desk", "KT-1001"), ("clinician", "KT-1001"), ("manager", THERAPIST[3])]
)
def test_the_sheet_alone_opens_no_account_that_is_in_use(app, signed_in, by_two_steps, who, whose):
    name = "ana" if whose == "KT-1001" else "therapist"
    owners, maker = signed_in(name), by_two_steps(who)
    page = maker.post("/clinic/invitations/again", data={"whose": whose})
    code = code_on(page)
    assert mailed(app, code) not in page.text.replace("-", "")
    thief, answer = type_in(app, code)
    assert answer.headers["Location"].startswith("/invited/mail")
    assert thief.get("/invited/choose").headers["Location"] == "/invited"
    assert thief.post("/invited/choose", data={"password": CHOSEN}).headers["Location"] == "/invited"
    script = {"X-Tidelog": "1"}
    assert thief.post("/passkey/options/make", json={}, headers=script).status_code == 401
    for guess in ("", "ABCDEFGH", code, code[:8]):
        assert thief.post("/invited/mail", data={"code": guess}).status_code == 422
    assert owner(thief) is None
    assert owner(owners) == CAST[name][1]


def test_with_the_code_that_only_her_mail_brings_she_is_in(app, desk):
    code = again(desk, "KT-1001")
    (mail,) = mails(app, "ana")
    second = mailed(app, code)
    assert f"{second[:4]}-{second[4:]}" in mail
    browser, _ = type_in(app, code)
    chosen = browser.post("/invited/mail", data={"code": f"{second[:4].lower()} {second[4:]}"}).headers["Location"]
    browser.post(chosen, data={"password": CHOSEN})
    assert owner(browser) == ANA[1]


def test_the_code_of_the_mail_is_not_guessed_from_many_addresses_either(app, desk):
    code = again(desk, "KT-1001")
    for n in range(PER_ACCOUNT):
        browser, _ = type_in(app, code)
        guess = browser.post("/invited/mail", data={"code": "x"}, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"})
        assert guess.status_code == 422
    from_elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.99"}}
    assert browser.post("/invited/mail", data={"code": mailed(app, code)}, **from_elsewhere).status_code == 429


def test_the_code_of_one_mail_opens_no_other_invitation_nor_without_a_sheet(app, desk):
    second = mailed(app, again(desk, "KT-1001"))
    browser, _ = type_in(app, again(desk, "KT-1002"))
    assert browser.post("/invited/mail", data={"code": second}).status_code == 422
    assert app.test_client().post("/invited/mail", data={"code": second}).headers["Location"] == "/invited"


def test_a_new_patient_needs_the_sheet_alone(app, desk):
    _, answer = type_in(app, invited(desk, NEW))
    assert answer.headers["Location"].startswith("/invited/choose")


def test_who_cannot_read_the_mail_waits_a_day_and_only_a_manager_lets_them_in_so(app, by_two_steps, clock):
    desk, manager = by_two_steps("front-desk"), by_two_steps("manager")
    assert "without_mail" not in desk.get("/clinic/invitations").text
    forged = type_in(app, code_on(without_mail(desk, "KT-1001")))[1]
    assert forged.headers["Location"].startswith("/invited/mail")
    code = code_on(without_mail(manager, "KT-1001"))
    assert "a day after it was made" in mails(app, "ana")[-1]
    _, answer = type_in(app, code)
    assert (answer.status_code, "is not open yet" in answer.text) == (403, True)
    clock.forward(hours=24)
    browser, answer = come_in(app, code)
    assert owner(browser) == ANA[1]


def test_nobody_comes_in_so_as_a_member_of_staff(app, by_two_steps):
    answer = without_mail(by_two_steps("manager"), THERAPIST[3])
    assert (answer.status_code, "whoever runs the server makes a link" in answer.text) == (422, True)
    with app.app_context():
        assert not db.session.scalars(select(Invitation)).all()


def test_whoever_is_signed_in_is_asked_on_every_browser_and_stops_it_with_one_press(
    app, signed_in, by_two_steps, audit
):
    ana = signed_in("ana")
    assert "asks" not in sync(app, ana)
    code = code_on(without_mail(by_two_steps("manager"), "KT-1001"))
    assert sync(app, ana)["asks"] == "account/invitation"
    assert "Did you ask for a new way in?" in ana.get("/account/invitation").text
    assert "/account/invitation" in ana.get("/account").text
    assert ana.post("/account/invitation?next=/en/", data={"answer": "no"}).headers["Location"] == "/en/"
    assert "asks" not in sync(app, ana)
    assert type_in(app, code)[1].status_code == 422
    row = audit()[-1]
    assert (row.what, row.person_id, row.why) == ("invitations", ANA[1], "own-account")
    with app.app_context():
        told = db.session.scalars(select(Notice.person_id).where(Notice.what == "operator")).all()
    assert told == [CAST["manager"][1]]


def test_who_asked_for_it_says_so_and_is_asked_no_more(app, signed_in, desk):
    ana = signed_in("ana")
    code = again(desk, "KT-1001")
    assert ana.post("/account/invitation", data={"answer": "perhaps"}).status_code == 422
    ana.post("/account/invitation", data={"answer": "yes"})
    assert "asks" not in sync(app, ana)
    assert type_in(app, code)[1].status_code == 302
    assert "/account/invitation" in ana.get("/account").text, "and may still stop it"


def test_staff_are_asked_where_they_go_and_nothing_that_they_type_is_held_up(app, by_two_steps):
    theirs = by_two_steps("therapist")
    again(by_two_steps("manager"), THERAPIST[3])
    assert theirs.get("/clinic/room").headers["Location"] == "/account/invitation?next=/clinic/room"
    typed = {"record": "", "text": "She slept."}
    assert theirs.post(f"/clinic/room/{ANA[1]}/notes", data=typed).status_code != 302
    assert theirs.get("/clinic/room", headers={"Sec-Fetch-Mode": "cors"}).status_code == 200
    theirs.post("/account/invitation", data={"answer": "no"})
    assert theirs.get("/clinic/room").status_code == 200


def test_nobody_stops_or_owns_the_invitation_of_somebody_else(app, signed_in, desk):
    bo, code = signed_in("another-patient"), again(desk, "KT-1001")
    assert bo.post("/account/invitation", data={"answer": "no"}).headers["Location"] == "/en/"
    assert type_in(app, code)[1].status_code == 302


def test_whoever_runs_the_server_needs_no_mail(app):
    with app.app_context():
        code = invite(db.session.get_one(Person, THERAPIST[:2]), None)
        db.session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    assert type_in(app, code)[1].headers["Location"].startswith("/invited/choose")
    assert PASSWORD not in mails(app, "therapist")[0]
