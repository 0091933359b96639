"""What every answer carries, by which names the service is asked, and how much it reads."""

from __future__ import annotations

import pytest

from pwa import FORM_BYTES, create_app
from pwa.config import Settings
from pwa.config.outgoing import Outgoing
from pwa.shell.assets import asset
from tests.conftest import KEYS, SECRET, Clock

OF_FILES = {"X-Content-Type-Options", "Strict-Transport-Security"}
CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


@pytest.fixture
def real(app):
    """The same database, served as a clinic does it."""
    outgoing = Outgoing(address="https://tidelog.clinic.example")
    served = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS, outgoing=outgoing), Clock())
    with served.app_context():
        yield served


@pytest.mark.parametrize("path", ["/en/", "/sign-in", "/healthz", "/metrics", "/no-such-page", "/static/gone", "css"])
def test_every_answer_carries_them_files_too(real, path):
    with real.test_client().get(asset("css/patient.css") if path == "css" else path) as answer:
        for name in OF_FILES if path == "css" else CARRIED:
            assert answer.headers[name] == CARRIED[name], name
        if path != "css":
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_browser_is_held_to_https_only_where_cookies_are(app):
    for path in ("/en/", asset("css/patient.css")):
        with app.test_client().get(path) as answer:
            assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("tidelog.clinic.example", 200),
        ("127.0.0.1:8000", 200),
        ("evil.example", 400),
        ("tidelog.clinic.example.evil.example", 400),
        ("evil.example@tidelog.clinic.example", 400),
    ],
)
def test_a_clinic_answers_to_its_own_name_alone(real, host, status):
    answer = real.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == status
    assert "evil" not in answer.text


@pytest.mark.parametrize(("origin", "status"), [("", 401), (":6666", 403)])
def test_a_port_that_a_browser_says_of_itself_makes_no_other_address_ours(app, origin, status):
    """Some proxies hand it on as it came."""
    outgoing = Outgoing(address="https://tidelog.clinic.example")
    settings = Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS, trusted_proxies=1, outgoing=outgoing)
    said = {"X-Forwarded-Host": "tidelog.clinic.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "6666"}
    said |= {"X-Tidelog": "1", "Origin": f"https://tidelog.clinic.example{origin}"}
    assert create_app(settings, Clock()).test_client().post("/sync", json={}, headers=said).status_code == status


def test_where_it_is_tried_out_any_name_will_do(app):
    assert app.test_client().get("/sign-in", headers={"Host": "phone.local:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/invited", "/sign-out", "/language", "/clinic/names"])
def test_a_form_that_no_page_of_ours_sends_is_not_read(signed_in, path):
    browser = signed_in("manager")
    assert browser.post(path, data={"email": "x" * FORM_BYTES, "password": "x"}).status_code == 413


def test_every_answer_says_what_it_is_and_what_is_text_in_which_letters(app):
    browser = app.test_client()
    for path in ("/en/", "/sign-in", "/no-such-page", "/static/gone", "/sw.js", "/static/icons/icon.svg", "css"):
        with browser.get(asset("css/patient.css") if path == "css" else path) as answer:
            assert "charset" in answer.headers["Content-Type"], path
    for path in ("/healthz", "/pages.json", "/en/words.json", "/me"):
        assert browser.get(path).mimetype == "application/json", path


@pytest.mark.parametrize("path", ["/", "/sync", "/sign-in", "/static/icons/icon.svg"])
def test_no_request_is_sent_back_as_it_came(app, path):
    assert app.test_client().open(path, method="TRACE").status_code == 405


@pytest.mark.parametrize("path", ["/static/", "/static/icons/", "/.git/config", "/static/../wsgi.py", "/.env"])
def test_no_folder_is_listed_and_nothing_but_built_files_is_served(app, path):
    assert app.test_client().get(path).status_code == 404
