"""From the clinic's form to the app on a new patient's phone, and what it takes: pages, fields, signs and taps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.keeper import keeper

DANA = {
    "name": "Dana Roy",
    "email": "dana@here.test",
    "code": "KT-2001",
    "birth_date": "1991-05-06",
}
CHOSEN = "four sea birds asleep"
#: what Chromium says once it would install a site, which it does only to whoever used it for a while
OFFER = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = () => { document.title = "asked to install" };
  dispatchEvent(offer);
}"""


@dataclass(frozen=True)
class Taken:
    pages: int
    fields: int
    signs: int
    taps: int

    def row(self) -> str:
        return f"{self.pages} | {self.fields} | {self.signs} | {self.taps}"


class Steps:
    """Whoever sits at a page does everything through this."""

    def __init__(self, page: Page) -> None:
        self.page, self.pages, self.typed, self.taps, self.words = page, 0, list[str](), 0, 0
        page.on("domcontentloaded", self._see)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def type(self, where: str, text: str) -> None:
        self.typed.append(text)
        self.page.fill(where, text)

    def pick(self, where: str, label: str) -> None:
        """From a list that opens with one tap and closes with another."""
        self.taps += 2
        self.page.select_option(where, label=label)

    def stand_at(self, address: str) -> None:
        """Its words are there to be read."""
        self.page.wait_for_url(address)
        self.words += len(self.page.locator("main").inner_text().split())

    def taken(self) -> Taken:
        return Taken(self.pages, len(self.typed), sum(map(len, self.typed)), self.taps)

    def _see(self, _page: Page) -> None:
        self.pages += 1


def invite(desk: Steps, read: Callable[[Locator], str]) -> str:
    """From the clinic's list of invitations to the sheet; `read`: what a camera reads in its square."""
    page = desk.page
    desk.tap(page.get_by_role("link", name="Invite a patient"))
    for name, text in DANA.items():
        desk.type(f"#{name}", text)
    desk.pick("#clinician", "clinician")
    desk.tap(page.get_by_role("button", name="Make the invitation"))
    return read(page.locator(".ticket svg"))


def by_password(phone: Steps) -> None:
    phone.type("#password", CHOSEN)
    phone.tap(phone.page.get_by_role("button", name="Go in"))


def by_passkey(phone: Steps) -> None:
    phone.tap(phone.page.locator("[data-passkey=make]"))


def follow(phone: Steps, link: str, come_in: Callable[[Steps], None]) -> None:
    """From the square to the prompt of the browser that puts the app on the home screen."""
    page = phone.page
    keeper(page)
    page.goto(link)
    phone.stand_at("**/invited/choose**")
    come_in(phone)
    phone.stand_at("**/terms?**")
    phone.tap(page.get_by_role("button", name="I agree"))
    phone.stand_at("**/account/home-screen")
    page.locator("#code-for").wait_for()
    page.evaluate(OFFER)
    phone.tap(page.get_by_role("button", name="Add to the home screen"))
