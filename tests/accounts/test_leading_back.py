"""Whoever is asked who they are goes on where they meant to go."""

from __future__ import annotations

import pytest

from pwa.accounts.way import ON_THE_WAY
from tests.conftest import PASSWORD


def own_pages(app):
    rules = app.url_map.iter_rules()
    own = [rule for rule in rules if rule.rule.startswith("/account") and "GET" in rule.methods and not rule.arguments]
    return sorted(rule.rule for rule in own if rule.endpoint not in ON_THE_WAY)


def proves_it(browser, where):
    return browser.post(where, data={"password": PASSWORD}).headers["Location"]


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_each_page_of_ones_own_account_is_where_a_proof_and_a_sign_in_lead_back_to(app, signed_in, who):
    browser, pages = signed_in(who), own_pages(app)
    assert len(pages) > 9
    for page in pages:
        assert proves_it(browser, f"/account/prove?next={page}") == page
        assert browser.get(f"/sign-in?next={page}").headers["Location"] == page


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_each_that_asks_for_a_proof_comes_after_it(app, signed_in, clock, who):
    browser, asking = signed_in(who), []
    for page in own_pages(app):
        clock.forward(minutes=11)
        asked = browser.get(page).headers.get("Location", "")
        if asked.startswith("/account/prove"):
            assert proves_it(browser, asked) == page
            asking.append(page)
    assert "/account/address" in asking


def test_the_page_from_which_one_takes_everything_out_comes_back_too(signed_in, clock):
    ana = signed_in("ana")
    clock.forward(minutes=11)
    asked = ana.post("/account/record", data={"back": "/account/record"}).headers["Location"]
    assert proves_it(ana, asked) == "/account/record"
    assert ana.post("/account/record", data={"back": "/account/record"}).mimetype == "application/zip"


def test_a_proof_leads_neither_to_another_proof_nor_away(signed_in):
    ana = signed_in("ana")
    for page in ("/account/prove", "/account/closed", "/account/none", "/sign-in", "/me", "//other.test/account"):
        assert proves_it(ana, f"/account/prove?next={page}") == "/en/"
