"""Every page of the product in a real browser, over a demo clinic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.scene import CHROMIUM, PLAIN
from tools.screenshots import settle_in, shut_lock, sign_in, speak, switch_lock_on
from tools.serving import demo_clinic

PATIENT_PAGES = (
    "",
    "check-in",
    "after-session",
    "body",
    "checks",
    "home-dose",
    "safety-plan",
    "journal",
    "journal/entry",
    "progress",
    "help",
    "more",
    "waiting",
    "welcome",
)
#: of a patient's own account, which the server makes
OWN_PAGES = (
    *("/account", "/account/looks", "/account/sharing", "/account/record", "/account/address"),
    *("/account/close", "/account/home-screen"),
)
#: what opens without unlocking
LOCKED_PAGES = ("lock", "check-in?locked", "body?locked", "journal/entry?locked")
STAFF = ("clinician", "therapist", "manager", "desk")
#: what staff write of a patient, from the patient's page
WRITTEN = (
    "a[href$='/treatments/new']",
    "a[href$='/course']",
    "td a[href*='/treatments/']",
    "a[href$='/summary']",
    "a[href$='/notes']",
    "a[href*='/notes/']",
    "a[href$='/events/new']",
    "td a[href*='/events/']",
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with demo_clinic(Path(tmp_path_factory.mktemp("demo"))) as served:
        yield served


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=PLAIN)
    yield browser
    browser.close()


def opened(chromium: Browser, address: str, width: int = 390, height: int = 844) -> BrowserContext:
    return chromium.new_context(
        base_url=address, viewport={"width": width, "height": height}, timezone_id="America/Toronto"
    )


@pytest.fixture(scope="session")
def phone(chromium: Browser, demo: tuple[str, str]) -> Iterator[Page]:
    """The demo's patient, signed in, with everything pulled."""
    context = opened(chromium, demo[0])
    page = context.new_page()
    sign_in(page, "patient@demo.test", demo[1])
    settle_in(page, "en")
    yield page
    context.close()


@pytest.fixture(scope="session")
def locked(chromium: Browser, demo: tuple[str, str]) -> Iterator[Page]:
    """The same on another phone, whose app lock is shut; a safety plan can be read all the same."""
    context = opened(chromium, demo[0])
    page = context.new_page()
    sign_in(page, "patient@demo.test", demo[1])
    settle_in(page, "en")
    page.goto("/en/safety-plan")
    page.fill("#people", "Mara, 416-555-0199")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/help")
    switch_lock_on(page, "en")
    page.check("#plan-locked")
    shut_lock(page)
    yield page
    context.close()


@pytest.fixture(scope="session")
def desks(chromium: Browser, demo: tuple[str, str]) -> Iterator[dict[str, Page]]:
    """A page for each member of staff, signed in."""
    contexts = {who: opened(chromium, demo[0], 1440, 900) for who in STAFF}
    for who, context in contexts.items():
        sign_in(context.new_page(), f"{who}@demo.test", demo[1])
    yield {who: context.pages[0] for who, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="session")
def addresses(desks: dict[str, Page]) -> dict[str, list[str]]:
    return {who: desk_addresses(page) for who, page in desks.items()}


def desk_addresses(page: Page) -> list[str]:
    """The rail of this member of staff, all that was shared with them, a cell of side effects, an alert, those for whom
    none is open, a patient, their course and sessions, summary, notes and adverse events, as far as they are open to
    them; and of a manager, who is one of all staff in this, how one comes in oneself. Of the front desk its rail alone:
    the forms that it opens are those of others too."""
    page.goto("/clinic/")
    found = [str(room.get_attribute("href")) for room in page.locator(".rail > a").all()]
    if found == ["/clinic/sessions", "/clinic/invitations"]:
        return found
    if "/clinic/triage" in found:
        page.goto("/clinic/triage")
        alert = page.locator("main a[href*='/clinic/alerts/']").first
        found += [str(alert.get_attribute("href"))] if alert.count() else []
        found.append("/clinic/triage?show=quiet")
        page.goto("/clinic/")
    if "/clinic/room" in found:
        page.goto("/clinic/room")
        found.append(str(page.locator("a[href$='/journal']").get_attribute("href")))
        found.append("/clinic/room?show=noted")
        page.goto("/clinic/")
    if "/clinic/invitations" in found:
        found += ["/clinic/invitations/patient", "/clinic/correct"]
    if "/clinic/people" in found:
        found += ["/account", "/account/password", "/account/second", "/account/prove", "/terms"]
        page.goto("/clinic/people")
        of_one = (page.locator(f"main a[href$='/{one}']").first for one in ("team", "hand-over", "correct"))
        found += [str(link.get_attribute("href")) for link in of_one]
    if "/clinic/effects" in found:
        page.goto("/clinic/effects")
        found += ["/clinic/effects?as=table", "/clinic/emergency"]
        cell = page.locator(".matrix td a").first
        if cell.count():  # without its #cell, from which one would begin to walk in mid-page
            found.append(str(cell.get_attribute("href")).partition("#")[0])
        page.goto("/clinic/")
    if "/clinic/outcomes" in found:
        found.append("/clinic/outcomes?as=table")
    patient = page.locator("main a[href*='/clinic/patients/']").first
    if patient.count():
        found.append(str(patient.get_attribute("href")))
        page.goto(found[-1])
        for wanted in WRITTEN:
            link = page.locator(wanted).first
            if link.count():
                found.append(str(link.get_attribute("href")))
    return found


__all__ = ["LOCKED_PAGES", "OWN_PAGES", "PATIENT_PAGES", "STAFF", "opened", "speak"]
