"""A forgotten PIN, another person, a passkey, a sign-in that ran out, an account that was closed: nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from pwa.records import Person, db
from tests.browser.locks import begin_locked, enter, is_locked, keys, lock, switch_on, unlock
from tests.browser.scene import Live, Phone, come_in, until
from tests.browser.test_lock import texts
from tests.browser.test_main_job import write
from tests.browser.test_owners import all_sign_ins_run_out, sign_in_again
from tests.browser.told import CARD, at, begin, bring, kept, version
from tests.conftest import CAST, CLINIC, PASSWORD

pytestmark = pytest.mark.browser

WORDS = "The tide table hangs beside the door."
#: as when a browser clears one database and leaves the rest
OUTBOX_GONE = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-outbox"));
  return new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = () => done()));
}"""


def sign_in_here(page: Page, who: str = "ana") -> None:
    """On the page that asks for it, wherever that leads."""
    page.get_by_label("Email").fill(CAST[who][3])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def add_a_thought(page: Page, words: str) -> None:
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="A thought, for me alone").click()
    page.get_by_label("Your entry").fill(words)
    page.get_by_role("button", name="Done").click()
    is_locked(page)


def test_a_forgotten_pin_costs_no_saved_word(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    unlock(page)
    phone.offline()
    write(page, "Saved while unlocked.", "Only me")
    lock(page)
    add_a_thought(page, WORDS)
    page.get_by_role("button", name="Forgot PIN").click()
    page.get_by_role("button", name="Sign in again").click()
    expect(page.locator("#forgot [data-told]")).to_have_text("This needs a connection. Nothing changed.")
    assert texts(live) == []
    phone.offline(False)
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url("**/sign-in**")
    sign_in_here(page)
    expect(page.get_by_role("heading", name="You signed in again")).to_be_visible()
    page.get_by_role("button", name="Send and begin anew").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    assert keys(page) == ["data", "device", "server"]
    page.goto("/en/journal")
    for words in ("Saved while unlocked.", WORDS):
        expect(page.get_by_text(words)).to_be_visible()
    assert sorted(text for text, _ in texts(live)) == sorted(["Saved while unlocked.", WORDS])


def test_a_sign_in_from_before_opens_nothing_for_whoever_says_the_pin_is_forgotten(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    phone.says("All sent")
    switch_on(page)
    lock(page)
    page.get_by_role("button", name="Forgot PIN").click()
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url("**/sign-in**")
    page.goto("/en/lock")
    page.get_by_role("button", name="Send and begin anew").click()
    expect(page.get_by_role("heading", name="Forgot your PIN?")).to_be_visible()
    page.goto("/en/journal")
    page.wait_for_url("**/en/lock**")
    assert WORDS not in page.content()


def test_a_pin_remembered_in_time_opens_all_as_it_was(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    lock(page)
    page.get_by_role("button", name="Forgot PIN").click()
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url("**/sign-in**")
    sign_in_here(page)
    page.locator("#anew [data-back]").click()
    enter(page)
    page.wait_for_url("**/en/")
    page.goto("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_a_browser_that_throws_the_locked_store_away_opens_nothing_before_a_new_sign_in_which_is_told_the_loss(
    phone: Phone, live: Live
) -> None:
    page = begin(phone)
    write(page, "Sent before.", "Only me")
    phone.says("All sent")
    switch_on(page)
    lock(page)
    phone.offline()
    add_a_thought(page, WORDS)
    page.evaluate(OUTBOX_GONE)
    phone.offline(False)
    for path in ("/en/journal", "/en/"):
        page.goto(path)
        expect(page.get_by_role("main").get_by_role("link", name="Sign in", exact=True)).to_be_visible()
        assert "Sent before." not in page.content()
    page.get_by_role("main").get_by_role("link", name="Sign in", exact=True).click()
    sign_in_here(page)
    page.goto("/en/")
    expect(page.locator("#lost")).to_contain_text("1 entry had not been sent yet, and is gone.")
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_text("Sent before.")).to_be_visible()


def test_another_person_finds_the_lock_of_the_first_and_none_of_their_own(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    all_sign_ins_run_out(live)
    add_a_thought(page, WORDS)
    page = sign_in_again(phone, "another-patient")
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert texts(live) == []
    all_sign_ins_run_out(live)
    come_in(page, "ana")
    is_locked(page)
    unlock(page)
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_a_passkey_opens_the_lock_and_the_pin_still_does(phone: Phone, live: Live) -> None:
    page = begin(phone)
    with_a_finger(phone)
    switch_on(page)
    page.get_by_text("Change the lock").click()
    page.get_by_label("Your PIN now").fill("204816")
    page.get_by_role("button", name="Add face or fingerprint").click()
    expect(page.locator("#remove-passkey")).to_have_count(1)
    until(page, "!document.querySelector('#remove-passkey').hidden")
    assert keys(page) == ["data", "device", "lock", "pair", "passkey", "pin", "server"]
    lock(page)
    phone.offline()
    page.get_by_role("button", name="Use face or fingerprint").click()
    page.wait_for_url("**/en/more")
    phone.says("Offline")
    lock(page)
    unlock(page)
    page.get_by_text("Change the lock").click()
    page.get_by_role("button", name="Remove face or fingerprint").click()
    until(page, "document.querySelector('#remove-passkey')?.hidden")
    assert "passkey" not in keys(page)


def with_a_finger(phone: Phone) -> None:
    """A platform authenticator that draws secrets, whose owner always says yes."""
    browser = phone.context.new_cdp_session(phone.page)
    browser.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True}
    answers = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": kind | answers})


def test_the_question_about_thoughts_is_asked_without_unlocking_and_help_comes_at_once(
    phone: Phone, live: Live, course_of_days_ago: None
) -> None:
    page = begin_locked(phone)
    phone.offline()
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="Check in").click()
    expect(page.locator("tide-thoughts")).to_be_visible()
    page.locator("[name=thoughts][value=often]").check(force=True)
    help_ = page.get_by_role("complementary", name="Thank you for telling us.")
    expect(help_).to_be_focused()
    expect(help_).to_contain_text("Your clinic has NOT been told yet. Save sends this to them.")
    expect(help_.get_by_role("link", name="Call").first).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    expect(help_).to_contain_text("Your clinic has NOT been told yet. This is saved on your phone")
    page.get_by_role("link", name="Back to Today").click()
    is_locked(page)
    assert "Thank you" not in page.content()
    page.go_back()
    expect(page.locator("#entry")).to_be_visible()
    expect(help_).to_be_hidden()
    expect(page.locator("[name=thoughts]:checked")).to_have_count(0)
    phone.offline(False)
    page.reload()
    until_sent(live, page)
    assert kept(live)[-1]["body"] == {"thoughts": "often"}


def until_sent(live: Live, page: Page) -> None:
    for _ in range(100):
        if kept(live)[-1]["body"] == {"thoughts": "often"}:
            return
        page.wait_for_timeout(100)


def test_where_the_clinic_does_not_ask_the_locked_form_does_not_either(phone: Phone, live: Live) -> None:
    bring(live, "clinician", version("card", at(1), {**CARD, "thoughts_asked": False}))
    page = begin_locked(phone)
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="Check in").click()
    expect(page.locator("#entry")).to_be_visible()
    expect(page.locator("tide-thoughts")).to_be_hidden()


def test_a_sign_in_that_ran_out_is_said_clearly_and_can_wait(phone: Phone, live: Live) -> None:
    page = begin(phone)
    all_sign_ins_run_out(live)
    write(page, WORDS, "Only me")
    phone.says("1 saved on this phone. Sign in to send it")
    page.locator("tide-status a").click()
    expect(page.get_by_role("heading", name="Please sign in again to send.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 entry is safe on this phone")).to_be_visible()
    page.get_by_role("link", name="Not now").click()
    page.wait_for_url("**/en/")
    write(page, "And one more.", "Only me")
    phone.says("2 saved on this phone. Sign in to send them")
    page.goto("/en/waiting")
    page.get_by_role("link", name="Sign in to send", exact=True).click()
    sign_in_here(page)
    phone.says("All sent")
    assert [text for text, _ in texts(live)] == [WORDS, "And one more."]


def test_an_account_that_the_clinic_closed_keeps_all_readable_until_its_owner_takes_it_off(
    phone: Phone, live: Live
) -> None:
    page = begin(phone)
    write(page, "Sent before.", "Only me")
    phone.says("All sent")
    close_account(live)
    write(page, WORDS, "Only me")
    phone.says("This account is closed")
    for words in ("Sent before.", WORDS):
        expect(page.get_by_text(words)).to_be_visible()
    page.locator("tide-status a").click()
    expect(page.get_by_role("heading", name="This account is closed.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy").click()
    assert WORDS in download.value.path().read_text()
    page.get_by_label("To take everything off this phone, type DISCARD").fill("discard")
    page.get_by_role("button", name="Take everything off this phone").click()
    page.wait_for_url("**/sign-in")
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert names == ["tidelog-door"]
    come_in_again = page.get_by_role("button", name="Sign in")
    page.get_by_label("Email").fill(CAST["ana"][3])
    page.get_by_label("Password").fill(PASSWORD)
    come_in_again.click()
    expect(page.get_by_role("alert")).to_contain_text("is closed. Nothing can be sent.")


def close_account(live: Live) -> None:
    with live.app.app_context():
        db.session.get_one(Person, (CLINIC, CAST["ana"][1])).closed_at = datetime.now(UTC)
        db.session.commit()
        db.session.remove()
