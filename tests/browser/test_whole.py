"""One yes on its whole way through browsers, servers and mail: what the patient reads, and what the clinic hears."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.scene import Live, Phone, come_in
from tests.browser.told import begin, go
from tests.conftest import CAST
from tests.notices import world
from tests.notices.world import Mailbox

pytestmark = pytest.mark.browser
FIRST, SECOND = CAST["clinician"][3], CAST["another-clinician"][3]


def test_a_yes_without_a_network_is_not_told_yet_then_told_handed_on_and_seen(
    phone: Phone, desk: BrowserContext, live: Live, ahead: Path, mailbox: Mailbox, course_of_days_ago: None
) -> None:
    triage = desk.new_page()
    come_in(triage, "clinician")
    triage.goto("/clinic/triage")
    expect(triage.get_by_text("No alert stands here.")).to_be_visible()

    page = begin(phone)
    phone.offline()
    says_yes(page)
    told = page.locator("#stays").get_by_role("status")
    expect(told).to_contain_text("Your clinic has NOT been told yet.")
    expect(page.locator("#stays").get_by_role("link", name="Call 9-8-8").first).to_be_visible()
    assert mailbox.to() == []

    began = time.monotonic()
    phone.offline(False)
    expect(triage.get_by_role("link", name="KT-1001")).to_be_visible()
    expect(triage.locator("#open")).to_contain_text("1 needs a call now.")
    on_screen = time.monotonic() - began
    world.until(lambda: mailbox.to() == [FIRST])
    print(f"Online to screen {on_screen:.1f} s, to screen and mailbox {time.monotonic() - began:.1f} s")
    expect(told).to_contain_text("This was sent to your clinic.")

    ahead.write_text("30")
    world.until(lambda: mailbox.to() == [FIRST, SECOND])
    expect(triage.get_by_text("Nobody answered in time")).to_be_visible()

    triage.get_by_role("button", name="Acknowledge the alert of KT-1001").click()
    expect(triage.get_by_role("button", name="Take back the acknowledgement of KT-1001")).to_be_visible()
    go(page, "/en/")
    page.locator("#seen").click()
    expect(page.locator("tide-thoughts").get_by_role("status")).to_contain_text(
        re.compile("Seen by your clinic( at|:)")
    )


def says_yes(page: Page) -> None:
    page.goto("/en/check-in")
    page.locator("label:has([name=thoughts][value=often])").click()
    page.get_by_role("button", name="Save", exact=True).click()
