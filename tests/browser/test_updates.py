"""How a newer version comes in, how a half one never does, and how a broken one is taken away."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scene import HIDDEN, Live, Phone, hide, until
from tests.browser.test_main_job import check_in, write
from tests.browser.told import begin, keeps_a_draft, kept

pytestmark = pytest.mark.browser

CACHES = "caches.keys().then((names) => names.sort().join())"
READY = "navigator.serviceWorker.getRegistration().then((worker) => worker.waiting !== null)"
#: two pages say that they are looked at or written in
TWO_IN_USE = (
    "navigator.locks.query().then(({ held }) => held.filter(({ name }) => name === 'tidelog-in-use').length > 1)"
)
#: the state in which the newer worker ends up, "none" if there is no newer one
INSTALLED = """async () => {
  const worker = await navigator.serviceWorker.ready;
  await worker.update();
  const coming = worker.installing ?? worker.waiting;
  while (coming?.state === "installing") await new Promise((done) => (coming.onstatechange = done));
  return coming?.state ?? "none";
}"""
#: holds the outbox so that a save must wait, until `letGo` is called
HELD = """async () => {
  const name = (await indexedDB.databases()).map(({ name }) => name).find((name) => name.includes("outbox"));
  const opening = indexedDB.open(name);
  await new Promise((done) => (opening.onsuccess = done));
  const tx = opening.result.transaction("versions", "readwrite");
  let held = true;
  const again = () => held && (tx.objectStore("versions").count().onsuccess = again);
  again();
  window.letGo = () => { held = false; opening.result.close(); };
}"""


def cache_of(live: Live) -> str:
    """The name of the cache of the version that is served now."""
    script = urllib.request.urlopen(f"{live.address}/sw.js").read().decode()
    listed = json.loads(script.split("\n")[0].removeprefix("self.LIST = ").removesuffix(";"))
    return f"tidelog-pages-{listed['version']}"


def deployed(live: Live, page: Page, newer: Path, path: str = "/en/check-in") -> str:
    """A newer release is served, and waits on the phone; the page that is open is still the old one."""
    live.kill()
    live.start(tree=newer)
    page.goto(path)
    until(page, READY)
    page.evaluate("window.isSame = true")
    return cache_of(live)


def tap_use_it_now(page: Page) -> None:
    page.locator(".update").get_by_role("button", name="Use it now").click()


def is_loaded_anew(page: Page) -> None:
    until(page, "window.isSame === undefined && document.readyState === 'complete'")


def test_a_newer_version_waits_until_the_person_says_so(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    cache = deployed(live, page, newer)
    expect(page.locator(".update")).to_contain_text("A new version is ready.")
    assert len(page.evaluate("caches.keys()")) == 2
    expect(page.locator("#dream")).to_have_count(0)
    tap_use_it_now(page)
    is_loaded_anew(page)
    until(page, f"{CACHES}.then((names) => names === '{cache}')")
    expect(page.locator("#dream")).to_be_visible()
    expect(page.locator(".update")).to_have_count(0)


def test_what_is_being_typed_stays_when_a_newer_version_is_used(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    cache = deployed(live, page, newer)
    page.locator("#mood").fill("7")
    tap_use_it_now(page)
    until(page, f"{CACHES}.then((names) => names === '{cache}')")
    expect(page.locator(".update")).to_have_text("The next page you open is the new version.")
    expect(page.locator("#mood")).to_have_value("7")
    assert page.evaluate("window.isSame")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/en/")
    phone.says("All sent")
    assert [version["body"] for version in kept(live)] == [{"mood": 7}]


def test_it_comes_in_unasked_when_the_app_is_put_aside_and_nothing_is_begun(
    phone: Phone, live: Live, newer: Path
) -> None:
    page = begin(phone)
    cache = deployed(live, page, newer)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    hide(page)
    is_loaded_anew(page)
    until(page, f"{CACHES}.then((names) => names === '{cache}')")
    expect(page.locator("#dream")).to_be_visible()
    assert len(loads) == 1


def test_it_does_not_come_in_unasked_while_an_entry_is_begun_in_any_tab(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    deployed(live, page, newer)
    typing = phone.context.new_page()
    typing.goto("/en/journal/entry")
    typing.locator("#text").fill("Half a")
    hide(typing)
    hide(page)
    stays_old(page)
    typing.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    is_loaded_anew(page)


def test_it_does_not_come_in_unasked_while_someone_looks_at_another_tab(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    cache = deployed(live, page, newer)
    reading = phone.context.new_page()
    reading.goto("/en/journal")
    until(reading, TWO_IN_USE)
    hide(page)
    stays_old(page)
    hide(reading)
    until(page, f"{CACHES}.then((names) => names === '{cache}')")


def test_a_draft_that_was_found_again_counts_as_begun(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    page.goto("/en/journal/entry")
    keeps_a_draft(page, lambda: page.locator("#text").fill("Half a"))
    deployed(live, page, newer, "/en/journal/entry")
    expect(page.locator("#text")).to_have_value("Half a")
    hide(page)
    stays_old(page)


def stays_old(page: Page) -> None:
    """Longer than a page waits to see whether it was put aside or left."""
    page.wait_for_timeout(3000)
    assert page.evaluate("window.isSame")
    assert page.evaluate(READY)


def test_no_page_is_loaded_anew_in_mid_save(phone: Phone, live: Live, newer: Path) -> None:
    page = begin(phone)
    check_in(page, mood=6, anxiety=4)
    phone.says("All sent")
    cache = deployed(live, page, newer, f"/en/check-in#{kept(live)[0]['record']}")
    take_back = page.get_by_role("button", name="Take this entry back")
    expect(take_back).to_be_visible()
    page.evaluate(HELD)
    take_back.click()
    page.get_by_role("button", name="Take it back").click()
    tap_use_it_now(page)
    until(page, f"{CACHES}.then((names) => names === '{cache}')")
    expect(page.locator(".update")).to_have_text("The next page you open is the new version.")
    assert page.evaluate("window.isSame")
    page.evaluate("window.letGo()")
    page.wait_for_url("**/en/")
    phone.says("All sent")
    assert [version["body"] for version in kept(live)] == [{"mood": 6, "anxiety": 4}, None]


def test_servers_that_differ_make_no_page_go_round(phone: Phone, live: Live) -> None:
    page = begin(phone)
    live.kill()
    live.start("tests.browser.restless:app")
    page.add_init_script(f"addEventListener('load', () => {{ {HIDDEN} }})")
    page.goto("/en/")
    page.evaluate("window.isSame = true")
    is_loaded_anew(page)
    page.evaluate("window.isSame = true")
    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update())")
    until(page, READY)
    stays_old(page)


LIES = ["missing", "failing", "redirected", "portal", "cut", "mixed", "portal_for_pages"]


@pytest.mark.parametrize("lie", LIES)
def test_a_half_install_never_goes_live_and_is_tried_again(lie: str, phone: Phone, live: Live) -> None:
    page = begin(phone)
    before = page.evaluate(CACHES)
    live.kill()
    live.start(f"tests.browser.broken:{lie}")
    assert page.evaluate(INSTALLED) == "redundant"
    still_as_before(page, live, before)
    comes_when_tried_again(page, live)


def test_a_server_killed_in_mid_install_leaves_the_old_version(phone: Phone, live: Live) -> None:
    page = begin(phone)
    before = page.evaluate(CACHES)
    live.kill()
    live.start("tests.browser.broken:hanging")
    page.evaluate(f"void (window.ends = ({INSTALLED})())")
    until(page, "caches.has('tidelog-pages-newer')")
    live.kill()
    assert page.evaluate("window.ends") == "redundant"
    still_as_before(page, live, before)
    comes_when_tried_again(page, live)


def still_as_before(page: Page, live: Live, caches: str) -> None:
    assert page.evaluate(CACHES) == caches
    assert not page.evaluate(READY)
    live.kill()
    page.goto("/en/journal")
    expect(page.get_by_role("heading", name="Journal")).to_be_visible()


def comes_when_tried_again(page: Page, live: Live) -> None:
    live.start("tests.browser.broken:whole")
    assert page.evaluate(INSTALLED) == "installed"
    assert page.evaluate("caches.has('tidelog-pages-newer')")


def test_a_retired_worker_takes_the_pages_along_and_leaves_every_word(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.evaluate("caches.open('of-someone-else')")
    phone.offline()
    write(page, "Kept through it all.", "Only me")
    page.goto("/en/journal/entry")
    page.locator("#text").fill("Half a")
    page.evaluate("window.isSame = true")
    live.kill()
    live.start(WORKER="retired")
    page.evaluate("document.querySelector('#text').focus()")
    phone.offline(False)
    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update())")
    until(page, "navigator.serviceWorker.getRegistration().then((worker) => worker === undefined)")
    until(page, f"{CACHES}.then((names) => names === 'of-someone-else')")
    assert page.evaluate("window.isSame"), "what is being typed stays"
    expect(page.locator("#text")).to_have_value("Half a")
    page.goto("/en/")
    phone.says("All sent")
    assert [version["body"]["text"] for version in kept(live)] == ["Kept through it all."]
    page.goto("/en/journal/entry")
    expect(page.locator("#text")).to_have_value("Half a")
    assert not page.evaluate("navigator.serviceWorker.controller")
    live.kill()
    live.start()
    page.goto("/en/")
    until(page, "navigator.serviceWorker.getRegistration().then((worker) => worker?.active?.state === 'activated')")
    until(page, f"caches.has('{cache_of(live)}')")
    live.kill()
    page.goto("/en/journal")
    expect(page.get_by_text("Kept through it all.")).to_be_visible()
