"""What was begun and not saved: what it is about, what becomes of it, and the ways back to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scene import Live, Phone, until
from tests.browser.told import CARD, TODAY, at, begin, bring, go, keeps_a_draft, kept, treatment, version

pytestmark = pytest.mark.browser

#: as if a key had lain there under which they were written
UNREADABLE = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-drafts"));
  const done = (asking) => new Promise((resolve) => (asking.onsuccess = () => resolve(asking.result)));
  const database = await done(indexedDB.open(name));
  const drafts = database.transaction("drafts", "readwrite").objectStore("drafts");
  const lost = (id) => ({ id, key: "gone", iv: new Uint8Array(12), sealed: new ArrayBuffer(32) });
  await Promise.all(["draft/journal", "draft/body"].map((id) => done(drafts.put(lost(id)))));
  database.close();
}"""


def test_what_was_begun_beside_a_report_that_was_saved_meanwhile_is_an_edit_of_that_report(
    phone: Phone, live: Live
) -> None:
    page = left_beside_a_report(phone, live)
    expect(page.locator("#other-heads")).to_contain_text("Nausea")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    first, then = reports(live)
    assert (then["record"], then["parents"]) == (first["record"], [first["id"]])
    assert [one["effect"] for one in then["body"]["effects"]] == ["headache"]


def test_taking_back_what_was_begun_beside_a_report_takes_that_report_back(phone: Phone, live: Live) -> None:
    page = left_beside_a_report(phone, live)
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    first, then = reports(live)
    assert (then["record"], then["parents"], then["body"]) == (first["record"], [first["id"]], None)


def test_taking_back_an_entry_with_a_change_begun_before_another_was_saved_takes_all_of_it_back(
    phone: Phone, live: Live
) -> None:
    first = version("check-in", at(1), {"mood": 3})
    bring(live, "ana", first)
    page = go(begin(phone), f"/en/check-in#{first['record']}")
    keeps_a_draft(page, lambda: page.locator("#mood").fill("4"))
    second = version("check-in", at(1), {"mood": 5}, record=first["record"], parents=[first["id"]])
    bring(live, "ana", second)
    go(page, "/en/")
    phone.says("All sent")
    go(page, f"/en/check-in#{first['record']}")
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    assert set(kept(live)[-1]["parents"]) == {first["id"], second["id"]}


def test_typing_where_the_store_was_cleared_says_at_once_that_it_is_only_on_the_screen(phone: Phone) -> None:
    page = go(begin(phone), "/en/journal/entry")
    keeps_a_draft(page, lambda: page.locator("#text").fill("before"))
    browser = phone.context.new_cdp_session(page)
    browser.send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": "indexeddb"})
    page.locator("#text").press_sequentially(" and after")
    expect(page.locator("#told")).to_contain_text("This could not be saved on this phone. Your words are still here.")
    expect(page.locator("#keep-copy")).to_be_visible()


def test_what_was_begun_and_nothing_opens_any_more_is_told_once_and_hides_no_page(phone: Phone, live: Live) -> None:
    bring(live, "ana", version("journal", at(1), {"text": "The gate was shut.", "audience": "me"}))
    page = begin(phone)
    page.evaluate(UNREADABLE)
    go(page, "/en/journal")
    expect(page.locator("#list")).to_contain_text("The gate was shut.")
    for path in ("/en/journal/entry", "/en/body"):
        expect(go(page, path).locator("#write:visible, #entry:visible")).to_have_count(1)
    expect(go(page, "/en/more").locator("#drafts")).to_have_text("0")
    lost = go(page, "/en/").locator("#lost")
    expect(lost).to_contain_text("Something begun on this phone can no longer be opened.")
    lost.get_by_role("button").click()
    expect(lost).to_be_hidden()
    expect(go(page, "/en/").locator("#lost")).to_be_hidden()


def test_what_was_begun_on_another_day_is_offered_with_its_day_and_taken_for_nothing_of_today(
    phone: Phone, live: Live
) -> None:
    begin_on(phone, 14, "/en/body?all", lambda page: page.locator("[name=note]").fill("a slow tide"))
    page = go(phone.open(), "/en/body?all")
    expect(page.locator("#drafted")).to_be_hidden()
    expect(page.locator("[name=note]")).to_have_value("")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=note]")).to_have_value("a slow tide")
    expect(page.locator("#drafted")).to_contain_text(re.compile(rf"About .*{at(14).day}.*: you began this earlier\."))
    page.get_by_role("link", name="Keep it and begin a new one").click()
    page.locator("[name=note]").fill("a stone")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    [said] = reports(live)
    assert (said["day"], said["body"]["note"]) == (str(TODAY.date()), "a stone")
    expect(go(page, "/en/body").get_by_role("link", name="Go on with it")).to_be_visible()


def test_a_check_begun_on_another_day_is_no_answer_of_today_and_names_its_day(phone: Phone, live: Live) -> None:
    session = treatment(at(9), 1)
    bring(live, "clinician", version("card", at(9), CARD), session)
    begin_on(phone, 5, "/en/checks?all", lambda page: page.get_by_role("button", name="Mark the rest").click())
    page = go(phone.open(), "/en/checks?all")
    expect(page.locator("form input:checked")).to_have_count(0)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("#drafted")).to_contain_text("About ")
    expect(page.locator("form input:checked").first).to_be_attached()


def test_a_report_begun_when_one_had_just_had_a_session_is_taken_for_no_later_sessions(
    phone: Phone, live: Live
) -> None:
    bring(live, "clinician", version("card", at(9), CARD))
    page = begin(phone)
    phone.offline()
    phone.context.clock.install(time=at(6, 12))
    page.goto("/en/")
    page.locator("#just-had").click()
    until(page, "document.documentElement.dataset.mode === 'after'")
    page.goto("/en/after-session?all")
    keeps_a_draft(page, lambda: tap(page, "headache", "Mild"))
    phone.offline(False)
    phone.close()
    bring(live, "clinician", treatment(at(1), 1))
    page = go(phone.open(), "/en/")
    phone.says("All sent")
    go(page, "/en/after-session?all")
    expect(page.locator("#about")).to_contain_text("Yesterday")
    expect(page.locator("tide-effect[effect=headache] input:checked")).to_have_count(0)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("#about")).to_contain_text("Your session 6 days ago")
    expect(page.locator("tide-effect[effect=headache] input:checked")).to_have_value("1")


def test_words_begun_from_what_the_therapist_offered_are_reached_once_it_is_put_aside(phone: Phone, live: Live) -> None:
    offer = {"offer": "slow-breaths", "until": str(at(-3).date())}
    bring(live, "therapist", version("offer", at(1), offer))
    page = go(begin(phone), "/en/")
    page.locator("#offers a").click()
    keeps_a_draft(page, lambda: page.locator("#text").fill("Dear tide"))
    go(page, "/en/journal")
    expect(page.locator("#unfinished")).to_contain_text("Dear tide")
    go(page, "/en/").locator("#offers button").click()
    expect(page.locator("#offers a")).to_have_count(0)
    go(page, "/en/journal").locator("#unfinished a").click()
    expect(page.locator("#text")).to_have_value("Dear tide")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    expect(page.locator("#list")).to_contain_text("Dear tide")
    expect(page.locator("#unfinished a")).to_have_count(0)


def test_a_change_begun_of_an_entry_that_another_phone_took_back_is_reached(phone: Phone, live: Live) -> None:
    first = version("journal", at(1), {"text": "The gate was shut.", "audience": "me"})
    bring(live, "ana", first)
    page = go(begin(phone), f"/en/journal/entry#{first['record']}")
    keeps_a_draft(page, lambda: page.locator("#text").fill("The gate was open."))
    go(page, "/en/")
    bring(live, "ana", version("journal", at(0), None, record=first["record"], parents=[first["id"]]))
    go(page, "/en/journal").locator("#unfinished a").click()
    expect(page.locator("#text")).to_have_value("The gate was open.")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    expect(page.locator("#list")).to_contain_text("The gate was open.")


def begin_on(phone: Phone, days_ago: int, path: str, say: Callable[[Page], None]) -> None:
    """Something is begun there on that day, and left."""
    page = begin(phone)
    phone.offline()
    phone.context.clock.install(time=at(days_ago))
    page.goto(path)
    expect(page.locator("form:visible").first).to_be_visible()
    keeps_a_draft(page, lambda: say(page))
    phone.offline(False)
    phone.close()


def left_beside_a_report(phone: Phone, live: Live) -> Page:
    """The form that one tab left and another takes up, after the other had saved its own about the same session."""
    bring(live, "clinician", version("card", at(9), CARD), treatment(at(2), 1))
    page, other = begin(phone), phone.context.new_page()
    for tab in (page, other):
        go(tab, "/en/after-session?all")
    keeps_a_draft(other, lambda: tap(other, "headache", "Mild"))
    tap(page, "nausea", "Severe")
    page.locator(".dock [type=submit]").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    other.close()
    go(page, "/en/after-session?all")
    expect(page.locator("#drafted")).to_be_visible()
    expect(page.locator("tide-effect[effect=headache] input:checked")).to_have_value("1")
    return page


def tap(page: Page, effect: str, severity: str) -> None:
    page.locator(f"tide-effect[effect={effect}]").get_by_text(severity, exact=True).first.click()


def reports(live: Live) -> list[dict[str, Any]]:
    return [one for one in kept(live) if one["kind"] == "effects"]
