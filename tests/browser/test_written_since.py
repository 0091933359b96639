"""A sheet's code typed before anything was written: the page asks for the mail's code, and goes on from there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from pwa.accounts.passwords import has_address
from pwa.config import wall_clock
from pwa.records import Note, Person, db
from pwa.records.base import begin_writing
from tests.browser import first_day
from tests.browser.first_day import CHOSEN, Steps
from tests.browser.keeper import keeper
from tests.browser.scene import Live, come_in
from tests.browser.test_doors import read_by_a_camera, types_the_code_of_the_mail
from tests.conftest import CAST
from tests.pages.test_accessibility import fits_a_small_screen, nothing_found_in_either_theme

pytestmark = pytest.mark.browser


def a_note_is_written(live: Live) -> None:
    with live.app.app_context():
        begin_writing()
        dana = db.session.scalars(db.select(Person).where(has_address(first_day.DANA["email"]))).one()
        whose = {"clinic_id": dana.clinic_id, "patient_id": dana.id, "person_id": CAST["clinician"][1]}
        db.session.add(Note(**whose, id=str(uuid4()), edition=1, text="She is afraid.", at=wall_clock()))
        db.session.commit()
        db.session.remove()


@pytest.fixture
def chooses(live: Live, desk, new_phone) -> Page:
    """She stands where she chooses how to come in, and something is written then."""
    clinic = desk.new_page()
    come_in(clinic, "front-desk")
    clinic.goto("/clinic/invitations")
    link = first_day.invite(Steps(clinic), read_by_a_camera)
    page = new_phone.open()
    keeper(page)
    page.goto(link)
    page.wait_for_url("**/invited/choose**")
    a_note_is_written(live)
    return page


def is_asked_kindly(page: Page) -> None:
    expect(page.get_by_text("your clinic added something to your record")).to_be_visible()
    fits_a_small_screen(page)
    nothing_found_in_either_theme(page)


def test_the_password_that_she_typed_is_taken_once_the_mails_code_is_right(live: Live, chooses: Page):
    chooses.fill("#password", CHOSEN)
    chooses.get_by_role("button", name="Go in").click()
    is_asked_kindly(chooses)
    types_the_code_of_the_mail(chooses, live, at="**/invited/choose**")
    chooses.wait_for_url("**/terms?**")


def test_her_passkey_is_made_after_it_and_none_before(live: Live, chooses: Page):
    chooses.locator("[data-passkey=make]").click()
    chooses.wait_for_url("**/invited/mail?since=choosing**")
    is_asked_kindly(chooses)
    types_the_code_of_the_mail(chooses, live)
    chooses.wait_for_url("**/invited/choose**")
    chooses.locator("[data-passkey=make]").click()
    chooses.wait_for_url("**/terms?**")
