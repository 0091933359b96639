"""Where one is, and the one thing to do now."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.told import at, begin, bring, go, keeps_a_draft, treatment, version

pytestmark = pytest.mark.browser

BEGUN = "Not saved yet: go on where you were"


def test_today_shows_the_place_in_the_course_the_week_and_one_thing_to_do(phone, live, course_of_days_ago):
    page = begin(phone)
    expect(page.locator("figcaption")).to_contain_text("Session 3 of 6 was 2 days ago. Next:")
    expect(page.get_by_role("img", name=re.compile("4 sessions from .* 3 are done"))).to_be_visible()
    expect(page.get_by_role("heading", name="How are you today?")).to_be_visible()
    assert page.locator(".card.now:visible").count() == 1
    wells = page.locator("#week li")
    expect(wells).to_have_count(7)
    assert [well.inner_text().split("\n")[0] for well in wells.all()][2:5] == ["5", "5", "5"]
    expect(wells.nth(5)).to_contain_text("no entry")
    expect(wells.nth(6)).to_contain_text("today, not yet")


def test_by_hand_the_screen_turns_dim_until_the_morning_and_back(phone, live, course_of_days_ago):
    page = begin(phone)
    page.get_by_role("button", name="I have just had my session").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "after")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Take it slowly.")
    expect(page.get_by_text("no driving and no big decisions")).to_be_visible()
    expect(page.get_by_role("heading", name="What do you notice in your body?")).to_be_visible()
    go(page, "/en/journal")
    expect(page.locator("html")).to_have_attribute("data-mode", "after")
    go(page, "/en/")
    page.get_by_role("button", name="Use the usual look").click()
    expect(page.locator("html")).not_to_have_attribute("data-mode", "after")
    expect(page.get_by_text("no driving and no big decisions")).to_be_visible()


def test_in_maintenance_there_are_no_posts_but_the_next_session(phone, live):
    begun = version("course", at(80), {"phase": "maintenance", "route": "iv", "started": str(at(80).date())})
    bring(live, "clinician", begun, treatment(at(12), 9), treatment(at(-5, 10), 10, "planned"))
    page = begin(phone)
    expect(page.locator("figcaption")).to_contain_text("Your last session was 12 days ago. Next:")
    assert page.locator("#course .head").count() == 0


def test_what_was_begun_and_not_saved_has_a_row_that_leads_back_to_it_and_tells_none_of_its_words(
    phone, live, course_of_days_ago
):
    page = begin(phone)
    kept = version("journal", at(1), {"text": "The gate was shut.", "audience": "me"})
    bring(live, "ana", kept)
    typed = {
        "Your check-in": ("/en/check-in", "#note"),
        "Your side effects": ("/en/after-session?all", "[name=note]"),
        "Something in my body": ("/en/body", "[name=note]"),
        "Your journal": (f"/en/journal/entry#{kept['record']}", "#text"),
    }
    go(page, "/en/")
    phone.says("All sent")
    expect(page.get_by_role("link", name=BEGUN)).to_have_count(0)
    for path, field in typed.values():
        go(page, path)
        keeps_a_draft(page, lambda field=field: page.locator(field).fill("a slow tide"))
    phone.close()
    page = phone.open()
    for name, (_, field) in typed.items():
        go(page, "/en/")
        expect(page.get_by_role("link", name=BEGUN)).to_have_count(len(typed))
        expect(page.get_by_text("a slow tide")).to_have_count(0)
        page.get_by_role("link", name=f"{name} {BEGUN}").click()
        expect(page.locator(field)).to_have_value("a slow tide")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    go(page, "/en/")
    expect(page.get_by_role("link", name=BEGUN)).to_have_count(len(typed) - 1)
