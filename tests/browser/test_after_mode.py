"""After a session: one effect a screen, dim and large, nothing to type, and a closed browser takes nothing away."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from pwa.domain import effects
from tests.browser.scene import Live, Phone, until
from tests.browser.told import CARD, NOW, ZONE, begin, bring, keeps_a_draft, kept, treatment, version

pytestmark = pytest.mark.browser

ASKED = [*effects.first_ten("iv"), *effects.always()]
#: each of them, and the search
COUNT = len(ASKED) + 1


@pytest.fixture
def page(phone: Phone, live: Live) -> Page:
    """The report of a session that has just ended, without a network."""
    session = treatment(NOW - timedelta(minutes=50), 3)
    session["body"]["minutes"] = 40
    bring(live, "clinician", version("card", NOW, CARD), session)
    page = begin(phone)
    until(page, "document.documentElement.dataset.mode === 'after'")
    phone.offline()
    return report(page)


def test_one_effect_stands_on_a_screen_with_four_large_answers_and_nothing_to_type(page: Page) -> None:
    expect(page.locator("tide-effect:visible")).to_have_count(1)
    expect(page.locator("input:visible:not([type=radio]), textarea:visible")).to_have_count(0)
    labels = now(page).locator(".sev label")
    expect(labels).to_have_count(4)
    for label in labels.all():
        assert (label.bounding_box() or {})["height"] >= 64
    expect(page.get_by_role("heading", name=f"Question 1 of {COUNT} {name_of(page)}")).to_be_visible()


def test_the_focus_goes_to_the_heading_of_the_new_question_and_the_keyboard_answers_it(page: Page) -> None:
    page.get_by_role("button", name="Skip").press("Enter")
    heading = page.get_by_role("heading", name=f"Question 2 of {COUNT} {name_of(page)}")
    expect(heading).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(now(page).get_by_role("radio", name="None")).to_be_checked()
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.get_by_role("heading", name=f"Question 3 of {COUNT} {name_of(page)}")).to_be_focused()
    page.get_by_role("button", name="Back").press("Enter")
    expect(heading).to_be_focused()


def test_a_browser_that_is_closed_keeps_the_answers_and_the_place(page: Page, phone: Phone) -> None:
    page.get_by_role("button", name="Skip").click()
    keeps_a_draft(page, lambda: answer(page, "Moderate"))
    keeps_a_draft(page, lambda: page.get_by_role("button", name="Next").click())
    keeps_a_draft(page, lambda: page.get_by_role("button", name="Skip").click())
    phone.close()
    page = report(phone.open())
    expect(page.locator("[data-count]")).to_contain_text(f"Question 4 of {COUNT}")
    for _ in range(2):
        page.get_by_role("button", name="Back").click()
    expect(now(page).get_by_role("radio", name="Moderate")).to_be_checked()


def test_one_can_finish_at_each_point_and_what_was_said_is_kept(page: Page, phone: Phone, live: Live) -> None:
    answer(page, "Mild")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish now, keep what I said").click()
    page.wait_for_url("**/en/")
    phone.offline(False)
    phone.says("All sent")
    [said] = [one["body"] for one in kept(live) if one["kind"] == "effects"]
    assert said["effects"] == [{"effect": ASKED[0].id, "severity": 1}]


def test_none_of_the_rest_is_one_tap_and_leaves_what_was_skipped_before_blank(
    page: Page, phone: Phone, live: Live
) -> None:
    page.get_by_role("button", name="Skip").click()
    answer(page, "Severe")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Mark the rest as none").click()
    expect(page.get_by_role("region", name="That was the last question")).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/en/")
    phone.offline(False)
    phone.says("All sent")
    [said] = [one["body"] for one in kept(live) if one["kind"] == "effects"]
    assert {item["effect"]: item["severity"] for item in said["effects"]} == {
        ASKED[1].id: 3,
        **{one.id: 0 for one in ASKED[2:]},
    }


def test_none_of_the_rest_can_still_be_undone_after_coming_back_and_leaves_what_was_changed_since(page: Page) -> None:
    page.goto("/en/after-session?all")
    for effect, severity in ((ASKED[0], "Severe"), (ASKED[1], "None")):
        page.locator(f"tide-effect[effect={effect.id}]").get_by_text(severity, exact=True).first.click()
    keeps_a_draft(page, lambda: page.get_by_role("button", name="Mark the rest as none").click())
    changed = page.locator(f"tide-effect[effect={ASKED[2].id}]")
    keeps_a_draft(page, lambda: changed.get_by_text("Mild", exact=True).first.click())
    page.goto("/en/")
    page.goto("/en/after-session?all")
    page.get_by_role("button", name="Undo: leave the rest blank").click()
    expect(page.get_by_role("button", name="Mark the rest as none")).to_be_visible()
    answered = page.locator("tide-effect").evaluate_all("(rows) => rows.map((row) => row.value?.severity ?? null)")
    assert answered == [3, 0, 1, *[None for _ in ASKED[3:]]]


def test_what_can_be_an_emergency_shows_the_number_at_once_in_place(page: Page) -> None:
    names = [one.id for one in ASKED]
    for _ in range(names.index("chest-pain")):
        page.get_by_role("button", name="Skip").click()
    expect(page.locator("a[href='tel:911']:visible")).to_have_count(0)
    answer(page, "Mild")
    expect(now(page).locator("a[href='tel:911']:visible")).to_be_in_viewport()


def test_what_an_answer_opens_is_seen_whole_before_one_goes_on(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    answer(page, "Moderate")
    dock = page.locator(".dock").bounding_box() or {}
    for words in ("Yes", "No, gone"):
        chip = now(page).locator(".going").get_by_text(words, exact=True).bounding_box() or {}
        assert chip["y"] + chip["height"] <= dock["y"], words
    now(page).locator(".going").get_by_text("No, gone", exact=True).click()
    lasted = now(page).locator(".lasted").bounding_box() or {}
    assert lasted["y"] + lasted["height"] <= dock["y"]


def test_on_a_small_phone_in_french_help_the_session_and_all_answers_of_a_question_stand_on_one_screen(
    page: Page, live: Live, phone: Phone
) -> None:
    phone.offline(False)
    bring(live, "clinician", treatment(NOW - timedelta(days=7), 2))
    page.goto("/fr/")
    page.get_by_text("Tout est envoyé").wait_for()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/fr/after-session")
    expect(now(page)).to_be_visible()
    shown = {name: page.locator(name).bounding_box() or {} for name in (".back", ".help-link", ".dock", "#about .btn")}
    name = page.locator("#about [data-name]").bounding_box() or {}
    assert shown[".help-link"]["y"] < shown[".back"]["y"] + shown[".back"]["height"]
    assert shown["#about .btn"]["y"] < name["y"] + name["height"]
    for label in now(page).locator(".sev label").all():
        box = label.bounding_box() or {}
        assert box["height"] >= 64
        assert box["y"] + box["height"] <= shown[".dock"]["y"]


def test_that_it_can_wait_is_offered_on_the_last_screen(page: Page, phone: Phone, live: Live) -> None:
    answer(page, "Mild")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".waits")).to_be_hidden()
    page.get_by_role("button", name="Mark the rest as none").click()
    page.locator(".waits").get_by_text("Yes, it can wait", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/en/")
    phone.offline(False)
    phone.says("All sent")
    [said] = [one["body"] for one in kept(live) if one["kind"] == "effects"]
    assert said["can_wait"] is True


def test_an_effect_of_which_nobody_said_whether_it_goes_on_has_a_row_on_today(page: Page) -> None:
    answer(page, "Mild")
    name = now(page).locator("legend b").inner_text()
    page.get_by_role("button", name="Finish now, keep what I said").click()
    page.wait_for_url("**/en/")
    page.get_by_role("link", name=f"Still going on? {name}").click()
    expect(now(page).get_by_role("radio", name="Mild")).to_be_checked()


def test_an_effect_that_was_searched_for_is_answered_where_it_was_found(page: Page) -> None:
    for _ in range(len(ASKED)):
        page.get_by_role("button", name="Skip").click()
    page.locator("details.part summary:visible").first.click()
    page.locator("li[data-effect=derealisation] button").click()
    found = page.locator("li[data-chosen] tide-effect")
    expect(found).to_be_visible()
    found.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="That was the last question")).to_be_visible()


def test_one_that_was_asked_already_is_gone_back_to(page: Page) -> None:
    for _ in range(len(ASKED)):
        page.get_by_role("button", name="Skip").click()
    name = page.locator(f"li[data-effect={ASKED[0].id}]")
    page.locator("details.part", has=name).locator("summary").click()
    name.get_by_role("button").click()
    expect(page.get_by_role("heading", name=f"Question 1 of {COUNT} {name_of(page)}")).to_be_visible()
    expect(now(page)).to_have_attribute("effect", ASKED[0].id)


def test_whoever_chooses_so_sees_all_at_once_with_what_was_said(page: Page) -> None:
    keeps_a_draft(page, lambda: answer(page, "Mild"))
    page.get_by_role("link", name="Show all at once").click()
    expect(page.locator("tide-effect:visible")).to_have_count(len(ASKED))
    expect(page.locator("tide-effect").first.get_by_role("radio", name="Mild")).to_be_checked()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Show all at once")).to_be_hidden()


def test_today_says_what_not_to_do_until_the_morning_by_the_route(page: Page) -> None:
    page.goto("/en/")
    expect(page.locator("#slowly")).to_be_visible()
    words = json.loads(page.locator("#words").text_content() or "")["dont"]
    assert words["iv"] != words["sublingual"]
    today = (NOW - timedelta(hours=3, minutes=50)).date() == (datetime.now(ZONE) - timedelta(hours=3)).date()
    expect(page.locator("#dont")).to_have_text(words["iv"] if today else "no driving and no big decisions.")


def test_whoever_has_just_had_a_session_reports_of_it_and_not_of_the_one_before(
    phone: Phone, live: Live, course_of_days_ago: None
) -> None:
    page = after_a_session_that_no_phone_knows(phone)
    about = page.locator("#about")
    expect(about).to_contain_text("Your session today")
    expect(about.get_by_text("Change")).to_be_visible()
    answer(page, "Severe")
    page.get_by_role("button", name="Finish now, keep what I said").click()
    page.wait_for_url("**/en/")
    expect(page.get_by_role("heading", name="Take it slowly")).to_be_visible()
    expect(page.get_by_role("link", name="Note side effects")).to_be_hidden()
    phone.says("All sent")
    body = kept(live)[-1]["body"]
    assert (body.get("treatment"), body["window"]) == (None, "acute")
    opens = page.get_by_role("link", name=f"Still going on? {ASKED[0].label}").get_attribute("href")
    assert opens == f"/en/after-session#{kept(live)[-1]['record']}"


def test_once_the_clinic_has_entered_the_session_the_same_report_is_about_that(
    phone: Phone, live: Live, course_of_days_ago: None
) -> None:
    page = after_a_session_that_no_phone_knows(phone)
    answer(page, "Mild")
    page.get_by_role("button", name="Finish now, keep what I said").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    session = treatment(NOW - timedelta(minutes=2), 4)
    session["body"]["minutes"] = 1
    bring(live, "clinician", session)
    page.goto("/en/")
    expect(page.locator("#date")).to_contain_text("Session 4 of 6 was")
    expect(page.get_by_role("link", name="Note side effects")).to_be_hidden()
    page = report(page)
    expect(page.locator("#about")).to_contain_text("IV infusion, session 4")
    page.get_by_role("button", name="Finish now, keep what I said").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    first, then = [one for one in kept(live) if one["kind"] == "effects"][-2:]
    assert (then["record"], then["parents"]) == (first["record"], [first["id"]])
    assert then["body"]["treatment"] == session["record"]


def test_change_leads_to_the_session_before_and_back(phone: Phone, live: Live, course_of_days_ago: None) -> None:
    page = after_a_session_that_no_phone_knows(phone)
    page.locator("#about").get_by_text("Change").click()
    page.locator("#sessions").get_by_role("link", name="IV infusion, session 3").click()
    expect(page.locator("#about")).to_contain_text("IV infusion, session 3")
    page.locator("#about").get_by_text("Change").click()
    page.locator("#sessions").get_by_role("link", name="Your session today").click()
    expect(page.locator("#about")).to_contain_text("Your session today")


def test_with_one_session_alone_its_name_stands_there_and_nothing_to_change(page: Page) -> None:
    expect(page.locator("#about")).to_contain_text("IV infusion, session 3")
    expect(page.locator("#about").get_by_text("Change")).to_be_hidden()


def after_a_session_that_no_phone_knows(phone: Phone) -> Page:
    """The report of a session of today, said by hand."""
    page = begin(phone)
    page.get_by_role("button", name="I have just had my session").click()
    page.get_by_role("link", name="Note side effects").click()
    expect(page.locator("[data-count]")).not_to_be_empty()
    return page


def report(page: Page) -> Page:
    page.goto("/en/after-session")
    expect(page.locator("[data-count]")).not_to_be_empty()
    return page


def now(page: Page) -> Locator:
    return page.locator("[data-now]")


def name_of(page: Page) -> str:
    return " ".join(now(page).locator("legend").inner_text().split())


def answer(page: Page, label: str) -> None:
    now(page).locator(".sev").get_by_text(label, exact=True).click()
