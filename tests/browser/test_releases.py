"""Two releases at once: pages of the one talk to the server of the other, and no entry and no field is lost."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scene import Live, Phone
from tests.browser.told import NOW, begin, bring, effects, kept, treatment, version
from tools.trees import ROOT

pytestmark = pytest.mark.browser


def save(page: Page, button: str = "Save") -> None:
    page.get_by_role("button", name=button).click()
    page.wait_for_url(lambda url: url.endswith(("/en/", "/en/journal")))


def deploy(live: Live, tree: Path) -> None:
    live.kill()
    live.start(tree=tree)


def last(live: Live) -> dict[str, Any]:
    return kept(live)[-1]


def test_what_an_old_page_saves_reaches_the_newer_server(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    phone.offline()
    page.goto("/en/check-in")
    page.locator("#mood").fill("6")
    save(page)
    page.goto("/en/check-in")
    page.locator("#mood").fill("7")
    deploy(live, newer)
    phone.offline(False)
    save(page)
    phone.says("All sent")
    assert [one["body"] for one in kept(live)] == [{"mood": 6}, {"mood": 7}]
    assert live.count("SELECT count(*) FROM check_in") == 2


def test_an_old_page_that_edits_a_newer_entry_loses_no_field_of_it(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    given = treatment(NOW, 1)
    report = effects(NOW, given["record"], "acute", nausea=1)
    report["body"]["effects"][0]["spot"] = "stomach"
    phone.offline()
    bring(live, "clinician", given)
    newer_ones = [
        version("check-in", NOW, {"mood": 6, "dream": "A harbour"}, schema=2),
        journal_entry(),
        report,
    ]
    bring(live, "ana", *newer_ones, outcome="parked")
    pull_from(live, newer, phone)
    page.goto(f"/en/check-in#{newer_ones[0]['record']}")
    page.locator("#mood").fill("7")
    save(page)
    page.goto(f"/en/journal/entry#{newer_ones[1]['record']}")
    page.locator("#text").fill("It was very quiet.")
    save(page, "Done")
    page.goto(f"/en/after-session#{report['record']}")
    page.locator("tide-effect[effect=nausea]").get_by_text("Moderate", exact=True).click()
    save(page)
    phone.says("All sent")
    check_in, journal, after = (one["body"] for one in kept(live)[-3:])
    assert check_in == {"mood": 7, "dream": "A harbour"}
    assert journal == {"text": "It was very quiet.", "audience": "me", "title": "Harbour"}
    assert after["effects"] == [{"effect": "nausea", "severity": 2, "spot": "stomach"}]
    assert live.count("SELECT count(*) FROM version WHERE outcome = 'parked'") == 0


def test_an_old_page_that_takes_the_other_phones_answers_takes_all_of_them(
    phone: Phone, live: Live, newer: Path
) -> None:
    page = begin(phone)
    first = version("check-in", NOW - timedelta(hours=1), {"mood": 6, "dream": "A harbour"}, schema=2)
    then = version("check-in", NOW, {"mood": 8}, record=first["record"])
    phone.offline()
    bring(live, "ana", first, journal_entry(), outcome="parked")
    bring(live, "ana", then)
    pull_from(live, newer, phone)
    page.goto(f"/en/check-in#{first['record']}")
    page.get_by_role("button", name="Use those answers").click()
    save(page)
    phone.says("All sent")
    assert last(live)["body"] == {"mood": 6, "dream": "A harbour"}
    assert set(last(live)["parents"]) == {first["id"], then["id"]}


def journal_entry() -> dict[str, Any]:
    return version("journal", NOW, {"text": "It was quiet.", "audience": "me", "title": "Harbour"})


def pull_from(live: Live, tree: Path, phone: Phone) -> None:
    """What was parked is taken by the newer release, and all of it comes to the phone at once."""
    deploy(live, tree)
    live.command("judge-again", tree=tree)
    phone.offline(False)
    phone.page.goto("/en/journal")
    expect(phone.page.get_by_text("It was quiet.")).to_be_visible()


def test_what_a_newer_page_saves_is_kept_whole_by_an_old_server_and_taken_when_it_is_newer(
    new_phone: Phone, live: Live, newer: Path
) -> None:
    deploy(live, newer)
    page = begin(new_phone)
    page.goto("/en/check-in")
    page.locator("#mood").fill("6")
    page.locator("[name=dream]").fill("A harbour")
    deploy(live, ROOT)
    save(page)
    new_phone.says("Needs your attention")
    assert last(live)["body"] == {"mood": 6, "dream": "A harbour"}
    deploy(live, newer)
    live.command("judge-again", tree=newer)
    page.goto("/en/")
    new_phone.says("All sent")
    page.goto(f"/en/check-in#{last(live)['record']}")
    expect(page.locator("[name=dream]")).to_have_value("A harbour")
    assert live.count("SELECT count(*) FROM check_in") == 1


def test_the_files_of_a_page_that_is_still_open_stay_served(live: Live, newer: Path) -> None:
    names = built(ROOT)["builds"][0]["files"]
    assert set(names) - set(built(newer)["builds"][0]["files"]), "the newer release has other files"
    deploy(live, newer)
    for name in names:
        with urllib.request.urlopen(f"{live.address}/static/{name}") as answer:
            assert "immutable" in answer.headers["Cache-Control"], name


def built(tree: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((tree / "pwa/static/dist/built.json").read_text())
    return found
