"""Who guesses with what a browser of hers was given: its number, copies of its cookie, and those of many browsers."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from pwa.accounts.throttle import PER_ACCOUNT, PER_KNOWN
from pwa.records import Device, SignIn, db
from tests.accounts.test_second_step import code_at, set_up
from tests.accounts.test_sign_in import ANA, tries
from tests.conftest import CAST, PASSWORD

OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
NURSE = CAST["clinician"][3]
#: more browsers than may try as much as one
MANY = PER_KNOWN // PER_ACCOUNT + 3


@pytest.fixture
def her_phone(app, signed_in):
    return signed_in("ana")


def cookie_of(browser):
    return browser.get_cookie("device").value


def with_cookie(app, cookie):
    """A stranger's browser, into which this was put."""
    browser = app.test_client()
    browser.set_cookie("device", cookie)
    return browser


def guesses(app, cookies, email=ANA):
    """How many wrong passwords are looked at, until each of them has to wait."""
    answers = [
        tries(with_cookie(app, cookie), email, "wrong").status_code for cookie in cookies for _ in range(PER_ACCOUNT)
    ]
    assert set(answers) <= {422, 429}
    assert {tries(with_cookie(app, cookie), email, "wrong").status_code for cookie in cookies} == {429}
    return answers.count(422)


def minted_at(browser):
    """Cookies that an open browser is given when it says again and again that its store was found empty."""
    cookies = [cookie_of(browser)]
    for _ in range(MANY):
        me = browser.get("/me", headers=OURS).get_json()
        call = {"batch": "b", "owner": me["owner"], "device": me["device"], "epoch": 1, "cursor": 0, "versions": []}
        if me["role"] == "patient":
            assert browser.post("/sync", json={**call, "waiting": 1}, headers=OURS).status_code == 200
        browser.get("/me", headers={"X-Tidelog-Store": "empty"})
        cookies.append(cookie_of(browser))
    return cookies


def test_of_all_that_an_open_browser_is_given_its_last_alone_is_known(app, her_phone):
    cookies = minted_at(her_phone)
    assert len(set(cookies)) == MANY + 1
    assert guesses(app, cookies[:-1]) == PER_ACCOUNT, "they are a stranger's, and counted together"
    assert tries(her_phone).status_code == 302, "who was not held up by them"


def test_by_asking_alone_nobody_makes_a_number_nor_a_member_of_staff_any(app, signed_in):
    for who in ("ana", "clinician"):
        browser = signed_in(who)
        numbers = {browser.get("/me", headers={"X-Tidelog-Store": "empty"}).get_json()["device"] for _ in range(MANY)}
        assert len(numbers) == 1
    minted_at(browser)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Device)) == 2


def test_after_signing_out_everywhere_no_cookie_of_before_is_known(app, her_phone, signed_in):
    cookies = [*minted_at(her_phone), *(cookie_of(signed_in("ana")) for _ in range(MANY))]
    assert her_phone.post("/account/sign-ins/end").status_code == 302
    assert guesses(app, cookies) == PER_ACCOUNT
    her_phone.post("/sign-out")
    assert tries(her_phone).status_code == 302, "hers was known anew"


def changes_her_password(browser):
    typed = {"current": PASSWORD, "password": "a boat that nobody rows"}
    assert browser.post("/account/password", data=typed).status_code == 302


def is_signed_out_by_the_clinic(app, signed_in):
    assert signed_in("manager").post(f"/clinic/people/{CAST['ana'][1]}/sign-out").status_code == 302


def ends_the_others_one_by_one(app, browser):
    with app.app_context():
        open_ones = db.session.scalars(select(SignIn.id).where(SignIn.person_id == CAST["ana"][1])).all()
    for one in open_ones[1:]:
        assert browser.post(f"/account/sign-ins/{one}/end").status_code == 302


@pytest.mark.parametrize("how", ["password", "clinic", "each"])
def test_nor_after_a_new_password_nor_once_it_was_ended_from_elsewhere(app, her_phone, signed_in, how):
    others = [cookie_of(signed_in("ana")) for _ in range(2)]
    if how == "password":
        changes_her_password(her_phone)
    elif how == "clinic":
        is_signed_out_by_the_clinic(app, signed_in)
    else:
        ends_the_others_one_by_one(app, her_phone)
    assert guesses(app, others) == PER_ACCOUNT


def test_all_browsers_that_know_her_together_try_no_more_than_a_few(app, signed_in):
    assert guesses(app, [cookie_of(signed_in("ana")) for _ in range(MANY)]) == PER_KNOWN


def test_those_that_codes_for_another_screen_let_in_are_among_them(app, her_phone):
    others = [app.test_client() for _ in range(MANY)]
    for other in others:
        code = her_phone.post("/code", headers=OURS).json["code"]
        assert other.post("/sign-in/code", data={"code": code}).status_code == 302
    assert guesses(app, [cookie_of(other) for other in others]) == PER_KNOWN


def test_with_the_number_that_stands_in_the_trail_nobody_holds_her_up(app, her_phone, signed_in):
    number = her_phone.get("/me").get_json()["device"]
    her_phone.post("/account/sign-ins/end")
    her_phone.post("/sign-out")
    assert number in signed_in("manager").get("/clinic/audit.csv").text
    assert guesses(app, [number, f"{number}.", f"{number}.{number}", f"{number}.x"]) == PER_ACCOUNT
    assert tries(her_phone).status_code == 302


def test_a_sign_in_gives_another_key_so_that_a_copy_of_before_opens_nothing(app, her_phone):
    copy = cookie_of(her_phone)
    her_phone.post("/sign-out")
    assert tries(her_phone).status_code == 302
    assert guesses(app, [copy]) == PER_ACCOUNT
    assert tries(her_phone).status_code == 302


def test_codes_of_the_second_step_are_counted_for_the_account_whatever_the_browser(app, signed_in, clock):
    hers = signed_in("clinician")
    secret, recovery = set_up(hers, clock)
    cookies = [*minted_at(hers), "", *(f"{CAST['ana'][1]}.{n}" for n in range(MANY))]
    answers = []
    for n in range(4 * PER_ACCOUNT):
        thief = with_cookie(app, cookies[n % len(cookies)])
        assert tries(thief, NURSE).headers["Location"] == "/sign-in/second", "who has the password"
        answers.append(thief.post("/sign-in/second", data={"code": f"{n:06}"}).status_code)
    assert answers == [422] * PER_ACCOUNT + [429] * 3 * PER_ACCOUNT
    for code in (code_at(secret, clock), recovery[0]):
        assert thief.post("/sign-in/second", data={"code": code}).status_code == 429


def test_a_stranger_without_the_password_holds_nobody_up_at_the_second_step(app, signed_in, clock):
    hers = signed_in("clinician")
    secret, _ = set_up(hers, clock)
    hers.post("/sign-out")
    guesses(app, ["", cookie_of(hers)[:36]], NURSE)
    assert tries(hers, NURSE).headers["Location"] == "/sign-in/second"
    assert hers.post("/sign-in/second", data={"code": code_at(secret, clock)}).status_code == 302
