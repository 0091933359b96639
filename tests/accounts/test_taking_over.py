"""Nobody at the clinic comes in as somebody else: a sheet alone opens no account in use, and its owner can stop it."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from pwa.accounts.invitations import invite
from pwa.accounts.throttle import PER_ACCOUNT
from pwa.notices.words import message
from pwa.records import CareTeam, Clinic, Invitation, Notice, Person, PushSubscription, SafetySettings, SignIn, db
from tests.accounts.test_invitations import CHOSEN, NEW, again, come_in, invited, link_of, mailed, owner, type_in
from tests.accounts.test_terms import sync
from tests.clinic.conftest import plain
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


def only_invitation(app):
    with app.app_context():
        found = db.session.scalars(select(Invitation)).one()
        db.session.remove()
    return found


def agree(app, browser, answer="agree", **typed):
    return browser.post(f"/clinic/invitations/{only_invitation(app).id}/{answer}", data=typed)


def wants_pushes(app, clock):
    """Ana, in the browser in which she is signed in."""
    with app.app_context():
        sign_in = db.session.scalars(select(SignIn.id).where(SignIn.person_id == ANA[1])).one()
        kept = {"endpoint": "https://push.test/1", "p256dh": "x", "auth": "x", "renewed_at": clock()}
        db.session.add(PushSubscription(id="1" * 64, clinic_id=CLINIC, person_id=ANA[1], sign_in_id=sign_in, **kept))
        db.session.commit()
        db.session.remove()


def is_not_open_yet(app, code):
    _, answer = type_in(app, code)
    return answer.status_code == 403 and "is not open yet" in answer.text


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
    assert thief.get("/invited/choose").headers["Location"].startswith("/invited/mail")
    assert thief.post("/invited/choose", data={"password": CHOSEN}).status_code == 403
    script = {"X-Tidelog": "1"}
    assert thief.post("/passkey/options/make", json={}, headers=script).json["error"] == "mailed-code"
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


def test_only_a_manager_makes_one_without_the_code_of_the_mail(app, by_two_steps):
    desk = by_two_steps("front-desk")
    assert "without_mail" not in desk.get("/clinic/invitations").text
    forged = type_in(app, code_on(without_mail(desk, "KT-1001")))[1]
    assert forged.headers["Location"].startswith("/invited/mail")


def test_who_cannot_read_the_mail_waits_a_day_and_for_a_clinician_who_says_that_they_asked(app, by_two_steps, clock):
    page = without_mail(by_two_steps("manager"), "KT-1001")
    assert "once a clinician who treats you has said that you asked for it, and not before" in page.text
    assert "a day after it was made, once a clinician who treats you has said" in mails(app, "ana")[-1]
    clinician, code = by_two_steps("clinician"), code_on(page)
    assert agree(app, clinician).status_code == 302
    assert is_not_open_yet(app, code), "a day is not over"
    clock.forward(hours=24)
    browser, _ = come_in(app, code)
    assert owner(browser) == ANA[1]


def test_however_long_it_waits_a_manager_alone_comes_in_as_nobody(app, by_two_steps, clock):
    manager = by_two_steps("manager")
    code = code_on(without_mail(manager, "KT-1001"))
    assert agree(app, manager).status_code == 403
    for hours in (24, 47):
        clock.forward(hours=hours)
        assert is_not_open_yet(app, code)


@pytest.mark.parametrize(
    ("who", "status"), [("therapist", 403), ("front-desk", 403), ("another-clinician", 404), ("stranger", 404)]
)
def test_nobody_but_a_clinician_of_her_care_team_agrees_or_refuses(app, by_two_steps, clock, who, status):
    code = code_on(without_mail(by_two_steps("manager"), "KT-1001"))
    other = by_two_steps(who)
    assert [agree(app, other, answer).status_code for answer in ("agree", "refuse")] == [status] * 2
    clock.forward(hours=24)
    assert is_not_open_yet(app, code)


def test_a_clinician_agrees_to_nothing_that_they_made_themselves(app, by_two_steps):
    without_mail(by_two_steps("manager"), "KT-1001")
    with app.app_context():
        db.session.execute(db.update(Invitation).values(made_by=CAST["clinician"][1]))
        db.session.commit()
        db.session.remove()
    assert agree(app, by_two_steps("clinician")).status_code == 404


def test_nothing_is_agreed_to_without_a_new_proof_of_who_one_is(app, by_two_steps, clock):
    without_mail(by_two_steps("manager"), "KT-1001")
    clinician = by_two_steps("clinician")
    clock.forward(minutes=11)
    assert agree(app, clinician).status_code == 403
    assert only_invitation(app).agreed_at is None
    assert agree(app, clinician, **{"prove-password": PASSWORD}).status_code == 302
    assert only_invitation(app).agreed_by == CAST["clinician"][1]


def test_the_clinicians_of_her_team_are_told_and_the_list_says_what_waits_for_them(app, by_two_steps):
    manager, clinician = by_two_steps("manager"), by_two_steps("clinician")
    assert "ask for a new way in?" not in clinician.get("/clinic/invitations").text
    without_mail(manager, "KT-1001")
    with app.app_context():
        asked = db.session.scalars(select(Notice).where(Notice.what == "agree")).one()
        assert (asked.person_id, asked.channel) == (CAST["clinician"][1], "mail")
        said = message(asked, db.session.get_one(Person, CAST["clinician"][:2]))
        db.session.remove()
    assert said.link.endswith("/clinic/invitations")
    assert "KT-1001" not in said.body
    page = plain(clinician.get("/clinic/invitations").text)
    assert "Did ana ask for a new way in? KT-1001 manager made an invitation, today 10:00." in page
    assert "ask for a new way in?" not in by_two_steps("another-clinician").get("/clinic/invitations").text
    assert "Waits for a clinician of the care team." in manager.get("/clinic/invitations").text
    agree(app, clinician)
    assert "clinician agreed, today 10:00. Until it is used you can still stop it." in plain(
        clinician.get("/clinic/invitations").text
    )


def test_a_clinician_stops_it_also_once_it_was_agreed_to_and_the_managers_hear_of_it(app, by_two_steps, clock, audit):
    code = code_on(without_mail(by_two_steps("manager"), "KT-1001"))
    clinician = by_two_steps("clinician")
    agree(app, clinician)
    assert agree(app, clinician, "refuse").status_code == 302
    assert agree(app, clinician).status_code == 404
    clock.forward(hours=24)
    assert type_in(app, code)[1].status_code == 422
    assert audit()[-1].what == "refused"
    with app.app_context():
        told = db.session.scalars(select(Notice).where(Notice.what == "operator")).one()
        body = message(told, db.session.get_one(Person, CAST["manager"][:2])).body
        assert told.person_id == CAST["manager"][1]
        db.session.remove()
    assert "stopped, since nobody asked for it" in body


def test_a_patient_without_a_clinician_is_let_in_by_whoever_runs_the_server_and_the_page_says_so(app, by_two_steps):
    with app.app_context():
        db.session.execute(db.delete(CareTeam).where(CareTeam.person_id == CAST["clinician"][1]))
        db.session.commit()
        db.session.remove()
    answer = without_mail(by_two_steps("manager"), "KT-1001")
    assert (answer.status_code, "Whoever runs the server makes a link." in answer.text) == (422, True)
    with app.app_context():
        assert not db.session.scalars(select(Invitation)).all()


def test_she_is_told_of_it_by_push_too_and_where_she_is_signed_in(app, signed_in, by_two_steps, clock):
    ana = signed_in("ana")
    wants_pushes(app, clock)
    without_mail(by_two_steps("manager"), "KT-1001")
    with app.app_context():
        told = db.session.scalars(select(Notice).where(Notice.what == "invited")).all()
        assert {(one.person_id, one.channel) for one in told} == {(ANA[1], "mail"), (ANA[1], "push")}
        db.session.remove()
    assert sync(app, ana)["asks"] == "account/invitation"


def test_making_agreeing_and_using_it_are_each_told_in_the_trail_and_to_her(app, by_two_steps, clock, audit):
    manager = by_two_steps("manager")
    code = code_on(without_mail(manager, "KT-1001"))
    made = only_invitation(app).id
    agree(app, by_two_steps("clinician"))
    clock.forward(hours=24)
    browser, _ = come_in(app, code)
    told = [(row.what, row.person_id, row.patients, row.records) for row in audit() if row.action == "write"]
    who = {"without-mail": CAST["manager"][1], "agreed": CAST["clinician"][1], "came-in": ANA[1]}
    assert told == [(what, by, [ANA[1]], [made]) for what, by in who.items()]
    trail, hers = plain(by_two_steps("manager").get("/clinic/audit").text), plain(browser.get("/account/looks").text)
    for words in ("without the mail’s code", "without the mail’s code, agreed to", "An invitation used"):
        assert words in trail, words
    assert "manager , manager changed: your invitation, which opens without the code of your mail" in hers
    assert "clinician , clinician changed: your invitation without the code of your mail" in hers
    assert "Your own account changed: how you sign in: an invitation was used to come in as you" in hers
    assert "Sat 21 Nov 2026, 10:00" in hers


def test_she_sees_the_use_of_an_ordinary_one_too(app, desk, signed_in):
    come_in(app, again(desk, "KT-1001"), "my new password is long")
    ana = app.test_client()
    ana.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": "my new password is long"})
    assert "an invitation was used to come in as you" in ana.get("/account/looks").text


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
