"""A code for another screen: short-lived, once, only a patient's own, kept as a hash, and not to be guessed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from pwa.accounts.codes import ALPHABET, LENGTH
from pwa.accounts.throttle import ASKED_CODES, WRONG_CODES
from pwa.records import SignInCode, db
from tests.conftest import CAST, PASSWORD

OURS = {"X-Tidelog": "1"}
ANA = CAST["ana"][1]


@pytest.fixture
def ana(signed_in):
    return signed_in("ana")


def code_of(browser) -> str:
    answer = browser.post("/code", headers=OURS)
    assert answer.status_code == 200, answer.text
    return answer.json["code"]


def type_in(app, code, where="/sign-in/code", browser=None):
    browser = browser or app.test_client()
    return browser, browser.post(where, data={"code": code})


def who(browser) -> str | None:
    return (browser.get("/me").json or {}).get("owner")


def test_a_code_lets_its_patient_in_on_another_screen(app, ana):
    code = code_of(ana)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    browser, answer = type_in(app, code)
    assert answer.headers["Location"] == "/en/"
    assert who(browser) == ANA
    assert browser.get_cookie("device").value != ana.get_cookie("device").value
    assert who(ana) == ANA, "and she stays signed in where she was"


def test_it_is_read_in_small_letters_with_a_dash_and_spaces(app, ana):
    code = code_of(ana)
    browser, _ = type_in(app, f" {code[:4].lower()}-{code[4:]} ")
    assert who(browser) == ANA


def test_no_letter_or_figure_of_it_looks_like_another():
    for alike in ("0O", "1IL", "5S", "8B"):
        assert not set(alike) & set(ALPHABET)


def test_it_works_once_also_if_two_use_it_at_the_same_time(app, ana):
    code = code_of(ana)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: type_in(app, code)[1].status_code, range(2)))
    assert sorted(answers) == [302, 422]
    assert type_in(app, code)[1].status_code == 422


def test_it_is_over_after_ten_minutes(app, ana, clock):
    code = code_of(ana)
    clock.forward(minutes=9, seconds=59)
    later = code_of(ana)
    assert type_in(app, code)[1].status_code == 422, "a new one takes the place of the old one"
    clock.forward(minutes=10)
    _, answer = type_in(app, later)
    assert answer.status_code == 422
    assert "is older than 10 minutes" in answer.text


def test_only_a_keyed_hash_of_it_is_kept(app, ana):
    code = code_of(ana)
    with app.app_context():
        row = db.session.scalars(select(SignInCode)).one()
        assert (row.person_id, len(row.code_hash)) == (ANA, 64)
        kept = row.code_hash
        import hashlib

        assert kept != hashlib.sha256(code.encode()).hexdigest()


@pytest.mark.parametrize("other", ["clinician", "therapist", "manager", "front-desk"])
def test_only_patients_get_one(signed_in, other):
    answer = signed_in(other).post("/code", headers=OURS)
    assert (answer.status_code, answer.json["error"]) == (403, "not-yours")


def test_nobody_and_no_other_site_gets_one(app, ana):
    assert app.test_client().post("/code", headers=OURS).status_code == 401
    for headers in ({}, {**OURS, "Origin": "https://evil.test"}, {**OURS, "Sec-Fetch-Site": "cross-site"}):
        assert ana.post("/code", headers=headers).status_code == 403
    app.config["WTF_CSRF_ENABLED"] = True
    assert ana.post("/code", headers=OURS).status_code == 200


def test_guessing_ends_soon_and_waits_also_with_the_right_one(app, ana, clock):
    code = code_of(ana)
    browser = app.test_client()
    answers = [type_in(app, f"WRNG{n:04}", browser=browser)[1].status_code for n in range(WRONG_CODES)]
    assert set(answers) == {422}
    _, answer = type_in(app, code, browser=browser)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait a little" in answer.text
    clock.forward(minutes=15)
    assert type_in(app, code_of(ana), browser=browser)[1].status_code == 302


def test_right_codes_are_not_counted_against_a_clinic_behind_one_address(app, ana, clock):
    for _ in range(WRONG_CODES + 2):
        assert type_in(app, code_of(ana))[1].status_code == 302
        clock.forward(minutes=2)


def test_one_person_asks_for_so_many_and_then_waits(ana, clock):
    for _ in range(ASKED_CODES):
        code_of(ana)
    answer = ana.post("/code", headers=OURS)
    assert (answer.status_code, answer.json["error"]) == (429, "slow-down")
    clock.forward(minutes=16)
    code_of(ana)


def test_the_way_to_it_is_on_the_page_where_one_signs_in_and_back(app):
    browser = app.test_client()
    assert 'href="/sign-in/code' in browser.get("/sign-in?next=/en/journal").text
    page = browser.get("/sign-in/code?next=/en/journal").text
    assert 'autocomplete="one-time-code"' in page
    assert 'href="/sign-in?next=/en/journal"' in page.replace("%2F", "/")


def test_one_goes_on_to_the_page_that_was_asked_for(app, ana):
    _, answer = type_in(app, code_of(ana), "/sign-in/code?next=/fr/journal")
    assert answer.headers["Location"] == "/fr/journal"


def test_it_lets_in_and_proves_nothing_since_an_open_phone_shows_one_to_anybody(app, ana):
    browser, _ = type_in(app, code_of(ana))
    assert browser.get("/account/address").headers["Location"] == "/account/prove?next=/account/address"
    assert browser.post("/passkey/options/make", headers=OURS).json["error"] == "prove"
    browser.post("/account/prove", data={"password": PASSWORD})
    assert browser.post("/passkey/options/make", headers=OURS).status_code == 200
