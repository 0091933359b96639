"""What the browser prints, or saves as PDF."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from pwa.config import wall_clock
from tests.browser.scene import Live
from tests.browser.test_clinic import ana_was_watched, desk
from tests.clinic.conftest import IV, TOLD, TORONTO, says_to
from tests.conftest import CAST

pytestmark = pytest.mark.browser
PAGE = f"/clinic/patients/{CAST['ana'][1]}"


def printed(page, path):
    """The words of each page."""
    page.goto(path)
    expect(page.get_by_role("button", name="Print, or save as PDF")).to_be_visible()
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False))).pages
    return [" ".join(one.extract_text().split()) for one in pages]


@pytest.mark.parametrize("who", ["clinician", "therapist"])
def test_a_printed_summary_is_one_page_without_a_private_entry(
    chromium: Browser, live: Live, ana_was_watched: None, who: str
) -> None:
    says = says_to(live.app, wall_clock)
    says("ana", "journal", {"text": "Nobody else reads this line.", "audience": "me"})
    says("ana", "journal", {"text": "Once shared, taken back.", "audience": "me"}, ago=timedelta(days=1))
    page = desk(chromium, live, who)
    page.goto(f"{PAGE}/summary")
    expect(page.locator("tide-chart .l.mood")).to_have_count(2)
    [paper] = printed(page, f"{PAGE}/summary")
    assert "Nobody else reads" not in paper
    assert "taken back" not in paper
    for words in ("KT-1001", "For all of them.", "Only entries shared with the care", "Nausea severe", "Reviewed by"):
        assert words in paper, words
    for words in ("Hide names", "Print, or save as PDF"):
        assert words not in paper, words


def test_a_full_summary_is_one_page_in_french_too(chromium: Browser, live: Live) -> None:
    """As much as it shows at most: six sessions, alerts, effects, a long entry and notes."""
    says, long = says_to(live.app, wall_clock), "A line that goes on, as lines do when there is much to say. " * 9
    for number in range(1, 7):
        at = (wall_clock() - timedelta(days=22 - 3 * number)).astimezone(TORONTO)
        observed = {"peak_systolic": 151, "peak_diastolic": 94}
        body = {**IV, "at": at.isoformat(timespec="seconds"), "number": number, "of": 6, "observed": observed}
        treatment = says("ana", "treatment", body, by="clinician", felt=at)
        felt = [
            {"effect": one, "severity": 3, "lasted": "4-12h"}
            for one in ("depersonalisation", "derealisation", "nausea")
        ]
        report = {"treatment": treatment.record, "window": "acute", "can_wait": True, "effects": felt}
        says("ana", "effects", report, ago=timedelta(days=21 - 3 * number))
    says("ana", "check-in", {"mood": 0, "thoughts": "often"})
    says("ana", "effects", {"can_wait": True, "effects": [{"effect": "bladder-pain", "severity": 3}]})
    says("ana", "journal", {"text": long, "audience": "care-team"})
    page = desk(chromium, live, "clinician")
    token = str(page.locator("[name=csrf_token]").first.get_attribute("value"))
    for n in range(4):
        note = {"text": long, "record": CAST["ana"][1][:-1] + str(n), "edition": "0", "csrf_token": token}
        assert page.request.post(f"{PAGE}/notes", form=note).ok
        told = {**TOLD, "words": long[:110], "record": note["record"], "csrf_token": token}
        told |= {
            "began": str(wall_clock().date() - timedelta(days=3)),
            "heard": str(wall_clock().date() - timedelta(days=2)),
        }
        assert page.request.post(f"{PAGE}/events/new", form=told).ok
    page.get_by_role("button", name="Français").click()
    page.goto(f"{PAGE}/summary")
    expect(page.locator("tide-chart .tag")).to_have_count(6)
    page.emulate_media(media="print")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 1
    for words in ("Revu par", "6, ", "Douleur"):
        assert words in pages[0].extract_text()


def test_the_register_is_printed_with_all_its_columns_and_without_its_filters(chromium: Browser, live: Live) -> None:
    page = desk(chromium, live, "clinician")
    token = page.locator("[name=csrf_token]").first.get_attribute("value")
    told = {**TOLD, "began": "2026-01-02", "heard": "2026-01-03", "record": CAST["ana"][1], "words": "A fall"}
    answer = page.request.post(f"{PAGE}/events/new", form={**told, "csrf_token": str(token)})
    assert answer.ok
    [paper] = printed(page, "/clinic/events?from=2026-01-01&to=2026-01-31")
    for words in ("Register of adverse events", "A fall", "Possible", "Nothing changed", "clinician", "Judged by"):
        assert words in paper, words
    assert "Begun from" not in paper


__all__ = ["ana_was_watched"]
