"""A phone whose app lock is on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.scene import Phone, until
from tests.browser.told import begin

PIN = "204816"


def switch_on(page: Page, after: str = "5 min") -> None:
    page.goto("/en/more")
    page.get_by_label("A PIN of 6 digits", exact=True).fill(PIN)
    page.get_by_label("The same once more").fill(PIN)
    page.get_by_role("radio", name=after, exact=True).check(force=True)
    page.get_by_role("button", name="Switch the lock on").click()
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()


def lock(page: Page) -> None:
    page.goto("/en/more")
    page.get_by_role("button", name="Lock now").click()
    is_locked(page)


def is_locked(page: Page) -> None:
    page.wait_for_url("**/en/lock**")
    expect(page.get_by_role("heading", name="Tidelog is locked")).to_be_visible()
    expect(page.locator("#says")).to_have_text("Enter your 6-digit PIN")


def enter(page: Page, pin: str = PIN) -> None:
    for digit in pin:
        page.get_by_role("button", name=digit, exact=True).click()


def unlock(page: Page) -> None:
    enter(page)
    page.wait_for_url(lambda url: "/lock" not in url)


def begin_locked(phone: Phone) -> Page:
    page = begin(phone)
    switch_on(page)
    lock(page)
    return page


def keys(page: Page) -> list[str]:
    """The rows of the store of keys, by their ids."""
    return page.evaluate("""async () => {
      const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-outbox"));
      return new Promise((done) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const asking = opening.result.transaction("keys").objectStore("keys").getAllKeys();
          asking.onsuccess = () => (opening.result.close(), done(asking.result.sort()));
        };
      });
    }""")


def covered(page: Page, yes: bool) -> None:
    until(page, f"('covered' in document.documentElement.dataset) === {str(yes).lower()}")
