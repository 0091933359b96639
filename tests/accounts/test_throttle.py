from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from pwa import create_app
from pwa.accounts.throttle import PER_ACCOUNT, PER_ADDRESS, RIDDLES
from pwa.config import Settings
from pwa.records import PasswordTry, db
from tests.accounts.test_second_step import code_at, set_up
from tests.accounts.test_sign_in import ANA, tries
from tests.conftest import CAST, CLINIC, KEYS, PASSWORD, SECRET


@pytest.fixture
def browser(app):
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def guesses(browser, times, email=ANA, **more):
    return [tries(browser, email, "wrong", **more).status_code for _ in range(times)]


def test_after_some_wrong_passwords_one_waits_even_with_the_right_one(browser, clock):
    assert set(guesses(browser, PER_ACCOUNT)) == {422}
    answer = tries(browser)
    assert answer.status_code == 429
    assert "Wait a little" in answer.text
    assert int(answer.headers["Retry-After"]) == 15 * 60 + 1
    clock.forward(minutes=15)
    assert tries(browser).status_code == 302


def test_an_account_that_does_not_exist_waits_as_well(browser):
    guesses(browser, PER_ACCOUNT, "nobody@here.test")
    assert tries(browser, "nobody@here.test").status_code == 429


def test_a_right_password_forgets_the_wrong_ones(browser):
    guesses(browser, PER_ACCOUNT - 1)
    assert tries(browser).status_code == 302
    browser.post("/sign-out")
    assert set(guesses(browser, PER_ACCOUNT - 1)) == {422}


def test_a_restart_forgets_nothing(app, browser, clock):
    guesses(browser, PER_ACCOUNT)
    again = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS, secure_cookies=False), clock)
    again.config["WTF_CSRF_ENABLED"] = False
    assert tries(again.test_client()).status_code == 429


def test_a_strangers_guesses_lock_nobody_out_of_her_own_phone(app, browser):
    her_phone = app.test_client()
    tries(her_phone)
    her_phone.post("/sign-out")
    guesses(browser, PER_ACCOUNT)
    assert tries(browser).status_code == 429
    assert tries(her_phone).status_code == 302


def test_another_persons_device_gives_no_tries_of_its_own(app, browser):
    tries(browser, CAST["another-patient"][3])
    browser.post("/sign-out")
    guesses(browser, PER_ACCOUNT)
    assert tries(app.test_client()).status_code == 429


def comes_from(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [("192.0.2.7", "192.0.2.7", "192.0.2.8"), ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1")],
)
def test_one_address_guesses_at_many_accounts_only_for_a_while(browser, first, same, other):
    for n in range(PER_ADDRESS):
        assert tries(browser, f"person{n}@here.test", "wrong", **comes_from(first)).status_code == 422
    assert tries(browser, **comes_from(same)).status_code == 429
    assert tries(browser, **comes_from(other)).status_code == 302


def test_a_clinic_behind_one_address_signs_in_as_often_as_it_likes(browser):
    for _ in range(PER_ADDRESS + 5):
        assert tries(browser, CAST["clinician"][3]).status_code == 302
        browser.post("/sign-out")


WAITING_ROOM = comes_from("192.0.2.7")


@pytest.fixture
def visitor_guesses(app):
    """At the clinic's own address, for people whom nobody knows, until that address waits."""

    def guess():
        for n in range(PER_ADDRESS):
            assert tries(app.test_client(), f"person{n}@here.test", "wrong", **WAITING_ROOM).status_code == 422
        assert tries(app.test_client(), CAST["manager"][3], **WAITING_ROOM).status_code == 429

    return guess


def test_a_visitor_who_guesses_locks_no_browser_out_that_was_in_before(app, browser, visitor_guesses):
    tries(browser, CAST["clinician"][3])
    browser.post("/sign-out")
    visitor_guesses()
    assert tries(browser, CAST["clinician"][3], "wrong", **WAITING_ROOM).status_code == 422
    assert tries(browser, CAST["clinician"][3], **WAITING_ROOM).status_code == 302


def test_a_visitor_who_guesses_keeps_nobody_who_is_in_from_a_proof(browser, visitor_guesses, clock):
    tries(browser, CAST["another-clinician"][3])
    browser.delete_cookie("device")
    clock.forward(minutes=11)
    visitor_guesses()
    typed = {"who": "KT-1001", "birth_date": "1988-03-01", "reason": "She fell just now.", "prove-password": PASSWORD}
    assert browser.post("/clinic/emergency", data=typed, **WAITING_ROOM).status_code == 302


def test_a_visitor_who_guesses_keeps_no_known_browser_from_its_second_step(app, browser, visitor_guesses, clock):
    tries(browser, CAST["clinician"][3])
    secret, _ = set_up(browser, clock)
    browser.post("/sign-out")
    visitor_guesses()
    tries(browser, CAST["clinician"][3], **WAITING_ROOM)
    code = {"code": code_at(secret, clock)}
    assert browser.post("/sign-in/second", data=code, **WAITING_ROOM).headers["Location"] == "/clinic/"


def test_riddles_for_passkeys_are_counted_by_browser_where_it_is_known(app, browser):
    tries(browser)
    ask = {"headers": {"X-Tidelog": "1"}, **WAITING_ROOM}
    strange = app.test_client()
    answers = [strange.post("/passkey/options/use", **ask).status_code for _ in range(RIDDLES + 1)]
    assert answers == [200] * RIDDLES + [429]
    assert browser.post("/passkey/options/use", **ask).status_code == 200


def test_at_an_open_browser_one_guesses_no_further_in_another_that_its_codes_let_in(app, browser):
    tries(browser)
    guess = {"password": "wrong"}
    assert {browser.post("/account/prove", data=guess).status_code for _ in range(PER_ACCOUNT)} == {422}
    other, code = app.test_client(), browser.post("/code", headers={"X-Tidelog": "1"}).json["code"]
    assert other.post("/sign-in/code", data={"code": code}).status_code == 302
    assert other.post("/account/prove", data=guess).status_code == 429


AT_ONCE = 16


@pytest.mark.parametrize("email", [ANA, "nobody@here.test"])
def test_of_many_tries_at_once_as_many_are_made_as_one_after_another(app_on_both, email):
    app_on_both.config["WTF_CSRF_ENABLED"] = False
    guesses(app_on_both.test_client(), PER_ACCOUNT - 1, email)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: tries(app_on_both.test_client(), email, "wrong"), range(AT_ONCE)))
    assert sorted(one.status_code for one in answers) == [422] + [429] * (AT_ONCE - 1)


def test_of_many_proofs_at_once_as_many_are_made_as_one_after_another(app_on_both, signed_in):
    browser = signed_in("clinician", app_on_both)
    cookie = browser.get_cookie("session").value

    def guess(_):
        open_one = app_on_both.test_client()
        open_one.set_cookie("session", cookie)
        return open_one.post("/account/prove", data={"password": "wrong"}).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sorted(pool.map(guess, range(AT_ONCE))) == [422] * PER_ACCOUNT + [429] * (AT_ONCE - PER_ACCOUNT)


def test_right_ones_at_once_are_all_forgiven(app_on_both):
    app_on_both.config["WTF_CSRF_ENABLED"] = False
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: tries(app_on_both.test_client()).status_code, range(4)))
    assert answers == [302] * 4
    with app_on_both.app_context():
        assert db.session.scalars(select(PasswordTry)).all() == []


@pytest.mark.parametrize(
    ("named", "other", "says"),
    [
        ("203.0.113.9:{}", "203.0.113.10:1", 422),
        ("[2001:db8::9]:{}", "[2001:db8:1::9]:1", 422),
        ("no address {}", "none at all", 429),
    ],
)
def test_an_address_behind_which_a_proxy_says_a_port_and_what_is_none_are_one_each(app, named, other, says):
    app.config["WTF_CSRF_ENABLED"] = False

    def tries_from(address, n):
        typed = {"clinic": CLINIC, "email": f"{n}@here.test", "password": "wrong"}
        return app.test_client().post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": address}).status_code

    answers = [tries_from(named.format(n), n) for n in range(PER_ADDRESS + 1)]
    assert answers == [422] * PER_ADDRESS + [429]
    assert tries_from(other, "other") == says
