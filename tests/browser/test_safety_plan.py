"""A safety plan is written and read without a network, and is nobody else's until that was chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scene import Live, Phone, until
from tests.browser.told import begin, keeps_a_draft, kept

pytestmark = pytest.mark.browser

STANDING = "SELECT count(*) FROM safety_plan"
WORDS = "A walk by the water."


def test_a_safety_plan_is_kept_offline_and_reaches_the_clinics_pages_only_once_it_is_shared(
    phone: Phone, live: Live, course: None
) -> None:
    page = begin(phone)
    phone.offline()
    page.goto("/en/help")
    page.get_by_role("link", name="My safety plan").click()
    write(page)
    page.goto("/en/safety-plan")
    expect(page.get_by_label("What helps me")).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="Only me")).to_be_checked()
    phone.offline(False)
    phone.says("All sent")
    assert live.count(STANDING) == 0
    share(phone, "My care team")
    own, shared = [one for one in kept(live) if one["kind"] == "safety-plan"]
    assert own["body"] == {"helps": WORDS, "audience": "me"}
    assert (shared["body"]["audience"], shared["parents"]) == ("care-team", [own["id"]])
    assert live.count(STANDING) == 1
    share(phone, "Only me")
    assert live.count(STANDING) == 0


def test_a_plan_that_was_begun_is_there_after_the_browser_was_closed(phone: Phone) -> None:
    page = begin(phone)
    phone.offline()
    page.goto("/en/safety-plan")
    keeps_a_draft(page, lambda: page.get_by_label("People I can turn to").fill("My sister"))
    phone.close()
    page = phone.open()
    page.goto("/en/safety-plan")
    expect(page.get_by_label("People I can turn to")).to_have_value("My sister")
    expect(page.get_by_text("You began this earlier.")).to_be_visible()


def test_the_plan_is_beside_the_help_after_a_yes_and_on_today_once_there_is_one(
    phone: Phone, course_of_days_ago: None
) -> None:
    page = begin(phone)
    expect(page.get_by_role("link", name="My safety plan")).to_be_hidden()
    page.goto("/en/more")
    page.get_by_role("link", name="My safety plan").click()
    write(page)
    phone.offline()
    page.goto("/en/")
    expect(page.get_by_role("link", name="My safety plan")).to_be_visible()
    page.goto("/en/check-in")
    page.locator("tide-thoughts .choice label").nth(2).click()
    page.get_by_role("complementary").get_by_role("link", name="My safety plan").click()
    expect(page.get_by_label("What helps me")).to_have_value(WORDS)


def test_nothing_of_a_plan_lies_readable_on_the_phone(phone: Phone) -> None:
    page = begin(phone)
    page.goto("/en/safety-plan")
    write(page)
    page.goto("/en/")
    phone.says("All sent")
    until(page, f"({EVERY_ROW})().then((text) => text.includes('sealed') && !text.includes('water'))")


def write(page: Page) -> None:
    page.get_by_label("What helps me").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(lambda url: "safety-plan" not in url)


def share(phone: Phone, whom: str) -> None:
    phone.page.goto("/en/safety-plan")
    phone.page.locator(".chip", has_text=whom).click()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    phone.page.wait_for_url(lambda url: "safety-plan" not in url)
    phone.page.goto("/en/")
    phone.says("All sent")


#: all that lies in the databases of this phone, as text
EVERY_ROW = """async () => {
  const done = (asking) => new Promise((resolve) => (asking.onsuccess = () => resolve(asking.result)));
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      rows.push(name, await done(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return JSON.stringify(rows);
}"""
