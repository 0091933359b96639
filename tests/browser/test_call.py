"""A patient asks the clinic to call: without a network too, and it never says more than the phone knows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.told import CARD, NOW, begin, bring, go, kept, version

pytestmark = pytest.mark.browser

RAISED = "SELECT count(*) FROM alert WHERE problem = 'call' AND tier = 'high'"


def asks(page: Page) -> None:
    page.get_by_role("button", name="Ask my clinic to call me").click()


def test_asking_for_a_call_without_a_network_says_not_sent_until_the_clinic_has_it(phone, live, course):
    page = begin(phone)
    phone.offline()
    card = page.get_by_role("region", name="Ask my clinic to call me")
    expect(card).to_contain_text("Monday to Friday, 8:00 to 18:00")
    expect(card).to_contain_text(re.compile("They next read what patients send: .+ Nobody watches in real time."))
    asks(page)
    expect(card.get_by_role("status")).to_contain_text("Not sent yet.")
    page.goto("/en/help")
    expect(card.get_by_role("status")).to_contain_text("Not sent yet.")
    page.goto("/en/waiting")
    expect(page.get_by_text("Asked my clinic to call me")).to_be_visible()
    page.goto("/en/")
    assert live.count(RAISED) == 0
    phone.offline(False)
    expect(card.get_by_role("status")).to_contain_text("Your clinic has it.", timeout=20_000)
    assert live.count(RAISED) == 1
    [call] = [one for one in kept(live) if one["kind"] == "call"]
    assert call["body"] == {"asked": True}


#: as the courier gives it where nothing else is set
FIRST_CARD = {name: CARD[name] for name in ("name", "zone", "thoughts_asked")}


@pytest.mark.parametrize("known", [CARD, FIRST_CARD], ids=["whole", "first"])
def test_the_hours_of_cover_are_told_as_the_clinic_set_them_and_what_happens_outside_of_them(
    phone, live, course_of_days_ago, known
):
    day = NOW + timedelta(days=2)
    hours = f"Answers on {day:%A}, 10:00 to 16:00, clinic time."
    back = f"Nobody is there now. What you send waits until they are back: {day:%a} {day.day} {day:%b}, 10:00."
    cover = {"days": [day.isoweekday()], "opens": "10:00", "closes": "16:00"}
    bring(live, "clinician", version("card", NOW, {**known, "cover": cover}))
    page = begin(phone)
    phone.offline()
    for path in ("/en/", "/en/help"):
        page.goto(path)
        card = page.get_by_role("region", name="Ask my clinic to call me")
        expect(card).to_contain_text(hours)
        expect(card).to_contain_text(back)
        expect(page.get_by_role("main").get_by_text(hours)).to_have_count(1)
    page.goto("/en/check-in")
    page.locator("tide-thoughts .choice label").nth(1).click()
    page.get_by_role("button", name="Save", exact=True).click()
    phone.offline(False)
    told = f"This was sent to your clinic. They next read what patients send: {day:%a} {day.day} {day:%b}, 10:00."
    expect(page.locator("#stays").get_by_role("status")).to_have_text(told, timeout=20_000)


def test_a_call_that_was_asked_for_can_be_taken_back_and_asked_for_anew(phone, live, course):
    page = go(begin(phone), "/en/help")
    said = page.get_by_role("region", name="Ask my clinic to call me").get_by_role("status")
    asks(page)
    expect(said).to_contain_text("Your clinic has it.")
    page.get_by_role("button", name="Take it back").click()
    expect(said).to_have_text("Taken back. If your clinic heard of it already, they may still call.")
    asks(page)
    expect(said).to_contain_text("Your clinic has it.")
    first, back, again = [one for one in kept(live) if one["kind"] == "call"]
    assert (back["record"], back["body"], back["parents"]) == (first["record"], None, [first["id"]])
    assert again["record"] != first["record"]


def test_who_is_not_signed_in_is_offered_numbers_and_no_call_back(phone, live):
    page = phone.page
    page.goto("/en/help")
    expect(page.get_by_role("link", name="Call 9-8-8").first).to_be_visible()
    expect(page.get_by_label("Where you are")).to_be_visible()
    expect(page.get_by_role("button", name="Ask my clinic to call me")).to_be_hidden()


def sees(live, entry: dict) -> str:
    """The clinic says that it has seen it; at what time, as the phone writes it."""
    at = datetime.fromisoformat(entry["written_at"]) + timedelta(seconds=1)
    body = {"entry": entry["record"], "at": at.isoformat(), "versions": [entry["id"]]}
    bring(live, "clinician", version("seen", NOW, body))
    return f"Seen by your clinic at {at.hour}:{at:%M}."


def test_that_the_clinic_has_seen_it_stands_where_it_was_asked_and_said_without_a_network(
    phone, live, course_of_days_ago
):
    page = begin(phone)
    asks(page)
    said = page.get_by_role("region", name="Ask my clinic to call me").get_by_role("status")
    expect(said).to_contain_text("Your clinic has it.")
    page.goto("/en/check-in")
    page.locator("tide-thoughts .choice label").nth(1).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#stays").get_by_role("status")).to_contain_text("This was sent to your clinic.")
    call, checkin = kept(live)[-2:]
    seen = sees(live, call)
    sees(live, checkin)
    go(page, "/en/")
    phone.says("All sent")
    expect(page.locator("#seen")).to_contain_text("Your check-in")
    phone.offline()
    page.reload()
    expect(said).to_have_text(seen)
    expect(page.get_by_role("button", name="Ask my clinic to call me")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back")).to_be_hidden()
    page.locator("#seen").click()
    expect(page.locator("tide-thoughts").get_by_role("status")).to_contain_text("Seen by your clinic at")
