"""The journal, by thumb and by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.told import NOW, at, begin, bring, go, keeps_a_draft, kept, treatment, version

pytestmark = pytest.mark.browser


def write(page: Page, text: str, reader: str = "Only me") -> None:
    go(page, "/en/journal/entry")
    page.locator("#text").fill(text)
    page.get_by_role("radio", name=reader).check(force=True)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")


def item(page: Page, text: str) -> Locator:
    return page.get_by_role("link", name=text)


def test_an_entry_is_only_ones_own_unless_one_says_otherwise(phone, live, course):
    page = begin(phone)
    go(page, "/en/journal/entry")
    expect(page.get_by_role("radio", name="Only me")).to_be_checked()
    expect(page.get_by_text("Staff cannot open this. A copy is kept on your clinic’s server.")).to_be_visible()
    page.get_by_role("radio", name="My therapist").check(force=True)
    expect(page.get_by_text("Not read as it arrives. Taking it back closes it").first).to_be_visible()


def test_a_second_tap_makes_no_second_version(phone, live):
    page = begin(phone)
    go(page, "/en/journal/entry")
    page.locator("#text").fill("It was quiet there.")
    page.get_by_role("button", name="Done").dblclick()
    page.wait_for_url("**/en/journal")
    item(page, "It was quiet there.").click()
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").dblclick()
    page.wait_for_url("**/en/journal#taken-back")
    phone.says("All sent")
    assert [one["body"] and one["body"]["text"] for one in kept(live)] == ["It was quiet there.", None]


def test_an_entry_is_written_changed_and_taken_back_with_keys_alone(phone, live, course):
    page = begin(phone)
    go(page, "/en/journal")
    press_on(page, "New entry")
    page.wait_for_url("**/journal/entry")
    expect(page.locator("#text")).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.type("It was quiet there.")
    tab_to(page, "Only me")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Done")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/journal")
    expect(item(page, "It was quiet there.")).to_contain_text("My therapist can read")
    expect(page.get_by_role("heading", name="After session 3")).to_be_visible()
    press_on(page, "It was quiet there.")
    page.wait_for_url("**/journal/entry#*")
    expect(page.locator("#text")).to_have_value("It was quiet there.")
    tab_to(page, "Take this entry back")
    page.keyboard.press("Enter")
    tab_to(page, "Take it back")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/journal#taken-back")
    expect(page.get_by_text("The entry was taken back.")).to_be_visible()
    expect(item(page, "It was quiet there.")).to_have_count(0)


def focused(page: Page) -> str:
    """The words of what the keys would act on now."""
    script = "(({ activeElement: at }) => at === document.body ? '' : (at.labels?.[0] ?? at).innerText)(document)"
    return str(page.evaluate(script) or "").strip()


def tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        if focused(page).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by keys")


def press_on(page: Page, text: str) -> None:
    for _ in range(60):
        if text in focused(page):
            return page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {text} by keys")


def test_what_is_typed_is_there_after_the_browser_died_and_a_prompt_is_never_text(phone, live, course):
    page = begin(phone)
    go(page, "/en/journal/entry")
    prompt = "What stayed with you from the session?"
    page.get_by_role("button", name=prompt).click()
    keeps_a_draft(page, lambda: page.locator("#text").fill("Half a thought"))
    phone.close()
    page = phone.open()
    go(page, "/en/journal")
    page.get_by_role("link", name="You began an entry").click()
    expect(page.locator("#text")).to_have_value("Half a thought")
    expect(page.get_by_role("button", name=prompt)).to_have_attribute("aria-pressed", "true")


def test_two_tabs_each_keep_what_is_typed_in_them_and_the_journal_offers_both(phone, live, course):
    page = begin(phone)
    go(page, "/en/journal/entry")
    others = [go(phone.context.new_page(), "/en/journal/entry") for _ in range(3)]
    keeps_a_draft(page, lambda: page.locator("#text").fill("The hour after"))
    for other, text in zip(others, ("Short", "Said", "Emptied"), strict=True):
        keeps_a_draft(other, lambda other=other, text=text: other.locator("#text").fill(text))
    others[1].get_by_role("button", name="Done").click()
    others[1].wait_for_url("**/en/journal")
    expect(others[1].get_by_text("You began an entry")).to_have_count(0)  # they are open
    keeps_a_draft(others[2], lambda: others[2].locator("#text").fill(""))
    phone.close()
    page = phone.open()
    go(page, "/en/journal")
    expect(page.locator("#unfinished a")).to_have_count(2)
    for text in ("Short", "The hour after"):
        page.get_by_role("link", name=text).click()
        expect(page.locator("#text")).to_have_value(text)
        go(page, "/en/journal")


def test_two_phones_texts_are_both_shown_until_one_is_chosen_and_the_narrower_readers_hold(phone, live, course):
    first = version("journal", at(1, 18), {"text": "The gate was shut.", "audience": "therapist"})
    after = {"record": first["record"], "parents": [first["id"]]}
    one = version("journal", at(1, 19), {"text": "The gate was open.", "audience": "therapist"}, **after)
    other = version("journal", at(1, 20), {"text": "The gate was blue.", "audience": "me"}, **after)
    bring(live, "ana", first, one, other)
    page = begin(phone)
    go(page, "/en/journal")
    expect(item(page, "The gate was blue.")).to_contain_text("Two versions: open to choose")
    expect(item(page, "The gate was blue.")).to_contain_text("Only me")
    item(page, "The gate was blue.").click()
    for text in ("The gate was open.", "The gate was blue."):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_text("The gate was shut.")).to_have_count(0)
    page.get_by_role("button", name="Join both, then edit").click()
    expect(page.locator("#text")).to_have_value("The gate was open.\n\nThe gate was blue.")
    expect(page.get_by_role("radio", name="Only me")).to_be_checked()
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    expect(item(page, "The gate was open.")).not_to_contain_text("Two versions")
    phone.says("All sent")
    newest = kept(live)[-1]
    assert sorted(newest["parents"]) == sorted([one["id"], other["id"]])
    assert newest["felt_at"] == other["felt_at"]


def test_an_entry_stands_under_the_session_that_its_editor_named_though_nobody_noted_it_yet(phone, live, course):
    bring(live, "clinician", treatment(NOW - timedelta(hours=1), 4, "planned"))
    page = begin(phone)
    expect(page.locator("#course")).to_contain_text("Your session is now.")
    go(page, "/en/journal/entry")
    expect(page.locator("#when")).to_contain_text("after session 4")
    page.locator("#text").fill("Home again.")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    expect(page.locator("#list h2").first).to_have_text("After session 4")
