from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from pwa import create_app
from pwa.accounts import passwords
from pwa.accounts.passwords import person_with
from pwa.config import Settings
from pwa.notices.words import message
from pwa.records import Notice, Person, SignIn, db
from tests.conftest import CAST, CLINIC, KEYS, PASSWORD, SECRET

ANA = CAST["ana"][3]


def tries(browser, email=ANA, password=PASSWORD, to="/sign-in", **more):
    return browser.post(to, data={"clinic": CLINIC, "email": email, "password": password}, **more)


@pytest.fixture
def browser(app):
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("ana", "/en/"),
        ("clinician", "/clinic/"),
        ("therapist", "/clinic/room"),
        ("manager", "/clinic/"),
        ("front-desk", "/clinic/"),
    ],
)
def test_everyone_comes_to_their_own_first_page(browser, who, where):
    assert tries(browser, CAST[who][3]).headers["Location"] == where


def test_an_address_is_the_same_in_capitals_and_with_spaces(browser):
    assert tries(browser, "  Ana@Here.TEST ").status_code == 302


@pytest.mark.parametrize("email", [ANA, "nobody@here.test", "nul\0@here.test"])
def test_a_wrong_password_says_what_to_do_and_not_whether_the_account_exists(browser, email):
    answer = tries(browser, email, "wrong")
    assert answer.status_code == 422
    assert "Check all three and try again" in answer.text
    seen = re.sub(r'value="[^"]*"', "", answer.text)
    assert seen == re.sub(r'value="[^"]*"', "", tries(browser, "someone.else@here.test", "wrong").text)


def test_what_is_left_out_is_asked_for_at_its_field(browser):
    answer = tries(browser, "", "")
    assert "Type the email address that your clinic has for you." in answer.text
    assert 'aria-describedby="password-wrong"' in answer.text


def test_an_address_that_nobody_has_costs_a_check_of_a_password_too(app, monkeypatch):
    """So that time does not tell who is a patient here."""
    checked = []

    class Counted(PasswordHasher):
        def verify(self, kept, password):
            checked.append(kept)
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "hasher", Counted(time_cost=1, memory_cost=64, parallelism=1))
    with app.app_context():
        for email in (ANA, "nobody@here.test"):
            assert person_with(CLINIC, email, "wrong") is None
    assert len(checked) == 2


@pytest.mark.parametrize("wanted", ["/fr/", "/en/journal"])
def test_a_patient_goes_on_to_the_page_that_was_asked_for(browser, wanted):
    assert tries(browser, to=f"/sign-in?next={wanted}").headers["Location"] == wanted


def test_staff_go_on_to_the_page_that_was_asked_for(browser):
    wanted = f"/clinic/patients/{CAST['ana'][1]}?days=91"
    answer = tries(browser, CAST["clinician"][3], to="/sign-in?next=" + wanted.replace("?", "%3F"))
    assert answer.headers["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test/",
        "\\\\evil.test",
        "/%09/evil.test",
        "javascript:alert(1)",
        "evil.test",
        "/nowhere",
        "/sign-out",
        "/sync",
        "/clinic/",
        "",
    ],
)
def test_nobody_is_sent_to_another_site_or_to_a_page_that_is_not_theirs(browser, wanted):
    assert tries(browser, to=f"/sign-in?next={wanted}").headers["Location"] == "/en/"


def test_who_is_signed_in_already_goes_on(signed_in):
    assert signed_in("clinician").get("/sign-in?next=/clinic/sessions").headers["Location"] == "/clinic/sessions"


def cookies(answer):
    return {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


@pytest.mark.parametrize("secure", [True, False])
def test_no_script_and_no_other_site_gets_the_cookies(app, tmp_path, secure, clock):
    over = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS, secure_cookies=secure), clock)
    over.config["WTF_CSRF_ENABLED"] = False
    for name, line in cookies(tries(over.test_client())).items():
        assert "HttpOnly" in line or name.endswith("owner")  # a phone reads whose stores to open; it opens nothing else
        assert "SameSite=Lax" in line
        assert ("Secure" in line) == secure


def test_the_sign_in_of_staff_ends_with_the_browser_and_a_patients_does_not(browser):
    assert "Expires" in cookies(tries(browser))["session"]
    assert "Expires" not in cookies(tries(browser, CAST["clinician"][3]))["session"]


def test_nothing_of_an_earlier_session_is_left_and_the_other_person_is_out(app, browser):
    tries(browser, CAST["clinician"][3])
    browser.post("/clinic/names", data={"names": "hide"})
    tries(browser)
    with browser.session_transaction() as session:
        assert "names_hidden" not in session
    with app.app_context():
        closed = {one.person_id: one.revoked_at is not None for one in db.session.scalars(select(SignIn))}
    assert closed == {CAST["clinician"][1]: True, CAST["ana"][1]: False}


def test_a_cookie_from_before_signing_in_opens_nothing(app, browser):
    browser.get("/sign-in")
    before = browser.get_cookie("session")
    tries(browser)
    thief = app.test_client()
    if before:
        thief.set_cookie("session", before.value)
    assert thief.get("/me").status_code == 401


def test_the_browser_keeps_its_device_and_another_person_gets_another(browser):
    def device():
        return browser.get_cookie("device").value.partition(".")[0]

    tries(browser)
    first = device()
    browser.post("/sign-out")
    tries(browser)
    assert device() == first
    tries(browser, CAST["another-patient"][3])
    assert device() != first


def test_a_revoked_sign_in_is_out_at_once(app, signed_in):
    ana, manager = signed_in("ana"), signed_in("manager")
    assert ana.get("/me").status_code == 200
    assert manager.post(f"/clinic/people/{CAST['ana'][1]}/sign-out").status_code == 302
    assert ana.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("who", "still", "out"), [("clinician", {"hours": 11}, {"hours": 2}), ("ana", {"days": 399}, {"days": 2})]
)
def test_a_sign_in_runs_out(signed_in, clock, who, still, out):
    browser = signed_in(who)
    clock.forward(**still)
    assert browser.get("/me").status_code == 200
    clock.forward(**out)
    assert browser.get("/me").status_code == 401


def token(html):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)[1]


def test_staff_sign_out_by_a_button_that_carries_a_token(app, signed_in):
    browser = signed_in("clinician")
    app.config["WTF_CSRF_ENABLED"] = True
    page = browser.get("/clinic/").text
    assert browser.post("/sign-out").status_code == 400
    assert browser.get("/clinic/").status_code == 200
    answer = browser.post("/sign-out", data={"csrf_token": token(page)})
    assert answer.headers["Location"] == "/sign-in"
    assert browser.get("/clinic/").status_code == 302


def test_a_phone_signs_out_by_a_script_of_ours_and_by_no_other(app, signed_in):
    browser, ours = signed_in("ana"), {"X-Tidelog": "1"}
    app.config["WTF_CSRF_ENABLED"] = True
    for headers in ({}, {**ours, "Origin": "https://evil.test"}, {**ours, "Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/sign-out", headers=headers).status_code == 400
    assert browser.get("/me").status_code == 200
    assert browser.post("/sign-out", headers=ours).status_code == 204
    assert browser.get("/me").status_code == 401


def test_the_page_speaks_the_language_that_is_asked_for(browser):
    assert '<html lang="fr"' in browser.get("/sign-in", headers={"Accept-Language": "fr-CA"}).text
    assert '<html lang="fr"' in browser.get("/sign-in?language=fr", headers={"Accept-Language": "en"}).text
    assert "language=fr&amp;next=/clinic/sessions" in browser.get("/sign-in?next=/clinic/sessions").text.replace(
        "%2F", "/"
    )


def test_before_signing_in_the_page_speaks_as_the_one_to_which_one_wants(browser):
    asked = browser.get("/sign-in?next=/fr/more", headers={"Accept-Language": "en"})
    assert '<html lang="fr"' in asked.text
    from_more = {"Accept-Language": "en", "Referer": "http://localhost/fr/more"}
    assert '<html lang="fr"' in browser.get("/terms", headers=from_more).text
    asked = browser.get("/sign-in?language=en&next=/fr/more", headers={"Accept-Language": "fr"})
    assert '<html lang="en"' in asked.text


def test_the_language_chosen_on_the_phone_becomes_the_accounts(app, signed_in):
    ana, ours = signed_in("ana"), {"X-Tidelog": "1"}
    assert ana.post("/account/language/fr", headers=ours).status_code == 204
    for page in ("/account", "/account/looks", "/account/prove", "/terms"):
        assert '<html lang="fr"' in ana.get(page).text, page
    with app.app_context():
        ana_ = db.session.get_one(Person, CAST["ana"][:2])
        assert message(Notice(clinic_id=ana_.clinic_id, what="keys", about="", cause=""), ana_).language == "fr"
    assert ana.post("/account/language/xx", headers=ours).status_code == 404
    assert ana.post("/account/language/en").status_code == 403, "another site"
    assert signed_in("clinician").post("/account/language/fr", headers=ours).status_code == 403
    assert '<html lang="fr"' in ana.get("/account").text


def test_a_page_speaks_the_language_that_its_address_asks_for_also_once_one_is_in(signed_in):
    ana = signed_in("ana")
    page = ana.get("/terms?language=fr").text
    assert '<html lang="fr"' in page
    assert 'href="/terms?language=en"' in page
    assert '<html lang="en"' in ana.get("/account").text
    ana.post("/language", data={"language": "fr", "back": "/account"})
    assert '<html lang="fr"' in ana.get("/account").text


def test_staff_choose_their_own_language_and_stay_on_their_page(app, signed_in):
    browser = signed_in("clinician")
    answer = browser.post("/language", data={"language": "fr", "back": "/clinic/sessions"})
    assert answer.headers["Location"] == "/clinic/sessions"
    assert '<html lang="fr"' in browser.get("/clinic/").text
    browser.post("/language", data={"language": "xx", "back": "https://evil.test"})
    with app.app_context():
        assert db.session.get(Person, CAST["clinician"][:2]).language == "fr"
