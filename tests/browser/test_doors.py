"""Coming in, as the people do it: an invitation by its square, a passkey, an app with codes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from pwa.accounts.invitations import mailed_code
from pwa.records import Clinic, Invitation, Person, SignIn, db
from pwa.records.base import begin_writing
from tests.browser import first_day
from tests.browser.first_day import CHOSEN, OFFER, Steps, Taken
from tests.browser.keeper import keeper
from tests.browser.scene import Live, Phone, come_in
from tests.browser.test_main_job import write
from tests.browser.told import begin
from tests.conftest import CAST, CLINIC, PASSWORD
from tests.pages.test_accessibility import (
    fits_a_small_screen,
    never_wider_than_the_screen,
    nothing_found_in_either_theme,
)
from tools.trees import ROOT

pytestmark = pytest.mark.browser


def read_by_a_camera(square: Locator) -> str:
    """What it says, from the picture alone."""
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(square.screenshot())))
    return str(found.text)


def invited(desk: Page, by: str = "front-desk", whose: str = "KT-1001") -> str:
    """They have lost the way in; the clinic makes a sheet for them, and this is what its square says."""
    come_in(desk, by)
    desk.goto("/clinic/invitations")
    desk.fill("#whose", whose)
    desk.get_by_role("button", name="Invite again").click()
    expect(desk.locator(".ticket svg")).to_be_visible()
    return read_by_a_camera(desk.locator(".ticket svg"))


def goes_on_past_the_home_screen(page: Page) -> None:
    page.wait_for_url("**/account/home-screen")
    page.get_by_role("link", name="Go on to Tidelog").click()
    page.wait_for_url("**/en/welcome")


#: how a new patient comes in → what it takes on the phone; docs/accounts.md says the same
WAYS = {
    "by password": (first_day.by_password, Taken(pages=3, fields=1, signs=21, taps=3)),
    "by passkey": (first_day.by_passkey, Taken(pages=3, fields=0, signs=0, taps=3)),
}
AT_THE_DESK = Taken(pages=2, fields=4, signs=39, taps=4)


@pytest.mark.parametrize("way", WAYS)
def test_a_new_patient_comes_from_the_clinics_form_to_the_home_screen_in_as_many_steps_as_is_said(new_phone, desk, way):
    choose, taken = WAYS[way]
    at_the_desk = desk.new_page()
    come_in(at_the_desk, "front-desk")
    at_the_desk.goto("/clinic/invitations")
    clinic = Steps(at_the_desk)
    link = first_day.invite(clinic, read_by_a_camera)
    phone = Steps(new_phone.open())
    first_day.follow(phone, link, choose)
    expect(phone.page).to_have_title("asked to install")
    assert (clinic.taken(), phone.taken()) == (AT_THE_DESK, taken)
    said = (ROOT / "docs" / "accounts.md").read_text()
    assert f"| the clinic | {AT_THE_DESK.row()} |" in said
    assert f"| the patient, {way} | {taken.row()} |" in said
    phone.page.get_by_role("link", name="Go on to Tidelog").click()
    phone.page.wait_for_url("**/en/**")


def test_who_came_in_by_an_invitation_is_offered_the_home_screen_by_the_browsers_own_prompt(
    phone: Phone, live: Live, desk
):
    link = invited(desk.new_page())
    page = phone.open()
    page.goto(link)
    types_the_code_of_the_mail(page, live)
    page.fill("#password", CHOSEN)
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/account/home-screen")
    expect(page.get_by_text("Choose Add to home screen, or Install.")).to_be_visible()
    expect(page.locator("#code-for")).to_be_visible()
    page.evaluate(OFFER)
    expect(page.get_by_text("Choose Add to home screen, or Install.")).to_be_hidden()
    page.get_by_role("button", name="Add to the home screen").click()
    expect(page).to_have_title("asked to install")


def types_the_code_of_the_mail(page: Page, live: Live, at: str = "**/invited/mail**") -> None:
    page.wait_for_url(at)
    with live.app.app_context():
        code = mailed_code(db.session.scalars(db.select(Invitation)).one())
        db.session.remove()
    page.fill("#code", code)
    page.get_by_role("button", name="Go on").click()


def test_whoever_is_still_signed_in_is_asked_on_today_and_stops_it(phone: Phone, live: Live, desk):
    page = begin(phone)
    invited(desk.new_page())
    page.reload()
    page.wait_for_url("**/account/invitation?next=/en/")
    nothing_found_in_either_theme(page)
    page.get_by_role("button", name="No, stop it").click()
    page.wait_for_url("**/en/")
    with live.app.app_context():
        assert db.session.scalars(db.select(Invitation)).one().withdrawn_at
        db.session.remove()


def test_an_invitation_ends_on_today_by_a_password_and_the_code_leaves_the_address_at_once(
    new_phone: Phone, live: Live, desk
):
    sheet = desk.new_page()
    link = invited(sheet)
    nothing_found_in_either_theme(sheet)
    page = new_phone.open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers.get("referer"))))
    page.goto(link)
    page.wait_for_url("**/invited/mail**")
    nothing_found_in_either_theme(page)
    types_the_code_of_the_mail(page, live)
    page.wait_for_url("**/invited/choose**")
    code = link.partition("#")[2]
    assert not [one for one in asked if code in one]
    nothing_found_in_either_theme(page)
    page.fill("#password", CHOSEN)
    page.get_by_label("Show what I type").check()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/account/home-screen")
    nothing_found_in_either_theme(page)
    goes_on_past_the_home_screen(page)
    page.locator("#read").click()
    page.wait_for_url("**/en/")
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    assert code not in page.url


def test_a_passkey_ends_it_too_and_is_all_that_one_needs_from_then_on(new_phone: Phone, live: Live, desk):
    link = invited(desk.new_page())
    page = new_phone.open()
    keeper(page)
    page.goto(link)
    types_the_code_of_the_mail(page, live)
    page.locator("[data-passkey=make]").click()
    goes_on_past_the_home_screen(page)
    page.locator("#read").click()
    page.wait_for_url("**/en/")
    page.goto("/account")
    nothing_found_in_either_theme(page)
    page.goto("/en/more")
    page.locator("#sign-out").click()
    page.wait_for_url("**/sign-in")
    page.locator("[data-passkey=use]").click()
    page.wait_for_url("**/en/**")
    expect(page.locator("tide-status use[href='#i-sent']")).to_be_attached()


def makes_a_passkey(page: Page, who: str, to: str) -> None:
    """In a browser that keeps one; `to`: the heading of where that leads."""
    keeper(page)
    come_in(page, who)
    page.goto("/account")
    page.locator("[data-passkey=make]").click()
    expect(page.get_by_role("heading", name=to)).to_be_visible()


def test_a_passkey_proves_it_once_more_and_what_was_typed_goes_along(live: Live, desk):
    page = desk.new_page()
    makes_a_passkey(page, "front-desk", to="Sessions")
    page.goto("/clinic/invitations")
    page.fill("#whose", "KT-1001")
    nobody_proved_it_lately(live)
    page.get_by_role("button", name="Invite again").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    nothing_found_in_either_theme(page)
    page.locator("[data-passkey=use]").click()
    expect(page.locator(".ticket svg")).to_be_visible()


def nobody_proved_it_lately(live: Live) -> None:
    with live.app.app_context():
        begin_writing()
        db.session.execute(db.update(SignIn).values(proved_at=datetime.now(UTC) - timedelta(hours=1)))
        db.session.commit()
        db.session.remove()


def the_clinic_is_real(live: Live) -> None:
    with live.app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
        db.session.remove()


def sets_up_an_app_with_codes(page: Page, look: Callable[[Page], None] = lambda _: None) -> tuple[pyotp.TOTP, str]:
    """The app, and the first of the recovery codes. `look`: at each page on the way."""
    come_in(page, "clinician")
    page.wait_for_url("**/account/second")
    look(page)
    page.get_by_text("Show letters to type in place of the square").click()
    app = pyotp.TOTP(str(page.locator(".secret").text_content()))
    page.fill("#code", app.now())
    page.get_by_role("button", name="Use this app").click()
    first = str(page.locator(".codes li").first.text_content())
    look(page)
    page.get_by_role("link", name="I have them, go on").click()
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()
    return app, first


def a_nurse_follows_her_square(live: Live, desk: BrowserContext, new_phone: Phone) -> Page:
    """To where she chooses how she will come in, at a real clinic."""
    link = invited(desk.new_page(), "manager", CAST["clinician"][3])
    the_clinic_is_real(live)
    page = new_phone.open()
    keeper(page)
    page.goto(link)
    types_the_code_of_the_mail(page, live)
    page.wait_for_url("**/invited/choose**")
    return page


def test_a_nurse_comes_in_by_her_square_a_password_and_an_app_that_read_the_second_square(live: Live, desk, new_phone):
    page = a_nurse_follows_her_square(live, desk, new_phone)
    nothing_found_in_either_theme(desk.pages[0])
    page.fill("#password", CHOSEN)
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/account/second")
    app = pyotp.parse_uri(read_by_a_camera(page.locator(".qr svg")))
    page.fill("#code", app.now())
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("link", name="I have them, go on").click()
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()


def test_a_nurse_comes_in_by_her_square_and_a_passkey_which_is_both_steps(live: Live, desk, new_phone):
    page = a_nurse_follows_her_square(live, desk, new_phone)
    page.locator("[data-passkey=make]").click()
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()


def types_the_password(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in")
    page.get_by_label("Email").fill(CAST["clinician"][3])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/second**")


def types_the_code(page: Page, code: str) -> None:
    page.fill("#code", code)
    page.get_by_role("button", name="Sign in").click()


def test_a_nurse_of_a_real_clinic_sets_up_an_app_and_comes_in_by_its_codes_each_once(live: Live, desk):
    the_clinic_is_real(live)
    page = desk.new_page()
    app, _ = sets_up_an_app_with_codes(page, nothing_found_in_either_theme)
    types_the_password(page)
    nothing_found_in_either_theme(page)
    next_one = app.at(time.time() + app.interval)  # the one now was used; a clock may be off by half a minute
    types_the_code(page, next_one)
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()
    types_the_password(page)
    types_the_code(page, next_one)
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong or was used already.")
    page.goto("/clinic/")
    page.wait_for_url("**/sign-in?next=/clinic/")


def test_a_nurse_who_has_a_passkey_and_no_app_is_asked_for_it_after_her_password(live: Live, desk):
    page = desk.new_page()
    makes_a_passkey(page, "clinician", to="Patients")
    types_the_password(page)
    expect(page.get_by_text("Now your passkey: press the button")).to_be_visible()
    nothing_found_in_either_theme(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()


def everybody_speaks_french(live: Live) -> None:
    with live.app.app_context():
        begin_writing()
        db.session.execute(db.update(Person).values(language="fr"))
        db.session.commit()
        db.session.remove()


def looks_well_in_french(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    fits_a_small_screen(page)
    nothing_found_in_either_theme(page)


def goes_on(page: Page, field: str, typed: str) -> None:
    """By the button of the form in which this is typed."""
    page.fill(field, typed)
    page.locator(f"form:has({field}) button:not([type=button])").first.click()


def test_in_french_the_sheet_the_choice_of_a_password_and_the_second_step_fit_and_axe_finds_nothing(
    live: Live, desk, new_phone
):
    everybody_speaks_french(live)
    sheet = desk.new_page()
    come_in(sheet, "manager")
    sheet.goto("/clinic/invitations")
    goes_on(sheet, "#whose", CAST["clinician"][3])
    looks_well_in_french(sheet)
    the_clinic_is_real(live)
    page = new_phone.open()
    page.goto(read_by_a_camera(sheet.locator(".ticket svg")))
    page.wait_for_url("**/invited/mail**")
    looks_well_in_french(page)
    with live.app.app_context():
        code = mailed_code(db.session.scalars(db.select(Invitation)).one())
        db.session.remove()
    goes_on(page, "#code", code)
    page.wait_for_url("**/invited/choose**")
    looks_well_in_french(page)
    goes_on(page, "#password", CHOSEN)
    page.wait_for_url("**/account/second")
    looks_well_in_french(page)
    app = pyotp.parse_uri(read_by_a_camera(page.locator(".qr svg")))
    goes_on(page, "#code", app.now())
    expect(page.locator(".codes li").first).to_be_visible()
    looks_well_in_french(page)
    page.context.clear_cookies()
    page.goto("/sign-in?language=fr")
    looks_well_in_french(page)
    page.select_option("[name=clinic]", CAST["clinician"][0])
    page.fill("[name=email]", CAST["clinician"][3])
    goes_on(page, "[name=password]", CHOSEN)
    page.wait_for_url("**/sign-in/second**")
    page.goto("/sign-in/second?language=fr")  # who signs in is not known yet, and the browser speaks English
    looks_well_in_french(page)


def test_who_has_lost_the_app_comes_in_by_a_recovery_code(live: Live, desk):
    the_clinic_is_real(live)
    page = desk.new_page()
    _, first = sets_up_an_app_with_codes(page)
    types_the_password(page)
    types_the_code(page, first)
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()


def test_a_lost_phone_is_signed_out_from_another_one_and_its_unsent_words_stay_on_it(
    phone: Phone, other_phone: Phone, live: Live
):
    lost = begin(phone)
    phone.offline()
    write(lost, "Written on the phone that was lost.", "Only me")
    here = other_phone.sign_in("ana")
    here.goto("/account")
    where = here.get_by_role("region", name="Where you are signed in").get_by_role("listitem")
    expect(where).to_have_count(2)
    here.get_by_role("button", name="Sign out of").click()
    expect(where).to_have_count(1)
    phone.offline(False)
    phone.says("1 saved on this phone. Sign in to send it")
    assert live.thoughts() == []
    come_in(lost, "ana")
    phone.says("All sent")
    assert live.thoughts() == ["Written on the phone that was lost."]
    here.reload()
    expect(where).to_have_count(2)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_a_service_without_a_clinic_can_be_read_by_anyone_on_a_small_screen(chromium, tmp_path, language):
    empty = Live(tmp_path)
    empty.start()
    page = chromium.new_page(base_url=empty.address, viewport={"width": 320, "height": 640}, locale=language)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".steps li")).to_have_count(3)
    nothing_found_in_either_theme(page)
    never_wider_than_the_screen(page)
    empty.kill()
