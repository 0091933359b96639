"""The one cookie that scripts may read: who signed in last, so that a phone opens nobody else's stores."""

from __future__ import annotations

from tests.conftest import CAST


def test_who_signed_in_last_can_be_read_until_they_sign_out(signed_in):
    browser = signed_in("ana")
    cookie = browser.get_cookie("owner")
    assert cookie.value == CAST["ana"][1]
    assert not cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.max_age > 300 * 86400
    browser.post("/sign-out", headers={"X-Tidelog": "1"})
    assert browser.get_cookie("owner") is None


def test_for_staff_it_ends_with_the_browser(signed_in):
    cookie = signed_in("clinician").get_cookie("owner")
    assert cookie.value == CAST["clinician"][1]
    assert cookie.max_age is None
