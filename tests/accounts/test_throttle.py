from __future__ import annotations

import pytest

from pwa import create_app
from pwa.accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from pwa.config import Settings
from tests.accounts.test_sign_in import ANA, tries
from tests.conftest import CAST, KEYS, SECRET


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
