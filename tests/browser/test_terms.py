"""Newer terms of use are asked for where one begins, and keep nobody from help, from writing and from sending."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from pwa.records import Agreement, db
from tests.browser.scene import Live, Phone, come_in
from tests.browser.told import begin, go
from tests.pages.test_accessibility import nothing_found_in_either_theme

pytestmark = pytest.mark.browser


def newer_terms_come(live: Live) -> None:
    """Nobody agreed to them yet."""
    with live.app.app_context():
        db.session.execute(delete(Agreement))
        db.session.commit()
        db.session.remove()


def test_what_was_written_offline_is_sent_before_today_asks_and_then_today_is_there_again(phone: Phone, live: Live):
    begin(phone)
    newer_terms_come(live)
    phone.offline()
    phone.page.goto("/en/journal/entry")
    phone.page.fill("#text", "Written with no network.")
    phone.page.locator(".dock [type=submit]").click()
    phone.page.wait_for_url("**/en/journal")
    phone.page.goto("/en/")
    phone.says("saved")
    assert live.thoughts() == []
    phone.offline(False)
    phone.page.wait_for_url("**/terms?next=/en/")
    assert live.thoughts() == ["Written with no network."]
    nothing_found_in_either_theme(phone.page)
    phone.page.get_by_role("button", name="I agree").click()
    phone.page.wait_for_url("**/en/")
    phone.says("All sent")
    assert live.count("SELECT count(*) FROM agreement") == 1


def test_who_does_not_agree_writes_and_sends_and_finds_help_and_their_plan(phone: Phone, live: Live):
    begin(phone)
    newer_terms_come(live)
    page = phone.page
    page.goto("/en/")
    page.wait_for_url("**/terms?next=/en/")
    page.locator("summary").click()
    nothing_found_in_either_theme(page)
    page.get_by_role("link", name="Write").click()
    page.fill("#text", "Still here.")
    with page.expect_response("**/sync"):
        page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/journal")
    phone.says("All sent")
    assert live.thoughts() == ["Still here."]
    for path in ("help", "safety-plan", "more", "waiting"):
        go(page, f"/en/{path}")
        expect(page.locator("h1:visible")).to_have_count(1)
        assert page.url.endswith(path)


def test_a_nurse_agrees_before_the_first_page_of_the_clinic(live: Live, desk):
    newer_terms_come(live)
    page = desk.new_page()
    come_in(page, "clinician")
    page.wait_for_url("**/terms?next=**")
    nothing_found_in_either_theme(page)
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()
