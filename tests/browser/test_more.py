"""Language, light, size of words, what waits, and going."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_journal import write
from tests.browser.test_locked_flows import sign_in_here
from tests.browser.test_owners import all_sign_ins_run_out
from tests.browser.told import DOOR, at, begin, bring, go, keeps_a_draft, kept, version
from tests.conftest import CAST, PASSWORD
from tests.pages.test_accessibility import nothing_found_in_either_theme

pytestmark = pytest.mark.browser
READY = "#language[data-ready]"
DATABASES = "indexedDB.databases().then((all) => all.map(({ name }) => name))"


def more(page):
    """Opened, and wired: before that a tap on a language is a plain link's, and nothing that is chosen is kept."""
    page.goto("/en/more")
    expect(page.locator(READY)).to_be_attached()


def test_a_change_of_language_keeps_the_page_and_is_remembered(phone, live, course):
    page = begin(phone)
    more(page)
    page.get_by_role("link", name="Français").press("Enter")
    page.wait_for_url("**/fr/more")
    assert page.evaluate(DOOR)["language"] == "fr"
    page.goto("/")
    page.wait_for_url("**/fr/")


def test_a_language_chosen_offline_becomes_the_accounts_once_there_is_a_network(phone, live, course):
    page = begin(phone)
    more(page)
    phone.offline()
    page.get_by_role("link", name="Français").press("Enter")
    page.wait_for_url("**/fr/more")
    assert page.evaluate(DOOR)["untold"] == "fr"
    with page.expect_response("**/account/language/fr") as told:  # the page that is open may tell it already
        phone.offline(False)
        page.goto("/fr/more")
    assert told.value.status == 204
    page.goto("/account")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_theme_and_size_of_words_stay_chosen(phone, live, course):
    page = begin(phone)
    more(page)
    page.get_by_role("radio", name="Dim").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Larger").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dim")
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    phone.close()
    page = phone.open()
    go(page, "/en/journal")
    expect(page.locator("html")).to_have_attribute("data-theme", "dim")
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    more(page)
    expect(page.get_by_role("radio", name="Larger")).to_be_checked()


def test_what_waits_is_listed_counted_and_can_be_sent_by_hand(phone, live, course):
    page = begin(phone)
    phone.offline()
    write(page, "Written on a train.")
    go(page, "/en/waiting")
    expect(page.get_by_role("heading", name="No internet, no problem.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 entry waiting safely")).to_be_visible()
    expect(page.locator(".waitlist li")).to_contain_text("Journal entryToday, ")
    expect(page.get_by_text("Your care team cannot see these yet.")).to_be_visible()
    go(page, "/en/")
    expect(page.get_by_role("link", name="1 entry waits on this phone")).to_be_visible()
    more(page)
    expect(page.locator("#waiting")).to_have_text("1")
    phone.offline(False)
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator("#waiting")).to_have_text("0")
    expect(page.locator("#told")).to_have_text("All sent.")


def test_what_could_not_be_taken_in_is_shown_with_its_reason_and_a_way_to_mend_it(phone, live, course):
    odd = version("journal", at(1), {"text": "Kept, but for nobody known.", "audience": "the world"})
    bring(live, "ana", odd, outcome="parked")
    page = begin(phone, "Needs your attention")
    go(page, "/en/waiting")
    expect(page.get_by_role("heading", name="Something needs your attention.")).to_be_visible()
    expect(page.locator(".why li").first).not_to_be_empty()
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.locator("#text")).to_have_value("Kept, but for nobody known.")
    expect(page.get_by_role("heading", name="This entry needs your attention")).to_be_visible()
    page.get_by_role("radio", name="Only me").check(force=True)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    phone.says("All sent")
    expect(page.get_by_role("link", name="Kept, but for nobody known.")).not_to_contain_text("needs your attention")


def test_an_answer_that_could_not_be_taken_in_is_named_where_it_can_be_changed(phone, live, course_of_days_ago):
    bring(live, "ana", version("check-in", at(1), {"mood": 99}), outcome="parked")
    page = begin(phone, "Needs your attention")
    go(page, "/en/waiting")
    page.get_by_role("link", name="Open", exact=True).click()
    note = page.get_by_role("region", name="This entry needs your attention")
    expect(note.get_by_role("listitem")).to_have_text("Your mood right now. This must be from 0 to 10.")
    page.get_by_role("slider", name="Your mood").press("ArrowLeft")
    page.get_by_role("button", name="Save").click()
    phone.says("All sent")


def test_what_a_newer_app_wrote_on_another_phone_is_listed_beside_what_can_be_mended(phone, live, course):
    odd = version("journal", at(1), {"text": "Kept, but for nobody known.", "audience": "the world"})
    bring(live, "ana", version("dream", at(1), {"text": "Of the sea."}), odd, outcome="parked")
    page = begin(phone, "Needs your attention")
    go(page, "/en/waiting")
    expect(page.locator(".waitlist > li")).to_have_count(2)
    expect(page.locator(".waitlist").get_by_text("A newer app wrote it, on another phone.")).to_be_visible()


def test_signing_out_with_something_waiting_asks_what_becomes_of_it(phone, live, course):
    page = begin(phone)
    live.kill()
    write(page, "Not sent yet.")
    more(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="1 entry has not been sent yet")).to_be_visible()
    expect(page.locator("#no-way-out")).to_contain_text("signing out needs it")
    with page.expect_download() as saved:
        page.locator("[data-leave=copy]").click()
    assert "Not sent yet." in saved.value.path().read_text()
    throw = page.get_by_role("button", name="Throw all of it away and sign out")
    expect(throw).to_be_disabled()
    page.get_by_label("To throw all of it away, type DISCARD").fill("discard")
    expect(throw).to_be_enabled()
    live.start()
    page.get_by_role("button", name="Try to send again").click()
    page.wait_for_url("**/sign-in")
    assert kept(live)[-1]["body"]["text"] == "Not sent yet."
    page.goto("/en/journal")
    expect(page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()


def test_signing_out_clears_what_a_browser_kept_of_pages_and_no_word_that_waits(phone, live, course):
    page = begin(phone)
    page.route("**/sync", lambda route: route.abort())
    write(page, "Not sent yet.")
    more(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    with page.expect_response("**/sign-out") as left:
        page.get_by_role("button", name="Sign out and keep all of it").click()
    assert left.value.all_headers()["clear-site-data"] == '"cache"'
    page.wait_for_url("**/sign-in")
    phone.offline()
    page.goto("/en/help")
    expect(page.locator("h1")).to_be_visible()
    phone.offline(False)
    page.unroute("**/sync")
    page.goto("/sign-in")
    sign_in_here(page)
    phone.says("All sent")
    assert kept(live)[-1]["body"]["text"] == "Not sent yet."


def proves_it_to_close(page):
    """Whoever came in a moment ago is asked as well."""
    more(page)
    page.get_by_role("link", name="Close my account").click()
    nothing_found_in_either_theme(page)
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account/close")


def types_close(page):
    """The last question."""
    expect(page.get_by_role("button", name="Close my account")).to_be_disabled()
    page.get_by_label("To close it, type CLOSE").fill("close")
    page.get_by_role("button", name="Close my account").click()


def test_an_account_is_closed_once_what_waits_is_sent_or_in_a_file_and_the_page_of_goodbye_is_true(phone, live, course):
    page = begin(phone)
    phone.offline()
    write(page, "Not sent yet.")
    page.route("**/sync", lambda route: route.abort())
    phone.offline(False)
    proves_it_to_close(page)
    types_close(page)
    expect(page.get_by_role("heading", name="1 entry has not been sent yet")).to_be_visible()
    nothing_found_in_either_theme(page)
    expect(page.locator("#without")).to_be_hidden()
    with page.expect_download() as saved:
        page.locator("#copy").click()
    assert "Not sent yet." in saved.value.path().read_text()
    expect(page.locator("#without")).to_be_visible()
    page.unroute("**/sync")
    page.get_by_role("button", name="Try to send again").click()
    page.wait_for_url("**/account/closed")
    expect(page.get_by_role("heading", name="Your account is closed")).to_be_visible()
    nothing_found_in_either_theme(page)
    assert kept(live)[-1]["body"]["text"] == "Not sent yet."
    assert [one for one in page.evaluate(DATABASES) if one != "tidelog-door"] == []
    page.goto("/sign-in")
    page.get_by_label("Your clinic").select_option("Harbour clinic")
    page.get_by_label("Email").fill(CAST["ana"][3])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is closed. Nothing can be sent.")


def test_another_phone_of_an_account_that_was_closed_says_so_and_keeps_what_it_holds(phone, other_phone, live, course):
    other = begin(other_phone)
    other_phone.offline()
    write(other, "On the other phone.")
    page = begin(phone)
    proves_it_to_close(page)
    types_close(page)
    page.wait_for_url("**/account/closed")
    other_phone.offline(False)
    other_phone.says("This account is closed")
    go(other, "/en/journal")
    expect(other.get_by_role("link", name="On the other phone.")).to_be_visible()


def test_signing_out_after_the_sign_in_ran_out_offers_to_sign_in_and_then_sends(phone, live, course):
    page = begin(phone)
    all_sign_ins_run_out(live)
    write(page, "Not sent yet.")
    more(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Try to send again")).to_be_hidden()
    expect(page.locator("#no-way-out")).to_be_hidden()
    page.get_by_role("link", name="Sign in again to send").click()
    sign_in_here(page)
    page.wait_for_url("**/en/more")
    phone.says("All sent")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in")


def test_before_one_signs_out_it_is_said_that_what_was_begun_goes_too(phone, live, course):
    page = begin(phone)
    more(page)
    expect(page.locator("#drafts")).to_have_text("0")
    expect(page.locator("#drafts-go")).to_be_hidden()
    go(page, "/en/journal/entry")
    keeps_a_draft(page, lambda: page.locator("#text").fill("Begun."))
    more(page)
    expect(page.locator("#drafts-go")).to_have_text("1 entry that you began and did not save goes too.")
