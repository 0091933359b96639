"""The main job: all is logged on a phone without a network, the browser is closed, and later the clinic has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.scene import Live, Phone, come_in
from tests.browser.told import begin
from tests.conftest import CAST

pytestmark = pytest.mark.browser

SHARED = "Under the water it was quiet, and I was not afraid."
EDITED = SHARED + " I would like to talk about that."
PRIVATE = "This is for nobody but me."
REGRETTED = "I take this one back."


def network_cut(phone: Phone, live: Live) -> Callable[[], None]:
    """Chromium is told that it is offline. It hears so a moment too late when it starts, so nobody must answer then."""
    phone.offline()
    live.kill()

    def back() -> None:
        live.start()
        phone.offline(False)

    return back


def server_killed(phone: Phone, live: Live) -> Callable[[], None]:
    """The phone believes that it is online. No browser notices when the server is back; whoever opens a page does."""
    live.kill()

    def back() -> None:
        live.start()
        phone.page.goto("/en/")

    return back


@pytest.mark.parametrize("without", [network_cut, server_killed])
def test_what_is_logged_offline_reaches_the_clinic(without, new_phone: Phone, live: Live, desk: BrowserContext) -> None:
    begin(new_phone)
    back_again = without(new_phone, live)
    log_all(new_phone.page)
    new_phone.close()
    page = new_phone.open()
    see_all(page)
    new_phone.says("Offline. 5 saved on this phone")
    back_again()
    new_phone.says("All sent", within=5000)
    see_all(page)
    see_at_the_clinic(desk)


def log_all(page: Page) -> None:
    check_in(page, mood=6, anxiety=4)
    report_headache(page)
    write(page, SHARED, "My therapist")
    write(page, PRIVATE, "Only me")
    write(page, REGRETTED, "My care team")
    edit(page, SHARED, EDITED)
    take_back(page, REGRETTED)


def check_in(page: Page, mood: int, anxiety: int) -> None:
    page.goto("/en/check-in")
    page.locator("#mood").fill(str(mood))
    page.locator("#anxiety").fill(str(anxiety))
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/en/")


def report_headache(page: Page) -> None:
    page.goto("/en/body")
    page.locator("#find").fill("headache")
    page.locator("[data-effect=headache] button").click()
    page.locator("tide-effect").get_by_text("Mild", exact=True).first.click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/en/")


def write(page: Page, text: str, reader: str) -> None:
    page.goto("/en/journal/entry")
    page.locator("#text").fill(text)
    page.get_by_role("radio", name=reader).check(force=True)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")


def edit(page: Page, text: str, now: str) -> None:
    page.goto("/en/journal")
    page.get_by_role("link", name=text).click()
    page.locator("#text").fill(now)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")


def take_back(page: Page, text: str) -> None:
    page.goto("/en/journal")
    page.get_by_role("link", name=text).click()
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The entry was taken back.")).to_be_visible()


def see_all(page: Page) -> None:
    page.goto("/en/journal")
    for text in (EDITED, PRIVATE):
        expect(page.get_by_role("link", name=text)).to_be_visible()
    expect(page.get_by_text(REGRETTED)).to_have_count(0)


def see_at_the_clinic(desk: BrowserContext) -> None:
    page = desk.new_page()
    address = f"/clinic/patients/{CAST['ana'][1]}"
    come_in(page, "clinician")
    page.goto(address)
    for said in ("Mood 6", "Anxiety 4", "Headache: Mild"):
        expect(page.locator("main")).to_contain_text(said)
    for text in (EDITED, PRIVATE, REGRETTED):
        expect(page.get_by_text(text)).to_have_count(0)
    desk.clear_cookies()
    come_in(page, "therapist")
    page.goto(address)
    expect(page.get_by_text(EDITED)).to_be_visible()
    for text in (PRIVATE, REGRETTED):
        expect(page.get_by_text(text)).to_have_count(0)
