"""The clinic's pages in a real browser: without script, with it, by keyboard, and after signing out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from pwa.config import wall_clock
from tests.browser.scene import Live, come_in
from tests.clinic.conftest import IV, TORONTO, says_to
from tests.conftest import CAST

pytestmark = pytest.mark.browser


@pytest.fixture
def ana_wrote(live: Live) -> None:
    says = says_to(live.app, wall_clock)
    for days in range(1, 6):
        says("ana", "check-in", {"mood": days, "anxiety": 4, "sleep": 7}, ago=timedelta(days=days))
    at = (wall_clock() - timedelta(days=3)).astimezone(TORONTO)
    body = {**IV, "at": at.isoformat(timespec="seconds"), "number": 1, "of": 6}
    says("ana", "treatment", body, by="clinician", felt=at)


def desk(chromium: Browser, live: Live, who: str, **options: object) -> Page:
    page = chromium.new_context(base_url=live.address, viewport={"width": 1440, "height": 900}, **options).new_page()
    come_in(page, who)
    return page


@pytest.fixture
def ana_felt(live: Live) -> None:
    """Two sessions: nausea after one of them."""
    says = says_to(live.app, wall_clock)
    for days, severity in ((3, 2), (5, 0)):
        at = (wall_clock() - timedelta(days=days)).astimezone(TORONTO)
        body = {**IV, "at": at.isoformat(timespec="seconds")}
        treatment = says("ana", "treatment", body, by="clinician", felt=at)
        felt = {"treatment": treatment.record, "window": "next-day"}
        says("ana", "effects", {**felt, "effects": [{"effect": "nausea", "severity": severity}]}, ago=timedelta(days=2))


def test_side_effects_are_chosen_filtered_and_followed_to_a_patient_without_script(
    chromium: Browser, live: Live, ana_felt: None
) -> None:
    page = desk(chromium, live, "clinician", java_script_enabled=False)
    page.get_by_role("link", name="Side effects").click()
    page.get_by_role("link", name="Nausea, IV infusion: 1 of 2 sessions").click()
    side = page.get_by_role("complementary", name="Nausea")
    expect(side.get_by_text("1 of 2", exact=True)).to_be_visible()
    page.get_by_label("Columns").select_option("Place")
    page.get_by_label("Count from").select_option("Severe")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("No effect was reported in these weeks.")).to_be_visible()
    page.get_by_label("Count from").select_option("Moderate")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name="Nausea, At the clinic").click()
    page.get_by_role("link", name="KT-1001").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("KT-1001")


def test_matrix_table_and_file_say_the_same_numbers(chromium: Browser, live: Live, ana_felt: None) -> None:
    page = desk(chromium, live, "clinician")
    page.goto("/clinic/effects")
    expect(page.get_by_role("link", name="1 of 2 sessions, 50%, 95% interval 1 to 99%")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    line = download.value.path().read_text("utf-8-sig").splitlines()[1]
    assert line == "Nausea,IV infusion,1,2,0.5,0.0126,0.9874,2,"
    page.get_by_role("link", name="Plain table").click()
    row = page.get_by_role("row", name="Nausea")
    expect(row).to_have_text("NauseaIV infusion1250%1 to 99% too few to judge0")


def record_a_session(page: Page) -> None:
    page.get_by_role("link", name="Record a session").click()
    page.get_by_label("Given", exact=True).check()
    page.get_by_label("Time").fill("00:00")
    page.get_by_label("Dose").fill("0.6")
    page.get_by_role("button", name="Save").click()


def test_everything_works_without_script(chromium: Browser, live: Live, ana_wrote: None) -> None:
    page = desk(chromium, live, "clinician", java_script_enabled=False)
    page.get_by_role("link", name="KT-1001").click()
    expect(page.get_by_role("table", name="Every check-in and session")).to_be_visible()
    page.get_by_role("link", name="3 months").click()
    page.get_by_role("button", name="Hide names").click()
    expect(page.get_by_text("416-555-0101")).to_have_count(0)
    record_a_session(page)
    expect(page.get_by_role("table", name="Sessions").get_by_text("0.6")).to_be_visible()
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator(".rail").get_by_role("button").last.click()
    expect(page).to_have_url(live.address + "/sign-in")


def test_the_chart_is_drawn_and_the_table_is_one_press_away(chromium: Browser, live: Live, ana_wrote: None) -> None:
    page = desk(chromium, live, "clinician")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.get_by_role("link", name="KT-1001").click()
    expect(page.locator("tide-chart .l.mood")).to_have_count(1)
    expect(page.locator("tide-chart .tag")).to_have_count(1)
    page.get_by_text("Table", exact=True).click()
    expect(page.locator("tide-chart svg.chart").first).to_be_hidden()
    expect(page.get_by_role("table", name="Every check-in and session")).to_be_visible()
    assert said == []


def test_a_session_is_recorded_by_keyboard_alone(chromium: Browser, live: Live, ana_wrote: None) -> None:
    page = desk(chromium, live, "clinician")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="KT-1001")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Record a session").press("Enter")
    page.get_by_label("Given", exact=True).press("Space")
    page.get_by_label("Time").press_sequentially("1200AM")
    page.get_by_label("Dose").press_sequentially("0.6")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("table", name="Sessions").get_by_text("0.6")).to_be_visible()


def test_after_signing_out_the_way_back_shows_nothing(chromium: Browser, live: Live, ana_wrote: None) -> None:
    page = desk(chromium, live, "clinician")
    page.get_by_role("link", name="KT-1001").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("KT-1001")).to_have_count(0)


@pytest.fixture
def ana_was_watched(live: Live) -> None:
    """Two sessions with effects and pressure, an alert, a check, a shared entry, and a check-in written late."""
    says = says_to(live.app, wall_clock)
    for days, severity in ((9, 2), (3, 3)):
        at = (wall_clock() - timedelta(days=days)).astimezone(TORONTO)
        observed = {"peak_systolic": 140 + days, "peak_diastolic": 90}
        body = {**IV, "at": at.isoformat(timespec="seconds"), "observed": observed}
        treatment = says("ana", "treatment", body, by="clinician", felt=at)
        felt = {
            "treatment": treatment.record,
            "window": "acute",
            "effects": [{"effect": "nausea", "severity": severity}],
        }
        says("ana", "effects", felt, ago=timedelta(days=days - 1))
    for days in (8, 7, 5, 2):
        says("ana", "check-in", {"mood": days, "anxiety": 4, "energy": 5}, ago=timedelta(days=days))
    yesterday = (wall_clock() - timedelta(days=1)).astimezone(TORONTO)
    says("ana", "check-in", {"mood": 1, "thoughts": "often"}, felt=yesterday)
    says("ana", "effects", {"checks": ["memory"], "effects": [{"effect": "memory", "severity": 0}]})
    says("ana", "journal", {"text": "For all of them.", "audience": "care-team"})


def test_every_lane_of_the_chart_holds_what_its_table_says(
    chromium: Browser, live: Live, ana_was_watched: None
) -> None:
    page = desk(chromium, live, "clinician")
    page.get_by_role("link", name="KT-1001").first.click()
    expect(page.locator("tide-chart .lane")).to_have_count(5)
    for lane in ("effects", "pressure", "checks", "alerts", "journal"):
        in_table = page.locator(f"tide-chart [data-lane={lane}]").count()
        drawn = page.locator(f"tide-chart .lane.{lane} :is(path, text.strong)")
        assert in_table > 0, lane
        expect(drawn).to_have_count(in_table)
    for figures in ("149/90", "143/90"):
        expect(page.locator("tide-chart .lane text", has_text=figures)).to_have_count(1)
    expect(page.locator("tide-chart .lane .urgent")).to_have_count(1)
    expect(page.locator("tide-chart .d.late.mood")).to_have_count(1)


#: texts of a lane over which another of its signs is drawn
DRAWN_OVER = """(lane) => {
    const box = (one) => one.getBoundingClientRect();
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const signs = [...lane.querySelectorAll("path, text.strong")];
    const texts = signs.filter((one) => one.matches("text"));
    return texts.filter((text) => signs.some((one) => one !== text && meet(box(one), box(text)))).length;
}"""


@pytest.mark.parametrize("days", [28, 91, 273])
def test_nothing_is_drawn_over_a_pressure(chromium: Browser, live: Live, ana_was_watched: None, days: int) -> None:
    says = says_to(live.app, wall_clock)
    for ago in (4, 3):
        says("ana", "effects", {"systolic": 120 + ago, "diastolic": 80, "effects": []}, ago=timedelta(days=ago))
    page = desk(chromium, live, "clinician")
    page.goto(f"/clinic/patients/{CAST['ana'][1]}?days={days}")
    lane = page.locator("tide-chart .lane.pressure")
    expect(lane.locator(":is(path, text.strong)")).to_have_count(4)
    assert lane.locator("text.strong").count() > 0
    assert lane.evaluate(DRAWN_OVER) == 0


CUT_OFF = """(sheet) => [...sheet.querySelectorAll("text")]
    .filter((one) => one.getBoundingClientRect().right > sheet.getBoundingClientRect().right)
    .map((one) => one.textContent)"""


def test_the_name_of_a_month_that_begins_at_the_edge_is_whole(chromium: Browser, live: Live, ana_wrote: None) -> None:
    page, path = desk(chromium, live, "clinician"), f"/clinic/patients/{CAST['ana'][1]}"
    ends = '<tide-chart from="2026-09-03" until="2026-10-01"'
    html = re.sub('<tide-chart from="[^"]*" until="[^"]*"', ends, page.request.get(path).text())
    page.route(f"**{path}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(path)
    expect(page.locator("tide-chart svg text", has_text="October")).to_have_count(1)
    assert page.locator("tide-chart svg.chart:not(.scale)").evaluate(CUT_OFF) == []


def test_no_line_bridges_a_gap_by_date_or_by_cycle(chromium: Browser, live: Live, ana_was_watched: None) -> None:
    page = desk(chromium, live, "clinician")
    page.get_by_role("link", name="KT-1001").first.click()
    expect(page.locator("tide-chart .l.mood")).to_have_count(
        2
    )  # 8 and 7 days ago, and 2 and 1; 5 days ago stands alone
    expect(page.locator("tide-chart .d.mood")).to_have_count(5)
    page.get_by_role("link", name="Days since the session").click()
    expect(page.locator("tide-chart .cycle")).to_have_count(2)
    expect(page.locator("tide-chart .l.mood")).to_have_count(2)
    for cell in ("8", "7", "5", "2", "1"):
        expect(page.locator("tide-chart .as-table td", has_text=cell)).to_have_count(1)
