"""The service worker: what it keeps, and what it never answers for."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Error, Page, Request, expect

from pwa.diary import PAGES
from tests.browser.scene import WHOLE, Live, Phone, until
from tests.browser.told import begin

pytestmark = pytest.mark.browser
ALL = [f"/{language}/{path}" for language in ("en", "fr") for path in PAGES]
#: without a lock its page goes on to Today
OPENS = {**PAGES, "lock": "today"}


def fetched(page: Page, path: str) -> int | str:
    """The status that a script gets, or "nothing"."""
    return page.evaluate("path => fetch(path, {redirect: 'manual'}).then(a => a.status, () => 'nothing')", path)


def test_the_browser_finds_nothing_wrong_with_installing_it(new_phone: Phone) -> None:
    page = begin(new_phone)
    found = new_phone.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert found == {"installabilityErrors": []}


def test_every_page_opens_without_a_server_in_both_languages(phone: Phone, live: Live) -> None:
    page = begin(phone)
    live.kill()
    for path in ALL:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", path[1:3])
        expect(page.locator("body")).to_have_attribute("data-page", OPENS[path[4:]])
        assert page.locator("h1").count() > 0


def test_an_address_that_nobody_has_opens_today_and_the_icon_ones_own_language(phone: Phone, live: Live) -> None:
    page = begin(phone)
    live.kill()
    page.goto("/en/no-such-page")
    expect(page.locator("body")).to_have_attribute("data-page", "today")
    page.goto("/")
    assert page.url.endswith("/en/")


def test_it_never_answers_for_what_is_someones_own(phone: Phone, live: Live) -> None:
    page = begin(phone)
    live.kill()
    for path in ("/sync", "/me", "/sign-in", "/clinic/", "/healthz", "/sw.js"):
        assert fetched(page, path) == "nothing", path
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto("/clinic/")


def test_no_cache_holds_anything_but_what_is_the_same_for_everyone(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.goto("/en/journal")
    held = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    script = urllib.request.urlopen(f"{live.address}/sw.js").read().decode()
    listed = json.loads(script.split("\n")[0].removeprefix("self.LIST = ").removesuffix(";"))
    assert sorted(held) == sorted([*listed["pages"], *listed["files"]])
    for path in listed["pages"]:
        as_nobody = urllib.request.urlopen(live.address + path).read().decode()
        in_cache = page.evaluate("path => caches.match(path).then((answer) => answer.text())", path)
        assert in_cache == as_nobody, path


def test_what_the_caches_hold_is_the_same_for_two_people_byte_for_byte(phone: Phone, other_phone: Phone) -> None:
    first, second = begin(phone), sign_in_as_another(other_phone)
    for page in (first, second):
        for path in ("journal", "more", "help", "no-such-page"):
            page.goto(f"/en/{path}")
            page.wait_for_load_state("networkidle")
        assert fetched(page, "/me") == 200
    assert in_caches(first) == in_caches(second)
    assert len(in_caches(first)) > len(ALL)


def sign_in_as_another(phone: Phone) -> Page:
    """Who reads French, and larger letters."""
    page = phone.sign_in("another-patient")
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/en/")
    page.goto("/en/more")
    page.locator("[name=text][value=larger]").check(force=True)
    page.goto("/fr/")
    return page


def in_caches(page: Page) -> list[list[object]]:
    """Every answer in every cache: where it lies, its status, the headers that are its own, and a hash of its bytes."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              const answer = await cache.match(request);
              const headers = [...answer.headers].filter(([name]) => !["date", "connection"].includes(name)).sort();
              const hash = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
              const bytes = [...new Uint8Array(hash)].join();
              found.push([name, new URL(request.url).pathname, answer.status, JSON.stringify(headers), bytes]);
            }
          }
          return found.sort();
        }"""
    )


def test_later_visits_ask_for_nothing_but_sync_and_the_update(phone: Phone, live: Live) -> None:
    begin(phone)
    phone.close()
    page = phone.open()
    came: list[str] = []
    phone.context.on("requestfinished", lambda request: came.append(request.url) if came_over(request) else None)
    for path in ("", "check-in", "journal", "progress", "help"):
        page.goto(f"/en/{path}")
        page.wait_for_load_state("networkidle")
    paths = {url.removeprefix(live.address) for url in came}
    assert paths <= {"/sync", "/me", "/sw.js"}, paths
    assert "/sync" in paths


def came_over(request: Request) -> bool:
    """Whether it went over the network: from the worker itself, or past it."""
    answer = request.response()
    return answer is not None and not answer.from_service_worker


def test_what_was_saved_with_every_page_closed_goes_by_background_sync(phone: Phone, live: Live) -> None:
    phone.close()
    phone.executable = WHOLE
    phone.open()
    page = begin(phone)
    phone.offline()
    page.goto("/en/check-in")
    page.locator("#mood").fill("7")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/en/")
    phone.says("Offline. 1 saved on this phone")
    until(
        page, "navigator.serviceWorker.ready.then(({sync}) => sync.getTags()).then((tags) => tags.includes('outbox'))"
    )
    phone.context.new_page().goto("about:blank")
    page.close()
    phone.offline(False)
    phone.page = phone.context.pages[0]
    for _ in range(100):
        if live.count("SELECT count(*) FROM check_in"):
            break
        phone.page.wait_for_timeout(100)
    assert live.count("SELECT count(*) FROM check_in") == 1
