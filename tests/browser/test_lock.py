"""Who holds the phone: the app lock, how a key crosses pages, and what one may do without unlocking."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.locks import PIN, begin_locked, covered, enter, is_locked, keys, lock, switch_on, unlock
from tests.browser.scene import Live, Phone
from tests.browser.test_main_job import write
from tests.browser.test_store import COME_BACK, FULL
from tests.browser.told import DOOR, ZONE, begin, bring, keeps_a_draft, kept, treatment

pytestmark = pytest.mark.browser

#: what the page says before it leaves is gone too soon for a poll
NOTE_WHAT_IS_TOLD = """() => {
  const told = document.querySelector("#told");
  new MutationObserver(() => sessionStorage.setItem("told", told.textContent)).observe(told, { childList: true });
}"""

WORDS = "Under the pier it was green and very quiet."


def test_with_the_lock_on_one_page_follows_the_other_and_a_new_start_asks_for_the_pin(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    for path in ("/en/journal", "/en/", "/en/journal"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    phone.close()
    page = phone.open()
    page.goto("/en/journal")
    is_locked(page)
    assert WORDS not in page.content()
    phone.says("Locked")
    unlock(page)
    assert page.url.endswith("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_lock_now_locks_every_tab_and_no_page_opens_any_more(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    other = phone.context.new_page()
    other.goto("/en/journal")
    expect(other.get_by_text(WORDS)).to_be_visible()
    lock(page)
    is_locked(other)
    for path in ("/en/", "/en/journal", "/en/progress", "/en/more", "/en/waiting", "/en/welcome", "/en/check-in"):
        page.goto(path)
        is_locked(page)
    assert keys(page) == ["data", "device", "lock", "pair", "pin", "server"]


def test_back_shows_nothing_of_what_stood_there_before_the_lock(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    page.goto("/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()
    lock(page)
    page.go_back()
    is_locked(page)
    assert WORDS not in page.content()


def test_a_pin_is_typed_by_touch_or_keyboard_and_a_wrong_one_opens_nothing(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    enter(page, "000000")
    expect(page.locator("#says")).to_have_text("That is not your PIN. Try again.")
    page.keyboard.type("20481")
    expect(page.get_by_role("img", name="5 of 6 digits entered")).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.type("16")
    page.wait_for_url("**/en/more")
    phone.says("All sent")


def test_too_many_wrong_pins_wait_also_after_closing_the_app(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    for wrong in range(4):
        enter(page, f"00000{wrong}")
        expect(page.locator("#says")).to_have_text("That is not your PIN. Try again.")
    enter(page, "000009")
    expect(page.locator("#says")).to_contain_text("Too many wrong PINs. You can try again in")
    phone.close()
    page = phone.open()
    page.goto("/en/")
    expect(page.locator("#says")).to_contain_text("Too many wrong PINs. You can try again in")
    expect(page.get_by_role("button", name="1", exact=True)).to_be_disabled()
    page.clock.install()
    page.goto("/en/")
    page.wait_for_url("**/en/lock**")
    page.clock.fast_forward(60_000)
    page.reload()
    is_locked(page)
    unlock(page)


def test_leaving_covers_the_page_and_coming_back_in_time_uncovers_it(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page)
    turn_away(page)
    covered(page, True)
    turn_away(page, False)
    covered(page, False)


def test_locked_at_once_when_one_leaves(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page, "When I leave")
    page.goto("/en/journal")
    phone.says("All sent")
    turn_away(page)
    turn_away(page, False)
    is_locked(page)


def test_words_that_a_full_phone_could_not_keep_are_still_there_when_one_comes_back(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page, "When I leave")
    page.goto("/en/journal/entry")
    expect(page.locator("#text")).to_be_visible()
    page.evaluate(FULL)
    page.locator("#text").fill(WORDS)
    expect(page.locator("#told")).to_contain_text("This phone is full")
    turn_away(page)
    covered(page, True)
    turn_away(page, False)
    covered(page, False)
    expect(page.locator("#text")).to_have_value(WORDS)
    page.evaluate("window.room = true")
    page.evaluate(COME_BACK)
    expect(page.locator("#told")).to_have_text("")
    turn_away(page)
    turn_away(page, False)
    is_locked(page)
    unlock(page)
    expect(page.locator("#text")).to_have_value(WORDS)


def test_a_full_phone_says_so_at_the_lock_and_the_pin_may_be_tried_again(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    page.evaluate(FULL)
    enter(page)
    expect(page.locator("[data-store=full]")).to_be_visible()
    expect(page.get_by_role("button", name="1", exact=True)).to_be_enabled()
    page.evaluate("window.room = true")
    unlock(page)


def test_what_is_no_pin_counts_as_no_try(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page)
    page.locator("#lock summary").click()
    for _ in range(6):
        page.locator("#pin-now").fill("2048")
        page.get_by_role("button", name="Switch the lock off").click()
        expect(page.locator("#lock-told")).to_have_text("A PIN is 6 digits.")
        expect(page.locator("#pin-now")).to_have_value("")
    page.locator("#pin-now").fill(PIN)
    page.get_by_role("button", name="Switch the lock off").click()
    expect(page.get_by_role("button", name="Switch the lock on")).to_be_visible()


def test_without_use_it_locks_by_itself(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page, "After 1 min")
    page.clock.install()
    page.goto("/en/journal")
    phone.says("All sent")
    page.clock.fast_forward(61_000)
    is_locked(page)


def turn_away(page, away: bool = True) -> None:
    """As the browser tells a page that another app came in front of it."""
    page.evaluate(
        """(away) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => away });
      document.dispatchEvent(new Event("visibilitychange"));
    }""",
        away,
    )


def test_without_a_lock_nothing_is_covered(phone: Phone, live: Live) -> None:
    page = begin(phone)
    turn_away(page)
    covered(page, False)


def test_the_lock_is_changed_and_switched_off_by_the_pin_alone(phone: Phone, live: Live) -> None:
    page = begin(phone)
    switch_on(page)
    page.get_by_text("Change the lock").click()
    page.get_by_label("Your PIN now").fill("000000")
    page.get_by_role("button", name="Switch the lock off").click()
    expect(page.locator("#lock-told")).to_contain_text("That is not your PIN")
    change_pin(page, "135790", "135709")
    expect(page.locator("#lock-told")).to_contain_text("The two new PINs are not the same. Nothing changed")
    change_pin(page, "135790", "135790")
    expect(page.locator("#lock-told")).to_have_text("Your PIN is changed.")
    for field in page.locator("#lock .pin").all():
        expect(field).to_have_value("")
    page.get_by_label("Your PIN now").fill("135790")
    page.get_by_role("button", name="Switch the lock off").click()
    expect(page.get_by_role("button", name="Switch the lock on")).to_be_visible()
    phone.close()
    page = phone.open()
    page.goto("/en/")
    phone.says("All sent")


def change_pin(page: Page, new: str, once_more: str) -> None:
    page.get_by_label("Your PIN now").fill(PIN)
    page.get_by_label("A new PIN of 6 digits").fill(new)
    page.get_by_label("The new PIN once more").fill(once_more)
    page.get_by_role("button", name="Change the PIN").click()


def test_without_a_connection_the_lock_goes_on_only_if_the_servers_key_is_known(phone: Phone, live: Live) -> None:
    page = begin(phone)
    phone.offline()
    switch_on(page)
    lock(page)


def test_what_is_added_without_unlocking_reaches_the_clinic_and_its_writer(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, "An earlier entry.", "Only me")
    switch_on(page)
    lock(page)
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="A thought, for me alone").click()
    expect(page.get_by_text("Who can read this entry?")).to_be_hidden()
    page.get_by_label("Your entry").fill(WORDS)
    page.evaluate(NOTE_WHAT_IS_TOLD)
    page.get_by_role("button", name="Done").click()
    is_locked(page)
    assert page.evaluate("sessionStorage.getItem('told')") == "Saved on this phone"
    assert WORDS not in page.content()
    for _ in range(100):
        if len(texts(live)) == 2:
            break
        page.wait_for_timeout(100)
    assert texts(live) == [("An earlier entry.", "me"), (WORDS, "me")]
    unlock(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    phone.says("All sent")
    assert len(texts(live)) == 2


def test_a_check_in_without_unlocking_shows_no_draft_and_no_history(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.goto("/en/check-in")
    page.locator("#mood").fill("2")
    keeps_a_draft(page, lambda: page.get_by_label("Anything to add?").fill(WORDS))
    switch_on(page)
    phone.offline()
    lock(page)
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="Check in").click()
    expect(page.locator("#entry")).to_be_visible()
    assert WORDS not in page.content()
    expect(page.get_by_label("Anything to add?")).to_have_value("")
    expect(page.locator("tide-gauge output")).to_have_text("Tap or slide")
    phone.says("Locked")
    page.locator("#mood").fill("7")
    page.get_by_role("button", name="Save").click()
    is_locked(page)
    phone.says("Locked")
    phone.offline(False)
    page.reload()
    for _ in range(100):
        if live.count("SELECT count(*) FROM check_in"):
            break
        page.wait_for_timeout(100)
    unlock(page)
    page.goto("/en/check-in")
    expect(page.get_by_label("Anything to add?")).to_have_value(WORDS)


def test_the_locked_page_becomes_dim_when_a_planned_session_ends_until_the_next_morning(
    phone: Phone, live: Live
) -> None:
    ends = datetime.now(ZONE) + timedelta(minutes=30)
    bring(live, "clinician", treatment(ends - timedelta(minutes=120), 1, "planned"))
    page = begin(phone)
    phone.context.clock.install()
    switch_on(page)
    lock(page)
    expect(page.locator("html")).not_to_have_attribute("data-mode", "after")
    page.clock.fast_forward("32:00")
    expect(page.locator("html")).to_have_attribute("data-mode", "after")
    assert treatment_words(page.evaluate(DOOR)) == {"after_from", "after_until"}
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="Check in").click()
    expect(page.locator("#entry")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-mode", "after")
    page.clock.fast_forward("34:00:00")
    expect(page.locator("html")).not_to_have_attribute("data-mode", "after")


def treatment_words(door: dict[str, object]) -> set[str]:
    """The names under which the door holds a moment."""
    return {name for name, value in door.items() if isinstance(value, str) and value.startswith("20")}


def test_on_a_small_screen_too_the_whole_pad_is_seen_or_else_what_may_be_added(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    page.set_viewport_size({"width": 320, "height": 568})
    last = page.get_by_role("button", name="0", exact=True)
    expect(last).to_be_in_viewport(ratio=1)
    page.get_by_text("Add without unlocking").click()
    expect(page.get_by_role("link", name="A thought, for me alone")).to_be_in_viewport(ratio=1)
    expect(last).to_be_hidden()
    page.locator("summary:visible").get_by_text("Back to the PIN").click()
    expect(last).to_be_in_viewport(ratio=1)


def test_help_is_there_without_unlocking(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    page.get_by_role("link", name="Need help now?").click()
    expect(page.get_by_role("heading", name="You can talk to someone right now")).to_be_visible()


def texts(live: Live) -> list[tuple[str, str]]:
    bodies = [version["body"] for version in kept(live) if version["kind"] == "journal"]
    return [(body["text"], body["audience"]) for body in bodies]
