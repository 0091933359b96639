"""A safety plan on the locked screen: only where its owner chose so, and gone at once when they no longer do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.locks import PIN, begin_locked, is_locked, keys, lock, switch_on, unlock
from tests.browser.profile import lying_about
from tests.browser.scene import Phone, until
from tests.browser.told import begin

pytestmark = pytest.mark.browser

WORDS = "Mara, 416-555-0199. She knows."


def test_a_locked_phone_shows_nothing_of_a_plan_until_its_owner_chose_so(phone: Phone) -> None:
    page = begin_locked(phone)
    unlock(page)
    write(page, WORDS)
    lock(page)
    expect(page.locator("#plan")).to_be_hidden()
    assert "plan" not in keys(page)
    page.goto("/en/help")
    expect(page.get_by_text("Nobody watches this app in real time.")).to_be_visible()
    expect(page.get_by_role("link", name="My safety plan")).to_be_hidden()
    assert WORDS not in page.content()


def test_a_plan_that_may_be_seen_is_read_without_the_pin_offline_and_its_numbers_can_be_called(phone: Phone) -> None:
    page = chosen(phone)
    lock(page)
    phone.offline()
    page.goto("/en/help")
    page.get_by_role("link", name="My safety plan").click()
    is_locked(page)
    expect(page.locator("#plan")).to_contain_text("People I can turn to")
    expect(page.locator("#plan p:visible")).to_have_text([WORDS])
    expect(page.get_by_role("link", name="416-555-0199")).to_have_attribute("href", "tel:4165550199")
    expect(page.locator("#plan").get_by_role("textbox")).to_have_count(0)
    page.locator("#plan summary").click()
    unlock(page)
    assert page.url.endswith("/en/safety-plan")


def test_a_plan_that_is_changed_is_shown_as_it_is_now_and_one_that_is_taken_back_no_more(phone: Phone) -> None:
    page = chosen(phone)
    write(page, "Jo from work.")
    lock(page)
    page.locator("#plan summary").click()
    expect(page.locator("#plan p:visible")).to_have_text(["Jo from work."])
    page.locator("#plan summary").click()
    unlock(page)
    page.goto("/en/safety-plan")
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url(lambda url: "safety-plan" not in url)
    lock(page)
    expect(page.locator("#plan")).to_be_hidden()


def test_a_choice_that_is_taken_back_takes_the_plan_off_the_locked_screen_at_once(phone: Phone) -> None:
    page = chosen(phone)
    page.goto("/en/more")
    choice = page.get_by_label("Show my safety plan on the locked screen")
    expect(choice).to_be_checked()
    choice.uncheck()
    without_plan(page)
    page.reload()
    expect(page.get_by_label("Show my safety plan on the locked screen")).not_to_be_checked()
    lock(page)
    expect(page.locator("#plan")).to_be_hidden()


def test_with_the_lock_the_choice_goes_too(phone: Phone) -> None:
    page = chosen(phone)
    page.goto("/en/more")
    page.locator("#lock summary").click()
    page.get_by_label("Your PIN now").fill(PIN)
    page.get_by_role("button", name="Switch the lock off").click()
    expect(page.get_by_role("button", name="Switch the lock on")).to_be_visible()
    without_plan(page)
    switch_on(page)
    expect(page.get_by_label("Show my safety plan on the locked screen")).not_to_be_checked()


def test_signing_out_takes_the_plan_away_even_where_the_rest_stays_shut(phone: Phone) -> None:
    page = chosen(phone)
    lock(page)
    phone.offline()
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="Check in").click()
    page.get_by_label("Anything to add?").fill("Rain.")
    page.get_by_role("button", name="Save", exact=True).click()
    is_locked(page)
    page.route("**/sync", lambda route: route.abort())
    phone.offline(False)
    page.get_by_role("button", name="Forgot PIN").click()
    page.get_by_role("button", name="Sign out on this phone").click()
    page.get_by_role("button", name="Sign out and keep it locked here").click()
    page.wait_for_url("**/sign-in")
    assert "pin" in keys(page), "what waits stays under its lock"
    assert "plan" not in keys(page)
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    phone.open()


def chosen(phone: Phone) -> Page:
    """With a plan, the lock on, and the plan on the locked screen."""
    page = begin(phone)
    write(page, WORDS)
    switch_on(page)
    page.get_by_label("Show my safety plan on the locked screen").check()
    until(page, f"({HAS_PLAN})()")
    return page


def write(page: Page, words: str) -> None:
    page.goto("/en/safety-plan")
    page.get_by_label("People I can turn to").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(lambda url: "safety-plan" not in url)


def without_plan(page: Page) -> None:
    until(page, f"({HAS_PLAN})().then((has) => !has)")


HAS_PLAN = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-outbox"));
  return new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const asking = opening.result.transaction("keys").objectStore("keys").getKey("plan");
      asking.onsuccess = () => (opening.result.close(), done(asking.result !== undefined));
    };
  });
}"""
