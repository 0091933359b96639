"""Triage in a real browser: the whole of it by keyboard, what comes while one works, and one alert beside the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from pwa.config import wall_clock
from pwa.records import CareTeam, CourierTurn, db
from tests.browser.scene import Live, come_in
from tests.clinic.conftest import Said, says_to
from tests.conftest import CAST, CLINIC

pytestmark = pytest.mark.browser
#: one key after the other, with no time between them
DOWN_TWICE = """for (let n = 0; n < 2; n++)
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }))"""
URGENT, HIGH = {"mood": 5, "thoughts": "often"}, {"mood": 5, "thoughts": "now-and-then"}


@pytest.fixture
def says(live: Live) -> Callable[..., Said]:
    return says_to(live.app, wall_clock)


@pytest.fixture
def another(live: Live) -> str:
    """A second patient of the clinician's: the code."""
    with live.app.app_context():
        clinician, patient = CAST["clinician"][1], CAST["another-patient"][1]
        db.session.add(CareTeam(clinic_id=CLINIC, patient_id=patient, person_id=clinician, role="clinician"))
        db.session.commit()
        db.session.remove()
    return "KT-1002"


def triage(desk: BrowserContext, who: str = "clinician", show: str = "open") -> Page:
    page = desk.new_page()
    come_in(page, who)
    page.goto(f"/clinic/triage?show={show}")
    return page


def link(page: Page, code: str = "KT-1001") -> Locator:
    return page.locator("#list").get_by_role("link", name=code, exact=True)


def row(page: Page, code: str = "KT-1001") -> Locator:
    return page.locator("#list .row", has=page.get_by_role("link", name=code, exact=True))


def pane(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Chosen alert")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def read(live: Live, what: str) -> int:
    return live.count(f"SELECT count(*) FROM audit WHERE action = 'read' AND what = '{what}'")


def test_the_whole_of_an_alert_is_done_by_keyboard(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "call", {"asked": True})
    page = triage(desk)
    press(page, "j")
    expect(link(page)).to_be_focused()
    expect(pane(page).get_by_role("heading", name="KT-1001")).to_be_visible()
    press(page, "a")
    expect(row(page)).to_contain_text("Acknowledged by clinician")
    expect(link(page)).to_be_focused()
    press(page, "u")
    expect(page.get_by_role("button", name="Acknowledge the alert of KT-1001")).to_be_attached()
    press(page, "s")
    expect(pane(page).get_by_label("To", exact=True)).to_be_focused()
    press(page, "c", "Enter")
    pane(page).get_by_role("button", name="Assign").press("Enter")
    expect(row(page)).to_contain_text("Given to clinician")
    press(page, "Escape", "z")
    expect(pane(page).get_by_label("4 hours")).to_be_focused()
    press(page, "Space")
    pane(page).get_by_label("Why it can wait").press_sequentially("She asked for the afternoon.")
    press(page, "Enter")
    expect(page.locator("#list .row")).to_have_count(0)
    press(page, "Escape", "3")
    expect(page.get_by_role("link", name="Snoozed 1")).to_have_attribute("aria-current", "page")
    expect(row(page)).to_contain_text("Sleeps until")
    press(page, "j", "r")
    expect(pane(page).get_by_label("Called")).to_be_focused()
    press(page, "Space", "Tab")
    page.keyboard.type("Called her back.")
    pane(page).get_by_role("button", name="Record").press("Enter")
    expect(page.locator("#list .row")).to_have_count(0)
    expect(pane(page)).to_contain_text("Resolved by clinician")
    press(page, "Escape", "4")
    expect(row(page)).to_be_visible()


def test_one_finds_an_alert_moves_between_them_and_opens_the_patient_by_keyboard(
    desk: BrowserContext, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", URGENT)
    says("another-patient", "check-in", HIGH)
    page = triage(desk)
    press(page, "j", "j")
    expect(link(page, another)).to_be_focused()
    press(page, "k")
    expect(link(page)).to_be_focused()
    press(page, "/")
    expect(page.get_by_role("searchbox", name="Find a code")).to_be_focused()
    page.keyboard.type("1002")
    press(page, "Enter")
    expect(link(page)).to_have_count(0)
    press(page, "j", "Enter")
    expect(pane(page).get_by_role("heading", name=another)).to_be_focused()
    press(page, "?")
    expect(page.get_by_text("write what was done, and resolve")).to_be_visible()
    press(page, "p")
    page.wait_for_url(f"**/clinic/patients/{CAST['another-patient'][1]}")


def test_keys_that_are_switched_off_stay_off_at_another_desk(
    desk: BrowserContext, live: Live, says: Callable[..., Said]
) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.get_by_role("button", name="Switch single keys on")).to_be_visible()
    assert desk.browser
    elsewhere = desk.browser.new_context(base_url=live.address, viewport={"width": 1440, "height": 900})
    page = triage(elsewhere)
    expect(page.get_by_role("button", name="Switch single keys on")).to_be_visible()
    press(page, "j", "a", "/")
    expect(link(page)).not_to_be_focused()
    expect(page.locator("[aria-keyshortcuts]")).to_have_count(0)
    expect(page.get_by_role("button", name="Acknowledge the alert of KT-1001")).to_be_visible()
    page.get_by_role("button", name="Switch single keys on").click()
    expect(page.get_by_role("button", name="Switch single keys off")).to_be_visible()
    press(page, "j")
    expect(link(page)).to_be_focused()


def test_to_read_an_alert_beside_the_list_is_to_read_it(
    desk: BrowserContext, live: Live, says: Callable[..., Said]
) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    assert (read(live, "alerts"), read(live, "alert")) == (1, 0)
    row(page).click()
    expect(pane(page)).to_contain_text("Yes, often or hard to push away")
    expect(row(page)).to_have_attribute("aria-current", "true")
    assert (read(live, "alerts"), read(live, "alert")) == (1, 1)
    page.reload()
    expect(pane(page)).to_contain_text("Yes, often or hard to push away")


def test_who_passes_an_alert_by_has_not_read_it(
    desk: BrowserContext, live: Live, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", URGENT)
    says("another-patient", "check-in", HIGH)
    page = triage(desk)
    page.evaluate(DOWN_TWICE)
    expect(pane(page).get_by_role("heading", name=another)).to_be_visible()
    assert read(live, "alert") == 1


def test_a_key_reaches_no_alert_but_the_one_that_one_is_at(
    desk: BrowserContext, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", URGENT)
    says("another-patient", "check-in", HIGH)
    page = triage(desk)
    press(page, "a")
    row(page).click()
    expect(row(page)).to_have_attribute("aria-current", "true")
    press(page, "j", "a")
    expect(row(page, another)).to_contain_text("Acknowledged by clinician")
    expect(row(page)).not_to_contain_text("Acknowledged")


def test_what_is_refused_beside_the_list_says_so_there(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    row(page).click()
    pane(page).get_by_label("No action needed").check()
    pane(page).get_by_role("button", name="Record").click()
    expect(pane(page)).to_contain_text("Say why nothing needs to be done.")
    expect(pane(page).get_by_label("No action needed")).to_be_checked()


def test_who_came_by_resolve_settles_it_with_what_was_done(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    press(page, "j", "r")
    expect(pane(page).get_by_label("This settles it")).to_be_checked()
    press(page, "Space", "Enter")
    expect(page.locator("#list .row")).to_have_count(0)
    expect(pane(page)).to_contain_text("Resolved by clinician")


def test_on_its_own_page_too_who_came_by_resolve_settles_it(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    page.goto(link(page).get_attribute("href") or "")
    expect(page.get_by_label("This settles it")).not_to_be_checked()
    press(page, "r")
    expect(page.get_by_label("This settles it")).to_be_checked()


def test_an_alert_about_which_something_was_done_offers_to_resolve_it_once(
    desk: BrowserContext, says: Callable[..., Said]
) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    link(page).click()
    pane(page).get_by_label("Called", exact=True).check()
    expect(pane(page).get_by_label("This settles it")).not_to_be_checked()
    pane(page).get_by_role("button", name="Record").click()
    expect(pane(page)).to_contain_text("An action is recorded. Resolve it when it is settled.")
    expect(pane(page).get_by_role("link", name="Resolve")).to_have_count(0)
    expect(pane(page).get_by_role("button", name="Resolve")).to_have_count(1)
    expect(row(page).get_by_role("button", name="Resolve the alert of KT-1001")).to_be_attached()
    press(page, "r")
    expect(pane(page)).to_contain_text("Resolved by clinician")


@pytest.mark.parametrize(("key", "missing"), [("z", "4 hours"), ("r", "Called")])
def test_what_is_refused_beside_the_list_is_led_to_by_the_focus_and_said_to_be_unsaved(
    desk: BrowserContext, says: Callable[..., Said], key: str, missing: str
) -> None:
    says("ana", "check-in", HIGH)
    page = triage(desk)
    press(page, "j", key)
    expect(pane(page).get_by_label(missing, exact=True)).to_be_focused()
    press(page, "Enter")
    expect(pane(page).get_by_role("alert")).to_contain_text("This is not saved yet.")
    refused = pane(page).get_by_role("radiogroup").filter(has_text="This is needed.")
    expect(refused).to_have_attribute("aria-invalid", "true")
    expect(refused.get_by_label(missing, exact=True)).to_be_focused()
    expect(refused.get_by_text("This is needed.")).to_be_in_viewport()


def test_what_cannot_be_sent_says_so_and_what_was_typed_stays(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "check-in", URGENT)
    page = triage(desk)
    row(page).click()
    pane(page).get_by_label("Note").fill("She is safe at home.")
    desk.set_offline(True)
    pane(page).get_by_role("button", name="Record").click()
    expect(page.get_by_text("This did not reach Tidelog")).to_be_visible()
    expect(pane(page).get_by_label("Note")).to_have_value("She is safe at home.")


def test_a_half_written_note_stays_with_its_alert_until_it_is_sent(
    desk: BrowserContext, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", URGENT)
    says("another-patient", "check-in", URGENT)
    page = triage(desk)
    note = pane(page).get_by_label("Note")
    link(page).click()
    note.fill("Called, no answer")
    pane(page).get_by_role("button", name="Acknowledge").click()
    expect(row(page)).to_contain_text("Acknowledged by clinician")
    expect(note).to_have_value("Called, no answer")
    link(page, another).click()
    expect(pane(page).get_by_role("heading", name=another)).to_be_visible()
    expect(note).to_have_value("")
    link(page).click()
    expect(note).to_have_value("Called, no answer")
    pane(page).get_by_label("Called", exact=True).check()
    pane(page).get_by_role("button", name="Record").click()
    expect(pane(page).locator(".log")).to_contain_text("Called, no answer")
    expect(note).to_have_value("")


def test_everything_is_done_without_script(desk: BrowserContext, live: Live, says: Callable[..., Said]) -> None:
    says("ana", "check-in", HIGH)
    assert desk.browser
    plain = desk.browser.new_context(base_url=live.address, java_script_enabled=False)
    page = triage(plain)
    expect(pane(page)).to_be_hidden()
    page.get_by_role("button", name="Acknowledge the alert of KT-1001").click()
    page.get_by_role("button", name="Take back the acknowledgement of KT-1001").click()
    page.get_by_role("link", name="KT-1001").click()
    page.get_by_label("4 hours").check()
    page.get_by_label("Why it can wait").fill("She asked for it.")
    page.get_by_role("button", name="Snooze").click()
    page.goto("/clinic/triage?show=snoozed&code=1001")
    expect(link(page)).to_be_visible()


def test_an_open_triage_shows_what_came_meanwhile_and_the_focus_stays_where_it_was(
    desk: BrowserContext, says: Callable[..., Said]
) -> None:
    says("ana", "check-in", HIGH)
    page = triage(desk)
    page.get_by_role("button", name="Acknowledge the alert of KT-1001").focus()
    says("ana", "call", {"asked": True})
    expect(page.locator("#list .row")).to_have_count(2)
    expect(page.locator(".row", has_text="now and then").get_by_role("button")).to_be_focused()


def test_what_comes_moves_nothing_under_a_pointer_until_it_is_asked_for(
    desk: BrowserContext, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", HIGH)
    page = triage(desk)
    button = page.get_by_role("button", name="Acknowledge the alert of KT-1001")
    button.hover()
    stood = button.bounding_box()
    says("another-patient", "check-in", URGENT)
    expect(page.locator("#news")).to_have_text("1 new alert, 1 urgent")
    assert button.bounding_box() == stood
    expect(link(page, another)).to_have_count(0)
    page.mouse.down()
    page.mouse.up()
    expect(row(page)).to_contain_text("Acknowledged by clinician")
    expect(link(page, another)).to_have_count(0)
    press(page, "n")
    expect(link(page, another)).to_be_visible()
    expect(page.locator("#news")).to_be_empty()


def test_what_waited_comes_by_itself_when_the_pointer_leaves_the_rows(
    desk: BrowserContext, says: Callable[..., Said], another: str
) -> None:
    says("ana", "check-in", HIGH)
    page = triage(desk)
    row(page).hover()
    says("another-patient", "check-in", URGENT)
    expect(page.locator("#news")).to_have_text("1 new alert, 1 urgent")
    page.get_by_role("heading", name="Triage").hover()
    expect(link(page, another)).to_be_visible()


def test_on_a_narrow_screen_an_alert_has_a_page_of_its_own(desk: BrowserContext, says: Callable[..., Said]) -> None:
    says("ana", "call", {"asked": True})
    page = triage(desk)
    page.set_viewport_size({"width": 820, "height": 1100})
    press(page, "j", "z")
    page.wait_for_url("**/clinic/alerts/*#wait")
    press(page, "a")
    expect(page.get_by_role("button", name="Take back my acknowledgement").last).to_be_visible()


def test_an_open_triage_says_when_the_courier_falls_silent_and_when_it_is_back(
    desk: BrowserContext, live: Live
) -> None:
    last_turn(live, timedelta())
    page = triage(desk)
    silent = page.get_by_text("Messages do not go out as they should just now")
    expect(silent).to_be_hidden()
    last_turn(live, timedelta(hours=1))
    expect(silent).to_be_visible()
    last_turn(live, timedelta())
    expect(silent).to_be_hidden()


def last_turn(live: Live, ago: timedelta) -> None:
    with live.app.app_context():
        moment = wall_clock() - ago
        db.session.merge(CourierTurn(id=1, at=moment, planned_until=moment))
        db.session.commit()
        db.session.remove()


def test_a_triage_that_cannot_be_renewed_says_so(desk: BrowserContext) -> None:
    page = triage(desk)
    stale = page.get_by_text("This list could not be renewed just now.")
    page.context.set_offline(True)
    expect(stale).to_be_visible()
    page.context.set_offline(False)
    expect(stale).to_be_hidden()
    page.context.clear_cookies()
    expect(stale).to_be_visible()
