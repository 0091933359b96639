"""What a patient hides, and a record that is opened in an emergency, as each of them sees it on the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pwa.config import wall_clock
from tests.browser.scene import Live, Phone, come_in
from tests.browser.told import begin
from tests.clinic.conftest import ANA, says_to
from tests.pages.test_accessibility import never_wider_than_the_screen, nothing_found_in_either_theme

pytestmark = pytest.mark.browser
NOTE, PRIVATE, REASON = "a heavy boat of a day", "the blue gate was open", "Brought in by ambulance."


@pytest.fixture
def ana_wrote(live: Live) -> None:
    says = says_to(live.app, wall_clock)
    says("ana", "check-in", {"mood": 2, "note": NOTE})
    says("ana", "journal", {"text": PRIVATE, "audience": "me"})


def as_(desk: BrowserContext, who: str, path: str) -> Page:
    """Whoever sat there before has left."""
    desk.clear_cookies()
    page = desk.new_page()
    come_in(page, who)
    page.goto(path)
    return page


def sound(page: Page) -> None:
    """In both themes, and on a small screen with large words."""
    nothing_found_in_either_theme(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    never_wider_than_the_screen(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)


def in_an_emergency(desk: BrowserContext) -> Page:
    """A colleague opens the record; the first tries say no reason, and none that tells anything."""
    page = as_(desk, "another-clinician", "/clinic/")
    page.get_by_role("link", name="Emergency access").click()
    page.get_by_label("The patient’s code or full name").fill("kt-1001")
    page.get_by_label("Birth date").fill("1988-03-01")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("alert").filter(has_text="This is not saved yet.")).to_be_visible()
    sound(page)
    for reason in (".", REASON):
        page.get_by_label("Why it cannot wait").fill(reason)
        page.get_by_role("button", name="Open the record").click()
        expect(page.get_by_text("Say it in a few words")).to_have_count(int(reason == "."))
    return page


def test_a_patient_hides_her_check_ins_and_shows_them_again(phone: Phone, desk: BrowserContext, ana_wrote):
    page = phone.sign_in("ana")
    page.goto("/en/more")
    page.get_by_role("link", name="Who can see what, and who looked").click()
    page.get_by_role("list", name="Check-ins").get_by_role("button", name="Hide your clinicians").click()
    expect(page.get_by_text("Hidden since")).to_be_visible()
    sound(page)
    desk_page = as_(desk, "clinician", f"/clinic/patients/{ANA}")
    expect(desk_page.get_by_text("The patient hides a part of this record from clinicians.")).to_be_visible()
    expect(desk_page.get_by_text(NOTE)).to_have_count(0)
    sound(desk_page)
    page.get_by_role("button", name="Show again your clinicians").click()
    expect(page.get_by_text("What you hid before")).to_be_visible()
    desk_page.reload()
    expect(desk_page.get_by_text(NOTE)).to_be_visible()


def test_a_record_is_opened_in_an_emergency_and_everyone_concerned_reads_of_it(
    phone: Phone, desk: BrowserContext, ana_wrote
):
    hers, page = begin(phone), in_an_emergency(desk)
    expect(page.get_by_text("Open to you in an emergency, until")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text(PRIVATE)).to_have_count(0)
    sound(page)
    page.get_by_role("button", name="Close it now").click()
    page.wait_for_url("**/clinic/")
    page.goto(f"/clinic/patients/{ANA}")
    expect(page.get_by_text(NOTE)).to_have_count(0)
    hers.reload()
    hers.wait_for_url("**/account/emergency?next=/en/")
    expect(hers.get_by_text(REASON)).to_be_visible()
    sound(hers)
    hers.get_by_role("button", name="I have seen it").click()
    hers.wait_for_url("**/en/")
    hers.goto("/account/looks")
    expect(hers.get_by_text(REASON)).to_be_visible()
    expect(hers.get_by_text("(in an emergency)").first).to_be_visible()
    sound(hers)
    team = as_(desk, "therapist", "/clinic/")
    lately = team.get_by_role("region", name="Opened in an emergency")
    expect(lately.get_by_text("another-clinician")).to_be_hidden()
    lately.locator("summary").press("Enter")
    expect(lately.get_by_text("another-clinician")).to_be_visible()
    sound(team)
    trail = as_(desk, "manager", "/clinic/audit")
    expect(trail.get_by_role("region", name="Opened in an emergency").get_by_text(REASON)).to_be_visible()
    sound(trail)


def test_a_clinician_says_that_a_patient_without_her_mail_asked_for_a_new_way_in(desk: BrowserContext, live: Live):
    page = as_(desk, "manager", "/clinic/invitations")
    page.get_by_label("Their code or email").fill("KT-1001")
    page.get_by_label("A patient who cannot read that mail any more").check()
    page.get_by_role("button", name="Invite again").click()
    expect(page.get_by_text("It opens once a clinician who treats you has said")).to_be_visible()
    sound(page)
    page.goto("/clinic/invitations")
    expect(page.get_by_text("Waits for a clinician of the care team.")).to_be_visible()
    sound(page)
    page = as_(desk, "clinician", "/clinic/invitations")
    asked = page.get_by_role("region", name="Did ana ask for a new way in?")
    expect(asked.get_by_role("button", name="No, stop it")).to_be_visible()
    sound(page)
    asked.get_by_role("button", name="Yes, they asked for it").click()
    expect(asked.get_by_text("clinician agreed,")).to_be_visible()
    expect(asked.get_by_role("button", name="Yes, they asked for it")).to_have_count(0)
    sound(page)
