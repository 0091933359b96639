"""A network that lies: nothing changes what waits, and the page says in a short sentence what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.liar import HANGS, LIES, TOO_LARGE, Liar, Lie
from tests.browser.scene import Live, Phone
from tests.browser.test_main_job import write
from tests.browser.told import begin, kept

pytestmark = pytest.mark.browser

WORDS = "The tram was late and I wrote this."
#: what stands in the way → the page's heading and the line at its top, in English and in French
SAYS = {
    "offline": {
        "en": ("No internet, no problem.", "Offline. 1 saved on this phone"),
        "fr": ("Sans Internet, pas de problème.", "Hors ligne. 1 entrée sur ce téléphone"),
    },
    "page": {
        "en": ("Something else answered.", "1 saved on this phone. The Wi-Fi may want you to sign in"),
        "fr": ("Autre chose a répondu.", "1 entrée sur ce téléphone. Le Wi-Fi demande peut-être une connexion"),
    },
    "busy": {
        "en": ("Your clinic’s server is busy.", "1 saved on this phone. The clinic’s server is busy"),
        "fr": (
            "Le serveur de votre clinique est occupé.",
            "1 entrée sur ce téléphone. Le serveur de la clinique est occupé",
        ),
    },
    "unknown": {
        "en": ("Not sent yet.", "1 saved on this phone, not sent yet"),
        "fr": ("Pas encore envoyé.", "1 entrée sur ce téléphone, pas encore envoyée"),
    },
    "sign-in": {
        "en": ("Please sign in again to send.", "1 saved on this phone. Sign in to send it"),
        "fr": ("Veuillez vous reconnecter pour envoyer.", "1 entrée sur ce téléphone. Connectez‑vous pour l’envoyer"),
    },
    "other-person": {
        "en": ("Someone else is signed in here.", "Another person is signed in"),
        "fr": ("Une autre personne est connectée ici.", "Une autre personne est connectée"),
    },
}
#: one of each
ONE_EACH = list({lie["means"]: lie for lie in LIES}.values())
#: every row of the outbox, to the last byte
OUTBOX = """() => new Promise(async (done) => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-outbox-"));
  const opening = indexedDB.open(name);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("versions").objectStore("versions").getAll();
    asking.onsuccess = () => {
      opening.result.close();
      done(asking.result.map(({ sealed, iv, ...row }) => ({ ...row, bytes: [...iv, ...new Uint8Array(sealed)] })));
    };
  };
})"""


@pytest.fixture
def liar(live: Live) -> Iterator[Liar]:
    one = Liar(live.port)
    yield one
    one.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path, liar: Liar) -> Iterator[Phone]:
    """Ana's, whose every call goes through the liar."""
    one = Phone(playwright, tmp_path / "profile", liar.address)
    one.open()
    yield one
    one.close()


def outbox(page: Page) -> list[dict[str, Any]]:
    return page.evaluate(OUTBOX)


def written_meanwhile(phone: Phone, liar: Liar, lie: Lie) -> Page:
    """One entry, on a line on which this is all that is heard."""
    page = begin(phone)
    liar.lie = lie
    write(page, WORDS, "Only me")
    return page


def try_now(page: Page, liar: Liar) -> None:
    before = liar.lied
    page.locator("#send").click()
    while liar.lied == before:
        page.wait_for_timeout(20)
    expect(page.locator("#told")).to_have_text(["It could not be sent yet. It stays safe here."])


def says(page: Page, lie: Lie, language: str) -> None:
    heading, line = SAYS[lie["means"]][language]
    expect(page.locator("h1:visible"), lie["lie"]).to_have_text(heading)
    expect(page.locator("tide-status"), lie["lie"]).to_contain_text(line)


def test_no_lie_changes_what_waits_and_each_is_told_as_what_it_is(phone: Phone, liar: Liar, live: Live) -> None:
    page = written_meanwhile(phone, liar, LIES[0])
    page.goto("/en/waiting")
    before = outbox(page)
    assert len(before) == 1
    for lie in LIES:
        liar.lie = lie
        try_now(page, liar)
        says(page, lie, "en")
        assert outbox(page) == before, lie["lie"]
    liar.lie = None
    page.locator("#send").click()
    phone.says("All sent")
    assert [version["body"]["text"] for version in kept(live)] == [WORDS]


def test_each_is_told_in_french_too(phone: Phone, liar: Liar) -> None:
    page = written_meanwhile(phone, liar, LIES[0])
    for lie in ONE_EACH:
        liar.lie = lie
        page.goto("/fr/waiting")
        says(page, lie, "fr")


def test_a_line_that_hangs_loses_nothing_and_is_left_for_a_better_one(phone: Phone, liar: Liar, live: Live) -> None:
    page = written_meanwhile(phone, liar, HANGS)
    phone.says("Sending")
    page.goto("/en/waiting")
    phone.says("Sending")
    assert len(outbox(page)) == 1
    liar.lie = None
    page.reload()
    phone.says("All sent")
    assert [version["body"]["text"] for version in kept(live)] == [WORDS]


def test_what_is_too_large_for_the_way_is_seen_and_stays(phone: Phone, liar: Liar) -> None:
    page = written_meanwhile(phone, liar, TOO_LARGE)
    phone.says("Needs your attention")
    page.goto("/en/waiting")
    expect(page.locator("h1:visible")).to_have_text("Something needs your attention.")
    assert [row["held"] for row in outbox(page)] == [[{"field": "", "code": "too-large"}]]
    expect(page.get_by_role("link", name="Open", exact=True)).to_be_visible()
    liar.lie = None
    page.locator("#send").click()
    phone.says("All sent")


def test_a_lie_about_who_is_signed_in_opens_no_stores(phone: Phone, liar: Liar) -> None:
    phone.context.route(
        "**/me", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Welcome to our Wi-Fi</h1>")
    )
    phone.page.goto("/en/")
    phone.says("Not signed in")
    names = phone.page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert names == ["tidelog-door"]
