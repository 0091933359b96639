"""Whom to call, and who reads what: there before anyone signed in, and without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.scene import WORKING, until
from tests.browser.told import DOOR, begin, go

pytestmark = pytest.mark.browser


def test_help_works_before_anyone_signed_in_and_without_a_network(phone, live):
    page = phone.page
    page.goto("/en/")
    until(page, WORKING)
    phone.offline()
    page.goto("/en/help")
    expect(page.get_by_role("link", name="Call 9-8-8").first).to_have_attribute("href", "tel:988")
    expect(page.get_by_text("Nobody watches this app in real time.")).to_be_visible()
    expect(page.get_by_role("heading", name="United Kingdom")).to_be_visible()


@pytest.mark.parametrize("path", ["/en/help", "/sign-in"])
def test_help_opens_without_a_network_for_whoever_looked_at_it_or_at_the_sign_in_alone(new_phone, path):
    new_phone.page.goto(path)
    until(new_phone.page, WORKING)
    new_phone.offline()
    new_phone.page.goto("/en/help")
    expect(new_phone.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_country_is_picked_never_guessed_and_stays_picked(phone, live):
    page = phone.page
    page.goto("/en/help")
    page.get_by_label("Where you are").select_option(label="United Kingdom")
    expect(page.get_by_role("link", name=re.compile("Call 116 123"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Call 9-8-8"))).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name=re.compile("Call 116 123"))).to_be_visible()
    page.get_by_label("Where you are").select_option(label="Somewhere else")
    expect(page.get_by_text("call the emergency number where you are")).to_be_visible()
    expect(page.get_by_text("Tidelog knows no crisis line for this place")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("You can call for help where you are")
    page.get_by_label("Where you are").select_option(label="United Kingdom")
    expect(page.get_by_role("heading", level=1)).to_have_text("You can talk to someone right now")


def test_help_knows_the_clinics_number_offline_until_it_is_told_to_forget(phone, live, course):
    page = begin(phone)
    phone.offline()
    clinic = page.get_by_role("link", name=re.compile("Harbour clinic 416-555-0142"))
    page.goto("/en/help")
    expect(clinic).to_have_attribute("href", "tel:+14165550142")
    expect(page.get_by_role("main").get_by_text("Monday to Friday")).to_have_count(1)
    page.goto("/en/more")
    keep = page.get_by_label("Keep my clinic’s number")
    expect(keep).to_be_checked()
    keep.uncheck()
    until(page, f"({DOOR})().then((kept) => kept.clinic_phone === null && kept.region === null)")


def test_before_the_first_entry_a_page_says_who_reads_what_and_it_comes_once(phone, live, course):
    page = phone.sign_in("ana")
    page.wait_for_url("**/en/welcome")
    said = ("Nobody watches in real time", "Sending can fail", "If you are in danger", "Harbour clinic next reads on")
    for words in (*said, "even if they do not treat you"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.get_by_role("button", name="I have read this").press("Enter")
    page.wait_for_url("**/en/")
    go(page, "/en/")
    assert page.url.endswith("/en/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_signed_out_today_leads_to_the_sign_in_and_to_help(phone, live):
    page = phone.page
    page.goto("/en/")
    expect(page.get_by_role("main").get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in")
    expect(page.get_by_role("main").get_by_role("link", name="Need help now?")).to_be_visible()
    expect(page.get_by_text("Mood", exact=True)).to_be_hidden()
