"""What is begun on one day and finished on another is about the day, and the moment, on which it was felt."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scene import Live, Phone
from tests.browser.told import CARD, TODAY, at, begin, bring, go, keeps_a_draft, kept, treatment, version

pytestmark = pytest.mark.browser

COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_thought_begun_before_a_session_and_finished_after_it_is_of_the_day_on_which_it_was_begun(
    phone: Phone, live: Live
) -> None:
    before, after = treatment(at(5), 2), treatment(at(2), 3)
    bring(live, "clinician", before, after)
    page = on(phone, at(3, 17), "/en/journal/entry")
    keeps_a_draft(page, lambda: page.locator("#text").fill("the tide was out"))
    phone.close()
    page = go(phone.open(), "/en/journal/entry")
    expect(page.locator("#when")).to_contain_text(", 17:00 · after session 2")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    said = sent(phone, live)
    assert felt(said) == at(3, 17)
    assert said["body"]["treatment"] == before["record"]


def test_a_check_in_left_open_overnight_names_yesterday_and_keeps_what_was_chosen(phone: Phone, live: Live) -> None:
    page = on(phone, at(1, 21), "/en/check-in")
    keeps_a_draft(page, lambda: page.locator("#mood").fill("3"))
    forward(page, hours=11)
    page.evaluate(COME_BACK)
    expect(page.get_by_role("radio", name="Yesterday")).to_be_checked()
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    said = sent(phone, live)
    assert (said["day"], said["body"]["mood"]) == (str(at(1).date()), 3)
    assert felt(said).replace(minute=0) == at(1, 21)


def test_a_check_in_in_which_nothing_was_said_before_midnight_is_about_the_new_day(phone: Phone, live: Live) -> None:
    page = on(phone, at(1, 21), "/en/check-in")
    forward(page, hours=11)
    page.evaluate(COME_BACK)
    expect(page.get_by_role("radio", name="Today")).to_be_checked()
    page.locator("#mood").fill("3")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    assert sent(phone, live)["day"] == str((at(1, 21) + timedelta(hours=11)).date())


def test_what_was_opened_before_midnight_and_is_first_said_after_it_is_of_the_new_day(phone: Phone, live: Live) -> None:
    """The pages stay in sight all night."""
    bring(live, "clinician", version("card", at(9), CARD), treatment(at(8), 1))
    first = {
        "/en/check-in": lambda page: page.locator("#mood").fill("3"),
        "/en/body": lambda page: page.locator("[name=note]").fill("a slow tide"),
        "/en/checks": lambda page: page.get_by_role("button", name="Mark the rest as none").click(),
        "/en/journal/entry": lambda page: page.locator("#text").fill("the tide was out"),
        "/en/home-dose": take_a_dose,
    }
    page = begin(phone)
    phone.offline()
    phone.context.clock.install(time=at(len(first) + 1, 21))
    for path, say in first.items():
        page.goto(path)
        expect(page.locator("form:visible, #write:visible").first).to_be_visible()
        forward(page, hours=11)
        say(page)
        page.locator(".dock [type=submit], #dock [type=submit]").click()
        page.wait_for_url(re.compile("/en/(journal)?$"))
        forward(page, hours=13)
    sent(phone, live)
    mornings = [at(back, 8) for back in range(len(first), 0, -1)]
    said = kept(live)[-len(first) :]
    assert [one["day"] for one in said] == [str(morning.date()) for morning in mornings]
    assert [felt(one).replace(minute=0) for one in said] == mornings
    assert said[-1]["body"]["at"] == said[-1]["felt_at"]


def test_what_is_first_said_after_the_hours_of_a_session_is_about_the_day_after(phone: Phone, live: Live) -> None:
    bring(live, "clinician", version("card", at(9), CARD), treatment(at(2, 19), 1))
    page = on(phone, at(2, 21), "/en/after-session?all")
    expect(page.locator("#window")).to_contain_text("the first 4 hours")
    forward(page, hours=11)
    page.get_by_role("button", name="Mark the rest as none").click()
    expect(page.locator("#window")).to_contain_text("the end of the next day")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    said = sent(phone, live)
    assert (said["day"], said["body"]["window"]) == (str(at(1).date()), "next-day")


def test_of_another_day_no_list_shows_an_hour_that_nobody_gave(phone: Phone, live: Live) -> None:
    page = go(begin(phone), "/en/check-in")
    page.locator("tide-day label").nth(2).click()
    page.locator("tide-day input[type=date]").fill(str(at(2).date()))
    page.locator("#mood").fill("3")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    go(page, "/en/progress")
    expect(page.locator("#entries li")).to_contain_text("Mood 3")
    expect(page.locator("#entries li")).not_to_contain_text("12:00")


def on(phone: Phone, moment: datetime, path: str) -> Page:
    """A page that was opened then, without a network."""
    begin(phone)
    phone.offline()
    phone.context.clock.install(time=moment)
    page = phone.page
    page.goto(path)
    expect(page.locator("form:visible, #write:visible").first).to_be_visible()
    return page


def forward(page: Page, hours: int) -> None:
    page.clock.fast_forward(timedelta(hours=hours) // timedelta(milliseconds=1))


def take_a_dose(page: Page) -> None:
    page.get_by_role("radiogroup", name="I have someone with me").get_by_text("Yes").click()
    page.locator("tide-choice[name=route] label").first.click()
    page.locator("[name=mg]").fill("100")


def sent(phone: Phone, live: Live) -> dict[str, Any]:
    """What came last, once there is a network."""
    phone.offline(False)
    go(phone.page, "/en/")
    phone.says("All sent")
    return kept(live)[-1]


def felt(said: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(said["felt_at"]).replace(second=0, tzinfo=TODAY.tzinfo)
