"""Hands on a phone: they find the pages again whatever happened, and know who is signed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page

from tests.browser.locks import PIN
from tests.browser.told import DOOR
from tests.conftest import CLINIC, PASSWORD
from tests.soak.browser import SoakedPhone
from tests.soak.clinic import Somebody
from tests.soak.ledger import Ledger
from tests.soak.proxy import Proxy

#: seconds after which hands give up: then something is wrong with the product or with the soak
PATIENCE = 120.0
#: milliseconds for a page to show what it is for, before it is asked for again
SOON = 8000
SIGNED_OUT, UNREAD = "[data-when=signed-out]:visible", "#read:visible"
#: the lock asks for the PIN, or for what shall become of a forgotten one
LOCKED, BACK = "#pad:visible", "[data-back]:visible"


class Stuck(AssertionError):
    pass


class Hands:
    def __init__(self, phone: SoakedPhone, proxy: Proxy, people: list[Somebody], ledger: Ledger) -> None:
        self.phone, self.proxy, self.people, self.ledger = phone, proxy, people, ledger
        self.chance = ledger.chance
        #: how a tap on Save may end, and how often
        self.endings: dict[Any, int] = {}
        #: who holds the phone
        self.holder = people[0]

    @property
    def page(self) -> Page:
        return self.phone.page

    def arrive(self, path: str, *shows: str, page: Page | None = None) -> Locator:
        """At a page that shows one of these. On the way one unlocks, signs in and reads who reads what, if asked."""
        page = page or self.page
        wanted = page.locator(", ".join(f"{one}:visible" for one in shows)).first

        def there() -> bool:
            page.goto(path, wait_until="commit")
            wanted.or_(page.locator(f"{SIGNED_OUT}, {UNREAD}, {LOCKED}, {BACK}")).first.wait_for(timeout=SOON)
            if page.locator(f"{LOCKED}, {BACK}").count():
                self.unlock(page)
            elif page.locator(UNREAD).count():
                page.locator(UNREAD).click()
                page.wait_for_url("**/en/", wait_until="commit")
            elif page.locator(SIGNED_OUT).count():
                self.sign_in(self.holder)
            return bool(wanted.is_visible())

        self.patiently(there, f"at {path}")
        return wanted

    def patiently(self, step: Callable[[], bool], what: str) -> None:
        """Again and again, through lost pages and a server that is away."""
        end, why = time.monotonic() + PATIENCE, "no"
        while time.monotonic() < end:
            try:
                if step():
                    return
            except Error as error:
                why = error.message.splitlines()[0]
                if self.page.is_closed():
                    raise
            self.page.wait_for_timeout(20)
        where = f"{self.page.url}: {self.page.locator('body').inner_text()[:200]!r}"
        raise Stuck(f"phone {self.ledger.phone} is not {what}: {why}; it is at {where}")

    def unlock(self, page: Page) -> None:
        if page.locator(BACK).count():
            page.locator(BACK).click()
        page.locator(LOCKED).wait_for()
        page.keyboard.type(PIN)
        page.wait_for_url(lambda url: "/lock" not in url, wait_until="commit")
        self.ledger.did("unlocked")

    def sign_in(self, who: Somebody) -> None:
        """Whoever was signed in before; a sign-in of somebody else is taken from the browser, as if it had run out."""
        self.holder = who
        self.phone.offline(False)
        self.patiently(lambda: self._tries(who), f"signed in as {who}")
        self.ledger.did("sign-ins")

    def _tries(self, who: Somebody) -> bool:
        page = self.page
        page.goto("/sign-in", wait_until="commit")
        if path_of(page) == "/sign-in":
            page.get_by_label("Your clinic").select_option(CLINIC)
            page.get_by_label("Email").fill(who.email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in", wait_until="commit")
        if self.cookie() == who.id:
            return True
        self.phone.context.clear_cookies(name="session")
        return False

    def signed_in(self) -> Somebody:
        """Who signed in last on this browser, as it remembers; without that, whose stores open here."""
        id_ = self.cookie() or (self.page.evaluate(DOOR) or {}).get("owner")
        return {one.id: one for one in self.people}[id_]

    def cookie(self) -> str | None:
        found = [one["value"] for one in self.phone.context.cookies() if one["name"] == "owner"]
        return found[0] if found else None


def path_of(page: Page) -> str:
    return urlsplit(page.url).path
