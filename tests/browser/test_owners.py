"""Whose words are on a phone: sign-ins that run out, other people, and what is left after signing out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from pwa.records import SignIn, db
from pwa.records.base import begin_writing
from tests.browser.profile import lying_about
from tests.browser.scene import Live, Phone, come_in
from tests.browser.test_main_job import write
from tests.browser.told import begin, keeps_a_draft, kept

pytestmark = pytest.mark.browser

WORDS = "Nobody else shall read that the harbour was empty."
#: said at the sign-in where something waits here
WAITS = "What you wrote here and is not sent yet is still on this phone."


def all_sign_ins_run_out(live: Live) -> None:
    at_all_sign_ins(live, "revoked_at")


def at_all_sign_ins(live: Live, what: str) -> None:
    with live.app.app_context():
        begin_writing()
        for sign_in in db.session.scalars(db.select(SignIn)):
            setattr(sign_in, what, datetime.now(UTC))
        db.session.commit()
        db.session.remove()


def texts(live: Live) -> list[str]:
    return [version["body"]["text"] for version in kept(live) if version["kind"] == "journal"]


def sign_in_again(phone: Phone, who: str) -> Page:
    come_in(phone.page, who)
    phone.page.goto("/en/welcome")
    phone.page.get_by_role("button", name="I have read this").click()
    phone.page.wait_for_url("**/en/")
    return phone.page


def databases(page: Page) -> list[str]:
    return page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name).sort())")


def test_a_sign_in_that_ran_out_never_costs_an_entry(phone: Phone, live: Live) -> None:
    page = begin(phone)
    all_sign_ins_run_out(live)
    write(page, WORDS, "Only me")
    phone.says("1 saved on this phone. Sign in to send it")
    phone.close()
    page = phone.open()
    page.goto("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.goto("/en/")
    page.locator("tide-status a").click()
    page.get_by_role("link", name="Sign in to send", exact=True).click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    come_in(page, "ana")
    phone.says("All sent")
    assert texts(live) == [WORDS]
    phone.context.clear_cookies(name="session")
    page.goto("/sign-in")
    expect(page.get_by_text(WAITS)).to_be_hidden()


def test_a_browser_that_holds_nothing_is_told_of_nothing_and_keeps_no_store_for_it(phone: Phone) -> None:
    page = phone.page
    page.goto("/sign-in", wait_until="networkidle")
    expect(page.get_by_text(WAITS)).to_be_hidden()
    assert databases(page) == ["tidelog-door"], "which knows the theme"


def test_another_patient_sees_nothing_of_the_first_who_finds_all_again(phone: Phone, live: Live) -> None:
    page = begin(phone)
    all_sign_ins_run_out(live)
    write(page, WORDS, "Only me")
    phone.says("Sign in to send it")
    page = sign_in_again(phone, "another-patient")
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert texts(live) == []
    all_sign_ins_run_out(live)
    page = sign_in_again(phone, "ana")
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert texts(live) == [WORDS]


def test_when_someone_else_signs_in_in_another_tab_nothing_stays_on_the_screen(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    expect(page.get_by_text(WORDS)).to_be_visible()
    other = phone.context.new_page()
    phone.context.clear_cookies(name="session")
    come_in(other, "another-patient")
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_staff_who_sign_in_on_a_patients_phone_open_no_stores(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    all_sign_ins_run_out(live)
    come_in(page, "clinician")
    page.goto("/en/journal")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_signing_out_leaves_no_store_no_key_and_no_word_on_the_disk(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    phone.says("All sent")
    assert len(databases(page)) > 1
    page.goto("/en/more")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in")
    assert databases(page) == ["tidelog-door"]
    assert page.evaluate("document.cookie") == ""
    assert texts(live) == [WORDS]
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    page = phone.open()
    page.goto("/en/journal")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_no_word_lies_readable_on_the_disk_while_one_is_signed_in(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    phone.offline()
    page.goto("/en/journal/entry")
    keeps_a_draft(page, lambda: page.locator("#text").fill(WORDS))
    page.goto("/en/journal")
    phone.close()
    assert lying_about(phone.profile, WORDS) == []


def test_two_tabs_of_one_phone_say_the_same(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.goto("/en/journal")
    other = phone.context.new_page()
    other.goto("/en/journal")
    write(other, WORDS, "Only me")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_two_phones_of_one_patient_come_to_the_same_entries(phone: Phone, other_phone: Phone, live: Live) -> None:
    page, other = begin(phone), begin(other_phone)
    phone.offline()
    write(page, WORDS, "Only me")
    write(other, "From the other phone.", "Only me")
    phone.offline(False)
    for one in (phone, other_phone):
        one.says("All sent")
        one.page.goto("/en/journal")
        one.page.reload()
        for text in (WORDS, "From the other phone."):
            expect(one.page.get_by_text(text)).to_be_visible()


def test_a_browser_that_cannot_keep_anything_says_so(phone: Phone) -> None:
    phone.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    phone.page.goto("/en/check-in")
    phone.says("This browser cannot keep what you write")
    expect(phone.page.locator("#entry")).to_be_hidden()


def test_cookies_that_only_this_host_can_set_serve_a_phone_as_well(new_phone: Phone, live: Live) -> None:
    live.kill()
    live.start(SECURE_COOKIES="yes")  # Chromium takes those from localhost too
    page = sign_in_again(new_phone, "ana")
    names = {one["name"] for one in new_phone.context.cookies()}
    assert names == {"__Host-session", "__Host-device", "__Host-owner"}
    write(page, WORDS, "Only me")
    new_phone.says("All sent")
    page.goto("/en/more")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("document.cookie") == ""
    assert texts(live) == [WORDS]
