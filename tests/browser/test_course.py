"""The course on a phone, without a network: doses at home, checks that fall due, effects until they are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.told import CARD, NOW, at, begin, bring, go, kept, treatment, version

pytestmark = pytest.mark.browser

ASKED = {
    "effects_off": ["nausea"],
    "checks_off": ["memory"],
    "own": [{"id": "own-1a2b3c4d", "en": "Itchy scalp", "fr": "Cuir chevelu qui démange"}],
}


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/en/")


def said(live, kind: str) -> list[dict]:
    return [one for one in kept(live) if one["kind"] == kind]


@pytest.fixture
def at_home(live) -> dict:
    """A dose under the tongue is planned at home for about now."""
    plan = treatment(NOW + timedelta(hours=1), 4, "planned")
    plan["body"] |= {"route": "sublingual", "place": "home", "dose": 100, "unit": "mg"}
    bring(live, "clinician", version("card", at(9), {**CARD, "asked": ASKED}), plan)
    return plan


def test_a_dose_at_home_is_kept_offline_the_screen_turns_dim_and_i_am_ok_stands_over_it(phone, live, at_home):
    page = begin(phone)
    phone.offline()
    page.get_by_role("link", name="A dose at home").click()
    expect(page.get_by_text("If you do not, nobody comes.")).to_be_visible()
    expect(page.get_by_text("Your plan says 100 mg.")).to_be_visible()
    expect(page.get_by_label("Dose in mg")).to_have_value("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#dock-says")).to_have_text("Say how you took it.")
    page.get_by_text("Under the tongue").click()
    page.get_by_label("Dose in mg").fill("100")
    page.get_by_role("radiogroup", name="I have someone with me").get_by_text("Yes").click()
    saved(page)
    expect(page.locator("html")).to_have_attribute("data-mode", "after")
    expect(page.get_by_text("Stay where someone can reach you.")).to_be_visible()
    page.get_by_role("button", name="I am OK").click()
    expect(page.get_by_role("heading", name="Are you OK?")).to_be_hidden()
    phone.offline(False)
    phone.says("All sent")
    first, ok = said(live, "home-dose")
    assert (first["body"]["mg"], first["body"]["someone"], first["body"]["route"]) == (100, True, "sublingual")
    assert first["body"]["treatment"] == at_home["record"]
    assert (ok["parents"], ok["record"]) == ([first["id"]], first["record"])
    assert ok["body"] == first["body"] | {"ok_at": ok["body"]["ok_at"]}


def test_a_check_is_due_without_a_network_and_no_more_once_it_was_answered(phone, live, at_home):
    page = begin(phone)
    phone.offline()
    expect(page.locator("#due")).to_contain_text("bladder, blood pressure")
    page.locator("#due").click()
    expect(page.get_by_role("heading", name="Anything new when you pee?")).to_be_visible()
    expect(page.get_by_text("How are your memory and your thinking?")).to_have_count(0)
    page.get_by_role("button", name="Mark the rest as none").click()
    saved(page)
    expect(page.get_by_role("heading", name="Today")).to_be_attached()
    expect(page.locator("#due")).to_be_hidden()
    phone.offline(False)
    phone.says("All sent")
    [report] = said(live, "effects")
    assert report["body"]["checks"] == ["bladder", "pressure", "changes"]
    assert {one["severity"] for one in report["body"]["effects"]} == {0}


def test_where_only_driving_is_asked_the_page_asks_once_and_of_no_weeks(phone, live, course):
    answered = {"window": "long-term", "checks": ["bladder", "memory", "pressure", "changes"]}
    bring(live, "ana", version("effects", at(9), {**answered, "effects": [{"effect": "nocturia", "severity": 0}]}))
    page = go(begin(phone), "/en/checks")
    expect(page.get_by_role("group", name="Did you drive, or do you plan to, before a night’s sleep?")).to_be_visible()
    expect(page.get_by_text("Drove, or plan to", exact=False)).to_be_hidden()
    expect(page.get_by_text("Think of the last weeks", exact=False)).to_be_hidden()
    expect(page.get_by_role("button", name="Mark the rest as none")).to_be_hidden()


def test_the_clinics_own_effect_is_offered_and_what_it_switched_off_is_not(phone, live, at_home):
    page = go(begin(phone), "/en/body")
    page.get_by_label("Search side effects").fill("scalp")
    page.get_by_role("button", name="Itchy scalp").click()
    page.locator("tide-effect").get_by_text("Moderate").click()
    page.get_by_role("radiogroup", name="This can wait until my next visit").get_by_text("Yes, it can wait").click()
    expect(page.locator("[data-effect=nausea]")).to_have_count(0)
    saved(page)
    phone.says("All sent")
    [report] = said(live, "effects")
    assert report["body"] == {
        "effects": [{"effect": "own-1a2b3c4d", "severity": 2, "words": "Itchy scalp"}],
        "can_wait": True,
    }


def test_an_effect_that_goes_on_is_asked_about_until_it_is_gone(phone, live, at_home):
    page = go(begin(phone), "/en/body")
    page.get_by_label("Search side effects").fill("headache")
    page.get_by_role("button", name="Headache").click()
    row = page.locator("tide-effect")
    row.get_by_text("Mild").click()
    row.get_by_role("radiogroup", name="Still going?").get_by_text("Yes").click()
    saved(page)
    page.get_by_role("link", name="Still going on: Headache").click()
    page.locator("tide-effect").get_by_text("No, gone").click()
    saved(page)
    expect(page.locator("#due")).to_be_visible()
    expect(page.get_by_text("Still going on")).to_have_count(0)
    phone.says("All sent")
    first, then = said(live, "effects")
    assert then["parents"] == [first["id"]]
    assert [one["ongoing"] for one in (*first["body"]["effects"], *then["body"]["effects"])] == [True, False]
