"""An iPhone's browser deletes after a week what waits in it: that is said, and so is the way to the Home Screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pwa.accounts.invitations import invite
from pwa.records import Person, db
from tests.browser.scene import Live, come_in
from tests.browser.test_locked_flows import sign_in_here
from tests.browser.test_main_job import write
from tests.browser.test_owners import all_sign_ins_run_out
from tests.browser.told import kept
from tests.conftest import CAST

pytestmark = pytest.mark.browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Safari/604.1"
WORDS = "Written in a tab."


def opened(live: Live, chromium: Browser, agent: str | None = IPHONE) -> BrowserContext:
    """With the worker left out, whose calls a test cannot cut."""
    size = {"width": 390, "height": 844}
    return chromium.new_context(base_url=live.address, viewport=size, user_agent=agent, service_workers="block")


@pytest.fixture
def tab(live: Live, chromium: Browser) -> Iterator[Page]:
    """Safari on Ana's iPhone, signed in."""
    context = opened(live, chromium)
    page = context.new_page()
    come_in(page, "ana")
    read(page)
    yield page
    context.close()


@pytest.fixture
def home_screen(live: Live, chromium: Browser) -> Iterator[Page]:
    """The app on the Home Screen: the same phone, with a store of its own that is empty."""
    context = opened(live, chromium)
    context.add_init_script("Object.defineProperty(navigator, 'standalone', { value: true })")
    yield context.new_page()
    context.close()


def read(page: Page) -> None:
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/en/")
    expect(page.locator("tide-status")).to_contain_text("All sent")


def write_offline(page: Page) -> None:
    page.route("**/sync", lambda route: route.abort())
    write(page, WORDS, "Only me")


def test_today_says_so_once_there_is_something_to_lose(tab: Page) -> None:
    expect(tab.locator("#tab")).to_be_hidden()
    write_offline(tab)
    tab.goto("/en/")
    expect(tab.locator("#tab")).to_contain_text("your iPhone may delete what waits in this browser")
    tab.get_by_role("link", name="See how").click()
    expect(tab.get_by_text("Choose Add to Home Screen.")).to_be_visible()


def test_what_waits_is_sent_before_one_moves_and_the_empty_app_opens_by_the_code(
    tab: Page, home_screen: Page, live: Live
) -> None:
    write_offline(tab)
    tab.goto("/en/more")
    expect(tab.locator("#install-waits")).to_contain_text("1 entry waits here and does not move along")
    tab.unroute("**/sync")
    tab.get_by_role("button", name="Get a code").click()
    expect(tab.locator("#code")).to_be_visible()
    code = tab.locator("#code b").inner_text()
    expect(tab.locator("#install-waits")).to_have_text("Everything here is sent.")
    assert [version["body"]["text"] for version in kept(live)] == [WORDS]

    home_screen.goto("/en/more")
    expect(home_screen.locator("#install")).to_be_hidden()
    home_screen.get_by_role("main").get_by_role("link", name="Sign in", exact=True).click()
    home_screen.get_by_role("link", name="I have a code").click()
    home_screen.get_by_label("Code").fill(code.lower())
    home_screen.get_by_role("button", name="Sign in").click()
    read(home_screen)
    home_screen.goto("/en/journal")
    expect(home_screen.get_by_role("link", name=WORDS)).to_be_visible()
    expect(home_screen.locator("#tab")).to_have_count(0)


def test_where_an_invitation_ends_the_way_to_the_home_screen_is_shown_and_its_code_opens_the_app_there(
    live: Live, chromium: Browser, home_screen: Page
) -> None:
    with live.app.app_context():
        code = invite(db.session.get_one(Person, CAST["ana"][:2]), None)
        db.session.commit()
        db.session.remove()
    context = opened(live, chromium)
    page = context.new_page()
    page.goto(f"/invited#{code}")
    page.fill("#password", "four sea birds asleep")
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/account/home-screen")
    expect(page.get_by_text("Choose Add to Home Screen.")).to_be_visible()
    expect(page.get_by_text("Choose Add to home screen, or Install.")).to_be_hidden()
    page.get_by_role("button", name="Get a code").click()
    expect(page.locator("#code")).to_be_visible()
    home_screen.goto("/sign-in/code")
    home_screen.get_by_label("Code").fill(page.locator("#code b").inner_text())
    home_screen.get_by_role("button", name="Sign in").click()
    read(home_screen)
    home_screen.goto("/account/home-screen")
    home_screen.wait_for_url("**/en/")
    context.close()


def test_a_code_that_is_wrong_says_what_to_do(home_screen: Page) -> None:
    home_screen.goto("/sign-in/code")
    home_screen.get_by_label("Code").fill("wrong-one")
    home_screen.get_by_role("button", name="Sign in").click()
    expect(home_screen.get_by_role("alert")).to_contain_text("Get a new one and try again.")
    expect(home_screen.get_by_label("Code")).to_be_focused()


def test_without_a_network_there_is_no_code_and_that_is_said(tab: Page) -> None:
    tab.goto("/en/more")
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Get a code").click()
    expect(tab.locator("#code-told")).to_contain_text("There is no code without a connection to your clinic.")
    expect(tab.locator("#code")).to_be_hidden()


def test_with_a_sign_in_that_ran_out_there_is_a_code_after_signing_in_again(tab: Page, live: Live) -> None:
    all_sign_ins_run_out(live)
    tab.goto("/en/more")
    tab.get_by_role("button", name="Get a code").click()
    expect(tab.locator("#code-told")).to_have_text("Please sign in again first. Then you can get a code.")
    tab.locator("#code-for").get_by_role("link", name="Sign in again").click()
    sign_in_here(tab)
    tab.wait_for_url("**/en/more")
    tab.get_by_role("button", name="Get a code").click()
    expect(tab.locator("#code")).to_be_visible()


def test_no_other_phone_is_told_about_tabs(live: Live, chromium: Browser) -> None:
    context = opened(live, chromium, agent=None)
    page = context.new_page()
    come_in(page, "ana")
    read(page)
    write_offline(page)
    page.goto("/en/")
    expect(page.locator("#waits")).to_be_visible()
    expect(page.locator("#tab")).to_be_hidden()
    context.close()
