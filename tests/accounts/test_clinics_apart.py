"""An address is one clinic's: at no other one is learned that it is used, and who is at two comes in at each."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from argon2 import PasswordHasher

from pwa.accounts import passwords
from pwa.accounts.throttle import PER_ACCOUNT
from pwa.records import Clinic, Notice, Person, db
from tests.accounts.test_address import ask, link
from tests.accounts.test_invitations import CHOSEN, MEMBER, NEW, again, come_in, invited, owner
from tests.accounts.test_passkeys import make, use
from tests.conftest import CAST, CLINIC, OTHER_CLINIC, PASSWORD, uid

HERS, FREE = CAST["patient-elsewhere"][3], "dy@there.test"
ANA, NEVER_CAME = CAST["ana"], CAST["therapist"][1]


@pytest.fixture
def counted(app, monkeypatch):
    """How many passwords are hashed or checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    done = []

    class Counted(PasswordHasher):
        def verify(self, kept, password):
            done.append("verify")
            return super().verify(kept, password)

        def hash(self, password, **more):
            done.append("hash")
            return super().hash(password, **more)

    monkeypatch.setattr(passwords, "hasher", Counted(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys()
    return done


@pytest.fixture
def mails(app):
    def wanted():
        with app.app_context():
            return Counter(db.session.scalars(db.select(Notice.what)))

    return wanted


def asks_as(who, path, **typed):
    """No two patients have one code."""
    code = {HERS: "kt-2001", FREE: "kt-2002"}
    return lambda app, signed_in, email: signed_in(who).post(path, data={**typed, "email": email, "code": code[email]})


def looks_for(who, path):
    return lambda app, signed_in, email: signed_in(who).post(path, data={"whose": email})


def signs_in(password):
    return lambda app, signed_in, email: at(app, CLINIC, email, password)


def who_invited_herself(app, signed_in, email):
    """A manager makes an account with somebody's address, and uses its sheet."""
    browser, _ = come_in(app, invited(signed_in("manager"), {**MEMBER, "email": email}, "member"))
    assert at(app, CLINIC, email, CHOSEN).status_code == 302
    return browser.get("/account")


def at(app, clinic, email, password=PASSWORD, browser=None):
    typed = {"clinic": clinic, "email": email, "password": password}
    return (browser or app.test_client()).post("/sign-in", data=typed)


ASKS = {
    "invites a patient": asks_as("front-desk", "/clinic/invitations/patient", **NEW),
    "a clinician invites a patient": asks_as("clinician", "/clinic/invitations/patient", **NEW),
    "invites a colleague": asks_as("manager", "/clinic/invitations/member", **MEMBER),
    "corrects an address": asks_as("manager", f"/clinic/people/{NEVER_CAME}/correct", name="Kim"),
    "invites again": looks_for("manager", "/clinic/invitations/again"),
    "looks for whom to correct": looks_for("manager", "/clinic/correct"),
    "changes her own": asks_as("ana", "/account/address"),
    "guesses a password": signs_in("wrong"),
    "guesses the right one": signs_in(PASSWORD),
    "invites somebody and comes in as her": who_invited_herself,
}


def words(answer, email):
    """Without what is new on each page: the address typed, codes, ids, tokens and the square."""
    page = re.sub(r"<svg.*?</svg>|csrf_token.*?>", "", answer.text, flags=re.S).replace(email, "ADDRESS")
    page = page.replace("KT-2002", "KT-2001")
    return re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "NEW", page)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_whoever_asks_is_answered_the_same_whether_an_address_is_used_at_another_clinic_or_not(
    app, signed_in, counted, mails, ask
):
    def asked(email):
        counted.clear()
        before = mails()
        answer = ask(app, signed_in, email)
        return answer.status_code, words(answer, email), list(counted), mails() - before

    assert asked(HERS) == asked(FREE)


def test_one_person_at_two_clinics_comes_in_at_each_also_by_the_same_password(app, signed_in):
    code = invited(signed_in("front-desk"), {**NEW, "email": HERS})
    browser, _ = come_in(app, code, PASSWORD)
    here, there = app.test_client(), app.test_client()
    assert at(app, CLINIC, HERS, browser=here).status_code == 302
    assert at(app, OTHER_CLINIC, HERS, browser=there).status_code == 302
    assert owner(here) == owner(browser)
    assert owner(there) == CAST["patient-elsewhere"][1] != owner(here)


def test_her_new_address_may_be_one_that_is_used_at_another_clinic(app, signed_in):
    ask(signed_in("ana"), HERS)
    assert app.test_client().post(link(app)).status_code == 200
    assert at(app, CLINIC, HERS).headers["Location"] == "/en/"
    there = app.test_client()
    at(app, OTHER_CLINIC, HERS, browser=there)
    assert owner(there) == CAST["patient-elsewhere"][1]


@pytest.fixture
def at_both(app):
    """Ana's account at the other clinic, with a password of its own."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        who = {"clinic_id": OTHER_CLINIC, "id": uid(90), "role": "patient", "name": "Ana", "email": ANA[3]}
        hers = Person(**who, language="en", password_hash=passwords.hashed(CHOSEN))
        hers.created_at = db.session.get_one(Person, ANA[:2]).created_at
        db.session.add(hers)
        db.session.commit()


def test_what_is_right_or_wrong_at_one_clinic_counts_nothing_at_the_other(app, at_both):
    for _ in range(PER_ACCOUNT - 1):
        assert at(app, CLINIC, ANA[3], "wrong").status_code == 422
    assert at(app, OTHER_CLINIC, ANA[3], PASSWORD).status_code == 422, "it is of the other one"
    assert at(app, OTHER_CLINIC, ANA[3], CHOSEN).status_code == 302
    assert at(app, CLINIC, ANA[3], "wrong").status_code == 422
    assert at(app, CLINIC, ANA[3]).status_code == 429, "what was right elsewhere forgave nothing"
    assert at(app, OTHER_CLINIC, ANA[3], CHOSEN).status_code == 302


def test_a_browser_that_is_known_at_one_clinic_is_a_strangers_at_the_other(app, at_both):
    known = app.test_client()
    at(app, OTHER_CLINIC, ANA[3], CHOSEN, known)
    known.post("/sign-out")
    for _ in range(PER_ACCOUNT):
        assert at(app, CLINIC, ANA[3], "wrong", known).status_code == 422
        assert at(app, OTHER_CLINIC, ANA[3], CHOSEN, known).status_code == 302
        known.post("/sign-out")
    assert at(app, CLINIC, ANA[3], "wrong", known).status_code == 429


def test_a_passkey_and_a_new_invitation_say_by_themselves_whose_they_are(app, signed_in, at_both):
    elsewhere = app.test_client()
    at(app, OTHER_CLINIC, ANA[3], CHOSEN, elsewhere)
    key, _ = make(elsewhere)
    assert owner(use(app, key)[0]) == uid(90)
    assert owner(come_in(app, again(signed_in("front-desk"), ANA[3]), PASSWORD)[0]) == ANA[1]
    assert owner(use(app, key)[0]) == uid(90), "what was lost here ends nothing there"


def test_the_clinic_is_chosen_once_and_the_browser_remembers_it(app):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    page = browser.get("/sign-in").text
    assert "Harbour clinic" in page
    assert "Hill clinic" in page
    assert "selected" not in page.replace('selected value="">', "")
    for clinic in ("", "nowhere"):
        answer = at(app, clinic, ANA[3], browser=browser)
        assert (answer.status_code, "Choose your clinic." in answer.text) == (422, True)
    at(app, CLINIC, ANA[3], browser=browser)
    browser.post("/sign-out")
    assert f'selected value="{CLINIC}"' in browser.get("/sign-in").text
    assert browser.post("/sign-in", data={"email": ANA[3], "password": PASSWORD}).status_code == 302


def test_whoever_runs_the_server_says_of_which_clinic_where_it_is_at_several(app, at_both):
    def invites(*more):
        return app.test_cli_runner().invoke(args=["invite", ANA[3], *more])

    said, nowhere = invites().output, invites("--clinic", "Nowhere").output
    assert CLINIC in said
    assert OTHER_CLINIC in said
    assert f"Here are Harbour clinic: {CLINIC}, Hill clinic: " in nowhere
    code = invites("--clinic", "hill clinic ").output.strip().partition("#")[2]
    assert owner(come_in(app, code)[0]) == uid(90)


def test_clinics_of_one_name_say_where_they_are(app):
    with app.app_context():
        other = db.session.get_one(Clinic, OTHER_CLINIC)
        other.name, other.zone = "Harbour Clinic", "America/Vancouver"
        db.session.commit()
    page = app.test_client().get("/sign-in").text
    assert "Harbour clinic (America/Toronto)" in page
    assert "Harbour Clinic (America/Vancouver)" in page


def test_a_phone_that_keeps_two_passkeys_of_one_address_says_at_which_clinic_each_opens(signed_in):
    asked = signed_in("ana").post("/passkey/options/make", headers={"X-Tidelog": "1"}).json
    assert asked["user"]["name"] == f"{ANA[3]}, Harbour clinic"
