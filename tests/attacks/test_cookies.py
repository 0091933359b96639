"""Over https no other host, no subdomain and no plain http can set a cookie that we read."""

from __future__ import annotations

import pytest

from pwa import create_app
from pwa.config import Settings
from tests.conftest import CAST, KEYS, PASSWORD, SECRET

HTTPS = "https://localhost"
OURS = {"__Host-session", "__Host-device", "__Host-owner"}


@pytest.fixture
def browser(app, clock):
    """One that has not signed in, where the service is served as a clinic does it."""
    served = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS), clock)
    served.config["WTF_CSRF_ENABLED"] = False
    return served.test_client()


def signs_in(browser):
    typed = {"clinic": CAST["ana"][0], "email": CAST["ana"][3], "password": PASSWORD}
    answer = browser.post("/sign-in", data=typed, base_url=HTTPS)
    assert answer.status_code == 302
    return answer


def test_every_cookie_is_of_this_host_alone(browser):
    lines = signs_in(browser).headers.getlist("Set-Cookie")
    lines += browser.get("/me", headers={"X-Tidelog-Store": "empty"}, base_url=HTTPS).headers.getlist("Set-Cookie")
    lines += browser.post("/sign-out", headers={"X-Tidelog": "1"}, base_url=HTTPS).headers.getlist("Set-Cookie")
    assert {line.split("=")[0] for line in lines} == OURS
    for line in lines:
        assert "; Secure" in line
        assert "; Path=/" in line
        assert "Path=/;" in line or line.endswith("Path=/")
        assert "Domain" not in line


def test_signing_out_takes_them_back(browser):
    signs_in(browser)
    browser.post("/sign-out", headers={"X-Tidelog": "1"}, base_url=HTTPS)
    assert browser.get_cookie("__Host-owner", "localhost") is None
    assert browser.get("/me", base_url=HTTPS).status_code == 401


def test_a_cookie_that_another_host_could_have_set_is_not_read(browser):
    signs_in(browser)
    stolen = browser.get_cookie("__Host-session", "localhost").value
    other = browser.application.test_client()
    other.set_cookie("session", stolen, domain="localhost")
    assert other.get("/me", base_url=HTTPS).status_code == 401
    other.set_cookie("__Host-session", stolen, domain="localhost", secure=True)
    assert other.get("/me", base_url=HTTPS).status_code == 200


def test_on_http_where_the_demo_is_they_have_plain_names(signed_in):
    for name in OURS:
        assert signed_in("ana").get_cookie(name) is None
        assert signed_in("ana").get_cookie(name.removeprefix("__Host-")) is not None
