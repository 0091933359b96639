"""The patient's forms in a real browser: what is blank stays blank, and nothing is said that is not true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from pwa.domain import effects
from tests.browser.scene import Live, come_in, until
from tests.browser.set_back import Moment
from tests.browser.told import CARD, NOT_AT_IT, NOW, ZONE, bring, keeps_a_draft, kept, treatment, version

pytestmark = pytest.mark.browser

NOT_TOLD = "Your clinic has NOT been told yet."
AFTER = "localStorage.setItem('look', JSON.stringify({ after_until: new Date(Date.now() + 36e5).toISOString() }))"
#: a phone that is full from now on
FULL = """() => {
  const full = () => { throw new DOMException("", "QuotaExceededError") };
  IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = full;
}"""
CLINICS_CARD = version("card", NOW, CARD)


@pytest.fixture
def house(live: Live) -> Live:
    """A clinic whose card asks about thoughts."""
    bring(live, "clinician", CLINICS_CARD)
    return live


@pytest.fixture(scope="module")
def signed_in(served: Live, started: Browser) -> Iterator[Moment]:
    """Ana, with the clinic's card on her phone."""
    served.begin()
    bring(served, "clinician", CLINICS_CARD)
    context = an_empty_phone(served, started)
    sign_in(context)
    yield Moment(served, context)
    context.close()


@pytest.fixture
def page(signed_in: Moment, house: Live) -> Page:
    """Hers, at the check-in."""
    return check_in(signed_in.again())


@pytest.fixture
def other_page(house: Live, started: Browser) -> Iterator[Page]:
    """The same on a phone of its own, whose clock may be set, and which may be told that it is offline."""
    context = an_empty_phone(house, started)
    sign_in(context)
    yield context.pages[0]
    context.close()


Sent = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def sent(house: Live) -> Sent:
    """What this test's phones have sent, the oldest first."""
    before = len(kept(house))
    return lambda: [said for said in kept(house)[before:] if said["kind"] in ("check-in", "effects")]


def an_empty_phone(house: Live, browser: Browser) -> BrowserContext:
    """Without the worker, which these forms do not need while the server is there."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(
        base_url=house.address, viewport=size, has_touch=True, timezone_id=ZONE.key, service_workers="block"
    )
    context.set_default_timeout(10_000)
    return context


def sign_in(context: BrowserContext) -> None:
    page = context.new_page()
    come_in(page, "ana")
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/en/")
    check_in(page)


def check_in(page: Page) -> Page:
    """Opened, and all that it asks of the server at first is answered."""
    with page.expect_response("**/sync"):
        page.goto("/en/check-in")
    until(page, NOT_AT_IT)
    expect(page.locator("tide-thoughts fieldset")).to_be_visible()
    return page


def treated(house: Live, hours_ago: float, minutes: int) -> str:
    """Until its end, and from the next morning on, no phone is in after-mode by itself. Returns the record's id."""
    given = treatment(NOW - timedelta(hours=hours_ago), 3)
    given["body"]["minutes"] = minutes
    bring(house, "clinician", given)
    return str(given["record"])


def saved(page: Page, sent: Sent, count: int = 1) -> dict[str, Any]:
    """Saves, and returns the last statement once the server has it."""
    page.locator(".dock [type=submit]").click()
    expect(page.locator("#dock-says")).to_have_text("Saved on this phone")
    for _ in range(100):
        if len(sent()) >= count:
            return sent()[-1]
        page.wait_for_timeout(50)
    raise AssertionError("not sent within five seconds")


def pull(page: Page) -> None:
    """Until this phone has all that the server holds. It may be on its way to Today, from a save."""
    page.wait_for_url("**/en/")
    page.goto("/en/more")
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator("#told")).to_have_text("All sent.")


def slide(page: Page, name: str, value: int) -> None:
    page.locator(f"#{name}").fill(str(value))


def effect(page: Page, name: str) -> Locator:
    return page.locator(f"tide-effect[effect={name}]")


def choose(within: Locator, label: str) -> None:
    within.get_by_text(label, exact=True).locator("visible=true").first.click()


def after_session(page: Page, treatment: str) -> None:
    page.goto("about:blank")
    page.goto("/en/")
    until(page, "document.querySelector('tide-status use')?.getAttribute('href') === '#i-sent'")
    page.goto(f"/en/after-session#{treatment}")
    expect(page.locator("#window")).not_to_be_empty()


def test_what_is_not_answered_is_not_in_the_entry(page: Page, sent: Sent) -> None:
    for name in ("mood", "anxiety", "energy"):
        expect(page.locator(f"#{name}")).to_have_attribute("aria-valuetext", "not set")
    slide(page, "mood", 6)
    expect(page.locator("#mood")).to_have_attribute("aria-valuetext", "6 of 10, okay")
    assert saved(page, sent)["body"] == {"mood": 6}


def test_two_taps_on_save_make_one_entry_and_enter_makes_none(page: Page, sent: Sent) -> None:
    slide(page, "mood", 6)
    page.locator("#mood").press("Enter")
    expect(page.locator("#dock-says")).to_have_text("You can leave anything blank.")
    page.get_by_role("button", name="Save").dblclick()
    until(page, "location.pathname === '/en/'")
    assert [said["body"] for said in sent()] == [{"mood": 6}]


def test_zero_is_an_answer_and_the_middle_can_be_tapped(page: Page, sent: Sent) -> None:
    slide(page, "anxiety", 0)
    page.locator("#energy").click()
    assert saved(page, sent)["body"] == {"anxiety": 0, "energy": 5}


def test_every_answer_can_be_cleared_again(page: Page, sent: Sent) -> None:
    for name in ("mood", "anxiety", "energy"):
        slide(page, name, 3)
    page.get_by_role("button", name="Half an hour more").click()
    expect(page.locator("tide-stepper output")).to_have_text("7 h")
    page.get_by_text("I would rather not say", exact=True).click()
    while page.locator(".clear:visible").count():
        page.locator(".clear:visible").first.click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#dock-says")).to_contain_text("Answer at least one thing")
    expect(page.locator("tide-thoughts input:checked")).to_have_count(0)
    assert sent() == []


def test_to_who_would_rather_not_say_help_is_offered_and_it_is_said_who_may_see_that(page: Page) -> None:
    offered = page.get_by_role("link", name="Help and numbers, if you want them")
    expect(page.get_by_text("“I would rather not say” can be as well")).to_be_visible()
    expect(offered).to_be_hidden()
    page.get_by_text("I would rather not say", exact=True).click()
    expect(offered).to_have_attribute("href", "/en/help")
    expect(page.locator("#support")).to_be_hidden()
    page.locator("tide-thoughts").get_by_text("No", exact=True).click()
    expect(offered).to_be_hidden()


def test_a_check_in_needs_no_more_than_a_keyboard(page: Page, sent: Sent) -> None:
    page.locator("#main").focus()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "mood":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")  # Clear stands before the gauge, and comes with the answer
    page.keyboard.press("ArrowLeft")
    while page.evaluate("document.activeElement.name") != "thoughts":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#dock-says")).to_have_text("Saved on this phone")
    until(page, "location.pathname !== '/en/check-in'")
    assert sent()[-1]["body"] == {"mood": 6, "anxiety": 4, "thoughts": "no"}


def test_help_comes_at_once_offline_and_says_the_truth_until_the_receipt(other_page: Page, sent: Sent) -> None:
    other_page.context.set_offline(True)
    other_page.get_by_text("Yes, often or hard to push away").click()
    note = other_page.locator("#support")
    expect(note).to_be_focused()
    expect(note.locator("a[href='tel:988']:visible")).to_be_visible()
    expect(note.locator("a[href='sms:988']:visible")).to_be_visible()
    expect(note.get_by_role("status")).to_contain_text(NOT_TOLD)
    other_page.get_by_role("button", name="Save").click()
    expect(other_page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    expect(note.get_by_role("status")).to_contain_text(NOT_TOLD)
    expect(note.locator("a[href='tel:988']:visible")).to_be_visible()
    other_page.context.set_offline(False)
    expect(note.get_by_role("status")).to_contain_text("This was sent to your clinic. They next read", timeout=20_000)
    expect(note.get_by_role("status")).to_contain_text(", 9:00.")
    assert sent()[-1]["body"] == {"thoughts": "often"}
    other_page.goto("about:blank")
    other_page.goto(f"/en/check-in#{sent()[-1]['record']}")
    expect(note.get_by_role("status")).to_contain_text("This was sent to your clinic.")
    other_page.get_by_text("Yes, now and then").click()
    expect(note.get_by_role("status")).to_contain_text(NOT_TOLD)


def test_arrow_keys_reach_every_answer_before_the_help_takes_the_focus(page: Page) -> None:
    page.locator("[name=thoughts][value=no]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#support")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[value=often]")).to_be_checked()
    page.keyboard.press("Space")
    expect(page.locator("#support")).to_be_focused()


def test_thoughts_are_asked_about_today_only(other_page: Page, sent: Sent) -> None:
    noon = datetime.now(ZONE).replace(hour=12, minute=0)
    other_page.clock.set_fixed_time(noon)
    other_page.reload()
    other_page.get_by_role("radio", name="Yesterday").check()
    expect(other_page.locator("tide-thoughts")).to_be_hidden()
    expect(other_page.get_by_role("heading", name="Your mood that day")).to_be_visible()
    slide(other_page, "mood", 2)
    said = saved(other_page, sent)
    yesterday = (noon - timedelta(days=1)).date().isoformat()
    assert (said["day"], said["felt_at"][:13]) == (yesterday, f"{yesterday}T12")


def test_after_midnight_it_is_still_last_night_until_three(other_page: Page, sent: Sent) -> None:
    night = datetime.now(ZONE).replace(hour=1, minute=0)
    other_page.clock.set_fixed_time(night)
    other_page.reload()
    expect(other_page.locator("tide-day label").first).to_contain_text("Last night")
    expect(other_page.locator("tide-thoughts")).to_be_visible()
    other_page.get_by_role("radio", name="Another day").check()
    expect(other_page.locator("tide-day input[type=date]")).to_have_attribute("max", night.date().isoformat())
    other_page.get_by_role("radio", name="Last night").check()
    slide(other_page, "mood", 4)
    assert saved(other_page, sent)["day"] == (night - timedelta(days=1)).date().isoformat()


def test_an_edit_names_what_stood_on_the_screen_and_can_be_taken_back(page: Page, sent: Sent) -> None:
    slide(page, "mood", 4)
    page.locator("#note").fill("Rain")
    first = saved(page, sent)
    page.goto(f"/en/check-in#{first['record']}")
    expect(page.locator("#note")).to_have_value("Rain")
    slide(page, "mood", 5)
    second = saved(page, sent, 2)
    assert second["body"] == {"mood": 5, "note": "Rain"}
    assert (second["record"], second["parents"], second["felt_at"]) == (
        first["record"],
        [first["id"]],
        first["felt_at"],
    )
    page.goto("about:blank")
    page.goto(f"/en/check-in#{first['record']}")
    page.get_by_role("button", name="Take this entry back").click()
    page.get_by_role("button", name="Take it back").dblclick()
    until(page, "location.pathname !== '/en/check-in'")
    assert (sent()[-1]["body"], sent()[-1]["parents"]) == (None, [second["id"]])
    assert len(sent()) == 3


def test_what_another_phone_wrote_meanwhile_is_offered(house: Live, started: Browser, page: Page, sent: Sent) -> None:
    slide(page, "mood", 3)
    first = saved(page, sent)
    other = an_empty_phone(house, started)
    sign_in(other)
    edit = f"/en/check-in#{first['record']}"
    for phone in (page, other.pages[0]):
        phone.goto("about:blank")
        phone.goto(edit)
        expect(phone.locator("#mood")).to_have_value("3")
    for phone, mood, count in ((page, 6, 2), (other.pages[0], 8, 3)):
        slide(phone, "mood", mood)
        saved(phone, sent, count)
    other.close()
    pull(page)
    page.goto(edit)
    expect(page.locator("#mood")).to_have_value("8")
    expect(page.locator("#other-heads")).to_contain_text("Your mood right now 6")
    page.get_by_role("button", name="Use those answers").click()
    last = saved(page, sent, 4)
    assert last["body"] == {"mood": 6}
    assert len(last["parents"]) == 2


def test_a_draft_survives_a_reload_and_goes_when_it_is_saved(page: Page, sent: Sent) -> None:
    slide(page, "mood", 7)
    keeps_a_draft(page, lambda: page.locator("#note").fill("Half a"))
    page.reload()
    expect(page.locator("#drafted")).to_be_visible()
    expect(page.locator("#mood")).to_have_attribute("aria-valuetext", "7 of 10, fairly good")
    expect(page.locator("#note")).to_have_value("Half a")
    saved(page, sent)
    page.goto("/en/check-in")
    expect(page.locator("#mood")).to_have_attribute("aria-valuetext", "not set")
    expect(page.locator("#drafted")).to_be_hidden()


def test_words_stay_on_the_screen_when_the_phone_is_full(page: Page, sent: Sent) -> None:
    keeps_a_draft(page, lambda: page.locator("#note").fill("Please keep this"))
    page.evaluate(FULL)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#dock-says")).to_contain_text("This phone is full")
    expect(page.locator("#note")).to_have_value("Please keep this")
    assert sent() == []


def test_after_a_session_it_asks_one_thing_a_screen_and_nothing_slides(page: Page, sent: Sent) -> None:
    page.evaluate(AFTER)
    page.reload()
    expect(page.locator("[data-count]")).to_contain_text("Question 1 of 5")
    expect(page.locator("input[type=range]:visible, textarea:visible")).to_have_count(0)
    page.locator("tide-gauge .picks").get_by_text("10", exact=True).click()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-stage]:visible")).to_have_count(1)
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("[data-count]")).to_contain_text("Question 2 of 5")
    assert saved(page, sent)["body"] == {"mood": 10}
    page.evaluate("localStorage.removeItem('look')")


def test_a_report_asks_the_routes_ten_and_the_four_and_blank_is_not_none(house: Live, page: Page, sent: Sent) -> None:
    treatment = treated(house, 2, minutes=1440)
    after_session(page, treatment)
    expect(page.locator("#window")).to_have_text("Think of the first 4 hours after the session.")
    asked = [*effects.first_ten("iv"), *effects.always()]
    expect(page.locator("[data-first] tide-effect")).to_have_count(len(asked))
    choose(effect(page, "dizziness"), "Moderate")
    choose(effect(page, "dizziness"), "No, gone")
    choose(effect(page, "dizziness"), "1 to 4 h")
    said = saved(page, sent)
    one = {"effect": "dizziness", "severity": 2, "ongoing": False, "lasted": "1-4h"}
    assert said["body"] == {"treatment": treatment, "window": "acute", "effects": [one]}
    after_session(page, treatment)
    page.get_by_role("button", name="Mark the rest as none").click()
    second = saved(page, sent, 2)
    assert (second["record"], second["parents"]) == (said["record"], [said["id"]])
    assert second["body"]["effects"][0] == one or one in second["body"]["effects"]
    assert {item["effect"]: item["severity"] for item in second["body"]["effects"]} == {
        each.id: 2 if each.id == "dizziness" else 0 for each in asked
    }


def test_an_emergency_shows_the_number_in_place_and_something_severe_the_clinics(house: Live, page: Page) -> None:
    after_session(page, treated(house, 30, minutes=60))
    expect(page.locator("#window")).to_have_text(
        "Think of the time from 4 hours after the session to the end of the next day."
    )
    pain = effect(page, "chest-pain")
    expect(pain.locator("a[href='tel:911']:visible")).to_have_count(0)
    choose(pain, "Mild")
    expect(pain.locator("a[href='tel:911']:visible")).to_have_count(1)
    choose(pain, "None")
    expect(pain.locator("a[href='tel:911']:visible")).to_have_count(0)
    choose(effect(page, "nausea"), "Severe")
    expect(effect(page, "nausea").locator("a[href='tel:+14165550142']")).to_be_visible()
    effect(page, "nausea").locator("tide-choice[name=severity] .clear").click()
    expect(page.locator("a[href='tel:+14165550142']")).to_be_hidden()


def test_a_draft_of_a_report_comes_back_with_the_window_it_was_about(house: Live, other_page: Page) -> None:
    treatment = treated(house, 3.5, minutes=1440)
    after_session(other_page, treatment)
    choose(effect(other_page, "nausea"), "Mild")
    other_page.clock.set_fixed_time(datetime.now(ZONE) + timedelta(hours=1))
    other_page.reload()
    expect(other_page.locator("#drafted")).to_be_visible()
    expect(other_page.locator("#window")).to_have_text("Think of the first 4 hours after the session.")
    expect(effect(other_page, "nausea").locator("input:checked")).to_have_value("1")
    other_page.get_by_role("button", name="Start again").click()
    expect(other_page.locator("#window")).to_have_text(
        "Think of the time from 4 hours after the session to the end of the next day."
    )
    expect(effect(other_page, "nausea").locator("input:checked")).to_have_count(0)


def test_the_whole_catalogue_is_found_by_plain_and_by_clinical_words(page: Page, sent: Sent) -> None:
    page.goto("/en/body")
    for words, name in (("pee at night", "nocturia"), ("SOMNOLENCE", "drowsiness"), ("haematuria", "blood-in-urine")):
        page.locator("#find").fill(words)
        expect(page.locator("li[data-effect]:visible")).to_have_count(1)
        expect(page.locator(f"li[data-effect={name}]")).to_be_visible()
    page.locator("#find").fill("")
    page.get_by_text("Bladder", exact=True).click()
    page.locator("li[data-effect=nocturia] button").click()
    choose(effect(page, "nocturia"), "Mild")
    page.locator("#other").fill("My ears ring")
    said = saved(page, sent)
    assert said["body"] == {"effects": [{"effect": "nocturia", "severity": 1}], "other": "My ears ring"}


def test_what_can_be_serious_stands_open_on_the_page_of_the_body(page: Page) -> None:
    page.goto("/en/body")
    for name in ("Chest pain", "Trouble breathing", "Fainting", "A seizure or fit"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.locator("#find").fill("nausea")
    expect(page.get_by_role("button", name="Chest pain")).to_be_hidden()
    page.locator("#find").fill("")
    page.get_by_role("button", name="Chest pain").click()
    choose(effect(page, "chest-pain"), "Mild")
    expect(effect(page, "chest-pain").locator("a[href='tel:911']:visible")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "typed", "effects"),
    [
        ("/en/body", "passed out", ["fainting", "loss-of-consciousness"]),
        ("/en/body", "blackout", ["fainting", "loss-of-consciousness"]),
        ("/en/body", "can’t breathe", ["breathless"]),
        ("/en/body", "fits", ["seizure"]),
        ("/en/body", "puke", ["nausea", "vomiting"]),
        ("/fr/body", "perdu connaissance", ["fainting"]),
        ("/fr/body", "manque d’air", ["breathless"]),
    ],
)
def test_words_that_people_use_find_the_effect(page: Page, address: str, typed: str, effects: list[str]) -> None:
    page.goto(address)
    page.locator("#find").fill(typed)
    for name in effects:
        expect(page.locator(f"li[data-effect={name}]")).to_be_visible()
    expect(page.locator("li[data-effect]:visible")).to_have_count(len(effects))


def test_a_reading_that_cannot_be_is_asked_for_again(page: Page, sent: Sent) -> None:
    page.goto("/en/body")
    page.get_by_label("Top number").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#dock-says")).to_contain_text("from 50 to 300")
    expect(page.get_by_label("Top number")).to_be_focused()
    page.get_by_label("Top number").fill("128")
    page.get_by_label("Bottom number").fill("82")
    assert saved(page, sent)["body"] == {"effects": [], "systolic": 128, "diastolic": 82}


def test_a_high_reading_asks_for_a_second_one(page: Page) -> None:
    page.goto("/en/body")
    again = page.get_by_text("measure once more")
    page.get_by_label("Top number").fill("179")
    page.get_by_label("Bottom number").fill("109")
    expect(again).to_be_hidden()
    page.get_by_label("Top number").fill("180")
    expect(again).to_be_visible()
    page.get_by_label("Top number").fill("120")
    expect(again).to_be_hidden()
    page.get_by_label("Bottom number").fill("110")
    expect(again).to_be_visible()
