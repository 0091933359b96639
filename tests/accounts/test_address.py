"""The address for mail, with which one signs in, is changed by its owner, once a link to the new one is used."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from pwa.accounts.all_ways_in import close_all_ways_in
from pwa.accounts.throttle import ASKED_CODES
from pwa.notices import addresses
from pwa.notices.words import message
from pwa.records import Notice, Person, db
from tests.conftest import CAST, PASSWORD

ANA = CAST["ana"]
NEW = "ana-new@there.test"


def ask(browser, email=NEW):
    return browser.post("/account/address", data={"email": email})


def mails(app):
    """To whom, and what it says, of all that wait."""
    with app.app_context():
        found = db.session.scalars(select(Notice).order_by(Notice.what)).all()
        whose = [(one, db.session.get_one(Person, (one.clinic_id, one.person_id))) for one in found]
        told = [(one.what, addresses.of(one, person), message(one, person).body) for one, person in whose]
        db.session.remove()
        return told


def link(app):
    [body] = [body for what, _, body in mails(app) if what == "new-address"]
    return re.search(r"(/address/\S+)", body)[1]


def address(app):
    with app.app_context():
        return db.session.get_one(Person, ANA[:2]).email


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_the_new_address_counts_once_its_link_is_used_and_the_old_one_is_told(app, signed_in, audit, who):
    browser = signed_in(who)
    assert ask(browser).status_code == 302
    told = {what: to for what, to, _ in mails(app)}
    assert told == {"new-address": NEW, "old-address": CAST[who][3]}
    sign_in = {"clinic": CAST[who][0], "email": CAST[who][3], "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=sign_in).status_code == 302
    anywhere = app.test_client()
    assert "Use this address" in anywhere.get(link(app)).text
    assert app.test_client().post("/sign-in", data=sign_in).status_code == 302, "to look is not to press"
    assert "Done." in anywhere.post(link(app)).text
    assert app.test_client().post("/sign-in", data=sign_in).status_code == 422
    assert app.test_client().post("/sign-in", data=sign_in | {"email": NEW}).status_code == 302
    rows = [(row.what, row.records, row.why) for row in audit() if row.action == "write"]
    assert rows == [("address", ["asked"], "own-account"), ("address", ["changed"], "own-account")]
    told_now = [(what, to) for what, to, _ in mails(app)]
    assert sorted(told_now) == sorted([*told.items(), ("keys", NEW), ("old-address", CAST[who][3])])
    assert "was changed" in mails(app)[-1][2] + mails(app)[-2][2], "the old one is told, also afterwards"


def test_a_link_is_used_once_and_ends_after_a_day_when_stopped_or_when_another_is_asked_for(app, signed_in, clock):
    ana, anywhere = signed_in("ana"), app.test_client()
    ask(ana, "first@there.test")
    first = link(app)
    ana.post("/account/address/stop")
    assert anywhere.post(first).status_code == 404
    with app.app_context():
        db.session.execute(db.delete(Notice))
        db.session.commit()
    ask(ana)
    second = link(app)
    assert anywhere.post(first).status_code == 404
    clock.forward(hours=25)
    assert anywhere.post(second).status_code == 404
    assert anywhere.post("/address/guessed").status_code == 404
    assert address(app) == ANA[3]


def change_the_password(ana, **_):
    typed = {"current": PASSWORD, "password": "quite another harbour song"}
    assert ana.post("/account/password", data=typed).status_code == 302


def end_the_other_sign_ins(ana, **_):
    ana.post("/account/sign-ins/end")


def be_signed_out_by_a_manager(signed_in, **_):
    signed_in("manager").post(f"/clinic/people/{ANA[1]}/sign-out")


def have_it_closed_and_opened(signed_in, **_):
    for what in ("close", "open"):
        signed_in("manager").post(f"/clinic/people/{ANA[1]}/{what}")


def be_restored(app, **_):
    with app.app_context():
        close_all_ways_in()
        db.session.commit()


@pytest.mark.parametrize(
    "end",
    [change_the_password, end_the_other_sign_ins, be_signed_out_by_a_manager, have_it_closed_and_opened, be_restored],
)
def test_what_ends_every_other_way_in_ends_the_link_too(app, signed_in, end):
    ana = signed_in("ana")
    ask(ana)
    way = link(app)
    end(ana=ana, app=app, signed_in=signed_in)
    assert app.test_client().post(way).status_code == 404
    assert address(app) == ANA[3]


def test_an_address_that_somebody_here_has_gets_no_link_and_the_page_says_the_same(app, signed_in):
    taken, free = (ask(signed_in("ana"), email) for email in (CAST["another-patient"][3], NEW))
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert [to for what, to, _ in mails(app) if what == "new-address"] == [NEW]


def test_one_that_somebody_got_meanwhile_does_not_count(app, signed_in):
    ask(signed_in("ana"))
    way = link(app)
    with app.app_context():
        db.session.get_one(Person, CAST["another-patient"][:2]).email = NEW
        db.session.commit()
    assert app.test_client().post(way).status_code == 404
    assert address(app) == ANA[3]


def test_only_who_proved_lately_who_they_are_asks_and_not_without_end(app, signed_in, clock):
    ana = signed_in("ana")
    for _ in range(ASKED_CODES):
        assert ask(ana).status_code == 302
    assert ask(ana).status_code == 429
    clock.forward(minutes=16)
    answer = ana.post("/account/address", data={"email": NEW, "back": "/account/address"})
    assert answer.headers["Location"].startswith("/account/prove?next=")
    assert address(app) == ANA[3]


def test_her_own_page_says_who_she_is_and_what_was_asked(app, signed_in):
    ana = signed_in("ana")
    assert "KT-1001" in ana.get("/account").text
    ask(ana)
    assert f"A link was sent to {NEW}." in ana.get("/account").text


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_after_a_proof_the_new_address_is_asked_for(signed_in, clock, who):
    browser = signed_in(who)
    clock.forward(minutes=11)
    asked = browser.get("/account/address").headers["Location"]
    assert browser.post(asked, data={"password": PASSWORD}).headers["Location"] == "/account/address"
    assert browser.get("/account/address").status_code == 200
